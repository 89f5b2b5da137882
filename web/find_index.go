package web

import (
	"strings"
	"sync"
	"unicode"

	"concord/commitment"
	"concord/mechanism"
)

// searchIndex is what a question looks through, in small letters: the lines of the ledger and the clauses of the texts,
// as of one state. It serves until the next act.
type searchIndex struct {
	m       *mechanism.Mechanism
	acts    int64
	lines   []lineWords
	clauses []clauseWords
}

// searchWords are the words of a question as they are looked for: in small letters, and Russian ones without the vowels of
// their ending, so that "Астана" finds "в Астане".
func searchWords(asked string) []string {
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

// lineWords is a line of the ledger with its reference and all that it says in any language.
type lineWords struct {
	line  commitment.Line
	words string
}

// clauseWords is an innermost clause of a copy, as it reads and in small letters.
type clauseWords struct {
	text, id, lang string
	as, words      string
}

// searched keeps the index of the state that was asked last.
type searched struct {
	mu   sync.Mutex
	last *searchIndex
}

// of gives the index of a state, which the caller holds the view of.
func (s *searched) of(m *mechanism.Mechanism) *searchIndex {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil || s.last.m != m || s.last.acts != m.Acts() {
		s.last = indexOf(m)
	}
	return s.last
}

func indexOf(m *mechanism.Mechanism) *searchIndex {
	x := &searchIndex{m: m, acts: m.Acts()}
	for _, ln := range m.Ledger().Lines() {
		x.lines = append(x.lines, lineWords{ln, strings.ToLower(wordsOfLine(ln))})
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
		words += "\n" + everyName(ln.Summary.Summary)
	}
	if ln.Accepted != nil {
		words += "\n" + ln.Accepted.Action
	}
	return words
}

// addClauses adds the innermost clauses of a copy: what lies in a point is not said again for the clause around it.
func (x *searchIndex) addClauses(text string, c mechanism.Copy) {
	parents := map[string]bool{}
	for _, cl := range c.Document.Clauses {
		parents[cl.Parent] = true
	}
	for _, cl := range c.Document.Clauses {
		if !parents[cl.ID] {
			as := c.Document.Reading[cl.Start:cl.End]
			x.clauses = append(x.clauses, clauseWords{text, cl.ID, c.Language, as, strings.ToLower(as)})
		}
	}
}
