package record

import (
	"iter"
	"strings"

	"concord/mechanism"
	"concord/web/page"
)

// recordPage is a stretch of the record, newest first.
type recordPage struct {
	*page.Frame
	Total  int64 // acts in the record
	Acts   []*page.Act
	Older  string // address of the acts before these
	Newest bool   // these are the newest: the page may grow at its top
	Kinds  []kindChoice
	Filter recordFilter
}

// recordFilter says which acts are wanted; all that is not empty must fit.
type recordFilter struct {
	Kind   string
	Party  string // of whoever acted
	Object string // "text:CHD24", or a plain reference
	Before int64  // acts with a lower number only; 0: from the newest
}

type kindChoice struct {
	Name, Label string
	Current     bool
}

// pageOfActs is how many acts stand on one page.
const pageOfActs = 50

func list(f *page.Frame) (page.Page, error) {
	filter := filterOf(f)
	f.About(f.T("record.title"), "*")
	p := &recordPage{Frame: f, Total: f.State.Acts(), Filter: filter, Newest: filter.Before == 0, Acts: []*page.Act{}}
	deeds, more := filter.pick(f.State, pageOfActs)
	for _, d := range deeds {
		p.Acts = append(p.Acts, f.Act(d))
	}
	if more {
		p.Older = f.With("before", page.FormatSeq(deeds[len(deeds)-1].Seq))
	}
	for _, k := range mechanism.Kinds() {
		p.Kinds = append(p.Kinds, kindChoice{k.Name, f.KindOfAct(k.Name), k.Name == filter.Kind})
	}
	return p, nil
}

// MostActs is how many acts stand on one page.
func (p *recordPage) MostActs() int { return pageOfActs }

// filterOf reads what the address asks for.
func filterOf(f *page.Frame) recordFilter {
	q := f.Query
	filter := recordFilter{Kind: q.Get("kind"), Party: q.Get("party"), Object: objectOf(f.State, q.Get("object"))}
	if n, ok := page.ParseSeq(q.Get("before")); ok {
		filter.Before = n
	}
	return filter
}

// pick walks from the newest act down until it has n that fit, and says whether there are more. Of an act that the
// visitor may not read, the object is not known to the filter either.
func (rf recordFilter) pick(state page.State, n int) (picked []mechanism.Deed, more bool) {
	for d := range rf.fitting(state) {
		if len(picked) == n {
			return picked, true
		}
		picked = append(picked, d)
	}
	return picked, false
}

// fitting yields the acts that fit, newest first.
func (rf recordFilter) fitting(state page.State) iter.Seq[mechanism.Deed] {
	return func(yield func(mechanism.Deed) bool) {
		for d := range rf.walk(state) {
			if rf.Kind != "" && d.Kind != rf.Kind || rf.Party != "" && d.Actor.Party != rf.Party || rf.Before > 0 && d.Seq >= rf.Before {
				continue
			}
			if !yield(d) {
				return
			}
		}
	}
}

// walk yields the acts among which the wanted ones are, newest first.
func (rf recordFilter) walk(state page.State) iter.Seq[mechanism.Deed] {
	switch {
	case rf.Object != "":
		return state.History(mechanism.Object(rf.Object))
	case rf.Before > 0:
		return state.Before(rf.Before)
	}
	return state.Latest()
}

// objectOf reads what a person types: CHD24, CHD24-17, KZ, or an object as the record writes it.
func objectOf(m page.State, typed string) string {
	typed = strings.TrimSpace(typed)
	upper := strings.ToUpper(typed)
	switch _, isText := m.Text(upper); {
	case typed == "" || strings.Contains(typed, ":"):
		return typed
	case isText:
		return "text:" + upper
	case m.HasParty(upper):
		return "party:" + upper
	}
	return "commitment:" + upper
}
