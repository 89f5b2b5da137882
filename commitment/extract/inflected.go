package extract

import (
	"slices"

	"concord/commitment"
	"concord/lexicon"
)

// inflected is the grammar of English and Russian: languages with spaces between words, finite verbs and infinitives.
// It walks a sentence from left to right and reacts to four things: a finite cue with its subject, a further verb
// joined to the last, a tail that only says what for, and the end. What differs between the two languages is how a
// subject is found (beside its verb in English, by its case in Russian) and how the form of a verb is seen.
type inflected struct {
	russian bool
}

// form is the shape of a verb; verbs that are joined have the same.
type form uint8

const (
	noForm   form = iota
	bare          // English base form, Russian infinitive
	verbal        // English -ing, Russian verbal noun
	finite        // a Russian verb that is its own cue: обеспечат
	nounal        // no verb: the thing itself
	thatForm      // a clause of its own
	badge         // what stands before its verb: "X will be established"
)

// governor is the cue that reigns over a stretch of the sentence.
type governor struct {
	strength  commitment.Strength
	class     string
	cue, rule string
	line      *lexicon.Line
	form      form
	lead      bool // it stands in the chapeau
	priority  bool
	who       *commitment.Actor // whom it binds, where that is not the subject: a task
}

// goal is a stretch that is being read: a commitment, or a passage that is none when reason is set.
type goal struct {
	from, action int // pieces
	strength     commitment.Strength
	cue, rule    string
	lead         bool
	who          commitment.Actor
	class        string
	form         form
	hopes        bool // a hope for what others will do
	joined       bool // it goes on another under the same governor
	weak         bool // falls away when it is only an ideal
	reason       string
	verbEnd      int // piece behind the verb it begins with
}

// walk is the reading of one sentence.
type walk struct {
	inflected
	r      *reading
	s      *sentence
	w      []piece
	gov    governor
	open   *goal
	who    *commitment.Actor // nil: nobody of the parties
	main   *commitment.Actor // who was spoken of before a clause behind "that"; nil outside
	other  bool              // the last subject was not a party
	event  int               // piece behind the last finite cue; 0 before the first
	seg    int               // piece where the present stretch began: behind the last finite cue, semicolon or colon
	sought *lexicon.Line     // the governor's first verb was "seek to": it governs the verbs joined to its own
	firm   bool              // "support" took a stance before
	shut   bool              // behind a tail: only a semicolon or a finite cue opens again
	sake   bool              // the tail was an infinitive: a comma may open again
	means  bool              // behind "by": verbal forms are measures
	early  []lexicon.Hit     // deadlines before the subject
	last   tense             // of the last finite cue, in English
}

func (g inflected) read(r *reading, s *sentence) {
	w := &walk{inflected: g, r: r, s: s}
	w.w = w.pieces()
	if len(w.w) == 0 {
		return
	}
	w.who = r.scope.actor
	i := w.begin()
	for i < len(w.w) {
		i = w.step(i)
	}
	w.finish()
}

// step reacts to what stands at a piece and gives the next piece to look at.
func (w *walk) step(i int) int {
	p := &w.w[i]
	if p.sign == ';' || p.sign == ':' {
		if w.countsOn(i + 1) {
			return i + 1
		}
		w.shut, w.sake, w.means = false, false, false
		if next := w.further(i + 1); next > 0 {
			w.close(i)
			return w.join(i+1, next)
		}
		w.close(i)
		w.seg = i + 1
		return i + 1
	}
	if p.sign == item {
		return w.nextItem(i)
	}
	if next := w.finiteCue(i); next > 0 {
		return next
	}
	if next := w.tail(i); next > 0 {
		return next
	}
	if w.joins(i) {
		after := w.after(i)
		if next := w.rejects(i, after); next > 0 {
			return next
		}
		if next := w.further(after); next > 0 {
			w.close(i)
			return w.join(after, next)
		}
	}
	w.means = w.means || p.is("means")
	return i + 1
}

