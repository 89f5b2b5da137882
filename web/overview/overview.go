// Package overview is the first page: the mechanism in one minute.
package overview

import (
	"embed"
	"iter"
	"slices"

	"concord/commitment"
	"concord/mechanism"
	"concord/web/page"
)

// overviewPage shows the mechanism in one minute: where it stands on the road, what was promised, what falls due, what
// waits, what was done last.
type overviewPage struct {
	*page.Frame
	Name        string
	Texts       int
	Commitments int
	Sources     int
	Road        *road
	Tracks      []stack
	Strengths   []stackPart
	Coming      []due
	Passed      []due
	Undated     int // commitments without a day by which
	Waiting     []page.Waiting
	Acts        []*page.Act
}

// stack is one bar: a track's commitments, strongest first.
type stack struct {
	ID    string
	Name  string
	Total int
	Parts []stackPart
}

// stackPart is the commitments of one strength; X and Width are per cent of the longest bar.
type stackPart struct {
	Strength int
	N        int
	X        float64
	Width    float64
}

// due is a commitment with a day.
type due struct {
	Ref  string
	Says string
	In   string
	By   string // the last day, 2025-12-31
	Text string // the deadline in words
	Far  string // "in 40 days"
	Href string
}

//go:embed *.css words.txt
var files embed.FS

// Family is this page.
func Family() page.Family {
	show := page.Of(overview)
	return page.Family{
		Name: "overview", Files: files,
		Routes: []page.Route{page.Get("/{$}", show), page.Get("/overview", show)},
		Nav: func(*page.Frame) []page.NavItem {
			return []page.NavItem{{Key: "nav.overview", Href: "/", Also: "/overview"}}
		},
	}
}

func overview(f *page.Frame) (page.Page, error) {
	f.About(f.Mechanism(), "*")
	ledger := f.State.Ledger()
	p := &overviewPage{Frame: f, Name: f.Mechanism(), Texts: f.State.CountTexts(), Commitments: ledger.Len(), Sources: ledger.CountTexts()}
	p.Road = newRoad(f, f.State.Meetings())
	p.Tracks, p.Strengths = stacksOf(f, ledger.Strengths())
	p.deadlines()
	if f.SeesParties() {
		p.Waiting = f.Waiting()
	}
	p.Acts = f.Latest(p.MostActs())
	return p, nil
}

// MostActs is how many of the latest acts are shown.
func (p *overviewPage) MostActs() int { return 6 }

// stacksOf lays out the counts by lead track and strength; tracks without any are left out.
func stacksOf(f *page.Frame, counts map[string]commitment.ByStrength) ([]stack, []stackPart) {
	var all commitment.ByStrength
	var stacks []stack
	longest := 0
	for _, t := range append(slices.Clone(f.State.Tracks()), mechanism.Track{}) {
		c, ok := counts[t.ID]
		if !ok {
			continue
		}
		for s, n := range c {
			all[s] += n
		}
		name := f.T("overview.no-track")
		if t.ID != "" {
			name = f.Name(t.Name)
		}
		stacks = append(stacks, stack{ID: t.ID, Name: name, Total: c.Total(), Parts: parts(c)})
		longest = max(longest, c.Total())
	}
	for i := range stacks {
		scale(stacks[i].Parts, longest)
	}
	slices.SortStableFunc(stacks, func(a, b stack) int { return b.Total - a.Total })
	return stacks, parts(all)
}

// parts lists the strengths that occur, the strongest first.
func parts(counts commitment.ByStrength) []stackPart {
	var parts []stackPart
	for s := 5; s >= 0; s-- {
		if counts[s] > 0 {
			parts = append(parts, stackPart{Strength: s, N: counts[s]})
		}
	}
	return parts
}

// scale lays the parts side by side so that longest fills a hundred.
func scale(parts []stackPart, longest int) {
	x := 0.0
	for i := range parts {
		parts[i].X, parts[i].Width = x, 100*float64(parts[i].N)/float64(longest)
		x += parts[i].Width
	}
}

const (
	comingRows = 6
	passedRows = 5
)

// deadlines sorts out what has a day: what comes, the nearest first, and what has passed, the latest first.
func (p *overviewPage) deadlines() {
	ledger, today := p.State.Ledger(), p.Today()
	p.Undated = ledger.Len() - ledger.CountDated()
	p.Coming = p.first(ledger.Due(today), comingRows)
	p.Passed = p.first(ledger.Passed(today), passedRows)
}

// first are the first n lines.
func (p *overviewPage) first(lines iter.Seq[commitment.Line], n int) []due {
	var list []due
	for ln := range lines {
		if len(list) == n {
			break
		}
		list = append(list, dueOf(p.Frame, ln, ln.Deadline().LastDay().String()))
	}
	return list
}

func dueOf(f *page.Frame, ln commitment.Line, last string) due {
	says, in := f.Says(ln)
	return due{Ref: ln.Ref, Href: f.Link("/commitments/%s", ln.Ref), Says: says, In: in, By: last, Text: f.Deadline(ln.Deadline()), Far: f.HowFar(last)}
}
