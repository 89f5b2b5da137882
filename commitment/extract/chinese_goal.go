package extract

import (
	"strings"

	"concord/calendar"
	"concord/commitment"
	"concord/lexicon"
	"concord/statement"
)

// zhDraft is a goal on its way.
type zhDraft struct {
	draft
	creed bool // keeps to a principle and does no more: 将继续秉持…原则
	bare  bool // nothing stands behind the cue
	open  bool // the cue has come and the verb has not
	means bool // says how: joins the goal behind it
	hangs bool // a cue with a phrase and nothing behind it yet
	at    int  // index of its last segment
}

// reported tells whether a bare verb reports this very meeting, whose date is not after the adoption, or how things
// stand: 双方保持交往，互信不断加深.
func (z *zhRun) reported(i int) bool {
	if i+1 < len(z.segs) && z.segs[i+1].unknown {
		for _, word := range []string{"不断", "日益", "持续", "稳步", "显著", "越来越"} {
			if strings.Contains(z.r.text(z.segs[i+1].start, z.segs[i+1].end), word) {
				return true
			}
		}
	}
	for _, h := range z.future(&z.segs[i]) {
		if h.Line.Kind == lexicon.Deadlines && h.Line.Class == string(commitment.Stated) && z.r.out.Adopted != "" {
			value, ok := z.r.window(h)
			return ok && z.r.begun(value)
		}
	}
	d := z.head
	return d != nil && d.Basis == commitment.Stated && z.r.begun(d.Value)
}

// begun tells whether a month or day that is named begins no later than the adoption; a year alone tells nothing.
func (r *reading) begun(w calendar.Window) bool {
	first, ok := w.FirstDay()
	return ok && w.Kind != calendar.Year && first.String() <= r.out.Adopted
}

// content reads what stands behind 商定 or 确认 and a comma and has a subject of its own: it is what was agreed.
func (z *zhRun) content(i int) bool {
	n := len(z.drafts)
	if n == 0 || z.drafts[n-1].at != i-1 || !z.drafts[n-1].open || z.matrix.strength != commitment.Decide {
		return false
	}
	g := &z.segs[i]
	if z.r.bestDeadline(z.future(g)) == nil && !event(z.r.text(g.start, g.end)) {
		return false // 一致同意，扩员将促进发展: an opinion
	}
	z.extend(&z.drafts[n-1], i, g)
	return true
}

