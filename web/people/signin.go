package people

import (
	"net/http"
	"strings"
	"time"
	"unicode"

	"concord/identity"
	"concord/internal/fault"
	"concord/web/page"
)

// signInPage asks for name and password.
type signInPage struct {
	*page.Frame
	Login string
	Wrong bool // the last attempt was not right
	Back  string
}

func signInForm(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	return askSignIn(s, w, r, http.StatusOK, signInPage{Back: localPath(r.URL.Query().Get("back"))})
}

func askSignIn(s *page.Site, w http.ResponseWriter, r *http.Request, status int, p signInPage) error {
	return s.ShowStatus(w, r, status, func(f *page.Frame) (page.Page, error) {
		f.About(f.T("sign-in.title"))
		f.Seal = nil
		p.Frame = f
		return &p, nil
	})
}

func signIn(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	login, back := r.PostFormValue("login"), localPath(r.PostFormValue("back"))
	session, err := s.IDs.SignIn(r.Context(), login, r.PostFormValue("password"), s.AddressOf(r))
	if err != nil {
		s.Audit(r, "sign-in refused", "login", shortened(login), "error", err)
	}
	if fault.KindOf(err) == fault.Denied && !page.VisitOf(r).JSON {
		return askSignIn(s, w, r, http.StatusForbidden, signInPage{Login: login, Wrong: true, Back: back})
	}
	if err != nil {
		return err
	}
	s.Audit(r, "signed in", "login", login)
	if old := s.Cookie(r, page.SessionCookie); old != "" { // whoever knew the secret of before knows none now
		if err := s.IDs.SignOut(r.Context(), old); err != nil {
			return err
		}
	}
	keepSession(s, w, session)
	http.Redirect(w, r, back, http.StatusSeeOther)
	return nil
}

// shortened is a name as the log shows it: nobody's is longer, whatever was sent.
func shortened(login string) string {
	const most = 128
	if runes := []rune(login); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return login
}

func keepSession(s *page.Site, w http.ResponseWriter, session identity.Session) {
	s.SetCookie(w, page.SessionCookie, session.Token, session.Expires.Sub(s.Config.Now()))
}

// signOut ends the session; with everywhere=1 all sessions of the person.
func signOut(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	token := s.Cookie(r, page.SessionCookie)
	person, unknown := s.IDs.Person(r.Context(), token)
	if unknown == nil && r.PostFormValue("everywhere") != "" {
		if err := s.IDs.SignOutEverywhere(r.Context(), person); err != nil {
			return err
		}
	}
	if err := s.IDs.SignOut(r.Context(), token); err != nil {
		return err
	}
	if unknown == nil {
		s.Audit(r, "signed out", "everywhere", r.PostFormValue("everywhere") != "")
		s.SendAway() // no page that is still open hears on
	}
	s.SetCookie(w, page.SessionCookie, "", -1)
	w.Header().Set("Clear-Site-Data", `"cache", "storage"`) // whoever sits here next finds neither pages nor drafts
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// beSomebody lets a visitor of the demo be somebody else, or nobody.
func beSomebody(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if s.Config.DemoPerson == "" {
		return fault.New(fault.Denied, "this is not a demo: sign in to act as somebody")
	}
	s.SetCookie(w, page.DemoCookie, r.PostFormValue("person"), 24*time.Hour)
	http.Redirect(w, r, localPath(r.PostFormValue("back")), http.StatusSeeOther)
	return nil
}

// keepPreferences keeps how a visitor wishes to read.
func keepPreferences(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	switch theme := r.PostFormValue("theme"); theme {
	case "light", "dark":
		s.SetCookie(w, "theme", theme, 365*24*time.Hour)
	default:
		s.SetCookie(w, "theme", "", -1)
	}
	http.Redirect(w, r, localPath(r.PostFormValue("back")), http.StatusSeeOther)
	return nil
}

// welcomePage lets somebody who was invited choose a password.
type welcomePage struct {
	*page.Frame
	Login  string
	Name   string
	Office string // as what they are to act, in words
	Wrong  string
	Least  int
}

func showWelcome(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	return askPassword(s, w, r, http.StatusOK, "")
}

func askPassword(s *page.Site, w http.ResponseWriter, r *http.Request, status int, wrong string) error {
	account, err := s.IDs.Invited(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return s.ShowStatus(w, r, status, func(f *page.Frame) (page.Page, error) {
		f.About(f.T("welcome.title"))
		f.Volatile = true
		f.Seal = nil
		p := &welcomePage{Frame: f, Login: account.Login, Least: identity.MinPassword, Wrong: wrong}
		if person, ok := s.Sec.Mandate(account.Person); ok { // who is invited may know as whom
			p.Name, p.Office = person.Name, f.Role(person.Actor())
		}
		return p, nil
	})
}

func welcomed(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	password, l := r.PostFormValue("password"), page.VisitOf(r).L
	if err := identity.CheckPassword(password); err != nil {
		return askPassword(s, w, r, http.StatusBadRequest, l.Error(err))
	}
	if password != r.PostFormValue("again") {
		return askPassword(s, w, r, http.StatusBadRequest, l.T("welcome.differ"))
	}
	session, err := s.IDs.AcceptInvite(r.Context(), r.PathValue("token"), password)
	if err != nil {
		return err
	}
	s.Audit(r, "invitation accepted", "of", session.Person)
	keepSession(s, w, session)
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
