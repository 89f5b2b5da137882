package statement

import "strings"

// node is a unit of the text while its outline is drawn: a division, a clause, a point, a further paragraph of either.
type node struct {
	mark     marker
	parent   *node
	children []*node // in the order of the text
	lines    []int   // its own paragraphs, without those of the units below it
	further  bool    // a further paragraph of its parent
	loose    bool    // a paragraph that stands under no number
	intro    bool    // what stands before the first clause of a division
	series   int     // numbers that begin anew without a heading: the second series has 2
	id       string
}

// division is true of what holds clauses and is none: the whole text, parts, annexes, series.
func (n *node) division() bool {
	return n.parent == nil || n.series > 0 || n.mark.unit >= annex && n.mark.unit <= section || n.sectional()
}

// sectional is true of the roman numbers and capital letters that head sections.
func (n *node) sectional() bool { return n.mark.unit == numbered && sectional(n.mark.form) }

func sectional(form string) bool { return form == "I." || form == "A." || form == "А." }

// rank orders divisions and articles: what has a lower rank ends what has the same or a higher one.
func (n *node) rank() int {
	switch {
	case n.parent == nil:
		return -1
	case n.series > 0:
		return 8
	case n.mark.form == "I.":
		return 5
	case n.sectional():
		return 6
	case n.mark.unit == article:
		return 7
	case n.mark.unit >= annex && n.mark.unit <= section:
		return int(n.mark.unit)
	}
	return 9
}

// outline draws the tree of a text from its lines.
type outline struct {
	list    []line
	root    *node
	open    []*node // from the root down
	numbers bool    // the text has numbered clauses
}

func drawOutline(list []line) *outline {
	root := &node{}
	o := &outline{list: list, root: root, open: []*node{root}}
	for _, l := range list {
		if l.role != Furniture && l.role != closing && (l.mark.unit == article || l.mark.unit == numbered && strong(l.mark.form)) {
			o.numbers = true
		}
	}
	for i := range list {
		o.place(i)
	}
	return o
}

// strong is true of forms that number clauses; letters and small roman numerals number points under something.
func strong(form string) bool {
	switch form {
	case "1.", "1)", "(1)", "一、", "(一)", "1.1.", "1.1.1.":
		return true
	}
	return false
}

func (o *outline) top() *node { return o.open[len(o.open)-1] }

// place puts line i where it belongs.
func (o *outline) place(i int) {
	l := &o.list[i]
	switch {
	case l.role == Furniture || l.role == Title:
	case l.role == closing:
		o.closeTo(func(n *node) bool { return n.parent == nil })
	case l.mark.unit == article, l.mark.unit == numbered && !sectional(l.mark.form) && !l.hashed:
		o.number(i)
	case l.mark.unit == dashed:
		o.point(i)
	case l.mark.unit != unmarked && (!l.hashed || l.mark.unit != numbered || sectional(l.mark.form)):
		o.divide(i)
	case l.role == Heading && o.subtitle(i):
		o.join(i, o.list[i-1].clause)
	case l.role == Heading:
		o.closeTo((*node).division)
	default:
		o.paragraph(i)
	}
}

// subtitle is true of a heading right under the bare number of its unit: "Article 5", then "Customs duties".
func (o *outline) subtitle(i int) bool {
	return i > 0 && o.list[i-1].words == "" && o.list[i-1].clause != nil && o.list[i-1].mark.unit != unmarked && o.list[i].mark.unit == unmarked
}

// closeTo ends the open units up to the innermost one that keeps.
func (o *outline) closeTo(keeps func(*node) bool) {
	for !keeps(o.top()) {
		o.open = o.open[:len(o.open)-1]
	}
}

// add opens a unit under the innermost open one, with line i as its first paragraph.
func (o *outline) add(i int, n *node) *node {
	n.parent = o.top()
	n.parent.children = append(n.parent.children, n)
	if i >= 0 {
		n.lines = append(n.lines, i)
		o.list[i].clause = n
	}
	o.open = append(o.open, n)
	return n
}

// divide opens a division: Annex II, Chapter 3, I. General.
func (o *outline) divide(i int) {
	n := &node{mark: o.list[i].mark}
	n.parent = o.root // so that rank tells it from the root
	rank := n.rank()
	o.closeTo(func(open *node) bool { return open.division() && open.rank() < rank })
	o.add(i, n)
}

// number opens a clause or a numbered point: a sibling of the open unit that is written alike, else a child of the innermost.
func (o *outline) number(i int) {
	m := o.list[i].mark
	n := &node{mark: m}
	switch {
	case m.unit == article:
		o.closeTo(func(open *node) bool { return open.division() && open.series == 0 })
	case o.sibling(m):
	case m.path != nil && o.under(m.path):
	case strong(m.form) || !o.numbers:
		o.closeTo(func(open *node) bool { return !open.further && !open.intro && (!open.loose || !o.numbers) })
	default:
		o.closeTo(func(open *node) bool { return !open.intro && (!open.further || o.leads(open)) })
	}
	o.add(i, n)
}

