package mechanism_test

import (
	"slices"
	"testing"

	"concord/commitment"
	"concord/mechanism"
)

// A text that should not have been received goes out of the queue with all that was proposed from it, and the right file comes
// in as if it were the first: also with the same words, and under the same references.
func TestAWithdrawnTextLeavesTheQueue(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	do(t, m, officer, &mechanism.RefuseCommitment{Item: item(2), Reason: "a routine"})
	do(t, m, officer, &mechanism.WithdrawText{Text: "LAK25", Reason: "the file was a draft"})

	sight := m.As(officer)
	text, _ := sight.Text("LAK25")
	if len(text.Copies) > 0 || text.Title["en"] != "Harbour statement" {
		t.Errorf("the text has %d copies and the title %q", len(text.Copies), text.Title["en"])
	}
	if of, n := sight.Ledger().Of("LAK25"), sight.Ledger().Counts("LAK25"); len(of) > 0 || n != (commitment.Counts{}) {
		t.Errorf("%d proposals are left, counted as %+v", len(of), n)
	}
	if _, ok := sight.Ledger().At("LAK25", 1); ok {
		t.Error("what was proposed is still there by its number")
	}
	if d, ok := sight.LastChange("text:LAK25"); !ok || d.Kind != "text.withdraw" {
		t.Errorf("the text was last touched by %q", d.Kind)
	}

	do(t, m, officer, receive("LAK25", words))
	do(t, m, officer, &mechanism.ProposeCommitments{Text: "LAK25", Language: "en", Items: []mechanism.ProposedCommitment{{Ref: "LAK25-01", Proposal: proposal(0, 39, 5)}}})
	c, ok := m.As(officer).Ledger().Holder("LAK25-01")
	if !ok || c.N != 3 {
		t.Fatalf("LAK25-01 is number %v, want 3: a number is never given twice", c)
	}
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(3)})
	refuse(t, m, officer, &mechanism.AcceptCommitment{Item: item(1)}, "conflict", "is withdrawn already")
	if same := m.As(officer).Ledger().Sentence("LAK25", "en", c.Group); slices.ContainsFunc(same, func(c *commitment.Commitment) bool { return c.N < 3 }) {
		t.Error("what was withdrawn is shown beside what stands in the same sentence")
	}
}
