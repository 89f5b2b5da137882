package statement

import (
	"strings"
	"testing"
)

// Outlines as texts of many offices write them. Ids are the text's own numbers, so that a clause can be looked up on
// paper, and are the same whatever script the numbers are in.
func TestOutlines(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"three Chinese levels: 一、 then （一） then 1.",
			"一、经济合作\n（一）贸易\n1. 各方将扩大贸易。\n2. 各方将降低关税。\n（二）投资\n1. 各方将扩大投资。\n二、安全合作\n（一）各方将加强对话。",
			"1 1.1 1.1.1 1.1.2 1.2 1.2.1 2 2.1"},
		{"Chinese points in circles under parentheses",
			"一、各方同意：\n（一）在贸易方面：\n①扩大进口；\n②扩大出口。\n（二）在投资方面：\n①保护投资。\n二、各方感谢东道国。",
			"1 1.1 1.1.1 1.1.2 1.2 1.2.1 2"},
		{"Cyrillic letters under numbers, again under each",
			"1. Стороны будут:\nа) строить дороги;\nб) открывать границы;\nв) обмениваться опытом.\n2. Стороны обязуются:\nа) встречаться;\nб) отчитываться.",
			"1 1.1 1.2 1.3 2 2.1 2.2"},
		{"Cyrillic letters leave out ё and й",
			"1. Стороны будут:\nд) строить;\nе) открывать;\nж) учить;\nз) лечить;\nи) писать;\nк) читать.\n2. Стороны благодарят.",
			"1 1.1 1.2 1.3 1.4 1.5 1.6 2"},
		{"dashes under letters under numbers",
			"1. We will:\n(a) build:\n- roads;\n- bridges;\n(b) rest.\n2. We thank.",
			"1 1.1 1.1.1 1.1.2 1.2 2"},
		{"roman points under letters, again under each letter",
			"1. We will:\n(a) build:\n(i) roads;\n(ii) bridges;\n(b) open:\n(i) borders;\n(ii) markets.\n2. We thank.",
			"1 1.1 1.1.1 1.1.2 1.2 1.2.1 1.2.2 2"},
		{"decimals three deep",
			"1. Trade.\n1.1 Goods.\n1.1.1 We will sell.\n1.1.2 We will buy.\n1.2 Services.\n1.2.1 We will serve.\n2. Transport.\n2.1 We will build.",
			"1 1.1 1.1.1 1.1.2 1.2 1.2.1 2 2.1"},
		{"a clause of decimals that were never led in by their whole number",
			"4. We agree.\n4.1 We will meet.\n4.2 We will part.", "4 4.1 4.2"},
		{"a preamble before the first article",
			"The Parties,\nRecalling their friendship,\nHave agreed as follows:\nArticle 1\nWe trade.\nArticle 2\nWe build.", "0 1 2"},
		{"two further paragraphs of a clause without points", "1. We agree.\nWe are glad.\nWe say so.\n2. We rest.", "1 1.2 1.3 2"},
		{"a further paragraph of a clause with points", "1. We will:\n(a) build roads;\n(b) open borders.\nWe will report.\n2. We rest.", "1 1.1 1.2 1b 2"},
		{"an annex with points of its own", "1. We adopt.\n2. We thank.\nAnnex\n1. The plan is to:\n(a) build;\n(b) rest.\n2. The end.", "1 2 annex1 annex1.1 annex1.1.1 annex1.1.2 annex1.2"},
		{"annexes that bear letters", "1. We adopt.\n2. We thank.\nAnnex A\n1. The plan.\nAnnex B\n1. The rules.", "1 2 annex1 annex1.1 annex2 annex2.1"},
		{"three lists in a row", "1. One.\n2. Two.\n1. One.\n2. Two.\n1. One.\n2. Two.", "1 2 s2 s2.1 s2.2 s3 s3.1 s3.2"},
		{"headings without numbers between clauses that run on", "POLITICS\n1. We agree.\n2. We meet.\nTRADE\n3. We sell.\n4. We buy.", "1 2 3 4"},
		{"a list that begins at a number of its own", "7. We agree.\n8. We meet.\n9. We part.", "7 8 9"},
		{"a clause whose number is printed twice", "1. We agree.\n2. We meet.\n2. We part.\n3. We rest.", "1 2 s2 s2.2 s2.3"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := asSplit(c.text)
			if got := idsOf(d); got != c.want {
				t.Errorf("clauses %s, want %s", got, c.want)
			}
			if fault := unsound(d); fault != "" {
				t.Error(fault)
			}
		})
	}
}

