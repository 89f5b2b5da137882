package statement

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// line is a paragraph while its place is being found.
type line struct {
	start, end int    // bytes of the reading
	text       int    // byte where the words begin
	words      string // the text from there on
	hashed     bool   // a Markdown heading
	apart      bool   // an empty line stands before it
	mark       marker
	role       Role
	kind       ParagraphType
	enacts     bool  // the preamble ends with it
	clause     *node // the innermost clause that it belongs to
}

// readLines gives a line for each line of the reading that is not empty, with its marker as it stands; hard-wrapped
// paragraphs are joined.
func readLines(reading string) []line {
	list := make([]line, 0, strings.Count(reading, "\n")+1)
	apart, empty := false, 0
	for at := 0; at < len(reading); {
		end := len(reading)
		if i := strings.IndexByte(reading[at:], '\n'); i >= 0 {
			end = at + i
		}
		row := reading[at:end]
		words := strings.TrimFunc(row, isBlank)
		if words == "" {
			apart = true
			empty++
		} else {
			start := at + strings.Index(row, words)
			list = append(list, line{start: start, end: start + len(words), apart: apart})
			apart = false
		}
		at = end + 1
	}
	if empty > 2 && empty*8 > len(list) {
		list = unwrap(reading, list)
	}
	for i := range list {
		list[i].read(reading)
	}
	settle(list, reading)
	return list
}

// isBlank is true of spaces and of the invisible marks that web pages leave.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || r == '\uFEFF' || r == '\u200B' || r == '\u200E' || r == '\u200F'
}

// read finds the marker of a line and where its words begin.
func (l *line) read(reading string) {
	row := reading[l.start:l.end]
	rest := strings.TrimLeft(row, "#")
	if len(rest) < len(row) && len(row)-len(rest) <= 6 && (rest == "" || isBlank(firstRune(rest))) {
		l.hashed = true
		rest = strings.TrimLeftFunc(rest, isBlank)
	} else {
		rest = row
	}
	l.mark = readMarker(rest)
	l.text = l.end - len(rest) + l.mark.size
	l.words = reading[l.text:l.end]
}

// unmark takes the marker of a line for words.
func (l *line) unmark(reading string) {
	l.text -= l.mark.size
	l.mark = marker{}
	l.words = reading[l.text:l.end]
}

// A line is taken for hard-wrapped when the next one follows without an empty line between, in small letters and
// without a number, and it breaks off within a sentence at a width that typewriters and mail programs keep. Only a
// text in which that happens often is unwrapped: one stray line must not cost a paragraph.
const (
	leastWidth  = 40 // characters
	mostWidth   = 120
	leastBreaks = 5 // in a text, and at least one line in ten
)

// unwrap joins the lines of paragraphs that were broken at a width.
func unwrap(reading string, list []line) []line {
	breaks, width := 0, 0
	for i := 1; i < len(list); i++ {
		if breaksOff(reading, list[i-1], list[i]) && unicode.IsLower(firstRune(reading[list[i].start:])) {
			breaks++
			width = max(width, list[i-1].margin(reading))
		}
	}
	if breaks < leastBreaks || breaks*10 < len(list) {
		return list
	}
	joined, last := list[:1], list[0]
	for _, l := range list[1:] {
		if breaksOff(reading, last, l) && (unicode.IsLower(firstRune(reading[l.start:])) || forced(reading, last, l, width)) {
			joined[len(joined)-1].end = l.end
		} else {
			joined = append(joined, l)
		}
		last = l
	}
	return joined
}

// breaksOff says whether a line may go on in the next.
func breaksOff(reading string, upper, lower line) bool {
	if lower.apart {
		return false
	}
	before, after := reading[upper.start:upper.end], reading[lower.start:lower.end]
	width := utf8.RuneCountInString(before)
	last, _ := utf8.DecodeLastRuneInString(before)
	return width >= leastWidth && width <= mostWidth && after[0] != '#' && before[0] != '#' &&
		(unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune(",-\"”’)", last)) && readMarker(after).unit == unmarked
}

// forced is true when the first word of the lower line had no room on the upper one.
func forced(reading string, upper, lower line, width int) bool {
	word := openingKey(reading[lower.start:lower.end])
	return upper.margin(reading)+1+utf8.RuneCountInString(word) >= width
}

// fullWidth is the width, in characters, that all but one in twenty of the lines of a text keep to.
func fullWidth(text string) int {
	var widths []int
	for row := range strings.Lines(text) {
		widths = append(widths, utf8.RuneCountInString(row))
	}
	slices.Sort(widths)
	return widths[len(widths)*19/20]
}

// widthBefore is the width, in characters, of a line up to byte at.
func widthBefore(text string, at int) int {
	return utf8.RuneCountInString(text[strings.LastIndexByte(text[:at], '\n')+1 : at])
}

// margin is the column at which a line ends, in characters from the left edge.
func (l *line) margin(reading string) int {
	edge := strings.LastIndexByte(reading[:l.start], '\n') + 1
	return utf8.RuneCountInString(reading[edge:l.end])
}

// ends gives the last rune of a line that is not a closing quote or parenthesis, nor the figure of a note after a stop.
func (l *line) ends() rune {
	words := strings.TrimRight(l.words, "\"”’»)） ")
	if figures := strings.TrimRight(words, "0123456789"); strings.HasSuffix(figures, ",") || strings.HasSuffix(figures, ";") {
		words = figures
	}
	r, _ := utf8.DecodeLastRuneInString(words)
	return r
}

// stopped says whether a line ends as a sentence or a part of one does.
func (l *line) stopped() bool { return strings.ContainsRune(".,;:!?。，；：！？…", l.ends()) }
