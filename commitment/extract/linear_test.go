package extract_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"concord/commitment"
	"concord/commitment/extract"
	"concord/internal/check/pace"
	"concord/internal/fault"
	"concord/statement"
)

// heads open a text in each language.
var heads = map[string]string{
	"en": "Joint statement\nThe Parties declare as follows:\n",
	"ru": "Совместное заявление\nСтороны заявляют о следующем:\n",
	"zh": "联合声明\n各方声明如下:\n",
}

// clauses puts words into the first clause of a text in a language, "en", "ru" or "zh".
func clauses(language, words string) string {
	return heads[language] + "1. " + words + ".\n2. The Parties will meet.\n3. The Parties will meet.\n"
}

// A sentence may be as long as whoever made the file likes: reading it takes time in proportion.
func TestProposingTakesTimeInProportion(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	many := strings.Repeat
	for name, words := range map[string]func(n int) string{
		"en verbs":        func(n int) string { return "The Parties will " + many("develop and expand trade, ", n) },
		"en to":           func(n int) string { return "The Parties agreed " + many("to develop trade ", n) },
		"en bare verbs":   func(n int) string { return "The Parties will " + many("develop, ", n) + "trade" },
		"en bare and":     func(n int) string { return "The Parties will " + many("develop and ", n) + "trade" },
		"en will":         func(n int) string { return many("The Parties will meet and ", n) },
		"en will2":        func(n int) string { return "The Parties " + many("will ", n) },
		"en actors":       func(n int) string { return many("the Parties ", n) + "will meet" },
		"en states":       func(n int) string { return many("Kazakhstan, Uzbekistan and ", n) + "will meet" },
		"en dates":        func(n int) string { return "The Parties will meet " + many("by 2030 ", n) },
		"en semis":        func(n int) string { return "The Parties will " + many("meet; ", n) },
		"en that":         func(n int) string { return "The Parties agreed " + many("that they will meet, and ", n) },
		"en commas":       func(n int) string { return "The Parties will meet" + many(", ", n) },
		"en words":        func(n int) string { return "The Parties will meet" + many(" word", n) },
		"en blanks":       func(n int) string { return "The Parties will meet" + many(" ", n) + "again" },
		"en blanks alone": func(n int) string { return "The Parties will meet.\n2. a" + many(" ", n) + "again" },
		"en in order":     func(n int) string { return "The Parties will " + many("work in order to develop ", n) },
		"en stops":        func(n int) string { return "The Parties will meet " + many(".", n) },
		"en points":       func(n int) string { return "The Parties will meet " + many("a.b.", n) },
		"en quotes":       func(n int) string { return "The Parties will meet" + many(".\"", n) },
		"en lists":        func(n int) string { return "The Parties will: " + many("(a) meet; ", n) },
		"en lists2":       func(n int) string { return "The Parties will: " + many("1) meet 2) talk ", n) },
		"en open":         func(n int) string { return "The Parties will meet " + many("(", n) },
		"en following":    func(n int) string { return many("The Parties agreed on the following: ", n) },
		"en adverbs":      func(n int) string { return "The Parties will " + many("jointly ", n) + "meet" },
		"en and":          func(n int) string { return "The Parties will " + many("and ", n) + "meet" },
		"en support":      func(n int) string { return "The Parties " + many("support ", n) + "meet" },
		"ru verbs": func(n int) string {
			return "Стороны будут " + many("развивать и расширять торговлю, ", n)
		},
		"ru o": func(n int) string {
			return "Стороны договорились " + many("о создании центра, ", n)
		},
		"ru chtoby": func(n int) string {
			return "Стороны договорились " + many("о том, чтобы создать, ", n)
		},
		"ru finite":    func(n int) string { return "Стороны " + many("обеспечат и ", n) },
		"ru actors":    func(n int) string { return many("Стороны ", n) + "встретятся" },
		"ru dates":     func(n int) string { return "Стороны встретятся " + many("в 2030 году ", n) },
		"ru adj":       func(n int) string { return "Стороны будут развивать " + many("новый ", n) },
		"zh verbs":     func(n int) string { return "各方将" + many("加强合作，", n) },
		"zh verbs2":    func(n int) string { return "各方将" + many("加强合作", n) },
		"zh verbs3":    func(n int) string { return "各方将" + many("加强、", n) },
		"zh cues":      func(n int) string { return "各方" + many("将", n) },
		"zh yuan":      func(n int) string { return many("各方愿加强合作，", n) },
		"zh actors":    func(n int) string { return many("各方", n) },
		"zh books":     func(n int) string { return "各方将签署" + many("《合作协定》", n) },
		"zh opens":     func(n int) string { return "各方将签署" + many("《", n) + "加强" },
		"zh in":        func(n int) string { return "各方将" + many("在合作框架下", n) + "加强" },
		"zh dates":     func(n int) string { return "各方将于" + many("2025年", n) + "加强" },
		"zh modifiers": func(n int) string { return "各方将" + many("共同", n) + "加强" },
		"zh join":      func(n int) string { return "各方将" + many("并", n) + "加强" },
		"zh through":   func(n int) string { return "各方将" + many("通过互访等形式，", n) + "加强" },
		"zh semis":     func(n int) string { return "各方将" + many("加强合作；", n) },
		"zh words":     func(n int) string { return "各方将加强" + many("啊", n) },
		"zh de":        func(n int) string { return "各方将加强" + many("举行的峰会", n) },
		"zh he":        func(n int) string { return "各方将加强" + many("和", n) },
		"zh sides":     func(n int) string { return many("哈方、乌方和", n) + "将加强合作" },
	} {
		t.Run(name, func(t *testing.T) {
			language := name[:2]
			read := func(n int) *statement.Document {
				d, err := statement.Read("x.txt", []byte(clauses(language, words(n))))
				if err != nil {
					t.Fatal(err)
				}
				d.Language = statement.Language(strings.Replace(language, "zh", "zh-Hans", 1))
				return d
			}
			if g := pace.Slowdown(read, func(d *statement.Document) { extract.Propose(d, extract.Options{Adopted: "2024-12-01"}) }); g > pace.Most {
				t.Errorf("one long sentence takes %.1f times as long as its eighth eight times", g)
			}
		})
	}
}

