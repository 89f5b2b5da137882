// Package meetings are the pages of the bodies and their sessions.
package meetings

import (
	"embed"
	"slices"

	"concord/mechanism"
	"concord/web/page"
)

// meetingsPage lists the sessions of all bodies, body by body.
type meetingsPage struct {
	*page.Frame
	Bodies []bodyMeetings
}

// bodyMeetings are one body's sessions, the newest first; one that has held none is shown too.
type bodyMeetings struct {
	ID       string
	Name     string
	Parties  []string // nil: no text says
	Meetings []meetingShown
}

type meetingShown struct {
	ID     string
	Number int
	Name   string
	Place  string
	Host   string
	Start  string
	End    string
	Dates  string
	Held   bool
	Texts  []string // adopted there
	Source string
}

// Family is these pages.
func Family() page.Family {
	return page.Family{
		Name: "meetings", Files: files,
		Routes: []page.Route{
			page.Get("/meetings", page.Both(list, listData)).Asking("limit", "after"),
			page.Get("/meetings.csv", page.TableOf("meetings.csv", table)),
		},
		Nav: func(f *page.Frame) []page.NavItem {
			return []page.NavItem{{Key: "nav.meetings", Href: "/meetings", Count: f.State.CountMeetings()}}
		},
		Objects: map[string]string{"body": "/meetings#%s", "meeting": "/meetings#%s"},
	}
}

//go:embed words.txt
var files embed.FS

func list(f *page.Frame) (page.Page, error) {
	f.About(f.T("meetings.title"), "*")
	p := &meetingsPage{Frame: f}
	for _, b := range f.State.Bodies() {
		shown := bodyMeetings{ID: b.ID, Name: f.Name(b.Name), Parties: b.Parties, Meetings: []meetingShown{}}
		for _, x := range slices.Backward(f.State.Meetings()) {
			if x.Body == b.ID {
				shown.Meetings = append(shown.Meetings, newMeeting(f, x))
			}
		}
		p.Bodies = append(p.Bodies, shown)
	}
	slices.SortStableFunc(p.Bodies, func(a, b bodyMeetings) int { return min(len(b.Meetings), 1) - min(len(a.Meetings), 1) })
	return p, nil
}

func newMeeting(f *page.Frame, x mechanism.Meeting) meetingShown {
	shown := meetingShown{
		ID: x.ID, Number: x.Number, Name: f.MeetingName(x), Place: f.Name(x.Place), Host: x.Country,
		Start: x.Start, End: x.End, Dates: f.L.Span(x.Start, x.End), Held: x.Status == "held", Source: x.Source,
	}
	for _, t := range f.State.Texts() {
		if t.Meeting == x.ID {
			shown.Texts = append(shown.Texts, t.Code)
		}
	}
	return shown
}
