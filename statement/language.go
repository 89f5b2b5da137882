package statement

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// profile is what tells a language from the others of its script.
type profile struct {
	tag     Language
	script  string
	letters map[rune]bool
	needs   string // letters of which any longer text has one
	pairs   []string
	words   map[string]bool
}

// profiles reads languages.txt.
var profiles = sync.OnceValue(func() []profile {
	var list []profile
	for _, row := range rows("languages.txt") {
		f := strings.Fields(row)
		if f[0] == "language" {
			list = append(list, profile{Language(f[1]), f[2], map[rune]bool{}, "", nil, map[string]bool{}})
			continue
		}
		p := &list[len(list)-1]
		for _, item := range f[1:] {
			switch f[0] {
			case "letters":
				r, _ := utf8.DecodeRuneInString(item)
				p.letters[r] = true
			case "needs":
				p.needs += item
			case "pairs":
				p.pairs = append(p.pairs, item)
			case "words":
				p.words[item] = true
			}
		}
	}
	return list
})

// Undetermined is the language of a text that is too short, or in none of those that are told apart.
const Undetermined Language = "und"

// sampled is the most bytes of a text that its language is told from.
const sampled = 1 << 16

// languageOf tells the language of a text. The script with most letters decides first, one Chinese character weighing as
// much as two letters since it is as much of a word; then words and letters of the languages in that script.
func languageOf(text string) Language {
	text = sample(text)
	var han, kana, cyrillic, latin, other int
	for _, r := range text {
		switch {
		case r < utf8.RuneSelf:
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				latin++
			}
		case r >= 0x0400 && r <= 0x052F:
			cyrillic++
		case r >= 0x3040 && r <= 0x30FF:
			kana++
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.IsLetter(r):
			other++
		}
	}
	most := max(2*han, cyrillic, latin)
	switch {
	case most == 0 || other > most || 4*kana > han && han > 0 && 2*han == most:
		return Undetermined
	case 2*han == most:
		return chineseScript(text)
	case cyrillic == most:
		return bestOf("Cyrillic", text)
	}
	return bestOf("Latin", text)
}

// sample gives the beginning of a long text, in whole characters.
func sample(text string) string {
	if len(text) <= sampled {
		return text
	}
	end := sampled
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return text[:end]
}

// chineseScript says which script most of the characters that only one has are in.
func chineseScript(text string) Language {
	if traditional, simplified := scripts().count(text); traditional > simplified {
		return "zh-Hant"
	}
	return "zh-Hans"
}

// bestOf scores the languages of a script. A frequent word weighs three letters; a letter that the language does not
// have, as much against it.
func bestOf(script, text string) Language {
	words := wordsOf(text)
	extra := extraLetters(script)
	best, most, hits := Undetermined, 0, 0
	for _, p := range profiles() {
		if p.script != script {
			continue
		}
		score, found := p.score(words, extra)
		if best == Undetermined || score > most {
			best, most, hits = p.tag, score, found
		}
	}
	if script == "Latin" && best == "en" && 12*hits < len(words) && len(words) > 8 {
		return Undetermined // English has such words every few words; what has next to none is some other language
	}
	if most < 0 || len(words) == 0 {
		return Undetermined
	}
	return best
}

// needed is from how many letters on a text must have one that the language needs, and what it costs not to.
const needed, missing = 30, 12

func (p profile) score(words []string, extra map[rune]bool) (score, found int) {
	letters, has := 0, p.needs == ""
	for _, word := range words {
		if p.words[word] {
			score += 3
			found++
		}
		letters += len(word) / 2
		has = has || strings.ContainsAny(word, p.needs)
		for _, pair := range p.pairs {
			if strings.Contains(word, pair) {
				score += 2
				has = true
			}
		}
		for _, r := range word {
			switch {
			case p.letters[r]:
				score++
			case extra[r]:
				score -= 3
			}
		}
	}
	if !has && letters > needed {
		score -= missing
	}
	return score, found
}

// extraLetters are those that some language of the script has and others do not, and the apostrophe of none.
func extraLetters(script string) map[rune]bool {
	extra := map[rune]bool{}
	for _, p := range profiles() {
		if p.script == script {
			for r := range p.letters {
				extra[r] = true
			}
		}
	}
	if script == "Cyrillic" {
		for _, r := range "їєґђјљњћџѓќѕ" { // Ukrainian, Serbian, Macedonian
			extra[r] = true
		}
	} else {
		for _, r := range "éèêëàâîïôûùœßñãõíóúáčšřěůłńąęśźżåøæığ" {
			extra[r] = true
		}
	}
	return extra
}

// wordsOf gives the words of a text in lower case, the letters of Uzbek written ʻ whatever sign stands for them.
func wordsOf(text string) []string {
	return slices.Collect(strings.FieldsFuncSeq(oneApostrophe.Replace(strings.ToLower(text)), func(r rune) bool {
		return !unicode.IsLetter(r) && r != 'ʻ' && r != '-' && r != '\''
	}))
}

var oneApostrophe = strings.NewReplacer("o‘", "oʻ", "g‘", "gʻ", "o'", "oʻ", "g'", "gʻ", "o`", "oʻ", "g`", "gʻ", "oʼ", "oʻ", "gʼ", "gʻ",
	"o’", "oʻ", "g’", "gʻ", "‐", "-", "’", "ʼ", "'", "ʼ")