// finish closes the sentence and leaves its scope to the next.
func (w *walk) finish() {
	if w.s.leads {
		w.leave()
		w.r.onward = w.r.scope
		return
	}
	w.present()
	w.close(len(w.w))
	if w.main != nil {
		w.who = w.main
	}
	if w.who != nil {
		w.r.scope.actor = w.who
	}
}

// asserts tells whether a stretch that was taken for a heading says something of somebody: it has a finite cue with a
// subject, or opens with one.
func (g inflected) asserts(r *reading, start, end int) bool {
	s := &sentence{start: start, end: end}
	r.find(s)
	w := &walk{inflected: g, r: r, s: s}
	w.w = w.pieces()
	for i := range w.w {
		p := &w.w[i]
		if p.cue == nil || p.inside || p.cue.Line.Class == "verb" || w.governed(i) || !g.russian && w.neverFinite(i) {
			continue
		}
		if s, ok := w.subjectOf(i); ok && (s.actor != nil || s.implied && w.finiteOnly(i)) {
			return true
		}
	}
	return false
}

// leave makes the last governor of a chapeau reign over the points below.
func (w *walk) leave() {
	lead := scope{actor: w.who}
	if w.relativeEnd() {
		w.close(len(w.w))
		w.r.scope = lead
		return
	}
	if w.open != nil && w.open.reason == "" {
		lead.strength, lead.cue, lead.rule = w.open.strength, w.open.cue, w.open.rule
		lead.priority = w.s.has(lexicon.Modifiers, "priority")
		from := w.w[w.open.from].start
		w.r.pass(from, w.s.end, w.open.cue, w.open.rule, "chapeau")
		w.open = nil
	}
	if w.open == nil && lead.strength == commitment.None && w.gov.strength != commitment.None {
		lead.strength, lead.cue, lead.rule = w.gov.strength, w.gov.cue, w.gov.rule
	}
	w.close(len(w.w))
	w.r.scope = lead
}

// relativeEnd tells whether a chapeau ends in a relative clause: what follows then only describes.
func (w *walk) relativeEnd() bool {
	for i := max(w.seg, len(w.w)-5); i < len(w.w); i++ {
		if w.w[i].is("relative") || w.word(i, "that") {
			return true
		}
	}
	return false
}

// openAt opens a goal under the governor: from is where its span begins, verb where its predicate does.
func (w *walk) openAt(from, verb int) int {
	w.shut, w.sake = false, false
	g := &goal{from: from, action: verb, strength: w.gov.strength, cue: w.gov.cue, rule: w.gov.rule, lead: w.gov.lead, class: w.gov.class, form: w.gov.form}
	switch {
	case w.gov.who != nil:
		g.who = *w.gov.who
	case w.who != nil:
		g.who = *w.who
	default:
		g.who = w.r.author()
	}
	g.weak = w.gov.line != nil && w.gov.line.Has("vague")
	g.verbEnd = verb + 1
	if verb < len(w.w) {
		w.lower(g, verb)
	}
	w.open = g
	return max(verb, from) + 1
}

// lower applies the goal's own verb to the strength of its governor.
func (w *walk) lower(g *goal, verb int) {
	h := w.w[verb].cue
	if h == nil {
		if f := w.w[verb].frame; f != nil {
			g.verbEnd = w.at(f.End)
		}
		return
	}
	g.verbEnd = w.at(h.End)
	if w.russian && h.Line.Class == "none" && infinitive(w.r.text(w.w[verb].start, w.w[verb].end)) {
		g.reason = h.Line.Reason() // «принять к сведению»
		return
	}
	if w.decidedStudy(g, h) {
		return
	}
	if next := w.goesOn(verb); next > 0 {
		w.lower(g, next)
		return
	}
	if h.Line.Class == "seek" && w.word(g.verbEnd, "to") {
		w.sought = h.Line
	}
	if s := lowered(g.strength, h.Line.Class); s != g.strength {
		g.strength, g.rule = s, h.Line.Rule
		g.cue += "+" + w.text(h)
		g.lead = false
	}
}

