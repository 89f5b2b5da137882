package mechanism

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// image is the whole state in the order and form that is hashed. A field added later must be omitted when it is empty,
// so that old records keep their digest.
type image struct {
	ID       string              `json:"id"`
	Version  string              `json:"version"`
	Name     Names               `json:"name"`
	Short    Names               `json:"short"`
	Order    map[string][]string `json:"order"`
	Parties  []Party             `json:"parties"`
	Bodies   []Body              `json:"bodies"`
	Tracks   []Track             `json:"tracks"`
	Meetings []Meeting           `json:"meetings"`
	People   []Person            `json:"people"`
	Texts    []*Text             `json:"texts"`
	Ledger   any                 `json:"ledger"`
	Notes    []Note              `json:"notes,omitempty"`
	Requests map[string]Done     `json:"requests,omitempty"`
	Clock    [2]int64            `json:"clock,omitzero"` // the officer's word on it: at, said; microseconds
	Deeds    []Deed              `json:"deeds"`
}

// Digest is the SHA-256 of the whole state, in hexadecimal: the same acts give the same digest on every machine and on
// every store.
func (m *Mechanism) Digest() string {
	h := sha256.New()
	enc := json.NewEncoder(h)
	err := enc.Encode(image{
		m.id, m.version, m.name, m.short, m.order, m.parties.list(), m.bodies.list(), m.tracks.list(), m.meetings.list(), m.people.list(),
		m.texts.list(), m.ledger.Image(), m.notes.at.Values(), m.requests.all(), m.clock.image(), m.deeds.list(),
	})
	if err != nil {
		panic("mechanism: the state has no JSON form: " + err.Error()) // all its types have one
	}
	return hex.EncodeToString(h.Sum(nil))
}
