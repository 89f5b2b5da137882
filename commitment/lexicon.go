package commitment

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"sync"
)

// The lexicons: one folder a language, one file a kind of word, one phrase a line. lexicon/README.md is the manual for
// those who edit them.
//
//go:embed lexicon
var lexiconFiles embed.FS

// kind is which file of a lexicon a line stands in.
type kind uint8

const (
	cues        kind = iota // words that bind or that say that nothing binds
	actors                  // words for those who undertake
	modifiers               // words that qualify: fully, as appropriate
	deadlines               // phrases of time
	instruments             // what can be concluded
	frames                  // words that only the grammar of the language knows what to do with: purpose heads, adverbials
	areas                   // general areas of cooperation, used when the mechanism gives no tracks
	numbers                 // number words, for {N} in deadlines
	months                  // month names, for {M} in deadlines
	states                  // names of states and organizations; from lexicon/states.tsv, not from a file of the language
	tracks                  // the words of the mechanism's own tracks; from Options
	kinds                   // how many kinds there are
)

var kindNames = [kinds]string{"cues", "actors", "modifiers", "deadlines", "instruments", "frames", "areas", "numbers", "months", "states", "tracks"}

// The classes that a line of each kind may have; a nil list allows any.
var kindClasses = [kinds][]string{
	cues: {"decide", "task", "adopt", "confirm", "pledge", "reaffirm", "intend", "seek", "support", "explore", "say",
		"none", "verb", "word"},
	actors:      {"all", "one", "subset", "organ", "others", "except", "word"},
	modifiers:   {"at-once", "as-soon-as-possible", "fully", "as-appropriate", "priority", "more", "continuing"},
	deadlines:   {"stated", "relative", "recurring", "soft", "word"},
	instruments: {"treaty", "agreement", "memorandum", "protocol", "programme", "roadmap", "strategy", "declaration", "document", "arrangement", "charter", "word"},
}

// line is one line of a lexicon file.
type line struct {
	phrase string // as written
	class  string
	detail string // what more the class needs: the reason of a none cue, the value of a deadline; often empty
	place  string // file:line, for errors
	rule   string // base/class/phrase, what a proposal names
	kind   kind
	exact  bool // capitals count: the US, not us
}

// has tells whether the detail of a line, a list of words with spaces between, names a word.
func (l *line) has(word string) bool {
	for rest := l.detail; rest != ""; {
		var w string
		if w, rest, _ = strings.Cut(rest, " "); w == word {
			return true
		}
	}
	return false
}

// reason is why a none cue binds nobody: the first word of its detail.
func (l *line) reason() string {
	word, _, _ := strings.Cut(l.detail, " ")
	return word
}

// lexicon is all data of one language, ready to search.
type lexicon struct {
	base  string
	lines [kinds][]line
	trie  *trie
}

// lexicons are the embedded lexicons, each read once, when the first text in its language comes. That they are well
// formed is held by a test; with a broken lexicon no text of its language can be read.
var lexicons = map[string]func() *lexicon{"zh": embedded("zh"), "ru": embedded("ru"), "en": embedded("en")}

func embedded(base string) func() *lexicon {
	return sync.OnceValue(func() *lexicon {
		lex, err := loadLexicon(lexiconFiles, base)
		if err != nil {
			panic(err)
		}
		return lex
	})
}

// loadLexicon reads lexicon/<base>/*.tsv and the names of states in that language.
func loadLexicon(files fs.FS, base string) (*lexicon, error) {
	lex := &lexicon{base: base}
	for k := range kind(states) {
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
	lex.lines[states] = append(stateLines(names, base), capitals...)
	lex.trie, err = buildTrie(lex)
	return lex, err
}

// loadLines reads one file; a language may do without it.
func loadLines(files fs.FS, base string, k kind) ([]line, error) {
	name := "lexicon/" + base + "/" + kindNames[k] + ".tsv"
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, nil // an absent file is an empty one
	}
	var lines []line
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
func parseLine(row, base string, k kind) (line, error) {
	fields := strings.Split(row, "\t")
	if len(fields) < 2 || len(fields) > 4 {
		return line{}, fmt.Errorf("want phrase, class, detail, note with tabs between, have %d fields", len(fields))
	}
	l := line{phrase: strings.TrimSpace(fields[0]), class: strings.TrimSpace(fields[1]), kind: k}
	if len(fields) > 2 {
		l.detail = strings.TrimSpace(fields[2])
	}
	l.rule = base + "/" + l.class + "/" + plain(l.phrase)
	return l, checkLine(l)
}

func checkLine(l line) error {
	if l.phrase == "" || l.class == "" {
		return fmt.Errorf("a line needs a phrase and a class")
	}
	if known := kindClasses[l.kind]; known != nil && !slices.Contains(known, l.class) {
		return fmt.Errorf("class %q is not one of %s", l.class, strings.Join(known, ", "))
	}
	if l.kind == cues && l.class == "none" && !slices.Contains(reasons, l.reason()) {
		return fmt.Errorf("reason %q is not one of %s", l.reason(), strings.Join(reasons, ", "))
	}
	if l.kind == deadlines && l.class != "word" {
		return checkTemplate(l.detail)
	}
	return nil
}

// reasons are why a passage is no commitment.
var reasons = []string{"appraisal", "past", "attitude", "welcome", "thanks", "note", "opinion", "aspiration", "purpose",
	"chapeau", "heading", "others", "prediction", "frame"}

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
