package extract_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"concord/commitment"
	"concord/commitment/extract"
	"concord/internal/check"
	"concord/internal/check/pace"
	"concord/statement"
)

// noted reads what the note of a coded text says of it: "adopted: 2026-05-14", "parties: KZ,UZ".
func noted(t *testing.T, path string) (opt extract.Options) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	note, _, _ := strings.Cut(string(data), "-- text --")
	for line := range strings.Lines(note) {
		if date, ok := strings.CutPrefix(line, "adopted: "); ok {
			opt.Adopted = strings.TrimSpace(date)
		}
		if codes, ok := strings.CutPrefix(line, "parties: "); ok {
			opt.Parties = strings.Split(strings.TrimSpace(codes), ",")
		}
	}
	return opt
}

// The texts of testdata/en and testdata/ru are invented. Half of them were set aside while the rules were written.
func TestEnglishTexts(t *testing.T) { testTexts(t, "en") }

func TestRussianTexts(t *testing.T) { testTexts(t, "ru") }

func testTexts(t *testing.T, base string) {
	paths, err := filepath.Glob("testdata/" + base + "/*.txtar")
	if err != nil || len(paths) < 6 {
		t.Fatalf("want at least six texts in testdata/%s, have %d (%v)", base, len(paths), err)
	}
	for _, path := range paths {
		c := readCodedText(t, path)
		t.Run(c.name, func(t *testing.T) {
			d, err := statement.Read(c.name+".txt", []byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			out := extract.Propose(d, noted(t, path))
			s := check.Compare(c.gold(t, d, out.Parties), nil, coded(d, out.Proposals))
			t.Log(s.Report())
			atLeast(t, "F1 of spans", s.F1(), 0.85)
			atLeast(t, "strength", s.Share(s.Strength), 0.90)
			atLeast(t, "actors", s.Share(s.Actor), 0.90)
			atLeast(t, "parties", s.Share(s.Parties), 0.90)
			if s.DeadlinesRight < s.Deadlines-1 {
				t.Errorf("%d of %d deadlines are read with the value expected", s.DeadlinesRight, s.Deadlines)
			}
		})
	}
}

// sentences are single sentences with what must come of them: the strength and words of each commitment, in order.
func TestSentences(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"agree to act", "The Parties agreed to open a joint centre.", []string{"5 The Parties agreed to open a joint centre"}},
		{"agree with a view", "The Parties agreed with the view that peace matters.", nil},
		{"agree that it is so", "The Parties agreed that trade is important.", nil},
		{"agree that it shall be", "The Parties agreed that a joint centre will be opened.", []string{"5 a joint centre will be opened"}},
		{"welcome and agree", "The Parties welcomed the fair and agreed to hold it again.", []string{"5 agreed to hold it again"}},
		{"past of another meeting", "At their previous meeting the Parties agreed to open a centre.", nil},
		{"support caps", "The Parties agreed to support small firms.", []string{"2 The Parties agreed to support small firms"}},
		{"study lowers", "The Parties will study a free trade area.", []string{"1 The Parties will study a free trade area"}},
		{"decided study", "The Parties decided to conduct a feasibility study of the tunnel.", []string{"5 The Parties decided to conduct a feasibility study of the tunnel"}},
		{"several goals", "The Parties will build a bridge, modernise the ferry and lower the tolls.",
			[]string{"4 The Parties will build a bridge", "4 modernise the ferry", "4 lower the tolls"}},
		{"one goal of fields", "The Parties will develop cooperation in trade, transport and tourism.",
			[]string{"4 The Parties will develop cooperation in trade, transport and tourism"}},
		{"two verbs of one object", "The Parties will draft and sign a protocol.", []string{"4 The Parties will draft and sign a protocol"}},
		{"purpose tail", "The Parties will open a hotline in order to prevent incidents.", []string{"4 The Parties will open a hotline"}},
		{"undertaking not to", "The Parties undertake not to raise duties.", []string{"4 The Parties undertake not to raise duties"}},
		{"prediction", "The next summit will be held in Astana.", nil},
		{"a bank", "The World Bank will provide a loan for the road.", nil},
		{"bare reaffirmation", "The Parties reaffirmed their commitment to multilateralism.", nil},
		{"reaffirmation with a figure", "The Parties reaffirmed their commitment to cut losses by 20 per cent.",
			[]string{"4 The Parties reaffirmed their commitment to cut losses by 20 per cent"}},
		{"договорились", "Стороны договорились открыть совместный центр.", []string{"5 Стороны договорились открыть совместный центр"}},
		{"договор", "Стороны высоко оценили Договор о дружбе.", nil},
		{"согласились с тем, что", "Стороны согласились с тем, что торговля важна.", nil},
		{"приветствуют и договорились", "Стороны приветствовали открытие выставки и договорились проводить её ежегодно.",
			[]string{"5 договорились проводить её ежегодно"}},
		{"будущее совершенное", "Стороны обеспечат безопасность перевозок.", []string{"4 Стороны обеспечат безопасность перевозок"}},
		{"содействие ограничивает", "Стороны будут содействовать малому бизнесу.", []string{"2 Стороны будут содействовать малому бизнесу"}},
		{"изучение понижает", "Стороны договорились изучить возможность отмены виз.", []string{"1 Стороны договорились изучить возможность отмены виз"}},
		{"несколько целей", "Стороны намерены построить мост, обновить паром и снизить сборы.",
			[]string{"3 Стороны намерены построить мост", "3 обновить паром", "3 снизить сборы"}},
		{"цель отсекается", "Стороны откроют горячую линию в целях предотвращения инцидентов.", []string{"4 Стороны откроют горячую линию"}},
		{"обязуются не", "Стороны обязуются не повышать пошлины.", []string{"4 Стороны обязуются не повышать пошлины"}},
		{"предсказание", "Следующая встреча состоится в Астане.", nil},
		{"чужое обязательство", "Всемирный банк выделит кредит на дорогу.", nil},
		{"поручение", "Министерствам иностранных дел поручено подготовить план.", []string{"5 Министерствам иностранных дел поручено подготовить план"}},
		{"прошлая встреча", "На предыдущей встрече стороны договорились открыть центр.", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := document(t, test.text)
			var got []string
			for _, p := range extract.Propose(d, extract.Options{Adopted: "2026-01-01", Parties: []string{"KZ", "UZ"}}).Proposals {
				got = append(got, string(rune('0'+p.Strength))+" "+d.Reading[p.Start:p.End])
			}
			if strings.Join(got, "\n") != strings.Join(test.want, "\n") {
				t.Errorf("%s\nread %q\nwant %q", test.text, got, test.want)
			}
		})
	}
}

