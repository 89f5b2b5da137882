// Package people are the pages of who holds an office, and of signing in.
package people

import (
	"embed"

	"concord/web/page"
)

//go:embed words.txt errors.txt
var files embed.FS

// Family is these pages.
func Family() page.Family {
	return page.Family{
		Name: "people", Files: files,
		Routes: []page.Route{
			page.Get("/people", listPeople).Personal().Asking("limit", "after"), // it marks oneself
			page.Get("/people.csv", page.TableOf("people.csv", table)),
			page.Post("/people", appoint),
			page.Post("/people/{id}/invite", inviteAgain),
			page.Post("/people/{id}/relieve", relieve),
			page.Post("/people/{id}/tokens", giveToken),
			page.Post("/people/tokens/{token}/end", endToken),

			page.Get("/account", showAccount).Personal().Asking("changed"),
			page.Post("/account", changePassword),

			page.Get("/sign-in", signInForm).Asking("back"),
			page.Post("/sign-in", signIn),
			page.Post("/sign-out", signOut),
			page.Get("/welcome/{token}", showWelcome).Secret(),
			page.Post("/welcome/{token}", welcomed).Secret(),
			page.Post("/demo", beSomebody),
			page.Post("/preferences", keepPreferences),
		},
		Nav:     nav,
		Objects: map[string]string{"person": "/people#%s"},
	}
}

// nav leads those to the people who may know them.
func nav(f *page.Frame) []page.NavItem {
	if !f.SignedIn() {
		return nil
	}
	return []page.NavItem{{Key: "nav.people", Href: "/people"}}
}
