package meetings

import (
	"strconv"
	"strings"

	"concord/web/page"
)

// List is a stretch of the sessions of all bodies, the latest first, with all bodies.
type List struct {
	page.Listing
	Bodies   []Body    `json:"bodies"`   // all organs of the mechanism, also those that have held no session
	Meetings []Meeting `json:"meetings"` // the sessions of this stretch
}

// Body is an organ of the mechanism.
type Body struct {
	ID      string   `json:"id"`      // its key
	Name    string   `json:"name"`    // in the reader's language
	Parties []string `json:"parties"` // that take part, ISO 3166-1 alpha-2; null where no text says
}

// Meeting is one session of a body, held or planned.
type Meeting struct {
	ID     string   `json:"id"`               // its key
	Body   string   `json:"body"`             // key of the body
	Number int      `json:"number"`           // among the sessions of the body, from 1; 0: not known
	Name   string   `json:"name"`             // in the reader's language
	Place  string   `json:"place"`            // in the reader's language
	Host   string   `json:"host"`             // the host's code, ISO 3166-1 alpha-2
	Start  string   `json:"start"`            // the first day, 2024-12-01; 2027 while only the year is known
	End    string   `json:"end,omitempty"`    // the last day, where it is not the first
	Zone   string   `json:"zone,omitempty"`   // time zone of the place, as IANA names it
	Held   bool     `json:"held"`             // false: planned
	Texts  []string `json:"texts,omitempty"`  // codes of the texts adopted there
	Source string   `json:"source,omitempty"` // where it was published
}

// listData gives the stretch of sessions that the address asks for.
func listData(f *page.Frame) (any, error) {
	data := List{Bodies: []Body{}}
	for _, b := range f.State.Bodies() {
		data.Bodies = append(data.Bodies, Body{b.ID, f.Name(b.Name), b.Parties})
	}
	var err error
	data.Meetings, data.Listing, err = page.Cut(f, keyed(f), true)
	data.Total = data.Matched
	return data, err
}

// keyed are all sessions by their first day; a session whose day is moved is another line of the list.
func keyed(f *page.Frame) []page.Keyed[Meeting] {
	var all []page.Keyed[Meeting]
	for _, x := range f.State.Meetings() {
		m := newMeeting(f, x)
		all = append(all, page.Keyed[Meeting]{Key: x.Start + " " + x.ID, Value: Meeting{
			m.ID, x.Body, m.Number, m.Name, m.Place, m.Host, m.Start, m.End, x.Zone, m.Held, m.Texts, m.Source,
		}})
	}
	return all
}

// table gives all sessions for spreadsheets, the earliest first.
func table(f *page.Frame) (page.Table, error) {
	all := keyed(f)
	return func(row func(cells ...string) error) error {
		if err := row("id", "body", "number", "name", "place", "host", "start", "end", "zone", "held", "texts", "source"); err != nil {
			return err
		}
		for _, k := range all {
			m := k.Value
			held := map[bool]string{true: "1", false: "0"}[m.Held]
			if err := row(m.ID, m.Body, strconv.Itoa(m.Number), m.Name, m.Place, m.Host, m.Start, m.End, m.Zone, held, strings.Join(m.Texts, " "), m.Source); err != nil {
				return err
			}
		}
		return nil
	}, nil
}
