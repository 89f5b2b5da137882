package commitments

import (
	"maps"
	"net/http"
	"slices"

	"concord/commitment"
	"concord/mechanism"
	"concord/search"
	"concord/web/page"
)

// List is a stretch of the ledger: the commitments that fit a filter, in the order asked for.
type List struct {
	listHead
	Commitments []Row `json:"commitments"` // the lines of this stretch
}

type listHead struct {
	page.Listing
	Perhaps int    `json:"perhaps,omitempty"` // where a party is asked for: how many fit but for the party, which may be bound, since the text does not list whom it binds
	Filter  Filter `json:"filter"`            // as it was understood
}

// Filter says which commitments are wanted, and how they stand: the parameters of the address, as far as they were
// understood. All that is given must fit.
type Filter struct {
	Words      string `json:"q,omitempty"`          // words, looked for in all languages
	Text       string `json:"text,omitempty"`       // code of the text
	Track      string `json:"track,omitempty"`      // id of a track, the lead or a further one
	Party      string `json:"party,omitempty"`      // that is bound
	Strength   []int  `json:"strength,omitempty"`   // any of these, 1 to 5; as ?strength=5&strength=4 or ?min=4&max=5
	Kind       string `json:"kind,omitempty"`       // whom it binds: all, one, subset, organ
	Deadline   string `json:"deadline,omitempty"`   // has, none, passed, soon (its last day is within 90 days)
	Missing    string `json:"missing,omitempty"`    // what the text does not state: who, what, when
	Instrument string `json:"instrument,omitempty"` // a kind of instrument, or any
	State      string `json:"state,omitempty"`      // accepted, summarized
	Group      string `json:"group,omitempty"`      // what stands together: the lead track when empty, clause, strength, who, none
	Sort       string `json:"sort,omitempty"`       // within a group: by reference when empty, strength, deadline
}

// Row is one commitment in short: as the text has it once it was accepted, until then as the mechanism summarizes it.
type Row struct {
	Ref         string               `json:"ref"`                    // its reference, "CHD24-17": never given to another
	Text        string               `json:"text"`                   // code of the text
	Clause      string               `json:"clause"`                 // id of the innermost clause, the same in every language: "4.1"
	State       commitment.State     `json:"state"`                  // accepted, or summarized: only the mechanism's own words are known; of a commitment asked for by itself also proposed, refused, divided, merged
	Says        string               `json:"says"`                   // what is promised
	Language    string               `json:"language"`               // that says is in: the reader's where the mechanism has words of its own, else the text's
	Strength    commitment.Strength  `json:"strength"`               // 5 decide, 4 pledge, 3 intend, 2 support, 1 explore
	Actor       commitment.ActorKind `json:"actor"`                  // whom it binds: all parties to the text, one, subset, organ
	Who         string               `json:"who,omitempty"`          // who undertakes, in words, where it is not simply all parties
	WhoLanguage string               `json:"who_language,omitempty"` // that who is in
	Parties     []string             `json:"parties"`                // who is bound, ISO 3166-1 alpha-2; null where the text does not list them
	Deadline    *page.DeadlineData   `json:"deadline,omitempty"`     // by when; none where the text does not say
	Due         string               `json:"due,omitempty"`          // the last day that the deadline allows, 2025-12-31; none where it names no day
	Tracks      []string             `json:"tracks"`                 // ids, the lead first
	Instrument  string               `json:"instrument,omitempty"`   // kind of what is to be concluded: treaty, agreement, memorandum, programme, ...
	Missing     []commitment.Element `json:"missing,omitempty"`      // what the text does not state: who, what, when
}

// listData gives the stretch of the ledger that the address asks for.
func (l lister) listData(f *page.Frame) (any, error) {
	ask, index := askMatrix(f.Query), l.index.Of(f.State)
	limit, err := f.Limit()
	if err != nil {
		return nil, err
	}
	order := ask.order()
	after, err := placeAfter(order, f.Query.Get("after"))
	if err != nil {
		return nil, err
	}
	found := index.Stretch(ask.filterOn(f.Today()), order, after, limit)
	head := listHead{Listing: page.Listing{Total: index.Len(), Matched: found.Matched}, Perhaps: found.Perhaps, Filter: ask.data()}
	rows := make([]page.Encoded, len(found.Lines))
	for i, ln := range found.Lines {
		rows[i] = encodedRow(f, ln.Line)
	}
	if found.More {
		head.Next = f.NextHref(order.Cursor(found.Lines[len(found.Lines)-1].At))
	}
	return page.EncodeList(head, "commitments", rows), nil
}

// placeAfter reads the place that ?after= names.
func placeAfter(order search.Order, after string) (search.Place, error) {
	if after == "" {
		return search.Place{}, nil
	}
	place, ok := order.PlaceAfter(after)
	if !ok {
		return place, page.NoPlace(after)
	}
	return place, nil
}

