package statement

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// gloss is a bracket after a Chinese character that holds a reading of it, or of the word that it ends.
type gloss struct {
	from, to int
	toned    bool
	sure     bool // damage without any further proof
	word     bool // reads more than one character
}

// glosses finds the readings that a conversion put in brackets after the characters that they read. A reading with its
// tone mark is proof enough, and so is one that is repeated: 联(lian)(lian). A single one without a mark could be a word
// in its own right (the article "an" after 安); it counts only in a text that has other glosses.
func glosses(text string) []change {
	found := findGlosses(text)
	supported := supports(found)
	var list []change
	for _, g := range found {
		if !g.sure && (!supported || g.word) {
			continue
		}
		kind := RepeatedGloss
		if g.toned {
			kind = PinyinGloss
		}
		list = append(list, change{g.from, g.to, "", kind})
	}
	return list
}

// supports says whether glosses are certain enough in number for the doubtful ones among them to count too: one that is
// sure, or three that each agree with the character before them.
func supports(found []gloss) bool {
	doubtful := 0
	for _, g := range found {
		switch {
		case g.sure:
			return true
		case !g.word:
			doubtful++
		}
	}
	return doubtful >= 3
}

func findGlosses(text string) []gloss {
	var found []gloss
	for at := 0; at < len(text); {
		i := strings.IndexAny(text[at:], "(（")
		if i < 0 {
			break
		}
		at += i
		chain := glossChain(text, at)
		if len(chain) == 0 {
			at++
			for at < len(text) && !utf8.RuneStart(text[at]) {
				at++
			}
			continue
		}
		found = append(found, chain...)
		at = chain[len(chain)-1].to
	}
	return found
}

// glossChain reads the brackets that follow one another from byte at on, as far as each reads the characters before the
// first. Two in a row prove each other.
func glossChain(text string, at int) []gloss {
	before := lastHan(text[:at])
	if len(before) == 0 {
		return nil
	}
	var chain []gloss
	for {
		content, end, ok := bracket(text, at)
		if !ok {
			break
		}
		g, ok := readGloss(content, before)
		if !ok {
			break
		}
		g.from, g.to = at, end
		chain, at = append(chain, g), end
	}
	for i := range chain {
		chain[i].sure = chain[i].sure || chain[i].toned || len(chain) > 1
	}
	return chain
}

// longestWord is the most characters that one gloss is taken to read.
const longestWord = 8

// lastHan gives the unbroken Chinese characters that text ends in, at most longestWord of them.
func lastHan(text string) []rune {
	var run []rune
	for len(run) < longestWord && text != "" {
		r, size := utf8.DecodeLastRuneInString(text)
		if !unicode.Is(unicode.Han, r) {
			break
		}
		run = append([]rune{r}, run...)
		text = text[:len(text)-size]
	}
	return run
}

// longestGloss is the most bytes between the brackets of a gloss.
const longestGloss = 64

// bracket gives what stands between the bracket that opens at byte at and the next that closes, if it is only letters
// with spaces or apostrophes between.
func bracket(text string, at int) (content string, end int, ok bool) {
	r, size := utf8.DecodeRuneInString(text[at:])
	if at >= len(text) || r != '(' && r != '（' {
		return "", 0, false
	}
	from := at + size
	for i, r := range text[from:min(len(text), from+longestGloss)] {
		switch {
		case r == ')' || r == '）':
			content = strings.TrimSpace(text[from : from+i])
			return content, from + i + utf8.RuneLen(r), content != ""
		case !unicode.Is(unicode.Latin, r) && r != ' ' && r != '\'' && r != '’' && r != 'ɡ' && r != 'ɑ':
			return "", 0, false
		}
	}
	return "", 0, false
}

// readGloss says whether content reads the end of the word: "lián" the 聯, "lián hé" the 聯合, "lian lian" the 联 twice.
func readGloss(content string, word []rune) (g gloss, ok bool) {
	content = glossLetters.Replace(content)
	parts := strings.Fields(content)
	joined := strings.Join(parts, "")
	if g.toned = toneless(joined) != joined && hasTone(joined); !g.toned && strings.ToLower(joined) != joined {
		return g, false // a name or an abbreviation
	}
	if len(parts) > 1 && repeats(parts, word[len(word)-1]) {
		g.sure = true
		return g, true
	}
	n := readsBack(strings.ToLower(joined), word, g.toned)
	g.word = n > 1
	return g, n > 0
}

// glossLetters writes the letters of schoolbook fonts as plain ones.
var glossLetters = strings.NewReplacer("ɡ", "g", "ɑ", "a", "'", " ", "’", " ")

// hasTone says whether one of the four tone marks stands in it; ü alone is none.
func hasTone(syllables string) bool {
	return strings.ContainsAny(syllables, "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿĀÁǍÀĒÉĚÈŌÓǑÒ")
}

// repeats says whether every part is one and the same reading of the character.
func repeats(parts []string, character rune) bool {
	for _, part := range parts {
		if part != parts[0] || readsBack(part, []rune{character}, hasTone(part)) != 1 {
			return false
		}
	}
	return true
}

// readsBack says how many characters at the end of word the syllables read; 0 when they do not.
func readsBack(syllables string, word []rune, toned bool) int {
	if len(word) == 0 {
		return 0
	}
	last, rest := word[len(word)-1], word[:len(word)-1]
	for _, reading := range readings()[last] {
		for _, spelling := range spellings(reading, toned) {
			head, ok := strings.CutSuffix(syllables, spelling)
			if ok && head == "" {
				return 1
			}
			if n := 0; ok {
				if n = readsBack(head, rest, toned); n > 0 {
					return n + 1
				}
			}
		}
	}
	return 0
}

// spellings are the ways in which a reading is written: with its mark, or without and ü as ü, v or u.
func spellings(reading string, toned bool) []string {
	if toned {
		return []string{reading}
	}
	plain := toneless(reading)
	if !strings.Contains(plain, "v") {
		return []string{plain}
	}
	return []string{plain, strings.ReplaceAll(plain, "v", "ü"), strings.ReplaceAll(plain, "v", "u")}
}
