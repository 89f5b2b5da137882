package proposal

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"concord/commitment"
	"concord/internal/fault"
	"concord/statement"
	"concord/web/page"
)

// Form is a proposal as a person edits it.
type Form struct {
	Start      int // bytes of Reading
	End        int
	Words      string // of the text; they win over Start and End where they differ, for whoever types them
	Strength   int
	From       string
	Kind       string
	Who        string
	Parties    []string
	DueText    string
	DueValue   string // empty: no deadline
	DueBasis   string
	Lead       string // the lead track
	Tracks     []string
	Modifiers  []string
	Instrument string
	Action     string
	Reason     string // of the change or decision, in the person's words
	Quick      string // a reason of the coding manual
	Cut        int    // where to split
	With       int    // what to merge with
	Nudge      string // start-, start+, end-, end+: a boundary to move by a word
}

// FormOf is the form of a proposal as it stands.
func FormOf(p commitment.Proposal, reading string) Form {
	f := Form{
		Start: p.Start, End: p.End, Words: reading[p.Start:p.End], Strength: int(p.Strength), From: string(p.StrengthFrom),
		Kind: string(p.Actor.Kind), Who: p.Actor.Text, Parties: p.Actor.Parties, Modifiers: p.Modifiers,
		Instrument: p.Instrument, Action: p.Action,
	}
	if p.Deadline != nil {
		f.DueText, f.DueValue, f.DueBasis = p.Deadline.Text, p.Deadline.Value.String(), string(p.Deadline.Basis)
	}
	if len(p.Tracks) > 0 {
		f.Lead, f.Tracks = p.Tracks[0], p.Tracks[1:]
	}
	return f
}

// ReadForm reads the fields of the form; what is no number counts as 0.
func ReadForm(q url.Values) Form {
	number := func(key string) int {
		n, _ := strconv.Atoi(q.Get(key)) // what is no number is refused by the act's check
		return n
	}
	said := func(key string) string { return strings.TrimSpace(q.Get(key)) }
	return Form{
		Start: number("start"), End: number("end"), Words: said("words"), Strength: number("strength"), From: q.Get("from"),
		Kind: q.Get("kind"), Who: said("who"), Parties: q["party"], DueText: said("due-text"), DueValue: said("due-value"),
		DueBasis: q.Get("due-basis"), Lead: q.Get("lead"), Tracks: q["track"], Modifiers: q["modifier"], Instrument: said("instrument"),
		Action: said("action"), Reason: said("reason"), Quick: q.Get("quick"), Cut: number("cut"), With: number("with"), Nudge: q.Get("nudge"),
	}
}

// Binds, HasTrack and HasModifier say which boxes are ticked.
func (f Form) Binds(party string) bool    { return slices.Contains(f.Parties, party) }
func (f Form) HasTrack(id string) bool    { return slices.Contains(f.Tracks, id) }
func (f Form) HasModifier(id string) bool { return slices.Contains(f.Modifiers, id) }
func (f Form) said(reading string) string { return reading[f.Start:f.End] }
func sameWords(a, b string) bool          { return slices.Equal(strings.Fields(a), strings.Fields(b)) }

// inside says whether the boundaries are in the text, between characters.
func (f Form) inside(reading string) bool {
	return f.Start >= 0 && f.Start < f.End && f.End <= len(reading) && RuneStart(reading, f.Start) == f.Start && RuneStart(reading, f.End) == f.End
}

// Nudged moves a boundary by a word when one of the buttons for it was pressed.
func (f Form) Nudged(reading string) Form {
	place := f.Start == f.End && f.Start >= 0 && f.Start < len(reading) && RuneStart(reading, f.Start) == f.Start
	if !f.inside(reading) && !place {
		f.Start, f.End = 0, endAfter(reading, 0)
	}
	switch f.Nudge {
	case "start-":
		f.Start = wordBefore(reading, f.Start)
	case "start+":
		f.Start = min(wordAfter(reading, f.Start), f.End)
	case "end-":
		f.End = max(endBefore(reading, f.End), f.Start)
	case "end+":
		f.End = endAfter(reading, f.End)
	default:
		return f
	}
	if f.Start < f.End {
		f.Words = reading[f.Start:f.End]
	}
	return f
}

// paragraphReach bounds how far a boundary is looked for: the words of a commitment end with the paragraph or soon after.
const paragraphReach = 400

