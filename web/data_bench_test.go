package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"concord/web"
)

// BenchmarkData asks a ledger of ten thousand commitments for data, as a signed-in officer and as the public: the whole
// request, without a network. The addresses are spread, so that no answer is one that was just given.
func BenchmarkData(b *testing.B) {
	for _, c := range []struct {
		who string
		cfg web.Config
	}{{"officer", web.Config{DemoPerson: "officer"}}, {"public", web.Config{}}} {
		h := open(b, c.cfg)
		h.fill(10_000)
		for _, ask := range []struct {
			name string
			path func(n int) string
		}{
			{"list of 30", func(n int) string {
				return fmt.Sprintf("/commitments.json?text=BIG25&strength=%d&limit=30&q=%d", n%5+1, n%50)
			}},
			{"list of 30, no words", func(n int) string { return fmt.Sprintf("/commitments.json?text=BIG25&strength=%d&limit=30", n%5+1) }},
			{"all of the ledger", func(n int) string { return "/commitments.json?limit=30" }},
			{"one", func(n int) string { return fmt.Sprintf("/commitments/BIG25-%d.json", 10+n*7919%9000) }},
			{"csv", func(int) string { return "/commitments.csv" }},
		} {
			b.Run(c.who+"/"+ask.name, func(b *testing.B) {
				b.ReportAllocs()
				for n := 0; b.Loop(); n++ {
					w := &discard{header: http.Header{}}
					h.srv.Config.Handler.ServeHTTP(w, httptest.NewRequest("GET", h.srv.URL+ask.path(n), nil))
					if w.status != http.StatusOK {
						b.Fatalf("%s: status %d", ask.path(n), w.status)
					}
				}
			})
		}
	}
}
