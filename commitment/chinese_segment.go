package commitment

import (
	"strings"
	"unicode/utf8"
)

// zhSegment is what stands between two commas, and what it is.
type zhSegment struct {
	r          *reading
	s          *sentence
	start, end int
	hits       []hit

	head    int  // where the segment begins behind its connectors
	include bool // begins with 包括
	purpose bool // says what for
	others  bool // its subject is no party
	unknown bool // begins with words that the lexicon does not know
	adverb  bool // a phrase that stands before a verb, and no verb

	actor     *Actor // its subject, if it names one
	actorAt   int    // where the subject begins
	actorEnd  int
	object    *Actor // the organ that is tasked
	cue       *hit   // what governs: any cue but a verb
	verb      *hit   // the first verb behind it
	more      *hit   // a second cue that the first looks through to: 重申将
	predicate int    // where the predicate begins
}

// at gives the hit of a kind that starts at a place; nil if there is none.
func (z *zhSegment) at(k kind, pos int) *hit {
	for i := range z.hits {
		if h := &z.hits[i]; h.start == pos && h.line.kind == k && h.end <= z.end {
			return h
		} else if h.start > pos {
			break
		}
	}
	return nil
}

// frame gives the frame word of a class at a place.
func (z *zhSegment) frame(class string, pos int) *hit {
	if h := z.at(frames, pos); h != nil && h.line.class == class {
		return h
	}
	return nil
}

// any gives the first frame word of a class from a place on.
func (z *zhSegment) any(class string, from int) *hit {
	for i := range z.hits {
		if h := &z.hits[i]; h.start >= from && h.end <= z.end && h.line.kind == frames && h.line.class == class {
			return h
		}
	}
	return nil
}

// cueAt gives the cue at a place, words that only look like one left out.
func (z *zhSegment) cueAt(pos int) *hit {
	if h := z.at(cues, pos); h != nil && h.line.class != "word" {
		return h
	}
	return nil
}

// parse finds connectors, subject, cue and verb.
func (z *zhSegment) parse() {
	pos := z.connectors(z.start)
	z.head = pos
	if h := z.frame("include", pos); h != nil {
		z.include, pos = true, h.end
	}
	from := z.softly(pos)
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
	z.purpose = z.cue == nil && z.actor == nil && z.saysWhatFor(z.softly(pos))
}

// connectors skips 并, 同时, 此外 and the like.
func (z *zhSegment) connectors(pos int) int {
	for {
		h := z.frame("join", pos)
		if h == nil {
			return pos
		}
		pos = skipSpaces(z.r.doc.Reading[:z.end], h.end)
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
		if c := z.cueAt(pos); c != nil && (c.end > end || c.end == end && !z.governs(c, end)) {
			return pos
		}
		pos = end
	}
	return pos
}

// governs tells whether what begins at end can be governed by the cue before it, so that the cue serves as an adverb.
func (z *zhSegment) governs(c *hit, end int) bool {
	if c.line.class != "verb" {
		return false
	}
	return z.cueAt(end) != nil || z.softEnd(end) > end
}

// softEnd is the end of the longest soft word at a place; pos itself if there is none.
func (z *zhSegment) softEnd(pos int) int {
	end := pos
	for i := range z.hits {
		h := &z.hits[i]
		if h.start > pos {
			break
		}
		if h.start != pos || h.end > z.end || h.end <= end {
			continue
		}
		switch {
		case h.line.kind == modifiers, h.line.kind == deadlines && h.line.class != "word",
			h.line.kind == frames && (h.line.class == "adverb" || h.line.class == "join"):
			end = h.end
		}
	}
	return end
}

// subject reads the actors that stand at a place, if they are the subject of what follows.
func (z *zhSegment) subject(pos int) (end int, ok bool) {
	end, hits := z.actorRun(pos)
	if end > pos && z.leadsOn(end) {
		return end, z.resolve(pos, end, hits)
	}
	if end, hits = z.organRun(end, hits); end > pos && z.leadsOn(end) {
		return end, z.resolve(pos, end, hits)
	}
	return pos, false
}

