package mechanism

import (
	"strings"

	"concord/internal/fault"
)

var personKinds = []Kind{
	kind[AppointPerson]("person.appoint", toOfficer, theParties),
	kind[RelievePerson]("person.relieve", toOfficer, theParties),
}

// Offices that a person may hold.
const (
	Founder     = "founder"     // sets the mechanism up; ends when the first officer is appointed
	Officer     = "officer"     // an officer of the Secretariat
	Coordinator = "coordinator" // the national coordinator of a party
	Reader      = "reader"      // reads what the parties may read
	Chair       = "chair"       // chairs a body for a party
	Assessor    = "assessor"    // scores what became of commitments
	Depositary  = "depositary"  // keeps the originals of instruments
)

// Person is somebody with a mandate. Sign-in is not here: see package identity.
type Person struct {
	ID       string `json:"id"` // lower-case letters, digits, - and .
	Name     string `json:"name"`
	Office   string `json:"office"`
	Party    string `json:"party,omitempty"` // for a coordinator or chair; an assessor or depositary may act for one
	Body     string `json:"body,omitempty"`  // for a chair: the body
	Relieved bool   `json:"relieved,omitempty"`
}

// People gives all persons ever appointed, in the order of their first appointment.
func (m *Mechanism) People() []Person { return m.people.list() }

// Person finds a person by id.
func (m *Mechanism) Person(id string) (Person, bool) {
	return m.people.get(id)
}

// Actor is the person as one who acts.
func (p Person) Actor() Actor { return Actor{Person: p.ID, Party: p.Party, Office: p.Office} }

// Seated says whether the mechanism has had an officer; until then its founder acts, and never again.
func (m *Mechanism) Seated() bool { return m.seated }

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
	case Chair:
		return fault.Say("the chair of a body")
	case Assessor:
		return fault.Say("an assessor")
	case Depositary:
		return fault.Say("the depositary")
	}
	return fault.Say("somebody without an office")
}

// AppointPerson gives a person an office, or another one than before.
type AppointPerson struct {
	Person Person `json:"person"`
}

func (a AppointPerson) Objects(m *Mechanism) []Object {
	return []Object{ObjectOf("person", a.Person.ID)}
}

func (a AppointPerson) Check(m *Mechanism, by Actor) error {
	p := a.Person
	if p.Office != Officer {
		if err := m.mayLeave(p.ID); err != nil {
			return err
		}
	}
	if err := checkPerson(p); err != nil {
		return err
	}
	return m.checkOffice(p)
}

// mayLeave refuses that the only officer leaves the office: nobody could act again.
func (m *Mechanism) mayLeave(id string) error {
	if p, ok := m.Person(id); ok && p.Office == Officer && !p.Relieved && m.officers() == 1 {
		return invalid("%s is the only officer: appoint another first", p.Name)
	}
	return nil
}

func checkPerson(p Person) error {
	if !validKey(p.ID) {
		return invalid("%q cannot be a person's id: use lower-case letters, digits, hyphens and dots", p.ID)
	}
	if strings.TrimSpace(p.Name) == "" {
		return invalid("a person needs a name")
	}
	if err := checkSigns(p.Name); err != nil {
		return err
	}
	if p.Relieved {
		return invalid("nobody is appointed and relieved in one act")
	}
	return nil
}

// checkOffice holds the office that a person is appointed to, with whom it is for, against the mechanism.
func (m *Mechanism) checkOffice(p Person) error {
	switch p.Office {
	case Officer, Reader:
		if p.Party != "" {
			return invalid("%s acts for no single party", officeName(p.Office))
		}
	case Coordinator, Chair:
		if !m.HasParty(p.Party) {
			return invalid("%s needs a party of the mechanism; %q is not one", officeName(p.Office), p.Party)
		}
	case Assessor, Depositary:
		if p.Party != "" && !m.HasParty(p.Party) {
			return invalid("%q is not a party of the mechanism", p.Party)
		}
	default:
		return invalid("there is no office called %q", p.Office)
	}
	if _, ok := m.Body(p.Body); ok != (p.Office == Chair) || !ok && p.Body != "" {
		return invalid("a chair, and nobody else, is appointed to a body of the mechanism; %q is not one", p.Body)
	}
	return nil
}

func (a AppointPerson) apply(m *Mechanism, at Entry) {
	m.people.put(a.Person.ID, a.Person)
	m.seated = m.seated || a.Person.Office == Officer
}

// RelievePerson ends a person's mandate.
type RelievePerson struct {
	Person string `json:"person"`
	Reason string `json:"reason"`
}

func (a RelievePerson) Objects(m *Mechanism) []Object { return []Object{ObjectOf("person", a.Person)} }

func (a RelievePerson) Check(m *Mechanism, by Actor) error {
	p, ok := m.Person(a.Person)
	if !ok || p.Relieved {
		return notFound("%q holds no office", a.Person)
	}
	return m.mayLeave(a.Person)
}

func (a RelievePerson) apply(m *Mechanism, at Entry) {
	p, _ := m.people.get(a.Person)
	p.Relieved = true
	m.people.put(p.ID, p)
}

func (m *Mechanism) officers() int {
	n := 0
	for _, p := range m.people.list() {
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
