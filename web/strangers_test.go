package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concord/mechanism"
	"concord/web"
)

// personNamed finds somebody by name.
func (h *house) personNamed(name string) (found mechanism.Person) {
	h.t.Helper()
	h.view(func(m mechanism.Sight) {
		for _, p := range m.People() {
			if p.Name == name {
				found = p
			}
		}
	})
	if found.ID == "" {
		h.t.Fatalf("nobody is called %s", name)
	}
	return found
}

// Six hundred who guess at once at one name are one who guesses: a handful is heard, the rest is told when to come back, and
// the person of that name signs in elsewhere meanwhile, and soon.
func TestSixHundredGuessesAtOnce(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{Proxied: true})
	const right = "quiet harbour lamp"
	must(t, h.ids.SetPassword(t.Context(), "dana@office.example", "officer", right))
	client := &http.Client{
		Transport:     &http.Transport{MaxConnsPerHost: 600, MaxIdleConnsPerHost: 600},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	signIn := func(password, from string) (*http.Response, error) {
		form := url.Values{"login": {"dana@office.example"}, "password": {password}}
		r, err := http.NewRequest(http.MethodPost, h.srv.URL+"/sign-in", strings.NewReader(form.Encode()))
		if err != nil {
			return nil, err
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("X-Forwarded-For", from)
		resp, err := client.Do(r)
		if err == nil {
			resp.Body.Close()
		}
		return resp, err
	}
	var evaluated, sentAway atomic.Int64
	var wg sync.WaitGroup
	for i := range 600 {
		wg.Go(func() {
			resp, err := signIn(fmt.Sprint("guess number ", i), "198.51.100.7")
			switch {
			case err != nil:
				t.Error(err)
			case resp.StatusCode == http.StatusForbidden:
				evaluated.Add(1)
			case resp.StatusCode == http.StatusTooManyRequests && resp.Header.Get("Retry-After") != "":
				sentAway.Add(1)
			default:
				t.Errorf("status %d", resp.StatusCode)
			}
		})
	}
	begun := time.Now()
	resp, err := signIn(right, "203.0.113.5")
	took := time.Since(begun)
	wg.Wait()
	must(t, err)
	if resp.StatusCode != http.StatusSeeOther || took > 5*time.Second {
		t.Errorf("the person of that name waited %v and got %d", took, resp.StatusCode)
	}
	if n := evaluated.Load(); n < 1 || n > 10 || sentAway.Load() != 600-n {
		t.Errorf("%d guesses were evaluated, %d sent away", n, sentAway.Load())
	}
	if resp, err := signIn(right, "198.51.100.7"); err != nil || resp.StatusCode != http.StatusTooManyRequests {
		t.Errorf("the right password is heard from where somebody guesses: %v", resp.StatusCode)
	}
}

// What somebody signs in with stands nowhere in the public record: the id of whoever is appointed is made of nothing.
func TestTheRecordDoesNotTellHowPeopleSignIn(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.as(officer)
	form := url.Values{"name": {"Nia New"}, "login": {"nia.new@mfa.example"}, "office": {"officer"}}
	boss.post("/people", form)
	nia := h.personNamed("Nia New")
	if strings.Contains(nia.ID, "nia") || len(nia.ID) < 12 {
		t.Errorf("the id is %q", nia.ID)
	}
	// Another office for whoever has that name already is for the same person.
	form.Set("office", "reader")
	boss.post("/people", form)
	if again := h.personNamed("Nia New"); again.ID != nia.ID || again.Office != mechanism.Reader {
		t.Errorf("a second appointment made %+v of %+v", again, nia)
	}
	for _, public := range []string{"/record", "/record.json", "/record.csv"} {
		if body := h.visitor().get(public).Body; strings.Contains(body, "nia.new") {
			t.Errorf("%s tells how she signs in", public)
		}
	}
}
