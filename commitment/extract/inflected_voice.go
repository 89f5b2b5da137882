package extract

import (
	"strings"

	"concord/commitment"
	"concord/lexicon"
	"concord/statement"
)

// For whom a text speaks, and whom a described subject means.

// level: who speaks as "the ministers" in a text of ministers is all; in a text of leaders they are an organ.
func (w *walk) level(a *commitment.Actor, named []lexicon.Hit) {
	if a.Kind == commitment.Subset && len(a.Parties) == 1 {
		a.Kind = commitment.One
	}
	if a.Kind != commitment.All || named[0].Line.Kind != lexicon.Actors || !named[0].Line.Has("ministers") {
		return
	}
	if voice := w.r.voice(); voice == "leaders" || voice != "ministers" && named[0].Line.Has("portfolio") {
		a.Kind = commitment.Organ
	}
}

// members lists the states of a region that a text names as one: their codes stand in the detail of the line.
func (w *walk) members(a *commitment.Actor, named []lexicon.Hit) {
	if a.Kind != commitment.Subset || a.Parties != nil || len(named) == 0 {
		return
	}
	var codes []string
	for i := range named {
		if named[i].Line.Kind == lexicon.States {
			codes = append(codes, w.r.stateOf(named[i])) // "India and the Central Asian states"
			continue
		}
		codes = append(codes, named[i].Line.Codes()...)
	}
	if a.Parties = w.r.ordered(codes); len(codes) > 0 && len(a.Parties) == len(w.r.parties) {
		a.Kind = commitment.All
	}
}

// describe makes of "the Parties with a gauge on the lake" those that have one: the text does not say which.
func (w *walk) describe(s *subject, k, to int) {
	a := w.kindAt(k, lexicon.Actors)
	if s.actor == nil || s.actor.Kind != commitment.All || a == nil {
		return
	}
	end := w.at(a.End)
	if end+1 >= to {
		return
	}
	if w.sign(end) == ',' && w.w[end+1].is("possessing") {
		end++ // «Стороны, имеющие выход к морю,»
	}
	if f := w.w[end].frame; f != nil && !w.w[end].is("possessing") && w.at(f.End) > end+1 {
		return // «с учетом», "with a view to"
	}
	if w.w[end].is("possessing") || (w.word(end, "with") || w.word(end, "с")) && !w.w[end+1].is("circumstance") {
		s.actor = &commitment.Actor{Text: w.r.text(w.w[k].start, w.w[w.trimEnd(k, to)-1].end), Kind: commitment.Subset}
	}
}

// voice tells who speaks in the text, by the first word of that kind in its title and first paragraphs: "leaders",
// "ministers", or nothing.
func (r *reading) voice() string {
	if r.speaker != "" {
		return r.speaker
	}
	r.speaker = "nobody"
	operative := 0
	for i := range min(len(r.doc.Paragraphs), 6) {
		p := &r.doc.Paragraphs[i]
		if p.Type == statement.Operative && p.Role != statement.Heading {
			operative++
		}
		if operative > 1 {
			break // whom the text speaks of there, it need not speak for
		}
		r.lex.Scan(r.doc.Reading[p.Text:p.End], func(h lexicon.Hit) {
			if h.Line.Kind != lexicon.Actors || r.speaker != "nobody" {
				return
			}
			for _, level := range []string{"leaders", "ministers"} {
				if h.Line.Has(level) {
					r.speaker = level
				}
			}
		})
	}
	return r.speaker
}

// author is who speaks where a sentence names nobody: the organ that a resolution opens with ("The General Assembly,"),
// else all parties.
func (r *reading) author() commitment.Actor {
	if r.writer != nil {
		return *r.writer
	}
	all := r.everyone("")
	r.writer = &all
	for i := range min(len(r.doc.Paragraphs), 12) {
		p := &r.doc.Paragraphs[i]
		text := strings.TrimRight(r.doc.Reading[p.Text:p.End], ", \r\n:")
		r.lex.Scan(text, func(h lexicon.Hit) {
			if h.Line.Kind == lexicon.Actors && h.Line.Has("voice") && h.Start == 0 && h.End == len(text) {
				r.writer = &commitment.Actor{Text: text, Kind: commitment.Organ, Parties: r.parties}
			}
		})
	}
	return *r.writer
}
