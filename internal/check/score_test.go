package check

import (
	"strings"
	"testing"
)

// one is a commitment of the words from start to end.
func one(id string, start, end int) Coded {
	return Coded{ID: id, Start: start, End: end, Group: id, Strength: 4, Kind: "all"}
}

// The figures of extraction in the README stand and fall with this scorer, so its rule is held here case by case.
func TestSpansMatchFromHalfOn(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name       string
		start, end int
		match      bool
	}{
		{"the same", 100, 200, true},
		{"half of it", 100, 150, true},
		{"less than half", 100, 149, false},
		{"twice as long", 100, 300, true},
		{"more than twice as long", 100, 301, false},
		{"shifted by a third", 133, 233, true},
		{"shifted by more", 134, 234, false},
		{"beside it", 200, 300, false},
		{"far away", 500, 600, false},
		{"empty", 100, 100, false},
	} {
		s := Compare([]Coded{one("g", 100, 200)}, nil, []Coded{one("p", c.start, c.end)})
		if (s.Matched == 1) != c.match || len(s.Missed) != 1-s.Matched || len(s.Extra) != 1-s.Matched {
			t.Errorf("%s: %+v", c.name, s)
		}
	}
}

// Each commitment is found once at most, by the proposal closest to it: proposing the same words five times gains nothing.
func TestMatchesAreOneToOne(t *testing.T) {
	t.Parallel()
	gold := []Coded{one("a", 0, 100), one("b", 100, 200)}
	far, near := one("far", 0, 140), one("near", 0, 110)
	far.Strength = 1
	s := Compare(gold, nil, []Coded{far, near, near, near})
	if s.Matched != 1 || s.Strength != 1 || len(s.Extra) != 3 || len(s.Missed) != 1 || s.Missed[0].ID != "b" {
		t.Errorf("%s\n%s", s, s.Report())
	}
	if got, want := s.F1(), 2.0/6; got != want { // one found of two, four proposed
		t.Errorf("F1 is %v, want %v", got, want)
	}
	// A span over two commitments is one of them at most.
	if s := Compare(gold, nil, []Coded{one("both", 0, 200)}); s.Matched != 1 {
		t.Errorf("one proposal found %d", s.Matched)
	}
}

func TestScoresAtTheirEnds(t *testing.T) {
	t.Parallel()
	gold := []Coded{one("a", 0, 100), one("b", 100, 200)}
	if s := Compare(gold, nil, gold); s.F1() != 1 || s.GroupF1() != 1 || s.Share(s.Strength) != 1 || len(s.Differ) != 0 {
		t.Errorf("the coding against itself: %s", s)
	}
	for name, s := range map[string]Score{
		"nothing proposed": Compare(gold, nil, nil), "nothing coded": Compare(nil, nil, gold), "nothing at all": Compare(nil, nil, nil),
	} {
		if s.F1() != 0 || s.GroupF1() != 0 || s.Share(0) != 0 {
			t.Errorf("%s: %s", name, s)
		}
	}
}

// What was read of a commitment is judged on those that were found.
func TestWhatIsSaidOfACommitment(t *testing.T) {
	t.Parallel()
	gold := one("a", 0, 100)
	gold.Parties, gold.Deadline = []string{"KZ", "UZ"}, "2027-12-31"
	for name, c := range map[string]struct {
		change                                            func(p *Coded)
		strength, actor, parties, deadlines, right, wrong int
	}{
		"all right":          {func(*Coded) {}, 1, 1, 1, 1, 1, 0},
		"another strength":   {func(p *Coded) { p.Strength = 2 }, 0, 1, 1, 1, 1, 0},
		"another actor":      {func(p *Coded) { p.Kind = "organ" }, 1, 0, 1, 1, 1, 0},
		"a party less":       {func(p *Coded) { p.Parties = []string{"KZ"} }, 1, 1, 0, 1, 1, 0},
		"another deadline":   {func(p *Coded) { p.Deadline = "2028" }, 1, 1, 1, 1, 0, 0},
		"no deadline":        {func(p *Coded) { p.Deadline = "" }, 1, 1, 1, 1, 0, 0},
		"found nowhere near": {func(p *Coded) { p.Start, p.End = 900, 1000 }, 0, 0, 0, 1, 0, 0},
	} {
		p := gold
		c.change(&p)
		s := Compare([]Coded{gold}, nil, []Coded{p})
		if s.Strength != c.strength || s.Actor != c.actor || s.Parties != c.parties || s.Deadlines != c.deadlines || s.DeadlinesRight != c.right || s.DeadlinesWrong != c.wrong {
			t.Errorf("%s: %+v", name, s)
		}
		if s.Matched == 1 && (len(s.Differ) == 0) != (p.Strength == 4 && p.Kind == "all" && len(p.Parties) == 2 && p.Deadline == gold.Deadline) {
			t.Errorf("%s: differs in %q", name, s.Differ)
		}
	}
	plain, dated := one("a", 0, 100), one("p", 0, 100)
	dated.Deadline = "2027"
	if s := Compare([]Coded{plain}, nil, []Coded{dated}); s.Deadlines != 0 || s.DeadlinesWrong != 1 {
		t.Errorf("a deadline that nobody set: %+v", s)
	}
}

