package review

import (
	"net/http"

	"concord/internal/fault"
	"concord/web/page"
	"concord/web/proposal"
)

// decide does what a person decided on a proposal and goes on to the next that waits. What cannot be done is shown on the
// page of the proposal, with all that was typed.
func decide(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	ask := proposal.AskOf(r, r.PostForm)
	m := s.Present(r)
	if page.VisitOf(r).AsOf == "" && !m.May("commitment.accept") {
		return page.NotFor{Kind: "commitment.accept"}
	}
	acts, next, err := proposal.Decide(m, ask)
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
func notDecided(s *page.Site, w http.ResponseWriter, r *http.Request, ask proposal.Ask, err error) error {
	if kind := fault.KindOf(err); page.VisitOf(r).JSON || kind != fault.Invalid && kind != fault.Conflict {
		return err
	}
	ask.Failed = err
	return showReview(s, w, r, page.StatusOf(err), ask)
}
