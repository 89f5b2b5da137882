package statement

import "slices"

// ClauseAt is the id of the innermost clause at a byte of Reading.
func (d *Document) ClauseAt(at int) string {
	for _, p := range d.Paragraphs {
		if at <= p.End {
			return p.Clause
		}
	}
	return ""
}

// ChapeauOf is the lead-in that governs a clause: the first paragraph of the nearest clause above it that leads in.
func (d *Document) ChapeauOf(id string) string {
	for id != "" {
		i := slices.IndexFunc(d.Clauses, func(c Clause) bool { return c.ID == id })
		if i < 0 {
			return ""
		}
		if d.Clauses[i].Chapeau {
			for _, p := range d.Paragraphs {
				if p.Clause == id {
					return d.Reading[p.Text:p.End]
				}
			}
		}
		id = d.Clauses[i].Parent
	}
	return ""
}
