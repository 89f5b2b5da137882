package commitment

import (
	"strings"

	"concord/statement"
)

// matrix is what governs the verbs of a sentence until another cue comes.
type matrix struct {
	strength Strength
	cue      string
	rule     string
	class    string
	lead     bool // from the chapeau
	priority bool
	organ    *Actor // the organ that is tasked
	told     bool   // the cue only tells what is told behind it: 宣布将
}

func matrixOf(s scope) matrix {
	return matrix{strength: s.strength, cue: s.cue, rule: s.rule, lead: s.lead, priority: s.priority}
}

// zhRun is the reading of one sentence.
type zhRun struct {
	r      *reading
	s      *sentence
	segs   []zhSegment
	actor  *Actor
	matrix matrix
	mute   string // why nothing binds for now: a reason; empty when something may
	drafts []zhDraft
	passes []Passage
	head   *Deadline // a time that stands before the subject: 到2030年，双方将…
	chain  int       // the first draft of the present matrix
}

// zhDraft is a goal on its way.
type zhDraft struct {
	draft
	bare  bool // nothing stands behind the cue
	open  bool // the cue has come and the verb has not
	means bool // says how: joins the goal behind it
	at    int  // index of its last segment
}

// settle goes through the segments.
func (z *zhRun) settle() {
	for i := range z.segs {
		z.segment(i)
	}
}

func (z *zhRun) segment(i int) {
	g := &z.segs[i]
	switch {
	case g.others && z.content(i):
	case g.others:
		z.pass(g, othersReason(z.r, g))
		z.mute = "others"
	case g.purpose:
		z.aim(i)
	case g.actor != nil && !g.include:
		z.subject(i)
	case z.mute == "others":
	case g.include && g.verb != nil:
		z.included(i)
	case g.cue != nil && !(g.unknown && g.cue.line.class == "none"):
		z.ownCue(i)
	case g.verb != nil:
		z.ownVerb(i)
	case g.cue != nil && len(z.drafts) == 0:
		z.pass(g, g.cue.line.reason())
		z.mute = g.cue.line.reason()
	default:
		z.goOn(i)
	}
}

// othersReason tells an act of outsiders from a mere prediction.
func othersReason(r *reading, g *zhSegment) string {
	if g.cue != nil && strings.HasSuffix(r.text(g.cue.start, g.cue.end), "将") {
		return "prediction"
	}
	return "others"
}

// subject reads a segment that names who acts.
func (z *zhRun) subject(i int) {
	g := &z.segs[i]
	z.actor, z.mute = g.actor, ""
	z.matrix = matrix{}
	if lead := z.r.scope; lead.lead && z.s.point {
		z.matrix = matrixOf(lead) // a named actor under a chapeau still does what the chapeau says
	}
	z.chain = len(z.drafts)
	switch {
	case g.cue != nil:
		z.ownCue(i)
	case g.verb != nil:
		z.ownVerb(i)
	default:
		z.openUp(i)
	}
}

// ownCue reads a segment with a cue of its own.
func (z *zhRun) ownCue(i int) {
	g := &z.segs[i]
	c := g.cue
	switch c.line.class {
	case "support", "explore":
		z.capped(i)
		return
	case "adopt":
		z.adopt(i)
		return
	}
	c, reason := z.binding(i)
	if reason != "" {
		z.pass(g, reason)
		z.mute, z.matrix = reason, matrix{}
		return
	}
	strength, _ := strengthOf(c.line.class)
	if c.line.class == "seek" && z.matrix.strength > 0 && g.actor == nil {
		z.goal(i, z.matrix)
		return
	}
	z.mute = ""
	z.matrix = matrix{strength: strength, cue: z.r.text(c.start, c.end), rule: c.line.rule, class: c.line.class, organ: g.object}
	z.chain = len(z.drafts)
	z.goal(i, z.matrix)
}

