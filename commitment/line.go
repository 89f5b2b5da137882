package commitment

import (
	"slices"
	"strconv"
	"strings"
)

// Line is one line of the ledger as people read it: an accepted commitment, its summary, or both.
type Line struct {
	Ref      string
	Text     string
	Clause   string
	Summary  *Summary
	Accepted *Commitment // nil while the authentic text has not been reviewed
}

// Strength of the line: as accepted, else as summarized.
func (ln Line) Strength() Strength {
	if ln.Accepted != nil {
		return ln.Accepted.Strength
	}
	return ln.Summary.Strength
}

// Bound gives the kind of actor and the parties bound; nil parties: the text does not list them.
func (ln Line) Bound() (ActorKind, []string) {
	if ln.Accepted != nil {
		return ln.Accepted.Actor.Kind, ln.Accepted.Actor.Parties
	}
	return ln.Summary.Actor.Kind, ln.Summary.Actor.Parties
}

// BoundIn is [Line.Bound] for who knows the parties of the line's text: all parties are those of the text.
func (ln Line) BoundIn(text []string) (ActorKind, []string) {
	kind, parties := ln.Bound()
	switch {
	case len(parties) > 0:
		return kind, parties
	case kind == All:
		return kind, text
	}
	return kind, nil
}

// Binding is how a commitment stands to a party.
type Binding string

const (
	BindsIt   Binding = "on"
	BindsNot  Binding = "off"
	MayBindIt Binding = "maybe" // the text does not list whom it binds
)

// BindingOf says how a commitment that binds the parties of [Line.BoundIn] stands to a party; text are the parties to its
// text. Nobody else can be bound by it.
func BindingOf(party string, bound, text []string) Binding {
	switch {
	case slices.Contains(bound, party):
		return BindsIt
	case bound == nil && slices.Contains(text, party):
		return MayBindIt
	}
	return BindsNot
}

// Deadline of the line, or nil.
func (ln Line) Deadline() *Deadline {
	if ln.Accepted != nil {
		return ln.Accepted.Deadline
	}
	return ln.Summary.Deadline
}

// Tracks of the line, the lead first.
func (ln Line) Tracks() []string {
	if ln.Accepted != nil {
		return ln.Accepted.Tracks
	}
	return ln.Summary.Tracks
}

// Instrument that is to be concluded, or "".
func (ln Line) Instrument() string {
	if ln.Accepted != nil {
		return ln.Accepted.Instrument
	}
	return ln.Summary.Instrument
}

// State of the line: accepted, or summarized while the authentic text has not been reviewed.
func (ln Line) State() State {
	if ln.Accepted != nil {
		return Accepted
	}
	return Summarized
}

// Missing names the elements that the commitment does not state.
func (ln Line) Missing() []Element {
	if ln.Accepted != nil {
		return ln.Accepted.Missing()
	}
	var missing []Element
	if ln.Summary.Actor.Kind != All && ln.Summary.Actor.Parties == nil {
		missing = append(missing, Who)
	}
	if ln.Summary.Deadline == nil {
		missing = append(missing, When)
	}
	return missing
}

// Missing names the elements that the text does not state: who (nobody, or parties that it does not list), what, when.
func (p Proposal) Missing() []Element {
	var missing []Element
	if p.Actor.Text == "" && len(p.Actor.Parties) == 0 || p.Actor.Kind != All && p.Actor.Parties == nil {
		missing = append(missing, Who)
	}
	if strings.TrimSpace(p.Action) == "" {
		missing = append(missing, What)
	}
	if p.Deadline == nil {
		missing = append(missing, When)
	}
	return missing
}

// Ref makes a reference such as CHD24-07 from a text's code and a number from 1.
func Ref(text string, n int) string {
	digits := strconv.Itoa(n)
	if n < 10 {
		digits = "0" + digits
	}
	return text + "-" + digits
}

// RefNumber reads the number of a reference; 0 if it has none.
func RefNumber(ref string) int {
	i := strings.LastIndexByte(ref, '-')
	n := 0
	for _, c := range []byte(ref[i+1:]) {
		if c < '0' || c > '9' {
			return 0
		}
		n = n*10 + int(c-'0')
	}
	return n
}

// ValidRef says whether ref is a reference of the text.
func ValidRef(text, ref string) bool {
	number, ok := strings.CutPrefix(ref, text)
	n := RefNumber(ref)
	return ok && n > 0 && number == Ref("", n)
}

// TextOf is the code of the text that a reference belongs to; empty if it has none.
func TextOf(ref string) string {
	if i := strings.LastIndexByte(ref, '-'); i > 0 {
		return ref[:i]
	}
	return ""
}
