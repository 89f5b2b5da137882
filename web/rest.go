package web

import (
	"embed"

	"concord/search"
	"concord/web/page"
)

//go:embed *.html *.css *.js words.txt errors.txt
var restFiles embed.FS

// rest is what has no folder of its own yet.
func rest(index *search.Cache) page.Family {
	ledger := lister{index}
	return page.Family{
		Name: "rest", Files: restFiles,
		Routes: []page.Route{
			page.Get("/texts/{code}/review", startReview),
			page.Post("/texts/{code}/review", decide),

			page.Get("/commitments", ledger.listCommitments),
			page.Get("/commitments.csv", ledger.commitmentsCSV),
			page.Get("/commitments/{ref}", oneCommitment),
			page.Post("/commitments/{ref}", commitmentChanged),
		},
		Nav: nav,
		Objects: map[string]string{
			"commitment": "/commitments/%s", "track": "/commitments?track=%s",
		},
	}
}

// nav is the rail: what there is to see.
func nav(f *page.Frame) []page.NavItem {
	return []page.NavItem{{Key: "nav.commitments", Href: "/commitments", Count: f.State.Lines()}}
}
