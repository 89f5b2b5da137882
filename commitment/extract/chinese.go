package extract

import (
	"strings"
	"unicode/utf8"

	"concord/lexicon"
	"concord/statement"
)

// chinese is the grammar of Chinese. A sentence is cut at its commas into segments; each segment is parsed by itself
// (chinese_segment.go) and then the segments are settled one after the other (chinese_settle.go): who acts, what
// governs, what is a goal and what only says how or what for.
type chinese struct{}

// cut ends a sentence at 。！？ and at a colon, outside quotes and brackets. A semicolon ends none: what it divides
// shares subject and cue.
func (chinese) cut(text string) []int {
	var ends []int
	depth := 0
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRuneInString(text[i:])
		i += size
		depth = max(0, depth+nesting(c))
		if depth == 0 && sentenceStop(c, text, i) {
			ends = append(ends, i)
		}
		if c == '。' {
			depth = 0 // a quote that is never closed ends with its sentence
		}
	}
	if len(ends) == 0 || ends[len(ends)-1] < len(text) {
		ends = append(ends, len(text))
	}
	return ends
}

func nesting(c rune) int {
	switch c {
	case '“', '《', '（', '〈', '「', '(':
		return 1
	case '”', '》', '）', '〉', '」', ')':
		return -1
	}
	return 0
}

// sentenceStop tells whether a sentence ends with c, which stands before text[next:]. A half-width colon or stop
// between figures belongs to them.
func sentenceStop(c rune, text string, next int) bool {
	switch c {
	case '。', '！', '？', '：', '\n':
		return true
	case ':', '.', '!', '?':
		after, _ := utf8.DecodeRuneInString(text[next:])
		return after >= utf8.RuneSelf || next == len(text)
	}
	return false
}

// segments cuts a sentence at commas and semicolons outside quotes and brackets.
func (chinese) segments(r *reading, s *sentence) [][2]int {
	var all [][2]int
	text := r.doc.Reading
	depth, from := 0, s.start
	for i := s.start; i < s.end; {
		c, size := utf8.DecodeRuneInString(text[i:s.end])
		depth = max(0, depth+nesting(c))
		if depth == 0 && segmentStop(c, text, i, i+size) {
			all = append(all, [2]int{from, i})
			from = i + size
		}
		i += size
	}
	return append(all, [2]int{from, s.end})
}

func segmentStop(c rune, text string, at, next int) bool {
	switch c {
	case '，', '；':
		return true
	case ',', ';':
		return at == 0 || next >= len(text) || !figure(text[at-1]) || !figure(text[next])
	}
	return false
}

func figure(b byte) bool { return '0' <= b && b <= '9' }

// read reads one sentence.
func (g chinese) read(r *reading, s *sentence) {
	if s.para.Type == statement.Preambular && !s.leads && s.para.Clause == preamble {
		return
	}
	run := zhRun{r: r, s: s, actor: r.scope.actor, matrix: matrixOf(r.scope)}
	s.hits = unnamed(r, s)
	hits := s.hits
	for _, at := range g.segments(r, s) {
		from, n := 0, 0
		for from < len(hits) && hits[from].Start < at[0] {
			from++
		}
		for from+n < len(hits) && hits[from+n].Start < at[1] {
			n++
		}
		seg := zhSegment{r: r, s: s, start: at[0], end: at[1], hits: hits[from : from+n]}
		hits = hits[from+n:]
		seg.trim()
		if seg.start < seg.end {
			seg.parse()
			run.segs = append(run.segs, seg)
		}
	}
	run.settle()
	if s.leads {
		run.lead()
		return
	}
	run.emit()
}

// unnamed leaves out what stands in the name of a document: 《…行动计划》 holds no verb and no time. What can be
// concluded and what it is about stay.
func unnamed(r *reading, s *sentence) []lexicon.Hit {
	if !strings.Contains(r.text(s.start, s.end), "《") {
		return s.hits
	}
	kept := s.hits[:0]
	named, from := false, s.start // whether a name is open before byte from
	for _, h := range s.hits {
		before := r.text(from, h.Start)
		if open, shut := strings.LastIndex(before, "《"), strings.LastIndex(before, "》"); open != shut {
			named = open > shut
		}
		from = h.Start
		if !named || h.Line.Kind == lexicon.Instruments || h.Line.Kind == lexicon.Areas {
			kept = append(kept, h)
		}
	}
	return kept
}

// trim takes spaces off a segment.
func (z *zhSegment) trim() {
	text := z.r.doc.Reading
	for z.start < z.end && strings.ContainsRune(" \t\r\n", rune(text[z.start])) {
		z.start++
	}
	z.start = lexicon.SkipSpaces(text[:z.end], z.start)
	for z.start < z.end && strings.ContainsRune(" \t\r\n", rune(text[z.end-1])) {
		z.end--
	}
}
