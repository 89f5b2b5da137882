package lexicon_test

import (
	"slices"
	"strings"
	"testing"

	"concord/calendar"
	"concord/internal/check/pace"
	"concord/lexicon"
)

// values are the deadlines that a lexicon finds in a sentence, with what they are worth for a text of that day.
func values(t *testing.T, base, text, adopted string) (all []string) {
	t.Helper()
	lexicon.For(base).Scan(text, func(h lexicon.Hit) {
		if h.Line.Kind != lexicon.Deadlines || h.Line.Class == "word" {
			return
		}
		value, err := lexicon.Fill(h.Line.Detail, h.Vars, lexicon.ReadAdoption(adopted))
		if err != nil {
			t.Errorf("%q: %v", text, err)
			return
		}
		if _, err := calendar.ParseWindow(value); err != nil {
			t.Errorf("%q is worth %q, which the calendar does not know: %v", text, value, err)
		}
		all = append(all, value)
	})
	return all
}

func TestDeadlinesAreFoundInEachLanguage(t *testing.T) {
	for _, c := range []struct{ base, text, want string }{
		{"en", "to open the line by the end of 2027", "2027-12-31"},
		{"en", "to meet in the first half of 2026", "2026-01-01/2026-06-30"},
		{"en", "to sign by 5 March 2026", "2026-03-05"},
		{"en", "to sign by March 5, 2026", "2026-03-05"},
		{"en", "to act as soon as possible", "ASAP"},
		{"zh", "各方将于2027年底前签署协定", "2027-12-31"},
		{"zh", "明年上半年签署协定", "2025-01-01/2025-06-30"},
		{"ru", "завершить до конца 2027 года", "2027-12-31"},
		{"ru", "в кратчайшие сроки", "ASAP"},
	} {
		if got := values(t, c.base, c.text, "2024-12-01"); !slices.Contains(got, c.want) {
			t.Errorf("%q has the deadlines %q, want %s", c.text, got, c.want)
		}
	}
}

func TestFiguresThatAreNoTimeAreNoDeadlines(t *testing.T) {
	for base, texts := range map[string][]string{
		"en": {"to lend 2027 books", "clause 5 of 12", "by 32 March 2026x"}, "zh": {"共2027册", "第五条"}, "ru": {"2027 книг", "пункт 5"},
	} {
		for _, text := range texts {
			if got := values(t, base, text, "2024-12-01"); len(got) > 0 {
				t.Errorf("%q has the deadlines %q", text, got)
			}
		}
	}
}

// What is found lies in the text, whatever the text is, and on the boundaries of characters.
func FuzzScan(f *testing.F) {
	for _, text := range []string{"各方商定明年上半年签署协定。", "The Parties agreed to meet by 5 March 2026.", "Стороны договорились до конца 2027 года", "\xff\xfe by the end of \xff", "二〇二七年", "by the end of 99999999999"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, base := range []string{"en", "ru", "zh"} {
			pace.Hold(t, pace.Generous, len(text), func() { lexicon.For(base).Scan(text, func(lexicon.Hit) {}) })
			last := 0
			lexicon.For(base).Scan(text, func(h lexicon.Hit) {
				if h.Start < last || h.End <= h.Start || h.End > len(text) {
					t.Fatalf("%s: %d to %d of %d, after %d", base, h.Start, h.End, len(text), last)
				}
				if h.Line == nil || !strings.HasPrefix(h.Line.Rule, base+"/") {
					t.Fatalf("%s: found by %+v", base, h.Line)
				}
				last = h.Start
			})
		}
	})
}

func TestALexiconLearnsTheNamesOfParties(t *testing.T) {
	lex := lexicon.For("en")
	own := lex.With([]lexicon.Party{{Code: "XA", Name: "Aldmark"}, {Code: "XB", Name: ""}, {Code: "XC", Name: "Kazakhstan"}, {Code: "XD", Name: "Do(rr"}})
	states := func(l *lexicon.Lexicon, text string) (codes []string) {
		l.Scan(text, func(h lexicon.Hit) {
			if h.Line.Kind == lexicon.States {
				codes = append(codes, h.Line.Class)
			}
		})
		return codes
	}
	const text = "Aldmark and Kazakhstan met with Do(rr."
	if got := states(own, text); !slices.Equal(got, []string{"XA", "KZ"}) {
		t.Errorf("found %v, want XA, and KZ by the name that it has already", got)
	}
	if got := states(lex, text); !slices.Equal(got, []string{"KZ"}) {
		t.Errorf("the lexicon itself has changed: it finds %v", got)
	}
	if lex.With(nil) != lex || lex.With([]lexicon.Party{{Code: "KZ", Name: "Kazakhstan"}}) != lex {
		t.Error("nothing new makes another lexicon")
	}
}

func TestWords(t *testing.T) {
	if got := lexicon.RestOfWord("озёра, реки", 0); got != len("озёра") {
		t.Errorf("the word ends at %d", got)
	}
	if got := lexicon.SkipSpaces(" \t\n\u00a0x", 0); got != len(" \t\n\u00a0") {
		t.Errorf("the spaces end at %d", got)
	}
	line := lexicon.Line{Detail: "past KZ UZ"}
	if !line.Has("past") || line.Has("pas") || line.Reason() != "past" || !slices.Equal(line.Codes(), []string{"KZ", "UZ"}) {
		t.Errorf("the detail is read as %q, %v", line.Reason(), line.Codes())
	}
	if lexicon.For("xx") != nil {
		t.Error("there is a lexicon of no language")
	}
}
