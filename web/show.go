package web

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"concord/internal/fault"
	"concord/mechanism"
)

//go:embed *.html
var templates embed.FS

// pages are the parsed templates: one set a page, each with the layout and the parts.
type pages map[string]*template.Template

// common are the templates that every page has.
var common = []string{"layout.html", "parts.html"}

// loadPages parses all templates; they are part of the program, so an error is a fault of the build.
func loadPages() pages {
	base := template.Must(template.New("").ParseFS(templates, common...))
	all := pages{"": base}
	files, err := templates.ReadDir(".")
	if err != nil {
		panic(err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(file.Name(), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		all[name] = template.Must(template.Must(base.Clone()).ParseFS(templates, file.Name()))
	}
	return all
}

// build makes the page struct from the state; it embeds the *Frame that it is given.
type build func(m *mechanism.Mechanism, f *Frame) (page any, err error)

// show answers with a page, or its data. The page is built and rendered while the state stands still, and sent after.
func (s *Server) show(w http.ResponseWriter, r *http.Request, name string, build build) error {
	return s.showStatus(w, r, http.StatusOK, name, build)
}

func (s *Server) showStatus(w http.ResponseWriter, r *http.Request, status int, name string, build build) error {
	v := visitOf(r)
	render := func() (*answer, error) { return s.render(r, name, build) }
	var a *answer
	var err error
	if status == http.StatusOK && r.Method == http.MethodGet && !v.SignedIn() && v.AsOf == "" {
		a, err = s.shelf.get(shelfKey(r), s.acts(), v.Now, render)
	} else {
		a, err = render()
	}
	if err != nil {
		return err
	}
	a.send(w, r, status)
	return nil
}

// acts is how many acts the state has.
func (s *Server) acts() (n int64) {
	s.sec.View(func(m *mechanism.Mechanism) { n = m.Acts() })
	return n
}

// render builds a page and writes it, or its data, while the state stands still.
func (s *Server) render(r *http.Request, name string, build build) (*answer, error) {
	var body bytes.Buffer
	v := visitOf(r)
	volatile := false
	err := s.view(r, func(m *mechanism.Mechanism) error {
		f := s.frame(r, m)
		page, err := build(m, f)
		if err != nil {
			return err
		}
		volatile = f.Volatile
		if v.JSON {
			return writeJSON(&body, page)
		}
		return s.pages[name].ExecuteTemplate(&body, "layout", page)
	})
	if err != nil {
		return nil, err
	}
	a := &answer{kind: "application/json; charset=utf-8", content: body.Bytes(), volatile: volatile}
	if !v.JSON {
		a.kind, a.lang = "text/html; charset=utf-8", v.L.Tag
		a.content = keepDay(a.content, v.AsOf)
	}
	return a, nil
}

// writeJSON writes data for programs and people: indented, with the characters as they are.
func writeJSON(b *bytes.Buffer, data any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(data)
}

var (
	internalLink = regexp.MustCompile(`(href|action)="(/[^"#?]*)(\?[^"#]*)?(#[^"]*)?"`)
	getForm      = regexp.MustCompile(`<form [^>]*method="get"[^>]*>`)
)

// keepDay keeps a reader of the past in that day: every link and question of the page carries it on. It is done here, on
// the rendered page, so that no template can forget it.
func keepDay(page []byte, day string) []byte {
	if day == "" {
		return page
	}
	page = internalLink.ReplaceAllFunc(page, func(link []byte) []byte {
		p := internalLink.FindSubmatch(link)
		if bytes.HasPrefix(p[2], []byte("/assets/")) || bytes.Contains(p[3], []byte("asof=")) {
			return link
		}
		mark := "?"
		if len(p[3]) > 0 {
			mark = string(p[3]) + "&amp;"
		}
		return []byte(string(p[1]) + `="` + string(p[2]) + mark + "asof=" + day + string(p[4]) + `"`)
	})
	return getForm.ReplaceAllFunc(page, func(form []byte) []byte {
		if bytes.Contains(form, []byte("data-day")) {
			return form
		}
		return slices.Concat(form, []byte(`<input type="hidden" name="asof" value="`+day+`">`))
	})
}

// do does acts for the visitor and gives the number of the last. Whoever may not is told who may.
func (s *Server) do(r *http.Request, acts ...mechanism.Act) (int64, error) {
	v := visitOf(r)
	if v.AsOf != "" {
		return 0, fault.New(fault.Invalid, "the past cannot be changed: go back to the present first")
	}
	var err error
	s.sec.View(func(m *mechanism.Mechanism) {
		for _, a := range acts {
			if err == nil && m.MayWrite(a.Kind(), v.Actor) != nil {
				err = notFor{kind: a.Kind()}
			}
		}
	})
	if err != nil {
		return 0, err
	}
	entries, err := s.sec.Do(r.Context(), v.Actor, acts...)
	if err != nil {
		return 0, err
	}
	return entries[len(entries)-1].Seq, nil
}

// done sends the visitor on after an act, to a page that says what was done; a program gets the act's number.
func (s *Server) done(w http.ResponseWriter, r *http.Request, seq int64, to string) error {
	if visitOf(r).JSON {
		var b bytes.Buffer
		if err := writeJSON(&b, struct {
			Act int64 `json:"act"`
		}{seq}); err != nil {
			return err
		}
		a := &answer{kind: "application/json; charset=utf-8", content: b.Bytes()}
		a.send(w, r, http.StatusCreated)
		return nil
	}
	path, anchor, _ := strings.Cut(to, "#")
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	to = path + mark + "done=" + formatSeq(seq)
	if anchor != "" {
		to += "#" + anchor
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
