package mechanism

import (
	"slices"
	"strings"

	"concord/commitment"
	"concord/internal/fault"
)

var commitmentKinds = []Kind{
	kind[SummarizeCommitment]("commitment.summarize", toOfficer, everybody),
	kind[ProposeCommitments]("commitment.propose", toOfficer, theParties),
	kind[AddCommitment]("commitment.add", toOfficer, theParties),
	kind[AcceptCommitment]("commitment.accept", toOfficer, everybody),
	kind[EditCommitment]("commitment.edit", toOfficer, asProposal),
	kind[SplitCommitment]("commitment.split", toOfficer, theParties),
	kind[MergeCommitments]("commitment.merge", toOfficer, theParties),
	kind[RefuseCommitment]("commitment.refuse", toOfficer, theParties),
	kind[ReopenCommitment]("commitment.reopen", toOfficer, asProposal),
}

// promised names a commitment and the text that it stands in: whoever shows either shows what was done to it.
func promised(text string, refs ...string) []Object {
	var objects []Object
	for _, ref := range refs {
		if o := ObjectOf("commitment", ref); ref != "" && !slices.Contains(objects, o) {
			objects = append(objects, o)
		}
	}
	return append(objects, ObjectOf("text", text))
}

// SummarizeCommitment enters a commitment in the pack's own words.
type SummarizeCommitment struct {
	Summary commitment.Summary `json:"summary"`
}

func (a SummarizeCommitment) Objects(m *Mechanism) []Object {
	return promised(a.Summary.Text, a.Summary.Ref)
}

func (a SummarizeCommitment) Check(m *Mechanism, by Actor) error {
	s := a.Summary
	if _, ok := m.Text(s.Text); !ok {
		return notFound("summary %s: there is no text %q", s.Ref, s.Text)
	}
	if !commitment.ValidRef(s.Text, s.Ref) {
		return invalid("%q is not a reference of %s, such as %s-01", s.Ref, s.Text, s.Text)
	}
	if _, ok := m.ledger.Summary(s.Ref); ok {
		return conflict("%s is summarized already", s.Ref)
	}
	if !s.Strength.Valid() {
		return invalid("summary %s: strength %d is not between 1 and 5", s.Ref, s.Strength)
	}
	if err := checkActor(s.Ref, commitment.Actor{Kind: s.Actor.Kind, Parties: s.Actor.Parties}); err != nil {
		return err
	}
	if err := checkDeadline(s.Ref, s.Deadline); err != nil {
		return err
	}
	if err := checkInstrument(s.Ref, s.Instrument); err != nil {
		return err
	}
	if err := m.checkParties(fault.Say("summary %s", s.Ref), s.Actor.Parties); err != nil {
		return err
	}
	if err := m.checkTracks(s.Tracks); err != nil {
		return err
	}
	return Names(s.Summary).check(fault.Say("summary %s", s.Ref))
}

func (a SummarizeCommitment) apply(m *Mechanism, at Entry) { m.ledger.Summarize(a.Summary) }

// ProposeCommitments puts what the program read in a text before the people who decide. The actor is the person who
// let the program read; the program never decides.
type ProposeCommitments struct {
	Text     string               `json:"text"`
	Language string               `json:"language"`
	Program  string               `json:"program"` // name and version of what read it
	Items    []ProposedCommitment `json:"items"`
	Passed   []commitment.Passage `json:"passed"` // passages read and not taken for commitments
}

// ProposedCommitment is a proposal with the reference reserved for it.
type ProposedCommitment struct {
	Ref string `json:"ref"`
	commitment.Proposal
}

func (a ProposeCommitments) Objects(m *Mechanism) []Object {
	objects := append(make([]Object, 0, 1+len(a.Items)), ObjectOf("text", a.Text))
	for _, item := range a.Items {
		objects = append(objects, ObjectOf("commitment", item.Ref))
	}
	return objects
}

