package extract

import (
	"strings"

	"concord/commitment"
	"concord/lexicon"
)

// subject is what stands before a finite cue.
type subject struct {
	from    int // piece where its words begin
	actor   *commitment.Actor
	stands  bool // directly before the cue, adverbs apart
	other   bool // it is there and is not a party
	implied bool // it is not there: the running actor
	session bool // it is the meeting itself, which may decide but not do
}

// subjectOf finds the subject of the finite cue at a piece; ok is false when the cue cannot be finite here.
func (w *walk) subjectOf(i int) (s subject, ok bool) {
	j := w.overAdverbs(i)
	if w.russian {
		return w.caseSubject(i, j)
	}
	if j == w.seg || j == 0 {
		return subject{from: j, implied: true}, w.heads(i)
	}
	switch {
	case w.w[j-1].sign == ',':
		return w.commaSubject(i, j)
	case w.joinBefore(j):
		if w.event == 0 {
			return w.firstSubject(i)
		}
		return subject{from: j, implied: true, other: w.other}, w.agrees(i)
	case w.w[j-1].sign != 0 && !w.w[j-1].inside: // "the U.S. agreed" ends in a sign that is its own
		return subject{}, false
	}
	return w.besides(i, j)
}

// heads tells whether a cue without any subject may open a sentence: "Decides to", "Agree to"; not a base form that
// continues no chapeau in running text.
func (w *walk) heads(i int) bool {
	if w.w[i].cue.Line.Has("passive") {
		return true
	}
	next := w.at(w.w[i].cue.End)
	return w.event == 0 && (w.tense(i) != pastTense || next < len(w.w) && (w.opener(next) || w.word(next, "that")))
}

// commaSubject: a comma before the cue closes a parenthesis behind the subject, or joins a further verb.
func (w *walk) commaSubject(i, j int) (subject, bool) {
	if w.event > 0 {
		return subject{from: j, implied: true, other: w.other}, w.agrees(i)
	}
	return w.firstSubject(i)
}

// agrees tells whether an English cue can go on the finite cue before it: welcomed and agreed, welcome and agree,
// welcomes and agrees; "recognizes the need to plan and promote" has but one.
func (w *walk) agrees(i int) bool {
	t := w.tense(i)
	return w.last == anyTense || t == anyTense || t == w.last || w.last == pastTense && t == plainTense && w.bindsAfresh(i)
}

// tense is the shape of an English finite verb.
type tense uint8

const (
	anyTense tense = iota // will, shall, are, have agreed
	plainTense
	singularTense
	pastTense
)

func (w *walk) tense(i int) tense {
	l := w.w[i].cue.Line
	text := strings.ToLower(w.r.text(w.w[i].start, w.w[i].end))
	if strings.HasSuffix(text, "ly") && i+1 < len(w.w) {
		text = strings.ToLower(w.r.text(w.w[i+1].start, w.w[i+1].end)) // "positively evaluated"
	}
	switch {
	case l.Has("modal"), l.Has("passive"), text == "are", text == "is", text == "have", text == "has", text == "were", text == "was":
		return anyTense
	case strings.HasSuffix(text, "ed"), text == "took", text == "undertook", text == "met", text == "held", text == "paid", text == "made", text == "gave", text == "sought":
		return pastTense
	case strings.HasSuffix(text, "s") && !strings.HasSuffix(text, "ss"):
		return singularTense
	}
	return plainTense
}

// firstSubject looks for the first actor of the sentence that stands where a subject can.
func (w *walk) firstSubject(i int) (subject, bool) {
	for k := w.seg; k < i; k++ {
		if w.w[k].who > 0 && !w.w[k].inside && w.edge(k) {
			s := w.resolve(k, w.w[k].who)
			s.stands = w.asideOnly(w.w[k].who, i)
			return s, true
		}
	}
	if w.event > 0 || w.r.scope.actor != nil && w.w[i].cue.Line.Class != "none" && w.skipAdverbs(w.seg) == i {
		return subject{from: i, implied: true}, true
	}
	return subject{}, false
}

// edge tells whether a subject can begin at a piece: at the head of the stretch, behind a comma, a joining word or a
// leading phrase.
func (w *walk) edge(k int) bool {
	if k == w.seg || k == 0 {
		return true
	}
	p := &w.w[k-1]
	if p.sign != 0 {
		return p.sign == ',' || p.sign == ';' || p.sign == ':' || p.sign == '"' || p.sign == '“'
	}
	return w.joinBefore(k) || p.is("that") || p.is("speech") || w.word(k-1, "that") || w.word(k-1, "что") || w.endsLead(k)
}

// joinBefore tells whether a joining word or phrase ends before a piece: and, while, as well as.
func (w *walk) joinBefore(k int) bool {
	for b := k - 1; b >= 0 && b >= k-3; b-- {
		if f := w.w[b].frame; f != nil && (w.w[b].is("and") || w.w[b].is("join")) && w.at(f.End) == k {
			return true
		}
	}
	return false
}

