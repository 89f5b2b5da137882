package statement

import (
	"regexp"
	"strings"
	"sync"
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
		switch {
		case text[i:i+size] == "—":
			if end == i+4*size && besideHan(text, i, end) {
				list = append(list, change{i + 2*size, end, "", DoubledSign})
			}
		case end == i+2*size && (size > 1 || betweenWords(text, i, end)):
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
	case 0xE2:
		if strings.HasPrefix(text[i:], "—") {
			return 3
		}
	case 0xE3, 0xEF: // the first byte of Chinese signs
		if i+3 <= len(text) && strings.Contains("。，、；：！？", text[i:i+3]) {
			return 3
		}
	}
	return 0
}

// besideHan says whether a Chinese character stands before byte from or after byte to.
func besideHan(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	return unicode.Is(unicode.Han, before) || unicode.Is(unicode.Han, after)
}

// betweenWords says whether a word ends at byte from and nothing but a new word, a Chinese character or the line's end
// follows at byte to.
func betweenWords(text string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:from])
	after, _ := utf8.DecodeRuneInString(text[to:])
	closed := unicode.IsLetter(before) || unicode.IsDigit(before) || strings.ContainsRune(")]»”’\"'）】》%‰°℃…", before)
	open := to == len(text) || unicode.IsSpace(after) || unicode.Is(unicode.Han, after) ||
		unicode.Is(unicode.Han, before) || strings.ContainsRune("“«‘《（(\")”’»", after)
	return closed && open
}

// lostSign is a place where only one sign can have stood: a question mark there is what an encoding without that sign
// left of it. Group 1 of the pattern is what was lost; now gives what it was, from the text and the language.
type lostSign struct {
	pattern *regexp.Regexp
	now     func(text string, language Language) string
}

// quotedPair are two lost quotation marks that can be told: the first stands where no question ends. Groups 1 and 2 of
// the pattern are what was lost.
type quotedPair struct {
	pattern     *regexp.Regexp
	open, close string
}

// lostSignRules are the signs that are restored, each on a line of its own. [?\x{FFFD}] is the trace that they leave.
var lostSignRules = sync.OnceValues(func() ([]quotedPair, []lostSign) {
	re := func(pattern string) *regexp.Regexp {
		return regexp.MustCompile(strings.ReplaceAll(pattern, "TRACE", `[?\x{FFFD}]`))
	}
	return []quotedPair{
			{re(`[称稱](?:为|為)?(TRACE)[\p{Han}\d-]{1,20}(TRACE)[)）]`), "“", "”"},
			{re(`(?:^|[\s(])(TRACE)\p{Cyrillic}[^?\x{FFFD}]{0,80}[\p{Cyrillic}\d](TRACE)(?:[\s,.;:)]|$)`), "«", "»"},
			{re(`(?:^|[\s(])(TRACE)\p{Latin}[^?\x{FFFD}]{0,80}[\p{Latin}\d.,](TRACE)(?:[\s,.;:)]|$)`), "“", "”"},
		}, []lostSign{
			{re(`^\s*(TRACE) ?(?:19|20)\d\d\b`), always("©")}, // ? 2014-2024 Company
			{re(`(?i)(?:copyright|版权所有|авторские права)\s*(TRACE)\s*(?:19|20)\d\d\b`), always("©")},
			{re(`\b(?:1[89]|20)\d\d(TRACE)(?:1[89]|20)\d\d\b`), mostUsed(`\d([-–—])\d`, "-", "-")},
			{re(`[\pL\d»”)] (TRACE) [\pL\d«“(]`), mostUsed(` ([–—]) `, "—", "–")}, // Китай ? Центральная Азия
			{re(`\p{Latin}(TRACE)(?:s|t|re|ve|ll|d|m)\b`), mostUsed(`\p{Latin}(['’])\p{Latin}`, "’", "’")},
			{re(`^\s*(TRACE{2})\p{Han}`), always("——")},                                     // ??推进贸易畅通合作
			{re(`[` + nameCharacters + `]{2}(TRACE)[` + nameCharacters + `]`), always("·")}, // 沙夫卡特?米尔济约耶夫
		}
})

// nameCharacters are those that foreign names are written with: where they stand on both sides of a lost sign, it was the
// dot between given name and family name. (After Xinhua's tables of transliteration; the everyday ones.)
const nameCharacters = "阿埃艾奥巴贝比波别布查达德迪蒂杜厄恩尔法菲费夫弗甫戈格古哈赫胡霍基吉加贾杰季济卡凯科克肯库拉莱兰勒雷里利列林卢鲁罗洛马迈曼" +
	"麦梅米姆穆纳内尼涅努诺帕佩皮普齐奇恰乔切瑟萨塞沙什史斯苏索塔泰坦特提图托瓦万韦维温沃乌西夏希谢雅亚叶耶伊因尤约扎泽兹"

// always gives the same sign for every text.
func always(sign string) func(string, Language) string {
	return func(string, Language) string { return sign }
}

// mostUsed gives the sign that the text itself uses most in such a place; failing that, the one usual in the script.
func mostUsed(pattern, cyrillic, other string) func(string, Language) string {
	return func(text string, language Language) string {
		count := map[string]int{}
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(sample(text), -1) {
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
	var list []change
	known := map[int]string{} // what each rule restores in this text, once it was asked
	for at := 0; at < len(text); {
		i := strings.IndexAny(text[at:], "?\uFFFD")
		if i < 0 {
			break
		}
		from := strings.LastIndexByte(text[:at+i], '\n') + 1
		to := len(text)
		if end := strings.IndexByte(text[at+i:], '\n'); end >= 0 {
			to = at + i + end
		}
		if strings.HasSuffix(text[from:to], "\r") {
			to--
		}
		list = append(list, lostInLine(text, from, to, language, known)...)
		at = to
	}
	return list
}

// lostInLine finds them in text[from:to]. Pairs of quotation marks come first, since what they hold is sure.
func lostInLine(text string, from, to int, language Language, known map[int]string) []change {
	pairs, signs := lostSignRules()
	var list []change
	for _, rule := range pairs {
		for _, m := range rule.pattern.FindAllStringSubmatchIndex(text[from:to], -1) {
			list = append(list, change{from + m[2], from + m[3], rule.open, LostSign}, change{from + m[4], from + m[5], rule.close, LostSign})
		}
	}
	for i, rule := range signs {
		for _, m := range rule.pattern.FindAllStringSubmatchIndex(text[from:to], -1) {
			if known[i] == "" {
				known[i] = rule.now(text, language)
			}
			list = append(list, change{from + m[2], from + m[3], known[i], LostSign})
		}
	}
	return inOrder(list)
}
