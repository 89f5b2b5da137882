package commitment_test

import (
	"fmt"
	"slices"
	"testing"

	"concord/calendar"
	"concord/commitment"
)

// read is a proposal with something in every field.
func read() commitment.Proposal {
	return commitment.Proposal{
		Clause: "2", Start: 10, End: 40, Strength: commitment.Pledge, StrengthFrom: commitment.Own, Action: "open a line",
		Actor:    commitment.Actor{Text: "The Parties", Kind: commitment.All, Parties: []string{"CN", "KZ"}},
		Deadline: &commitment.Deadline{Text: "by 2027", Value: calendar.MustWindow("2027"), Basis: commitment.Stated},
		Tracks:   []string{"trade", "transport"}, Modifiers: []string{"fully"}, Instrument: "agreement",
	}
}

func TestAnEditIsToldByTheFieldsThatDiffer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*commitment.Proposal)
		want   []commitment.Field
	}{
		"nothing":                     {func(p *commitment.Proposal) {}, nil},
		"the same deadline anew":      {func(p *commitment.Proposal) { d := *p.Deadline; p.Deadline = &d }, nil},
		"what no form shows":          {func(p *commitment.Proposal) { p.Cue, p.Rule, p.Group = "will", "x/y", 7 }, nil},
		"where it begins":             {func(p *commitment.Proposal) { p.Start = 11 }, []commitment.Field{commitment.Words}},
		"where it ends":               {func(p *commitment.Proposal) { p.End = 41 }, []commitment.Field{commitment.Words}},
		"its clause":                  {func(p *commitment.Proposal) { p.Clause = "3" }, []commitment.Field{commitment.Clause}},
		"what is done":                {func(p *commitment.Proposal) { p.Action = "open two lines" }, []commitment.Field{commitment.Action}},
		"how firmly":                  {func(p *commitment.Proposal) { p.Strength = commitment.Decide }, []commitment.Field{commitment.StrengthRead}},
		"where the strength was read": {func(p *commitment.Proposal) { p.StrengthFrom = commitment.Chapeau }, []commitment.Field{commitment.StrengthRead}},
		"who, in words":               {func(p *commitment.Proposal) { p.Actor.Text = "The ministers" }, []commitment.Field{commitment.ActorRead}},
		"whom it binds":               {func(p *commitment.Proposal) { p.Actor.Parties = []string{"CN"} }, []commitment.Field{commitment.ActorRead}},
		"no deadline":                 {func(p *commitment.Proposal) { p.Deadline = nil }, []commitment.Field{commitment.DeadlineRead}},
		"the day": {func(p *commitment.Proposal) { d := *p.Deadline; d.Value = calendar.MustWindow("2028"); p.Deadline = &d },
			[]commitment.Field{commitment.DeadlineRead}},
		"the lead track":     {func(p *commitment.Proposal) { p.Tracks = []string{"transport", "trade"} }, []commitment.Field{commitment.Tracks}},
		"the instrument":     {func(p *commitment.Proposal) { p.Instrument = "" }, []commitment.Field{commitment.Instrument}},
		"a modifier":         {func(p *commitment.Proposal) { p.Modifiers = nil }, []commitment.Field{commitment.ModifiedBy}},
		"two things at once": {func(p *commitment.Proposal) { p.Tracks, p.Clause = nil, "4" }, []commitment.Field{commitment.Clause, commitment.Tracks}},
	} {
		was, is := read(), read()
		c.change(&is)
		if got := was.Changes(is); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v changed, want %v", name, got, c.want)
		}
		if got := is.Changes(was); !slices.Equal(got, c.want) {
			t.Errorf("%s, the other way round: %v changed, want %v", name, got, c.want)
		}
	}
}

func TestEveryFieldCanChange(t *testing.T) {
	t.Parallel()
	if got := read().Changes(commitment.Proposal{}); !slices.Equal(got, commitment.Fields()) {
		t.Errorf("from everything to nothing %v change, want %v", got, commitment.Fields())
	}
}

func TestAnActTellsWhatItReplaced(t *testing.T) {
	t.Parallel()
	at := func(end int) *commitment.Proposal { return &commitment.Proposal{End: end} }
	c := commitment.Commitment{Proposal: *at(3), Steps: []commitment.Step{
		{Act: 10}, {Act: 11, Before: at(1)}, {Act: 12}, {Act: 15, Before: at(2)}, {Act: 16},
	}}
	for act, want := range map[int64]string{10: "0 to 0, false", 11: "1 to 2, true", 12: "0 to 0, false", 15: "2 to 3, true", 16: "0 to 0, false", 99: "0 to 0, false"} {
		before, after, ok := c.Edit(act)
		if got := fmt.Sprintf("%d to %d, %v", before.End, after.End, ok); got != want {
			t.Errorf("act %d: %s, want %s", act, got, want)
		}
	}
	if c.Last() != 16 {
		t.Errorf("the newest act is %d, want 16", c.Last())
	}
}

// numbered are commitments with their numbers, states, and places in the text.
func numbered(states ...commitment.State) []*commitment.Commitment {
	var all []*commitment.Commitment
	for i, s := range states {
		all = append(all, &commitment.Commitment{N: i + 1, State: s, Language: "en", Proposal: commitment.Proposal{Start: 100 - 10*i, End: 200}})
	}
	return all
}

func numbersOf(all []*commitment.Commitment) []int {
	var ns []int
	for _, c := range all {
		ns = append(ns, c.N)
	}
	return ns
}

func TestWhatBecameAnotherDoesNotStandForItself(t *testing.T) {
	t.Parallel()
	all := numbered(commitment.States()...)
	if got := numbersOf(commitment.Standing(all)); !slices.Equal(got, []int{3, 2, 1}) { // refused, accepted, proposed, from the end of the text on
		t.Errorf("%v stand, want 3, 2, 1 in the order of their words", got)
	}
	all[0].Language = "aa"
	if got := numbersOf(commitment.Standing(all)); !slices.Equal(got, []int{1, 3, 2}) {
		t.Errorf("%v, want those of the first copy first", got)
	}
	if got := commitment.Standing(nil); got != nil {
		t.Errorf("of none, %v stand", got)
	}
}

func TestTheNextThatWaitsIsFoundAroundTheEnd(t *testing.T) {
	t.Parallel()
	all := numbered(commitment.Refused, commitment.Proposed, commitment.Accepted, commitment.Proposed)
	for _, c := range []struct{ from, step, want int }{{0, 1, 2}, {1, 1, 2}, {2, 1, 4}, {4, 1, 2}, {2, -1, 2}, {0, -1, 4}, {-1, -1, 4}} {
		if got := commitment.NextWaiting(all, c.from, c.step); got == nil || got.N != c.want {
			t.Errorf("from %d by %d: %+v, want number %d", c.from, c.step, got, c.want)
		}
	}
	for _, none := range [][]*commitment.Commitment{nil, numbered(commitment.Accepted, commitment.Refused)} {
		if got := commitment.NextWaiting(none, 0, 1); got != nil {
			t.Errorf("%+v waits where nothing does", got)
		}
	}
}
