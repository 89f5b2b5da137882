// Package fault is the one error type of Concord. Every error that a person may meet carries a [Kind], so that the edge
// (web page, command, API) can choose a status, an exit code and a translated sentence without knowing who failed.
//
// An error says what was being done and with what, and keeps its kind as it travels up:
//
//	return fault.New(fault.NotFound, "no commitment has the reference %q", ref)
//	return fault.Wrap(err, fault.Unavailable, "the record cannot be read")
//	if fault.KindOf(err) == fault.Conflict { ... }
//
// It imports the standard library only.
package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind is what sort of failure it is, for whoever must react to it.
type Kind string

// The kinds. Anything that has none of them is Internal: a fault of the program, whose words are for the log only.
const (
	Invalid     Kind = "invalid"     // what was asked makes no sense as it stands; asking again changes nothing
	Denied      Kind = "denied"      // the actor may not do it; somebody else may
	NotFound    Kind = "not found"   // what was named is not there
	Conflict    Kind = "conflict"    // it was done on a state that has since moved; look again, then ask again
	Unavailable Kind = "unavailable" // the machinery (disk, database, network) cannot do it now; later it may
	Unknown     Kind = "unknown"     // it was done or it was not, and nobody can tell just now; look before asking again
	Internal    Kind = "internal"    // a fault of the program
)

// Error is a failure with its kind. What is one sentence for a person, without a full stop; Op says what was being done
// ("append to the record") and may be empty; Err is the cause, for the log, and may be nil. Said is the sentence as New and
// Wrap got it, with its values apart.
type Error struct {
	Kind Kind
	Op   string
	What string
	Err  error
	Said Phrase
}

// Error gives "op: what: cause", leaving out what is empty.
func (e *Error) Error() string {
	var parts []string
	if e.Op != "" {
		parts = append(parts, e.Op)
	}
	if e.What != "" {
		parts = append(parts, e.What)
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(parts, ": ")
}

// Unwrap gives the cause, for errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.Err }

// Is makes two errors of this type equal when the target has the same kind and says nothing further, so that a package
// may offer `var ErrConflict = &fault.Error{Kind: fault.Conflict}` for errors.Is.
func (e *Error) Is(target error) bool {
	t, ok := target.(*Error)
	return ok && t.Kind == e.Kind && t.Op == "" && t.What == "" && t.Err == nil
}

// New makes an error of the kind with a formatted sentence. As in fmt.Errorf, a %w keeps its operand as the cause (its
// words then stand in the sentence once, not twice).
func New(kind Kind, format string, args ...any) error {
	said, phrase := fmt.Errorf(format, args...), Say(format, args...)
	if cause := errors.Unwrap(said); cause != nil {
		return &Error{Kind: kind, Err: said, Said: phrase}
	}
	return &Error{Kind: kind, What: said.Error(), Said: phrase}
}

// Wrap puts a kind and a formatted sentence before a cause. It gives nil when err is nil.
func Wrap(err error, kind Kind, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: kind, What: fmt.Sprintf(format, args...), Err: err, Said: Say(format, args...)}
}

// During adds what was being done to an error and keeps its kind. It gives nil when err is nil.
func During(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return &during{op: fmt.Sprintf(format, args...), err: err}
}

type during struct {
	op  string
	err error
}

func (d *during) Error() string { return d.op + ": " + d.err.Error() }
func (d *during) Unwrap() error { return d.err }

// KindOf gives the kind of the outermost Error in the chain; Internal when there is none; "" for nil.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Sentence gives what a person is told: the sentence of the outermost Error that has one, else a plain statement that
// something failed inside. The causes stay in the log.
func Sentence(err error) string { return PhraseOf(err).String() }
