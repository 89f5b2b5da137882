package page

import (
	"bytes"
	"embed"
	"encoding/json"
	"io/fs"
	"net/http"
	"strings"
	"sync"

	"github.com/valyala/quicktemplate"

	"concord/internal/fault"
	"concord/mechanism"
)

//go:embed *.css *.js *.svg words.txt errors.txt
var kernel embed.FS

// filesIn lists the files of a folder that have an ending, by name.
func filesIn(files fs.FS, ext string) []string {
	names, err := fs.Glob(files, "*"+ext)
	if err != nil {
		panic(err) // the pattern is a good one
	}
	return names
}

// Page is what a page shows: a struct that embeds the [Frame] around it, with the markup of its main part, which is the
// function Main of a template (see the package's documentation).
type Page interface {
	around() *Frame                     // that it embeds
	StreamMain(w *quicktemplate.Writer) // writes the markup of its main part
}

// Drawn is markup that a template has drawn before, for what stands on a page many times.
type Drawn string

// StreamHTML writes it as it is; in a template: {%= d.HTML() %}.
func (d Drawn) StreamHTML(w *quicktemplate.Writer) { w.N().S(string(d)) }

// Build makes the page from the state; it embeds the *Frame that it is given.
type Build func(f *Frame) (Page, error)

// Show answers with a page, or its data. It is built from one image of the state.
func (s *Site) Show(w http.ResponseWriter, r *http.Request, build Build) error {
	return s.ShowStatus(w, r, http.StatusOK, build)
}

// ShowStatus is Show with another status than 200, for a form that was not done.
func (s *Site) ShowStatus(w http.ResponseWriter, r *http.Request, status int, build Build) error {
	v := VisitOf(r)
	asked := status == http.StatusOK && r.Method == http.MethodGet
	render := func() (*answer, error) { return s.render(r, build) }
	if asked && !v.SignedIn() && v.AsOf == "" {
		a, err := s.shelf.get(shelfKey(r), s.acts(), v.Now, render)
		if err == nil {
			s.sendKept(w, r, a)
		}
		return err
	}
	tag := ""
	if asked && v.JSON {
		tag = s.stateTag(r)
		if r.Header.Get("If-None-Match") == tag {
			s.begin(w, r, status, &answer{kind: dataType, tag: tag})
			return nil
		}
	}
	a, err := render()
	if err != nil {
		return err
	}
	if !a.volatile {
		a.tag = tag
	}
	s.send(w, r, status, a)
	a.release()
	return nil
}

// acts is how many acts the state has.
func (s *Site) acts() int64 { return s.Sec.Acts() }

// render builds a page and writes it, or its data.
func (s *Site) render(r *http.Request, build Build) (*answer, error) {
	v := VisitOf(r)
	state, err := s.State(r)
	if err != nil {
		return nil, err
	}
	f := s.Frame(r, state)
	page, err := build(f)
	if err != nil {
		return nil, err
	}
	a := &answer{kind: "text/html; charset=utf-8", lang: v.L.Tag, volatile: f.Volatile}
	if !v.JSON {
		a.body = bodies.Get().(*bytes.Buffer)
		a.body.Reset()
		writelayout(a.body, page)
		a.content = a.body.Bytes()
		return a, nil
	}
	a.kind, a.lang = dataType, ""
	data, err := dataOf(page)
	if err == nil {
		a.content, err = toJSON(r, data)
	}
	return a, err
}

// bodies are buffers in which pages are written.
var bodies = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// SendData answers a program with data that nobody may keep, such as what a deed has come to.
func (s *Site) SendData(w http.ResponseWriter, status int, data any) error {
	body, err := json.Marshal(data)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", dataType)
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(append(body, '\n')) // the caller may be gone; nothing to do about it
	return nil
}

// Do does acts for the visitor and gives the number of the last. Whoever may not is told who may.
func (s *Site) Do(r *http.Request, acts ...mechanism.Act) (int64, error) {
	v := VisitOf(r)
	if v.AsOf != "" {
		return 0, fault.New(fault.Invalid, "the past cannot be changed: go back to the present first")
	}
	for _, a := range acts {
		if kind := mechanism.KindOf(a).Name; !s.Present(r).May(kind) {
			return 0, NotFor{Kind: kind}
		}
	}
	entries, err := s.Sec.Do(r.Context(), v.Actor, acts...)
	if err != nil {
		return 0, err
	}
	for i, a := range acts {
		s.AuditAct(r, mechanism.KindOf(a).Name, entries[i].Seq)
	}
	return entries[len(entries)-1].Seq, nil
}

// Done sends the visitor on after an act, to a page that says what was done; a program gets the act's number.
func (s *Site) Done(w http.ResponseWriter, r *http.Request, seq int64, to string) error {
	if VisitOf(r).JSON {
		content, err := toJSON(r, DoneData{seq})
		if err == nil {
			s.send(w, r, http.StatusCreated, &answer{kind: dataType, content: content})
		}
		return err
	}
	path, anchor, _ := strings.Cut(to, "#")
	mark := "?"
	if strings.Contains(path, "?") {
		mark = "&"
	}
	to = path + mark + "done=" + FormatSeq(seq)
	if anchor != "" {
		to += "#" + anchor
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
