package people

import (
	"net/http"
	"strings"

	"concord/identity"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/web/page"
)

// peoplePage lists who holds an office, and lets an officer appoint, invite, relieve, and give programs access.
type peoplePage struct {
	*page.Frame
	People []personShown
	Tokens []tokenShown // an officer's page lists all, everybody's their own
	once
}

// once is what was just made and is shown this once.
type once struct {
	Invite *invitation
	Token  *tokenGiven
}

type personShown struct {
	ID       string
	Name     string
	Office   string
	Party    string
	Role     string
	Relieved bool
	Login    string // empty: no account
	Ready    bool   // the account has a password
	Self     bool
}

// invitation is the address where a person sets a password.
type invitation struct {
	Name, Login, Address string
}

func listPeople(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if page.VisitOf(r).JSON {
		return s.ShowData(w, r, listData)
	}
	return showPeople(s, w, r, once{})
}

func showPeople(s *page.Site, w http.ResponseWriter, r *http.Request, made once) error {
	if !s.Present(r).SeesParties() {
		return errClosed()
	}
	accounts, err := s.IDs.Accounts(r.Context())
	if err != nil {
		return err
	}
	tokens, err := tokensFor(s, r)
	if err != nil {
		return err
	}
	logins := map[string]identity.Account{}
	for _, a := range accounts {
		logins[a.Person] = a
	}
	return s.Show(w, r, func(f *page.Frame) (page.Page, error) {
		m := f.State
		f.About(f.T("people.title"), "*")
		p := &peoplePage{Frame: f, Tokens: showTokens(f, tokens), once: made}
		for _, one := range m.People() {
			shown := personShown{ID: one.ID, Name: one.Name, Office: one.Office, Party: one.Party, Role: f.Role(one.Actor()), Relieved: one.Relieved, Self: one.ID == f.Person.ID}
			if a, ok := logins[one.ID]; ok && f.May("person.appoint") {
				shown.Login, shown.Ready = a.Login, a.Ready
			}
			p.People = append(p.People, shown)
		}
		return p, nil
	})
}

// appoint gives a person an office and invites them. Whoever has the sign-in name already keeps their id; anybody else gets a
// new one, which says nothing of how they sign in.
func appoint(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if err := mayAppoint(s, r); err != nil {
		return err
	}
	login := r.PostFormValue("login")
	p := mechanism.Person{Name: strings.TrimSpace(r.PostFormValue("name")), Office: r.PostFormValue("office")}
	if p.Office == mechanism.Coordinator {
		p.Party = r.PostFormValue("party")
	}
	var err error
	if p.ID, err = idFor(s, r, login, p.Name); err != nil {
		return err
	}
	if err := s.IDs.Free(r.Context(), login, p.ID); err != nil {
		return err
	}
	if _, err := s.Do(r, &mechanism.AppointPerson{Person: p}); err != nil {
		return err
	}
	return inviteAs(s, w, r, p, login)
}

// idFor is the id of the person of that name who signs in so, or a new one.
func idFor(s *page.Site, r *http.Request, login, name string) (string, error) {
	accounts, err := s.IDs.Accounts(r.Context())
	if err != nil {
		return "", err
	}
	m := s.Present(r)
	for _, a := range accounts {
		if old, known := m.Person(a.Person); known && old.Name == name && strings.EqualFold(a.Login, strings.TrimSpace(login)) {
			return old.ID, nil
		}
	}
	return identity.NewPersonID(), nil
}

// inviteAgain makes a new invitation for somebody who holds an office.
func inviteAgain(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if err := mayAppoint(s, r); err != nil {
		return err
	}
	person, err := inOffice(s, r.PathValue("id"))
	if err != nil {
		return err
	}
	return inviteAs(s, w, r, person, r.PostFormValue("login"))
}

func inviteAs(s *page.Site, w http.ResponseWriter, r *http.Request, p mechanism.Person, login string) error {
	token, err := s.IDs.Invite(r.Context(), login, p.ID)
	if err != nil {
		return err
	}
	s.Audit(r, "invited", "of", p.ID, "login", login)
	return showPeople(s, w, r, once{Invite: &invitation{
		Name: p.Name, Login: strings.ToLower(strings.TrimSpace(login)), Address: s.Address(r) + "/welcome/" + token,
	}})
}

// relieve ends a person's office and with it their account.
func relieve(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	seq, err := s.Do(r, &mechanism.RelievePerson{Person: id, Reason: strings.TrimSpace(r.PostFormValue("reason"))})
	if err != nil {
		return err
	}
	if err := s.IDs.Remove(r.Context(), id); err != nil {
		return err
	}
	return s.Done(w, r, seq, "/people")
}

// mayAppoint asks for the mandate to appoint before anything is done to accounts and access tokens.
func mayAppoint(s *page.Site, r *http.Request) error {
	if !s.Present(r).May("person.appoint") {
		return page.NotFor{Kind: "person.appoint"}
	}
	return aPerson(r)
}

// inOffice finds somebody who holds an office.
func inOffice(s *page.Site, id string) (p mechanism.Person, err error) {
	p, ok := s.Sec.Mandate(id)
	if !ok {
		return p, fault.New(fault.NotFound, "nobody in office has the id %q", id)
	}
	return p, nil
}
