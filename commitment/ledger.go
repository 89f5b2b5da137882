package commitment

import (
	"fmt"
	"slices"
	"strings"
)

// State is where a commitment stands between being read and being kept in the ledger.
type State string

const (
	Proposed State = "proposed" // waits for a person's decision
	Accepted State = "accepted" // stands in the ledger under its reference
	Refused  State = "refused"  // a person said, with a reason, that it is not a commitment
	Divided  State = "divided"  // was split into others
	Merged   State = "merged"   // was merged into another
)

// Commitment is a commitment anchored to a span of one copy of a text, from its proposal on.
type Commitment struct {
	Text     string  `json:"text"`     // code of the text: CHD24
	N        int     `json:"n"`        // its number among all ever proposed for the text, from 1
	Ref      string  `json:"ref"`      // CHD24-17; reserved while proposed, permanent once accepted
	Language string  `json:"language"` // of the copy that the span is in
	State    State   `json:"state"`
	By       string  `json:"by"` // "program" or "person": who first read it
	Reason   string  `json:"reason,omitempty"`
	From     []int   `json:"from,omitempty"` // numbers of what it was split or merged from
	Into     []int   `json:"into,omitempty"` // numbers of what it became
	Acts     []int64 `json:"acts"`           // the acts that made it what it is, oldest first
	Proposal
}

// Summary is what a pack says of a commitment in its own words, known before or without the authentic text.
type Summary struct {
	Ref        string            `json:"ref"`
	Text       string            `json:"text"`
	Clause     string            `json:"clause"`
	N          int               `json:"n"` // order within the clause, from 1
	Summary    map[string]string `json:"summary"`
	Strength   Strength          `json:"strength"`
	Actor      SummaryActor      `json:"actor"`
	Deadline   *Deadline         `json:"deadline,omitempty"`
	Tracks     []string          `json:"tracks"`
	Instrument string            `json:"instrument,omitempty"`
}

// SummaryActor is who undertakes, with words in each language where a list of parties does not say it.
type SummaryActor struct {
	Kind    ActorKind         `json:"kind"`
	Parties []string          `json:"parties"`
	Text    map[string]string `json:"text,omitempty"`
}

// Ledger holds every commitment proposed or accepted and every summary. Its methods that change it are called by acts
// only, after their checks.
type Ledger struct {
	entries   map[string][]*Commitment // by text code; index is N-1
	summaries map[string][]*Summary    // by text code, in the order of the text
	texts     []string                 // codes in the order of first mention
	byRef     map[string]*Commitment   // accepted ones
	sumByRef  map[string]*Summary
}

// NewLedger is an empty ledger.
func NewLedger() *Ledger {
	return &Ledger{map[string][]*Commitment{}, map[string][]*Summary{}, nil, map[string]*Commitment{}, map[string]*Summary{}}
}

// Of gives all commitments of a text in every state, by number.
func (l *Ledger) Of(text string) []*Commitment { return l.entries[text] }

// At finds a commitment by text and number.
func (l *Ledger) At(text string, n int) (*Commitment, bool) {
	of := l.entries[text]
	if n < 1 || n > len(of) {
		return nil, false
	}
	return of[n-1], true
}

// ByRef finds an accepted commitment.
func (l *Ledger) ByRef(ref string) (*Commitment, bool) { c, ok := l.byRef[ref]; return c, ok }

// Summary finds a summary by reference.
func (l *Ledger) Summary(ref string) (*Summary, bool) { s, ok := l.sumByRef[ref]; return s, ok }

// Summaries gives the summaries of a text in the order of the text.
func (l *Ledger) Summaries(text string) []*Summary { return l.summaries[text] }

// Waiting gives the commitments of a text that wait for a decision, in the order of the text.
func (l *Ledger) Waiting(text string) []*Commitment {
	var waiting []*Commitment
	for _, c := range l.entries[text] {
		if c.State == Proposed {
			waiting = append(waiting, c)
		}
	}
	slices.SortStableFunc(waiting, func(a, b *Commitment) int { return a.Start - b.Start })
	return waiting
}

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

// Missing names the elements that the commitment does not state: who, what, when.
func (ln Line) Missing() []string {
	if ln.Accepted != nil {
		return ln.Accepted.Missing()
	}
	var missing []string
	if ln.Summary.Actor.Kind != All && ln.Summary.Actor.Parties == nil {
		missing = append(missing, "who")
	}
	if ln.Summary.Deadline == nil {
		missing = append(missing, "when")
	}
	return missing
}