// event tells whether something is to take place.
func event(text string) bool {
	for _, word := range []string{"举行", "召开", "举办", "设立", "生效", "启动", "签署", "担任", "成立", "开通"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// extend lets a goal take in a further segment.
func (z *zhRun) extend(d *zhDraft, i int, g *zhSegment) {
	d.end, d.at, d.open, d.bare, d.hangs = g.end, i, false, false, false
	if next := z.r.bestDeadline(z.future(g)); d.deadline == nil {
		d.deadline = next
	} else if from := d.deadline; next != nil && startingFrom(from, next) != next {
		d.deadline = startingFrom(from, next)
	}
}

// toldAsPast tells whether a bare verb is told of as done, here or further on in its chain.
func (z *zhRun) toldAsPast(i int) bool {
	for j := i; j < len(z.segs); j++ {
		g := &z.segs[j]
		if j > i && (g.actor != nil || g.others) {
			return false
		}
		if g.cue != nil && g.cue.Line.Class != "support" && g.cue.Line.Class != "explore" && g.cue.Line.Class != "adopt" {
			return g.cue.Line.Reason() == "past" && j > i && z.matrix.strength == 0
		}
		if g.past() && (j == i || z.matrix.strength == 0) {
			return true
		}
	}
	return false
}

func (z *zhRun) isPast(i int) { z.notPromised(i, "past") }

// notPromised passes over a segment and what goes on with it.
func (z *zhRun) notPromised(i int, reason string) {
	z.pass(&z.segs[i], reason)
	if z.matrix.strength == 0 || z.segs[i].actor != nil {
		z.mute = reason
	}
}

// effect passes over a segment that says what the goals before it lead to.
func (z *zhRun) effect(i int) bool {
	g := &z.segs[i]
	if g.actor != nil || len(z.drafts) == z.chain || z.drafts[len(z.drafts)-1].open || z.drafts[len(z.drafts)-1].means || g.verb == nil || g.frame("raise", g.verb.Start) == nil {
		return false
	}
	if g.closes("effect", g.verb.End) || g.closes("ideal", g.verb.End) {
		z.pass(g, "purpose")
		return true
	}
	return false
}

// gather reads 确保…成功 at the end of a sentence: what stands before it are the means, and all is one goal.
func (z *zhRun) gather(i int) bool {
	g := &z.segs[i]
	word := z.r.text(g.verb.Start, g.verb.End)
	if i == 0 || z.chain >= len(z.drafts) || word != "确保" && word != "保障" && word != "保证" {
		return false
	}
	text := z.r.text(g.start, g.end)
	for _, success := range []string{"成功", "顺利举行", "顺利召开", "顺利举办", "取得成果", "取得积极成果", "圆满"} {
		if strings.HasSuffix(text, success) {
			d := &z.drafts[z.chain]
			d.end, d.at, d.strength, d.cue, d.rule = g.end, i, z.matrix.strength, z.matrix.cue, z.matrix.rule
			z.drafts = z.drafts[:z.chain+1]
			return true
		}
	}
	return false
}

// opened joins a verb to a cue that has had none yet, or a goal to the means before it.
func (z *zhRun) opened(i int) bool {
	if len(z.drafts) <= z.chain {
		return false
	}
	d := &z.drafts[len(z.drafts)-1]
	if !d.open && (!d.means || d.at != i-1) || z.segs[i].actor != nil {
		return false
	}
	g := &z.segs[i]
	if d.bare && z.utopian(g) {
		z.pass(g, "aspiration")
		return true
	}
	before, strove := d.draft, d.hangs && strings.Contains(d.cue, "+")
	z.extend(d, i, g)
	d.means = g.verb != nil && g.verb.Line.Has("means")
	d.creed = creed(g.verb)
	d.hangs = g.phrased
	z.measure(&d.draft, z.matrix, g)
	if strove && before.strength < d.strength { // 决心共同努力，把…
		d.strength, d.cue, d.rule = before.strength, before.cue, before.rule
	}
	return true
}

// goal adds a goal under what governs.
func (z *zhRun) goal(i int, m matrix) {
	g := &z.segs[i]
	if g.actor == nil && g.verb != nil && m == z.matrix && z.opened(i) {
		return
	}
	if z.utopian(g) {
		z.pass(g, "aspiration")
		return
	}
	d := zhDraft{at: i, open: g.verb == nil && g.object == nil && (g.phrased || !z.complete(g))}
	d.start, d.end, d.action = g.head, g.end, g.head
	d.bare = g.cue != nil && g.cue.End == g.end && (g.verb == nil || g.verb.Start > g.cue.Start)
	if g.actor != nil {
		d.start, d.action = g.actorAt, g.predicate
		d.actor = *g.actor
	} else if z.actor != nil {
		d.actor = *z.actor
	} else {
		d.actor = z.r.everyone("")
	}
	if m.organ != nil {
		d.actor = *m.organ
	}
	d.hits, d.lead, d.priority, d.deadline = z.s.hits, m.lead, m.priority, z.timed(g)
	d.means = g.verb != nil && (g.verb.Line.Has("means") || g.verb.Line.Class == "seek" && g.verb.End == g.end)
	d.creed = creed(g.verb)
	d.hangs = g.phrased || d.means && g.verb.Line.Class == "seek"
	z.measure(&d.draft, m, g)
	z.drafts = append(z.drafts, d)
}

// creed tells whether a verb keeps to something (秉持) or undergoes it (迎来), and does nothing.
func creed(v *lexicon.Hit) bool {
	return v != nil && v.Line.Class == "none" && (v.Line.Has("means") || v.Line.Reason() == "prediction")
}

// complete tells whether a cue without a verb has its object all the same: 同意关于…的方案.
func (z *zhRun) complete(g *zhSegment) bool {
	if g.cue == nil || g.cue.Line.Class == "none" || g.end-g.cue.End <= len("一二三四") {
		return false
	}
	pos := g.softly(g.last().End)
	prep := g.frame("prep", pos)
	if prep == nil && g.frame("purpose", pos) != nil {
		return false // 愿以此访为契机，…
	}
	return prep == nil || strings.ContainsAny(z.r.text(prep.Start, prep.End), "把将给")
}

// measure sets the strength of a goal: that of what governs, lowered by the verb.
func (z *zhRun) measure(d *draft, m matrix, g *zhSegment) {
	d.strength, d.cue, d.rule = m.strength, m.cue, m.rule
	if c := g.cue; c != nil && c.Line.Class == "seek" && m.strength > commitment.Intend {
		d.strength, d.rule = commitment.Intend, c.Line.Rule
		d.cue += "+" + z.r.text(c.Start, c.End)
	}
	if g.verb == nil {
		return
	}
	verb := g.verb
	if next := g.cueAt(g.softly(verb.End)); verb.Line.Class == "seek" && next != nil && (next.Line.Class == "support" || next.Line.Class == "explore") {
		verb = next // 共同努力推动: what one works for
	}
	class := verb.Line.Class
	if m.class == "decide" && verb.Line.Has("carry") {
		return
	}
	if low := lowered(d.strength, class); low < d.strength || strings.HasSuffix(class, "explore") && m.class != class {
		d.strength = low
		d.cue += "+" + z.r.text(verb.Start, verb.End)
		d.rule = verb.Line.Rule
	}
}

// timed gives the time before the subject when the segment has none of its own.
func (z *zhRun) timed(g *zhSegment) *commitment.Deadline {
	d := z.r.bestDeadline(z.future(g))
	if d == nil {
		return z.head
	}
	return startingFrom(z.head, d)
}

// startingFrom gives a recurrence the start that stands before a comma: 自2026年起，每年….
func startingFrom(start, d *commitment.Deadline) *commitment.Deadline {
	if start == nil || start.Basis != commitment.Stated || d.Basis != commitment.Recurring || !strings.HasSuffix(start.Text, "起") {
		return d
	}
	value, ok := d.Value.StartingIn(start.Value)
	if !ok {
		return d
	}
	return &commitment.Deadline{Text: d.Text, Value: value, Basis: d.Basis}
}

// future gives the hits of a segment without times that belong to a noun: 2025年举行的峰会. Those in the name of a document were
// left out before, by [unnamed].
func (z *zhRun) future(g *zhSegment) []lexicon.Hit {
	var in []lexicon.Hit
	for _, h := range g.hits {
		if h.Line.Kind == lexicon.Deadlines && h.Line.Class != string(commitment.Soft) && z.ofNoun(g, h) {
			continue
		}
		in = append(in, h)
	}
	return in
}

// inName tells whether a time stands at the head of what is concluded: 通过了2027年至2030年合作计划.
func (z *zhRun) inName(g *zhSegment, h lexicon.Hit) bool {
	if g.verb == nil || !g.verb.Line.Has("concludes") || strings.TrimPrefix(z.r.text(g.verb.End, max(h.Start, g.verb.End)), "了") != "" || h.Start < g.verb.End {
		return false
	}
	for _, in := range g.hits {
		if in.Line.Kind == lexicon.Instruments && in.End == g.end && in.Start >= h.End {
			return true
		}
	}
	return false
}

// ofNoun tells whether a time belongs to a noun: 2025年举行的峰会.
func (z *zhRun) ofNoun(g *zhSegment, h lexicon.Hit) bool {
	if strings.HasPrefix(z.r.doc.Reading[h.End:g.end], "的") {
		return true
	}
	if z.inName(g, h) {
		return true
	}
	rel := g.any("relative", h.End)
	if rel == nil || g.verb == nil {
		return false
	}
	return g.verb.Start < h.Start || rel.Start <= g.verb.Start
}

func (z *zhRun) pass(g *zhSegment, reason string) {
	cue, rule := "", "zh/"+reason
	if g.cue != nil {
		cue, rule = z.r.text(g.cue.Start, g.cue.End), g.cue.Line.Rule
	} else if g.verb != nil {
		cue = z.r.text(g.verb.Start, g.verb.End)
	}
	z.passes = append(z.passes, commitment.Passage{Start: g.start, End: g.end, Cue: cue, Rule: rule, Reason: reason})
}

// recital tells whether a goal in a paragraph that reads like a preamble is none. What a party that is named agrees to,
// will do or is ready to do counts, since a report of a statement has no formula to close a preamble, and what stands
// before such a formula is not read at all; the rest of a recital only explains.
func (z *zhRun) recital(d *zhDraft) bool {
	return strings.HasPrefix(d.rule, "zh/bare/") || !z.spoke && d.strength < commitment.Decide
}

// emit hands over what was found and leaves the scope for the next sentence.
func (z *zhRun) emit() {
	for _, d := range z.drafts {
		if z.s.para.Type == statement.Preambular && z.recital(&d) {
			continue
		}
		if d.deadline == nil {
			d.deadline = z.head
		}
		switch {
		case d.bare, d.hangs:
		case d.creed:
			z.r.pass(d.start, d.end, d.cue, d.rule, "aspiration")
		case d.strength > 0:
			z.r.proposeTimed(d.draft)
		}
	}
	for _, p := range z.passes {
		z.r.pass(p.Start, p.End, p.Cue, p.Rule, p.Reason)
	}
	if z.mute == "others" {
		return
	}
	if z.mute == "" && z.matrix.strength > 0 && z.matrix.class != "adopt" {
		m := z.matrix
		z.r.scope = scope{actor: z.actor, strength: m.strength, cue: m.cue, rule: m.rule, priority: m.priority, lead: m.lead}
		return
	}
	lead, ok := z.r.leadAbove(z.r.clause)
	if !ok {
		lead = scope{}
	}
	lead.lead = ok
	if z.actor != nil {
		lead.actor = z.actor
	}
	z.r.scope = lead
}

// lead makes the sentence the chapeau of what follows.
func (z *zhRun) lead() {
	if z.actor == nil && z.matrix.strength == 0 {
		return
	}
	m := z.matrix
	z.r.scope = scope{actor: z.actor, strength: m.strength, cue: m.cue, rule: m.rule, lead: true}
	if n := len(z.drafts); n > 0 && strings.Contains(z.drafts[n-1].cue, "+") {
		d := z.drafts[n-1]
		z.r.scope.strength, z.r.scope.cue, z.r.scope.rule = d.strength, d.cue, d.rule
	}
	for _, h := range z.s.hits {
		if h.Line.Kind == lexicon.Modifiers && h.Line.Class == "priority" {
			z.r.scope.priority = true
		}
	}
	z.r.pass(z.s.start, z.s.end, z.r.scope.cue, z.r.scope.rule, "chapeau")
}
