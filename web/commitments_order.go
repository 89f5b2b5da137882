package web

import (
	"cmp"
	"slices"
	"strings"

	"concord/commitment"
	"concord/mechanism"
)

// stretchOfRows is how many rows stand on one page.
const stretchOfRows = 200

// orderedLine is a line with its place: the group by rank, and what is compared within it.
type orderedLine struct {
	commitment.Line
	group int
	due   string
	seq   int // place in the ledger
}

// whoRanks is the order of the groups by actor.
var whoRanks = []commitment.ActorKind{commitment.All, commitment.Organ, commitment.Subset, commitment.One}

// order sorts lines by group and within it.
func (p *matrixPage) order(lines []orderedLine) {
	rank := p.ranker()
	for i := range lines {
		lines[i].seq, lines[i].group = i, rank(lines[i].Line)
		if p.Ask.Sort == "deadline" {
			lines[i].due = dueOrder(lines[i].Deadline())
		}
	}
	slices.SortFunc(lines, func(a, b orderedLine) int {
		if c := cmp.Compare(a.group, b.group); c != 0 {
			return c
		}
		switch p.Ask.Sort {
		case "strength":
			if c := cmp.Compare(b.Strength(), a.Strength()); c != 0 {
				return c
			}
		case "deadline":
			if c := strings.Compare(a.due, b.due); c != 0 {
				return c
			}
		}
		return cmp.Compare(a.seq, b.seq)
	})
}

// ranker gives the function that says which group a line is in, as a rank among the groups.
func (p *matrixPage) ranker() func(commitment.Line) int {
	switch p.Ask.Group {
	case "none":
		return func(commitment.Line) int { return 0 }
	case "strength":
		return func(ln commitment.Line) int { return int(commitment.Decide - ln.Strength()) }
	case "who":
		return func(ln commitment.Line) int { kind, _ := ln.Bound(); return slices.Index(whoRanks, kind) }
	case "clause":
		seen := map[[2]string]int{}
		return func(ln commitment.Line) int {
			key := [2]string{ln.Text, ln.Clause}
			if _, ok := seen[key]; !ok {
				seen[key] = len(seen)
			}
			return seen[key]
		}
	}
	ranks := map[string]int{}
	for i, t := range p.m.Tracks() {
		ranks[t.ID] = i
	}
	return func(ln commitment.Line) int {
		if tracks := ln.Tracks(); len(tracks) > 0 {
			if i, ok := ranks[tracks[0]]; ok {
				return i
			}
		}
		return len(ranks)
	}
}

// dueOrder orders deadlines: by their last day, then those that name none but say soon or again and again, then none.
func dueOrder(d *commitment.Deadline) string {
	switch {
	case d == nil:
		return "~~"
	case lastDay(d) != "":
		return lastDay(d)
	case d.Value == "NOW":
		return "0"
	}
	return "~" + d.Value
}

// lay puts the stretch that the address asks for into groups.
func (p *matrixPage) lay(lines []orderedLine) {
	for i := 0; i < len(lines); i += p.stretch {
		p.Starts = append(p.Starts, lines[i].Ref)
	}
	from := p.begins(lines)
	to := min(from+p.stretch, len(lines))
	p.From, p.To = min(from+1, to), to
	counts := map[int]int{}
	for _, ln := range lines {
		counts[ln.group]++
	}
	heads, said := p.headings(lines[from:to]), p.cellsSaid()
	for i := from; i < to; i++ {
		ln := lines[i]
		if i == from || lines[i-1].group != ln.group {
			g := p.groupOf(ln.Line, heads)
			g.Count, g.Continued = counts[ln.group], i > 0 && lines[i-1].group == ln.group
			p.Groups = append(p.Groups, g)
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Rows = append(g.Rows, p.dress(p.matrixRow(ln.Line), said))
	}
}

// begins finds the stretch that holds the reference asked for; when it is gone, the one where it would stand in its text.
func (p *matrixPage) begins(lines []orderedLine) int {
	if p.Ask.At == "" {
		return 0
	}
	at := slices.IndexFunc(lines, func(ln orderedLine) bool { return ln.Ref == p.Ask.At })
	if at < 0 {
		n := commitment.RefNumber(p.Ask.At)
		at = max(0, slices.IndexFunc(lines, func(ln orderedLine) bool {
			return strings.HasPrefix(p.Ask.At, ln.Text+"-") && commitment.RefNumber(ln.Ref) > n
		}))
	}
	return at / p.stretch * p.stretch
}

// groupOf is the heading over a line.
func (p *matrixPage) groupOf(ln commitment.Line, heads map[[2]string]clauseHead) matrixGroup {
	switch p.Ask.Group {
	case "none":
		return matrixGroup{}
	case "strength":
		n := int(ln.Strength())
		return matrixGroup{Title: p.T("commitments.group-strength", n, p.L.Strength(n))}
	case "who":
		kind, _ := ln.Bound()
		return matrixGroup{Title: p.said("kind", string(kind))}
	case "clause":
		h := heads[[2]string{ln.Text, ln.Clause}]
		g := matrixGroup{Title: p.T("commitments.group-clause", ln.Text, ln.Clause), Href: "/texts/" + ln.Text + "#c" + ln.Clause}
		if h.words != "" {
			g.Title, g.Lang = g.Title+" · "+h.words, h.lang
		}
		return g
	}
	if tracks := ln.Tracks(); len(tracks) > 0 {
		return matrixGroup{Title: p.TrackName(tracks[0])}
	}
	return matrixGroup{Title: p.T("overview.no-track")}
}

// clauseHead is a clause's own heading and its language.
type clauseHead struct{ words, lang string }

// headings finds the headings of the clauses on show; none unless they are the groups.
func (p *matrixPage) headings(lines []orderedLine) map[[2]string]clauseHead {
	if p.Ask.Group != "clause" {
		return nil
	}
	wanted := map[string]map[string]bool{}
	for _, ln := range lines {
		if wanted[ln.Text] == nil {
			wanted[ln.Text] = map[string]bool{}
		}
		wanted[ln.Text][ln.Clause] = true
	}
	heads := map[[2]string]clauseHead{}
	for code, clauses := range wanted {
		t, ok := p.m.Text(code)
		if !ok {
			continue
		}
		if c, ok := p.copyFor(t); ok {
			for _, cl := range c.Document.Clauses {
				if clauses[cl.ID] && cl.Heading != "" {
					heads[[2]string{code, cl.ID}] = clauseHead{cl.Heading, string(c.Document.Language)}
				}
			}
		}
	}
	return heads
}

// copyFor is the copy in the visitor's language, else the first received.
func (f *Frame) copyFor(t *mechanism.Text) (mechanism.Copy, bool) { return t.Copy(f.L.Tag) }
