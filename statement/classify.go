package statement

import (
	"math"
	"strings"
	"unicode"
)

// The classification weighs, for each paragraph by itself, what speaks for each type, and then takes the sequence of
// types that explains the whole text best: a text runs from its frame through the preamble to the operative part and
// back to the frame, and seldom turns back. The weights of words stand in data/paragraph-cues.tsv, all others below;
// they were set by hand.

// state is a place in the course of a text.
type state int

const (
	before       state = iota // title, opening of the session
	inPreamble                // preambular
	betweenParts              // headings in the preamble, the formula after it
	inOperative               // operative
	amidParts                 // headings in the operative part
	after                     // signatures, page furniture
	states
)

// types is the type of a paragraph in each state.
var types = [states]ParagraphType{Neither, Preambular, Neither, Operative, Neither, Neither}

// turns is the cost of going from one state to another; a preamble that begins anew is dear, because it is rare.
var turns = [states][states]float64{
	before:       {0, 0, 2, 0.5, 1, 9},
	inPreamble:   {9, 0, 1, 1.5, 9, 9},
	betweenParts: {9, 1, 0.5, 0, 9, 9},
	inOperative:  {9, restarts, 9, 0, 0.5, 1.5},
	amidParts:    {9, 4, 9, 0, 0.5, 1},
	after:        {9, 9, 9, 6, 6, 0},
}

const (
	restarts      = 6.0 // a preamble that begins anew in the operative part
	inList        = 6.0 // the same in a list, after a colon or semicolon
	frameNeeds    = 2.5 // what a paragraph of words costs as frame
	framed        = 8.0 // a title, heading, signature or piece of furniture as frame
	numberTells   = 3.0 // a number, in a text that begins without
	numberHints   = 0.2 // a number, in a text that is numbered from its beginning
	participle    = 2.0 // an unknown English participle
	comma         = 1.0 // a comma, colon or nothing at the end, for a preamble
	listShare     = 0.3 // of the weight of a participle that remains in a list of points
	stop          = 0.7 // a full stop at the end, for the operative part
	settles       = 4.0 // the weight of a cue that leaves no doubt
	mostDuties    = 2.0 // of all cues that a paragraph holds
	bodySpeaks    = 6.0 // "The General Assembly," on a line of its own
	ledIn         = 3.0 // against a turn after a colon
	listed        = 1.5 // against a turn after a semicolon
	underHeading  = 2.5 // a heading above that says preamble, up to the enacting formula or the next heading
	goesOn        = 3.0 // a paragraph that goes on with the one before it so much says nothing by its duties ("That teachers must ...")
	unstated      = 0.2 // what speaks for the operative part when nothing speaks
	firstNumbers  = 3   // paragraphs in which a number makes a text one that is numbered from its beginning
	earlyBody     = 6   // paragraphs in which early cues count
	firstFormula  = 9.0 // against the first submitting formula of a text in its operative part: what stands before it is the preamble
	mostLeads     = 4   // leads that are skipped
	examined      = 400 // bytes at the head of a paragraph in which enacting formulas count, and at its end
	longestEnacts = 400 // bytes of a paragraph that submits
)

// evidence is what speaks for each state in a paragraph.
type evidence struct {
	score     [states]float64
	continues float64  // against any turn before it
	listed    bool     // it stands in a list
	reopens   bool     // a new preamble may begin with it
	closes    bool     // the preamble ends with it
	submits   bool     // the same, and it is no part of the preamble
	recites   bool     // it opens as only a preamble does
	seized    bool     // the last paragraph of a resolution
	remains   bool     // the remainder of a paragraph, which goes where the paragraph went
	adopts    bool     // it puts rules of procedure in an annex
	cue       cueClass // of its opening, or none
}

// classify gives each line its type.
func classify(list []line) {
	seen := make([]evidence, len(list))
	m := manner{number: numberWeight(list)}
	for i := range list {
		seen[i] = m.weigh(list, i)
		if seen[i].submits && !m.submitted {
			m.submitted = true
			seen[i].score[amidParts] -= firstFormula
			seen[i].score[inOperative] -= firstFormula
		}
		m.pass(&list[i], &seen[i])
	}
	for i, s := range best(seen) {
		list[i].kind = types[s]
		if seen[i].remains && s == inOperative {
			list[i].kind = Neither
		}
		list[i].enacts = seen[i].closes && s == inPreamble
	}
}

