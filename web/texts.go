package web

import (
	"cmp"
	"net/http"
	"slices"

	"concord/commitment"
	"concord/mechanism"
)

// textsPage is the list of texts.
type textsPage struct {
	*Frame `json:"-"`
	Texts  []textLine `json:"texts"`
}

// textLine is what the list, and the head of a text's own pages, say of a text.
type textLine struct {
	Code    string     `json:"code"`
	Title   string     `json:"title"`
	Lang    string     `json:"-"` // that the title is in
	Adopted string     `json:"adopted,omitempty"`
	Place   string     `json:"place,omitempty"`
	Meeting string     `json:"meeting,omitempty"`
	Nature  string     `json:"nature"`
	Parties []string   `json:"parties"`
	Source  string     `json:"source,omitempty"`
	Copies  []copyLine `json:"copies"`
	Clauses int        `json:"clauses,omitempty"` // numbered ones
	textCounts
}

// textCounts says how many commitments of a text stand where. Waiting, Refused and Passed are for those who may see
// proposals, and 0 for others.
type textCounts struct {
	Accepted   int `json:"accepted"`
	Waiting    int `json:"waiting,omitempty"`
	Refused    int `json:"refused,omitempty"`
	Passed     int `json:"passed,omitempty"` // passages that were read and are no commitments
	Summarized int `json:"summarized,omitempty"`
}

// copyLine is one language's copy of a text.
type copyLine struct {
	Language string `json:"language"`
	Name     string `json:"-"` // of the language, in the visitor's
	Tag      string `json:"-"` // for the lang attribute: zh-Hant
	Read     string `json:"-"` // the same of its reading: zh-Hans
	Href     string `json:"-"`
	File     string `json:"file"` // name of the file as it came
	Source   string `json:"source,omitempty"`
	Act      int64  `json:"act"` // that brought it
	Current  bool   `json:"-"`
}

// texts is the list of texts, the latest adopted first.
func (s *Server) texts(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, "texts", func(m *mechanism.Mechanism, f *Frame) (any, error) {
		f.About(f.T("texts.title"), "*")
		page := &textsPage{Frame: f}
		for _, t := range m.Texts() {
			page.Texts = append(page.Texts, f.textLine(t))
		}
		slices.SortStableFunc(page.Texts, func(a, b textLine) int { return cmp.Compare(b.Adopted, a.Adopted) })
		return page, nil
	})
}

// textLine reads a text from the state.
func (f *Frame) textLine(t *mechanism.Text) textLine {
	ln := textLine{
		Code: t.Code, Title: f.Name(t.Title), Lang: f.nameLang(t.Title), Adopted: t.Adopted, Place: f.Name(t.Place),
		Nature: t.Nature, Parties: t.Parties, Source: t.Source, Clauses: t.Clauses, textCounts: f.textCounts(t),
	}
	if x, ok := f.m.Meeting(t.Meeting); ok {
		ln.Meeting = f.MeetingName(x)
	}
	for _, c := range t.Copies {
		ln.Copies = append(ln.Copies, f.copyLine(t.Code, c))
		if n := numberedClauses(c); n > 0 {
			ln.Clauses = n
		}
	}
	return ln
}

// nameLang is the language that [Frame.Name] gives a name in.
func (f *Frame) nameLang(n mechanism.Names) string {
	said := f.Name(n)
	for _, tag := range []string{f.L.Tag, "en"} {
		if n[tag] == said {
			return tag
		}
	}
	for tag, s := range n {
		if s == said {
			return tag
		}
	}
	return f.L.Tag
}

func (f *Frame) copyLine(code string, c mechanism.Copy) copyLine {
	return copyLine{
		Language: c.Language, Name: f.LanguageName(c.Language), Tag: string(c.Document.Language), Read: readingTag(c.Document), File: c.Document.Name,
		Source: c.Source, Act: c.Received, Href: "/texts/" + code + "?copy=" + c.Language,
	}
}

// LanguageName names a language by its base tag in the visitor's language; one that the messages do not know by its tag.
func (f *Frame) LanguageName(tag string) string {
	if key := "texts.language." + tag; f.L.Has(key) {
		return f.T(key)
	}
	return tag
}

// numberedClauses counts the clauses that stand at the top of the text and bear a number.
func numberedClauses(c mechanism.Copy) int {
	n := 0
	for _, cl := range c.Document.Clauses {
		if cl.Parent == "" && cl.Number != "" {
			n++
		}
	}
	return n
}

func (f *Frame) textCounts(t *mechanism.Text) textCounts {
	c := textCounts{Summarized: len(f.m.Ledger().Summaries(t.Code))}
	sees := f.SeesParties()
	for _, x := range f.m.Ledger().Of(t.Code) {
		switch {
		case x.State == commitment.Accepted:
			c.Accepted++
		case x.State == commitment.Proposed && sees:
			c.Waiting++
		case x.State == commitment.Refused && sees:
			c.Refused++
		}
	}
	for _, x := range t.Copies {
		if sees {
			c.Passed += len(x.Passed)
		}
	}
	return c
}

// Known is true of a text whose authentic wording has not been imported.
func (ln textLine) Known() bool { return len(ln.Copies) == 0 }

// Adopted is when and where the text was adopted, in words: "Chengdu, 1 December 2024".
func (f *Frame) Adopted(ln textLine) string {
	if ln.Place != "" && ln.Adopted != "" {
		return f.T("texts.adopted-at", ln.Place, f.Date(ln.Adopted))
	}
	return ln.Place + f.Date(ln.Adopted)
}
