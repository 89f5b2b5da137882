package mechanism

import (
	"encoding/json"

	"concord/internal/fault"
)

var bodyKinds = []Kind{
	kind[FoundBody]("body.found", toOfficer, everybody),
}

// Body is an organ of the mechanism: summit, ministers' meeting, Secretariat, committee, working group.
type Body struct {
	ID            string    `json:"id"`
	Kind          string    `json:"kind"` // summit, ministerial, secretariat, track, committee, group
	Name          Names     `json:"name"`
	Parties       []string  `json:"parties"` // its own party set; nil: not stated by any text
	PartiesSource string    `json:"parties_source,omitempty"`
	HostRule      *HostRule `json:"host_rule,omitempty"`
	Note          string    `json:"note,omitempty"`
	Source        string    `json:"source,omitempty"`
}

// HostRule says whose turn it is to host a body's sessions. It is data of the pack; what is not known stays unsaid.
type HostRule struct {
	Kind       string          `json:"kind"`                  // alternate, rotate
	Between    []string        `json:"between,omitempty"`     // the sides that alternate
	Rotation   []string        `json:"rotation,omitempty"`    // the order of hosts within the rotating side, as far as known
	EveryYears int             `json:"every_years,omitempty"` // the interval of sessions
	Known      []KnownHost     `json:"known,omitempty"`
	Note       string          `json:"note,omitempty"`
	Source     string          `json:"source,omitempty"`
	Groups     json.RawMessage `json:"groups,omitempty"` // named sides with their parties
}

// KnownHost is one session whose host is known.
type KnownHost struct {
	N     int    `json:"n"`
	Year  int    `json:"year"`
	Host  string `json:"host"`
	Place string `json:"place,omitempty"`
}

// Bodies gives the bodies in the order in which they were founded.
func (m *Mechanism) Bodies() []Body { return m.bodies.list() }

// Body finds a body by id.
func (m *Mechanism) Body(id string) (Body, bool) {
	return m.bodies.get(id)
}

// FoundBody founds an organ, with the parties that take part in it.
type FoundBody struct {
	Body Body `json:"body"`
}

func (a FoundBody) Objects(m *Mechanism) []Object { return []Object{ObjectOf("body", a.Body.ID)} }

func (a FoundBody) Check(m *Mechanism, by Actor) error {
	b := a.Body
	if !validKey(b.ID) {
		return invalid("%q cannot be a body's id: use lower-case letters, digits, hyphens and dots", b.ID)
	}
	if _, ok := m.Body(b.ID); ok {
		return conflict("the body %q is founded already", b.ID)
	}
	if err := m.checkParties(fault.Say("body %s", b.ID), b.Parties); err != nil {
		return err
	}
	if b.HostRule != nil {
		for _, k := range b.HostRule.Known {
			if !m.HasParty(k.Host) {
				return invalid("body %s: the host %q of session %d is not a party", b.ID, k.Host, k.N)
			}
		}
	}
	if err := b.Name.check(fault.Say("body %s", b.ID)); err != nil {
		return err
	}
	return b.Name.checkSigns()
}

func (a FoundBody) apply(m *Mechanism, at Entry) { m.bodies.put(a.Body.ID, a.Body) }
