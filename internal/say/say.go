// Package say puts the values of the domain into words: names of parties, bodies and tracks, offices, deadlines, actors,
// reasons, kinds of acts. Pages, reports and the command line say the same thing with the same words.
//
// [Words] are a language and a state to look names up in:
//
//	w := say.In(catalog.For("ru"), state)      // the catalog was made with say.Source()
//	w.PartyName("KZ")                      // Казахстан
//	w.Deadline(ln.Deadline())              // 2025 год, of a line of the ledger
package say

import (
	"embed"
	"strings"

	"concord/commitment"
	"concord/internal/lang"
	"concord/mechanism"
)

//go:embed words.txt
var words embed.FS

// Source is what this package says, for the catalog of a program.
func Source() lang.Source { return lang.Source{Name: "internal/say", Files: words} }

// State is what names are looked up in.
type State = mechanism.Sight

// Words says values of the domain in one language. The methods that look nothing up need no State.
type Words struct {
	*lang.Lang
	State State
}

// In gives the words of a language for what stands in a state.
func In(l *lang.Lang, state State) Words { return Words{l, state} }

// Name gives a name in the language, or the nearest that it has.
func (w Words) Name(n mechanism.Names) string { return n.In(w.Tag) }

// NameLang is the language that [Words.Name] gives a name in.
func (w Words) NameLang(n mechanism.Names) string {
	said := w.Name(n)
	for _, tag := range []string{w.Tag, "en"} {
		if n[tag] == said {
			return tag
		}
	}
	for tag, s := range n {
		if s == said {
			return tag
		}
	}
	return w.Tag
}

// Mechanism is the mechanism's name; before its founding, that there is none.
func (w Words) Mechanism() string {
	if w.State.ID() == "" {
		return w.T("frame.unfounded")
	}
	return w.Name(w.State.Name())
}

// PartyName names a party by its code; an unknown one by the code itself.
func (w Words) PartyName(code string) string {
	if p, ok := w.State.Party(code); ok {
		return w.Name(p.Name)
	}
	return code
}

// TrackName names a track by its id; an unknown one by the id itself.
func (w Words) TrackName(id string) string {
	if t, ok := w.State.Track(id); ok {
		return w.Name(t.Name)
	}
	return id
}

// BodyName names a body by its id; an unknown one by the id itself.
func (w Words) BodyName(id string) string {
	if b, ok := w.State.Body(id); ok {
		return w.Name(b.Name)
	}
	return id
}

// MeetingName is a meeting's own name, or its number and body.
func (w Words) MeetingName(x mechanism.Meeting) string {
	if len(x.Name) > 0 {
		return w.Name(x.Name)
	}
	if b, ok := w.State.Body(x.Body); ok {
		return w.T("meetings.numbered", x.Number, w.Name(b.Name))
	}
	return x.ID
}

// TextTitle is a text's title; an unknown text's is its code.
func (w Words) TextTitle(code string) string {
	if t, ok := w.State.Text(code); ok {
		return w.Name(t.Title)
	}
	return code
}

// Parties gives all parties in the protocol order of the language.
func (w Words) Parties() []mechanism.Party { return w.State.Parties(w.Tag) }

// Role names an office, with the party where there is one; no office is the public.
func (w Words) Role(by mechanism.Actor) string {
	if by.Office == "" {
		return w.T("office.public")
	}
	if by.Party != "" {
		return w.T("office.of", w.T("office."+by.Office), w.PartyName(by.Party))
	}
	return w.T("office." + by.Office)
}

// PersonAs names whoever acts, and as what they act; somebody unknown by the role alone.
func (w Words) PersonAs(by mechanism.Actor) string {
	role := w.Role(by)
	if p, ok := w.State.Person(by.Person); ok {
		return p.Name + w.T("text.paren", role)
	}
	return role
}

// KindOfAct names a kind of act such as "commitment.accept".
func (w Words) KindOfAct(kind string) string { return w.T("act." + kind) }

// Only is the sentence that says who may do acts of a kind.
func (w Words) Only(kind string) string {
	return w.T("denied.only", w.T("act."+kind), w.List(w.OfficesOf(kind)))
}

// ReadersOf says who may read acts of a kind.
func (w Words) ReadersOf(kind string) string {
	k, _ := mechanism.KindNamed(kind)
	return w.T("readers." + k.Readers.Name)
}

// OfficesOf names the offices, and the others, that may do acts of a kind.
func (w Words) OfficesOf(kind string) []string {
	var names []string
	k, _ := mechanism.KindNamed(kind)
	for _, right := range k.Entitled() {
		names = append(names, w.T("office."+right))
	}
	return names
}

// ObjectName names an object such as "commitment:CHD24-17".
func (w Words) ObjectName(object mechanism.Object) string {
	id := object.Key()
	switch object.Kind() {
	case "text", "commitment":
		return id
	case "party":
		return w.PartyName(id)
	case "track":
		return w.TrackName(id)
	case "body":
		return w.BodyName(id)
	case "meeting":
		if x, ok := w.State.Meeting(id); ok {
			return w.MeetingName(x)
		}
	case "person":
		if p, ok := w.State.Person(id); ok {
			return p.Name
		}
	case "mechanism":
		return w.Mechanism()
	}
	return id
}

