package mechanism

import (
	"strings"

	"concord/commitment"
)

// MayRead says whether an actor may read what has a visibility: public to everybody, parties to whoever holds an office,
// party:XX to those who act for that party, office to the officers of the Secretariat. The zero Actor is the public.
func MayRead(visibility string, by Actor) bool {
	switch visibility {
	case Public:
		return true
	case Parties:
		return by.Office != ""
	case Office:
		return by.Office == Officer || by.Office == Founder
	}
	party, ok := strings.CutPrefix(visibility, "party:")
	return ok && party != "" && by.Party == party
}

// Lines is how many lines the ledger of commitments has, without making them: what is summarized, and what was accepted
// without a summary.
func (m *Mechanism) Lines() int {
	n := 0
	for _, t := range m.texts {
		n += len(m.ledger.Summaries(t.Code))
		for _, c := range m.ledger.Of(t.Code) {
			if c.State != commitment.Accepted {
				continue
			}
			if _, ok := m.ledger.Summary(c.Ref); !ok {
				n++
			}
		}
	}
	return n
}
