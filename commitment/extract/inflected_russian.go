package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"concord/lexicon"
)

// russianForm sees the form of a Russian verb by its ending: infinitives are plain, verbal nouns are those in -ние and
// -тие and those that the lexicon lists.
func (w *walk) russianForm(i int, text string) form {
	p := &w.w[i]
	switch {
	case p.is("noun"):
		return noForm
	case infinitive(text):
		return bare
	case p.cue != nil && p.cue.Line.Has("noun"), verbalNoun(text):
		return verbal
	}
	return noForm
}

// infinitive tells whether a word ends as infinitives do and as the common nouns in -ть and -ти do not.
func infinitive(text string) bool {
	text = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(text), "ся"), "сь")
	for _, end := range []string{"ость", "ести", "асти", "ости", "сети", "пути", "нефть", "смерть", "четверть", "треть", "часть", "власть", "область", "снасть", "пасть", "весть", "есть", "печать", "память", "путь", "сеть", "мать", "нить", "кость", "плоть"} {
		if strings.HasSuffix(text, end) {
			return infinitiveInTi(text)
		}
	}
	for _, end := range []string{"ать", "ять", "еть", "ить", "оть", "уть", "ыть", "сть", "зть", "йти", "чь", "зти", "сти"} {
		if strings.HasSuffix(text, end) && utf8.RuneCountInString(text) > utf8.RuneCountInString(end) {
			return end != "чь" || strings.HasSuffix(text, "ечь") && text != "речь" || strings.HasSuffix(text, "очь") && strings.HasPrefix(text, "по") || strings.HasSuffix(text, "ичь")
		}
	}
	return false
}

// infinitiveInTi knows the verbs whose infinitive ends as nouns do: провести, ввести, внести, приобрести, учесть.
func infinitiveInTi(text string) bool {
	for _, end := range []string{"вести", "нести", "обрести", "плести", "учесть", "зачесть", "предпочесть", "расти"} {
		if strings.HasSuffix(text, end) && text != "вести" {
			return true
		}
	}
	return text == "вести"
}

// verbalNoun tells whether a word is a noun of action in -ние or -тие, in any case but the plural.
func verbalNoun(text string) bool {
	text = strings.ToLower(text)
	for _, end := range []string{"ание", "ение", "ание", "тие", "ании", "ении", "тии", "анию", "ению", "анием", "ением", "ания", "ения"} {
		if strings.HasSuffix(text, end) && utf8.RuneCountInString(text) > 6 {
			return true
		}
	}
	return false
}

// russianFinite tells whether a word has an ending of the past or of the third or first person.
func russianFinite(text string) bool {
	text = strings.TrimSuffix(strings.TrimSuffix(strings.ToLower(text), "ся"), "сь")
	for _, end := range []string{"ли", "ла", "ло", "ил", "ал", "ел", "ял", "ют", "ут", "ат", "ят", "ет", "ит", "ем", "им", "ны", "но", "на", "ен", "ан", "ян", "то"} {
		if strings.HasSuffix(text, end) {
			return true
		}
	}
	return false
}

// nominative tells whether a group of actors that begins at a piece can be the subject: Russian tells by the case of its
// first word. The lexicon marks other cases of actors ("oblique"); states are seen by their ending.
func (w *walk) nominative(i int) bool {
	if !w.russian {
		return true
	}
	if a := w.kindAt(i, lexicon.Actors); a != nil {
		return !a.Line.Has("oblique")
	}
	s := w.kindAt(i, lexicon.States)
	if s == nil {
		return false
	}
	return s.Line.Detail == lexicon.Capital || nominativeState(w.text(s))
}

// nominativeState sees the case of a state's name: Казахстан, Россия, Китай, Кыргызская Республика, казахстанская сторона.
func nominativeState(name string) bool {
	for _, word := range strings.Fields(name) {
		if strings.HasSuffix(word, "ая") || strings.HasSuffix(word, "ий") {
			return true
		}
		if strings.HasSuffix(word, "ой") || strings.HasSuffix(word, "ую") || strings.HasSuffix(word, "ого") {
			return false
		}
	}
	last, _ := utf8.DecodeLastRuneInString(name)
	switch unicode.ToLower(last) {
	case 'а', 'е', 'у', 'и', 'м', 'о':
		return strings.HasSuffix(name, "стороны") || strings.HasSuffix(name, "Куба") || strings.HasSuffix(name, "Ливия")
	case 'я':
		return strings.HasSuffix(name, "ия")
	case 'ю':
		return false
	}
	return true
}
