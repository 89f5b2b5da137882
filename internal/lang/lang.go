// Package lang says things in the languages of the interface: messages with plurals, dates, clock times, numbers, ages,
// the values of deadlines and the sentences of errors. English, Chinese and Russian are complete; whoever asks for another
// language gets English, and [Lang.Fallback] says so, so that the page can.
//
//	//go:embed words.txt errors.txt
//	var words embed.FS
//
//	c, err := lang.New(lang.Source{Name: "web", Files: words})
//	l := c.For("ru")
//	l.T("nav.record")             // Журнал
//	l.N("texts.clauses", 21)      // 21 пункт
//	l.Date("2024-12-01")          // 1 декабря 2024 г.
//	l.Deadline(w)                 // раз в 2 года, начиная с 2026 г., where w is R/P2Y;2026
//
// Each package that speaks brings its own words: a file words.txt, or errors.txt, or both, embedded beside its code and given
// to [New] as a [Source] by whoever puts the program together. Nothing else has to be told of it; the tests of this package
// find the files by themselves. In words.txt a key stands at the margin and below it, set in, what it says in each language;
// in errors.txt the English sentence of an error stands at the margin, as the code makes it, and below it the others:
//
//	texts.clauses                          there is no page at %q
//	  en[one] {n} clause                     zh %[1]q处没有页面
//	  en[other] {n} clauses                  ru страницы по адресу %[1]q нет
//	  zh[other] {n} 条
//	  ru[one] {n} пункт ...
//
// Keys begin with the name of the page that says them. A key or sentence may stand in one source only: what two need moves
// down to the source below both. Errors are made in packages below every page, so their sentences stand in this package's
// own errors.txt; a page's own errors stand with the page. The tests hold the languages against each other, every key against
// the code that asks for it, and every sentence against the code that makes it.
//
// x/text carries CLDR 32 of 2017 only, so plural rules and date patterns of these three languages are our own: a rule of one
// line each and a pattern in words.txt.
package lang

import (
	"strconv"
	"strings"
)

// Lang is one language of the interface. Its methods may be called from many goroutines.
type Lang struct {
	Tag      string // en, zh, ru: of the words given
	Name     string // in the language itself
	Fallback string // the tag that was asked for when it is not Tag; empty when the language is complete
	words    map[string]*message
	phrases  map[string]string // formats of errors: English -> this language; empty for English
	last     *Lang             // asked when a key is missing; nil for English
}

// Base is the primary subtag of a BCP 47 tag, in small letters: "zh" of "zh-Hans".
func Base(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return strings.ToLower(base)
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
			return m.form(plain).fill("", args)
		}
	}
	return "⟨" + key + "⟩"
}

// N gives the message of a key in the plural form for n; {n} is the number with its separators.
func (l *Lang) N(key string, n int, args ...any) string {
	for from := l; from != nil; from = from.last {
		if m, ok := from.words[key]; ok {
			return m.form(from.category(n)).fill(from.Number(n), args)
		}
	}
	return "⟨" + key + "⟩"
}

// Has says whether the language itself has the key.
func (l *Lang) Has(key string) bool { _, ok := l.words[key]; return ok }

// category is the plural category of a whole number: CLDR's rules for whole numbers in these languages.
func (l *Lang) category(n int) category {
	n = max(n, -n)
	switch l.Tag {
	case "en":
		if n == 1 {
			return one
		}
	case "ru":
		switch {
		case n%10 == 1 && n%100 != 11:
			return one
		case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
			return few
		}
		return many
	}
	return other
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
