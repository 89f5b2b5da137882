package mechanism

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"concord/internal/fault"
)

// Act is one official deed, the only thing that changes the state. Its JSON form is its body in the record. Only this
// package has acts, and only it applies them.
type Act interface {
	// Objects are all that it touches, on the state after the act; the first is what it was done to.
	Objects(m *Mechanism) []Object
	// Check says whether the act is valid on this state; the actor's right to it is checked before. It touches nothing.
	Check(m *Mechanism, by Actor) error
	// apply does the deed on an image of its own. It cannot fail.
	apply(m *Mechanism, at Entry)
}

// Object names something that acts are done to: its kind and its key, "commitment:CHD24-17".
type Object string

// ObjectOf makes the name of an object.
func ObjectOf(kind, key string) Object { return Object(kind + ":" + key) }

// Kind is what kind of thing it is: mechanism, party, track, body, meeting, person, text, commitment.
func (o Object) Kind() string { kind, _, _ := strings.Cut(string(o), ":"); return kind }

// Key is its key among its kind: a code, an id, a reference.
func (o Object) Key() string { _, key, _ := strings.Cut(string(o), ":"); return key }

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
	Visibility string   // public, parties, party:XX, office
	Request    *Request // for the first act of a request that was sent with a key; else nil
}

// Encode gives the body of an act for the record.
func Encode(a Act) ([]byte, error) {
	body, err := json.Marshal(a)
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", KindOf(a).Name, err)
	}
	return body, nil
}

// Decode reads an act from its kind and its body in the record. A kind that this program does not know, or a field that
// it does not know, is an error: the record is newer than the program.
func Decode(kind string, body []byte) (Act, error) {
	if _, ok := KindNamed(kind); !ok {
		return nil, fault.New(fault.Invalid, "this record has acts of kind %q, which this version of Concord does not know: use a newer version", kind)
	}
	fields, err := Fields(body)
	if err != nil {
		return nil, unreadable(kind, err)
	}
	return DecodeFields(kind, fields)
}

// DecodeFields reads an act from its kind and its fields, one JSON object. Invalid: a kind or a field that there is not,
// or what is no such object.
func DecodeFields(kind string, fields []byte) (Act, error) {
	k, ok := KindNamed(kind)
	if !ok {
		return nil, noSuchKind(kind)
	}
	if len(fields) == 0 || fields[0] != '{' {
		return nil, invalid("the body of an act of kind %q is not a JSON object", kind)
	}
	act := k.New()
	dec := json.NewDecoder(bytes.NewReader(fields))
	dec.DisallowUnknownFields()
	if err := dec.Decode(act); err != nil {
		return nil, unreadable(kind, err)
	}
	if a, ok := act.(interface{ settle() }); ok {
		a.settle()
	}
	return act, nil
}

func unreadable(kind string, err error) error {
	return invalid("the body of an act of kind %q cannot be read: %v", kind, err)
}

func noSuchKind(kind string) error { return invalid("there is no kind of act called %q", kind) }

func invalid(format string, args ...any) error  { return fault.New(fault.Invalid, format, args...) }
func denied(format string, args ...any) error   { return fault.New(fault.Denied, format, args...) }
func notFound(format string, args ...any) error { return fault.New(fault.NotFound, format, args...) }
func conflict(format string, args ...any) error { return fault.New(fault.Conflict, format, args...) }
