package page

import (
	"fmt"
	"io/fs"
	"net/http"
	"slices"
)

// Family is a group of pages that belong together, in a folder of its own: their addresses, their lines in the rail, the
// objects that they show, their files. Families know nothing of each other.
//
// Of its Files, all *.css and *.js are served, with those of the others, in the order of the families; words.txt and errors.txt are
// what it says in each language.
type Family struct {
	Name    string                   // of its folder
	Files   fs.FS                    // its stylesheets, scripts and words, see below
	Routes  []Route                  // its addresses
	Nav     func(f *Frame) []NavItem // its lines in the rail; nil: none
	Objects map[string]string        // kind of object -> the address of its page, with %s for the id: "text": "/texts/%s"
}

// Route is one address, with the pattern that http.ServeMux reads: "GET /texts/{code}".
type Route struct {
	Pattern  string
	handler  Handler
	personal bool
	secret   bool
	asks     []string
	most     int64 // bytes that a request may bring
}

// Asking says which questions an address understands, beside those that all do: lang and asof.
func (r Route) Asking(questions ...string) Route {
	r.asks = append(slices.Clip(r.asks), questions...)
	return r
}

// Personal is the same address, whose page shows each person something of their own: an open page is then renewed for that
// person alone, not once for all who hold the same office.
func (r Route) Personal() Route {
	r.personal = true
	return r
}

// Secret is the same address, which is a secret itself: logs have its pattern instead.
func (r Route) Secret() Route {
	r.secret = true
	return r
}

// Get is an address that is read. With ".json" behind it, or with an Accept header that prefers JSON, it gives data,
// where it has any: a page that has none answers 406.
func Get(path string, h Handler) Route { return Route{Pattern: "GET " + path, handler: h} }

// Post is an address that a form without files is sent to, of 64 KB at most; it has been read when the handler is asked.
func Post(path string, h Handler) Route {
	return Route{Pattern: "POST " + path, handler: withForm(h), most: maxForm}
}

// Upload is an address that takes up to so many bytes of anything; the handler reads them.
func Upload(path string, most int64, h Handler) Route {
	return Route{Pattern: "POST " + path, handler: h, most: most}
}

// Handler answers a request or says why not; the site turns the error into a page.
type Handler func(s *Site, w http.ResponseWriter, r *http.Request) error

// Of handles the address of a page that depends on nothing but the state and the visit.
func Of(build Build) Handler {
	return func(s *Site, w http.ResponseWriter, r *http.Request) error { return s.Show(w, r, build) }
}

// kernelRoutes are the addresses that all pages need.
var kernelRoutes = []Route{
	Route{Pattern: liveRoute, handler: (*Site).live}.Asking("at", "acts"),
	Get("/assets/{name}", (*Site).asset),
	probes[0], probes[1],
	{Pattern: "/", handler: (*Site).nowhere},
}

// Address is a pattern that http.ServeMux reads, "GET /texts/{code}", the family that answers for it, and the questions that
// it understands.
type Address struct {
	Pattern, Family string
	Asks            []string
}

// Addresses lists all addresses, family by family, the kernel's last.
func (s *Site) Addresses() []Address {
	var all []Address
	for _, f := range s.families {
		for _, r := range f.Routes {
			all = append(all, Address{r.Pattern, f.Name, r.asks})
		}
	}
	for _, r := range kernelRoutes {
		all = append(all, Address{r.Pattern, "page", r.asks})
	}
	return all
}

// routes gives the handler of all addresses, and those of the families by their patterns.
func (s *Site) routes() (mux *http.ServeMux, families map[string]Route) {
	mux, families = http.NewServeMux(), map[string]Route{}
	for _, f := range s.families {
		for _, r := range f.Routes {
			mux.Handle(r.Pattern, s.handle(r))
			families[r.Pattern] = r
		}
	}
	for _, r := range kernelRoutes {
		mux.Handle(r.Pattern, s.handle(r))
	}
	return mux, families
}

// objectsOfAll joins what the families show; two that claim the same kind are a fault of the program.
func objectsOfAll(families []Family) map[string]string {
	all := map[string]string{}
	for _, f := range families {
		for kind, address := range f.Objects {
			if _, taken := all[kind]; taken {
				panic(fmt.Sprintf("two families show objects of kind %q", kind))
			}
			all[kind] = address
		}
	}
	return all
}

// IsPersonal says whether the page of an address shows each person something of their own.
func (s *Site) IsPersonal(pattern string) bool { return s.shows[pattern].personal }
