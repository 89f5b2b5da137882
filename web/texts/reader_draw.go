package texts

import (
	"bytes"
	"html/template"
	"strconv"
	"strings"

	"concord/statement"
	"concord/web/page"
)

// draw writes the rows: markup that a long text has thousands of. A template would take most of the page's time for it
// (see BenchmarkReader). Bars and chips are still the shared parts, drawn once for all notes that are alike.
func (p *readerPage) draw(parts *template.Template) error {
	if p.JSON {
		return nil
	}
	d := &drawing{page: p, parts: parts, drawn: map[string]string{}, add: p.T("reader.add")}
	d.b.Grow(len(p.Rows) * 1024) // about what a clause takes
	for _, row := range p.Rows {
		if err := d.row(row); err != nil {
			return err
		}
	}
	p.Drawn = template.HTML(d.b.String())
	return nil
}

// drawing is a page being drawn.
type drawing struct {
	page  *readerPage
	parts *template.Template
	drawn map[string]string // shared parts drawn before
	add   string            // the words for adding a commitment
	b     strings.Builder
}

// row draws a clause: its number, its words in each language, and the notes unless languages stand side by side.
func (m *drawing) row(row readerRow) error {
	m.b.WriteString(`<section class="clause"`)
	if row.Anchor != "" {
		m.attr("id", row.Anchor)
		m.attr("data-fragment", row.Anchor)
	}
	if row.ID != "" {
		m.attr("aria-label", m.page.ClauseName(row.ID))
	}
	m.b.WriteString(">")
	m.number(row)
	for _, cell := range row.Cells {
		m.cell(cell)
	}
	if m.page.View != "side" {
		m.b.WriteString(`<div class="notes">`)
		for _, n := range row.Notes {
			if err := m.note(n); err != nil {
				return err
			}
		}
		m.passed(row.Passed)
		m.b.WriteString(`</div>`)
	} else {
		m.differences(row)
	}
	m.b.WriteString("</section>\n")
	return nil
}

// number draws the clause's number, a link to itself, and the way to add a commitment from here.
func (m *drawing) number(row readerRow) {
	class := "no"
	if row.Quiet {
		class = "no quiet-no"
	}
	m.b.WriteString(`<div class="` + class + `">`)
	if row.ID != "0" && row.Anchor != "" {
		m.b.WriteString(`<a`)
		m.attr("href", "#"+row.Anchor)
		if row.Number != "" {
			m.attr("title", row.Number)
		}
		m.b.WriteString(`>`)
		escape(&m.b, row.ID)
		m.b.WriteString(`</a>`)
	}
	if m.page.Adds {
		m.b.WriteString(`<a class="add"`)
		m.attr("href", m.page.Link("/texts/%s/review?open=add&start=%s", m.page.Text.Code, row.Start))
		m.attr("title", m.add)
		m.b.WriteString(`><span aria-hidden="true">+</span>`)
		m.in("span", "visually-hidden", "", m.add)
		m.b.WriteString(`</a>`)
	}
	m.b.WriteString(`</div>`)
}

// cell draws a clause in one language.
func (m *drawing) cell(c readerCell) {
	m.b.WriteString(`<div class="text"`)
	if c.Lang != "" {
		m.attr("lang", c.Lang)
	}
	m.b.WriteString(`>`)
	if c.Missing {
		m.in("p", "missing", m.page.HTMLLang(), m.page.T("reader.missing", m.page.LanguageName(c.Base())))
	}
	for _, p := range c.Paragraphs {
		m.paragraph(p)
	}
	if len(c.received) > 0 {
		m.b.WriteString(`<div class="as-received">`)
		for _, x := range c.received {
			x.drawReceived(&m.b)
		}
		m.b.WriteString(`</div>`)
	}
	m.b.WriteString(`</div>`)
}

func (m *drawing) paragraph(p readerParagraph) {
	element := "p"
	if p.Role == statement.Title || p.Role == statement.Heading {
		element = "h2"
	}
	m.b.WriteString("<" + element)
	m.attr("class", "r-"+string(p.Role)+" t-"+string(p.Type))
	if m.page.Copy != nil {
		m.attr("data-at", strconv.Itoa(p.At))
	}
	m.b.WriteString(">")
	if p.Printed != "" {
		m.in("span", "printed", "", p.Printed)
	}
	for _, x := range p.pieces {
		x.draw(&m.b, m.link)
	}
	m.b.WriteString("</" + element + ">")
}

// link is an address that keeps a reader of the past in that day.
func (m *drawing) link(address string) string { return m.page.Link(address) }

func (m *drawing) attr(name, value string) {
	m.b.WriteString(" " + name + `="`)
	escape(&m.b, value)
	m.b.WriteString(`"`)
}

// part draws a shared part, or gives it as drawn before under the same key.
func (m *drawing) part(name, key string, data func() any) error {
	key = name + " " + key
	html, ok := m.drawn[key]
	if !ok {
		var b bytes.Buffer
		if err := m.parts.ExecuteTemplate(&b, name, data()); err != nil {
			return err
		}
		html = b.String()
		m.drawn[key] = html
	}
	m.b.WriteString(html)
	return nil
}

// in writes words inside an element with a language.
func (m *drawing) in(element, class, lang, words string) {
	m.b.WriteString("<" + element)
	if class != "" {
		m.b.WriteString(` class="` + class + `"`)
	}
	if lang != "" {
		m.b.WriteString(` lang="`)
		escape(&m.b, lang)
		m.b.WriteString(`"`)
	}
	m.b.WriteString(">")
	escape(&m.b, words)
	m.b.WriteString("</" + element + ">")
}

