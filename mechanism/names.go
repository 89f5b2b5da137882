package mechanism

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"concord/internal/fault"
)

// Names is one thing's name in several languages, keyed by language base: "en", "zh", "ru".
type Names map[string]string

// In gives the name in a language, or in English, or in any language there is (the alphabetically first tag).
func (n Names) In(lang string) string {
	if s := n[lang]; s != "" {
		return s
	}
	if s := n["en"]; s != "" {
		return s
	}
	first := ""
	for tag := range n {
		if first == "" || tag < first {
			first = tag
		}
	}
	return n[first]
}

// String is the name for a reader of English.
func (n Names) String() string { return n.In("en") }

// check holds the names of a thing; what says which thing it is.
func (n Names) check(what fault.Phrase) error {
	for tag, s := range n {
		if strings.TrimSpace(s) == "" {
			return invalid("%s: the name in %q is empty", what, tag)
		}
	}
	if len(n) == 0 {
		return invalid("%s has no name in any language", what)
	}
	return nil
}

// checkSigns refuses names in which something stands that nobody sees, or that looks like another name: signs without width,
// signs that turn the direction of writing, and letters of two alphabets that look alike in one word.
func (n Names) checkSigns() error {
	for _, s := range n {
		if err := checkSigns(s); err != nil {
			return err
		}
	}
	return nil
}

func checkSigns(name string) error {
	if i := strings.IndexFunc(name, unseen); i >= 0 {
		r, _ := utf8.DecodeRuneInString(name[i:])
		return invalid("%q cannot be a name: it holds a sign that nobody sees, %s", name, fmt.Sprintf("U+%04X", r))
	}
	for word := range strings.FieldsFuncSeq(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if mixed(word) {
			return invalid("%q cannot be a name: %q mixes letters of two alphabets", name, word)
		}
	}
	return nil
}

// unseen says whether a sign is without width or form of its own: of control, of format (among them those of direction), of
// private use, a break of lines, or one that is left out where a font lacks it.
func unseen(r rune) bool {
	return r == utf8.RuneError || unicode.In(r, unicode.C, unicode.Zl, unicode.Zp, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// alphabets are those whose letters look like those of another. Han, kana and Hangul are not among them: Latin letters stand
// in words of theirs.
var alphabets = []*unicode.RangeTable{
	unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Armenian, unicode.Georgian, unicode.Coptic, unicode.Cherokee,
	unicode.Hebrew, unicode.Arabic, unicode.Lisu, unicode.Deseret, unicode.Glagolitic,
}

func mixed(word string) bool {
	first := -1
	for _, r := range word {
		i := slices.IndexFunc(alphabets, func(t *unicode.RangeTable) bool { return unicode.Is(t, r) })
		if i >= 0 && first >= 0 && i != first {
			return true
		}
		first = max(first, i)
	}
	return false
}
