package extract

import (
	"strings"

	"concord/commitment"
	"concord/statement"
)

// Treaties and plans in Russian bind in the present tense: «Стороны обмениваются сведениями» is what English says with
// shall. In a text of that kind a subject of the parties with a verb in the present that no cue explains is a pledge.

// legalRule names this rule in a proposal.
const legalRule = "ru/pledge/present of treaties and plans"

// legal tells whether the title of the text names a treaty, an agreement, a protocol or a plan.
func (r *reading) legal() bool {
	for i := range min(len(r.doc.Paragraphs), 8) {
		p := &r.doc.Paragraphs[i]
		if p.Role != statement.Title && p.Role != statement.Heading && i > 0 {
			break
		}
		first, _, _ := strings.Cut(strings.ToLower(strings.TrimLeft(r.doc.Reading[p.Text:p.End], "«\" ")), " ")
		for _, kind := range []string{"соглашени", "договор", "протокол", "план", "конвенци", "меморандум", "программ", "хартия", "устав", "положение", "регламент"} {
			if strings.HasPrefix(first, kind) {
				return true
			}
		}
	}
	return false
}

// present looks in a sentence without cue for a subject and a verb in the present tense.
func (w *walk) present() {
	if !w.russian || w.event > 0 || w.open != nil || !w.r.legal() {
		return
	}
	for i := range w.w {
		if w.w[i].who > 0 || w.w[i].inside || w.w[i].sign != 0 || !presentVerb(w.r.text(w.w[i].start, w.w[i].end)) {
			continue
		}
		s, ok := w.nominativeBefore(i)
		if !ok || s.actor == nil {
			return
		}
		w.turn(s)
		w.early = w.before(0, i)
		w.gov = governor{strength: commitment.Pledge, class: "pledge", cue: w.r.text(w.w[i].start, w.w[i].end), rule: legalRule, form: finite}
		w.openAt(s.from, i)
		for k := i + 1; k < len(w.w); k++ {
			if w.tail(k) > 0 {
				break
			}
		}
		return
	}
}

// presentVerb tells whether a word ends as Russian verbs of the third person do.
func presentVerb(text string) bool {
	text = strings.TrimSuffix(strings.ToLower(text), "ся")
	for _, end := range []string{"ают", "яют", "уют", "еют", "ают", "ают", "сут", "дут", "зуют", "ивают", "ывают", "дят", "сят", "зят", "ляют", "вят", "лят", "тят", "рят", "ает", "яет", "ует", "дит", "сит", "зит", "вит", "лит", "рит", "жит", "сет", "дет", "ежат", "ачат", "чают"} {
		if strings.HasSuffix(text, end) && len(text) > len(end)+2 {
			return true
		}
	}
	return text == "несут" || text == "несет" || text == "ведут" || text == "ведет"
}
