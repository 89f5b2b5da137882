package commitments

import (
	"cmp"
	"slices"
	"strings"

	"concord/calendar"
	"concord/commitment"
	"concord/mechanism"
	"concord/web/page"
)

// stretchOfRows is how many rows stand on one page.
const stretchOfRows = 100

// orderedLine is a line with its place: by its group, then by what the order asks for, then as in the ledger.
type orderedLine struct {
	*commitment.Line
	key uint64 // the group's rank above the 28 bits of the place within it
	seq int    // place in the ledger
}

// within is how many bits of a key say the place within a group.
const within = 28

func (ln orderedLine) group() uint64 { return ln.key >> within }

// whoRanks is the order of the groups by actor.
var whoRanks = []commitment.ActorKind{commitment.All, commitment.Organ, commitment.Subset, commitment.One}

// order sorts lines by group and within it.
func (p *matrixPage) order(lines []orderedLine) {
	rank := p.ranker()
	for i, ln := range lines {
		key := uint64(rank(*ln.Line)) << within
		switch p.Ask.Sort {
		case "strength":
			key |= uint64(commitment.Decide - ln.Strength())
		case "deadline":
			key |= dueOrder(ln.Deadline())
		}
		lines[i].key = key
	}
	slices.SortFunc(lines, func(a, b orderedLine) int {
		if c := cmp.Compare(a.key, b.key); c != 0 {
			return c
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
	for i, t := range p.State.Tracks() {
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

// dueOrder orders deadlines: at once, by their last day, then those that name none, then what has no deadline.
func dueOrder(d *commitment.Deadline) uint64 {
	last := d.LastDay()
	switch {
	case d == nil:
		return 1<<within - 1
	case d.Value.Kind == calendar.Now:
		return 0
	case last.IsZero():
		return 1<<within - 2
	}
	year, month, day := last.Date()
	return uint64(year*10000 + int(month)*100 + day) // 20251231 has 25 bits
}

// lay puts the stretch that the address asks for into groups.
func (p *matrixPage) lay(lines []orderedLine) {
	for i := 0; i < len(lines); i += p.stretch {
		p.Starts = append(p.Starts, lines[i].Ref)
	}
	from := p.begins(lines)
	to := min(from+p.stretch, len(lines))
	p.From, p.To = min(from+1, to), to
	counts := map[uint64]int{}
	for _, ln := range lines {
		counts[ln.group()]++
	}
	heads, said := p.headings(lines[from:to]), p.cellsSaid()
	for i := from; i < to; i++ {
		ln := lines[i]
		if i == from || lines[i-1].group() != ln.group() {
			g := p.groupOf(*ln.Line, heads)
			g.Count, g.Continued = counts[ln.group()], i > 0 && lines[i-1].group() == ln.group()
			p.Groups = append(p.Groups, g)
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Rows = append(g.Rows, p.dress(newMatrixRow(p.Frame, *ln.Line), said))
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
		return matrixGroup{Title: saidOf(p.Frame, "kind", string(kind))}
	case "clause":
		h := heads[[2]string{ln.Text, ln.Clause}]
		g := matrixGroup{Title: p.T("commitments.group-clause", ln.Text, ln.Clause), Href: "/texts/" + ln.Text + "#c" + ln.Clause}
		if h.words != "" {
			g.Words, g.Lang = h.words, h.lang
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
		t, ok := p.State.Text(code)
		if !ok {
			continue
		}
		if c, ok := copyFor(p.Frame, t); ok {
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
func copyFor(f *page.Frame, t *mechanism.Text) (mechanism.Copy, bool) { return t.Copy(f.L.Tag) }
