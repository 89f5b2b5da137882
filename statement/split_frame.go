package statement

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// frameWords is the table of frame words: for each frame, the words that open a line those that it holds and those that it is.
type frameWords struct{ opens, holds, is []string }

var frames = sync.OnceValue(func() map[string]frameWords {
	words := map[string]frameWords{}
	for _, row := range tableRows("paragraph-frame.tsv", 3) {
		w := words[row[0]]
		switch row[1] {
		case "opens":
			w.opens = append(w.opens, row[2])
		case "holds":
			w.holds = append(w.holds, row[2])
		case "is":
			w.is = append(w.is, row[2])
		}
		words[row[0]] = w
	}
	return words
})

// in says whether a line in lower case belongs to the frame.
func (w frameWords) in(lower string) bool {
	for _, words := range w.opens {
		if strings.HasPrefix(lower, words) {
			return true
		}
	}
	for _, words := range w.holds {
		if strings.Contains(lower, words) {
			return true
		}
	}
	return false
}

// Lengths in characters. A Chinese character says about as much as two and a half letters, so that it counts for as many.
const (
	longestHeading   = 150
	longestTitle     = 320
	longestFurniture = 200
	longestSigned    = 500
	longestDated     = 70
	longestSigner    = 100
)

// breadth is the length of a text in letters.
func breadth(s string) int {
	n := 0
	for _, r := range s {
		n++
		if unicode.Is(unicode.Han, r) {
			n++
		}
	}
	return n
}

// giveRoles finds what is not the body of the text: titles, headings, signatures, page furniture. It leaves Body for the rest.
func giveRoles(list []line) {
	sentences := inSentences(list)
	for i := range list {
		l := &list[i]
		l.role = Body
		switch {
		case l.isFurniture(), l.isNote():
			l.role = Furniture
		case l.hashed, l.isHeading(), sentences && l.standsAlone(next(list, i)):
			l.role = Heading
		case i > 0 && l.mark.unit == unmarked && list[i-1].role == Heading && list[i-1].words == "" && !l.stopped() && breadth(l.words) < longestHeading:
			l.role = Heading
		}
	}
	titles(list)
	signatures(list, sentences)
}

// inSentences is true of a text whose lines nearly all end as sentences or parts of them do: there a line that does
// not is likely to be a heading.
func inSentences(list []line) bool {
	stopped := 0
	for i := range list {
		if list[i].stopped() {
			stopped++
		}
	}
	return stopped*2 >= len(list)
}

// standsAlone tells a short line without a stop that sentences follow. A number on it does not make it a clause,
// unless its siblings stand around it as a list of short items.
func (l *line) standsAlone(after *line) bool {
	if after == nil || l.stopped() || l.inSeries() || l.words == "" || len(l.words) > longestHeading*2 || breadth(l.words) > longestHeading*3/5 {
		return false
	}
	first := firstRune(l.words)
	if !unicode.IsUpper(first) && !unicode.Is(unicode.Han, first) || unicode.IsLower(firstRune(after.words)) && after.mark.unit == unmarked {
		return false
	}
	if l.mark.unit == unmarked {
		return !institution(l.words) && !strings.ContainsRune(l.words, '|')
	}
	return l.mark.unit == numbered && strong(l.mark.form) && after.mark.form != l.mark.form && after.stopped()
}

// isFurniture tells page furniture and lines without a letter.
func (l *line) isFurniture() bool {
	if !strings.ContainsFunc(l.words, unicode.IsLetter) {
		return !strings.ContainsRune(",;", l.ends()) && (l.mark.unit == dashed || l.mark.unit == unmarked && !l.hashed)
	}
	if l.mark.unit != dashed && l.mark.unit != unmarked || l.end-l.start > longestFurniture*3 || strings.ContainsRune(".;。；", l.ends()) {
		return false
	}
	lower := strings.ToLower(l.words)
	if l.hashed {
		return frames()["source"].in(lower)
	}
	return frames()["furniture"].in(lower) && strings.ContainsAny(lower, ":：©0123456789")
}

// isNote tells a footnote: a bare number, then a reference.
func (l *line) isNote() bool {
	if l.mark.unit != unmarked || digitOf(firstRune(l.words)) < 0 || len(l.words) > longestFurniture*3 {
		return false
	}
	_, n := arabic(l.words)
	rest := strings.TrimLeft(l.words[n:], "/ ")
	return n <= 3 && len(rest) < len(l.words)-n && frames()["note"].in(strings.ToLower(head(rest, 60)))
}