// binding gives the cue that binds in a segment, or the reason why none does.
func (z *zhRun) binding(i int) (*hit, string) {
	g := &z.segs[i]
	c := g.cue
	switch c.line.class {
	case "none":
		return nil, c.line.reason()
	case "decide":
		if c.line.has("say") && g.more != nil {
			return z.seeThrough(g, g.more)
		}
	case "say":
		if g.more != nil {
			return z.seeThrough(g, g.more)
		}
		return nil, "opinion"
	case "reaffirm":
		if g.more != nil && g.more.line.class != "none" {
			return z.seeThrough(g, g.more)
		}
		if z.dated(i) || z.figured(g) {
			return c, ""
		}
		return nil, "aspiration"
	case "confirm":
		if z.dated(i) || g.more != nil && g.more.line.class == "pledge" {
			return c, ""
		}
		return nil, "note"
	case "task":
		if g.object == nil {
			return nil, "attitude"
		}
	}
	return z.seeThrough(g, c)
}

// seeThrough checks the cue that a segment comes down to.
func (z *zhRun) seeThrough(g *zhSegment, c *hit) (*hit, string) {
	switch {
	case c.line.class == "none":
		return nil, c.line.reason()
	case c.line.class == "say":
		return nil, "opinion"
	case c.line.has("vague") && z.idle(g):
		return nil, "aspiration"
	case c.line.has("paper") && g.verb == nil && z.noPaper(g):
		return nil, "past"
	case c.line.has("self") && !z.act(g, c):
		return nil, "attitude"
	case c.line.class == "support" && c.end == g.end:
		return nil, "attitude"
	case c.line.class == "support" && z.principled(g, c):
		return nil, "aspiration"
	}
	return c, ""
}

// idle tells whether what is aimed at is an ideal and nothing else.
func (z *zhRun) idle(g *zhSegment) bool {
	for _, h := range g.hits {
		if h.line.kind == deadlines && h.line.class != "word" {
			return false
		}
	}
	h := g.any("ideal", g.predicate)
	if h == nil {
		h = g.any("principle", g.predicate)
	}
	return h != nil && h.end >= g.end-len("建设")
}

func (z *zhRun) noPaper(g *zhSegment) bool {
	for _, h := range g.hits {
		if h.line.kind == instruments && h.line.class != "word" {
			return false
		}
	}
	return !strings.Contains(z.r.text(g.start, g.end), "《")
}

// act tells whether an act of one's own follows a cue such as 期待.
func (z *zhRun) act(g *zhSegment, c *hit) bool {
	pos := g.softly(c.end)
	if v := g.cueAt(pos); v != nil && (v.line.class == "verb" || v.line.class == "explore" || v.line.class == "support" || v.line.class == "adopt") {
		return true
	}
	return g.frame("prep", pos) != nil && g.verb != nil
}

// principled tells whether support goes to a principle or to what others do.
func (z *zhRun) principled(g *zhSegment, c *hit) bool {
	if strings.HasSuffix(z.r.text(g.start, g.end), "努力") {
		return true
	}
	h := g.any("principle", c.end)
	if h == nil {
		h = g.any("ideal", c.end)
	}
	if h == nil {
		return false
	}
	for ; h != nil; h = nextPrinciple(g, h.end) {
		if h.end == g.end {
			return true
		}
	}
	return false
}

func nextPrinciple(g *zhSegment, from int) *hit {
	a, b := g.any("principle", from), g.any("ideal", from)
	if a == nil || b != nil && b.end < a.end {
		return b
	}
	return a
}

// dated tells whether a time ahead stands in this segment or behind it.
func (z *zhRun) dated(i int) bool {
	for _, g := range z.segs[i:] {
		for _, h := range g.hits {
			if h.line.kind == deadlines {
				if d, ok := z.r.deadline(h); ok && d.Basis != "soft" {
					return true
				}
			}
		}
	}
	return false
}

// figured tells whether a segment holds a figure.
func (z *zhRun) figured(g *zhSegment) bool {
	return strings.ContainsAny(z.r.text(g.predicate, g.end), "0123456789％%")
}

