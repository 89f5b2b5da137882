package fault

import (
	"errors"
	"fmt"
)

// Phrase is words for a person before the values are put in: a format of package fmt in English and its operands. Every
// sentence of an [Error] is one, so that the edge can say it in another language; an operand may be a Phrase or an error
// itself where words, not values, are put in:
//
//	fault.New(fault.Denied, "%s may not write", fault.Say("a reader"))
type Phrase struct {
	Format string
	Args   []any
}

// Say makes a phrase.
func Say(format string, args ...any) Phrase { return Phrase{format, args} }

// String says the phrase in English. Both it and the sentence of New know %w.
func (p Phrase) String() string { return fmt.Errorf(p.Format, p.Args...).Error() }

// inside is what a person is told of a fault of the program, whose own words are for the log.
const inside = "something failed inside the program"

// PhraseOf gives what [Sentence] says as a phrase.
func PhraseOf(err error) Phrase {
	for e := err; e != nil; e = errors.Unwrap(e) {
		f, ok := e.(*Error)
		switch {
		case !ok:
		case f.What != "" && f.Said.Format != "":
			return f.Said
		case f.What != "":
			return Say("%s", f.What)
		case f.Err != nil && f.Kind != Internal && f.Said.Format != "":
			return f.Said
		case f.Err != nil && f.Kind != Internal:
			return Say("%v", f.Err)
		}
	}
	return Say(inside)
}
