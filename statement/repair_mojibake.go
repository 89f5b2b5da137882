package statement

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// misread is an encoding by which somebody read UTF-8: the byte that each of its characters stood for.
type misread map[rune]byte

func misreading(c *charmap.Charmap) misread {
	m := misread{}
	for b := 0x80; b < 0x100; b++ {
		if r := c.DecodeByte(byte(b)); r != utf8.RuneError {
			m[r] = byte(b)
		}
		if b < 0xA0 && c == charmap.Windows1252 {
			m[rune(b)] = byte(b) // the five places that Windows-1252 leaves open come through as control characters
		}
	}
	return m
}

// mojibake finds UTF-8 that was read as Windows-1252 (â€™) or Windows-1251 (вЂ™) and gives what it stood for. It acts
// only where the characters make whole UTF-8 sequences and what they make is what texts hold, so that a quotation
// mark after a capital letter stays what it is.
func mojibake(text string) []change {
	if !suspicious(text) {
		return nil
	}
	list := misread.find(misreading(charmap.Windows1252), text, false)
	return inOrder(append(list, misread.find(misreading(charmap.Windows1251), text, true)...))
}

// suspicious says whether a character that leads in such damage is followed by one that follows in it and hardly ever
// follows elsewhere, so that clean text is passed over in one look.
func suspicious(text string) bool {
	for i := 0; i+3 < len(text); i++ {
		switch text[i] {
		case 0xC3:
			if leadsLatin(text[i+1], text[i+2]) {
				return true
			}
		case 0xD0:
			if leadsCyrillic(text[i+1], text[i+2], text[i+3]) {
				return true
			}
		}
	}
	return false
}

// leadsLatin: Â to ô, then a sign of Windows-1252. The bytes are those after 0xC3.
func leadsLatin(second, next byte) bool {
	return second >= 0x82 && second <= 0xB4 && next >= 0xC2 && next <= 0xE2 && next != 0xC3
}

// leadsCyrillic: в, then Ђ; or Р or С, then no Russian letter. The bytes are those after 0xD0.
func leadsCyrillic(second, next, after byte) bool {
	switch second {
	case 0xB2:
		return next == 0xD0 && after == 0x82
	case 0xA0, 0xA1:
		return next == 0xC2 || next == 0xE2 || next == 0xD0 && after < 0x90 || next == 0xD1 && after > 0x8F || next == 0xD2
	}
	return false
}

// find gives the damage in text. What is not proof enough by itself, such as a word of one letter, counts where the rest
// proves that the text as a whole was misread.
func (m misread) find(text string, cyrillic bool) []change {
	var sure, doubtful []change
	words := 0 // sure ones of several letters
	for i := 0; i < len(text); {
		made, end := m.run(text, i)
		if made == nil {
			_, size := utf8.DecodeRuneInString(text[i:])
			i += size
			continue
		}
		c := change{i, end, string(made), Mojibake}
		switch {
		case plausible(made, cyrillic):
			sure = append(sure, c)
			if len(made) >= 3 {
				words++
			}
		case !slices.ContainsFunc(made, func(r rune) bool { return !unicode.IsLetter(r) || cyrillic && (r < 'А' || r > 'ё') }):
			doubtful = append(doubtful, c)
		}
		i = end
	}
	if cyrillic && words < 3 || len(sure) == 0 {
		return sure
	}
	return inOrder(append(sure, doubtful...))
}

// run gives the characters that an unbroken row of sequences from byte i makes, and where it ends.
func (m misread) run(text string, i int) (made []rune, end int) {
	for end = i; ; {
		r, next, ok := m.sequence(text, end)
		if !ok {
			return made, end
		}
		made, end = append(made, r), next
	}
}

// sequence reads one UTF-8 sequence out of the bytes that the characters from byte i stood for.
func (m misread) sequence(text string, i int) (r rune, end int, ok bool) {
	var bytes []byte
	for i < len(text) && len(bytes) < utf8.UTFMax {
		c, size := utf8.DecodeRuneInString(text[i:])
		b, known := m[c]
		if !known || len(bytes) == 0 && (b < 0xC2 || b > 0xF4) || len(bytes) > 0 && b > 0xBF {
			return 0, 0, false
		}
		bytes = append(bytes, b)
		i += size
		if utf8.FullRune(bytes) {
			r, size := utf8.DecodeRune(bytes)
			return r, i, r != utf8.RuneError && size == len(bytes)
		}
	}
	return 0, 0, false
}

// plausible says whether the characters made are proof enough that they were meant: one sign of typography, or several
// letters in a row. For Windows-1251 a single sequence of two is too common by chance («группа В»).
func plausible(made []rune, cyrillic bool) bool {
	letters := 0
	for _, r := range made {
		switch {
		case r >= 0x2010 && r <= 0x2122:
			return true
		case unicode.IsLetter(r):
			letters++
		}
	}
	if cyrillic {
		return letters >= 3
	}
	first := made[0]
	return letters >= 2 || first >= 0xA0 && first <= 0xFF && first != 0xAB && first != 0xBB || first == 0xFEFF
}
