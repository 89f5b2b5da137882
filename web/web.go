// Package web is the face of a mechanism: pages, the same addresses as JSON, and the live updates of open pages.
//
// It is the list of the families of pages; each is a folder of its own, and package page is what they share. Their templates (*.qtpl) are compiled to Go by go generate.
package web

//go:generate go tool qtc -skipLineComments -dir .

import (
	"concord/identity"
	"concord/search"
	"concord/secretariat"
	"concord/web/acts"
	"concord/web/commitments"
	"concord/web/find"
	"concord/web/meetings"
	"concord/web/overview"
	"concord/web/page"
	"concord/web/people"
	"concord/web/record"
	"concord/web/review"
	"concord/web/texts"
)

// Config says how to serve. The zero value is good.
type Config = page.Config

// Bounds are what one client may take of the server.
type Bounds = page.Bounds

// Server serves one mechanism. It is an http.Handler; Close ends its live updates.
type Server = page.Site

// New makes a server of all families, in the order of the rail. Close ends its live updates.
func New(sec *secretariat.Secretariat, ids *identity.Store, cfg Config) *Server {
	index := &search.Cache{}
	return page.New(sec, ids, cfg,
		overview.Family(),
		texts.Family(),
		commitments.Family(index),
		review.Family(),
		meetings.Family(),
		record.Family(),
		people.Family(),
		acts.Family(),
		find.Family(index),
	)
}
