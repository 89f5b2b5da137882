package calendar

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func written(windows []Window) string {
	var all []string
	for _, w := range windows {
		all = append(all, w.String())
	}
	return strings.Join(all, " ")
}

func TestOccurrences(t *testing.T) {
	for _, c := range []struct{ name, value, from, to, want string }{
		{"every two years from a year on", "R/P2Y;2026", "2020-01-01", "2031-12-31", "2026 2028 2030"},
		{"a year that is touched counts", "R/P2Y;2026", "2028-12-31", "2030-01-01", "2028 2030"},
		{"between two of them", "R/P2Y;2026", "2027-01-01", "2027-12-31", ""},
		{"twice a year from a year on: each takes its half", "R/P6M;2026", "2026-01-01", "2027-06-30", "2026-01-01/2026-06-30 2026-07-01/2026-12-31 2027-01-01/2027-06-30"},
		{"quarterly, asked in the middle of one", "R/P3M;2026", "2027-05-05", "2027-05-05", "2027-04-01/2027-06-30"},
		{"monthly from a year on", "R/P1M;2026", "2028-01-15", "2028-03-01", "2028-01 2028-02 2028-03"},
		{"every year in a month", "R/P1Y;2024-02", "2024-01-01", "2028-12-31", "2024-02 2025-02 2026-02 2027-02 2028-02"},
		{"every six months from a month on", "R/P6M;2026-02", "2026-01-01", "2027-12-31", "2026-02 2026-08 2027-02 2027-08"},
		{"every month on the 31st", "R/P1M;2027-01-31", "2027-01-01", "2027-05-31", "2027-01-31 2027-02-28 2027-03-31 2027-04-30 2027-05-31"},
		{"every year on 29 February", "R/P1Y;2024-02-29", "2024-01-01", "2028-12-31", "2024-02-29 2025-02-28 2026-02-28 2027-02-28 2028-02-29"},
		{"every year on 28 February", "R/P1Y;2027-02-28", "2028-01-01", "2028-12-31", "2028-02-28"},
		{"every week", "R/P1W;2026-12-25", "2026-12-26", "2027-01-10", "2027-01-01 2027-01-08"},
		{"every day", "R/P1D;2026-12-31", "2020-01-01", "2027-01-02", "2026-12-31 2027-01-01 2027-01-02"},
		{"in the first half of every year", "R/P1Y;2026-01-01/2026-06-30", "2026-07-01", "2028-01-01", "2027-01-01/2027-06-30 2028-01-01/2028-06-30"},
		{"an interval that ends with February", "R/P1Y;2023-02-10/2023-02-28", "2024-01-01", "2024-12-31", "2024-02-10/2024-02-29"},
		{"every 35 days, longer than the month of its start", "R/P5W;2026-06", "2026-06-01", "2026-08-01", "2026-06 2026-07-06/2026-08-04"},
		{"from the start on", "R/P1Y;2026", "", "2027-01-01", "2026 2027"},
		{"until no day", "R/P1Y;2026", "2026-01-01", "", ""},
		{"backwards", "R/P1Y;2026", "2030-01-01", "2029-01-01", ""},
		{"before it starts", "R/P1Y;2026", "2020-01-01", "2025-12-31", ""},
		{"in the last year that there is", "R/P1Y;9998", "9998-06-01", "9999-12-31", "9998 9999"},
		{"the start is not known", "R/P2Y", "2026-01-01", "2030-01-01", ""},
		{"a year does not recur", "2026", "2026-01-01", "2026-12-31", ""},
	} {
		if got := written(window(t, c.value).Occurrences(day(t, c.from), day(t, c.to))); got != c.want {
			t.Errorf("%s: %s from %s to %s:\n%s, want\n%s", c.name, c.value, c.from, c.to, got, c.want)
		}
	}
}

// TestOccurrencesDoNotDependOnWhereOneLooksFrom holds the leap to the first of them against counting from the start.
func TestOccurrencesDoNotDependOnWhereOneLooksFrom(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	several := 0
	for range 2000 {
		start := anyDays(r)
		w := Window{Kind: Recurrence, Every: Period{1 + r.IntN(24), units[r.IntN(len(units))].unit}, Starts: start.Kind, From: start.From, To: start.To}
		from := start.From.AddDays(r.IntN(20000))
		to := from.AddDays(r.IntN(400))
		if to.IsZero() {
			continue
		}
		got := w.Occurrences(from, to)
		want := slices.DeleteFunc(w.Occurrences(Day{}, to), func(o Window) bool { return o.To.Before(from) })
		if !slices.Equal(got, want) {
			t.Fatalf("%s from %s to %s: %s, counted from the start %s", w, from, to, written(got), written(want))
		}
		for i, o := range got {
			if o.To.Before(o.From) || i > 0 && !got[i-1].From.Before(o.From) {
				t.Fatalf("%s: %s are not in order", w, written(got))
			}
		}
		if len(got) > 1 {
			several++
		}
	}
	if several < 100 {
		t.Errorf("only %d had several times", several)
	}
}

func TestADistantStartIsNotCountedThrough(t *testing.T) {
	w := window(t, "R/P1D;0001-01-01")
	if skipped := w.firstTime(day(t, "9999-12-31")); skipped < maxDay-10 {
		t.Errorf("counting begins at %d", skipped)
	}
	if got := written(w.Occurrences(day(t, "9999-12-30"), day(t, "9999-12-31"))); got != "9999-12-30 9999-12-31" {
		t.Error(got)
	}
}

func TestAPeriodRunsFromTheDayAfter(t *testing.T) {
	for _, c := range []struct {
		period     Period
		from, want string
	}{
		{Period{1, Weeks}, "2026-11-16", "2026-11-23"}, // a Monday and the next
		{Period{1, Days}, "2026-12-31", "2027-01-01"},
		{Period{3, Months}, "2026-11-30", "2027-02-28"},
		{Period{4, Years}, "2096-02-29", "2100-02-28"}, // 2100 has no 29 February
		{Period{9999, Years}, "2026-01-01", ""}, {Period{1, Years}, "", ""}, {Period{}, "2026-01-01", ""},
	} {
		if got := c.period.After(day(t, c.from)); got != day(t, c.want) {
			t.Errorf("%s after %s is %q, want %q", c.period, c.from, got, c.want)
		}
	}
}
