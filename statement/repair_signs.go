package statement

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// doubledSigns finds signs that stand twice where one is meant: 。。 and the like. Three or more are left: they may stand
// for an ellipsis. A doubled Latin sign counts only after a word and before a space, a Chinese character or the line's end.
func doubledSigns(text string) []change {
	var list []change
	for i := 0; i < len(text); {
		size := signAt(text, i)
		if size == 0 || !strings.HasPrefix(text[i+size:], text[i:i+size]) {
			i++
			continue
		}
		end := i
		for strings.HasPrefix(text[end:], text[i:i+size]) {
			end += size
		}
		if end == i+2*size && (size > 1 || betweenWords(text, i, end)) {
			list = append(list, change{i + size, end, "", DoubledSign})
		}
		i = end
	}
	return list
}

// signAt is the length in bytes of the sign at byte i that is sometimes doubled by mistake, or 0.
func signAt(text string, i int) int {
	switch text[i] {
	case '.', ',', ';', ':':
		return 1
	case 0xE3, 0xEF: // the first byte of Chinese signs
		if i+3 <= len(text) && strings.Contains("。，、；：", text[i:i+3]) {
			return 3
		}
	}
	return 0
}

// betweenWords says whether a word ends at byte from and nothing but a new word, a Chinese character or the line's end
// follows at byte to.
func betweenWords(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	closed := unicode.IsLetter(before) || unicode.IsDigit(before) || strings.ContainsRune(")]»”’\"'）】》", before)
	open := to == len(text) || unicode.IsSpace(after) || unicode.Is(unicode.Han, after) ||
		unicode.Is(unicode.Han, before) || strings.ContainsRune("“《（", after)
	return closed && open
}

// lostSign is a place where only one sign can have stood: a question mark there is what an encoding without that sign
// left of it. Group 1 of the pattern is what was lost; now gives what it was, from the text and the language.
type lostSign struct {
	pattern string
	now     func(text string, language Language) string
}

// The signs that are restored. [?\x{FFFD}] is the trace that they leave.
var lostSignRules = []lostSign{
	{`(?m)^\s*([?\x{FFFD}]) ?(?:19|20)\d\d\b`, always("©")},                                   // ? 2014-2024 Company
	{`(?i)(?:copyright|版权所有|авторские права)\s*([?\x{FFFD}])\s*(?:19|20)\d\d\b`, always("©")}, // Copyright ? 2024
	{`\b(?:1[89]|20)\d\d([?\x{FFFD}])(?:1[89]|20)\d\d\b`, mostUsed(`\d([-–—])\d`, "-", "-")},
	{`[\pL\d»”)] ([?\x{FFFD}]) [\pL\d«“(]`, mostUsed(` ([–—]) `, "—", "–")}, // Китай ? Центральная Азия
	{`\p{Latin}([?\x{FFFD}])(?:s|t|re|ve|ll|d|m)\b`, mostUsed(`\p{Latin}(['’])\p{Latin}`, "’", "’")},
	{`(?m)^\s*([?\x{FFFD}]{2})\p{Han}`, always("——")}, // ??推进贸易畅通合作
}

// quotedPairs are the pairs of quotation marks that can be told: both ends lost, the first where no question ends.
var quotedPairs = []struct{ pattern, open, close string }{
	{`[称稱](?:为|為)?([?\x{FFFD}])[\p{Han}\d-]{1,20}([?\x{FFFD}])[)）]`, "“", "”"},
	{`(?m)(?:^|[\s(])([?\x{FFFD}])\p{Cyrillic}[^?\x{FFFD}\n]{0,80}[\p{Cyrillic}\d]([?\x{FFFD}])(?:[\s,.;:)]|$)`, "«", "»"},
	{`(?m)(?:^|[\s(])([?\x{FFFD}])\p{Latin}[^?\x{FFFD}\n]{0,80}[\p{Latin}\d.,]([?\x{FFFD}])(?:[\s,.;:)]|$)`, "“", "”"},
}

// always gives the same sign for every text.
func always(sign string) func(string, Language) string {
	return func(string, Language) string { return sign }
}

// mostUsed gives the sign that the text itself uses most in such a place; failing that, the one usual in the script.
func mostUsed(pattern, cyrillic, other string) func(string, Language) string {
	return func(text string, language Language) string {
		count := map[string]int{}
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
			count[m[1]]++
		}
		best := other
		if language.Base() != "en" && language.Base() != "zh" {
			best = cyrillic
		}
		for _, sign := range []string{"-", "–", "—", "'", "’"} {
			if count[sign] > count[best] {
				best = sign
			}
		}
		return best
	}
}

// lostSigns finds question marks and replacement characters where only one sign can have stood.
func lostSigns(text string, language Language) []change {
	if !strings.ContainsAny(text, "?\uFFFD") {
		return nil
	}
	var list []change
	for _, rule := range quotedPairs {
		for _, m := range regexp.MustCompile(rule.pattern).FindAllStringSubmatchIndex(text, -1) {
			list = append(list, change{m[2], m[3], rule.open, LostSign}, change{m[4], m[5], rule.close, LostSign})
		}
	}
	for _, rule := range lostSignRules {
		for _, m := range regexp.MustCompile(rule.pattern).FindAllStringSubmatchIndex(text, -1) {
			list = append(list, change{m[2], m[3], rule.now(text, language), LostSign})
		}
	}
	return inOrder(list)
}
