package statement

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// Parts gives the paragraphs at which a text of its own begins: 0, and further ones when a file seems to hold several
// texts, so that whoever imports it can refuse with a clear sentence. It is careful: annexes, chapters and protocols begin
// their numbers anew too. Three things make a further text: a heading in the open with a preamble of its own and a clause
// that is numbered as the first was; a second title of the same kind, after which the numbers begin; and another script
// for good, as in a file with a translation.
func (d *Document) Parts() []int {
	if at := d.otherScript(); at > 0 {
		return []int{0, at}
	}
	parts := []int{0}
	clauses := 0 // numbered clauses since the last part began
	titled, begins := d.titledParts(), d.textsBegin()
	for i, p := range d.Paragraphs {
		switch {
		case titled[i], clauses >= 2 && begins[i]:
			parts = append(parts, i)
			clauses = 0
		case p.Type == Operative && p.Clause != "":
			clauses++
		}
	}
	return parts
}

// textsBegin says for each paragraph whether a heading, a preamble and a clause that repeats the number of an earlier one
// stand here: a text of its own.
func (d *Document) textsBegin() []bool {
	begins := make([]bool, len(d.Paragraphs))
	preamble, clause := false, "" // of what follows: whether a preamble leads to the next clause, and that clause
	for i, p := range slices.Backward(d.Paragraphs) {
		heads := p.Role == Heading || p.Role == Title
		begins[i] = heads && p.Type == Neither && p.Clause == "" && preamble && repeated(clause)
		switch {
		case heads || p.Role == Furniture:
		case p.Type == Preambular:
			preamble = true
		case p.Type == Operative:
			preamble, clause = false, p.Clause
		}
	}
	return begins
}

// repeated says whether a clause's number was there before and is told apart by its id only: "1~2", "s2.1".
func repeated(id string) bool {
	return strings.Contains(id, "~") || len(id) > 1 && id[0] == 's' && id[1] >= '0' && id[1] <= '9'
}

// titleKinds is what titles.txt says: the patterns of each kind.
type titleKinds map[string][]*regexp.Regexp

var titlePatterns = sync.OnceValue(func() titleKinds {
	t := titleKinds{}
	for _, row := range rows("titles.txt") {
		kind, pattern, _ := strings.Cut(row, " ")
		t[kind] = append(t[kind], regexp.MustCompile(pattern))
	}
	return t
})

func (t titleKinds) match(kind, words string) bool {
	for _, pattern := range t[kind] {
		if pattern.MatchString(words) {
			return true
		}
	}
	return false
}

// kind is what sort of text the words are the title of, or "". One word alone is the title of nothing: "Agreement" may be
// what a list of definitions has next.
func (t titleKinds) kind(words string) string {
	single := !strings.Contains(words, " ") && scriptOf(words) != '一'
	if single || utf8.RuneCountInString(words) > 200 || t.match("part", words) {
		return ""
	}
	for _, kind := range []string{"statement", "agreement"} {
		if t.match(kind, words) {
			return kind
		}
	}
	return ""
}

// titledParts finds the paragraphs that are a title of the same kind as the first, not of an annex, with a whole text
// before and the first numbers of another after.
func (d *Document) titledParts() map[int]bool {
	words := make([]string, len(d.Paragraphs))
	for i, p := range d.Paragraphs {
		line := d.Reading[p.Start:min(p.End, p.Start+1000)]
		words[i] = strings.TrimLeft(line, "# ")
		if r, _ := utf8.DecodeRuneInString(words[i]); unicode.IsLower(r) {
			words[i] = "" // in the middle of a sentence
		}
		words[i] = strings.ToLower(words[i])
	}
	t, parts := titlePatterns(), map[int]bool{}
	first, begun := "", 0
	numbers := sync.OnceValue(func() numbering { return t.numbering(words) }) // most texts have one title and need none
	for i, w := range words {
		kind := t.kind(w)
		switch {
		case kind == "" || i > 0 && t.match("part", words[i-1]):
		case first == "" && i < 5:
			first = kind
		case kind == first && numbers().runs(begun, i) && numbers().starts(i+1):
			parts[i] = true
			begun = i
		}
	}
	return parts
}

// farTitle is how many paragraphs may lie between the title of a text and its first number.
const farTitle = 25

// longParagraph is how many characters make a paragraph more than an entry of a table of contents.
const longParagraph = 40

// numbering is where the numbers of a file stand, for every paragraph and one beyond the last.
type numbering struct {
	first []int // the next paragraph, from this one on, with the first number of a text
	later []int // how many paragraphs before this one have a later number
	long  []int // how many before this one say something in full
}

func (t titleKinds) numbering(words []string) numbering {
	end := len(words)
	n := numbering{make([]int, end+1), make([]int, end+1), make([]int, end+1)}
	n.first[end] = end
	for i, w := range words {
		n.later[i+1], n.long[i+1] = n.later[i], n.long[i]
		if t.match("later", w) {
			n.later[i+1]++
		}
		if utf8.RuneCountInString(w) >= longParagraph || strings.HasSuffix(w, "。") {
			n.long[i+1]++
		}
	}
	for i, w := range slices.Backward(words) {
		n.first[i] = n.first[i+1]
		if t.match("first", w) {
			n.first[i] = i
		}
	}
	return n
}

// runs says whether the paragraphs from one to another are a whole text: numbers from the first on, and what they say in
// full.
func (n numbering) runs(from, to int) bool {
	first := n.first[from]
	return first < to && n.long[to]-n.long[first] > 1 && n.later[to] > n.later[first+1]
}

// starts says whether the numbers of a text begin soon after a paragraph.
func (n numbering) starts(from int) bool {
	first, end := n.first[from], len(n.first)-1
	return first < min(from+farTitle, end) && n.later[first] == n.later[from] && n.later[end] > n.later[first+1]
}

// otherScript is the paragraph where a text goes over into another script for good: at least three paragraphs and a
// fifth as many as on the other side, and hardly any of them in the script before. 0 if it nowhere does.
func (d *Document) otherScript() int {
	if len(d.Paragraphs) < 6 {
		return 0
	}
	scripts := make([]rune, len(d.Paragraphs))
	for i, p := range d.Paragraphs {
		scripts[i] = scriptOf(d.Reading[p.Start:p.End])
	}
	before, after := scripts[0], scripts[len(scripts)-1]
	if before == after || before == 0 || after == 0 {
		return 0
	}
	at := 0
	for scripts[at] != after {
		at++
	}
	strays := 0
	for _, s := range scripts[at:] {
		if s == before {
			strays++
		}
	}
	rest := len(scripts) - at
	if at < 3 || rest < 3 || 5*at < rest || 5*rest < at || 10*strays > rest {
		return 0
	}
	return at
}

// scriptOf names the script of most of a paragraph's letters by one of its letters; 0 if the paragraph has none.
func scriptOf(paragraph string) rune {
	var han, cyrillic, latin int
	for _, r := range paragraph {
		switch {
		case unicode.Is(unicode.Han, r):
			han += 2
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	switch max(han, cyrillic, latin) {
	case 0:
		return 0
	case han:
		return '一'
	case cyrillic:
		return 'а'
	}
	return 'a'
}
