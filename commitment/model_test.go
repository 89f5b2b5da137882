package commitment_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"concord/calendar"
	"concord/commitment"
)

// naive is a ledger as one would write it without a thought for speed: every question walks through everything.
type naive struct {
	texts     []string
	entries   map[string][]commitment.Commitment // by text; number n at n-1
	summaries map[string][]commitment.Summary
}

func newNaive() *naive {
	return &naive{nil, map[string][]commitment.Commitment{}, map[string][]commitment.Summary{}}
}

func (m *naive) mention(text string) {
	if !slices.Contains(m.texts, text) {
		m.texts = append(m.texts, text)
	}
}

func (m *naive) enter(c commitment.Commitment) {
	m.mention(c.Text)
	c.N, c.State = len(m.entries[c.Text])+1, commitment.Proposed
	m.entries[c.Text] = append(m.entries[c.Text], c)
}

func (m *naive) decide(c commitment.Commitment, to commitment.State, by commitment.Step) {
	c.State, c.Steps = to, append(slices.Clone(c.Steps), by)
	m.entries[c.Text][c.N-1] = c
}

func (m *naive) summarize(s commitment.Summary) {
	m.mention(s.Text)
	m.summaries[s.Text] = append(m.summaries[s.Text], s)
}

// lines are the lines of a text: each reference that is summarized or accepted, by number.
func (m *naive) lines(text string) []commitment.Line {
	var lines []commitment.Line
	find := func(ref, clause string) *commitment.Line {
		i := slices.IndexFunc(lines, func(ln commitment.Line) bool { return ln.Ref == ref })
		if i < 0 {
			i = len(lines)
			lines = append(lines, commitment.Line{Ref: ref, Text: text, Clause: clause})
		}
		return &lines[i]
	}
	for i, c := range m.entries[text] {
		if c.State == commitment.Accepted {
			find(c.Ref, c.Clause).Accepted = &m.entries[text][i]
		}
	}
	for i, s := range m.summaries[text] {
		find(s.Ref, s.Clause).Summary = &m.summaries[text][i]
	}
	slices.SortFunc(lines, func(a, b commitment.Line) int {
		return cmp.Compare(commitment.RefNumber(a.Ref), commitment.RefNumber(b.Ref))
	})
	return lines
}

// free is the lowest reference above all that are used, reserved or summarized.
func (m *naive) free(text string) string {
	top := 0
	for _, c := range m.entries[text] {
		top = max(top, commitment.RefNumber(c.Ref))
	}
	for _, s := range m.summaries[text] {
		top = max(top, commitment.RefNumber(s.Ref))
	}
	return commitment.Ref(text, top+1)
}

// view is all that the model says, as one string.
func (m *naive) view(texts []string) string {
	var b strings.Builder
	var all []commitment.Line
	for _, text := range m.texts {
		all = append(all, m.lines(text)...)
	}
	strengths, withLines := map[string]commitment.ByStrength{}, 0
	var dated []commitment.Line
	for _, ln := range all {
		track := append(ln.Tracks(), "")[0]
		by := strengths[track]
		by[ln.Strength()]++
		strengths[track] = by
		if !ln.Deadline().LastDay().IsZero() {
			dated = append(dated, ln)
		}
	}
	for _, text := range texts {
		lines, counts := m.lines(text), commitment.Counts{Summarized: len(m.summaries[text])}
		if len(lines) > 0 {
			withLines++
		}
		var waiting []int
		groups := map[int][]int{}
		inText := slices.SortedStableFunc(slices.Values(m.entries[text]), func(a, b commitment.Commitment) int { return a.Start - b.Start })
		for _, c := range inText {
			switch c.State {
			case commitment.Proposed:
				counts.Proposed++
				waiting = append(waiting, c.N)
			case commitment.Accepted:
				counts.Accepted++
			case commitment.Refused:
				counts.Refused++
			}
		}
		for _, c := range m.entries[text] {
			groups[c.Group] = append(groups[c.Group], c.N)
		}
		fmt.Fprintf(&b, "%s: %+v, next %d, free %s, waiting %v\n", text, counts, len(m.entries[text])+1, m.free(text), waiting)
		for _, c := range m.entries[text] {
			fmt.Fprintf(&b, "  %d %s %s %d steps, with %v\n", c.N, c.Ref, c.State, len(c.Steps), groups[c.Group])
		}
		for i, ln := range lines {
			before, after := "", ""
			if i > 0 {
				before = lines[i-1].Ref
			}
			if i+1 < len(lines) {
				after = lines[i+1].Ref
			}
			fmt.Fprintf(&b, "  %s between %s and %s\n", said(ln), before, after)
		}
	}
	fmt.Fprintf(&b, "%s; %d lines of %d texts\n%v\n", refsOf(all), len(all), withLines, strengths)
	due := func(a, b commitment.Line) int { return a.Deadline().LastDay().Compare(b.Deadline().LastDay()) }
	slices.SortStableFunc(dated, due)
	from := slices.IndexFunc(append(dated, commitment.Line{}), func(ln commitment.Line) bool { return ln.Ref == "" || ln.Deadline().LastDay().String() >= middle })
	passed := slices.Clone(dated[:from])
	slices.SortStableFunc(passed, func(a, b commitment.Line) int { return due(b, a) })
	fmt.Fprintf(&b, "dated %d, due %s, passed %s\n", len(dated), refsOf(dated[from:]), refsOf(passed))
	return b.String()
}

