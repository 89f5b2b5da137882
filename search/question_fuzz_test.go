package search_test

import (
	"testing"

	"concord/internal/check/pace"
	"concord/search"
)

// Whatever is asked, or sent back as the place to go on from, is read in time.
func FuzzQuestion(f *testing.F) {
	order := search.Order{}
	f.Add("торговля Астана trade 贸易", order.Cursor(search.Place{}))
	f.Add("", "fn5-fjB-fjB-MX4x")
	f.Fuzz(func(t *testing.T, asked, after string) {
		pace.Hold(t, pace.Generous, len(asked)+len(after), func() {
			search.Has("ministers met in astana", search.Words(asked))
			if p, ok := order.PlaceAfter(after); ok {
				if again, ok := order.PlaceAfter(order.Cursor(p)); !ok || again != p {
					t.Errorf("%q is read as %+v and written as %q", after, p, order.Cursor(p))
				}
			}
		})
	})
}
