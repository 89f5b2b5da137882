// Package page is the kernel of all pages: what a request brings, what stands around a page, how it is shown, sent, kept
// and renewed.
//
// A [Site] serves families of pages. A [Family] is one value, made by a folder of its own (web/meetings, ...), with its
// addresses, its lines in the rail and its files. A page is a struct that embeds the [Frame], a function
// that builds it from the state, and its markup, the function Main of a template:
//
//	func Family() page.Family {
//		return page.Family{Name: "meetings", Files: files, Routes: []page.Route{page.Get("/meetings", page.Of(meetings))}}
//	}
//
//	func meetings(f *page.Frame) (page.Page, error) {
//		f.About(f.T("meetings.title"), "*")
//		return &meetingsPage{Frame: f, Meetings: ...}, nil
//	}
//
//	{% func (p *meetingsPage) Main() %}<h1>{%s p.Title %}</h1>...{% endfunc %}
//
// Templates are compiled to Go (go generate ./web), so that what they ask for is checked by the compiler and costs what code
// costs. {%s escapes for text and for attributes in double quotes, and no attribute of ours stands in others; {%u escapes a
// value within an address; {%s= does not escape and is not used.
//
// What programs get at the same address is a type of its own, in the family's data.go: a page that has Data gives it, see
// [Public], or the address has a function for each, see [Both]. A list is given in stretches, see [Cut]. A handler that needs more than the state
// is a [Handler]; it ends with [Site.Show], [Site.Done] or an error.
//
// Every page works as plain links and forms; the scripts add speed. No page may hold a script or a style of its own in
// its markup: the browser is told to refuse them. Every address in a template is made by [Frame.Link], which keeps a
// reader of the past in that day.
package page

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"concord/identity"
	"concord/internal/lang"
	"concord/internal/say"
	"concord/secretariat"
)

// Config says how to serve. The zero value is good.
type Config struct {
	DemoPerson string           // id of the person that every visitor is signed in as; empty: people sign in
	URL        string           // under which people reach it, https://concord.example; empty: as each request says
	Proxies    []netip.Prefix   // where our own proxies are: what they add to X-Forwarded-For is believed
	Now        func() time.Time // the clock; nil: the system's
	Log        *slog.Logger     // nil: no log
	Audit      *slog.Logger     // the security log, see Site.Audit; nil: none
	Bounds     Bounds           // of what one client may take
	Version    string           // of the program, shown at the foot of the page of keys
}

// Site serves one mechanism. It is an http.Handler; Close ends its live updates.
type Site struct {
	Sec    *secretariat.Secretariat
	IDs    *identity.Store
	Config Config

	families []Family
	objects  map[string]string // kind of object -> address of its page
	words    *lang.Catalog
	assets   assets
	shelf    shelf
	packer   packer
	zones    zones
	run      string // of this run of the program: no tag of another run is one of its own
	hub      *hub
	metrics  *metrics

	senders, followers tally // bodies on their way, and open pages, by client

	mux     *http.ServeMux
	shows   map[string]Route // the addresses of the families, by their patterns
	handler http.Handler
	stop    context.CancelFunc
}

// New makes a site of families of pages, in the order of the rail. It starts the hub of the live updates, which Close ends.
func New(sec *secretariat.Secretariat, ids *identity.Store, cfg Config, families ...Family) *Site {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	cfg.Bounds = cfg.Bounds.usual()
	s := &Site{Sec: sec, IDs: ids, Config: cfg, families: families, objects: objectsOfAll(families), run: rand.Text()}
	s.words = lang.Must(lang.New(sources(families)...)) // part of the program, so an error is a fault of the build
	s.assets = loadAssets(families, &s.packer)
	s.metrics = newMetrics(sec)
	ctx, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.mux, s.shows = s.routes()
	s.handler = s.middleware(s.mux)
	s.hub = newHub(s)
	go s.hub.run(ctx)
	return s
}

// sources are all that has words of its own.
func sources(families []Family) []lang.Source {
	all := []lang.Source{say.Source(), {Name: "web/page", Files: kernel}}
	for _, f := range families {
		if len(filesIn(f.Files, "words.txt"))+len(filesIn(f.Files, "errors.txt")) > 0 {
			all = append(all, lang.Source{Name: "web/" + f.Name, Files: f.Files})
		}
	}
	return all
}

// SendAway ends the live updates of those who hold an office; their pages come back as what they are now.
func (s *Site) SendAway() { s.hub.sendAway() }

// ServeHTTP answers one request.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close ends the live updates and with them the open connections of their readers.
func (s *Site) Close() { s.stop() }
