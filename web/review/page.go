package review

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"concord/commitment"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/statement"
	"concord/web/page"
	"concord/web/proposal"
)

// reviewPage shows one proposal at a time to the person who decides, or what became of all when none is left.
type reviewPage struct {
	*page.Frame
	proposal.Choices
	Text     page.TextLine
	Decided  int
	Total    int
	Item     *reviewItem // nil: nothing waits, or one is being added
	Adding   *reviewItem // the place in the text where one is being added
	Strip    []stripItem
	Reasons  []reasonCount // when all are decided
	Unread   []page.Note   // summarized by the pack, and not read in the text
	Closed   bool          // the visitor may not read proposals
	Next     string        // address of the next that waits
	Previous string
	Undo     *stripItem // what this person decided last
	Open     string     // the form that is open: edit, split, merge, refuse, reopen, add
	Typed    proposal.Form
	Error    *page.FormError
	Changed  *page.Act // what somebody else did meanwhile
	Decides  bool      // whether the visitor may
}

// stripItem is one proposal of the text in the row of all.
type stripItem struct {
	N       int
	Ref     string
	State   string
	Current bool
	Version int64
}

// reasonCount is how many proposals were refused for a reason.
type reasonCount struct {
	Reason string
	Said   string
	Count  int
}

// startReview shows the proposal that ?n= names, or the first that waits. ?open= opens a form; what is typed may come along, so
// that the buttons that move a boundary work without script.
func startReview(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if page.VisitOf(r).JSON {
		return showData(s, w, r)
	}
	if !s.Present(r).SeesParties() {
		return s.ShowStatus(w, r, http.StatusForbidden, func(f *page.Frame) (page.Page, error) {
			f.About(f.T("review.title"))
			f.Seal = nil
			return &reviewPage{Frame: f, Closed: true}, nil
		})
	}
	return showReview(s, w, r, http.StatusOK, proposal.AskOf(r, r.URL.Query()))
}

func showReview(s *page.Site, w http.ResponseWriter, r *http.Request, status int, ask proposal.Ask) error {
	return s.ShowStatus(w, r, status, func(f *page.Frame) (page.Page, error) {
		t, err := reviewedText(f, ask.Code)
		if err != nil {
			return nil, err
		}
		return newReviewPage(f, t, ask)
	})
}

// reviewedText finds a text for whoever may read its proposals.
func reviewedText(f *page.Frame, code string) (*mechanism.Text, error) {
	if !f.SeesParties() {
		return nil, fault.New(fault.Denied, "proposals are read by those who hold an office in the mechanism, until they are accepted")
	}
	t, ok := f.State.Text(code)
	if !ok {
		return nil, fault.New(fault.NotFound, "there is no text %q", code)
	}
	return t, nil
}

func noCopy(t *mechanism.Text, x *commitment.Commitment) error {
	return fault.New(fault.NotFound, "there is no copy of %s in %q", t.Code, x.Language)
}

// newReviewPage builds the page of one proposal, of a place where one is added, or of the end.
func newReviewPage(f *page.Frame, t *mechanism.Text, ask proposal.Ask) (*reviewPage, error) {
	p := &reviewPage{Frame: f, Text: f.TextLine(t), Decides: f.May("commitment.accept"), Open: panelOf(ask.Do)}
	p.Choices = proposal.ChoicesFor(f)
	f.About(f.T("review.title.of", p.Text.Code))
	all := commitment.Standing(f.State.Ledger().Of(t.Code))
	if p.Open == "add" && p.Decides {
		return p, p.add(t, ask)
	}
	current, err := chosenProposal(f.State, all, t.Code, ask.N)
	if err != nil {
		return nil, err
	}
	p.fillStrip(all, current)
	for _, c := range all { // the strip shows them all
		f.Objects = append(f.Objects, mechanism.ObjectOf("commitment", c.Ref))
	}
	p.Undo = lastDecision(f, all)
	if current == nil {
		p.Reasons, p.Unread = reasonsOf(f, all), unreadOf(f, t, all)
		return p, nil
	}
	f.Seal = f.ActAt(current.Last()) // it may have been on the text
	c, ok := t.Copy(current.Language)
	if !ok {
		return nil, noCopy(t, current)
	}
	p.Item = newReviewItem(f, c, current, all)
	p.Typed = proposal.FormOf(current.Proposal, c.Document.Reading)
	if ask.Typed {
		p.Typed = ask.Form.Nudged(c.Document.Reading)
		p.Item.span(p.Typed.Start, p.Typed.End)
	}
	p.say(ask, current)
	return p, nil
}

// say tells why what was asked for was not done.
func (p *reviewPage) say(ask proposal.Ask, current *commitment.Commitment) {
	if ask.Failed == nil {
		return
	}
	p.Error = page.FormErrorOf(p.Visit, ask.Failed)
	if fault.KindOf(ask.Failed) == fault.Conflict && len(current.Steps) > 0 {
		p.Changed = p.ActAt(current.Last())
	}
}

// panelOf is the form that belongs to what was asked for.
func panelOf(do string) string {
	switch do {
	case "edit", "edit-accept":
		return "edit"
	case "split", "merge", "refuse", "reopen", "add":
		return do
	}
	return ""
}

