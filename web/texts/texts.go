// Package texts are the pages of the texts: the list, a text clause by clause, its file, and the import of another.
package texts

import (
	"embed"

	"concord/web/page"
)

//go:embed *.css *.js words.txt errors.txt
var files embed.FS

// Family is these pages.
func Family() page.Family {
	return page.Family{
		Name: "texts", Files: files,
		Routes: []page.Route{
			page.Get("/texts", page.Both(list, listData)).Asking("limit", "after"),
			page.Get("/texts/import", importText).Asking("code"),
			page.Upload("/texts/import", largestForm, importFile),
			page.Get("/texts/{code}", showText).Asking("view", "copy", "ref"),
			page.Post("/texts/{code}", withdraw),
			page.Get("/texts/{code}/file/{language}", sendFile),
		},
		Nav: func(f *page.Frame) []page.NavItem {
			return []page.NavItem{{Key: "nav.texts", Href: "/texts", Count: f.State.CountTexts()}}
		},
		Objects: map[string]string{"text": "/texts/%s"},
	}
}
