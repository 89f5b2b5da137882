package extract

// russianComplement opens what a Russian cue governs: an infinitive, perhaps behind adverbials, «о» with a noun, «что»
// with a clause of its own, or the object itself.
func (w *walk) russianComplement(k, next, from int) int {
	l := w.gov.line
	if k >= len(w.w) {
		w.gov.form = bare
		return k
	}
	if l.Has("own") {
		w.gov.form = finite
		n := w.openAt(from, max(next-1, 0))
		w.open.verbEnd = max(next, w.clauseBehind(k)) // «примут меры к тому, чтобы»
		return max(n, next)
	}
	if v := w.clauseBehind(k); v > 0 {
		return w.russianThat(v, from)
	}
	if w.w[k].is("about") {
		return w.russianObject(k+1, from)
	}
	if v := w.infinitiveBehind(k); v > 0 && w.gov.class != "adopt" {
		w.gov.form = bare
		n := w.openAt(from, v)
		if w.w[v].frame != nil && w.w[v].is("auxiliary") {
			if u := w.infinitiveBehind(v + 1); u > 0 {
				w.lowerBy(u)
			}
		}
		return n
	}
	if l.Has("modal") {
		return w.russianBe(k, from)
	}
	return w.russianObject(k, from)
}

// infinitiveBehind finds the infinitive that a cue governs: before any comma that no list makes, preposition «о» or finite
// cue.
func (w *walk) infinitiveBehind(k int) int {
	for j := k; j < len(w.w) && j < k+14; j++ {
		p := &w.w[j]
		if p.sign == ';' || p.sign == ':' || p.is("relative") || p.is("purpose") || j > k && w.finiteOnly(j) {
			return 0
		}
		if p.sign == ',' && j > k && !w.closesAside(k, j) {
			return 0
		}
		if w.verbForm(j) == bare {
			return j
		}
		if p.sign == 0 && p.is("about") && w.gov.line != nil && !w.gov.line.Has("modal") && w.gov.class != "seek" && w.gov.class != "task" && j == k {
			return 0
		}
	}
	return 0
}

// closesAside: a comma that opens or closes an aside before the infinitive does not stop the search.
func (w *walk) closesAside(from, j int) bool {
	return j+1 < len(w.w) && !w.w[j+1].is("relative") && !w.word(j+1, "что") && !w.word(j+1, "чтобы") && w.gov.line != nil && w.gov.line.Has("modal")
}

// clauseBehind finds «, что», «о том, что», «к тому, чтобы» and gives the piece behind; 0 if there is none.
func (w *walk) clauseBehind(k int) int {
	for j := k; j < len(w.w) && j < k+4; j++ {
		if w.word(j, "что") || w.word(j, "чтобы") {
			return j + 1
		}
		if p := &w.w[j]; p.sign != ',' && !w.word(j, "о") && !w.word(j, "об") && !w.word(j, "том") && !w.word(j, "к") && !w.word(j, "тому") && !w.word(j, "на") && !w.word(j, "с") && !w.word(j, "тем") {
			return 0
		}
	}
	return 0
}

// russianThat reads a clause behind «что»: it binds when it has a future of its own, and always behind «чтобы».
func (w *walk) russianThat(k, from int) int {
	purposeful := w.word(k-1, "чтобы")
	for j := k; j < len(w.w); j++ {
		p := &w.w[j]
		if p.sign == ';' {
			break
		}
		future := p.cue != nil && (p.cue.Line.Has("own") || p.cue.Line.Has("modal")) || p.is("future")
		if !future && !(purposeful && w.verbForm(j) == bare) {
			continue
		}
		w.gov.form = thatForm
		if s, ok := w.nominativeWithin(k, j); ok && s.actor != nil {
			w.who, w.other = s.actor, false
		}
		if purposeful {
			w.gov.form = bare
			w.openAt(from, k)
			w.lowerBy(j)
			return j + 1
		}
		w.openAt(k, k)
		w.lowerBy(j)
		return j + 1
	}
	if purposeful {
		w.gov.form = nounal
		return w.openAt(from, k)
	}
	return w.refuse(from, k, "opinion")
}

func (w *walk) nominativeWithin(from, to int) (subject, bool) {
	for k := from; k < to; k++ {
		if w.w[k].who > 0 && !w.w[k].inside && w.nominative(k) {
			return w.resolve(k, to), true
		}
	}
	return subject{}, false
}

// russianObject opens a noun as the goal.
func (w *walk) russianObject(k, from int) int {
	if k >= len(w.w) {
		w.gov.form = nounal
		return k
	}
	w.gov.form = nounal
	if f := w.verbForm(k); f == verbal {
		w.gov.form = verbal
	}
	if reason := w.nounReason(k); reason != "" {
		return w.refuse(from, k, reason)
	}
	return w.openAt(from, k)
}

// russianBe reads «будет» without an infinitive: «будет создана», «будет способствовать» was read before; anything else
// foretells.
func (w *walk) russianBe(k, from int) int {
	if k < len(w.w) && w.participle(k) {
		w.gov.form = badge
		return w.openAt(from, k)
	}
	w.gov = governor{}
	return k
}
