package extract

import (
	"strings"

	"concord/commitment"
	"concord/lexicon"
)

// toldBare tells why a verb that stands alone behind its subject promises nothing: it tells what was done or what is
// done as a rule, how things are seen, or stands in front of a noun. The reason is empty when it is read as a promise.
func (z *zhRun) toldBare(i int) string {
	g := &z.segs[i]
	before := z.r.text(g.head, g.verb.Start)
	timed := z.timed(g) != nil
	switch {
	case z.reported(i):
		return "past"
	case g.verb.Line.Has("stance") && g.actor != nil, g.actor != nil && holds(before, "始终", "历来", "一贯", "一直", "素来", "向来"):
		return "attitude"
	case timed:
		return ""
	case !z.s.point && ends(z.r.text(g.verb.Start, g.verb.End), "举行", "召开") && ends(z.r.text(g.verb.End, g.end), gatherings...) && !holds(before, "定期", "每", "经常"):
		return "past"
	case g.verb.Line.Has("told") && !z.s.point, strings.Contains(before, "轮流"):
		return "past"
	}
	return ""
}

// entrusted reads who is to see to what was agreed: 双方商定，由外交部牵头，成立工作组. What follows is theirs.
func (z *zhRun) entrusted(i int) bool {
	g := &z.segs[i]
	if z.mute != "" || z.matrix.strength == 0 || g.verb == nil || g.cue != nil || !strings.HasPrefix(z.r.text(g.head, g.end), "由") {
		return false
	}
	if n := len(z.drafts); n > z.chain && z.drafts[n-1].at == i-1 && !z.drafts[n-1].open && (g.verb.End == g.end || z.inTurn(g)) {
		z.extend(&z.drafts[n-1], i, g) // 成立工作组，由外交部负责
		return true
	}
	z.actor = g.actor
	z.actor.Text = strings.TrimPrefix(z.actor.Text, "由")
	g.actor, g.actorAt = nil, g.head
	z.goal(i, z.matrix)
	d := &z.drafts[len(z.drafts)-1]
	d.means = i+1 < len(z.segs) && z.segs[i+1].follows()
	return true
}

// utopian tells whether a goal is an ideal and nothing else, without a time (推动构建人类命运共同体), or support for a
// principle.
func (z *zhRun) utopian(g *zhSegment) bool {
	if g.verb != nil && g.cue != nil && g.cue.Line.Has("modal") && g.verb.Line.Has("own") && !ends(z.r.text(g.verb.Start, g.verb.End), "呼吁") && z.principled(g, g.verb) {
		return true // 将坚定支持…维护主权
	}
	if g.verb == nil || !g.closes("ideal", g.verb.End) || z.timed(g) != nil {
		return false
	}
	return g.verb.Line.Class == "support" || ends(z.r.text(g.verb.Start, g.verb.End), "构建", "建设", "打造", "维护", "实现", "共建")
}

// item reads, behind a semicolon, an event with a subject and a time of its own: it is agreed on like what stands before
// it (下次对话于2026年举行).
func (z *zhRun) item(i int) bool {
	g := &z.segs[i]
	if !g.unknown || z.mute != "" || z.matrix.strength != commitment.Decide || len(z.drafts) == 0 || !ends(z.r.text(z.s.start, g.start), "；", ";") {
		return false
	}
	if z.r.bestDeadline(z.future(g)) == nil || !event(z.r.text(g.start, g.end)) {
		return false
	}
	z.goal(i, z.matrix)
	return true
}

// inTurn tells whether a segment only says who does what stands before it, for ever or in turn: 由双方轮流主办.
func (z *zhRun) inTurn(g *zhSegment) bool {
	if n := len(z.drafts); n == 0 || z.drafts[n-1].open || g.verb.Start < g.head {
		return false
	}
	text := z.r.text(g.head, g.verb.End)
	return strings.HasPrefix(text, "由") && (g.verb.End == g.end || strings.Contains(text, "轮流"))
}

// holds tells whether a text holds one of some words.
func holds(text string, words ...string) bool {
	for _, word := range words {
		if strings.Contains(text, word) {
			return true
		}
	}
	return false
}

// ends tells whether a text ends with one of some words.
func ends(text string, words ...string) bool {
	for _, word := range words {
		if strings.HasSuffix(text, word) {
			return true
		}
	}
	return false
}

// felt tells whether a verb only stands before a noun that says what is felt: 开展合作的意愿.
func (z *zhRun) felt(g *zhSegment) bool {
	return ends(z.r.text(g.start, g.end), "的意愿", "的愿望", "的决心", "的信心", "的意向", "的诚意")
}

// believed reads a segment with a subject behind 认为 and a comma, where that has not been left: what is believed of
// the parties themselves promises nothing until they agree to, will or want something.
func (z *zhRun) believed(i int) bool {
	g := &z.segs[i]
	if z.opinion == 0 {
		return false
	}
	if g.cue != nil {
		switch g.cue.Line.Class {
		case "support", "explore", "adopt", "none":
		case "pledge", "reaffirm":
			if i > z.opinion {
				z.opinion = 0
				return false
			}
		default:
			z.opinion = 0
			return false
		}
	}
	z.pass(g, "opinion")
	z.mute, z.matrix = "opinion", matrix{}
	return true
}

// remark passes over a segment that speaks of what was said before: 这是两国关系的重要支柱.
func (z *zhRun) remark(i int) bool {
	g := &z.segs[i]
	word := z.r.text(g.head, g.end)
	if i == 0 || g.actor != nil || g.cue != nil && g.cue.Line.Class != "none" && !g.others {
		return false
	}
	if !strings.HasPrefix(word, "此举") && (!strings.HasPrefix(word, "这") || holds(word[:min(len(word), len("这些领"))], "领", "方面")) {
		return false
	}
	z.pass(g, "appraisal")
	z.mute, z.matrix = "appraisal", matrix{}
	return true
}

// gatherings are what a report says was held.
var gatherings = []string{"会谈", "会晤", "会见", "战略对话", "磋商", "仪式", "会议"}

// meetings close the names of what takes place.
var meetings = []string{"会晤", "会议", "峰会", "论坛", "对话", "磋商", "年会", "例会", "博览会", "展会", "会"}

// recurs reads a meeting that is said to take place again and again, whoever its subject is: 论坛每两年举办一次.
func (z *zhRun) recurs(i int) bool {
	g := &z.segs[i]
	if g.cue != nil || g.others || z.mute == "others" || z.mute == "past" {
		return false
	}
	for _, h := range g.hits {
		if h.Line.Kind != lexicon.Deadlines || h.Line.Class != string(commitment.Recurring) {
			continue
		}
		v := g.cueAt(g.softly(h.End))
		if g.actor != nil && !ends(strings.TrimRight(z.r.text(g.start, h.Start), "将应均拟"), meetings...) {
			return false
		}
		if v == nil || v.Line.Class != "verb" || !event(z.r.text(v.Start, v.End)) || g.any("past", g.start) != nil || z.ofNoun(g, h) || h.Start == g.head {
			return false
		}
		m := z.matrix
		if m.strength == 0 || len(z.drafts) == 0 && !m.lead {
			m = z.bare(v)
			m.class = "recurs"
			z.chain = len(z.drafts)
		}
		g.verb, g.unknown, g.actor, z.mute = v, false, nil, ""
		z.goal(i, m)
		return true
	}
	return false
}
