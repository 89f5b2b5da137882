// Package review are the pages on which people decide what was proposed from a text.
package review

import (
	"embed"

	"concord/web/page"
)

//go:embed *.css *.js words.txt errors.txt
var files embed.FS

// Family is these pages.
func Family() page.Family {
	return page.Family{
		Name: "review", Files: files,
		Routes: []page.Route{
			page.Get("/texts/{code}/review", startReview).Asking("n", "state", "limit", "after", "open").Personal(), // the undo is of what one did oneself
			page.Post("/texts/{code}/review", decide),
		},
	}
}
