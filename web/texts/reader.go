package texts

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"concord/commitment"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/statement"
	"concord/web/page"
)

// readerPage is a text, clause by clause, with what was promised in it. A text whose wording has not been imported is
// told in the summaries of the pack.
type readerPage struct {
	*page.Frame
	Text    page.TextLine
	View    string // text, received (as it came, repairs marked), side (languages side by side), summaries
	Copy    *page.CopyLine
	Views   []page.Choice
	Cells   []page.CopyLine // the copies in the columns, one unless side by side
	Rows    []readerRow
	Repairs []repairKind
	Repaired,
	Converted int // repairs, and characters read in their Simplified form
	Lit  string // the reference that ?ref= asks to be shown
	Adds bool   // whether commitments can be added from here

	Reason string          // for withdrawing the text, as typed
	Error  *page.FormError // why it was not withdrawn
}

// readerRow is a clause, or what stands between clauses, in one or several languages.
type readerRow struct {
	ID     string
	Number string // as printed
	Anchor string
	Quiet  bool // the id is not printed in the text: a further paragraph, a point behind a dash
	Cells  []readerCell
	Notes  []page.Note
	Passed []readerPassed
	Start  int // bytes of Reading, for what is proposed from here
}

// readerCell is a row in one language.
type readerCell struct {
	Lang       string
	Missing    bool // this language's copy has no such clause
	Paragraphs []readerParagraph
	received   []piece
}

// Base is the language of the cell by its primary subtag.
func (c readerCell) Base() string { return statement.Language(c.Lang).Base() }

// readerParagraph is a paragraph cut for showing. Start and End are bytes of the document's Reading.
type readerParagraph struct {
	Role    statement.Role
	Type    statement.ParagraphType
	Start   int
	End     int
	Words   string
	At      int    // byte of Reading where the words begin, after the number
	Printed string // the number or dash as printed
	pieces  []piece
}

// element is what the paragraph is in the markup.
func (p readerParagraph) element() string {
	if p.Role == statement.Title || p.Role == statement.Heading {
		return "h2"
	}
	return "p"
}

// passedShown is how many passages that are no commitments a clause shows at once; the others open on demand.
const passedShown = 2

// showText shows a text.
func showText(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	return s.Show(w, r, func(f *page.Frame) (page.Page, error) { return readerOf(f, r.PathValue("code")) })
}

func readerOf(f *page.Frame, code string) (*readerPage, error) {
	t, ok := f.State.Text(code)
	if !ok {
		return nil, fault.New(fault.NotFound, "there is no text %q", code)
	}
	return newReaderPage(f, t), nil
}

// newReaderPage builds the page in the view that the address asks for.
func newReaderPage(f *page.Frame, t *mechanism.Text) *readerPage {
	p := &readerPage{Frame: f, Text: f.TextLine(t), Lit: f.Query.Get("ref"), View: f.Query.Get("view")}
	f.About(p.Text.Title, mechanism.ObjectOf("text", t.Code))
	for _, ln := range f.State.Ledger().LinesOf(t.Code) {
		f.Objects = append(f.Objects, mechanism.ObjectOf("commitment", ln.Ref))
	}
	if f.SeesParties() {
		for _, x := range f.State.Ledger().Waiting(t.Code) {
			f.Objects = append(f.Objects, mechanism.ObjectOf("commitment", x.Ref))
		}
	}
	c, ok := chosenCopy(f, t)
	switch {
	case !ok:
		p.View = "summaries"
		p.Rows = summaryRows(f, t)
		return p
	case p.View == "side" && len(t.Copies) > 1:
		p.sideBySide(t)
	case p.View == "received":
		p.received(t, c)
	default:
		p.View = "text"
		p.plain(t, c)
	}
	p.about(t, c)
	p.Adds = p.View == "text" && p.May("commitment.add")
	return p
}

// chosenCopy is the copy that ?copy= names, else the one in the visitor's language, else the one with the proposals.
func chosenCopy(f *page.Frame, t *mechanism.Text) (mechanism.Copy, bool) {
	for _, lang := range []string{f.Query.Get("copy"), f.L.Tag} {
		if c, ok := t.Copy(lang); ok && c.Language == lang {
			return c, true
		}
	}
	return t.Copy("")
}

