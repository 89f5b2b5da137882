package extract

import (
	"strings"

	"concord/commitment"
)

// A list may stand in one paragraph: "agreed: a. to open a bridge; b. to lower tolls", "will (i) ...; (ii) ...",
// «1) ...; 2) ...». The signs that count its items are found here; each item goes on what leads in.

// item marks the pieces that count an item.
const item = '\uE000'

// items marks the counting signs of a list: at least two, in order from the first.
func (w *walk) items(list []piece) {
	var found [][2]int
	scheme := 0
	for i := 0; i < len(list); i++ {
		from, to, label := w.counter(list, i)
		if to == 0 {
			continue
		}
		if len(found) == 0 {
			scheme = schemeOf(label)
		}
		if scheme > 0 && label == ordinal(scheme, len(found)) {
			found = append(found, [2]int{from, to})
		}
		i = to - 1
	}
	if len(found) < 2 {
		return
	}
	for _, f := range found {
		for k := f[0]; k < f[1]; k++ {
			list[k].sign = item
		}
	}
}

// counter reads a counting sign at a piece: "(i)", "1)", "a."; to is 0 when none stands there.
func (w *walk) counter(list []piece, i int) (from, to int, label string) {
	from = i
	if list[i].sign == '(' {
		i++
	}
	if i+1 >= len(list) || list[i].sign != 0 || list[i].end-list[i].start > len("viii") {
		return 0, 0, ""
	}
	label = strings.ToLower(w.r.text(list[i].start, list[i].end))
	switch {
	case list[i+1].sign == ')':
	case list[i+1].sign == '.' && from == i && len(label) == 1 && label >= "a" && list[i].end == list[i+1].start && w.r.doc.Reading[list[i].start] == label[0]:
	default:
		return 0, 0, ""
	}
	return from, i + 2, label
}

// The ways of counting; ordinal gives the label of an item, counted from 0.
const (
	figures = 1 + iota
	letters
	romans
	cyrillic
)

func schemeOf(first string) int {
	for scheme := figures; scheme <= cyrillic; scheme++ {
		if first == ordinal(scheme, 0) {
			return scheme
		}
	}
	return 0
}

func ordinal(scheme, n int) string {
	labels := map[int]string{
		figures:  "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
		letters:  "a b c d e f g h i j k l m n o p q r s t u v w x y z",
		romans:   "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv",
		cyrillic: "а б в г д е ж з и к л м н о п р с т",
	}[scheme]
	for range n {
		_, labels, _ = strings.Cut(labels, " ")
	}
	label, _, _ := strings.Cut(labels, " ")
	return label
}

// overItems gives the piece behind the counting sign that stands at a piece; the piece itself when none does.
func (w *walk) overItems(k int) int {
	if w.sign(k) != item {
		return k
	}
	for w.sign(k) == item {
		k++
	}
	return w.skipAdverbs(k)
}

// countsOn tells whether a counting sign follows, perhaps behind "and".
func (w *walk) countsOn(k int) bool {
	return w.sign(k) == item || w.sign(k+1) == item && w.w[k].is("and")
}

// nextItem reacts to the counting sign at a piece: an item with a verb goes on the lead-in, one with a subject begins
// afresh; what only counts fields stays within the goal.
func (w *walk) nextItem(i int) int {
	k := w.overItems(i)
	if k < len(w.w) && w.w[k].who > 0 {
		w.closeItem(i)
		w.seg = k
		return k
	}
	verb := k
	if w.word(k, "to") || w.word(k, "not") {
		verb = w.skipAdverbs(k + 1)
	}
	if w.shut || verb == k && (w.fieldsFollow(i) || w.verbForm(k) != noForm && w.alsoNoun(k) && !w.opens(k) && !w.bringsOn(k)) {
		return k
	}
	f := w.verbForm(verb)
	if f == noForm && verb > k && w.plainWord(verb) {
		f = bare
	}
	if f == noForm || w.gov.strength == commitment.None || w.gov.line == nil && !w.gov.lead || w.other || f == verbal && w.gov.form == bare {
		return k
	}
	w.closeItem(i)
	w.r.onward = scope{}
	w.gov.form = f
	return w.openAt(k, verb)
}

// closeItem closes the goal before a counting sign; a full stop there belongs to the item before.
func (w *walk) closeItem(i int) {
	w.shut, w.sake, w.means = false, false, false
	for i > 0 && (w.sign(i-1) == '.' || w.sign(i-1) == ':' || w.sign(i-1) == ',') {
		i--
	}
	if g := w.open; g != nil && g.reason == "" && w.word(i-1, "to") && i > 1 {
		g.reason = "chapeau" // "will cooperate to (a) ..."
	}
	w.close(i)
}

// fieldsFollow tells whether the words before a list ask for things, not acts: "cooperation in: (a) trade".
func (w *walk) fieldsFollow(i int) bool {
	for i > 0 && w.sign(i-1) == ':' {
		i--
	}
	return i > 0 && w.sign(i-1) == 0 && (w.w[i-1].is("of") || w.w[i-1].is("about")) && !w.word(i-1, "to")
}
