package web

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"concord/commitment"
	"concord/mechanism"
	"concord/statement"
)

// readerNote is what stands in the margin of a clause about one commitment.
type readerNote struct {
	Ref      string   `json:"ref"`
	State    string   `json:"state"` // accepted, proposed, summarized (only the pack's words are known)
	Href     string   `json:"-"`
	Says     string   `json:"says"`
	SaysLang string   `json:"-"`
	Strength int      `json:"strength"`
	Kind     string   `json:"actor"`
	Parties  []string `json:"parties,omitempty"`
	Who      string   `json:"who,omitempty"` // the actor in words, where it is not all parties
	WhoLang  string   `json:"-"`
	Deadline string   `json:"deadline,omitempty"` // in words
	Written  string   `json:"-"`                  // the deadline as the text has it
	Basis    string   `json:"basis,omitempty"`
	Cue      string   `json:"cue,omitempty"`
	Rule     string   `json:"rule,omitempty"`
	From     string   `json:"strength_from,omitempty"`
	Lang     string   `json:"-"` // of the text's own words
	Start    int      `json:"start,omitempty"`
	End      int      `json:"end,omitempty"`
	At       string   `json:"clause,omitempty"` // id of the clause
}

// readerPassed is a passage that is not a commitment, with the reason in words.
type readerPassed struct {
	Words  string `json:"words"`
	Lang   string `json:"-"`
	Reason string `json:"reason"`
	Said   string `json:"-"` // the reason in the visitor's language
	Rule   string `json:"rule,omitempty"`
	Ref    string `json:"ref,omitempty"` // a person refused it under this reference
	Href   string `json:"-"`
}

// annotate puts the commitments, and for those who may see them the passages that are none, beside their clauses.
func (p *readerPage) annotate(t *mechanism.Text, c mechanism.Copy) {
	for _, note := range p.notesOf(t, c) {
		if row := p.rowOf(note.At, note.Start, note.End > 0); row != nil {
			row.Notes = append(row.Notes, note)
		}
	}
	for i := range p.Rows {
		slices.SortStableFunc(p.Rows[i].Notes, func(a, b readerNote) int { return a.Start - b.Start })
	}
	if !p.SeesParties() {
		return
	}
	for _, x := range c.Passed {
		if row := p.rowOf(x.Clause, x.Start, true); row != nil {
			row.Passed = append(row.Passed, p.passed(c, x))
		}
	}
	for _, x := range p.m.Ledger().Of(t.Code) {
		if row := p.rowOf(x.Clause, x.Start, true); x.State == commitment.Refused && x.Language == c.Language && row != nil {
			row.Passed = append(row.Passed, p.refused(c, x))
		}
	}
}

// rowOf finds the row of a place in the text; where no place is given, of a clause or the nearest one above it.
func (p *readerPage) rowOf(clause string, at int, placed bool) *readerRow {
	if placed { // the rows are in the order of the text
		i := sort.Search(len(p.Rows), func(i int) bool { return p.Rows[i].Start > at }) - 1
		if i >= 0 {
			if ps := p.Rows[i].Cells[0].Paragraphs; at <= ps[len(ps)-1].End {
				return &p.Rows[i]
			}
		}
	}
	for clause != "" {
		for i := range p.Rows {
			if p.Rows[i].ID == clause {
				return &p.Rows[i]
			}
		}
		clause = clause[:max(0, strings.LastIndexByte(clause, '.'))]
	}
	if len(p.Rows) == 0 {
		return nil
	}
	return &p.Rows[len(p.Rows)-1]
}

// notesOf are the notes of a text: what stands in the ledger, what waits for those who may see it, and what only the pack
// has said so far.
func (f *Frame) notesOf(t *mechanism.Text, c mechanism.Copy) []readerNote {
	var notes []readerNote
	waiting := map[string]bool{}
	if f.SeesParties() {
		for _, x := range f.m.Ledger().Waiting(t.Code) {
			waiting[x.Ref] = true
			notes = append(notes, f.commitmentNote(x, c))
		}
	}
	for _, ln := range f.m.Ledger().LinesOf(t.Code) {
		switch {
		case ln.Accepted != nil:
			notes = append(notes, f.commitmentNote(ln.Accepted, c))
		case !waiting[ln.Ref]:
			notes = append(notes, f.summaryNote(ln.Summary))
		}
	}
	return notes
}

