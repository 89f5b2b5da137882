// Package lexicon finds the words of promises in a text: cues, actors, states, times, numbers, instruments.
//
// What it knows is data that experts edit, one folder a language, one file a [Kind] of word, one phrase a line; README.md
// is their manual. A [Lexicon] is all of one language, ready to search; each [Hit] names the [Line] that fired, so that
// whoever reads a text can say why. It finds and does not judge: what a hit means is for the grammar that asked.
package lexicon

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"concord/commitment"
)

//go:embed data
var data embed.FS

// Kind is which file of a lexicon a line stands in.
type Kind uint8

const (
	Cues        Kind = iota // words that bind or that say that nothing binds
	Actors                  // words for those who undertake
	Modifiers               // words that qualify: fully, as appropriate
	Deadlines               // phrases of time
	Instruments             // what can be concluded
	Frames                  // words that only the grammar of the language knows what to do with: purpose heads, adverbials
	Areas                   // general areas of cooperation, used when the mechanism gives no tracks
	Numbers                 // number words, for {N} in deadlines
	Months                  // month names, for {M} in deadlines
	States                  // names of states and organizations; from data/states.tsv, not from a file of the language
	Tracks                  // the words of the mechanism's own tracks; from the caller of NewSearcher
	kinds                   // how many kinds there are
)

var kindNames = [kinds]string{"cues", "actors", "modifiers", "deadlines", "instruments", "frames", "areas", "numbers", "months", "states", "tracks"}

// The classes that a line of each kind may have; a nil list allows any.
var kindClasses = [kinds][]string{
	Cues: {"decide", "task", "adopt", "confirm", "pledge", "reaffirm", "intend", "seek", "support", "explore", "say",
		"none", "verb", "word"},
	Actors:      append(said(commitment.ActorKinds()), "others", "except", "word"),
	Modifiers:   commitment.Modifiers(),
	Deadlines:   append(said(commitment.Bases()), "word"),
	Instruments: append(commitment.Instruments(), "word"),
}

// said gives the values of a vocabulary as the words that a file has for them.
func said[T ~string](values []T) []string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = string(v)
	}
	return words
}

// Line is one line of a lexicon file.
type Line struct {
	Phrase string // as written
	Class  string // what kind of cue, actor ... it is; of a state its code, or several with spaces between
	Detail string // what more the class needs: the reason of a none cue, the value of a deadline; often empty
	Rule   string // base/class/phrase, what a proposal names
	Kind   Kind
	place  string // file:line, for errors
	exact  bool   // capitals count: the US, not us
}

// Has tells whether the detail of a line, a list of words with spaces between, names a word.
func (l *Line) Has(word string) bool {
	for rest := l.Detail; rest != ""; {
		var w string
		if w, rest, _ = strings.Cut(rest, " "); w == word {
			return true
		}
	}
	return false
}

// Reason is why a none cue binds nobody: the first word of its detail.
func (l *Line) Reason() string {
	word, _, _ := strings.Cut(l.Detail, " ")
	return word
}

// Codes are the states that the detail of a line lists.
func (l *Line) Codes() []string {
	var codes []string
	for _, word := range strings.Fields(l.Detail) {
		if word == strings.ToUpper(word) {
			codes = append(codes, word)
		}
	}
	return codes
}

// Lexicon is all data of one language, ready to search. It does not change and may be used from several goroutines.
type Lexicon struct {
	base  string
	lines [kinds][]Line
	trie  *Searcher
}

// embedded are the lexicons that are shipped, each read once, when the first text in its language comes. That they are
// well formed is held by a test; with a broken lexicon no text of its language can be read.
var embedded = map[string]func() *Lexicon{"zh": once("zh"), "ru": once("ru"), "en": once("en")}

func once(base string) func() *Lexicon {
	return sync.OnceValue(func() *Lexicon {
		lex, err := load(data, base)
		if err != nil {
			panic(err)
		}
		return lex
	})
}

// For gives the lexicon of a language by its base: "zh", "ru" or "en"; nil for any other.
func For(base string) *Lexicon {
	if lex := embedded[base]; lex != nil {
		return lex()
	}
	return nil
}

// Check reads all lexicons and says what is wrong with the first line that cannot be read, with its file and number.
func Check() error {
	for base := range embedded {
		if _, err := load(data, base); err != nil {
			return err
		}
	}
	return nil
}

// Base is the language of the lexicon: "zh", "ru" or "en".
func (l *Lexicon) Base() string { return l.base }

// Lines are the lines of one kind, in the order in which they were read. They are not to be changed.
func (l *Lexicon) Lines(kind Kind) []Line { return l.lines[kind] }

