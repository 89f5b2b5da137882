package page

import (
	"net/http"
	"strconv"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/record"
)

// Act is one line of the record as a visitor may see it.
type Act struct {
	Seq     int64
	Time    string // RFC 3339, UTC
	At      string // its page in the record
	When    string
	Ago     string
	Kind    string
	What    string // the kind in words
	Object  mechanism.Object
	Objects []mechanism.Object
	Name    string // the object in words
	Href    string // its page; empty when it has none
	By      string
	Hidden  bool   // not for this visitor: only the header is shown
	secret  string // says that it is hidden
}

// Act makes the line of a deed. Of what the visitor may not read, only what the header says is shown.
func (f *Frame) Act(d mechanism.Deed) *Act {
	a := &Act{
		Seq: d.Seq, Time: d.Time.UTC().Format(instant), When: f.When(d.Time), Ago: f.Ago(d.Time),
		At: f.Link("/record/%s", d.Seq), Kind: d.Kind, What: f.KindOfAct(d.Kind), By: f.who(d.Actor),
	}
	if a.Hidden = !f.State.Sees(d.Visibility); a.Hidden {
		a.secret = f.T("record.hidden")
		return a
	}
	on := d.Object()
	a.Object, a.Objects, a.Name, a.Href = on, d.Objects, f.ObjectName(on), f.objectHref(on)
	return a
}

// ActAt is the line of the act with a number; nil when there is none.
func (f *Frame) ActAt(seq int64) *Act {
	d, ok := f.State.Deed(seq)
	if !ok {
		return nil
	}
	return f.Act(d)
}

// Latest are the lines of the newest acts that the visitor may read, at most n.
func (f *Frame) Latest(n int) []*Act {
	var acts []*Act
	for d := range f.State.Latest() {
		if len(acts) == n {
			break
		}
		if f.State.Sees(d.Visibility) {
			acts = append(acts, f.Act(d))
		}
	}
	return acts
}

// who names an actor: for whoever reads what is for the parties by name, for the public by office and party.
func (f *Frame) who(by mechanism.Actor) string {
	if f.SeesParties() {
		return f.PersonAs(by)
	}
	return f.Role(by)
}

// LastOf is the newest act on any object of a kind that the visitor may read.
func (f *Frame) LastOf(kind string) *Act {
	for d := range f.State.Latest() {
		if d.Object().Kind() == kind {
			return f.Act(d)
		}
	}
	return nil
}

// objectHref is the page of an object; empty when it has none of its own.
func (f *Frame) objectHref(object mechanism.Object) string {
	if address, ok := f.objects[object.Kind()]; ok {
		return f.Link(address, object.Key())
	}
	return ""
}

// ParseSeq reads an act's number.
func ParseSeq(s string) (int64, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0
}

// FormatSeq writes an act's number for an address.
func FormatSeq(n int64) string { return strconv.FormatInt(n, 10) }

// Entry reads one act of the record.
func (s *Site) Entry(r *http.Request, seq int64) (record.Entry, error) {
	for entry, err := range s.Sec.Record().Read(r.Context(), seq, seq+1) {
		return entry, err
	}
	return record.Entry{}, fault.New(fault.NotFound, "there is no act %d in the record", seq)
}
