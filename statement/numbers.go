package statement

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// unit is what a number or a dash at the head of a line makes of the line.
type unit uint8

const (
	unmarked unit = iota
	annex         // annex, appendix
	part          // part
	chapter       // chapter
	section       // section; a heading numbered I or A
	article       // article
	numbered      // 1. 1) (1) 一、 (一) (a) (iv) 4.1
	dashed        // a dash or bullet
)

// marker is a number, letter or dash read at the head of a line.
type marker struct {
	unit  unit
	form  string // how it is written, with 1, a, i, I, A or 一 for the number: siblings share it
	value int    // the number; 0 for a dash and for an annex without number
	path  []int  // all numbers of 4.1.2; nil for a plain number
	roman int    // the value of (i), (v), (c) ... read as a roman numeral, when form reads it as a letter
	text  string // as printed, without closing stop
	size  int    // bytes up to the words after it
}

// largestNumber is the largest number that is taken for the number of a clause: beyond it stand years.
const largestNumber = 999

type numberWord struct {
	unit unit
	word string
}

// numberWordsOf is the table of words that number units: those that stand before their number, and after it.
type numberWordsOf struct{ before, after []numberWord }

var numberWords = sync.OnceValue(func() numberWordsOf {
	units := map[string]unit{"annex": annex, "part": part, "chapter": chapter, "section": section, "article": article}
	var words numberWordsOf
	for _, row := range tableRows("paragraph-numbers.tsv", 3) {
		w := numberWord{unit: units[row[0]], word: row[2]}
		if row[1] == "before" {
			words.before = append(words.before, w)
		} else {
			words.after = append(words.after, w)
		}
	}
	return words
})

// tableRows gives the rows of a data file of tab-parted columns, without comments and empty lines; spaces in a column
// count. A row with another number of columns is left out; a test refuses such a table.
func tableRows(name string, columns int) [][]string {
	table, err := data.ReadFile("data/" + name)
	if err != nil {
		panic(err) // embedded: it cannot be missing in a program that was built
	}
	var list [][]string
	for line := range strings.Lines(string(table)) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if row := strings.Split(line, "\t"); len(row) == columns {
			list = append(list, row)
		}
	}
	return list
}

// readMarker reads the marker at the head of a line that has no space before it. Whether a number fits among its
// neighbours is for settle to say.
func readMarker(line string) marker {
	first, _ := utf8.DecodeRuneInString(line)
	m := marker{}
	switch {
	case strings.ContainsRune("-—–−•·●▪■◆*‐‑―─", first):
		m = readDash(line)
	case first == '(' || first == '（':
		m = readParenthesised(line)
	case first == '第':
		m = readOrdinal(line)
	case digitOf(first) >= 0:
		if m = readAfter(line); m.unit == unmarked {
			m = readArabic(line)
		}
	case hanDigit(first) >= 0:
		m = readHan(line)
	case enclosed(first) > 0:
		size := utf8.RuneLen(first)
		m = marker{unit: numbered, form: "①", value: enclosed(first), text: line[:size], size: size}
	case unicode.IsLetter(first), first >= 'Ⅰ' && first <= 'Ⅻ':
		if m = readBefore(line); m.unit == unmarked {
			m = readLettered(line)
		}
	}
	if m.unit == unmarked {
		return marker{}
	}
	m.size = len(line) - len(strings.TrimLeftFunc(line[m.size:], unicode.IsSpace))
	return m
}

// readDash reads dashes and bullets; a negative number, an emphasis and a page number between dashes are none.
func readDash(line string) marker {
	first, _ := utf8.DecodeRuneInString(line)
	rest := strings.TrimLeft(line, string(first))
	n := len(line) - len(rest)
	words := strings.TrimSpace(rest)
	next, _ := utf8.DecodeRuneInString(rest)
	if words == "" || n > 3*utf8.RuneLen(first) {
		return marker{}
	}
	if first == '*' && !unicode.IsSpace(next) {
		return marker{}
	}
	if digitOf(next) >= 0 {
		return marker{}
	}
	return marker{unit: dashed, form: string(first), text: line[:n], size: n}
}

