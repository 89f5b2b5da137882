package web_test

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"concord/identity"
	"concord/internal/check"
	"concord/mechanism"
	"concord/packs"
	"concord/record"
	"concord/secretariat"
	"concord/web"
)

// house is a real record with a founded mechanism behind a real server.
type house struct {
	t   testing.TB
	sec *secretariat.Secretariat
	ids *identity.Store
	srv *httptest.Server
	now time.Time
}

// officer signs in everywhere in the tests; the others hold the other offices.
var (
	officer = mechanism.Person{ID: "officer", Name: "Dana Officer", Office: mechanism.Officer}
	kazakh  = mechanism.Person{ID: "kz", Name: "Aigerim Coordinator", Office: mechanism.Coordinator, Party: "KZ"}
	reader  = mechanism.Person{ID: "reader", Name: "Robin Reader", Office: mechanism.Reader}
)

// open founds the shipped pack on a record of its own and serves it.
func open(t testing.TB, cfg web.Config) *house {
	t.Helper()
	h := &house{t: t, now: time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)}
	ctx := context.Background()
	rec, err := record.Create(ctx, record.Config{DSN: filepath.Join(t.TempDir(), "record.db"), Origin: "example.org/test"})
	must(t, err)
	h.sec, err = secretariat.Open(ctx, rec, secretariat.Config{Now: func() time.Time { return h.now }})
	must(t, err)
	h.found()
	db, dialect := rec.DB()
	h.ids, err = identity.Open(ctx, db, string(dialect), func() time.Time { return h.now })
	must(t, err)
	cfg.Now = func() time.Time { return h.now }
	server := web.New(h.sec, h.ids, cfg)
	h.srv = httptest.NewServer(server)
	t.Cleanup(func() {
		server.Close()
		h.srv.Close()
		h.sec.Close()
		must(t, rec.Close())
	})
	return h
}

func (h *house) found() {
	files, err := fs.Sub(packs.FS, "china-central-asia")
	must(h.t, err)
	pack, err := mechanism.LoadPack(files)
	must(h.t, err)
	founder := mechanism.Actor{Person: "founder", Office: mechanism.Founder}
	_, err = h.sec.Do(context.Background(), founder, pack.Acts()...)
	must(h.t, err)
	_, err = h.sec.Do(context.Background(), founder, &mechanism.AppointPerson{Person: officer})
	must(h.t, err)
	h.do(&mechanism.AppointPerson{Person: kazakh}, &mechanism.AppointPerson{Person: reader})
}

// do does acts as the officer.
func (h *house) do(acts ...mechanism.Act) {
	h.t.Helper()
	_, err := h.sec.Do(context.Background(), officer.Actor(), acts...)
	must(h.t, err)
}

// visitor is a browser without script: cookies, redirects, forms.
type visitor struct {
	h      *house
	client *http.Client
}

func (h *house) visitor() *visitor {
	jar, err := cookiejar.New(nil)
	must(h.t, err)
	return &visitor{h, &http.Client{Jar: jar}}
}

// answer is what came back.
type answer struct {
	*check.Page
	Status int
	Header http.Header
	Body   string
	Path   string // where redirects ended
}

func (v *visitor) get(path string, headers ...string) answer {
	v.h.t.Helper()
	req, err := http.NewRequest("GET", v.h.srv.URL+path, nil)
	must(v.h.t, err)
	return v.send(req, headers)
}

func (v *visitor) post(path string, form url.Values, headers ...string) answer {
	v.h.t.Helper()
	req, err := http.NewRequest("POST", v.h.srv.URL+path, strings.NewReader(form.Encode()))
	must(v.h.t, err)
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.send(req, headers)
}

func (v *visitor) send(req *http.Request, headers []string) answer {
	v.h.t.Helper()
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := v.client.Do(req)
	must(v.h.t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	must(v.h.t, err)
	return answer{check.ParsePage(v.h.t, string(body)), resp.StatusCode, resp.Header, string(body), resp.Request.URL.Path}
}

// as signs somebody in, with an account made for it.
func (h *house) as(p mechanism.Person) *visitor {
	h.t.Helper()
	const password = "a long enough password"
	must(h.t, h.ids.SetPassword(context.Background(), p.ID, p.ID, password))
	v := h.visitor()
	if a := v.post("/sign-in", url.Values{"login": {p.ID}, "password": {password}}); a.Status != 200 {
		h.t.Fatalf("sign-in of %s: status %d", p.ID, a.Status)
	}
	return v
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// view reads the state as an officer sees it.
func (h *house) view(read func(m mechanism.Sight)) {
	read(h.sec.Sight(mechanism.Actor{Office: mechanism.Officer}))
}
