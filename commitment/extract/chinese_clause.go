package extract

import (
	"strings"

	"concord/commitment"
	"concord/lexicon"
)

// zhSegment is what stands between two commas, and what it is.
type zhSegment struct {
	r          *reading
	s          *sentence
	start, end int
	hits       []lexicon.Hit

	head    int  // where the segment begins behind its connectors
	include bool // begins with 包括
	purpose bool // says what for
	others  bool // its subject is no party
	unknown bool // begins with words that the lexicon does not know
	byway   bool // begins with 通过 in the sense of "through"
	phrased bool // a phrase that stands before a verb, with or without the cue that governs it
	way     bool // a phrase that says how: 通过互访等形式
	adverb  bool // a phrase that stands before a verb, and no verb

	actor     *commitment.Actor // its subject, if it names one
	actorAt   int               // where the subject begins
	actorEnd  int
	object    *commitment.Actor // the organ that is tasked
	cue       *lexicon.Hit      // what governs: any cue but a verb
	verb      *lexicon.Hit      // the first verb behind it
	more      *lexicon.Hit      // a second cue that the first looks through to: 重申将
	predicate int               // where the predicate begins
}

// at gives the hit of a kind that starts at a place; nil if there is none.
func (z *zhSegment) at(k lexicon.Kind, pos int) *lexicon.Hit {
	for i := hitFrom(z.hits, pos); i < len(z.hits) && z.hits[i].Start == pos; i++ {
		if h := &z.hits[i]; h.Line.Kind == k && h.End <= z.end {
			return h
		}
	}
	return nil
}

// frame gives the frame word of a class at a place.
func (z *zhSegment) frame(class string, pos int) *lexicon.Hit {
	if h := z.at(lexicon.Frames, pos); h != nil && h.Line.Class == class {
		return h
	}
	return nil
}

// any gives the first frame word of a class from a place on.
func (z *zhSegment) any(class string, from int) *lexicon.Hit {
	for i := hitFrom(z.hits, from); i < len(z.hits); i++ {
		if h := &z.hits[i]; h.End <= z.end && h.Line.Kind == lexicon.Frames && h.Line.Class == class {
			return h
		}
	}
	return nil
}

// closes tells whether a frame word of a class behind a place is the last of the segment.
func (z *zhSegment) closes(class string, from int) bool {
	for h := z.any(class, from); h != nil; h = z.any(class, h.End) {
		if h.End == z.end {
			return true
		}
	}
	return false
}

// last gives the cue that the segment comes down to.
func (z *zhSegment) last() *lexicon.Hit {
	if z.more != nil {
		return z.more
	}
	return z.cue
}

// cueAt gives the cue at a place, words that only look like one left out.
func (z *zhSegment) cueAt(pos int) *lexicon.Hit {
	if h := z.at(lexicon.Cues, pos); h != nil && h.Line.Class != "word" {
		return h
	}
	return nil
}

// parse finds connectors, subject, cue and verb.
func (z *zhSegment) parse() {
	pos := z.connectors(z.start)
	z.head = pos
	if h := z.frame("include", pos); h != nil {
		z.include, pos = true, h.End
	}
	from := z.softly(pos)
	if from > pos && z.alias(pos) != nil {
		from = pos // 多方 of 多米尼加
	}
	if z.frame("purpose", pos) != nil || z.frame("purpose", from) != nil {
		z.purpose = true
		return
	}
	if end, ok := z.subject(from); ok {
		from = end
	} else if end, ok := z.lateSubject(from); ok {
		from = end
	}
	z.predicate = from
	z.findPredicate(from)
	z.phrase(from)
	z.turn()
	z.purpose = z.cue == nil && z.actor == nil && z.saysWhatFor(z.softly(pos)) && !z.joinedAct()
}

