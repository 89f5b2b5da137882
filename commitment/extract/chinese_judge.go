package extract

import (
	"strings"

	"concord/commitment"
	"concord/lexicon"
)

// matrix is what governs the verbs of a sentence until another cue comes.
type matrix struct {
	strength commitment.Strength
	cue      string
	rule     string
	class    string
	lead     bool // from the chapeau
	priority bool
	organ    *commitment.Actor // the organ that is tasked
}

func matrixOf(s scope) matrix {
	return matrix{strength: s.strength, cue: s.cue, rule: s.rule, lead: s.lead, priority: s.priority}
}

// zhRun is the reading of one sentence.
type zhRun struct {
	r       *reading
	s       *sentence
	segs    []zhSegment
	actor   *commitment.Actor
	matrix  matrix
	mute    string // why nothing binds for now: a reason; empty when something may
	drafts  []zhDraft
	passes  []commitment.Passage
	head    *commitment.Deadline // a time that stands before the subject: 到2030年，双方将…
	chain   int                  // the first draft of the present matrix
	opinion int                  // the segment behind 认为 and a comma, while what is believed runs on; 0: nothing does
	aiming  bool                 // what stands here belongs to a purpose before the subject
	spoke   bool                 // a party has been named and something governs
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
		z.aiming = z.untilSubject(i)
	case z.aiming && g.actor == nil && (g.cue == nil || g.cue.Line.Class == "support"):
	case g.way && z.mute == "" && z.matrix.strength > 0 && i+1 < len(z.segs) && z.segs[i+1].follows():
		z.goal(i, z.matrix)
	case z.recurs(i):
	case g.actor != nil && !g.include:
		z.subject(i)
	case z.remark(i):
	case z.mute == "others":
	case g.include && g.verb != nil:
		z.included(i)
	case g.cue != nil && !(g.unknown && g.cue.Line.Class == "none"):
		z.ownCue(i)
	case g.verb != nil:
		z.ownVerb(i)
	case z.item(i):
	case g.cue != nil && (len(z.drafts) == 0 || strings.HasPrefix(z.r.text(g.cue.Start, g.cue.End), "应")):
		z.pass(g, g.cue.Line.Reason())
		z.mute = g.cue.Line.Reason()
	default:
		z.goOn(i)
	}
}

// othersReason tells an act of outsiders from a mere prediction.
func othersReason(r *reading, g *zhSegment) string {
	if g.cue != nil && strings.HasSuffix(r.text(g.cue.Start, g.cue.End), "将") {
		return "prediction"
	}
	return "others"
}

// subject reads a segment that names who acts.
func (z *zhRun) subject(i int) {
	g := &z.segs[i]
	if z.entrusted(i) {
		return
	}
	z.actor, z.mute, z.aiming = g.actor, "", false
	z.matrix = matrix{}
	if z.believed(i) {
		return
	}
	if lead := z.r.scope; lead.lead && z.s.point {
		z.matrix = matrixOf(lead) // a named actor under a chapeau still does what the chapeau says
	}
	z.chain = len(z.drafts)
	switch {
	case g.cue != nil:
		z.spoke = true
		z.ownCue(i)
	case g.verb != nil:
		z.ownVerb(i)
	}
}

// ownCue reads a segment with a cue of its own.
func (z *zhRun) ownCue(i int) {
	g := &z.segs[i]
	c := g.cue
	if z.felt(g) {
		z.pass(g, "attitude")
		z.mute, z.matrix = "attitude", matrix{}
		return
	}
	if n := len(z.drafts); c.Line.Class == "decide" && g.actor == nil && n > z.chain && z.drafts[n-1].hangs && z.drafts[n-1].at == i-1 && c.End < g.end {
		z.extend(&z.drafts[n-1], i, g) // 将以此访为契机，正式启动…
		return
	}
	switch c.Line.Class {
	case "support", "explore":
		z.capped(i)
		return
	case "adopt":
		z.adopt(i)
		return
	}
	if c.Line.Class == "none" && c.Line.Has("verb") && z.matrix.strength > 0 && z.mute == "" && g.actor == nil {
		g.cue, g.verb = nil, c
		z.ownVerb(i)
		return
	}
	c, reason := z.binding(i)
	if last := g.last(); reason == "opinion" && last.Line.Class == "none" && last.End == g.end {
		z.opinion = i + 1
	}
	if reason != "" {
		z.pass(g, reason)
		z.mute, z.matrix = reason, matrix{}
		return
	}
	strength, _ := strengthOf(c.Line.Class)
	if c.Line.Class == "seek" && z.matrix.strength > 0 && g.actor == nil {
		z.goal(i, z.matrix)
		return
	}
	if c.Line.Has("modal") && g.actor == nil && z.bareBefore(i) {
		z.opened(i)
		return
	}
	z.mute = ""
	z.matrix = matrix{strength: strength, cue: z.r.text(c.Start, c.End), rule: c.Line.Rule, class: c.Line.Class, organ: g.object}
	z.chain = len(z.drafts)
	z.goal(i, z.matrix)
}

