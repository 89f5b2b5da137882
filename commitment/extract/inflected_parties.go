package extract

import (
	"slices"
	"strings"

	"concord/lexicon"
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
		r.lex.Scan(r.doc.Reading[p.Text:p.End], func(h lexicon.Hit) {
			if h.Line.Kind == lexicon.States && h.Line.Detail == "" && !slices.Contains(named, h.Line.Class) {
				named = append(named, h.Line.Class)
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
		r.lex.Scan(s.text, func(h lexicon.Hit) {
			switch {
			case h.Line.Kind == lexicon.States && h.Line.Detail == "party":
				s.add(h.Line.Class)
			case names && h.Line.Detail != lexicon.Capital:
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
	listed []lexicon.Hit // names that stand side by side so far
	end    int           // where they end, with the time that follows them: "Uzbekistan in 2026"
}

func (s *speakers) add(code string) {
	if !strings.Contains(code, " ") && !slices.Contains(s.found, code) {
		s.found = append(s.found, code)
	}
}

// name reads one hit: a name goes on the list or begins a new one, a cue directly behind makes the list speakers.
func (s *speakers) name(h lexicon.Hit) {
	beside := len(s.listed) > 0 && h.Start >= s.end && strings.TrimSpace(s.text[s.end:h.Start]) == ""
	switch {
	case h.Line.Kind == lexicon.States:
		if len(s.listed) > 0 && (h.Start < s.end || !linked(s.text[s.end:h.Start])) {
			s.listed = s.listed[:0]
		}
		s.listed, s.end = append(s.listed, h), h.End
	case h.Line.Kind == lexicon.Deadlines && beside:
		s.end = h.End
	case h.Line.Kind == lexicon.Cues && h.Line.Class != "none" && h.Line.Class != "verb" && h.Line.Class != "word":
		for _, l := range s.listed {
			if beside {
				s.add(l.Line.Class)
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