func (a ProposeCommitments) Check(m *Mechanism, by Actor) error {
	if _, ok := m.copyIn(a.Text, a.Language); !ok {
		return notFound("there is no copy of %s in %q to propose commitments from", a.Text, a.Language)
	}
	if m.HasProposals(a.Text) {
		return conflict("commitments of %s were proposed before", a.Text)
	}
	if n := max(len(a.Items), len(a.Passed)); n > commitment.MostRead {
		return invalid("%s: at most %d commitments are proposed of one text, these are %d", a.Text, commitment.MostRead, n)
	}
	refs := make(map[string]bool, len(a.Items))
	for _, item := range a.Items {
		if refs[item.Ref] {
			return invalid("the reference %s is given twice", item.Ref)
		}
		refs[item.Ref] = true
		if err := m.checkProposal(a.Text, a.Language, item.Ref, item.Proposal); err != nil {
			return err
		}
	}
	return nil
}

func (a ProposeCommitments) apply(m *Mechanism, at Entry) {
	for _, item := range a.Items {
		m.ledger.Enter(commitment.Commitment{
			Text: a.Text, Ref: item.Ref, Language: a.Language, By: commitment.ByProgram, Steps: []commitment.Step{{Act: at.Seq}}, Proposal: item.Proposal,
		})
	}
	old, _ := m.Text(a.Text)
	t := *old
	t.Copies = slices.Clone(t.Copies)
	i := slices.IndexFunc(t.Copies, func(c Copy) bool { return c.Language == a.Language })
	t.Copies[i].Passed = a.Passed
	m.texts.put(t.Code, &t)
}

func (m *Mechanism) copyIn(text, lang string) (Copy, bool) {
	t, ok := m.Text(text)
	if !ok {
		return Copy{}, false
	}
	c, ok := t.Copy(lang)
	return c, ok && c.Language == lang
}

// checkProposal holds one proposal against its text and the mechanism.
func (m *Mechanism) checkProposal(text, lang, ref string, p commitment.Proposal) error {
	c, ok := m.copyIn(text, lang)
	if !ok {
		return notFound("there is no copy of %s in %q", text, lang)
	}
	if p.Start < 0 || p.Start >= p.End || p.End > len(c.Document.Reading) {
		return invalid("%s: the span lies outside the text", ref)
	}
	if n := max(p.End-p.Start, len(p.Action), len(p.Actor.Text)); n > commitment.MostWords {
		return invalid("%s: the words of a commitment have at most %d bytes, these have %d", ref, commitment.MostWords, n)
	}
	if !commitment.ValidRef(text, ref) {
		return invalid("%q is not a reference of %s, such as %s-01", ref, text, text)
	}
	if !p.Strength.Valid() {
		return invalid("%s: strength %d is not between 1 (explore) and 5 (decide)", ref, p.Strength)
	}
	if !p.StrengthFrom.Valid() {
		return invalid("%s: a strength is read at the own verb or in the chapeau, not in %q", ref, p.StrengthFrom)
	}
	if err := checkActor(ref, p.Actor); err != nil {
		return err
	}
	if err := m.checkParties(fault.Say("%s", ref), p.Actor.Parties); err != nil {
		return err
	}
	if err := checkDeadline(ref, p.Deadline); err != nil {
		return err
	}
	if err := checkInstrument(ref, p.Instrument); err != nil {
		return err
	}
	if err := checkModifiers(ref, p.Modifiers); err != nil {
		return err
	}
	return m.checkTracks(p.Tracks)
}

func checkActor(ref string, a commitment.Actor) error {
	if !a.Kind.Valid() {
		return invalid("%s: the kind of actor %q is none of all, one, subset, organ", ref, a.Kind)
	}
	if a.Kind == commitment.One && len(a.Parties) > 1 {
		return invalid("%s: a one-sided commitment names one party, not %s", ref, strings.Join(a.Parties, ", "))
	}
	return nil
}

