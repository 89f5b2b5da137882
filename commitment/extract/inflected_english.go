package extract

import (
	"strings"
	"unicode"
)

// What an English cue governs: an infinitive, a clause, or the thing itself.

func (w *walk) complementAt(k, next, from int) int {
	if w.russian {
		return w.russianComplement(k, next, from)
	}
	l := w.gov.line
	k = w.overItems(k)
	switch {
	case k >= len(w.w):
		w.gov.form = bare
		return k
	case w.word(k, "that"):
		return w.thatClause(k+1, from)
	case w.w[k].is("about"):
		return w.object(k+1, from)
	case w.word(k, "not"), w.word(k, "to"):
		v := w.overItems(w.skipAdverbs(k + 1))
		if w.word(v, "to") || w.word(v, "not") {
			v = w.skipAdverbs(v + 1)
		}
		return w.object(v, from)
	case l.Has("modal"):
		return w.modal(k, from)
	case l.Class == "decide" && w.verbForm(k) == noForm && !w.w[k].is("of"):
		if reason := w.silentThat(k); reason == "opinion" {
			return w.refuse(from, k, reason)
		} else if reason == "will" {
			return w.thatClause(k, from)
		}
	case l.Has("guest") && w.asksOver(k):
		return w.refuse(from, k, "thanks")
	case l.Class == "intend" && !l.Has("forward") && w.verbForm(k) == noForm && !l.Has("noun"):
		w.gov = governor{}
		return next
	}
	return w.object(k, from)
}

// silentThat reads "agreed the river is shared", where no "that" stands: a view, unless something will be done. It gives
// "opinion", "will", or nothing when no clause follows.
func (w *walk) silentThat(k int) string {
	for j := k; j < len(w.w) && w.w[j].sign == 0 && j < k+12; j++ {
		p := &w.w[j]
		if p.is("relative") || w.word(j, "that") || w.word(j, "to") || p.is("means") {
			return ""
		}
		switch {
		case p.cue == nil || j == k:
		case p.cue.Line.Has("modal") && p.cue.Line.Class == "pledge" && !w.word(j, "are") && !w.word(j, "is"):
			return "will"
		case p.cue.Line.Has("copula"):
			return "opinion"
		}
	}
	return ""
}

// asksOver tells whether an invitation is one to come: "invited the President to Astana".
func (w *walk) asksOver(k int) bool {
	for j := k; j < len(w.w) && j < k+12 && w.w[j].sign == 0; j++ {
		if w.word(j, "to") {
			v := w.skipAdverbs(j + 1)
			return v < len(w.w) && w.verbForm(v) == noForm && (w.w[v].who > 0 || w.opener(v) || w.w[v].sign == 0 && unicode.IsUpper(rune(w.r.doc.Reading[w.w[v].start])))
		}
	}
	return false
}

// modal reads what follows will and shall.
func (w *walk) modal(k, from int) int {
	if w.word(k, "be") || w.word(k, "have") {
		v := w.skipAdverbs(k + 1)
		if v < len(w.w) && w.w[v].is("state") {
			return w.refuse(from, k, "aspiration")
		}
	}
	if w.staysAsIs(k) {
		return w.refuse(from, k, "aspiration")
	}
	w.gov.form = bare
	if v := w.behindAside(k); v > 0 {
		return w.openAt(from, v)
	}
	return w.openAt(from, k)
}

// behindAside finds the verb behind an aside: "shall, for the needs of their countries, carry out"; 0 if there is none.
func (w *walk) behindAside(k int) int {
	if w.sign(k) != ',' {
		return 0
	}
	for j := k + 1; j < len(w.w) && j < k+30; j++ {
		if v := w.skipAdverbs(j + 1); w.w[j].sign == ',' && w.verbForm(v) == bare {
			return v
		}
	}
	return 0
}

