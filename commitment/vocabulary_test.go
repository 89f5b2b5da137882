package commitment_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"concord/calendar"
	"concord/commitment"
)

func TestStrengthsGoFromDecideToExplore(t *testing.T) {
	t.Parallel()
	var names []string
	for i, s := range commitment.Strengths() {
		if !s.Valid() || int(s) != 5-i {
			t.Errorf("strength %d has place %d, valid %v", s, i, s.Valid())
		}
		names = append(names, s.Name())
	}
	if got := strings.Join(names, " "); got != "decide pledge intend support explore" {
		t.Errorf("they are called %s", got)
	}
	for s, name := range map[commitment.Strength]string{-1: "", commitment.None: "none", 6: ""} {
		if s.Valid() || s.Name() != name {
			t.Errorf("strength %d is valid %v and called %q, want %q", s, s.Valid(), s.Name(), name)
		}
	}
}

func TestAVocabularyHasEachValueOnceAndTakesNoOther(t *testing.T) {
	t.Parallel()
	holds(t, "kinds of actors", commitment.ActorKinds(), "all one subset organ", commitment.ActorKind.Valid)
	holds(t, "bases", commitment.Bases(), "stated relative recurring soft", commitment.Basis.Valid)
	holds(t, "sources", commitment.Sources(), "own chapeau", commitment.Source.Valid)
	holds(t, "states", commitment.States(), "proposed accepted refused divided merged withdrawn", nil)
	holds(t, "origins", commitment.Origins(), "program person", nil)
	holds(t, "elements", commitment.Elements(), "who what when", nil)
	for name, values := range map[string][]string{"instruments": commitment.Instruments(), "modifiers": commitment.Modifiers(), "reasons": commitment.Reasons()} {
		if sorted := slices.Sorted(slices.Values(values)); len(slices.Compact(sorted)) != len(values) || slices.Contains(values, "") {
			t.Errorf("%s: one stands twice or is empty in %q", name, values)
		}
	}
}

// holds says that a vocabulary has the values wanted and, where it is asked, that nothing else is valid.
func holds[T ~string](t *testing.T, name string, values []T, want string, valid func(T) bool) {
	t.Helper()
	var got []string
	for _, v := range values {
		got = append(got, string(v))
		if valid != nil && !valid(v) {
			t.Errorf("%s: %q is not valid", name, v)
		}
	}
	if strings.Join(got, " ") != want {
		t.Errorf("%s are %q, want %s", name, got, want)
	}
	for _, other := range []T{"", "All", "own ", "nothing"} {
		if valid != nil && valid(other) {
			t.Errorf("%s: %q is valid", name, other)
		}
	}
}

func TestADeadlineIsWrittenAsItsOwnString(t *testing.T) {
	t.Parallel()
	const as = `{"text":"every second year from 2026","value":"R/P2Y;2026","basis":"recurring"}`
	var d commitment.Deadline
	if err := json.Unmarshal([]byte(as), &d); err != nil {
		t.Fatal(err)
	}
	if d.Value.Kind != calendar.Recurrence || d.Basis != commitment.Recurring {
		t.Errorf("it is read as %+v", d)
	}
	if back, err := json.Marshal(d); err != nil || string(back) != as {
		t.Errorf("it is written %s, error %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"value":"next spring"}`), &d); err == nil {
		t.Error("next spring is taken for a value")
	}
}

func TestADeadlineEndsWithItsWindow(t *testing.T) {
	t.Parallel()
	for value, last := range map[string]string{"2028-02": "2028-02-29", "2027-01-01/2027-06-30": "2027-06-30", "P5Y": "", "R/P2Y;2026": "", "NOW": ""} {
		if got := (&commitment.Deadline{Value: calendar.MustWindow(value)}).LastDay().String(); got != last {
			t.Errorf("%s ends %q, want %q", value, got, last)
		}
	}
	if last := (*commitment.Deadline)(nil).LastDay(); !last.IsZero() {
		t.Errorf("no deadline ends %s", last)
	}
}
