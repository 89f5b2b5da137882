package search

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"concord/commitment"
	"concord/mechanism"
)

// Index is what a question looks through, as of one state.
type Index struct {
	Chapters []*Chapter // the lines, text by text, in the order of the ledger
	Texts    []*Text    // the wording, in the order in which the texts became known

	acts   int64
	ledger mechanism.LedgerSight
	tracks int
	lines  int
	byCode map[string]*Chapter
	texts  map[string]*Text

	ordered sync.Map // Order -> all lines in it, made when first asked for
}

// Chapter are the lines of one text, by number.
type Chapter struct {
	Text        string
	Lines       []*Line
	Instruments []string // the kinds of instruments to be concluded that occur, as they appear

	strengths []commitment.Strength // of the lines: most filters ask for one, and a list is walked faster than ten thousand pointers
	place     int
	parties   []string
}

// Line is a line of the ledger with what it is found and ordered by, read once.
type Line struct {
	commitment.Line
	Words   string               // its reference and what it says in any language, in small letters
	Who     string               // the words for an actor that is not simply all parties, in small letters
	Kind    commitment.ActorKind // whom it binds
	Parties []string             // who is bound; nil where the text does not list them
	Due     string               // the last day that its deadline allows, 2025-12-31; empty: none
	Lacks   []commitment.Element // what it does not state

	to     []string // the parties to its text
	place  Place
	lead   int // rank of the lead track
	clause string
	made   atomic.Pointer[made]
}

// Ordinal is the line's place in the ledger, which no other line has and no act on another moves.
func (ln *Line) Ordinal() int { return ln.place.text<<32 | ln.place.number }

// made is something that was made of a line, and what was made before it.
type made struct {
	key    string
	what   []byte
	before *made
}

// Made gives what make makes of the line under a key; it is made once, and kept as long as the line stands as it is.
func (ln *Line) Made(key string, make func() []byte) []byte {
	newest := ln.made.Load()
	for m := newest; m != nil; m = m.before {
		if m.key == key {
			return m.what
		}
	}
	m := &made{key, make(), newest}
	ln.made.CompareAndSwap(newest, m) // else somebody else has just kept theirs
	return m.what
}

// Text finds the wording of a text by its code.
func (x *Index) Text(code string) (*Text, bool) { t, ok := x.texts[code]; return t, ok }

// Len is how many lines there are.
func (x *Index) Len() int { return x.lines }

// Cache keeps the indexes of the states that were asked last. It belongs to one record. The zero Cache is empty.
type Cache struct {
	last atomic.Pointer[Index]
	mu   sync.Mutex
	kept []*Index // the newest use last
}

// keptIndexes bounds how many states are kept: the present, one or two before it that readers still hold, days of the past.
const keptIndexes = 8

// Of gives the index of a state.
func (s *Cache) Of(m State) *Index {
	if last := s.last.Load(); last != nil && last.acts == m.Acts() {
		return last
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.kept, func(x *Index) bool { return x.acts == m.Acts() })
	var x *Index
	if i >= 0 {
		x = s.kept[i]
		s.kept = slices.Delete(s.kept, i, i+1)
	} else {
		x = s.nearest(m.Acts()).next(m.Public())
	}
	s.kept = append(s.kept, x)
	if len(s.kept) > keptIndexes {
		s.kept = slices.Delete(s.kept, 0, 1)
	}
	if last := s.last.Load(); last == nil || last.acts < x.acts {
		s.last.Store(x)
	}
	return x
}

// nearest is the kept index of the state that is the fewest acts away.
func (s *Cache) nearest(acts int64) *Index {
	best := &Index{}
	for _, x := range s.kept {
		if best.byCode == nil || max(x.acts-acts, acts-x.acts) < max(best.acts-acts, acts-best.acts) {
			best = x
		}
	}
	return best
}