// document makes one sentence the first clause of a joint statement.
func document(t testing.TB, sentence string) *statement.Document {
	t.Helper()
	title := "Joint Statement\n\n1. The Parties met.\n\n2. "
	if strings.ContainsAny(sentence, "аеио") {
		title = "Совместное заявление\n\n1. Стороны провели встречу.\n\n2. "
	}
	d, err := statement.Read("sentence.txt", []byte(title+sentence+"\n"))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Whatever text comes, spans lie in the text in order and nothing panics.
func FuzzExtractInEveryLanguage(f *testing.F) {
	for _, base := range []string{"en", "ru", "zh"} {
		paths, _ := filepath.Glob("testdata/" + base + "/*.txtar")
		for _, path := range paths {
			if data, err := os.ReadFile(path); err == nil {
				f.Add(string(data))
			}
		}
	}
	f.Add("We will, and that; agreed to: by — of the\n- to\n(a) and")
	f.Add("Стороны будут, что и; договорились: о\n- к тому, чтобы\n1) и")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := statement.Read("fuzz.txt", []byte(text))
		if err != nil {
			t.Skip()
		}
		for _, language := range []statement.Language{"en", "ru", "zh-Hans"} {
			d.Language = language
			pace.Hold(t, pace.Generous, len(d.Reading), func() { extract.Propose(d, extract.Options{}) })
			holdsSpans(t, d, extract.Propose(d, extract.Options{Adopted: "2026-01-01"}))
		}
	})
}