// numberWeight says how much a number tells: much in a text that begins without numbers, little in others.
func numberWeight(list []line) float64 {
	body := 0
	for i := range list {
		if list[i].role != Body {
			continue
		}
		if body++; body > firstNumbers {
			break
		}
		if list[i].mark.unit == numbered || list[i].mark.unit == article {
			if body == 1 {
				return numberHints
			}
			return numberTells
		}
	}
	return numberTells
}

// manner is how a text is written, as far as it has been read.
type manner struct {
	number    float64 // what a number tells
	body      int     // paragraphs of the body so far
	submitted bool    // the formula between preamble and operative part has been met
	headed    bool    // the heading above says preamble
	annexed   bool    // the heading above says annex
	recital   rune    // how the first paragraph that opens like a preamble ends
	beyond    beyond
}

// pass takes note of a line that has been weighed.
func (m *manner) pass(l *line, e *evidence) {
	switch {
	case l.role == Body:
		m.body++
		m.annexed = false
		m.beyond.pass(l, e)
		m.headed = m.headed && !e.closes
	case l.role == Heading:
		m.headed = frames()["preamble"].in(strings.ToLower(l.words))
		m.beyond.head(l)
		if l.mark.unit == annex {
			m.annexed, m.body = true, 0
		}
	}
}

// weigh looks at one line.
func (m *manner) weigh(list []line, i int) evidence {
	l := &list[i]
	var e evidence
	if l.role != Body {
		return frameEvidence(list, i)
	}
	for _, s := range []state{before, betweenParts, amidParts, after} {
		e.score[s] = -frameNeeds
	}
	e.score[inOperative] = unstated
	if l.mark.unit == numbered || l.mark.unit == article {
		e.score[inOperative] += m.number
	}
	if strings.HasPrefix(l.words, "|") {
		e.score[betweenParts], e.score[amidParts] = framed, framed
	}
	lower := strings.ToLower(strings.ReplaceAll(l.words, "’", "'"))
	e.readEnd(l)
	e.readOpening(l, lower, m.body)
	m.discount(&e, l)
	e.readWords(l, lower, m.body)
	m.beyond.weigh(&e, list, i, lower)
	if l.mark.unit == unmarked && institution(l.words) {
		e.score[inPreamble] += bodySpeaks
		e.reopens = true
	}
	if i > 0 && list[i-1].role == Body {
		switch list[i-1].ends() {
		case ':', '：':
			e.continues, e.listed = e.continues+ledIn, true
		case ';', '；':
			e.continues, e.listed = e.continues+listed, strings.ContainsRune(";；", l.ends())
		}
	}
	if m.headed {
		e.score[inPreamble] += underHeading
	}
	e.reopens = e.reopens || m.annexed || m.headed && list[i-1].role == Heading || i > 0 && e.beginsAnew(l, &list[i-1])
	return e
}

// beginsAnew is true of the first recital of a further section: resolutions on several matters give each its own
// preamble. Recitals end in commas where operative paragraphs and their points end in semicolons, and that is how
// "Having considered the report," after a paragraph that is over is told from a point of a list.
func (e *evidence) beginsAnew(l, above *line) bool {
	return e.recites && l.mark.unit == unmarked && l.ends() == ',' && unicode.IsUpper(firstRune(l.words)) &&
		strings.ContainsRune(".;", above.ends())
}

// discount takes from the weight of a participle in a list of points: where the paragraphs of the preamble end in
// commas, "Promoting ...;" is a measure and no reason.
func (m *manner) discount(e *evidence, l *line) {
	if e.score[inPreamble] < numberTells {
		return
	}
	if m.recital == 0 {
		m.recital = l.ends()
	}
	if m.recital == ',' && l.ends() == ';' {
		e.score[inPreamble] *= listShare
	}
}

// frameEvidence is what speaks in titles, headings, signatures and furniture.
func frameEvidence(list []line, i int) evidence {
	var e evidence
	e.score[inPreamble], e.score[inOperative] = -framed, -framed
	switch list[i].role {
	case closing:
		e.score[after] = framed
	case Title:
		e.score[before] = 1
	case Heading:
		if list[i].mark.unit == article {
			e.score[amidParts] = numberTells
		}
	}
	return e
}

// readEnd weighs how a paragraph ends.
func (e *evidence) readEnd(l *line) {
	switch l.ends() {
	case ',', '，':
		e.score[inPreamble] += comma
	case '.', '。':
		e.score[inOperative] += stop
	}
}

