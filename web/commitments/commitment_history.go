package commitments

import (
	"maps"
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

// behind are a commitment and all that it was split or merged from, as far as the visitor may see them.
func behind(f *page.Frame, x *commitment.Commitment) []*commitment.Commitment {
	all := []*commitment.Commitment{x}
	for _, n := range x.From {
		if c, ok := f.State.Ledger().At(x.Text, n); ok && n < x.N {
			all = append(all, behind(f, c)...)
		}
	}
	return all
}

// history tells every act on what a reference stands for, and on what that was split or merged from, that the visitor may
// know, oldest first.
func (p *commitmentPage) history(sub *subject) {
	deeds := map[int64]mechanism.Deed{}
	for d := range p.State.History(mechanism.ObjectOf("commitment", sub.ref)) {
		deeds[d.Seq] = d
	}
	steps := map[int64]commitment.Step{}
	if sub.x != nil {
		for _, c := range behind(p.Frame, sub.x) {
			for _, step := range c.Steps {
				d, _ := p.State.Deed(step.Act)
				deeds[d.Seq], steps[d.Seq] = d, step
			}
		}
		p.Earlier = !p.SeesParties() // how it was proposed is not for everybody
	}
	for _, seq := range slices.Sorted(maps.Keys(deeds)) {
		item := historyItem{Act: p.Act(deeds[seq])}
		if step, ok := steps[seq]; ok {
			item.Reason = p.Reason(step.Reason)
		}
		if sub.x != nil {
			item.Changes = p.changesBy(sub.x, seq)
		}
		p.History = append(p.History, item)
	}
}

// changesBy is what the act with a number changed in a commitment; nothing when it was no edit of it. An edit while it was
// a proposal is only told to those who may read it; what an edit of the accepted one replaced stood there for everybody.
func (p *commitmentPage) changesBy(x *commitment.Commitment, seq int64) []change {
	for i, step := range x.Steps {
		if step.Act != seq || step.Before == nil {
			continue
		}
		after := x.Proposal
		for _, later := range x.Steps[i+1:] {
			if later.Before != nil {
				after = *later.Before
				break
			}
		}
		return changesOf(p.Frame, x, *step.Before, after)
	}
	return nil
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