// wordBefore is where the word or sign before byte at begins.
func wordBefore(text string, at int) int {
	from := RuneStart(text, max(0, at-paragraphReach))
	for _, t := range slices.Backward(TokensOf(text, from, at)) {
		if !t.Blank {
			return t.At
		}
	}
	return at
}

// wordAfter is where the word or sign after the one at byte at begins.
func wordAfter(text string, at int) int {
	first := true
	for _, t := range TokensOf(text, at, RuneStart(text, min(len(text), at+paragraphReach))) {
		if !t.Blank && !first {
			return t.At
		}
		first = false
	}
	return at
}

// endBefore is where the words end when the last word or sign before byte at is left out.
func endBefore(text string, at int) int {
	last := wordBefore(text, at)
	return last - (len(text[:last]) - len(strings.TrimRightFunc(text[:last], unicode.IsSpace)))
}

// endAfter is where the next word or sign after byte at ends.
func endAfter(text string, at int) int {
	for _, t := range TokensOf(text, at, RuneStart(text, min(len(text), at+paragraphReach))) {
		if !t.Blank {
			return t.End
		}
	}
	return at
}

// RuneStart is the beginning of the character that byte at is in.
func RuneStart(text string, at int) int {
	for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// proposal gives the proposal as edited. What the form does not show stays as it was.
func (f Form) proposal(old commitment.Proposal, d *statement.Document) (commitment.Proposal, error) {
	p := old
	var err error
	if p.Start, p.End, err = f.place(d.Reading, old.Start); err != nil {
		return p, err
	}
	p.Clause = d.ClauseAt(p.Start)
	p.Strength, p.StrengthFrom = commitment.Strength(f.Strength), commitment.Source(f.From)
	p.Actor = commitment.Actor{Text: f.Who, Kind: commitment.ActorKind(f.Kind), Parties: inOldOrder(f.Parties, old.Actor.Parties)}
	if p.Deadline, err = f.deadline(); err != nil {
		return p, err
	}
	p.Tracks = inOldOrder(f.Tracks, old.Tracks)
	if f.Lead != "" {
		p.Tracks = commitment.Union([]string{f.Lead}, p.Tracks)
	}
	p.Modifiers, p.Instrument, p.Action = inOldOrder(f.Modifiers, old.Modifiers), f.Instrument, f.Action
	return p, nil
}

// deadline is the deadline as typed; nil when there is none. One without a value is refused when it is recorded.
func (f Form) deadline() (*commitment.Deadline, error) {
	if f.DueValue == "" && f.DueText == "" {
		return nil, nil
	}
	d := &commitment.Deadline{Text: f.DueText, Basis: commitment.Basis(f.DueBasis)}
	return d, d.Value.UnmarshalText([]byte(f.DueValue))
}

// inOldOrder gives what is ticked: first, in its order, what was there before. Boxes stand in an order of their own.
func inOldOrder(ticked, before []string) []string {
	var kept []string
	for _, s := range before {
		if slices.Contains(ticked, s) {
			kept = append(kept, s)
		}
	}
	return commitment.Union(kept, ticked)
}

// place finds the words in the text: where the boundaries say, or where the typed words stand, nearest to byte near.
func (f Form) place(reading string, near int) (start, end int, err error) {
	if f.inside(reading) && (f.Words == "" || sameWords(f.said(reading), f.Words)) {
		return f.Start, f.End, nil
	}
	if f.Words == "" {
		return 0, 0, fault.New(fault.Invalid, "name the words of the text that make the promise")
	}
	best, far := -1, len(reading)+1
	for at := 0; ; {
		i := strings.Index(reading[at:], f.Words)
		if i < 0 {
			break
		}
		at += i
		if d := max(at-near, near-at); d < far {
			best, far = at, d
		}
		at += len(f.Words)
	}
	if best < 0 {
		return 0, 0, fault.New(fault.Invalid, "these words do not stand in the text as they were typed: %q", page.Excerpt(f.Words, 80))
	}
	return best, best + len(f.Words), nil
}

// Why is the reason given: one of the coding manual, a person's own words, or both.
func (f Form) Why() string {
	if f.Quick != "" && f.Reason != "" {
		return f.Quick + ": " + f.Reason
	}
	return f.Quick + f.Reason
}
