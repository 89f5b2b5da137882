package page

import (
	"slices"

	"concord/commitment"
)

// Chip is a party in two letters, with its name for the hand that rests on it and for the ear. Code empty: a word chip.
type Chip struct {
	Code, Name string
}

// Chip makes a party's chip.
func (f *Frame) Chip(code string) Chip { return Chip{code, f.PartyName(code)} }

// Chips makes the chips of parties in the order of the visitor's language; all parties are one chip that says so.
func (f *Frame) Chips(codes []string) []Chip {
	all := f.State.Parties(f.L.Tag)
	if len(codes) > 2 && len(codes) == len(all) {
		return []Chip{{Name: f.N("parties.all", len(all))}}
	}
	var chips []Chip
	for _, p := range all {
		if slices.Contains(codes, p.Code) {
			chips = append(chips, f.Chip(p.Code))
		}
	}
	return chips
}

// Strength is a commitment's strength as the little bars and in words.
type Strength struct {
	Value int
	Name  string
	Label string // for the ear: "strength 4 of 5: pledge"
	Bars  [5]bool
}

// Strength makes the bars of a strength from 0 to 5.
func (f *Frame) Strength(n commitment.Strength) Strength {
	s := Strength{Value: int(n), Name: f.L.Strength(int(n))}
	s.Label = f.T("strength.label", s.Value, s.Name)
	for i := range s.Bars {
		s.Bars[i] = i < s.Value
	}
	return s
}
