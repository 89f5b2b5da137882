package extract

import (
	"strings"

	"concord/commitment"
)

// joins tells whether a piece can join a further verb to the last.
func (w *walk) joins(i int) bool {
	p := &w.w[i]
	return p.sign == ',' || p.sign == 0 && (p.is("and") || p.is("join"))
}

// further looks, behind a joining word, for a verb of the same form as the one that reigns; it gives its piece, 0 if
// there is none.
func (w *walk) further(i int) int {
	if w.gov.strength == commitment.None || w.gov.line == nil && !w.gov.lead || w.other || w.refused() {
		return 0
	}
	k, marked := w.skipJoins(i)
	if k >= len(w.w) || w.viewed() && marked != "to" && !w.word(k, "that") {
		return 0
	}
	if w.viewed() && marked == "to" && w.verbForm(k) == bare {
		return k
	}
	if w.shut && !w.reopens(i-1) {
		return 0
	}
	if w.word(k, "that") && (w.gov.class == "decide" || w.gov.class == "confirm") {
		return w.furtherThat(k)
	}
	if w.gov.form == thatForm || w.gov.form == badge {
		return w.furtherThat(k)
	}
	return w.furtherVerb(i, k, marked)
}

// furtherVerb tells whether the verb at a piece goes on the last: it gives the piece, or 0.
func (w *walk) furtherVerb(i, k int, marked string) int {
	f := w.verbForm(k)
	if f == bare && marked == "" && !w.russian && w.w[k].cue != nil && w.bindsAfresh(k) {
		return 0
	}
	if f == bare && w.gov.form == bare && marked == "" && w.sharesObject(i) {
		w.open.verbEnd = w.verbSpan(k) // "develop, test and deploy": one object, whatever "test" may be elsewhere
		return 0
	}
	if f == bare && marked == "to" && w.gov.form == nounal && w.gov.class == "decide" && !w.russian && w.sign(i-1) == ',' {
		return k // "agreed on measures to protect workers, and to open a hotline"
	}
	switch {
	case f == noForm && marked == "to" && w.gov.form == bare && w.plainWord(k):
	case f == verbal && marked == "on" && w.statesAbout() && w.prepositionBefore(k, marked):
		return k
	case w.russian && f == bare && w.withinParticiple(i):
		return 0
	case f == noForm || f != w.gov.form:
		return 0 // a Russian verb that is its own cue is found by finiteCue
	case f == verbal && w.means && !w.gov.lead:
		return 0
	case f == verbal && w.russian && !w.prepositionBefore(k, marked):
		return 0
	case f == verbal && !w.russian && w.alsoNoun(k) && !w.opensNounList(k) && !w.w[w.verbSpan(k)].is("of"):
	case marked == "" && w.alsoNoun(k) && !w.opens(k) && !w.secondVerb(i, k):
		return 0
	}
	if w.sharesObject(i) {
		w.open.verbEnd = w.verbSpan(k)
		return 0
	}
	return k
}

// refused tells whether what stands open binds nobody, and what is joined to it neither.
func (w *walk) refused() bool {
	return w.open != nil && w.open.reason != "" && w.open.reason != "past" && !w.viewed()
}

// viewed tells whether the parties agreed on a view: they may go on to agree to an act.
func (w *walk) viewed() bool {
	return !w.russian && w.open != nil && w.open.reason == "opinion" && w.gov.class == "decide"
}

// after is the piece behind the joining word or sign at a piece.
func (w *walk) after(i int) int {
	if f := w.w[i].frame; f != nil && w.w[i].sign == 0 {
		return w.at(f.End)
	}
	return i + 1
}

