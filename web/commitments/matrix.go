package commitments

import (
	"strconv"
	"strings"

	"concord/commitment"
	"concord/mechanism"
	"concord/search"
	"concord/web/page"
)

// matrixPage is the matrix: what was promised in the rows, who is bound in the columns. As data it has all that fit; as
// a page one stretch of them.
type matrixPage struct {
	*page.Frame `json:"-"`
	Total       int               `json:"total"`   // commitments in the ledger
	Matched     int               `json:"matched"` // that fit the filter
	Ask         matrixAsk         `json:"filter"`
	Rows        []matrixRow       `json:"commitments"` // all that fit, in order; for data only
	Groups      []matrixGroup     `json:"-"`           // the stretch on show
	From        int               `json:"-"`           // number of the first row on show, from 1
	To          int               `json:"-"`
	Starts      []string          `json:"-"` // the first reference of every stretch
	Perhaps     int               `json:"perhaps,omitempty"`
	Cleared     []cleared         `json:"-"` // each filter that is on, with the address without it
	Choices     matrixChoices     `json:"-"`
	Columns     []mechanism.Party `json:"-"`
	stretch     int
}

// matrixGroup is some rows under one heading.
type matrixGroup struct {
	Title     string
	Words     string // the clause's own heading
	Lang      string // of Words
	Href      string
	Count     int  // of the whole group, also of rows that are on another page
	Continued bool // its first rows stand on the page before
	Rows      []matrixRow
}

// matrixRow is one commitment. Parties is nil where the text does not list whom it binds.
type matrixRow struct {
	Ref        string               `json:"ref"`
	Text       string               `json:"text"`
	Clause     string               `json:"clause"`
	State      commitment.State     `json:"state"` // accepted, summarized (only the pack's words are known)
	Says       string               `json:"says"`
	In         string               `json:"language"` // of Says
	Strength   int                  `json:"strength"`
	Kind       commitment.ActorKind `json:"actor"`
	Who        string               `json:"who,omitempty"` // the actor in words, where it is not all parties
	WhoIn      string               `json:"-"`
	Parties    []string             `json:"parties"`
	Deadline   *commitment.Deadline `json:"deadline,omitempty"`
	Due        string               `json:"due,omitempty"` // the last day that the deadline allows
	Tracks     []string             `json:"tracks"`
	Instrument string               `json:"instrument,omitempty"`
	Missing    []commitment.Element `json:"missing,omitempty"`

	Bars   page.Strength `json:"-"`
	By     string        `json:"-"` // the deadline in words
	Read   string        `json:"-"` // how the deadline was read
	Far    string        `json:"-"` // "in 40 days"
	Passed bool          `json:"-"`
	Cells  []partyCell   `json:"-"`
}

// partyCell says how a commitment stands to a party.
type partyCell struct {
	Code  string
	State commitment.Binding
	Said  string // for the ear, and for the hand that rests on it
}

// Accepted says whether the authentic text was reviewed; otherwise only the pack's summary is known.
func (r matrixRow) Accepted() bool { return r.State == commitment.Accepted }

// Described says whether the row needs words for who undertakes: the marks of the parties alone do not say it.
func (r matrixRow) Described() bool {
	return r.Kind == commitment.Subset || r.Kind == commitment.Organ || r.Parties == nil
}

// lister lists from one index.
type lister struct{ index *search.Cache }

func (l lister) list(f *page.Frame) (any, error) {
	return newMatrix(f, l.index.Of(f.State).Lines, f.JSON), nil
}

// newMatrix builds the page that the address asks for: with all rows, as data, or with a stretch of them in groups.
func newMatrix(f *page.Frame, lines []search.Line, all bool) *matrixPage {
	f.About(f.T("commitments.title"), "*")
	f.Seal = f.LastOf("commitment")
	p := &matrixPage{Frame: f, Ask: askMatrix(f.Query), Columns: f.Parties(), stretch: stretchOfRows}
	p.Total = len(lines)
	picked := p.pick(lines)
	p.Matched = len(picked)
	if all {
		p.Rows = make([]matrixRow, 0, len(picked))
		for _, ln := range picked {
			p.Rows = append(p.Rows, newMatrixRow(f, *ln.Line))
		}
		return p
	}
	p.lay(picked)
	p.Cleared = p.clearedOf()
	p.Choices = p.choicesOf(lines)
	return p
}

// pick gives the lines that fit, in the order asked for.
func (p *matrixPage) pick(lines []search.Line) []orderedLine {
	filter := p.Ask.matcher(p.Frame)
	picked := make([]orderedLine, 0, len(lines))
	for i := range lines {
		switch filter.fits(&lines[i]) {
		case fitsYes:
			picked = append(picked, orderedLine{Line: &lines[i].Line, seq: i})
		case fitsPerhaps:
			p.Perhaps++
		}
	}
	p.order(picked)
	return picked
}

