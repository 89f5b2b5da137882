package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"concord/commitment"
	"concord/lexicon"
)

// How a sentence begins: what a point takes over from its chapeau, decisions in the infinitive, headlines.

// begin opens what a point takes over from its chapeau.
func (w *walk) begin() int {
	scope, ok := w.lead()
	if !ok {
		return w.beginBare()
	}
	w.gov = governor{strength: scope.strength, cue: scope.cue, rule: scope.rule, lead: true, priority: scope.priority, class: "lead", form: nounal}
	if w.ownSubject() {
		return 0
	}
	from := w.strayNumber()
	k := w.skipAdverbs(from)
	if w.russian {
		if who := w.dativeHead(); who >= 0 {
			return w.taskedPoint(who)
		}
	}
	if w.word(k, "to") || w.word(k, "not") {
		k = w.skipAdverbs(k + 1)
	}
	if w.finiteOnly(k) {
		return 0
	}
	f := w.verbForm(k)
	if f == noForm && !w.s.point {
		if v := w.verblessTo(k); v > 0 {
			w.gov.form = bare
			return w.openAt(0, v)
		}
		w.gov = governor{}
		return 0 // a paragraph of its own, not a point: only a verb shows that it goes on the chapeau
	}
	if f == noForm && w.russian && w.tellsItself() {
		w.gov = governor{}
		return 0
	}
	if f != noForm {
		w.gov.form = f
	}
	return w.openAt(from, k)
}

// strayNumber goes over a figure that a printed number left behind: "2. 2 Foster dialogue". It gives the piece that the
// point begins with.
func (w *walk) strayNumber() int {
	c := w.r.doc.Reading[w.w[0].start]
	if len(w.w) > 1 && c >= '0' && c <= '9' && w.verbForm(1) != noForm && !w.alsoNoun(1) {
		return 1
	}
	return 0
}

// tellsItself tells whether a Russian point has a finite verb that undertakes nothing, before any comma: «Протокол
// подписан в трёх экземплярах».
func (w *walk) tellsItself() bool {
	for k := range w.w {
		if w.w[k].sign == ',' {
			return false
		}
		if c := w.w[k].cue; c != nil && c.Line.Class == "none" && w.finiteOnly(k) {
			return true
		}
	}
	return false
}

// infinitiveRule names the rule of [walk.beginBare] in a proposal.
const infinitiveRule = "ru/decide/infinitive of decisions"

// beginBare reads a numbered clause of a Russian decision or protocol that opens with an infinitive, or with whom it
// tasks, where no words before it said «решили»: «2. Продолжить строительство», «5. Секретариату подготовить».
func (w *walk) beginBare() int {
	c := w.r.clauses[w.r.clause]
	if !w.russian {
		return w.headline()
	}
	if !w.s.first || c == nil || c.Number == "" {
		return 0
	}
	w.gov = governor{strength: commitment.Decide, class: "decide", rule: infinitiveRule, form: bare}
	k := w.skipAdverbs(0)
	if who := w.dativeHead(); who >= 0 && w.verblessTo(who) > 0 {
		w.gov.cue = w.r.text(w.w[0].start, w.w[who].end)
		return w.taskedPoint(who)
	}
	if w.verbForm(k) == bare && !w.s.leads {
		w.gov.cue = w.r.text(w.w[k].start, w.w[k].end)
		return w.openAt(0, k)
	}
	w.gov = governor{}
	return 0
}

// headlineRule names the rule of [walk.headline] in a proposal.
const headlineRule = "en/pledge/infinitive of headlines"

// headline reads a sentence in the manner of headlines: "Kazakhstan, Uzbekistan to commission a power line".
func (w *walk) headline() int {
	end := w.w[0].who
	if end == 0 || !w.word(end, "to") {
		return 0
	}
	verb := w.skipAdverbs(end + 1)
	s := w.resolve(0, end)
	if w.verbForm(verb) != bare || s.actor == nil {
		return 0
	}
	w.turn(s)
	w.gov = governor{strength: commitment.Pledge, class: "pledge", cue: w.r.text(w.w[end].start, w.w[verb].end), rule: headlineRule, form: bare, line: &lexicon.Line{Class: "pledge"}}
	return w.openAt(0, verb)
}

// verblessTo finds the infinitive of a Russian sentence that has no finite verb: «Следующее заседание провести в мае»;
// 0 if there is none.
func (w *walk) verblessTo(from int) int {
	found := 0
	for k := from; w.russian && k < len(w.w); k++ {
		p := &w.w[k]
		if p.sign != 0 {
			continue
		}
		if w.finiteOnly(k) && p.cue.Line.Class != "verb" && !p.cue.Line.Has("noun") {
			return 0
		}
		if found == 0 && w.verbForm(k) == bare {
			found = k
		}
	}
	return found
}

// lead gives what reigns over the beginning of a sentence: the chapeau above it, or a lead-in that ended in a colon and
// goes on in paragraphs of its own, without numbers or dashes.
func (w *walk) lead() (scope, bool) {
	if !w.s.first {
		return scope{}, false
	}
	if s := w.r.scope; s.lead && s.strength != commitment.None && w.underLead() && (!s.loose || w.opensBare()) {
		return s, true
	}
	c, _ := utf8.DecodeRuneInString(w.r.doc.Reading[w.s.start:])
	if unicode.IsUpper(c) && (!w.russian || w.verbForm(0) != bare) {
		w.r.onward = scope{}
	}
	return w.r.onward, w.r.onward.strength != commitment.None
}

// opensBare tells whether a point opens with an infinitive or base form.
func (w *walk) opensBare() bool {
	k := w.skipAdverbs(w.strayNumber())
	if w.word(k, "to") || w.word(k, "not") {
		k = w.skipAdverbs(k + 1)
	}
	return w.verbForm(k) == bare
}

// underLead tells whether a chapeau governs the clause that is read.
func (w *walk) underLead() bool {
	_, ok := w.r.leadAbove(w.r.clause)
	return ok
}

// taskedPoint reads a point that names whom it binds in the dative: «Секретариату публиковать обзор».
func (w *walk) taskedPoint(who int) int {
	end := max(w.w[who].who, who+1)
	verb := end
	for k := verb; k < len(w.w); k++ {
		if w.verbForm(k) == bare {
			verb = k
			break
		}
	}
	actor := &commitment.Actor{Text: w.r.text(w.w[0].start, w.w[end-1].end), Kind: commitment.Organ, Parties: w.r.parties}
	if w.w[who].who > 0 {
		if s := w.resolve(who, end); s.actor != nil {
			actor = s.actor
			actor.Kind = commitment.Organ
		}
	}
	w.gov.who, w.who = actor, actor
	verb = min(verb, len(w.w)-1)
	w.gov.form = w.verbForm(verb)
	return w.openAt(0, verb)
}

// dativeHead gives the organ in the dative that a point opens with, its adjectives apart; -1 if there is none.
func (w *walk) dativeHead() int {
	for k := range min(len(w.w), 5) {
		p := &w.w[k]
		switch {
		case p.who > 0 && !w.nominative(k), p.who == 0 && p.sign == 0 && k > 0 && w.dativePlural(k):
			return k
		case p.sign != 0 || !adjective(w.r.text(p.start, p.end)):
			return -1
		}
	}
	return -1
}

// dativePlural tells whether a word is a noun in the dative plural: «группам», «учреждениям».
func (w *walk) dativePlural(k int) bool {
	text := w.r.text(w.w[k].start, w.w[k].end)
	return len(text) > len("дамам") && (strings.HasSuffix(text, "ам") || strings.HasSuffix(text, "ям"))
}