// skipJoins goes over what stands between a joining sign and its verb: "and", "also", "to", "not to", "on".
func (w *walk) skipJoins(i int) (k int, marked string) {
	k = i
	for k < len(w.w) && k < i+6 {
		p := &w.w[k]
		switch {
		case p.sign == 0 && (p.is("and") || p.is("join")):
			k = w.at(p.frame.End)
			continue
		case p.is("lead"):
			k = w.at(p.frame.End)
			if w.sign(k) == ',' {
				k++
			}
			continue
		case w.word(k, "to"), w.word(k, "not"), w.word(k, "не"):
			if marked == "" || w.word(k, "to") {
				marked = "to"
			}
		case p.is("about") && (w.gov.form == verbal || w.gov.form == nounal || w.statesAbout()):
			marked = "on"
		case p.sign == 0 && p.frame != nil && (p.is("adverb") || p.is("lead")) && w.verbForm(k) == noForm:
			k = w.at(p.frame.End)
			continue
		case p.date > 0:
			k = p.date
			continue
		default:
			return k, marked
		}
		k++
	}
	return k, marked
}

// reopens tells whether a verb behind a tail belongs to the main clause again: after a semicolon; after a comma too when
// the tail was an infinitive.
func (w *walk) reopens(sep int) bool {
	return w.sign(sep) == ';' || w.sign(sep) == ',' && w.sake
}

// furtherThat goes on a clause of its own: "and that Y will ...".
func (w *walk) furtherThat(k int) int {
	if w.word(k, "that") && k+1 < len(w.w) {
		return k
	}
	return 0
}

// statesAbout: «заявили о готовности принять ... и о наращивании ...» goes on with a noun.
func (w *walk) statesAbout() bool {
	return w.russian && w.gov.class == "intend" && w.gov.form == bare && strings.Contains(w.gov.cue, " о ")
}

// withinParticiple tells whether a Russian participle clause is open before a piece: «центр, способный обучать спасателей
// и готовить врачей» has no second goal.
func (w *walk) withinParticiple(i int) bool {
	for k := i - 1; k >= max(w.seg, w.event) && k >= i-20; k-- {
		if w.w[k].sign == ';' || w.w[k].sign == ':' {
			return false
		}
		if w.w[k].sign == ',' {
			return k+1 < i && participle(w.r.text(w.w[k+1].start, w.w[k+1].end))
		}
	}
	return false
}

// participle tells whether a Russian word is a participle that may open a clause.
func participle(text string) bool {
	text = strings.TrimSuffix(strings.ToLower(text), "ся")
	for _, stem := range []string{"ющ", "ящ", "ащ", "ущ", "вш", "способн", "призванн", "направленн", "предназначенн", "позволивш"} {
		at := strings.LastIndex(text, stem)
		if rest := len(text) - at - len(stem); at > 0 && rest > 0 && rest <= len("ого") || at == 0 && len(stem) > len("ющ")+4 {
			return true
		}
	}
	return false
}

// prepositionBefore: a Russian verbal noun goes on another only where its preposition is repeated or the chapeau asks
// for nouns: «о создании ..., о проведении ...».
func (w *walk) prepositionBefore(k int, marked string) bool {
	return marked == "on" || w.gov.lead && w.w[k-1].sign == ';'
}

// secondVerb tells whether a word that may be a noun is a verb by its neighbours: a plural before it heads no compound
// ("strengthen controls and support farmers", not "training and support services"), and an adjective behind it is that of
// an object ("end illegal logging").
func (w *walk) secondVerb(i, k int) bool {
	next := w.verbSpan(k)
	if w.russian || next >= len(w.w) || w.w[next].sign != 0 || w.w[next].is("of") || w.w[next].is("and") || w.w[next].is("about") || w.finiteOnly(next) && !w.w[next].is("verb") {
		return false
	}
	if describing(w.r.text(w.w[next].start, w.w[next].end)) || w.w[k].frame != nil && w.w[k].frame.Line.Has("verbal") {
		return true
	}
	for i > 0 && (w.w[i-1].sign != 0 || w.w[i-1].is("and")) {
		i--
	}
	before := w.r.text(w.w[i-1].start, w.w[i-1].end)
	if w.open != nil && w.open.joined && w.sign(i) == ',' {
		return true // a list of verbs goes on: ", and train pilots"
	}
	return w.sign(k-1) != ',' && strings.HasSuffix(before, "s") && !strings.HasSuffix(before, "ss") && !strings.HasSuffix(before, "ics")
}

