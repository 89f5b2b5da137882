package check

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// step is what one element must be; child says that it lies directly in the one before.
type step struct {
	child bool
	tests []func(*html.Node) bool
}

// parseSelector reads a selector into alternatives of steps.
func parseSelector(selector string) ([][]step, error) {
	var all [][]step
	for _, alternative := range strings.Split(selector, ",") {
		var steps []step
		child := false
		for _, word := range selectorWords(alternative) {
			if word == ">" {
				child = true
				continue
			}
			tests, err := parseStep(word)
			if err != nil {
				return nil, err
			}
			steps = append(steps, step{child, tests})
			child = false
		}
		if len(steps) == 0 {
			return nil, fmt.Errorf("an alternative is empty")
		}
		all = append(all, steps)
	}
	return all, nil
}

// selectorWords cuts at blanks and around >, but not inside brackets.
func selectorWords(s string) []string {
	var words []string
	depth, start := 0, -1
	cut := func(i int) {
		if start >= 0 {
			words = append(words, s[start:i])
			start = -1
		}
	}
	for i, c := range s {
		switch {
		case c == ' ' && depth == 0:
			cut(i)
		case c == '>' && depth == 0:
			cut(i)
			words = append(words, ">")
		default:
			if start < 0 {
				start = i
			}
			depth += map[rune]int{'[': 1, ']': -1}[c]
		}
	}
	cut(len(s))
	return words
}

// parseStep reads tag.class#id[attr=value].
func parseStep(word string) ([]func(*html.Node) bool, error) {
	var tests []func(*html.Node) bool
	for word != "" {
		n := strings.IndexAny(word[1:], ".#[") + 1
		if word[0] == '[' {
			n = strings.IndexByte(word, ']') + 1
			if n == 0 {
				return nil, fmt.Errorf("%q has no ]", word)
			}
		} else if n == 0 {
			n = len(word)
		}
		tests = append(tests, parseTest(word[:n]))
		word = word[n:]
	}
	return tests, nil
}

func parseTest(s string) func(*html.Node) bool {
	switch s[0] {
	case '.':
		return func(n *html.Node) bool {
			class, _ := Attr(n, "class")
			return slices.Contains(strings.Fields(class), s[1:])
		}
	case '#':
		return func(n *html.Node) bool { id, _ := Attr(n, "id"); return id == s[1:] }
	case '[':
		return parseAttr(s[1 : len(s)-1])
	}
	return func(n *html.Node) bool { return s == "*" || n.Data == s }
}

// parseAttr reads attr, attr=value, attr^=value, attr*=value; quotes around the value are optional.
func parseAttr(s string) func(*html.Node) bool {
	name, want, valued := strings.Cut(s, "=")
	want = strings.Trim(want, `"'`)
	fits := func(got string) bool { return got == want }
	switch {
	case !valued:
		fits = func(string) bool { return true }
	case strings.HasSuffix(name, "^"):
		fits = func(got string) bool { return strings.HasPrefix(got, want) }
	case strings.HasSuffix(name, "*"):
		fits = func(got string) bool { return strings.Contains(got, want) }
	}
	name = strings.TrimRight(name, "^*")
	return func(n *html.Node) bool {
		got, ok := Attr(n, name)
		return ok && fits(got)
	}
}

// picks says whether an element fits the last step and its ancestors the ones before.
func picks(n *html.Node, steps []step) bool {
	last := len(steps) - 1
	for _, test := range steps[last].tests {
		if !test(n) {
			return false
		}
	}
	if last == 0 {
		return true
	}
	for up := n.Parent; up != nil; up = up.Parent {
		if up.Type == html.ElementNode && picks(up, steps[:last]) {
			return true
		}
		if steps[last].child {
			return false
		}
	}
	return false
}
