package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// cut ends a sentence behind a full stop, question or exclamation mark that a space and a capital (or nothing) follow.
// Initials and abbreviations do not end one.
func (g inflected) cut(text string) []int {
	var ends []int
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '.', '!', '?':
			if end := closing(text, i+1); stopsHere(text, i, end) {
				ends = append(ends, end)
				i = end - 1
			}
		}
	}
	if len(ends) == 0 || strings.TrimSpace(text[ends[len(ends)-1]:]) != "" {
		return append(ends, len(text))
	}
	ends[len(ends)-1] = len(text)
	return ends
}

// closing goes over closing quotes and brackets behind a stop.
func closing(text string, i int) int {
	for i < len(text) {
		c, size := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune(`"»”’)]`, c) {
			break
		}
		i += size
	}
	return i
}

// stopsHere tells whether the stop at i, with its closing signs up to end, ends a sentence.
func stopsHere(text string, i, end int) bool {
	rest := strings.TrimLeft(text[end:], " \t\u00a0\n\r")
	if rest == "" {
		return true
	}
	if len(rest) == len(text)-end {
		return false
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(rest, "\"«“(—–- "))
	if !unicode.IsUpper(next) && !unicode.IsDigit(next) {
		return false
	}
	return text[i] != '.' || !abbreviated(text[:i])
}

// abbreviated tells whether the word before a stop is an initial or an abbreviation that goes before a name or number.
func abbreviated(before string) bool {
	at := strings.LastIndexAny(before, " \t\n(\u00a0")
	word := before[at+1:]
	if r, size := utf8.DecodeRuneInString(word); size == len(word) && unicode.IsUpper(r) {
		return true
	}
	if len(word) == 1 && word[0] >= 'a' && word[0] <= 'z' {
		return true // it counts an item
	}
	switch strings.ToLower(word) {
	case "no", "nos", "mr", "mrs", "ms", "dr", "h.e", "st", "art", "para", "paras", "vs", "e.g", "i.e", "cf", "prof", "gen", "им", "г", "гг", "ст", "п", "пп", "т.е", "т.к", "см", "им.", "тыс", "млн", "млрд", "долл":
		return !endsYear(before, word)
	}
	return false
}

// endsYear: «в 2027 г. Стороны» does end a sentence when a number stands before.
func endsYear(before, word string) bool {
	if word != "г" && word != "гг" {
		return false
	}
	before = strings.TrimRight(strings.TrimSuffix(before, word), " \u00a0")
	return before != "" && before[len(before)-1] >= '0' && before[len(before)-1] <= '9'
}
