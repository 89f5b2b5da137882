package statement

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// longestPageLine is the most characters of a line that can be page furniture.
const longestPageLine = 160

// furniturePattern is all of furniture.txt in one expression.
var furniturePattern = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:` + strings.Join(rows("furniture.txt"), "|") + `)$`)
})

// pageLine is a line that is not empty: its bytes without the spaces around it, and with its line's end.
type pageLine struct {
	from, to  int // the line with everything up to the next line
	words     string
	furniture bool
}

// furniture finds the lines that are the page's and not the text's, before, between and after the clauses: by their
// words, by the running numbers of pages, and by being the same at the edge of every page. Such a line goes together
// with its line's end, so that what is left reads as if it had never been there.
func furniture(text string) []change {
	lines := pageLines(text)
	left := len(lines)
	for i := range lines {
		lines[i].furniture = isFurniture(lines[i].words)
	}
	markPageNumbers(lines)
	markRunningHeads(lines)
	for _, l := range lines {
		if l.furniture {
			left--
		}
	}
	if left == 0 {
		return nil // nothing but furniture: then it is what somebody wanted to read
	}
	return withoutFurniture(text, lines)
}

func pageLines(text string) []pageLine {
	lines := make([]pageLine, 0, strings.Count(text, "\n")+1)
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		if words := strings.TrimSpace(text[at:end]); words != "" {
			lines = append(lines, pageLine{from: at, to: end, words: words})
		}
		at = end
	}
	return lines
}

// isFurniture says whether the words of a line are those of a page.
func isFurniture(words string) bool {
	if len(words) > 4*longestPageLine {
		return false
	}
	return !isSentence(words) && furniturePattern().MatchString(words)
}

// isSentence says whether a line is too long for furniture or ends as sentences do. A short line may end in a Latin full
// stop and yet be furniture, and so may a reservation of rights.
func isSentence(words string) bool {
	last, _ := utf8.DecodeLastRuneInString(words)
	n := utf8.RuneCountInString(words)
	if strings.ContainsRune("。；;，,、", last) || n > longestPageLine {
		return true
	}
	return last == '.' && n > 40 && !strings.Contains(words, "©") && !strings.Contains(words, "ights") && !strings.Contains(words, "права")
}

// markPageNumbers marks lines that are a number alone where at least three of them count up one by one with a page's
// worth of text in between, and lines like 3/12 where at least two count up to the same number.
func markPageNumbers(lines []pageLine) {
	markBareNumbers(lines)
	totals := map[string][]int{}
	for i, l := range lines {
		if page, total, ok := strings.Cut(l.words, "/"); ok && isNumber(page) && isNumber(total) {
			totals[total] = append(totals[total], i)
		}
	}
	for _, at := range totals {
		if len(at) < 2 {
			continue
		}
		for _, i := range at {
			lines[i].furniture = true
		}
	}
}

// leastPage is the fewest bytes of text between two page numbers. Pages are much of a length: from one number to the next
// it is never evenPages times as far as between another two. The marks of footnotes, which also count up, are not so even.
const leastPage, evenPages = 400, 4

func markBareNumbers(lines []pageLine) {
	var row []int // places of numbers that count up
	last := 0
	for i, l := range lines {
		if !isNumber(l.words) {
			continue
		}
		n, _ := strconv.Atoi(l.words)
		if len(row) > 0 && n != last+1 {
			markPages(lines, row)
			row = nil
		}
		row, last = append(row, i), n
	}
	markPages(lines, row)
}

// markPages marks a row of numbers that count up if they stand as page numbers do.
func markPages(lines []pageLine, row []int) {
	if len(row) < 3 {
		return
	}
	shortest, longest := lines[len(lines)-1].to, 0
	for i := 1; i < len(row); i++ {
		page := lines[row[i]].from - lines[row[i-1]].to
		shortest, longest = min(shortest, page), max(longest, page)
	}
	if shortest < leastPage || longest > evenPages*shortest {
		return
	}
	for _, i := range row {
		lines[i].furniture = true
	}
}

func isNumber(words string) bool {
	if words == "" || len(words) > 4 {
		return false
	}
	for i := range len(words) {
		if words[i] < '0' || words[i] > '9' {
			return false
		}
	}
	return true
}

// markRunningHeads marks a line that stands at least three times, mostly beside a page number or other furniture: the head
// or foot of every page.
func markRunningHeads(lines []pageLine) {
	beside := map[string]int{}
	times := map[string]int{}
	for i, l := range lines {
		if !couldRun(l) {
			continue
		}
		times[l.words]++
		if i > 0 && lines[i-1].furniture || i+1 < len(lines) && lines[i+1].furniture {
			beside[l.words]++
		}
	}
	heads := map[string]bool{}
	for words, n := range beside {
		heads[words] = n >= 2 && times[words] >= 3 && 2*n >= times[words]
	}
	for i := range lines {
		if heads[lines[i].words] {
			lines[i].furniture = true
		}
	}
}

// couldRun says whether a line may be the head or foot of every page; a sentence that a text repeats, or the words that
// lead in its points, is none.
func couldRun(l pageLine) bool {
	if l.furniture || len(l.words) > longestPageLine || isSentence(l.words) {
		return false
	}
	return !strings.HasSuffix(l.words, ":") && !strings.HasSuffix(l.words, "：") && strings.ContainsFunc(l.words, unicode.IsLetter)
}

// withoutFurniture takes the marked lines away, each with the line's end after it; those that end the text without one,
// with the line's end before.
func withoutFurniture(text string, lines []pageLine) []change {
	tail := len(lines)
	if !strings.HasSuffix(text, "\n") {
		for tail > 0 && lines[tail-1].furniture && (tail == len(lines) || lines[tail-1].to == lines[tail].from) {
			tail--
		}
	}
	var list []change
	for i, l := range lines {
		if !l.furniture {
			continue
		}
		c := change{l.from, l.to, "", PageFurniture}
		if i >= tail {
			c.from, c.to = trimEnd(text, l.from), len(strings.TrimRight(text[:l.to], "\r\n"))
		}
		list = append(list, c)
	}
	return list
}

// trimEnd is where the line's end before byte at begins.
func trimEnd(text string, at int) int {
	if at > 0 && text[at-1] == '\n' {
		at--
	}
	if at > 0 && text[at-1] == '\r' {
		at--
	}
	return at
}
