package extract

import (
	"strings"

	"concord/lexicon"
)

// phrase takes the verb from a segment that is nothing but a phrase before one: 通过互访等形式, 经济合作方面, 愿在互利的基础上.
// What it belongs to stands behind the comma.
func (z *zhSegment) phrase(from int) {
	pos := from
	switch {
	case z.cue == nil:
	case z.cue.Line.Has("modal"), z.cue.Line.Class == "decide" && z.more == nil:
		pos = z.softly(z.cue.End)
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
	if prep == nil || z.actor == nil || z.cue != nil || z.verb == nil || !strings.HasPrefix(z.r.text(prep.Start, prep.End), "为") {
		return false
	}
	return z.verb.Line.Class == "verb" && z.verb.Start == z.softly(prep.End) && z.lastVerb(z.verb) == z.verb
}

// turn finds what binds behind a welcome or praise in one segment: 对此表示欢迎并愿设立实验室.
func (z *zhSegment) turn() {
	if z.cue == nil || z.cue.Line.Class != "none" || z.others {
		return
	}
	for i := range z.hits {
		h := &z.hits[i]
		if h.Start < z.cue.End || h.End > z.end || h.Line.Kind != lexicon.Cues || !strings.HasSuffix(z.r.text(z.start, h.Start), "并") {
			continue
		}
		if class := h.Line.Class; h.Line.Has("modal") || class == "decide" || class == "pledge" && !h.Line.Has("verb") {
			z.head, z.predicate, z.verb, z.unknown = h.Start, h.Start, nil, false
			if z.actor != nil {
				z.actorAt, z.actorEnd = h.Start, h.Start
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
	if strings.HasPrefix(text, "通过") || strings.HasPrefix(text, "以此") || prep != nil && holds(z.r.text(prep.Start, prep.End), "以", "借助", "利用", "依托", "凭借") {
		return ends(text, ways...) || ends(text, occasions...)
	}
	if prep != nil && ends(text, "一道", "一起") {
		return true
	}
	if prep != nil {
		return z.r.text(prep.Start, prep.End) == "在" && z.closes("post", prep.End)
	}
	if z.actor != nil || z.cue != nil {
		return false
	}
	return ends(text, "基础上", "框架内", "框架下", "前提下", "期间", "之际") || z.cueAt(pos) == nil && ends(text, "方面", "领域")
}

// follows tells whether a segment is a goal that goes on under what governs.
func (z *zhSegment) follows() bool {
	return z.verb != nil && z.actor == nil && (z.cue == nil || z.cue.Line.Class == "adopt") && !z.purpose && !z.others && !z.byway
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
	return prep != nil && z.r.text(prep.Start, prep.End) == "为" && z.cueAt(z.softly(prep.End)) == nil && holds(text, "提供", "创造", "培养", "建设")
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
		case g.actor != nil, g.cue != nil && (g.cue.Line.Has("modal") || g.cue.Line.Class == "decide"):
			return j > i+1
		case g.cue != nil && g.cue.Line.Class != "support" || g.others || g.purpose || g.verb == nil:
			return false
		}
	}
	return false
}

// reached reads 就…达成一致 when what was agreed is an act: the act is the verb.
func (z *zhSegment) reached(c *lexicon.Hit, from int) *lexicon.Hit {
	if c.End != z.end || c.Line.Class != "decide" || !strings.HasPrefix(z.r.text(c.Start, c.End), "达成") {
		return nil
	}
	v := z.cueAt(z.softly(from))
	if v == nil || v.Start >= c.Start {
		return nil
	}
	switch v.Line.Class {
	case "verb", "adopt", "explore", "support":
		return v
	}
	return nil
}

// behindPhrase reads a predicate that begins with a preposition.
func (z *zhSegment) behindPhrase(pos int) {
	prep := z.frame("prep", pos)
	word := z.r.text(prep.Start, prep.End)
	if c := z.firstModal(prep.End); c != nil {
		z.govern(c)
		if v := z.reached(c, prep.End); v != nil {
			z.verb = v
		}
		return
	}
	if word == "对" || word == "就" || word == "对于" || word == "围绕" || word == "向" || word == "为" || word == "在" {
		if c := z.lastNone(prep.End); c != nil {
			z.cue = c
			return
		}
	}
	if post := z.any("post", prep.End); post != nil && word == "在" {
		if z.verb = z.firstVerb(post.End); z.verb != nil {
			return
		}
		z.adverb = true
		return
	}
	z.verb = z.firstVerb(prep.End)
	if z.verb == nil {
		z.adverb = true
		return
	}
	if z.disposes(prep) {
		z.verb = z.lastVerb(z.verb)
	}
	if last := z.lastCarried(z.verb.End); last != nil {
		z.verb = last
	}
}

// attributed tells whether a cue stands as a noun behind 的.
func (z *zhSegment) attributed(h *lexicon.Hit) bool {
	return strings.HasSuffix(z.r.doc.Reading[z.start:h.Start], "的")
}

// lastNone gives the last cue that says nothing binds, as 表示欢迎 in 对…表示欢迎, if it closes the segment.
func (z *zhSegment) lastNone(from int) *lexicon.Hit {
	for i := len(z.hits) - 1; i >= 0; i-- {
		h := &z.hits[i]
		if h.Start < from {
			break
		}
		if h.Line.Kind == lexicon.Cues && h.Line.Class == "none" && h.End <= z.end && h.End >= z.end-len("重要意义和作用了。") {
			return h
		}
	}
	return nil
}

// lastCarried gives a study that closes the segment and rules over the verb before it: 就商签协定进行研究.
func (z *zhSegment) lastCarried(from int) *lexicon.Hit {
	for i := len(z.hits) - 1; i >= 0 && z.hits[i].Start >= from; i-- {
		if h := &z.hits[i]; h.Line.Kind == lexicon.Cues && h.Line.Has("carry") && h.End == z.end {
			return h
		}
	}
	return nil
}

// prepositional tells whether 通过 means "through": no document stands behind it.
func (z *zhSegment) prepositional(c *lexicon.Hit) bool {
	if !strings.HasSuffix(z.r.text(c.Start, c.End), "通过") || c.End-c.Start > len("通过") {
		return false
	}
	rest := z.r.doc.Reading[c.End:z.end]
	if strings.HasPrefix(rest, "了") || strings.HasPrefix(rest, "《") || strings.HasPrefix(rest, "关于") {
		return false
	}
	for i := range z.hits {
		h := &z.hits[i]
		if h.Line.Kind == lexicon.Instruments && h.Start >= c.End && h.Line.Class != "word" && h.End == z.end {
			return false
		}
	}
	return true
}

// behindThrough reads what stands behind a phrase with 通过.
func (z *zhSegment) behindThrough(c *lexicon.Hit) {
	if m := z.firstModal(c.End); m != nil {
		z.govern(m)
		return
	}
	z.byway, z.verb = true, z.firstVerb(c.End)
	z.adverb = z.verb == nil
}

// saysWhatFor tells whether a segment without subject or cue is a purpose: 为…提供支撑, 以推动….
func (z *zhSegment) saysWhatFor(pos int) bool {
	prep := z.frame("prep", pos)
	if prep == nil {
		return false
	}
	switch z.r.text(prep.Start, prep.End) {
	case "为", "为了":
		return true
	case "以":
		c := z.cueAt(z.softly(prep.End))
		return c != nil
	}
	return false
}
