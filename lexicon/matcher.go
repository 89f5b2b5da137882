package lexicon

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hit is a place where a line of the lexicon was found, in bytes of the text that was searched.
type Hit struct {
	Line       *Line
	Start, End int
	Vars       Vars
}

// Vars are the numbers that a deadline phrase captured; 0 is none.
type Vars struct {
	Year, Year2, Month, Month2, Day, Day2, N int
}

// Searcher finds, at each place of a text, the longest phrase of every kind. It is a trie of characters.
type Searcher struct {
	root   node
	words  bool // phrases begin and end at word boundaries (languages that write spaces)
	number *Searcher
	month  *Searcher
	counts *runes // the characters that a number, in figures or words, may begin with
}

// node is a state of the trie. Edges that are not a character stand apart: they are few.
type node struct {
	edges []edge
	wide  map[rune]*node // in place of edges when there are many
	dense []*node        // in place of both once no more phrases come: by character, from first on
	first rune
	slots [numSlots]*node
	slot  bool  // any of slots is set
	rest  *node // "*": the rest of the word
	ends  []*Line
}

type edge struct {
	r    rune
	next *node
}

// The placeholders of deadline phrases.
const (
	slotYear   = iota // {Y}: four digits
	slotYear2         // {Z}: the second year of a range
	slotMonth         // {M}: 1 to 12 or a month's name
	slotMonth2        // {L}: the second month of a range
	slotDay           // {D}: 1 to 31
	slotDay2          // {E}: the second day of a range
	slotNumber        // {N}: a small number, in figures or words
	numSlots
)

const slotLetters = "YZMLDEN"

const wideFrom = 8 // edges from which a map is faster than a list

// buildTrie joins all kinds of a lexicon into one searcher.
func buildTrie(lex *Lexicon) (*Searcher, error) {
	t := &Searcher{words: lex.base != "zh"}
	for _, k := range []Kind{Numbers, Months} {
		sub, err := newTrie(lex.lines[k], t.words)
		if err != nil {
			return nil, err
		}
		if k == Numbers {
			t.number = sub
		} else {
			t.month = sub
		}
	}
	t.counts = countsOf(t.number, t.month)
	for k := range Kind(Tracks) {
		if k == Numbers || k == Months {
			continue
		}
		if err := t.addAll(lex.lines[k]); err != nil {
			return nil, err
		}
	}
	t.root.pack()
	return t, nil
}

func newTrie(lines []Line, words bool) (*Searcher, error) {
	t := &Searcher{words: words}
	return t, t.addAll(lines)
}

// NewSearcher makes a searcher for words that are not a lexicon's own: those of a mechanism's tracks. A phrase that is not
// well formed is taken letter for letter. It is nil when nothing is left to search for.
func NewSearcher(base string, lines []Line) *Searcher {
	t := &Searcher{words: base != "zh"}
	any := false
	for i := range lines {
		phrases, err := expand(lines[i].Phrase)
		if err != nil {
			phrases = []string{lines[i].Phrase}
		}
		for _, p := range phrases {
			any = t.add(p, &lines[i]) == nil || any
		}
	}
	if !any {
		return nil
	}
	return t
}

func (t *Searcher) addAll(lines []Line) error {
	var all []error
	for i := range lines {
		phrases, err := expand(lines[i].Phrase)
		for _, p := range phrases {
			err = errors.Join(err, t.add(p, &lines[i]))
		}
		if err != nil {
			all = append(all, fmt.Errorf("%s: %w", lines[i].place, err))
		}
	}
	return errors.Join(all...)
}

// add enters one phrase. Two lines of one kind may not share a phrase, unless they say the same: nobody could say which
// one fired.
func (t *Searcher) add(phrase string, l *Line) error {
	n := &t.root
	for rest := phrase; rest != ""; {
		var size int
		if n, size = n.step(rest); n == nil {
			return fmt.Errorf("phrase %q: unknown placeholder", phrase)
		}
		rest = rest[size:]
	}
	if n == &t.root {
		return fmt.Errorf("phrase %q may be empty", l.Phrase)
	}
	for _, other := range n.ends {
		if other.Kind == l.Kind && other.Class == l.Class && other.Detail == l.Detail {
			return nil
		}
		if other.Kind == l.Kind && l.Kind != Tracks && l.Kind != States {
			return fmt.Errorf("phrase %q stands already in %s", phrase, other.place)
		}
	}
	n.ends = append(n.ends, l)
	return nil
}

// step makes the node that the next sign of a phrase leads to and gives the size of that sign.
func (n *node) step(rest string) (*node, int) {
	switch rest[0] {
	case '{':
		if len(rest) < 3 || rest[2] != '}' {
			return nil, 0
		}
		i := strings.IndexByte(slotLetters, rest[1])
		if i < 0 {
			return nil, 0
		}
		if n.slots[i] == nil {
			n.slots[i], n.slot = &node{}, true
		}
		return n.slots[i], 3
	case '*':
		if n.rest == nil {
			n.rest = &node{}
		}
		return n.rest, 1
	}
	r, size := utf8.DecodeRuneInString(rest)
	return n.grow(fold(r)), size
}

func (n *node) grow(r rune) *node {
	if next := n.next(r); next != nil {
		return next
	}
	next := &node{}
	n.edges = append(n.edges, edge{r, next})
	switch {
	case n.wide != nil:
		n.wide[r] = next
	case len(n.edges) > wideFrom:
		n.wide = map[rune]*node{}
		for _, e := range n.edges {
			n.wide[e.r] = e.next
		}
	}
	return next
}

