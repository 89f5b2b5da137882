package statement

import (
	"strconv"
	"strings"
)

// split fills the Paragraphs, Clauses and Numbered of a document from its Reading and its Language. It gives one
// paragraph for every line that is not empty, and drops none: paragraphs are counted by others in this order.
func split(d *Document) {
	d.Paragraphs = lines(d.Reading)
	d.Clauses = nil
	for i := range d.Paragraphs {
		p := &d.Paragraphs[i]
		p.Type, p.Role, p.Clause = Operative, Body, "p"+strconv.Itoa(i+1)
		d.Clauses = append(d.Clauses, Clause{ID: p.Clause, Start: p.Start, End: p.End})
	}
}

// lines gives a bare paragraph for each line of reading that has something on it, without the spaces around it.
func lines(reading string) []Paragraph {
	var list []Paragraph
	for at := 0; at < len(reading); {
		end := len(reading)
		if i := strings.IndexByte(reading[at:], '\n'); i >= 0 {
			end = at + i
		}
		line := reading[at:end]
		if words := strings.TrimSpace(line); words != "" {
			start := at + strings.Index(line, words)
			list = append(list, Paragraph{Start: start, End: start + len(words), Text: start})
		}
		at = end + 1
	}
	return list
}
