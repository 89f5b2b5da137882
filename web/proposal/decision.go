// Package proposal is the form in which a person edits what was proposed from a text, and the acts that a filled form becomes.
// Reviewing a proposal and correcting a commitment share it: [AskOf] reads what was sent, [Decide] says which acts it is.
package proposal

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"concord/commitment"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/statement"
	"concord/web/page"
)

// Ask is what a request to the review asks for.
type Ask struct {
	Code    string
	N       int    // 0: the first that waits
	Do      string // accept, edit, edit-accept, split, merge, refuse, reopen, add
	Version int64  // the last act on the proposal that the person has seen
	Form    Form   // as typed
	Typed   bool   // Form is from the person, not from the proposal
	Failed  error
}

// AskOf reads the fields of a form or the questions of an address: n, do or open, version, and those of [ReadForm].
func AskOf(r *http.Request, q url.Values) Ask {
	n, _ := strconv.Atoi(q.Get("n"))
	version, err := strconv.ParseInt(q.Get("version"), 10, 64)
	if err != nil {
		version = -1
	}
	ask := Ask{Code: r.PathValue("code"), N: n, Do: q.Get("do"), Version: version, Form: ReadForm(q)}
	if ask.Do == "" {
		ask.Do = q.Get("open")
	}
	ask.Typed = q.Has("strength")
	return ask
}

// Decide says which acts a decision is, on the state as it stands, and where the person goes next.
func Decide(m page.State, ask Ask) (acts []mechanism.Act, next string, err error) {
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
	if last := x.Last(); ask.Version >= 0 && last != ask.Version {
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
		acts = []mechanism.Act{&mechanism.RefuseCommitment{Item: item, Reason: ask.Form.Why()}}
	case "reopen":
		acts, next = []mechanism.Act{&mechanism.ReopenCommitment{Item: item, Reason: ask.Form.Why()}}, page.ReviewHref(x)
	case "edit", "edit-accept":
		acts, err = edited(ask, x, item, c.Document)
		if ask.Do == "edit" || x.State != commitment.Proposed {
			next = page.ReviewHref(x)
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
func afterwards(m page.State, x *commitment.Commitment) string {
	all := commitment.Standing(m.Ledger().Of(x.Text))
	if c := commitment.NextWaiting(all, slices.Index(all, x)+1, 1); c != nil && c != x {
		return page.ReviewHref(c)
	}
	return "/texts/" + x.Text + "/review"
}

// edited is the correction of a proposal, and its acceptance where that was asked for.
func edited(ask Ask, x *commitment.Commitment, item mechanism.Item, d *statement.Document) ([]mechanism.Act, error) {
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

// addition adds a commitment that the program did not read; it waits like the others.
func addition(m page.State, t *mechanism.Text, ask Ask) ([]mechanism.Act, string, error) {
	c, err := ReviewedCopy(m, t)
	if err != nil {
		return nil, "", err
	}
	p, err := ask.Form.proposal(commitment.Proposal{Start: ask.Form.Start, Rule: string(commitment.ByPerson)}, c.Document)
	if err != nil {
		return nil, "", err
	}
	add := &mechanism.AddCommitment{Text: t.Code, Language: c.Language, Reason: ask.Form.Reason,
		ProposedCommitment: mechanism.ProposedCommitment{Ref: m.Ledger().FreeRef(t.Code), Proposal: p}}
	return []mechanism.Act{add}, "/texts/" + t.Code + "/review?n=" + strconv.Itoa(m.Ledger().NextNumber(t.Code)), nil
}

// ReviewedCopy is the copy of a text whose words the commitments are anchored to: the one that they were read in, else the
// first received.
func ReviewedCopy(m page.State, t *mechanism.Text) (mechanism.Copy, error) {
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

// divided splits a proposal in two at the place chosen; each is then decided, and corrected, by itself.
func divided(m page.State, ask Ask, x *commitment.Commitment, item mechanism.Item, d *statement.Document) ([]mechanism.Act, error) {
	at := ask.Form.Cut
	if at <= x.Start || at >= x.End || RuneStart(d.Reading, at) != at {
		return nil, fault.New(fault.Invalid, "%s: choose a place inside its words to split it at", x.Ref)
	}
	first, second, ok := x.Split(d.Reading, at)
	if !ok {
		return nil, fault.New(fault.Invalid, "%s: choose a place with words on either side to split it at", x.Ref)
	}
	first.Clause, second.Clause = d.ClauseAt(first.Start), d.ClauseAt(second.Start)
	return []mechanism.Act{&mechanism.SplitCommitment{Item: item, Reason: ask.Form.Reason, Parts: []mechanism.ProposedCommitment{
		{Ref: x.Ref, Proposal: first}, {Ref: m.Ledger().FreeRef(ask.Code), Proposal: second},
	}}}, nil
}

// merged makes one proposal of two.
func merged(m page.State, ask Ask, x *commitment.Commitment, d *statement.Document) ([]mechanism.Act, error) {
	o, ok := m.Ledger().At(ask.Code, ask.Form.With)
	if !ok || o == x {
		return nil, fault.New(fault.Invalid, "%s: say which proposal it is to be merged with", x.Ref)
	}
	p := x.Merge(d.Reading, o.Proposal)
	p.Clause = d.ClauseAt(p.Start)
	return []mechanism.Act{&mechanism.MergeCommitments{Text: ask.Code, Items: []int{x.N, o.N}, Reason: ask.Form.Reason,
		Merged: mechanism.ProposedCommitment{Ref: x.Ref, Proposal: p}}}, nil
}
