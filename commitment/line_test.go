package commitment_test

import (
	"slices"
	"testing"

	"concord/calendar"
	"concord/commitment"
)

func TestALineSpeaksAsItWasAcceptedElseAsItWasSummarized(t *testing.T) {
	t.Parallel()
	due := &commitment.Deadline{Value: calendar.MustWindow("2027"), Basis: commitment.Stated}
	s := &commitment.Summary{
		Ref: "LAK25-01", Strength: commitment.Support, Tracks: []string{"trade"}, Instrument: "roadmap", Deadline: due,
		Actor: commitment.SummaryActor{Kind: commitment.Organ, Parties: []string{"XA"}},
	}
	ln := commitment.Line{Ref: "LAK25-01", Summary: s}
	kind, parties := ln.Bound()
	if ln.State() != commitment.Summarized || ln.Strength() != commitment.Support || ln.Deadline() != due || !slices.Equal(ln.Tracks(), s.Tracks) ||
		ln.Instrument() != "roadmap" || kind != commitment.Organ || !slices.Equal(parties, []string{"XA"}) {
		t.Errorf("summarized, it says %v %v %v %v %v %v %v", ln.State(), ln.Strength(), ln.Deadline(), ln.Tracks(), ln.Instrument(), kind, parties)
	}
	ln.Accepted = &commitment.Commitment{Proposal: commitment.Proposal{
		Strength: commitment.Decide, Tracks: []string{"water"}, Instrument: "treaty", Actor: commitment.Actor{Kind: commitment.One, Parties: []string{"XB"}},
	}}
	kind, parties = ln.Bound()
	if ln.State() != commitment.Accepted || ln.Strength() != commitment.Decide || ln.Deadline() != nil || !slices.Equal(ln.Tracks(), []string{"water"}) ||
		ln.Instrument() != "treaty" || kind != commitment.One || !slices.Equal(parties, []string{"XB"}) {
		t.Errorf("accepted, it says %v %v %v %v %v %v %v", ln.State(), ln.Strength(), ln.Deadline(), ln.Tracks(), ln.Instrument(), kind, parties)
	}
}

func TestHowALineStandsToAParty(t *testing.T) {
	t.Parallel()
	text := []string{"KZ", "UZ"}
	for _, c := range []struct {
		name  string
		actor commitment.Actor
		want  map[string]commitment.Binding
	}{
		{"all parties", commitment.Actor{Kind: commitment.All}, map[string]commitment.Binding{"KZ": commitment.BindsIt, "UZ": commitment.BindsIt, "TM": commitment.BindsNot}},
		{"one of them", commitment.Actor{Kind: commitment.One, Parties: []string{"KZ"}}, map[string]commitment.Binding{"KZ": commitment.BindsIt, "UZ": commitment.BindsNot}},
		{"some, not listed", commitment.Actor{Kind: commitment.Subset}, map[string]commitment.Binding{"KZ": commitment.MayBindIt, "TM": commitment.BindsNot}},
		{"an organ of some", commitment.Actor{Kind: commitment.Organ, Parties: []string{"UZ"}}, map[string]commitment.Binding{"KZ": commitment.BindsNot, "UZ": commitment.BindsIt}},
	} {
		_, bound := commitment.Line{Accepted: &commitment.Commitment{Proposal: commitment.Proposal{Actor: c.actor}}}.BoundIn(text)
		for party, want := range c.want {
			if got := commitment.BindingOf(party, bound, text); got != want {
				t.Errorf("%s: to %s it is %q, want %q", c.name, party, got, want)
			}
		}
	}
}

func TestWhatATextLeavesOpen(t *testing.T) {
	t.Parallel()
	due := &commitment.Deadline{Value: calendar.MustWindow("NOW")}
	all := commitment.Actor{Text: "The Parties", Kind: commitment.All}
	for name, c := range map[string]struct {
		p    commitment.Proposal
		want []commitment.Element
	}{
		"nothing":              {commitment.Proposal{Actor: all, Action: "build", Deadline: due}, nil},
		"when":                 {commitment.Proposal{Actor: all, Action: "build"}, []commitment.Element{commitment.When}},
		"what, a blank":        {commitment.Proposal{Actor: all, Action: " \t", Deadline: due}, []commitment.Element{commitment.What}},
		"who, not listed":      {commitment.Proposal{Actor: commitment.Actor{Text: "those concerned", Kind: commitment.Subset}, Action: "build", Deadline: due}, []commitment.Element{commitment.Who}},
		"nobody":               {commitment.Proposal{Actor: commitment.Actor{Kind: commitment.All}, Action: "build", Deadline: due}, []commitment.Element{commitment.Who}},
		"listed without words": {commitment.Proposal{Actor: commitment.Actor{Kind: commitment.One, Parties: []string{"XA"}}, Action: "build", Deadline: due}, nil},
		"everything":           {commitment.Proposal{}, commitment.Elements()},
	} {
		if got := c.p.Missing(); !slices.Equal(got, c.want) {
			t.Errorf("%s: missing %v, want %v", name, got, c.want)
		}
		ln := commitment.Line{Accepted: &commitment.Commitment{Proposal: c.p}}
		if got := ln.Missing(); !slices.Equal(got, c.want) {
			t.Errorf("%s: the line misses %v, want %v", name, got, c.want)
		}
	}
	open := commitment.Line{Summary: &commitment.Summary{Actor: commitment.SummaryActor{Kind: commitment.Organ}}}
	if got := open.Missing(); !slices.Equal(got, []commitment.Element{commitment.Who, commitment.When}) {
		t.Errorf("a summary without parties and day misses %v", got)
	}
	open.Summary.Actor.Kind, open.Summary.Deadline = commitment.All, due
	if got := open.Missing(); got != nil {
		t.Errorf("a summary of all parties, at once, misses %v", got)
	}
}

func TestReferencesAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	for n, ref := range map[int]string{1: "CHD24-01", 9: "CHD24-09", 10: "CHD24-10", 123: "CHD24-123"} {
		if got := commitment.Ref("CHD24", n); got != ref {
			t.Errorf("number %d is %s, want %s", n, got, ref)
		}
		if commitment.RefNumber(ref) != n || commitment.TextOf(ref) != "CHD24" || !commitment.ValidRef("CHD24", ref) {
			t.Errorf("%s is number %d of %s", ref, commitment.RefNumber(ref), commitment.TextOf(ref))
		}
	}
	for _, ref := range []string{"", "CHD24", "CHD24-", "CHD24-00", "CHD24-7", "CHD24-007", "CHD24-x7", "XIA23-07", "CHD24-07 ", "CHD24--07"} {
		if commitment.ValidRef("CHD24", ref) {
			t.Errorf("%q is a reference of CHD24", ref)
		}
	}
	if commitment.TextOf("A-B-12") != "A-B" || commitment.TextOf("none") != "" || commitment.RefNumber("CHD24-1x") != 0 {
		t.Error("a code with a hyphen keeps it; what has no number has none")
	}
}
