package commitment

import (
	"slices"
	"strings"

	"concord/statement"
)

// completeParties adds to the parties that title and preamble name those that the text shows by their speech: "the
// Kazakh side" anywhere; and, where title and preamble name fewer than two, states that stand before a cue as its subject
// ("Denmark promises to"). Such a set is partial: nobody knows whether these are all.
func (r *reading) completeParties(found []string) []string {
	r.partial = r.framed() < 2
	if !r.partial {
		return r.bySpeech(found, false)
	}
	return r.bySpeech(found, true)
}

// framed counts the states that the title and the preamble name.
func (r *reading) framed() int {
	var named []string
	for i := range r.doc.Paragraphs {
		p := &r.doc.Paragraphs[i]
		if p.Role != statement.Title && p.Type != statement.Preambular {
			continue
		}
		r.lex.trie.scan(r.doc.Reading[p.Text:p.End], func(h hit) {
			if h.line.kind == states && h.line.detail == "" && !slices.Contains(named, h.line.class) {
				named = append(named, h.line.class)
			}
		})
	}
	return len(named)
}

// bySpeech adds the party forms and, if names is set, the names that are subjects.
func (r *reading) bySpeech(found []string, names bool) []string {
	for i := range r.doc.Paragraphs {
		p := &r.doc.Paragraphs[i]
		if p.Role == statement.Furniture {
			continue
		}
		s := speakers{text: r.doc.Reading[p.Text:p.End], found: found}
		if !names && !strings.Contains(s.text, "side") && !strings.Contains(s.text, "торон") {
			continue // no party form: "the Kazakh side", «казахстанская сторона»
		}
		r.lex.trie.scan(s.text, func(h hit) {
			switch {
			case h.line.kind == states && h.line.detail == "party":
				s.add(h.line.class)
			case names && h.line.detail != capital:
				s.name(h)
			}
		})
		found = s.found
	}
	return found
}

// speakers collects the states that are subjects in one paragraph.
type speakers struct {
	text   string
	found  []string
	listed []hit // names that stand side by side so far
	end    int   // where they end, with the time that follows them: "Uzbekistan in 2026"
}

func (s *speakers) add(code string) {
	if !strings.Contains(code, " ") && !slices.Contains(s.found, code) {
		s.found = append(s.found, code)
	}
}

// name reads one hit: a name goes on the list or begins a new one, a cue directly behind makes the list speakers.
func (s *speakers) name(h hit) {
	beside := len(s.listed) > 0 && h.start >= s.end && strings.TrimSpace(s.text[s.end:h.start]) == ""
	switch {
	case h.line.kind == states:
		if len(s.listed) > 0 && (h.start < s.end || !linked(s.text[s.end:h.start])) {
			s.listed = s.listed[:0]
		}
		s.listed, s.end = append(s.listed, h), h.end
	case h.line.kind == deadlines && beside:
		s.end = h.end
	case h.line.kind == cues && h.line.class != "none" && h.line.class != "verb" && h.line.class != "word":
		for _, l := range s.listed {
			if beside {
				s.add(l.line.class)
			}
		}
		s.listed = s.listed[:0]
	}
}

// linked tells whether the words between two names make a list of them.
func linked(between string) bool {
	switch strings.TrimSpace(between) {
	case ",", "and", ", and", "и", "the", "and the":
		return true
	}
	return false
}
