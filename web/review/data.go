package review

import (
	"fmt"
	"net/http"

	"concord/commitment"
	"concord/mechanism"
	"concord/web/page"
	"concord/web/proposal"
)

// Review is a stretch of the proposals of a text, by number, and one of them in full. It is for the parties only.
type Review struct {
	page.Listing
	Text      page.TextData   `json:"text"`                      // whose proposals they are
	Decided   int             `json:"decided"`                   // how many proposals of the text do not wait any more
	MayDecide bool            `json:"may_decide"`                // whether the reader may decide on them
	Proposal  *Proposal       `json:"proposal,omitempty"`        // the one that ?n= names, else the first in the text that waits; none when none waits
	Proposals []ProposalLine  `json:"proposals"`                 // of this stretch; ?state= asks for those in one state
	Refused   []RefusedReason `json:"refused_because,omitempty"` // when none waits: how many were refused for which reason, the most frequent first
	Unread    []page.NoteData `json:"unread,omitempty"`          // when none waits: commitments that the mechanism summarizes and that nobody has read in the text
}

// ProposalLine is one proposal in short.
type ProposalLine struct {
	N       int              `json:"n"`       // its number among all that was ever proposed of the text, from 1
	Ref     string           `json:"ref"`     // the reference that is reserved for it
	State   commitment.State `json:"state"`   // proposed, accepted, refused
	Version int64            `json:"version"` // the newest act on it
}

// Proposal is a proposal with what one must see to decide on it.
type Proposal struct {
	page.NoteData
	N            int                  `json:"n"`                       // its number among all that was ever proposed of the text, from 1
	Version      int64                `json:"version"`                 // the newest act on it: sent back with a decision, so that nobody decides on what they have not seen
	Heading      string               `json:"heading,omitempty"`       // of the clause
	Chapeau      string               `json:"chapeau,omitempty"`       // the lead-in that the strength is from
	Words        string               `json:"words"`                   // of the text
	Action       string               `json:"action"`                  // what is to be done, in the text's language
	Summary      string               `json:"summary,omitempty"`       // the mechanism's own words under the same reference, in the reader's language
	Missing      []commitment.Element `json:"missing,omitempty"`       // what the text does not state: who, what, when
	Modifiers    []string             `json:"modifiers,omitempty"`     // at-once, as-soon-as-possible, fully, as-appropriate, priority, more, continuing
	Tracks       []string             `json:"tracks,omitempty"`        // ids, the lead first
	Instrument   string               `json:"instrument,omitempty"`    // kind of what is to be concluded
	SameSentence []string             `json:"same_sentence,omitempty"` // references of the others in the sentence
	By           commitment.Origin    `json:"by"`                      // program or person: who first read it
	Reshaped     bool                 `json:"reshaped,omitempty"`      // it was split from another, or merged of several
	Reason       string               `json:"reason,omitempty"`        // that was given with the newest act
	LastAct      *page.ActData        `json:"last_act,omitempty"`      // the newest act on it
}

// RefusedReason is how many proposals were refused for a reason.
type RefusedReason struct {
	Reason string `json:"reason"` // a reason of docs/coding-manual.md, with a person's own words behind a colon, or those alone
	Count  int    `json:"count"`  // how many
}

// showData gives the review of a text as data.
func showData(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	ask := proposal.AskOf(r, r.URL.Query())
	return s.ShowData(w, r, func(f *page.Frame) (any, error) {
		t, err := reviewedText(f, ask.Code)
		if err != nil {
			return nil, err
		}
		return newReview(f, t, ask.N)
	})
}

func newReview(f *page.Frame, t *mechanism.Text, n int) (*Review, error) {
	data := &Review{Text: f.TextLine(t).Data(), MayDecide: f.May("commitment.accept")}
	all := commitment.Standing(f.State.Ledger().Of(t.Code))
	if err := data.list(f, all); err != nil {
		return nil, err
	}
	chosen, err := chosenProposal(f.State, all, t.Code, n)
	if err != nil {
		return nil, err
	}
	if chosen == nil {
		for _, r := range reasonsOf(f, all) {
			data.Refused = append(data.Refused, RefusedReason{r.Reason, r.Count})
		}
		data.Unread = page.DataOfNotes(unreadOf(f, t, all))
		return data, nil
	}
	c, ok := t.Copy(chosen.Language)
	if !ok {
		return nil, noCopy(t, chosen)
	}
	data.Proposal = newReviewItem(f, c, chosen, all).data()
	return data, nil
}

// list fills in the stretch of proposals that the address asks for.
func (data *Review) list(f *page.Frame, all []*commitment.Commitment) (err error) {
	var lines []page.Keyed[ProposalLine]
	for _, c := range all {
		if c.State != commitment.Proposed {
			data.Decided++
		}
		if state := f.Query.Get("state"); state == "" || state == string(c.State) {
			lines = append(lines, page.Keyed[ProposalLine]{Key: fmt.Sprintf("%08d", c.N), Value: ProposalLine{c.N, c.Ref, c.State, c.Last()}})
		}
	}
	data.Proposals, data.Listing, err = page.Cut(f, lines, false)
	data.Total = len(all)
	return err
}

// data is the public form of a proposal.
func (it *reviewItem) data() *Proposal {
	return &Proposal{
		it.Note.Data(), it.N, it.Version, it.Heading, it.Chapeau, it.Words, it.Action, it.Summary, it.Missing, it.Modifiers, it.Tracks,
		it.Instrument, it.Sentence, it.By, it.Reshaped, it.Reason, it.LastAct.Data(),
	}
}
