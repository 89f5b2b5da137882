package extract

import (
	"strings"
	"unicode/utf8"

	"concord/commitment"
	"concord/lexicon"
)

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
func (z *zhSegment) organRun(pos int, hits []lexicon.Hit) (int, []lexicon.Hit) {
	text := z.r.doc.Reading[:z.end]
	if z.cueAt(pos) != nil || strings.HasPrefix(text[pos:], "第") || strings.HasPrefix(text[pos:], "下") || strings.HasPrefix(text[pos:], "本届") {
		return 0, nil // a verb with its object, or a meeting to come: 第二次部长会议
	}
	for i, n := pos, 0; i < z.end && n < 14; n++ {
		h := z.at(lexicon.Actors, i)
		if h != nil && h.Line.Class == "organ" && z.leadsOn(h.End) {
			return h.End, append(headless(hits), *h)
		}
		if h != nil && h.Line.Class == "others" || n > 0 && z.breaks(i) {
			break
		}
		_, size := utf8.DecodeRuneInString(text[i:])
		i += size
	}
	return 0, nil
}

// headless leaves the states of a run, which say whose organ follows.
func headless(hits []lexicon.Hit) []lexicon.Hit {
	var kept []lexicon.Hit
	for _, h := range hits {
		if h.Line.Kind == lexicon.States {
			kept = append(kept, h)
		}
	}
	return kept
}

// breaks tells whether a name cannot go on at a place: a cue that governs stands there.
func (z *zhSegment) breaks(pos int) bool {
	if f := z.at(lexicon.Frames, pos); f != nil && (f.Line.Class == "adverb" || f.Line.Class == "prep") && f.End-f.Start > len("一") {
		return true
	}
	c := z.cueAt(pos)
	return c != nil && c.Line.Class != "verb" && c.Line.Class != "explore" && c.Line.Class != "support"
}

