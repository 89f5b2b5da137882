package extract

import (
	"slices"
	"strings"

	"concord/commitment"
	"concord/lexicon"
	"concord/statement"
)

// everyone is the actor of a text that has not yet named one.
func (r *reading) everyone(text string) commitment.Actor {
	return commitment.Actor{Text: text, Kind: commitment.All, Parties: r.parties}
}

// actorOf resolves a subject: the hits among actors and states that make it up, in bytes of Reading, and its words.
// ok is false when those who are named are not parties to the text: then what follows is an affair of others.
//
//   - a listing of states is one, some (subset) or, if it names every party, all;
//   - "all except X" is the rest;
//   - a described set whose members the text does not list is a subset with Parties nil;
//   - an organ acts for all parties.
func (r *reading) actorOf(subject []lexicon.Hit, text string) (a commitment.Actor, ok bool) {
	var named []string
	var class *lexicon.Line
	for _, h := range subject {
		switch {
		case h.Line.Kind == lexicon.States:
			if code := r.stateOf(h); code != "" && !slices.Contains(named, code) {
				named = append(named, code)
			}
		case h.Line.Kind == lexicon.Actors && (class == nil || h.Line.Class == "except"):
			class = h.Line
		}
	}
	if class != nil && class.Class == "except" {
		return commitment.Actor{Text: text, Kind: commitment.Subset, Parties: r.without(named)}, true
	}
	if class != nil && (class.Class != "one" || len(named) == 0) {
		return r.described(class, named, text)
	}
	return r.listed(named, text)
}

// described resolves a subject by the class of its word.
func (r *reading) described(l *lexicon.Line, named []string, text string) (commitment.Actor, bool) {
	switch l.Class {
	case "all":
		if len(named) == 0 || len(r.without(named)) == 0 {
			return r.everyone(text), true
		}
		if codes := r.ordered(named); len(codes) > 0 {
			return commitment.Actor{Text: text, Kind: commitment.Subset, Parties: codes}, true
		}
		return commitment.Actor{}, false
	case "one":
		return commitment.Actor{Text: text, Kind: commitment.One}, true
	case "organ":
		if len(named) > 0 {
			return commitment.Actor{Text: text, Kind: commitment.Organ, Parties: r.ordered(named)}, true
		}
		return commitment.Actor{Text: text, Kind: commitment.Organ, Parties: r.parties}, true
	case "subset":
		if codes := r.ordered(named); len(codes) > 1 {
			return commitment.Actor{Text: text, Kind: commitment.Subset, Parties: codes}, true
		}
		return commitment.Actor{Text: text, Kind: commitment.Subset}, true
	}
	return commitment.Actor{}, false
}

// listed resolves a subject that names states.
func (r *reading) listed(named []string, text string) (commitment.Actor, bool) {
	codes := r.ordered(named)
	switch {
	case len(codes) == 0 || len(codes) < len(named):
		return commitment.Actor{}, false
	case len(codes) == 1:
		return commitment.Actor{Text: text, Kind: commitment.One, Parties: codes}, true
	case len(r.parties) > 0 && len(r.without(codes)) == 0:
		return r.everyone(text), true
	}
	return commitment.Actor{Text: text, Kind: commitment.Subset, Parties: codes}, true
}

// ordered keeps those codes that are parties, in the order of the party set; all of them when the set is not known.
func (r *reading) ordered(codes []string) []string {
	if len(r.parties) == 0 {
		return codes
	}
	var in []string
	organization := false
	for _, p := range r.parties {
		organization = organization || len(p) > len("XX") || p == "EU"
		if slices.Contains(codes, p) {
			in = append(in, p)
		}
	}
	if organization { // its members speak for themselves too
		for _, code := range codes {
			if !slices.Contains(in, code) {
				in = append(in, code)
			}
		}
	}
	return in
}

func (r *reading) without(codes []string) []string {
	var rest []string
	for _, p := range r.parties {
		if !slices.Contains(codes, p) {
			rest = append(rest, p)
		}
	}
	return rest
}

// readParties reads the party set off the title and the preamble: the states and organizations named there, in the
// order of appearance. Short party forms do not count, they need the set to be read. If that names fewer than two, the
// first paragraphs are read as well.
func (r *reading) readParties() []string {
	var found []string
	body := 0
	for i := range r.doc.Paragraphs {
		p := &r.doc.Paragraphs[i]
		if p.Role == statement.Furniture || p.Role == statement.Heading && i > 0 {
			continue
		}
		if p.Role != statement.Title && p.Type != statement.Preambular {
			if body++; len(found) > 1 || body > 2 {
				break
			}
		}
		r.lex.Scan(r.doc.Reading[p.Text:p.End], func(h lexicon.Hit) {
			if h.Line.Kind == lexicon.States && h.Line.Detail == "" && !slices.Contains(found, h.Line.Class) {
				found = append(found, h.Line.Class)
			}
		})
	}
	return found
}

// readAdopted reads the date of adoption off the text: the first full date in the title, the preamble or the first
// three paragraphs, else the last full date outside the operative part, where signatures stand. Of a meeting of several
// days it is the last day.
func (r *reading) readAdopted() string {
	last := ""
	for i := range r.doc.Paragraphs {
		p := &r.doc.Paragraphs[i]
		if p.Role == statement.Furniture || p.Type == statement.Operative && i > 2 {
			continue
		}
		date := r.fullDate(p)
		if date != "" && (p.Type != statement.Neither || i <= 2) {
			return date
		}
		if date != "" {
			last = date
		}
	}
	return last
}

// fullDate gives the first date with year, month and day in a paragraph.
func (r *reading) fullDate(p *statement.Paragraph) string {
	date := ""
	r.lex.Scan(r.doc.Reading[p.Text:p.End], func(h lexicon.Hit) {
		v := h.Vars
		if date != "" || h.Line.Kind != lexicon.Deadlines || v.Year == 0 || v.Month == 0 || v.Day == 0 {
			return
		}
		if v.Day2 != 0 {
			v.Day = v.Day2
		}
		if v.Month2 != 0 {
			v.Month = v.Month2
		}
		if filled, err := lexicon.Fill("{Y}-{M}-{D}", v, lexicon.Adoption{}); err == nil {
			date = filled
		}
	})
	return date
}

// stateOf gives the code of a state that was named; empty when it is a party form or a capital and none of the states that it may
// mean is a party to the text, or more than one is.
func (r *reading) stateOf(h lexicon.Hit) string {
	if h.Line.Detail == "" {
		return h.Line.Class
	}
	found := ""
	for rest := h.Line.Class; rest != ""; {
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
		states := r.lex.Lines(lexicon.States)
		for i := range states {
			l := &states[i]
			name := []rune(l.Phrase)
			if l.Detail != "party" || len(name) != 2 || name[1] != '方' {
				continue
			}
			if code := r.stateOf(lexicon.Hit{Line: l}); code != "" {
				r.sides[name[0]] = code
			}
		}
	}
	return r.sides[c]
}

// valid tells whether a name of a state means a state here.
func (r *reading) valid(h lexicon.Hit) bool { return r.stateOf(h) != "" }