func checkDeadline(ref string, d *commitment.Deadline) error {
	if d == nil {
		return nil
	}
	if !d.Basis.Valid() {
		return invalid("%s: the basis of the deadline %q is none of stated, relative, recurring, soft", ref, d.Basis)
	}
	if value, err := d.Value.MarshalText(); err != nil || len(value) == 0 {
		return invalid("%s: the deadline has no value", ref)
	}
	return nil
}

func checkInstrument(ref, kind string) error {
	if kind != "" && !slices.Contains(commitment.Instruments(), kind) {
		return invalid("%s: there is no kind of instrument called %q", ref, kind)
	}
	return nil
}

func checkModifiers(ref string, modifiers []string) error {
	for _, mod := range modifiers {
		if !slices.Contains(commitment.Modifiers(), mod) {
			return invalid("%s: there is no modifier called %q", ref, mod)
		}
	}
	return nil
}

// AddCommitment adds one that the program did not read; it waits like the others.
type AddCommitment struct {
	Text     string `json:"text"`
	Language string `json:"language"`
	ProposedCommitment
	Reason string `json:"reason,omitempty"`
}

func (a AddCommitment) Objects(m *Mechanism) []Object { return promised(a.Text, a.Ref) }

func (a AddCommitment) Check(m *Mechanism, by Actor) error {
	if m.ledger.RefTaken(a.Text, a.Ref, 0) {
		return conflict("the reference %s is taken", a.Ref)
	}
	return m.checkProposal(a.Text, a.Language, a.Ref, a.Proposal)
}

func (a AddCommitment) apply(m *Mechanism, at Entry) {
	m.ledger.Enter(commitment.Commitment{
		Text: a.Text, Ref: a.Ref, Language: a.Language, By: commitment.ByPerson, Steps: []commitment.Step{{Act: at.Seq, Reason: a.Reason}}, Proposal: a.Proposal,
	})
}

// Item points at a commitment by its text and number. Seen is the last act on it that the actor knew of: when another
// came in between, the deed is refused, so that nobody decides on what they have not seen. Nil asks for no such care.
type Item struct {
	Text string `json:"text"`
	N    int    `json:"n"`
	Seen *int64 `json:"seen,omitempty"`
}

// Objects are the commitment by its reference, the same in every state, and its text.
func (i Item) Objects(m *Mechanism) []Object {
	c, _ := m.ledger.At(i.Text, i.N)
	return promised(i.Text, c.Ref)
}

func (i Item) on() Item { return i }

// in finds the commitment if it is in one of the states given.
func (i Item) in(m *Mechanism, states ...commitment.State) (*commitment.Commitment, error) {
	c, ok := m.ledger.At(i.Text, i.N)
	if !ok {
		return nil, notFound("%s has no proposal number %d", i.Text, i.N)
	}
	if !slices.Contains(states, c.State) {
		return nil, conflict("%s is %s already", c.Ref, stateName(c.State))
	}
	if last := c.Last(); i.Seen != nil && *i.Seen != last {
		return nil, conflict("%s was changed meanwhile by act %d: look again, then decide", c.Ref, last)
	}
	return c, nil
}

// proposal gives a commitment to be changed and put back.
func (m *Mechanism) proposal(i Item) commitment.Commitment {
	c, _ := m.ledger.At(i.Text, i.N)
	return *c
}

func stateName(s commitment.State) fault.Phrase {
	switch s {
	case commitment.Proposed:
		return fault.Say("proposed")
	case commitment.Accepted:
		return fault.Say("accepted")
	case commitment.Refused:
		return fault.Say("refused")
	case commitment.Divided:
		return fault.Say("divided")
	case commitment.Merged:
		return fault.Say("merged")
	case commitment.Withdrawn:
		return fault.Say("withdrawn")
	}
	return fault.Say("%s", s)
}

