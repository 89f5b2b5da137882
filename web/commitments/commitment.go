package commitments

import (
	"net/http"
	"slices"

	"concord/commitment"
	"concord/mechanism"
	"concord/statement"
	"concord/web/page"
	"concord/web/proposal"
)

// commitmentPage is all that is known of one commitment: its words in each language, who is bound, how firmly and by
// when and where that was read, what the text leaves open, and every act on it.
type commitmentPage struct {
	*page.Frame `json:"-"`
	Row         matrixRow     `json:"commitment"`
	Reading     *reading      `json:"reading,omitempty"` // how it was read in the text; nil while only the pack speaks of it
	Words       []wording     `json:"wordings,omitempty"`
	OwnWords    []ownWords    `json:"summary,omitempty"` // the pack's
	Text        page.TextLine `json:"text"`
	Place       clauseHead    `json:"-"`
	Lead        *leadBody     `json:"lead,omitempty"`
	Meeting     string        `json:"-"` // id of the meeting that adopted the text
	History     []historyItem `json:"history"`
	Earlier     bool          `json:"-"` // acts before the acceptance are not for this visitor
	Sentence    []string      `json:"same_sentence,omitempty"`
	Before      string        `json:"previous,omitempty"` // references beside it in the text
	After       string        `json:"next,omitempty"`
	Fate        *fate         `json:"fate,omitempty"` // what became of a proposal that does not stand in the ledger
	Edit        *editForm     `json:"-"`              // the form, for whoever may change it
	Notes       *notebook     `json:"notes,omitempty"`
}

// reading is how the program or a person read it.
type reading struct {
	By        commitment.Origin `json:"by"` // who first read it
	Language  string            `json:"language"`
	Cue       string            `json:"cue,omitempty"`
	Rule      string            `json:"rule,omitempty"`
	From      commitment.Source `json:"strength_from"`
	Modifiers []string          `json:"modifiers,omitempty"`
	N         int               `json:"n"` // number among the proposals of the text
	Version   int64             `json:"version"`
}

// wording is the passage in one language. Words are marked in the copy that the commitment was read in; in the others
// the clause stands without a mark, in Before.
type wording struct {
	Language string `json:"language"`
	Name     string `json:"-"`
	Tag      string `json:"-"`
	Chapeau  string `json:"chapeau,omitempty"` // the lead-in that governs the point
	Before   string `json:"before,omitempty"`
	Words    string `json:"words,omitempty"`
	After    string `json:"after,omitempty"`
	Href     string `json:"-"` // the place in the reader
}

// ownWords is the pack's summary in one language.
type ownWords struct {
	Language string `json:"language"`
	Words    string `json:"words"`
}

// leadBody is the body that leads the lead track.
type leadBody struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// fate is what became of a proposal: it waits, was refused, or is part of another now.
type fate struct {
	State  string    `json:"state"`
	Reason string    `json:"reason,omitempty"`
	Into   []string  `json:"into,omitempty"` // references of what it became
	Act    *page.Act `json:"act"`
	Href   string    `json:"-"` // of the review
}

func oneCommitment(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	return showCommitment(s, w, r, http.StatusOK, sent{ask: proposal.Ask{Do: r.URL.Query().Get("open")}})
}

// sent is what the page is asked to open, or what was typed in one of its forms that failed.
type sent struct {
	ask  proposal.Ask
	note unkept
}

// showCommitment shows the page, with the forms as they were sent.
func showCommitment(s *page.Site, w http.ResponseWriter, r *http.Request, status int, form sent) error {
	ref := r.PathValue("ref")
	state, err := s.State(r)
	if err != nil {
		return err
	}
	if subjectOf(s.Bare(page.VisitOf(r), state), ref) == nil {
		return noCommitment(s, w, r, ref)
	}
	return s.ShowStatus(w, r, status, "commitment", func(f *page.Frame) (any, error) {
		sub := subjectOf(f, ref)
		if sub == nil {
			return nil, noSuchCommitment(ref)
		}
		return newCommitmentPage(f, sub, form), nil
	})
}

// subject is what a reference stands for, as far as the visitor may see it: a line of the ledger, a proposal, or both.
type subject struct {
	ref  string
	line commitment.Line
	has  bool                   // line stands in the ledger
	x    *commitment.Commitment // accepted, or for those who may see it in another state; may be nil
}

// subjectOf finds it; nil when there is nothing for this visitor.
func subjectOf(f *page.Frame, ref string) *subject {
	sub := &subject{ref: ref}
	sub.line, sub.has = f.State.Ledger().Line(ref)
	if sub.x = sub.line.Accepted; sub.x == nil {
		sub.x, _ = f.State.Ledger().Holder(ref)
	}
	if !sub.has && sub.x == nil {
		return nil
	}
	if !sub.has {
		sub.line = commitment.Line{Ref: ref, Text: sub.x.Text, Clause: sub.x.Clause, Accepted: sub.x}
	}
	return sub
}