// connectors skips 并, 同时, 此外 and the like.
func (z *zhSegment) connectors(pos int) int {
	for {
		h := z.frame("join", pos)
		if h == nil {
			return pos
		}
		pos = lexicon.SkipSpaces(z.r.doc.Reading[:z.end], h.End)
	}
}

// softly skips what may stand before a verb and is none: adverbs, modifiers, times. Where a word may be adverb or verb
// (统筹, 携手) it is an adverb if something to govern comes behind it.
func (z *zhSegment) softly(pos int) int {
	for pos < z.end {
		end := z.softEnd(pos)
		if end == pos {
			return pos
		}
		if c := z.cueAt(pos); c != nil && (c.End > end || c.End == end && !z.governs(c, end)) {
			return pos
		}
		pos = end
	}
	return pos
}

// governs tells whether what begins at end can be governed by the cue before it, so that the cue serves as an adverb.
func (z *zhSegment) governs(c *lexicon.Hit, end int) bool {
	if c.Line.Class != "verb" {
		return false
	}
	return z.cueAt(end) != nil || z.softEnd(end) > end || z.frame("prep", end) != nil
}

// softEnd is the end of the longest soft word at a place; pos itself if there is none.
func (z *zhSegment) softEnd(pos int) int {
	end := pos
	for i := hitFrom(z.hits, pos); i < len(z.hits) && z.hits[i].Start == pos; i++ {
		h := &z.hits[i]
		if h.End > z.end || h.End <= end {
			continue
		}
		switch {
		case h.Line.Kind == lexicon.Modifiers, h.Line.Kind == lexicon.Deadlines && h.Line.Class != "word",
			h.Line.Kind == lexicon.Frames && (h.Line.Class == "adverb" || h.Line.Class == "join"):
			end = h.End
		}
	}
	return end
}

// findPredicate finds the cue that governs and the first verb behind it.
func (z *zhSegment) findPredicate(from int) {
	pos := z.softly(from)
	c := z.cueAt(pos)
	switch {
	case c == nil && pos == z.end:
		z.adverb = true
	case c != nil:
		z.govern(c)
	case z.frame("prep", pos) != nil:
		z.behindPhrase(pos)
	case z.frame("past", pos) != nil:
		z.verb = z.firstVerb(pos)
	default:
		z.noSubject(pos)
	}
}

// noSubject reads a segment that begins with words the lexicon does not know: when something governs later on, they
// are a subject that is no party.
func (z *zhSegment) noSubject(pos int) {
	z.unknown = true
	defer z.supposeVerb(pos)
	for i := hitFrom(z.hits, pos); i < len(z.hits); i++ {
		h := &z.hits[i]
		if h.Line.Kind != lexicon.Cues || h.End > z.end {
			continue
		}
		switch h.Line.Class {
		case "pledge", "intend", "decide", "seek", "say":
			if !z.relative(h.End) {
				z.others, z.cue = true, h
				return
			}
		case "none":
			z.cue = h
			return
		}
	}
}

// supposeVerb takes words that the lexicon does not know for a verb when what stands before them only stands before
// verbs: 尽早重开, 不允许.
func (z *zhSegment) supposeVerb(pos int) {
	from := z.head
	if z.include {
		from = z.frame("include", from).End
	}
	if z.actor != nil {
		from = z.actorEnd
	}
	if z.cue != nil || z.others || pos >= z.end || z.connectors(from) == pos {
		return
	}
	z.unknown = false
	z.verb = &lexicon.Hit{Line: &supposedVerb, Start: pos, End: pos}
}

var supposedVerb = lexicon.Line{Kind: lexicon.Cues, Class: "verb", Phrase: "…", Rule: "zh/verb/…"}

// relative tells whether what follows is a clause about a noun: 将在…举行的峰会.
func (z *zhSegment) relative(pos int) bool {
	h := z.any("relative", pos)
	return h != nil && z.firstVerb(h.End) == nil
}

