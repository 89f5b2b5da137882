package texts

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// layer is a range of a text, in bytes, that is shown in a way of its own: the words of a commitment, or a repair.
// Layers may lie in or across each other; the markup that shows them may not, so a text is cut where any layer begins
// or ends.
type layer struct {
	From, To int
	Mark     *mark
	Edit     *shownEdit
}

// mark says how the words of one commitment are shown in a text.
type mark struct {
	Ref     string // CHD24-07; the anchor of its first words and the address of what became of it
	Short   string // 07, printed behind its last words
	N       int    // its number among the proposals of the text
	Weight  int    // strength, 1 to 5
	Waiting bool   // not decided yet: shown to those who may see proposals
	Text    string // the code of its text
}

// shownEdit is a repair as it is shown in the text as received.
type shownEdit struct {
	ID    int    // counts from 1, in the order of the text
	Kind  string // one of the kinds of package statement, or empty for markup of the file's format
	Now   string
	Plain bool // characters read in another form, one for one: shown as they are
}

// piece is a run of text under the same layers.
type piece struct {
	Text   string
	Marks  []*mark // the shortest first
	Opens  []*mark // those whose first words these are
	Closes []*mark // those whose last words these are
	Edit   *shownEdit
	Now    string // what the repair reads the piece as
	Part   bool   // not the first piece of the repair
}

// Marked says whether the piece is part of a commitment's words.
func (p piece) Marked() bool { return len(p.Marks) > 0 }

// Mark is the commitment that a click on the piece leads to: of several, the one with the fewest words.
func (p piece) Mark() *mark { return p.Marks[0] }

// Refs names all commitments that the piece is part of, for the script that lights up their notes.
func (p piece) Refs() string {
	refs := make([]string, len(p.Marks))
	for i, m := range p.Marks {
		refs[i] = m.Ref
	}
	return strings.Join(refs, " ")
}

// Class is the style of a marked piece: as strong as the strongest of its commitments.
func (p piece) Class() string {
	weight, waiting := 0, true
	for _, m := range p.Marks {
		weight = max(weight, m.Weight)
		waiting = waiting && m.Waiting
	}
	class := "w" + string(rune('0'+weight))
	if waiting {
		class += " waiting"
	}
	if len(p.Marks) > 1 {
		class += " several"
	}
	return class
}

// pieces cuts text[from:to] where a layer begins or ends. The layers are in the order of their beginnings.
func pieces(text string, from, to int, layers []layer) []piece {
	cuts := []int{from, to}
	n := 0
	for ; n < len(layers) && layers[n].From < to; n++ {
		if l := layers[n]; l.To > from {
			cuts = append(cuts, max(l.From, from), min(l.To, to))
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	list := make([]piece, 0, len(cuts))
	var on []layer // that the piece lies in
	next := 0
	for i := range len(cuts) - 1 {
		on = slices.DeleteFunc(on, func(l layer) bool { return l.To <= cuts[i] })
		for ; next < n && layers[next].From <= cuts[i]; next++ {
			if layers[next].To > cuts[i] {
				on = append(on, layers[next])
			}
		}
		list = append(list, pieceOf(text, cuts[i], cuts[i+1], on))
	}
	return list
}

// pieceOf makes the piece text[from:to], which lies in all the layers given.
func pieceOf(text string, from, to int, on []layer) piece {
	p := piece{Text: text[from:to]}
	marks := make([]layer, 0, len(on))
	for _, l := range on {
		switch {
		case l.Edit != nil:
			p.Edit, p.Now, p.Part = l.Edit, l.now(text, from, to), from > l.From
		case l.Mark != nil:
			marks = append(marks, l)
		}
	}
	slices.SortStableFunc(marks, func(a, b layer) int { return cmp.Compare(a.To-a.From, b.To-b.From) })
	for _, l := range marks {
		p.Marks = append(p.Marks, l.Mark)
		if l.From == from {
			p.Opens = append(p.Opens, l.Mark)
		}
		if l.To == to {
			p.Closes = append(p.Closes, l.Mark)
		}
	}
	return p
}

// now is what text[from:to], a part of the layer's repair, is read as: character for character where the repair goes so,
// else all of it with the first part.
func (l layer) now(text string, from, to int) string {
	was, now := []rune(text[l.From:l.To]), []rune(l.Edit.Now)
	if len(was) == len(now) {
		skip := len([]rune(text[l.From:from]))
		return string(now[skip : skip+len([]rune(text[from:to]))])
	}
	if from == l.From {
		return l.Edit.Now
	}
	return ""
}

// layering keeps the layers of a text so that it need not be searched anew for every paragraph. They are in the order of
// their beginnings; reach[i] is the furthest end of the layers up to i.
type layering struct {
	layers []layer
	reach  []int
}

func newLayering(layers []layer) layering {
	slices.SortStableFunc(layers, func(a, b layer) int { return cmp.Compare(a.From, b.From) })
	reach := make([]int, len(layers))
	far := 0
	for i, l := range layers {
		far = max(far, l.To)
		reach[i] = far
	}
	return layering{layers, reach}
}

// over gives the layers from the first one on that may reach beyond byte at.
func (l layering) over(at int) []layer {
	i, _ := slices.BinarySearch(l.reach, at+1)
	return l.layers[i:]
}

// Href leads from the words to what became of them.
func (m *mark) Href() string {
	if m.Waiting {
		return "/texts/" + m.Text + "/review?n=" + strconv.Itoa(m.N)
	}
	return "/commitments/" + m.Ref
}
