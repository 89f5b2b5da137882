package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"concord/internal/sample"
	"concord/mechanism"
	"concord/web"
)

// volumes puts commitments into the ledger in several texts, BIG25 and so on.
func (h *house) volumes(texts, commitments int) {
	h.t.Helper()
	for turn := range texts {
		var acts []mechanism.Act
		h.view(func(m mechanism.Sight) { acts = sample.Volume(m, fmt.Sprint("BIG", 25+turn), turn, commitments) })
		for part := range slices.Chunk(acts, 2000) {
			h.do(part...)
		}
	}
}

// BenchmarkData asks a ledger of ten thousand commitments for data, as a signed-in officer and as the public: the whole
// request, without a network. The addresses are spread, so that no answer is one that was just given.
func BenchmarkData(b *testing.B) {
	for _, c := range []struct {
		who string
		cfg web.Config
	}{{"officer", web.Config{DemoPerson: "officer"}}, {"public", web.Config{}}} {
		h := open(b, c.cfg)
		h.volumes(10, 1000)
		for _, ask := range []struct {
			name string
			path func(n int) string
		}{
			{"list of 30 with words", func(n int) string {
				return fmt.Sprintf("/commitments.json?text=BIG%d&strength=%d&limit=30&q=customs", 25+n%10, n/10%5+1)
			}},
			{"list of 30", func(n int) string {
				return fmt.Sprintf("/commitments.json?text=BIG%d&strength=%d&limit=30", 25+n%10, n/10%5+1)
			}},
			{"all of the ledger", func(n int) string { return "/commitments.json?limit=30" }},
			{"one", func(n int) string { return fmt.Sprintf("/commitments/BIG%d-%d.json", 25+n%10, 10+n*7919%990) }},
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
