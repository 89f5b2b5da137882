package lang

import (
	"fmt"
	"strconv"
	"strings"
)

// category is the plural form that a number takes.
type category int

// The categories that the languages have; plain is that of a message without plural forms.
const (
	plain category = iota
	other
	one
	few
	many
)

// categories are as they are written in the files.
var categories = map[string]category{"other": other, "one": one, "few": few, "many": many}

// message is what a key says in a language: one form, or one a plural category.
type message [many + 1]pattern

// form picks a category's pattern, or the one for all numbers.
func (m *message) form(c category) *pattern {
	for _, c := range [...]category{c, other, plain} {
		if m[c].words != "" {
			return &m[c]
		}
	}
	return &m[plain]
}

// pattern is words with places for values; parts is nil when there are none.
type pattern struct {
	words string
	parts []part
}

// part is words and the place behind them, if there is one.
type part struct {
	words string
	place string // as written: {0}, {n}
	at    int    // which argument stands there; numeral for the number
}

// numeral is where the number of a counted message stands.
const numeral = -1

// readPattern finds the places {0}, {1} ... {9} and {n} in words.
func readPattern(words string) pattern {
	p := pattern{words: words}
	from := 0
	for i := 0; i+2 < len(words); i++ {
		c := words[i+1]
		if words[i] != '{' || words[i+2] != '}' || c != 'n' && (c < '0' || c > '9') {
			continue
		}
		at := numeral
		if c != 'n' {
			at = int(c - '0')
		}
		p.parts = append(p.parts, part{words[from:i], words[i : i+3], at})
		from, i = i+3, i+2
	}
	if p.parts != nil {
		p.parts = append(p.parts, part{words: words[from:]})
	}
	return p
}

// fill puts the number and the arguments in their places; a place that nothing is given for stands as written, so that it
// is seen.
func (p *pattern) fill(number string, args []any) string {
	if p.parts == nil {
		return p.words
	}
	var b strings.Builder
	b.Grow(len(p.words) + 8*len(args))
	for _, part := range p.parts {
		b.WriteString(part.words)
		switch {
		case part.place == "":
		case part.at == numeral && number != "":
			b.WriteString(number)
		case part.at >= 0 && part.at < len(args):
			write(&b, args[part.at])
		default:
			b.WriteString(part.place)
		}
	}
	return b.String()
}

// write writes a value as fmt.Sprint does.
func write(b *strings.Builder, value any) {
	switch v := value.(type) {
	case string:
		b.WriteString(v)
	case int:
		b.WriteString(strconv.Itoa(v))
	default:
		fmt.Fprint(b, v)
	}
}
