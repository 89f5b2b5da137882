package extract

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"concord/calendar"
	"concord/commitment"
	"concord/lexicon"
)

// draft is a commitment as a grammar found it, before the core reads off it what every language has in common.
type draft struct {
	start, end int // bytes of Reading: predicate with object, with the subject where it stands directly before it
	action     int // where the predicate begins
	strength   commitment.Strength
	lead       bool // the strength came from a chapeau
	actor      commitment.Actor
	cue, rule  string
	priority   bool          // the chapeau or cue says "as a priority"
	hits       []lexicon.Hit // the sentence's hits; those inside the span are read
	deadline   *commitment.Deadline
}

// propose adds a proposal. Of its modifiers, deadline, tracks and instrument it takes what the words of the span say.
func (r *reading) propose(d draft) {
	d.start, d.end = r.tidy(d.start, d.end)
	d.action = max(d.action, d.start)
	if d.start >= d.end || d.action >= d.end {
		return
	}
	inside := hitsWithin(d.hits, d.start, d.end)
	p := commitment.Proposal{Clause: r.clause, Start: d.start, End: d.end, Strength: d.strength, StrengthFrom: commitment.Own, Actor: d.actor,
		Cue: d.cue, Rule: d.rule, Group: r.group, Action: r.text(d.action, d.end), Deadline: d.deadline}
	if d.lead {
		p.StrengthFrom = commitment.Chapeau
	}
	if p.Deadline == nil {
		p.Deadline = r.bestDeadline(inside)
	}
	p.Modifiers = modifiersOf(inside, p.Deadline, d.priority)
	p.Tracks = r.tracksOf(d.action, d.end, inside)
	p.Instrument = instrumentOf(inside)
	r.out.Proposals = append(r.out.Proposals, p)
}

// proposeTimed is propose for a grammar that has read the deadline itself: without one, the words of the span are not
// asked again.
func (r *reading) proposeTimed(d draft) {
	n := len(r.out.Proposals)
	r.propose(d)
	if d.deadline == nil && len(r.out.Proposals) > n {
		r.out.Proposals[n].Deadline = nil
	}
}

// tidy takes spaces and commas off the ends of a span.
func (r *reading) tidy(start, end int) (int, int) {
	const edge = " \t\r\n\u00a0\u3000,，、"
	text := r.doc.Reading
	for start < end {
		c, size := utf8.DecodeRuneInString(text[start:end])
		if !strings.ContainsRune(edge, c) {
			break
		}
		start += size
	}
	for start < end {
		c, size := utf8.DecodeLastRuneInString(text[start:end])
		if !strings.ContainsRune(edge, c) {
			break
		}
		end -= size
	}
	return start, end
}

// hitsWithin gives the hits that lie in a span, of hits in the order of their starts.
func hitsWithin(hits []lexicon.Hit, start, end int) []lexicon.Hit {
	hits = hits[hitFrom(hits, start):]
	hits = hits[:hitFrom(hits, end)]
	if beyond := func(h lexicon.Hit) bool { return h.End > end }; slices.ContainsFunc(hits, beyond) {
		return slices.DeleteFunc(slices.Clone(hits), beyond)
	}
	return hits
}

// hitFrom is the index of the first of the hits, which are in the order of their starts, that begins at a place or behind it.
func hitFrom(hits []lexicon.Hit, at int) int {
	return sort.Search(len(hits), func(i int) bool { return hits[i].Start >= at })
}

// modifiersOf lists the classes of the modifiers among hits, each once, in the order of the text. A soft deadline is a
// modifier too.
func modifiersOf(hits []lexicon.Hit, d *commitment.Deadline, priority bool) []string {
	var all []string
	add := func(m string) {
		if !slices.Contains(all, m) {
			all = append(all, m)
		}
	}
	if priority {
		add(commitment.AsAPriority)
	}
	for _, h := range hits {
		if h.Line.Kind == lexicon.Modifiers {
			add(h.Line.Class)
		}
	}
	if d != nil && d.Value.Kind == calendar.Now {
		add(commitment.AtOnce)
	}
	if d != nil && d.Value.Kind == calendar.Soon {
		add(commitment.AsSoonAsPossible)
	}
	return all
}

