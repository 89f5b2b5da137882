package lang

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"concord/calendar"
	"concord/commitment"
	"concord/mechanism"
)

func TestPluralsFollowEachLanguage(t *testing.T) {
	for _, c := range []struct {
		tag  string
		n    int
		want string
	}{
		{"en", 0, "0 days"}, {"en", 1, "1 day"}, {"en", 21, "21 days"},
		{"ru", 1, "1 день"}, {"ru", 2, "2 дня"}, {"ru", 5, "5 дней"}, {"ru", 11, "11 дней"}, {"ru", 12, "12 дней"},
		{"ru", 21, "21 день"}, {"ru", 104, "104 дня"}, {"ru", 112, "112 дней"}, {"ru", 0, "0 дней"},
		{"zh", 1, "1 天"}, {"zh", 7, "7 天"},
	} {
		if got := in(c.tag).N("age.days", c.n); got != c.want {
			t.Errorf("%s, %d: %q, want %q", c.tag, c.n, got, c.want)
		}
	}
}

func TestDatesAreWrittenAsEachLanguageDoes(t *testing.T) {
	for _, c := range []struct{ tag, date, want string }{
		{"en", "2024-12-01", "1 December 2024"}, {"zh", "2024-12-01", "2024年12月1日"}, {"ru", "2024-12-01", "1 декабря 2024 г."},
		{"en", "2025-06", "June 2025"}, {"zh", "2025-06", "2025年6月"}, {"ru", "2025-06", "июнь 2025 г."},
		{"en", "2027", "2027"}, {"zh", "2027", "2027年"}, {"ru", "2027", "2027 г."}, {"en", "soon", "soon"},
	} {
		if got := in(c.tag).Date(c.date); got != c.want {
			t.Errorf("%s, %s: %q, want %q", c.tag, c.date, got, c.want)
		}
	}
}

// mustWindow reads the value of a deadline; an empty string is none.
func mustWindow(t *testing.T, value string) (w calendar.Window) {
	t.Helper()
	if err := w.UnmarshalText([]byte(value)); err != nil {
		t.Fatal(err)
	}
	return w
}

func TestDeadlinesAreSaidInWords(t *testing.T) {
	for _, c := range []struct{ value, en, zh, ru string }{
		{"NOW", "at once", "立即", "безотлагательно"},
		{"ASAP", "as soon as possible", "尽快", "в кратчайшие сроки"},
		{"2025", "2025", "2025年", "2025 г."},
		{"2025-06", "June 2025", "2025年6月", "июнь 2025 г."},
		{"2027-12-31", "by the end of 2027", "2027年底前", "до конца 2027 г."},
		{"2027-01-01/2027-06-30", "first half of 2027", "2027年上半年", "первое полугодие 2027 г."},
		{"2027-02-01/2027-03-15", "1 February 2027 to 15 March 2027", "2027年2月1日至2027年3月15日", "1 февраля 2027 г. — 15 марта 2027 г."},
		{"R/P2Y", "every 2 years", "每 2 年", "раз в 2 года"},
		{"R/P1Y", "every year", "每年", "ежегодно"},
		{"R/P2Y;2026", "every 2 years, from 2026", "2026年起每 2 年", "раз в 2 года, начиная с 2026 г."},
		{"P5Y", "within 5 years", "5 年内", "в течение 5 лет"},
		{"event:next meeting", "by the next meeting", "下次会议前", "к следующей встрече"},
		{"event:the great flood", "on the event “the great flood”", "以“the great flood”为准", "по событию «the great flood»"},
		{"R/P1M;2026-06-15", "every month, from 15 June 2026", "2026年6月15日起每月", "ежемесячно, начиная с 15 июня 2026 г."},
		{"R/P1Y;2026-01-01/2026-06-30", "every year, from 1 January 2026", "2026年1月1日起每年", "ежегодно, начиная с 1 января 2026 г."},
		{"", "", "", ""},
	} {
		for tag, want := range map[string]string{"en": c.en, "zh": c.zh, "ru": c.ru} {
			if got := in(tag).Deadline(mustWindow(t, c.value)); got != want {
				t.Errorf("%s in %s: %q, want %q", c.value, tag, got, want)
			}
		}
	}
}

func TestClockTimesNameTheirZones(t *testing.T) {
	almaty, beijing := mustZone(t, "Asia/Almaty"), mustZone(t, "Asia/Shanghai")
	at := time.Date(2026, 11, 21, 11, 5, 0, 0, time.UTC)
	if got := in("en").At(at, almaty, beijing); got != "21 November 2026, 16:05 (UTC+5) · 19:05 (UTC+8)" {
		t.Errorf("%q", got)
	}
	if got := in("en").Clock(at, time.UTC, mustZone(t, "Africa/Abidjan")); got != "11:05 (UTC)" {
		t.Errorf("one clock is shown twice: %q", got)
	}
	// Kazakhstan left UTC+6 on 1 March 2024.
	if got := in("ru").Clock(time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC), almaty, mustZone(t, "Asia/Kolkata")); got != "06:00 (UTC+6) · 05:30 (UTC+5:30)" {
		t.Errorf("%q", got)
	}
}

