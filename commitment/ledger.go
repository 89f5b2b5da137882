package commitment

import (
	"cmp"
	"iter"
	"slices"

	"github.com/tidwall/btree"
)

// Commitment is a commitment anchored to a span of one copy of a text, from its proposal on.
type Commitment struct {
	Text     string `json:"text"`     // code of the text: CHD24
	N        int    `json:"n"`        // its number among all ever proposed for the text, from 1
	Ref      string `json:"ref"`      // CHD24-17; reserved while proposed, permanent once accepted
	Language string `json:"language"` // of the copy that the span is in
	State    State  `json:"state"`
	By       Origin `json:"by"`             // who first read it
	From     []int  `json:"from,omitempty"` // numbers of what it was split or merged from
	Into     []int  `json:"into,omitempty"` // numbers of what it became
	Steps    []Step `json:"steps"`          // what made it what it is, oldest first
	Proposal
}

// Step is one act on a commitment.
type Step struct {
	Act    int64     `json:"act"`
	Reason string    `json:"reason,omitempty"`
	Before *Proposal `json:"before,omitempty"` // what an edit replaced
}

// Last is the newest act on the commitment.
func (c *Commitment) Last() int64 { return c.Steps[len(c.Steps)-1].Act }

// Reason is the reason given with the newest act.
func (c *Commitment) Reason() string { return c.Steps[len(c.Steps)-1].Reason }

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

// Ledger holds every commitment proposed or accepted and every summary, a chapter a text. It is a value: [Ledger.Next]
// gives one that begins as this one and grows by itself, and what stands in a ledger is replaced, never changed in
// place, so that whoever holds an older ledger sees it as it was. Its methods that change it are called by acts only,
// after their checks, on a ledger of their own. The zero Ledger is empty.
type Ledger struct {
	texts    []string // codes in the order of first mention
	chapters btree.Map[string, *chapter]
	lines    int
	tally    tally
	owner    *owner
}

// owner marks the chapters that a ledger has to itself and may change; it is compared by address.
type owner struct{ _ byte }

// chapter is what the ledger has of one text.
type chapter struct {
	owner     *owner
	place     int                         // among the texts of the ledger
	entries   btree.Map[int, *Commitment] // by number, from 1
	holders   btree.Map[int, int]         // the entry that has a reference, by the reference's number, in whatever state
	sentences btree.Map[int64, bool]      // the entries by the group of their sentence, then by number: see inSentence
	lines     btree.Map[int, Line]        // by the number of their reference
	summaries []*Summary                  // in the order of the text
	counts    Counts
}

// Counts are how many commitments of a text stand where.
type Counts struct {
	Summarized, Proposed, Accepted, Refused int
}

// Next gives a ledger that begins as this one. From then on only the next one may be changed; nothing of this one is
// written, so that many may read it, and build on it, at once.
func (l *Ledger) Next() *Ledger {
	return &Ledger{slices.Clip(l.texts), copyOf(l.chapters), l.lines, l.tally.next(), new(owner)}
}

// copyOf gives a map to be changed that shares its nodes with one that is changed no more. The library's Copy writes to
// both; here it writes to a shadow of the older one.
func copyOf[K cmp.Ordered, V any](m btree.Map[K, V]) btree.Map[K, V] { return *m.Copy() }

// own gives the chapter of a text to be changed, a copy when others may see it; a new one at the text's first mention.
func (l *Ledger) own(text string) *chapter {
	ch, ok := l.chapters.Get(text)
	if ok && ch.owner == l.owner && l.owner != nil {
		return ch
	}
	if l.owner == nil {
		l.owner = new(owner)
	}
	if !ok {
		ch = &chapter{place: len(l.texts)}
		l.texts = append(l.texts, text)
	}
	mine := &chapter{l.owner, ch.place, copyOf(ch.entries), copyOf(ch.holders), copyOf(ch.sentences), copyOf(ch.lines), slices.Clip(ch.summaries), ch.counts}
	l.chapters.Set(text, mine)
	return mine
}

// of gives the chapter of a text to be read; an empty one for a text that the ledger does not know.
func (l *Ledger) of(text string) *chapter {
	if ch, ok := l.chapters.Get(text); ok {
		return ch
	}
	return &chapter{}
}

// Of gives all commitments of a text in every state, by number. They are the ledger's own: read them only.
func (l *Ledger) Of(text string) []*Commitment { return l.of(text).entries.Values() }

