// Package record are the pages of the record: its acts, the proof of each, and the verification of all.
package record

import (
	"embed"

	"concord/web/page"
)

//go:embed words.txt errors.txt
var files embed.FS

// Family is these pages.
func Family() page.Family {
	i := &inspector{}
	return page.Family{
		Name: "record", Files: files,
		Routes: []page.Route{
			page.Get("/record", page.Both(list, listData)).Asking("kind", "party", "object", "before", "limit", "after"),
			page.Get("/record.csv", page.TableOf("record.csv", table)).Asking("kind", "party", "object", "before"),
			page.Get("/record/{seq}", showAct),
			page.Get("/record/verify", i.showVerify),
			page.Post("/record/verify", i.startVerify),
			page.Get("/record/log/{path...}", serveTiles),
		},
		Nav: func(f *page.Frame) []page.NavItem {
			return []page.NavItem{{Key: "nav.record", Href: "/record", Count: int(f.State.Acts())}}
		},
	}
}
