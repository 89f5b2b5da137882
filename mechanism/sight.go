package mechanism

import (
	"iter"
	"slices"
	"strings"
	"time"

	"concord/commitment"
)

// Classes of visibility. What is for one party alone is "party:" with its code.
const (
	Public  = "public"
	Parties = "parties"
	Office  = "office"
)

// MayRead says whether an actor may read what has a visibility: public to everybody, parties to whoever holds an office,
// party:XX to those who act for that party, office to the officers of the Secretariat. The zero Actor is the public.
func MayRead(visibility string, by Actor) bool {
	switch visibility {
	case Public:
		return true
	case Parties:
		return by.Office != ""
	case Office:
		return by.Office == Officer || by.Office == Founder
	}
	party, ok := strings.CutPrefix(visibility, "party:")
	return ok && party != "" && by.Party == party
}

// Readers says who may read acts of a kind.
type Readers struct {
	Name  string // key of their words
	Class string // for the document of acts, where it is not one class: in words
	of    func(m *Mechanism, by Actor, a Act) string
}

// The readers that kinds of acts are given.
var (
	everybody  = always(Public)
	theParties = always(Parties)
	// asProposal: a decision on a proposal which nobody has accepted stays among the parties.
	asProposal = Readers{"proposal", "parties; public for what stands in the ledger", func(m *Mechanism, by Actor, a Act) string {
		on := a.(interface{ on() Item }).on()
		c, _ := m.ledger.At(on.Text, on.N)
		return m.classOfProposal(c)
	}}
	// asKept: a note is for who keeps it.
	asKept = Readers{"keeper", "the party that keeps it; office for the Secretariat's", func(m *Mechanism, by Actor, a Act) string {
		return classOfNote(a.(interface{ party() string }).party())
	}}
)

func always(class string) Readers {
	return Readers{class, class, func(*Mechanism, Actor, Act) string { return class }}
}

// classOfProposal is who may read a commitment as it was read in the text: what stands in the ledger is for everybody.
func (m *Mechanism) classOfProposal(c *commitment.Commitment) string {
	if c != nil && c.State == commitment.Accepted {
		return Public
	}
	return Parties
}

// classOfNote is who may read the notes that a party, or with no party the Secretariat, keeps to itself.
func classOfNote(party string) string {
	if party == "" {
		return Office
	}
	return "party:" + party
}

// classOfPeople is who may read the names of people; everybody sees in which office an act was done.
const classOfPeople = Parties

// classOf is who may read that an object is there. What is not listed is for everybody.
func (m *Mechanism) classOf(o Object) string {
	switch o.Kind() {
	case "person":
		return classOfPeople
	case "commitment":
		if _, ok := m.ledger.Line(o.Key()); !ok {
			return Parties
		}
	}
	return Public
}

// Sight is the state as one actor may see it: the one door through which it is read. What the actor may not see is not
// there. It is a small value; that of a sealed image never
// changes and may be kept.
type Sight struct {
	m  *Mechanism
	by Actor
}

// As gives the sight of an actor; the zero Actor is the public. Of an image that still grows it shows what has come.
func (m *Mechanism) As(by Actor) Sight { return Sight{m, by} }

// By is whose sight it is.
func (s Sight) By() Actor { return s.by }

// Public is the same image as everybody may see it.
func (s Sight) Public() Sight { return Sight{m: s.m} }

// Sees says whether the actor may read what has a visibility.
func (s Sight) Sees(visibility string) bool { return MayRead(visibility, s.by) }

// SeesParties says whether the actor reads what is for the parties: proposals, refusals, people.
func (s Sight) SeesParties() bool { return s.Sees(Parties) }

// May says whether the actor could do acts of a kind. The public, who holds no office, may do none.
func (s Sight) May(kind string) bool { return s.by.Office != "" && s.m.MayWrite(kind, s.by) == nil }

// ID, Version, Name and Short are of the mechanism; empty before it is established.
func (s Sight) ID() string      { return s.m.id }
func (s Sight) Version() string { return s.m.version }
func (s Sight) Name() Names     { return s.m.name }
func (s Sight) Short() Names    { return s.m.short }

// Parties gives the parties in the protocol order of a language; Party finds one by its code.
func (s Sight) Parties(lang string) []Party       { return s.m.Parties(lang) }
func (s Sight) Party(code string) (Party, bool)   { return s.m.Party(code) }
func (s Sight) PartyCodes() []string              { return s.m.PartyCodes() }
func (s Sight) HasParty(code string) bool         { return s.m.HasParty(code) }
func (s Sight) Bodies() []Body                    { return s.m.Bodies() }
func (s Sight) Body(id string) (Body, bool)       { return s.m.Body(id) }
func (s Sight) Tracks() []Track                   { return s.m.Tracks() }
func (s Sight) Track(id string) (Track, bool)     { return s.m.Track(id) }
func (s Sight) Meetings() []Meeting               { return s.m.Meetings() }
func (s Sight) CountMeetings() int                { return s.m.meetings.len() }
func (s Sight) Meeting(id string) (Meeting, bool) { return s.m.Meeting(id) }

