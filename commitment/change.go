package commitment

import (
	"cmp"
	"slices"
)

// Edit gives what an act on the commitment replaced and what it put there; ok is false when the act was no edit of it.
func (c *Commitment) Edit(act int64) (before, after Proposal, ok bool) {
	i := slices.IndexFunc(c.Steps, func(s Step) bool { return s.Act == act && s.Before != nil })
	if i < 0 {
		return before, after, false
	}
	for _, later := range c.Steps[i+1:] {
		if later.Before != nil {
			return *c.Steps[i].Before, *later.Before, true
		}
	}
	return *c.Steps[i].Before, c.Proposal, true
}

// Standing gives those of a text's commitments that stand for themselves (not those that became others), in the order of their
// words, copy by copy.
func Standing(of []*Commitment) []*Commitment {
	var all []*Commitment
	for _, c := range of {
		if c.Stands() {
			all = append(all, c)
		}
	}
	slices.SortStableFunc(all, func(a, b *Commitment) int {
		return cmp.Or(cmp.Compare(a.Language, b.Language), cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	return all
}

// NextWaiting finds the next that waits for a decision, from index i on in steps of 1 or -1, around the end; nil when none
// does.
func NextWaiting(all []*Commitment, i, step int) *Commitment {
	for range all {
		c := all[(i%len(all)+len(all))%len(all)]
		if c.State == Proposed {
			return c
		}
		i += step
	}
	return nil
}

// Stands says whether the commitment stands for itself: it waits, was accepted or refused, and neither became another nor went
// with its text.
func (c *Commitment) Stands() bool {
	return c.State == Proposed || c.State == Accepted || c.State == Refused
}