// middle is a day among the deadlines.
const middle = "2027-01-01"

// said is what a line says for itself.
func said(ln commitment.Line) string {
	return fmt.Sprintf("%s of %s: %s, strength %d, summary %v", ln.Ref, ln.Text, ln.State(), ln.Strength(), ln.Summary != nil)
}

// viewOf is the same of a ledger, asked in every way.
func viewOf(t *testing.T, l *commitment.Ledger, texts []string) string {
	t.Helper()
	var b strings.Builder
	for _, text := range texts {
		fmt.Fprintf(&b, "%s: %+v, next %d, free %s, waiting %v\n", text, l.Counts(text), l.NextNumber(text), l.FreeRef(text), numbersOf(l.Waiting(text)))
		for _, c := range l.Of(text) {
			if at, ok := l.At(text, c.N); !ok || at != c {
				t.Errorf("number %d of %s is %+v, want %+v", c.N, text, at, c)
			}
			if holder, ok := l.Holder(c.Ref); c.Ref != "" && (!ok || holder != c) || c.Ref != "" && !l.RefTaken(text, c.Ref, 0) {
				t.Errorf("%s is held by %+v, want %+v", c.Ref, holder, c)
			}
			if by, ok := l.ByRef(c.Ref); ok != (c.State == commitment.Accepted) || ok && by != c {
				t.Errorf("%s finds %+v, %v", c.Ref, by, ok)
			}
			fmt.Fprintf(&b, "  %d %s %s %d steps, with %v\n", c.N, c.Ref, c.State, len(c.Steps), numbersOf(l.Sentence(text, "en", c.Group)))
		}
		for _, ln := range l.LinesOf(text) {
			if one, ok := l.Line(ln.Ref); !ok || one != ln {
				t.Errorf("the line %s is %+v, want %+v", ln.Ref, one, ln)
			}
			if s, ok := l.Summary(ln.Ref); s != ln.Summary || ok != (s != nil) {
				t.Errorf("the summary of %s is %+v, want %+v", ln.Ref, s, ln.Summary)
			}
			before, after := l.Beside(ln.Ref)
			fmt.Fprintf(&b, "  %s between %s and %s\n", said(ln), before, after)
		}
	}
	fmt.Fprintf(&b, "%s; %d lines of %d texts\n%v\n", refsOf(l.Lines()), l.Len(), l.CountTexts(), l.Strengths())
	fmt.Fprintf(&b, "dated %d, due %s, passed %s\n", l.CountDated(), refsOf(slices.Collect(l.Due(middle))), refsOf(slices.Collect(l.Passed(middle))))
	return b.String()
}

// deeds does to a ledger and to the model what acts may do, by chance.
type deeds struct {
	*rand.Rand
	l   *commitment.Ledger
	m   *naive
	act int64
}

func (d *deeds) step(reason string) commitment.Step {
	d.act++
	return commitment.Step{Act: d.act, Reason: reason}
}

// read is something that may be read in a text.
func (d *deeds) read() commitment.Proposal {
	p := commitment.Proposal{Clause: fmt.Sprint(d.IntN(3)), Start: d.IntN(50), End: 60, Strength: commitment.Strength(1 + d.IntN(5)), Group: 1 + d.IntN(4)}
	if d.IntN(2) == 0 {
		p.Deadline = &commitment.Deadline{Value: calendar.MustWindow([]string{"2025", "2026-12-31", middle, "2027-06", "P2Y", "NOW"}[d.IntN(6)])}
	}
	if track := []string{"", "water", "trade"}[d.IntN(3)]; track != "" {
		p.Tracks = []string{track}
	}
	return p
}

