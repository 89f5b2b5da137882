package calendar

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"concord/internal/fault"
)

// Kind is which sort of deadline a [Window] is.
type Kind string

const (
	Year       Kind = "year"       // 2027: in the course of the year
	Month      Kind = "month"      // 2025-06: in the course of the month
	Date       Kind = "day"        // 2027-12-31: on or by the day
	Interval   Kind = "interval"   // 2027-01-01/2027-06-30: from one day to another, both within it
	Recurrence Kind = "recurrence" // R/P2Y, R/P2Y;2026: again and again, from a start if it is known
	Duration   Kind = "duration"   // P5Y: within a time that runs from a day the value does not say, mostly the adoption
	Now        Kind = "now"        // NOW: at once
	Soon       Kind = "soon"       // ASAP: as soon as possible
	Event      Kind = "event"      // event:next-summit: by something that has no day yet
)

// Window is the value of a deadline. Windows can be compared with ==: two are the same when they are written the same. The
// zero Window is no deadline. What is not named beside a field leaves it zero.
type Window struct {
	Kind     Kind
	From, To Day    // first and last day, of Year, Month, Date (the same twice) and Interval; of a Recurrence those of its start
	Every    Period // of Recurrence and Duration
	Starts   Kind   // of a Recurrence: how its start is known, as Year, Month, Date or Interval; empty: not known
	Event    string // of Event: its name, next-summit
}

// longestWindow is how many characters the value of a deadline may have; only the name of an event can come near.
const longestWindow = 100

const (
	now    = "NOW"
	soon   = "ASAP"
	again  = "R/"
	period = "P"
	event  = "event:"
)

// ParseWindow reads the value of a deadline in one of these forms, exactly as written here:
//
//	2027                       a year (ISO 8601-1, 5.2.2, reduced precision)
//	2025-06                    a month (the same)
//	2027-12-31                 a day (5.2.2, complete)
//	2027-01-01/2027-06-30      an interval by its first and last day, the first not after the last (5.5)
//	P5Y P6M P2W P90D           a duration of 1 to 9999 of one unit (5.5.2)
//	R/P2Y                      a recurrence without end (5.6)
//	R/P2Y;2026                 the same with its start: a year, month, day or interval (ours)
//	NOW ASAP                   at once; as soon as possible (ours)
//	event:next-summit          the name of an event: printable, not blank at either end (ours)
//
// Anything else, and more than 100 characters, is an error of the kind [fault.Invalid] that says which forms there are.
func ParseWindow(s string) (Window, error) {
	if n := utf8.RuneCountInString(s); n > longestWindow {
		return Window{}, fault.New(fault.Invalid, "the value of a deadline has %d characters, which may be %d at most", n, longestWindow)
	}
	w, ok := readWindow(s)
	if !ok {
		return Window{}, fault.New(fault.Invalid,
			"%q is no value of a deadline: write 2027, 2027-06, 2027-06-30, 2027-01-01/2027-06-30, P5Y, R/P2Y, R/P2Y;2026, NOW, ASAP or event: and its name", s)
	}
	if w.To.Before(w.From) {
		return Window{}, fault.New(fault.Invalid, "the deadline %q ends before it begins", s)
	}
	return w, nil
}

// MustWindow is [ParseWindow] for a value that stands in a program; it panics on what is none.
func MustWindow(s string) Window {
	w, err := ParseWindow(s)
	if err != nil {
		panic(err)
	}
	return w
}

// readWindow reads the forms; it leaves open which end of an interval is the earlier.
func readWindow(s string) (w Window, ok bool) {
	switch {
	case s == now:
		return Window{Kind: Now}, true
	case s == soon:
		return Window{Kind: Soon}, true
	case strings.HasPrefix(s, event):
		name := strings.TrimPrefix(s, event)
		return Window{Kind: Event, Event: name}, validEvent(name)
	case strings.HasPrefix(s, again):
		return readRecurrence(strings.TrimPrefix(s, again))
	case strings.HasPrefix(s, period):
		every, ok := readPeriod(s)
		return Window{Kind: Duration, Every: every}, ok
	}
	return readDays(s)
}

// validEvent wants a name that can be seen on a page and does not begin or end with a space.
func validEvent(name string) bool {
	if name == "" || strings.TrimSpace(name) != name || !utf8.ValidString(name) {
		return false
	}
	return !strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) })
}

