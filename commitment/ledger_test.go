package commitment_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"concord/calendar"
	"concord/commitment"
)

// entered is a proposal of LAK25 as the acts enter it, at a place in the text and in a sentence.
func entered(ref string, start, group int) commitment.Commitment {
	return commitment.Commitment{Text: "LAK25", Ref: ref, Language: "en", By: commitment.ByProgram, Steps: []commitment.Step{{Act: 1}},
		Proposal: commitment.Proposal{Clause: "1", Start: start, End: start + 5, Strength: commitment.Pledge, Group: group, Tracks: []string{"water"}}}
}

// decide moves the numbered commitment of LAK25 to a state.
func decide(l *commitment.Ledger, n int, to commitment.State, act int64, reason string) {
	c, _ := l.At("LAK25", n)
	l.Decide(*c, to, commitment.Step{Act: act, Reason: reason})
}

// refsOf are the references of lines.
func refsOf(lines []commitment.Line) string {
	var refs []string
	for _, ln := range lines {
		refs = append(refs, ln.Ref)
	}
	return strings.Join(refs, " ")
}

func TestAnEmptyLedgerAnswersEveryQuestion(t *testing.T) {
	t.Parallel()
	l := &commitment.Ledger{}
	_, line := l.Line("LAK25-01")
	_, byRef := l.ByRef("LAK25-01")
	_, at := l.At("LAK25", 1)
	before, after := l.Beside("LAK25-01")
	if line || byRef || at || before+after != "" || l.Len() != 0 || len(l.Lines()) != 0 || len(l.Of("LAK25")) != 0 || l.Waiting("LAK25") != nil {
		t.Error("it has something")
	}
	if l.NextNumber("LAK25") != 1 || l.FreeRef("LAK25") != "LAK25-01" || l.RefTaken("LAK25", "LAK25-01", 0) {
		t.Errorf("the first would be number %d, %s", l.NextNumber("LAK25"), l.FreeRef("LAK25"))
	}
}

func TestWhatIsEnteredWaitsUnderTheNextNumber(t *testing.T) {
	t.Parallel()
	l := (&commitment.Ledger{}).Next()
	l.Enter(entered("LAK25-01", 50, 1))
	second := l.Enter(entered("LAK25-02", 10, 1))
	if second.N != 2 || second.State != commitment.Proposed || l.NextNumber("LAK25") != 3 {
		t.Errorf("the second is number %d, %s; the next would be %d", second.N, second.State, l.NextNumber("LAK25"))
	}
	if got := numbersOf(l.Waiting("LAK25")); !slices.Equal(got, []int{2, 1}) {
		t.Errorf("%v wait, want 2 before 1, as in the text", got)
	}
	if l.Len() != 0 || l.Counts("LAK25") != (commitment.Counts{Proposed: 2}) {
		t.Errorf("%d lines, %+v: what waits does not stand in the ledger", l.Len(), l.Counts("LAK25"))
	}
	if holder, ok := l.Holder("LAK25-02"); !ok || holder.N != 2 {
		t.Errorf("LAK25-02 is reserved for %+v", holder)
	}
	if _, ok := l.ByRef("LAK25-02"); ok {
		t.Error("it is found as if it were accepted")
	}
}

func TestADecisionIsAStepAndMovesTheCounts(t *testing.T) {
	t.Parallel()
	l := (&commitment.Ledger{}).Next()
	for i := range 3 {
		l.Enter(entered(commitment.Ref("LAK25", i+1), i*10, 0))
	}
	decide(l, 1, commitment.Accepted, 7, "")
	decide(l, 2, commitment.Refused, 8, "thanks")
	c, ok := l.ByRef("LAK25-01")
	if !ok || c.State != commitment.Accepted || c.Last() != 7 || len(c.Steps) != 2 {
		t.Errorf("accepted: %+v", c)
	}
	if c, _ := l.At("LAK25", 2); c.Reason() != "thanks" {
		t.Errorf("the reason is %q", c.Reason())
	}
	if got := l.Counts("LAK25"); got != (commitment.Counts{Proposed: 1, Accepted: 1, Refused: 1}) || l.Len() != 1 {
		t.Errorf("%+v, %d lines", got, l.Len())
	}
	decide(l, 1, commitment.Proposed, 9, "read again")
	if _, ok := l.Line("LAK25-01"); ok || l.Len() != 0 {
		t.Error("what is opened again still stands in the ledger")
	}
	if !l.RefTaken("LAK25", "LAK25-01", 2) || l.RefTaken("LAK25", "LAK25-01", 1) {
		t.Error("its reference stays its own")
	}
}