// readParenthesised reads (1), (一), (a), (iv), and the same in full-width parentheses.
func readParenthesised(line string) marker {
	_, open := utf8.DecodeRuneInString(line)
	inner := line[open:]
	for _, closing := range []string{")", "）"} {
		end := strings.Index(inner, closing)
		if end <= 0 || end > 12 {
			continue
		}
		m := readBare(inner[:end])
		if m.unit == unmarked || m.path != nil {
			return marker{}
		}
		m.form = "(" + m.form + ")"
		m.size = open + end + len(closing)
		m.text = strings.TrimSpace(line[:m.size])
		return m
	}
	return marker{}
}

// readBare reads a number that has been freed of what surrounds it: 12, 一, iv, b, б.
func readBare(s string) marker {
	m := marker{unit: numbered, text: s, size: len(s)}
	if v, n := arabic(s); n == len(s) && v > 0 && v <= largestNumber {
		m.form, m.value = "1", v
		return m
	}
	if v, n := hanNumber(s); n == len(s) && v > 0 && v <= largestNumber {
		m.form, m.value = "一", v
		return m
	}
	if v := letterValue(s); v > 0 {
		m.form, m.value, m.roman = letterForm(s), v, romanValue(s)
		return m
	}
	if v := romanValue(s); v > 0 {
		m.form, m.value = romanForm(s), v
		return m
	}
	return marker{}
}

// readArabic reads 1. 1) 1、 1.1 1.1.2 and their full-width twins; not 1.5 billion, 2024. or 12.05.2024.
func readArabic(line string) marker {
	path, at := []int(nil), 0
	for {
		v, n := arabic(line[at:])
		if n == 0 {
			break
		}
		if v == 0 || v > largestNumber || (n > 1 && digitOf(firstRune(line[at:])) == 0) {
			return marker{}
		}
		path, at = append(path, v), at+n
		stop, size := utf8.DecodeRuneInString(line[at:])
		if stop != '.' && stop != '．' || digitOf(firstRune(line[at+size:])) < 0 {
			break
		}
		at += size
	}
	closing, size := utf8.DecodeRuneInString(line[at:])
	m := marker{unit: numbered, value: path[len(path)-1], text: line[:at]}
	if len(path) > 1 {
		m.path, m.form = path, strings.Repeat("1.", len(path))
		if strings.ContainsRune(".．)）、", closing) && size > 0 {
			at += size
		} else if !unicode.IsSpace(closing) && !unicode.Is(unicode.Han, closing) {
			return marker{}
		}
		m.size = at
		return m
	}
	if size == 0 || !strings.ContainsRune(".．)）、", closing) {
		return marker{}
	}
	if closing == ')' || closing == '）' {
		m.form = "1)"
	} else {
		m.form = "1."
	}
	m.size = at + size
	return m
}

// readHan reads 一、 and 十一．
func readHan(line string) marker {
	v, n := hanNumber(line)
	closing, size := utf8.DecodeRuneInString(line[n:])
	if v == 0 || v > largestNumber || size == 0 || !strings.ContainsRune("、．.,，", closing) {
		return marker{}
	}
	return marker{unit: numbered, form: "一、", value: v, text: line[:n], size: n + size}
}

// readOrdinal reads 第五条, 第三章, 第二部分; not a sentence about an article (第五条规定...).
func readOrdinal(line string) marker {
	rest := line[len("第"):]
	v, n := anyNumber(rest)
	if v == 0 {
		return marker{}
	}
	rest = strings.TrimLeft(rest[n:], " ")
	for _, w := range numberWords().after {
		if !unicode.Is(unicode.Han, firstRune(w.word)) || !strings.HasPrefix(rest, w.word) {
			continue
		}
		tail := rest[len(w.word):]
		if strings.ContainsRune("规所的第和及与至、，款项", firstRune(tail)) && tail != "" {
			return marker{}
		}
		size := len(line) - len(tail)
		return marker{unit: w.unit, form: "第" + w.word, value: v, text: line[:size], size: size}
	}
	return marker{}
}