func (n *node) next(r rune) *node {
	if n.dense != nil {
		if i := int(r - n.first); i >= 0 && i < len(n.dense) {
			return n.dense[i]
		}
		return nil
	}
	if n.wide != nil {
		return n.wide[r]
	}
	for i := range n.edges {
		if n.edges[i].r == r {
			return n.edges[i].next
		}
	}
	return nil
}

// denseUpTo is the widest range of characters that a node keeps a table of: Latin and Cyrillic fit, Chinese does not.
const denseUpTo = 0x500

// pack lays out the nodes with many edges as tables, once all phrases have been entered: a table is read five times
// faster than a map.
func (n *node) pack() {
	for _, e := range n.edges {
		e.next.pack()
	}
	for _, next := range n.slots {
		if next != nil {
			next.pack()
		}
	}
	if n.rest != nil {
		n.rest.pack()
	}
	if n.wide == nil {
		return
	}
	low, high := n.edges[0].r, n.edges[0].r
	for _, e := range n.edges {
		low, high = min(low, e.r), max(high, e.r)
	}
	if high-low >= denseUpTo {
		return
	}
	n.first, n.dense = low, make([]*node, high-low+1)
	for _, e := range n.edges {
		n.dense[e.r-low] = e.next
	}
	n.wide = nil
}

// fold makes characters equal that a reader takes for equal: case, ё and е, full-width figures, kinds of space, quote
// and dash.
func fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case r >= '\uff10' && r <= '\uff19': // full-width figures
		return r - '\uff10' + '0'
	case r >= 0x4E00 && r <= 0x9FFF:
		return r
	}
	switch r {
	case 'ё', 'Ё':
		return 'е'
	case '\u2018', '\u2019':
		return '\''
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\uff0d':
		return '-'
	case '\u00a0', '\u202f', '\u2009', '\u3000':
		return ' '
	}
	return unicode.ToLower(r)
}

// Scan calls found for the longest phrases of each kind that begin at each place of text, from left to right; phrases
// of one kind never overlap.
func (t *Searcher) Scan(text string, found func(Hit)) {
	var free [kinds]int // per kind, the end of its last hit
	m := match{trie: t, text: text, blank: new(blank)}
	prev := ' '
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !t.words || !WordRune(prev) {
			m.reset(i)
			m.walk(&t.root, i, Vars{})
			m.report(&free, found)
		}
		prev = r
		i += size
	}
}

// match is the search from one place.
type match struct {
	trie  *Searcher
	text  string
	start int
	best  [8]Hit // the longest of each kind so far; few kinds meet at one place
	n     int
	blank *blank // the white space gone over last, shared by all searches of a text
}

// blank is a run of white space. Every phrase that is tried before it or in it goes over it: a long one is to be measured once.
type blank struct{ from, to int }

// skipSpaces is SkipSpaces for the text of the search.
func (m *match) skipSpaces(i int) int {
	if m.blank.from <= i && i < m.blank.to {
		return m.blank.to
	}
	end := SkipSpaces(m.text, i)
	*m.blank = blank{i, end}
	return end
}

func (m *match) reset(start int) { m.start, m.n = start, 0 }

func (m *match) report(free *[kinds]int, found func(Hit)) {
	for _, h := range m.best[:m.n] {
		if k := h.Line.Kind; h.Start >= free[k] {
			free[k] = h.End
			found(h)
		}
	}
}

func (m *match) walk(n *node, i int, v Vars) {
	if len(n.ends) > 0 && (!m.trie.words || !wordStarts(m.text[i:])) {
		m.keep(n, i, v)
	}
	if i >= len(m.text) {
		if n.rest != nil {
			m.walk(n.rest, i, v)
		}
		return
	}
	r, size := rune(m.text[i]), 1
	if r >= utf8.RuneSelf {
		r, size = utf8.DecodeRuneInString(m.text[i:])
	}
	if r = fold(r); r == '\n' {
		r = ' '
	}
	if next := n.next(r); next != nil {
		i := i + size
		if r == ' ' {
			i = m.skipSpaces(i)
		}
		m.walk(next, i, v)
	}
	if n.rest != nil {
		m.walk(n.rest, RestOfWord(m.text, i), v)
	}
	if n.slot && m.counted(r, i) {
		for slot, next := range n.slots {
			if next != nil {
				m.fill(next, slot, i, v)
			}
		}
	}
}

// keep records what ends at a node, if it is longer than what is kept of that kind. Of lines of one length the first
// entered stays.
func (m *match) keep(n *node, end int, v Vars) {
next:
	for _, l := range n.ends {
		if l.exact && m.text[m.start:end] != l.Phrase {
			continue
		}
		h := Hit{Line: l, Start: m.start, End: end, Vars: v}
		for i := range m.best[:m.n] {
			if m.best[i].Line.Kind == l.Kind {
				if end > m.best[i].End {
					m.best[i] = h
				}
				continue next
			}
		}
		if m.n < len(m.best) {
			m.best[m.n] = h
			m.n++
		}
	}
}

// SkipSpaces is the place behind the white space that begins at i.
func SkipSpaces(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r = fold(r); r != ' ' && r != '\n' && r != '\t' {
			break
		}
		i += size
	}
	return i
}

// RestOfWord is the end of the word that i stands in.
func RestOfWord(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !WordRune(r) {
			break
		}
		i += size
	}
	return i
}

func wordStarts(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return text != "" && WordRune(r)
}

// WordRune tells whether a character belongs to a word: a letter or a figure.
func WordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
