package mechanism

import "strings"

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
