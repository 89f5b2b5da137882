package statement

import "unicode"

// languageOf tells the language of a text from its script and letters.
func languageOf(text string) Language {
	var han, cyrillic, latin int
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	switch {
	case han == 0 && cyrillic == 0 && latin == 0:
		return "und"
	case 3*han >= cyrillic && 3*han >= latin:
		return "zh-Hans"
	case cyrillic >= latin:
		return "ru"
	}
	return "en"
}
