package texts

import (
	"slices"
	"sort"
	"strconv"
	"strings"

	"concord/commitment"
	"concord/mechanism"
	"concord/statement"
	"concord/web/page"
)

// readerPassed is a passage that is not a commitment, with the reason in words.
type readerPassed struct {
	Words  string
	Lang   string
	Reason string
	Said   string // the reason in the visitor's language
	Rule   string
	Ref    string // a person refused it under this reference
	Href   string
}

// annotate puts the commitments, and for those who may see them the passages that are none, beside their clauses.
func (p *readerPage) annotate(t *mechanism.Text, c mechanism.Copy) {
	for _, note := range notesOf(p.Frame, t, c) {
		if row := p.rowOf(note.At, note.Start, note.End > 0); row != nil {
			row.Notes = append(row.Notes, note)
		}
	}
	for i := range p.Rows {
		slices.SortStableFunc(p.Rows[i].Notes, func(a, b page.Note) int { return a.Start - b.Start })
	}
	if !p.SeesParties() {
		return
	}
	for _, x := range c.Passed {
		if row := p.rowOf(x.Clause, x.Start, true); row != nil {
			row.Passed = append(row.Passed, passedOf(p.Frame, c, x))
		}
	}
	for _, x := range p.State.Ledger().Of(t.Code) {
		if row := p.rowOf(x.Clause, x.Start, true); x.State == commitment.Refused && x.Language == c.Language && row != nil {
			row.Passed = append(row.Passed, refusedOf(p.Frame, c, x))
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
func notesOf(f *page.Frame, t *mechanism.Text, c mechanism.Copy) []page.Note {
	var notes []page.Note
	waiting := map[string]bool{}
	if f.SeesParties() {
		for _, x := range f.State.Ledger().Waiting(t.Code) {
			waiting[x.Ref] = true
			notes = append(notes, f.NoteOf(x, c))
		}
	}
	for _, ln := range f.State.Ledger().LinesOf(t.Code) {
		switch {
		case ln.Accepted != nil:
			notes = append(notes, f.NoteOf(ln.Accepted, c))
		case !waiting[ln.Ref]:
			notes = append(notes, f.SummaryNote(ln.Summary))
		}
	}
	return notes
}

func passedOf(f *page.Frame, c mechanism.Copy, x commitment.Passage) readerPassed {
	return readerPassed{
		Words: page.Excerpt(passage(c.Document.Reading, x), 60), Lang: page.ReadingTag(c.Document), Reason: x.Reason,
		Said: f.Reason(x.Reason), Rule: x.Rule,
	}
}

// passage is the words of a passage; the places of passages are not checked when they come in.
func passage(reading string, x commitment.Passage) string {
	start := max(0, min(x.Start, len(reading)))
	return reading[start:max(start, min(x.End, len(reading)))]
}

func refusedOf(f *page.Frame, c mechanism.Copy, x *commitment.Commitment) readerPassed {
	return readerPassed{
		Words: page.Excerpt(c.Document.Reading[x.Start:x.End], 60), Lang: page.ReadingTag(c.Document), Reason: x.Reason(),
		Said: f.Reason(x.Reason()), Ref: x.Ref, Href: "/texts/" + x.Text + "/review?n=" + strconv.Itoa(x.N),
	}
}

// summaryRows tells a text in the summaries of the pack, clause by clause.
func summaryRows(f *page.Frame, t *mechanism.Text) []readerRow {
	var rows []readerRow
	for _, s := range f.State.Ledger().Summaries(t.Code) {
		if n := len(rows); n == 0 || rows[n-1].ID != s.Clause {
			rows = append(rows, readerRow{ID: s.Clause, Number: s.Clause, Anchor: "c" + s.Clause, Cells: []readerCell{{}}})
		}
		row := &rows[len(rows)-1]
		note := f.SummaryNote(s)
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
