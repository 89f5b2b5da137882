package commitments

import (
	"strconv"
	"strings"

	"concord/commitment"
	"concord/mechanism"
	"concord/search"
	"concord/web/page"
)

// matrixPage is the matrix: what was promised in the rows, who is bound in the columns; one stretch of what fits.
type matrixPage struct {
	*page.Frame
	Total   int           // commitments in the ledger
	Matched int           // that fit the filter
	Ask     matrixAsk     // what the address asks for
	Groups  []matrixGroup // the stretch on show
	From    int           // number of the first row on show, from 1
	To      int
	Starts  []string  // the first reference of every stretch
	Perhaps int       // that fit, but the text does not list whom they bind
	Cleared []cleared // each filter that is on, with the address without it
	Choices matrixChoices
	Columns []mechanism.Party
	stretch int
}

// matrixGroup is some rows under one heading.
type matrixGroup struct {
	Title     string
	Words     string // the clause's own heading
	Lang      string // of Words
	Href      string
	Count     int  // of the whole group, also of rows that are on another page
	Continued bool // its first rows stand on the page before
	Rows      []page.Drawn
}

// matrixRow is one commitment. Parties is nil where the text does not list whom it binds.
type matrixRow struct {
	Ref        string
	Text       string
	Clause     string
	State      commitment.State // accepted, summarized (only the pack's words are known)
	Says       string
	In         string // of Says
	Strength   int
	Kind       commitment.ActorKind
	Who        string // the actor in words, where it is not all parties
	WhoIn      string
	Parties    []string
	Deadline   *commitment.Deadline
	Due        string // the last day that the deadline allows
	Tracks     []string
	Instrument string
	Missing    []commitment.Element

	Bars page.Strength
	dueSaid
	Cells []page.Drawn // how it stands to each party
}

// dueSaid is a deadline as a page says it.
type dueSaid struct {
	By     string // the deadline in words
	Read   string // how the deadline was read
	Far    string // "in 40 days"
	Passed bool
}

// Accepted says whether the authentic text was reviewed; otherwise only the pack's summary is known.
func (r matrixRow) Accepted() bool { return r.State == commitment.Accepted }

// Described says whether the row needs words for who undertakes: the marks of the parties alone do not say it.
func (r matrixRow) Described() bool {
	return r.Kind == commitment.Subset || r.Kind == commitment.Organ || r.Parties == nil
}

// lister lists from one index.
type lister struct {
	index *search.Cache
	rows  *drawnRows
}

// list builds the page that the address asks for: a stretch of what fits, in groups.
func (l lister) list(f *page.Frame) (page.Page, error) {
	index := l.index.Of(f.State)
	f.About(f.T("commitments.title"), "*")
	f.Seal = f.LastOf("commitment")
	p := &matrixPage{Frame: f, Ask: askMatrix(f.Query), Columns: f.Parties(), stretch: stretchOfRows}
	found := index.All(p.Ask.filterOn(f.Today()), p.Ask.order())
	p.Total, p.Matched, p.Perhaps = index.Len(), found.Matched, found.Perhaps
	p.lay(found.Lines, l.rows)
	p.Cleared = p.clearedOf()
	p.Choices = p.choicesOf(index)
	return p, nil
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

// dresser adds to rows what only a page shows. What many rows have in common is said once.
type dresser struct {
	page  *matrixPage
	bars  map[int]page.Strength
	due   map[commitment.Deadline]dueSaid
	cells map[commitment.Binding][]page.Drawn // of each party
	to    map[string][]string                 // the parties to each text
}

func (p *matrixPage) dresser() *dresser {
	d := &dresser{p, map[int]page.Strength{}, map[commitment.Deadline]dueSaid{}, map[commitment.Binding][]page.Drawn{}, map[string][]string{}}
	for _, state := range []commitment.Binding{commitment.BindsIt, commitment.BindsNot, commitment.MayBindIt} {
		for _, party := range p.Columns {
			said := p.T("commitments.cell."+string(state), p.Name(party.Name))
			d.cells[state] = append(d.cells[state], page.Drawn(partyCell(party.Code, state, said)))
		}
	}
	return d
}

// dress adds to a row what only a page shows.
func (d *dresser) dress(r matrixRow) matrixRow {
	r.Bars = once(d.bars, r.Strength, func() page.Strength { return d.page.Strength(commitment.Strength(r.Strength)) })
	if r.Deadline != nil {
		r.dueSaid = once(d.due, *r.Deadline, func() dueSaid { return d.page.sayDue(r) })
	}
	to := once(d.to, r.Text, func() []string { return partiesTo(d.page.Frame, r.Text) })
	r.Cells = make([]page.Drawn, len(d.page.Columns))
	for i, party := range d.page.Columns {
		r.Cells[i] = d.cells[commitment.BindingOf(party.Code, r.Parties, to)][i]
	}
	return r
}

// once gives what a map has under a key, or makes it.
func once[K comparable, V any](made map[K]V, key K, make func() V) V {
	v, ok := made[key]
	if !ok {
		v = make()
		made[key] = v
	}
	return v
}

// sayDue says a row's deadline.
func (p *matrixPage) sayDue(r matrixRow) dueSaid {
	said := dueSaid{By: p.Deadline(r.Deadline), Read: p.DeadlineRead(r.Deadline)}
	if r.Due != "" {
		said.Far, said.Passed = p.HowFar(r.Due), r.Due < p.Today()
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
