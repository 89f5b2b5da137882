package check

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Page is a parsed page, for assertions by CSS selector:
//
//	p := check.ParsePage(t, body)
//	p.Has("main h1", "Record")              // some main h1 contains "Record"
//	p.Count("ol.acts > li", 50)
//	p.HasNot("form[action='/people']")
//
// Selectors are tag, .class, #id, [attr], [attr=value], [attr^=value] and [attr*=value], joined in any number for one
// element, with a blank (inside) or > (directly inside) between elements, and a comma for alternatives.
type Page struct {
	t    testing.TB
	root *html.Node
}

// ParsePage reads HTML; what a browser accepts, it accepts.
func ParsePage(t testing.TB, body string) *Page {
	t.Helper()
	root, err := html.Parse(strings.NewReader(body))
	if err != nil {
		t.Fatalf("the page cannot be parsed: %v", err)
	}
	return &Page{t, root}
}

// All gives the elements that a selector picks, in the order of the page.
func (p *Page) All(selector string) []*html.Node {
	p.t.Helper()
	alternatives, err := parseSelector(selector)
	if err != nil {
		p.t.Fatalf("selector %q: %v", selector, err)
	}
	var found []*html.Node
	for n := range p.root.Descendants() {
		for _, steps := range alternatives {
			if n.Type == html.ElementNode && picks(n, steps) {
				found = append(found, n)
				break
			}
		}
	}
	return found
}

// Has demands an element that the selector picks and whose text contains all the words.
func (p *Page) Has(selector string, words ...string) {
	p.t.Helper()
	for _, n := range p.All(selector) {
		if containsAll(Text(n), words) {
			return
		}
	}
	p.t.Errorf("nothing at %q has %q; there is: %q", selector, words, p.Texts(selector))
}

// HasNot demands that no element that the selector picks contains all the words.
func (p *Page) HasNot(selector string, words ...string) {
	p.t.Helper()
	for _, n := range p.All(selector) {
		if containsAll(Text(n), words) {
			p.t.Errorf("there is %q at %q", Text(n), selector)
		}
	}
}

// Count demands a number of elements.
func (p *Page) Count(selector string, want int) {
	p.t.Helper()
	if got := len(p.All(selector)); got != want {
		p.t.Errorf("%d elements at %q, want %d", got, selector, want)
	}
}

// Texts gives the text of each element that the selector picks.
func (p *Page) Texts(selector string) []string {
	p.t.Helper()
	var all []string
	for _, n := range p.All(selector) {
		all = append(all, Text(n))
	}
	return all
}

// Attrs gives an attribute of each element that the selector picks and that has it.
func (p *Page) Attrs(selector, name string) []string {
	p.t.Helper()
	var all []string
	for _, n := range p.All(selector) {
		if value, ok := Attr(n, name); ok {
			all = append(all, value)
		}
	}
	return all
}

// Text is the text inside an element with single blanks, without scripts and styles.
func Text(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
			b.WriteByte(' ')
		}
		if n.Data == "script" || n.Data == "style" {
			return
		}
		for c := range n.ChildNodes() {
			walk(c)
		}
	}
	walk(n)
	return strings.Join(strings.Fields(b.String()), " ")
}

// Attr gives an attribute of an element.
func Attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func containsAll(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
