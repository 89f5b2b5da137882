package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"concord/secretariat"
	"concord/web"
)

// BenchmarkReader measures the page of a long text as an officer sees it, with every proposal in the margin. The texts
// are public ones where they are at hand, and an invented one of the same length.
func BenchmarkReader(b *testing.B) {
	for name, text := range benchTexts() {
		b.Run(name, func(b *testing.B) {
			h := open(b, web.Config{DemoPerson: "officer"})
			_, err := h.sec.Receive(b.Context(), officer.Actor(), secretariat.Reception{
				Name: name + ".txt", Data: []byte(text), Code: "LONG1", Parties: []string{"CN", "KZ"}, ByParagraph: true})
			must(b, err)
			for _, view := range []string{"text", "received", "review"} {
				path := "/texts/LONG1?view=" + view
				if view == "review" {
					path = "/texts/LONG1/review"
				}
				b.Run(view, func(b *testing.B) { h.benchPage(b, path) })
			}
		})
	}
}

// benchPage asks the server for a page without a network between.
func (h *house) benchPage(b *testing.B, path string) {
	b.ReportAllocs()
	size := 0
	for b.Loop() {
		w := httptest.NewRecorder()
		h.srv.Config.Handler.ServeHTTP(w, httptest.NewRequest("GET", h.srv.URL+path, nil))
		if w.Code != http.StatusOK {
			b.Fatalf("status %d", w.Code)
		}
		size = w.Body.Len()
	}
	b.ReportMetric(float64(size)/1024, "KB/page")
}

func benchTexts() map[string]string {
	clauses := strings.Split(strings.SplitAfter(harbour, "following:\n\n")[1], "\n\n")
	var long strings.Builder
	long.WriteString(strings.SplitAfter(harbour, "following:\n\n")[0])
	for n := 1; long.Len() < 240_000; n++ {
		clause := clauses[n%len(clauses)]
		fmt.Fprintf(&long, "%d. %s\n\n", n, clause[strings.Index(clause, " ")+1:])
	}
	texts := map[string]string{"invented-240KB": long.String()}
	for name, path := range map[string]string{"un-resolution": "../../shared/texts/un-en/A_RES_79_1.txt", "treaty": "../../shared/texts/treaties/pta_141.txt"} {
		if text, err := os.ReadFile(path); err == nil {
			texts[name] = string(text)
		}
	}
	return texts
}
