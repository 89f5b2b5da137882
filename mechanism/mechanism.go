// Package mechanism is the state of a cooperation mechanism: its parties, bodies, tracks, meetings, people with their
// mandates, texts and commitments, and every kind of act that can change them.
//
// A [Mechanism] is an image of the state: the fold of all acts of a record, in order. An [Act] has a Check, which decides
// whether it is allowed and valid on the state as it stands, and a deed, which cannot fail. Both are deterministic: time
// and randomness come in with the act, so that replaying a record anywhere gives the same state, and [Mechanism.Digest]
// proves it. All kinds of acts stand in one table, [Kinds].
//
// An image is a value: [Mechanism.Next] gives one that begins as it and grows by itself. Whoever holds an older one may
// hold it for as long as they like. What an actor may see of an image is a [Sight]; readers outside get nothing else.
//
// Nothing of any one mechanism is in the code. A mechanism comes as a [Pack], a folder of data.
package mechanism

import (
	"sort"
	"time"

	"github.com/tidwall/btree"

	"concord/commitment"
)

// Mechanism is one image of the state. Any number may read it at once. It grows by Apply until it is built upon with Next
// or sealed; from then on it never changes.
type Mechanism struct {
	id       string
	version  string
	name     Names
	short    Names
	order    map[string][]string // protocol order of the parties by language
	parties  keyed[Party]
	bodies   keyed[Body]
	tracks   keyed[Track]
	meetings keyed[Meeting]
	people   keyed[Person]
	texts    keyed[*Text]
	ledger   *commitment.Ledger
	notes    notes

	deeds    run[Deed]
	touched  btree.Map[Object, int64] // the act that last touched an object
	requests requests
	clock    clockWord
	seated   bool // there has been an officer: the founder's powers ended
	sealed   bool

	passedOver int
}

// New is a mechanism before its first act.
func New() *Mechanism {
	return &Mechanism{ledger: new(commitment.Ledger), order: map[string][]string{}}
}

// Next gives an image that begins as this one, which it seals: a few microseconds, whatever the size of the state.
func (m *Mechanism) Next() *Mechanism {
	m.Seal()
	touched := m.touched
	return &Mechanism{
		id: m.id, version: m.version, name: m.name, short: m.short, order: m.order,
		parties: m.parties.next(), bodies: m.bodies.next(), tracks: m.tracks.next(), meetings: m.meetings.next(),
		people: m.people.next(), texts: m.texts.next(), ledger: m.ledger.Next(), notes: m.notes.next(),
		deeds: m.deeds.next(), touched: *touched.Copy(), requests: m.requests.next(),
		passedOver: m.passedOver, clock: m.clock, seated: m.seated,
	}
}

// Seal ends the growth of an image, so that it can be handed to many.
func (m *Mechanism) Seal() {
	if !m.sealed {
		m.sealed = true
	}
}

// Deed is one line of the record as the state remembers it: who did what to which objects, when.
type Deed struct {
	Seq        int64     `json:"seq"`
	Time       time.Time `json:"time"`
	Kind       string    `json:"kind"`
	Actor      Actor     `json:"actor"`
	Visibility string    `json:"visibility"`
	Objects    []Object  `json:"objects"` // all that it touched, what it was done to first; nil where they are not for the reader

	before []int64 // for each object, the act that touched it before; -1 for none
}

// Object is what the act was done to; empty where that is not for the reader.
func (d Deed) Object() Object {
	if len(d.Objects) == 0 {
		return ""
	}
	return d.Objects[0]
}

// ID is the mechanism's key, e.g. "china-central-asia"; empty before it is established.
func (m *Mechanism) ID() string { return m.id }

// Version is the version of the pack that the mechanism was established with.
func (m *Mechanism) Version() string { return m.version }

// Name and Short are the mechanism's names in each language.
func (m *Mechanism) Name() Names  { return m.name }
func (m *Mechanism) Short() Names { return m.short }

// Acts is how many acts the image is the fold of; the next act has this sequence number.
func (m *Mechanism) Acts() int64 { return m.deeds.len() }

// ActsAt is how many acts had been done at an instant.
func (m *Mechanism) ActsAt(t time.Time) int64 {
	return int64(sort.Search(int(m.Acts()), func(i int) bool { return m.deeds.at(int64(i)).Time.After(t) }))
}

// Last is when the newest act was done; the zero time before the first.
func (m *Mechanism) Last() time.Time {
	if m.Acts() == 0 {
		return time.Time{}
	}
	return m.deeds.at(m.Acts() - 1).Time
}

// Apply does an act that has passed Check, or that was read from a record. The image must not be sealed.
func (m *Mechanism) Apply(a Act, at Entry) {
	if m.sealed {
		panic("mechanism: an act on an image that others may hold")
	}
	a.apply(m, at)
	d := Deed{Seq: at.Seq, Time: at.Time, Kind: KindOf(a).Name, Actor: at.Actor, Visibility: at.Visibility, Objects: a.Objects(m)}
	d.before = make([]int64, len(d.Objects))
	for i, o := range d.Objects {
		before, ok := m.touched.Set(o, at.Seq)
		if d.before[i] = before; !ok {
			d.before[i] = -1
		}
	}
	m.deeds.add(d)
	if at.Request != nil {
		m.requests.add(at)
	}
}

// PassOver gives an act its place without its effect: its body was erased, or it rests on one whose body was. The image must
// not be sealed.
func (m *Mechanism) PassOver(kind string, at Entry) {
	if m.sealed {
		panic("mechanism: an act on an image that others may hold")
	}
	m.deeds.add(Deed{Seq: at.Seq, Time: at.Time, Kind: kind, Actor: at.Actor, Visibility: at.Visibility})
	m.passedOver++
}

// PassedOver is how many acts have a place in the image and no effect.
func (m *Mechanism) PassedOver() int { return m.passedOver }

// Check says whether an act is allowed to this actor and valid on this image. It changes nothing.
func (m *Mechanism) Check(a Act, by Actor) error {
	k := KindOf(a)
	if k.Name == "" {
		return invalid("there is no such kind of act")
	}
	if err := m.checkRight(k, by, a); err != nil {
		return err
	}
	if err := checkBounds(a); err != nil {
		return err
	}
	return a.Check(m, by)
}

// Visibility is who may read an act that is about to be done by somebody on this image.
func (m *Mechanism) Visibility(a Act, by Actor) string { return KindOf(a).Readers.of(m, by, a) }
