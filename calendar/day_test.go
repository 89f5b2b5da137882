package calendar

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"concord/internal/fault"
)

// day reads a day that the test knows to be one; an empty string is no day.
func day(t testing.TB, s string) Day {
	t.Helper()
	if s == "" {
		return Day{}
	}
	d, err := ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// anyDay gives a day of all that there are.
func anyDay(r *rand.Rand) Day { return dayNumber(1 + r.Int64N(maxDay)) }

func TestADayIsWrittenInOneForm(t *testing.T) {
	for _, s := range []string{"0001-01-01", "1900-02-28", "2000-02-29", "2024-02-29", "2027-06-30", "9999-12-31"} {
		if d, err := ParseDay(s); err != nil || d.String() != s || d.IsZero() {
			t.Errorf("%s is read as %q, %v", s, d, err)
		}
	}
	for name, s := range map[string]string{
		"nothing": "", "a year": "2027", "a month": "2027-06", "the basic format": "20270630", "a figure short": "2027-6-30",
		"month 13": "2027-13-01", "month 0": "2027-00-10", "day 0": "2027-06-00", "31 June": "2027-06-31", "30 February": "2024-02-30",
		"29 February of a common year": "2027-02-29", "29 February of a century year": "1900-02-29", "the year 0": "0000-01-01",
		"a sign": "+027-06-30", "signs for figures": "2027--6--3", "a space before": " 2027-06-30", "a space after": "2027-06-30 ",
		"a time of day": "2027-06-30T00:00", "a week date": "2027-W26-3", "an ordinal date": "2027-181", "other figures": "２０２７-06-30", "five figures": "12027-06-30",
	} {
		if d, err := ParseDay(s); fault.KindOf(err) != fault.Invalid || !d.IsZero() {
			t.Errorf("%s, %q, is read as %q, %v", name, s, d, err)
		}
	}
	if _, err := ParseDay(strings.Repeat("long ", 1000)); len(err.Error()) > 200 {
		t.Error("the error repeats all that is no day")
	}
}

func TestMonthsAreAddedWithCareForTheirEnds(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2027-01-15", 1, "2027-02-15"}, {"2027-01-15", 0, "2027-01-15"}, {"2027-01-15", -1, "2026-12-15"}, {"2027-12-01", 1, "2028-01-01"},
		{"2027-01-31", 1, "2027-02-28"}, {"2024-01-31", 1, "2024-02-29"}, {"2027-03-31", -1, "2027-02-28"}, {"2027-05-31", 1, "2027-06-30"},
		{"2027-02-28", 1, "2027-03-28"},                                                                      // the day is kept, not the end of the month
		{"2024-02-29", 12, "2025-02-28"},                                                                     // from leap year to common year
		{"2024-02-29", 48, "2028-02-29"}, {"1896-02-29", 48, "1900-02-28"}, {"1996-02-29", 48, "2000-02-29"}, // 1900 had no 29 February, 2000 had
		{"2026-11-30", 15, "2028-02-29"}, {"2026-06-30", -18, "2024-12-30"},
		{"0001-01-31", -1, ""}, {"0001-12-31", -11, "0001-01-31"}, {"9999-11-30", 1, "9999-12-30"}, {"9999-12-01", 1, ""}, {"2027-01-01", 1 << 62, ""}, {"2027-01-01", -1 << 62, ""}, {"", 1, ""},
	} {
		if got := day(t, c.from).AddMonths(c.months); got != day(t, c.want) {
			t.Errorf("%s and %d months is %q, want %q", c.from, c.months, got, c.want)
		}
	}
}

func TestDaysAreAddedAndCounted(t *testing.T) {
	for _, c := range []struct {
		from string
		days int
		want string
	}{
		{"2027-02-28", 1, "2027-03-01"}, {"2024-02-28", 1, "2024-02-29"}, {"1900-02-28", 1, "1900-03-01"}, {"2000-02-28", 2, "2000-03-01"},
		{"2026-12-31", 1, "2027-01-01"}, {"2027-01-01", 365, "2028-01-01"}, {"2028-01-01", 366, "2029-01-01"}, {"2027-06-30", 0, "2027-06-30"},
		{"1970-01-01", -1, "1969-12-31"}, {"2001-01-01", 146097, "2401-01-01"}, // 400 years have 146,097 days
		{"0001-01-01", 3652058, "9999-12-31"},
	} {
		from, want := day(t, c.from), day(t, c.want)
		if from.AddDays(c.days) != want || want.AddDays(-c.days) != from || want.Sub(from) != c.days || from.Sub(want) != -c.days {
			t.Errorf("%s and %d days is %q, want %q, %d days on", from, c.days, from.AddDays(c.days), want, want.Sub(from))
		}
	}
	first, last := day(t, "0001-01-01"), day(t, "9999-12-31")
	for name, d := range map[string]Day{
		"before the first": first.AddDays(-1), "after the last": last.AddDays(1), "far before": last.AddDays(-1 << 62), "far after": first.AddDays(1<<62 + 1), "from no day": Day{}.AddDays(1),
	} {
		if !d.IsZero() {
			t.Errorf("%s is %q", name, d)
		}
	}
	if first.Sub(Day{}) != 0 || (Day{}).Sub(last) != 0 {
		t.Error("days are counted from no day")
	}
}