// isHeading tells headings: a unit of the text named on a line of its own, or a short line in a text of sentences
// that does not end as a sentence and is written as headings are.
func (l *line) isHeading() bool {
	if l.mark.unit == annex || l.mark.unit == part || l.mark.unit == chapter || l.mark.unit == section {
		return len(l.words) < longestHeading*3
	}
	if l.mark.unit == article {
		return len(l.words) < longestHeading*2 && (l.words == "" || !l.stopped() && breadth(l.words) < longestHeading/2)
	}
	if l.mark.unit == dashed || len(l.words) > longestHeading*3 || l.stopped() || breadth(l.words) > longestHeading {
		return false
	}
	if l.mark.unit == numbered && l.mark.form != "I." && l.mark.form != "A." && l.mark.form != "А." {
		return false
	}
	return l.mark.unit == numbered || capitals(l.words) || frames()["preamble"].in(strings.ToLower(l.words))
}

// capitals is true of words written in capitals throughout, of two letters at least.
func capitals(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) || unicode.Is(unicode.Han, r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}

// titles takes the lines at the head of a text for its title, up to the first that ends as a sentence does. What is
// left is asked for: a text of titles alone has none.
func titles(list []line) {
	for i := range list {
		l := &list[i]
		if l.role == Furniture {
			continue
		}
		if l.mark.unit != unmarked && l.mark.unit != part || l.stopped() && !l.hashed || breadth(l.words) > longestTitle {
			return
		}
		if l.hashed && i > 2 {
			return
		}
		if i+1 == len(list) || institution(l.words) || strings.ContainsRune("，,", l.ends()) {
			return
		}
		if frames()["preamble"].in(strings.ToLower(l.words)) || next(list, i) == nil {
			return
		}
		l.role = Title
	}
}

// next is the next line that is no furniture, or nil.
func next(list []line, i int) *line {
	for j := i + 1; j < len(list); j++ {
		if list[j].role != Furniture {
			return &list[j]
		}
	}
	return nil
}

// institution is true of a line that names the body that speaks: "The General Assembly", "Генеральная Ассамблея".
func institution(words string) bool {
	return nothingBut("institution", words) || nothingBut("party", words)
}

// nothingBut is true of a line that is nothing but words of a frame.
func nothingBut(frame, words string) bool {
	return len(words) < longestTitle/2 &&
		slices.Contains(frames()[frame].is, strings.ToLower(strings.TrimRight(words, " ,，:：")))
}

// longestClosing is how many lines a closing formula and what follows it take at most.
const longestClosing = 40

// signatures takes the end of the text, and what stands right before an annex, for its frame from the closing formula
// on, unless clauses follow it.
func signatures(list []line, sentences bool) {
	start := 0
	for i := range list {
		if list[i].mark.unit == annex && list[i].role == Heading {
			sign(list[start:i], false)
			start = i
		}
	}
	sign(list[start:], sentences)
}

// sign finds the signatures at the end of a part. In a text of sentences, trailing lines without a stop are names and
// offices even when no formula stands above them.
func sign(list []line, sentences bool) {
	longest, trailing := 0, sentences
	for i := len(list) - 1; i > 0 && i >= len(list)-longestClosing; i-- {
		l := &list[i]
		if l.role == Furniture || l.mark.unit == dashed && trailing {
			continue
		}
		if l.mark.unit != unmarked || l.hashed {
			return
		}
		trailing = trailing && !l.stopped() && breadth(l.words) < longestSigner
		if trailing || signs(l.words, longest) {
			for j := i; j < len(list); j++ {
				if list[j].role == Body || list[j].role == Heading {
					list[j].role = closing
				}
			}
		}
		longest = max(longest, breadth(l.words))
	}
}

// signs tells a closing formula. A date and the number of a meeting close a text only if nothing long comes after them.
func signs(words string, longestAfter int) bool {
	long := breadth(words)
	if long > longestSigned {
		return false
	}
	lower := strings.ToLower(words)
	return frames()["signature"].in(lower) ||
		long < longestDated && longestAfter < longestTitle/2 && (dated(lower) || frames()["meeting"].in(lower) && digitOf(firstRune(lower)) >= 0)
}

// dated is true of a line that is a date and nothing else: 22 December 2023, 2024年12月1日, 1 декабря 2024 года.
func dated(lower string) bool {
	lower = strings.TrimRight(strings.TrimSuffix(strings.TrimSuffix(lower, "года"), "г."), " .")
	if at := strings.Index(lower, "日于"); at > 0 {
		lower = lower[:at+len("日")]
	}
	if strings.HasSuffix(lower, "日") {
		return strings.Contains(lower, "年") && strings.Contains(lower, "月") && breadth(lower) < 24
	}
	year, words := 0, 0
	for word := range strings.FieldsSeq(lower) {
		year, _ = arabic(word)
		words++
	}
	return words == 3 && year > largestNumber && year < 3000
}

// closing is the role of signatures and closing formulas while a text is split; outside they are Body of type none.
const closing Role = "closing"

// head cuts s to at most n bytes, at a character.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
