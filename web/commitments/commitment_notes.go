package commitments

import (
	"fmt"
	"net/http"
	"strconv"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/web/page"
)

// notebook are the notes that the visitor's party, or the Secretariat, keeps on a commitment for itself.
type notebook struct {
	*page.Frame
	Of    string // code of the party; empty for the Secretariat
	Kept  []keptNote
	Words string // as typed in the form, when they could not be kept
	Error *page.FormError
}

// keptNote is one note.
type keptNote struct {
	Act   *page.Act // when it was kept, and by whom
	Words string
}

// unkept is what a person wanted to note and could not.
type unkept struct {
	words string
	err   error
}

// notebookOf gives the notes to those whose they are; nil for everybody else.
func notebookOf(f *page.Frame, ref string, not unkept) *notebook {
	notes := f.State.Notes(mechanism.ObjectOf("commitment", ref))
	if len(notes) == 0 && !f.May("note.add") {
		return nil
	}
	b := &notebook{Frame: f, Of: f.Actor.Party, Kept: []keptNote{}, Words: not.words}
	for _, n := range notes {
		b.Kept = append(b.Kept, keptNote{f.ActAt(n.Act), n.Words})
	}
	if not.err != nil {
		b.Error = page.FormErrorOf(f.Visit, not.err)
	}
	return b
}

// Title says whose notes they are.
func (b *notebook) Title() string {
	if b.Of == "" {
		return b.T("commitment.notes.secretariat")
	}
	return b.T("commitment.notes.party", b.PartyName(b.Of))
}

// isNote says whether a form on the page of a commitment is about a note.
func isNote(do string) bool { return do == "note" || do == "withdraw-note" }

// noteChanged keeps a note on what a reference stands for, or withdraws one. What cannot be done is shown on the page, with
// the words as typed.
func (l lister) noteChanged(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	ref, words := r.PathValue("ref"), r.PostForm.Get("note")
	on, party := mechanism.ObjectOf("commitment", ref), page.VisitOf(r).Actor.Party
	var act mechanism.Act = &mechanism.AddNote{Party: party, On: on, Words: words}
	if r.PostForm.Get("do") == "withdraw-note" {
		n, err := strconv.ParseInt(r.PostForm.Get("kept"), 10, 64)
		if err != nil {
			return fault.New(fault.Invalid, "the form did not arrive whole: send it again")
		}
		act = &mechanism.WithdrawNote{Party: party, On: on, Note: n}
	}
	seq, err := s.Do(r, act)
	switch kind := fault.KindOf(err); {
	case err == nil:
		return s.Done(w, r, seq, fmt.Sprintf("/commitments/%s#notes", ref))
	case !page.VisitOf(r).JSON && (kind == fault.Invalid || kind == fault.NotFound):
		return l.show(s, w, r, page.StatusOf(err), sent{note: unkept{words, err}})
	}
	return err
}
