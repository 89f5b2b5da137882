package search

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"concord/calendar"
	"concord/commitment"
)

// Order says how lines stand: by group, within a group by what is asked for, then as in the ledger.
type Order struct {
	Group string // track, clause, strength, who; anything else: no groups
	Sort  string // strength, deadline; anything else: as in the ledger
}

// known is the order with what is anything else left out.
func (o Order) known() Order {
	if !slices.Contains([]string{"track", "clause", "strength", "who"}, o.Group) {
		o.Group = ""
	}
	if !slices.Contains([]string{"strength", "deadline"}, o.Sort) {
		o.Sort = ""
	}
	return o
}

// Place is where a line stands in an order. It depends on nothing but the line itself, so that a list can be followed from
// place to place while other lines come and go. The zero Place is before all.
type Place struct {
	group  int    // rank of the group
	clause string // within its text, where lines are grouped by clause
	within int    // rank within the group
	text   int    // place of the text in the ledger
	number int    // of the reference
}

// noTrack is the rank of what has no lead track, or one that nobody knows.
const noTrack = math.MaxInt32

// whoRanks is the order of the groups by actor.
var whoRanks = []commitment.ActorKind{commitment.All, commitment.Organ, commitment.Subset, commitment.One}

// PlaceOf is where a line stands.
func (o Order) PlaceOf(ln *Line) Place {
	p := ln.place
	switch o.Group {
	case "track":
		p.group = ln.lead
	case "clause":
		p.group, p.clause = p.text, ln.clause
	case "strength":
		p.group = int(commitment.Decide - ln.Strength())
	case "who":
		p.group = slices.Index(whoRanks, ln.Kind)
	}
	switch o.Sort {
	case "strength":
		p.within = int(commitment.Decide - ln.Strength())
	case "deadline":
		p.within = dueRank(ln.Deadline())
	}
	return p
}

// Compare orders places.
func (p Place) Compare(q Place) int {
	switch {
	case p.group != q.group:
		return cmp.Compare(p.group, q.group)
	case p.clause != q.clause:
		return cmp.Compare(p.clause, q.clause)
	case p.within != q.within:
		return cmp.Compare(p.within, q.within)
	case p.text != q.text:
		return cmp.Compare(p.text, q.text)
	}
	return cmp.Compare(p.number, q.number)
}

// Grouped says whether two places are in the same group.
func (p Place) Grouped(q Place) bool { return p.group == q.group && p.clause == q.clause }

// dueRank orders deadlines: at once, by their last day, then those that name none, then what has no deadline.
func dueRank(d *commitment.Deadline) int {
	last := d.LastDay()
	switch {
	case d == nil:
		return math.MaxInt32
	case d.Value.Kind == calendar.Now:
		return 0
	case last.IsZero():
		return math.MaxInt32 - 1
	}
	year, month, day := last.Date()
	return year*10000 + int(month)*100 + day // 20251231
}

// clauseKey orders the ids of clauses as a text has them: numbers by their value, what stands before the first clause first.
func clauseKey(id string) string {
	if id == "0" {
		return ""
	}
	var b strings.Builder
	for i := 0; i < len(id); {
		j := i
		for j < len(id) && id[j] >= '0' && id[j] <= '9' {
			j++
		}
		if j == i {
			b.WriteByte(id[i])
			i++
			continue
		}
		fmt.Fprintf(&b, "%06s", id[i:j])
		i = j
	}
	return b.String()
}

// Cursor is the place after a line, for the address of what follows: it tells the order, too, since a place means nothing in
// another.
func (o Order) Cursor(p Place) string {
	return base64.RawURLEncoding.EncodeToString(
		fmt.Appendf(nil, "%s~%s~%d~%s~%d~%d~%d", o.Group, o.Sort, p.group, p.clause, p.within, p.text, p.number))
}

// PlaceAfter reads a cursor of this order; ok is false for anything else.
func (o Order) PlaceAfter(cursor string) (p Place, ok bool) {
	plain, err := base64.RawURLEncoding.DecodeString(cursor)
	part := strings.Split(string(plain), "~")
	if err != nil || len(part) != 7 || part[0] != o.Group || part[1] != o.Sort {
		return p, false
	}
	p.clause = part[3]
	for _, n := range []struct {
		into *int
		from string
	}{{&p.group, part[2]}, {&p.within, part[4]}, {&p.text, part[5]}, {&p.number, part[6]}} {
		if *n.into, err = strconv.Atoi(n.from); err != nil {
			return Place{}, false
		}
	}
	return p, p.number > 0 && p.text >= 0
}
