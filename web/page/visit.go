package page

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // so that zones are the same on every machine

	"concord/internal/fault"
	"concord/internal/lang"
	"concord/mechanism"
)

// Visit is what is known of a request before any handler: who sends it, for whom they act, how they wish to read.
type Visit struct {
	ID      string // of the request, for whoever must look it up in the log
	L       *lang.Lang
	Zone    *time.Location
	Theme   string // light, dark, or empty: as the system has it
	Now     time.Time
	Person  mechanism.Person // without an id: nobody is signed in
	Actor   mechanism.Actor  // the zero Actor is the public
	JSON    bool             // data is asked for, not a page
	Program bool             // an access token came with the request, instead of a session
	AsOf    string           // a day, 2025-06-17: the state at its end is asked for; empty: as it stands
}

// SignedIn says whether the visitor holds an office.
func (v *Visit) SignedIn() bool { return v.Actor.Office != "" }

type visitKey struct{}

// VisitOf gives the visit of a request; a plain one before the middleware has made it.
func VisitOf(r *http.Request) *Visit {
	if v, ok := r.Context().Value(visitKey{}).(*Visit); ok {
		return v
	}
	return &Visit{ID: trackedOf(r).id, L: trackedOf(r).words.For("en"), Zone: time.UTC, JSON: wantsJSON(r)}
}