// People gives all persons ever appointed, for whoever may read their names.
func (s Sight) People() []Person {
	if !s.Sees(classOfPeople) {
		return nil
	}
	return s.m.People()
}

// Person finds a person by id, for whoever may read their names.
func (s Sight) Person(id string) (Person, bool) {
	if !s.Sees(classOfPeople) {
		return Person{}, false
	}
	return s.m.Person(id)
}

// Texts gives the texts in the order in which they became known. What was passed over in their copies is for those who
// may read proposals.
func (s Sight) Texts() []*Text {
	texts := s.m.texts.list()
	for i, t := range texts {
		texts[i] = s.text(t)
	}
	return texts
}

// CountTexts is how many texts there are.
func (s Sight) CountTexts() int { return s.m.texts.len() }

// Text finds a text by code.
func (s Sight) Text(code string) (*Text, bool) {
	t, ok := s.m.texts.get(code)
	if !ok {
		return nil, false
	}
	return s.text(t), true
}

// text is a text of the reader's own, without what is not for them.
func (s Sight) text(t *Text) *Text {
	own := *t
	own.Copies = slices.Clone(t.Copies)
	if !s.SeesParties() {
		for i := range own.Copies {
			own.Copies[i].Passed = nil
		}
	}
	return &own
}

// Ledger is the ledger of commitments as the actor may see it.
func (s Sight) Ledger() LedgerSight { return LedgerSight{s.m.ledger, s} }

// Notes gives the notes on an object that the actor may read, oldest first.
func (s Sight) Notes(on Object) []Note {
	return slices.DeleteFunc(s.m.Notes(on), func(n Note) bool { return !s.Sees(classOfNote(n.Party)) })
}

// Acts is how many acts the record has; of what an act says, only what the actor may read is shown.
func (s Sight) Acts() int64 { return s.m.Acts() }

// Last is when the newest act was done; the zero time before the first.
func (s Sight) Last() time.Time { return s.m.Last() }

// Deed gives the line of an act. Of one that is not for the actor, only what its public header says.
func (s Sight) Deed(seq int64) (Deed, bool) {
	if seq < 0 || seq >= s.m.Acts() {
		return Deed{}, false
	}
	return s.deed(s.m.deeds.at(seq)), true
}

func (s Sight) deed(d *Deed) Deed {
	seen := *d
	seen.before = nil
	if !s.Sees(d.Visibility) {
		seen.Objects = nil
		return seen
	}
	hidden := func(o Object) bool { return !s.Sees(s.m.classOf(o)) }
	if !s.SeesParties() && slices.ContainsFunc(d.Objects, hidden) { // nothing else hides that an object is there
		seen.Objects = slices.DeleteFunc(slices.Clone(d.Objects), hidden)
	}
	return seen
}

// Deeds yields the lines of all acts from one on, oldest first, each as [Sight.Deed] gives it.
func (s Sight) Deeds(from int64) iter.Seq[Deed] { return s.lines(s.m.deeds.from(max(from, 0))) }

// Latest yields the lines of all acts, newest first, each as [Sight.Deed] gives it.
func (s Sight) Latest() iter.Seq[Deed] { return s.Before(s.m.Acts()) }

// Before is Latest from the act before one on.
func (s Sight) Before(seq int64) iter.Seq[Deed] { return s.lines(s.m.deeds.back(min(seq, s.m.Acts()))) }

func (s Sight) lines(deeds iter.Seq[*Deed]) iter.Seq[Deed] {
	return func(yield func(Deed) bool) {
		for d := range deeds {
			if !yield(s.deed(d)) {
				return
			}
		}
	}
}

// History yields the acts that touched an object and that the actor may read, newest first.
func (s Sight) History(o Object) iter.Seq[Deed] {
	return func(yield func(Deed) bool) {
		if !s.Sees(s.m.classOf(o)) {
			return
		}
		seq, ok := s.m.touched.Get(o)
		for ok && seq >= 0 {
			d := s.m.deeds.at(seq)
			if s.Sees(d.Visibility) && !yield(s.deed(d)) {
				return
			}
			seq = d.before[slices.Index(d.Objects, o)]
		}
	}
}

// LastChange gives the line of the newest act that touched an object and that the actor may read.
func (s Sight) LastChange(o Object) (Deed, bool) {
	for d := range s.History(o) {
		return d, true
	}
	return Deed{}, false
}

// ActsAt is how many acts had been done at an instant.
func (s Sight) ActsAt(t time.Time) int64 { return s.m.ActsAt(t) }

// LedgerSight is the ledger as one actor may see it: to the public, a proposal is there once it is accepted. What was withdrawn
// with its text is there for nobody: the words that it stood in are gone.
type LedgerSight struct {
	l *commitment.Ledger
	s Sight
}

// Of gives the commitments of a text by number. They are the ledger's own: read them only.
func (l LedgerSight) Of(text string) []*commitment.Commitment { return l.seen(l.l.Of(text)) }

