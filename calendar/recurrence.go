package calendar

// Occurrences gives the times of a recurrence that touch the days from one to another, in order: 2026, 2028, 2030 for
// R/P2Y;2026. Each is known as closely as the start is. Where the start is longer than the period, each takes the stretch
// of its period: R/P6M;2026 gives 2026-01-01/2026-06-30, 2026-07-01/2026-12-31 and so on.
//
// There are none where the start is not known, and none for a window that does not recur. No from asks from the start on.
func (w Window) Occurrences(from, to Day) []Window {
	if w.Kind != Recurrence || w.Starts == "" {
		return nil
	}
	var times []Window
	for i := w.firstTime(from); ; i++ {
		first, last := w.occurrence(i)
		if first.IsZero() || last.IsZero() || to.Before(first) {
			return times
		}
		if !last.Before(from) {
			times = append(times, spanning(first, last))
		}
	}
}

// firstTime counts the occurrences that end before a day without looking at each: never too many, hardly too few.
func (w Window) firstTime(from Day) int {
	return max(0, from.Sub(w.To)/w.Every.longest()-1)
}

// occurrence gives the days of the nth time, counted from 0; no day beyond the year 9999.
func (w Window) occurrence(n int) (first, last Day) {
	first = w.Every.times(n, w.From)
	second := w.Every.After(w.From)
	switch {
	case w.Starts == Date:
		return first, first
	case !second.IsZero() && !w.To.Before(second):
		return first, w.Every.times(n+1, w.From).AddDays(-1)
	}
	last = w.Every.times(n, w.To)
	if wholeMonths := w.Every.Unit == Years || w.Every.Unit == Months; wholeMonths && w.To == w.To.monthEnd() {
		last = last.monthEnd() // the end of a month stays one: from 2024-02-29 over 2025-02-28 to 2028-02-29
	}
	return first, last
}
