package mechanism

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"concord/internal/fault"
)

// Act is one official deed, the only thing that changes the state. Its JSON form is its body in the record.
type Act interface {
	// Kind names what is done, e.g. "commitment.accept". A change of meaning is a new kind, never an edit of an old one.
	Kind() string
	// Object names what it is done to, on the state after the act: "commitment:CHD24-17".
	Object(m *Mechanism) string
	// Check says whether the act is valid on this state; the actor's mandate is checked before. It touches nothing.
	Check(m *Mechanism, by Actor) error
	// Apply does the deed. It cannot fail.
	Apply(m *Mechanism, at Entry)
}

// Actor is who does an act, in which office, for which party (empty for the Secretariat and the public).
type Actor struct {
	Person string `json:"person"`
	Party  string `json:"party,omitempty"`
	Office string `json:"office"`
}

// Entry is the place of an act in the record.
type Entry struct {
	Seq        int64 // counts from 0
	Time       time.Time
	Actor      Actor
	Visibility string // public, parties, party:XX, office
}

// Encode gives the body of an act for the record.
func Encode(a Act) ([]byte, error) {
	body, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", a.Kind(), err)
	}
	return body, nil
}

// saltOpening begins a body that is not for everybody. Everybody sees the hash of every body; without a salt, a short
// one (a reason of one word) could be found by trying.
const saltOpening = `{"salt":"`

// Salted puts a salt of letters and digits before the fields of a body. Decode leaves it out.
func Salted(body []byte, salt string) []byte {
	rest := body[1:]
	if len(rest) > 1 {
		rest = append([]byte{','}, rest...)
	}
	return append([]byte(saltOpening+salt+`"`), rest...)
}

// unsalted gives a body without its salt.
func unsalted(body []byte) []byte {
	if !bytes.HasPrefix(body, []byte(saltOpening)) {
		return body
	}
	_, rest, found := bytes.Cut(body[len(saltOpening):], []byte{'"'})
	if !found {
		return body
	}
	return append([]byte{'{'}, bytes.TrimPrefix(rest, []byte{','})...)
}

// Decode reads an act from its kind and body. A kind that this program does not know, or a field that it does not
// know, is an error: the record is newer than the program.
func Decode(kind string, body []byte) (Act, error) {
	k, ok := kindOf(kind)
	if !ok {
		return nil, fault.New(fault.Invalid, "this record has acts of kind %q, which this version of Concord does not know: use a newer version", kind)
	}
	act := k.New()
	dec := json.NewDecoder(bytes.NewReader(unsalted(body)))
	dec.DisallowUnknownFields()
	if err := dec.Decode(act); err != nil {
		return nil, fault.New(fault.Invalid, "the body of an act of kind %q cannot be read: %v", kind, err)
	}
	return act, nil
}

func invalid(format string, args ...any) error  { return fault.New(fault.Invalid, format, args...) }
func denied(format string, args ...any) error   { return fault.New(fault.Denied, format, args...) }
func notFound(format string, args ...any) error { return fault.New(fault.NotFound, format, args...) }
func conflict(format string, args ...any) error { return fault.New(fault.Conflict, format, args...) }
