// Package commitments are the pages of the ledger: the matrix of what was promised and who is bound, the same as a table
// for spreadsheets, and the page of each commitment with its history.
package commitments

import (
	"embed"

	"concord/search"
	"concord/web/page"
)

//go:embed *.css *.js words.txt errors.txt
var files embed.FS

// filters are the questions that say which commitments are wanted, and in which order.
var filters = []string{"q", "text", "track", "party", "strength", "min", "max", "kind", "deadline", "missing", "instrument", "state", "group", "sort"}

// Family is these pages, which look into one index.
func Family(index *search.Cache) page.Family {
	ledger := lister{index, &drawnRows{}}
	return page.Family{
		Name: "commitments", Files: files,
		Routes: []page.Route{
			page.Get("/commitments", page.Both(ledger.list, ledger.listData)).Asking(filters...).Asking("limit", "after", "at", "col"),
			page.Get("/commitments.csv", page.TableOf("commitments.csv", ledger.table)).Asking(filters...),
			page.Get("/commitments/{ref}", ledger.one).Asking("open"),
			page.Post("/commitments/{ref}", ledger.changed),
		},
		Nav: func(f *page.Frame) []page.NavItem {
			return []page.NavItem{{Key: "nav.commitments", Href: "/commitments", Count: f.State.Ledger().Len()}}
		},
		Objects: map[string]string{"commitment": "/commitments/%s", "track": "/commitments?track=%s"},
	}
}
