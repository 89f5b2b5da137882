package calendar

import "strconv"

// Unit is the calendar unit that a [Period] counts.
type Unit string

const (
	Years  Unit = "years"
	Months Unit = "months"
	Weeks  Unit = "weeks"
	Days   Unit = "days"
)

// units are the letters of the units after the P of a duration (ISO 8601-1, 5.5.2), and the most days that one may last.
var units = []struct {
	unit    Unit
	letter  byte
	longest int
}{{Years, 'Y', 366}, {Months, 'M', 31}, {Weeks, 'W', 7}, {Days, 'D', 1}}

// Period is a length of time: N, from 1 to 9999, of one unit. P1Y6M, which ISO 8601 has too, is not among the deadlines.
type Period struct {
	N    int
	Unit Unit
}

// readPeriod reads P2Y, P6M, P2W, P90D.
func readPeriod(s string) (p Period, ok bool) {
	if len(s) < len("P1Y") || len(s) > len("P9999Y") || s[0] != 'P' || s[1] == '0' {
		return Period{}, false
	}
	n, ok := figures(s[1 : len(s)-1])
	for _, u := range units {
		if u.letter == s[len(s)-1] {
			return Period{n, u.unit}, ok
		}
	}
	return Period{}, false
}

// String writes the period as P2Y; nothing for the zero Period.
func (p Period) String() string {
	for _, u := range units {
		if u.unit == p.Unit {
			return "P" + strconv.Itoa(p.N) + string(u.letter)
		}
	}
	return ""
}

// longest is the most days that the period may last.
func (p Period) longest() int {
	for _, u := range units {
		if u.unit == p.Unit {
			return p.N * u.longest
		}
	}
	return 0
}

// After gives the day on which the period ends that runs from d. The day d itself is not counted: a week after a Monday is
// the next Monday, and a month after the 31st ends on the last day of a shorter month (ETS No. 76, Articles 3 and 4). No
// day beyond the year 9999 and from no day.
func (p Period) After(d Day) Day { return p.times(1, d) }

// times gives the day n periods after d, counted in one step so that the end of a short month does not stick.
func (p Period) times(n int, d Day) Day {
	switch n *= p.N; p.Unit {
	case Years:
		return d.AddMonths(12 * n)
	case Months:
		return d.AddMonths(n)
	case Weeks:
		return d.AddDays(7 * n)
	case Days:
		return d.AddDays(n)
	}
	return Day{}
}
