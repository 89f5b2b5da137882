// Package overview is the first page: the mechanism in one minute.
package overview

import (
	"embed"
	"slices"
	"strings"

	"concord/commitment"
	"concord/mechanism"
	"concord/web/page"
)

// overviewPage shows the mechanism in one minute: where it stands on the road, what was promised, what falls due, what
// waits, what was done last.
type overviewPage struct {
	*page.Frame `json:"-"`
	Name        string         `json:"mechanism"`
	Texts       int            `json:"texts"`
	Commitments int            `json:"commitments"`
	Sources     int            `json:"texts_with_commitments"`
	Road        *road          `json:"-"`
	Tracks      []stack        `json:"tracks"`
	Strengths   []stackPart    `json:"strengths"`
	Coming      []due          `json:"coming"`
	Passed      []due          `json:"passed"`
	Undated     int            `json:"undated"` // commitments without a day by which
	Waiting     []page.Waiting `json:"waiting,omitempty"`
	Acts        []*page.Act    `json:"acts"`
}

// stack is one bar: a track's commitments, strongest first.
type stack struct {
	ID    string      `json:"id"`
	Name  string      `json:"-"`
	Total int         `json:"total"`
	Parts []stackPart `json:"parts"`
}

// stackPart is the commitments of one strength; X and Width are per cent of the longest bar.
type stackPart struct {
	Strength int     `json:"strength"`
	N        int     `json:"n"`
	X        float64 `json:"-"`
	Width    float64 `json:"-"`
}

// due is a commitment with a day.
type due struct {
	Ref  string `json:"ref"`
	Says string `json:"says"`
	In   string `json:"language"`
	By   string `json:"by"` // the last day, 2025-12-31
	Text string `json:"-"`  // the deadline in words
	Far  string `json:"-"`  // "in 40 days"
	Href string `json:"-"`
}

//go:embed *.html *.css words.txt
var files embed.FS

// Family is this page.
func Family() page.Family {
	show := page.Of("overview", overview)
	return page.Family{
		Name: "overview", Files: files,
		Routes: []page.Route{page.Get("/{$}", show), page.Get("/overview", show)},
		Nav: func(*page.Frame) []page.NavItem {
			return []page.NavItem{{Key: "nav.overview", Href: "/", Also: "/overview"}}
		},
	}
}

func overview(f *page.Frame) (any, error) {
	f.About(f.Mechanism(), "*")
	lines := f.State.Ledger().Lines()
	p := &overviewPage{Frame: f, Name: f.Mechanism(), Texts: f.State.CountTexts(), Commitments: len(lines)}
	p.Sources = countTexts(lines)
	p.Road = newRoad(f, f.State.Meetings())
	p.Tracks, p.Strengths = stacksOf(f, lines)
	p.deadlines(lines)
	if f.SeesParties() {
		p.Waiting = f.Waiting()
	}
	p.Acts = f.Latest(6)
	return p, nil
}

// countTexts is how many texts the lines come from.
func countTexts(lines []commitment.Line) int {
	texts := map[string]bool{}
	for _, ln := range lines {
		texts[ln.Text] = true
	}
	return len(texts)
}

// stacksOf counts the commitments by lead track and strength; tracks without any are left out.
func stacksOf(f *page.Frame, lines []commitment.Line) ([]stack, []stackPart) {
	counts := map[string]*[6]int{}
	var all [6]int
	for _, ln := range lines {
		track := ""
		if t := ln.Tracks(); len(t) > 0 {
			track = t[0]
		}
		if counts[track] == nil {
			counts[track] = new([6]int)
		}
		n := min(max(int(ln.Strength()), 0), 5)
		counts[track][n]++
		all[n]++
	}
	var stacks []stack
	longest := 0
	for _, t := range append(slices.Clone(f.State.Tracks()), mechanism.Track{}) {
		if c := counts[t.ID]; c != nil {
			name := f.T("overview.no-track")
			if t.ID != "" {
				name = f.Name(t.Name)
			}
			stacks = append(stacks, stack{ID: t.ID, Name: name, Parts: parts(*c)})
			for _, n := range c {
				stacks[len(stacks)-1].Total += n
			}
			longest = max(longest, stacks[len(stacks)-1].Total)
		}
	}
	for i := range stacks {
		scale(stacks[i].Parts, longest)
	}
	slices.SortStableFunc(stacks, func(a, b stack) int { return b.Total - a.Total })
	return stacks, parts(all)
}

// parts lists the strengths that occur, the strongest first.
func parts(counts [6]int) []stackPart {
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
func (p *overviewPage) deadlines(lines []commitment.Line) {
	type dated struct {
		last string
		line commitment.Line
	}
	today := p.Today()
	var coming, passed []dated
	for _, ln := range lines {
		switch last := ln.Deadline().LastDay(); {
		case last == "":
			p.Undated++
		case last < today:
			passed = append(passed, dated{last, ln})
		default:
			coming = append(coming, dated{last, ln})
		}
	}
	slices.SortStableFunc(coming, func(a, b dated) int { return strings.Compare(a.last, b.last) })
	slices.SortStableFunc(passed, func(a, b dated) int { return strings.Compare(b.last, a.last) })
	for _, d := range coming[:min(len(coming), comingRows)] {
		p.Coming = append(p.Coming, dueOf(p.Frame, d.line, d.last))
	}
	for _, d := range passed[:min(len(passed), passedRows)] {
		p.Passed = append(p.Passed, dueOf(p.Frame, d.line, d.last))
	}
}

func dueOf(f *page.Frame, ln commitment.Line, last string) due {
	says, in := f.Says(ln)
	return due{Ref: ln.Ref, Href: f.Link("/commitments/%s", ln.Ref), Says: says, In: in, By: last, Text: f.Deadline(ln.Deadline()), Far: f.HowFar(last)}
}
