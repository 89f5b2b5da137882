package commitments

import (
	"slices"
	"strings"
	"sync"

	"concord/commitment"
	"concord/mechanism"
	"concord/search"
	"concord/web/page"
)

// stretchOfRows is how many rows stand on one page.
const stretchOfRows = 100

// lay puts the stretch that the address asks for into groups.
func (p *matrixPage) lay(lines []*search.Placed, kept *drawnRows) {
	for i := 0; i < len(lines); i += p.stretch {
		p.Starts = append(p.Starts, lines[i].Ref)
	}
	from := p.begins(lines)
	to := min(from+p.stretch, len(lines))
	p.From, p.To = min(from+1, to), to
	heads := p.headings(lines[from:to])
	dresser := sync.OnceValue(p.dresser) // seldom needed
	rows := kept.of(p.scene(), lines[from:to], func(ln *search.Line) page.Drawn {
		return page.Drawn(p.row(dresser().dress(newMatrixRow(p.Frame, ln.Line))))
	})
	for i := from; i < to; i++ {
		ln := lines[i]
		if i == from || !lines[i-1].At.Grouped(ln.At) {
			g := p.groupOf(ln.Line.Line, heads)
			before, behind := groupAround(lines, i)
			g.Count, g.Continued = behind-before, before < i
			p.Groups = append(p.Groups, g)
		}
		g := &p.Groups[len(p.Groups)-1]
		g.Rows = append(g.Rows, rows[i-from])
	}
}

// groupAround is where the group of the line at i begins and ends.
func groupAround(lines []*search.Placed, i int) (from, to int) {
	for from = i; from > 0 && lines[from-1].At.Grouped(lines[i].At); from-- {
	}
	for to = i + 1; to < len(lines) && lines[to].At.Grouped(lines[i].At); to++ {
	}
	return from, to
}

// begins finds the stretch that holds the reference asked for; when it is gone, the one where it would stand in its text.
func (p *matrixPage) begins(lines []*search.Placed) int {
	if p.Ask.At == "" {
		return 0
	}
	at := slices.IndexFunc(lines, func(ln *search.Placed) bool { return ln.Ref == p.Ask.At })
	if at < 0 {
		n := commitment.RefNumber(p.Ask.At)
		at = max(0, slices.IndexFunc(lines, func(ln *search.Placed) bool {
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
func (p *matrixPage) headings(lines []*search.Placed) map[[2]string]clauseHead {
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