// capped reads a segment whose own verb is support or exploration.
func (z *zhRun) capped(i int) {
	g := &z.segs[i]
	c := g.cue
	if z.toldAsPast(i) {
		z.isPast(i)
		return
	}
	own := c.line.has("own")
	switch {
	case z.mute != "" && !own:
		z.goOn(i)
		return
	case z.effect(i):
		return
	case c.end == g.end:
		z.pass(g, "attitude")
		return
	case c.line.class == "support" && !strings.HasSuffix(z.r.text(c.start, c.end), "呼吁") && z.principled(g, c):
		z.pass(g, "aspiration")
		if own {
			z.mute, z.matrix = "aspiration", matrix{}
		}
		return
	}
	strength, _ := strengthOf(c.line.class)
	m := z.matrix
	if m.strength == 0 || own && !m.lead {
		z.mute = ""
		m = matrix{strength: strength, cue: z.r.text(c.start, c.end), rule: c.line.rule, class: c.line.class}
		z.chain = len(z.drafts)
		z.matrix = m
	}
	z.goal(i, m)
}

// adopt reads 通过, 批准, 设立: with a subject they are done here and now, else they are verbs like others.
func (z *zhRun) adopt(i int) {
	g := &z.segs[i]
	if g.actor == nil && z.matrix.strength > 0 {
		z.goal(i, z.matrix)
		return
	}
	if z.mute != "" && g.actor == nil && !g.cue.line.has("concludes") {
		z.goOn(i)
		return
	}
	z.mute = ""
	z.matrix = matrix{strength: Decide, cue: z.r.text(g.cue.start, g.cue.end), rule: g.cue.line.rule, class: "adopt"}
	z.chain = len(z.drafts)
	z.goal(i, z.matrix)
}

// ownVerb reads a segment that begins with a verb.
func (z *zhRun) ownVerb(i int) {
	g := &z.segs[i]
	switch {
	case z.toldAsPast(i):
		z.isPast(i)
	case z.mute != "" && g.actor == nil:
		z.goOn(i)
	case z.effect(i), z.gather(i):
	case z.opened(i):
	case z.matrix.strength > 0:
		z.goal(i, z.matrix)
	case z.reported(i):
		z.isPast(i)
	case g.actor != nil || z.s.point || z.actor != nil:
		z.matrix = z.bare(g.verb)
		z.chain = len(z.drafts)
		z.goal(i, z.matrix)
	}
}

// bare is what governs a verb that stands alone behind its subject: the text says what the parties do, which in a
// declaration is what they undertake to do.
func (z *zhRun) bare(v *hit) matrix {
	m := matrix{strength: Pledge, cue: z.r.text(v.start, v.end), rule: "zh/bare/" + v.line.phrase, class: "bare"}
	if strings.HasPrefix(v.line.phrase, "(") {
		m.rule = "zh/bare/" + m.cue
	}
	return m
}

// reported tells whether a bare verb reports this very meeting: its date is not after the adoption.
func (z *zhRun) reported(i int) bool {
	d := z.timed(&z.segs[i])
	return d != nil && d.Basis == "stated" && z.r.out.Adopted != "" && d.Value[:min(len(d.Value), len("2006-01-02"))] <= z.r.out.Adopted
}

