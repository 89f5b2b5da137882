// Package search finds, in all languages, what a state has: the lines of the ledger by any of their properties and by what
// they say in any language, the clauses of the texts by their words.
//
// A [Cache] keeps the [Index] of the state that was asked last, and makes that of another state from it: only what differs
// is read anew. An index is made from what is public, so all sights share it; it never changes and may be kept.
//
//	found := cache.Of(state).Stretch(search.Filter{Text: "CHD24", Strength: []int{5}}, search.Order{}, search.Place{}, 100)
package search

import (
	"strings"
	"unicode"

	"concord/mechanism"
)

// State is what is searched.
type State = mechanism.Sight

// Words are the words of a question as they are looked for: in small letters, and Russian ones without the vowels of
// their ending, so that "Астана" finds "в Астане".
func Words(asked string) []string {
	words := strings.Fields(strings.ToLower(asked))
	for i, w := range words {
		letters := []rune(w)
		if strings.ContainsFunc(w, func(r rune) bool { return !unicode.Is(unicode.Cyrillic, r) }) {
			continue
		}
		for n := 0; n < 2 && len(letters) > 4 && strings.ContainsRune("аеёиоуыэюяйь", letters[len(letters)-1]); n++ {
			letters = letters[:len(letters)-1]
		}
		words[i] = string(letters)
	}
	return words
}

// Names is a name in all languages, one a line.
func Names(n mechanism.Names) string {
	var b strings.Builder
	for _, s := range n {
		b.WriteString(s)
		b.WriteByte('\n')
	}
	return b.String()
}

// Has says whether a text in small letters has all words, as [Words] gives them.
func Has(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}
