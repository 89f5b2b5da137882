package web_test

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"concord/identity"
	"concord/internal/check"
	"concord/mechanism"
	"concord/packs"
	"concord/record"
	"concord/secretariat"
	"concord/web"
	"concord/web/page"
)

// house is a real record with a founded mechanism behind a real server.
type house struct {
	t    testing.TB
	sec  *secretariat.Secretariat
	ids  *identity.Store
	site *web.Server
	srv  *httptest.Server
	now  time.Time

	stopWriting func() // closes the door to acts; pages are served on
}

// officer signs in everywhere in the tests; the others hold the other offices.
var (
	officer = mechanism.Person{ID: "officer", Name: "Dana Officer", Office: mechanism.Officer}
	kazakh  = mechanism.Person{ID: "kz", Name: "Aigerim Coordinator", Office: mechanism.Coordinator, Party: "KZ"}
	reader  = mechanism.Person{ID: "reader", Name: "Robin Reader", Office: mechanism.Reader}
)

// firstDay is when a house opens.
var firstDay = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

// open serves a house of its own: a copy of the one that was founded with the shipped pack.
func open(t testing.TB, cfg web.Config) *house {
	t.Helper()
	h := &house{t: t, now: firstDay}
	ctx, dir := context.Background(), t.TempDir()
	must(t, os.CopyFS(dir, os.DirFS(founded(t))))
	rec, err := record.Open(ctx, record.Config{DSN: filepath.Join(dir, "record.db")})
	must(t, err)
	now := func() time.Time { return h.now }
	h.sec, err = secretariat.Open(ctx, rec, secretariat.Config{Now: now})
	must(t, err)
	h.stopWriting = sync.OnceFunc(h.sec.Close)
	db, dialect := rec.DB()
	h.ids, err = identity.Open(ctx, db, string(dialect), now)
	must(t, err)
	cfg.Now = now
	h.site = web.New(h.sec, h.ids, cfg)
	ways := http.NewServeMux() // a test looks at the figures where it looks at pages
	ways.Handle("/metrics", h.site.Operations())
	ways.Handle("/", h.site)
	h.srv = httptest.NewServer(ways)
	t.Cleanup(func() {
		h.site.Close()
		h.srv.Close()
		h.stopWriting()
		must(t, rec.Close())
	})
	return h
}

// founding is done once for all tests: the acts of the shipped pack, three people, and a session of each, since hashing
// their passwords is meant to be slow.
var founding struct {
	once     sync.Once
	dir      string
	sessions map[string]string // person -> token
}

func founded(t testing.TB) (dir string) {
	t.Helper()
	founding.once.Do(func() {
		dir, err := os.MkdirTemp("", "concord-web")
		must(t, err)
		found(t, dir)
		founding.dir = dir
	})
	if founding.dir == "" {
		t.Fatal("the founding failed in another test")
	}
	return founding.dir
}

func TestMain(m *testing.M) {
	code := m.Run()
	check.CloseBrowser()
	os.RemoveAll(founding.dir)
	os.Exit(code)
}

func found(t testing.TB, dir string) {
	ctx, now := context.Background(), func() time.Time { return firstDay }
	rec, err := record.Create(ctx, record.Config{DSN: filepath.Join(dir, "record.db"), Origin: "example.org/test"})
	must(t, err)
	defer rec.Close()
	sec, err := secretariat.Open(ctx, rec, secretariat.Config{Now: now})
	must(t, err)
	defer sec.Close()
	files, err := fs.Sub(packs.FS, "china-central-asia")
	must(t, err)
	pack, err := mechanism.LoadPack(files)
	must(t, err)
	founder := mechanism.Actor{Person: "founder", Office: mechanism.Founder}
	_, err = sec.Do(ctx, founder, append(pack.Acts(), &mechanism.AppointPerson{Person: officer})...)
	must(t, err)
	_, err = sec.Do(ctx, officer.Actor(), &mechanism.AppointPerson{Person: kazakh}, &mechanism.AppointPerson{Person: reader})
	must(t, err)
	db, dialect := rec.DB()
	ids, err := identity.Open(ctx, db, string(dialect), now)
	must(t, err)
	founding.sessions = map[string]string{}
	for _, p := range []mechanism.Person{officer, kazakh, reader} {
		founding.sessions[p.ID] = newSession(t, ids, p)
	}
}

// newSession gives a person an account and signs them in.
func newSession(t testing.TB, ids *identity.Store, p mechanism.Person) (token string) {
	t.Helper()
	invitation, err := ids.Invite(context.Background(), p.ID, p.ID)
	must(t, err)
	session, err := ids.AcceptInvite(context.Background(), invitation, "a long enough password")
	must(t, err)
	return session.Token
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

// as is somebody who has signed in, with an account made for it. TestAnOfficerAppointsAndThePersonSignsIn goes through the
// door itself.
func (h *house) as(p mechanism.Person) *visitor {
	h.t.Helper()
	token, ok := founding.sessions[p.ID]
	if !ok {
		token = newSession(h.t, h.ids, p)
	}
	return h.holding(token)
}

// holding is a visitor with a cookie of a session.
func (h *house) holding(token string) *visitor {
	h.t.Helper()
	v := h.visitor()
	at, err := url.Parse(h.srv.URL)
	must(h.t, err)
	v.client.Jar.SetCookies(at, []*http.Cookie{{Name: page.SessionCookie, Value: token}})
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