// A proposal in a passage that a person judged to be none is struck, whether it matches something or not.
func TestProposalsOnRejectedPassagesAreStruck(t *testing.T) {
	t.Parallel()
	rejected := []Coded{one("r", 100, 200)}
	for _, c := range []struct {
		start, end int
		struck     bool
	}{{100, 200, true}, {120, 130, true}, {50, 150, true}, {50, 149, false}, {0, 100, false}, {0, 400, false}} {
		s := Compare(nil, rejected, []Coded{one("p", c.start, c.end)})
		if (len(s.Struck) == 1) != c.struck {
			t.Errorf("%d to %d: struck %v", c.start, c.end, s.Struck)
		}
	}
}

// Commitments of one sentence are one group, wherever the program divided it.
func TestGroupsOfASentence(t *testing.T) {
	t.Parallel()
	a, b := one("a", 0, 50), one("b", 50, 100)
	a.Group, b.Group = "s1", "s1"
	s := Compare([]Coded{a, b}, nil, []Coded{one("whole", 0, 100)})
	if s.Groups != 1 || s.GroupsMatched != 1 || s.GroupF1() != 1 || s.Matched != 1 {
		t.Errorf("%+v", s)
	}
}

func TestCodedTextsAreRead(t *testing.T) {
	t.Parallel()
	const file = `{"id":"1","kind":"commitment","clause":"4.1","start":3,"end":9,"strength":4,"actor_kind":"all","parties":["KZ"],"deadline_norm":"2027","split_group":"s","span_hans":"各方"}
{"id":"2","kind":"commitment","clause":"5","start":9,"end":12,"strength":2}
{"id":"3","kind":"rejected","clause":"6","start":12,"end":15}
`
	commitments, rejected, err := ReadCoded(strings.NewReader(file))
	if err != nil || len(commitments) != 2 || len(rejected) != 1 {
		t.Fatalf("%+v, %+v, %v", commitments, rejected, err)
	}
	if c := commitments[0]; c.Group != "s" || c.Span != "各方" || c.Deadline != "2027" || c.Kind != "all" || c.Clause != "4.1" {
		t.Errorf("%+v", c)
	}
	if commitments[1].Group != "2" {
		t.Errorf("a commitment alone is its own group: %+v", commitments[1])
	}
	if _, _, err := ReadCoded(strings.NewReader("{}\nno JSON\n")); err == nil || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("a broken line: %v", err)
	}
}

func TestTheReportNamesWhatDiffers(t *testing.T) {
	t.Parallel()
	missed, wrong, extra := one("MISSED", 0, 10), one("WRONG", 20, 40), one("p", 500, 600)
	extra.Clause = "EXTRA"
	read := wrong
	read.Strength = 1
	report := Compare([]Coded{missed, wrong}, []Coded{one("r", 500, 600)}, []Coded{read, extra}).Report()
	for _, words := range []string{"missed MISSED", "extra  EXTRA", "struck EXTRA", "differ WRONG", "strength 1, want 4", "F1 0.500 (1 of 2, 2 proposed)"} {
		if !strings.Contains(report, words) {
			t.Errorf("it does not say %q:\n%s", words, report)
		}
	}
}
