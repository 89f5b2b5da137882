package statement

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// glyphs finds characters that look like others or like nothing: marks apart from their letters, compatibility forms,
// spaces of typography, characters without width, control characters.
func glyphs(text string) []change {
	var list []change
	last := 0 // where the last letter began, for the mark that follows it
	for i := 0; i < len(text); {
		if b := text[i]; b < 0x7F && (b >= ' ' || b == '\n' || b == '\t' || b == '\r') {
			last = i
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		switch c, ok := glyph(text, last, i, r, size); {
		case ok:
			list = append(list, c)
			last, i = c.to, c.to
		default:
			last = i
			i += size
		}
	}
	return list
}

// glyph says how the character r at byte i, after the one at byte last, is to be read if not as it stands.
func glyph(text string, last, i int, r rune, size int) (change, bool) {
	switch {
	case r >= 0x4E00 && r <= 0x9FFF, r >= 0x0400 && r <= 0x0482: // by far the most
		return change{}, false
	case r == 0x0B || r == 0x0C || r == 0x85 || r == 0x2028 || r == 0x2029:
		return change{i, i + size, "\n", PlainSpace}, true
	case r == 0xA0 || r >= 0x2000 && r <= 0x200A || r == 0x202F || r == 0x205F:
		return change{i, i + size, " ", PlainSpace}, true
	case isInvisible(r):
		return change{i, i + size, "", Invisible}, true
	case r >= 0x300 && r <= 0x36F:
		return composed(text, last, i)
	case isCompatible(r):
		now := norm.NFKC.String(text[i : i+size])
		return change{i, i + size, now, Composition}, now != text[i:i+size]
	}
	return change{}, false
}

func isInvisible(r rune) bool {
	return r == 0xAD || r >= 0x200B && r <= 0x200F || r >= 0x202A && r <= 0x202E || r >= 0x2060 && r <= 0x2069 ||
		r == 0xFEFF || r < ' ' || r >= 0x7F && r < 0xA0
}

// isCompatible says whether r is a form that only copies of pages hold: radicals and compatibility ideographs from
// documents laid out for print, Latin ligatures.
func isCompatible(r rune) bool {
	return r >= 0x2F00 && r <= 0x2FD5 || r >= 0xF900 && r <= 0xFAFF || r >= 0xFB00 && r <= 0xFB06 ||
		r >= 0x2F800 && r <= 0x2FA1F
}

// composed joins the letter at byte last with the marks from byte i on, if there is one character for both: й of и and ̆.
func composed(text string, last, i int) (change, bool) {
	end := i
	for end < len(text) {
		r, size := utf8.DecodeRuneInString(text[end:])
		if r < 0x300 || r > 0x36F {
			break
		}
		end += size
	}
	now := norm.NFC.String(text[last:end])
	return change{last, end, now, Composition}, last < i && now != text[last:end]
}

// latinForCyrillic pairs the letters that look the same; the Latin one first.
const latinForCyrillic = "aаcсeеoоpрxхyуiіAАBВCСEЕHНKКMМOОPРTТXХIІ"

// twin gives the letter of the other script that looks like r.
func twin(r rune) (other rune, ok bool) {
	pairs := []rune(latinForCyrillic)
	for i := 0; i < len(pairs); i += 2 {
		switch r {
		case pairs[i]:
			return pairs[i+1], true
		case pairs[i+1]:
			return pairs[i], true
		}
	}
	return 0, false
}

// lookAlikes finds words that mix Latin and Cyrillic letters where the fewer are all look-alikes of the other script:
// "сoтрудничество" with a Latin o.
func lookAlikes(text string) []change {
	var list []change
	for at := 0; at < len(text); {
		i := indexMixed(text, at)
		if i < 0 {
			break
		}
		from, to := wordAround(text, i)
		list = append(list, mixed(text, from, to)...)
		at = to
	}
	return list
}

// indexMixed is the first place from byte at on where a Cyrillic letter stands beside a plain Latin one. The first byte
// of a Cyrillic letter, D0 to D3, begins no letter of another script in use here.
func indexMixed(text string, at int) int {
	for i := at; i < len(text); i++ {
		b := text[i]
		if b < 0xD0 || b > 0xD3 {
			continue
		}
		if i > at && isLatin(text[i-1]) || i+2 < len(text) && isLatin(text[i+2]) {
			return i
		}
	}
	return -1
}

func isLatin(b byte) bool { return b|0x20 >= 'a' && b|0x20 <= 'z' }

// wordAround gives the run of letters in which byte i lies.
func wordAround(text string, i int) (from, to int) {
	from, to = i, i
	for from > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if !unicode.Is(unicode.Latin, r) && !unicode.Is(unicode.Cyrillic, r) {
			break
		}
		from -= size
	}
	for to < len(text) {
		r, size := utf8.DecodeRuneInString(text[to:])
		if !unicode.Is(unicode.Latin, r) && !unicode.Is(unicode.Cyrillic, r) {
			if to == i {
				to += size
			}
			break
		}
		to += size
	}
	return from, to
}

// mixed gives the changes that make text[from:to] a word of one script.
func mixed(text string, from, to int) []change {
	word := text[from:to]
	cyrillic, latin := 0, 0
	for _, r := range word {
		if r < utf8.RuneSelf || unicode.Is(unicode.Latin, r) {
			latin++
		} else {
			cyrillic++
		}
	}
	if latin == 0 || latin == cyrillic || latin+cyrillic < 3 {
		return nil
	}
	var list []change
	for i, r := range word {
		if unicode.Is(unicode.Latin, r) != (latin < cyrillic) {
			continue
		}
		other, ok := twin(r)
		if !ok {
			return nil
		}
		list = append(list, change{from + i, from + i + utf8.RuneLen(r), string(other), LookAlike})
	}
	return list
}

// hyphenation joins a word that was broken at a line's end, if the text has the whole word elsewhere: only then is it
// sure that the hyphen was not the word's own. The line must be full: where others are much wider, the break parts what
// stands on lines of its own.
func hyphenation(text string) []change {
	var list []change
	var whole map[string]bool
	full := 0
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '-')
		if i < 0 {
			return list
		}
		at += i + 1
		next := at
		if strings.HasPrefix(text[next:], "\r") {
			next++
		}
		if !strings.HasPrefix(text[next:], "\n") {
			continue
		}
		next++
		if whole == nil {
			whole, full = wholeWords(text), fullWidth(text)
		}
		if joined := joinedWord(text, at-1, next); joined != "" && whole[joined] && widthBefore(text, at)*6/5 >= full {
			list = append(list, change{at - 1, next, "", Hyphenation})
		}
		at = next
	}
}

// wholeWords are all words of a text.
func wholeWords(text string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		set[word] = true
	}
	return set
}

// joinedWord is the word that the letters before byte hyphen and the small ones from byte next on make together; "" if
// either are fewer than two.
func joinedWord(text string, hyphen, next int) string {
	from := hyphen
	for from > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:from])
		if !unicode.IsLetter(r) {
			break
		}
		from -= size
	}
	to := next
	for to < len(text) {
		r, size := utf8.DecodeRuneInString(text[to:])
		if !unicode.IsLower(r) {
			break
		}
		to += size
	}
	if hyphen-from < 2 || to-next < 2 {
		return ""
	}
	return text[from:hyphen] + text[next:to]
}