func TestAReferenceIsNeverGivenToAnother(t *testing.T) {
	t.Parallel()
	l := (&commitment.Ledger{}).Next()
	l.Summarize(commitment.Summary{Ref: "LAK25-04", Text: "LAK25", Strength: commitment.Support})
	l.Enter(entered("LAK25-01", 0, 0))
	decide(l, 1, commitment.Refused, 2, "past")
	if free := l.FreeRef("LAK25"); free != "LAK25-05" {
		t.Errorf("the next free is %s, want LAK25-05, above the summary's", free)
	}
	if !l.RefTaken("LAK25", "LAK25-01", 0) {
		t.Error("the refused one lost its reference")
	}
	if l.RefTaken("LAK25", "LAK25-04", 0) {
		t.Error("what the pack summarizes must be there for the proposal that it is")
	}
	l.Enter(entered("LAK25-09", 20, 0))
	if free := l.FreeRef("LAK25"); free != "LAK25-10" {
		t.Errorf("the next free is %s, want LAK25-10, above what is reserved", free)
	}
}

func TestASplitAndAMergerHandTheReferenceOn(t *testing.T) {
	t.Parallel()
	l := (&commitment.Ledger{}).Next()
	l.Enter(entered("LAK25-01", 0, 1))
	whole, _ := l.At("LAK25", 1)
	gone := *whole
	gone.Ref, gone.Into = "", []int{2, 3}
	l.Decide(gone, commitment.Divided, commitment.Step{Act: 5})
	l.Enter(entered("LAK25-01", 0, 1))
	l.Enter(entered("LAK25-02", 6, 1))
	if holder, ok := l.Holder("LAK25-01"); !ok || holder.N != 2 {
		t.Errorf("LAK25-01 is that of %+v, want of number 2", holder)
	}
	if got := l.Counts("LAK25"); got != (commitment.Counts{Proposed: 2}) {
		t.Errorf("%+v: what was divided waits no more", got)
	}
	decide(l, 3, commitment.Merged, 6, "")
	first, _ := l.At("LAK25", 2)
	gone = *first
	gone.Ref = ""
	l.Decide(gone, commitment.Merged, commitment.Step{Act: 6})
	l.Enter(entered("LAK25-01", 0, 1))
	if holder, _ := l.Holder("LAK25-01"); holder.N != 4 {
		t.Errorf("LAK25-01 is that of number %d, want 4", holder.N)
	}
	if !l.RefTaken("LAK25", "LAK25-02", 0) {
		t.Error("the merged one's own reference is free")
	}
}

func TestASentenceKnowsWhatWasReadInIt(t *testing.T) {
	t.Parallel()
	l := (&commitment.Ledger{}).Next()
	l.Enter(entered("LAK25-01", 0, 1))
	l.Enter(entered("LAK25-02", 10, 2))
	l.Enter(entered("LAK25-03", 20, 1))
	other := entered("LAK25-04", 0, 1)
	other.Language = "zh"
	l.Enter(other)
	if got := numbersOf(l.Sentence("LAK25", "en", 1)); !slices.Equal(got, []int{1, 3}) {
		t.Errorf("in the first sentence %v were read, want 1 and 3", got)
	}
	c, _ := l.At("LAK25", 3)
	moved := *c
	moved.Group = 2
	l.Decide(moved, commitment.Proposed, commitment.Step{Act: 3})
	if got := numbersOf(l.Sentence("LAK25", "en", 2)); !slices.Equal(got, []int{2, 3}) {
		t.Errorf("in the second sentence %v, want 2 and 3", got)
	}
	if got := numbersOf(l.Sentence("LAK25", "en", 1)); !slices.Equal(got, []int{1}) {
		t.Errorf("in the first sentence %v, want 1", got)
	}
	if got := l.Sentence("LAK25", "en", 9); got != nil {
		t.Errorf("in no sentence %v", got)
	}
}

func TestALineJoinsASummaryAndWhatWasAccepted(t *testing.T) {
	t.Parallel()
	l := (&commitment.Ledger{}).Next()
	l.Enter(entered("LAK25-02", 0, 0))
	decide(l, 1, commitment.Accepted, 2, "")
	l.Summarize(commitment.Summary{Ref: "LAK25-01", Text: "LAK25", Strength: commitment.Support})
	l.Summarize(commitment.Summary{Ref: "LAK25-02", Text: "LAK25", Strength: commitment.Explore})
	ln, ok := l.Line("LAK25-02")
	if !ok || ln.Summary == nil || ln.Accepted == nil || ln.Strength() != commitment.Pledge || l.Len() != 2 {
		t.Errorf("%+v, %d lines: one line has both", ln, l.Len())
	}
	decide(l, 1, commitment.Refused, 3, "past")
	if ln, ok := l.Line("LAK25-02"); !ok || ln.Accepted != nil || ln.Summary == nil || ln.Strength() != commitment.Explore {
		t.Errorf("refused, the line is %+v: the summary stays", ln)
	}
	if s, ok := l.Summary("LAK25-01"); !ok || s.Strength != commitment.Support || len(l.Summaries("LAK25")) != 2 {
		t.Errorf("the summary is %+v of %d", s, len(l.Summaries("LAK25")))
	}
	if _, ok := l.Line("LAK25-2"); ok {
		t.Error("a reference written otherwise finds a line")
	}
}

