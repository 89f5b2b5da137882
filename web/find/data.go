package find

import "concord/web/page"

// List is a stretch of the answers to a question in a few words, the likeliest kinds first. Total counts what was looked
// through.
type List struct {
	page.Listing
	Asked string `json:"asked"` // the question
	Hits  []Hit  `json:"hits"`  // the answers of this stretch
}

// Hit is one answer.
type Hit struct {
	Group    string `json:"group"`              // go, do, text, clause, commitment, meeting, party, track, act
	Label    string `json:"label"`              // of the group, in the reader's language
	Title    string `json:"title"`              // what was found
	Detail   string `json:"detail,omitempty"`   // more of it, or its key
	Language string `json:"language,omitempty"` // that the title is in, where it is not the reader's
	Href     string `json:"href"`               // where it leads
}

// data gives the stretch of answers that the address asks for.
func (x finder) data(f *page.Frame) (any, error) {
	q := x.answer(f)
	all := make([]page.Keyed[hit], len(q.hits))
	for i, h := range q.hits {
		all[i] = page.Keyed[hit]{Key: h.key, Value: h}
	}
	hits, listing, err := page.Cut(f, all, false)
	listing.Total = q.looked
	data := List{Listing: listing, Asked: q.asked, Hits: []Hit{}}
	for _, h := range hits {
		h = q.said(h)
		data.Hits = append(data.Hits, Hit{h.Group, h.Label, h.Title, h.Detail, h.In, h.Href})
	}
	return data, err
}