// At finds a commitment by text and number.
func (l *Ledger) At(text string, n int) (*Commitment, bool) { return l.of(text).entries.Get(n) }

// ByRef finds an accepted commitment.
func (l *Ledger) ByRef(ref string) (*Commitment, bool) {
	c, ok := l.Holder(ref)
	if !ok || c.State != Accepted {
		return nil, false
	}
	return c, true
}

// Holder finds the commitment that has a reference, in whatever state.
func (l *Ledger) Holder(ref string) (*Commitment, bool) {
	ch := l.of(TextOf(ref))
	n, ok := ch.holders.Get(RefNumber(ref))
	if !ok {
		return nil, false
	}
	c, _ := ch.entries.Get(n)
	return c, c.Ref == ref
}

// Sentence gives the commitments that were read in one sentence of a text's copy, by its group, in the order of their
// numbers.
func (l *Ledger) Sentence(text, language string, group int) []*Commitment {
	ch := l.of(text)
	var of []*Commitment
	ch.sentences.Ascend(inSentence(group, 0), func(key int64, _ bool) bool {
		if key>>32 != inSentence(group, 0)>>32 {
			return false
		}
		if c, _ := ch.entries.Get(int(key & 0xffff_ffff)); c.Language == language && c.Group == group {
			of = append(of, c)
		}
		return true
	})
	return of
}

// inSentence orders the entries of a text by the group of their sentence, then by number.
func inSentence(group, n int) int64 { return int64(group)<<32 | int64(n) }

// Summary finds a summary by reference.
func (l *Ledger) Summary(ref string) (*Summary, bool) {
	ln, _ := l.Line(ref)
	return ln.Summary, ln.Summary != nil
}

// Summaries gives the summaries of a text in the order of the text.
func (l *Ledger) Summaries(text string) []*Summary { return l.of(text).summaries }

// Waiting gives the commitments of a text that wait for a decision, in the order of the text.
func (l *Ledger) Waiting(text string) []*Commitment {
	ch := l.of(text)
	if ch.counts.Proposed == 0 {
		return nil
	}
	var waiting []*Commitment
	ch.entries.Scan(func(_ int, c *Commitment) bool {
		if c.State == Proposed {
			waiting = append(waiting, c)
		}
		return true
	})
	slices.SortStableFunc(waiting, func(a, b *Commitment) int { return a.Start - b.Start })
	return waiting
}

// Counts says how many commitments of a text stand where.
func (l *Ledger) Counts(text string) Counts { return l.of(text).counts }

// Texts gives the codes of the texts in the order of the ledger, which only grows.
func (l *Ledger) Texts() []string { return slices.Clip(l.texts) }

// SameText says whether a text stands in another ledger exactly as in this one. That it does not may be for a proposal only.
func (l *Ledger) SameText(text string, other *Ledger) bool { return l.of(text) == other.of(text) }

// Len is how many lines the ledger has.
func (l *Ledger) Len() int { return l.lines }

// Lines gives the ledger as people read it: text by text, in the order of each text.
func (l *Ledger) Lines() []Line {
	lines := make([]Line, 0, l.lines)
	for ln := range l.All() {
		lines = append(lines, ln)
	}
	return lines
}

// All yields the lines in the order of [Ledger.Lines].
func (l *Ledger) All() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for _, text := range l.texts {
			on := true
			l.of(text).lines.Scan(func(_ int, ln Line) bool { on = yield(ln); return on })
			if !on {
				return
			}
		}
	}
}

// LinesOf gives the lines of one text, in the order of their references.
func (l *Ledger) LinesOf(text string) []Line { return l.of(text).lines.Values() }

// Line finds the line of a reference.
func (l *Ledger) Line(ref string) (Line, bool) {
	ln, ok := l.of(TextOf(ref)).lines.Get(RefNumber(ref))
	return ln, ok && ln.Ref == ref
}

// Beside gives the references of the lines before and after one in its text; empty at an end.
func (l *Ledger) Beside(ref string) (before, after string) {
	lines, n := &l.of(TextOf(ref)).lines, RefNumber(ref)
	lines.Descend(n-1, func(_ int, ln Line) bool { before = ln.Ref; return false })
	lines.Ascend(n+1, func(_ int, ln Line) bool { after = ln.Ref; return false })
	return before, after
}

// NextNumber is the number that the next proposal of a text gets.
func (l *Ledger) NextNumber(text string) int { return l.of(text).entries.Len() + 1 }

