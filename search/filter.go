package search

import (
	"reflect"
	"slices"
	"sync"

	"concord/commitment"
)

// Filter says which lines are wanted: all that is not empty must fit.
type Filter struct {
	Words      string // in any language
	Text       string // its code
	Track      string // the lead or a further one
	Party      string // that is bound
	Strength   []int  // any of these, 1 to 5
	Kind       string // all, one, subset, organ
	Deadline   string // has, none, passed (before Today), soon (from Today to Soon)
	Missing    string // who, what, when
	Instrument string // a kind of instrument, or "any"
	State      string // accepted, summarized

	Today, Soon string // days for Deadline
}

// all says whether every line is wanted.
func (f Filter) all() bool {
	f.Today, f.Soon = "", ""
	return reflect.ValueOf(f).IsZero()
}

// fit is whether a line is wanted; perhaps: all fits, but the text does not list whom it binds, so the party may be bound.
type fit int

const (
	fitsNot fit = iota
	fitsPerhaps
	fitsYes
)

// matcher is a filter ready to be compared with many lines.
type matcher struct {
	*Filter
	words     []string
	strengths [commitment.Decide + 1]bool
}

func (f *Filter) matcher() matcher {
	mt := matcher{Filter: f, words: Words(f.Words)}
	for s := range mt.strengths {
		mt.strengths[s] = len(f.Strength) == 0 || slices.Contains(f.Strength, s)
	}
	return mt
}

func (mt *matcher) fits(ln *Line) fit {
	if !mt.fitsPlain(ln) || !mt.fitsDeadline(ln) || !mt.fitsWords(ln) {
		return fitsNot
	}
	if mt.Party == "" {
		return fitsYes
	}
	switch commitment.BindingOf(mt.Party, ln.Parties, ln.to) {
	case commitment.BindsIt:
		return fitsYes
	case commitment.MayBindIt:
		return fitsPerhaps
	}
	return fitsNot
}

// fitsPlain compares what is a plain value.
func (mt *matcher) fitsPlain(ln *Line) bool {
	if mt.Track != "" && !slices.Contains(ln.Tracks(), mt.Track) {
		return false
	}
	if mt.Kind != "" && string(ln.Kind) != mt.Kind || mt.State != "" && string(ln.State()) != mt.State {
		return false
	}
	if mt.Instrument != "" && ln.Instrument() != mt.Instrument && (mt.Instrument != "any" || ln.Instrument() == "") {
		return false
	}
	return mt.Missing == "" || slices.Contains(ln.Lacks, commitment.Element(mt.Missing))
}

func (mt *matcher) fitsDeadline(ln *Line) bool {
	switch mt.Deadline {
	case "":
		return true
	case "has":
		return ln.Deadline() != nil
	case "none":
		return ln.Deadline() == nil
	case "passed":
		return ln.Due != "" && ln.Due < mt.Today
	}
	return ln.Due >= mt.Today && ln.Due <= mt.Soon
}

// fitsWords looks for all words in what a line says in any language, and in the words for who undertakes.
func (mt *matcher) fitsWords(ln *Line) bool {
	return len(mt.words) == 0 || Has(ln.Words, mt.words) || ln.Who != "" && Has(ln.Words+"\n"+ln.Who, mt.words)
}

// Placed is a line with its place in the order asked for.
type Placed struct {
	*Line
	At       Place
	strength commitment.Strength // here, too: a list is walked faster than ten thousand pointers
}

// placed puts a line in its place.
func (o Order) placed(ln *Line) Placed {
	return Placed{ln, o.PlaceOf(ln), min(max(ln.Strength(), commitment.None), commitment.Decide)}
}

// Found are lines that fit a filter.
type Found struct {
	Lines   []*Placed // in order; not to be changed
	Matched int       // how many fit
	Perhaps int       // that fit, but for the party: the text does not list whom it binds
	More    bool      // there are some that fit behind Lines
}

// All gives all lines that fit, in order.
func (x *Index) All(f Filter, o Order) (found Found) {
	mt := f.matcher()
	all := x.inOrder(o)
	if f.all() {
		return Found{Lines: all, Matched: len(all)}
	}
	found.Lines = make([]*Placed, 0, len(all))
	for _, ln := range all {
		if !mt.strengths[ln.strength] || f.Text != "" && ln.Text != f.Text {
			continue
		}
		switch mt.fits(ln.Line) {
		case fitsPerhaps:
			found.Perhaps++
		case fitsYes:
			found.Lines = append(found.Lines, ln)
		}
	}
	found.Matched = len(found.Lines)
	return found
}

// inOrder gives all lines in an order, which is made once for all who ask for it.
func (x *Index) inOrder(o Order) []*Placed {
	made, _ := x.ordered.LoadOrStore(o.known(), sync.OnceValue(func() []*Placed {
		all := make([]Placed, 0, x.lines)
		for _, ch := range x.Chapters {
			for _, ln := range ch.Lines {
				all = append(all, o.placed(ln))
			}
		}
		slices.SortFunc(all, func(a, b Placed) int { return a.At.Compare(b.At) })
		ordered := make([]*Placed, len(all))
		for i := range all {
			ordered[i] = &all[i]
		}
		return ordered
	}))
	return made.(func() []*Placed)()
}

// Stretch gives the first lines, at most limit, that fit and stand behind a place.
func (x *Index) Stretch(f Filter, o Order, after Place, limit int) (found Found) {
	mt := f.matcher()
	first := newFirst(limit + 1)
	for _, ch := range x.within(f.Text) {
		for i, ln := range ch.Lines {
			if !mt.strengths[ch.strengths[i]] {
				continue
			}
			switch mt.fits(ln) {
			case fitsPerhaps:
				found.Perhaps++
			case fitsYes:
				found.Matched++
				if at := o.placed(ln); at.At.Compare(after) > 0 {
					first.add(at)
				}
			}
		}
	}
	found.Lines = first.sorted()
	if found.More = len(found.Lines) > limit; found.More {
		found.Lines = found.Lines[:limit]
	}
	return found
}

// within are the chapters to look through: one, when a text is asked for.
func (x *Index) within(text string) []*Chapter {
	if text == "" {
		return x.Chapters
	}
	if ch, ok := x.byCode[text]; ok {
		return []*Chapter{ch}
	}
	return nil
}

// first keeps the first so many of what is added, in any order.
type first struct {
	most  int
	lines []*Placed
	full  bool  // the first most of the lines are sorted, and nothing behind the last of them is wanted
	bound Place // the last of them
}

func newFirst(most int) *first { return &first{most: most} }

func (k *first) add(ln Placed) {
	if k.full && ln.At.Compare(k.bound) > 0 {
		return
	}
	kept := ln // what is not kept costs nothing
	if k.lines = append(k.lines, &kept); len(k.lines) >= 2*k.most {
		k.sorted()
		k.full, k.bound = true, k.lines[k.most-1].At
	}
}

// sorted gives them in order.
func (k *first) sorted() []*Placed {
	slices.SortFunc(k.lines, func(a, b *Placed) int { return a.At.Compare(b.At) })
	k.lines = k.lines[:min(len(k.lines), k.most)]
	return k.lines
}
