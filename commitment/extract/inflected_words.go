package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"concord/lexicon"
)

// piece is a word or a sign of a sentence with the phrases of the lexicon that begin there.
type piece struct {
	start, end int  // bytes of Reading
	sign       rune // 0 for a word
	cue, frame *lexicon.Hit
	who        int  // piece behind the group of actors and states that begins here; 0: none begins
	date       int  // piece behind the deadline that begins here; 0: none begins
	inside     bool // within a group that began before
}

func (p *piece) is(class string) bool { return p.frame != nil && p.frame.Line.Class == class }

func (s *sentence) has(k lexicon.Kind, class string) bool {
	return slices.ContainsFunc(s.hits, func(h lexicon.Hit) bool { return h.Line.Kind == k && h.Line.Class == class })
}

// pieces cuts the sentence into words and signs and lays the hits of the lexicon on them.
func (w *walk) pieces() []piece {
	text := w.r.doc.Reading
	list := w.r.pieces[:0]
	marks := 0
	for i := w.s.start; i < w.s.end; {
		c, size := utf8.DecodeRuneInString(text[i:w.s.end])
		switch {
		case lexicon.WordRune(c):
			end := min(lexicon.RestOfWord(text, i), w.s.end)
			list = append(list, piece{start: i, end: end})
			i = end
			continue
		case c != ' ' && c != '\n' && c != '\t' && c != '\r' && c != '\u00a0':
			list = append(list, piece{start: i, end: i + size, sign: c})
			if c == ')' || c == '.' {
				marks++
			}
		}
		i += size
	}
	if marks > 1 {
		w.items(list)
	}
	w.w, w.r.pieces = list, list
	w.lay()
	return list
}

// lay puts cues and frames on the pieces where they begin and joins actors and states to groups.
func (w *walk) lay() {
	for i := range w.s.hits {
		h := &w.s.hits[i]
		k := w.at(h.Start)
		if k >= len(w.w) || w.w[k].start != h.Start || w.w[k].sign == item {
			continue
		}
		switch h.Line.Kind {
		case lexicon.Cues:
			w.w[k].cue = h
		case lexicon.Frames:
			w.w[k].frame = h
		case lexicon.Deadlines:
			w.w[k].date = w.at(h.End)
		case lexicon.Actors, lexicon.States:
			if h.Line.Kind == lexicon.States && !w.r.valid(*h) || h.Line.Has("aside") || w.word(k, "to") {
				continue // "to commission" is no organ
			}
			w.w[k].who = max(w.w[k].who, w.at(h.End))
			if h.Line.Kind == lexicon.States && w.word(k-1, "the") {
				w.w[k-1].who = max(w.w[k-1].who, w.w[k].who)
			}
		}
	}
	w.unverb()
	w.group()
}

// unverb takes a finite verb off an organ that any word may open: "instructed experts" is no kind of experts.
func (w *walk) unverb() {
	for k := 0; k+1 < len(w.w) && !w.russian; k++ {
		if p := &w.w[k]; p.who > k+1 && p.cue != nil && p.cue.Line.Class != "verb" && strings.HasSuffix(w.r.text(p.start, p.end), "ed") && w.finiteOnly(k) {
			w.w[k+1].who, p.who = p.who, 0
		}
	}
}

// group joins neighbouring actors and states: a listing of states, "the ministers of the member states", "all except X".
func (w *walk) group() {
	for i := 0; i < len(w.w); i++ {
		if w.w[i].who == 0 {
			continue
		}
		end := w.w[i].who
		for {
			next := w.groupOn(end)
			if next == 0 {
				break
			}
			end = next
		}
		w.w[i].who = end
		for k := i + 1; k < end; k++ {
			w.w[k].inside = true
		}
		i = end - 1
	}
}

// groupOn gives the end of the actor or state that goes on a group which ends before a piece; 0 if none does.
func (w *walk) groupOn(end int) int {
	k, listing := end, false
	for k < len(w.w) && k < end+4 {
		p := &w.w[k]
		if p.who > 0 {
			break
		}
		if w.word(k, "to") && w.verbForm(k+1) == bare {
			return 0 // "Kazakhstan to commission": no name goes on
		}
		switch {
		case p.sign == ',', p.is("and"):
			listing = true
		case p.is("of"):
		default:
			return 0
		}
		k++
	}
	if k >= len(w.w) || w.w[k].who == 0 || w.w[k].who <= k {
		return 0
	}
	except := w.kindAt(k, lexicon.Actors) != nil && w.kindAt(k, lexicon.Actors).Line.Class == "except"
	if listing && !except && (w.kindAt(k, lexicon.States) == nil && !w.region(k) || w.lastKind(end) != lexicon.States) {
		return 0
	}
	return w.w[k].who
}

// region tells whether a set of states that the lexicon lists begins at a piece: "five Central Asian countries".
func (w *walk) region(k int) bool {
	a := w.kindAt(k, lexicon.Actors)
	return a != nil && a.Line.Class == "subset" && len(a.Line.Codes()) > 0
}

// kindAt gives the hit of a kind that begins at a piece, or behind the article there.
func (w *walk) kindAt(i int, k lexicon.Kind) *lexicon.Hit {
	at := w.w[i].start
	behind := at
	if w.word(i, "the") && i+1 < len(w.w) {
		behind = w.w[i+1].start
	}
	for j := range w.s.hits {
		h := &w.s.hits[j]
		if h.Line.Kind == k && (h.Start == at || h.Start == behind) {
			return h
		}
	}
	return nil
}

