package lang

import (
	"strings"

	"concord/calendar"
)

// Deadline says the value of a commitment's deadline in words; nothing for no deadline.
func (l *Lang) Deadline(w calendar.Window) string {
	switch w.Kind {
	case calendar.Now:
		return l.T("deadline.now")
	case calendar.Soon:
		return l.T("deadline.asap")
	case calendar.Event:
		return l.event(w.Event)
	case calendar.Recurrence:
		return l.recurrence(w)
	case calendar.Duration:
		return l.T("deadline.within", l.N("deadline.length."+string(w.Every.Unit), w.Every.N))
	case calendar.Interval:
		return l.interval(w.From.String(), w.To.String())
	case calendar.Date:
		return l.until(w.String())
	}
	return l.Date(w.String())
}

// until says a day; the last day of a year is the year's end.
func (l *Lang) until(date string) string {
	if year, ok := strings.CutSuffix(date, "-12-31"); ok {
		return l.T("deadline.end", l.Date(year))
	}
	return l.Date(date)
}

// interval says a half or quarter by its name, anything else by its ends.
func (l *Lang) interval(from, to string) string {
	if from[:4] == to[:4] {
		part := map[string]string{
			"-01-01/-06-30": "half1", "-07-01/-12-31": "half2", "-01-01/-03-31": "quarter1",
			"-04-01/-06-30": "quarter2", "-07-01/-09-30": "quarter3", "-10-01/-12-31": "quarter4",
		}[from[4:]+"/"+to[4:]]
		if part != "" {
			return l.T("deadline."+part, from[:4])
		}
	}
	return l.T("deadline.between", l.Date(from), l.Date(to))
}

// recurrence says how often, and from when if that is known: from the first day of a start that is an interval.
func (l *Lang) recurrence(w calendar.Window) string {
	said := l.T("deadline.each." + string(w.Every.Unit))
	if w.Every.N > 1 {
		said = l.N("deadline.every."+string(w.Every.Unit), w.Every.N)
	}
	switch w.Starts {
	case "":
		return said
	case calendar.Interval:
		return l.T("deadline.from", said, l.Date(w.From.String()))
	}
	return l.T("deadline.from", said, l.Date(w.Start().String()))
}

// event says a named event; one that the messages do not know is shown in its own words.
func (l *Lang) event(name string) string {
	if key := "deadline.event." + strings.ReplaceAll(name, " ", "-"); l.Has(key) {
		return l.T(key)
	}
	return l.T("deadline.event", name)
}
