package statement

import (
	"encoding/json"
	"sort"
	"strings"
	"unicode/utf8"
)

// Peel is markup that the reader of a format took off: the code points of Original at Span stand as Now in the plain
// text, a line's end where a block ends, the character that an entity names, nothing for a tag. Taking off markup
// repairs nothing, so it is kept apart from Edits.
type Peel struct {
	Span
	Now string `json:"now,omitempty"`
}

// offsets leads from bytes of Reading to code points and bytes of Original. Its pieces are in order, cover Reading
// without a gap, and are short, so that a place is found by one binary search and a count of a few characters.
type offsets []piece

// pieceBytes is the most that one piece of unchanged text takes in: a bound on the characters counted for one place.
const pieceBytes = 512

// piece says that Reading[read:readEnd] came from Original[from:to], which is the code points point to pointEnd.
type piece struct {
	read, readEnd   int
	from, to        int
	point, pointEnd int
	linear          bool // one code point of Reading for each of Original; else the piece is one indivisible whole
}

// place is a position in Original, both ways.
type place struct{ byte, point int }

// Source gives the code points of Original from which the bytes start to end of Reading were read. What a repair took
// away at either edge is not in it, but for the gloss of the last character; what it took away in between is.
func (d *Document) Source(start, end int) Span {
	from, to := d.source(start, end)
	return Span{from.point, to.point}
}

// Quote gives the text of Original, damage, markup and all, from which the bytes start to end of Reading were read.
func (d *Document) Quote(start, end int) string {
	from, to := d.source(start, end)
	return d.Original[from.byte:to.byte]
}

func (d *Document) source(start, end int) (from, to place) {
	pieces := d.offsets
	if pieces == nil { // a document made by hand, not by Read
		pieces = newOffsets(d)
	}
	start, end = clamp(start, len(d.Reading)), clamp(end, len(d.Reading))
	for start > 0 && start < len(d.Reading) && !utf8.RuneStart(d.Reading[start]) {
		start--
	}
	for end < len(d.Reading) && !utf8.RuneStart(d.Reading[end]) {
		end++
	}
	from = pieces.start(d, start)
	if end <= start {
		return from, from
	}
	return from, pieces.end(d, end)
}

// start is where the character that begins at byte at of Reading begins in Original.
func (o offsets) start(d *Document, at int) place {
	i := sort.Search(len(o), func(i int) bool { return o[i].readEnd > at })
	if i == len(o) {
		if i == 0 {
			return place{}
		}
		return place{o[i-1].to, o[i-1].pointEnd}
	}
	if !o[i].linear {
		return place{o[i].from, o[i].point}
	}
	return o[i].count(d, at)
}

// end is where the character that ends at byte at of Reading ends in Original.
func (o offsets) end(d *Document, at int) place {
	i := sort.Search(len(o), func(i int) bool { return o[i].readEnd >= at })
	if i == len(o) || !o[i].linear || o[i].readEnd == at {
		i = min(i, len(o)-1)
		return place{o[i].to, o[i].pointEnd}
	}
	return o[i].count(d, at)
}

// count walks from the piece's start to byte at of Reading, character by character in both texts.
func (p piece) count(d *Document, at int) place {
	n := utf8.RuneCountInString(d.Reading[p.read:at])
	from := p.from
	for range n {
		_, size := utf8.DecodeRuneInString(d.Original[from:])
		from += size
	}
	return place{from, p.point + n}
}

func clamp(n, most int) int { return max(0, min(n, most)) }

// newOffsets builds the pieces from what the document tells of itself: Original, Peeled and Edits.
func newOffsets(d *Document) offsets {
	o := offsets{}
	at := place{}
	read := 0
	for _, c := range changes(d.Peeled, d.Edits) {
		n := c.Start - at.point
		from := advance(d.Original, at.byte, n)
		o = o.unchanged(d.Original, read, at, from)
		read += from - at.byte
		to := advance(d.Original, from, c.End-c.Start)
		if c.gloss && len(o) > 0 && o[len(o)-1].readEnd == read {
			o[len(o)-1].to, o[len(o)-1].pointEnd = to, c.End // a gloss is part of what it reads
		}
		if c.Now != "" {
			o = append(o, piece{read: read, readEnd: read + len(c.Now), from: from, to: to, point: c.Start, pointEnd: c.End,
				linear: utf8.RuneCountInString(c.Now) == c.End-c.Start})
			read += len(c.Now)
		}
		at = place{to, c.End}
	}
	return o.unchanged(d.Original, read, at, len(d.Original))
}

// unchanged adds the pieces for text[at:to], which Reading holds as it is from byte read on.
func (o offsets) unchanged(text string, read int, at place, to int) offsets {
	for at.byte < to {
		next := min(at.byte+pieceBytes, to)
		for next < to && !utf8.RuneStart(text[next]) {
			next++
		}
		point := at.point + utf8.RuneCountInString(text[at.byte:next])
		o = append(o, piece{read, read + next - at.byte, at.byte, next, at.point, point, true})
		read += next - at.byte
		at = place{next, point}
	}
	return o
}

// advance is the byte of text that lies n code points after byte from, or the text's end.
func advance(text string, from, n int) int {
	for ; n > 0 && from < len(text); n-- {
		_, size := utf8.DecodeRuneInString(text[from:])
		from += size
	}
	return from
}

// changes merges what was peeled with what was repaired, in order; a peel that a repair takes in goes with it.
func changes(peeled []Peel, edits []Edit) []replacement {
	list := make([]replacement, 0, len(peeled)+len(edits))
	for _, e := range edits {
		for len(peeled) > 0 && peeled[0].Start < e.Start {
			list, peeled = append(list, replacement{Peel: peeled[0]}), peeled[1:]
		}
		list = append(list, replacement{Peel{e.Span, e.Now}, e.Kind == PinyinGloss || e.Kind == RepeatedGloss})
		for len(peeled) > 0 && peeled[0].Start < e.End {
			peeled = peeled[1:]
		}
	}
	for _, p := range peeled {
		list = append(list, replacement{Peel: p})
	}
	return list
}

// replacement is what both have in common, and whether a gloss was taken off.
type replacement struct {
	Peel
	gloss bool
}

// reread applies Peeled and Edits to Original: what Reading must be.
func (d *Document) reread() string {
	var b strings.Builder
	b.Grow(len(d.Original))
	at, point := 0, 0
	for _, c := range changes(d.Peeled, d.Edits) {
		from := advance(d.Original, at, c.Start-point)
		b.WriteString(d.Original[at:from])
		b.WriteString(c.Now)
		at, point = advance(d.Original, from, c.End-c.Start), c.End
	}
	b.WriteString(d.Original[at:])
	return b.String()
}

// UnmarshalJSON reads a document back and makes its offsets again.
func (d *Document) UnmarshalJSON(data []byte) error {
	type plain Document
	if err := json.Unmarshal(data, (*plain)(d)); err != nil {
		return err
	}
	d.offsets = newOffsets(d)
	return nil
}
