// Package commitment knows what was promised: the words in which a commitment is described and the ledger of those that
// a person accepted.
//
// A [Proposal] is a commitment as it was read out of a text; it names the words, the cue and the rule that made it, so
// that the person who accepts, edits or refuses it can see why. The [Ledger] keeps it from then on, under a reference
// that is never given to another. What counts as a commitment, and how strong it is, follows the coding manual in
// docs/coding-manual.md. Package commitment/extract reads proposals out of texts.
package commitment

import "concord/calendar"

// Strength is how firmly a text binds: 5 decide or agree, 4 pledge, 3 intend, 2 support, 1 explore, 0 not a commitment.
type Strength int

const (
	None Strength = iota
	Explore
	Support
	Intend
	Pledge
	Decide
)

// ActorKind says whom a commitment binds.
type ActorKind string

const (
	All    ActorKind = "all"    // all parties to the text
	One    ActorKind = "one"    // one party
	Subset ActorKind = "subset" // some parties, listed or described
	Organ  ActorKind = "organ"  // an organ of the parties: ministries, the secretariat
)

// Actor is who undertakes. Parties are ISO 3166-1 alpha-2 codes in the order of the text's party set; nil where the text
// does not say which they are ("the parties concerned").
type Actor struct {
	Text    string    `json:"text"`
	Kind    ActorKind `json:"kind"`
	Parties []string  `json:"parties"`
}

// Deadline is by when. Value is 2025, 2025-06, 2027-12-31, an interval 2027-01-01/2027-06-30, a recurrence R/P2Y or
// R/P2Y;2026, a duration P5Y, NOW, ASAP, or event:... ; Basis is stated, relative (to the adoption), recurring or soft.
type Deadline struct {
	Text  string `json:"text"`
	Value string `json:"value"`
	Basis string `json:"basis"`
}

// LastDay is the last day that the deadline allows, 2025-12-31; empty when it names none, or there is no deadline.
func (d *Deadline) LastDay() string {
	if d == nil {
		return ""
	}
	w, err := calendar.ParseWindow(d.Value)
	if err != nil {
		return ""
	}
	last, _ := w.LastDay()
	return last.String()
}

// Proposal is a commitment as the program read it. Start and End are bytes of the document's Reading.
type Proposal struct {
	Clause       string    `json:"clause"` // id of the innermost clause
	Start        int       `json:"start"`
	End          int       `json:"end"`
	Strength     Strength  `json:"strength"`
	StrengthFrom string    `json:"strength_from"` // "own" verb or "chapeau"
	Actor        Actor     `json:"actor"`
	Cue          string    `json:"cue"`       // the words that fired, as in Reading; "愿+研究" when one lowers another
	Rule         string    `json:"rule"`      // id of the lexicon line or rule, e.g. "zh/intend/愿"
	Modifiers    []string  `json:"modifiers"` // at-once, as-soon-as-possible, fully, as-appropriate, priority, more, continuing
	Deadline     *Deadline `json:"deadline"`
	Tracks       []string  `json:"tracks"`     // the first is the lead
	Instrument   string    `json:"instrument"` // what is to be concluded: treaty, agreement, memorandum, programme, document, ...; empty if nothing
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
	Reason string `json:"reason"` // appraisal, past, attitude, welcome, thanks, note, opinion, aspiration, purpose, chapeau, heading, others, prediction, frame
}
