package web_test

import (
	"context"
	"io"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"concord/mechanism"
	"concord/record"
	"concord/web"
)

// While the database cannot say whose a session is, who is signed in is told that it cannot be done just now and when to ask
// again: not that they hold no office, nor is anything shown or done as if they were strangers. Strangers read on.
func TestWhoIsSignedInIsNotTakenForAStrangerInAnOutage(t *testing.T) {
	h := open(t, web.Config{})
	v := h.as(officer)
	if a := v.get("/people"); a.Status != http.StatusOK {
		t.Fatalf("before: %d", a.Status)
	}
	db, _ := h.sec.Record().DB()
	away := func(statement string) {
		_, err := db.ExecContext(context.Background(), statement)
		must(t, err)
	}
	away(`ALTER TABLE identity_session RENAME TO identity_away`)
	h.now = h.now.Add(time.Minute) // longer than a session is remembered
	for _, a := range []answer{v.get("/people"), v.get("/people.json"), v.post("/commitments/CHD24-1/notes", nil)} {
		if a.Status != http.StatusServiceUnavailable || a.Header.Get("Retry-After") == "" {
			t.Errorf("%s: status %d, Retry-After %q", a.Path, a.Status, a.Header.Get("Retry-After"))
		}
	}
	if a := h.visitor().get("/"); a.Status != http.StatusOK {
		t.Errorf("a stranger gets %d", a.Status)
	}
	away(`ALTER TABLE identity_away RENAME TO identity_session`)
	if a := v.get("/people"); a.Status != http.StatusOK {
		t.Errorf("afterwards: %d", a.Status)
	}
}

// Where a newer program has done acts that this one cannot read, every page says so after seconds instead of showing what was;
// what asks whether the server lives is still told that it does.
func TestPagesAreNotOldInSilence(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped in short mode: it takes six seconds")
	}
	t.Parallel()
	h := open(t, web.Config{})
	db, _ := h.sec.Record().DB()
	var file string
	must(t, db.QueryRow(`SELECT file FROM pragma_database_list WHERE name = 'main'`).Scan(&file))
	newer, err := record.Open(context.Background(), record.Config{DSN: filepath.Clean(file)})
	must(t, err)
	defer newer.Close()
	_, err = newer.Append(context.Background(), newer.Size(), []record.Draft{{
		Time: h.now.Add(time.Hour), Kind: "moon.land", Actor: record.Actor(officer.Actor()), Visibility: mechanism.Public, Body: []byte(`{}`)}})
	must(t, err)
	if _, err := h.sec.Do(context.Background(), officer.Actor(), &mechanism.AddNote{On: "person:kz", Words: "x"}); err == nil {
		t.Error("an act was done on a state that is old")
	}
	if a := h.visitor().get("/"); a.Status != http.StatusOK {
		t.Errorf("at once: %d", a.Status)
	}
	stream, err := http.Get(h.srv.URL + "/live")
	must(t, err)
	defer stream.Body.Close()
	ended := make(chan struct{})
	go func() {
		io.Copy(io.Discard, stream.Body) // until it ends
		close(ended)
	}()
	time.Sleep(5500 * time.Millisecond)
	select {
	case <-ended:
	case <-time.After(3 * time.Second):
		t.Error("an open page is left to believe that nothing happens")
	}
	for path, want := range map[string]int{"/": 503, "/texts": 503, "/commitments.json": 503, "/healthz": 200, "/readyz": 503} {
		a := h.visitor().get(path, "Accept-Language", "en")
		if a.Status != want {
			t.Errorf("%s: status %d, want %d", path, a.Status, want)
		}
		if want == 503 && path != "/readyz" && (!strings.Contains(a.Body, "may be old") || a.Header.Get("Retry-After") == "") {
			t.Errorf("%s says:\n%s", path, a.Body)
		}
	}
	if figures := h.visitor().get("/metrics").Body; !regexp.MustCompile(`\nconcord_record_unfollowed_seconds [5-9]\.`).MatchString(figures) {
		t.Error("the figures do not say for how long the record could not be followed")
	}
}
