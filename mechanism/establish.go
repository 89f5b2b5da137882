package mechanism

import (
	"time"

	"concord/internal/fault"
)

var mechanismKinds = []Kind{
	kind[Establish]("mechanism.establish", toFound, everybody),
}

// Establish begins a mechanism; it is the first act of every record.
type Establish struct {
	ID      string              `json:"id"`
	Version string              `json:"version"` // of the pack
	Pack    string              `json:"pack"`    // SHA-256 of the pack's files, hexadecimal
	Name    Names               `json:"name"`
	Short   Names               `json:"short"`
	Order   map[string][]string `json:"order"` // protocol order of the parties' codes by language
}

func (a Establish) Objects(m *Mechanism) []Object { return []Object{ObjectOf("mechanism", a.ID)} }

func (a Establish) Check(m *Mechanism, by Actor) error {
	if m.id != "" {
		return conflict("the mechanism %q is established already", m.id)
	}
	if !validKey(a.ID) {
		return invalid("%q cannot be a mechanism's id: use lower-case letters, digits, hyphens and dots", a.ID)
	}
	if err := a.Name.check(fault.Say("the mechanism")); err != nil {
		return err
	}
	if err := a.Name.checkSigns(); err != nil {
		return err
	}
	return a.Short.checkSigns()
}

func (a Establish) apply(m *Mechanism, at Entry) {
	m.id, m.version, m.name, m.short = a.ID, a.Version, a.Name, a.Short
	m.order = a.Order
}

// checkDate accepts a calendar date 2024-12-01 or nothing.
func checkDate(what fault.Phrase, date string) error {
	if date == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return invalid("%s: %q is not a date such as 2024-12-01", what, date)
	}
	return nil
}