// describing tells whether an English word ends as adjectives do.
func describing(text string) bool {
	for _, end := range []string{"al", "ive", "ous", "able", "ible", "ful", "less", "ary", "ic", "ian", "ese", "ish"} {
		if len(text) > len(end)+2 && strings.HasSuffix(text, end) {
			return true
		}
	}
	return false
}

// opens tells whether a word that may be a noun is a verb here: an article, a possessive or the like follows.
func (w *walk) opens(k int) bool {
	next := w.verbSpan(k)
	for _, noun := range []string{"of", "for", "from", "between", "among"} {
		if w.word(next, noun) {
			return false
		}
	}
	if w.w[k].cue != nil && w.word(next, "to") {
		return false // "support to"
	}
	return next < len(w.w) && w.opener(next)
}

// opener tells whether a word shows that the one before it is a verb: an article, a possessive, a number, a preposition.
func (w *walk) opener(k int) bool {
	p := &w.w[k]
	return p.sign == 0 && (p.is("opener") || p.is("of") || p.is("about") || p.is("figure") || p.is("means") || p.is("adverb"))
}

// verbSpan is the piece behind the verb at a piece.
func (w *walk) verbSpan(k int) int {
	p := &w.w[k]
	switch {
	case p.cue != nil:
		return w.at(p.cue.End)
	case p.frame != nil && p.is("verb"):
		return w.at(p.frame.End)
	}
	return k + 1
}

// sharesObject: "develop and adopt a plan" is one goal, for nothing stands between the verbs.
func (w *walk) sharesObject(i int) bool {
	if w.open == nil || w.open.reason != "" {
		return false
	}
	return w.trimEnd(w.open.from, i) <= w.open.verbEnd
}

// join opens the goal of a further verb.
func (w *walk) join(from, verb int) int {
	for from < verb && (w.w[from].sign != 0 || w.w[from].is("and") || w.w[from].is("join")) {
		from = max(from+1, w.after(from))
	}
	if w.word(verb, "that") {
		return w.thatClause(verb+1, verb+1)
	}
	next := w.openAt(from, verb)
	w.open.joined = true
	if w.sought != nil && !w.word(verb-1, "to") && w.open.strength > commitment.Intend {
		w.open.strength, w.open.rule, w.open.cue = commitment.Intend, w.sought.Rule, w.gov.cue+"+"+w.sought.Phrase // "will seek to deepen x, expand y"
	}
	return next
}

// rejects refuses an opposition that goes on a promise: "support the truce and oppose any new fence". It gives the next
// piece, 0 when there is none.
func (w *walk) rejects(sep, i int) int {
	k, _ := w.skipJoins(i)
	if w.russian || w.open == nil || w.open.reason != "" || k >= len(w.w) || w.w[k].cue == nil || !(w.word(k, "oppose") || w.word(k, "reject") || w.word(k, "condemn")) {
		return 0
	}
	w.close(sep)
	l := w.w[k].cue.Line
	w.open = &goal{from: k, action: k, cue: w.text(w.w[k].cue), rule: l.Rule, reason: l.Reason(), form: noForm, verbEnd: k + 1}
	return k + 1
}

