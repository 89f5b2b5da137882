// Package commitment knows what was promised: the words in which a commitment is described and the ledger of those that
// a person accepted.
//
// A [Proposal] is a commitment as it was read out of a text; it names the words, the cue and the rule that made it, so
// that the person who accepts, edits or refuses it can see why. The [Ledger] keeps it from then on, under a reference
// that is never given to another. What counts as a commitment, and how strong it is, follows the coding manual in
// docs/coding-manual.md. Package commitment/extract reads proposals out of texts.
package commitment

import (
	"slices"

	"concord/calendar"
)

// Actor is who undertakes. Parties are ISO 3166-1 alpha-2 codes in the order of the text's party set; nil where the text
// does not say which they are ("the parties concerned").
type Actor struct {
	Text    string    `json:"text"`
	Kind    ActorKind `json:"kind"`
	Parties []string  `json:"parties"`
}

// Deadline is by when: the words of the text, what they mean, and what kind of statement they are. The value is never
// the zero Window in what the mechanism took in; the JSON form is the value's own string: 2027-12-31, P5Y, R/P2Y;2026.
type Deadline struct {
	Text  string          `json:"text"`
	Value calendar.Window `json:"value"`
	Basis Basis           `json:"basis"`
}

// LastDay is the last day that the deadline allows; no day when it names none, or there is no deadline.
func (d *Deadline) LastDay() calendar.Day {
	if d == nil {
		return calendar.Day{}
	}
	last, _ := d.Value.LastDay()
	return last
}

// Proposal is a commitment as the program read it. Start and End are bytes of the document's Reading.
type Proposal struct {
	Clause       string    `json:"clause"` // id of the innermost clause
	Start        int       `json:"start"`
	End          int       `json:"end"`
	Strength     Strength  `json:"strength"`
	StrengthFrom Source    `json:"strength_from"` // of [Sources]
	Actor        Actor     `json:"actor"`
	Cue          string    `json:"cue"`       // the words that fired, as in Reading; "愿+研究" when one lowers another
	Rule         string    `json:"rule"`      // id of the lexicon line or rule, e.g. "zh/intend/愿"
	Modifiers    []string  `json:"modifiers"` // of [Modifiers]
	Deadline     *Deadline `json:"deadline"`
	Tracks       []string  `json:"tracks"`     // the first is the lead
	Instrument   string    `json:"instrument"` // what is to be concluded, of [Instruments]; empty if nothing
	Action       string    `json:"action"`     // what is to be done: the predicate with its object, without the subject
	Group        int       `json:"group"`      // proposals of one sentence share a number; counts from 1
}

// Passage is a span that looks like a promise or stands where one could, and is not: with the rule that says why.
type Passage struct {
	Clause string `json:"clause"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Cue    string `json:"cue"`
	Rule   string `json:"rule"`
	Reason string `json:"reason"` // of [Reasons]
}

// Field is one of the things that a reading of a commitment says, and that an edit may change.
type Field string

const (
	Words        Field = "words" // the span of the text
	Clause       Field = "clause"
	Action       Field = "action"
	StrengthRead Field = "strength" // how firm, and where that was read
	ActorRead    Field = "actor"
	DeadlineRead Field = "deadline"
	Tracks       Field = "tracks"
	Instrument   Field = "instrument"
	ModifiedBy   Field = "modifiers"
)

// Fields are all of them, in the order in which a change is told.
func Fields() []Field {
	return []Field{Words, Clause, Action, StrengthRead, ActorRead, DeadlineRead, Tracks, Instrument, ModifiedBy}
}

// Changes are the fields in which another reading of the same commitment differs; none when both say the same.
func (p Proposal) Changes(to Proposal) []Field {
	differs := map[Field]bool{
		Words:        p.Start != to.Start || p.End != to.End,
		Clause:       p.Clause != to.Clause,
		Action:       p.Action != to.Action,
		StrengthRead: p.Strength != to.Strength || p.StrengthFrom != to.StrengthFrom,
		ActorRead:    p.Actor.Text != to.Actor.Text || p.Actor.Kind != to.Actor.Kind || !slices.Equal(p.Actor.Parties, to.Actor.Parties),
		DeadlineRead: (p.Deadline == nil) != (to.Deadline == nil) || p.Deadline != nil && *p.Deadline != *to.Deadline,
		Tracks:       !slices.Equal(p.Tracks, to.Tracks),
		Instrument:   p.Instrument != to.Instrument,
		ModifiedBy:   !slices.Equal(p.Modifiers, to.Modifiers),
	}
	var changed []Field
	for _, f := range Fields() {
		if differs[f] {
			changed = append(changed, f)
		}
	}
	return changed
}

// Said is what a reading says in a field that is plain words; empty for the others.
func (p Proposal) Said(f Field) string {
	switch f {
	case Clause:
		return p.Clause
	case Action:
		return p.Action
	}
	return ""
}