func (d *deeds) enter(text, ref string) {
	c := commitment.Commitment{Text: text, Ref: ref, Language: "en", Steps: []commitment.Step{d.step("")}, Proposal: d.read()}
	d.l.Enter(c)
	d.m.enter(c)
}

func (d *deeds) decide(c commitment.Commitment, to commitment.State) {
	by := d.step("a reason")
	d.l.Decide(c, to, by)
	d.m.decide(c, to, by)
}

// do does one thing to a text.
func (d *deeds) do(text string) {
	var c commitment.Commitment
	if of := d.m.entries[text]; len(of) > 0 {
		c = of[d.IntN(len(of))]
	}
	switch what := d.IntN(8); {
	case what == 0:
		p := d.read()
		s := commitment.Summary{Ref: d.m.free(text), Text: text, Clause: p.Clause, Strength: p.Strength, Deadline: p.Deadline, Tracks: p.Tracks}
		d.l.Summarize(s)
		d.m.summarize(s)
	case what == 1 || c.N == 0:
		d.enter(text, d.unheld(text))
	case what == 2 && c.State == commitment.Proposed:
		d.decide(c, commitment.Refused)
	case what == 3 && (c.State == commitment.Accepted || c.State == commitment.Refused):
		d.decide(c, commitment.Proposed)
	case what == 4 && (c.State == commitment.Accepted || c.State == commitment.Proposed):
		c.Proposal = d.read()
		d.decide(c, c.State)
	case what == 5 && c.State == commitment.Proposed:
		first, second := c.Ref, d.m.free(text)
		c.Ref = ""
		d.decide(c, commitment.Divided)
		d.enter(text, first)
		d.enter(text, second)
	case what == 6 && c.State == commitment.Proposed:
		ref := c.Ref
		c.Ref = ""
		d.decide(c, commitment.Merged)
		d.enter(text, ref)
	case c.State == commitment.Proposed:
		if d.IntN(3) == 0 {
			c.Ref = d.m.free(text)
		}
		d.decide(c, commitment.Accepted)
	}
}

// unheld is a reference for a new proposal: that of a summary which no proposal has, or a free one.
func (d *deeds) unheld(text string) string {
	for _, s := range d.m.summaries[text] {
		if d.IntN(2) == 0 && !slices.ContainsFunc(d.m.entries[text], func(c commitment.Commitment) bool { return c.Ref == s.Ref }) {
			return s.Ref
		}
	}
	return d.m.free(text)
}

// Whatever the acts do, the ledger says what the naive one says, and every older ledger what it said when it was the newest.
func TestTheLedgerSaysWhatANaiveOneSays(t *testing.T) {
	t.Parallel()
	texts := []string{"LAK25", "ANN24", "B-C-1"}
	for seed := range uint64(30) {
		d := deeds{Rand: rand.New(rand.NewPCG(seed, 1)), l: &commitment.Ledger{}, m: newNaive()}
		var older []*commitment.Ledger
		var views []string
		for range 60 {
			d.l = d.l.Next()
			for range 1 + d.IntN(3) {
				d.do(texts[d.IntN(len(texts))])
			}
			got, want := viewOf(t, d.l, texts), d.m.view(texts)
			if got != want {
				t.Fatalf("seed %d: the ledger says\n%s\nwant\n%s", seed, got, want)
			}
			older, views = append(older, d.l), append(views, want)
		}
		for i, l := range older {
			if got := viewOf(t, l, texts); got != views[i] {
				t.Fatalf("seed %d: ledger %d says\n%s\nand said\n%s", seed, i, got, views[i])
			}
		}
	}
}

// Two ledgers that begin as one grow apart.
func TestTwoLedgersOfOneGrowApart(t *testing.T) {
	t.Parallel()
	one := (&commitment.Ledger{}).Next()
	one.Enter(entered("LAK25-01", 0, 1))
	a, b := one.Next(), one.Next()
	decide(a, 1, commitment.Accepted, 2, "")
	decide(b, 1, commitment.Refused, 2, "past")
	a.Enter(entered("LAK25-02", 10, 1))
	if one.Counts("LAK25").Proposed != 1 || a.Len() != 1 || b.Len() != 0 || b.NextNumber("LAK25") != 2 {
		t.Errorf("before %+v, one way %+v, the other %+v", one.Counts("LAK25"), a.Counts("LAK25"), b.Counts("LAK25"))
	}
}
