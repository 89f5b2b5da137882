package lang

import (
	"strconv"
	"strings"
)

// Deadline says the value of a commitment's deadline in words. The forms are those of commitment.Deadline: 2025, 2025-06,
// 2027-12-31, an interval 2027-01-01/2027-06-30, a recurrence R/P2Y or R/P2Y;2026, a duration P5Y, NOW, ASAP, event:... .
// What it cannot read is given back as it is.
func (l *Lang) Deadline(value string) string {
	switch {
	case value == "":
		return ""
	case value == "NOW":
		return l.T("deadline.now")
	case value == "ASAP":
		return l.T("deadline.asap")
	case strings.HasPrefix(value, "event:"):
		return l.event(strings.TrimPrefix(value, "event:"))
	case strings.HasPrefix(value, "R/"):
		return l.recurrence(strings.TrimPrefix(value, "R/"))
	case strings.HasPrefix(value, "P"):
		if n, unit, ok := period(value); ok {
			return l.T("deadline.within", l.N("deadline.length."+unit, n))
		}
	case strings.Contains(value, "/"):
		from, to, _ := strings.Cut(value, "/")
		return l.interval(from, to)
	default:
		return l.until(value)
	}
	return value
}

// until says a date; the last day of a year or month is its end.
func (l *Lang) until(date string) string {
	if year, ok := strings.CutSuffix(date, "-12-31"); ok {
		return l.T("deadline.end", l.Date(year))
	}
	return l.Date(date)
}

// interval says a half or quarter by its name, anything else by its ends.
func (l *Lang) interval(from, to string) string {
	if len(from) == len("2006-01-02") && len(to) == len(from) && from[:4] == to[:4] {
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

func (l *Lang) recurrence(value string) string {
	every, start, _ := strings.Cut(value, ";")
	n, unit, ok := period(every)
	if !ok {
		return "R/" + value
	}
	said := l.T("deadline.each." + unit)
	if n > 1 {
		said = l.N("deadline.every."+unit, n)
	}
	if start == "" {
		return said
	}
	return l.T("deadline.from", said, l.Date(start))
}

// period reads P2Y, P6M, P90D, P2W.
func period(value string) (n int, unit string, ok bool) {
	if len(value) < 3 || value[0] != 'P' {
		return 0, "", false
	}
	n, err := strconv.Atoi(value[1 : len(value)-1])
	unit = map[byte]string{'Y': "years", 'M': "months", 'W': "weeks", 'D': "days"}[value[len(value)-1]]
	return n, unit, err == nil && n > 0 && unit != ""
}

// event says a named event; one that the messages do not know is shown in its own words.
func (l *Lang) event(name string) string {
	if key := "deadline.event." + strings.ReplaceAll(name, " ", "-"); l.Has(key) {
		return l.T(key)
	}
	return l.T("deadline.event", name)
}