// newCommitmentPage builds the page of a subject.
func newCommitmentPage(f *page.Frame, sub *subject, form sent) *commitmentPage {
	p := &commitmentPage{Frame: f}
	row := newMatrixRow(f, sub.line)
	f.About(row.Ref, mechanism.ObjectOf("commitment", row.Ref))
	if sub.x != nil {
		row.State = sub.x.State
	}
	if !sub.has || sub.line.Accepted != nil {
		p.Reading = readingOf(sub.x)
	}
	mp := &matrixPage{Frame: f, Columns: f.Parties()}
	p.Row = mp.dress(row, mp.cellsSaid())
	if t, ok := f.State.Text(row.Text); ok {
		p.Text, p.Meeting = f.TextLine(t), t.Meeting
		p.Words = wordingsOf(f, t, sub)
	}
	if s := sub.line.Summary; s != nil {
		for _, l := range f.Languages {
			if said := s.Summary[l.Tag]; said != "" {
				p.OwnWords = append(p.OwnWords, ownWords{l.Tag, said})
			}
		}
	}
	p.Lead = leadOf(f, row.Tracks)
	if sub.has {
		p.Before, p.After = f.State.Ledger().Beside(row.Ref)
	}
	p.history(sub)
	if n := len(p.History); n > 0 {
		p.Seal = p.History[n-1].Act // also where the act was on the text, or on what this came from
	}
	if sub.x != nil {
		p.Sentence = sameSentence(f, sub.x)
		p.Fate = fateOf(f, sub.x)
		p.Edit = editorOf(f, sub.x, form.ask)
	}
	p.Notes = notebookOf(f, row.Ref, form.note)
	return p
}

func readingOf(x *commitment.Commitment) *reading {
	return &reading{
		By: x.By, Language: x.Language, Cue: x.Cue, Rule: x.Rule, From: x.StrengthFrom, Modifiers: x.Modifiers, N: x.N, Version: x.Last(),
	}
}

// wordingsOf are the passages in each copy, the one that the commitment was read in first.
func wordingsOf(f *page.Frame, t *mechanism.Text, sub *subject) []wording {
	var list []wording
	for _, c := range t.Copies {
		d := c.Document
		w := wording{Language: c.Language, Name: f.LanguageName(c.Language), Tag: page.ReadingTag(d)}
		w.Href = "/texts/" + t.Code + "?copy=" + c.Language
		if x := sub.x; x != nil && x.Language == c.Language {
			w.marked(d, x.Start, x.End)
			if x.StrengthFrom == commitment.Chapeau {
				w.Chapeau = d.ChapeauOf(x.Clause)
			}
			w.Href += "&ref=" + x.Ref + "#" + x.Ref
			list = slices.Insert(list, 0, w)
			continue
		}
		w.Before = wordingOf(d, sub.line.Clause)
		w.Chapeau = d.ChapeauOf(sub.line.Clause)
		w.Href += "#c" + sub.line.Clause
		if w.Before != "" {
			list = append(list, w)
		}
	}
	return list
}

// marked cuts the paragraphs that a span lies in.
func (w *wording) marked(d *statement.Document, start, end int) {
	from, to := start, end
	for _, p := range d.Paragraphs {
		if p.Start <= start && start < p.End {
			from = min(p.Text, start)
		}
		if p.Start < end && end <= p.End {
			to = p.End
		}
	}
	w.Before, w.Words, w.After = d.Reading[from:start], d.Reading[start:end], d.Reading[end:to]
}

// wordingOf is the wording of a clause without what lies below it.
func wordingOf(d *statement.Document, id string) string {
	words := ""
	for _, p := range d.Paragraphs {
		if p.Clause == id && p.Role != statement.Furniture {
			if words != "" {
				words += "\n"
			}
			words += d.Reading[p.Text:p.End]
		}
	}
	return words
}

// leadOf is the body that leads the first track.
func leadOf(f *page.Frame, tracks []string) *leadBody {
	if len(tracks) == 0 {
		return nil
	}
	t, ok := f.State.Track(tracks[0])
	if !ok || t.Body == "" {
		return nil
	}
	b, ok := f.State.Body(t.Body)
	if !ok {
		return nil
	}
	return &leadBody{b.ID, f.Name(b.Name)}
}

// sameSentence are the other commitments that were read in the same sentence.
func sameSentence(f *page.Frame, x *commitment.Commitment) []string {
	var refs []string
	for _, o := range f.State.Ledger().Sentence(x.Text, x.Language, x.Group) {
		if o.N != x.N && o.State == commitment.Accepted {
			refs = append(refs, o.Ref)
		}
	}
	return refs
}

// fateOf says what became of a proposal; nil for one that stands in the ledger.
func fateOf(f *page.Frame, x *commitment.Commitment) *fate {
	if x.State == commitment.Accepted {
		return nil
	}
	ft := &fate{State: string(x.State), Act: f.ActAt(x.Last()), Href: page.ReviewHref(x)}
	if x.Reason() != "" {
		ft.Reason = f.Reason(x.Reason())
	}
	for _, n := range x.Into {
		if c, ok := f.State.Ledger().At(x.Text, n); ok {
			ft.Into = append(ft.Into, c.Ref)
		}
	}
	return ft
}

// Unlisted says whether the text describes those who are bound without naming them.
func (p *commitmentPage) Unlisted() bool { return p.Row.Parties == nil }

// Standing says whether the commitment stands in the ledger as the text has it.
func (p *commitmentPage) Standing() bool { return p.Row.Accepted() }

// Further are the tracks after the lead.
func (p *commitmentPage) Further() []string {
	if len(p.Row.Tracks) < 2 {
		return nil
	}
	return p.Row.Tracks[1:]
}
