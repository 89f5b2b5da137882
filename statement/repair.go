package statement

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// The kinds of repair, as they stand in Edit.Kind. Each is undone by putting Was back in the place of Now.
const (
	PinyinGloss       = "pinyin-gloss"        // 聯(lián)合: a reading with its tone mark, put after a character by a conversion
	RepeatedGloss     = "repeated-gloss"      // 联(lian)(lian)合: a reading without tone mark, repeated or beside other glosses
	DoubledSign       = "doubled-punctuation" // 。。
	LostSign          = "lost-sign"           // ? where a dash, a quotation mark or © stood
	PageFurniture     = "page-furniture"      // a line of the page, not of the text: menu, hot-line, licence, page number
	TraditionalScript = "traditional"         // 聯 read as 联
	Invisible         = "invisible"           // a character without width: zero-width space, soft hyphen, direction mark
	PlainSpace        = "space"               // a no-break or typographic space read as a space, a line separator as a line's end
	Composition       = "composition"         // a letter and its mark, or a compatibility form, read as one character
	LookAlike         = "look-alike"          // a Latin letter in a Cyrillic word, or the other way round
	Mojibake          = "mojibake"            // â€™: UTF-8 that somebody read as Windows-1252 or Windows-1251
	Hyphenation       = "hyphenation"         // a word broken at a line's end
)

// markup is the kind of what a format's reader peels; it ends in Peeled and not in Edits.
const markup = "markup"

// change says that the bytes from to to of a text are read as now.
type change struct {
	from, to int
	now      string
	kind     string
}

// edition is a text under repair: base as it came, text as it reads now, and the changes that lead from one to the other.
// changes are in bytes of base, in order and not overlapping.
type edition struct {
	base, text string
	changes    []change
}

// newEdition starts from a text and what was peeled from it.
func newEdition(base string, peeled []change) *edition {
	e := &edition{base: base, text: base}
	e.apply(peeled)
	return e
}

// repair fills Reading, Language, Edits and Peeled of a decoded document from the edition without its markup. The rules run in this order because each needs
// what those before it cleared: glosses are matched on composed letters, characters converted where glosses no longer
// part a word, furniture told by its Simplified words.
func repair(d *Document, e *edition) {
	e.apply(mojibake(e.text))
	e.apply(glyphs(e.text))
	e.apply(lookAlikes(e.text))
	d.Language = languageOf(e.text)
	if d.Language.Base() == "zh" {
		e.apply(glosses(e.text))
		e.apply(simplify(e.text))
	}
	e.apply(lostSigns(e.text, d.Language))
	e.apply(doubledSigns(e.text))
	e.apply(hyphenation(e.text))
	e.apply(furniture(e.text))
	d.Reading = e.text
	d.Edits, d.Peeled = e.edits()
}

// apply makes further changes, given in bytes of the edition's text as it stands, in order and not overlapping. One that
// meets an earlier change takes it in, so that the list stays one of exact replacements in base.
func (e *edition) apply(list []change) {
	if len(list) == 0 {
		return
	}
	m := merger{e: e}
	for i := 0; i < len(list); {
		i += m.merge(list[i:])
	}
	m.keepUntil(len(e.text) + 1)
	e.changes, e.text = m.out, e.rewrite(list)
}

// rewrite gives the edition's text with the changes made.
func (e *edition) rewrite(list []change) string {
	var b strings.Builder
	b.Grow(len(e.text))
	at := 0
	for _, c := range list {
		b.WriteString(e.text[at:c.from])
		b.WriteString(c.now)
		at = c.to
	}
	b.WriteString(e.text[at:])
	return b.String()
}

// merger walks the changes made before, whose places it knows in base and in text, while new ones come in.
type merger struct {
	e     *edition
	next  int // first change of e that is not yet in out
	shift int // byte of text less byte of base, after the changes in out
	out   []change
}

// old is the next earlier change with its range in text.
func (m *merger) old() (c change, from, to int, ok bool) {
	if m.next == len(m.e.changes) {
		return change{}, 0, 0, false
	}
	c = m.e.changes[m.next]
	from = c.from + m.shift
	return c, from, from + len(c.now), true
}

func (m *merger) pass(c change) {
	m.next++
	m.shift += len(c.now) - (c.to - c.from)
}

// keepUntil takes over the earlier changes that end at or before byte at of text.
func (m *merger) keepUntil(at int) {
	for {
		c, _, to, ok := m.old()
		if !ok || to > at {
			return
		}
		m.out = append(m.out, c)
		m.pass(c)
	}
}

// merge makes one change of the first of list, the earlier changes that it meets, and the further ones of list that
// those meet. It says how many of list it took.
func (m *merger) merge(list []change) (taken int) {
	m.keepUntil(list[0].from)
	start, end := list[0].from, list[0].to
	if _, from, _, ok := m.old(); ok && from < start {
		start = from
	}
	from := start - m.shift
	taken = 1
	for grown := true; grown; {
		grown = false
		for c, at, to, ok := m.old(); ok && at < end; c, at, to, ok = m.old() {
			end, grown = max(end, to), true
			m.pass(c)
		}
		for taken < len(list) && list[taken].from < end {
			end, grown = max(end, list[taken].to), true
			taken++
		}
	}
	joined := change{from: from, to: end - m.shift, kind: list[0].kind, now: replaced(m.e.text, start, end, list[:taken])}
	if m.e.base[joined.from:joined.to] != joined.now {
		m.out = append(m.out, joined)
	}
	return taken
}

// replaced is text[start:end] with the changes made in it.
func replaced(text string, start, end int, list []change) string {
	if len(list) == 1 && list[0].from == start && list[0].to == end {
		return list[0].now
	}
	var b strings.Builder
	for _, c := range list {
		b.WriteString(text[start:c.from])
		b.WriteString(c.now)
		start = c.to
	}
	b.WriteString(text[start:end])
	return b.String()
}

// edits gives the changes in code points of base, repairs and peels apart.
func (e *edition) edits() (edits []Edit, peeled []Peel) {
	edits = []Edit{}
	at, point := 0, 0
	for _, c := range e.changes {
		start := point + utf8.RuneCountInString(e.base[at:c.from])
		at, point = c.to, start+utf8.RuneCountInString(e.base[c.from:c.to])
		span := Span{start, point}
		if c.kind == markup {
			peeled = append(peeled, Peel{span, c.now})
			continue
		}
		edits = append(edits, Edit{span, c.kind, e.base[c.from:c.to], c.now})
	}
	return edits, peeled
}

// inOrder sorts the changes that several rules found in one text and drops such as overlap an earlier one.
func inOrder(list []change) []change {
	slices.SortStableFunc(list, func(a, b change) int { return a.from - b.from })
	end := 0
	return slices.DeleteFunc(list, func(c change) bool {
		if c.from < end {
			return true
		}
		end = max(c.to, end)
		return false
	})
}
