package commitments

import (
	"net/http"
	"slices"

	"concord/commitment"
	"concord/mechanism"
	"concord/statement"
	"concord/web/page"
)

// historyItem is one act on a commitment, with what it changed.
type historyItem struct {
	Act     *page.Act `json:"act"`
	Reason  string    `json:"reason,omitempty"`
	Changes []change  `json:"changes,omitempty"`
}

// change is one field that an edit changed, in words.
type change struct {
	Field  string `json:"field"`
	Label  string `json:"-"`
	Before string `json:"before"`
	After  string `json:"after"`
	Lang   string `json:"-"` // of the values, where they are the text's own
}

// actsOn reads from the record the acts on a commitment that tell more than their line does. It is read before the page
// is built, because nobody may wait for the record while the state stands still.
func actsOn(s *page.Site, r *http.Request, ref string) (map[int64]mechanism.Act, error) {
	var wanted []int64
	err := s.View(r, func(m page.State) error {
		f := s.Bare(page.VisitOf(r), m)
		if sub := subjectOf(f, ref); sub != nil {
			wanted = tellingActs(f, sub)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	acts := map[int64]mechanism.Act{}
	for _, seq := range wanted {
		entry, err := s.Entry(r, seq)
		if err != nil {
			return nil, err
		}
		if acts[seq], err = mechanism.Decode(entry.Kind, entry.Body); err != nil {
			return nil, err
		}
	}
	return acts, nil
}

// tellingActs are those whose body is needed: edits and decisions with a reason, and for edits the act that brought the
// proposal, because it has what was there before.
func tellingActs(f *page.Frame, sub *subject) []int64 {
	var wanted []int64
	edited := false
	for _, d := range deedsOn(f, sub) {
		if d.Kind == "commitment.edit" {
			edited = true
			wanted = append(wanted, d.Seq)
		}
		if !mechanism.MayRead(d.Visibility, f.Actor) {
			continue
		}
		switch d.Kind {
		case "commitment.add", "commitment.refuse", "commitment.reopen", "commitment.split", "commitment.merge":
			wanted = append(wanted, d.Seq)
		}
	}
	if edited && sub.x != nil && !slices.Contains(wanted, sub.x.Acts[0]) {
		wanted = append(wanted, sub.x.Acts[0])
	}
	return wanted
}

// deedsOn are the acts on what a reference stands for, and on what that was split or merged from, oldest first.
func deedsOn(f *page.Frame, sub *subject) []mechanism.Deed {
	deeds := f.State.Deeds()
	var seqs []int64
	for _, d := range deeds {
		if d.Object == "commitment:"+sub.ref {
			seqs = append(seqs, d.Seq)
		}
	}
	if sub.x != nil {
		seqs = append(seqs, actsBehind(f, sub.x)...)
	}
	slices.Sort(seqs)
	var list []mechanism.Deed
	for _, seq := range slices.Compact(seqs) {
		list = append(list, deeds[seq])
	}
	return list
}

// actsBehind are the acts that made a commitment what it is, also those on its forebears.
func actsBehind(f *page.Frame, x *commitment.Commitment) []int64 {
	seqs := slices.Clone(x.Acts)
	for _, n := range x.From {
		if c, ok := f.State.Ledger().At(x.Text, n); ok && n < x.N {
			seqs = append(seqs, actsBehind(f, c)...)
		}
	}
	return seqs
}

// history tells every act that the visitor may know, oldest first.
func (p *commitmentPage) history(sub *subject, bodies map[int64]mechanism.Act) {
	tell := teller{f: p.Frame, x: sub.x, bodies: bodies}
	if sub.x != nil {
		tell.before = tell.origin()
	}
	for _, d := range deedsOn(p.Frame, sub) {
		if !mechanism.MayRead(d.Visibility, p.Actor) {
			p.Earlier = true
			tell.follow(d)
			continue
		}
		item := historyItem{Act: p.Act(d)}
		item.Reason, item.Changes = tell.told(d)
		p.History = append(p.History, item)
	}
}

// teller walks through the acts of a commitment and keeps what stood before each.
type teller struct {
	f      *page.Frame
	x      *commitment.Commitment
	bodies map[int64]mechanism.Act
	before *commitment.Proposal // nil: not known
}

// origin is the proposal as it came in.
func (t *teller) origin() *commitment.Proposal {
	switch a := t.bodies[t.x.Acts[0]].(type) {
	case *mechanism.ProposeCommitments:
		if i := t.x.N - 1; i < len(a.Items) {
			return &a.Items[i].Proposal
		}
	case *mechanism.AddCommitment:
		return &a.Proposal
	case *mechanism.MergeCommitments:
		return &a.Merged.Proposal
	case *mechanism.SplitCommitment:
		for _, part := range a.Parts {
			if part.Ref == t.x.Ref {
				return &part.Proposal
			}
		}
	}
	return nil
}

// told gives an act's reason and what it changed.
func (t *teller) told(d mechanism.Deed) (reason string, changes []change) {
	switch a := t.bodies[d.Seq].(type) {
	case *mechanism.EditCommitment:
		if t.x != nil && a.N == t.x.N {
			if t.before != nil {
				changes = changesOf(t.f, t.x, *t.before, a.Proposal)
			}
			t.before = &a.Proposal
		}
		return a.Reason, changes
	case *mechanism.RefuseCommitment:
		return t.f.Reason(a.Reason), nil
	case *mechanism.ReopenCommitment:
		return t.f.Reason(a.Reason), nil
	case *mechanism.AddCommitment:
		return a.Reason, nil
	case *mechanism.SplitCommitment:
		return a.Reason, nil
	case *mechanism.MergeCommitments:
		return a.Reason, nil
	}
	return "", nil
}

// follow keeps what an edit that is not for the visitor has left. It is only ever shown as what a later edit of the
// accepted commitment replaced: by then it stood in the ledger, for everybody.
func (t *teller) follow(d mechanism.Deed) {
	if a, ok := t.bodies[d.Seq].(*mechanism.EditCommitment); ok && t.x != nil && a.N == t.x.N {
		t.before = &a.Proposal
	}
}

// changesOf compares two readings of a commitment, field by field, in words.
func changesOf(f *page.Frame, x *commitment.Commitment, was, is commitment.Proposal) []change {
	var list []change
	add := func(field, lang, before, after string) {
		if before != after {
			list = append(list, change{field, f.T("commitments.field." + field), before, after, lang})
		}
	}
	if d := documentOf(f, x); d != nil {
		add("words", x.Language, spanOf(d, was), spanOf(d, is))
	}
	add("clause", "", was.Clause, is.Clause)
	add("action", x.Language, was.Action, is.Action)
	add("strength", "", f.StrengthOf(was), f.StrengthOf(is))
	add("actor", "", f.ActorOf(was.Actor), f.ActorOf(is.Actor))
	add("deadline", "", f.DeadlineOf(was.Deadline), f.DeadlineOf(is.Deadline))
	add("tracks", "", f.Each(was.Tracks, f.TrackName), f.Each(is.Tracks, f.TrackName))
	add("instrument", "", f.Instrument(was.Instrument), f.Instrument(is.Instrument))
	add("modifiers", "", f.Each(was.Modifiers, f.Modifier), f.Each(is.Modifiers, f.Modifier))
	return list
}

// documentOf is the copy that a commitment was read in; nil when it is not there.
func documentOf(f *page.Frame, x *commitment.Commitment) *statement.Document {
	if t, ok := f.State.Text(x.Text); ok {
		if c, ok := t.Copy(x.Language); ok && c.Language == x.Language {
			return c.Document
		}
	}
	return nil
}

func spanOf(d *statement.Document, p commitment.Proposal) string {
	if p.Start < 0 || p.End > len(d.Reading) || p.Start > p.End {
		return ""
	}
	return d.Reading[p.Start:p.End]
}
