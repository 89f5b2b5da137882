package web

import (
	"slices"
	"strconv"
	"strings"

	"concord/calendar"
	"concord/commitment"
	"concord/mechanism"
)

// Act is one line of the record as a visitor may see it.
type Act struct {
	Seq    int64  `json:"seq"`
	Time   string `json:"time"` // RFC 3339, UTC
	When   string `json:"-"`
	Ago    string `json:"-"`
	Kind   string `json:"kind"`
	What   string `json:"-"` // the kind in words
	Object string `json:"object,omitempty"`
	Name   string `json:"-"` // the object in words
	Href   string `json:"-"` // its page; empty when it has none
	By     string `json:"by"`
	Hidden bool   `json:"hidden,omitempty"` // not for this visitor: only the header is shown
}

// act makes the line of a deed. Of what the visitor may not read, only what the header says is shown.
func (f *Frame) act(d mechanism.Deed) *Act {
	a := &Act{
		Seq: d.Seq, Time: d.Time.UTC().Format("2006-01-02T15:04:05.000Z"), When: f.When(d.Time), Ago: f.Ago(d.Time),
		Kind: d.Kind, What: f.T("act." + d.Kind), By: f.who(d.Actor),
	}
	if a.Hidden = !mechanism.MayRead(d.Visibility, f.Actor); a.Hidden {
		return a
	}
	a.Object, a.Name, a.Href = d.Object, f.ObjectName(d.Object), objectHref(d.Object)
	return a
}

// who names an actor: for whoever reads what is for the parties by name, for the public by office and party.
func (f *Frame) who(by mechanism.Actor) string {
	role := f.Role(by)
	if p, ok := f.m.Person(by.Person); ok && f.SeesParties() {
		return p.Name + f.T("text.paren", role)
	}
	return role
}

// Role names an office, with the party where there is one.
func (f *Frame) Role(by mechanism.Actor) string {
	if by.Office == "" {
		return f.T("office.public")
	}
	if by.Party != "" {
		return f.T("office.of", f.T("office."+by.Office), f.PartyName(by.Party))
	}
	return f.T("office." + by.Office)
}

// ObjectName names an object such as "commitment:CHD24-17" in words.
func (f *Frame) ObjectName(object string) string {
	kind, id, _ := strings.Cut(object, ":")
	switch kind {
	case "text", "commitment":
		return id
	case "party":
		return f.PartyName(id)
	case "track":
		return f.TrackName(id)
	case "body":
		if b, ok := f.m.Body(id); ok {
			return f.Name(b.Name)
		}
	case "meeting":
		if x, ok := f.m.Meeting(id); ok {
			return f.MeetingName(x)
		}
	case "person":
		if p, ok := f.m.Person(id); ok {
			return p.Name
		}
	case "mechanism":
		return f.Mechanism()
	}
	return id
}

// objectHref is the page of an object; empty when it has none of its own.
func objectHref(object string) string {
	kind, id, _ := strings.Cut(object, ":")
	switch kind {
	case "text":
		return "/texts/" + id
	case "commitment":
		return "/commitments/" + id
	case "track":
		return "/commitments?track=" + id
	case "body", "meeting":
		return "/meetings#" + id
	case "person":
		return "/people#" + id
	}
	return ""
}

// MeetingName is a meeting's own name, or its number and body.
func (f *Frame) MeetingName(x mechanism.Meeting) string {
	if len(x.Name) > 0 {
		return f.Name(x.Name)
	}
	if b, ok := f.m.Body(x.Body); ok {
		return f.T("meetings.numbered", x.Number, f.Name(b.Name))
	}
	return x.ID
}

// Chip is a party in two letters, with its name for the hand that rests on it and for the ear. Code empty: a word chip.
type Chip struct {
	Code, Name string
}

// Chip makes a party's chip.
func (f *Frame) Chip(code string) Chip { return Chip{code, f.PartyName(code)} }

// Chips makes the chips of parties in the order of the visitor's language; all parties are one chip that says so.
func (f *Frame) Chips(codes []string) []Chip {
	all := f.m.Parties(f.L.Tag)
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

// Parties gives all parties in the order of the visitor's language.
func (f *Frame) Parties() []mechanism.Party { return f.m.Parties(f.L.Tag) }

// PartyName names a party by its code.
func (f *Frame) PartyName(code string) string {
	if p, ok := f.m.Party(code); ok {
		return f.Name(p.Name)
	}
	return code
}

// TrackName names a track by its id.
func (f *Frame) TrackName(id string) string {
	if t, ok := f.m.Track(id); ok {
		return f.Name(t.Name)
	}
	return id
}

// TextTitle is a text's title in the visitor's language, and the language that it is in.
func (f *Frame) TextTitle(code string) string {
	if t, ok := f.m.Text(code); ok {
		return f.Name(t.Title)
	}
	return code
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

// Deadline says a deadline's value in words; empty when there is none. What is no value of a deadline, which a person may
// have written before values were checked, is shown as it is.
func (f *Frame) Deadline(d *commitment.Deadline) string {
	if d == nil {
		return ""
	}
	w, err := calendar.ParseWindow(d.Value)
	if err != nil {
		return d.Value
	}
	return f.L.Deadline(w)
}

// Says is what a line of the ledger promises, in the visitor's language where the pack has a summary, else in the words
// of the text; Lang is the language that it is in.
func (f *Frame) Says(ln commitment.Line) (said string, in string) {
	if ln.Summary != nil {
		if s := ln.Summary.Summary[f.L.Tag]; s != "" {
			return s, f.L.Tag
		}
	}
	if ln.Accepted != nil {
		return ln.Accepted.Action, ln.Accepted.Language
	}
	return mechanism.Names(ln.Summary.Summary).In(f.L.Tag), "en"
}

// parseSeq reads an act's number.
func parseSeq(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0
}

func formatSeq(n int64) string { return strconv.FormatInt(n, 10) }
