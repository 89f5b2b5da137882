package lang

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// reader fills a catalog from the sources.
type reader struct {
	catalog         *Catalog
	keys, sentences map[string]string // -> where it stands: web/words.txt:12
}

// newReader makes a reader with a catalog that says nothing yet.
func newReader() *reader {
	c := &Catalog{}
	for _, tag := range complete {
		l := &Lang{Tag: tag, words: map[string]*message{}, phrases: map[string]string{}}
		if len(c.langs) > 0 {
			l.last = c.langs[0]
		}
		c.langs = append(c.langs, l)
	}
	return &reader{c, map[string]string{}, map[string]string{}}
}

// source reads the files of one source.
func (r *reader) source(s Source) error {
	words, err := r.file(s, "words.txt", r.words)
	if err != nil {
		return err
	}
	sentences, err := r.file(s, "errors.txt", r.sentence)
	if err == nil && !words && !sentences {
		return fmt.Errorf("%s has neither words.txt nor errors.txt", s.Name)
	}
	return err
}

// file takes each entry of a file of the source; found is false when there is no such file.
func (r *reader) file(s Source, name string, take func(entry) error) (found bool, err error) {
	data, err := fs.ReadFile(s.Files, name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("%s: %w", s.Name, err)
	}
	entries, err := readEntries(s.Name+"/"+name, string(data))
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		if err := take(e); err != nil {
			return false, err
		}
	}
	return true, nil
}

// words takes an entry of words.txt: a key, and what it says in each language.
func (r *reader) words(e entry) error {
	if !validKey(e.head) {
		return fmt.Errorf("%s: %q is no key, which has small letters, figures and .-+", e.place, e.head)
	}
	if err := claim(r.keys, e); err != nil {
		return err
	}
	for _, s := range e.said {
		l := r.catalog.lang(s.tag)
		if l == nil {
			return fmt.Errorf("%s: no language is called %q", s.place, s.tag)
		}
		if l.words[e.head] == nil {
			l.words[e.head] = new(message)
		}
		m := l.words[e.head]
		if m[s.category].words != "" {
			return fmt.Errorf("%s: this is there twice", s.place)
		}
		m[s.category] = readPattern(blanks.Replace(s.words))
	}
	return nil
}

// sentence takes an entry of errors.txt: an English sentence, and the same in the other languages.
func (r *reader) sentence(e entry) error {
	if err := claim(r.sentences, e); err != nil {
		return err
	}
	for _, s := range e.said {
		l := r.catalog.lang(s.tag)
		if l == nil || l.last == nil || s.category != plain {
			return fmt.Errorf("%s: a language beside English is wanted", s.place)
		}
		if l.phrases[e.head] != "" {
			return fmt.Errorf("%s: this is there twice", s.place)
		}
		l.phrases[e.head] = s.words
	}
	return nil
}

// claim notes the place of a key or sentence, which may have one only.
func claim(places map[string]string, e entry) error {
	if first, twice := places[e.head]; twice {
		return fmt.Errorf("%s: %q stands at %s already", e.place, e.head, first)
	}
	places[e.head] = e.place
	return nil
}

// blanks are written out where they would be cut off or not be seen.
var blanks = strings.NewReplacer(`\s`, " ", `\u202f`, "\u202f")

// validKey says whether s is a name such as review.span.end+ or error.not-found.
func validKey(s string) bool {
	return s[0] >= 'a' && s[0] <= 'z' && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789.-+") == ""
}

// entry is a line at the margin, and what stands below it.
type entry struct {
	head, place string
	said        []saying
}

// saying is a line that is set in: a language's tag, perhaps with a plural category in brackets, and words.
type saying struct {
	tag      string
	category category
	words    string
	place    string
}

// readEntries reads the form that both files have. Blank lines and lines that begin with # are for people. What it
// gives has a head that is not empty, with at least one saying, none without words.
func readEntries(file, text string) ([]entry, error) {
	var all []entry
	for i, line := range strings.Split(text, "\n") {
		place, said := fmt.Sprintf("%s:%d", file, i+1), strings.TrimSpace(line)
		switch {
		case !utf8.ValidString(line):
			return nil, fmt.Errorf("%s: this is not UTF-8", place)
		case said == "" || said[0] == '#':
		case line[0] != ' ' && line[0] != '\t':
			if err := finished(all); err != nil {
				return nil, err
			}
			all = append(all, entry{head: said, place: place})
		case len(all) == 0:
			return nil, fmt.Errorf("%s: nothing stands at the margin above this", place)
		default:
			s, err := readSaying(place, said)
			if err != nil {
				return nil, err
			}
			last := &all[len(all)-1]
			last.said = append(last.said, s)
		}
	}
	return all, finished(all)
}

// finished demands that something is said below the last entry.
func finished(all []entry) error {
	if len(all) > 0 && all[len(all)-1].said == nil {
		return fmt.Errorf("%s: nothing follows %q", all[len(all)-1].place, all[len(all)-1].head)
	}
	return nil
}

// readSaying reads "ru words" or "ru[few] words".
func readSaying(place, line string) (saying, error) {
	tag, words, _ := strings.Cut(line, " ")
	s := saying{tag: tag, words: strings.TrimSpace(words), place: place}
	if bare, form, counted := strings.Cut(tag, "["); counted {
		s.tag, s.category = bare, categories[strings.TrimSuffix(form, "]")]
		if s.category == plain || !strings.HasSuffix(form, "]") {
			return s, fmt.Errorf("%s: %q is not a language with a plural form", place, tag)
		}
	}
	if s.words == "" {
		return s, fmt.Errorf("%s: %s says nothing", place, tag)
	}
	return s, nil
}