// endsLead tells whether a leading phrase or an adverb ends before a piece.
func (w *walk) endsLead(k int) bool {
	for b := k - 1; b >= 0 && b >= k-5; b-- {
		if f := w.w[b].frame; f != nil && (w.w[b].is("lead") || w.w[b].is("adverb")) && w.at(f.End) == k {
			return true
		}
	}
	return false
}

// besides reads the noun phrase that ends directly before the cue.
func (w *walk) besides(i, j int) (subject, bool) {
	hard := max(w.seg, w.event)
	for k := j - 1; k >= hard; k-- {
		if c := w.w[k].sign; c == ',' && !w.w[k].inside || c == ';' || c == ':' || c == '(' {
			hard = k + 1
			break
		}
		if w.word(k, "that") || w.w[k].is("relative") || w.w[k].is("speech") {
			hard = k + 1
			break
		}
	}
	for k := hard; k < j; k++ {
		if w.w[k].who == 0 || w.w[k].inside || k != hard && !w.edge(k) {
			continue
		}
		if w.tailFits(w.w[k].who, j) {
			s := w.resolve(k, j)
			s.stands = true
			w.describe(&s, k, j)
			return s, true
		}
	}
	for k := hard; k < j; k++ {
		if w.w[k].is("sub") {
			return subject{}, false // "once it is established" says when
		}
	}
	if hard == j || w.w[hard].is("relative") {
		return subject{}, false
	}
	return subject{from: hard, other: true, stands: true}, w.bindsAnyone(i)
}

// tailFits tells whether the words between an actor and its verb belong to the actor: "the parties to the agreement",
// "the ministers present"; other words would hold a verb of their own.
func (w *walk) tailFits(from, to int) bool {
	if from >= to {
		return true
	}
	for k := from; k+1 < to; k++ {
		if w.word(k, "to") && w.verbForm(w.skipAdverbs(k+1)) == bare {
			return false
		}
	}
	p := &w.w[from]
	return p.sign == '(' || p.sign == 0 && (p.is("of") || p.is("and") || p.is("about") || p.is("possessing") || p.is("adverb"))
}

// bindsAnyone tells whether a cue is finite whatever stands before it: will, shall and the passives.
func (w *walk) bindsAnyone(i int) bool {
	l := w.w[i].cue.Line
	return l.Has("modal") || l.Has("passive")
}

// resolve makes the actor of the group at a piece; its words run to piece to.
func (w *walk) resolve(k, to int) subject {
	end := min(w.w[k].who, to)
	from, until := w.w[k].start, w.w[end-1].end
	var named []lexicon.Hit
	for _, h := range w.s.hits {
		if (h.Line.Kind == lexicon.Actors || h.Line.Kind == lexicon.States) && h.Start >= from && h.End <= until && h.Line.Class != "word" {
			named = append(named, h)
		}
	}
	s := subject{from: k}
	if len(named) > 0 && named[0].Line.Kind == lexicon.Actors && named[0].Line.Has("same") {
		if s.actor = w.same(&named[0]); s.actor == nil {
			s.other = true
		}
		return s
	}
	actor, ok := w.r.actorOf(named, w.r.text(from, until))
	if !ok {
		s.other = true
		return s
	}
	if w.r.partial && actor.Kind == commitment.All && named[0].Line.Kind == lexicon.States {
		actor.Kind = commitment.Subset // a listing of states that we know by this listing only
	}
	w.level(&actor, named)
	w.members(&actor, named)
	s.session = named[0].Line.Kind == lexicon.Actors && named[0].Line.Has("session")
	s.actor = &actor
	return s
}

// same resolves a pronoun: the running actor, if it agrees in number.
func (w *walk) same(h *lexicon.Hit) *commitment.Actor {
	a := w.who
	single := h.Line.Has("single")
	switch {
	case a == nil && single:
		return nil
	case a == nil:
		all := w.r.everyone(w.text(h))
		return &all
	case single && a.Kind != commitment.One && a.Kind != commitment.Organ:
		return nil
	}
	copied := *a
	copied.Text = w.text(h)
	return &copied
}

// caseSubject finds a Russian subject: the nearest actor in the nominative of the same stretch, wherever it stands.
func (w *walk) caseSubject(i, j int) (subject, bool) {
	if w.inRelative(j) {
		return subject{}, false
	}
	if s, ok := w.nominativeBefore(j); ok {
		return s, true
	}
	l := w.w[i].cue.Line
	if l.Has("passive") {
		return subject{from: j, implied: true, stands: true}, true
	}
	if s, ok := w.nominativeBehind(i); ok {
		return s, true
	}
	if at := w.joinedAt(j); j > w.seg && w.event > 0 && at > 0 {
		if !w.adverbial(at, j) {
			return subject{from: at, other: true, stands: true}, l.Class == "pledge"
		}
		return subject{from: at, implied: true, stands: true, other: w.other}, true
	}
	if w.skipAdverbs(w.seg) >= j || w.plural(i) {
		return subject{from: j, implied: true}, true
	}
	return subject{from: w.seg, other: true, stands: true}, l.Class == "pledge"
}