// bareBefore tells whether the segment before is a subject and a cue and nothing else: 双方同意，将…提升为….
func (z *zhRun) bareBefore(i int) bool {
	n := len(z.drafts)
	return n > z.chain && z.drafts[n-1].bare && z.drafts[n-1].at == i-1
}

// binding gives the cue that binds in a segment, or the reason why none does.
func (z *zhRun) binding(i int) (*lexicon.Hit, string) {
	g := &z.segs[i]
	c := g.cue
	switch c.Line.Class {
	case "none":
		return nil, c.Line.Reason()
	case "decide":
		if c.Line.Has("say") && g.more != nil {
			return z.seeThrough(g, g.more)
		}
	case "say":
		if g.more != nil {
			return z.seeThrough(g, g.more)
		}
		return nil, "opinion"
	case "reaffirm":
		if g.more != nil && g.more.Line.Class != "none" {
			return z.seeThrough(g, g.more)
		}
		if z.dated(i) || z.figured(g) {
			return c, ""
		}
		return nil, "aspiration"
	case "confirm":
		if z.dated(i) {
			return c, ""
		}
		if g.more != nil && g.more.Line.Class == "pledge" {
			return z.seeThrough(g, g.more)
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
func (z *zhRun) seeThrough(g *zhSegment, c *lexicon.Hit) (*lexicon.Hit, string) {
	switch {
	case c.Line.Class == "none":
		return nil, c.Line.Reason()
	case c.Line.Class == "say":
		return nil, "opinion"
	case c.Line.Has("vague") && z.idle(g):
		return nil, "aspiration"
	case c.Line.Has("paper") && g.verb == nil && z.noPaper(g):
		return nil, "past"
	case c.Line.Has("self") && !z.act(g, c):
		return nil, "attitude"
	case c.Line.Class == "support" && c.End == g.end:
		return nil, "attitude"
	case c.Line.Class == "support" && z.principled(g, c):
		return nil, "aspiration"
	}
	return c, ""
}

// idle tells whether what is aimed at is an ideal and nothing else.
func (z *zhRun) idle(g *zhSegment) bool {
	for _, h := range g.hits {
		if h.Line.Kind == lexicon.Deadlines && h.Line.Class != "word" {
			return false
		}
	}
	h := g.any("ideal", g.predicate)
	if h == nil {
		h = g.any("principle", g.predicate)
	}
	return h != nil && h.End >= g.end-len("建设")
}

func (z *zhRun) noPaper(g *zhSegment) bool {
	for _, h := range g.hits {
		if h.Line.Kind == lexicon.Instruments && h.Line.Class != "word" {
			return false
		}
	}
	return !strings.Contains(z.r.text(g.start, g.end), "《")
}

// act tells whether an act of one's own follows a cue such as 期待.
func (z *zhRun) act(g *zhSegment, c *lexicon.Hit) bool {
	pos := g.softly(c.End)
	if v := g.cueAt(pos); v != nil && (v.Line.Class == "verb" || v.Line.Class == "explore" || v.Line.Class == "support" || v.Line.Class == "adopt") {
		return true
	}
	return g.frame("prep", pos) != nil && g.verb != nil
}

// What others do or hold, and how a clause says that it is theirs: 各国根据国情制定的政策.
var (
	ofOthers = []string{"政策", "措施", "举措", "行动", "步骤", "道路", "主张"}
	taken    = []string{"制定的", "采取的", "实施的", "奉行的", "选择的", "推行的", "国情的", "提出的"}
)

// principled tells whether support goes to a principle or to what others do.
func (z *zhRun) principled(g *zhSegment, c *lexicon.Hit) bool {
	if object := z.r.text(c.End, g.end); strings.HasSuffix(object, "努力") || ends(object, ofOthers...) && holds(object, taken...) {
		return true
	}
	if end, _ := g.actorRun(c.End); end == g.end && end > c.End {
		return true // 坚定支持中方
	}
	h := g.any("principle", c.End)
	if h == nil {
		h = g.any("ideal", c.End)
	}
	if h == nil {
		return false
	}
	for ; h != nil; h = nextPrinciple(g, h.End) {
		if h.End == g.end {
			return true
		}
	}
	return false
}

func nextPrinciple(g *zhSegment, from int) *lexicon.Hit {
	a, b := g.any("principle", from), g.any("ideal", from)
	if a == nil || b != nil && b.End < a.End {
		return b
	}
	return a
}

// dated tells whether a time ahead stands in this segment or behind it.
func (z *zhRun) dated(i int) bool {
	for _, g := range z.segs[i:] {
		for _, h := range g.hits {
			if h.Line.Kind == lexicon.Deadlines {
				if d, ok := z.r.deadline(h); ok && d.Basis != commitment.Soft {
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
	own := c.Line.Has("own")
	switch {
	case z.mute != "" && !own:
		z.goOn(i)
		return
	case z.effect(i):
		return
	case c.End == g.end:
		z.pass(g, "attitude")
		return
	case c.Line.Class == "support" && !strings.HasSuffix(z.r.text(c.Start, c.End), "呼吁") && z.principled(g, c):
		z.pass(g, "aspiration")
		if own {
			z.mute, z.matrix = "aspiration", matrix{}
		}
		return
	}
	strength, _ := strengthOf(c.Line.Class)
	m := z.matrix
	if m.strength == 0 || own && !m.lead {
		z.mute = ""
		m = matrix{strength: strength, cue: z.r.text(c.Start, c.End), rule: c.Line.Rule, class: c.Line.Class}
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
	if z.mute != "" && g.actor == nil && !g.cue.Line.Has("concludes") {
		z.goOn(i)
		return
	}
	z.mute = ""
	z.matrix = matrix{strength: commitment.Decide, cue: z.r.text(g.cue.Start, g.cue.End), rule: g.cue.Line.Rule, class: "adopt"}
	z.chain = len(z.drafts)
	z.goal(i, z.matrix)
}

// ownVerb reads a segment that begins with a verb.
func (z *zhRun) ownVerb(i int) {
	g := &z.segs[i]
	switch {
	case z.toldAsPast(i):
		z.isPast(i)
	case z.felt(g):
		z.pass(g, "attitude")
	case g.actor == nil && len(z.drafts) == 0 && g.verb.Line.Has("means") && i+1 < len(z.segs) && z.segs[i+1].actor != nil:
		// 本着互利精神，双方…: a phrase before the subject
	case z.mute != "" && g.actor == nil:
		z.goOn(i)
	case (g.byway || z.inTurn(g)) && len(z.drafts) > z.chain:
		z.goOn(i)
	case z.effect(i), z.gather(i):
	case z.opened(i):
	case z.matrix.strength > 0:
		z.goal(i, z.matrix)
	case z.toldBare(i) != "":
		z.notPromised(i, z.toldBare(i))
	case g.verb.Line == &supposedVerb && g.actor == nil:
		z.goOn(i)
	case g.actor != nil || z.s.point || z.actor != nil || z.s.first && z.r.numbered(z.s.para):
		z.matrix = z.bare(g.verb)
		z.chain = len(z.drafts)
		z.goal(i, z.matrix)
	}
}

// bare is what governs a verb that stands alone behind its subject: the text says what the parties do, which in a
// declaration is what they undertake to do.
func (z *zhRun) bare(v *lexicon.Hit) matrix {
	m := matrix{strength: commitment.Pledge, cue: z.r.text(v.Start, v.End), rule: "zh/bare/" + v.Line.Phrase, class: "bare"}
	if v.Line.Has("invite") {
		m.strength = commitment.Support
	}
	if strings.HasPrefix(v.Line.Phrase, "(") {
		m.rule = "zh/bare/" + m.cue
	}
	return m
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
	m := z.matrix
	if n := len(z.drafts); n > 0 {
		m.strength = min(m.strength, z.drafts[n-1].strength) // what a study includes is studied
	}
	z.goal(i, m)
	if d := &z.drafts[len(z.drafts)-1]; actor != nil {
		d.actor = *actor
		d.action = g.actorEnd
	}
}

// aim passes over a purpose. Before the subject it says nothing; after a goal it is named.
func (z *zhRun) aim(i int) {
	if n := len(z.drafts); n > z.chain && z.drafts[n-1].open && z.mute == "" && z.segs[i].benefits() {
		z.extend(&z.drafts[n-1], i, &z.segs[i])
		return
	}
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
	if d := z.r.bestDeadline(z.future(g)); d != nil && d.Basis != commitment.Soft {
		z.head = d
	}
}
