package web_test

import (
	"bytes"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"concord/web"
	"concord/web/page"
)

// Every answer, of whatever kind, tells the browser what it is and what not to do with it.
func TestEveryAnswerHasItsShields(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{URL: "https://concord.example"})
	style := h.visitor().get("/").Attrs("link[rel=stylesheet]", "href")[0]
	for _, path := range []string{"/", "/record", "/sign-in", "/commitments.json", "/commitments.csv", "/record.csv", "/nowhere", "/nowhere.json", "/people", style,
		"/healthz", "/readyz", "/record/0", "/acts", "/texts/CHD24/file/xx"} {
		a := h.visitor().get(path, "Origin", "https://elsewhere.example")
		for name, want := range map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
			"Cross-Origin-Resource-Policy": "same-origin", "Access-Control-Allow-Origin": "", "Server": "", "X-Powered-By": "",
		} {
			if got := a.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, not %q", path, name, got, want)
			}
		}
		for _, rule := range []string{"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"} {
			if csp := a.Header.Get("Content-Security-Policy"); !strings.Contains(csp, rule) {
				t.Errorf("%s: no %s in %q", path, rule, csp)
			}
		}
		kind := a.Header.Get("Content-Type")
		if kind == "" || strings.HasPrefix(kind, "text/") && !strings.HasSuffix(kind, "; charset=utf-8") {
			t.Errorf("%s comes as %q", path, kind)
		}
		age := regexp.MustCompile(`max-age=(\d+)`).FindStringSubmatch(a.Header.Get("Strict-Transport-Security"))
		if age == nil {
			t.Errorf("%s may be asked for without TLS", path)
		} else if seconds, _ := strconv.Atoi(age[1]); seconds < 365*24*3600 {
			t.Errorf("%s: TLS is asked for %d s only", path, seconds)
		}
	}
}

// Other sites' scripts may read the log, which is the same for everybody; and nothing else.
func TestOtherSitesReadTheLogAlone(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.as(officer)
	for path, whose := range map[string]string{"/record/log/checkpoint": "*", "/record/log/tile/0/000.p/1": "*", "/record": "", "/record.json": "", "/people.json": "", "/acts": ""} {
		a := boss.get(path, "Origin", "https://elsewhere.example")
		if got := a.Header.Get("Access-Control-Allow-Origin"); got != whose || a.Header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%s may be read by %q", path, got)
		}
		if whose == "*" && (strings.Contains(a.Body, "Dana") || a.Body != h.visitor().get(path).Body) {
			t.Errorf("%s is not the same for everybody", path)
		}
	}
}

// The secret of a session is in its cookie alone, which no script, no other site and no line without TLS gets.
func TestTheCookieOfASessionIsForThisSiteAlone(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{URL: "https://concord.example"})
	must(t, h.ids.SetPassword(t.Context(), "officer", "officer", "quiet harbour lamp"))
	v := h.visitor()
	v.client.CheckRedirect = noFollowing
	a := v.post("/sign-in", url.Values{"login": {"officer"}, "password": {"quiet harbour lamp"}})
	cookies := (&http.Response{Header: a.Header}).Cookies()
	if len(cookies) != 1 {
		t.Fatalf("signing in sets %d cookies: %v", len(cookies), a.Header)
	}
	c := cookies[0]
	if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode && c.SameSite != http.SameSiteStrictMode || c.Domain != "" || c.Path != "/" {
		t.Errorf("the cookie is %s", c)
	}
	signedIn := []string{"Cookie", c.Name + "=" + c.Value}
	for _, path := range []string{"/", "/people", "/acts", "/people.json", "/record"} {
		a := h.visitor().get(path, signedIn...)
		a.Has("body", "") // it is read as a page where it is one
		if strings.Contains(a.Body, c.Value) {
			t.Errorf("%s has the secret of the session in its markup", path)
		}
	}
	h.visitor().get("/people", signedIn...).Has("summary .who", "Dana Officer")
}

