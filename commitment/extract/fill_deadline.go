package extract

import (
	"strings"

	"concord/commitment"
	"concord/lexicon"
)

// deadline makes the Deadline of a hit among the deadlines. ok is false for a date that lies before the year of
// adoption: it names something that was, not something to be done.
func (r *reading) deadline(h lexicon.Hit) (d commitment.Deadline, ok bool) {
	if h.Line.Class == "word" {
		return commitment.Deadline{}, false
	}
	value, err := lexicon.Fill(h.Line.Detail, h.Vars, r.adopted)
	if err != nil {
		return commitment.Deadline{}, false
	}
	if r.adopted.Known() && h.Vars.Year != 0 && max(h.Vars.Year, h.Vars.Year2) < r.adopted.Year {
		return commitment.Deadline{}, false
	}
	if value == r.out.Adopted && h.Line.Class == "stated" {
		return commitment.Deadline{}, false // the day itself: "on this occasion of 12 March 2021"
	}
	text := strings.TrimSpace(r.doc.Reading[h.Start:h.End])
	return commitment.Deadline{Text: text, Value: value, Basis: h.Line.Class}, true
}

// bestDeadline picks the deadline among the hits of a commitment: stated before recurring before relative before soft,
// the first of each.
func (r *reading) bestDeadline(hits []lexicon.Hit) *commitment.Deadline {
	rank := map[string]int{"stated": 4, "recurring": 3, "relative": 2, "soft": 1}
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
