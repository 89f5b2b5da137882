package lexicon

import (
	"strings"
	"unicode/utf8"
)

// countsOf lists what a number may begin with, so that a search looks for one only there.
func countsOf(words ...*Searcher) *runes {
	counts := &runes{more: map[rune]bool{}}
	for _, r := range "0123456789〇○零一二三四五六七八九" {
		counts.add(r)
	}
	for _, t := range words {
		for _, e := range t.root.edges {
			counts.add(e.r)
		}
	}
	return counts
}

// runes is a set of characters; for Latin and Cyrillic it is a table.
type runes struct {
	near [denseUpTo]bool
	more map[rune]bool
}

func (s *runes) add(r rune) {
	if r < denseUpTo {
		s.near[r] = true
		return
	}
	s.more[r] = true
}

func (s *runes) has(r rune) bool {
	if s == nil {
		return false
	}
	if r < denseUpTo {
		return s.near[r]
	}
	return s.more[r]
}

// counted tells whether a number may begin at a place; r is the folded character there.
func (m *match) counted(r rune, i int) bool {
	if r == ' ' && !m.trie.words && i > m.start {
		r, _ = utf8.DecodeRuneInString(m.text[m.skipSpaces(i):])
		r = fold(r)
	}
	return m.trie.counts.has(r)
}

// fill reads a number for a placeholder and goes on behind it.
func (m *match) fill(next *node, slot, i int, v Vars) {
	if !m.trie.words {
		i = m.skipSpaces(i) // "2025 年 6 月" is set with spaces by many printers
	}
	value, end := m.value(slot, i)
	if end == i {
		return
	}
	if !m.trie.words {
		end = m.skipSpaces(end)
	}
	*v.slot(slot) = value
	m.walk(next, end, v)
}

func (v *Vars) slot(slot int) *int {
	return [numSlots]*int{&v.Year, &v.Year2, &v.Month, &v.Month2, &v.Day, &v.Day2, &v.N}[slot]
}

// value reads what a placeholder stands for; end == i when nothing fits.
func (m *match) value(slot, i int) (value, end int) {
	value, end = digits(m.text, i)
	figures := end - i
	switch slot {
	case slotYear, slotYear2:
		if figures > 0 && value >= 1900 && value < 2200 {
			return value, end
		}
		return 0, i
	case slotMonth, slotMonth2:
		if figures == 0 {
			return m.word(m.trie.month, i)
		}
		return within(value, 12, i, end)
	case slotDay, slotDay2:
		if figures == 0 {
			return m.word(m.trie.number, i)
		}
		return within(value, 31, i, end)
	}
	if figures == 0 {
		return m.word(m.trie.number, i)
	}
	return within(value, 999, i, end)
}

func within(value, most, i, end int) (int, int) {
	if value < 1 || value > most {
		return 0, i
	}
	return value, end
}

// word reads a number word or a month's name.
func (m *match) word(sub *Searcher, i int) (value, end int) {
	if sub == nil {
		return 0, i
	}
	w := match{trie: sub, text: m.text, blank: m.blank}
	w.reset(i)
	w.walk(&sub.root, i, Vars{})
	if w.n == 0 {
		return 0, i
	}
	value, _ = digits(w.best[0].Line.Class, 0)
	return value, w.best[0].End
}

// digits reads figures, ASCII, full-width or the Chinese zero-to-nine of years (二〇二五); end == i if there are none.
func digits(text string, i int) (value, end int) {
	first := i
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		r = fold(r)
		if r < '0' || r > '9' {
			break
		}
		value = min(value*10+int(r-'0'), 1<<30)
		i += size
	}
	if i == first {
		return yearInCharacters(text, first)
	}
	return value, i
}

// yearInCharacters reads four characters of the Chinese positional figures.
func yearInCharacters(text string, i int) (value, end int) {
	end = i
	for range 4 {
		r, size := utf8.DecodeRuneInString(text[end:])
		d := strings.IndexRune("〇一二三四五六七八九", r)
		if r == '○' || r == '零' {
			d = 0
		}
		if d < 0 || size == 0 || r == utf8.RuneError {
			return 0, i
		}
		value, end = value*10+d/len("〇"), end+size
	}
	return value, end
}
