package commitment

import (
	"fmt"
	"iter"

	"github.com/tidwall/btree"
)

// tally is what is counted and dated of the lines of a ledger, kept as they come and go, so that nobody has to walk through
// all of them. It is a value like the ledger.
type tally struct {
	tracks btree.Map[string, ByStrength]
	dated  btree.Map[string, string] // day, place in the ledger -> reference
}

// ByStrength counts commitments by their strength, 0 to 5.
type ByStrength [Decide + 1]int

// Total is how many there are.
func (b ByStrength) Total() (n int) {
	for _, of := range b {
		n += of
	}
	return n
}

func (t *tally) next() tally { return tally{copyOf(t.tracks), copyOf(t.dated)} }

// count takes a line in (n is 1) or out (-1).
func (t *tally) count(ln Line, place, n int) {
	track := ""
	if all := ln.Tracks(); len(all) > 0 {
		track = all[0]
	}
	by, _ := t.tracks.Get(track)
	by[min(max(ln.Strength(), None), Decide)] += n
	if by == (ByStrength{}) {
		t.tracks.Delete(track)
	} else {
		t.tracks.Set(track, by)
	}
	day := ln.Deadline().LastDay()
	if day.IsZero() {
		return
	}
	if key := fmt.Sprintf("%s %06d %06d", day, place, RefNumber(ln.Ref)); n > 0 {
		t.dated.Set(key, ln.Ref)
	} else {
		t.dated.Delete(key)
	}
}

// Strengths counts the lines by their lead track, "" for none, and strength.
func (l *Ledger) Strengths() map[string]ByStrength {
	all := make(map[string]ByStrength, l.tally.tracks.Len())
	l.tally.tracks.Scan(func(track string, by ByStrength) bool { all[track] = by; return true })
	return all
}

// CountDated is how many lines have a last day.
func (l *Ledger) CountDated() int { return l.tally.dated.Len() }

// CountTexts is how many texts have lines.
func (l *Ledger) CountTexts() int {
	n := 0
	for _, text := range l.texts {
		if l.of(text).lines.Len() > 0 {
			n++
		}
	}
	return n
}

// Due yields the lines whose last day is a day (2025-12-31) or later, the nearest first.
func (l *Ledger) Due(from string) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		l.tally.dated.Ascend(from, func(_, ref string) bool {
			ln, _ := l.Line(ref)
			return yield(ln)
		})
	}
}

// Passed yields the lines whose last day is before a day, the latest day first; those of one day in the ledger's order.
func (l *Ledger) Passed(before string) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for on := true; on; {
			day := ""
			l.tally.dated.Descend(before, func(key, _ string) bool {
				day = key[:len("2006-01-02")]
				return day >= before // an entry of that very day stands behind the day alone
			})
			if day == "" || day >= before {
				return
			}
			l.tally.dated.Ascend(day, func(key, ref string) bool {
				if key[:len(day)] != day {
					return false
				}
				ln, _ := l.Line(ref)
				on = yield(ln)
				return on
			})
			before = day
		}
	}
}
