package mechanism

import (
	"slices"

	"concord/commitment"
)

// Recognize says which announced text a newly read one is: the one adopted on that date that has no copy in the
// language yet. It gives nothing when none or several fit.
func (m *Mechanism) Recognize(adopted, lang string) (code string, ok bool) {
	if adopted == "" {
		return "", false
	}
	for _, t := range m.texts.list() {
		has := slices.ContainsFunc(t.Copies, func(c Copy) bool { return c.Language == lang })
		if t.Adopted != adopted || has {
			continue
		}
		if ok {
			return "", false
		}
		code, ok = t.Code, true
	}
	return code, ok
}

// Reserve gives each proposal read in a text the reference it will keep. Where the pack summarizes the text, proposals
// and summaries of one clause are aligned in order, so that CHD24-17 is the same promise in both; the others get
// numbers above all that are in use.
func (m *Mechanism) Reserve(text string, proposals []commitment.Proposal) []ProposedCommitment {
	items := make([]ProposedCommitment, len(proposals))
	inClause := map[string][]int{} // indices of a clause's proposals
	for i, p := range proposals {
		items[i].Proposal = p
		inClause[p.Clause] = append(inClause[p.Clause], i)
	}
	summaries := map[string][]*commitment.Summary{}
	next := 1
	for _, s := range m.ledger.Summaries(text) {
		summaries[s.Clause] = append(summaries[s.Clause], s)
		next = max(next, commitment.RefNumber(s.Ref)+1)
	}
	for clause, at := range inClause {
		align(items, at, summaries[clause])
	}
	for i := range items {
		if items[i].Ref == "" {
			items[i].Ref = commitment.Ref(text, next)
			next++
		}
	}
	return items
}

// mostPairs bounds how many pairs of a proposal and a summary are weighed in one clause: a hundred of each.
const mostPairs = 10_000

// align finds the in-order pairing of one clause's proposals, by their indices, with its summaries that agrees most.
func align(items []ProposedCommitment, at []int, sums []*commitment.Summary) {
	if len(sums) == 0 {
		return
	}
	if len(at)*len(sums) > mostPairs { // nobody writes such a clause: first with first, second with second
		for i := range min(len(at), len(sums)) {
			items[at[i]].Ref = sums[i].Ref
		}
		return
	}
	best := make([][]int, len(at)+1) // best[i][j]: agreement of the first i proposals with the first j summaries
	for i := range best {
		best[i] = make([]int, len(sums)+1)
	}
	for i := range at {
		for j, s := range sums {
			pair := best[i][j] + agreement(items[at[i]].Proposal, s)
			best[i+1][j+1] = max(pair, best[i][j+1], best[i+1][j])
		}
	}
	for i, j := len(at), len(sums); i > 0 && j > 0; {
		switch best[i][j] {
		case best[i-1][j]:
			i--
		case best[i][j-1]:
			j--
		default:
			i, j = i-1, j-1
			items[at[i]].Ref = sums[j].Ref
		}
	}
}

// agreement counts how far a proposal and a summary say the same, at least 1: they stand in the same clause.
func agreement(p commitment.Proposal, s *commitment.Summary) int {
	n := 1
	if p.Strength == s.Strength {
		n += 2
	}
	if p.Actor.Kind == s.Actor.Kind {
		n++
	}
	if len(p.Tracks) > 0 && len(s.Tracks) > 0 && p.Tracks[0] == s.Tracks[0] {
		n++
	}
	if (p.Instrument != "") == (s.Instrument != "") {
		n++
	}
	switch {
	case (p.Deadline == nil) != (s.Deadline == nil):
	case p.Deadline == nil || p.Deadline.Value == s.Deadline.Value:
		n += 2
	}
	return n
}