// nominativeBefore looks back to the head of the stretch for an actor in the nominative where a subject can begin.
func (w *walk) nominativeBefore(j int) (subject, bool) {
	for k := max(w.seg, w.event); k < j; k++ {
		if w.w[k].who == 0 || w.w[k].inside || !w.nominative(k) || !(w.edge(w.overAdjectives(k)) || w.free(k)) {
			continue
		}
		if w.event > 0 && w.overAdjectives(k) == w.event {
			continue // the object of the verb before
		}
		s := w.resolve(k, j)
		s.from = w.overAdjectives(k)
		w.describe(&s, k, j)
		end := w.w[k].who
		if w.sign(end) == ',' && w.commaWithin(k, end) {
			end++ // it closes «, кроме ...»
		}
		s.stands = end >= j || !w.commaWithin(end, j) || w.asideOnly(end, j)
		return s, true
	}
	return subject{}, false
}

// overAdjectives goes back from a noun over its adjectives: «Высший Евразийский экономический совет».
func (w *walk) overAdjectives(k int) int {
	for k > max(w.seg, w.event) && w.w[k-1].sign == 0 && adjective(w.r.text(w.w[k-1].start, w.w[k-1].end)) {
		k--
	}
	return k
}

func adjective(text string) bool {
	for _, end := range []string{"ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие", "ому", "ему", "ым", "им"} {
		if strings.HasSuffix(text, end) && len(text) > len(end)+6 {
			return true
		}
	}
	return false
}

// free tells whether an actor may be a subject though no comma stands before it: its word has the nominative alone.
func (w *walk) free(k int) bool {
	a := w.kindAt(k, lexicon.Actors)
	return a != nil && a.Line.Has("subject") && !w.w[k-1].is("of")
}

// nominativeBehind: "Достигли договорённости Стороны" is rare; only the piece behind the cue is asked.
func (w *walk) nominativeBehind(i int) (subject, bool) {
	k := w.at(w.w[i].cue.End)
	if k < len(w.w) && w.w[k].who > 0 && w.nominative(k) && w.free(k) {
		s := w.resolve(k, w.w[k].who)
		s.from, s.stands = i, true
		if w.event == 0 && !w.commaWithin(w.seg, i) {
			s.from = w.skipAdverbs(w.seg) // «Концепцию утвердили лидеры»: the object stands before
		}
		return s, true
	}
	return subject{}, false
}

// asideOnly tells whether only adverbs and their commas stand between a subject and its verb: ", for its part,".
func (w *walk) asideOnly(from, to int) bool {
	for k := from; k < to; {
		p := &w.w[k]
		switch {
		case p.sign == ',':
			k++
		case p.frame != nil && (p.is("adverb") || p.is("lead")):
			k = w.at(p.frame.End)
		default:
			return false
		}
	}
	return true
}

func (w *walk) commaWithin(from, to int) bool {
	for k := from; k < to; k++ {
		if w.w[k].sign == ',' {
			return true
		}
	}
	return false
}

// joinedAt gives the piece behind the joining word or comma that ties a finite verb at a piece to the last, 0 if none does.
func (w *walk) joinedAt(j int) int {
	for k := j - 1; k >= max(w.seg, w.event) && k >= j-9; k-- {
		p := &w.w[k]
		switch {
		case p.sign == ',' && w.word(k+1, "что"):
			return k + 2 // «заявила, что откроет»
		case p.sign == ',':
			return k + 1
		case p.is("and"), p.is("join"):
			return w.at(p.frame.End)
		}
	}
	return 0
}

// adverbial tells whether what stands between a joining word and its verb is no subject: nothing, an adverb, a time, or
// a phrase with a preposition.
func (w *walk) adverbial(from, to int) bool {
	if from >= to {
		return true
	}
	p := &w.w[from]
	return p.date > 0 || p.is("adverb") || p.is("lead") || p.is("about") || p.is("prep") || p.is("means")
}

// inRelative tells whether a piece lies in a relative clause: between it and the last comma stands который, где or the like.
func (w *walk) inRelative(j int) bool {
	for k := j - 1; k >= max(w.seg, w.event); k-- {
		if w.w[k].is("relative") {
			return true
		}
		if w.w[k].sign == ',' && !w.w[k].inside {
			return k+1 < j && w.w[k+1].is("relative")
		}
	}
	return false
}

// plural tells whether a Russian finite verb is plural: then its subject can only be the parties.
func (w *walk) plural(i int) bool {
	text := w.r.text(w.w[i].start, w.w[i].end)
	for _, end := range []string{"ли", "лись", "ют", "ут", "ат", "ят", "утся", "ются", "ятся", "ем", "им", "ны"} {
		if len(text) > len(end) && text[len(text)-len(end):] == end {
			return true
		}
	}
	return false
}
