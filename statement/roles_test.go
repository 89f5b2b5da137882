package statement

import (
	"strings"
	"testing"
)

// shape writes what each paragraph of a text is, a letter and a word each: T title, H heading, b body, c chapeau, p point,
// f furniture; then pre for preambular, op for operative, - for neither.
func shape(d *Document) string {
	letters := map[Role]string{Title: "T", Heading: "H", Body: "b", Chapeau: "c", Point: "p", Furniture: "f"}
	types := map[ParagraphType]string{Preambular: "pre", Operative: "op", Neither: "-"}
	var all []string
	for _, p := range d.Paragraphs {
		all = append(all, letters[p.Role]+types[p.Type])
	}
	return strings.Join(all, " ")
}

// What each line of a text does, told by how the offices of three languages write: titles, preambles, headings, clauses,
// points, closing formulas and signatures.
func TestWhatEachLineDoes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"a statement in English",
			"Joint Statement of the Five Parties\nThe Parties met in the capital and declare as follows:\n1. The Parties agreed to:\n(a) build roads;\n(b) open borders.\n2. The Parties thank the host.",
			"T- bpre cop pop pop bop"},
		{"a statement in Chinese",
			"五方联合声明\n各方举行会晤，并声明如下：\n一、各方将：\n——修建公路；\n——开放口岸。\n二、各方感谢东道国。",
			"T- bpre cop pop pop bop"},
		{"a statement in Russian",
			"Совместное заявление пяти сторон\nСтороны провели встречу и заявляют следующее:\n1. Стороны будут:\nа) строить дороги;\nб) открывать границы.\n2. Стороны благодарят.",
			"T- bpre cop pop pop bop"},
		{"a treaty with preamble, articles and signatures",
			"Agreement between A and B on Transport\nThe Parties,\nRecalling their friendship,\nHave agreed as follows:\nArticle 1\nThe Parties shall open crossings.\nArticle 2\nThis Agreement shall enter into force upon signature.\nDone at Bishkek on 22 June 1995 in two originals.\nFor the Government of A\nFor the Government of B",
			"T- bpre bpre bpre H- bop H- bop b- b- b-"},
		{"a treaty in Russian",
			"Соглашение о транспорте\nСтороны,\nисходя из дружбы,\nсогласились о нижеследующем:\nСтатья 1\nСтороны открывают пункты пропуска.\nСтатья 2\nНастоящее Соглашение вступает в силу со дня подписания.\nСовершено в городе Бишкеке 22 июня 1995 года в двух экземплярах.",
			"T- bpre bpre bpre H- bop H- bop b-"},
		{"headings between clauses that run on",
			"Joint Statement\nThe Parties met and declare as follows:\nPOLITICS\n1. The Parties agree to consult.\nTRADE\n2. The Parties agree to trade.",
			"T- bpre H- bop H- bop"},
	} {
		if got := shape(asSplit(c.text)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// A date on a line of its own closes a text; the same words in a sentence do not.
func TestDatesOnLinesOfTheirOwn(t *testing.T) {
	t.Parallel()
	for _, line := range []string{"22 December 2023", "1 декабря 2024 года", "1 декабря 2024 г.", "2024年12月1日", "二〇二四年十二月一日", "2024年12月1日于成都"} {
		if !dated(strings.ToLower(line)) {
			t.Errorf("%q is a date", line)
		}
	}
	for _, line := range []string{"", "2024", "December", "on 22 December 2023", "12 crossings 40000", "12月1日", "生日", "2024年", "2024年12月1日，各方在成都举行会晤并达成广泛共识，各方对此表示满意的纪念日"} {
		if dated(strings.ToLower(line)) {
			t.Errorf("%q is no date", line)
		}
	}
}

// A closing formula closes only at the end: clauses after it belong to the text.
func TestAClosingFormulaInTheMiddleClosesNothing(t *testing.T) {
	t.Parallel()
	d := asSplit("1. The Parties agree.\nDone at Bishkek on 22 June 1995 in two originals.\n2. The Parties trade.\n3. The Parties rest.")
	if got := idsOf(d); !strings.HasPrefix(got, "1 ") || !strings.HasSuffix(got, "2 3") {
		t.Errorf("clauses %s", got)
	}
	for _, p := range d.Paragraphs[2:] {
		if p.Type != Operative {
			t.Errorf("%q is %s", d.Reading[p.Start:p.End], p.Type)
		}
	}
}

// The width of a heading is what a reader sees: a Chinese character is as wide as two letters and says as much.
func TestBreadth(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"": 0, "Trade": 5, "贸易": 4, "贸易 Trade": 10, "Сауда": 5, "e\u0301": 2} {
		if got := breadth(text); got != want {
			t.Errorf("%q is %d wide, want %d", text, got, want)
		}
	}
}

// A cut never leaves half a character.
func TestHeadsEndAtCharacters(t *testing.T) {
	t.Parallel()
	const text = "aé各𠀀b"
	for n := 0; n <= len(text)+2; n++ {
		got := head(text, n)
		if len(got) > n || !strings.HasPrefix(text, got) || strings.ContainsRune(got, '\uFFFD') || n < len(text) && n-len(got) > 3 {
			t.Errorf("%d bytes of it are %q", n, got)
		}
	}
}
