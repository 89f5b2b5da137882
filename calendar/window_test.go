package calendar

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"concord/internal/fault"
)

// window reads a value that the test knows to be one.
func window(t testing.TB, s string) Window {
	t.Helper()
	w, err := ParseWindow(s)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func ExampleParseWindow() {
	adopted, _ := ParseDay("2024-12-01")
	for _, value := range []string{"2027-01-01/2027-06-30", "P5Y", "R/P2Y;2026", "next spring"} {
		w, err := ParseWindow(value)
		if err != nil {
			fmt.Println(err)
			continue
		}
		last, ok := w.LastDayFrom(adopted)
		fmt.Println(w.Kind, last, ok)
	}
	// Output:
	// interval 2027-06-30 true
	// duration 2029-12-01 true
	// recurrence  false
	// "next spring" is no value of a deadline: write 2027, 2027-06, 2027-06-30, 2027-01-01/2027-06-30, P5Y, R/P2Y, R/P2Y;2026, NOW, ASAP or event: and its name
}

func TestWindowsAreRead(t *testing.T) {
	on := func(s string) Day { return day(t, s) }
	for s, want := range map[string]Window{
		"2027":                  {Kind: Year, From: on("2027-01-01"), To: on("2027-12-31")},
		"2025-06":               {Kind: Month, From: on("2025-06-01"), To: on("2025-06-30")},
		"2027-12-31":            {Kind: Date, From: on("2027-12-31"), To: on("2027-12-31")},
		"2027-01-01/2027-06-30": {Kind: Interval, From: on("2027-01-01"), To: on("2027-06-30")},
		"2027-01-01/2027-01-01": {Kind: Interval, From: on("2027-01-01"), To: on("2027-01-01")},
		"P5Y":                   {Kind: Duration, Every: Period{5, Years}},
		"P6M":                   {Kind: Duration, Every: Period{6, Months}},
		"P2W":                   {Kind: Duration, Every: Period{2, Weeks}},
		"P9999D":                {Kind: Duration, Every: Period{9999, Days}},
		"R/P2Y":                 {Kind: Recurrence, Every: Period{2, Years}},
		"R/P2Y;2026":            {Kind: Recurrence, Every: Period{2, Years}, Starts: Year, From: on("2026-01-01"), To: on("2026-12-31")},
		"R/P6M;2026-02":         {Kind: Recurrence, Every: Period{6, Months}, Starts: Month, From: on("2026-02-01"), To: on("2026-02-28")},
		"R/P1W;2026-03-01":      {Kind: Recurrence, Every: Period{1, Weeks}, Starts: Date, From: on("2026-03-01"), To: on("2026-03-01")},
		"R/P1Y;2026-01-01/2026-06-30": {Kind: Recurrence, Every: Period{1, Years}, Starts: Interval,
			From: on("2026-01-01"), To: on("2026-06-30")},
		"NOW":                 {Kind: Now},
		"ASAP":                {Kind: Soon},
		"event:next-summit":   {Kind: Event, Event: "next-summit"},
		"event:next meeting":  {Kind: Event, Event: "next meeting"},
		"event:下次峰会; 2027/II": {Kind: Event, Event: "下次峰会; 2027/II"},
	} {
		got, err := ParseWindow(s)
		if err != nil || got != want {
			t.Errorf("%s is read as %+v, %v, want %+v", s, got, err, want)
		}
		if got.String() != s {
			t.Errorf("%s is written as %s", s, got)
		}
		if _, start, _ := strings.Cut(s, ";"); got.Kind == Recurrence && got.Start().String() != start {
			t.Errorf("%s starts in %q", s, got.Start())
		}
	}
}

func TestWhatIsNoWindowIsRefused(t *testing.T) {
	for name, s := range map[string]string{
		"nothing": "", "words": "next spring", "month 13": "2027-13", "no such day": "2027-13-45", "29 February of a common year": "2027-02-29",
		"the year 0": "0000", "five figures": "12027", "a sign": "-027", "a space after": "2027 ", "a line after": "2027\n", "a quarter": "2027-Q1",
		"small letters": "now", "asap": "Asap", "more after it": "NOW!", "an event without a name": "event:", "a name of spaces": "event:  ",
		"a space before a name": "event: summit", "a name with a line break": "event:a\nb", "a name with a hidden sign": "event:a\u200bb", "broken UTF-8": "event:a\xff",
		"a duration of nothing": "P0Y", "no number": "PY", "a negative number": "P-1Y", "a zero before": "P05Y", "an unknown unit": "P5X", "a time": "PT5H",
		"two units": "P1Y6M", "a fraction": "P0.5Y", "too long a time": "P10000Y", "far too long": "P99999999999999999999Y", "P alone": "P",
		"a recurrence of nothing": "R/P0Y", "no period": "R/", "a number of times": "R5/P2Y", "R alone": "R", "a start that is missing": "R/P2Y;",
		"a start that is none": "R/P2Y;soon", "a start that recurs": "R/P2Y;R/P1Y", "two starts": "R/P2Y;2026;2027", "ISO's place of the start": "R/2026-01-01/P2Y",
		"half an interval": "2027-01-01/", "the other half": "/2027-06-30", "an interval of years": "2027/2028", "three days": "2027-01-01/2027-02-01/2027-03-01",
		"an interval by its length": "2027-01-01/P6M", "an interval backwards": "2027-06-30/2027-01-01", "a start backwards": "R/P1Y;2026-06-30/2026-01-01",
		"a long name": "event:" + strings.Repeat("x", 95), "a long text": strings.Repeat("2027", 10000),
	} {
		w, err := ParseWindow(s)
		if fault.KindOf(err) != fault.Invalid || !w.IsZero() {
			t.Errorf("%s, %.40q, is read as %+v, %v", name, s, w, err)
		} else if len(err.Error()) > 400 {
			t.Errorf("%s: the error has %d bytes", name, len(err.Error()))
		}
	}
}

func TestARefusalSaysWhatIsWrong(t *testing.T) {
	for s, want := range map[string]string{
		"2027-06-30/2027-01-01":   `the deadline "2027-06-30/2027-01-01" ends before it begins`,
		strings.Repeat("会", 101):  "the value of a deadline has 101 characters, which may be 100 at most",
		strings.Repeat("y", 2000): "the value of a deadline has 2000 characters, which may be 100 at most",
	} {
		if _, err := ParseWindow(s); fault.Sentence(err) != want {
			t.Errorf("%.40q: %v", s, err)
		}
	}
	if w, err := ParseWindow("event:" + strings.Repeat("会", 94)); err != nil || w.Kind != Event {
		t.Errorf("100 characters are refused: %v", err)
	}
}

func TestFirstAndLastDays(t *testing.T) {
	for _, c := range []struct{ value, first, last, fromAdoption string }{
		{"2025", "2025-01-01", "2025-12-31", "2025-12-31"},
		{"0001", "0001-01-01", "0001-12-31", "0001-12-31"},
		{"9999", "9999-01-01", "9999-12-31", "9999-12-31"},
		{"2025-06", "2025-06-01", "2025-06-30", "2025-06-30"},
		{"2025-12", "2025-12-01", "2025-12-31", "2025-12-31"},
		{"2027-02", "2027-02-01", "2027-02-28", "2027-02-28"},
		{"2028-02", "2028-02-01", "2028-02-29", "2028-02-29"},
		{"1900-02", "1900-02-01", "1900-02-28", "1900-02-28"},
		{"2000-02", "2000-02-01", "2000-02-29", "2000-02-29"},
		{"2027-12-31", "2027-12-31", "2027-12-31", "2027-12-31"},
		{"2027-01-01/2027-06-30", "2027-01-01", "2027-06-30", "2027-06-30"},
		{"2026-01-01/2030-12-31", "2026-01-01", "2030-12-31", "2030-12-31"},
		{"P5Y", "", "", "2029-01-31"}, // adopted on 31 January 2024
		{"P1M", "", "", "2024-02-29"},
		{"P13M", "", "", "2025-02-28"},
		{"P2W", "", "", "2024-02-14"},
		{"P30D", "", "", "2024-03-01"}, // 31 January, 29 days of February, 1 March
		{"P9999Y", "", "", ""},
		{"R/P2Y", "", "", ""},
		{"R/P2Y;2026", "2026-01-01", "", ""},
		{"R/P2Y;2026-09-15", "2026-09-15", "", ""},
		{"NOW", "", "", ""}, {"ASAP", "", "", ""}, {"event:next-summit", "", "", ""},
	} {
		w := window(t, c.value)
		first, hasFirst := w.FirstDay()
		last, hasLast := w.LastDay()
		from, hasFrom := w.LastDayFrom(day(t, "2024-01-31"))
		if first.String() != c.first || last.String() != c.last || from.String() != c.fromAdoption {
			t.Errorf("%s: first %q, last %q, from the adoption %q", c.value, first, last, from)
		}
		if hasFirst != (c.first != "") || hasLast != (c.last != "") || hasFrom != (c.fromAdoption != "") {
			t.Errorf("%s: first %t, last %t, from the adoption %t", c.value, hasFirst, hasLast, hasFrom)
		}
	}
	if d, ok := window(t, "P5Y").LastDayFrom(Day{}); ok || !d.IsZero() {
		t.Errorf("five years from no day is %q", d)
	}
	if d, ok := window(t, "2025").LastDayFrom(Day{}); !ok || d != day(t, "2025-12-31") {
		t.Errorf("a year does not need the adoption: %q", d)
	}
	if _, ok := (Window{}).LastDay(); ok {
		t.Error("no deadline has a last day")
	}
}

// anyWindow makes a valid window of any kind.
func anyWindow(r *rand.Rand) Window {
	every := Period{1 + r.IntN(9999), units[r.IntN(len(units))].unit}
	switch r.IntN(6) {
	case 0:
		return Window{Kind: []Kind{Now, Soon}[r.IntN(2)]}
	case 1:
		return Window{Kind: Event, Event: []string{"next-summit", "summit-3", "the great flood", "下次峰会"}[r.IntN(4)]}
	case 2:
		return Window{Kind: Duration, Every: every}
	case 3:
		return Window{Kind: Recurrence, Every: every}
	case 4:
		s := anyDays(r)
		return Window{Kind: Recurrence, Every: every, Starts: s.Kind, From: s.From, To: s.To}
	}
	return anyDays(r)
}

// anyDays makes a year, month, day or interval, built by package time and not by the code under test.
func anyDays(r *rand.Rand) Window {
	year, month := 1+r.IntN(maxYear), time.Month(1+r.IntN(12))
	from := civil(year, month, 1+r.IntN(28))
	switch r.IntN(4) {
	case 0:
		return Window{Kind: Year, From: civil(year, 1, 1), To: civil(year, 12, 31)}
	case 1:
		end := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
		return Window{Kind: Month, From: civil(year, month, 1), To: civil(year, month, end)}
	case 2:
		return Window{Kind: Date, From: from, To: from}
	}
	return Window{Kind: Interval, From: from, To: dayNumber(min(maxDay, int64(from.n)+r.Int64N(1000)))}
}

func TestEveryWindowComesBackAsItWas(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	seen := map[Kind]bool{}
	for range 20000 {
		w := anyWindow(r)
		seen[w.Kind] = true
		back, err := ParseWindow(w.String())
		if err != nil || back != w {
			t.Fatalf("%+v is written %s and read as %+v, %v", w, w, back, err)
		}
		first, ok1 := w.FirstDay()
		last, ok2 := w.LastDay()
		if ok1 && ok2 && last.Before(first) {
			t.Fatalf("%s lasts from %s to %s", w, first, last)
		}
		adopted := anyDay(r)
		if last, ok := w.LastDayFrom(adopted); ok && w.Kind == Duration && !adopted.Before(last) {
			t.Fatalf("%s from %s ends on %s", w, adopted, last)
		}
	}
	if len(seen) != 9 {
		t.Errorf("only %d kinds were tried", len(seen))
	}
}

func TestWindowsInJSONAreOneString(t *testing.T) {
	type deadline struct {
		Text  string `json:"text"`
		Value Window `json:"value"`
	}
	for _, value := range []string{"2027", "2027-01-01/2027-06-30", "R/P2Y;2026", "event:next-summit", ""} {
		data := []byte(`{"text":"t","value":"` + value + `"}`)
		var d deadline
		if err := json.Unmarshal(data, &d); err != nil || d.Value.String() != value || d.Value.IsZero() != (value == "") {
			t.Errorf("%s is read as %+v, %v", data, d, err)
		}
		if back, err := json.Marshal(d); err != nil || string(back) != string(data) {
			t.Errorf("%s is written as %s, %v", data, back, err)
		}
	}
	d := deadline{Value: Window{Kind: Now}}
	if err := json.Unmarshal([]byte(`{"value":"2027-13"}`), &d); fault.KindOf(err) != fault.Invalid || !d.Value.IsZero() {
		t.Errorf("month 13 is read as %+v, %v", d, err)
	}
}

func TestAWindowMadeWrongIsNotWritten(t *testing.T) {
	some := day(t, "2027-06-15")
	for name, w := range map[string]Window{
		"an unknown kind": {Kind: "century"}, "a year without days": {Kind: Year}, "half a year as a year": {Kind: Year, From: day(t, "2027-01-01"), To: some},
		"a day and more": {Kind: Date, From: some, To: some.AddDays(1)}, "an interval backwards": {Kind: Interval, From: some, To: some.AddDays(-1)},
		"a duration without a unit": {Kind: Duration, Every: Period{N: 2}}, "a duration of nothing": {Kind: Duration, Every: Period{0, Years}},
		"a start that recurs": {Kind: Recurrence, Every: Period{1, Years}, Starts: Recurrence}, "an event without a name": {Kind: Event},
		"a name too much": {Kind: Now, Event: "summit"}, "days without a kind": {From: some, To: some},
	} {
		if text, err := w.MarshalText(); err == nil {
			t.Errorf("%s is written as %q", name, text)
		}
	}
}

func TestARecurrenceStartsInDaysThatAreNamed(t *testing.T) {
	for start, want := range map[string]string{
		"2026": "R/P2Y;2026", "2026-03": "R/P2Y;2026-03", "2026-03-01": "R/P2Y;2026-03-01", "2026-01-01/2026-06-30": "R/P2Y;2026-01-01/2026-06-30",
		"P1Y": "R/P2Y", "NOW": "R/P2Y", "event:the-summit": "R/P2Y", "R/P1Y;2026": "R/P2Y", // these name none
	} {
		got, ok := window(t, "R/P2Y").StartingIn(window(t, start))
		if got != window(t, want) || ok != (want != "R/P2Y") {
			t.Errorf("starting in %s it is %s, %v, want %s", start, got, ok, want)
		}
	}
	for _, value := range []string{"R/P2Y;2025", "2027", "P2Y"} {
		if got, ok := window(t, value).StartingIn(window(t, "2026")); ok || got != window(t, value) {
			t.Errorf("%s gets another start: %s", value, got)
		}
	}
}

func TestAWindowThatStandsInAProgramMustBeOne(t *testing.T) {
	if got := MustWindow("2027"); got != window(t, "2027") {
		t.Errorf("it is %s", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("a value that is none is taken")
		}
	}()
	MustWindow("next spring")
}

func FuzzParseWindow(f *testing.F) {
	for _, s := range []string{"2027", "2027-06", "2027-06-30", "2027-01-01/2027-06-30", "P5Y", "R/P2Y", "R/P2Y;2026", "R/P1Y;2026-01-01/2026-06-30",
		"NOW", "ASAP", "event:next-summit", "2027-13-45", "R/P0Y", "P99999999999999999999Y", "R/P2Y;", "/", "event:\xff"} {
		f.Add(s)
	}
	from, to := day(f, "2020-01-01"), day(f, "2020-12-31")
	f.Fuzz(func(t *testing.T, s string) {
		w, err := ParseWindow(s)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid || !w.IsZero() {
				t.Errorf("%q: %+v, %v", s, w, err)
			}
			return
		}
		if text, err := w.MarshalText(); err != nil || string(text) != s {
			t.Errorf("%q is written as %q, %v", s, text, err)
		}
		for _, o := range w.Occurrences(from, to) {
			if o.To.Before(o.From) || o.To.Before(from) || to.Before(o.From) {
				t.Errorf("%q has a time from %s to %s", s, o.From, o.To)
			}
		}
	})
}
