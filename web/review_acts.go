package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"concord/commitment"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/statement"
	"concord/web/page"
)

// decide does what a person decided on a proposal and goes on to the next that waits. What cannot be done is shown on the
// page of the proposal, with all that was typed.
func decide(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(err, fault.Invalid, "the form did not arrive whole: send it again")
	}
	ask := askOf(r, r.PostForm)
	var (
		acts []mechanism.Act
		next string
		err  error
	)
	s.Present(func(m page.State) {
		if page.VisitOf(r).AsOf == "" && m.MayWrite("commitment.accept", page.VisitOf(r).Actor) != nil {
			err = page.NotFor{Kind: "commitment.accept"}
			return
		}
		acts, next, err = decision(m, ask)
	})
	if err != nil {
		return notDecided(s, w, r, ask, err)
	}
	seq, err := s.Do(r, acts...)
	if err != nil {
		return notDecided(s, w, r, ask, err)
	}
	return s.Done(w, r, seq, next)
}

// notDecided shows the proposal again when the person can do something about the error.
func notDecided(s *page.Site, w http.ResponseWriter, r *http.Request, ask reviewAsk, err error) error {
	if kind := fault.KindOf(err); page.VisitOf(r).JSON || kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	ask.failed = err
	return showReview(s, w, r, page.StatusOf(err), ask)
}

// decision says which acts a decision is, on the state as it stands, and where the person goes next.
func decision(m *mechanism.Mechanism, ask reviewAsk) (acts []mechanism.Act, next string, err error) {
	t, ok := m.Text(ask.Code)
	if !ok {
		return nil, "", fault.New(fault.NotFound, "there is no text %q", ask.Code)
	}
	if ask.Do == "add" {
		return addition(m, t, ask)
	}
	x, ok := m.Ledger().At(ask.Code, ask.N)
	if !ok {
		return nil, "", fault.New(fault.NotFound, "%s has no proposal number %d", ask.Code, ask.N)
	}
	if last := x.Acts[len(x.Acts)-1]; ask.Version >= 0 && last != ask.Version {
		return nil, "", fault.New(fault.Conflict, "%s was changed meanwhile by act %d: look again, then decide", x.Ref, last)
	}
	c, _ := t.Copy(x.Language)
	item := mechanism.Item{Text: ask.Code, N: ask.N}
	if ask.Version >= 0 {
		item.Seen = &ask.Version
	}
	next = afterwards(m, x)
	switch ask.Do {
	case "accept":
		acts = []mechanism.Act{&mechanism.AcceptCommitment{Item: item}}
	case "refuse":
		acts = []mechanism.Act{&mechanism.RefuseCommitment{Item: item, Reason: ask.Form.why()}}
	case "reopen":
		acts, next = []mechanism.Act{&mechanism.ReopenCommitment{Item: item, Reason: ask.Form.why()}}, reviewHref(x)
	case "edit", "edit-accept":
		acts, err = edited(ask, x, item, c.Document)
		if ask.Do == "edit" || x.State != commitment.Proposed {
			next = reviewHref(x)
		}
	case "split":
		acts, err = divided(m, ask, x, item, c.Document)
		next = "/texts/" + ask.Code + "/review?n=" + strconv.Itoa(m.Ledger().NextNumber(ask.Code))
	case "merge":
		acts, err = merged(m, ask, x, c.Document)
		next = "/texts/" + ask.Code + "/review?n=" + strconv.Itoa(m.Ledger().NextNumber(ask.Code))
	default:
		err = fault.New(fault.Invalid, "%q is no decision: accept, edit, split, merge, refuse, reopen or add", ask.Do)
	}
	return acts, next, err
}

// afterwards is the address of the next that waits after a proposal has been decided.
func afterwards(m *mechanism.Mechanism, x *commitment.Commitment) string {
	all := inOrderOfText(m.Ledger().Of(x.Text))
	if c := waitingFrom(all, slices.Index(all, x)+1, 1); c != nil && c != x {
		return reviewHref(c)
	}
	return "/texts/" + x.Text + "/review"
}

// edited is the correction of a proposal, and its acceptance where that was asked for.
func edited(ask reviewAsk, x *commitment.Commitment, item mechanism.Item, d *statement.Document) ([]mechanism.Act, error) {
	p, err := ask.Form.proposal(x.Proposal, d)
	if err != nil {
		return nil, err
	}
	acts := []mechanism.Act{&mechanism.EditCommitment{Item: item, Proposal: p, Reason: ask.Form.Reason}}
	if ask.Do == "edit-accept" && x.State == commitment.Proposed {
		item.Seen = nil // the edit came in between, and it is our own
		acts = append(acts, &mechanism.AcceptCommitment{Item: item})
	}
	return acts, nil
}