// organRun reads an organ that the lexicon knows only by the end of its name: 四国海洋部门, 运输专家工作组.
func (z *zhSegment) organRun(pos int, hits []hit) (int, []hit) {
	text := z.r.doc.Reading[:z.end]
	if z.cueAt(pos) != nil || strings.HasPrefix(text[pos:], "第") || strings.HasPrefix(text[pos:], "下") || strings.HasPrefix(text[pos:], "本届") {
		return 0, nil // a verb with its object, or a meeting to come: 第二次部长会议
	}
	for i, n := pos, 0; i < z.end && n < 14; n++ {
		h := z.at(actors, i)
		if h != nil && h.line.class == "organ" && z.leadsOn(h.end) {
			return h.end, append(headless(hits), *h)
		}
		if h != nil && h.line.class == "others" || n > 0 && z.breaks(i) {
			break
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return 0, nil
}

// headless leaves the states of a run, which say whose organ follows.
func headless(hits []hit) []hit {
	var kept []hit
	for _, h := range hits {
		if h.line.kind == states {
			kept = append(kept, h)
		}
	}
	return kept
}

// breaks tells whether a name cannot go on at a place: a cue that governs stands there.
func (z *zhSegment) breaks(pos int) bool {
	if f := z.at(frames, pos); f != nil && (f.line.class == "adverb" || f.line.class == "prep") && f.end-f.start > len("一") {
		return true
	}
	c := z.cueAt(pos)
	return c != nil && c.line.class != "verb" && c.line.class != "explore" && c.line.class != "support"
}

// resolve sets the actor of a segment from its subject.
func (z *zhSegment) resolve(pos, end int, hits []hit) bool {
	hits, from := z.excepted(pos, headed(hits))
	a, ok := z.r.actorOf(hits, z.r.text(from, end))
	if a, ok = together(z.r, a, ok, hits); !ok {
		z.others = true
		z.actorAt, z.actorEnd = pos, end
		return true
	}
	z.actor, z.actorAt, z.actorEnd = &a, from, end
	return true
}

// headed keeps of actors that stand side by side the head, which in Chinese is the last: of 成员国海关部门 the customs.
// States stay, they say whose organ it is.
func headed(hits []hit) []hit {
	var kept []hit
	for i, h := range hits {
		side := i+1 < len(hits) && hits[i+1].start == h.end
		if h.line.kind == actors && side && hits[i+1].line.class == "organ" {
			continue
		}
		kept = append(kept, h)
	}
	return kept
}

// together makes a party and the described rest of the parties (中国同中亚国家) into all of them.
func together(r *reading, a Actor, ok bool, hits []hit) (Actor, bool) {
	state, rest := false, false
	for _, h := range hits {
		state = state || h.line.kind == states
		rest = rest || h.line.kind == actors && h.line.has("rest")
	}
	if ok && state && rest {
		a.Kind, a.Parties = All, r.parties
	}
	return a, ok
}

// excepted reads 除…外 before a subject: the states in it are those that do not take part.
func (z *zhSegment) excepted(pos int, hits []hit) ([]hit, int) {
	before := z.r.text(z.s.start, pos)
	i := strings.LastIndex(before, "除")
	if i < 0 || !strings.HasSuffix(strings.TrimRight(before, "，, "), "外") {
		return hits, pos
	}
	var out []hit
	for _, h := range z.s.hits {
		if h.line.kind == states && h.start > z.s.start+i && h.end <= pos {
			out = append(out, h)
		}
	}
	if len(out) == 0 {
		return hits, pos
	}
	if z.start > z.s.start+i { // the comma stands between: the span begins at the subject
		return append(out, hit{line: &exceptLine}), pos
	}
	return append(out, hit{line: &exceptLine}), z.s.start + i
}

// exceptLine stands for 除…外, which is not one phrase.
var exceptLine = line{kind: actors, class: "except", phrase: "除…外", rule: "zh/except/除…外"}

// actorRun reads actors side by side or joined by 和, 、, 与, 同.
func (z *zhSegment) actorRun(pos int) (end int, hits []hit) {
	end = pos
	next := z.short(pos)
	for {
		h := z.named(next)
		if h == nil && len(hits) == 0 {
			if end, hits := z.side(pos); end > pos {
				return end, hits
			}
			return z.shortRun(pos)
		}
		if h == nil {
			return end, hits
		}
		hits = append(hits, *h)
		end = z.tail(h.end)
		next = end
		if z.named(next) == nil {
			next = z.joined(end)
		}
	}
}

// named gives the actor or state at a place; 中国 in 中国-中亚 is part of a name.
func (z *zhSegment) named(pos int) *hit {
	a, s := z.at(actors, pos), z.at(states, pos)
	if a == nil || s != nil && s.end > a.end {
		a = s
	}
	if a == nil || a.line.class == "word" {
		return nil
	}
	if a.line.kind == states && z.r.stateOf(*a) == "" {
		return nil
	}
	return a
}

// short skips the short names of states before 双方 and its like: 中俄双方.
func (z *zhSegment) short(pos int) int {
	text := z.r.doc.Reading[:z.end]
	for i, n := pos, 0; i < z.end && n < 6; n++ {
		if h := z.at(actors, i); h != nil && h.line.class == "all" && n > 1 {
			return i
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune(shortNames, c) {
			break
		}
		i += size
	}
	return pos
}

// side reads a party form (泰方) that the party set does not resolve because the text does not name its parties: one
// party, and nobody can say which.
func (z *zhSegment) side(pos int) (end int, hits []hit) {
	text := z.r.doc.Reading[:z.end]
	c, size := utf8.DecodeRuneInString(text[pos:])
	if len(z.r.parties) > 1 || !strings.ContainsRune(shortNames, c) || !strings.HasPrefix(text[pos+size:], "方") {
		return pos, nil
	}
	end = pos + size + len("方")
	return end, []hit{{line: &sideLine, start: pos, end: end}}
}

var sideLine = line{kind: actors, class: "one", phrase: "X方", rule: "zh/one/X方"}

// shortRun reads the short names of two or three states as all parties when something that governs follows: 中塔将.
func (z *zhSegment) shortRun(pos int) (end int, hits []hit) {
	text := z.r.doc.Reading[:z.end]
	end = pos
	for n := 0; n < 4 && end < z.end; n++ {
		if c := z.cueAt(z.softly(end)); n > 1 && c != nil && c.line.class != "verb" && c.line.class != "explore" {
			return end, []hit{{line: &shortLine, start: pos, end: end}}
		}
		c, size := utf8.DecodeRuneInString(text[end:])
		if !strings.ContainsRune(shortNames, c) {
			break
		}
		end += size
	}
	return pos, nil
}

var shortLine = line{kind: actors, class: "all", phrase: "中X", rule: "zh/all/中X"}

// shortNames are the characters that stand for states side by side.
const shortNames = "中俄哈吉塔土乌美英法德日韩朝蒙印巴越老柬缅泰马新菲欧非阿拉东盟亚白塞匈波沙埃伊尼斯孟澳加意西葡希南肯坦赞委古智秘墨所密汤斐瓦萨"

// tail skips the rest of an official name, 政府, and a bracketed remark behind a name.
func (z *zhSegment) tail(end int) int {
	rest := z.r.doc.Reading[end:z.end]
	for _, word := range []string{"民主社会主义共和国", "社会主义共和国", "伊斯兰共和国", "联邦共和国", "人民共和国", "共和国", "王国", "联邦", "人民政府", "政府", "一方"} {
		if strings.HasPrefix(rest, word) {
			end += len(word)
			rest = rest[len(word):]
		}
	}
	for _, pair := range []string{"（）", "()"} {
		open, _ := utf8.DecodeRuneInString(pair)
		if c, _ := utf8.DecodeRuneInString(rest); c == open {
			if i := strings.Index(rest, pair[utf8.RuneLen(open):]); i > 0 {
				return end + i + len(pair) - utf8.RuneLen(open)
			}
		}
	}
	return end
}

// joined skips a joining word when an actor stands behind it.
func (z *zhSegment) joined(end int) int {
	rest := z.r.doc.Reading[end:z.end]
	for _, word := range []string{"以及", "和", "、", "与", "及", "同"} {
		if strings.HasPrefix(rest, word) && z.named(end+len(word)) != nil {
			return end + len(word)
		}
	}
	return end
}

// leadsOn tells whether a subject may end at a place: a cue, an adverb or a preposition follows, or nothing.
func (z *zhSegment) leadsOn(end int) bool {
	if end == z.end {
		return true
	}
	pos := z.softly(end)
	if pos == z.end {
		return pos > end
	}
	return z.cueAt(pos) != nil || z.frame("prep", pos) != nil || z.frame("past", pos) != nil
}

// lateSubject finds a subject behind a phrase that has no comma: 在…框架内各方将…
func (z *zhSegment) lateSubject(pos int) (end int, ok bool) {
	if z.frame("prep", pos) == nil {
		return pos, false
	}
	for i := range z.hits {
		h := &z.hits[i]
		if h.start <= pos || h.line.kind != actors && h.line.kind != states || z.named(h.start) != h || z.behindPreposition(h.start) {
			continue
		}
		end, hits := z.actorRun(h.start)
		c := z.cueAt(z.softly(end))
		if c != nil && c.line.class != "verb" && c.line.class != "explore" {
			return end, z.resolve(h.start, end, hits)
		}
	}
	return pos, false
}

// behindPreposition tells whether 同, 与, 向 and their like stand directly before a place.
func (z *zhSegment) behindPreposition(pos int) bool {
	c, _ := utf8.DecodeLastRuneInString(z.r.doc.Reading[z.start:pos])
	return strings.ContainsRune("同与向对为和给由使让跟及、—-–", c)
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
	for i := range z.hits {
		h := &z.hits[i]
		if h.start < pos || h.line.kind != cues || h.end > z.end {
			continue
		}
		switch h.line.class {
		case "pledge", "intend", "decide", "seek", "say":
			if !z.relative(h.end) {
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
	if z.cue != nil || z.others || pos == z.predicate || z.connectors(z.predicate) == pos {
		return
	}
	z.unknown = false
	z.verb = &hit{line: &supposedVerb, start: pos, end: pos}
}

var supposedVerb = line{kind: cues, class: "verb", phrase: "…", rule: "zh/verb/…"}

// relative tells whether what follows is a clause about a noun: 将在…举行的峰会.
func (z *zhSegment) relative(pos int) bool {
	h := z.any("relative", pos)
	return h != nil && z.firstVerb(h.end) == nil
}

// behindPhrase reads a predicate that begins with a preposition.
func (z *zhSegment) behindPhrase(pos int) {
	prep := z.frame("prep", pos)
	word := prep.line.phrase
	word = z.r.text(prep.start, prep.end)
	if c := z.firstModal(prep.end); c != nil {
		z.govern(c)
		return
	}
	if word == "对" || word == "就" || word == "对于" || word == "围绕" || word == "向" || word == "为" || word == "在" {
		if c := z.lastNone(prep.end); c != nil {
			z.cue = c
			return
		}
	}
	if post := z.any("post", prep.end); post != nil && word == "在" {
		if z.verb = z.firstVerb(post.end); z.verb != nil {
			return
		}
		z.adverb = true
		return
	}
	z.verb = z.firstVerb(prep.end)
	if z.verb == nil {
		z.adverb = true
		return
	}
	if z.disposes(prep) {
		z.verb = z.lastVerb(z.verb)
	}
	if last := z.lastCarried(z.verb.end); last != nil {
		z.verb = last
	}
}

// firstModal gives the first cue behind a phrase that can only govern: 将, 愿, 决定, 商定.
func (z *zhSegment) firstModal(from int) *hit {
	for i := range z.hits {
		h := &z.hits[i]
		if h.start < from || h.line.kind != cues || h.end > z.end {
			continue
		}
		switch h.line.class {
		case "pledge", "intend", "decide", "confirm", "say":
			if h.line.class == "intend" && !h.line.has("modal") || z.attributed(h) {
				continue // 加强合作的规划, 有关的决定: a noun
			}
			if !h.line.has("verb") && !h.line.has("paper") && !z.relative(h.end) {
				return h
			}
		case "support":
			if h.line.has("own") && h.start > z.start && z.any("post", from) != nil && z.any("post", from).end <= h.start {
				return h
			}
		}
	}
	return nil
}

// attributed tells whether a cue stands as a noun behind 的.
func (z *zhSegment) attributed(h *hit) bool {
	return strings.HasSuffix(z.r.doc.Reading[z.start:h.start], "的")
}

// lastNone gives the last cue that says nothing binds, as 表示欢迎 in 对…表示欢迎, if it closes the segment.
func (z *zhSegment) lastNone(from int) *hit {
	for i := len(z.hits) - 1; i >= 0; i-- {
		h := &z.hits[i]
		if h.start < from {
			break
		}
		if h.line.kind == cues && h.line.class == "none" && h.end <= z.end && h.end >= z.end-len("重要意义和作用了。") {
			return h
		}
	}
	return nil
}

// lastCarried gives a study that closes the segment and rules over the verb before it: 就商签协定进行研究.
func (z *zhSegment) lastCarried(from int) *hit {
	for i := len(z.hits) - 1; i >= 0 && z.hits[i].start >= from; i-- {
		if h := &z.hits[i]; h.line.kind == cues && h.line.has("carry") && h.end == z.end {
			return h
		}
	}
	return nil
}

// govern takes a cue as what governs, and looks behind it.
func (z *zhSegment) govern(c *hit) {
	switch c.line.class {
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
	if c.line.has("verb") { // 确保: a pledge when it stands alone, else as strong as what governs it
		z.verb = c
		return
	}
	z.cue = c
	if c.line.has("modal") && z.relative(c.end) && z.actor == nil {
		z.cue, z.unknown = nil, true
		return
	}
	z.through(c)
}

// noun tells whether a verb stands as a noun's modifier: 举行的.
func (z *zhSegment) noun(v *hit) bool {
	return strings.HasPrefix(z.r.doc.Reading[v.end:z.end], "的")
}

// through finds the verb behind a cue, and a second cue if the first looks through to one.
func (z *zhSegment) through(c *hit) {
	pos := z.softly(c.end)
	switch c.line.class {
	case "say", "reaffirm", "confirm", "decide":
		if next := z.cueAt(pos); next != nil && next.line.class != "verb" && next.line.class != "adopt" && !next.line.has("verb") {
			z.more = next
			pos = next.end
		} else if next := z.firstModal(c.end); next != nil && c.line.class != "decide" && z.ownSubject(c.end, next.start) {
			z.more = next
			pos = next.end
		}
	case "task":
		end, hits := z.actorRun(pos)
		if end == pos || !z.leadsOn(end) {
			if far, organ := z.organRun(end, hits); far > pos {
				end, hits = far, organ
			}
		}
		if end > pos {
			if a, ok := z.r.actorOf(headed(hits), z.r.text(pos, end)); ok {
				z.object = &a
			}
			pos = end
		}
	}
	z.verb = z.mainVerb(pos)
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
func (z *zhSegment) mainVerb(pos int) *hit {
	pos = z.softly(pos)
	if h := z.frame("prep", pos); h != nil && z.r.text(h.start, h.end) == "在" {
		if post := z.any("post", h.end); post != nil {
			if v := z.firstVerb(post.end); v != nil {
				pos = post.end
			}
		}
	}
	v := z.firstVerb(pos)
	if prep := z.frame("prep", z.softly(pos)); v != nil && prep != nil {
		if z.disposes(prep) {
			return z.lastVerb(v)
		}
		if last := z.lastCarried(v.end); last != nil {
			return last
		}
	}
	return v
}

// disposes tells whether a preposition puts the object before the verb: 把, 将.
func (z *zhSegment) disposes(prep *hit) bool {
	return strings.ContainsAny(z.r.text(prep.start, prep.end), "把将")
}

// lastVerb gives the last verb of a segment, or v.
func (z *zhSegment) lastVerb(v *hit) *hit {
	for next := v; next != nil; next = z.firstVerb(next.end) {
		v = next
	}
	return v
}

// firstVerb gives the first verb from a place on.
func (z *zhSegment) firstVerb(from int) *hit {
	for i := range z.hits {
		h := &z.hits[i]
		if h.start < from || h.line.kind != cues || h.end > z.end {
			continue
		}
		switch h.line.class {
		case "none":
			if h.line.has("verb") || h.line.has("means") {
				return h
			}
		case "verb", "support", "explore", "seek", "adopt":
			if z.softEnd(h.start) >= h.end && z.governs(h, h.end) {
				continue // 继续讨论, 携手推进: here it is an adverb
			}
			if !z.noun(h) && !(h.line.class == "adopt" && z.prepositional(h)) {
				return h
			}
		case "pledge":
			if h.line.has("verb") {
				return h
			}
		}
	}
	return nil
}

// prepositional tells whether 通过 means "through": no document stands behind it.
func (z *zhSegment) prepositional(c *hit) bool {
	if !strings.HasSuffix(z.r.text(c.start, c.end), "通过") || c.end-c.start > len("通过") {
		return false
	}
	rest := z.r.doc.Reading[c.end:z.end]
	if strings.HasPrefix(rest, "了") || strings.HasPrefix(rest, "《") || strings.HasPrefix(rest, "关于") {
		return false
	}
	for i := range z.hits {
		h := &z.hits[i]
		if h.line.kind == instruments && h.start >= c.end && h.line.class != "word" && h.end == z.end {
			return false
		}
	}
	return true
}

// behindThrough reads what stands behind a phrase with 通过.
func (z *zhSegment) behindThrough(c *hit) {
	if m := z.firstModal(c.end); m != nil {
		z.govern(m)
		return
	}
	if i := strings.Index(z.r.doc.Reading[c.end:z.end], "方式"); i >= 0 {
		z.verb = z.firstVerb(c.end + i)
	}
	z.adverb = z.verb == nil
}

// saysWhatFor tells whether a segment without subject or cue is a purpose: 为…提供支撑, 以推动….
func (z *zhSegment) saysWhatFor(pos int) bool {
	prep := z.frame("prep", pos)
	if prep == nil {
		return false
	}
	switch z.r.text(prep.start, prep.end) {
	case "为", "为了":
		return true
	case "以":
		c := z.cueAt(z.softly(prep.end))
		return c != nil
	}
	return false
}

// past tells whether the verb is told of as done: 举行了, 已签署.
func (z *zhSegment) past() bool {
	if z.cue != nil && z.cue.line.class != "support" && z.cue.line.class != "explore" && z.cue.line.class != "adopt" {
		return false
	}
	if z.any("past", z.start) != nil {
		return true
	}
	if z.verb == nil {
		return false
	}
	rest := z.r.doc.Reading[z.verb.end:z.end]
	return strings.HasPrefix(rest, "了") || strings.HasPrefix(rest, "过")
}