// A statement of the same build in three languages has the same ids: a commitment can be cited across them.
func TestIdsAreTheSameInEveryLanguage(t *testing.T) {
	t.Parallel()
	const want = "0 1 2 2.1 2.2 2.3 3 4 4.1 4.2"
	for language, text := range map[string]string{
		"Chinese": "五方关于合作的联合声明\n各方举行会晤，并声明如下：\n一、各方认为合作重要。\n二、各方同意：\n——推进贸易；\n——促进投资；\n——扩大旅游。\n三、各方感谢东道国。\n四、各方将：\n（一）每年举行会议；\n（二）设立秘书处。",
		"Russian": "Совместное заявление пяти сторон\nСтороны провели встречу и заявляют следующее:\n1. Стороны считают сотрудничество важным.\n2. Стороны согласились:\n— развивать торговлю;\n— поощрять инвестиции;\n— расширять туризм.\n3. Стороны благодарят принимающую сторону.\n4. Стороны будут:\nа) ежегодно проводить встречи;\nб) учредят секретариат.",
		"English": "Joint statement of the five parties\nThe Parties met and declare as follows:\n1. The Parties hold cooperation important.\n2. The Parties agreed to:\n- develop trade;\n- promote investment;\n- expand tourism.\n3. The Parties thank the host.\n4. The Parties will:\n(a) meet every year;\n(b) establish a secretariat.",
	} {
		if got := idsOf(read(t, "text.txt", text)); got != want {
			t.Errorf("%s: clauses %s, want %s", language, got, want)
		}
	}
}

// Line ends, empty lines and spaces before numbers belong to the copy, not to the text.
func TestTheOutlineDoesNotDependOnLayout(t *testing.T) {
	t.Parallel()
	const text = "Joint statement of the five parties\nThe Parties met and declare as follows:\n1. The Parties agreed to:\n(a) build roads;\n(b) open borders.\n2. The Parties thank the host."
	want := idsOf(read(t, "a.txt", text))
	for name, copied := range map[string]string{
		"lines of Windows":          strings.ReplaceAll(text, "\n", "\r\n"),
		"empty lines between":       strings.ReplaceAll(text, "\n", "\n\n"),
		"indented":                  strings.ReplaceAll(text, "\n", "\n    "),
		"indented with tabs":        strings.ReplaceAll(text, "\n", "\n\t"),
		"ideographic indent":        strings.ReplaceAll(text, "\n", "\n　　"),
		"no-break space":            strings.ReplaceAll(text, ". ", ".\u00a0"),
		"a tab after numbers":       strings.NewReplacer("1. ", "1.\t", "2. ", "2.\t", "(a) ", "(a)\t", "(b) ", "(b)\t").Replace(text),
		"spaces at the end of line": strings.ReplaceAll(text, "\n", "  \n"),
		"ends with empty lines":     text + "\n\n\n",
		"form feeds between pages":  strings.Replace(text, "\n2.", "\n\f2.", 1),
		"bold marks of no width":    strings.ReplaceAll(text, "\n", "\n\u200b"),
	} {
		if got := idsOf(read(t, "a.txt", copied)); got != want {
			t.Errorf("%s: clauses %s, want %s", name, got, want)
		}
	}
}

// Where a number does not fit among its neighbours it is a word of the sentence, and the sentence stays whole.
func TestNumbersThatFitNowhere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"a section I without II", "1. We agree.\nI. Ivanov spoke.\n2. We rest.", "1 1.2 2"},
		{"an initial", "1. We agree.\nA. Smith spoke.\n2. We rest.", "1 1.2 2"},
		{"an initial in Russian", "1. Стороны согласились.\nА. Иванов выступил.\n2. Стороны благодарят.", "1 1.2 2"},
		{"the abbreviation of a town", "1. Стороны согласились.\nг. Бишкек примет встречу.\n2. Стороны благодарят.", "1 1.2 2"},
		{"an amount at the head of a line", "1. We agree.\n2.5 million people benefit.\n2. We rest.", "1 1.2 2"},
		{"a year and a stop", "1. We agree.\n2024. That was the year.\n2. We rest.", "1 1.2 2"},
	} {
		if got := idsOf(asSplit(c.text)); got != c.want {
			t.Errorf("%s: clauses %s, want %s", c.name, got, c.want)
		}
	}
}

