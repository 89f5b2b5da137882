package commitments

import (
	"html/template"

	"concord/commitment"
	"concord/web/page"
)

// Draw draws a row of the matrix. A page has some hundred of them, so no template does it.
func (p *matrixPage) Draw(r matrixRow) template.HTML {
	d := &page.Drawing{}
	d.Mark(`<tr role="row" data-row data-fragment="row-`).Say(r.Ref).Mark(`" id="`).Say(r.Ref).Mark("\">\n")
	d.Mark(`<th role="rowheader" scope="row" class="no"><a class="ref" href="`).Say(p.Link("/commitments/%s", r.Ref)).Mark(`">`).Say(r.Ref).Mark("</a></th>\n")
	p.drawWhat(d, r)
	for _, column := range matrixColumns {
		if p.Ask.Has(column) {
			p.drawCell(d, column, r)
		}
		d.Mark("\n")
	}
	return d.Mark("</tr>").HTML()
}

// drawWhat draws what is promised and, where that is not simply all parties, by whom.
func (p *matrixPage) drawWhat(d *page.Drawing, r matrixRow) {
	d.Mark(`<td role="cell" class="what"><span lang="`).Say(r.In).Mark(`">`).Say(r.Says).Mark(`</span>`)
	if r.Described() {
		d.Mark(` <small>`)
		if r.Kind == commitment.Subset {
			d.Mark(`<span class="tag">`).Say(p.T("commitments.subset")).Mark(`</span> `)
		}
		d.Mark(`<span lang="`).Say(r.WhoIn).Mark(`">`).Say(r.Who).Mark(`</span></small>`)
	}
	d.Mark("</td>\n")
}

// drawCell draws what a row has in a column; for the parties, one cell each.
func (p *matrixPage) drawCell(d *page.Drawing, column string, r matrixRow) {
	switch column {
	case "clause":
		d.Mark(`<td role="cell" class="clause-no"><a href="`).Say(p.Link("/texts/%s#c%s", r.Text, r.Clause)).Mark(`">`).Say(r.Clause).Mark(`</a></td>`)
	case "track":
		d.Mark(`<td role="cell" class="track">`).Say(p.Each(r.Tracks, p.TrackName)).Mark(`</td>`)
	case "strength":
		d.Mark(`<td role="cell" class="firm">`).Mark(string(r.Bars.Draw())).Mark(`</td>`)
	case "deadline":
		p.drawDeadline(d, r)
	case "parties":
		for _, cell := range r.Cells {
			cell.draw(d)
		}
	case "instrument":
		d.Mark(`<td role="cell" class="to-sign">`)
		if r.Instrument != "" {
			d.Say(p.Instrument(r.Instrument))
		}
		d.Mark(`</td>`)
	case "missing":
		d.Mark(`<td role="cell" class="lacks">`)
		for _, m := range r.Missing {
			d.Mark(`<span class="tag" title="`).Say(p.T("review.missing." + string(m))).Mark(`">`).Say(p.T("commitments.lacks." + string(m))).Mark(`</span> `)
		}
		d.Mark(`</td>`)
	case "state":
		class, state := "quiet", "summarized"
		if r.Accepted() {
			class, state = "in", "accepted"
		}
		d.Mark(`<td role="cell" class="state"><span class="` + class + `" title="`).Say(p.T("commitments.state." + state + ".why"))
		d.Mark(`">`).Say(p.T("commitments.state.short." + state)).Mark(`</span></td>`)
	}
}

func (p *matrixPage) drawDeadline(d *page.Drawing, r matrixRow) {
	d.Mark(`<td role="cell" class="by">`)
	if r.Deadline == nil {
		d.Mark(`<span class="quiet">`).Say(p.T("commitments.undated")).Mark(`</span></td>`)
		return
	}
	d.Mark(`<span title="`).Say(r.Read).Mark(`">`).Say(r.By).Mark(`</span>`)
	if r.Far != "" {
		d.Mark(` <small`)
		if r.Passed {
			d.Mark(` class="passed"`)
		}
		d.Mark(`>`).Say(r.Far).Mark(`</small>`)
	}
	d.Mark(`</td>`)
}

func (c partyCell) draw(d *page.Drawing) {
	d.Mark(`<td role="cell" class="p ` + string(c.State) + `" data-p="`).Say(c.Code).Mark(`"`)
	if c.State == commitment.MayBindIt {
		d.Mark(` title="`).Say(c.Said).Mark(`"`)
	}
	d.Mark(`><span class="visually-hidden">`).Say(c.Said).Mark(`</span></td>`)
}