// newMatrixRow reads a line of the ledger.
func newMatrixRow(f *page.Frame, ln commitment.Line) matrixRow {
	r := matrixRow{
		Ref: ln.Ref, Text: ln.Text, Clause: ln.Clause, State: ln.State(), Strength: int(ln.Strength()), Deadline: ln.Deadline(),
		Tracks: ln.Tracks(), Instrument: ln.Instrument(), Missing: ln.Missing(), Due: ln.Deadline().LastDay().String(),
	}
	r.Says, r.In = f.Says(ln)
	r.Kind, r.Parties = boundBy(f, ln)
	r.Who, r.WhoIn = f.Undertaker(ln)
	return r
}

// boundBy is the kind of actor and the parties bound; nil where the text does not list them. All parties are those of
// the text.
func boundBy(f *page.Frame, ln commitment.Line) (commitment.ActorKind, []string) {
	return ln.BoundIn(partiesTo(f, ln.Text))
}

// partiesTo are the parties to a text.
func partiesTo(f *page.Frame, text string) []string {
	if t, ok := f.State.Text(text); ok {
		return t.Parties
	}
	return nil
}

// dress adds to a row what only a page shows.
func (p *matrixPage) dress(r matrixRow, said map[commitment.Binding][]string) matrixRow {
	r.Bars = p.Strength(commitment.Strength(r.Strength))
	r.By = p.Deadline(r.Deadline)
	r.Read = p.DeadlineRead(r.Deadline)
	if r.Due != "" {
		r.Far = p.HowFar(r.Due)
		r.Passed = r.Due < p.Today()
	}
	to := partiesTo(p.Frame, r.Text)
	r.Cells = make([]partyCell, len(p.Columns))
	for i, party := range p.Columns {
		state := commitment.BindingOf(party.Code, r.Parties, to)
		r.Cells[i] = partyCell{party.Code, state, said[state][i]}
	}
	return r
}

// cellsSaid says each state of each party's cells once, for all rows.
func (p *matrixPage) cellsSaid() map[commitment.Binding][]string {
	said := map[commitment.Binding][]string{}
	for _, state := range []commitment.Binding{commitment.BindsIt, commitment.BindsNot, commitment.MayBindIt} {
		for _, party := range p.Columns {
			said[state] = append(said[state], p.T("commitments.cell."+string(state), p.Name(party.Name)))
		}
	}
	return said
}

// MatrixWidth is how many columns a heading over the whole matrix takes in.
func (p *matrixPage) MatrixWidth() int {
	n := 2
	for _, c := range matrixColumns {
		if !p.Ask.Has(c) {
			continue
		}
		if c == "parties" {
			n += len(p.Columns)
		} else {
			n++
		}
	}
	return n
}

// Starting is where stretch begins, for the links between pages.
func (p *matrixPage) Starting(at int) string {
	return p.Ask.href(func(a *matrixAsk) {
		a.At = ""
		if at > 0 {
			a.At = p.Starts[at]
		}
	})
}

// StretchNow is the number of the stretch on show, from 0.
func (p *matrixPage) StretchNow() int { return (p.From - 1) / p.stretch }

// Previous and Next lead to the stretches beside; empty at the ends.
func (p *matrixPage) Previous() string {
	if p.From <= 1 {
		return ""
	}
	return p.Starting(p.StretchNow() - 1)
}

func (p *matrixPage) Next() string {
	if p.To >= p.Matched {
		return ""
	}
	return p.Starting(p.StretchNow() + 1)
}

// StartList is the first reference of every stretch, for the script that fetches them as one scrolls.
func (p *matrixPage) StartList() string { return strings.Join(p.Starts, " ") }

// File is the address of all that fits in another form: "csv" or "json".
func (p *matrixPage) File(form string) string {
	to := p.Ask.href(func(a *matrixAsk) { a.At = "" })
	path, query, asked := strings.Cut(to, "?")
	if !asked {
		return path + "." + form
	}
	return path + "." + form + "?" + query
}

func itoaList(list []int) []string {
	said := make([]string, len(list))
	for i, n := range list {
		said[i] = strconv.Itoa(n)
	}
	return said
}

// StretchRows is how many rows a full stretch has.
func (p *matrixPage) StretchRows() int { return p.stretch }

// field is one select of the filter's form.
type field struct {
	Name, Label, Any string
	Options          []option
}

// Field names a select.
func (p *matrixPage) Field(name string, options []option) field {
	return field{name, p.T("commitments.filter." + name), p.T("commitments.any"), options}
}