// Whoever is signed in finds the way out on every page.
func TestTheWayOutIsOnEveryPage(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.as(reader)
	for _, path := range []string{"/", "/texts", "/commitments", "/meetings", "/record", "/people", "/find?q=trade", "/keys", "/nowhere"} {
		if !strings.Contains(strings.Join(v.get(path).Attrs("form[action]", "action"), " "), "/sign-out") {
			t.Errorf("nobody can sign out at %s", path)
		}
	}
}

// Whoever sits at the same machine next finds nothing of who has signed out.
func TestSigningOutClearsTheBrowser(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.as(reader)
	v.client.CheckRedirect = noFollowing
	a := v.post("/sign-out", nil)
	if what := a.Header.Get("Clear-Site-Data"); !strings.Contains(what, `"cache"`) || !strings.Contains(what, `"storage"`) {
		t.Errorf("the browser is told to clear %q", what)
	}
	for _, c := range (&http.Response{Header: a.Header}).Cookies() {
		if c.Value != "" || c.MaxAge >= 0 {
			t.Errorf("a cookie stays: %s", c)
		}
	}
}

// What is written to is never read: an address that does something does nothing when it is asked for.
func TestAskingForAnAddressChangesNothing(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss, before, tried := h.as(officer), h.acts(), 0
	for _, address := range h.site.Addresses() {
		method, path, _ := strings.Cut(address.Pattern, " ")
		if method != "POST" {
			continue
		}
		path = strings.NewReplacer("{id}", "reader", "{code}", "CHD24", "{ref}", "CHD24-01", "{token}", "x").Replace(path)
		question := url.Values{"do": {"accept"}, "n": {"1"}, "reason": {"because"}, "name": {"Nia"}, "login": {"nia"}, "office": {"officer"}, "label": {"x"}, "everywhere": {"1"}}
		if a := boss.get(path + "?" + question.Encode()); a.Status >= 500 {
			t.Errorf("GET %s: status %d", path, a.Status)
		}
		tried++
	}
	for _, method := range []string{"TRACE", "PUT", "DELETE", "PATCH", "CONNECT"} {
		req, err := http.NewRequest(method, h.srv.URL+"/people", nil)
		must(t, err)
		req.Header.Set("X-Mine", "comes back in a trace")
		if a := boss.send(req, nil); a.Status != http.StatusMethodNotAllowed && a.Status != http.StatusNotFound || strings.Contains(a.Body, "comes back") {
			t.Errorf("%s: status %d", method, a.Status)
		}
	}
	if h.acts() != before || boss.get("/people").Status != http.StatusOK || tried < 10 {
		t.Errorf("%d acts came of %d questions, or the session ended", h.acts()-before, tried)
	}
}

// The program serves what is in the table of addresses and nothing of the machine.
func TestNothingOfTheMachineIsServed(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.as(officer)
	for _, path := range []string{"/assets/", "/assets", "/.git/config", "/.git/", "/.env", "/record.db", "/web.go", "/assets/frame.js", "/assets/../go.mod", "/debug/pprof/", "/debug/vars",
		"/server-status", "/record/log/", "/record/log/tile/", "/swagger.json", "/robots.txt/../web.go"} {
		if a := v.get(path); a.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", path, a.Status)
		}
	}
}

// A fault of the program is said in one sentence; where it lies and what was being done is for the log.
func TestAFaultOfTheProgramTellsNothingOfItsInsides(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	log := &lines{}
	broken := page.Family{Name: "broken", Files: os.DirFS(t.TempDir()), Routes: []page.Route{
		page.Get("/broken", func(*page.Site, http.ResponseWriter, *http.Request) error { panic("postgres://concord:hunter2@db") })}}
	site := page.New(h.sec, h.ids, page.Config{Log: slog.New(slog.NewJSONHandler(log, nil)), Now: func() time.Time { return h.now }}, broken)
	t.Cleanup(site.Close)
	h.site, h.srv.Config.Handler = site, site
	for _, path := range []string{"/broken", "/broken.json"} {
		a := h.visitor().get(path)
		if a.Status != http.StatusInternalServerError || a.Header.Get("X-Request-Id") == "" || !strings.Contains(a.Body, a.Header.Get("X-Request-Id")) {
			t.Errorf("%s: status %d", path, a.Status)
		}
		for _, inside := range []string{"hunter2", "goroutine", ".go:", "panic", "postgres"} {
			if strings.Contains(a.Body, inside) {
				t.Errorf("%s tells of %q", path, inside)
			}
		}
	}
	if said := log.b.String(); !strings.Contains(said, "hunter2") || !strings.Contains(said, "shields_test.go") {
		t.Errorf("the log does not tell where it happened: %s", said)
	}
}