// readOpening weighs what a paragraph begins with.
func (e *evidence) readOpening(l *line, lower string, body int) {
	rest := lower
	for range mostLeads {
		c, ok := opening(cues().opens, rest)
		if early, found := opening(cues().early, rest); found && body < earlyBody && (!ok || len(early.words) >= len(c.words)) {
			c, ok = early, true
		}
		if !ok {
			break
		}
		if c.class != cueLead {
			e.add(c)
			e.cue = c.class
			e.recites = c.class == cuePreambular && c.weight >= settles
			return
		}
		rest = strings.TrimLeft(rest[len(c.words):], " ,")
		if m := readMarker(rest); m.unit == numbered {
			e.score[inOperative] += numberTells
			rest = rest[m.size:]
		}
	}
	word := openingKey(rest)
	if strings.HasSuffix(word, "ing") && len(word) > 5 && l.mark.unit == unmarked && l.ends() == ',' {
		e.score[inPreamble] += participle
	}
	if unicode.IsLower(firstRune(l.words)) {
		e.continues += 1
	}
}

// add lets a cue speak.
func (e *evidence) add(c cue) {
	switch c.class {
	case cuePreambular:
		e.score[inPreamble] += c.weight
	case cueOperative:
		e.score[inOperative] += c.weight
	case cueContinues:
		e.continues += c.weight
	case cueEnacts:
		e.score[inPreamble] += c.weight
		e.closes = true
	case cueSubmits:
		e.score[betweenParts] += c.weight + frameNeeds
		e.score[amidParts] += c.weight + frameNeeds
		e.submits = true
	case cueSession:
		e.score[before] += c.weight
	}
}

// readWords weighs the words that a paragraph holds.
func (e *evidence) readWords(l *line, lower string, body int) {
	duties := 0.0
	short := lower
	if len(lower) > examined+len(head(lower, examined)) {
		short = lower[len(lower)-examined:]
	}
	for _, c := range cues().holds {
		words := lower
		if c.class == cueEnacts {
			words = short
		}
		if !e.counts(c.class, l, lower, body) || c.class == cueOperative && duties >= mostDuties || !strings.Contains(words, c.words) {
			continue
		}
		switch c.class {
		case cueOperative:
			duties += c.weight
		case cueRules:
			e.adopts = true
		case cueSeized:
			e.seized = true
		default:
			e.add(c)
		}
	}
	if e.continues < goesOn {
		e.score[inOperative] += duties
	}
}

// counts says whether cues of a class within a paragraph say anything where it stands.
func (e *evidence) counts(class cueClass, l *line, lower string, body int) bool {
	switch class {
	case cueEnacts:
		return !e.closes && l.mark.unit == unmarked
	case cueSubmits:
		return len(lower) < longestEnacts
	case cueSession:
		return body == 0
	case cueRules, cueSeized:
		return e.cue == cueOperative
	}
	return true
}

// best finds the sequence of states that the evidence and the turns speak for most, by dynamic programming.
func best(seen []evidence) []state {
	if len(seen) == 0 {
		return nil
	}
	from := make([][states]state, len(seen))
	var sum [states]float64
	for s := range states {
		sum[s] = seen[0].score[s] - turns[before][s]
	}
	for i := 1; i < len(seen); i++ {
		var now [states]float64
		for s := range states {
			most := math.Inf(-1)
			for p := range states {
				if v := sum[p] - turn(seen, i, p, s); v > most {
					most, from[i][s] = v, p
				}
			}
			now[s] = most + seen[i].score[s]
		}
		sum = now
	}
	last := before
	for s := range states {
		if sum[s] > sum[last] {
			last = s
		}
	}
	course := make([]state, len(seen))
	for i := len(seen) - 1; i >= 0; i-- {
		course[i] = last
		last = from[i][last]
	}
	return course
}

// turn is the cost of going from state p to state s at paragraph i.
func turn(seen []evidence, i int, p, s state) float64 {
	cost := turns[p][s]
	if types[p] != types[s] || p == before {
		cost += seen[i].continues
	}
	if seen[i].listed && s == inPreamble && p == inOperative {
		cost += inList
	}
	if seen[i].reopens && s == inPreamble && (p == inOperative || p == amidParts) {
		cost = 0.5
	}
	if seen[i-1].closes && p == inPreamble {
		if s == inPreamble {
			cost += 3
		} else if s == inOperative {
			return 0
		}
	}
	return cost
}