func mustZone(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func TestNumbersListsAndAges(t *testing.T) {
	en, zh, ru := in("en"), in("zh-Hans-CN"), in("ru")
	for got, want := range map[string]string{
		en.Number(1482): "1482", en.Number(1234567): "1\u202f234\u202f567", zh.Number(12345): "12,345", ru.Number(-10000): "−10\u202f000",
		en.List([]string{"A", "B", "C"}): "A, B and C", zh.List([]string{"甲", "乙", "丙"}): "甲、乙和丙", ru.List([]string{"А"}): "А",
		en.Ago(30 * time.Second): "just now", en.Ago(3 * time.Hour): "3 hours ago", ru.Ago(50 * 24 * time.Hour): "50 дней назад",
		en.InDays(40): "in 40 days", en.InDays(0): "today", en.InDays(-70): "2 months ago", zh.InDays(1): "1 天后",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestAnotherLanguageFallsBackVisibly(t *testing.T) {
	l := in("kk-KZ")
	if l.Tag != "en" || l.Fallback != "kk" || in("zh").Fallback != "" {
		t.Errorf("kk gives %s, fallback %q", l.Tag, l.Fallback)
	}
	if l.T("no.such.key") != "⟨no.such.key⟩" {
		t.Error("a missing key is not seen")
	}
}

func TestAllLanguagesHaveTheSameKeysFormsAndSlots(t *testing.T) {
	en := in("en")
	for _, l := range everything().All() {
		for key, m := range l.words {
			for _, other := range everything().All() {
				if !other.Has(key) {
					t.Errorf("%s has %s and %s has not", l.Tag, key, other.Tag)
				}
			}
			checkForms(t, l.Tag, key, m)
			if e := en.words[key]; e != nil && !dateKeys.MatchString(key) && !slices.Equal(slots(e), slots(m)) {
				t.Errorf("%s, %s: takes %v, in English %v", l.Tag, key, slots(m), slots(e))
			}
		}
	}
}

// forms are the plural forms that a counted message of each language must have.
var forms = map[string][]category{"en": {other, one}, "zh": {other}, "ru": {other, one, few, many}}

// checkForms demands one form, or all plural forms of the language.
func checkForms(t *testing.T, tag, key string, m *message) {
	var has []category
	for c := range m {
		if m[c].words != "" {
			has = append(has, category(c))
		}
	}
	if !slices.Equal(has, []category{plain}) && !slices.Equal(has, forms[tag]) {
		t.Errorf("%s: %s has the forms %d, want %d", tag, key, has, forms[tag])
	}
}

// dateKeys may leave out parts that a language does not write.
var dateKeys = regexp.MustCompile(`^date\.`)

var slot = regexp.MustCompile(`\{(\w+)\}`)

// slots are the places that a message has in any of its forms, but for {n}, which a form for one may leave out.
func slots(m *message) []string {
	var all []string
	for _, p := range m {
		for _, s := range slot.FindAllString(p.words, -1) {
			if s != "{n}" && !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	slices.Sort(all)
	return all
}

// keyInCode finds keys where Go or a template asks for them: T("a.b"), N("a.b").
var keyInCode = regexp.MustCompile(`\b[TN]\("([a-z][a-z0-9-]*(?:\.[a-z0-9-]+)*\.?)"( ?\+)?`)

// quoted finds any quoted key or beginning of one, for those that reach T by way of a variable.
var quoted = regexp.MustCompile(`"([a-z][a-z0-9-]*(?:\.[a-z0-9+-]+)*\.?)"`)

func TestEveryKeyIsThereAndUsed(t *testing.T) {
	code := spokenCode()
	en := in("en")
	for _, m := range keyInCode.FindAllStringSubmatch(code, -1) {
		if key := m[1]; m[2] == "" && !strings.HasSuffix(key, ".") && !en.Has(key) {
			t.Errorf("no words.txt has %s", key)
		}
	}
	used := map[string]bool{}
	for _, m := range quoted.FindAllStringSubmatch(code, -1) {
		used[m[1]] = true
	}
	for key := range en.words {
		if !used[key] && !usedByBeginning(used, key) {
			t.Errorf("nothing uses %s", key)
		}
	}
}

// usedByBeginning says whether code builds the key from a beginning such as "month.of." and the rest, or from the whole
// with an ending such as ".next".
func usedByBeginning(used map[string]bool, key string) bool {
	for i := range key {
		if key[i] == '.' && used[key[:i+1]] {
			return true
		}
	}
	return strings.HasSuffix(key, ".next") && usedByBeginning(used, strings.TrimSuffix(key, ".next"))
}

// spokenCode is the code of all folders that may ask for a key.
func spokenCode() string {
	var all strings.Builder
	for _, f := range folders() {
		for name, content := range f.files {
			if f.speaks() && !strings.HasSuffix(name, ".txt") {
				all.WriteString(content)
			}
		}
	}
	return all.String()
}

func TestEachKindOfActHasOneLineInTheRecord(t *testing.T) {
	kinds := map[string]bool{}
	for _, k := range mechanism.Kinds() {
		kinds[k.Name] = true
		if !in("en").Has("act." + k.Name) {
			t.Errorf("no words.txt has act.%s", k.Name)
		}
	}
	for key := range in("en").words {
		if name, ok := strings.CutPrefix(key, "act."); ok && strings.Contains(name, ".") && !kinds[name] {
			t.Errorf("%s: there is no such kind of act", key)
		}
	}
}

func TestEveryValueOfAVocabularyHasItsWordsAndNoOtherHas(t *testing.T) {
	kinds, bases, sources := values(commitment.ActorKinds()), values(commitment.Bases()), values(commitment.Sources())
	elements, states := values(commitment.Elements()), values(commitment.States())
	var strengths []string
	for _, s := range append(commitment.Strengths(), commitment.None) {
		strengths = append(strengths, strconv.Itoa(int(s)))
	}
	for prefix, vocabulary := range map[string][]string{
		"review.kind.": kinds, "commitments.kind.": kinds, "review.basis.": bases, "commitment.from.": sources, "review.from.": sources,
		"review.missing.": elements, "commitments.missing.": elements, "commitments.lacks.": elements,
		"review.state.": states, "commitments.state.short.": values([]commitment.State{commitment.Accepted, commitment.Summarized}),
		"commitments.field.": values(commitment.Fields()),
		"commitments.cell.":  values([]commitment.Binding{commitment.BindsIt, commitment.BindsNot, commitment.MayBindIt}),
		"commitment.by-":     values(commitment.Origins()), "strength.": append(strengths, "label"), "review.instrument.": commitment.Instruments(),
		"review.modifier.": commitment.Modifiers(), "review.reason.": append(commitment.Reasons(), commitment.TooLong, commitment.Undone),
	} {
		for _, value := range vocabulary {
			for _, l := range everything().All() {
				if key := prefix + value; !l.Has(key) || l.Tag != "en" && l.T(key) == in("en").T(key) {
					t.Errorf("%s is not said in %s", key, l.Tag)
				}
			}
		}
		for key := range in("en").words {
			if value, ok := strings.CutPrefix(key, prefix); ok && !slices.Contains(vocabulary, value) {
				t.Errorf("%s: there is no such value", key)
			}
		}
	}
}

// values are those of a vocabulary as keys have them.
func values[T ~string](vocabulary []T) []string {
	var list []string
	for _, v := range vocabulary {
		list = append(list, string(v))
	}
	return list
}

// FuzzDeadline holds that there are words for every value.
func FuzzDeadline(f *testing.F) {
	for _, seed := range []string{"2027", "2025-06", "2027-12-31", "2027-10-01/2027-12-31", "event:x", "R/P2W", "R/P2Y;2026", "P90D"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		w, err := calendar.ParseWindow(value)
		if err != nil {
			t.Skip()
		}
		for _, l := range everything().All() {
			if said := l.Deadline(w); said == "" || w.Kind != calendar.Event && strings.Contains(said, "⟨") {
				t.Errorf("%q in %s says nothing", value, l.Tag)
			}
		}
	})
}

func TestDaysInARowNameTheirMonthOnce(t *testing.T) {
	for _, c := range []struct{ tag, from, to, want string }{
		{"en", "2023-05-18", "2023-05-19", "18–19 May 2023"}, {"ru", "2023-05-18", "2023-05-19", "18–19 мая 2023 г."}, {"zh", "2023-05-18", "2023-05-19", "2023年5月18日至19日"},
		{"en", "2023-05-31", "2023-06-01", "31 May 2023 – 1 June 2023"}, {"en", "2023-05-18", "2023-05-18", "18 May 2023"}, {"ru", "2023-05-18", "", "18 мая 2023 г."}, {"en", "2023", "2024-01-05", "2023 – 5 January 2024"},
	} {
		if got := in(c.tag).Span(c.from, c.to); got != c.want {
			t.Errorf("%s: %s to %s is %q, want %q", c.tag, c.from, c.to, got, c.want)
		}
	}
}