// tail reacts to what only says what for, or describes: the open goal ends before it. It gives the next piece, 0 when no
// tail stands here.
func (w *walk) tail(i int) int {
	if w.open == nil || w.shut || i <= w.open.from {
		return 0
	}
	p := &w.w[i]
	switch {
	case p.is("purpose"):
		next := w.at(p.frame.End)
		if i < w.open.verbEnd || w.word(i, "для") && w.w[i-1].is("ground") { // "is designed to": its own verb
			return 0
		}
		w.close(i)
		w.shut = true
		return next
	case p.is("relative") && w.sign(i-1) == ',', w.russian && w.word(i, "что") && w.sign(i-1) == ',' && w.open.form != thatForm && w.open.reason == "":
		w.close(i - 1)
		w.shut = true
		return i + 1
	case w.sign(i-1) == ',' && w.participleTail(i):
		w.close(i - 1)
		w.shut, w.sake = true, w.russian // «, обеспечивая ..., и развивать»: the comma closes the clause
		return i + 1
	case p.is("report"):
		end := i
		for end > w.open.from && (w.w[end-1].sign != 0 && w.w[end-1].sign != ')') {
			end--
		}
		if end == i {
			return 0
		}
		w.close(end)
		w.shut = true
		return i + 1
	case w.russian && w.forSake(i):
		w.close(i)
		w.shut = true
		return i + 1
	case w.lateVerb(i):
		return w.skipAdverbs(i+1) + 1
	case w.bareTo(i):
		w.close(i)
		w.shut, w.sake = true, true
		return i + 1
	}
	return 0
}

// forSake tells whether «для» with a noun of action says what for: «фонд для содействия развитию»; behind a noun that
// needs it, it belongs to the goal («условия для развития»).
func (w *walk) forSake(i int) bool {
	if !w.word(i, "для") || w.open.reason != "" || i <= w.open.verbEnd {
		return false
	}
	for k := i + 1; k < len(w.w) && k <= i+2; k++ {
		text := w.r.text(w.w[k].start, w.w[k].end)
		if strings.HasSuffix(text, "ания") || strings.HasSuffix(text, "ения") || strings.HasSuffix(text, "тия") || strings.HasSuffix(text, "ствия") || strings.HasSuffix(text, "ации") {
			return !w.w[i-1].is("ground")
		}
		if w.w[k].sign != 0 || !adjective(text) && !strings.HasSuffix(text, "го") && !strings.HasSuffix(text, "ой") {
			return false
		}
	}
	return false
}

// lateVerb takes over the infinitive that an English cue governs behind an adverbial: "agreed at the meeting to open".
func (w *walk) lateVerb(i int) bool {
	g := w.open
	if w.russian || g.reason != "" || g.form != nounal || !w.word(i, "to") || i <= g.action || !(w.w[g.action].is("of") || w.w[g.action].is("means") || w.w[g.action].date > 0) {
		return false
	}
	v := w.skipAdverbs(i + 1)
	if w.verbForm(v) != bare {
		return false
	}
	w.gov.form, g.form = bare, bare
	w.lowerBy(v)
	return true
}

// bareTo tells whether an English infinitive says what for: "expand trade to create jobs". One that belongs to a verb or
// noun before it does not ("work together to end", "measures to cut"), nor one that holds the date of the goal.
func (w *walk) bareTo(i int) bool {
	g := w.open
	if w.russian || g.reason != "" || i <= w.skipAdverbs(g.verbEnd) || i <= g.action+1 || !w.word(i, "to") || w.joinBefore(i) {
		return false
	}
	if v := w.skipAdverbs(i + 1); w.verbForm(v) != bare || w.alsoNoun(v) && !w.opens(v) && !w.bringsOn(v) {
		return false
	}
	for k := i - 1; k >= g.from; k-- {
		p := &w.w[k]
		if p.frame != nil && p.frame.Line.Has("infinitive") && (k == i-1 || !p.is("head")) || p.cue != nil && asksOthers(p.cue.Line.Class) {
			return false
		}
		if k < i-1 && w.word(k, "to") && w.verbForm(w.skipAdverbs(k+1)) == bare {
			break
		}
	}
	return w.r.bestDeadline(hitsWithin(w.s.hits, w.w[i].start, w.s.end)) == nil
}

// asksOthers tells whether a class of cues has others do something: "invite experts to draft".
func asksOthers(class string) bool { return class == "support" || class == "task" || class == "seek" }

