package statement

import "strings"

// simplify finds the characters of Traditional script and reads them in Simplified, run by run. Characters of both
// scripts (乾 著 於) are touched only where the text has Traditional ones that stand in no doubt.
func simplify(text string) []change {
	s := scripts()
	traditional, _ := s.count(text)
	var list []change
	var run strings.Builder
	from := -1
	for i, r := range text {
		now := r
		if s.isSpecial(r) {
			now = s.reads(text, i, r, traditional >= enoughTraditional)
		}
		if now != r {
			if from < 0 {
				from = i
			}
			run.WriteRune(now)
			continue
		}
		if from >= 0 {
			list = append(list, change{from, i, run.String(), TraditionalScript})
			from = -1
			run.Reset()
		}
	}
	if from >= 0 {
		list = append(list, change{from, len(text), run.String(), TraditionalScript})
	}
	return list
}

// enoughTraditional is how many characters that only Traditional has make a text count as partly Traditional: more than
// one name spelled the old way.
const enoughTraditional = 3

// reads is how the character at byte i of text is read.
func (s *script) reads(text string, i int, r rune, partly bool) rune {
	if now, ok := s.simplified[r]; ok {
		return now
	}
	if !partly {
		return r
	}
	c, ok := s.context[r]
	if !ok {
		return r
	}
	for _, word := range c.stay {
		if around(text, i, r, word) {
			return r
		}
	}
	return c.now
}

// around says whether word stands in text over the character at byte i.
func around(text string, i int, r rune, word string) bool {
	before := strings.IndexRune(word, r)
	return before >= 0 && i >= before && strings.HasPrefix(text[i-before:], word)
}

// count tells how many characters only Traditional text has, and how many only Simplified has.
func (s *script) count(text string) (traditional, simplified int) {
	for _, r := range text {
		if !s.isSpecial(r) {
			continue
		}
		if _, ok := s.simplified[r]; ok {
			traditional++
		} else if s.tells[r] {
			simplified++
		}
	}
	return traditional, simplified
}
