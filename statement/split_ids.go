package statement

import (
	"strconv"
	"strings"
)

// names gives every unit of an outline its id.
type names struct {
	taken  map[string]int // ids in use, with how often each was asked for
	prefix bool           // numbers begin anew in the parts, so that clauses carry the id of theirs
	loose  int            // paragraphs without number so far
}

func (o *outline) nameAll() {
	k := &names{taken: map[string]int{}, prefix: numbersRepeat(o.root)}
	k.division(o.root)
}

// numbersRepeat is true when two clauses of the main text, outside annexes and later series, bear the same number.
func numbersRepeat(root *node) bool {
	seen := map[string]bool{}
	var walk func(n *node) bool
	walk = func(n *node) bool {
		for _, c := range n.children {
			switch {
			case c.series > 0, c.mark.unit == annex:
			case c.division():
				if walk(c) {
					return true
				}
			case !c.intro && !c.loose:
				if id := c.mark.number(); seen[id] {
					return true
				} else {
					seen[id] = true
				}
			}
		}
		return false
	}
	return walk(root)
}

// number writes the number of a marker in arabic digits: 4, 4.1.
func (m marker) number() string {
	if m.path == nil {
		return strconv.Itoa(m.value)
	}
	var b strings.Builder
	for i, v := range m.path {
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(strconv.Itoa(v))
	}
	return b.String()
}

// unique gives an id that is not taken: of two clauses that bear one number under one head, the second is "3~2".
func (k *names) unique(id string) string {
	free := id
	for k.taken[free] > 0 {
		k.taken[id]++
		free = id + "~" + strconv.Itoa(k.taken[id])
	}
	k.taken[free] = 1
	return free
}

// division names what stands right under a division.
func (k *names) division(d *node) {
	annexes, prefix := 0, ""
	if d.parent != nil && (k.prefix || d.carries()) {
		prefix = d.id + "."
	}
	for _, c := range d.children {
		switch {
		case c.division():
			if c.mark.unit == annex {
				annexes++
			}
			c.id = k.unique(prefix + c.label(annexes))
			k.division(c)
			continue
		case c.intro && d.parent != nil:
			c.id = k.unique(d.id + ".0")
		case c.intro:
			c.id = k.unique("0")
		case c.loose:
			k.loose++
			c.id = k.unique("p" + strconv.Itoa(k.loose))
		default:
			c.id = k.unique(prefix + c.mark.number())
		}
		k.clause(c)
	}
}

// carries is true of divisions that count anew by nature: annexes, series, and what lies in them.
func (n *node) carries() bool {
	for ; n != nil; n = n.parent {
		if n.series > 0 || n.mark.unit == annex {
			return true
		}
	}
	return false
}

// label is the name of a division within the one it lies in: annex2, III, B, s2.
func (n *node) label(annexes int) string {
	switch {
	case n.series > 0:
		return "s" + strconv.Itoa(n.series)
	case n.mark.unit == annex && n.mark.value == 0:
		return "annex" + strconv.Itoa(annexes)
	case n.mark.unit == annex:
		return "annex" + strconv.Itoa(n.mark.value)
	case n.mark.form == "A." && n.mark.value <= len(latinLetters):
		return strings.ToUpper(latinLetters[n.mark.value-1 : n.mark.value])
	case n.mark.unit == section && n.mark.value <= len(latinLetters) && n.parent.parent != nil:
		return "sec" + strconv.Itoa(n.mark.value)
	}
	if roman := romanNumeral(n.mark.value); roman != "" {
		return roman
	}
	return strconv.Itoa(n.mark.value)
}

// clause names what stands under a clause or a point: points are counted, arabic numbers are kept, and a further
// paragraph is the next point of a clause without points, else a letter after b.
func (k *names) clause(n *node) {
	points, further := 0, 1
	plain := n.parent.division() && !n.pointed()
	for _, c := range n.children {
		switch {
		case c.further:
			further++
			if plain {
				c.id = k.unique(n.id + "." + strconv.Itoa(further))
			} else {
				c.id = k.unique(n.id + letters(further))
			}
		case c.arabic():
			points = c.mark.value
			c.id = k.unique(n.id + "." + strconv.Itoa(points))
		default:
			points++
			c.id = k.unique(n.id + "." + strconv.Itoa(points))
		}
		k.clause(c)
	}
}

// pointed is true of a clause that has points or numbered paragraphs.
func (n *node) pointed() bool {
	for _, c := range n.children {
		if !c.further {
			return true
		}
	}
	return false
}

// arabic is true of a number printed in arabic digits.
func (n *node) arabic() bool {
	return n.mark.unit == numbered && (n.mark.path != nil || strings.Contains(n.mark.form, "1"))
}

// letters counts in letters: 2 is b, 27 is aa.
func letters(n int) string {
	n--
	if n < len(latinLetters) {
		return latinLetters[n : n+1]
	}
	return letters(n/len(latinLetters)) + letters(n%len(latinLetters)+1)
}