// note draws the note of one commitment.
func (m *drawing) note(n page.Note) error {
	m.b.WriteString(`<div class="margin ` + n.State + `" id="n-` + n.Ref + `" data-ref="` + n.Ref + `"><header>`)
	if err := m.part("strength", strconv.Itoa(n.Strength), func() any { return m.page.Strength(n.Force()) }); err != nil {
		return err
	}
	m.b.WriteString(`<a class="ref"`)
	m.attr("href", m.link(n.Href))
	m.b.WriteString(`>` + n.Ref + `</a>`)
	if len(n.Parties) > 0 {
		if err := m.part("chips", strings.Join(n.Parties, " "), func() any { return m.page.Chips(n.Parties) }); err != nil {
			return err
		}
	}
	if n.State == "proposed" {
		m.in("span", "tag", "", m.page.T("review.state.proposed"))
	}
	m.b.WriteString(`</header>`)
	if n.Who != "" {
		m.in("small", "who-said", n.WhoLang, n.Who)
	}
	m.in("span", "", n.SaysLang, n.Says)
	m.deadline(n)
	m.why(n)
	m.b.WriteString(`</div>`)
	return nil
}

// deadline says by when, and how that was read.
func (m *drawing) deadline(n page.Note) {
	if n.Deadline == "" {
		return
	}
	m.b.WriteString(`<small class="due">`)
	m.in("b", "", "", n.Deadline)
	if n.Written != "" {
		m.b.WriteString(" · ")
		m.in("q", "", n.Lang, n.Written)
	}
	if n.Basis != "" {
		m.b.WriteString(" · ")
		escape(&m.b, m.page.T("review.basis."+n.Basis))
	}
	m.b.WriteString(`</small>`)
}

// why says which cue and which rule made the proposal.
func (m *drawing) why(n page.Note) {
	if n.Cue == "" {
		return
	}
	m.b.WriteString(`<small class="why">`)
	escape(&m.b, m.page.T("reader.cue")+" ")
	m.in("b", "", n.Lang, n.Cue)
	if n.From == "chapeau" {
		escape(&m.b, " · "+m.page.T("review.from.chapeau"))
	}
	escape(&m.b, " · "+m.page.T("reader.rule")+" ")
	m.in("code", "", "", n.Rule)
	m.b.WriteString(`</small>`)
}

// passedShown is how many passages that are no commitments a clause shows at once; the others open on demand.
const passedShown = 2

// passed draws the passages that are no commitments.
func (m *drawing) passed(list []readerPassed) {
	for i, x := range list {
		if i == passedShown {
			m.b.WriteString(`<details class="more-not"><summary>`)
			escape(&m.b, m.page.N("reader.more-not", len(list)-passedShown))
			m.b.WriteString(`</summary>`)
		}
		m.b.WriteString(`<p class="margin not">`)
		m.in("q", "", x.Lang, x.Words)
		m.b.WriteString(` <span>`)
		if x.Href != "" {
			m.b.WriteString(`<a class="ref"`)
			m.attr("href", m.link(x.Href))
			m.b.WriteString(`>` + x.Ref + `</a> `)
		}
		escape(&m.b, m.page.T("reader.not", x.Said))
		m.b.WriteString(`</span></p>`)
	}
	if len(list) > passedShown {
		m.b.WriteString(`</details>`)
	}
}

// escape writes text into markup or into a quoted attribute.
func escape(b *strings.Builder, text string) { markupSigns.WriteString(b, text) }

var markupSigns = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// draw writes a piece of the reading, its addresses made by link: marked words lead to what became of them, and the number stands behind the last.
func (p piece) draw(b *strings.Builder, link func(address string) string) {
	if !p.Marked() {
		escape(b, p.Text)
		return
	}
	b.WriteString(`<mark class="` + p.Class() + `" data-refs="` + p.Refs() + `"`)
	if len(p.Opens) > 0 {
		b.WriteString(` id="` + p.Opens[0].Ref + `"`)
	}
	b.WriteString(`><a href="`)
	escape(b, link(p.Mark().Href()))
	b.WriteString(`">`)
	escape(b, p.Text)
	b.WriteString(`</a></mark>`)
	for _, m := range p.Closes {
		class := "at"
		if m.Waiting {
			class = "at waiting"
		}
		b.WriteString(`<sup class="` + class + `">` + m.Short + `</sup>`)
	}
}

// drawReceived writes a piece of the text as it came: what a repair read over is struck out, what is read instead stands
// behind it; markup of the file's format is left out.
func (p piece) drawReceived(b *strings.Builder) {
	if p.Marked() {
		b.WriteString(`<mark class="` + p.Class() + `">`)
		defer b.WriteString(`</mark>`)
	}
	switch {
	case p.Edit == nil:
		escape(b, p.Text)
	case p.Edit.Kind == "":
		escape(b, p.Now)
	case p.Edit.Plain:
		b.WriteString(`<span class="trad"` + p.anchor() + ` title="`)
		escape(b, p.Now)
		b.WriteString(`">`)
		escape(b, p.Text)
		b.WriteString(`</span>`)
	default:
		b.WriteString(`<del class="` + p.Edit.Kind + `"` + p.anchor() + `>`)
		escape(b, p.Text)
		b.WriteString(`</del>`)
		if p.Now != "" {
			b.WriteString(`<ins>`)
			escape(b, p.Now)
			b.WriteString(`</ins>`)
		}
	}
}

// anchor is the anchor of the repair, on its first piece.
func (p piece) anchor() string {
	if p.Part {
		return ""
	}
	return ` id="e` + strconv.Itoa(p.Edit.ID) + `"`
}
