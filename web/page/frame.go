package page

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"concord/internal/say"
	"concord/mechanism"
)

// Frame is what stands around every page, and what its template may ask. Page structs embed it. It
// reads the state as the visitor may see it.
type Frame struct {
	*Visit
	Title     string             // of the page, in the visitor's language
	Section   string             // overview, texts, commitments, meetings, record, people: which item of the rail is current
	Objects   []mechanism.Object // the objects that the page shows: when one changes, open pages are sent what changed; "*" is all
	Seal      *Act               // the act that last changed what the page shows
	Done      *Act               // the act that the visitor has just done
	Nav       []NavItem
	Languages []Choice
	Demo      []DemoChoice // whom a visitor of the demo may be; nil outside of one
	Assets    assets
	Query     url.Values
	Volatile  bool // the page depends on more than the state and the visit, so it is made anew for each who asks

	say.Words

	objects map[string]string // kind -> address of its page
	path    string            // see pathOf
}

// around is the frame of the page that embeds it.
func (f *Frame) around() *Frame { return f }

// State is what pages read.
type State = say.State

// NavItem is one line of the rail.
type NavItem struct {
	Key, Href string
	Also      string // another address of the same page
	Count     int    // shown beside it when above 0
	Current   bool
}

// Choice is a link to the same page seen otherwise.
type Choice struct {
	Tag, Name, Href string
	Current         bool
}

// DemoChoice is somebody whom a visitor of the demo may be; an empty Person is nobody.
type DemoChoice struct {
	Person, Name string
	Current      bool
}

// Bare is a frame with nothing around it: for what is asked of a state on behalf of a visitor without showing a page.
func (s *Site) Bare(v *Visit, m State) *Frame {
	return &Frame{Visit: v, Words: say.In(v.L, m), objects: s.objects}
}

// Frame fills the frame of a request.
func (s *Site) Frame(r *http.Request, m State) *Frame {
	v := VisitOf(r)
	f := s.Bare(v, m)
	f.Assets, f.Query, f.path = s.assets, r.URL.Query(), pathOf(r)
	f.Nav = s.NavOf(f)
	for _, l := range s.words.All() {
		f.Languages = append(f.Languages, Choice{Tag: l.Tag, Name: l.Name, Href: f.With("lang", l.Tag), Current: l.Tag == v.L.Tag})
	}
	if s.Config.DemoPerson != "" {
		f.Demo = f.demoChoices()
	}
	f.Seal = f.ActAt(m.Acts() - 1)
	if seq, ok := ParseSeq(f.Query.Get("done")); ok {
		f.Done = f.ActAt(seq)
	}
	return f
}

// pathOf is the path of a request as it stands in an address. It begins with one slash: with two, or with a slash the other
// way, a link to it would lead to another site.
func pathOf(r *http.Request) string { return "/" + strings.TrimLeft(r.URL.EscapedPath(), "/") }

// NavOf is the rail: the lines of all families, with the one marked under which the page lies.
func (s *Site) NavOf(f *Frame) []NavItem {
	var nav []NavItem
	for _, family := range s.families {
		if family.Nav != nil {
			nav = append(nav, family.Nav(f)...)
		}
	}
	for i, n := range nav {
		below := n.Href != "/" && strings.HasPrefix(f.path, n.Href+"/")
		nav[i].Current = f.path == n.Href || below || n.Also != "" && f.path == n.Also
	}
	return nav
}

func (f *Frame) demoChoices() []DemoChoice {
	var choices []DemoChoice
	for _, p := range f.State.People() {
		if !p.Relieved {
			choices = append(choices, DemoChoice{p.ID, f.Role(p.Actor()), p.ID == f.Person.ID})
		}
	}
	if f.SignedIn() && !slices.ContainsFunc(choices, func(c DemoChoice) bool { return c.Current }) { // not in office yet on the day shown
		choices = append(choices, DemoChoice{f.Person.ID, f.Role(f.Actor), true})
	}
	return append(choices, DemoChoice{"", f.T("office.public"), !f.SignedIn()})
}