// goesOn gives the verb behind an English verb that only says that an act goes on: "continue seeking", "continue to
// support"; 0 if there is none.
func (w *walk) goesOn(verb int) int {
	if w.russian || !(w.word(verb, "continue") || w.word(verb, "keep") || w.word(verb, "begin") || w.word(verb, "start")) {
		return 0
	}
	next := w.skipAdverbs(verb + 1)
	if w.word(next, "to") {
		next = w.skipAdverbs(next + 1)
	}
	if next < len(w.w) && next > verb && w.w[next].sign == 0 && w.w[next].cue != nil && w.verbForm(next) != noForm {
		return next
	}
	return 0
}

// decidedStudy: "decided to conduct a study" is a decision; the noun is not the verb.
func (w *walk) decidedStudy(g *goal, h *lexicon.Hit) bool { return h.Line.Has("act") }

// close ends the open goal before a piece and hands it over.
func (w *walk) close(end int) {
	g := w.open
	w.open = nil
	if g == nil {
		return
	}
	end = w.trimEnd(g.from, end)
	if end <= g.from {
		return
	}
	if g.action >= end && g.reason == "" {
		return // a cue that governs nothing
	}
	from, to := w.w[g.from].start, w.w[end-1].end
	if g.reason == "" {
		g.reason = w.falls(g, from, to)
	}
	if g.reason != "" {
		w.r.pass(from, to, g.cue, g.rule, g.reason)
		return
	}
	w.r.proposeTimed(draft{start: from, end: to, action: w.w[min(g.action, end-1)].start, strength: g.strength, lead: g.lead,
		actor: g.who, cue: g.cue, rule: g.rule, priority: w.gov.priority, hits: w.s.hits, deadline: w.deadlineOf(from, to)})
}

// deadlineOf picks the deadline of a goal: of its own words, else of those before its subject.
func (w *walk) deadlineOf(from, to int) *commitment.Deadline {
	if d := w.r.bestDeadline(w.ofDeed(hitsWithin(w.s.hits, from, to))); d != nil {
		return d
	}
	return w.r.bestDeadline(w.early)
}

// ofDeed leaves out the dates of what the object names, where the year of adoption is not known: "the visit in 2017".
func (w *walk) ofDeed(hits []lexicon.Hit) []lexicon.Hit {
	if w.r.adopted.Known() {
		return hits
	}
	named := func(h lexicon.Hit) bool {
		k := w.at(h.Start)
		if h.Line.Kind != lexicon.Deadlines || h.Vars.Year == 0 || k < 2 || !w.w[k-1].is("event") {
			return false
		}
		for b := k - 2; b >= 0 && b >= k-5; b-- {
			if w.word(b, "the") || w.word(b, "his") || w.word(b, "her") || w.word(b, "their") || w.word(b, "last") {
				return true
			}
		}
		return false
	}
	if !slices.ContainsFunc(hits, named) {
		return hits
	}
	return slices.DeleteFunc(slices.Clone(hits), named)
}

// followingOnly tells whether a goal is no more than "the following".
func (w *walk) followingOnly(g *goal, to int) bool {
	k := w.at(to)
	if k-g.action > 3 {
		return false
	}
	for i := g.action; i < k; i++ {
		if w.w[i].is("following") {
			return true
		}
	}
	return false
}

// falls gives the reason why a stretch is no commitment after all, or nothing.
func (w *walk) falls(g *goal, from, to int) string {
	dated := w.deadlineOf(from, to) != nil
	switch g.class {
	case "confirm":
		if !dated && g.form == nounal {
			return "aspiration"
		}
	case "decide", "pledge", "intend", "support":
		if w.followingOnly(g, to) {
			w.r.onward = scope{actor: w.who, strength: g.strength, cue: g.cue, rule: g.rule}
			return "chapeau"
		}
	case "reaffirm":
		if !dated && !w.figures(g.verbEnd, to) {
			return "aspiration"
		}
	}
	if g.weak && !dated && !w.figures(g.action, to) && (g.form == nounal || w.ideal(g.verbEnd, to)) {
		return "aspiration"
	}
	return ""
}
