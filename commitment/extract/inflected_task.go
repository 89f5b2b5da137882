package extract

import "concord/commitment"

// task reads "instruct X to do": X is who is bound. A mere request to others is support.
func (w *walk) task(i, next, from int, s subject) int {
	l := w.w[i].cue.Line
	if l.Has("passive") {
		return w.tasked(next, from, s)
	}
	k, verb := w.assignee(next)
	if verb == 0 {
		w.gov.form = nounal
		if l.Has("weak") {
			w.gov.strength = commitment.Support
		}
		return w.openAt(from, next)
	}
	actor := commitment.Actor{Text: w.span(next, verb), Kind: commitment.Organ, Parties: w.r.parties}
	known := false
	if k > 0 {
		if s := w.resolve(k, verb); s.actor != nil {
			actor, known = *s.actor, k < verb
			if actor.Kind == commitment.All {
				actor.Kind = commitment.Organ
			}
		}
	}
	if l.Has("weak") && !known {
		w.gov.strength = commitment.Support
		w.gov.form = bare
		return w.openAt(from, verb)
	}
	w.gov.form, w.gov.who = w.verbForm(verb), &actor
	n := w.openAt(from, verb)
	w.open.action = next
	return n
}

// span is the words between two pieces.
func (w *walk) span(from, to int) string {
	to = w.trimEnd(from, to)
	if w.word(to-1, "to") || w.word(to-1, "with") {
		to--
	}
	if from >= to {
		return ""
	}
	return w.r.text(w.w[from].start, w.w[to-1].end)
}

// assignee finds, behind a tasking cue, the actor group (0: none that is known) and the verb of what it is to do.
func (w *walk) assignee(next int) (who, verb int) {
	for k := next; k < len(w.w) && k < next+24; k++ {
		p := &w.w[k]
		if p.who > 0 && !p.inside && who == 0 {
			who = k
		}
		if w.russian {
			if w.verbForm(k) == bare {
				return who, k
			}
			continue
		}
		if (w.word(k, "to") || w.word(k, "with")) && k+1 < len(w.w) {
			v := w.skipAdverbs(k + 1)
			if f := w.verbForm(v); f == bare || f == verbal || w.word(k, "to") && w.plainWord(v) {
				return who, v
			}
		}
	}
	return who, 0
}

// plainWord tells whether a piece is a word that "to" may make an infinitive of: no article, actor or sign.
func (w *walk) plainWord(k int) bool {
	return k < len(w.w) && w.w[k].sign == 0 && w.w[k].who == 0 && !w.opener(k)
}

// tasked reads "X was instructed to do" and «комиссии поручено сделать».
func (w *walk) tasked(next, from int, s subject) int {
	actor := commitment.Actor{Text: w.span(s.from, w.overAdverbs(next)), Kind: commitment.Organ, Parties: w.r.parties}
	if s.actor != nil {
		actor = *s.actor
		if actor.Kind == commitment.All {
			actor.Kind = commitment.Organ
		}
	}
	k, verb := w.assignee(next)
	if w.russian {
		if d, ok := w.dative(from, next); ok {
			actor, from = d.actorOr(actor), d.from
		} else if k > 0 {
			if r := w.resolve(k, len(w.w)); r.actor != nil {
				actor = *r.actor
				actor.Kind = commitment.Organ
			}
		}
	}
	if verb == 0 {
		verb = next
	}
	w.gov.form, w.gov.who = w.verbForm(verb), &actor
	return w.openAt(from, min(verb, len(w.w)-1))
}

// actorOr gives the organ that the subject names, or another actor where it names none.
func (s subject) actorOr(a commitment.Actor) commitment.Actor {
	if s.actor == nil {
		return a
	}
	a = *s.actor
	a.Kind = commitment.Organ
	return a
}

// dative finds the organ that stands before a Russian passive: «Секретариату поручено».
func (w *walk) dative(from, next int) (subject, bool) {
	for k := min(from, w.seg); k < next && k < len(w.w); k++ {
		if w.w[k].who > 0 && !w.w[k].inside && !w.nominative(k) {
			s := w.resolve(k, next)
			return s, true
		}
	}
	return subject{}, false
}
