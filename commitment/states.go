package commitment

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

// stateColumns are the languages of lexicon/states.tsv, in the order of its columns.
var stateColumns = [...]string{"zh", "ru", "en"}

// loadStates reads lexicon/states.tsv: code, then the names in Chinese, Russian and English, forms with "; " between.
func loadStates(files fs.FS) ([]state, error) {
	const name = "lexicon/states.tsv"
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

// capitalColumns are the languages of lexicon/capitals.tsv, in the order of its columns.
var capitalColumns = [...]string{"zh", "ru", "en"}

// capitalLines makes the lines for the capitals that speak for their states; none where there is no such file.
func capitalLines(files fs.FS, base string) ([]line, error) {
	const name = "lexicon/capitals.tsv"
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
		lines[i].detail = capital
	}
	return lines, nil
}

// capital is the detail of a line that names a capital in place of its state.
const capital = "capital"

// stateLines makes the lines that the searcher of a language finds states by. A form that several states share is one
// line with all their codes.
func stateLines(all []state, base string) []line {
	var lines []line
	at := map[string]int{}
	for _, s := range all {
		for _, form := range s.names[base] {
			if i, ok := at[form]; ok {
				lines[i].class += " " + s.code
				continue
			}
			at[form] = len(lines)
			l := line{phrase: strings.TrimPrefix(form, "@"), class: s.code, kind: states, place: s.place, rule: base + "/state/" + s.code}
			l.exact = l.phrase == "US"
			if l.phrase != form {
				l.detail = "party"
			}
			lines = append(lines, l)
		}
	}
	return lines
}

// stateOf gives the code of a state that was named; empty when it is a party form or a capital and none of the states that it may
// mean is a party to the text, or more than one is.
func (r *reading) stateOf(h hit) string {
	if h.line.detail == "" {
		return h.line.class
	}
	found := ""
	for rest := h.line.class; rest != ""; {
		var code string
		code, rest, _ = strings.Cut(rest, " ")
		if slices.Contains(r.parties, code) {
			if found != "" {
				return ""
			}
			found = code
		}
	}
	return found
}

// sideOf gives the party that a character stands for in its party form: 哈 of 哈方.
func (r *reading) sideOf(c rune) string {
	if r.sides == nil {
		r.sides = map[rune]string{}
		for i := range r.lex.lines[states] {
			l := &r.lex.lines[states][i]
			name := []rune(l.phrase)
			if l.detail != "party" || len(name) != 2 || name[1] != '方' {
				continue
			}
			if code := r.stateOf(hit{line: l}); code != "" {
				r.sides[name[0]] = code
			}
		}
	}
	return r.sides[c]
}

// valid tells whether a name of a state means a state here.
func (r *reading) valid(h hit) bool { return r.stateOf(h) != "" }

// with gives the lexicon with the names of parties that it does not know: a mechanism's own. Names that cannot be a
// phrase of the lexicon, or stand in it already, are left as they are.
func (l *lexicon) with(parties []PartyName) *lexicon {
	known := map[string]bool{}
	for i := range l.lines[states] {
		known[l.lines[states][i].phrase] = true
	}
	var lines []line
	for _, p := range parties {
		name := p.Names[l.base]
		if name == "" || known[name] || l.names(name) || strings.ContainsAny(name, "()[]|*@") {
			continue
		}
		known[name] = true
		lines = append(lines, line{phrase: name + inflections(l.base, name), class: p.Code, kind: states, place: "the mechanism's parties", rule: l.base + "/state/" + p.Code})
	}
	if len(lines) == 0 {
		return l
	}
	own := *l
	own.lines[states] = append(slices.Clone(l.lines[states]), lines...)
	var err error
	if own.trie, err = buildTrie(&own); err != nil {
		return l
	}
	return &own
}

// names says whether a name, as written, is one of a state in the lexicon.
func (l *lexicon) names(name string) bool {
	found := false
	l.trie.scan(name, func(h hit) {
		found = found || h.line.kind == states && h.start == 0 && h.end == len(name)
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