// divided splits a proposal in two at the place chosen. Both keep what was read of the whole; each is then decided, and
// corrected, by itself.
func divided(m *mechanism.Mechanism, ask reviewAsk, x *commitment.Commitment, item mechanism.Item, d *statement.Document) ([]mechanism.Act, error) {
	at := ask.Form.Cut
	if at <= x.Start || at >= x.End || runeStart(d.Reading, at) != at {
		return nil, fault.New(fault.Invalid, "%s: choose a place inside its words to split it at", x.Ref)
	}
	first, second := x.Proposal, x.Proposal
	first.End = x.Start + len(trimJoint(d.Reading[x.Start:at]))
	second.Start = x.End - len(strings.TrimLeftFunc(d.Reading[at:x.End], isJoint))
	first.Clause, second.Clause = clauseAt(d, first.Start), clauseAt(d, second.Start)
	if first.End <= first.Start || second.Start >= second.End {
		return nil, fault.New(fault.Invalid, "%s: choose a place with words on either side to split it at", x.Ref)
	}
	first.Action, second.Action = d.Reading[first.Start:first.End], d.Reading[second.Start:second.End]
	if i := strings.Index(d.Reading[x.Start:x.End], x.Action); x.Action != "" && i > 0 && x.Start+i < first.End {
		first.Action = d.Reading[x.Start+i : first.End] // without the subject, as it was read
	}
	return []mechanism.Act{&mechanism.SplitCommitment{Item: item, Reason: ask.Form.Reason, Parts: []mechanism.ProposedCommitment{
		{Ref: x.Ref, Proposal: first}, {Ref: m.Ledger().FreeRef(ask.Code), Proposal: second},
	}}}, nil
}

// joints are the words that join two promises and belong to neither.
var joints = []string{" and", " as well as", " и", " а также", "并", "以及", "和"}

// trimJoint takes away what joins the words to those that follow: a comma, a blank, "and".
func trimJoint(s string) string {
	s = strings.TrimRightFunc(s, isJoint)
	for _, j := range joints {
		if rest, ok := strings.CutSuffix(s, j); ok && rest != "" {
			return strings.TrimRightFunc(rest, isJoint)
		}
	}
	return s
}

func isJoint(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;，；、", r) }

// merged makes one proposal of two: from the first word of the one to the last of the other, with what was read of the
// first, and of the second what the first lacks.
func merged(m *mechanism.Mechanism, ask reviewAsk, x *commitment.Commitment, d *statement.Document) ([]mechanism.Act, error) {
	o, ok := m.Ledger().At(ask.Code, ask.Form.With)
	if !ok || o == x {
		return nil, fault.New(fault.Invalid, "%s: say which proposal it is to be merged with", x.Ref)
	}
	p := x.Proposal
	p.Start, p.End = min(x.Start, o.Start), max(x.End, o.End)
	p.Clause, p.Strength = clauseAt(d, p.Start), max(x.Strength, o.Strength)
	if i := strings.Index(d.Reading[x.Start:x.End], x.Action); x.Action != "" && i >= 0 {
		p.Action = d.Reading[x.Start+i : p.End]
	} else {
		p.Action = d.Reading[p.Start:p.End]
	}
	if p.Deadline == nil {
		p.Deadline = o.Deadline
	}
	if p.Instrument == "" {
		p.Instrument = o.Instrument
	}
	p.Tracks = union(x.Tracks, o.Tracks)
	p.Modifiers = union(x.Modifiers, o.Modifiers)
	return []mechanism.Act{&mechanism.MergeCommitments{Text: ask.Code, Items: []int{x.N, o.N}, Reason: ask.Form.Reason,
		Merged: mechanism.ProposedCommitment{Ref: x.Ref, Proposal: p}}}, nil
}

// union is a, then what b has beside it.
func union(a, b []string) []string {
	all := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// addition adds a commitment that the program did not read; it waits like the others.
func addition(m *mechanism.Mechanism, t *mechanism.Text, ask reviewAsk) ([]mechanism.Act, string, error) {
	c, err := reviewedCopy(m, t)
	if err != nil {
		return nil, "", err
	}
	p, err := ask.Form.proposal(commitment.Proposal{Start: ask.Form.Start, Rule: byPerson}, c.Document)
	if err != nil {
		return nil, "", err
	}
	add := &mechanism.AddCommitment{Text: t.Code, Language: c.Language, Reason: ask.Form.Reason,
		ProposedCommitment: mechanism.ProposedCommitment{Ref: m.Ledger().FreeRef(t.Code), Proposal: p}}
	return []mechanism.Act{add}, "/texts/" + t.Code + "/review?n=" + strconv.Itoa(m.Ledger().NextNumber(t.Code)), nil
}

// byPerson is the rule of what no rule of the program read.
const byPerson = "person"

// reviewedCopy is the copy of a text whose words the commitments are anchored to: the one that they were read in, else the
// first received.
func reviewedCopy(m *mechanism.Mechanism, t *mechanism.Text) (mechanism.Copy, error) {
	lang := ""
	if of := m.Ledger().Of(t.Code); len(of) > 0 {
		lang = of[0].Language
	}
	c, ok := t.Copy(lang)
	if !ok {
		return c, fault.New(fault.NotFound, "the wording of %s has not been imported: there is nothing to add a commitment from", t.Code)
	}
	return c, nil
}
