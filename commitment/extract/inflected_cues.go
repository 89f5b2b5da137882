package extract

import (
	"strings"

	"concord/commitment"
	"concord/lexicon"
)

// finiteCue reacts to a finite cue: it closes what is open, makes the cue reign and opens what it governs. It gives the
// next piece, or 0 when no finite cue stands here.
func (w *walk) finiteCue(i int) int {
	p := &w.w[i]
	if p.cue == nil || p.cue.Line.Class == "verb" || p.cue.Line.Class == "word" || p.cue.Line.Has("noun-only") || w.w[i].inside && !p.cue.Line.Has("passive") {
		return 0
	}
	if w.governed(i) || !w.russian && w.neverFinite(i) {
		return 0
	}
	s, ok := w.subjectOf(i)
	if !ok {
		return 0
	}
	if s.session && w.w[i].cue.Line.Has("modal") {
		s.actor, s.other = nil, true // "the meeting will be held"
	}
	if s.implied && !w.russian && w.belongsToClause(i) {
		return 0
	}
	if s.other && !s.implied && w.open != nil && w.open.reason != "" && w.saysThat(s.from) {
		return 0 // "expressed hope that the project will be completed"
	}
	if w.open != nil && w.open.hopes && w.saysThat(s.from) {
		return 0 // "expressed hope that the other side will"
	}
	if p.cue.Line.Has("weak") && p.cue.Line.Class == "pledge" && w.open != nil && w.open.reason != "" && w.saysThat(s.from) {
		return 0 // "stressed that the parties must" is a view
	}
	w.closeBefore(i, s)
	w.turn(s)
	if !w.russian {
		w.last = w.tense(i)
	}
	next := w.at(p.cue.End)
	defer func() { w.seg, w.event, w.shut, w.sake, w.means = next, next, false, false, false }()
	return w.react(i, next, s)
}

// governed tells whether the cue is no finite verb but goes on what reigns: an infinitive, or a base form joined to one.
func (w *walk) governed(i int) bool {
	p := &w.w[i]
	if w.russian {
		text := w.r.text(p.start, p.end)
		return p.cue.Line.Has("noun") || infinitive(text) && p.cue.Line.Class != "pledge"
	}
	if w.word(i-1, "to") || w.word(i-1, "not") && w.word(i-2, "to") || w.word(i-1, "of") || w.word(i-1, "the") || w.word(i-1, "their") || w.word(i-1, "a") || w.word(i-1, "its") || w.word(i-1, "our") || w.word(i-1, "his") || w.word(i-1, "her") {
		return true
	}
	return w.open != nil && w.open.reason == "" && w.open.form == bare && !w.finiteOnly(i) && w.listedVerb(i) &&
		!w.explicitBefore(i) && !w.bindsAfresh(i)
}

// bindsAfresh tells whether a base form binds by itself where it could go on an infinitive: "we seek ... and pledge to".
func (w *walk) bindsAfresh(i int) bool {
	switch p := &w.w[i]; p.cue.Line.Class {
	case "decide", "pledge", "intend":
		next := w.at(p.cue.End)
		return p.cue.Line.Has("forward") || w.word(next, "to") || w.word(next, "that") || next < len(w.w) && w.w[next].is("about")
	}
	return false
}

// belongsToClause tells whether an English verb without a subject beside it goes on a clause behind "that" of which we
// read nothing: "note that the Treaty has provided and will provide".
func (w *walk) belongsToClause(i int) bool {
	if w.open == nil || w.open.reason == "" {
		return false
	}
	for k := w.seg; k < i; k++ {
		if w.word(k, "that") {
			return w.w[i].cue.Line.Has("modal")
		}
	}
	return false
}

// neverFinite tells whether an English cue has a form that no finite verb has here: promoting, supported by.
func (w *walk) neverFinite(i int) bool {
	p := &w.w[i]
	if p.cue.Line.Has("passive") || p.cue.Line.Class == "none" || p.cue.Line.Has("modal") {
		return false
	}
	text := w.r.text(p.start, p.end)
	return strings.HasSuffix(text, "ing") || w.word(w.at(p.cue.End), "by")
}

// explicitBefore tells whether an actor ends directly before a piece.
func (w *walk) explicitBefore(i int) bool {
	j := w.overAdverbs(i)
	for k := max(w.seg, j-12); k < j; k++ {
		if w.w[k].who == j && w.edge(k) {
			return true
		}
	}
	return false
}

// closeBefore closes the open goal where the new clause begins.
func (w *walk) closeBefore(i int, s subject) {
	end := w.overAdverbs(i)
	if s.actor != nil || s.other || s.stands {
		end = s.from
	}
	w.early = nil
	if w.open == nil || w.event == 0 {
		w.early = w.before(w.seg, i)
	}
	w.close(end)
}

// before gives the deadlines among the hits between two pieces.
func (w *walk) before(from, to int) []lexicon.Hit {
	if from >= to || to > len(w.w) {
		return nil
	}
	return hitsWithin(w.s.hits, w.w[from].start, w.w[to-1].end)
}

// turn takes over the subject.
func (w *walk) turn(s subject) {
	switch {
	case s.other && !s.implied:
		w.other = true
	case s.actor != nil:
		if w.main == nil && w.saysThat(s.from) {
			w.main = w.who
		}
		w.who, w.other = s.actor, false
	}
}

// saysThat tells whether a subject stands in a clause behind "that", which does not change who the text speaks of.
func (w *walk) saysThat(from int) bool {
	for k := from - 1; k >= 0 && k >= from-2; k-- {
		if w.word(k, "that") || w.word(k, "что") {
			return true
		}
	}
	return false
}

