package lexicon

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

// state is a state or an organization that may be a party: its code and its names by language.
type state struct {
	code  string
	names map[string][]string // by base; the first is the plain name; a form that begins with "@" is a party form
	place string
}

// stateColumns are the languages of data/states.tsv, in the order of its columns.
var stateColumns = [...]string{"zh", "ru", "en"}

// loadStates reads data/states.tsv: code, then the names in Chinese, Russian and English, forms with "; " between.
func loadStates(files fs.FS) ([]state, error) {
	const name = "data/states.tsv"
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	var all []state
	seen := map[string]bool{}
	for n, row := range strings.Split(string(data), "\n") {
		row = strings.TrimRight(row, "\r")
		if row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		fields := strings.Split(row, "\t")
		if len(fields) != 1+len(stateColumns) || len(fields[0]) < 2 || seen[fields[0]] {
			return nil, fmt.Errorf("%s:%d: want a new code and its names in %s with tabs between", name, n+1, strings.Join(stateColumns[:], ", "))
		}
		s := state{code: fields[0], names: map[string][]string{}, place: fmt.Sprintf("%s:%d", name, n+1)}
		seen[s.code] = true
		for i, base := range stateColumns {
			for _, form := range strings.Split(fields[1+i], ";") {
				if form = strings.TrimSpace(form); form != "" {
					s.names[base] = append(s.names[base], form)
				}
			}
		}
		all = append(all, s)
	}
	return all, nil
}

// capitalColumns are the languages of data/capitals.tsv, in the order of its columns.
var capitalColumns = [...]string{"zh", "ru", "en"}

// capitalLines makes the lines for the capitals that speak for their states; none where there is no such file.
func capitalLines(files fs.FS, base string) ([]Line, error) {
	const name = "data/capitals.tsv"
	column := slices.Index(capitalColumns[:], base)
	data, err := fs.ReadFile(files, name)
	if err != nil || column < 0 {
		return nil, nil // an absent file is an empty one
	}
	var all []state
	for n, row := range strings.Split(string(data), "\n") {
		if row = strings.TrimRight(row, "\r"); row == "" || strings.HasPrefix(row, "#") {
			continue
		}
		fields := strings.Split(row, "\t")
		if len(fields) != 1+len(capitalColumns) || fields[0] == "" {
			return nil, fmt.Errorf("%s:%d: want a code and the capital in %s with tabs between", name, n+1, strings.Join(capitalColumns[:], ", "))
		}
		s := state{code: fields[0], names: map[string][]string{}, place: fmt.Sprintf("%s:%d", name, n+1)}
		for _, form := range strings.Split(fields[1+column], "; ") {
			if form != "-" {
				s.names[base] = append(s.names[base], form)
			}
		}
		all = append(all, s)
	}
	lines := stateLines(all, base)
	for i := range lines {
		lines[i].Detail = Capital
	}
	return lines, nil
}

// Capital is the detail of a line that names a capital in place of its state.
const Capital = "capital"

// stateLines makes the lines that the searcher of a language finds states by. A form that several states share is one
// line with all their codes.
func stateLines(all []state, base string) []Line {
	var lines []Line
	at := map[string]int{}
	for _, s := range all {
		for _, form := range s.names[base] {
			if i, ok := at[form]; ok {
				lines[i].Class += " " + s.code
				continue
			}
			at[form] = len(lines)
			l := Line{Phrase: strings.TrimPrefix(form, "@"), Class: s.code, Kind: States, place: s.place, Rule: base + "/state/" + s.code}
			l.exact = l.Phrase == "US"
			if l.Phrase != form {
				l.Detail = "party"
			}
			lines = append(lines, l)
		}
	}
	return lines
}

// Party is what a party is called in the language of a lexicon; Code is its code as elsewhere among the states.
type Party struct{ Code, Name string }

// With gives the lexicon with the names of parties that it does not know: a mechanism's own. Names that are empty, cannot
// be a phrase of the lexicon or stand in it already are left out. l itself does not change.
func (l *Lexicon) With(parties []Party) *Lexicon {
	known := map[string]bool{}
	for i := range l.lines[States] {
		known[l.lines[States][i].Phrase] = true
	}
	var lines []Line
	for _, p := range parties {
		name := p.Name
		if name == "" || known[name] || l.names(name) || strings.ContainsAny(name, "()[]|*@") {
			continue
		}
		known[name] = true
		lines = append(lines, Line{Phrase: name + inflections(l.base, name), Class: p.Code, Kind: States, place: "the mechanism's parties", Rule: l.base + "/state/" + p.Code})
	}
	if len(lines) == 0 {
		return l
	}
	own := *l
	own.lines[States] = append(slices.Clone(l.lines[States]), lines...)
	var err error
	if own.trie, err = buildTrie(&own); err != nil {
		return l
	}
	return &own
}

// names says whether a name, as written, is one of a state in the lexicon.
func (l *Lexicon) names(name string) bool {
	found := false
	l.trie.Scan(name, func(h Hit) {
		found = found || h.Line.Kind == States && h.Start == 0 && h.End == len(name)
	})
	return found
}

// inflections are the endings that a Russian name may take, as a pattern of the lexicon.
func inflections(base, name string) string {
	if base != "ru" || strings.HasSuffix(name, "а") || strings.HasSuffix(name, "я") {
		return ""
	}
	return "[а|у|ом|е]"
}
