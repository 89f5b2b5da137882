package web

import (
	"embed"

	"concord/web/page"
)

//go:embed *.html *.css *.js words.txt errors.txt
var restFiles embed.FS

// rest is what has no folder of its own yet.
func rest() page.Family {
	search, inspector := &searched{}, &inspector{}
	return page.Family{
		Name: "rest", Files: restFiles,
		Routes: []page.Route{
			page.Get("/{$}", showOverview),
			page.Get("/overview", showOverview),
			page.Get("/meetings", listMeetings),
			page.Get("/find", search.showFind),
			page.Get("/keys", showKeys),

			page.Get("/texts", listTexts),
			page.Get("/texts/import", importText),
			page.Post("/texts/import", importFile),
			page.Get("/texts/{code}", showText),
			page.Get("/texts/{code}/review", startReview),
			page.Post("/texts/{code}/review", decide),
			page.Get("/texts/{code}/file/{language}", sendFile),

			page.Get("/commitments", search.listCommitments),
			page.Get("/commitments.csv", search.commitmentsCSV),
			page.Get("/commitments/{ref}", oneCommitment),
			page.Post("/commitments/{ref}", commitmentChanged),

			page.Get("/record", listActs),
			page.Get("/record/{seq}", showAct),
			page.Get("/record/verify", inspector.showVerify),
			page.Post("/record/verify", inspector.startVerify),
			page.Get("/record/log/{path...}", serveTiles),

			page.Get("/sign-in", signInForm),
			page.Post("/sign-in", signIn),
			page.Post("/sign-out", signOut),
			page.Get("/welcome/{token}", showWelcome),
			page.Post("/welcome/{token}", welcomed),
			page.Post("/demo", beSomebody),
			page.Post("/preferences", keepPreferences),
			page.Get("/people", listPeople),
			page.Post("/people", appoint),
			page.Post("/people/{id}/invite", inviteAgain),
			page.Post("/people/{id}/relieve", relieve),
		},
		Nav: nav,
		Objects: map[string]string{
			"text": "/texts/%s", "commitment": "/commitments/%s", "track": "/commitments?track=%s", "body": "/meetings#%s",
			"meeting": "/meetings#%s", "person": "/people#%s",
		},
	}
}

// nav is the rail: what there is to see.
func nav(f *page.Frame) []page.NavItem {
	m := f.State
	items := []page.NavItem{
		{Key: "nav.overview", Href: "/", Also: "/overview"},
		{Key: "nav.texts", Href: "/texts", Count: len(m.Texts())},
		{Key: "nav.commitments", Href: "/commitments", Count: m.Lines()},
		{Key: "nav.meetings", Href: "/meetings", Count: len(m.Meetings())},
		{Key: "nav.record", Href: "/record", Count: int(m.Acts())},
	}
	if f.SignedIn() {
		items = append(items, page.NavItem{Key: "nav.people", Href: "/people"})
	}
	return items
}
