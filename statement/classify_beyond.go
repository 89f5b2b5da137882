package statement

import (
	"slices"
	"strings"
	"unicode"
)

// A resolution often carries more than its own paragraphs: after the last of them the terms of reference of a body, the
// rules of procedure of a conference, a timetable; and in print the remainders of paragraphs that a page or a column
// broke. They are neither preambular nor operative. What is annexed to a statement of parties is left alone: parties do
// put their undertakings there.

// beyond is what has been met of such parts.
type beyond struct {
	organ   bool  // an organ speaks: "The General Assembly," stands on a line of its own
	over    bool  // the last paragraph of the resolution has been met
	terms   bool  // the line above belongs to terms of reference
	adopted bool  // the resolution adopts rules of procedure in an annex
	inRules bool  // they have begun
	rest    bool  // the line above is the remainder of a paragraph
	broken  int   // such remainders
	above   *line // the last line of the body
}

// head takes note of a heading: rules of procedure may say what they are, and a further annex ends them.
func (b *beyond) head(l *line) {
	b.terms = false
	b.above = l
	if strings.Contains(strings.ToLower(l.words), "rules of procedure") {
		b.inRules = b.organ
	} else if l.mark.unit == annex {
		b.inRules = false
	}
}

// pass takes note of a paragraph of the body that has been weighed.
func (b *beyond) pass(l *line, e *evidence) {
	if l.mark.unit == unmarked && nothingBut("institution", l.words) {
		*b = beyond{organ: true, broken: b.broken}
	}
	b.over = b.over || e.seized
	b.adopted = b.adopted || e.adopts
	b.above = l
}

const (
	longestRow = 120 // letters of a row in a timetable
	manyBroken = 5   // remainders in a text that is broken at a width
)

// weigh marks a paragraph of the body, of which list[i] is the line, as one beyond the resolution.
func (b *beyond) weigh(e *evidence, list []line, i int, lower string) {
	if !b.organ {
		return
	}
	b.inRules = b.inRules || b.adopted && e.cue == cueRules
	b.terms = b.over && (b.terms && b.above.inSeries() || e.cue == cueTerms || strings.HasPrefix(lower, "to "))
	if b.inRules || b.terms || e.cue == cueHours && breadth(lower) < longestRow {
		e.score[betweenParts], e.score[amidParts] = framed, framed
	}
	if b.rest = b.remains(e, list, i); b.rest {
		b.broken++
		e.score, e.continues, e.remains = [states]float64{}, framed, true
		e.readEnd(&list[i])
		e.score[inOperative] = 0
	}
}

// remains is true of the remainder of a paragraph: it begins in small letters and without a number, and the line above
// breaks off, is a remainder that ends in a comma, or is a note at the foot of a page. In a text of many such lines one
// may begin in a capital. An operative paragraph is an act and begins with its verb, so that a remainder is none; of a
// preamble it stays a part.
func (b *beyond) remains(e *evidence, list []line, i int) bool {
	l, small := &list[i], unicode.IsLower(firstRune(list[i].words))
	if l.mark.unit != unmarked || b.above == nil {
		return false
	}
	if !small && (b.broken < manyBroken || e.cue != "" || breadth(b.above.words) > mostWidth) {
		return false
	}
	if list[i-1].role != Body {
		return small && list[i-1].role == Furniture
	}
	return !b.above.stopped() && !b.above.inSeries() || small && b.rest && b.above.ends() == ','
}

// inSeries is true of a line after which a list goes on: it ends in a colon, a semicolon or a comma, or in one of these
// and "and" or "or".
func (l *line) inSeries() bool {
	words := strings.TrimRight(l.words, " ")
	if at := strings.LastIndexByte(words, ' '); at > 0 && slices.Contains(frames()["joint"].is, words[at+1:]) {
		words = words[:at]
	}
	if words == "" {
		return false
	}
	return strings.ContainsRune(":;,", rune(words[len(words)-1]))
}
