package web_test

import (
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"

	"concord/mechanism"
	"concord/web"
)

// BenchmarkActs is a note by POST /acts beside 10,000 commitments, without the network: what the pages and the record cost.
func BenchmarkActs(b *testing.B) {
	h := open(b, web.Config{})
	h.fill(10_000)
	var refs []string
	h.view(func(m mechanism.Sight) {
		for line := range m.Ledger().All() {
			refs = append(refs, line.Ref)
		}
	})
	boss := h.programOf(officer)
	var n atomic.Int64
	post := func(b *testing.B) {
		on := "commitment:" + refs[int(n.Add(1))%len(refs)]
		r := httptest.NewRequest("POST", "/acts", strings.NewReader(groupOf(noteOn(on, strings.Repeat("What the working group found. ", 7)))))
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+boss.secret)
		w := httptest.NewRecorder()
		if h.site.ServeHTTP(w, r); w.Code != http.StatusCreated {
			b.Fatalf("status %d: %s", w.Code, w.Body)
		}
	}
	b.Run("callers=1", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			post(b)
		}
	})
	b.Run("callers=16", func(b *testing.B) {
		b.ReportAllocs()
		b.SetParallelism(max(1, 16/runtime.GOMAXPROCS(0)))
		b.RunParallel(func(next *testing.PB) {
			for next.Next() {
				post(b)
			}
		})
	})
}
