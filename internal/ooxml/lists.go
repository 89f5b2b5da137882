package ooxml

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// levels is how many levels a list has in Office Open XML.
const levels = 9

// level is how one level of a list numbers its paragraphs.
type level struct {
	format string // decimal, lowerRoman, bullet, ...
	text   string // "%1.%2" or the bullet
	start  int
}

// listed is the list and level that a style says its paragraphs are in; what it leaves open, the style below it says.
type listed struct{ list, level, below string }

// lists are the numberings of a document, and how far each has counted.
type lists struct {
	kinds  map[string]*[levels]level // by abstractNumId
	kindOf map[string]string         // numId to abstractNumId
	styles map[string]listed         // style to its list
	counts map[string]*[levels]int   // by abstractNumId: lists of one kind count on together
	begun  map[string]bool           // numId that has an override and was seen
	starts map[string]map[int]int    // numId to level to the number that it starts again from
}

// readLists reads numbering.xml and styles.xml; either may be missing.
func readLists(numbering, styles []byte) (*lists, error) {
	l := &lists{map[string]*[levels]level{}, map[string]string{}, map[string]listed{}, map[string]*[levels]int{},
		map[string]bool{}, map[string]map[int]int{}}
	if err := l.readNumbering(numbering); err != nil {
		return nil, err
	}
	return l, l.readStyles(styles)
}

func (l *lists) readNumbering(data []byte) error {
	var kind, num string
	at := -1
	return tokens(data, func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		value := attribute(e, "val")
		switch e.Name.Local {
		case "abstractNum":
			kind, num = attribute(e, "abstractNumId"), ""
			l.kinds[kind] = &[levels]level{}
		case "num":
			num, kind = attribute(e, "numId"), ""
		case "abstractNumId":
			l.kindOf[num] = value
		case "lvl", "lvlOverride":
			at = levelOf(attribute(e, "ilvl"))
			if kind != "" {
				l.kinds[kind][at] = level{format: "decimal", start: 1}
			}
		case "startOverride":
			if n, err := strconv.Atoi(value); err == nil {
				if l.starts[num] == nil {
					l.starts[num] = map[int]int{}
				}
				l.starts[num][at] = n
			}
		case "start", "numFmt", "lvlText":
			if kind != "" && at >= 0 {
				l.kinds[kind][at].set(e.Name.Local, value)
			}
		}
		return nil
	})
}

// longestText and longestNumber bound, in bytes, what a level writes around its number, and the number with it. They are shorter
// than the XML of a paragraph, so that no list makes more text than the file has. Numbers that people write have some dozen.
const (
	longestText   = 200
	longestNumber = 100
)

func (v *level) set(name, value string) {
	switch name {
	case "numFmt":
		v.format = value
	case "lvlText":
		v.text = value
		if len(value) > longestText {
			v.text = "" // no number: a list of such a text says nothing that people could refer to
		}
	case "start":
		v.start, _ = strconv.Atoi(value)
	}
}

func (l *lists) readStyles(data []byte) error {
	var style string
	return tokens(data, func(t xml.Token) error {
		e, ok := t.(xml.StartElement)
		if !ok {
			return nil
		}
		in := l.styles[style]
		switch e.Name.Local {
		case "style":
			style = attribute(e, "styleId")
		case "basedOn":
			in.below = attribute(e, "val")
			l.styles[style] = in
		case "numId":
			in.list = attribute(e, "val")
			l.styles[style] = in
		case "ilvl":
			in.level = attribute(e, "val")
			l.styles[style] = in
		}
		return nil
	})
}

func levelOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n >= levels {
		return 0
	}
	return n
}

// deepestStyle is how many styles may be based one on the other; some files have them based on each other in a circle.
const deepestStyle = 20

// ofStyle gives the list and level of a style, its own or those of the styles that it is based on.
func (l *lists) ofStyle(style string) (list, level string) {
	for range deepestStyle {
		in := l.styles[style]
		if list == "" {
			list = in.list
		}
		if level == "" {
			level = in.level
		}
		style = in.below
	}
	return list, level
}

// number counts the paragraph and gives its number as it is shown; "" if it is in no list.
func (l *lists) number(list, at, style string) string {
	if list == "" {
		of, level := l.ofStyle(style)
		list = of
		if at == "" {
			at = level
		}
	}
	kind := l.kindOf[list]
	form := l.kinds[kind]
	if list == "" || list == "0" || form == nil {
		return ""
	}
	n := levelOf(at)
	l.count(list, kind, n)
	return l.shown(kind, n)
}

// count moves the list on at level n; the deeper levels begin again.
func (l *lists) count(list, kind string, n int) {
	form, counts := l.kinds[kind], l.counts[kind]
	if counts == nil {
		counts = &[levels]int{}
		for i := range counts {
			counts[i] = form[i].start - 1
		}
		l.counts[kind] = counts
	}
	if !l.begun[list] {
		l.begun[list] = true
		for at, start := range l.starts[list] {
			counts[at] = start - 1
		}
	}
	counts[n]++
	for i := n + 1; i < levels; i++ {
		counts[i] = form[i].start - 1
	}
}

// shown writes the number of level n: the level's text with %1, %2, ... in it.
func (l *lists) shown(kind string, n int) string {
	form, counts := l.kinds[kind], l.counts[kind]
	switch form[n].format {
	case "bullet":
		return "-" // bullets are often signs of fonts of their own, which mean nothing elsewhere
	case "none":
		return ""
	}
	text := form[n].text
	for i := range levels {
		text = strings.ReplaceAll(text, "%"+strconv.Itoa(i+1), numeral(max(counts[i], form[i].start), form[i].format))
	}
	if len(text) > longestNumber {
		return ""
	}
	return strings.TrimSpace(text)
}

// numeral writes n in one of the formats of ECMA-376, part 1, 17.18.59; those that texts hardly have are decimal here.
func numeral(n int, format string) string {
	switch format {
	case "lowerLetter":
		return strings.ToLower(letters(n))
	case "upperLetter":
		return letters(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "upperRoman":
		return roman(n)
	case "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand":
		return chinese(n)
	case "russianLower":
		return russian(n)
	case "russianUpper":
		return strings.ToUpper(russian(n))
	case "decimalZero":
		if n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// letters writes 1 as A, 26 as Z, 27 as AA, as Word does.
func letters(n int) string {
	if n < 1 || n > 26*20 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(rune('A'+(n-1)%26)), (n-1)/26+1)
}

func russian(n int) string {
	alphabet := []rune("абвгдежзиклмнопрстуфхцчшщэюя")
	if n < 1 || n > len(alphabet) {
		return strconv.Itoa(n)
	}
	return string(alphabet[n-1])
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	values := []int{1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1}
	for i, sign := range strings.Fields("M CM D CD C XC L XL X IX V IV I") {
		for ; n >= values[i]; n -= values[i] {
			b.WriteString(sign)
		}
	}
	return b.String()
}

// chinese writes n, from 1 to 9999, as it is said: 十, 十二, 二十, 一百零三.
func chinese(n int) string {
	if n < 1 || n > 9999 {
		return strconv.Itoa(n)
	}
	digits, units := []rune("零一二三四五六七八九"), []string{"", "十", "百", "千"}
	var b strings.Builder
	gap := false
	for i := 3; i >= 0; i-- {
		power := 1
		for range i {
			power *= 10
		}
		d := n / power % 10
		if d == 0 {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteRune('零')
			gap = false
		}
		if !(d == 1 && i == 1 && b.Len() == 0) {
			b.WriteRune(digits[d])
		}
		b.WriteString(units[i])
	}
	return b.String()
}
