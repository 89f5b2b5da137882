package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/base64"
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
	var body bytes.Buffer
	v := visitOf(r)
	err := s.view(r, func(m *mechanism.Mechanism) error {
		page, err := build(m, s.frame(r, m))
		if err != nil {
			return err
		}
		if v.JSON {
			return writeJSON(&body, page)
		}
		return s.pages[name].ExecuteTemplate(&body, "layout", page)
	})
	if err != nil {
		return err
	}
	content := body.Bytes()
	if v.JSON {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
	} else {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Language", v.L.Tag)
		content = keepDay(content, v.AsOf)
	}
	send(w, r, status, content)
	return nil
}

// writeJSON writes data for programs and people: indented, with the characters as they are.
func writeJSON(b *bytes.Buffer, data any) error {
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(data)
}

// send writes an answer with its tag, or says that the browser's copy still holds.
func send(w http.ResponseWriter, r *http.Request, status int, content []byte) {
	sum := sha256.Sum256(content)
	tag := `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
	h := w.Header()
	h.Set("ETag", tag)
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Accept, Accept-Encoding, Accept-Language, Cookie")
	if status == http.StatusOK && r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	packed(w, r, status, content)
}

// packedFrom is the size from which an answer is worth packing, in bytes.
const packedFrom = 4 << 10

// packed sends an answer with gzip where the browser takes it, at the speed that costs less than it saves.
func packed(w http.ResponseWriter, r *http.Request, status int, content []byte) {
	if len(content) < packedFrom || !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.WriteHeader(status)
		w.Write(content) // the reader may be gone; nothing to do about it
		return
	}
	w.Header().Set("Content-Encoding", "gzip")
	w.WriteHeader(status)
	zip, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a known one
	}
	zip.Write(content)
	zip.Close()
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
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		send(w, r, http.StatusCreated, b.Bytes())
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
