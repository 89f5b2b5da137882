package commitments

import (
	"net/http"

	"concord/commitment"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/web/page"
	"concord/web/proposal"
)

// editForm is the form that corrects a commitment, or opens its decision again.
type editForm struct {
	*page.Frame
	proposal.Choices
	Open    string // edit or reopen: the form that is open
	Typed   proposal.Form
	Version int64  // the last act on the commitment
	Lang    string // of its text
	Error   *page.FormError
	Changed *page.Act // what somebody else did meanwhile
}

// editorOf is the form for whoever may correct a commitment or open its decision again; nil for others. It has
// what was typed when that could not be done.
func editorOf(f *page.Frame, x *commitment.Commitment, ask proposal.Ask) *editForm {
	d := documentOf(f, x)
	if x.State != commitment.Accepted || !f.May("commitment.edit") || d == nil {
		return nil
	}
	e := &editForm{Frame: f, Open: ask.Do, Typed: proposal.FormOf(x.Proposal, d.Reading), Version: x.Last(), Lang: string(d.Language)}
	e.Choices = proposal.ChoicesFor(f)
	if ask.Typed && ask.Do == "edit" {
		e.Typed = ask.Form
	}
	e.Typed.Reason = ask.Form.Reason // of the form that is open
	if ask.Failed != nil {
		e.Error = page.FormErrorOf(f.Visit, ask.Failed)
		if fault.KindOf(ask.Failed) == fault.Conflict {
			e.Changed = f.ActAt(x.Last())
		}
	}
	return e
}

// changed corrects a commitment that stands in the ledger, or opens its decision again. What cannot be done is
// shown on its page, with all that was typed.
func (l lister) changed(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if isNote(r.PostForm.Get("do")) {
		return l.noteChanged(s, w, r)
	}
	ref := r.PathValue("ref")
	ask := proposal.AskOf(r, r.PostForm)
	ask.Typed = true
	acts, to, err := correction(s, r, ref, &ask)
	var seq int64
	if err == nil {
		seq, err = s.Do(r, acts...)
	}
	switch kind := fault.KindOf(err); {
	case err == nil:
		return s.Done(w, r, seq, to)
	case !page.VisitOf(r).JSON && (kind == fault.Invalid || kind == fault.Conflict):
		ask.Failed = err
		return l.show(s, w, r, page.StatusOf(err), sent{ask: ask})
	}
	return err
}

// correction says which acts a form is, on the state as it stands, and where the person goes next.
func correction(s *page.Site, r *http.Request, ref string, ask *proposal.Ask) (acts []mechanism.Act, to string, err error) {
	m := s.Present(r)
	x, ok := m.Ledger().ByRef(ref)
	switch {
	case !m.May("commitment.edit"):
		return nil, "", page.NotFor{Kind: "commitment.edit"}
	case !ok:
		return nil, "", noSuchCommitment(ref)
	case ask.Do != "edit" && ask.Do != "reopen":
		return nil, "", fault.New(fault.Invalid, "%q is nothing that is done to a commitment here: edit or reopen", ask.Do)
	}
	ask.Code, ask.N = x.Text, x.N
	if acts, _, err = proposal.Decide(m, *ask); err != nil {
		return nil, "", err
	}
	if ask.Do == "reopen" {
		return acts, page.ReviewHref(x), nil
	}
	if edit, ok := acts[0].(*mechanism.EditCommitment); ok && len(x.Changes(edit.Proposal)) == 0 {
		return nil, "", fault.New(fault.Invalid, "%s stands so already: nothing was changed in the form", ref)
	}
	return acts, "/commitments/" + ref, nil
}