// about fills what all views of a copy tell of it.
func (p *readerPage) about(t *mechanism.Text, c mechanism.Copy) {
	shown := p.CopyLine(t.Code, c)
	p.Copy = &shown
	for i := range p.Text.Copies {
		p.Text.Copies[i].Current = p.Text.Copies[i].Language == c.Language && p.View != "side"
	}
	for _, e := range c.Document.Edits {
		if plainConversion(e) {
			p.Converted += e.End - e.Start
		} else {
			p.Repaired++
		}
	}
	views := []string{"text", "received"}
	if len(t.Copies) > 1 {
		views = append(views, "side")
	}
	for _, v := range views {
		to := v
		if v == "text" {
			to = ""
		}
		p.Views = append(p.Views, page.Choice{Tag: v, Name: p.T("reader.view." + v), Href: p.With("view", to), Current: v == p.View})
	}
}

// plain is the text in one language with its commitments in the margin.
func (p *readerPage) plain(t *mechanism.Text, c mechanism.Copy) {
	p.Cells = []page.CopyLine{p.CopyLine(t.Code, c)}
	p.Rows = rowsOf(c.Document, newLayering(marksOf(p.Frame, t, c)))
	p.annotate(t, c)
}

// marksOf are the words of the commitments in a copy, as far as the visitor may see them.
func marksOf(f *page.Frame, t *mechanism.Text, c mechanism.Copy) []layer {
	var layers []layer
	for _, x := range f.State.Ledger().Of(t.Code) {
		waiting := x.State == commitment.Proposed && f.SeesParties()
		if x.Language == c.Language && (x.State == commitment.Accepted || waiting) {
			layers = append(layers, layer{From: x.Start, To: x.End, Mark: markOf(x)})
		}
	}
	return layers
}

func markOf(x *commitment.Commitment) *mark {
	_, short, _ := strings.Cut(x.Ref, "-")
	return &mark{Ref: x.Ref, Short: short, N: x.N, Weight: int(x.Strength), Waiting: x.State == commitment.Proposed, Text: x.Text}
}

// rowsOf cuts a document into rows by clause, its paragraphs into pieces by layer.
func rowsOf(d *statement.Document, layers layering) []readerRow {
	var rows []readerRow
	clauses := map[string]statement.Clause{}
	for _, c := range d.Clauses {
		clauses[c.ID] = c
	}
	seen := map[string]bool{}
	for _, para := range d.Paragraphs {
		if n := len(rows); n == 0 || rows[n-1].ID != para.Clause {
			rows = append(rows, newRow(d, clauses[para.Clause], para, seen))
		}
		cell := &rows[len(rows)-1].Cells[0]
		cell.Paragraphs = append(cell.Paragraphs, readerParagraph{
			Role: para.Role, Type: para.Type, Start: para.Start, End: para.End, At: para.Text, Printed: d.Reading[para.Start:para.Text],
			Words: d.Reading[para.Start:para.End], pieces: pieces(d.Reading, para.Text, para.End, layers.over(para.Text)),
		})
	}
	return rows
}

// newRow begins a row at a paragraph. A clause that goes on after something else has its anchor where it began.
func newRow(d *statement.Document, c statement.Clause, para statement.Paragraph, seen map[string]bool) readerRow {
	row := readerRow{ID: para.Clause, Number: c.Number, Start: para.Start, Cells: []readerCell{{Lang: page.ReadingTag(d)}}}
	row.Quiet = c.Number == "" || strings.Trim(c.Number, "-–—−•·*") == ""
	if row.ID != "" && !seen[row.ID] {
		seen[row.ID] = true
		row.Anchor = "c" + row.ID
	}
	return row
}

// received is the copy as it came, with what was repaired marked.
func (p *readerPage) received(t *mechanism.Text, c mechanism.Copy) {
	d := c.Document
	p.Cells = []page.CopyLine{p.CopyLine(t.Code, c)}
	at := pointBytes(d.Original)
	layers := receivedLayers(d, at)
	for _, l := range marksOf(p.Frame, t, c) {
		span := d.Source(l.From, l.To)
		l.From, l.To = at[span.Start], at[span.End]
		layers = append(layers, l)
	}
	over := newLayering(layers)
	p.Rows = rowsOf(d, layering{})
	from := 0
	for i := range p.Rows {
		cell := &p.Rows[i].Cells[0]
		last := cell.Paragraphs[len(cell.Paragraphs)-1]
		to := at[d.Source(last.Start, last.End).End]
		if i == len(p.Rows)-1 {
			to = len(d.Original)
		}
		to = max(from, to)
		cell.received = afterBreak(pieces(d.Original, from, to, over.over(from)))
		cell.Lang, cell.Paragraphs, from = string(d.Language), nil, to
	}
	p.Repairs = repairsOf(p.Frame, d)
}