func holdsSpans(t *testing.T, d *statement.Document, x extract.Extraction) {
	t.Helper()
	for _, p := range x.Proposals {
		if p.Start < 0 || p.End > len(d.Reading) || p.Start >= p.End {
			t.Errorf("proposal %d-%d in a text of %d bytes", p.Start, p.End, len(d.Reading))
		}
		if p.Strength < commitment.Explore || p.Strength > commitment.Decide || p.Rule == "" || p.Cue == "" {
			t.Errorf("proposal without strength, rule or cue: %+v", p)
		}
	}
	for _, p := range x.Passed {
		if p.Start < 0 || p.End > len(d.Reading) || p.Start >= p.End || p.Reason == "" {
			t.Errorf("passage %d-%d %q in a text of %d bytes", p.Start, p.End, p.Reason, len(d.Reading))
		}
	}
}

// Treaties and resolutions of other hands are read without complaint.
func TestSharedEnglishTexts(t *testing.T) {
	paths, _ := filepath.Glob("../../../shared/texts/*/*.txt")
	if len(paths) == 0 {
		t.Skip("the texts of ../shared are not here")
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		d, err := statement.Read(filepath.Base(path), data)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		holdsSpans(t, d, extract.Propose(d, extract.Options{}))
	}
}

// The same text gives the same extraction, from many goroutines too.
func TestExtractFromManyGoroutines(t *testing.T) {
	d := document(t, "The Parties agreed to open a centre by 2030, and the Kazakh side will finance it.")
	opt := extract.Options{Parties: []string{"KZ", "UZ"}}
	want := extract.Propose(d, opt)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				got := extract.Propose(d, opt)
				if len(got.Proposals) != len(want.Proposals) || len(want.Proposals) != 2 {
					t.Errorf("read %d proposals, want 2", len(got.Proposals))
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkExtractEnglish(b *testing.B) { benchmarkTexts(b, "en") }

func BenchmarkExtractRussian(b *testing.B) { benchmarkTexts(b, "ru") }

// benchmarkTexts measures Propose alone, on all texts of a language in one document.
func benchmarkTexts(b *testing.B, base string) {
	paths, _ := filepath.Glob("testdata/" + base + "/*.txtar")
	var all strings.Builder
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		_, rest, _ := strings.Cut(string(data), "-- text --\n")
		text, _, _ := strings.Cut(rest, "-- commitments --")
		all.WriteString(text)
	}
	d, err := statement.Read("all.txt", []byte(all.String()))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(d.Reading)))
	for b.Loop() {
		extract.Propose(d, extract.Options{})
	}
}

// Parties that the title does not name are known by what they say.
func TestPartiesBySpeech(t *testing.T) {
	tests := []struct {
		name, text, want string
	}{
		{"a side", "The Kazakh side will finance the road.", "KZ"},
		{"names before their verb", "Denmark and Latvia promise to lend ships.", "DK,LV"},
		{"a time between", "Узбекистан в 2026 году проведёт фестиваль.", "UZ"},
		{"a name that says nothing", "The Parties agreed to open a road to Mongolia.", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			x := extract.Propose(document(t, test.text), extract.Options{Adopted: "2026-01-01"})
			var bound []string
			for _, p := range x.Proposals {
				bound = append(bound, p.Actor.Parties...)
			}
			if got := strings.Join(bound, ","); test.want != "" && got != test.want {
				t.Errorf("%s binds %q, want %q", test.text, got, test.want)
			}
			if test.want == "" && len(x.Proposals) != 1 {
				t.Errorf("%d proposals, want one", len(x.Proposals))
			}
		})
	}
}

// A resolution is an act of the organ that opens it; what it asks of its secretariat is a task, what it asks of others a
// call.
func TestResolution(t *testing.T) {
	text := "Resolution on roads\n\nThe General Assembly,\n\nRecalling its earlier resolutions,\n\n1. Decides to convene a conference in 2027;\n\n" +
		"2. Requests the Secretary-General to report on it;\n\n3. Calls upon all donors to contribute.\n"
	d, err := statement.Read("resolution.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range extract.Propose(d, extract.Options{Adopted: "2026-01-01", Parties: []string{"KZ"}}).Proposals {
		got = append(got, string(rune('0'+p.Strength))+" "+string(p.Actor.Kind)+" "+p.Actor.Text)
	}
	want := "5 organ The General Assembly\n5 organ the Secretary-General\n2 organ The General Assembly"
	if strings.Join(got, "\n") != want {
		t.Errorf("read\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
}
