package web_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"concord/web"
)

// BenchmarkPages holds the budget of 20 ms of server time a page at 10,000 commitments.
func BenchmarkPages(b *testing.B) {
	h := open(b, web.Config{DemoPerson: "officer"})
	h.fill(10_000)
	for _, path := range []string{
		"/", "/texts", "/texts/CHD24", "/commitments?text=CHD24", "/commitments", "/commitments/CHD24-17", "/meetings", "/record",
		"/record?kind=party.admit", "/record?object=CHD24-01", "/record/40", "/people", "/find?q=harbour", "/find?q=zzz",
	} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				r := httptest.NewRequest("GET", h.srv.URL+path, nil)
				r.Header.Set("Accept-Encoding", "gzip")
				w := httptest.NewRecorder()
				h.srv.Config.Handler.ServeHTTP(w, r)
				if w.Code != http.StatusOK {
					b.Fatalf("%s: %d", path, w.Code)
				}
				b.ReportMetric(float64(w.Body.Len())/1024, "KB")
			}
		})
	}
}

// BenchmarkPublicPage measures what one of many open pages costs when it renews itself: the rendering is shared.
func BenchmarkPublicPage(b *testing.B) {
	h := open(b, web.Config{})
	for b.Loop() {
		r := httptest.NewRequest("GET", h.srv.URL+"/", nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		if h.srv.Config.Handler.ServeHTTP(w, r); w.Code != http.StatusOK {
			b.Fatalf("status %d", w.Code)
		}
	}
}