// instrumentOf is the kind of the last instrument named: in all three languages the head of "protocol to the
// agreement" and of "关于…协定的议定书" is told apart by the lexicon's longer phrases, and what is to be concluded
// stands at the head; the first is taken unless it is a mere document.
func instrumentOf(hits []lexicon.Hit) string {
	found := ""
	concludes := false
	for _, h := range hits {
		switch {
		case h.Line.Kind == lexicon.Cues && h.Line.Has("concludes"):
			concludes = true
		case h.Line.Kind == lexicon.Instruments && h.Line.Class != "word" && concludes && (found == "" || found == commitment.Document):
			found = h.Line.Class
		}
	}
	return found
}

// tracksIn makes the searcher of a mechanism's own tracks; nil when it has none for this language.
func tracksIn(base string, list []Track) *lexicon.Searcher {
	var lines []lexicon.Line
	for _, track := range list {
		for _, word := range track.Words[base] {
			lines = append(lines, lexicon.Line{Phrase: word, Class: track.ID, Kind: lexicon.Tracks, Rule: base + "/track/" + track.ID})
		}
	}
	return lexicon.NewSearcher(base, lines)
}

// tracksOf scores the tracks by the words of a commitment: each word counts its length, so that "remote sensing" tells
// more than "trade". Where the words point nowhere, those of its sentence are asked, then the headings above it.
func (r *reading) tracksOf(start, end int, hits []lexicon.Hit) []string {
	if ids := r.scoreSpan(start, end, hits); len(ids) > 0 {
		return ids
	}
	if ids := r.spokenOf(); len(ids) > 0 {
		return slices.Clone(ids)
	}
	for id := r.clause; id != ""; {
		c := r.clauses[id]
		if c == nil {
			break
		}
		ids, known := r.headed[id]
		if !known {
			ids = r.score(c.Heading)
			r.headed[id] = ids
		}
		if len(ids) > 0 {
			return slices.Clone(ids)
		}
		id = c.Parent
	}
	return nil
}

// spokenOf gives the tracks that the words of the whole sentence point to. It is asked for each commitment in it.
func (r *reading) spokenOf() []string {
	if r.spoken == nil {
		ids := r.score(r.text(r.sentence[0], r.sentence[1]))
		r.spoken = &ids
	}
	return *r.spoken
}

// scoreSpan scores the words of a commitment; its hits hold the general areas already.
func (r *reading) scoreSpan(start, end int, hits []lexicon.Hit) []string {
	if r.tracks != nil {
		return r.score(r.text(start, end))
	}
	var all tallies
	for _, h := range hits {
		if h.Line.Kind == lexicon.Areas && h.Start >= start {
			all.add(h)
		}
	}
	return all.ranked()
}

// score scores the words of a text.
func (r *reading) score(text string) []string {
	var all tallies
	switch {
	case text == "":
	case r.tracks != nil:
		r.tracks.Scan(text, all.add)
	default:
		r.lex.Scan(text, func(h lexicon.Hit) {
			if h.Line.Kind == lexicon.Areas {
				all.add(h)
			}
		})
	}
	return all.ranked()
}

// tallies count the points of tracks.
type tallies []tally

type tally struct {
	id     string
	points int
}

func (all *tallies) add(h lexicon.Hit) {
	i := slices.IndexFunc(*all, func(t tally) bool { return t.id == h.Line.Class })
	if i < 0 {
		i = len(*all)
		*all = append(*all, tally{id: h.Line.Class})
	}
	(*all)[i].points += h.End - h.Start
}

// ranked gives the tracks, the one with most points first.
func (all tallies) ranked() []string {
	slices.SortStableFunc(all, func(a, b tally) int { return b.points - a.points })
	var ids []string
	for _, t := range all {
		ids = append(ids, t.id)
	}
	return ids
}
