package mechanism

import (
	"slices"
	"strings"
	"time"

	"github.com/tidwall/btree"
)

// Notes are what a party, or the Secretariat, keeps to itself about an object: instructions, doubts, whom to call.
var noteKinds = []Kind{
	kind[AddNote]("note.add", toKeepers, asKept),
	kind[WithdrawNote]("note.withdraw", toKeepers, asKept),
}

// Note is one note. Nobody reads it but those who act for its party, or for the Secretariat when it has none.
type Note struct {
	Act    int64     `json:"act"` // the act that added it; its key
	Time   time.Time `json:"time"`
	Person string    `json:"person"`
	Party  string    `json:"party,omitempty"`
	On     Object    `json:"on"`
	Words  string    `json:"words"`
}

// notes are all notes, a value like the image that it is part of.
type notes struct {
	at btree.Map[int64, Note]
	on btree.Map[Object, []int64]
}

func (n *notes) next() notes {
	at, on := n.at, n.on
	return notes{*at.Copy(), *on.Copy()}
}

// Notes gives all notes on an object, oldest first.
func (m *Mechanism) Notes(on Object) []Note {
	var list []Note
	acts, _ := m.notes.on.Get(on)
	for _, act := range acts {
		n, _ := m.notes.at.Get(act)
		list = append(list, n)
	}
	return list
}

// AddNote keeps a note on an object for the actor's own party, or for the Secretariat.
type AddNote struct {
	Party string `json:"party,omitempty"` // the actor's own; none for the Secretariat
	On    Object `json:"on"`
	Words string `json:"words"`
}

func (a AddNote) Objects(m *Mechanism) []Object { return []Object{a.On} }
func (a AddNote) party() string                 { return a.Party }

func (a AddNote) Check(m *Mechanism, by Actor) error {
	if a.Party != by.Party {
		return denied("a note is kept for one's own party")
	}
	if !m.has(a.On) || !MayRead(m.classOf(a.On), by) {
		return notFound("there is nothing called %q to keep a note on", string(a.On))
	}
	if strings.TrimSpace(a.Words) == "" {
		return invalid("a note needs words")
	}
	return nil
}

func (a AddNote) apply(m *Mechanism, at Entry) {
	m.notes.at.Set(at.Seq, Note{at.Seq, at.Time, at.Actor.Person, a.Party, a.On, a.Words})
	acts, _ := m.notes.on.Get(a.On)
	m.notes.on.Set(a.On, append(slices.Clip(acts), at.Seq))
}

// WithdrawNote takes a note away.
type WithdrawNote struct {
	Party string `json:"party,omitempty"` // the actor's own; none for the Secretariat
	On    Object `json:"on"`
	Note  int64  `json:"note"` // the act that added it
}

func (a WithdrawNote) Objects(m *Mechanism) []Object { return []Object{a.On} }
func (a WithdrawNote) party() string                 { return a.Party }

func (a WithdrawNote) Check(m *Mechanism, by Actor) error {
	n, ok := m.notes.at.Get(a.Note)
	if a.Party != by.Party || !ok || n.Party != a.Party || n.On != a.On {
		return notFound("there is no such note of yours on %q", string(a.On))
	}
	return nil
}

func (a WithdrawNote) apply(m *Mechanism, at Entry) {
	m.notes.at.Delete(a.Note)
	acts, _ := m.notes.on.Get(a.On)
	m.notes.on.Set(a.On, slices.DeleteFunc(slices.Clone(acts), func(n int64) bool { return n == a.Note }))
}

// has says whether there is an object of this name.
func (m *Mechanism) has(o Object) bool {
	key := o.Key()
	switch o.Kind() {
	case "mechanism":
		return key != "" && key == m.id
	case "party":
		return m.parties.has(key)
	case "track":
		return m.tracks.has(key)
	case "body":
		return m.bodies.has(key)
	case "meeting":
		return m.meetings.has(key)
	case "person":
		return m.people.has(key)
	case "text":
		return m.texts.has(key)
	case "commitment":
		_, line := m.ledger.Line(key)
		_, held := m.ledger.Holder(key)
		return line || held
	}
	return false
}