// About says what the page shows: its title, the objects whose change renews it, and the act that last changed the first
// of them.
func (f *Frame) About(title string, objects ...mechanism.Object) {
	f.Title, f.Objects = title, objects
	if len(objects) > 0 && objects[0] != "*" {
		f.Seal = nil
		if deed, ok := f.State.LastChange(objects[0]); ok {
			f.Seal = f.Act(deed)
		}
	}
}

// Num writes a whole number.
func (f *Frame) Num(n int) string { return f.L.Number(n) }

// When writes an instant in the visitor's zone and in UTC.
func (f *Frame) When(t time.Time) string { return f.L.At(t, f.Zone, time.UTC) }

// Ago says how long ago an instant was.
func (f *Frame) Ago(t time.Time) string { return f.L.Ago(f.Now.Sub(t)) }

// Today is the day in the visitor's zone, or the day as of which the page stands.
func (f *Frame) Today() string {
	if f.AsOf != "" {
		return f.AsOf
	}
	return f.Now.In(f.Zone).Format(time.DateOnly)
}

// HowFar says how far ahead of today, or how long ago, a day such as 2025-12-31 is.
func (f *Frame) HowFar(day string) string { return f.InDays(daysBetween(f.Today(), day)) }

// daysBetween counts the days from one date to another; 0 if either is none.
func daysBetween(from, to string) int {
	a, err1 := time.Parse(time.DateOnly, from)
	b, err2 := time.Parse(time.DateOnly, to)
	if err1 != nil || err2 != nil {
		return 0
	}
	return int(b.Sub(a) / (24 * time.Hour))
}

// HTMLLang is the tag for the page's lang attribute.
func (f *Frame) HTMLLang() string {
	if f.L.Tag == "zh" {
		return "zh-Hans"
	}
	return f.L.Tag
}

// Path is the page's own address without language, day and the like.
func (f *Frame) Path() string { return f.path }

// With is the page's address with one of its questions changed; an empty value takes it away.
func (f *Frame) With(key, value string) string {
	q := url.Values{}
	for k, v := range f.Query {
		if k != key && k != "lang" && k != "done" {
			q[k] = v
		}
	}
	if value != "" {
		q.Set(key, value)
	}
	if len(q) == 0 {
		return f.path
	}
	return f.path + "?" + q.Encode()
}

// DataHref is where the page is to be had as JSON.
func (f *Frame) DataHref() string { return f.dataPath() + strings.TrimPrefix(f.With("", ""), f.path) }

// SeesParties says whether the visitor reads what is for the parties: proposals, refusals, people.
func (f *Frame) SeesParties() bool { return f.State.SeesParties() }

// May says whether the visitor may do acts of a kind now; never in a view of the past.
func (f *Frame) May(kind string) bool { return f.AsOf == "" && f.State.May(kind) }

// Shows says whether an object is among those that the page shows.
func (f *Frame) Shows(object mechanism.Object) bool { return slices.Contains(f.Objects, object) }

// ObjectList is the page's objects for its markup.
func (f *Frame) ObjectList() string {
	list := make([]string, len(f.Objects))
	for i, o := range f.Objects {
		list[i] = string(o)
	}
	return strings.Join(list, " ")
}

// ActCount is how many acts the page was made from; an open page is sent what later ones change.
func (f *Frame) ActCount() int64 { return f.State.Acts() }

// RealToday is today in the visitor's zone, also in a view of the past.
func (f *Frame) RealToday() string { return f.Now.In(f.Zone).Format(time.DateOnly) }

// Num64 writes a whole number; Int is for what counts with int.
func (f *Frame) Num64(n int64) string { return f.L.Number(int(n)) }
func (f *Frame) Int(n int64) int      { return int(n) }
