package texts

import (
	"net/http"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/web/page"
)

// Withdraws says whether the visitor may withdraw the text: an officer, while no commitment in it is accepted.
func (p *readerPage) Withdraws() bool {
	return len(p.Text.Copies) > 0 && p.Text.Accepted == 0 && p.May("text.withdraw")
}

// withdraw takes a text out of the queue again, with the reason that was given. What cannot be done is shown on the page of the
// text, with what was typed.
func withdraw(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(err, fault.Invalid, "the form did not arrive whole: send it again")
	}
	if page.VisitOf(r).AsOf == "" && !s.Present(r).May("text.withdraw") {
		return page.NotFor{Kind: "text.withdraw"}
	}
	act := &mechanism.WithdrawText{Text: r.PathValue("code"), Reason: r.PostForm.Get("reason")}
	seq, err := s.Do(r, act)
	switch kind := fault.KindOf(err); {
	case err == nil:
		return s.Done(w, r, seq, "/texts/"+act.Text)
	case page.VisitOf(r).JSON || kind != fault.Invalid && kind != fault.Conflict:
		return err
	}
	return s.ShowStatus(w, r, page.StatusOf(err), func(f *page.Frame) (page.Page, error) {
		p, failed := readerOf(f, act.Text)
		if failed != nil {
			return nil, failed
		}
		p.Reason, p.Error = act.Reason, page.FormErrorOf(f.Visit, err)
		return p, nil
	})
}