// chosenProposal is the one with number n, or the first that waits; nil when none does.
func chosenProposal(m page.State, all []*commitment.Commitment, code string, n int) (*commitment.Commitment, error) {
	if n != 0 {
		c, ok := m.Ledger().At(code, n)
		if !ok {
			return nil, fault.New(fault.NotFound, "%s has no proposal number %d", code, n)
		}
		return c, nil
	}
	return commitment.NextWaiting(all, 0, 1), nil
}

// fillStrip fills the row of all proposals and the ways to its neighbours.
func (p *reviewPage) fillStrip(all []*commitment.Commitment, current *commitment.Commitment) {
	p.Total = len(all)
	for _, c := range all {
		if c.State != commitment.Proposed {
			p.Decided++
		}
		p.Strip = append(p.Strip, stripOf(c, c == current))
	}
	at := slices.Index(all, current)
	if current == nil || at < 0 {
		return
	}
	if c := commitment.NextWaiting(all, at+1, 1); c != nil && c != current {
		p.Next = page.ReviewHref(c)
	}
	if c := commitment.NextWaiting(all, at-1, -1); c != nil && c != current {
		p.Previous = page.ReviewHref(c)
	}
}

func stripOf(c *commitment.Commitment, current bool) stripItem {
	return stripItem{N: c.N, Ref: c.Ref, State: string(c.State), Current: current, Version: c.Last()}
}

// lastDecision is what this person accepted or refused last in this text, if nothing was done to it since.
func lastDecision(f *page.Frame, all []*commitment.Commitment) *stripItem {
	for d := range f.State.Latest() {
		if d.Seq < f.State.Acts()-lookBack {
			break
		}
		if d.Actor != f.Actor || d.Kind != "commitment.accept" && d.Kind != "commitment.refuse" {
			continue
		}
		for _, c := range all {
			if c.Last() == d.Seq {
				item := stripOf(c, false)
				return &item
			}
		}
		return nil
	}
	return nil
}

// lookBack bounds how many acts are searched for the last decision.
const lookBack = 1000

// reasonsOf counts the refusals by reason, the most frequent first.
func reasonsOf(f *page.Frame, all []*commitment.Commitment) []reasonCount {
	var counts []reasonCount
	place := map[string]int{} // of a reason among the counts
	for _, c := range all {
		if c.State != commitment.Refused {
			continue
		}
		i, ok := place[c.Reason()]
		if !ok {
			i = len(counts)
			place[c.Reason()] = i
			counts = append(counts, reasonCount{Reason: c.Reason(), Said: f.Reason(c.Reason())})
		}
		counts[i].Count++
	}
	slices.SortStableFunc(counts, func(a, b reasonCount) int { return b.Count - a.Count })
	return counts
}

// add shows a place of the text where a commitment that the program did not read can be added.
func (p *reviewPage) add(t *mechanism.Text, ask proposal.Ask) error {
	c, err := proposal.ReviewedCopy(p.State, t)
	if err != nil {
		return err
	}
	d := c.Document
	p.Typed = ask.Form
	if !ask.Typed {
		p.Typed = newForm(t, d, ask.Form)
	}
	p.Typed = p.Typed.Nudged(d.Reading)
	p.Adding = &reviewItem{Note: page.Note{Lang: page.ReadingTag(d), At: d.ClauseAt(p.Typed.Start)}}
	p.Adding.surround(d, p.Typed.Start, p.Typed.End)
	if p.Typed.Words != "" {
		p.Adding.span(p.Typed.Start, p.Typed.End)
	}
	p.fillStrip(commitment.Standing(p.State.Ledger().Of(t.Code)), nil)
	if ask.Failed != nil {
		p.Error = page.FormErrorOf(p.Visit, ask.Failed)
	}
	return nil
}

// newForm is the form for adding: the words selected, or none of the paragraph that is pointed at.
func newForm(t *mechanism.Text, d *statement.Document, asked proposal.Form) proposal.Form {
	f := proposal.Form{
		Start: proposal.RuneStart(d.Reading, max(0, min(asked.Start, len(d.Reading)-1))), Strength: int(commitment.Pledge), From: string(commitment.Own),
		Kind: string(commitment.All), Parties: t.Parties,
	}
	f.End = proposal.RuneStart(d.Reading, max(f.Start, min(asked.End, len(d.Reading))))
	if f.End > f.Start {
		f.Words = strings.TrimSpace(d.Reading[f.Start:f.End])
		f.Start += strings.Index(d.Reading[f.Start:f.End], f.Words)
		f.End = f.Start + len(f.Words)
		f.Action = f.Words
	}
	return f
}

// unreadOf are the summaries of a text whose reference no proposal has: what the program, and so far the people, missed.
func unreadOf(f *page.Frame, t *mechanism.Text, all []*commitment.Commitment) []page.Note {
	if len(t.Copies) == 0 {
		return nil
	}
	read := make(map[string]bool, len(all))
	for _, c := range all {
		read[c.Ref] = true
	}
	var notes []page.Note
	for _, s := range f.State.Ledger().Summaries(t.Code) {
		if !read[s.Ref] {
			notes = append(notes, f.SummaryNote(s))
		}
	}
	return notes
}

// digits are the keys that give a reason, 1 to 9.
const digits = 9

// QuickReasons are the reasons of the coding manual that a key gives, the most frequent first.
func (p *reviewPage) QuickReasons() []string { return commitment.Reasons()[:digits] }

// Digit is the key of the i-th quick reason.
func (p *reviewPage) Digit(i int) string { return strconv.Itoa(i + 1) }
