package mechanism

import (
	"slices"
	"strings"

	"concord/internal/fault"
)

// Offices that a person may hold.
const (
	Founder     = "founder"     // sets the mechanism up; ends when the first officer is appointed
	Officer     = "officer"     // an officer of the Secretariat
	Coordinator = "coordinator" // the national coordinator of a party
	Reader      = "reader"      // reads what the parties may read
)

// Person is somebody with a mandate. Sign-in is not here: see package identity.
type Person struct {
	ID       string `json:"id"` // lower-case letters, digits, - and .
	Name     string `json:"name"`
	Office   string `json:"office"`
	Party    string `json:"party,omitempty"` // for a coordinator
	Relieved bool   `json:"relieved,omitempty"`
}

// People gives all persons ever appointed, in the order of their first appointment.
func (m *Mechanism) People() []Person { return m.people }

// Person finds a person by id.
func (m *Mechanism) Person(id string) (Person, bool) {
	i := slices.IndexFunc(m.people, func(p Person) bool { return p.ID == id })
	if i < 0 {
		return Person{}, false
	}
	return m.people[i], true
}

// Actor is the person as one who acts.
func (p Person) Actor() Actor { return Actor{Person: p.ID, Party: p.Party, Office: p.Office} }

// Seated says whether the mechanism has an officer; until then its founder acts.
func (m *Mechanism) Seated() bool {
	return slices.ContainsFunc(m.people, func(p Person) bool { return p.Office == Officer && !p.Relieved })
}

// MayWrite says whether an actor may do acts of this kind at all.
func (m *Mechanism) MayWrite(kind string, by Actor) error {
	if err := m.checkMandate(by); err != nil {
		return err
	}
	k, ok := kindOf(kind)
	if !ok {
		return invalid("there is no kind of act called %q", kind)
	}
	if !slices.Contains(k.Offices, by.Office) {
		return denied("%s may not %s: that is for %s", officeName(by.Office), k.may(), officeNames(k.Offices))
	}
	return nil
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

func officeName(office string) fault.Phrase {
	switch office {
	case Founder:
		return fault.Say("the founder")
	case Officer:
		return fault.Say("an officer of the Secretariat")
	case Coordinator:
		return fault.Say("a national coordinator")
	case Reader:
		return fault.Say("a reader")
	}
	return fault.Say("somebody without an office")
}

// officeNames names who may: "a, b or c". The founder's office ends with the founding and is named only where nobody else
// may.
func officeNames(offices []string) (names fault.Phrase) {
	for _, o := range offices {
		switch name := officeName(o); {
		case o == Founder && len(offices) > 1:
		case names.Format == "":
			names = name
		default:
			names = fault.Say("%s or %s", names, name)
		}
	}
	return names
}

// AppointPerson gives a person an office, or another one than before.
type AppointPerson struct {
	Person Person `json:"person"`
}

func (AppointPerson) Kind() string                 { return "person.appoint" }
func (a AppointPerson) Object(m *Mechanism) string { return "person:" + a.Person.ID }

func (a AppointPerson) Check(m *Mechanism, by Actor) error {
	p := a.Person
	if !validKey(p.ID) {
		return invalid("%q cannot be a person's id: use lower-case letters, digits, hyphens and dots", p.ID)
	}
	if strings.TrimSpace(p.Name) == "" {
		return invalid("a person needs a name")
	}
	if p.Relieved {
		return invalid("nobody is appointed and relieved in one act")
	}
	switch p.Office {
	case Officer, Reader:
		if p.Party != "" {
			return invalid("%s acts for no single party", officeName(p.Office))
		}
	case Coordinator:
		if !m.HasParty(p.Party) {
			return invalid("a national coordinator needs a party of the mechanism; %q is not one", p.Party)
		}
	default:
		return invalid("there is no office called %q", p.Office)
	}
	return nil
}

func (a AppointPerson) Apply(m *Mechanism, at Entry) {
	i := slices.IndexFunc(m.people, func(p Person) bool { return p.ID == a.Person.ID })
	if i < 0 {
		m.people = append(m.people, a.Person)
		return
	}
	m.people[i] = a.Person
}

// RelievePerson ends a person's mandate.
type RelievePerson struct {
	Person string `json:"person"`
	Reason string `json:"reason"`
}

func (RelievePerson) Kind() string                 { return "person.relieve" }
func (a RelievePerson) Object(m *Mechanism) string { return "person:" + a.Person }

func (a RelievePerson) Check(m *Mechanism, by Actor) error {
	p, ok := m.Person(a.Person)
	if !ok || p.Relieved {
		return notFound("%q holds no office", a.Person)
	}
	if p.Office == Officer && m.officers() == 1 {
		return invalid("%s is the only officer: appoint another first", p.Name)
	}
	return nil
}

func (a RelievePerson) Apply(m *Mechanism, at Entry) {
	for i := range m.people {
		if m.people[i].ID == a.Person {
			m.people[i].Relieved = true
		}
	}
}

func (m *Mechanism) officers() int {
	n := 0
	for _, p := range m.people {
		if p.Office == Officer && !p.Relieved {
			n++
		}
	}
	return n
}

// validKey says whether s can be a machine key: lower-case ASCII letters, digits, hyphens and dots, 1 to 64 of them.
// Keys never derive from translated names.
func validKey(s string) bool {
	if len(s) == 0 || len(s) > 64 {
		return false
	}
	for _, c := range []byte(s) {
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.') {
			return false
		}
	}
	return true
}