func TestLinesStandTextByTextWithTheirNeighbours(t *testing.T) {
	t.Parallel()
	l := (&commitment.Ledger{}).Next()
	for _, ref := range []string{"LAK25-10", "LAK25-02", "ANN24-01", "LAK25-01"} {
		l.Summarize(commitment.Summary{Ref: ref, Text: commitment.TextOf(ref), Strength: commitment.Support})
	}
	if got := refsOf(l.Lines()); got != "LAK25-01 LAK25-02 LAK25-10 ANN24-01" {
		t.Errorf("the ledger is %s, want LAK25 first, which was mentioned first, each in the order of its numbers", got)
	}
	if got := refsOf(l.LinesOf("ANN24")); got != "ANN24-01" || l.CountTexts() != 2 {
		t.Errorf("of ANN24: %s; %d texts", got, l.CountTexts())
	}
	for ref, want := range map[string]string{"LAK25-01": "/LAK25-02", "LAK25-02": "LAK25-01/LAK25-10", "LAK25-10": "LAK25-02/", "LAK25-05": "LAK25-02/LAK25-10", "ANN24-01": "/"} {
		if before, after := l.Beside(ref); before+"/"+after != want {
			t.Errorf("beside %s stand %s/%s, want %s", ref, before, after, want)
		}
	}
	n := 0
	for range l.All() {
		if n++; n == 2 {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d lines were yielded to who wanted two", n)
	}
}

func TestDatedLinesAreDueOrPassed(t *testing.T) {
	t.Parallel()
	l := (&commitment.Ledger{}).Next()
	for i, value := range []string{"2027", "2026-06", "", "2026-06-30", "P5Y", "2025-12-31", "2027-12-31"} {
		s := commitment.Summary{Ref: commitment.Ref("LAK25", i+1), Text: "LAK25", Strength: commitment.Support}
		if value != "" {
			s.Deadline = &commitment.Deadline{Value: calendar.MustWindow(value)}
		}
		l.Summarize(s)
	}
	if got := refsOf(slices.Collect(l.Due("2026-06-30"))); got != "LAK25-02 LAK25-04 LAK25-01 LAK25-07" {
		t.Errorf("due from 30 June 2026 are %s: that day still counts, and a month ends with its last day", got)
	}
	if got := refsOf(slices.Collect(l.Passed("2026-07-01"))); got != "LAK25-02 LAK25-04 LAK25-06" {
		t.Errorf("passed by 1 July 2026 are %s, the latest day first", got)
	}
	if l.CountDated() != 5 {
		t.Errorf("%d have a day, want 5", l.CountDated())
	}
}

func TestStrengthsAreCountedByTheLeadTrack(t *testing.T) {
	t.Parallel()
	l := (&commitment.Ledger{}).Next()
	l.Summarize(commitment.Summary{Ref: "LAK25-01", Text: "LAK25", Strength: commitment.Support, Tracks: []string{"trade", "water"}})
	l.Summarize(commitment.Summary{Ref: "LAK25-02", Text: "LAK25", Strength: commitment.Support})
	l.Enter(entered("LAK25-01", 0, 0))
	decide(l, 1, commitment.Accepted, 2, "")
	by := l.Strengths()
	if len(by) != 2 || by["water"][commitment.Pledge] != 1 || by[""][commitment.Support] != 1 || by["water"].Total() != 1 {
		t.Errorf("%v: the accepted one counts as it was accepted, under its own lead track", by)
	}
}

func TestTheImageIsTheWholeLedgerInOrder(t *testing.T) {
	t.Parallel()
	l := (&commitment.Ledger{}).Next()
	l.Summarize(commitment.Summary{Ref: "LAK25-01", Text: "LAK25"})
	l.Enter(entered("LAK25-02", 0, 0))
	data, err := json.Marshal(l.Image())
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`[{"code":"LAK25","entries":[{"text":"LAK25","n":1,"ref":"LAK25-02"`, `"summaries":[{"ref":"LAK25-01"`} {
		if !strings.Contains(string(data), part) {
			t.Errorf("%s does not have %s", data, part)
		}
	}
	if empty, _ := json.Marshal((&commitment.Ledger{}).Image()); fmt.Sprintf("%s", empty) != "[]" {
		t.Errorf("an empty ledger is %s", empty)
	}
}
