package commitment_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"concord/calendar"
	"concord/commitment"
)

// enter puts a proposal of text T into a ledger.
func enter(l *commitment.Ledger, ref string) *commitment.Commitment {
	return l.Enter(commitment.Commitment{Text: "T", Ref: ref, Language: "en", Steps: []commitment.Step{{Act: 1}}, Proposal: commitment.Proposal{Strength: 3, Group: 1}})
}

// account is a ledger kept as plain lists, to hold the real one against.
type account struct {
	entries []commitment.Commitment
}

func (a account) in(s commitment.State) (refs []string) {
	for _, c := range a.entries {
		if c.State == s {
			refs = append(refs, c.Ref)
		}
	}
	return refs
}

// Whatever is decided in whatever order, the ledger counts, lists and finds what a plain list of the decisions has; older
// ledgers stay as they were.
func TestALedgerKeepsItsAccounts(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 9))
		l, plain := &commitment.Ledger{}, account{}
		type kept struct {
			ledger *commitment.Ledger
			plain  account
		}
		var older []kept
		for step := range 80 {
			if rng.IntN(6) == 0 {
				older = append(older, kept{l, account{slices.Clone(plain.entries)}})
				l = l.Next()
			}
			if n := len(plain.entries); n == 0 || rng.IntN(3) == 0 {
				c := enter(l, l.FreeRef("T"))
				if c.N != n+1 || c.State != commitment.Proposed {
					t.Fatalf("the %d. proposal has number %d and is %s", n+1, c.N, c.State)
				}
				plain.entries = append(plain.entries, *c)
				continue
			}
			i := rng.IntN(len(plain.entries))
			to := []commitment.State{commitment.Accepted, commitment.Refused, commitment.Proposed}[rng.IntN(3)]
			held, _ := l.At("T", i+1)
			l.Decide(*held, to, commitment.Step{Act: int64(step)})
			plain.entries[i].State = to
		}
		for _, k := range append(older, kept{l, plain}) {
			holdAgainst(t, seed, k.ledger, k.plain)
		}
	}
}

func holdAgainst(t *testing.T, seed uint64, l *commitment.Ledger, plain account) {
	t.Helper()
	var waiting, lines []string
	for _, c := range l.Waiting("T") {
		waiting = append(waiting, c.Ref)
	}
	for _, ln := range l.LinesOf("T") {
		lines = append(lines, ln.Ref)
	}
	proposed, accepted := plain.in(commitment.Proposed), plain.in(commitment.Accepted)
	slices.Sort(waiting)
	slices.SortFunc(lines, func(a, b string) int { return commitment.RefNumber(a) - commitment.RefNumber(b) })
	if !slices.Equal(waiting, proposed) || !slices.Equal(lines, accepted) {
		t.Errorf("seed %d: %v wait and %v stand, want %v and %v", seed, waiting, lines, proposed, accepted)
	}
	want := commitment.Counts{Proposed: len(proposed), Accepted: len(accepted), Refused: len(plain.in(commitment.Refused))}
	if got := l.Counts("T"); got != want || l.Len() != len(accepted) || len(l.Lines()) != len(accepted) {
		t.Errorf("seed %d: counted as %+v with %d lines, want %+v", seed, got, l.Len(), want)
	}
	for i, c := range plain.entries {
		held, ok := l.Holder(c.Ref)
		if _, stands := l.ByRef(c.Ref); !ok || held.N != i+1 || held.State != c.State || stands != (c.State == commitment.Accepted) {
			t.Errorf("seed %d: %s is held by %+v", seed, c.Ref, held)
		}
		if !l.RefTaken("T", c.Ref, 0) || l.RefTaken("T", c.Ref, c.N) {
			t.Errorf("seed %d: whether %s is taken depends on nobody", seed, c.Ref)
		}
	}
	if l.NextNumber("T") != len(plain.entries)+1 || len(l.Sentence("T", "en", 1)) != len(plain.entries) || len(l.Sentence("T", "ru", 1)) != 0 {
		t.Errorf("seed %d: the next number is %d after %d", seed, l.NextNumber("T"), len(plain.entries))
	}
}

func TestNeighboursOfALine(t *testing.T) {
	l := &commitment.Ledger{}
	for _, ref := range []string{"T-02", "T-07", "T-10", "T-100"} {
		l.Decide(*enter(l, ref), commitment.Accepted, commitment.Step{Act: 2})
	}
	for ref, want := range map[string]string{"T-02": " T-07", "T-07": "T-02 T-10", "T-10": "T-07 T-100", "T-100": "T-10 "} {
		before, after := l.Beside(ref)
		if got := before + " " + after; got != want {
			t.Errorf("beside %s stand %q, want %q", ref, got, want)
		}
	}
	if free := l.FreeRef("T"); free != "T-101" {
		t.Errorf("the free reference is %s", free)
	}
	if free := l.FreeRef("NEW"); free != "NEW-01" {
		t.Errorf("the first reference of a text is %s", free)
	}
}