// resolve sets the actor of a segment from its subject.
func (z *zhSegment) resolve(pos, end int, hits []lexicon.Hit) bool {
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
func headed(hits []lexicon.Hit) []lexicon.Hit {
	var kept []lexicon.Hit
	for i, h := range hits {
		side := i+1 < len(hits) && hits[i+1].Start == h.End
		if h.Line.Kind == lexicon.Actors && side && hits[i+1].Line.Class == "organ" {
			continue
		}
		kept = append(kept, h)
	}
	return kept
}

// together makes a party and the described rest of the parties (中国同中亚国家) into all of them.
func together(r *reading, a commitment.Actor, ok bool, hits []lexicon.Hit) (commitment.Actor, bool) {
	state, rest := false, false
	for _, h := range hits {
		state = state || h.Line.Kind == lexicon.States
		rest = rest || h.Line.Kind == lexicon.Actors && h.Line.Has("rest")
	}
	if ok && state && rest {
		a.Kind, a.Parties = commitment.All, r.parties
	}
	return a, ok
}

// excepted reads 除…外 before a subject: the states in it are those that do not take part.
func (z *zhSegment) excepted(pos int, hits []lexicon.Hit) ([]lexicon.Hit, int) {
	before := z.r.text(z.s.start, pos)
	if !strings.HasSuffix(strings.TrimRight(before, "，, "), "外") {
		return hits, pos
	}
	i := strings.LastIndex(before, "除")
	if i < 0 {
		return hits, pos
	}
	var out []lexicon.Hit
	for _, h := range z.s.hits {
		if h.Line.Kind == lexicon.States && h.Start > z.s.start+i && h.End <= pos {
			out = append(out, h)
		}
	}
	if len(out) == 0 {
		return hits, pos
	}
	if z.start > z.s.start+i { // the comma stands between: the span begins at the subject
		return append(out, lexicon.Hit{Line: &exceptLine}), pos
	}
	return append(out, lexicon.Hit{Line: &exceptLine}), z.s.start + i
}

// exceptLine stands for 除…外, which is not one phrase.
var exceptLine = lexicon.Line{Kind: lexicon.Actors, Class: "except", Phrase: "除…外", Rule: "zh/except/除…外"}

// actorRun reads actors side by side or joined by 和, 、, 与, 同.
func (z *zhSegment) actorRun(pos int) (end int, hits []lexicon.Hit) {
	end = pos
	next, hits := z.short(pos)
	for {
		h := z.named(next)
		if h == nil && end == pos {
			if end, hits := z.side(pos); end > pos {
				return end, hits
			}
			return z.shortRun(pos)
		}
		if h == nil {
			return end, hits
		}
		hits = append(hits, *h)
		end = z.tail(h.End)
		next = end
		if z.named(next) == nil {
			next = z.joined(end)
		}
	}
}

// named gives the actor or state at a place; 中国 in 中国-中亚 is part of a name.
func (z *zhSegment) named(pos int) *lexicon.Hit {
	a, s := z.at(lexicon.Actors, pos), z.at(lexicon.States, pos)
	if a == nil || s != nil && s.End > a.End {
		a = s
	}
	if a == nil {
		return z.alias(pos)
	}
	if a.Line.Class == "word" {
		return nil
	}
	if a.Line.Kind == lexicon.States && z.r.stateOf(*a) == "" {
		return nil
	}
	return a
}

// short reads the short names of states before 双方 and its like: 中俄双方.
func (z *zhSegment) short(pos int) (next int, hits []lexicon.Hit) {
	text := z.r.doc.Reading[:z.end]
	for i, n := pos, 0; i < z.end && n < 6; n++ {
		if h := z.at(lexicon.Actors, i); h != nil && h.Line.Class == "all" && n > 1 {
			return i, z.shortStates(pos, i)
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		if !strings.ContainsRune(shortNames, c) {
			break
		}
		i += size
	}
	return pos, nil
}

// shortStates reads short names as states; nil unless each of them is a party.
func (z *zhSegment) shortStates(pos, end int) []lexicon.Hit {
	var hits []lexicon.Hit
	for i, c := range z.r.text(pos, end) {
		code := z.r.sideOf(c)
		if code == "" {
			return nil
		}
		hits = append(hits, lexicon.Hit{Line: &lexicon.Line{Kind: lexicon.States, Class: code, Rule: "zh/state/" + code}, Start: pos + i, End: pos + i})
	}
	return hits
}

// side reads a party form (泰方) that the party set does not resolve because the text does not name its parties: one
// party, and nobody can say which.
func (z *zhSegment) side(pos int) (end int, hits []lexicon.Hit) {
	text := z.r.doc.Reading[:z.end]
	c, size := utf8.DecodeRuneInString(text[pos:])
	if len(z.r.parties) > 1 || !strings.ContainsRune(shortNames, c) || !strings.HasPrefix(text[pos+size:], "方") {
		return pos, nil
	}
	end = pos + size + len("方")
	return end, []lexicon.Hit{{Line: &sideLine, Start: pos, End: end}}
}

var sideLine = lexicon.Line{Kind: lexicon.Actors, Class: "one", Phrase: "X方", Rule: "zh/one/X方"}

// shortRun reads the short names of two or three states as all parties when something that governs follows: 中塔将.
func (z *zhSegment) shortRun(pos int) (end int, hits []lexicon.Hit) {
	text := z.r.doc.Reading[:z.end]
	end = pos
	for n := 0; n < 4 && end < z.end; n++ {
		if c := z.cueAt(z.softly(end)); n > 1 && c != nil && c.Line.Class != "verb" && c.Line.Class != "explore" {
			if hits := z.shortStates(pos, end); hits != nil {
				return end, hits
			}
			return end, []lexicon.Hit{{Line: &shortLine, Start: pos, End: end}}
		}
		c, size := utf8.DecodeRuneInString(text[end:])
		if !strings.ContainsRune(shortNames, c) {
			break
		}
		end += size
	}
	return pos, nil
}

var shortLine = lexicon.Line{Kind: lexicon.Actors, Class: "all", Phrase: "中X", Rule: "zh/all/中X"}

// shortNames are the characters that stand for states side by side.
const shortNames = "中俄哈吉塔土乌美英法德日韩朝蒙印巴越老柬缅泰马新菲欧非阿拉东盟亚白塞匈波沙埃伊尼斯孟澳加意西葡希南肯坦赞委古智秘墨所密汤斐瓦萨"

// tail skips the rest of an official name, 政府, and a bracketed remark behind a name.
func (z *zhSegment) tail(end int) int {
	rest := z.r.doc.Reading[end:z.end]
	for _, word := range []string{"民主社会主义共和国", "社会主义共和国", "阿拉伯共和国", "伊斯兰共和国", "联邦共和国", "人民共和国", "共和国", "王国", "联邦", "人民政府", "政府", "一方", "方面"} {
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
		if h.Start <= pos || h.Line.Kind != lexicon.Actors && h.Line.Kind != lexicon.States || z.named(h.Start) != h || z.behindPreposition(h.Start) {
			continue
		}
		end, hits := z.actorRun(h.Start)
		c := z.cueAt(z.softly(end))
		if c != nil && c.Line.Class != "verb" && c.Line.Class != "explore" {
			return end, z.resolve(h.Start, end, hits)
		}
	}
	return pos, false
}

// behindPreposition tells whether 同, 与, 向 and their like stand directly before a place.
func (z *zhSegment) behindPreposition(pos int) bool {
	c, _ := utf8.DecodeLastRuneInString(z.r.doc.Reading[z.start:pos])
	return strings.ContainsRune("同与向对为和给由使让跟及在于赴自从至到访抵、—-–", c)
}
