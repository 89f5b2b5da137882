package commitments

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"concord/commitment"
	"concord/search"
	"concord/web/page"
)

// matrixAsk is what an address of the matrix asks for: which commitments, in which order and groups, with which columns.
// Its zero fields are the defaults and do not stand in an address.
type matrixAsk struct {
	search.Filter
	Group   string // track (default), clause, strength, who, none
	Sort    string // ref (default), strength, deadline
	Columns []string
	At      string // reference that the stretch begins with
}

// soonDays is how far "soon" reaches.
const soonDays = 90

// The values that an address may have; anything else counts as not asked.
var (
	matrixKinds     = keys(commitment.ActorKinds())
	matrixDeadlines = []string{"has", "soon", "passed", "none"}
	matrixMissing   = keys(commitment.Elements())
	matrixStates    = keys([]commitment.State{commitment.Accepted, commitment.Summarized})
	matrixGroups    = []string{"track", "clause", "strength", "who", "none"}
	matrixSorts     = []string{"ref", "strength", "deadline"}
	matrixColumns   = []string{"clause", "track", "strength", "deadline", "parties", "instrument", "missing", "state"}
	matrixUsual     = []string{"strength", "deadline", "parties", "missing", "state"}
)

// keys are the values of a vocabulary as they stand in an address.
func keys[T ~string](values []T) []string {
	said := make([]string, len(values))
	for i, v := range values {
		said[i] = string(v)
	}
	return said
}

// askMatrix reads an address.
func askMatrix(q url.Values) matrixAsk {
	one := func(key string, of []string) string {
		if v := q.Get(key); slices.Contains(of, v) {
			return v
		}
		return ""
	}
	a := matrixAsk{At: q.Get("at"), Group: one("group", matrixGroups[1:]), Sort: one("sort", matrixSorts[1:])}
	a.Filter = search.Filter{
		Words: strings.TrimSpace(q.Get("q")), Text: q.Get("text"), Track: q.Get("track"), Party: strings.ToUpper(q.Get("party")),
		Instrument: q.Get("instrument"), Kind: one("kind", matrixKinds), Deadline: one("deadline", matrixDeadlines),
		Missing: one("missing", matrixMissing), State: one("state", matrixStates),
	}
	a.Strength = strengthsOf(q)
	for _, c := range matrixColumns {
		if slices.Contains(q["col"], c) {
			a.Columns = append(a.Columns, c)
		}
	}
	if slices.Equal(a.Columns, matrixUsual) {
		a.Columns = nil
	}
	return a
}

// strengthsOf reads the strengths wanted, the strongest first: each by itself (strength=5&strength=4), or the least and
// the most (min=3&max=5). All five together are no filter.
func strengthsOf(q url.Values) []int {
	least, errLeast := strconv.Atoi(q.Get("min"))
	most, errMost := strconv.Atoi(q.Get("max"))
	var list []int
	for _, s := range commitment.Strengths() {
		n := int(s)
		bounded := errLeast == nil || errMost == nil
		within := bounded && (errLeast != nil || n >= least) && (errMost != nil || n <= most)
		if within || slices.Contains(q["strength"], strconv.Itoa(n)) {
			list = append(list, n)
		}
	}
	if len(list) == len(commitment.Strengths()) {
		return nil
	}
	return list
}

// values is the address's question without what is the default.
func (a matrixAsk) values() url.Values {
	q := url.Values{}
	for _, v := range []struct{ key, value string }{
		{"q", a.Words}, {"text", a.Text}, {"track", a.Track}, {"party", a.Party}, {"kind", a.Kind}, {"deadline", a.Deadline},
		{"missing", a.Missing}, {"instrument", a.Instrument}, {"state", a.State}, {"group", a.Group}, {"sort", a.Sort}, {"at", a.At},
	} {
		if v.value != "" {
			q.Set(v.key, v.value)
		}
	}
	if len(a.Strength) > 0 {
		q["strength"] = itoaList(a.Strength)
	}
	if len(a.Columns) > 0 {
		q["col"] = a.Columns
	}
	return q
}

// href is the address with something changed.
func (a matrixAsk) href(change func(*matrixAsk)) string {
	change(&a)
	if q := a.values().Encode(); q != "" {
		return "/commitments?" + q
	}
	return "/commitments"
}

// Has says whether a column is on show.
func (a matrixAsk) Has(column string) bool {
	if len(a.Columns) == 0 {
		return slices.Contains(matrixUsual, column)
	}
	return slices.Contains(a.Columns, column)
}

// HasStrength says whether a strength is ticked.
func (a matrixAsk) HasStrength(n int) bool { return slices.Contains(a.Strength, n) }

// More says whether one of the less usual filters is on, so that they are not hidden.
func (a matrixAsk) More() bool {
	return a.Kind != "" || a.Missing != "" || a.Instrument != "" || a.State != ""
}

// filterOn is the filter with the days that it looks at, on a day.
func (a matrixAsk) filterOn(today string) search.Filter {
	filter := a.Filter
	filter.Today = today
	if day, err := time.Parse(time.DateOnly, today); err == nil {
		filter.Soon = day.AddDate(0, 0, soonDays).Format(time.DateOnly)
	}
	return filter
}

// order is how the lines stand.
func (a matrixAsk) order() search.Order {
	group := a.Group
	if group == "" {
		group = matrixGroups[0]
	}
	return search.Order{Group: group, Sort: a.Sort}
}

// data is the public form of the filter.
func (a matrixAsk) data() Filter {
	return Filter{a.Words, a.Text, a.Track, a.Party, a.Strength, a.Kind, a.Deadline, a.Missing, a.Instrument, a.State, a.Group, a.Sort}
}

