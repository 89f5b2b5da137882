package extract

import (
	"strings"

	"concord/calendar"
	"concord/commitment"
	"concord/lexicon"
)

// deadline makes the Deadline of a hit among the deadlines. ok is false for a date that lies before the year of
// adoption, which names something that was, not something to be done, and for one that no calendar has (30 February, from
// 2028 to 2027). Without a known adoption a deadline that hangs on it has no value.
func (r *reading) deadline(h lexicon.Hit) (d commitment.Deadline, ok bool) {
	if h.Line.Class == "word" {
		return commitment.Deadline{}, false
	}
	value, ok := r.window(h)
	if !ok {
		return commitment.Deadline{}, false
	}
	if r.adopted.Known() && h.Vars.Year != 0 && max(h.Vars.Year, h.Vars.Year2) < r.adopted.Year {
		return commitment.Deadline{}, false
	}
	basis := commitment.Basis(h.Line.Class)
	if basis == commitment.Stated && value.Kind == calendar.Date && value.From.String() == r.out.Adopted {
		return commitment.Deadline{}, false // the day itself: "on this occasion of 12 March 2021"
	}
	text := strings.TrimSpace(r.doc.Reading[h.Start:h.End])
	return commitment.Deadline{Text: text, Value: value, Basis: basis}, true
}

// window is the value of a hit among the deadlines.
func (r *reading) window(h lexicon.Hit) (w calendar.Window, ok bool) {
	value, err := lexicon.Fill(h.Line.Detail, h.Vars, r.adopted)
	if err != nil {
		return w, false
	}
	return w, w.UnmarshalText([]byte(value)) == nil
}

// bestDeadline picks the deadline among the hits of a commitment: stated before recurring before relative before soft,
// the first of each.
func (r *reading) bestDeadline(hits []lexicon.Hit) *commitment.Deadline {
	rank := map[commitment.Basis]int{commitment.Stated: 4, commitment.Recurring: 3, commitment.Relative: 2, commitment.Soft: 1}
	var best *commitment.Deadline
	for _, h := range hits {
		if h.Line.Kind != lexicon.Deadlines {
			continue
		}
		if d, ok := r.deadline(h); ok && (best == nil || rank[d.Basis] > rank[best.Basis]) {
			best = &d
		}
	}
	return best
}