// Scan calls found for the longest phrases of each kind that begin at each place of a text, from left to right; phrases
// of one kind never overlap. Start and End of a hit are bytes of text.
func (l *Lexicon) Scan(text string, found func(Hit)) { l.trie.Scan(text, found) }

// load reads data/<base>/*.tsv and the names of states in that language.
func load(files fs.FS, base string) (*Lexicon, error) {
	lex := &Lexicon{base: base}
	for k := range Kind(States) {
		lines, err := loadLines(files, base, k)
		if err != nil {
			return nil, err
		}
		lex.lines[k] = lines
	}
	names, err := loadStates(files)
	if err != nil {
		return nil, err
	}
	capitals, err := capitalLines(files, base)
	if err != nil {
		return nil, err
	}
	lex.lines[States] = append(stateLines(names, base), capitals...)
	lex.trie, err = buildTrie(lex)
	return lex, err
}

// loadLines reads one file; a language may do without it.
func loadLines(files fs.FS, base string, k Kind) ([]Line, error) {
	name := "data/" + base + "/" + kindNames[k] + ".tsv"
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, nil // an absent file is an empty one
	}
	var lines []Line
	for n, row := range strings.Split(string(data), "\n") {
		row = strings.TrimRight(row, "\r \t")
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		l, err := parseLine(row, base, k)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n+1, err)
		}
		l.place = fmt.Sprintf("%s:%d", name, n+1)
		lines = append(lines, l)
	}
	return lines, nil
}

// parseLine reads "phrase TAB class [TAB detail [TAB note]]".
func parseLine(row, base string, k Kind) (Line, error) {
	fields := strings.Split(row, "\t")
	if len(fields) < 2 || len(fields) > 4 {
		return Line{}, fmt.Errorf("want phrase, class, detail, note with tabs between, have %d fields", len(fields))
	}
	l := Line{Phrase: strings.TrimSpace(fields[0]), Class: strings.TrimSpace(fields[1]), Kind: k}
	if len(fields) > 2 {
		l.Detail = strings.TrimSpace(fields[2])
	}
	l.Rule = base + "/" + l.Class + "/" + plain(l.Phrase)
	return l, checkLine(l)
}

func checkLine(l Line) error {
	if l.Phrase == "" || l.Class == "" {
		return fmt.Errorf("a line needs a phrase and a class")
	}
	if known := kindClasses[l.Kind]; known != nil && !slices.Contains(known, l.Class) {
		return fmt.Errorf("class %q is not one of %s", l.Class, strings.Join(known, ", "))
	}
	if reasons := commitment.Reasons(); l.Kind == Cues && l.Class == "none" && !slices.Contains(reasons, l.Reason()) {
		return fmt.Errorf("reason %q is not one of %s", l.Reason(), strings.Join(reasons, ", "))
	}
	if l.Kind == Deadlines && l.Class != "word" {
		return checkTemplate(l.Detail)
	}
	return nil
}

// plain is a phrase in its shortest form, for reference: without what may be left out, with the first of each choice.
func plain(phrase string) string {
	all, err := expand(phrase)
	if err != nil || len(all) == 0 {
		return phrase
	}
	short := phrase
	for {
		open := strings.IndexByte(short, '[')
		size := strings.IndexByte(short[max(open, 0):], ']')
		if open < 0 || size < 0 {
			break
		}
		short = short[:open] + short[open+size+1:]
	}
	if all, err = expand(short); err == nil {
		return all[0]
	}
	return phrase
}

// expand writes out the alternatives of a phrase: "[一致]同意" is 同意 and 一致同意, "(fully|duly) carry out" is two.
func expand(phrase string) ([]string, error) {
	all, err := choices(phrase)
	for i, p := range all {
		all[i] = strings.Join(strings.Fields(p), " ")
	}
	return all, err
}

// choices writes out the alternatives with the spaces as they come.
func choices(phrase string) ([]string, error) {
	open := strings.IndexAny(phrase, "([")
	if open < 0 {
		if strings.ContainsAny(phrase, ")]|") {
			return nil, fmt.Errorf("phrase %q closes what it does not open", phrase)
		}
		return []string{phrase}, nil
	}
	closer := map[byte]string{'(': ")", '[': "]"}[phrase[open]]
	size := strings.Index(phrase[open:], closer)
	if size < 0 {
		return nil, fmt.Errorf("phrase %q opens %c and does not close it", phrase, phrase[open])
	}
	heads := strings.Split(phrase[open+1:open+size], "|")
	if phrase[open] == '[' {
		heads = append(heads, "")
	}
	tails, err := choices(phrase[open+size+1:])
	if err != nil {
		return nil, err
	}
	var all []string
	for _, head := range heads {
		for _, tail := range tails {
			all = append(all, phrase[:open]+head+tail)
		}
	}
	return all, nil
}