// visit makes the Visit. An address that ends in .json loses that ending and asks for data.
func (s *Site) visit(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := &Visit{ID: trackedOf(r).id, L: s.language(w, r), Now: s.Config.Now(), Theme: s.Cookie(r, "theme"), JSON: wantsJSON(r)}
		if path, ok := strings.CutSuffix(r.URL.Path, ".json"); ok && !strings.HasPrefix(path, "/assets/") {
			r.URL.Path, r.URL.RawPath, v.JSON = path, "", true
		}
		person, err := s.personID(r, v)
		p, inOffice := s.Sec.Mandate(person)
		if inOffice {
			v.Person, v.Actor = p, p.Actor()
		}
		v.Zone = s.zoneOf(r, s.Sec.Sight(v.Actor), v.Actor)
		v.AsOf = pastDay(asked(r, "asof"), v.Now.In(v.Zone))
		r = r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
		old := s.Sec.Current()
		switch {
		case isProbe(r) || strings.HasPrefix(r.URL.Path, "/assets/"):
			next.ServeHTTP(w, r)
		case old != nil:
			s.fail(w, r, old)
		case err != nil:
			s.fail(w, r, err)
		case v.Program && !inOffice:
			s.fail(w, r, WithStatus(http.StatusUnauthorized, fault.New(fault.Denied, "the person whose access token this is holds no office now")))
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// personID says who the visitor is: by the access token, which is a program's and asks for data unless it says otherwise;
// by the session; or in a demo by the choice made there. Only of a token is it an error that it is not right. That nobody can
// say whose it is, because the database is away, is one of both: who is signed in is not told that they hold no office.
func (s *Site) personID(r *http.Request, v *Visit) (string, error) {
	if secret, ok := bearer(r); ok {
		v.Program, v.JSON = true, v.JSON || !asksForPage(r)
		person, err := s.IDs.TokenPerson(r.Context(), secret)
		if fault.KindOf(err) == fault.Denied {
			err = WithStatus(http.StatusUnauthorized, err)
		}
		return person, err
	}
	if s.Config.DemoPerson != "" {
		if c, err := r.Cookie(s.cookieName(DemoCookie)); err == nil {
			return c.Value, nil
		}
		return s.Config.DemoPerson, nil
	}
	token := s.Cookie(r, SessionCookie)
	if token == "" {
		return "", nil
	}
	whose := s.IDs.Person
	if r.URL.Path == livePath { // a page that is open asks by itself
		whose = s.IDs.Holder
	}
	person, err := whose(r.Context(), token)
	if fault.KindOf(err) == fault.NotFound {
		return "", nil
	}
	return person, err
}

// bearer is the secret of an access token that came with a request, if one did. No browser sends one by itself.
func bearer(r *http.Request) (secret string, ok bool) {
	scheme, secret, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(secret), strings.EqualFold(scheme, "Bearer")
}

// asked is what the address asks for under a name. Most addresses ask for nothing.
func asked(r *http.Request, name string) string {
	if r.URL.RawQuery == "" {
		return ""
	}
	return r.URL.Query().Get(name)
}

// language is the one asked for by ?lang=, which is kept in a cookie, else the cookie's, else the browser's.
func (s *Site) language(w http.ResponseWriter, r *http.Request) *lang.Lang {
	if tag := asked(r, "lang"); tag != "" {
		l := s.words.For(tag)
		s.SetCookie(w, "lang", l.Tag+fallbackMark(l), 365*24*time.Hour)
		return l
	}
	if tag := s.Cookie(r, "lang"); tag != "" {
		return s.words.For(strings.TrimPrefix(tag, "en~"))
	}
	return acceptLanguage(s.words, r.Header.Get("Accept-Language"))
}

// fallbackMark keeps in the cookie which language was wanted when it is not complete: "en~kk".
func fallbackMark(l *lang.Lang) string {
	if l.Fallback == "" {
		return ""
	}
	return "~" + l.Fallback
}

// acceptLanguage takes the first complete language of a browser's list, which is in the order of preference in practice;
// when it knows none of them, the first as a fallback.
func acceptLanguage(words *lang.Catalog, header string) *lang.Lang {
	first := ""
	for part := range strings.SplitSeq(header, ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		if words.Known(tag) {
			return words.For(tag)
		}
		if first == "" && tag != "*" {
			first = tag
		}
	}
	return words.For(first)
}

// zoneOf is the zone in which a visitor reads the clock: of the party's capital for whoever acts for one, else the
// browser's, else UTC.
func (s *Site) zoneOf(r *http.Request, m State, by mechanism.Actor) *time.Location {
	name := sent(r, "zone") // a script sets it
	if p, ok := m.Party(by.Party); ok && p.Zone != "" {
		name = p.Zone
	}
	return s.zones.named(name)
}

// zones keeps the zones that were asked for: to load one is to read a file. There are some hundreds.
type zones struct{ known sync.Map }

// named gives a zone by its name in the IANA database; UTC when it has none of that name.
func (z *zones) named(name string) *time.Location {
	if name == "" || name == "Local" {
		return time.UTC
	}
	if zone, ok := z.known.Load(name); ok {
		return zone.(*time.Location)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	z.known.Store(name, zone)
	return zone
}

// pastDay accepts a day before today.
func pastDay(day string, now time.Time) string {
	if _, err := time.Parse(time.DateOnly, day); err != nil || day >= now.Format(time.DateOnly) {
		return ""
	}
	return day
}

// wantsJSON says whether the Accept header puts JSON before HTML.
func wantsJSON(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	json, html := strings.Index(accept, "application/json"), strings.Index(accept, "text/html")
	return json >= 0 && (html < 0 || json < html)
}

// asksForPage says whether the Accept header names HTML.
func asksForPage(r *http.Request) bool { return strings.Contains(r.Header.Get("Accept"), "text/html") }

// Cookie is the value of a cookie that the site has set; empty when it was not sent.
func (s *Site) Cookie(r *http.Request, name string) string { return sent(r, s.cookieName(name)) }

// cookieName is the name of a cookie in the browser. Where all is https, it has the opening for which browsers let nobody but this
// host set it.
func (s *Site) cookieName(name string) string {
	if s.Secure() {
		return "__Host-" + name
	}
	return name
}

// sent is the value of a cookie of that very name.
func sent(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// SetCookie keeps a value in the visitor's browser; scripts cannot read it.
func (s *Site) SetCookie(w http.ResponseWriter, name, value string, keep time.Duration) {
	c := &http.Cookie{Name: s.cookieName(name), Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.Secure()}
	if c.MaxAge = int(keep / time.Second); keep < 0 {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// Cookies that say who a visitor is.
const (
	SessionCookie = "session"
	DemoCookie    = "demo" // read in a demo only
)