func readRecurrence(s string) (w Window, ok bool) {
	every, start, starts := strings.Cut(s, ";")
	w.Kind = Recurrence
	if w.Every, ok = readPeriod(every); !ok || !starts {
		return w, ok
	}
	first, ok := readDays(start)
	w.Starts, w.From, w.To = first.Kind, first.From, first.To
	return w, ok
}

// readDays reads the forms that name days.
func readDays(s string) (w Window, ok bool) {
	switch len(s) {
	case len("2006"):
		from, ok := readDay(s + "-01-01")
		return Window{Kind: Year, From: from, To: from.AddMonths(11).monthEnd()}, ok
	case len("2006-01"):
		from, ok := readDay(s + "-01")
		return Window{Kind: Month, From: from, To: from.monthEnd()}, ok
	case len(time.DateOnly):
		day, ok := readDay(s)
		return Window{Kind: Date, From: day, To: day}, ok
	}
	first, last, _ := strings.Cut(s, "/")
	from, okFrom := readDay(first)
	to, okTo := readDay(last)
	return Window{Kind: Interval, From: from, To: to}, okFrom && okTo
}

// spanning names the days from one to another in the shortest way: as a day, a month, a year, or an interval.
func spanning(from, to Day) Window {
	kind := Interval
	_, month, day := from.Date()
	switch {
	case from == to:
		kind = Date
	case day == 1 && to == from.monthEnd():
		kind = Month
	case day == 1 && month == time.January && to == from.AddMonths(11).monthEnd():
		kind = Year
	}
	return Window{Kind: kind, From: from, To: to}
}

// IsZero says whether it is no deadline.
func (w Window) IsZero() bool { return w == Window{} }

// String writes the value in the form that [ParseWindow] reads; nothing for the zero Window.
func (w Window) String() string {
	switch w.Kind {
	case Year:
		return w.From.format("2006")
	case Month:
		return w.From.format("2006-01")
	case Date:
		return w.From.String()
	case Interval:
		return w.From.String() + "/" + w.To.String()
	case Recurrence:
		if w.Starts != "" {
			return again + w.Every.String() + ";" + w.Start().String()
		}
		return again + w.Every.String()
	case Duration:
		return w.Every.String()
	case Now:
		return now
	case Soon:
		return soon
	case Event:
		return event + w.Event
	}
	return ""
}

// Start gives the start of a recurrence as a window of its own; the zero Window where it is not known.
func (w Window) Start() Window {
	if w.Starts == "" {
		return Window{}
	}
	return Window{Kind: w.Starts, From: w.From, To: w.To}
}

// StartingIn gives the recurrence with a start. ok is false where w is none, has a start, or start is no year, month, day or
// interval.
func (w Window) StartingIn(start Window) (from Window, ok bool) {
	if w.Kind != Recurrence || w.Starts != "" {
		return w, false
	}
	switch start.Kind {
	case Year, Month, Date, Interval:
		w.Starts, w.From, w.To = start.Kind, start.From, start.To
		return w, true
	}
	return w, false
}

// FirstDay gives the first day that the deadline names: that of the year, month or interval, the day itself, of a
// recurrence its start. ok is false where it names none.
func (w Window) FirstDay() (d Day, ok bool) { return w.From, !w.From.IsZero() }

// LastDay gives the last day that the deadline allows: 2025-12-31 for 2025. ok is false for a recurrence, a duration, now,
// soon and an event.
func (w Window) LastDay() (d Day, ok bool) {
	if w.Kind == Recurrence {
		return Day{}, false
	}
	return w.To, !w.To.IsZero()
}

// LastDayFrom is LastDay for a text adopted on a day that is known: a duration, which LastDay cannot place, runs from that
// day (see [Period.After]). ok is false where there is still no day, and for a duration from no day.
func (w Window) LastDayFrom(adopted Day) (d Day, ok bool) {
	if w.Kind == Duration {
		d = w.Every.After(adopted)
		return d, !d.IsZero()
	}
	return w.LastDay()
}

// MarshalText writes the window as String does, so that JSON keeps the value as one string. One that [ParseWindow] would
// not have made is an error.
func (w Window) MarshalText() ([]byte, error) {
	s := w.String()
	if back, err := ParseWindow(s); w.IsZero() || err == nil && back == w {
		return []byte(s), nil
	}
	return nil, fmt.Errorf("calendar: %#v is no window of a deadline", w)
}

// UnmarshalText reads what MarshalText wrote: nothing is no deadline, anything else is read by [ParseWindow].
func (w *Window) UnmarshalText(text []byte) (err error) {
	if len(text) == 0 {
		*w = Window{}
		return nil
	}
	*w, err = ParseWindow(string(text))
	return err
}
