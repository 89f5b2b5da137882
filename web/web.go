// Package web is the face of a mechanism: pages, the same addresses as JSON, and the live updates of open pages.
//
// A [Server] is made by [New] from the one door (package secretariat) and from who is signed in (package identity). All
// its routes stand in routes.go. A page's files lie side by side under one name: overview.go with the handler and the
// typed struct of the page, overview.html with its template, overview.css and overview.js where it has a style or a script
// of its own. A handler reads the state once, through [Server.show]:
//
//	func (s *Server) meetings(w http.ResponseWriter, r *http.Request) error {
//		return s.show(w, r, "meetings", func(m *mechanism.Mechanism, f *Frame) (any, error) {
//			return &meetingsPage{Frame: f, Meetings: ...}, nil
//		})
//	}
//
// What a page struct exports is also its JSON; the [Frame] that it embeds is not. Every page works as plain links and
// forms; the scripts add speed. No page may hold a script or a style of its own in its markup: the browser is told to
// refuse them.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"concord/identity"
	"concord/internal/lang"
	"concord/secretariat"
)

// Config says how to serve. The zero value is good.
type Config struct {
	DemoPerson string           // id of the person that every visitor is signed in as; empty: people sign in
	Secure     bool             // the address is https: cookies are sent over it only
	Proxied    bool             // a proxy of ours stands before it: believe the address that it adds in X-Forwarded-For
	Now        func() time.Time // the clock; nil: the system's
	Log        *slog.Logger     // nil: no log
	Version    string           // of the program, shown at the foot of the page of keys
}

// Server serves one mechanism. It is an http.Handler; Close ends its live updates.
type Server struct {
	sec       *secretariat.Secretariat
	ids       *identity.Store
	cfg       Config
	pages     pages
	words     *lang.Catalog
	assets    assets
	past      *past
	shelf     shelf
	hub       *hub
	metrics   *metrics
	inspector inspector
	searched  searched
	handler   http.Handler
	stop      context.CancelFunc
}

// New makes a server. It starts the hub of the live updates, which Close ends.
func New(sec *secretariat.Secretariat, ids *identity.Store, cfg Config) *Server {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{sec: sec, ids: ids, cfg: cfg, assets: loadAssets(), pages: loadPages(), words: loadWords(), past: newPast(sec)}
	s.metrics = newMetrics(sec)
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.hub = newHub(s)
	go s.hub.run(ctx)
	s.handler = s.middleware(s.routes())
	return s
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close ends the live updates and with them the open connections of their readers.
func (s *Server) Close() { s.stop() }
