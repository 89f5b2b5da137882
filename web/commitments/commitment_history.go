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
	Act     *page.Act
	Reason  string
	Changes []change
}

// change is one field that an edit changed, in words.
type change struct {
	Field  string
	Label  string
	Before string
	After  string
	Lang   string // of the values, where they are the text's own
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

// deedsOf are the acts on what a reference stands for, and on what that was split or merged from, that the visitor may know,
// with what each did.
func deedsOf(f *page.Frame, sub *subject) (map[int64]mechanism.Deed, map[int64]commitment.Step) {
	deeds, steps := map[int64]mechanism.Deed{}, map[int64]commitment.Step{}
	for d := range f.State.History(mechanism.ObjectOf("commitment", sub.ref)) {
		deeds[d.Seq] = d
	}
	if sub.x != nil {
		for _, c := range behind(f, sub.x) {
			for _, step := range c.Steps {
				d, _ := f.State.Deed(step.Act)
				deeds[d.Seq], steps[d.Seq] = d, step
			}
		}
	}
	return deeds, steps
}

// history tells every act, oldest first.
func (p *commitmentPage) history(sub *subject) {
	p.Earlier = sub.x != nil && !p.SeesParties() // how it was proposed is not for everybody
	deeds, steps := deedsOf(p.Frame, sub)
	for _, seq := range slices.Sorted(maps.Keys(deeds)) {
		item := historyItem{Act: p.Act(deeds[seq])}
		if step, ok := steps[seq]; ok {
			item.Reason = p.Reason(step.Reason)
		}
		if sub.x != nil {
			item.Changes = changesBy(p.Frame, sub.x, seq)
		}
		p.History = append(p.History, item)
	}
}

// changesBy is what the act with a number changed in a commitment; nothing when it was no edit of it. An edit while it was
// a proposal is only told to those who may read it; what an edit of the accepted one replaced stood there for everybody.
func changesBy(f *page.Frame, x *commitment.Commitment, seq int64) []change {
	before, after, ok := x.Edit(seq)
	if !ok {
		return nil
	}
	return changesOf(f, x, before, after)
}

// changesOf says what differs between two readings of a commitment, field by field.
func changesOf(f *page.Frame, x *commitment.Commitment, was, is commitment.Proposal) []change {
	var list []change
	for _, field := range was.Changes(is) {
		before, in := fieldOf(f, x, was, field)
		after, _ := fieldOf(f, x, is, field)
		if before != after { // the same words at another place, or a document that is not there
			list = append(list, change{string(field), f.T("commitments.field." + string(field)), before, after, in})
		}
	}
	return list
}

// fieldOf says what a reading of a commitment has in a field; in is the language of the text's own words.
func fieldOf(f *page.Frame, x *commitment.Commitment, p commitment.Proposal, field commitment.Field) (said, in string) {
	switch field {
	case commitment.Words:
		if d := documentOf(f, x); d != nil {
			return spanOf(d, p), x.Language
		}
	case commitment.Clause:
		return p.Clause, ""
	case commitment.StrengthRead:
		return f.StrengthOf(p), ""
	case commitment.ActorRead:
		return f.ActorOf(p.Actor), ""
	case commitment.DeadlineRead:
		return f.DeadlineOf(p.Deadline), ""
	case commitment.Tracks:
		return f.Each(p.Tracks, f.TrackName), ""
	case commitment.Instrument:
		return f.Instrument(p.Instrument), ""
	case commitment.ModifiedBy:
		return f.Each(p.Modifiers, f.Modifier), ""
	default:
		return p.Said(field), x.Language
	}
	return "", ""
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
