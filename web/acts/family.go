// Package acts is the door for programs: any kind of act, as JSON, from whoever may do it, and the page that lists the kinds.
package acts

import (
	"embed"

	"concord/web/page"
)

//go:embed words.txt errors.txt
var files embed.FS

// Family is these pages.
func Family() page.Family {
	return page.Family{
		Name: "acts", Files: files,
		Routes: []page.Route{
			page.Get("/acts", page.Of(kindsPage)),
			page.Upload("/acts", maxGroup, do),
		},
	}
}
