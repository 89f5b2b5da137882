package commitment

import "strings"

// phrase takes the verb from a segment that is nothing but a phrase before one: 通过互访等形式, 经济合作方面, 愿在互利的基础上.
// What it belongs to stands behind the comma.
func (z *zhSegment) phrase(from int) {
	pos := from
	switch {
	case z.cue == nil:
	case z.cue.line.has("modal"), z.cue.line.class == "decide" && z.more == nil:
		pos = z.softly(z.cue.end)
	default:
		return
	}
	if z.others || !z.isPhrase(z.softly(pos)) {
		return
	}
	z.verb, z.unknown, z.byway, z.phrased = nil, false, false, true
	if z.cue == nil {
		z.adverb = true
	}
	z.way = z.cue == nil && ends(z.r.text(z.start, z.end), ways...)
}

// company tells whether a segment ends with those whom one acts with: 愿同各国一道.
func (z *zhSegment) company(pos int) bool {
	return z.cue != nil && ends(z.r.text(pos, z.end), "一道", "一起")
}

// aims tells whether a subject is followed by nothing but a purpose: 两国为落实共识.
func (z *zhSegment) aims(pos int) bool {
	prep := z.frame("prep", pos)
	if prep == nil || z.actor == nil || z.cue != nil || z.verb == nil || !strings.HasPrefix(z.r.text(prep.start, prep.end), "为") {
		return false
	}
	return z.verb.line.class == "verb" && z.verb.start == z.softly(prep.end) && z.lastVerb(z.verb) == z.verb
}

// turn finds what binds behind a welcome or praise in one segment: 对此表示欢迎并愿设立实验室.
func (z *zhSegment) turn() {
	if z.cue == nil || z.cue.line.class != "none" || z.others {
		return
	}
	for i := range z.hits {
		h := &z.hits[i]
		if h.start < z.cue.end || h.end > z.end || h.line.kind != cues || !strings.HasSuffix(z.r.text(z.start, h.start), "并") {
			continue
		}
		if class := h.line.class; h.line.has("modal") || class == "decide" || class == "pledge" && !h.line.has("verb") {
			z.head, z.predicate, z.verb, z.unknown = h.start, h.start, nil, false
			if z.actor != nil {
				z.actorAt, z.actorEnd = h.start, h.start
			}
			z.govern(h)
			return
		}
	}
}

// ways close a phrase that says how.
var ways = []string{"形式", "方式", "途径", "渠道", "手段", "举措", "办法", "方法"}

// occasions close a phrase that 以 opens: 以建交五十周年为契机.
var occasions = []string{"为契机", "为指引", "为引领", "为基础", "为主线", "为抓手", "为导向", "为依托", "为目标", "为原则", "为动力"}

// isPhrase tells whether what stands from a place to the end of the segment is a phrase before a verb.
func (z *zhSegment) isPhrase(pos int) bool {
	if z.company(pos) || z.aims(pos) {
		return true
	}
	text := z.r.text(pos, z.end)
	prep := z.frame("prep", pos)
	if strings.HasPrefix(text, "通过") || strings.HasPrefix(text, "以此") || prep != nil && holds(z.r.text(prep.start, prep.end), "以", "借助", "利用", "依托", "凭借") {
		return ends(text, ways...) || ends(text, occasions...)
	}
	if prep != nil && ends(text, "一道", "一起") {
		return true
	}
	if prep != nil {
		return z.r.text(prep.start, prep.end) == "在" && z.closes("post", prep.end)
	}
	if z.actor != nil || z.cue != nil {
		return false
	}
	return ends(text, "基础上", "框架内", "框架下", "前提下", "期间", "之际") || z.cueAt(pos) == nil && ends(text, "方面", "领域")
}

// follows tells whether a segment is a goal that goes on under what governs.
func (z *zhSegment) follows() bool {
	return z.verb != nil && z.actor == nil && (z.cue == nil || z.cue.line.class == "adopt") && !z.purpose && !z.others && !z.byway
}

// benefits tells whether what looks like a purpose is an act for somebody, behind a cue that waits for its verb:
// 愿通过…等方式，帮助…; 将在…框架下，为…提供….
func (z *zhSegment) benefits() bool {
	text := z.r.text(z.head, z.end)
	if strings.HasPrefix(text, "帮助") {
		return true
	}
	pos := z.softly(z.head)
	prep := z.frame("prep", pos)
	return prep != nil && z.r.text(prep.start, prep.end) == "为" && z.cueAt(z.softly(prep.end)) == nil && holds(text, "提供", "创造", "培养", "建设")
}

// joinedAct tells whether an act for somebody is set beside the goal before it: 并为企业提供减免.
func (z *zhSegment) joinedAct() bool {
	return strings.HasPrefix(z.r.text(z.start, z.head), "并") && z.verb != nil && z.benefits() && z.any("supply", z.head) == nil
}

// untilSubject tells whether a purpose at the head of a sentence runs on to the segment that names who acts: 为巩固友谊，
// 深化合作，两国元首决定….
func (z *zhRun) untilSubject(i int) bool {
	head := z.r.text(z.segs[i].head, z.segs[i].end)
	if !strings.HasPrefix(head, "为") {
		return false
	}
	for j := i + 1; j < len(z.segs); j++ {
		g := &z.segs[j]
		switch {
		case g.actor != nil, g.cue != nil && (g.cue.line.has("modal") || g.cue.line.class == "decide"):
			return j > i+1
		case g.cue != nil && g.cue.line.class != "support" || g.others || g.purpose || g.verb == nil:
			return false
		}
	}
	return false
}

// reached reads 就…达成一致 when what was agreed is an act: the act is the verb.
func (z *zhSegment) reached(c *hit, from int) *hit {
	if c.end != z.end || c.line.class != "decide" || !strings.HasPrefix(z.r.text(c.start, c.end), "达成") {
		return nil
	}
	v := z.cueAt(z.softly(from))
	if v == nil || v.start >= c.start {
		return nil
	}
	switch v.line.class {
	case "verb", "adopt", "explore", "support":
		return v
	}
	return nil
}

// behindPhrase reads a predicate that begins with a preposition.
func (z *zhSegment) behindPhrase(pos int) {
	prep := z.frame("prep", pos)
	word := z.r.text(prep.start, prep.end)
	if c := z.firstModal(prep.end); c != nil {
		z.govern(c)
		if v := z.reached(c, prep.end); v != nil {
			z.verb = v
		}
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
	z.byway, z.verb = true, z.firstVerb(c.end)
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