// afterBreak leaves out the line's end that parts a row from the one before.
func afterBreak(list []piece) []piece {
	if len(list) > 0 && list[0].Edit == nil {
		list[0].Text = strings.TrimLeft(list[0].Text, "\r\n")
	}
	return list
}

// pointBytes gives the byte at which each code point of a text begins, and the text's end.
func pointBytes(text string) []int {
	at := make([]int, 0, len(text)+1)
	for i := range text {
		at = append(at, i)
	}
	return append(at, len(text))
}

// receivedLayers are the repairs and the markup of a document, in bytes of its Original.
func receivedLayers(d *statement.Document, at []int) []layer {
	var layers []layer
	for i, e := range d.Edits {
		layers = append(layers, layer{From: at[e.Start], To: at[e.End], Edit: &shownEdit{ID: i + 1, Kind: e.Kind, Now: e.Now, Plain: plainConversion(e)}})
	}
	for _, x := range d.Peeled {
		layers = append(layers, layer{From: at[x.Start], To: at[x.End], Edit: &shownEdit{Now: x.Now}})
	}
	return layers
}

// plainConversion is true of a repair that reads characters in their Simplified form and does nothing else.
func plainConversion(e statement.Edit) bool {
	return e.Kind == statement.TraditionalScript && utf8.RuneCountInString(e.Was) == utf8.RuneCountInString(e.Now)
}

// sideBySide aligns the copies by clause: the first copy's order, what it lacks behind what it follows in the others.
func (p *readerPage) sideBySide(t *mechanism.Text) {
	var rows [][]readerRow
	for _, c := range t.Copies {
		p.Cells = append(p.Cells, p.CopyLine(t.Code, c))
		rows = append(rows, joinClauses(rowsOf(c.Document, newLayering(marksOf(p.Frame, t, c)))))
	}
	var order []string
	for _, list := range rows {
		order = alignedOrder(order, list)
	}
	places := make([]map[string]int, len(rows)) // of a clause in each copy
	for i, list := range rows {
		places[i] = placesOf(list)
	}
	for _, id := range order {
		row := readerRow{ID: id}
		if id != "" {
			row.Anchor = "c" + id
		}
		for i, list := range rows {
			at, ok := places[i][id]
			if !ok {
				row.Cells = append(row.Cells, readerCell{Lang: p.Cells[i].Tag, Missing: true})
				continue
			}
			row.Quiet = row.Quiet || list[at].Quiet
			row.Number = list[at].Number
			row.Cells = append(row.Cells, list[at].Cells...)
		}
		p.Rows = append(p.Rows, row)
	}
}

// joinClauses makes one row of the rows of one clause; what belongs to no clause goes with the clause before it.
func joinClauses(rows []readerRow) []readerRow {
	var joined []readerRow
	place := map[string]int{} // of a clause in joined
	for _, row := range rows {
		at, ok := len(joined)-1, len(joined) > 0
		if row.ID != "" {
			at, ok = place[row.ID]
		}
		if !ok {
			place[row.ID] = len(joined)
			joined = append(joined, row)
			continue
		}
		joined[at].Cells[0].Paragraphs = append(joined[at].Cells[0].Paragraphs, row.Cells[0].Paragraphs...)
	}
	return joined
}

// alignedOrder adds to an order of clause ids those of another copy that it lacks, each before the next one that both
// have; what follows the last of those goes to the end.
func alignedOrder(order []string, rows []readerRow) []string {
	known := make(map[string]bool, len(order))
	for _, id := range order {
		known[id] = true
	}
	before := map[string][]string{} // by an id that both have, those that go before it
	var lacked []string             // since the last such id
	for _, row := range rows {
		if known[row.ID] {
			before[row.ID] = append(before[row.ID], lacked...)
			lacked = nil
		} else {
			lacked = append(lacked, row.ID)
		}
	}
	var all []string
	for _, id := range order {
		all = append(append(all, before[id]...), id)
	}
	return append(all, lacked...)
}

// placesOf gives the place of each clause among rows; of two with one id, that of the first.
func placesOf(rows []readerRow) map[string]int {
	places := make(map[string]int, len(rows))
	for i, row := range slices.Backward(rows) {
		places[row.ID] = i
	}
	return places
}