// FreeRef is the lowest reference of a text above all that are used, reserved or summarized.
func (l *Ledger) FreeRef(text string) string {
	top := 0
	ch := l.of(text)
	if last, _, ok := ch.lines.Max(); ok {
		top = last
	}
	if held, _, ok := ch.holders.Max(); ok {
		top = max(top, held)
	}
	return Ref(text, top+1)
}

// RefTaken says whether a reference belongs to a commitment other than number n, in whatever state: references are
// permanent, a refused one is not given away.
func (l *Ledger) RefTaken(text, ref string, n int) bool {
	holder, ok := l.of(text).holders.Get(RefNumber(ref))
	return ok && holder != n
}

// Enter adds a proposal as the next number of its text, waiting, and gives it back as it stands.
func (l *Ledger) Enter(c Commitment) *Commitment {
	c.N, c.State = l.NextNumber(c.Text), Proposed
	l.Put(c)
	return &c
}

// Put replaces what stands under the commitment's text and number.
func (l *Ledger) Put(c Commitment) {
	ch := l.own(c.Text)
	if old, ok := ch.entries.Get(c.N); ok {
		l.strike(ch, old)
	}
	ch.entries.Set(c.N, &c)
	if c.Ref != "" {
		ch.holders.Set(RefNumber(c.Ref), c.N)
	}
	if c.Group != 0 {
		ch.sentences.Set(inSentence(c.Group, c.N), true)
	}
	ch.counts.add(c.State, 1)
	if c.State == Accepted {
		ln, _ := ch.lines.Get(RefNumber(c.Ref))
		l.setLine(ch, Line{c.Ref, c.Text, c.Clause, ln.Summary, &c})
	}
}

// strike takes what a commitment is found by out of a chapter, before it is replaced.
func (l *Ledger) strike(ch *chapter, c *Commitment) {
	if n, ok := ch.holders.Get(RefNumber(c.Ref)); ok && n == c.N {
		ch.holders.Delete(RefNumber(c.Ref))
	}
	ch.counts.add(c.State, -1)
	if c.State != Accepted {
		return
	}
	ln, _ := ch.lines.Get(RefNumber(c.Ref))
	if s := ln.Summary; s != nil {
		l.setLine(ch, Line{s.Ref, s.Text, s.Clause, s, nil})
		return
	}
	ch.lines.Delete(RefNumber(c.Ref))
	l.tally.count(ln, ch.place, -1)
	l.lines--
}

func (l *Ledger) setLine(ch *chapter, ln Line) {
	if old, replaced := ch.lines.Set(RefNumber(ln.Ref), ln); replaced {
		l.tally.count(old, ch.place, -1)
	} else {
		l.lines++
	}
	l.tally.count(ln, ch.place, 1)
}

// add counts a commitment of a state in or out.
func (c *Counts) add(s State, n int) {
	switch s {
	case Proposed:
		c.Proposed += n
	case Accepted:
		c.Accepted += n
	case Refused:
		c.Refused += n
	}
}

// Summarize adds a summary.
func (l *Ledger) Summarize(s Summary) {
	ch := l.own(s.Text)
	ch.summaries = append(ch.summaries, &s)
	ch.counts.Summarized++
	ln, _ := ch.lines.Get(RefNumber(s.Ref))
	if ln.Accepted != nil {
		l.setLine(ch, Line{ln.Ref, ln.Text, ln.Clause, &s, ln.Accepted})
		return
	}
	l.setLine(ch, Line{s.Ref, s.Text, s.Clause, &s, nil})
}

// Withdraw takes all that was read in a text's copies out of what stands, by a step. Their references are free again; their
// numbers stay theirs.
func (l *Ledger) Withdraw(text string, by Step) {
	for _, c := range l.Of(text) {
		if c.State != Withdrawn {
			gone := *c
			gone.Ref = ""
			l.Decide(gone, Withdrawn, by)
		}
	}
}

// HasProposals says whether anything that was read in a text stands, or became what stands.
func (l *Ledger) HasProposals(text string) bool {
	has := false
	l.of(text).entries.Reverse(func(_ int, c *Commitment) bool { // what was withdrawn comes before what was read anew
		has = c.State != Withdrawn
		return false
	})
	return has
}

// Decide moves a commitment to a state by a step.
func (l *Ledger) Decide(c Commitment, to State, by Step) {
	c.State = to
	c.Steps = append(slices.Clip(c.Steps), by)
	l.Put(c)
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
		image = append(image, text{code, l.Of(code), l.Summaries(code)})
	}
	return image
}