// firstModal gives the first cue behind a phrase that can only govern: 将, 愿, 决定, 商定.
func (z *zhSegment) firstModal(from int) *lexicon.Hit {
	for i := hitFrom(z.hits, from); i < len(z.hits); i++ {
		h := &z.hits[i]
		if h.Line.Kind != lexicon.Cues || h.End > z.end {
			continue
		}
		switch h.Line.Class {
		case "pledge", "intend", "decide", "confirm", "say":
			if h.Line.Class == "intend" && !h.Line.Has("modal") || z.attributed(h) {
				continue // 加强合作的规划, 有关的决定: a noun
			}
			if !h.Line.Has("verb") && !h.Line.Has("paper") && !z.relative(h.End) {
				return h
			}
		case "support":
			if h.Line.Has("own") && h.Start > z.start && z.any("post", from) != nil && z.any("post", from).End <= h.Start {
				return h
			}
		}
	}
	return nil
}

// govern takes a cue as what governs, and looks behind it.
func (z *zhSegment) govern(c *lexicon.Hit) {
	switch c.Line.Class {
	case "verb":
		z.verb = c
		if z.noun(c) {
			z.verb, z.unknown = nil, true
		}
		return
	case "support", "explore":
		z.cue, z.verb = c, c
		return
	case "adopt":
		if z.prepositional(c) {
			z.behindThrough(c)
			return
		}
		z.cue, z.verb = c, c
		return
	}
	if c.Line.Has("verb") { // 确保: a pledge when it stands alone, else as strong as what governs it
		z.verb = c
		return
	}
	z.cue = c
	if c.Line.Has("modal") && z.relative(c.End) && z.actor == nil {
		z.cue, z.unknown = nil, true
		return
	}
	z.through(c)
}

// noun tells whether a verb stands as a noun's modifier: 举行的.
func (z *zhSegment) noun(v *lexicon.Hit) bool {
	return strings.HasPrefix(z.r.doc.Reading[v.End:z.end], "的")
}

// through finds the verb behind a cue, and a second cue if the first looks through to one.
func (z *zhSegment) through(c *lexicon.Hit) {
	pos := z.softly(c.End)
	switch c.Line.Class {
	case "say", "reaffirm", "confirm", "decide":
		if next := z.cueAt(pos); next != nil && !next.Line.Has("verb") && looksThrough(c, next) && !z.ranks(next) {
			z.more = next
			pos = next.End
		} else if next := z.firstModal(c.End); next != nil && c.Line.Class != "decide" && z.ownSubject(c.End, next.Start) {
			z.more = next
			pos = next.End
		}
	case "task":
		end, hits := z.actorRun(pos)
		if end == pos || !z.leadsOn(end) {
			if far, organ := z.organRun(end, hits); far > pos {
				end, hits = far, organ
			}
		}
		if end == pos && z.pronoun(pos) {
			z.object = &commitment.Actor{Text: "其", Kind: commitment.Organ, Parties: z.r.parties}
			pos += len("其")
		}
		if end > pos {
			if a, ok := z.r.actorOf(headed(hits), z.r.text(pos, end)); ok {
				if a.Kind == commitment.All { // 责成外长们: those who are tasked are an organ of the parties
					a.Kind = commitment.Organ
				}
				z.object = &a
			}
			pos = end
		}
	}
	z.verb = z.mainVerb(pos)
}

// pronoun tells whether 其 stands at a place and means an organ that the sentence has named.
func (z *zhSegment) pronoun(pos int) bool {
	if !strings.HasPrefix(z.r.doc.Reading[pos:z.end], "其") {
		return false
	}
	organ := false
	for _, h := range z.s.hits {
		if h.Start < pos && h.Line.Kind == lexicon.Actors {
			organ = h.Line.Class == "organ" || organ && h.Line.Class != "others"
		}
	}
	return organ
}

