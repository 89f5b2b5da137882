package statement

import (
	"embed"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed data
var data embed.FS

// rows gives the lines of a data file that are neither empty nor a comment.
func rows(name string) []string {
	text, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(err) // embedded: it cannot be missing in a program that was built
	}
	var list []string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			list = append(list, line)
		}
	}
	return list
}

// script knows the characters of Traditional and Simplified Chinese.
type script struct {
	simplified map[rune]rune // a Traditional character that Simplified text never has, to its Simplified form
	tells      map[rune]bool // a Simplified character that Traditional text never has
	context    map[rune]contextual
	special    []bool // by code point: whether it is in any of these
}

// isSpecial says whether the character is in one of the tables; it is asked of every character of a text.
func (s *script) isSpecial(r rune) bool { return int(r) < len(s.special) && s.special[r] }

// contextual is a character of both scripts: what it is read as in Traditional text, and the words where it stays.
type contextual struct {
	now  rune
	stay []string
}

// scripts reads traditional.txt and context.txt.
var scripts = sync.OnceValue(func() *script {
	s := &script{map[rune]rune{}, map[rune]bool{}, map[rune]contextual{}, make([]bool, 0x30000)}
	for _, row := range rows("traditional.txt") {
		for _, word := range strings.Fields(row) {
			word, both := strings.CutPrefix(word, "=")
			r := []rune(word)
			if s.tells[r[0]] = true; both {
				delete(s.tells, r[0])
			}
			for _, t := range r[1:] {
				s.simplified[t] = r[0]
				s.special[t] = true
			}
			s.special[r[0]] = s.special[r[0]] || s.tells[r[0]]
		}
	}
	for _, row := range rows("context.txt") {
		f := strings.Fields(row)
		r := []rune(f[0])[0]
		s.context[r] = contextual{[]rune(f[1])[0], f[2:]}
		s.special[r] = true
	}
	return s
})

// pinyin knows how characters are read: for each the syllables with their tone marks.
type pinyin map[rune][]string

// readings reads pinyin.txt.
var readings = sync.OnceValue(func() pinyin {
	p := make(pinyin, 1<<14)
	for _, row := range rows("pinyin.txt") {
		syllable, characters, _ := strings.Cut(row, " ")
		for _, r := range characters {
			p[r] = append(p[r], syllable)
		}
	}
	return p
})

// toneless takes the tone marks off a syllable and writes ü as v, as keyboards do.
func toneless(syllable string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == 'ü':
			return 'v'
		case unicode.Is(unicode.Mn, r):
			return -1
		}
		return r
	}, strings.ReplaceAll(norm.NFD.String(syllable), "u\u0308", "ü"))
}
