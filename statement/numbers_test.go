package statement

import (
	"strconv"
	"strings"
	"testing"
)

// A line's marker, whatever script it is in, is read as the unit that a reader of that script takes it for.
func TestMarkersOfClauses(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		line  string
		unit  unit
		value int
		text  string // the number as printed
		words string // what is left of the line
	}{
		{"1. The Parties agree.", numbered, 1, "1", "The Parties agree."},
		{"12) обмениваться сведениями;", numbered, 12, "12", "обмениваться сведениями;"},
		{"3、各方同意。", numbered, 3, "3", "各方同意。"},
		{"３．各方同意。", numbered, 3, "３", "各方同意。"},
		{"4.2 The Parties agree.", numbered, 2, "4.2", "The Parties agree."},
		{"4.2.1. Стороны договорились.", numbered, 1, "4.2.1", "Стороны договорились."},
		{"(7) The Parties agree.", numbered, 7, "(7)", "The Parties agree."},
		{"（七）各方同意。", numbered, 7, "（七）", "各方同意。"},
		{"（7）各方同意。", numbered, 7, "（7）", "各方同意。"},
		{"十一、各方同意。", numbered, 11, "十一", "各方同意。"},
		{"二十．各方同意。", numbered, 20, "二十", "各方同意。"},
		{"(a) build roads;", numbered, 1, "(a)", "build roads;"},
		{"(aa) build bridges;", numbered, 27, "(aa)", "build bridges;"},
		{"б) строить дороги;", numbered, 2, "б", "строить дороги;"},
		{"б. строить дороги;", numbered, 2, "б", "строить дороги;"},
		{"(iv) build roads;", numbered, 4, "(iv)", "build roads;"},
		{"XIV. TRANSPORT", numbered, 14, "XIV", "TRANSPORT"},
		{"Ⅲ. 交通运输", numbered, 3, "Ⅲ", "交通运输"},
		{"⑤扩大贸易；", numbered, 5, "⑤", "扩大贸易；"},
		{"⑿扩大贸易；", numbered, 12, "⑿", "扩大贸易；"},
		{"⒊扩大贸易；", numbered, 3, "⒊", "扩大贸易；"},
		{"- build roads;", dashed, 0, "-", "build roads;"},
		{"——推进贸易。", dashed, 0, "——", "推进贸易。"},
		{"• build roads;", dashed, 0, "•", "build roads;"},
		{"* build roads;", dashed, 0, "*", "build roads;"},
		{"Article 5", article, 5, "Article 5", ""},
		{"ARTICLE XII. Customs", article, 12, "ARTICLE XII", "Customs"},
		{"Art. 3 – Definitions", article, 3, "Art. 3", "Definitions"},
		{"Статья 10. Заключительные положения", article, 10, "Статья 10", "Заключительные положения"},
		{"第十二条 缔约各方同意合作。", article, 12, "第十二条", "缔约各方同意合作。"},
		{"第３条　缔约各方同意合作。", article, 3, "第３条", "缔约各方同意合作。"},
		{"Моддаи 7", article, 7, "Моддаи 7", ""},
		{"7-modda. Savdo", article, 7, "7-modda", "Savdo"},
		{"3 бап. Сауда", article, 3, "3 бап", "Сауда"},
		{"第二章 经贸合作", chapter, 2, "第二章", "经贸合作"},
		{"ГЛАВА IV", chapter, 4, "ГЛАВА IV", ""},
		{"Chapter 2: Trade", chapter, 2, "Chapter 2", "Trade"},
		{"Раздел 1", section, 1, "Раздел 1", ""},
		{"Part II", part, 2, "Part II", ""},
		{"第三部分 保障措施", part, 3, "第三部分", "保障措施"},
		{"Annex", annex, 0, "Annex", ""},
		{"Приложение № 2", annex, 2, "Приложение № 2", ""},
		{"附件一", annex, 1, "附件一", ""},
		{"Annex B", annex, 2, "Annex B", ""},
	} {
		m := readMarker(c.line)
		if m.unit != c.unit || m.value != c.value || m.text != c.text || c.line[m.size:] != c.words {
			t.Errorf("%q is unit %d, number %d (%q), then %q; want %d, %d (%q), then %q",
				c.line, m.unit, m.value, m.text, c.line[m.size:], c.unit, c.value, c.text, c.words)
		}
	}
}

