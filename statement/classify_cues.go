package statement

import (
	"strconv"
	"strings"
	"sync"
	"unicode"
)

// cueClass is what a cue speaks for.
type cueClass string

const (
	cuePreambular cueClass = "preambular"
	cueOperative  cueClass = "operative"
	cueContinues  cueClass = "continues"
	cueLead       cueClass = "lead"
	cueEnacts     cueClass = "enacts"
	cueSubmits    cueClass = "submits"
	cueSession    cueClass = "session"
	cueSeized     cueClass = "seized"
	cueTerms      cueClass = "terms"
	cueRules      cueClass = "rules"
	cueHours      cueClass = "hours"
)

// cue is one row of the table of cues.
type cue struct {
	class  cueClass
	weight float64
	words  string
}

// cueTable finds cues. The opening ones are kept by their first word, or by their first character where words are not
// parted; the longest first.
type cueTable struct {
	opens, early map[string][]cue
	holds        []cue
}

var cues = sync.OnceValue(func() *cueTable {
	t := &cueTable{opens: map[string][]cue{}, early: map[string][]cue{}}
	for _, row := range tableRows("paragraph-cues.tsv", 4) {
		weight, err := strconv.ParseFloat(row[2], 64)
		if err != nil {
			continue
		}
		c := cue{class: cueClass(row[0]), weight: weight, words: row[3]}
		switch row[1] {
		case "opens":
			insert(t.opens, c)
		case "early":
			insert(t.early, c)
		case "holds":
			t.holds = append(t.holds, c)
		}
	}
	return t
})

// insert keeps the cues of one first word with the longest first.
func insert(table map[string][]cue, c cue) {
	key := openingKey(c.words)
	list := append(table[key], c)
	for i := len(list) - 1; i > 0 && len(list[i].words) > len(list[i-1].words); i-- {
		list[i], list[i-1] = list[i-1], list[i]
	}
	table[key] = list
}

// openingKey is the first word of s without punctuation, or its first character in Chinese.
func openingKey(s string) string {
	for i, r := range s {
		if unicode.Is(unicode.Han, r) {
			return s[i : i+len(string(r))]
		}
		if r == ' ' || r == ',' || r == ':' || r == ';' || r == '.' {
			return s[:i]
		}
	}
	return s
}

// opening finds the longest cue that s, in lower case, begins with.
func opening(table map[string][]cue, s string) (cue, bool) {
	for _, c := range table[openingKey(s)] {
		if strings.HasPrefix(s, c.words) && wordEnds(s[len(c.words):], c.words) {
			return c, true
		}
	}
	return cue{}, false
}

// wordEnds is true where a word ends: no letter follows, or the writing does not part words.
func wordEnds(rest, words string) bool {
	if rest == "" {
		return true
	}
	if last := words[len(words)-1]; last == ' ' || last == ',' || last >= 0x80 && unicode.Is(unicode.Han, firstRune(words)) {
		return true
	}
	return !unicode.IsLetter(firstRune(rest))
}
