package page

import (
	"concord/mechanism"
	"concord/statement"
)

// TextLine is what the list, and the head of a text's own pages, say of a text.
type TextLine struct {
	Code      string
	Title     string
	Lang      string // that the title is in
	Adopted   string
	Place     string
	Meeting   string
	MeetingID string
	Nature    string
	Parties   []string
	Source    string
	Copies    []CopyLine
	Clauses   int // numbered ones
	textCounts
}

// textCounts says how many commitments of a text stand where. Waiting, Refused and Passed are for those who may see
// proposals, and 0 for others.
type textCounts struct {
	Accepted   int
	Waiting    int
	Refused    int
	Passed     int // passages that were read and are no commitments
	Summarized int
}

// CopyLine is one language's copy of a text.
type CopyLine struct {
	Language string
	Name     string // of the language, in the visitor's
	Tag      string // for the lang attribute: zh-Hant
	Read     string // the same of its reading: zh-Hans
	Href     string
	File     string // name of the file as it came
	Source   string
	Act      int64 // that brought it
	Current  bool
}

// TextLine reads a text from the state.
func (f *Frame) TextLine(t *mechanism.Text) TextLine {
	ln := TextLine{
		Code: t.Code, Title: f.Name(t.Title), Lang: f.NameLang(t.Title), Adopted: t.Adopted, Place: f.Name(t.Place),
		Nature: t.Nature, Parties: t.Parties, Source: t.Source, Clauses: t.Clauses, textCounts: f.textCounts(t),
	}
	if x, ok := f.State.Meeting(t.Meeting); ok {
		ln.Meeting, ln.MeetingID = f.MeetingName(x), x.ID
	}
	for _, c := range t.Copies {
		ln.Copies = append(ln.Copies, f.CopyLine(t.Code, c))
		if n := c.Numbered(); n > 0 {
			ln.Clauses = n
		}
	}
	return ln
}

// CopyLine is what is said of a copy of the text with a code.
func (f *Frame) CopyLine(code string, c mechanism.Copy) CopyLine {
	return CopyLine{
		Language: c.Language, Name: f.LanguageName(c.Language), Tag: string(c.Document.Language), Read: ReadingTag(c.Document), File: c.Document.Name,
		Source: c.Source, Act: c.Received, Href: "/texts/" + code + "?copy=" + c.Language,
	}
}

func (f *Frame) textCounts(t *mechanism.Text) textCounts {
	n := f.State.Ledger().Counts(t.Code)
	c := textCounts{Accepted: n.Accepted, Waiting: n.Proposed, Refused: n.Refused, Summarized: n.Summarized}
	for _, x := range t.Copies {
		c.Passed += len(x.Passed)
	}
	return c
}

// Known is true of a text whose authentic wording has not been imported.
func (ln TextLine) Known() bool { return len(ln.Copies) == 0 }

// Adopted is when and where the text was adopted, in words: "Chengdu, 1 December 2024".
func (f *Frame) Adopted(ln TextLine) string {
	if ln.Place != "" && ln.Adopted != "" {
		return f.T("texts.adopted-at", ln.Place, f.Date(ln.Adopted))
	}
	return ln.Place + f.Date(ln.Adopted)
}

// ReadingTag is the language that the reading of a document is in: Chinese is read in Simplified characters.
func ReadingTag(d *statement.Document) string {
	if d.Language.Base() == "zh" {
		return "zh-Hans"
	}
	return string(d.Language)
}

// Waiting is a text with proposals that wait for a decision.
type Waiting struct {
	Text  string
	Title string
	N     int
}

// Waiting lists the texts with undecided proposals.
func (f *Frame) Waiting() []Waiting {
	var all []Waiting
	for _, t := range f.State.Texts() {
		if n := f.State.Ledger().Counts(t.Code).Proposed; n > 0 {
			all = append(all, Waiting{t.Code, f.Name(t.Title), n})
		}
	}
	return all
}
