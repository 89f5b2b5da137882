package mechanism

import (
	"slices"

	"concord/internal/fault"
)

// Right is one way of being entitled to a kind of act.
type Right struct {
	Name  string // key of its words: an office, or own-party, chair
	said  fault.Phrase
	holds func(m *Mechanism, by Actor, a Act) bool // a is nil when it is asked whether there could be such an act
}

// The rights that kinds of acts are given to.
var (
	toFound   = []Right{ofOffice(Founder)}
	toOfficer = []Right{ofOffice(Founder), ofOffice(Officer)}
	// toMeet: a body's sessions are recorded by an officer or by who chairs it.
	toMeet = []Right{ofOffice(Founder), ofOffice(Officer), ofChair}
	// toKeepers are who keeps notes: a party's coordinator for the party, an officer for the Secretariat.
	toKeepers = []Right{ofOffice(Officer), ofOwnParty}
)

// ofOffice is the right of whoever holds an office.
func ofOffice(office string) Right {
	return Right{office, officeName(office), func(m *Mechanism, by Actor, a Act) bool { return by.Office == office }}
}

// ofOwnParty is the right of a national coordinator in what concerns the own party: the act says which.
var ofOwnParty = Right{"own-party", fault.Say("the national coordinator of the party concerned"), func(m *Mechanism, by Actor, a Act) bool {
	if by.Office != Coordinator {
		return false
	}
	concerns, ok := a.(interface{ party() string })
	return a == nil || ok && concerns.party() == by.Party
}}

// ofChair is the right of who chairs the body concerned: the act says which.
var ofChair = Right{"chair", fault.Say("the chair of the body concerned"), func(m *Mechanism, by Actor, a Act) bool {
	if by.Office != Chair {
		return false
	}
	p, _ := m.Person(by.Person)
	concerns, ok := a.(interface{ body() string })
	return a == nil || ok && concerns.body() == p.Body
}}

// MayWrite says whether an actor could do acts of a kind at all.
func (m *Mechanism) MayWrite(kind string, by Actor) error {
	k, ok := KindNamed(kind)
	if !ok {
		return noSuchKind(kind)
	}
	return m.checkRight(k, by, nil)
}

// checkRight holds an actor against the rights that a kind is given to.
func (m *Mechanism) checkRight(k Kind, by Actor, a Act) error {
	if err := m.checkMandate(by); err != nil {
		return err
	}
	if slices.ContainsFunc(k.Who, func(r Right) bool { return r.holds(m, by, a) }) {
		return nil
	}
	return denied("%s may not do %s: that is for %s", officeName(by.Office), k.Name, rightNames(k.Who))
}

// checkMandate holds an actor against the mandates in the state: authority is in the record, never in a session.
func (m *Mechanism) checkMandate(by Actor) error {
	if by.Office == Founder {
		if m.Seated() {
			return denied("the mechanism is founded: its officers act now, no longer its founder")
		}
		return nil
	}
	p, ok := m.Person(by.Person)
	if !ok || p.Relieved || p.Office != by.Office || p.Party != by.Party {
		return denied("%q holds no mandate as %s", by.Person, officeName(by.Office))
	}
	return nil
}

// Entitled names the rights that a kind is given to. The founder's office ends with the founding and is named only where
// nobody else may.
func (k Kind) Entitled() []string {
	var names []string
	for _, r := range k.Who {
		if r.Name != Founder || len(k.Who) == 1 {
			names = append(names, r.Name)
		}
	}
	return names
}

// rightNames says who may: "a, b or c".
func rightNames(who []Right) (names fault.Phrase) {
	for _, r := range who {
		switch {
		case r.Name == Founder && len(who) > 1:
		case names.Format == "":
			names = r.said
		default:
			names = fault.Say("%s or %s", names, r.said)
		}
	}
	return names
}
