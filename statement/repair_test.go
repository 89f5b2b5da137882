package statement

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// shared reads a file of the test material that lies beside the repository, or skips the test.
func shared(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile("../../shared/" + name)
	if err != nil {
		t.Skipf("the test material %s is not beside the repository", name)
	}
	return file
}

func read(t testing.TB, name, text string) *Document {
	t.Helper()
	d, err := Read(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The founding statement, damaged by a real conversion: every span that two coders marked must read as they repaired it,
// and lead back to where they marked it.
func TestFoundingStatementIsRepaired(t *testing.T) {
	d := read(t, "chengdu-2024.zh.txt", string(shared(t, "seeds/chengdu-2024.zh.txt")))
	original := []rune(d.Original)
	rows := bufio.NewScanner(strings.NewReader(string(shared(t, "gold/chengdu-2024.commitments.jsonl"))))
	n := 0
	for rows.Scan() {
		var row struct {
			Start, End int
			Span       string
			Reason     string
			Hans       string `json:"span_hans"`
		}
		if err := json.Unmarshal(rows.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		n++
		if strings.Contains(row.Reason, "furniture") {
			if !within(d.Edits, PageFurniture, Span{row.Start, row.End}) {
				t.Errorf("not told to be page furniture: %s", row.Hans)
			}
			continue
		}
		at := strings.Index(d.Reading, row.Hans)
		if at < 0 {
			t.Errorf("not in the reading: %s", row.Hans)
			continue
		}
		if got := d.Source(at, at+len(row.Hans)); got != (Span{row.Start, row.End}) {
			t.Errorf("%s comes from %v, want %d-%d", row.Hans, got, row.Start, row.End)
		}
		if got := d.Quote(at, at+len(row.Hans)); got != string(original[row.Start:row.End]) || got != row.Span {
			t.Errorf("quote is %s, want %s", got, row.Span)
		}
	}
	if n < 50 {
		t.Errorf("only %d rows", n)
	}
	if utf8.RuneCountInString(d.Reading) == 0 || d.Language.Base() != "zh" {
		t.Errorf("language %q", d.Language)
	}
}

// within says whether an edit of the kind takes in the span.
func within(edits []Edit, kind string, span Span) bool {
	return slices.ContainsFunc(edits, func(e Edit) bool { return e.Kind == kind && e.Start <= span.Start && span.End <= e.End })
}

// what lists the kinds of the edits with what they read, for comparison in tables.
func what(edits []Edit) string {
	var list []string
	for _, e := range edits {
		list = append(list, e.Kind+" "+strings.TrimSpace(e.Was)+"→"+e.Now)
	}
	return strings.Join(list, "; ")
}

func TestRepairs(t *testing.T) {
	for _, c := range []struct{ name, text, reading, edits string }{
		{"gloss with tone", "各方发表联(lián)合声明。", "各方发表联合声明。", "pinyin-gloss (lián)→"},
		{"gloss in wide brackets, schoolbook letters", "各方重申（shēn）关（ɡuān）切。", "各方重申关切。",
			"pinyin-gloss （shēn）→; pinyin-gloss （ɡuān）→"},
		{"gloss of a word", "各方发表联合(lián hé)声明。", "各方发表联合声明。", "pinyin-gloss (lián hé)→"},
		{"gloss that is repeated", "各方发表联(lian)(lian)合声明。", "各方发表联合声明。",
			"repeated-gloss (lian)→; repeated-gloss (lian)→"},
		{"gloss that is repeated in one bracket", "各方发表联(lian lian)合声明。", "各方发表联合声明。", "repeated-gloss (lian lian)→"},
		{"gloss without tone beside one with", "各方发(fā)表联(lian)合声明。", "各方发表联合声明。", "pinyin-gloss (fā)→; repeated-gloss (lian)→"},
		{"a single word in brackets that could be a gloss", "该国安(an)全合作继续推进。", "该国安(an)全合作继续推进。", ""},
		{"a reading of another character", "各方发(lián)表声明。", "各方发(lián)表声明。", ""},
		{"a gloss after a Traditional character", "中國-中亞外長第五次會晤聯(lián)合聲明(全文)", "中国-中亚外长第五次会晤联合声明(全文)",
			"traditional 國→国; traditional 亞→亚; traditional 長→长; traditional 會→会; traditional 聯→联; pinyin-gloss (lián)→; traditional 聲→声"},
		{"characters that their neighbours decide", "乾隆年間的著作記載著這條乾旱的商路，後於戰亂中湮滅，學者對此尚不瞭解。",
			"乾隆年间的著作记载着这条干旱的商路，后于战乱中湮灭，学者对此尚不了解。",
			"traditional 間→间; traditional 記載著這條乾→记载着这条干; traditional 後於戰亂→后于战乱; traditional 滅→灭; traditional 學→学; traditional 對→对; traditional 瞭→了"},
		{"doubled stops", "一、各方同意。。二、各方，，将合作、、发展。", "一、各方同意。二、各方，将合作、发展。",
			"doubled-punctuation 。→; doubled-punctuation ，→; doubled-punctuation 、→"},
		{"an ellipsis and a dash are no doubled signs", "各方……——各方...等等。。。", "各方……——各方...等等。。。", ""},
		{"a doubled dash, and a rule across the page", "各方同意————共同推进。\n————", "各方同意——共同推进。\n————", "doubled-punctuation ——→"},
		{"a lost dot in a name", "总统沙夫卡特?米尔济约耶夫出席。各方满意吗?各方满意。", "总统沙夫卡特·米尔济约耶夫出席。各方满意吗?各方满意。", "lost-sign ?→·"},
		{"a doubled full stop in Russian", "Стороны договорились.. Стороны подтвердили,, что готовы.", "Стороны договорились. Стороны подтвердили, что готовы.",
			"doubled-punctuation .→; doubled-punctuation ,→"},
		{"lost dash in Russian", "Саммит «Китай ? Центральная Азия» состоится в 2025 году.", "Саммит «Китай — Центральная Азия» состоится в 2025 году.", "lost-sign ?→—"},
		{"lost quotation marks in Russian", "Стороны (далее ?стороны форума?) договорились.", "Стороны (далее «стороны форума») договорились.", "lost-sign ?→«; lost-sign ?→»"},
		{"lost apostrophe in English", "The Parties welcome Kazakhstan?s initiative.", "The Parties welcome Kazakhstan’s initiative.", "lost-sign ?→’"},
		{"a question is a question", "What is to be done? The Parties will say.", "What is to be done? The Parties will say.", ""},
		{"spaces of typography", "от 1\u00a0декабря 2024\u202fгода", "от 1 декабря 2024 года", "space →\x20; space →\x20"},
		{"characters without width", "The co\u00adope\u200bration of the Parties", "The cooperation of the Parties", "invisible \u00ad→; invisible \u200b→"},
		{"a letter apart from its mark", "Сторонами выражен и\u0306 е\u0308 согласие", "Сторонами выражен й ё согласие", "composition и\u0306→й; composition е\u0308→ё"},
		{"Latin letters in Russian words", "Стoроны будут рaзвивать сотрудничество в рамках ШОС.", "Стороны будут развивать сотрудничество в рамках ШОС.", "look-alike o→о; look-alike a→а"},
		{"words of two scripts that are meant", "Стороны развивают IT-сектор, Wi-Fi и 5G-сети по линии ADB.", "Стороны развивают IT-сектор, Wi-Fi и 5G-сети по линии ADB.", ""},
		{"UTF-8 read as Windows-1252", "The Partiesâ€™ â€œroad mapâ€\u009d â€“ in full", "The Parties’ “road map” – in full",
			"mojibake â€™→’; mojibake â€œ→“; mojibake â€\u009d→”; mojibake â€“→–"},
		{"UTF-8 read as Windows-1251", "Стороны вЂ“ участники", "Стороны – участники", "mojibake вЂ“→–"},
		{"quotation marks after capitals are no such damage", "Группа «В» и “…BMGÝ” we “ÖZARA”", "Группа «В» и “…BMGÝ” we “ÖZARA”", ""},
		{"a word broken at the line's end", "The Parties will hold follow-\nup meetings.", "The Parties will hold follow-\nup meetings.", ""},
		{"a word broken at the line's end that the text has whole", "Regional cooperation matters. The Parties will deepen coo-\nperation in trade.",
			"Regional cooperation matters. The Parties will deepen cooperation in trade.", "hyphenation -→"},
		{"a hyphen at the end of a line that is not full", "Charges on con-\ntractual printing.\nThe contractual staff of the Secretariat shall be paid as before.",
			"Charges on con-\ntractual printing.\nThe contractual staff of the Secretariat shall be paid as before.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, "text.txt", c.text)
			if d.Reading != c.reading {
				t.Errorf("reads\n %s, want\n %s", d.Reading, c.reading)
			}
			if got := what(d.Edits); got != c.edits {
				t.Errorf("edits\n %s, want\n %s", got, c.edits)
			}
			checkEdits(t, d)
		})
	}
}

func TestPageFurniture(t *testing.T) {
	page := strings.Repeat("The Parties agreed to continue their cooperation in this field in the coming year. ", 8)
	for _, c := range []struct{ name, text, reading string }{
		{"English page", "Home > News > Statements\nJoint Statement\n1. The Parties agreed.\nShare\nRead more: Another summit\n© 2024 Ministry\n",
			"Joint Statement\n1. The Parties agreed.\n"},
		{"Russian page", "Главная » Новости\nСовместное заявление\nПоделиться\n1. Стороны договорились.\nИсточник: пресс-служба\nВсе права защищены",
			"Совместное заявление\n1. Стороны договорились."},
		{"numbers and heads of pages", "REPORT 7\n" + page + "\n1\nREPORT 7\n" + page + "\n2\nREPORT 7\n" + page + "\n3\n",
			page + "\n" + page + "\n" + page + "\n"},
		{"numbers in a table stay", "Share of trade\n1\nChina\n2\nKazakhstan\n3\nUzbekistan\nThe Parties agreed.\n", "Share of trade\n1\nChina\n2\nKazakhstan\n3\nUzbekistan\nThe Parties agreed.\n"},
		{"nothing but furniture stays", "Share\nPrint\n", "Share\nPrint\n"},
		{"a sentence that begins like furniture stays", "来源:各方资金,\n各方同意。\nPrint media of the Parties will cooperate.\n", "来源:各方资金,\n各方同意。\nPrint media of the Parties will cooperate.\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, "page.txt", c.text)
			if d.Reading != c.reading {
				t.Errorf("reads %q, want %q", d.Reading, c.reading)
			}
			checkEdits(t, d)
		})
	}
}

// Every text of the test material is somebody's clean copy: nothing in it is to be taken for damage but what is.
func TestCleanTextsOfOthersAreLeftAlone(t *testing.T) {
	for _, folder := range []string{"un-en", "summit", "udhr"} {
		shared(t, "texts/summit/weprotect-abu-dhabi-2015.en.txt")
		files, err := os.ReadDir("../../shared/texts/" + folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			d := read(t, file.Name(), string(shared(t, "texts/"+folder+"/"+file.Name())))
			checkEdits(t, d)
			for _, e := range d.Edits {
				if e.Kind != TraditionalScript && e.Kind != PlainSpace && e.Kind != Invisible && e.Kind != Composition {
					t.Errorf("%s: %s %q is read as %q", file.Name(), e.Kind, e.Was, e.Now)
				}
			}
		}
	}
}
