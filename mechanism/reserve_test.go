package mechanism_test

import (
	"slices"
	"testing"

	"concord/calendar"
	"concord/commitment"
	"concord/mechanism"
)

// What is read in a text keeps the references under which the pack summarizes it, clause by clause and in order.
func TestProposalsTakeTheReferencesOfTheirSummaries(t *testing.T) {
	m := found(t, lake)
	read := func(clause string, s commitment.Strength, kind commitment.ActorKind, track string) commitment.Proposal {
		return commitment.Proposal{Clause: clause, Strength: s, Actor: commitment.Actor{Kind: kind}, Tracks: []string{track}}
	}
	monthly := read("2", 4, commitment.Subset, "water")
	monthly.Deadline = &commitment.Deadline{Value: calendar.MustWindow("R/P1M"), Basis: "recurring"}
	lifeboats := read("5", 5, commitment.All, "ferries")
	lifeboats.Instrument = "agreement"
	for name, c := range map[string]struct {
		read []commitment.Proposal
		want []string
	}{
		"all in order":             {[]commitment.Proposal{read("2", 5, commitment.All, "water"), monthly}, []string{"COR25-01", "COR25-02"}},
		"the first was not read":   {[]commitment.Proposal{monthly}, []string{"COR25-02"}},
		"one more than summarized": {[]commitment.Proposal{read("2", 5, commitment.All, "water"), read("2", 2, commitment.One, "ferries"), monthly}, []string{"COR25-01", "COR25-09", "COR25-02"}},
		"a clause of no summary":   {[]commitment.Proposal{read("99", 5, commitment.All, "water"), lifeboats}, []string{"COR25-09", "COR25-06"}},
		"nothing":                  {nil, nil},
	} {
		var refs []string
		for _, item := range m.Reserve("COR25", c.read) {
			refs = append(refs, item.Ref)
		}
		if !slices.Equal(refs, c.want) {
			t.Errorf("%s: %v, want %v", name, refs, c.want)
		}
	}
	if items := m.Reserve("NEW25", []commitment.Proposal{monthly, monthly}); items[0].Ref != "NEW25-01" || items[1].Ref != "NEW25-02" {
		t.Errorf("without summaries: %v", items)
	}
}

func TestATextIsRecognizedByItsDay(t *testing.T) {
	m := found(t, lake)
	for code, day := range map[string]string{"ONE": "2026-01-01", "TWO": "2026-02-02", "TOO": "2026-02-02", "UND": ""} {
		do(t, m, officer, announced(code, func(x *mechanism.Text) { x.Adopted = day }))
	}
	recognized := func(day, lang, want string) {
		t.Helper()
		if code, ok := m.Recognize(day, lang); code != want || ok != (want != "") {
			t.Errorf("%s in %s is %q, want %q", day, lang, code, want)
		}
	}
	recognized("2026-01-01", "en", "ONE")
	recognized("2026-02-02", "en", "") // two of one day
	recognized("2026-03-03", "en", "")
	recognized("", "en", "") // no day is not the day of what has none
	do(t, m, officer, receive("ONE", "The Parties met."))
	recognized("2026-01-01", "en", "") // it has its English copy
	recognized("2026-01-01", "ru", "ONE")
	do(t, m, officer, receive("TWO", "The Parties met again."))
	recognized("2026-02-02", "en", "TOO")
}

func TestNamesFallBackToWhatThereIs(t *testing.T) {
	for _, c := range []struct {
		names mechanism.Names
		lang  string
		want  string
	}{
		{mechanism.Names{"en": "Lake", "ru": "Озеро"}, "ru", "Озеро"}, {mechanism.Names{"en": "Lake", "ru": "Озеро"}, "zh", "Lake"},
		{mechanism.Names{"zh": "湖", "ru": "Озеро"}, "kk", "Озеро"}, {nil, "en", ""},
	} {
		if got := c.names.In(c.lang); got != c.want {
			t.Errorf("%v in %s is %q, want %q", c.names, c.lang, got, c.want)
		}
	}
}

func TestACopyInALanguageOrTheFirst(t *testing.T) {
	x := mechanism.Text{}
	if _, ok := x.Copy("en"); ok {
		t.Error("a text without copies has one")
	}
	x.Copies = []mechanism.Copy{{Language: "ru"}, {Language: "en"}}
	for lang, want := range map[string]string{"en": "en", "ru": "ru", "zh": "ru", "": "ru"} {
		if c, ok := x.Copy(lang); !ok || c.Language != want {
			t.Errorf("the copy for %q is in %q, want %q", lang, c.Language, want)
		}
	}
}
