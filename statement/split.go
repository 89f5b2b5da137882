package statement

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// split fills the Paragraphs, Clauses and Numbered of a document from its Reading. It gives one paragraph for every
// line that is not empty, and drops none: paragraphs are counted by others in this order.
func split(d *Document) {
	list := readLines(d.Reading)
	giveRoles(list)
	classify(list)
	o := drawOutline(list)
	o.nameAll()
	d.Numbered = o.numbers
	d.Clauses = o.clauses(d.Reading)
	o.roles()
	d.Paragraphs = make([]Paragraph, len(list))
	for i, l := range list {
		p := Paragraph{Start: l.start, End: l.end, Text: l.text, Type: l.kind, Role: l.role}
		if l.clause != nil {
			p.Clause = l.clause.id
		}
		if p.Role == closing {
			p.Role = Body
		}
		d.Paragraphs[i] = p
	}
}

// clauses lists the units of an outline in the order of the text, each before what lies in it.
func (o *outline) clauses(reading string) []Clause {
	var all []Clause
	var walk func(n *node)
	walk = func(n *node) {
		for _, c := range n.children {
			at := len(all)
			all = append(all, o.clause(c))
			walk(c)
			for _, below := range all[at+1:] {
				if all[at].Start < 0 {
					all[at].Start = below.Start
				}
				all[at].End = max(all[at].End, below.End)
			}
		}
	}
	walk(o.root)
	o.runIn(all, reading)
	return all
}

// clause describes a unit without what lies in it.
func (o *outline) clause(n *node) Clause {
	c := Clause{ID: n.id, Number: n.mark.text, Start: -1, Parent: n.parent.id}
	for _, i := range n.lines {
		l := &o.list[i]
		if c.Start < 0 {
			c.Start = l.start
		}
		c.End = l.end
		if l.role == Heading && c.Heading == "" {
			c.Heading = strings.TrimRight(l.words, " .。:：")
		}
	}
	c.Chapeau = o.chapeau(n)
	return c
}

// chapeau is true of a clause whose own last paragraph leads in the points below it: it is no whole sentence.
func (o *outline) chapeau(n *node) bool {
	if n.division() || !n.pointed() || len(n.lines) == 0 {
		return false
	}
	l := &o.list[n.lines[len(n.lines)-1]]
	return l.role != Heading && !strings.ContainsRune(".。;；!！?？", l.ends())
}

// roles marks the points and the paragraphs that lead them in.
func (o *outline) roles() {
	for i := range o.list {
		l := &o.list[i]
		if l.clause == nil || l.role != Body {
			continue
		}
		n := l.clause
		switch {
		case n.lines[len(n.lines)-1] == i && n.children != nil && n.children[0].mark.unit != unmarked && o.chapeau(n):
			l.role = Chapeau
		case n.mark.unit == dashed || n.mark.unit == numbered && !n.parent.division():
			l.role = Point
		}
	}
}

// A run-in heading is a short first sentence that more sentences follow, in a list where that is the manner: two
// points at least and half of them have one.
const longestRunIn = 80 // letters

func (o *outline) runIn(all []Clause, reading string) {
	at := map[string]int{}
	for i, c := range all {
		at[c.ID] = i
	}
	var walk func(n *node)
	walk = func(n *node) {
		heads, siblings := 0, 0
		for _, c := range n.children {
			if len(c.lines) > 0 && c.mark.unit != unmarked {
				siblings++
				if o.firstSentence(c) != "" {
					heads++
				}
			}
			walk(c)
		}
		if heads < 2 || heads*2 < siblings {
			return
		}
		for _, c := range n.children {
			if len(c.lines) > 0 && c.mark.unit != unmarked && all[at[c.id]].Heading == "" {
				all[at[c.id]].Heading = o.firstSentence(c)
			}
		}
	}
	walk(o.root)
}

// firstSentence is the first sentence of a point, without its stop, when it can be a heading: short, followed by
// more, and said of no one.
func (o *outline) firstSentence(n *node) string {
	words := o.list[n.lines[0]].words
	if o.list[n.lines[0]].role == Heading {
		return ""
	}
	end := strings.IndexAny(words, ".。")
	if end <= 0 || end > 3*longestRunIn || breadth(words[:end]) > longestRunIn {
		return ""
	}
	_, size := utf8.DecodeRuneInString(words[end:])
	rest := strings.TrimLeft(words[end+size:], " ")
	first := firstRune(rest)
	if rest == "" || size == 1 && (len(rest) == len(words)-end-1 || !unicode.IsUpper(first)) {
		return ""
	}
	if strings.ContainsAny(words[:end], ",，;；") && size > 1 || speaks(words[:end]) {
		return ""
	}
	return words[:end]
}

// speaks is true of a sentence with a party for its subject: it says something and heads nothing.
func speaks(sentence string) bool {
	for _, subject := range []string{"各方", "双方", "中方", "六方", "各国", "The Parties", "We ", "The parties", "Стороны", "Участники", "Государства"} {
		if strings.HasPrefix(sentence, subject) {
			return true
		}
	}
	return strings.Contains(sentence, " shall ") || strings.Contains(sentence, " should ") || strings.Contains(sentence, " must ")
}