// AcceptCommitment takes a proposal into the ledger, under the reference reserved for it or another free one.
type AcceptCommitment struct {
	Item
	Ref string `json:"ref,omitempty"`
}

func (a AcceptCommitment) Check(m *Mechanism, by Actor) error {
	c, err := a.in(m, commitment.Proposed)
	if err != nil || a.Ref == "" {
		return err
	}
	if !commitment.ValidRef(a.Text, a.Ref) {
		return invalid("%q is not a reference of %s, such as %s", a.Ref, a.Text, commitment.Ref(a.Text, a.N))
	}
	if m.ledger.RefTaken(a.Text, a.Ref, c.N) {
		return conflict("the reference %s is taken", a.Ref)
	}
	return nil
}

func (a AcceptCommitment) apply(m *Mechanism, at Entry) {
	c := m.proposal(a.Item)
	if a.Ref != "" {
		c.Ref = a.Ref
	}
	m.ledger.Decide(c, commitment.Accepted, commitment.Step{Act: at.Seq})
}

// EditCommitment corrects what was read of a proposal or of an accepted commitment, with the reason.
type EditCommitment struct {
	Item
	Proposal commitment.Proposal `json:"proposal"` // as it shall stand
	Reason   string              `json:"reason,omitempty"`
}

func (a EditCommitment) Check(m *Mechanism, by Actor) error {
	c, err := a.in(m, commitment.Proposed, commitment.Accepted)
	if err != nil {
		return err
	}
	if c.State == commitment.Accepted && strings.TrimSpace(a.Reason) == "" {
		return invalid("%s stands in the ledger: say why it changes", c.Ref)
	}
	return m.checkProposal(a.Text, c.Language, c.Ref, a.Proposal)
}

func (a EditCommitment) apply(m *Mechanism, at Entry) {
	c := m.proposal(a.Item)
	before := c.Proposal
	c.Proposal = a.Proposal
	m.ledger.Decide(c, c.State, commitment.Step{Act: at.Seq, Reason: a.Reason, Before: &before})
}

// SplitCommitment divides a proposal into two or more, which wait in its place. The first keeps its reference.
type SplitCommitment struct {
	Item
	Parts  []ProposedCommitment `json:"parts"`
	Reason string               `json:"reason,omitempty"`
}

func (a SplitCommitment) Objects(m *Mechanism) []Object {
	refs := make([]string, len(a.Parts))
	for i, part := range a.Parts {
		refs[i] = part.Ref
	}
	return promised(a.Text, refs...)
}

func (a SplitCommitment) Check(m *Mechanism, by Actor) error {
	c, err := a.in(m, commitment.Proposed)
	if err != nil {
		return err
	}
	if len(a.Parts) < 2 {
		return invalid("%s: a split needs at least two parts", c.Ref)
	}
	seen := map[string]bool{}
	for i, part := range a.Parts {
		if i == 0 != (part.Ref == c.Ref) || i > 0 && m.ledger.RefTaken(a.Text, part.Ref, 0) || seen[part.Ref] {
			return invalid("%s: the first part keeps the reference, the others need free ones", c.Ref)
		}
		seen[part.Ref] = true
		if err := m.checkProposal(a.Text, c.Language, part.Ref, part.Proposal); err != nil {
			return err
		}
	}
	return nil
}

func (a SplitCommitment) apply(m *Mechanism, at Entry) {
	c := m.proposal(a.Item)
	c.Ref = "" // the reference goes on with the first part
	c.Into = make([]int, len(a.Parts))
	for i := range a.Parts {
		c.Into[i] = m.ledger.NextNumber(a.Text) + i
	}
	m.ledger.Decide(c, commitment.Divided, commitment.Step{Act: at.Seq, Reason: a.Reason})
	for _, part := range a.Parts {
		m.ledger.Enter(commitment.Commitment{
			Text: a.Text, Ref: part.Ref, Language: c.Language, By: commitment.ByPerson, From: []int{c.N}, Steps: []commitment.Step{{Act: at.Seq}}, Proposal: part.Proposal,
		})
	}
}