// A summary stands in the ledger before its text is read, and gives way to what is accepted under its reference.
func TestASummaryAndTheCommitmentOfItsReferenceAreOneLine(t *testing.T) {
	l := &commitment.Ledger{}
	l.Summarize(commitment.Summary{Ref: "T-01", Text: "T", Clause: "3", Strength: 5, Instrument: "agreement", Tracks: []string{"water"},
		Actor: commitment.SummaryActor{Kind: commitment.Subset}, Deadline: &commitment.Deadline{Value: calendar.MustWindow("2027"), Basis: commitment.Stated}})
	ln, ok := l.Line("T-01")
	if !ok || ln.Strength() != 5 || ln.Instrument() != "agreement" || ln.Tracks()[0] != "water" || ln.Deadline() == nil || fmt.Sprint(ln.Missing()) != "[who]" {
		t.Errorf("summarized, the line is %+v (%v)", ln, ok)
	}
	c := *enter(l, "T-01")
	if ln, _ := l.Line("T-01"); ln.Accepted != nil {
		t.Error("a proposal stands in the line before it is accepted")
	}
	l.Decide(c, commitment.Accepted, commitment.Step{Act: 2})
	ln, _ = l.Line("T-01")
	if ln.Strength() != 3 || ln.Instrument() != "" || ln.Deadline() != nil || ln.Summary == nil || l.Len() != 1 {
		t.Errorf("accepted, the line is %+v of %d", ln, l.Len())
	}
	l.Decide(c, commitment.Proposed, commitment.Step{Act: 3})
	if ln, ok := l.Line("T-01"); !ok || ln.Accepted != nil || ln.Strength() != 5 {
		t.Errorf("opened again, the line is %+v (%v): the summary stands again", ln, ok)
	}
	if got := l.Counts("T"); got != (commitment.Counts{Summarized: 1, Proposed: 1}) {
		t.Errorf("counted as %+v", got)
	}
}

func TestReferences(t *testing.T) {
	for ref, want := range map[string]bool{
		"CHD24-01": true, "CHD24-17": true, "CHD24-100": true, "CHD24-1": false, "CHD24-001": false, "CHD24-00": false, "CHD24-": false, "CHD24": false,
		"CHD2417": false, "CHD24-x1": false, "XHD24-01": false, "": false, "CHD24-017": false, "CHD24--1": false,
	} {
		if got := commitment.ValidRef("CHD24", ref); got != want {
			t.Errorf("%q is a reference of CHD24: %v", ref, got)
		}
	}
	for n := range 1200 {
		ref := commitment.Ref("CHD24", n)
		if commitment.RefNumber(ref) != n || commitment.TextOf(ref) != "CHD24" || commitment.ValidRef("CHD24", ref) != (n > 0) {
			t.Errorf("%s is read as number %d of %s", ref, commitment.RefNumber(ref), commitment.TextOf(ref))
		}
	}
	if commitment.TextOf("CHD24") != "" || commitment.TextOf("-1") != "" {
		t.Error("what has no text has one")
	}
}

// Whom a line binds: all parties are those of its text, and parties that a text does not list are not guessed.
func TestWhomALineBinds(t *testing.T) {
	of := []string{"CN", "KZ"}
	for name, c := range map[string]struct {
		actor commitment.Actor
		want  []string
	}{
		"all":            {commitment.Actor{Kind: commitment.All}, of},
		"all, named":     {commitment.Actor{Kind: commitment.All, Parties: []string{"KZ"}}, []string{"KZ"}},
		"one":            {commitment.Actor{Kind: commitment.One, Parties: []string{"CN"}}, []string{"CN"}},
		"some, unlisted": {commitment.Actor{Kind: commitment.Subset, Text: "the parties concerned"}, nil},
		"an organ":       {commitment.Actor{Kind: commitment.Organ, Text: "the Secretariat"}, nil},
	} {
		ln := commitment.Line{Accepted: &commitment.Commitment{Proposal: commitment.Proposal{Actor: c.actor}}}
		kind, got := ln.BoundIn(of)
		if kind != c.actor.Kind || !slices.Equal(got, c.want) {
			t.Errorf("%s: %s binds %v, want %v", name, kind, got, c.want)
		}
		missing := strings.Contains(fmt.Sprint(ln.Missing()), "who")
		if want := c.actor.Kind != commitment.All && c.actor.Parties == nil; name != "all" && missing != want {
			t.Errorf("%s: who is missing: %v", name, missing)
		}
	}
}
