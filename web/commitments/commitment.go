package commitments

import (
	"net/http"
	"slices"

	"concord/commitment"
	"concord/mechanism"
	"concord/web/page"
	"concord/web/proposal"
)

// commitmentPage is all that is known of one commitment: its words in each language, who is bound, how firmly and by
// when and where that was read, what the text leaves open, and every act on it.
type commitmentPage struct {
	*page.Frame
	Row      matrixRow
	Reading  *reading // how it was read in the text; nil while only the pack speaks of it
	Words    []wording
	OwnWords []ownWords // the pack's
	Text     page.TextLine
	Place    clauseHead
	Lead     *LeadBody
	Meeting  string // id of the meeting that adopted the text
	History  []historyItem
	Earlier  bool // acts before the acceptance are not for this visitor
	Sentence []string
	Before   string // references beside it in the text
	After    string
	Fate     *fate     // what became of a proposal that does not stand in the ledger
	Edit     *editForm // the form, for whoever may change it
	Notes    *notebook
}

// reading is how the program or a person read it.
type reading struct {
	By        commitment.Origin // who first read it
	Language  string
	Cue       string
	Rule      string
	From      commitment.Source
	Modifiers []string
	N         int // number among the proposals of the text
	Version   int64
}

// wording is the passage in one language. Words are marked in the copy that the commitment was read in; in the others
// the clause stands without a mark, in Before.
type wording struct {
	Language string
	Name     string
	Tag      string
	Chapeau  string // the lead-in that governs the point
	Before   string
	Words    string
	After    string
	Href     string // the place in the reader
}

// ownWords is the pack's summary in one language.
type ownWords struct {
	Language string
	Words    string
}

// fate is what became of a proposal: it waits, was refused, or is part of another now.
type fate struct {
	State  string
	Reason string
	Into   []string // references of what it became
	Act    *page.Act
	Href   string // of the review
}

// one shows a commitment, or gives its data.
func (l lister) one(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if page.VisitOf(r).JSON {
		return l.oneData(s, w, r)
	}
	return l.show(s, w, r, http.StatusOK, sent{ask: proposal.Ask{Do: r.URL.Query().Get("open")}})
}

// sent is what the page is asked to open, or what was typed in one of its forms that failed.
type sent struct {
	ask  proposal.Ask
	note unkept
}

// show shows the page, with the forms as they were sent.
func (l lister) show(s *page.Site, w http.ResponseWriter, r *http.Request, status int, form sent) error {
	ref := r.PathValue("ref")
	state, err := s.State(r)
	if err != nil {
		return err
	}
	if subjectOf(s.Bare(page.VisitOf(r), state), ref) == nil {
		return noCommitment(s, w, r, ref)
	}
	return s.ShowStatus(w, r, status, func(f *page.Frame) (page.Page, error) {
		sub := subjectOf(f, ref)
		if sub == nil {
			return nil, noSuchCommitment(ref)
		}
		return l.newCommitmentPage(f, sub, form), nil
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
func (l lister) newCommitmentPage(f *page.Frame, sub *subject, form sent) *commitmentPage {
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
	p.Row = mp.dresser().dress(row)
	if t, ok := f.State.Text(row.Text); ok {
		p.Text, p.Meeting = f.TextLine(t), t.Meeting
		p.Words = l.wordings(f, sub)
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

// wordings are the passages in each copy, the one that the commitment was read in first. They come from the index: nothing is
// looked for in the texts.
func (l lister) wordings(f *page.Frame, sub *subject) []wording {
	text, ok := l.index.Of(f.State).Text(sub.line.Text)
	if !ok {
		return nil
	}
	var list []wording
	for _, c := range text.Copies {
		w := wording{Language: c.Language, Name: f.LanguageName(c.Language), Tag: page.ReadingTag(c.Document)}
		w.Href = "/texts/" + text.Code + "?copy=" + c.Language
		if x := sub.x; x != nil && x.Language == c.Language {
			w.Before, w.Words, w.After = c.Around(x.Start, x.End)
			if x.StrengthFrom == commitment.Chapeau {
				w.Chapeau = c.Chapeau(x.Clause)
			}
			w.Href += "&ref=" + x.Ref + "#" + x.Ref
			list = slices.Insert(list, 0, w)
			continue
		}
		w.Before, w.Chapeau = c.Wording(sub.line.Clause), c.Chapeau(sub.line.Clause)
		w.Href += "#c" + sub.line.Clause
		if w.Before != "" {
			list = append(list, w)
		}
	}
	return list
}

// leadOf is the body that leads the first track.
func leadOf(f *page.Frame, tracks []string) *LeadBody {
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
	return &LeadBody{b.ID, f.Name(b.Name)}
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
