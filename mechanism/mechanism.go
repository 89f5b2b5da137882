// Package mechanism is the state of a cooperation mechanism: its parties, bodies, tracks, meetings, people with their
// mandates, texts and commitments, and every kind of act that can change them.
//
// A [Mechanism] is a memory image: the fold of all acts of a record, in order. An [Act] has a Check, which decides
// whether it is allowed and valid on the state as it stands, and an Apply, which does it and cannot fail. Both are
// deterministic: time and randomness come in with the act, so that replaying a record anywhere gives the same state,
// and [Mechanism.Digest] proves it. All kinds of acts stand in one table, [Kinds].
//
// Nothing of any one mechanism is in the code. A mechanism comes as a [Pack], a folder of data.
package mechanism

import (
	"slices"
	"time"

	"concord/commitment"
)

// Mechanism is the state. Its methods read; only Apply of an act writes. It is not safe for concurrent use: package
// secretariat holds the lock.
type Mechanism struct {
	id      string
	version string
	name    Names
	short   Names
	order   map[string][]string // protocol order of the parties by language
	parties []Party             // in the order of admission
	bodies  []Body
	tracks  []Track
	meeting []Meeting
	people  []Person
	texts   []*Text
	ledger  *commitment.Ledger

	deeds   []Deed
	touched map[string]int64 // object -> sequence of the act that last changed it
}

// New is a mechanism before its first act.
func New() *Mechanism {
	return &Mechanism{ledger: commitment.NewLedger(), order: map[string][]string{}, touched: map[string]int64{}}
}

// Deed is one line of the record as the state remembers it: who did what to which object, when.
type Deed struct {
	Seq        int64     `json:"seq"`
	Time       time.Time `json:"time"`
	Kind       string    `json:"kind"`
	Actor      Actor     `json:"actor"`
	Visibility string    `json:"visibility"`
	Object     string    `json:"object"` // "text:CHD24", "commitment:CHD24-17", "party:KZ", ...
}

// ID is the mechanism's key, e.g. "china-central-asia"; empty before it is established.
func (m *Mechanism) ID() string { return m.id }

// Version is the version of the pack that the mechanism was established with.
func (m *Mechanism) Version() string { return m.version }

// Name and Short are the mechanism's names in each language.
func (m *Mechanism) Name() Names  { return m.name }
func (m *Mechanism) Short() Names { return m.short }

// Acts is how many acts the state is the fold of; the next act has this sequence number.
func (m *Mechanism) Acts() int64 { return int64(len(m.deeds)) }

// Deeds gives all acts' lines, oldest first. The caller must not change them.
func (m *Mechanism) Deeds() []Deed { return m.deeds }

// LastChange gives the line of the act that last changed an object such as "commitment:CHD24-17".
func (m *Mechanism) LastChange(object string) (Deed, bool) {
	seq, ok := m.touched[object]
	if !ok {
		return Deed{}, false
	}
	return m.deeds[seq], true
}

// Ledger is the ledger of commitments. The caller reads only.
func (m *Mechanism) Ledger() *commitment.Ledger { return m.ledger }

// Apply folds one act that has passed Check, or that was read from a record, into the state.
func (m *Mechanism) Apply(a Act, at Entry) {
	a.Apply(m, at)
	object := a.Object(m)
	m.deeds = append(m.deeds, Deed{at.Seq, at.Time, a.Kind(), at.Actor, at.Visibility, object})
	m.touched[object] = at.Seq
}

// Check says whether an act is allowed to this actor and valid on this state. It changes nothing.
func (m *Mechanism) Check(a Act, by Actor) error {
	if err := m.checkMandate(by); err != nil {
		return err
	}
	kind, ok := kindOf(a.Kind())
	if !ok {
		return invalid("there is no kind of act called %q", a.Kind())
	}
	if !slices.Contains(kind.Offices, by.Office) {
		return denied("%s may not %s: that is for %s", officeName(by.Office), kind.may(), officeNames(kind.Offices))
	}
	return a.Check(m, by)
}
