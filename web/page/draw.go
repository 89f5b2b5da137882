package page

import (
	"html/template"
	"strconv"
	"strings"
)

// Drawing is HTML that is written by code instead of a template: what stands on a page fifty times, where a template would
// be most of the page's cost. What is put into it is escaped unless it is a part of the markup itself.
type Drawing struct{ b strings.Builder }

// Mark adds markup as it is: it is written in the program.
func (d *Drawing) Mark(markup string) *Drawing { d.b.WriteString(markup); return d }

// Say adds words, escaped for text and for attributes in double quotes.
func (d *Drawing) Say(words string) *Drawing { escaper.WriteString(&d.b, words); return d }

// Int adds a whole number in plain figures.
func (d *Drawing) Int(n int64) *Drawing {
	var figures [20]byte
	d.b.Write(strconv.AppendInt(figures[:0], n, 10))
	return d
}

// HTML is what was drawn.
func (d *Drawing) HTML() template.HTML { return template.HTML(d.b.String()) }

// escaper escapes as package html/template does in text and in quoted attributes.
var escaper = strings.NewReplacer("\x00", "\uFFFD", "&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;", "+", "&#43;")