// Missing names the elements that the text does not state: who (nobody, or parties that it does not list), what, when.
func (p Proposal) Missing() []string {
	var missing []string
	if p.Actor.Text == "" && len(p.Actor.Parties) == 0 || p.Actor.Kind != All && p.Actor.Parties == nil {
		missing = append(missing, "who")
	}
	if strings.TrimSpace(p.Action) == "" {
		missing = append(missing, "what")
	}
	if p.Deadline == nil {
		missing = append(missing, "when")
	}
	return missing
}

// Lines gives the ledger as people read it: text by text, in the order of each text.
func (l *Ledger) Lines() []Line {
	var lines []Line
	for _, text := range l.texts {
		lines = append(lines, l.LinesOf(text)...)
	}
	return lines
}

// LinesOf gives the lines of one text, in the order of their references.
func (l *Ledger) LinesOf(text string) []Line {
	var lines []Line
	for _, s := range l.summaries[text] {
		lines = append(lines, Line{s.Ref, text, s.Clause, s, l.byRef[s.Ref]})
	}
	for _, c := range l.entries[text] {
		if c.State == Accepted && l.sumByRef[c.Ref] == nil {
			lines = append(lines, Line{c.Ref, text, c.Clause, nil, c})
		}
	}
	slices.SortStableFunc(lines, func(a, b Line) int { return RefNumber(a.Ref) - RefNumber(b.Ref) })
	return lines
}

// Line finds the line of a reference.
func (l *Ledger) Line(ref string) (Line, bool) {
	c, s := l.byRef[ref], l.sumByRef[ref]
	switch {
	case c != nil:
		return Line{ref, c.Text, c.Clause, s, c}, true
	case s != nil:
		return Line{ref, s.Text, s.Clause, s, nil}, true
	}
	return Line{}, false
}

// NextNumber is the number that the next proposal of a text gets.
func (l *Ledger) NextNumber(text string) int { return len(l.entries[text]) + 1 }

// FreeRef is the lowest reference of a text above all that are used, reserved or summarized.
func (l *Ledger) FreeRef(text string) string {
	top := 0
	for _, s := range l.summaries[text] {
		top = max(top, RefNumber(s.Ref))
	}
	for _, c := range l.entries[text] {
		top = max(top, RefNumber(c.Ref))
	}
	return Ref(text, top+1)
}

// RefTaken says whether a reference belongs to a commitment other than number n, in whatever state: references are
// permanent, a refused one is not given away.
func (l *Ledger) RefTaken(text, ref string, n int) bool {
	return slices.ContainsFunc(l.entries[text], func(c *Commitment) bool { return c.Ref == ref && c.N != n })
}

// Ref makes a reference such as CHD24-07 from a text's code and a number from 1.
func Ref(text string, n int) string { return fmt.Sprintf("%s-%02d", text, n) }

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
	return strings.HasPrefix(ref, text+"-") && RefNumber(ref) > 0 && Ref(text, RefNumber(ref)) == ref
}

// Enter adds a proposal as the next number of its text, waiting.
func (l *Ledger) Enter(c Commitment) *Commitment {
	l.know(c.Text)
	c.N, c.State = l.NextNumber(c.Text), Proposed
	l.entries[c.Text] = append(l.entries[c.Text], &c)
	return &c
}

// Summarize adds a summary.
func (l *Ledger) Summarize(s Summary) {
	l.know(s.Text)
	l.summaries[s.Text] = append(l.summaries[s.Text], &s)
	l.sumByRef[s.Ref] = &s
}

func (l *Ledger) know(text string) {
	if !slices.Contains(l.texts, text) {
		l.texts = append(l.texts, text)
	}
}

// Decide moves a commitment to a state by an act, with the reason given.
func (l *Ledger) Decide(c *Commitment, to State, reason string, act int64) {
	if c.State == Accepted {
		delete(l.byRef, c.Ref)
	}
	c.State, c.Reason = to, reason
	c.Acts = append(c.Acts, act)
	if to == Accepted {
		l.byRef[c.Ref] = c
	}
}

// Image is the whole ledger as plain values in a fixed order, for the digest.
func (l *Ledger) Image() any {
	type text struct {
		Code      string        `json:"code"`
		Entries   []*Commitment `json:"entries"`
		Summaries []*Summary    `json:"summaries"`
	}
	image := []text{}
	for _, code := range l.texts {
		image = append(image, text{code, l.entries[code], l.summaries[code]})
	}
	return image
}
