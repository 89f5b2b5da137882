package texts

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"concord/internal/fault"
	"concord/secretariat"
	"concord/statement"
	"concord/web/page"
)

// importPage is the form that brings in a text. What was typed stands in it again when the text could not be received.
type importPage struct {
	*page.Frame
	Typed importForm
	Known []page.TextLine // texts that a file may be a copy of
	Error *page.FormError
}

// importForm is what the receiver of a file says about it.
type importForm struct {
	Code        string
	Title       string
	Adopted     string
	Source      string
	ByParagraph bool
	File        string // its name: a browser does not give the file a second time by itself
}

// importText is the empty form; ?code= names the text that a wording is brought for.
func importText(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	return showImport(s, w, r, importForm{Code: r.URL.Query().Get("code")}, nil)
}

func showImport(s *page.Site, w http.ResponseWriter, r *http.Request, typed importForm, failed error) error {
	status := http.StatusOK
	if failed != nil {
		status = page.StatusOf(failed)
	}
	return s.ShowStatus(w, r, status, func(f *page.Frame) (page.Page, error) {
		m := f.State
		if !f.May("text.receive") {
			return nil, page.NotFor{Kind: "text.receive"}
		}
		f.About(f.T("import.title"))
		p := &importPage{Frame: f, Typed: typed}
		for _, t := range m.Texts() {
			p.Known = append(p.Known, f.TextLine(t))
		}
		if failed != nil {
			p.Error = page.FormErrorOf(f.Visit, failed)
		}
		return p, nil
	})
}

// LargestFile is the size of the largest file that is read, in megabytes.
func (p *importPage) LargestFile() int { return statement.MaxFile >> 20 }

// importFile receives a file and goes on to the review of what was read in it.
func importFile(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	v := page.VisitOf(r)
	if v.AsOf != "" || !s.Present(r).May("text.receive") { // before the file is read
		return page.NotFor{Kind: "text.receive"}
	}
	typed, data, err := readUpload(r)
	if err != nil && v.JSON {
		return err
	}
	if err != nil {
		return showImport(s, w, r, typed, err)
	}
	got, err := s.Sec.Receive(r.Context(), v.Actor, secretariat.Reception{
		Name: typed.File, Data: data, Code: typed.Code, Title: typed.Title, Adopted: typed.Adopted, Source: typed.Source,
		ByParagraph: typed.ByParagraph,
	})
	switch kind := fault.KindOf(err); {
	case err == nil:
		return afterImport(s, w, r, got)
	case v.JSON || kind == fault.Internal || kind == fault.Unavailable || kind == fault.Unknown:
		return err
	}
	return showImport(s, w, r, typed, err)
}

// afterImport sends the receiver on: to the review where there is something to review, else to the text.
func afterImport(s *page.Site, w http.ResponseWriter, r *http.Request, got secretariat.Received) error {
	seq := got.Entries[len(got.Entries)-1].Seq
	if got.Proposals > 0 {
		return s.Done(w, r, seq, "/texts/"+got.Code+"/review")
	}
	return s.Done(w, r, seq, "/texts/"+got.Code+"?copy="+got.Document.Language.Base())
}

// largestForm is the file, and room for the other fields.
const largestForm = statement.MaxFile + 1<<20

// readUpload reads the form. The file is its last part, so that what was typed is known even when the file is too large.
func readUpload(r *http.Request) (typed importForm, data []byte, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return typed, nil, fault.New(fault.Invalid, "a text comes as a form with a file")
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil {
			data, err = typed.take(part, data)
		}
		if err != nil {
			return typed, nil, uploadError(err)
		}
	}
	if typed.File == "" || len(data) == 0 {
		return typed, nil, fault.New(fault.Invalid, "choose the file of the text; an empty one cannot be read")
	}
	return typed, data, nil
}

// take reads one part of the form.
func (f *importForm) take(part *multipart.Part, data []byte) ([]byte, error) {
	if part.FormName() == "file" {
		f.File = part.FileName()
		return io.ReadAll(io.LimitReader(part, statement.MaxFile+1))
	}
	b, err := io.ReadAll(io.LimitReader(part, 4096))
	said := strings.TrimSpace(string(b))
	switch part.FormName() {
	case "code":
		f.Code = strings.ToUpper(said)
	case "title":
		f.Title = said
	case "adopted":
		f.Adopted = said
	case "source":
		f.Source = said
	case "by-paragraph":
		f.ByParagraph = said != ""
	}
	return data, err
}

func uploadError(err error) error {
	if big, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return fault.Wrap(big, fault.Invalid, "the file is larger than %d MB", statement.MaxFile>>20)
	}
	return fault.Wrap(err, fault.Invalid, "the file did not arrive whole: send it again")
}
