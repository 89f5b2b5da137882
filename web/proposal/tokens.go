package proposal

import (
	"unicode"
	"unicode/utf8"
)

// Token is a word, a sign or a blank of a paragraph, in bytes of Reading.
type Token struct {
	At, End int
	Text    string
	Blank   bool
	In      bool   // in the words of the proposal
	Other   string // reference of another proposal that it belongs to
}

// TokensOf cuts text[from:to] into words, signs and blanks. A Chinese character stands for itself: where its word ends is
// for the person to see.
func TokensOf(text string, from, to int) []Token {
	var list []Token
	for at := from; at < to; {
		r, size := utf8.DecodeRuneInString(text[at:to])
		end := at + size
		kind := kindOfRune(r)
		for kind != runeSign && end < to {
			next, size := utf8.DecodeRuneInString(text[end:to])
			if kindOfRune(next) != kind && !(kind == runeWord && joinsWord(text[end:to], next)) {
				break
			}
			end += size
		}
		list = append(list, Token{At: at, End: end, Text: text[at:end], Blank: kind == runeBlank})
		at = end
	}
	return list
}

const (
	runeSign  = iota // stands alone: punctuation, a Chinese character
	runeWord         // letters, marks and digits
	runeBlank        // spaces and line ends
)

func kindOfRune(r rune) int {
	switch {
	case unicode.IsSpace(r):
		return runeBlank
	case unicode.Is(unicode.Han, r):
		return runeSign
	case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsNumber(r):
		return runeWord
	}
	return runeSign
}

// joinsWord says whether a sign that rest begins with stands inside a word: good-neighbourliness, Xi'an.
func joinsWord(rest string, r rune) bool {
	if r != '-' && r != '\'' && r != '’' && r != '\u2011' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[utf8.RuneLen(r):])
	return kindOfRune(next) == runeWord
}
