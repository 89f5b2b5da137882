package web

import (
	"net"
	"net/http"
	"strings"
	"time"
	"unicode"

	"concord/identity"
	"concord/internal/fault"
	"concord/mechanism"
)

// Cookies that say who a visitor is.
const (
	sessionCookie = "session"
	demoCookie    = "demo" // read in a demo only
)

// signInPage asks for name and password.
type signInPage struct {
	*Frame `json:"-"`
	Login  string `json:"-"`
	Wrong  bool   `json:"wrong"` // the last attempt was not right
	Back   string `json:"-"`
}

func (s *Server) signInForm(w http.ResponseWriter, r *http.Request) error {
	return s.askSignIn(w, r, http.StatusOK, signInPage{Back: localPath(r.URL.Query().Get("back"))})
}

func (s *Server) askSignIn(w http.ResponseWriter, r *http.Request, status int, p signInPage) error {
	return s.showStatus(w, r, status, "signin", func(m *mechanism.Mechanism, f *Frame) (any, error) {
		f.About(f.T("sign-in.title"))
		f.Seal = nil
		p.Frame = f
		return &p, nil
	})
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request) error {
	login, back := r.PostFormValue("login"), localPath(r.PostFormValue("back"))
	session, err := s.ids.SignIn(r.Context(), login, r.PostFormValue("password"), s.addressOf(r))
	if fault.KindOf(err) == fault.Denied {
		return s.askSignIn(w, r, http.StatusForbidden, signInPage{Login: login, Wrong: true, Back: back})
	}
	if err != nil {
		return err
	}
	s.keepSession(w, session)
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
}

func (s *Server) keepSession(w http.ResponseWriter, session identity.Session) {
	s.setCookie(w, sessionCookie, session.Token, session.Expires.Sub(s.cfg.Now()))
}

// signOut ends the session; with everywhere=1 all sessions of the person.
func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	token := cookie(r, sessionCookie)
	person, unknown := s.ids.Person(r.Context(), token)
	if unknown == nil && r.PostFormValue("everywhere") != "" {
		if err := s.ids.SignOutEverywhere(r.Context(), person); err != nil {
			return err
		}
	}
	if err := s.ids.SignOut(r.Context(), token); err != nil {
		return err
	}
	if unknown == nil {
		s.hub.sendAway() // no page that is still open hears on
	}
	s.setCookie(w, sessionCookie, "", -1)
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// demo lets a visitor of the demo be somebody else, or nobody.
func (s *Server) demo(w http.ResponseWriter, r *http.Request) error {
	if s.cfg.DemoPerson == "" {
		return fault.New(fault.Denied, "this is not a demo: sign in to act as somebody")
	}
	s.setCookie(w, demoCookie, r.PostFormValue("person"), 24*time.Hour)
	http.Redirect(w, r, localPath(r.PostFormValue("back")), http.StatusSeeOther)
	return nil
}

// preferences keeps how a visitor wishes to read.
func (s *Server) preferences(w http.ResponseWriter, r *http.Request) error {
	switch theme := r.PostFormValue("theme"); theme {
	case "light", "dark":
		s.setCookie(w, "theme", theme, 365*24*time.Hour)
	default:
		s.setCookie(w, "theme", "", -1)
	}
	http.Redirect(w, r, localPath(r.PostFormValue("back")), http.StatusSeeOther)
	return nil
}

// welcomePage lets somebody who was invited choose a password.
type welcomePage struct {
	*Frame `json:"-"`
	Login  string `json:"login"`
	Name   string `json:"name"`
	Role   string `json:"-"`
	Wrong  string `json:"wrong,omitempty"`
	Least  int    `json:"least"`
}

func (s *Server) welcome(w http.ResponseWriter, r *http.Request) error {
	return s.askPassword(w, r, http.StatusOK, "")
}

func (s *Server) askPassword(w http.ResponseWriter, r *http.Request, status int, wrong string) error {
	account, err := s.ids.Invited(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return s.showStatus(w, r, status, "welcome", func(m *mechanism.Mechanism, f *Frame) (any, error) {
		f.About(f.T("welcome.title"))
		f.Volatile = true
		f.Seal = nil
		p := &welcomePage{Frame: f, Login: account.Login, Least: identity.MinPassword, Wrong: wrong}
		if person, ok := m.Person(account.Person); ok {
			p.Name, p.Role = person.Name, f.Role(person.Actor())
		}
		return p, nil
	})
}

func (s *Server) welcomed(w http.ResponseWriter, r *http.Request) error {
	password, l := r.PostFormValue("password"), visitOf(r).L
	if err := identity.CheckPassword(password); err != nil {
		return s.askPassword(w, r, http.StatusBadRequest, l.Error(err))
	}
	if password != r.PostFormValue("again") {
		return s.askPassword(w, r, http.StatusBadRequest, l.T("welcome.differ"))
	}
	session, err := s.ids.AcceptInvite(r.Context(), r.PathValue("token"), password)
	if err != nil {
		return err
	}
	s.keepSession(w, session)
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// localPath accepts an address on this server only, so that no form sends a visitor elsewhere. Control characters are
// refused too: browsers leave out tabs and line ends, so that "/<tab>/host" is another site to them.
func localPath(path string) string {
	odd := func(r rune) bool { return r == '\\' || unicode.IsControl(r) }
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsFunc(path, odd) {
		return "/"
	}
	return path
}

// addressOf is where a request comes from, without the port. Of X-Forwarded-For only the last address counts, which our
// own proxy has added; whatever stands before it anybody can write.
func (s *Server) addressOf(r *http.Request) string {
	if all := r.Header.Values("X-Forwarded-For"); s.cfg.Proxied && len(all) > 0 {
		last := all[len(all)-1]
		return strings.TrimSpace(last[strings.LastIndexByte(last, ',')+1:])
	}
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
