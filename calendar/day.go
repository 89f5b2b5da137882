// Package calendar knows days and the windows of deadlines: what "2027", "in the first half of 2027" or "every two years
// from 2026" ask for, and which day is the last that they allow.
//
// A [Day] is a date of the calendar without a zone; a [Window] is the value of a deadline, a [Period] a length of time in
// calendar units. The package reads no clock: today and the day of adoption are given to it.
//
//	w, err := calendar.ParseWindow("2027-01-01/2027-06-30")
//	last, ok := w.LastDay() // 2027-06-30, true
//
// Dates, intervals and durations are written as in ISO 8601-1:2019, sections 5.2, 5.5 and 5.6, in the extended format and
// no other of its forms. NOW, ASAP, event: and the start of a recurrence after a semicolon are our own.
package calendar

import (
	"fmt"
	"strconv"
	"time"

	"concord/internal/fault"
)

// Day is a date of the Gregorian calendar, carried back before 1582, from 0001-01-01 to 9999-12-31. It has no zone and
// no time of day. Days can be compared with ==; the zero Day is no day and lies before all others.
type Day struct {
	n int32 // 1 is 0001-01-01
}

const (
	unixDayOne = -719162 // 0001-01-01 in days of Unix time, which counts from 1970-01-01
	maxDay     = 3652059 // 9999-12-31
	maxYear    = 9999
)

// ParseDay reads a day in the one form 2006-01-02 (ISO 8601-1, 5.2.2, complete, extended). Anything else, and a day that
// the calendar does not have, is an error of the kind [fault.Invalid].
func ParseDay(s string) (Day, error) {
	d, ok := readDay(s)
	if !ok {
		return Day{}, fault.New(fault.Invalid, "%q is no day of the calendar: write the year, the month and the day, such as 2027-06-30", fmt.Sprintf("%.40s", s))
	}
	return d, nil
}

func readDay(s string) (d Day, ok bool) {
	if len(s) != len(time.DateOnly) || s[4] != '-' || s[7] != '-' {
		return Day{}, false
	}
	year, okY := figures(s[:4])
	month, okM := figures(s[5:7])
	day, okD := figures(s[8:])
	if !okY || !okM || !okD {
		return Day{}, false
	}
	d = civil(year, time.Month(month), day)
	return d, !d.IsZero()
}

// figures reads a number of ASCII figures only: no sign, no space.
func figures(s string) (n int, ok bool) {
	for _, c := range []byte(s) {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	n, err := strconv.Atoi(s)
	return n, err == nil
}

// civil gives the day of a date, no day where the calendar has none such.
func civil(year int, month time.Month, day int) Day {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if y, m, d := t.Date(); y != year || m != month || d != day {
		return Day{}
	}
	return dayNumber(t.Unix()/(24*60*60) - unixDayOne + 1)
}

// dayNumber gives the nth day from 0001-01-01 on, no day outside the range.
func dayNumber(n int64) Day {
	if n < 1 || n > maxDay {
		return Day{}
	}
	return Day{int32(n)}
}

// IsZero says whether it is no day.
func (d Day) IsZero() bool { return d.n == 0 }

// Date gives year, month and day of the month; all zero for no day.
func (d Day) Date() (year int, month time.Month, day int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return d.midnight().Date()
}

func (d Day) midnight() time.Time {
	return time.Unix((int64(d.n)-1+unixDayOne)*24*60*60, 0).UTC()
}

// String writes the day as 2006-01-02; nothing for no day.
func (d Day) String() string { return d.format(time.DateOnly) }

func (d Day) format(layout string) string {
	if d.IsZero() {
		return ""
	}
	return d.midnight().Format(layout)
}

// Before says whether d is earlier than other.
func (d Day) Before(other Day) bool { return d.n < other.n }

// Compare gives -1, 0 or +1 as d is earlier than, the same as or later than other, for slices.SortFunc.
func (d Day) Compare(other Day) int {
	switch {
	case d.n < other.n:
		return -1
	case d.n > other.n:
		return 1
	}
	return 0
}

// Sub counts the days from other to d, negative when d is earlier; 0 if either is no day.
func (d Day) Sub(other Day) int {
	if d.IsZero() || other.IsZero() {
		return 0
	}
	return int(d.n) - int(other.n)
}

// AddDays gives the day n days later, earlier for a negative n; no day beyond the years 1 to 9999 and from no day.
func (d Day) AddDays(n int) Day {
	if d.IsZero() || n < -maxDay || n > maxDay {
		return Day{}
	}
	return dayNumber(int64(d.n) + int64(n))
}

// AddMonths gives the same day of the month n months later, earlier for a negative n, and the last day of that month where
// it has no such day: one month after 31 January is 28 or 29 February (European Convention on the Calculation of
// Time-Limits, ETS No. 76, Basel 1972, Article 4(2)). No day beyond the years 1 to 9999 and from no day.
func (d Day) AddMonths(n int) Day {
	if d.IsZero() || n < -12*maxYear || n > 12*maxYear {
		return Day{}
	}
	year, month, day := d.Date()
	months := year*12 + int(month) - 1 + n
	year, month = months/12, time.Month(months%12+1)
	if months < 12 || year > maxYear {
		return Day{}
	}
	return civil(year, month, min(day, daysIn(year, month)))
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// monthEnd gives the last day of the month that d lies in.
func (d Day) monthEnd() Day {
	year, month, _ := d.Date()
	return civil(year, month, daysIn(year, month))
}

// MarshalText writes the day as String does.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote: nothing is no day, anything else is read by [ParseDay].
func (d *Day) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*d = Day{}
		return nil
	}
	*d, err = ParseDay(string(text))
	return err
}
