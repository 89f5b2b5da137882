package search

import (
	"slices"
	"sort"
	"strings"

	"concord/mechanism"
	"concord/statement"
)

// Text is a text with its wording in each language.
type Text struct {
	Code    string
	Copies  []*Copy
	Clauses []Clause // the innermost, copy by copy
}

// Clause is an innermost clause of a copy, as it reads and in small letters.
type Clause struct {
	Text, ID, Lang string
	As, Words      string
}

// Copy is one language's copy, with its paragraphs by clause.
type Copy struct {
	mechanism.Copy
	clauses    map[string]*statement.Clause
	paragraphs map[string][]int // numbers of the paragraphs of a clause itself, not of those below it
}

// is says whether a text has the copies that this one was made from.
func (x *Text) is(t *mechanism.Text) bool {
	return x.Code == t.Code && slices.EqualFunc(x.Copies, t.Copies, func(a *Copy, b mechanism.Copy) bool { return a.Document == b.Document })
}

// textOf takes the innermost clauses of each copy: what lies in a point is not said again for the clause around it.
func textOf(t *mechanism.Text) *Text {
	x := &Text{Code: t.Code}
	for _, c := range t.Copies {
		x.Copies = append(x.Copies, CopyOf(c))
		parents := map[string]bool{}
		for _, cl := range c.Document.Clauses {
			parents[cl.Parent] = true
		}
		for _, cl := range c.Document.Clauses {
			if !parents[cl.ID] {
				as := c.Document.Reading[cl.Start:cl.End]
				x.Clauses = append(x.Clauses, Clause{t.Code, cl.ID, c.Language, as, strings.ToLower(as)})
			}
		}
	}
	return x
}

// CopyOf finds its way through a copy.
func CopyOf(c mechanism.Copy) *Copy {
	d := c.Document
	x := &Copy{Copy: c, clauses: make(map[string]*statement.Clause, len(d.Clauses)), paragraphs: make(map[string][]int, len(d.Clauses))}
	for i := range d.Clauses {
		x.clauses[d.Clauses[i].ID] = &d.Clauses[i]
	}
	for i, p := range d.Paragraphs {
		if p.Clause != "" {
			x.paragraphs[p.Clause] = append(x.paragraphs[p.Clause], i)
		}
	}
	return x
}

// Wording is the wording of a clause without what lies below it; empty when there is no such clause.
func (c *Copy) Wording(clause string) string {
	var said []string
	for _, i := range c.paragraphs[clause] {
		if p := c.Document.Paragraphs[i]; p.Role != statement.Furniture {
			said = append(said, c.Document.Reading[p.Text:p.End])
		}
	}
	return strings.Join(said, "\n")
}

// Chapeau is the lead-in that governs a clause, as [statement.Document.ChapeauOf] finds it.
func (c *Copy) Chapeau(clause string) string {
	for cl := c.clauses[clause]; cl != nil; cl = c.clauses[cl.Parent] {
		if own := c.paragraphs[cl.ID]; cl.Chapeau && len(own) > 0 {
			p := c.Document.Paragraphs[own[0]]
			return c.Document.Reading[p.Text:p.End]
		}
	}
	return ""
}

// Around gives the words between two bytes of the reading, and the paragraphs that they lie in before and behind them.
func (c *Copy) Around(start, end int) (before, words, behind string) {
	d := c.Document
	from, to := start, end
	at := sort.Search(len(d.Paragraphs), func(i int) bool { return d.Paragraphs[i].End > start })
	if at < len(d.Paragraphs) && d.Paragraphs[at].Start <= start {
		from = min(d.Paragraphs[at].Text, start)
	}
	at = sort.Search(len(d.Paragraphs), func(i int) bool { return d.Paragraphs[i].End >= end })
	if at < len(d.Paragraphs) && d.Paragraphs[at].Start < end {
		to = d.Paragraphs[at].End
	}
	return d.Reading[from:start], d.Reading[start:end], d.Reading[end:to]
}
