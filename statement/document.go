// Package statement reads what was said: it takes the file of an adopted text as it came, peels its format, lists the
// reversible repairs that a damaged copy needs, splits it into paragraphs and clauses with stable ids, says which
// paragraphs are preambular and which operative, and tells its language.
//
// Read does all of it and gives a [Document]. Every place in a Document is a byte range of [Document.Reading], the
// canonical form that is split and searched; [Document.Source] leads any such range back to the file as it was decoded.
package statement

// Language is a BCP 47 tag of one of the languages that Concord tells apart: zh-Hans, zh-Hant, ru, en, kk, ky, tg, tk,
// uz-Latn, uz-Cyrl; "und" when the text is too short or in none of them.
type Language string

// Base is the primary subtag, the one that lexicons are kept by: "zh" of "zh-Hant".
func (l Language) Base() string {
	for i := range len(l) {
		if l[i] == '-' {
			return string(l[:i])
		}
	}
	return string(l)
}

// Span is a half-open range of Unicode code points of a document's Original.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Edit is one named, reversible repair: the characters of Original at Span, Was, are read as Now (often nothing).
type Edit struct {
	Span
	Kind string `json:"kind"` // one of the Repair kinds, e.g. "pinyin-gloss"
	Was  string `json:"was"`
	Now  string `json:"now"`
}

// ParagraphType is what a paragraph does in the text.
type ParagraphType string

const (
	Preambular ParagraphType = "preambular" // who, why, on what basis
	Operative  ParagraphType = "operative"  // what is decided, agreed, declared
	Neither    ParagraphType = "none"       // titles, headings, frames, signatures, page furniture
)

// Role is the place of a paragraph in the structure of the text.
type Role string

const (
	Title     Role = "title"     // the title of the text or of a part
	Heading   Role = "heading"   // a heading on a line of its own
	Body      Role = "body"      // running text
	Chapeau   Role = "chapeau"   // a lead-in that governs the points after it
	Point     Role = "point"     // a dash, bullet or lettered point under a chapeau
	Furniture Role = "furniture" // page furniture: menus, hot-lines, licences, page numbers
)

// Paragraph is one paragraph of the text, in order. Start and End are bytes of Reading, without the line's end.
type Paragraph struct {
	Start  int           `json:"start"`
	End    int           `json:"end"`
	Text   int           `json:"text"` // byte of Reading where the words begin, after number or dash
	Type   ParagraphType `json:"type"`
	Role   Role          `json:"role"`
	Clause string        `json:"clause,omitempty"` // id of the innermost clause it belongs to; "0" is the preamble
}

// Clause is a unit of the text that can be referred to: a numbered clause, a point under it, a further paragraph of
// either. Start and End are bytes of Reading and take in everything below the clause.
//
// Ids follow the text's own numbers, joined by dots, the same in every language: "3", "4.1" (first point of clause 4,
// whether it is written as a dash, "(a)" or "4.1"), "3.2" (second paragraph of clause 3, which has no points), "4.2b"
// (second paragraph of point 4.2), "0" (everything before the first clause). A text without numbers has its paragraphs
// as clauses: "p1", "p2".
type Clause struct {
	ID      string `json:"id"`
	Number  string `json:"number,omitempty"` // as printed: 四, IV, Article 4, (a), —
	Parent  string `json:"parent,omitempty"` // id of the clause it lies in
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Heading string `json:"heading,omitempty"` // its own heading, as in Reading, without number or closing stop
	Chapeau bool   `json:"chapeau,omitempty"` // its first paragraph leads in the points below it
}

// Document is a text as read.
type Document struct {
	Name       string      `json:"name"`     // the file's name, without folders
	Format     string      `json:"format"`   // txt, html, docx
	Encoding   string      `json:"encoding"` // utf-8, utf-16le, gb18030, ... ; of the text inside for docx
	Digest     string      `json:"digest"`   // SHA-256 of the bytes as they came, hexadecimal
	Content    string      `json:"content"`  // SHA-256 of the words alone (Reading without spaces and punctuation): the same text from another page has the same
	Language   Language    `json:"language"`
	Original   string      `json:"original"`         // the file as decoded: for txt and html the file itself, for docx its paragraphs, one a line
	Reading    string      `json:"reading"`          // Original after Peeled and Edits; Chinese in Simplified characters
	Edits      []Edit      `json:"edits"`            // in order, not overlapping
	Peeled     []Peel      `json:"peeled,omitempty"` // markup of the file's format that is not in Reading, in order
	Numbered   bool        `json:"numbered"`         // false: no numbered clause was found and paragraphs serve as clauses
	Paragraphs []Paragraph `json:"paragraphs"`
	Clauses    []Clause    `json:"clauses"`

	offsets offsets // from bytes of Reading to code points of Original
}
