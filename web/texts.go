package web

import (
	"cmp"
	"net/http"
	"slices"

	"concord/web/page"
)

// textsPage is the list of texts.
type textsPage struct {
	*page.Frame `json:"-"`
	Texts       []page.TextLine `json:"texts"`
}

// listTexts is the list of texts, the latest adopted first.
func listTexts(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	return s.Show(w, r, "texts", func(f *page.Frame) (any, error) {
		m := f.State
		f.About(f.T("texts.title"), "*")
		p := &textsPage{Frame: f}
		for _, t := range m.Texts() {
			p.Texts = append(p.Texts, f.TextLine(t))
		}
		slices.SortStableFunc(p.Texts, func(a, b page.TextLine) int { return cmp.Compare(b.Adopted, a.Adopted) })
		return p, nil
	})
}
