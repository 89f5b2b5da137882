package commitment

import "slices"

// Every vocabulary of the coding manual stands in this file and nowhere else: its values, their order, and what is one.
// The forms of the web offer these lists, the mechanism checks against them, the lexicons may use no other class, and each
// value has its words in every language.

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

// strengthNames are the names of the strengths by their number.
var strengthNames = [...]string{"none", "explore", "support", "intend", "pledge", "decide"}

// Strengths are those that a commitment may have, the firmest first.
func Strengths() []Strength { return []Strength{Decide, Pledge, Intend, Support, Explore} }

// Valid says whether a commitment may have the strength: 1 to 5.
func (s Strength) Valid() bool { return s >= Explore && s <= Decide }

// Name is the English name, decide to none, which is also the strength's key; empty for what is no strength.
func (s Strength) Name() string {
	if s < None || s > Decide {
		return ""
	}
	return strengthNames[s]
}

// Source is where the strength of a commitment was read.
type Source string

const (
	Own     Source = "own"     // at its own verb
	Chapeau Source = "chapeau" // in the lead-in of the list that it stands in
)

// Sources are both.
func Sources() []Source { return []Source{Own, Chapeau} }

// Valid says whether it is one of [Sources].
func (s Source) Valid() bool { return slices.Contains(Sources(), s) }

// ActorKind says whom a commitment binds.
type ActorKind string

const (
	All    ActorKind = "all"    // all parties to the text
	One    ActorKind = "one"    // one party
	Subset ActorKind = "subset" // some parties, listed or described
	Organ  ActorKind = "organ"  // an organ of the parties: ministries, the secretariat
)

// ActorKinds are all kinds.
func ActorKinds() []ActorKind { return []ActorKind{All, One, Subset, Organ} }

// Valid says whether it is one of [ActorKinds].
func (k ActorKind) Valid() bool { return slices.Contains(ActorKinds(), k) }

// Basis is what kind of statement a deadline is.
type Basis string

const (
	Stated    Basis = "stated"    // the text names the day, month or year
	Relative  Basis = "relative"  // it runs from the adoption
	Recurring Basis = "recurring" // it comes again and again
	Soft      Basis = "soft"      // at once, as soon as possible
)

// Bases are all of them.
func Bases() []Basis { return []Basis{Stated, Relative, Recurring, Soft} }

// Valid says whether it is one of [Bases].
func (b Basis) Valid() bool { return slices.Contains(Bases(), b) }

// Kinds of instruments and modifiers that the program itself tells from the others.
const (
	Document         = "document" // none of the kinds that have a name
	AtOnce           = "at-once"
	AsSoonAsPossible = "as-soon-as-possible"
	AsAPriority      = "priority"
)

// Instruments are the kinds of what can be concluded, the firmest first as far as there is such an order.
func Instruments() []string {
	return []string{
		"treaty", "agreement", "memorandum", "protocol", "programme", "roadmap", "strategy", "declaration", "charter", "arrangement", Document,
	}
}

// Modifiers are what makes a commitment more or less than its verb says.
func Modifiers() []string {
	return []string{AtOnce, AsSoonAsPossible, "fully", "as-appropriate", AsAPriority, "more", "continuing"}
}

// Reasons are why a passage is no commitment, the most frequent first.
func Reasons() []string {
	return []string{
		"appraisal", "welcome", "past", "purpose", "aspiration", "others", "prediction", "opinion", "chapeau",
		"attitude", "note", "thanks", "heading", "frame",
	}
}

// Undone is the reason of a decision that its own maker took back.
const Undone = "undo"

// The bounds of what is read in one text, far above what texts have.
const (
	MostWords = 20_000 // bytes of the words of one commitment
	MostRead  = 20_000 // proposals, and passages that are none
)

// TooLong is the reason why a passage was not read at all: its sentence is longer than any that people write.
const TooLong = "too-long"

// State is where a commitment stands between being read and being kept in the ledger.
type State string

const (
	Proposed State = "proposed" // waits for a person's decision
	Accepted State = "accepted" // stands in the ledger under its reference
	Refused  State = "refused"  // a person said, with a reason, that it is not a commitment
	Divided  State = "divided"  // was split into others
	Merged   State = "merged"   // was merged into another

	Withdrawn State = "withdrawn" // was read in a copy that an officer withdrew
)

// States are all states of a commitment that was read in a text.
func States() []State { return []State{Proposed, Accepted, Refused, Divided, Merged, Withdrawn} }

// Summarized is the state of a line that only the pack speaks of.
const Summarized State = "summarized"

// Origin is who first read a commitment.
type Origin string

const (
	ByProgram Origin = "program"
	ByPerson  Origin = "person"
)

// Origins are both.
func Origins() []Origin { return []Origin{ByProgram, ByPerson} }

// Element is what a commitment says, and may leave open.
type Element string

const (
	Who  Element = "who"
	What Element = "what"
	When Element = "when"
)

// Elements are all that may be missing.
func Elements() []Element { return []Element{Who, What, When} }