// cleared is a filter that is on, in words, with the address without it.
type cleared struct {
	Label, Value, Href string
}

// clearedOf lists the filters that are on.
func (p *matrixPage) clearedOf() []cleared {
	a, t := p.Ask, p.T
	a.At = ""
	var on []cleared
	add := func(key, value string, without func(*matrixAsk)) {
		if value != "" {
			on = append(on, cleared{t("commitments.filter." + key), value, a.href(without)})
		}
	}
	add("words", a.Words, func(a *matrixAsk) { a.Words = "" })
	add("text", a.Text, func(a *matrixAsk) { a.Text = "" })
	add("track", p.TrackName(a.Track), func(a *matrixAsk) { a.Track = "" })
	add("party", p.PartyName(a.Party), func(a *matrixAsk) { a.Party = "" })
	add("strength", strings.Join(itoaList(a.Strength), " · "), func(a *matrixAsk) { a.Strength = nil })
	add("deadline", saidOf(p.Frame, "deadline", a.Deadline), func(a *matrixAsk) { a.Deadline = "" })
	add("kind", saidOf(p.Frame, "kind", a.Kind), func(a *matrixAsk) { a.Kind = "" })
	add("missing", saidOf(p.Frame, "missing", a.Missing), func(a *matrixAsk) { a.Missing = "" })
	add("instrument", p.instrumentAsked(), func(a *matrixAsk) { a.Instrument = "" })
	add("state", saidOf(p.Frame, "state", a.State), func(a *matrixAsk) { a.State = "" })
	return on
}

// ClearedAll is the address without any filter, in the same order and groups.
func (p *matrixPage) ClearedAll() string {
	return matrixAsk{Group: p.Ask.Group, Sort: p.Ask.Sort, Columns: p.Ask.Columns}.href(func(*matrixAsk) {})
}

// PerhapsHref leads to the commitments that may bind the party, since their text does not list whom they bind.
func (p *matrixPage) PerhapsHref() string {
	return p.Ask.href(func(a *matrixAsk) { a.Party, a.Missing, a.At = "", string(commitment.Who), "" })
}

// saidOf is a value of the address in words; empty for none.
func saidOf(f *page.Frame, group, value string) string {
	if value == "" {
		return ""
	}
	return f.T("commitments." + group + "." + value)
}

// instrumentAsked names the instrument that the filter asks for; "any" is every kind.
func (p *matrixPage) instrumentAsked() string {
	switch kind := p.Ask.Instrument; kind {
	case "":
		return ""
	case "any":
		return p.T("commitments.instrument.any")
	default:
		return p.Instrument(kind)
	}
}

// matrixChoices are the options of the filter's form.
type matrixChoices struct {
	Texts, Tracks, Parties, Instruments []option
	Deadlines, Kinds, Missing, States   []option
	Groups, Sorts, Columns, Strengths   []option
}

// option is one choice of a field.
type option struct {
	Value, Label string
	On           bool
	Bars         *page.Strength
}

// choicesOf offers what occurs in the ledger.
func (p *matrixPage) choicesOf(index *search.Index) matrixChoices {
	a := p.Ask
	texts, instruments := occurring(index)
	c := matrixChoices{
		Deadlines: optionsOf(p.Frame, "deadline", matrixDeadlines, a.Deadline), Kinds: optionsOf(p.Frame, "kind", matrixKinds, a.Kind),
		Missing: optionsOf(p.Frame, "missing", matrixMissing, a.Missing), States: optionsOf(p.Frame, "state", matrixStates, a.State),
		Groups: optionsOf(p.Frame, "group", matrixGroups, a.Group), Sorts: optionsOf(p.Frame, "sort", matrixSorts, a.Sort),
	}
	for _, code := range texts {
		c.Texts = append(c.Texts, option{Value: code, Label: p.TextTitle(code) + p.T("text.paren", code), On: code == a.Text})
	}
	for _, t := range p.State.Tracks() {
		c.Tracks = append(c.Tracks, option{Value: t.ID, Label: p.Name(t.Name), On: t.ID == a.Track})
	}
	for _, party := range p.Columns {
		c.Parties = append(c.Parties, option{Value: party.Code, Label: p.Name(party.Name), On: party.Code == a.Party})
	}
	for _, kind := range instruments {
		c.Instruments = append(c.Instruments, option{Value: kind, Label: p.Instrument(kind), On: kind == a.Instrument})
	}
	for _, n := range commitment.Strengths() {
		bars := p.Strength(n)
		c.Strengths = append(c.Strengths, option{Value: strconv.Itoa(int(n)), Label: bars.Name, On: a.HasStrength(int(n)), Bars: &bars})
	}
	for _, col := range matrixColumns {
		c.Columns = append(c.Columns, option{Value: col, Label: p.T("commitments.column." + col), On: a.Has(col)})
	}
	return c
}

func optionsOf(f *page.Frame, group string, values []string, current string) []option {
	var list []option
	for _, v := range values {
		list = append(list, option{Value: v, Label: saidOf(f, group, v), On: v == current})
	}
	return list
}

// occurring are the texts and the kinds of instruments that the ledger has, in the order in which they appear.
func occurring(index *search.Index) (texts, instruments []string) {
	for _, ch := range index.Chapters {
		if len(ch.Lines) > 0 {
			texts = append(texts, ch.Text)
		}
		instruments = append(instruments, ch.Instruments...)
	}
	return texts, commitment.Union(nil, instruments)
}