func TestDaysStandInTheirOrder(t *testing.T) {
	want := []Day{{}, day(t, "0001-01-01"), day(t, "1999-12-31"), day(t, "2000-01-01"), day(t, "2000-01-02"), day(t, "9999-12-31")}
	got := slices.Clone(want)
	slices.Reverse(got)
	slices.SortFunc(got, Day.Compare)
	if !slices.Equal(got, want) {
		t.Errorf("in order they are %v", got)
	}
	for i := range want[1:] {
		if a, b := want[i], want[i+1]; !a.Before(b) || b.Before(a) || a.Before(a) || a.Compare(a) != 0 {
			t.Errorf("%q and %q are not in order", a, b)
		}
	}
}

func TestADayHasItsDate(t *testing.T) {
	if y, m, d := day(t, "2024-02-29").Date(); y != 2024 || m != time.February || d != 29 {
		t.Errorf("%d %v %d", y, m, d)
	}
	if y, m, d := (Day{}).Date(); y != 0 || m != 0 || d != 0 {
		t.Errorf("no day is %d %v %d", y, m, d)
	}
}

// TestDaysAgreeWithTheClocksCalendar holds every day that there is against package time.
func TestDaysAgreeWithTheClocksCalendar(t *testing.T) {
	at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	d := day(t, "0001-01-01")
	for n := 1; n <= maxDay; n, at, d = n+1, at.AddDate(0, 0, 1), d.AddDays(1) {
		if y, m, dd := d.Date(); y != at.Year() || m != at.Month() || dd != at.Day() || civil(y, m, dd) != d {
			t.Fatalf("day %d is %q, in package time %s", n, d, at.Format(time.DateOnly))
		}
		if testing.Short() && n%1000 == 0 {
			const skip = 9990
			n, at, d = n+skip, at.AddDate(0, 0, skip), d.AddDays(skip)
		}
	}
}

func TestAMonthOnIsInTheNextMonth(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 10000 {
		d, n := anyDay(r), r.IntN(2400)-1200
		y, m, dd := d.Date()
		got := d.AddMonths(n)
		if got.IsZero() {
			if at := y*12 + int(m) - 1 + n; at >= 12 && at < 12*10000 {
				t.Fatalf("%s and %d months is no day", d, n)
			}
			continue
		}
		y2, m2, dd2 := got.Date()
		if y2*12+int(m2)-(y*12+int(m)) != n || dd2 > dd || dd2 < dd && got != got.monthEnd() {
			t.Fatalf("%s and %d months is %s", d, n, got)
		}
	}
}

func TestDaysInJSON(t *testing.T) {
	type meeting struct {
		On   Day `json:"on"`
		Till Day `json:"till"`
		Left Day `json:"left,omitzero"`
	}
	m := meeting{On: day(t, "2027-06-30")}
	data, err := json.Marshal(m)
	if want := `{"on":"2027-06-30","till":""}`; err != nil || string(data) != want {
		t.Fatalf("%s, %v", data, err)
	}
	back := meeting{Till: m.On}
	if err := json.Unmarshal(data, &back); err != nil || back != m {
		t.Errorf("%+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(`{"on":"2027-02-29"}`), &back); fault.KindOf(err) != fault.Invalid {
		t.Errorf("29 February 2027 is read as %q, %v", back.On, err)
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2024-02-29", "1900-02-29", "0000-00-00", "9999-12-31", "2027-6-030", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := ParseDay(s)
		stdlib, errTime := time.Parse(time.DateOnly, s)
		switch {
		case err == nil && (d.String() != s || errTime != nil || stdlib.Format(time.DateOnly) != s):
			t.Errorf("%q is read as %q", s, d)
		case err != nil && (!d.IsZero() || fault.KindOf(err) != fault.Invalid):
			t.Errorf("%q: %q, %v", s, d, err)
		case err != nil && errTime == nil && stdlib.Year() >= 1:
			t.Errorf("%q is a day in package time: %v", s, err)
		}
	})
}