// content reads what stands behind 商定 or 确认 and a comma and has a subject of its own: it is what was agreed.
func (z *zhRun) content(i int) bool {
	n := len(z.drafts)
	if n == 0 || z.drafts[n-1].at != i-1 || !z.drafts[n-1].open || z.matrix.strength != Decide {
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
	d.end, d.at, d.open, d.bare = g.end, i, false, false
	if d.deadline == nil {
		d.deadline = z.r.bestDeadline(z.future(g))
	}
}

// toldAsPast tells whether a bare verb is told of as done, here or further on in its chain.
func (z *zhRun) toldAsPast(i int) bool {
	for j := i; j < len(z.segs); j++ {
		g := &z.segs[j]
		if j > i && (g.actor != nil || g.others) {
			return false
		}
		if g.cue != nil && g.cue.line.class != "support" && g.cue.line.class != "explore" && g.cue.line.class != "adopt" {
			return g.cue.line.reason() == "past" && j > i && z.matrix.strength == 0
		}
		if g.past() && (j == i || z.matrix.strength == 0) {
			return true
		}
	}
	return false
}

func (z *zhRun) isPast(i int) {
	z.pass(&z.segs[i], "past")
	if z.matrix.strength == 0 || z.segs[i].actor != nil {
		z.mute = "past"
	}
}

// effect passes over a segment that says what the goals before it lead to.
func (z *zhRun) effect(i int) bool {
	g := &z.segs[i]
	if g.actor != nil || len(z.drafts) == z.chain || z.drafts[len(z.drafts)-1].open || g.verb == nil || g.frame("raise", g.verb.start) == nil {
		return false
	}
	for h := g.any("effect", g.verb.end); h != nil; h = g.any("effect", h.end) {
		if h.end == g.end {
			z.pass(g, "purpose")
			return true
		}
	}
	return false
}

// gather reads 确保…成功 at the end of a sentence: what stands before it are the means, and all is one goal.
func (z *zhRun) gather(i int) bool {
	g := &z.segs[i]
	word := z.r.text(g.verb.start, g.verb.end)
	if i == 0 || z.chain >= len(z.drafts) || word != "确保" && word != "保障" && word != "保证" {
		return false
	}
	text := z.r.text(g.start, g.end)
	for _, success := range []string{"成功", "顺利举行", "顺利召开", "顺利举办", "取得成果", "取得积极成果", "圆满"} {
		if strings.HasSuffix(text, success) {
			d := &z.drafts[z.chain]
			d.end, d.at, d.strength, d.cue = g.end, i, z.matrix.strength, z.matrix.cue
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
	if !d.open && !d.means || z.segs[i].actor != nil {
		return false
	}
	g := &z.segs[i]
	z.extend(d, i, g)
	d.means = g.verb.line.has("means")
	z.measure(&d.draft, z.matrix, g)
	return true
}

// goal adds a goal under what governs.
func (z *zhRun) goal(i int, m matrix) {
	g := &z.segs[i]
	if g.actor == nil && g.verb != nil && m == z.matrix && z.opened(i) {
		return
	}
	d := zhDraft{at: i, open: g.verb == nil && g.object == nil && !z.complete(g)}
	d.start, d.end, d.action = g.head, g.end, g.head
	d.bare = g.cue != nil && g.cue.end == g.end
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
	d.rule = m.rule
	d.means = g.verb != nil && g.verb.line.has("means")
	z.measure(&d.draft, m, g)
	z.drafts = append(z.drafts, d)
}

// complete tells whether a cue without a verb has its object all the same: 同意关于…的方案.
func (z *zhRun) complete(g *zhSegment) bool {
	if g.cue == nil || g.cue.line.class == "none" || g.end-g.cue.end <= len("一二三四") {
		return false
	}
	prep := g.frame("prep", g.softly(g.cue.end))
	return prep == nil || strings.ContainsAny(z.r.text(prep.start, prep.end), "把将给")
}

// measure sets the strength of a goal: that of what governs, lowered by the verb.
func (z *zhRun) measure(d *draft, m matrix, g *zhSegment) {
	d.strength, d.cue = m.strength, m.cue
	if c := g.cue; c != nil && c.line.class == "seek" && m.strength > Intend {
		d.strength, d.rule = Intend, c.line.rule
		d.cue += "+" + z.r.text(c.start, c.end)
	}
	if g.verb == nil {
		return
	}
	class := g.verb.line.class
	if m.class == "decide" && g.verb.line.has("carry") {
		return
	}
	if low := lowered(d.strength, class); low < d.strength || strings.HasSuffix(class, "explore") && m.class != class {
		d.strength = low
		d.cue += "+" + z.r.text(g.verb.start, g.verb.end)
		d.rule = g.verb.line.rule
	}
}

// timed gives the time before the subject when the segment has none of its own.
func (z *zhRun) timed(g *zhSegment) *Deadline {
	if d := z.r.bestDeadline(z.future(g)); d != nil {
		return d
	}
	return z.head
}

// future gives the hits of a segment without times that belong to a noun: 2025年举行的峰会, 《2030年规划》.
func (z *zhRun) future(g *zhSegment) []hit {
	var in []hit
	for _, h := range g.hits {
		if h.line.kind == deadlines && (z.titled(h) || h.line.class != "soft" && z.ofNoun(g, h)) {
			continue
		}
		in = append(in, h)
	}
	return in
}

// titled tells whether a time stands in the name of a document.
func (z *zhRun) titled(h hit) bool {
	before := z.r.text(z.s.start, h.start)
	return strings.LastIndex(before, "《") > strings.LastIndex(before, "》")
}

func (z *zhRun) ofNoun(g *zhSegment, h hit) bool {
	if strings.HasPrefix(z.r.doc.Reading[h.end:g.end], "的") {
		return true
	}
	rel := g.any("relative", h.end)
	if rel == nil || g.verb == nil {
		return false
	}
	return g.verb.start < h.start || rel.start <= g.verb.start
}

// included reads 包括 with a verb of its own.
func (z *zhRun) included(i int) {
	g := &z.segs[i]
	if z.mute != "" || z.matrix.strength == 0 {
		z.goOn(i)
		return
	}
	actor := g.actor
	g.actor = nil
	z.goal(i, z.matrix)
	if d := &z.drafts[len(z.drafts)-1]; actor != nil {
		d.actor = *actor
		d.action = g.actorEnd
	}
}

// openUp reads a subject without cue or verb: 各方本着…精神，….
func (z *zhRun) openUp(i int) {
}

// aim passes over a purpose. Before the subject it says nothing; after a goal it is named.
func (z *zhRun) aim(i int) {
	if len(z.drafts) > 0 {
		z.pass(&z.segs[i], "purpose")
	}
}

// goOn lets a segment continue what stands before it: a list, the object of a verb; before a subject it may hold a
// time.
func (z *zhRun) goOn(i int) {
	g := &z.segs[i]
	if z.mute != "" {
		return
	}
	if n := len(z.drafts); n > 0 && z.drafts[n-1].at == i-1 && (!g.adverb || z.drafts[n-1].open) {
		open := z.drafts[n-1].open && g.adverb
		z.extend(&z.drafts[n-1], i, g)
		z.drafts[n-1].open = open
		return
	}
	if d := z.r.bestDeadline(z.future(g)); d != nil && d.Basis != "soft" {
		z.head = d
	}
}

func (z *zhRun) pass(g *zhSegment, reason string) {
	cue, rule := "", "zh/"+reason
	if g.cue != nil {
		cue, rule = z.r.text(g.cue.start, g.cue.end), g.cue.line.rule
	} else if g.verb != nil {
		cue = z.r.text(g.verb.start, g.verb.end)
	}
	z.passes = append(z.passes, Passage{Start: g.start, End: g.end, Cue: cue, Rule: rule, Reason: reason})
}

// emit hands over what was found and leaves the scope for the next sentence.
func (z *zhRun) emit() {
	for _, d := range z.drafts {
		if z.s.para.Type == statement.Preambular && (d.strength < Pledge || z.matrix.class == "bare" || d.strength < Decide && d.start == d.action) {
			continue // a recital may adopt and decide, and say so; the rest of it only explains
		}
		if d.deadline == nil {
			d.deadline = z.head
		}
		if d.strength > 0 && !d.bare {
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
	strength, cue := m.strength, m.cue
	if n := len(z.drafts); n > 0 && strings.Contains(z.drafts[n-1].cue, "+") {
		strength, cue = z.drafts[n-1].strength, z.drafts[n-1].cue
	}
	z.r.scope = scope{actor: z.actor, strength: strength, cue: cue, rule: m.rule, lead: true}
	for _, h := range z.s.hits {
		if h.line.kind == modifiers && h.line.class == "priority" {
			z.r.scope.priority = true
		}
	}
	z.r.pass(z.s.start, z.s.end, cue, m.rule, "chapeau")
}
