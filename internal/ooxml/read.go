// Package ooxml reads documents in Office Open XML, ECMA-376, as far as Concord needs them: the running text of a docx
// file, paragraph by paragraph, with the numbers that the file's lists give.
//
// A file comes from anywhere, so it is read under limits: what it unpacks to is bounded, entities are not expanded, and
// nothing outside the file is fetched.
package ooxml

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"

	"concord/internal/fault"
)

// Paragraphs gives the text of a docx file, one string for each paragraph that is not empty, in the order of the page,
// table cells one after the other. Tracked changes count as accepted: insertions are in it, deletions are not, and two
// paragraphs whose mark between them was deleted are one. Footnotes, comments, headers and footers and field codes are not
// in it. A paragraph of a numbered list begins with its number or bullet and a space.
//
// limit is the most bytes that any one part may unpack to.
func Paragraphs(file []byte, limit int64) ([]string, error) {
	archive, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return nil, fault.New(fault.Invalid, "it is not a whole zip archive: %w", err)
	}
	body, err := part(archive, "word/document.xml", limit)
	if err != nil {
		return nil, err
	}
	if body == nil {
		return nil, fault.New(fault.Invalid, "it is a zip archive without a Word document in it")
	}
	numbering, err := part(archive, "word/numbering.xml", limit)
	if err != nil {
		return nil, err
	}
	styles, err := part(archive, "word/styles.xml", limit)
	if err != nil {
		return nil, err
	}
	lists, err := readLists(numbering, styles)
	if err != nil {
		return nil, err
	}
	return readBody(body, lists)
}

// part unpacks one part of the archive; nil if there is none of the name.
func part(archive *zip.Reader, name string, limit int64) ([]byte, error) {
	for _, f := range archive.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return nil, fault.New(fault.Invalid, "%s cannot be unpacked: %w", name, err)
		}
		defer r.Close()
		data, err := io.ReadAll(io.LimitReader(r, limit+1))
		if err != nil {
			return nil, fault.New(fault.Invalid, "%s cannot be unpacked: %w", name, err)
		}
		if int64(len(data)) > limit {
			return nil, fault.New(fault.Invalid, "%s unpacks to more than %d MB", name, limit>>20)
		}
		return data, nil
	}
	return nil, nil
}

// deepest is how far elements may lie in one another; no program writes half as deep.
const deepest = 200

// tokens calls the function for every token of an XML part. It refuses document types, where entities are declared, and
// nesting without end.
func tokens(data []byte, each func(xml.Token) error) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	depth := 0
	for {
		t, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fault.New(fault.Invalid, "its XML is broken: %w", err)
		}
		switch t.(type) {
		case xml.Directive:
			return fault.New(fault.Invalid, "its XML declares a document type, which Word never does")
		case xml.StartElement:
			if depth++; depth > deepest {
				return fault.New(fault.Invalid, "its XML is nested too deep")
			}
		case xml.EndElement:
			depth--
		}
		if err := each(t); err != nil {
			return err
		}
	}
}

// attribute is the value of the attribute with the local name, or "".
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// body collects paragraphs. A text box may hold paragraphs within a paragraph, so the open ones are a stack.
type body struct {
	lists *lists
	out   []string
	open  []*paragraph
	runOn *paragraph // a finished paragraph whose mark was deleted: the next one goes on in it
	skip  int        // depth inside an element that is left out
	text  bool
}

type paragraph struct {
	words strings.Builder
	properties
}

// properties are what the mark at a paragraph's end holds: of two that are joined, the second keeps its own.
type properties struct {
	style    string
	list     string // numId
	level    string
	within   bool // its properties are being read
	unmarked bool // its mark was deleted
}

func readBody(data []byte, lists *lists) ([]string, error) {
	b := &body{lists: lists}
	err := tokens(data, func(t xml.Token) error {
		switch t := t.(type) {
		case xml.StartElement:
			b.start(t)
		case xml.EndElement:
			b.end(t.Name.Local)
		case xml.CharData:
			if p := b.current(); p != nil && b.text && b.skip == 0 {
				p.words.Write(t)
			}
		}
		return nil
	})
	if b.runOn != nil {
		b.add(b.runOn)
	}
	return b.out, err
}

func (b *body) current() *paragraph {
	if len(b.open) == 0 {
		return nil
	}
	return b.open[len(b.open)-1]
}

// leftOut are the elements whose content is not the text: deletions, the places that something was moved from, the
// second rendering of drawings, the changes of properties.
func leftOut(name string) bool {
	switch name {
	case "del", "moveFrom", "Fallback", "instrText", "delText", "pPrChange", "rPrChange", "numPrChange", "sectPr":
		return true
	}
	return false
}

func (b *body) start(e xml.StartElement) {
	name := e.Name.Local
	p := b.current()
	if b.skip > 0 || leftOut(name) {
		if b.skip == 0 && p != nil && p.within && (name == "del" || name == "moveFrom") {
			p.unmarked = true
		}
		b.skip++
		return
	}
	if name == "p" {
		b.begin()
		return
	}
	if p == nil {
		return
	}
	switch name {
	case "t":
		b.text = true
	case "tab", "ptab":
		if p.words.Len() > 0 {
			p.words.WriteByte(' ')
		}
	case "br", "cr":
		p.words.WriteByte('\n')
	case "noBreakHyphen":
		p.words.WriteString("-")
	case "pPr":
		p.within = true
	case "pStyle":
		p.style = attribute(e, "val")
	case "numId":
		p.list = attribute(e, "val")
	case "ilvl":
		p.level = attribute(e, "val")
	}
}

func (b *body) end(name string) {
	if b.skip > 0 {
		b.skip--
		return
	}
	switch name {
	case "t":
		b.text = false
	case "pPr":
		if p := b.current(); p != nil {
			p.within = false
		}
	case "p":
		if p := b.current(); p != nil {
			b.open = b.open[:len(b.open)-1]
			b.close(p)
		}
	}
}

// begin opens a paragraph: a new one, or the one that runs on.
func (b *body) begin() {
	p := &paragraph{}
	if b.runOn != nil {
		p, b.runOn = b.runOn, nil
		p.properties = properties{}
	}
	b.open = append(b.open, p)
}

func (b *body) close(p *paragraph) {
	if p.unmarked {
		b.runOn = p
		return
	}
	b.add(p)
}

// add adds a finished paragraph, one line for each line in it, the first with its number.
func (b *body) add(p *paragraph) {
	words := strings.TrimSpace(p.words.String())
	if words == "" {
		return
	}
	if number := b.lists.number(p.list, p.level, p.style); number != "" {
		words = number + " " + words
	}
	for line := range strings.SplitSeq(words, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			b.out = append(b.out, line)
		}
	}
}