// lastKind is the kind of the actor or state that ends before a piece.
func (w *walk) lastKind(end int) lexicon.Kind {
	for j := range w.s.hits {
		h := &w.s.hits[j]
		if h.Line.Kind == lexicon.States && h.End == w.w[end-1].end {
			return lexicon.States
		}
	}
	return lexicon.Actors
}

// at is the first piece that begins at or behind a byte.
func (w *walk) at(at int) int {
	low, high := 0, len(w.w)
	for low < high {
		if mid := (low + high) / 2; w.w[mid].start < at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return low
}

func (w *walk) text(h *lexicon.Hit) string { return w.r.text(h.Start, h.End) }

// word tells whether a piece is a word, whatever its case.
func (w *walk) word(i int, word string) bool {
	if i < 0 || i >= len(w.w) || w.w[i].sign != 0 || w.w[i].end-w.w[i].start != len(word) { // case changes no length here
		return false
	}
	return strings.EqualFold(w.r.text(w.w[i].start, w.w[i].end), word)
}

func (w *walk) sign(i int) rune {
	if i < 0 || i >= len(w.w) {
		return 0
	}
	return w.w[i].sign
}

// skipAdverbs goes forward over adverbs and leading phrases.
func (w *walk) skipAdverbs(i int) int {
	for i < len(w.w) && w.w[i].sign == 0 && w.w[i].frame != nil && (w.w[i].is("adverb") || w.w[i].is("lead")) {
		i = w.at(w.w[i].frame.End)
	}
	return i
}

// overAdverbs goes back from a piece over adverbs; it gives the first of them, or the piece itself.
func (w *walk) overAdverbs(i int) int {
	for k := i - 1; k >= w.seg && k >= i-4; k-- {
		if f := w.w[k].frame; f != nil && w.w[k].is("adverb") && w.at(f.End) == i {
			i = k
		}
	}
	return i
}

// trimEnd takes joining words, commas and adverbs off the end of a stretch.
func (w *walk) trimEnd(from, end int) int {
	end = min(end, len(w.w))
	for end > from {
		p := &w.w[end-1]
		if w.joinBefore(end) {
			for end > from && !(w.w[end-1].is("and") || w.w[end-1].is("join")) {
				end--
			}
			end--
			continue
		}
		if p.sign != ',' && p.sign != ';' && p.sign != ':' && p.sign != '-' && p.sign != '–' && p.sign != '—' && !(p.sign == 0 && (p.is("join") || p.is("and"))) {
			break
		}
		end--
	}
	return end
}

// figures tells whether a stretch (piece to byte) holds a figure: digits, a number word, "by half", "per cent".
func (w *walk) figures(from, to int) bool {
	for i := from; i < len(w.w) && w.w[i].end <= to; i++ {
		c := w.r.doc.Reading[w.w[i].start]
		year := w.w[i].end-w.w[i].start == len("2030") && (c == '1' || c == '2') // of a name: the 2030 Agenda
		if c >= '0' && c <= '9' && !year || w.w[i].is("figure") {
			return true
		}
	}
	return false
}

// ideal tells whether a stretch speaks of an ideal: trust, a shared future, the purposes of the Charter.
func (w *walk) ideal(from, to int) bool {
	for i := from; i < len(w.w) && w.w[i].end <= to; i++ {
		if w.w[i].is("vague") {
			return true
		}
	}
	return false
}

// verbForm is the form of the verb that stands at a piece, noForm when none does.
func (w *walk) verbForm(i int) form {
	if i >= len(w.w) || w.w[i].sign != 0 {
		return noForm
	}
	text := w.r.text(w.w[i].start, w.w[i].end)
	if w.russian {
		return w.russianForm(i, text)
	}
	if !w.listedVerb(i) {
		return noForm
	}
	switch {
	case strings.HasSuffix(text, "ing") && text != "bring":
		return verbal
	case strings.HasSuffix(text, "ed") && text != "embed" && text != "need" && text != "speed" && text != "feed" && text != "proceed":
		return noForm
	}
	return bare
}

// listedVerb tells whether the lexicon knows the word as a verb that can be undertaken.
func (w *walk) listedVerb(i int) bool {
	p := &w.w[i]
	if p.is("verb") {
		return true
	}
	if p.cue == nil {
		return false
	}
	switch p.cue.Line.Class {
	case "verb", "support", "explore", "seek", "adopt", "confirm", "task", "pledge", "intend", "decide":
		return !w.finiteOnly(i) && !p.cue.Line.Has("modal")
	}
	return false
}

// alsoNoun tells whether a verb may be a noun here: then it needs an opener (an article, a possessive) behind it.
func (w *walk) alsoNoun(i int) bool {
	p := &w.w[i]
	return p.is("verb") && p.frame.Line.Has("noun") || p.cue != nil && p.cue.Line.Has("noun")
}

// finiteOnly tells whether the cue at a piece has a form that only a finite verb has: agreed, decides, договорились.
func (w *walk) finiteOnly(i int) bool {
	if i >= len(w.w) || w.w[i].cue == nil || w.w[i].cue.Line.Class == "verb" {
		return false
	}
	text := w.r.text(w.w[i].start, w.w[i].end)
	if w.russian {
		return russianFinite(text)
	}
	return strings.HasSuffix(text, "s") && !strings.HasSuffix(text, "ss") || strings.HasSuffix(text, "ed") && text != "need"
}