// What a clause is called on screen is what is printed in the text.
func TestNumbersAsPrinted(t *testing.T) {
	t.Parallel()
	d := asSplit("第一章 总则\n第一条 各方同意：\n（一）交换信息；\n（二）互相协助。\n第二条 各方感谢。")
	for id, want := range map[string]string{"I": "第一章", "1": "第一条", "1.1": "（一）", "1.2": "（二）", "2": "第二条"} {
		if got := d.clauseNamed(t, id).Number; got != want {
			t.Errorf("clause %s is printed %q, want %q", id, got, want)
		}
	}
	for id, want := range map[string]string{"I": "", "1": "I", "1.1": "1", "2": "I"} {
		if got := d.clauseNamed(t, id).Parent; got != want {
			t.Errorf("clause %s lies in %q, want %q", id, got, want)
		}
	}
}

// Parts hold chapters, chapters hold articles, and the articles are known by their own numbers alone.
func TestArticlesLieInChaptersInParts(t *testing.T) {
	t.Parallel()
	d := asSplit("The Parties have agreed as follows:\nPart I\nChapter 1\nArticle 1\nWe agree.\nChapter 2\nArticle 2\nWe build.\n" +
		"Part II\nChapter 3\nArticle 3\nWe rest.\nAnnex I\n1. The plan.\n2. The end.")
	for id, want := range map[string][2]string{"1": {"Chapter 1", "Part I"}, "2": {"Chapter 2", "Part I"}, "3": {"Chapter 3", "Part II"}} {
		chapter := d.clauseNamed(t, d.clauseNamed(t, id).Parent)
		if part := d.clauseNamed(t, chapter.Parent); chapter.Number != want[0] || part.Number != want[1] || part.Parent != "" {
			t.Errorf("article %s lies in %q in %q in %q, want %v", id, chapter.Number, part.Number, part.Parent, want)
		}
	}
	if annex := d.clauseNamed(t, "annex1"); annex.Parent != "" {
		t.Errorf("the annex lies in %q", annex.Parent)
	}
}

// A chapeau governs the points below it only if it is no whole sentence.
func TestChapeaus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want bool
	}{
		{"1. We will:\n(a) build;\n(b) rest.\n2. We thank.", true},
		{"1. We decided on this.\n(a) We will build.\n(b) We will rest.\n2. We thank.", false},
		{"一、各方将：\n（一）建设；\n（二）休息。\n二、感谢。", true},
		{"一、各方作出决定。\n（一）各方将建设。\n（二）各方将休息。\n二、感谢。", false},
		{"1. We thank.\n2. We rest.", false},
	} {
		if got := asSplit(c.text).clauseNamed(t, "1").Chapeau; got != c.want {
			t.Errorf("%q: chapeau %v, want %v", c.text, got, c.want)
		}
	}
}

// A clause takes in everything below it and nothing of its neighbours.
func TestAClauseHoldsItsPoints(t *testing.T) {
	t.Parallel()
	d := asSplit("1. We will:\n(a) build roads;\n(b) open borders.\nWe will report.\n2. We rest.")
	for id, want := range map[string]string{
		"1": "1. We will:\n(a) build roads;\n(b) open borders.\nWe will report.", "1.1": "(a) build roads;", "1b": "We will report.", "2": "2. We rest.",
	} {
		if c := d.clauseNamed(t, id); d.Reading[c.Start:c.End] != want {
			t.Errorf("clause %s is %q, want %q", id, d.Reading[c.Start:c.End], want)
		}
	}
}

// Ids of further paragraphs count on after z as columns of a table do.
func TestLettersOfFurtherParagraphs(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for n := 1; n <= 2000; n++ {
		id := letters(n)
		if seen[id] {
			t.Fatalf("%d has the letters %s of an earlier one", n, id)
		}
		seen[id] = true
	}
	for n, want := range map[int]string{1: "a", 2: "b", 26: "z", 27: "aa", 28: "ab", 52: "az", 53: "ba", 702: "zz", 703: "aaa"} {
		if got := letters(n); got != want {
			t.Errorf("%d is %s, want %s", n, got, want)
		}
	}
}