// bringsOn tells whether a plural follows a verb that may be a noun: "to cut costs".
func (w *walk) bringsOn(v int) bool {
	next := w.verbSpan(v)
	return next < len(w.w) && w.w[next].sign == 0 && !w.w[next].is("of") && !w.w[next].is("and")
}

// participleTail: ", ensuring ..." «, обеспечивая ...» tell what comes of it.
func (w *walk) participleTail(i int) bool {
	if w.w[i].is("tail") {
		return true
	}
	if w.open.form == verbal || w.russian || w.listsActs() || w.word(i, "including") {
		return false
	}
	return w.verbForm(i) == verbal && !w.opensNounList(i)
}

// listsActs: "work towards increasing trade, reducing tariffs" lists what is worked towards.
func (w *walk) listsActs() bool {
	k := w.open.verbEnd
	return w.open.reason == "" && (w.word(k, "towards") || w.word(k, "toward") || w.word(k, "on") || w.word(k, "to") || w.word(k, "for")) && w.verbForm(w.skipAdverbs(k+1)) == verbal
}

// opensNounList: in "trade, banking and transport" the word is a noun: another joining sign follows at once.
func (w *walk) opensNounList(i int) bool {
	k := w.verbSpan(i)
	return k >= len(w.w) || w.w[k].sign == ',' || w.w[k].is("and")
}

// ownSubject tells whether a point begins with a subject and a finite cue of its own.
func (w *walk) ownSubject() bool {
	for i := range w.w {
		p := &w.w[i]
		if p.sign == ',' && !p.inside || p.is("relative") {
			return false
		}
		if p.cue == nil || p.cue.Line.Class == "verb" || w.governed(i) {
			continue
		}
		if s, ok := w.subjectOf(i); ok && s.stands && s.from <= 1 && (s.actor != nil || s.other && !w.russian) {
			return true
		}
	}
	return false
}

// participle tells whether an English word is the participle of a verb that can be undertaken, a Russian one the short
// participle or the infinitive of "будет создана", "будет проводиться".
func (w *walk) participle(k int) bool {
	text := strings.ToLower(w.r.text(w.w[k].start, w.w[k].end))
	if w.russian {
		return w.w[k].is("participle") || infinitive(text) && strings.HasSuffix(text, "ся")
	}
	if w.w[k].is("state") {
		return false
	}
	if !w.w[k].is("verb") && (w.w[k].cue == nil || w.w[k].cue.Line.Class == "none") {
		return false
	}
	f := w.w[k].frame
	return strings.HasSuffix(text, "ed") || w.w[k].is("verb") && f != nil && w.at(f.End) == k+1 && !strings.HasSuffix(text, "ing")
}

// held tells whether the verb says of an event that it takes place.
func (w *walk) held(k int) bool {
	text := strings.ToLower(w.r.text(w.w[k].start, w.w[k].end))
	return text == "agreed" || text == "determined" || text == "announced" || text == "communicated" || text == "specified" ||
		strings.HasPrefix(text, "согласован") || strings.HasPrefix(text, "определен") || strings.HasPrefix(text, "сообщен") || text == "held" || text == "convened" || text == "hosted" || text == "organized" || text == "organised" ||
		strings.HasPrefix(text, "провед") || strings.HasPrefix(text, "провод")
}

func englishPast(text string) bool {
	text = strings.ToLower(text)
	for _, word := range strings.Fields(text) {
		if strings.HasSuffix(word, "ed") || word == "took" || word == "undertook" || word == "gave" || word == "made" || word == "came" || word == "was" || word == "were" {
			return true
		}
	}
	return false
}

func russianPast(text string) bool {
	for _, word := range strings.Fields(strings.ToLower(text)) {
		word = strings.TrimSuffix(strings.TrimSuffix(word, "ся"), "сь")
		for _, end := range []string{"ли", "ла", "ло", "ил", "ал", "ел", "ял", "но", "на", "ны", "то", "та", "ты"} {
			if strings.HasSuffix(word, end) {
				return true
			}
		}
	}
	return false
}
