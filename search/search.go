// Package search finds, in all languages, what a state has: the lines of the ledger by what they say in any language, the
// clauses of the texts by their words.
//
// A [Cache] keeps the [Index] of the state that was asked last:
//
//	for _, line := range cache.Of(state).Lines {
//		if search.Has(line.Words, search.Words("Астана")) { ... }
//	}
package search

import (
	"strings"
	"sync"
	"unicode"

	"concord/commitment"
	"concord/mechanism"
)

// State is what is searched.
type State = mechanism.Sight

// Index is what a question looks through, in small letters: the lines of the ledger and the clauses of the texts,
// as of one state. It serves until the next act.
type Index struct {
	acts    int64
	Lines   []Line
	Clauses []Clause
}

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

// Line is a line of the ledger with its reference and all that it says in any language.
type Line struct {
	Line  commitment.Line
	Words string
}

// Clause is an innermost clause of a copy, as it reads and in small letters.
type Clause struct {
	Text, ID, Lang string
	As, Words      string
}

// Cache keeps the index of the state that was asked last.
type Cache struct {
	mu   sync.Mutex
	last *Index
}

// Of gives the index of a state. It is made from what is public, so all sights share it.
func (s *Cache) Of(m State) *Index {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil || s.last.acts != m.Acts() {
		s.last = indexOf(m.Public())
	}
	return s.last
}

func indexOf(m State) *Index {
	x := &Index{acts: m.Acts()}
	for _, ln := range m.Ledger().Lines() {
		x.Lines = append(x.Lines, Line{ln, strings.ToLower(wordsOfLine(ln))})
	}
	for _, t := range m.Texts() {
		for _, c := range t.Copies {
			x.addClauses(t.Code, c)
		}
	}
	return x
}

func wordsOfLine(ln commitment.Line) string {
	words := ln.Ref
	if ln.Summary != nil {
		words += "\n" + Names(ln.Summary.Summary)
	}
	if ln.Accepted != nil {
		words += "\n" + ln.Accepted.Action
	}
	return words
}

// addClauses adds the innermost clauses of a copy: what lies in a point is not said again for the clause around it.
func (x *Index) addClauses(text string, c mechanism.Copy) {
	parents := map[string]bool{}
	for _, cl := range c.Document.Clauses {
		parents[cl.Parent] = true
	}
	for _, cl := range c.Document.Clauses {
		if !parents[cl.ID] {
			as := c.Document.Reading[cl.Start:cl.End]
			x.Clauses = append(x.Clauses, Clause{text, cl.ID, c.Language, as, strings.ToLower(as)})
		}
	}
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