// ranks tells whether 将 only puts the object before a verb that makes something of it: 宣布将2027年定为旅游年.
func (z *zhSegment) ranks(c *lexicon.Hit) bool {
	if z.r.text(c.Start, c.End) != "将" || z.softEnd(c.End) > c.End && z.at(lexicon.Deadlines, c.End) == nil || z.frame("prep", c.End) != nil || z.cueAt(c.End) != nil {
		return false
	}
	return holds(z.r.text(c.End, z.end), "定为", "确定为", "提升为", "提升至", "升格为", "升级为", "列为", "设为", "命名为", "纳入")
}

// looksThrough tells whether a cue leaves it to the next one to say how firm it is. Support and study behind a decision
// are verbs under it: 同意鼓励.
func looksThrough(c, next *lexicon.Hit) bool {
	switch next.Line.Class {
	case "verb", "adopt":
		return false
	case "support", "explore":
		return c.Line.Class != "decide" || c.Line.Has("say")
	}
	return true
}

// ownSubject tells whether a second cue has no strange subject: what stands between is soft, a phrase, or a party.
func (z *zhSegment) ownSubject(from, to int) bool {
	pos := z.softly(from)
	if z.frame("prep", pos) != nil {
		return true
	}
	end, _ := z.actorRun(pos)
	return end > pos && z.softly(end) >= to
}

// mainVerb gives the first verb behind a place, phrases that 在 opens left out.
func (z *zhSegment) mainVerb(pos int) *lexicon.Hit {
	pos = z.softly(pos)
	if h := z.frame("prep", pos); h != nil && z.r.text(h.Start, h.End) == "在" {
		if post := z.any("post", h.End); post != nil {
			if v := z.firstVerb(post.End); v != nil {
				pos = post.End
			}
		}
	}
	v := z.firstVerb(pos)
	if prep := z.frame("prep", z.softly(pos)); v != nil && prep != nil {
		if z.disposes(prep) {
			return z.lastVerb(v)
		}
		if last := z.lastCarried(v.End); last != nil {
			return last
		}
	}
	return v
}

// disposes tells whether a preposition puts the object before the verb: 把, 将.
func (z *zhSegment) disposes(prep *lexicon.Hit) bool {
	return strings.ContainsAny(z.r.text(prep.Start, prep.End), "把将")
}

// lastVerb gives the last verb of a segment, or v.
func (z *zhSegment) lastVerb(v *lexicon.Hit) *lexicon.Hit {
	for next := v; next != nil; next = z.firstVerb(next.End) {
		v = next
	}
	return v
}

// firstVerb gives the first verb from a place on.
func (z *zhSegment) firstVerb(from int) *lexicon.Hit {
	for i := hitFrom(z.hits, from); i < len(z.hits); i++ {
		h := &z.hits[i]
		if h.Line.Kind != lexicon.Cues || h.End > z.end {
			continue
		}
		switch h.Line.Class {
		case "none":
			if h.Line.Has("verb") || h.Line.Has("means") {
				return h
			}
		case "verb", "support", "explore", "seek", "adopt":
			if z.softEnd(h.Start) >= h.End && z.governs(h, h.End) {
				continue // 继续讨论, 携手推进: here it is an adverb
			}
			if !z.noun(h) && !(h.Line.Class == "adopt" && z.prepositional(h)) {
				return h
			}
		case "pledge":
			if h.Line.Has("verb") {
				return h
			}
		}
	}
	return nil
}

// past tells whether the verb is told of as done: 举行了, 已签署.
func (z *zhSegment) past() bool {
	if z.cue != nil && z.cue.Line.Class != "support" && z.cue.Line.Class != "explore" && z.cue.Line.Class != "adopt" {
		return false
	}
	if z.any("past", z.start) != nil {
		return true
	}
	if z.verb == nil {
		return false
	}
	rest := z.r.doc.Reading[z.verb.End:z.end]
	return strings.HasPrefix(rest, "了") || strings.HasPrefix(rest, "过")
}
