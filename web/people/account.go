package people

import (
	"net/http"
	"slices"

	"concord/identity"
	"concord/internal/fault"
	"concord/web/page"
)

// accountPage lets somebody who is signed in choose another password.
type accountPage struct {
	*page.Frame
	Login   string // empty: they have no account, as in a demonstration
	Wrong   string
	Changed bool
	Least   int
}

func showAccount(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	return askChange(s, w, r, http.StatusOK, accountPage{Changed: r.URL.Query().Get("changed") != ""})
}

func askChange(s *page.Site, w http.ResponseWriter, r *http.Request, status int, p accountPage) error {
	if err := ownAccount(r); err != nil {
		return err
	}
	all, err := s.IDs.Accounts(r.Context())
	if err != nil {
		return err
	}
	own := page.VisitOf(r).Person.ID
	if i := slices.IndexFunc(all, func(a identity.Account) bool { return a.Person == own }); i >= 0 {
		p.Login = all[i].Login
	}
	return s.ShowStatus(w, r, status, func(f *page.Frame) (page.Page, error) {
		f.About(f.T("account.title"))
		f.Volatile = true
		f.Seal = nil
		p.Frame, p.Least = f, identity.MinPassword
		return &p, nil
	})
}

// ownAccount keeps the page to people who are signed in.
func ownAccount(r *http.Request) error {
	if !page.VisitOf(r).SignedIn() {
		return fault.New(fault.Denied, "sign in first: this page is for your own account")
	}
	return aPerson(r)
}

// changePassword gives a person another password. All their sessions end; here a new one begins.
func changePassword(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if err := ownAccount(r); err != nil {
		return err
	}
	v := page.VisitOf(r)
	password := r.PostFormValue("password")
	if password != r.PostFormValue("again") {
		return askChange(s, w, r, http.StatusBadRequest, accountPage{Wrong: v.L.T("welcome.differ")})
	}
	session, err := s.IDs.ChangePassword(r.Context(), v.Person.ID, r.PostFormValue("old"), password, s.AddressOf(r))
	switch kind := fault.KindOf(err); {
	case err == nil:
	case !v.JSON && kind == fault.Denied:
		s.Audit(r, "change of password refused", "error", err)
		return askChange(s, w, r, http.StatusForbidden, accountPage{Wrong: v.L.T("account.wrong")})
	case !v.JSON && kind == fault.Invalid:
		return askChange(s, w, r, http.StatusBadRequest, accountPage{Wrong: v.L.Error(err)})
	default:
		return err
	}
	s.Audit(r, "password changed")
	s.SendAway()
	keepSession(s, w, session)
	http.Redirect(w, r, "/account?changed=1", http.StatusSeeOther)
	return nil
}
