package web_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"concord/web"
)

// lines collects what a log writes.
type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// all gives the lines as fields.
func (l *lines) all(t *testing.T) (all []map[string]any) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	for line := range strings.Lines(l.b.String()) {
		fields := map[string]any{}
		must(t, json.Unmarshal([]byte(line), &fields))
		all = append(all, fields)
	}
	return all
}

func TestTheSecurityLogTellsWhatHappensAtTheDoors(t *testing.T) {
	t.Parallel()
	log := &lines{}
	h := open(t, web.Config{Audit: slog.New(slog.NewJSONHandler(log, nil))})
	stranger, boss := h.visitor(), h.as(officer)
	stranger.post("/sign-in", url.Values{"login": {"officer"}, "password": {"not this one, surely"}})
	stranger.post("/people", url.Values{"name": {"Nobody"}, "login": {"nobody"}, "office": {"officer"}})
	boss.post("/people", url.Values{"name": {"Nia New"}, "login": {"nia"}, "office": {"reader"}})
	boss.post("/people/reader/tokens", url.Values{"label": {"the sheet"}})
	boss.post("/people/reader/relieve", url.Values{"reason": {"left"}})
	boss.get("/commitments.csv")
	boss.post("/sign-out", nil)
	told := log.all(t)
	for i, want := range []struct{ msg, key, value, person string }{
		{"sign-in refused", "login", "officer", ""},
		{"refused", "path", "/people", ""},
		{"office given or ended", "act", "person.appoint", "officer"},
		{"invited", "login", "nia", "officer"},
		{"access token given", "of", "reader", "officer"},
		{"office given or ended", "act", "person.relieve", "officer"},
		{"taken out", "file", "commitments.csv", "officer"},
		{"signed out", "person", "officer", "officer"},
	} {
		if i >= len(told) {
			t.Fatalf("nothing tells of %s: %v", want.msg, told)
		}
		if got := told[i]; got["msg"] != want.msg || got[want.key] != want.value || got["person"] != want.person || got["from"] != "127.0.0.1" {
			t.Errorf("line %d is %v, not %v", i, got, want)
		}
	}
	if len(told) != 8 {
		t.Errorf("there is more: %v", told[8:])
	}
	if said := log.b.String(); strings.Contains(said, "not this one") || strings.Contains(said, "secret") {
		t.Error("the security log has a secret")
	}
}

func TestFiguresAreNotForStrangers(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	strangers := func(path string) int { return answerOf(h.site, path) }
	operators := func(path string) int { return answerOf(h.site.Operations(), path) }
	if strangers("/metrics") != http.StatusNotFound || operators("/metrics") != http.StatusOK {
		t.Errorf("figures: %d for strangers, %d for operators", strangers("/metrics"), operators("/metrics"))
	}
	for _, ask := range []func(string) int{strangers, operators} {
		if ask("/healthz") != http.StatusOK || ask("/readyz") != http.StatusOK {
			t.Errorf("a sound server says %d and %d", ask("/healthz"), ask("/readyz"))
		}
	}
	must(t, h.sec.Record().Close())
	if strangers("/healthz") != http.StatusOK || strangers("/readyz") != http.StatusServiceUnavailable {
		t.Errorf("without its record a server lives (%d) and is not ready (%d)", strangers("/healthz"), strangers("/readyz"))
	}
}

func answerOf(h http.Handler, path string) int {
	w := httptest.NewRecorder()
	r, err := http.NewRequest(http.MethodGet, path, http.NoBody)
	if err != nil {
		return 0
	}
	r.RemoteAddr = "127.0.0.1:4711"
	h.ServeHTTP(w, r)
	return w.Code
}
