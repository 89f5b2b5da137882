package people

import (
	"net/http"
	"slices"

	"concord/identity"
	"concord/internal/fault"
	"concord/web/page"
)

// tokenShown is an access token as the page of people lists it.
type tokenShown struct {
	ID, Name, Label, Giver string
	Given, Until           string // dates
}

// tokenGiven is a token with its secret, which is shown once.
type tokenGiven struct {
	Name, Party, Label, Secret string
	Address                    string // of the site
	Acts                       bool   // its person may keep a note, so the example is one
}

// giveToken makes an access token for somebody who holds an office.
func giveToken(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if err := mayAppoint(s, r); err != nil {
		return err
	}
	person, err := inOffice(s, r.PathValue("id"))
	if err != nil {
		return err
	}
	t, secret, err := s.IDs.GiveToken(r.Context(), person.ID, r.PostFormValue("label"), page.VisitOf(r).Person.ID)
	if err != nil {
		return err
	}
	s.Audit(r, "access token given", "of", person.ID, "token", t.ID)
	return showPeople(s, w, r, once{Token: &tokenGiven{
		Name: person.Name, Party: person.Party, Label: t.Label, Secret: secret, Address: s.Address(r), Acts: s.Sec.Sight(person.Actor()).May("note.add"),
	}})
}

// endToken ends an access token: an officer any, everybody their own.
func endToken(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	all, err := tokensFor(s, r)
	if err != nil {
		return err
	}
	id := r.PathValue("token")
	if !slices.ContainsFunc(all, func(t identity.AccessToken) bool { return t.ID == id }) {
		return fault.New(fault.NotFound, "there is no access token %q", id)
	}
	if err := aPerson(r); err != nil {
		return err
	}
	if err := s.IDs.EndToken(r.Context(), id); err != nil {
		return err
	}
	s.Audit(r, "access token ended", "token", id)
	http.Redirect(w, r, "/people#tokens", http.StatusSeeOther)
	return nil
}

// tokensFor are the access tokens that a visitor may know of: an officer all, everybody else their own.
func tokensFor(s *page.Site, r *http.Request) ([]identity.AccessToken, error) {
	all, err := s.IDs.Tokens(r.Context())
	if err != nil || s.Present(r).May("person.appoint") {
		return all, err
	}
	own := page.VisitOf(r).Person.ID
	return slices.DeleteFunc(all, func(t identity.AccessToken) bool { return own == "" || t.Person != own }), nil
}

// aPerson keeps the ways in to people who have signed in: a program never gives another one.
func aPerson(r *http.Request) error {
	if page.VisitOf(r).Program {
		return fault.New(fault.Denied, "accounts and access tokens are for people who have signed in, not for programs")
	}
	return nil
}

func showTokens(f *page.Frame, all []identity.AccessToken) (shown []tokenShown) {
	const day = "2006-01-02"
	for _, t := range all {
		shown = append(shown, tokenShown{
			ID: t.ID, Name: nameOf(f, t.Person), Label: t.Label, Giver: nameOf(f, t.Giver),
			Given: f.Date(t.Given.In(f.Zone).Format(day)), Until: f.Date(t.Expires.In(f.Zone).Format(day)),
		})
	}
	return shown
}

// nameOf is a person's name; nobody is whoever runs the server.
func nameOf(f *page.Frame, id string) string {
	if p, ok := f.State.Person(id); ok {
		return p.Name
	}
	if id == "" {
		return f.T("people.token-server")
	}
	return id
}
