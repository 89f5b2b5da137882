// Package commitments are the pages of the ledger: the matrix of what was promised and who is bound, the same as a table
// for spreadsheets, and the page of each commitment with its history.
package commitments

import (
	"embed"

	"concord/search"
	"concord/web/page"
)

//go:embed *.html *.css *.js words.txt errors.txt
var files embed.FS

// Family is these pages, which look into one index.
func Family(index *search.Cache) page.Family {
	ledger := lister{index}
	return page.Family{
		Name: "commitments", Files: files,
		Routes: []page.Route{
			page.Get("/commitments", page.Of("commitments", ledger.list)),
			page.Get("/commitments.csv", ledger.commitmentsCSV),
			page.Get("/commitments/{ref}", oneCommitment),
			page.Post("/commitments/{ref}", commitmentChanged),
		},
		Nav: func(f *page.Frame) []page.NavItem {
			return []page.NavItem{{Key: "nav.commitments", Href: "/commitments", Count: f.State.Ledger().Len()}}
		},
		Objects: map[string]string{"commitment": "/commitments/%s", "track": "/commitments?track=%s"},
	}
}