// Without a proxy of ours, nobody chooses the address that they are known by.
func TestNobodyWritesTheirOwnAddress(t *testing.T) {
	t.Parallel()
	log := &lines{}
	h := open(t, web.Config{Audit: slog.New(slog.NewJSONHandler(log, nil))})
	form := url.Values{"login": {"nobody\n{\"msg\":\"signed in\"}"}, "password": {"not this one, surely"}}
	h.visitor().post("/sign-in", form, "X-Forwarded-For", "203.0.113.9", "X-Real-Ip", "203.0.113.9", "Forwarded", "for=203.0.113.9")
	told := log.all(t) // a name with a line end in it makes no second line
	if len(told) != 1 || told[0]["msg"] != "sign-in refused" || told[0]["from"] != "127.0.0.1" {
		t.Errorf("the security log tells %v", told)
	}
}

// An invitation is a secret that stands in its address: no log has it, whatever becomes of the request.
func TestNoLogHasAnInvitation(t *testing.T) {
	t.Parallel()
	log := &lines{}
	to := slog.New(slog.NewJSONHandler(log, nil))
	h := open(t, web.Config{Log: to, Audit: to})
	token, err := h.ids.Invite(t.Context(), "nia", "nia")
	must(t, err)
	address, words := "/welcome/"+token, url.Values{"password": {"quiet harbour lamp"}, "again": {"quiet harbour lamp"}}
	v := h.visitor()
	v.get(address)
	v.get(address + ".json")
	v.post(address, words, "Sec-Fetch-Site", "cross-site")
	v.post(address, words)
	v.post(address, words)
	if said := log.b.String(); strings.Contains(said, token) || strings.Count(said, "/welcome/{token}") < 5 {
		t.Errorf("the logs tell: %s", said)
	}
}

// The scripts run no text as code, keep nothing in the browser but drafts, listen to no other window, and let people paste.
func TestScriptsKeepAwayFromWhatIsDangerous(t *testing.T) {
	t.Parallel()
	dangerous := regexp.MustCompile(`\beval\(|new Function|setTimeout\(\s*["'` + "`" + `]|document\.write|localStorage|sessionStorage|indexedDB|postMessage|onmessage\b|["'](paste|message)["']|__proto__|\w\[[a-zA-Z.]+\]\s*=[^=]|javascript:`)
	looked := 0
	must(t, filepath.WalkDir(".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(name) != ".js" {
			return err
		}
		script, err := os.ReadFile(name)
		looked++
		for _, found := range dangerous.FindAllString(string(script), -1) {
			if name != "page/drafts.js" || found != "sessionStorage" {
				t.Errorf("%s has %s", name, found)
			}
		}
		return err
	}))
	if looked < 4 {
		t.Errorf("only %d scripts were looked at", looked)
	}
}

// Fields of passwords hide what is typed and leave password managers their work.
func TestPasswordsAreTypedUnseenAndFilledByManagers(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	token, err := h.ids.Invite(t.Context(), "nia", "nia")
	must(t, err)
	for path, fields := range map[string]int{"/sign-in": 1, "/welcome/" + token: 2} {
		a := h.visitor().get(path)
		a.Count("input[type=password]", fields)
		for _, how := range a.Attrs("input[type=password]", "autocomplete") {
			if how != "current-password" && how != "new-password" {
				t.Errorf("%s: a manager is told %q", path, how)
			}
		}
		if bytes.Contains([]byte(a.Body), []byte("maxlength")) {
			t.Errorf("%s cuts what is typed", path)
		}
	}
}
