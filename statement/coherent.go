package statement

import "unicode/utf8"

// Coherent says whether a document that somebody else has read holds together: what was peeled off and repaired lies in
// order within Original, says what stood there, and leads from Original to Reading. Read gives nothing else.
func (d *Document) Coherent() bool {
	points := utf8.RuneCountInString(d.Original)
	at, from := 0, 0 // code points, bytes
	for _, e := range d.Edits {
		if e.Start < at || e.End < e.Start || e.End > points {
			return false
		}
		from = advance(d.Original, from, e.Start-at)
		to := advance(d.Original, from, e.End-e.Start)
		if d.Original[from:to] != e.Was {
			return false
		}
		at, from = e.End, to
	}
	at = 0
	for _, p := range d.Peeled {
		if p.Start < at || p.End < p.Start || p.End > points {
			return false
		}
		at = p.End
	}
	return d.reread() == d.Reading
}