// A sentence beyond all measure is not read, and whoever reviews the text is told so; the others are read as ever.
func TestASentenceBeyondAllMeasureIsNamedAndNotRead(t *testing.T) {
	for language, words := range map[string]string{
		"en": "The Parties will meet" + strings.Repeat(" and talk", extract.MostSentence/8),
		"ru": "Стороны встретятся" + strings.Repeat(" и поговорят", extract.MostSentence/20),
		"zh": "各方将会晤" + strings.Repeat("并会谈", extract.MostSentence/9),
	} {
		t.Run(language, func(t *testing.T) {
			d, err := statement.Read("x.txt", []byte(clauses(language, words)))
			if err != nil {
				t.Fatal(err)
			}
			x := extract.Propose(d, extract.Options{})
			var long []string
			for _, p := range x.Passed {
				if p.Reason == commitment.TooLong {
					long = append(long, p.Clause)
				}
			}
			if strings.Join(long, " ") != "1" {
				t.Errorf("sentences of the clauses %q are named as too long, want that of 1", long)
			}
			for _, p := range x.Proposals {
				if p.Clause == "1" {
					t.Errorf("%q was read in the long sentence", p.Action)
				}
			}
		})
	}
}

// Whoever gives up is not kept waiting, however much is left to read.
func TestReadingEndsWithTheRequest(t *testing.T) {
	d, err := statement.Read("x.txt", []byte(clauses("en", strings.Repeat("The Parties will meet. ", 100_000))))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	x, err := extract.ProposeUnder(ctx, d, extract.Options{})
	if !errors.Is(err, context.Canceled) || len(x.Proposals) > 0 {
		t.Errorf("%d proposals and error %v, want none and the context's", len(x.Proposals), err)
	}
}

// A file that makes proposals without end is refused before they fill the memory.
func TestAFileOfEndlessPromisesIsRefused(t *testing.T) {
	d, err := statement.Read("x.txt", []byte(clauses("en", strings.Repeat("The Parties will meet. ", 3*commitment.MostRead))))
	if err != nil {
		t.Fatal(err)
	}
	x, err := extract.ProposeUnder(t.Context(), d, extract.Options{})
	if fault.KindOf(err) != fault.Invalid {
		t.Errorf("error %v, want invalid", err)
	}
	if n := len(x.Proposals) + len(x.Passed); n > commitment.MostRead+10 {
		t.Errorf("%d were read before it was refused", n)
	}
}