// encodedRow is the row of a line in the reader's language, encoded once for all readers.
func encodedRow(f *page.Frame, ln *search.Line) page.Encoded {
	return ln.Made(f.L.Tag, func() []byte { return page.EncodeRow(newRow(f, ln.Line, ln.Parties)) })
}

// newRow reads a line of the ledger that binds parties.
func newRow(f *page.Frame, ln commitment.Line, parties []string) Row {
	r := Row{
		Ref: ln.Ref, Text: ln.Text, Clause: ln.Clause, State: ln.State(), Strength: ln.Strength(), Parties: parties,
		Tracks: ln.Tracks(), Instrument: ln.Instrument(), Missing: ln.Missing(), Due: ln.Deadline().LastDay().String(),
	}
	r.Actor, _ = ln.Bound()
	r.Says, r.Language = f.Says(ln)
	if r.Who, r.WhoLanguage = f.Undertaker(ln); r.Who == "" {
		r.WhoLanguage = ""
	}
	if r.Tracks == nil {
		r.Tracks = []string{}
	}
	r.Deadline = page.DataOfDeadline(ln.Deadline())
	return r
}

// Commitment is all that is known of one commitment.
type Commitment struct {
	Commitment   Row           `json:"commitment"`              // in short
	Reading      *Reading      `json:"reading,omitempty"`       // how it was read in the text; none while only the mechanism's own words are known
	Wordings     []Wording     `json:"wordings,omitempty"`      // the passage in each language that the text is there in, the one that was read first
	Summary      []Summary     `json:"summary,omitempty"`       // the mechanism's own words, in each language
	Text         page.TextData `json:"text"`                    // the text that it stands in
	Lead         *LeadBody     `json:"lead,omitempty"`          // the body that leads the first track
	History      []Step        `json:"history"`                 // the acts on it that the reader may know, oldest first
	SameSentence []string      `json:"same_sentence,omitempty"` // references of the others that were read in the same sentence
	Previous     string        `json:"previous,omitempty"`      // reference before it in the text
	Next         string        `json:"next,omitempty"`          // reference behind it in the text
	Fate         *Fate         `json:"fate,omitempty"`          // what became of a proposal that does not stand in the ledger; for the parties only
	Notes        *Notebook     `json:"notes,omitempty"`         // that the reader's party, or the Secretariat, keeps for itself
}

// Notebook are the notes that the reader's party, or the Secretariat, keeps on a commitment for itself.
type Notebook struct {
	Party string `json:"party,omitempty"` // its code; none for the Secretariat
	Kept  []Note `json:"kept"`            // oldest first
}

// Note is one note.
type Note struct {
	Act   *page.ActData `json:"act"`   // when it was kept, and by whom
	Words string        `json:"words"` // as they were written
}

// data is the public form of the notes.
func (b *notebook) data() *Notebook {
	if b == nil {
		return nil
	}
	data := &Notebook{Party: b.Of, Kept: []Note{}}
	for _, n := range b.Kept {
		data.Kept = append(data.Kept, Note{n.Act.Data(), n.Words})
	}
	return data
}

// Reading is how a commitment was read in the text.
type Reading struct {
	By        commitment.Origin `json:"by"`                  // program or person: who first read it
	Language  string            `json:"language"`            // of the copy that it was read in
	Cue       string            `json:"cue,omitempty"`       // the words that show the strength, in that language
	Rule      string            `json:"rule,omitempty"`      // the line of the lexicon or of the manual that judged it
	From      commitment.Source `json:"strength_from"`       // own verb, or chapeau: the lead-in of the clause
	Modifiers []string          `json:"modifiers,omitempty"` // at-once, as-soon-as-possible, fully, as-appropriate, priority, more, continuing
	N         int               `json:"n"`                   // its number among all that was ever proposed of the text, from 1
	Version   int64             `json:"version"`             // the newest act on it: given back with a change, so that nobody changes what they have not seen
}

// Wording is the passage in one language. Words are marked in the copy that the commitment was read in; in the others the
// clause stands without a mark, in before.
type Wording struct {
	Language string `json:"language"`          // that this wording is in
	Chapeau  string `json:"chapeau,omitempty"` // the lead-in that governs the point
	Before   string `json:"before,omitempty"`  // the paragraph up to the words
	Words    string `json:"words,omitempty"`   // the words of the commitment
	After    string `json:"after,omitempty"`   // the paragraph behind the words
}

// Summary is what the mechanism says of a commitment in its own words, in one language.
type Summary struct {
	Language string `json:"language"` // that the words are in
	Words    string `json:"words"`    // what is promised
}

