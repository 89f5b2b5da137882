package commitment_test

import (
	"slices"
	"strings"
	"testing"

	"concord/calendar"
	"concord/commitment"
)

// spanning is a proposal of the words of a reading.
func spanning(reading, words string) commitment.Proposal {
	start := strings.Index(reading, words)
	return commitment.Proposal{Clause: "2", Start: start, End: start + len(words), Action: words, Strength: commitment.Pledge}
}

func TestWhatJoinsTwoPromisesBelongsToNeither(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ reading, at, first, second string }{
		{"The Parties open a line and simplify the papers", "simplify", "The Parties open a line", "simplify the papers"},
		{"Стороны открывают линию, а также упрощают бумаги", "упрощают", "Стороны открывают линию", "упрощают бумаги"},
		{"各方开通航线，并简化文件", "简化", "各方开通航线", "简化文件"},
	} {
		first, second, ok := spanning(c.reading, c.reading).Split(c.reading, strings.Index(c.reading, c.at))
		if !ok {
			t.Errorf("%q is not split", c.reading)
			continue
		}
		if a, b := c.reading[first.Start:first.End], c.reading[second.Start:second.End]; a != c.first || b != c.second || first.Action != a || second.Action != b {
			t.Errorf("%q is split into %q and %q, which do %q and %q", c.reading, a, b, first.Action, second.Action)
		}
	}
}

func TestTheFirstPartKeepsItsActionWithoutTheSubject(t *testing.T) {
	t.Parallel()
	const reading = "The Parties open a line and simplify the papers"
	p := spanning(reading, reading)
	p.Action = "open a line and simplify the papers"
	if first, _, ok := p.Split(reading, strings.Index(reading, "simplify")); !ok || first.Action != "open a line" {
		t.Errorf("it does %q", first.Action)
	}
}

func TestAProposalIsNotSplitOutsideItsWords(t *testing.T) {
	t.Parallel()
	const reading = "各方 open a line, "
	p := spanning(reading, reading)
	for name, at := range map[string]int{"before": -1, "its beginning": 0, "inside a character": 1, "its end": len(reading), "nothing behind it": len(reading) - 1} {
		if _, _, ok := p.Split(reading, at); ok {
			t.Errorf("%s: split at %d", name, at)
		}
	}
}

func TestMergedIsFromTheFirstWordToTheLastWithWhatEitherHas(t *testing.T) {
	t.Parallel()
	const reading = "The Parties open a line by 2026. They will simplify papers."
	a, b := spanning(reading, "open a line"), spanning(reading, "will simplify papers")
	a.Strength, b.Strength = commitment.Pledge, commitment.Decide
	a.Tracks, b.Tracks = []string{"trade"}, []string{"transport", "trade"}
	b.Deadline, b.Instrument = &commitment.Deadline{Value: calendar.MustWindow("2026")}, "roadmap"
	all := a.Merge(reading, b)
	if got := reading[all.Start:all.End]; got != "open a line by 2026. They will simplify papers" || all.Action != got {
		t.Errorf("the words are %q, the action %q", got, all.Action)
	}
	if all.Strength != commitment.Decide || all.Deadline != b.Deadline || all.Instrument != "roadmap" || !slices.Equal(all.Tracks, []string{"trade", "transport"}) {
		t.Errorf("merged is %+v", all)
	}
	if back := b.Merge(reading, a); back.Start != all.Start || back.End != all.End {
		t.Errorf("the other way round it is %d to %d", back.Start, back.End)
	}
}

func TestWhoIsBound(t *testing.T) {
	t.Parallel()
	text := []string{"KZ", "UZ"}
	for _, c := range []struct {
		kind  commitment.ActorKind
		named []string
		want  []string
	}{
		{commitment.All, nil, text}, {commitment.One, []string{"KZ"}, []string{"KZ"}}, {commitment.Subset, nil, nil}, {commitment.Organ, nil, nil},
	} {
		ln := commitment.Line{Accepted: &commitment.Commitment{Proposal: commitment.Proposal{Actor: commitment.Actor{Kind: c.kind, Parties: c.named}}}}
		if kind, got := ln.BoundIn(text); kind != c.kind || !slices.Equal(got, c.want) {
			t.Errorf("%s naming %v binds %v, want %v", c.kind, c.named, got, c.want)
		}
	}
}