// What begins like a number and is none: amounts, dates, years, names, emphasis, signs, words of the language.
func TestLinesWithoutMarker(t *testing.T) {
	t.Parallel()
	for _, line := range []string{
		"", "1", "0. nothing", "01. a code", "1000. beyond any clause", "2024年12月1日", "12:30 local time", "1,5 млрд", "5-летний план", "3D printing",
		"**emphasis**", "-5 °C", "- ", "----", "() empty", "(2024年) in brackets", "(the host) spoke", "(12 months) pass", "(2024) was dry", "（二〇二四）年度", "(0) none", "(abc) letters",
		"一带一路倡议", "十分重要的合作", "百年大计", "第一，各方同意。", "第三方市场合作", "第五条所述义务", "第五条和第六条", "第二章的规定",
		"Article by article", "Article 5 of the Charter", "Article 5, paragraph 2", "Article 5(2) applies", "Articles 5 and 6", "Статья 5 предусматривает",
		"Частью этого", "Annexed tables", "Annexes 1 and 2", "Partly", "Part of it", "Chapter and verse", "e.g. roads", "U.S. officials", "Mr. Smith", "ООН поддерживает", "IX century", "vivid. words", "i.e. roads",
	} {
		if m := readMarker(line); m.unit != unmarked {
			t.Errorf("%q is taken for unit %d, number %d (%q)", line, m.unit, m.value, m.text)
		}
	}
}

// han writes n below 1,000 as a Chinese text counts, by the grammar of the numerals and not by the reader under test.
func han(n int) string {
	digits := []rune("零一二三四五六七八九")
	var b strings.Builder
	hundreds, tens, ones := n/100, n/10%10, n%10
	if hundreds > 0 {
		b.WriteString(string(digits[hundreds]) + "百")
	}
	switch {
	case tens > 1 || tens == 1 && hundreds > 0:
		b.WriteString(string(digits[tens]) + "十")
	case tens == 1:
		b.WriteString("十")
	case hundreds > 0 && ones > 0:
		b.WriteString("零")
	}
	if ones > 0 {
		b.WriteRune(digits[ones])
	}
	return b.String()
}

func TestEveryChineseNumberOfAClauseIsRead(t *testing.T) {
	t.Parallel()
	for n := 1; n <= largestNumber; n++ {
		if m := readMarker(han(n) + "、各方同意。"); m.value != n || m.unit != numbered {
			t.Errorf("%s、 is %d, want %d", han(n), m.value, n)
		}
		if m := readMarker("第" + han(n) + "条 各方同意。"); m.value != n || m.unit != article {
			t.Errorf("第%s条 is %d, want %d", han(n), m.value, n)
		}
	}
}

// One and the same number in every way of writing it stands for the same clause: that is what makes ids equal across
// the languages of a text.
func TestNumbersAgreeAcrossScripts(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 20; n++ {
		arabic, wide := strconv.Itoa(n), ""
		for _, digit := range arabic {
			wide += string('０' + digit - '0')
		}
		for _, line := range []string{
			arabic + ". x", wide + "．x", "(" + arabic + ") x", han(n) + "、x", "（" + han(n) + "）x", string(rune('①'+n-1)) + "x",
			"(" + string(latinLetters[n-1]) + ") x", string([]rune(cyrillicLetters)[n-1]) + ") x", "Article " + romanNumeral(n), "Статья " + arabic, "第" + han(n) + "条 x",
		} {
			if m := readMarker(line); m.value != n {
				t.Errorf("%q is number %d, want %d", line, m.value, n)
			}
		}
	}
}

func TestAnEnormousNumberIsNoClause(t *testing.T) {
	t.Parallel()
	nines := strings.Repeat("9", 5000)
	for _, line := range []string{nines + ". x", "(" + nines + ") x", "Article " + nines, nines + "-modda", "第" + nines + "条", strings.Repeat("九", 5000) + "、x"} {
		if m := readMarker(line); m.unit != unmarked {
			t.Errorf("%.12q… is unit %d, number %d", line, m.unit, m.value)
		}
	}
}

// The words of the table of numbers are in the form in which lines are compared with them.
func TestNumberWordsAreUsable(t *testing.T) {
	t.Parallel()
	words := numberWords()
	for _, w := range append(append([]numberWord{}, words.before...), words.after...) {
		if w.unit == unmarked {
			t.Errorf("%q numbers no unit that there is", w.word)
		}
		if w.word != strings.ToLower(strings.TrimSpace(w.word)) {
			t.Errorf("%q is not in lower case without spaces around it", w.word)
		}
	}
	for i, w := range words.before { // the first that fits is taken
		for _, earlier := range words.before[:i] {
			if strings.HasPrefix(w.word, earlier.word) {
				t.Errorf("%q can never be read: %q stands before it", w.word, earlier.word)
			}
		}
	}
}