// readBefore reads "Article 5", "ГЛАВА II", "Annex", "附件一": a word of the table, then its number.
func readBefore(line string) marker {
	for _, w := range numberWords().before {
		n := foldPrefix(line, w.word)
		if n == 0 {
			continue
		}
		rest := strings.TrimLeft(line[n:], "  №")
		v, size := anyNumber(rest)
		if v == 0 && w.unit == annex && strings.Trim(rest, " :.：") == "" {
			return marker{unit: annex, form: "annex", text: line[:n], size: len(line)}
		}
		if v == 0 || n == len(line)-len(rest) && !unicode.Is(unicode.Han, firstRune(line)) {
			continue
		}
		end := len(line) - len(rest) + size
		if tail, ok := opensUnit(line[end:]); ok {
			return marker{unit: w.unit, form: w.word, value: v, text: line[:end], size: end + tail}
		}
	}
	return marker{}
}

// readAfter reads "5-modda", "1‐nji madda:", "3 бап": the number, an ending, a word of the table.
func readAfter(line string) marker {
	v, n := arabic(line)
	rest := strings.TrimLeft(line[n:], " -‐‑–")
	for _, ending := range []string{"nji ", "njy ", "inchi ", "ші ", "шы ", "чы ", "чи "} {
		rest = strings.TrimPrefix(rest, ending)
	}
	for _, w := range numberWords().after {
		size := foldPrefix(rest, w.word)
		if size == 0 || v == 0 || v > largestNumber || unicode.Is(unicode.Han, firstRune(w.word)) {
			continue
		}
		end := len(line) - len(rest) + size
		if tail, ok := opensUnit(line[end:]); ok {
			return marker{unit: w.unit, form: w.word, value: v, text: line[:end], size: end + tail}
		}
	}
	return marker{}
}

// opensUnit says whether what follows the number of an article or chapter lets it open one, and how many bytes of
// punctuation follow it. "Article 5 of the Agreement", "Annex 2, paragraph 1" and "Статья 3 предусматривает" are
// sentences.
func opensUnit(tail string) (int, bool) {
	trimmed := strings.TrimLeft(tail, " \t.:：．。)—–-")
	next := firstRune(trimmed)
	switch {
	case trimmed == "":
		return len(tail), true
	case unicode.IsLower(next), strings.ContainsRune(",，;；、", next), next == '(' && len(tail) == len(trimmed):
		return 0, false
	case len(trimmed) == len(tail):
		return 0, unicode.Is(unicode.Han, next)
	}
	return len(tail) - len(trimmed), true
}

// readLettered reads I. IV. A. a) b. б) iv) at the head of a line.
func readLettered(line string) marker {
	end := strings.IndexAny(line, ".)）．、 ")
	if end <= 0 || end > 8 {
		return marker{}
	}
	closing, size := utf8.DecodeRuneInString(line[end:])
	if closing == ' ' {
		return marker{}
	}
	m := readBare(line[:end])
	rest := line[end+size:]
	if m.unit == unmarked || rest != "" && !unicode.IsSpace(firstRune(rest)) && !unicode.Is(unicode.Han, firstRune(rest)) {
		return marker{}
	}
	if closing == ')' || closing == '）' {
		m.form += ")"
	} else {
		m.form += "."
	}
	m.size = end + size
	return m
}

// foldPrefix gives the bytes of line that word, in lower case, takes at its head whatever their case, or 0.
func foldPrefix(line, word string) int {
	at := 0
	for _, want := range word {
		r, size := utf8.DecodeRuneInString(line[at:])
		if size == 0 || unicode.ToLower(r) != want {
			return 0
		}
		at += size
	}
	return at
}

func firstRune(s string) rune {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return -1
	}
	return r
}