// next is the index of another state, earlier or later, made from this one: what stands in the ledger is replaced, never
// changed in place, so that a line which is still the same needs not be read again.
func (x *Index) next(m State) *Index {
	ledger, tracks := m.Ledger(), ranksOf(m)
	n := &Index{acts: m.Acts(), ledger: ledger, tracks: len(tracks), byCode: map[string]*Chapter{}, texts: map[string]*Text{}}
	if x.tracks != n.tracks {
		x = &Index{} // the ranks of the lead tracks are in all lines
	}
	for place, code := range ledger.Texts() {
		ch := &Chapter{Text: code, place: place}
		if t, ok := m.Text(code); ok {
			ch.parties = t.Parties
		}
		old := x.byCode[code]
		if old != nil && (old.place != place || !slices.Equal(old.parties, ch.parties)) {
			old = nil
		}
		if old != nil && ledger.SameText(code, x.ledger) {
			ch = old
		} else {
			ch.fill(ledger.LinesOf(code), old, tracks)
		}
		n.Chapters = append(n.Chapters, ch)
		n.byCode[code] = ch
		n.lines += len(ch.Lines)
	}
	for i, t := range m.Texts() {
		var text *Text
		if i < len(x.Texts) {
			text = x.Texts[i]
		}
		if text == nil || !text.is(t) {
			text = textOf(t)
		}
		n.Texts = append(n.Texts, text)
		n.texts[t.Code] = text
	}
	return n
}

// ranksOf are the places of the tracks in their order.
func ranksOf(m State) map[string]int {
	ranks := map[string]int{}
	for i, t := range m.Tracks() {
		ranks[t.ID] = i
	}
	return ranks
}

// fill puts lines, by number, into the chapter, and takes those that an older one has from it.
func (ch *Chapter) fill(lines []commitment.Line, old *Chapter, tracks map[string]int) {
	ch.Lines, ch.strengths = make([]*Line, len(lines)), make([]commitment.Strength, len(lines))
	var known []*Line
	if old != nil {
		known = old.Lines
	}
	for i, ln := range lines {
		if kind := ln.Instrument(); kind != "" && !slices.Contains(ch.Instruments, kind) {
			ch.Instruments = append(ch.Instruments, kind)
		}
		ch.strengths[i] = min(max(ln.Strength(), commitment.None), commitment.Decide)
		n := commitment.RefNumber(ln.Ref)
		for len(known) > 0 && known[0].place.number < n {
			known = known[1:]
		}
		if len(known) > 0 && known[0].Line == ln {
			ch.Lines[i] = known[0]
			continue
		}
		ch.Lines[i] = ch.read(ln, tracks)
	}
}

// read reads a line.
func (ch *Chapter) read(ln commitment.Line, tracks map[string]int) *Line {
	l := &Line{
		Line: ln, Words: strings.ToLower(wordsOf(ln)), Who: strings.ToLower(actorWords(ln)), Due: ln.Deadline().LastDay().String(), Lacks: ln.Missing(),
		to: ch.parties, place: Place{text: ch.place, number: commitment.RefNumber(ln.Ref)}, lead: noTrack, clause: clauseKey(ln.Clause),
	}
	l.Kind, l.Parties = ln.BoundIn(ch.parties)
	if all := ln.Tracks(); len(all) > 0 {
		if rank, ok := tracks[all[0]]; ok {
			l.lead = rank
		}
	}
	return l
}

func wordsOf(ln commitment.Line) string {
	words := ln.Ref
	if ln.Summary != nil {
		words += "\n" + Names(ln.Summary.Summary)
	}
	if ln.Accepted != nil {
		words += "\n" + ln.Accepted.Action
	}
	return words
}

// actorWords are the words for an actor that is not simply all parties.
func actorWords(ln commitment.Line) string {
	if kind, _ := ln.Bound(); kind == commitment.All {
		return ""
	}
	words := ""
	if ln.Summary != nil {
		words = Names(ln.Summary.Actor.Text)
	}
	if ln.Accepted != nil {
		words += ln.Accepted.Actor.Text
	}
	return words
}
