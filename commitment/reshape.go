package commitment

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Split divides a proposal in two at byte at of the reading that it is from. Both keep what was read of the whole, and the
// clause of the whole; what joins them (a comma, "and") belongs to neither. It is not ok where no words would stand on one
// side, or at is not between two characters inside the proposal.
func (p Proposal) Split(reading string, at int) (first, second Proposal, ok bool) {
	if at <= p.Start || at >= p.End || !utf8.RuneStart(reading[at]) {
		return first, second, false
	}
	first, second = p, p
	first.End = p.Start + len(trimJoint(reading[p.Start:at]))
	second.Start = p.End - len(strings.TrimLeftFunc(reading[at:p.End], isJoint))
	if first.End <= first.Start || second.Start >= second.End {
		return first, second, false
	}
	first.Action, second.Action = reading[first.Start:first.End], reading[second.Start:second.End]
	if i := strings.Index(reading[p.Start:p.End], p.Action); p.Action != "" && i > 0 && p.Start+i < first.End {
		first.Action = reading[p.Start+i : first.End] // without the subject, as it was read
	}
	return first, second, true
}

// Merge makes one proposal of two of the same reading: from the first word of the one to the last of the other, with what
// was read of p, the firmer strength, and of o what p lacks.
func (p Proposal) Merge(reading string, o Proposal) Proposal {
	all := p
	all.Start, all.End = min(p.Start, o.Start), max(p.End, o.End)
	all.Strength = max(p.Strength, o.Strength)
	all.Action = reading[all.Start:all.End]
	if i := strings.Index(reading[p.Start:p.End], p.Action); p.Action != "" && i >= 0 {
		all.Action = reading[p.Start+i : all.End]
	}
	if all.Deadline == nil {
		all.Deadline = o.Deadline
	}
	if all.Instrument == "" {
		all.Instrument = o.Instrument
	}
	all.Tracks, all.Modifiers = Union(p.Tracks, o.Tracks), Union(p.Modifiers, o.Modifiers)
	return all
}

// Union is a, then what b has beside it.
func Union(a, b []string) []string {
	all := slices.Clone(a)
	for _, s := range b {
		if !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

// joints are the words that join two promises and belong to neither.
var joints = []string{" and", " as well as", " и", " а также", "并", "以及", "和"}

// trimJoint takes away what joins the words to those that follow: a comma, a blank, "and".
func trimJoint(s string) string {
	s = strings.TrimRightFunc(s, isJoint)
	for _, j := range joints {
		if rest, ok := strings.CutSuffix(s, j); ok && rest != "" {
			return strings.TrimRightFunc(rest, isJoint)
		}
	}
	return s
}

func isJoint(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;，；、", r) }
