package texts

import (
	"regexp"
	"strings"
	"unicode"
)

// figure is a number with or without separators between groups of three.
var figure = regexp.MustCompile(`\d{1,3}(?:[ \x{a0}\x{202f},.]\d{3})+\b|\d+`)

// differing names, by language, the figures of two digits and more that a clause has in some of its languages only. It is a
// hint for the eye, not a finding: a language may write a number in words.
func differing(row readerRow) map[string][]string {
	figures := map[string][]string{}
	stands := map[[2]string]bool{} // a language and a figure that stands in it
	for _, c := range row.Cells {
		if !c.Missing {
			figures[c.Base()] = figuresOf(c)
			for _, f := range figures[c.Base()] {
				stands[[2]string{c.Base(), f}] = true
			}
		}
	}
	differ := map[string][]string{}
	for lang, own := range figures {
		told := map[string]bool{}
		for _, f := range own {
			for other := range figures {
				if !stands[[2]string{other, f}] && !told[f] {
					told[f] = true
					differ[lang] = append(differ[lang], f)
				}
			}
		}
	}
	return differ
}

// figuresOf are the figures in the words of a cell, without the numbers of its paragraphs.
func figuresOf(c readerCell) []string {
	var all []string
	for _, p := range c.Paragraphs {
		for _, f := range figure.FindAllString(strings.TrimPrefix(p.Words, p.Printed), -1) {
			f = strings.Map(func(r rune) rune {
				if unicode.IsDigit(r) {
					return r
				}
				return -1
			}, f)
			if len(f) > 1 {
				all = append(all, f)
			}
		}
	}
	return all
}

// differences says which figures stand in one language only, in the order of the columns; empty when none does.
func (p *readerPage) differences(row readerRow) string {
	differ := differing(row)
	var said []string
	for _, c := range row.Cells {
		if own := differ[c.Base()]; len(own) > 0 && !c.Missing {
			said = append(said, p.T("reader.figures.in", p.LanguageName(c.Base()), p.L.List(own)))
		}
	}
	return strings.Join(said, "; ")
}
