package commitment

import "strings"

// phrase takes the verb from a segment that is nothing but a phrase before one: 通过互访等形式, 经济合作方面, 愿在互利的基础上.
// What it belongs to stands behind the comma.
func (z *zhSegment) phrase(from int) {
	pos := from
	switch {
	case z.cue == nil:
	case z.cue.line.has("modal"):
		pos = z.softly(z.cue.end)
	default:
		return
	}
	if z.others || z.verb == nil && !z.company(pos) || !z.isPhrase(z.softly(pos)) {
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

// ways close a phrase that says how.
var ways = []string{"形式", "方式", "途径", "渠道", "手段", "举措", "办法", "方法"}

// isPhrase tells whether what stands from a place to the end of the segment is a phrase before a verb.
func (z *zhSegment) isPhrase(pos int) bool {
	if z.company(pos) {
		return true
	}
	text := z.r.text(pos, z.end)
	prep := z.frame("prep", pos)
	if strings.HasPrefix(text, "通过") || prep != nil && holds(z.r.text(prep.start, prep.end), "以", "借助", "利用", "依托", "凭借") {
		return ends(text, ways...)
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
	return ends(text, "基础上", "框架内", "框架下", "前提下") || z.cueAt(pos) == nil && ends(text, "方面", "领域")
}

// follows tells whether a segment is a goal that goes on under what governs.
func (z *zhSegment) follows() bool {
	return z.verb != nil && z.actor == nil && z.cue == nil && !z.purpose && !z.others && !z.byway
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
