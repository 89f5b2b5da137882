package lang

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date writes a calendar date as far as it is known: 2024, 2024-12 or 2024-12-01. Anything else is given back as it is.
func (l *Lang) Date(date string) string {
	for _, layout := range []struct{ form, key string }{{"2006-01-02", "date.day"}, {"2006-01", "date.month"}, {"2006", "date.year"}} {
		if t, err := time.Parse(layout.form, date); err == nil {
			return l.dated(layout.key, t)
		}
	}
	return date
}

// Span writes the days from one date to another, the month once where both are in it; forms as for Date.
func (l *Lang) Span(from, to string) string {
	a, errA := time.Parse("2006-01-02", from)
	b, errB := time.Parse("2006-01-02", to)
	switch {
	case from == to || to == "":
		return l.Date(from)
	case errA == nil && errB == nil && from[:len("2006-01")] == to[:len("2006-01")]:
		return l.T("date.days", a.Day(), b.Day(), l.T("month.of."+strconv.Itoa(int(a.Month()))), a.Year())
	}
	return l.T("date.range", l.Date(from), l.Date(to))
}

// Day writes the day of an instant in the instant's own zone.
func (l *Lang) Day(t time.Time) string { return l.dated("date.day", t) }

// ShortDate writes a date with the month's short name, for narrow places; forms as for Date.
func (l *Lang) ShortDate(date string) string {
	if t, err := time.Parse("2006-01-02", date); err == nil {
		return l.T("date.short", t.Day(), l.T("month.short."+strconv.Itoa(int(t.Month()))), t.Year())
	}
	return l.Date(date)
}

// dated fills {0} day, {1} month in its place beside a day, {2} year, {3} month standing alone.
func (l *Lang) dated(key string, t time.Time) string {
	m := strconv.Itoa(int(t.Month()))
	return l.T(key, t.Day(), l.T("month.of."+m), t.Year(), l.T("month."+m))
}

// Clock writes the time of day in each zone, with its distance from UTC: "16:05 (UTC+5) · 19:05 (UTC+8)". A zone that
// is at the same distance as one before is left out.
func (l *Lang) Clock(t time.Time, zones ...*time.Location) string {
	var said []string
	seen := map[int]bool{}
	for _, zone := range zones {
		at := t.In(zone)
		if _, offset := at.Zone(); !seen[offset] {
			seen[offset] = true
			said = append(said, at.Format("15:04")+" ("+offsetName(offset)+")")
		}
	}
	return strings.Join(said, " · ")
}

// At writes the day in the first zone and the time of day in all.
func (l *Lang) At(t time.Time, zones ...*time.Location) string {
	if len(zones) == 0 {
		zones = []*time.Location{time.UTC}
	}
	return l.T("date.at", l.Day(t.In(zones[0])), l.Clock(t, zones...))
}

// offsetName writes seconds east of UTC: UTC, UTC+5, UTC+5:30, UTC−3.
func offsetName(seconds int) string {
	if seconds == 0 {
		return "UTC"
	}
	sign, s := "+", seconds
	if s < 0 {
		sign, s = "−", -s
	}
	if rest := s % 3600 / 60; rest != 0 {
		return fmt.Sprintf("UTC%s%d:%02d", sign, s/3600, rest)
	}
	return fmt.Sprintf("UTC%s%d", sign, s/3600)
}

// ages are the units in which an age is said, the longest first, with the least age that is said in them.
var ages = [...]struct {
	key  string
	unit time.Duration
	from time.Duration
}{
	{"age.years", 8766 * time.Hour, 2 * 8766 * time.Hour}, // 365.25 days
	{"age.months", 8766 * time.Hour / 12, 61 * 24 * time.Hour},
	{"age.days", 24 * time.Hour, 48 * time.Hour},
	{"age.hours", time.Hour, 2 * time.Hour},
	{"age.minutes", time.Minute, time.Minute},
}

// Ago says how long ago: "3 days ago", "just now" under a minute (and for a clock that runs a little ahead).
func (l *Lang) Ago(d time.Duration) string {
	for _, a := range ages {
		if d >= a.from {
			return l.T("age.ago", l.N(a.key, int(d/a.unit)))
		}
	}
	return l.T("age.now")
}

// InDays says how far a day is: "today", "in 40 days", "3 days ago", in months from two on.
func (l *Lang) InDays(days int) string {
	if days == 0 {
		return l.T("age.today")
	}
	key := "age.in"
	if days < 0 {
		key, days = "age.ago", -days
	}
	d := time.Duration(days) * 24 * time.Hour
	for _, a := range ages[:2] {
		if d >= a.from {
			return l.T(key, l.N(a.key, int(d/a.unit)))
		}
	}
	return l.T(key, l.N("age.days", days))
}
