package texts

import (
	"concord/statement"
	"concord/web/page"
)

// List is a stretch of the texts that the mechanism knows, the latest adopted first.
type List struct {
	page.Listing
	Texts []page.TextData `json:"texts"` // of this stretch
}

// Text is a text, clause by clause, with what was promised in it.
type Text struct {
	Text    page.TextData  `json:"text"`              // the text itself
	View    string         `json:"view"`              // text; received: as the file came, with its repairs; side: the languages side by side; summaries: the wording has not been imported
	Copy    *page.CopyData `json:"copy,omitempty"`    // the copy on show
	Clauses []Clause       `json:"clauses"`           // in the order of the text
	Repairs []Repair       `json:"repairs,omitempty"` // of a text as received: what was repaired in it, by kind
}

// Clause is a clause, or what stands between clauses, in one or several languages.
type Clause struct {
	ID          string          `json:"id,omitempty"`          // the same in every language: "4.1"; "0" is what stands before the first clause
	Number      string          `json:"number,omitempty"`      // as printed
	Languages   []InLanguage    `json:"languages"`             // its wording
	Commitments []page.NoteData `json:"commitments,omitempty"` // that stand in it
	Passed      []Passage       `json:"passed,omitempty"`      // passages that were read and are no commitments; for the parties only
}

// InLanguage is the wording of a clause in one language.
type InLanguage struct {
	Language   string      `json:"language"`             // of the reading: en, ru, zh-Hans
	Missing    bool        `json:"missing,omitempty"`    // true: this language's copy has no such clause
	Paragraphs []Paragraph `json:"paragraphs,omitempty"` // of the clause itself, not of those below it
}

// Paragraph is a paragraph of a reading: the text as it was read from the file, after repairs.
type Paragraph struct {
	Role  statement.Role          `json:"role"`  // title, heading, body, ...: docs/coding-manual.md has them
	Type  statement.ParagraphType `json:"type"`  // operative, preambular, neither
	Start int                     `json:"start"` // where it begins in the reading, in bytes
	End   int                     `json:"end"`   // where it ends
	Text  string                  `json:"text"`  // its words, with its number as printed
}

// Passage is a passage that looks like a promise and is none.
type Passage struct {
	Words  string `json:"words"`          // its beginning, in the text's language
	Reason string `json:"reason"`         // a reason of docs/coding-manual.md, or a person's own words
	Rule   string `json:"rule,omitempty"` // the line of the lexicon that judged it
	Ref    string `json:"ref,omitempty"`  // a person refused it under this reference
}

// Repair is one kind of repair in a copy, with its cases.
type Repair struct {
	Kind  string       `json:"kind"`  // what was wrong with the words as they came
	Count int          `json:"count"` // how many repairs
	Cases []RepairCase `json:"cases"` // each pair of was and now once, the most frequent first
}

// RepairCase is a replacement and where it was first made.
type RepairCase struct {
	Was    string `json:"was"`    // as the file had it
	Now    string `json:"now"`    // as it is read
	Count  int    `json:"count"`  // how often
	First  int    `json:"first"`  // number of the first such repair in the text, from 1
	Around string `json:"around"` // where it first stands, as the file had it
}

// listData gives the stretch of texts that the address asks for.
func listData(f *page.Frame) (any, error) {
	var all []page.Keyed[page.TextData]
	for _, t := range f.State.Texts() {
		all = append(all, page.Keyed[page.TextData]{Key: t.Adopted + " " + t.Code, Value: f.TextLine(t).Data()})
	}
	var data List
	var err error
	data.Texts, data.Listing, err = page.Cut(f, all, true)
	data.Total = data.Matched
	return data, err
}

// Data is the public form of the page.
func (p *readerPage) Data() any {
	t := Text{Text: p.Text.Data(), View: p.View, Clauses: []Clause{}}
	if p.Copy != nil {
		c := p.Copy.Data()
		t.Copy = &c
	}
	for _, row := range p.Rows {
		t.Clauses = append(t.Clauses, row.data())
	}
	for _, k := range p.Repairs {
		r := Repair{Kind: k.Kind, Count: k.Count}
		for _, c := range k.Cases {
			r.Cases = append(r.Cases, RepairCase{c.Was, c.Now, c.Count, c.First, c.Around})
		}
		t.Repairs = append(t.Repairs, r)
	}
	return t
}

func (row readerRow) data() Clause {
	c := Clause{ID: row.ID, Number: row.Number, Commitments: page.DataOfNotes(row.Notes)}
	for _, cell := range row.Cells {
		in := InLanguage{Language: cell.Lang, Missing: cell.Missing}
		for _, p := range cell.Paragraphs {
			in.Paragraphs = append(in.Paragraphs, Paragraph{p.Role, p.Type, p.Start, p.End, p.Words})
		}
		c.Languages = append(c.Languages, in)
	}
	for _, x := range row.Passed {
		c.Passed = append(c.Passed, Passage{x.Words, x.Reason, x.Rule, x.Ref})
	}
	return c
}