// LanguageName names a language by its base tag; one that the messages do not know by its tag.
func (w Words) LanguageName(tag string) string { return w.known("texts.language.", tag) }

// Instrument and Modifier name those; what the messages do not know stands as it is.
func (w Words) Instrument(id string) string { return w.known("review.instrument.", id) }
func (w Words) Modifier(id string) string   { return w.known("review.modifier.", id) }

func (w Words) known(prefix, id string) string {
	if w.Has(prefix + id) {
		return w.T(prefix + id)
	}
	return id
}

// Each names all of a list, with what stands between two of them.
func (w Words) Each(ids []string, name func(string) string) string {
	said := make([]string, len(ids))
	for i, id := range ids {
		said[i] = name(id)
	}
	return strings.Join(said, w.T("list.between"))
}

// ClauseName names a clause by its id; what stands before the first clause has none of its own.
func (w Words) ClauseName(id string) string {
	if id == "" || id == "0" {
		return w.T("reader.preamble")
	}
	return w.T("reader.clause", id)
}

// Reason says why something is no commitment, or was decided anew: one of the reasons of the coding manual, with a
// person's own words behind it; else those words alone.
func (w Words) Reason(reason string) string {
	code, own, _ := strings.Cut(reason, ": ")
	key := "review.reason." + code
	switch {
	case !w.Has(key):
		return reason
	case own != "":
		return w.T(key) + w.T("text.colon") + own
	}
	return w.T(key)
}

// StrengthName names a strength from 0 to 5.
func (w Words) StrengthName(n commitment.Strength) string { return w.Lang.Strength(int(n)) }

// StrengthOf names a proposal's strength, with its number and where it was read.
func (w Words) StrengthOf(p commitment.Proposal) string {
	return w.Number(int(p.Strength)) + " " + w.StrengthName(p.Strength) + w.T("text.paren", w.Source(p.StrengthFrom))
}

// Source says where a strength was read, Basis what kind of statement a deadline is, ActorKind whom a commitment binds.
func (w Words) Source(s commitment.Source) string       { return w.T("commitment.from." + string(s)) }
func (w Words) Basis(b commitment.Basis) string         { return w.T("review.basis." + string(b)) }
func (w Words) ActorKind(k commitment.ActorKind) string { return w.T("review.kind." + string(k)) }

// Deadline says a deadline's value; empty when there is none.
func (w Words) Deadline(d *commitment.Deadline) string {
	if d == nil {
		return ""
	}
	return w.Lang.Deadline(d.Value)
}

// DeadlineRead says how a deadline was read: the words of the text, where they are known, and what kind of statement
// they are.
func (w Words) DeadlineRead(d *commitment.Deadline) string {
	if d == nil {
		return ""
	}
	basis := w.Basis(d.Basis)
	if d.Text == "" {
		return basis
	}
	return w.T("commitments.read-as", d.Text, basis)
}

// DeadlineOf says a deadline's value, what kind of statement it is, and the words of the text; empty when there is none.
func (w Words) DeadlineOf(d *commitment.Deadline) string {
	if d == nil {
		return ""
	}
	said := w.Deadline(d) + w.T("text.paren", w.Basis(d.Basis))
	if d.Text != "" {
		said += " · " + d.Text
	}
	return said
}

// ActorOf says who undertakes: the kind, the words of the text, the codes of the parties.
func (w Words) ActorOf(a commitment.Actor) string {
	said := []string{w.ActorKind(a.Kind)}
	if a.Text != "" {
		said = append(said, a.Text)
	}
	if len(a.Parties) > 0 {
		said = append(said, strings.Join(a.Parties, " "))
	}
	return strings.Join(said, " · ")
}

// Undertaker is who undertakes what a line of the ledger promises, in words, and their language; both are empty for all
// parties.
func (w Words) Undertaker(ln commitment.Line) (words, in string) {
	kind, _ := ln.Bound()
	if kind == commitment.All {
		return "", ""
	}
	if ln.Summary != nil && (ln.Accepted == nil || ln.Summary.Actor.Text[w.Tag] != "") {
		return w.Name(ln.Summary.Actor.Text), w.NameLang(ln.Summary.Actor.Text)
	}
	if ln.Accepted != nil {
		return ln.Accepted.Actor.Text, ln.Accepted.Language
	}
	return "", ""
}

// Says is what a line of the ledger promises, in the language where the pack has a summary, else in the words of the
// text; in is the language that it is in.
func (w Words) Says(ln commitment.Line) (said, in string) {
	if ln.Summary != nil {
		if s := ln.Summary.Summary[w.Tag]; s != "" {
			return s, w.Tag
		}
	}
	if ln.Accepted != nil {
		return ln.Accepted.Action, ln.Accepted.Language
	}
	return mechanism.Names(ln.Summary.Summary).In(w.Tag), "en"
}
