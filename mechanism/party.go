package mechanism

import (
	"slices"

	"concord/internal/fault"
)

var partyKinds = []Kind{
	kind[AdmitParty]("party.admit", toOfficer, everybody),
}

// Party is a state or organization that takes part.
type Party struct {
	Code     string `json:"code"` // ISO 3166-1 alpha-2, or a code of two to eight capitals for an organization
	Name     Names  `json:"name"`
	Official Names  `json:"official,omitempty"`
	Zone     string `json:"capital_zone,omitempty"` // IANA time zone of its capital
}

// Parties gives the parties in the protocol order of a language; without one, in the order of admission.
func (m *Mechanism) Parties(lang string) []Party {
	order, ok := m.order[lang]
	if !ok {
		return m.parties.list()
	}
	sorted := m.parties.list()
	rank := func(p Party) int {
		if i := slices.Index(order, p.Code); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(sorted, func(a, b Party) int { return rank(a) - rank(b) })
	return sorted
}

// PartyCodes gives the parties' codes in the order of admission.
func (m *Mechanism) PartyCodes() []string {
	codes := make([]string, 0, m.parties.len())
	for _, p := range m.parties.list() {
		codes = append(codes, p.Code)
	}
	return codes
}

// Party finds a party by code.
func (m *Mechanism) Party(code string) (Party, bool) {
	return m.parties.get(code)
}

// HasParty says whether a code is that of a party.
func (m *Mechanism) HasParty(code string) bool {
	return m.parties.has(code)
}

// checkParties accepts codes of parties, each once; what says whose they are.
func (m *Mechanism) checkParties(what fault.Phrase, codes []string) error {
	seen := map[string]bool{}
	for _, c := range codes {
		if !m.HasParty(c) {
			return invalid("%s: %q is not a party of the mechanism", what, c)
		}
		if seen[c] {
			return invalid("%s names %s twice", what, c)
		}
		seen[c] = true
	}
	return nil
}

// AdmitParty makes a state or organization a party of the mechanism.
type AdmitParty struct {
	Party Party `json:"party"`
}

func (a AdmitParty) Objects(m *Mechanism) []Object { return []Object{ObjectOf("party", a.Party.Code)} }

func (a AdmitParty) Check(m *Mechanism, by Actor) error {
	if m.id == "" {
		return invalid("there is no mechanism yet to admit a party to")
	}
	if !validPartyCode(a.Party.Code) {
		return invalid("%q is not a party's code: two to eight capital letters, ISO 3166-1 alpha-2 for a state", a.Party.Code)
	}
	if m.HasParty(a.Party.Code) {
		return conflict("%s is a party already", a.Party.Code)
	}
	if err := a.Party.Name.check(fault.Say("party %s", a.Party.Code)); err != nil {
		return err
	}
	if err := a.Party.Name.checkSigns(); err != nil {
		return err
	}
	return a.Party.Official.checkSigns()
}

func (a AdmitParty) apply(m *Mechanism, at Entry) { m.parties.put(a.Party.Code, a.Party) }

func validPartyCode(s string) bool {
	if len(s) < 2 || len(s) > 8 {
		return false
	}
	for _, c := range []byte(s) {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}