// commitmentNote is the note of a commitment that was read in the text; c is the copy on show, which may be another
// than the one it was read in.
func (f *Frame) commitmentNote(x *commitment.Commitment, c mechanism.Copy) readerNote {
	n := readerNote{
		Ref: x.Ref, State: string(x.State), Href: markOf(x).Href(), Strength: int(x.Strength),
		Kind: string(x.Actor.Kind), Parties: x.Actor.Parties, Deadline: f.Deadline(x.Deadline), Cue: x.Cue, Rule: x.Rule,
		From: x.StrengthFrom, Lang: x.Language, At: x.Clause,
	}
	if x.Language == c.Language {
		n.Start, n.End = x.Start, x.End
	}
	summary, _ := f.m.Ledger().Summary(x.Ref)
	n.Says, n.SaysLang = f.Says(commitment.Line{Ref: x.Ref, Text: x.Text, Summary: summary, Accepted: x})
	if x.Actor.Kind != commitment.All {
		n.Who, n.WhoLang = x.Actor.Text, x.Language
		if summary != nil && summary.Actor.Text[f.L.Tag] != "" {
			n.Who, n.WhoLang = summary.Actor.Text[f.L.Tag], f.L.Tag
		}
	}
	if x.Deadline != nil {
		n.Written, n.Basis = x.Deadline.Text, x.Deadline.Basis
	}
	return n
}

// summaryNote is the note of a commitment that only the pack speaks of.
func (f *Frame) summaryNote(s *commitment.Summary) readerNote {
	n := readerNote{
		Ref: s.Ref, State: "summarized", Href: "/commitments/" + s.Ref, Strength: int(s.Strength),
		Kind: string(s.Actor.Kind), Parties: s.Actor.Parties, Deadline: f.Deadline(s.Deadline), At: s.Clause,
	}
	n.Says, n.SaysLang = f.Says(commitment.Line{Ref: s.Ref, Text: s.Text, Summary: s})
	if s.Actor.Kind != commitment.All {
		n.Who, n.WhoLang = f.Name(s.Actor.Text), f.nameLang(s.Actor.Text)
	}
	if s.Deadline != nil {
		n.Basis = s.Deadline.Basis
	}
	return n
}

// Force is the strength of the commitment.
func (n readerNote) Force() commitment.Strength { return commitment.Strength(n.Strength) }

func (f *Frame) passed(c mechanism.Copy, x commitment.Passage) readerPassed {
	return readerPassed{
		Words: excerpt(passage(c.Document.Reading, x), 60), Lang: readingTag(c.Document), Reason: x.Reason,
		Said: f.Reason(x.Reason), Rule: x.Rule,
	}
}

// passage is the words of a passage; the places of passages are not checked when they come in.
func passage(reading string, x commitment.Passage) string {
	start := max(0, min(x.Start, len(reading)))
	return reading[start:max(start, min(x.End, len(reading)))]
}

func (f *Frame) refused(c mechanism.Copy, x *commitment.Commitment) readerPassed {
	return readerPassed{
		Words: excerpt(c.Document.Reading[x.Start:x.End], 60), Lang: readingTag(c.Document), Reason: x.Reason,
		Said: f.Reason(x.Reason), Ref: x.Ref, Href: "/texts/" + x.Text + "/review?n=" + strconv.Itoa(x.N),
	}
}

// Reason says why something is no commitment, or was decided anew: one of the reasons of the coding manual in the
// visitor's language, with a person's own words behind it; else those words alone.
func (f *Frame) Reason(reason string) string {
	code, own, _ := strings.Cut(reason, ": ")
	if key := "review.reason." + code; f.L.Has(key) {
		if own != "" {
			return f.T(key) + f.T("text.colon") + own
		}
		return f.T(key)
	}
	return reason
}

// ClauseName names a clause by its id; what stands before the first clause has none of its own.
func (f *Frame) ClauseName(id string) string {
	if id == "" || id == "0" {
		return f.T("reader.preamble")
	}
	return f.T("reader.clause", id)
}

// excerpt cuts words after n characters.
func excerpt(s string, n int) string {
	r := []rune(strings.TrimSpace(s))
	if len(r) <= n {
		return string(r)
	}
	return strings.TrimSpace(string(r[:n])) + "…"
}

// summaryRows tells a text in the summaries of the pack, clause by clause.
func (f *Frame) summaryRows(t *mechanism.Text) []readerRow {
	var rows []readerRow
	for _, s := range f.m.Ledger().Summaries(t.Code) {
		if n := len(rows); n == 0 || rows[n-1].ID != s.Clause {
			rows = append(rows, readerRow{ID: s.Clause, Number: s.Clause, Anchor: "c" + s.Clause, Cells: []readerCell{{}}})
		}
		row := &rows[len(rows)-1]
		note := f.summaryNote(s)
		cell := &row.Cells[0]
		cell.Lang = note.SaysLang
		_, short, _ := strings.Cut(s.Ref, "-")
		m := &mark{Ref: s.Ref, Short: short, Weight: int(s.Strength), Text: s.Text}
		cell.Paragraphs = append(cell.Paragraphs, readerParagraph{
			Role: statement.Body, Type: statement.Operative, Words: note.Says,
			pieces: []piece{{Text: note.Says, Marks: []*mark{m}, Opens: []*mark{m}, Closes: []*mark{m}}},
		})
		row.Notes = append(row.Notes, note)
	}
	return rows
}