// react does what the class of the cue asks for.
func (w *walk) react(i, next int, s subject) int {
	p := &w.w[i]
	l := p.cue.Line
	from := w.overAdverbs(i)
	if s.stands && (s.actor != nil || s.other || w.russian) {
		from = s.from
	}
	if l.Class != "none" && l.Class != "say" && w.tellsOfPast(i, from) {
		w.rule(governor{class: "none", line: l, cue: w.text(p.cue), rule: l.Rule})
		return w.refuse(from, next, "past")
	}
	strength, _ := strengthOf(l.Class)
	w.rule(governor{strength: strength, class: l.Class, cue: w.text(p.cue), rule: l.Rule, line: l})
	w.gov.priority = false
	switch {
	case l.Class == "none":
		return w.refuse(from, next, l.Reason())
	case l.Class == "task":
		return w.task(i, next, from, s)
	case l.Has("passive"):
		return w.passive(i, next, from, s)
	case w.other:
		return w.foreign(i, next, from)
	case l.Class == "say":
		w.gov.strength, w.gov.class = commitment.Pledge, "pledge"
		return w.complement(next, w.said(i, next))
	}
	return w.complement(next, from)
}

// said gives the piece where the reported words begin within a cue: "emphasized that both sides will".
func (w *walk) said(i, next int) int {
	for k := i; k < next; k++ {
		if w.word(k, "that") || w.word(k, "said") {
			i = k + 1
		}
	}
	return i
}

func (w *walk) rule(g governor) { w.gov, w.sought = g, nil }

// refuse opens a passage that is no commitment.
func (w *walk) refuse(from, next int, reason string) int {
	hopes := w.gov.line != nil && w.gov.line.Has("hopes")
	w.open = &goal{hopes: hopes, from: from, action: from, cue: w.gov.cue, rule: w.gov.rule, reason: reason, form: noForm, verbEnd: next}
	return next
}

// tellsOfPast tells whether a cue in the past tense speaks of another meeting: a word like "earlier" or a year before
// that of the adoption stands before it in its clause or close behind it.
func (w *walk) tellsOfPast(i, from int) bool {
	l := w.w[i].cue.Line
	if l.Class == "pledge" && l.Has("modal") || !w.pastForm(i) {
		return false
	}
	near := min(w.at(w.w[i].cue.End)+4, len(w.w))
	head := min(w.seg, from)
	if !w.russian && w.joinBefore(w.overAdverbs(i)) {
		head = from // "evaluated what was agreed earlier and agreed to go on"
	}
	for k := head; k < near; k++ {
		if w.w[k].is("past") {
			return true
		}
	}
	for _, h := range w.s.hits {
		if h.Line.Kind == lexicon.Deadlines && h.Vars.Year != 0 && w.r.adopted.Known() && h.Vars.Year < w.r.adopted.Year &&
			h.Start >= w.w[head].start && h.Start < w.w[near-1].end {
			return true
		}
	}
	return false
}

// pastForm tells whether the cue is written in a past tense.
func (w *walk) pastForm(i int) bool {
	text := w.text(w.w[i].cue)
	if w.russian {
		return russianPast(text)
	}
	return !w.word(i, "have") && !w.word(i, "has") && englishPast(text)
}

// passive reads "it was agreed to/that" and "X was adopted": the parties are the actor.
func (w *walk) passive(i, next, from int, s subject) int {
	w.other = false
	if s.other {
		w.gov.form = badge
		n := w.openAt(from, i)
		w.open.who = w.r.author()
		w.shut = true
		return max(n, next)
	}
	if s.actor == nil {
		w.who = nil
	}
	return w.complement(next, from)
}

// foreign: the subject is not a party. "A group will be set up" is an act of the parties all the same; "the bank will
// lend" is not.
func (w *walk) foreign(i, next, from int) int {
	l := w.w[i].cue.Line
	if w.w[from].is("relative") || w.word(from, "that") || w.word(from, "which") {
		w.gov = governor{}
		return next
	}
	if l.Has("modal") && (w.word(next, "be") || w.russian) {
		if verb := w.doneTo(next, from); verb > 0 {
			w.gov.form = badge
			n := w.openAt(from, i)
			w.open.who = w.r.author()
			w.lowerBy(verb)
			w.other = false
			return max(n, verb+1)
		}
	}
	reason := "others"
	if l.Has("modal") {
		reason = "prediction"
	}
	return w.refuse(from, next, reason)
}

// doneTo gives the participle of "will be established", 0 when the sentence only foretells.
func (w *walk) doneTo(next, from int) int {
	verb := w.skipAdverbs(next + 1)
	if w.russian {
		verb = w.skipAdverbs(next)
	}
	if verb >= len(w.w) {
		return 0
	}
	if w.w[from].who > 0 && !w.russian {
		return 0
	}
	if !w.participle(verb) {
		return 0
	}
	if w.held(verb) && w.eventWithin(from, next) && w.s.recurring() == false {
		return 0
	}
	return verb
}

func (s *sentence) recurring() bool { return s.has(lexicon.Deadlines, string(commitment.Recurring)) }

// eventWithin tells whether the subject is a meeting that is only foretold: "the next summit".
func (w *walk) eventWithin(from, to int) bool {
	for k := from; k < to; k++ {
		if w.w[k].is("event") {
			return true
		}
	}
	return false
}

// complement opens what a cue governs.
func (w *walk) complement(next, from int) int {
	l := w.gov.line
	k := w.skipAdverbs(next)
	weak := l != nil && l.Has("vague")
	n := w.complementAt(k, next, from)
	if w.open != nil && w.open.reason == "" && weak {
		w.open.weak = true
	}
	return n
}