// sibling closes the open units down to the parent of one that is written like m and comes before it. A list of
// clauses that begins anew at 1 opens a series.
func (o *outline) sibling(m marker) bool {
	for at := len(o.open) - 1; at > 0; at-- {
		n := o.open[at]
		if n.mark.form != m.form || n.mark.unit != m.unit {
			continue
		}
		o.open = o.open[:at]
		if m.value <= n.mark.value && m.path == nil && o.top().division() {
			o.restart()
		}
		return true
	}
	if parent := o.top(); m.path == nil && parent.division() && parent.highest(m.form) >= m.value {
		o.restart()
		return true
	}
	return false
}

// highest is the largest number of a form among the children of a division.
func (n *node) highest(form string) int {
	v := 0
	for _, c := range n.children {
		if c.mark.form == form {
			v = max(v, c.mark.value)
		}
	}
	return v
}

// restart opens the next series of numbers under the division that holds the last one.
func (o *outline) restart() {
	holder := o.top()
	if holder.series > 0 {
		o.open = o.open[:len(o.open)-1]
		holder = o.top()
	}
	series := 2
	for at := len(holder.children) - 1; at >= 0; at-- { // the last series has the highest number
		if c := holder.children[at]; c.series > 0 {
			series = c.series + 1
			break
		}
	}
	o.add(-1, &node{series: series})
}

// under closes the open units down to the one that 4.1 belongs to: 4, or 4.1 for 4.1.2.
func (o *outline) under(path []int) bool {
	for at := len(o.open) - 1; at > 0; at-- {
		n := o.open[at]
		if n.mark.path != nil && len(n.mark.path) < len(path) && samePath(n.mark.path, path) ||
			n.mark.path == nil && n.mark.value == path[0] && (n.mark.unit == article || n.mark.form == "1.") {
			o.open = o.open[:at+1]
			return true
		}
	}
	o.closeTo((*node).division)
	return true
}

func samePath(short, long []int) bool {
	for i, v := range short {
		if long[i] != v {
			return false
		}
	}
	return true
}

// point opens a dash or bullet: a sibling of the open one, else a child of the clause that leads it in. In what stands
// before the first clause it is a paragraph like others.
func (o *outline) point(i int) {
	if o.numbers && (o.top().division() || o.top().intro) {
		o.paragraph(i)
		return
	}
	if !o.sibling(o.list[i].mark) {
		o.closeTo(func(open *node) bool { return !open.further || o.leads(open) })
	}
	if o.top().division() {
		o.paragraph(i)
		return
	}
	o.add(i, &node{mark: o.list[i].mark})
}

// leads is true of a further paragraph that leads in points.
func (o *outline) leads(n *node) bool {
	l := &o.list[n.lines[len(n.lines)-1]]
	return n.further && (l.ends() == ':' || l.ends() == '：')
}

// paragraph places a line without number: a further paragraph of the open clause or point, the introduction of a
// division, or a clause of its own.
func (o *outline) paragraph(i int) {
	if !o.numbers {
		o.closeTo((*node).division)
		o.add(i, &node{loose: true})
		return
	}
	o.closeTo(func(n *node) bool { return !n.further && !n.loose })
	if o.finished(o.top()) {
		o.open = o.open[:len(o.open)-1]
	}
	top := o.top()
	switch {
	case top.intro && !o.enacted(top):
		o.join(i, top)
	case top.intro:
		o.open = o.open[:len(o.open)-1]
		o.add(i, &node{loose: true})
	case top.division() && len(top.children) == 1 && top.children[0].intro && !o.enacted(top.children[0]):
		o.open = append(o.open, top.children[0])
		o.join(i, top.children[0])
	case top.division() && len(top.children) == 0 && top.series == 0:
		o.add(i, &node{intro: true})
	case top.division():
		o.add(i, &node{loose: true})
	case len(top.children) == 0 && o.list[top.lines[len(top.lines)-1]].role == Heading:
		o.join(i, top)
	default:
		o.add(i, &node{further: true})
	}
}

// enacted is true of a preamble that has been closed by its formula: what follows is a clause even without number.
func (o *outline) enacted(n *node) bool { return o.list[n.lines[len(n.lines)-1]].enacts }

// finished is true of the last point of a list that its punctuation closes: the points before it end in semicolons,
// it ends in a full stop. What follows belongs to the clause that holds the list.
func (o *outline) finished(n *node) bool {
	if n.mark.unit == unmarked || n.parent.division() || len(n.parent.children) < 2 || len(n.lines) == 0 {
		return false
	}
	before := n.parent.children[len(n.parent.children)-2]
	if len(before.lines) == 0 || before.mark.form != n.mark.form {
		return false
	}
	own, other := o.list[n.lines[0]].ends(), o.list[before.lines[0]].ends()
	return strings.ContainsRune(".。", own) && strings.ContainsRune(";；,，", other)
}

// join makes line i a paragraph of n.
func (o *outline) join(i int, n *node) {
	n.lines = append(n.lines, i)
	o.list[i].clause = n
}