// staysAsIs: "will remain ...", "will continue to be a reliable partner" undertakes no act.
func (w *walk) staysAsIs(k int) bool {
	if w.word(k, "continue") && w.word(k+1, "to") {
		k = w.skipAdverbs(k + 2)
	}
	if w.word(k, "remain") || w.word(k, "stay") || w.word(k, "serve") {
		return true
	}
	v := w.skipAdverbs(k + 1)
	return w.word(k, "be") && (v >= len(w.w) || !w.participle(v) && w.verbForm(v) != verbal)
}

// object opens the goal that begins at a piece, whatever its form.
func (w *walk) object(k, from int) int {
	if k >= len(w.w) {
		w.gov.form = bare
		return k
	}
	w.gov.form = w.verbForm(k)
	if w.gov.form == noForm && w.word(k-1, "to") && strings.HasSuffix(w.r.text(w.w[k].start, w.w[k].end), "ing") {
		w.gov.form = verbal // "look forward to meeting": behind "to" it is no noun
	}
	infinitive := w.word(k-1, "to") && w.plainWord(k) && w.gov.class != "reaffirm" && !w.gov.line.Has("vague") && !w.gov.line.Has("forward")
	if w.gov.form == noForm && infinitive {
		w.gov.form = bare
	}
	if w.stanceWithin(k) {
		w.firm = true
		return w.refuse(from, k, "attitude")
	}
	if w.gov.form == noForm {
		w.gov.form = nounal
		if reason := w.nounReason(k); reason != "" {
			return w.refuse(from, k, reason)
		}
	}
	return w.openAt(from, k)
}

// stanceWithin tells whether "support" goes with a principle told as an act: "support resolving disputes by peaceful
// means".
func (w *walk) stanceWithin(k int) bool {
	if w.gov.class != "support" || !w.gov.line.Has("stance") || !strings.HasSuffix(w.r.text(w.w[k].start, w.w[k].end), "ing") {
		return false
	}
	for j := k + 1; j < len(w.w) && w.w[j].sign == 0; j++ {
		if w.w[j].is("stance") {
			return true
		}
	}
	return false
}

// nounReason tells why a noun is no goal for the reigning cue.
func (w *walk) nounReason(k int) string {
	l := w.gov.line
	o := k
	for o < len(w.w) && o < k+4 && w.opener(o) {
		o++
	}
	if o < len(w.w) && w.w[o].is("opinion") || o > k && o+1 < len(w.w) && w.w[o+1].is("opinion") {
		return "opinion"
	}
	if w.gov.class == "support" && l.Has("stance") && o < len(w.w) && (w.firm || w.w[o].is("stance") || w.w[k].is("stance") || w.w[o].is("vague")) {
		w.firm = true
		return "attitude"
	}
	switch {
	case l.Has("forward"):
		return "attitude"
	case l.Has("weak") && w.gov.class == "pledge", w.gov.class == "intend" && l.Has("weak"):
		return "aspiration"
	}
	return ""
}

// thatClause reads "agreed that X will ...": without will, shall or the like it is an opinion.
func (w *walk) thatClause(k, from int) int {
	for j := k; j < len(w.w); j++ {
		if c := w.w[j].sign; c == ';' || j > k && w.word(j, "that") && w.joinBefore(j) {
			break
		}
		p := &w.w[j]
		if p.cue == nil || !p.cue.Line.Has("modal") && !w.word(j, "should") && !w.word(j, "would") {
			continue
		}
		w.gov.form = thatForm
		if k < len(w.w) && w.w[k].who > 0 {
			if s := w.resolve(k, j); s.actor != nil {
				w.who, w.other = s.actor, false
			}
		}
		w.openAt(k, k)
		v := w.skipAdverbs(w.at(p.cue.End))
		if v < len(w.w) {
			w.lowerBy(v)
			if w.verbForm(v) == bare {
				w.open.form, w.open.verbEnd = bare, v+1
				w.gov.form = bare
			}
		}
		return v
	}
	return w.refuse(from, k, "opinion")
}

// lowerBy applies a verb to the strength of the open goal.
func (w *walk) lowerBy(verb int) {
	end := w.open.verbEnd
	w.lower(w.open, verb)
	w.open.verbEnd = max(end, w.open.verbEnd)
}
