package mechanism

import (
	"slices"

	"concord/internal/fault"
)

var meetingKinds = []Kind{
	kind[RecordMeeting]("meeting.record", toMeet, everybody),
}

// Meeting is one session of a body.
type Meeting struct {
	ID      string           `json:"id"`
	Body    string           `json:"body"`
	Number  int              `json:"number"`
	Name    Names            `json:"name,omitempty"`
	Place   Names            `json:"place,omitempty"`
	Country string           `json:"country"`         // the host's code
	Start   string           `json:"start,omitempty"` // 2024-12-01, or 2027 while only the year is known
	End     string           `json:"end,omitempty"`
	Zone    string           `json:"zone,omitempty"` // IANA time zone of the place
	Status  string           `json:"status"`         // held, planned
	Level   map[string]Names `json:"level,omitempty"`
	Note    string           `json:"note,omitempty"`
	Source  string           `json:"source,omitempty"`
}

// Meetings gives the meetings in the order of their dates; those without a date last.
func (m *Mechanism) Meetings() []Meeting {
	sorted := m.meetings.list()
	slices.SortStableFunc(sorted, func(a, b Meeting) int {
		switch {
		case a.Start == b.Start:
			return 0
		case a.Start == "" || b.Start != "" && a.Start > b.Start:
			return 1
		}
		return -1
	})
	return sorted
}

// Meeting finds a meeting by id.
func (m *Mechanism) Meeting(id string) (Meeting, bool) {
	return m.meetings.get(id)
}

// RecordMeeting enters a session of a body, held or planned, or replaces what was known of it.
type RecordMeeting struct {
	Meeting Meeting `json:"meeting"`
}

func (a RecordMeeting) Objects(m *Mechanism) []Object {
	return []Object{ObjectOf("meeting", a.Meeting.ID)}
}

func (a RecordMeeting) body() string { return a.Meeting.Body }

func (a RecordMeeting) Check(m *Mechanism, by Actor) error {
	x := a.Meeting
	if !validKey(x.ID) {
		return invalid("%q cannot be a meeting's id: use lower-case letters, digits, hyphens and dots", x.ID)
	}
	if _, ok := m.Body(x.Body); !ok {
		return invalid("meeting %s: there is no body %q", x.ID, x.Body)
	}
	if x.Status != "held" && x.Status != "planned" {
		return invalid("meeting %s: the status %q is neither held nor planned", x.ID, x.Status)
	}
	if x.Country != "" && !m.HasParty(x.Country) {
		return invalid("meeting %s: the host %q is not a party", x.ID, x.Country)
	}
	return checkMeetingDates(x)
}

func checkMeetingDates(x Meeting) error {
	for _, date := range []string{x.Start, x.End} {
		if len(date) == 4 || len(date) == 7 { // a year or a month, while no more is known
			date += "-01-01"[:10-len(date)]
		}
		if err := checkDate(fault.Say("meeting %s", x.ID), date); err != nil {
			return err
		}
	}
	if x.End != "" && x.End < x.Start {
		return invalid("meeting %s ends on %s, before it starts on %s", x.ID, x.End, x.Start)
	}
	if x.Zone != "" && !zoneLooksRight(x.Zone) {
		return invalid("meeting %s: %q is not the name of a time zone such as Asia/Almaty", x.ID, x.Zone)
	}
	return nil
}

// zoneLooksRight checks the form of an IANA zone name only: the zone table differs between machines, and Check must not.
func zoneLooksRight(zone string) bool {
	return zone == "UTC" || slices.Contains([]byte(zone), '/')
}

func (a RecordMeeting) apply(m *Mechanism, at Entry) {
	m.meetings.put(a.Meeting.ID, a.Meeting)
}