func (l LedgerSight) seen(all []*commitment.Commitment) []*commitment.Commitment {
	withdrawn := func(c *commitment.Commitment) bool { return c.State == commitment.Withdrawn }
	if l.s.SeesParties() && !slices.ContainsFunc(all, withdrawn) {
		return all
	}
	var seen []*commitment.Commitment
	for _, c := range all {
		if c, ok := l.one(c, true); ok {
			seen = append(seen, c)
		}
	}
	return seen
}

// At finds a commitment by text and number.
func (l LedgerSight) At(text string, n int) (*commitment.Commitment, bool) {
	return l.one(l.l.At(text, n))
}

// Holder finds the commitment that has a reference, in whatever state.
func (l LedgerSight) Holder(ref string) (*commitment.Commitment, bool) { return l.one(l.l.Holder(ref)) }

func (l LedgerSight) one(c *commitment.Commitment, ok bool) (*commitment.Commitment, bool) {
	if !ok || c.State == commitment.Withdrawn || !l.s.Sees(l.s.m.classOfProposal(c)) {
		return nil, false
	}
	return l.withSteps(c), true
}

// withSteps is an accepted commitment with those of its steps that the actor may read. How it came to be accepted stays
// among the parties; the step by which it was, and what followed, is for everybody. What was edited while the commitment
// was open again was, to everybody, replaced when it was accepted again.
func (l LedgerSight) withSteps(c *commitment.Commitment) *commitment.Commitment {
	if c == nil || l.s.SeesParties() {
		return c
	}
	own := *c
	own.From, own.Steps = nil, nil
	var stood *commitment.Proposal // last in the ledger, before edits that are not shown
	for _, step := range c.Steps {
		switch shown := l.s.Sees(l.s.m.deeds.at(step.Act).Visibility); {
		case shown:
			if step.Before == nil {
				step.Before = stood
			}
			stood, own.Steps = nil, append(own.Steps, step)
		case stood == nil && len(own.Steps) > 0:
			stood = step.Before
		}
	}
	return &own
}

// ByRef finds an accepted commitment; Sentence those that were read in one sentence.
func (l LedgerSight) ByRef(ref string) (*commitment.Commitment, bool) { return l.one(l.l.ByRef(ref)) }
func (l LedgerSight) Sentence(text, language string, group int) []*commitment.Commitment {
	return l.seen(l.l.Sentence(text, language, group))
}

// Waiting gives the proposals of a text that wait for a decision, in the order of the text.
func (l LedgerSight) Waiting(text string) []*commitment.Commitment {
	if !l.s.SeesParties() {
		return nil
	}
	return l.l.Waiting(text)
}

// Counts says how many commitments of a text stand where.
func (l LedgerSight) Counts(text string) commitment.Counts {
	c := l.l.Counts(text)
	if !l.s.SeesParties() {
		c.Proposed, c.Refused = 0, 0
	}
	return c
}

// Line finds a line of the ledger.
func (l LedgerSight) Line(ref string) (commitment.Line, bool) {
	ln, ok := l.l.Line(ref)
	ln.Accepted = l.withSteps(ln.Accepted)
	return ln, ok
}

// The others are of what is public: summaries and accepted commitments. The lines of a list are the ledger's own, for speed:
// what was done to one of them, [LedgerSight.Line] tells.
func (l LedgerSight) Summary(ref string) (*commitment.Summary, bool) { return l.l.Summary(ref) }
func (l LedgerSight) Summaries(text string) []*commitment.Summary    { return l.l.Summaries(text) }
func (l LedgerSight) Texts() []string                                { return l.l.Texts() }
func (l LedgerSight) Len() int                                       { return l.l.Len() }
func (l LedgerSight) Lines() []commitment.Line                       { return l.l.Lines() }
func (l LedgerSight) All() iter.Seq[commitment.Line]                 { return l.l.All() }
func (l LedgerSight) LinesOf(text string) []commitment.Line          { return l.l.LinesOf(text) }
func (l LedgerSight) Strengths() map[string]commitment.ByStrength    { return l.l.Strengths() }
func (l LedgerSight) CountDated() int                                { return l.l.CountDated() }
func (l LedgerSight) CountTexts() int                                { return l.l.CountTexts() }
func (l LedgerSight) Due(from string) iter.Seq[commitment.Line]      { return l.l.Due(from) }
func (l LedgerSight) Passed(before string) iter.Seq[commitment.Line] { return l.l.Passed(before) }
func (l LedgerSight) Beside(ref string) (before, after string)       { return l.l.Beside(ref) }

// SameText says whether nothing of a text differs in another sight of the ledger. It may say no when nothing does that the
// actor may see.
func (l LedgerSight) SameText(text string, other LedgerSight) bool {
	return other.l != nil && l.l.SameText(text, other.l)
}

// NextNumber is the number that the next proposal of a text gets, for who may read proposals; to others, 0.
func (l LedgerSight) NextNumber(text string) int {
	if !l.s.SeesParties() {
		return 0
	}
	return l.l.NextNumber(text)
}

// FreeRef is the lowest free reference of a text, for who may read proposals; to others, "".
func (l LedgerSight) FreeRef(text string) string {
	if !l.s.SeesParties() {
		return ""
	}
	return l.l.FreeRef(text)
}
