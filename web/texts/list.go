package texts

import (
	"cmp"
	"slices"

	"concord/web/page"
)

// textsPage is the list of texts.
type textsPage struct {
	*page.Frame
	Texts []page.TextLine
}

// list is the list of texts, the latest adopted first.
func list(f *page.Frame) (page.Page, error) {
	f.About(f.T("texts.title"), "*")
	p := &textsPage{Frame: f}
	for _, t := range f.State.Texts() {
		p.Texts = append(p.Texts, f.TextLine(t))
	}
	slices.SortStableFunc(p.Texts, func(a, b page.TextLine) int { return cmp.Compare(b.Adopted, a.Adopted) })
	return p, nil
}