// MergeCommitments makes one proposal of several of the same text. It keeps the first one's reference.
type MergeCommitments struct {
	Text   string             `json:"text"`
	Items  []int              `json:"items"`
	Merged ProposedCommitment `json:"merged"`
	Reason string             `json:"reason,omitempty"`
}

func (a MergeCommitments) Objects(m *Mechanism) []Object {
	refs := []string{a.Merged.Ref}
	for _, n := range a.Items {
		c, _ := m.ledger.At(a.Text, n)
		refs = append(refs, c.Ref)
	}
	return promised(a.Text, refs...)
}

func (a MergeCommitments) Check(m *Mechanism, by Actor) error {
	if len(a.Items) < 2 {
		return invalid("a merger needs at least two proposals")
	}
	first, err := Item{Text: a.Text, N: a.Items[0]}.in(m, commitment.Proposed)
	if err != nil {
		return err
	}
	seen := map[int]bool{}
	for _, n := range a.Items {
		c, err := Item{Text: a.Text, N: n}.in(m, commitment.Proposed)
		if err != nil {
			return err
		}
		if seen[n] || c.Language != first.Language {
			return invalid("a merger takes different proposals of one copy of the text")
		}
		seen[n] = true
	}
	if a.Merged.Ref != first.Ref {
		return invalid("the merged proposal keeps the reference %s", first.Ref)
	}
	return m.checkProposal(a.Text, first.Language, a.Merged.Ref, a.Merged.Proposal)
}

func (a MergeCommitments) apply(m *Mechanism, at Entry) {
	into := []int{m.ledger.NextNumber(a.Text)}
	language := ""
	for i, n := range a.Items {
		c := m.proposal(Item{Text: a.Text, N: n})
		if i == 0 {
			c.Ref, language = "", c.Language // the reference goes on with the merged one
		}
		c.Into = into
		m.ledger.Decide(c, commitment.Merged, commitment.Step{Act: at.Seq, Reason: a.Reason})
	}
	m.ledger.Enter(commitment.Commitment{
		Text: a.Text, Ref: a.Merged.Ref, Language: language, By: commitment.ByPerson, From: a.Items, Steps: []commitment.Step{{Act: at.Seq}}, Proposal: a.Merged.Proposal,
	})
}

// RefuseCommitment says that a proposal is not a commitment, and why.
type RefuseCommitment struct {
	Item
	Reason string `json:"reason"`
}

func (a RefuseCommitment) Check(m *Mechanism, by Actor) error {
	c, err := a.in(m, commitment.Proposed)
	if err != nil {
		return err
	}
	if strings.TrimSpace(a.Reason) == "" {
		return invalid("%s: say why it is not a commitment", c.Ref)
	}
	return nil
}

func (a RefuseCommitment) apply(m *Mechanism, at Entry) {
	m.ledger.Decide(m.proposal(a.Item), commitment.Refused, commitment.Step{Act: at.Seq, Reason: a.Reason})
}

// ReopenCommitment puts a decided proposal back before the people who decide; its reference stays its own.
type ReopenCommitment struct {
	Item
	Reason string `json:"reason"`
}

func (a ReopenCommitment) Check(m *Mechanism, by Actor) error {
	c, err := a.in(m, commitment.Accepted, commitment.Refused)
	if err != nil {
		return err
	}
	if strings.TrimSpace(a.Reason) == "" {
		return invalid("%s: say why the decision is opened again", c.Ref)
	}
	return nil
}

func (a ReopenCommitment) apply(m *Mechanism, at Entry) {
	m.ledger.Decide(m.proposal(a.Item), commitment.Proposed, commitment.Step{Act: at.Seq, Reason: a.Reason})
}
