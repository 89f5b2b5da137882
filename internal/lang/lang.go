// Package lang says things in the languages of the interface: messages with plurals, dates, clock times, numbers, ages
// and the values of deadlines. English, Chinese and Russian are complete; whoever asks for another language gets
// English, and [Lang.Fallback] says so, so that the page can.
//
//	l := lang.For("ru")
//	l.T("nav.record")             // Журнал
//	l.N("texts.clauses", 21)      // 21 пункт
//	l.Date("2024-12-01")          // 1 декабря 2024 г.
//	l.Deadline("R/P2Y;2026")      // раз в 2 года, с 2026 г.
//
// The words stand in messages/*.txt, one file a language, which anybody can read and correct; a test holds the files
// against each other and against every key that the program uses. The sentences of errors stand in English where they are
// made, and in the other languages in messages/errors.*.txt; a test holds these files against the code. x/text carries CLDR 32 of 2017 only, so plural rules
// and date patterns of these three languages are our own: a rule of one line each and a pattern in the message files.
package lang

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
)

// Lang is one language of the interface. Its methods may be called from many goroutines.
type Lang struct {
	Tag      string // en, zh, ru: of the words given
	Name     string // in the language itself
	Fallback string // the tag that was asked for when it is not Tag; empty when the language is complete
	words    map[string]message
	phrases  map[string]string // formats of errors: English -> this language; nil for English
	last     *Lang             // asked when a key is missing; nil for English
}

// message is what a key says: one form, or one a plural category.
type message map[string]string // category, or "" for all numbers -> pattern

// plain is the category of a message without plural forms.
const plain = ""

// complete are the languages with all messages, the default first.
var complete = [...]string{"en", "zh", "ru"}

// catalog reads the message files once; they are part of the program and a test reads them, so an error is a fault of
// the build.
var catalog = sync.OnceValue(func() map[string]*Lang {
	all := map[string]*Lang{}
	for _, tag := range complete {
		words, err := readMessages(tag)
		if err != nil {
			panic("lang: " + err.Error())
		}
		all[tag] = &Lang{Tag: tag, Name: words["language.name"][plain], words: words, last: all["en"]}
		if tag == "en" {
			continue
		}
		if all[tag].phrases, err = readPhrases(tag); err != nil {
			panic("lang: " + err.Error())
		}
	}
	return all
})

// All gives the complete languages, English first.
func All() []*Lang {
	var all []*Lang
	for _, tag := range complete {
		all = append(all, catalog()[tag])
	}
	return all
}

// Base is the primary subtag of a BCP 47 tag, in small letters: "zh" of "zh-Hans".
func Base(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(base)
}

// Known says whether the tag's language is complete.
func Known(tag string) bool { return catalog()[Base(tag)] != nil }

// For gives the language of a tag; English marked as a fallback when it is none of the complete ones.
func For(tag string) *Lang {
	if l := catalog()[Base(tag)]; l != nil {
		return l
	}
	english := *catalog()["en"]
	if asked := Base(tag); validBase(asked) {
		english.Fallback = asked
	}
	return &english
}

// validBase says whether s looks like a primary subtag: two or three small letters.
func validBase(s string) bool {
	return (len(s) == 2 || len(s) == 3) && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz") == ""
}

// T gives the message of a key with {0}, {1} ... filled by the arguments. A key that the language lacks is said in
// English; one that nobody has stands as ⟨key⟩, so that it is seen.
func (l *Lang) T(key string, args ...any) string {
	for from := l; from != nil; from = from.last {
		if m, ok := from.words[key]; ok {
			return fill(m.form(plain), args)
		}
	}
	return "⟨" + key + "⟩"
}

// N gives the message of a key in the plural form for n; {n} is the number with its separators.
func (l *Lang) N(key string, n int, args ...any) string {
	for from := l; from != nil; from = from.last {
		if m, ok := from.words[key]; ok {
			said := strings.ReplaceAll(m.form(from.category(n)), "{n}", from.Number(n))
			return fill(said, args)
		}
	}
	return "⟨" + key + "⟩"
}

// Has says whether the language itself has the key.
func (l *Lang) Has(key string) bool { _, ok := l.words[key]; return ok }

// form picks a category's pattern, or the one for all numbers.
func (m message) form(category string) string {
	for _, c := range [...]string{category, "other", plain} {
		if s, ok := m[c]; ok {
			return s
		}
	}
	return ""
}

// category is the plural category of a whole number: CLDR's rules for whole numbers in these languages.
func (l *Lang) category(n int) string {
	n = max(n, -n)
	switch l.Tag {
	case "en":
		if n == 1 {
			return "one"
		}
	case "ru":
		switch {
		case n%10 == 1 && n%100 != 11:
			return "one"
		case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
			return "few"
		}
		return "many"
	}
	return "other"
}

// categories are the forms that a plural message of a language must have.
func categories(tag string) []string {
	switch tag {
	case "en":
		return []string{"one", "other"}
	case "ru":
		return []string{"one", "few", "many", "other"}
	}
	return []string{"other"}
}

// fill puts the arguments in the places {0}, {1} ...
func fill(pattern string, args []any) string {
	for i, a := range args {
		pattern = strings.ReplaceAll(pattern, "{"+strconv.Itoa(i)+"}", fmt.Sprint(a))
	}
	return pattern
}

// Number gives a whole number with the language's separator between groups of three; four figures stay together.
func (l *Lang) Number(n int) string {
	s := strconv.Itoa(max(n, -n))
	if len(s) > 4 {
		sep := l.T("number.group")
		for i := len(s) - 3; i > 0; i -= 3 {
			s = s[:i] + sep + s[i:]
		}
	}
	if n < 0 {
		return "−" + s
	}
	return s
}

// List joins words as the language does: "A, B and C".
func (l *Lang) List(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return l.T("list.last", strings.Join(words[:n-1], l.T("list.between")), words[n-1])
	}
}

// Strength is the name of a commitment's strength, 0 to 5.
func (l *Lang) Strength(n int) string { return l.T("strength." + strconv.Itoa(n)) }
