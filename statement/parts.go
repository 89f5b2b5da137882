package statement

import (
	"strings"
)

// Parts gives the paragraphs at which a text of its own begins: 0, and further ones when a file seems to hold several
// texts. It is careful: annexes, chapters and protocols begin their numbers anew too. A further text begins with a
// heading in the open, followed by a preamble of its own and a clause that is numbered as the first was, after a text
// that has had clauses.
func (d *Document) Parts() []int {
	parts := []int{0}
	clauses := 0 // numbered clauses since the last part began
	for i, p := range d.Paragraphs {
		switch {
		case p.Type == Operative && p.Clause != "":
			clauses++
		case clauses >= 2 && d.beginsText(i):
			parts = append(parts, i)
			clauses = 0
		}
	}
	return parts
}

// beginsText says whether a heading, a preamble and a clause that repeats the number of an earlier one stand here.
func (d *Document) beginsText(i int) bool {
	if p := d.Paragraphs[i]; p.Role != Heading && p.Role != Title || p.Type != Neither || p.Clause != "" {
		return false
	}
	preamble := false
	for _, p := range d.Paragraphs[i+1:] {
		switch {
		case p.Role == Heading || p.Role == Title || p.Role == Furniture:
		case p.Type == Preambular:
			preamble = true
		case p.Type == Operative:
			return preamble && repeated(p.Clause)
		}
	}
	return false
}

// repeated says whether a clause's number was there before and is told apart by its id only: "1~2", "s2.1".
func repeated(id string) bool {
	return strings.Contains(id, "~") || len(id) > 1 && id[0] == 's' && id[1] >= '0' && id[1] <= '9'
}