// LeadBody is the body that leads a track.
type LeadBody struct {
	ID   string `json:"id"`   // its key
	Name string `json:"name"` // in the reader's language
}

// Step is one act on a commitment, with what it changed.
type Step struct {
	Act     page.ActData `json:"act"`               // the act itself
	Reason  string       `json:"reason,omitempty"`  // that was given, in words
	Changes []Change     `json:"changes,omitempty"` // what an edit replaced
}

// Change is one field that an edit changed, in words of the reader's language, or of the text where they are the text's.
type Change struct {
	Field  string `json:"field"`  // words, clause, action, strength, actor, deadline, tracks, instrument, modifiers
	Before string `json:"before"` // as it stood
	After  string `json:"after"`  // as it stands since
}

// Fate is what became of a proposal.
type Fate struct {
	State  string        `json:"state"`            // proposed: it waits; refused, divided, merged
	Reason string        `json:"reason,omitempty"` // that was given, in words
	Into   []string      `json:"into,omitempty"`   // references of what it became
	Act    *page.ActData `json:"act"`              // the newest on it
}

// oneData gives one commitment as data.
func (l lister) oneData(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	ref, found := r.PathValue("ref"), true
	err := s.ShowData(w, r, func(f *page.Frame) (any, error) {
		sub := subjectOf(f, ref)
		if found = sub != nil; !found {
			return nil, noSuchCommitment(ref)
		}
		return l.newCommitment(f, sub), nil
	})
	if !found {
		return noCommitment(s, w, r, ref)
	}
	return err
}

// newCommitment is all that the reader may know of a subject.
func (l lister) newCommitment(f *page.Frame, sub *subject) *Commitment {
	_, parties := boundBy(f, sub.line)
	c := &Commitment{Commitment: newRow(f, sub.line, parties), History: []Step{}}
	c.Lead = leadOf(f, c.Commitment.Tracks)
	if sub.has {
		c.Previous, c.Next = f.State.Ledger().Beside(sub.ref)
	}
	if t, ok := f.State.Text(sub.line.Text); ok {
		c.Text = f.TextLine(t).Data()
		for _, w := range l.wordings(f, sub) {
			c.Wordings = append(c.Wordings, Wording{w.Language, w.Chapeau, w.Before, w.Words, w.After})
		}
	}
	if s := sub.line.Summary; s != nil {
		for _, tag := range slices.Sorted(maps.Keys(s.Summary)) {
			c.Summary = append(c.Summary, Summary{tag, s.Summary[tag]})
		}
	}
	deeds, steps := deedsOf(f, sub)
	for _, seq := range slices.Sorted(maps.Keys(deeds)) {
		c.History = append(c.History, newStep(f, sub.x, deeds[seq], steps[seq]))
	}
	c.Notes = notebookOf(f, sub.ref, unkept{}).data()
	if x := sub.x; x != nil {
		c.Commitment.State = x.State
		c.SameSentence = sameSentence(f, x)
		c.Fate = fateOf(f, x).data()
		if !sub.has || sub.line.Accepted != nil {
			c.Reading = &Reading{x.By, x.Language, x.Cue, x.Rule, x.StrengthFrom, x.Modifiers, x.N, x.Last()}
		}
	}
	return c
}

func newStep(f *page.Frame, x *commitment.Commitment, d mechanism.Deed, step commitment.Step) Step {
	data := Step{Act: f.DataOfAct(d), Reason: f.Reason(step.Reason)}
	if x != nil {
		for _, ch := range changesBy(f, x, d.Seq) {
			data.Changes = append(data.Changes, Change{ch.Field, ch.Before, ch.After})
		}
	}
	return data
}

// data is the public form of a fate.
func (ft *fate) data() *Fate {
	if ft == nil {
		return nil
	}
	return &Fate{ft.State, ft.Reason, ft.Into, ft.Act.Data()}
}

// MissingData says that a reference stands for nothing, and which ones are written almost like it.
type MissingData struct {
	Status  int       `json:"status"`  // 404
	Kind    string    `json:"kind"`    // not found
	Error   string    `json:"error"`   // one sentence in the reader's language
	Near    []NearRef `json:"near"`    // the most alike first, at most five
	Request string    `json:"request"` // id of the request, for whoever must look it up in the log
}

// NearRef is a commitment whose reference is like the one that was asked for.
type NearRef struct {
	Ref      string `json:"ref"`      // its reference
	Says     string `json:"says"`     // what it promises
	Language string `json:"language"` // that says is in
}

// Data is the public form of the page that says so.
func (p *missingPage) Data() any {
	m := MissingData{p.Status, p.Kind, p.Said, []NearRef{}, p.Request}
	for _, n := range p.Near {
		m.Near = append(m.Near, NearRef{n.Ref, n.Says, n.In})
	}
	return m
}
