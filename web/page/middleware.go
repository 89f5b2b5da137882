package page

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"concord/internal/fault"
	"concord/internal/lang"
)

// middleware puts around the routes, from the outside in: the request's id, its log line and its figures, recovery from
// a fault of the program, the headers that protect the browser, the bounds of what is sent, refusal of writes that another site sends, and the visit
// (who, in which language, where the clock stands).
func (s *Site) middleware(routes http.Handler) http.Handler {
	return s.observe(s.recover(s.protect(s.incoming(s.sameOrigin(s.visit(routes))))))
}

// tracked is a response with what the log and the figures want to know of it.
type tracked struct {
	http.ResponseWriter
	status  int
	bytes   int
	pattern string
	id      string
	words   *lang.Catalog // for an answer before the visit is known

	wire     *http.ResponseController
	patience time.Duration // for each writing, beside what its size takes
}

func (t *tracked) WriteHeader(status int) {
	if t.status == 0 {
		t.status = status
	}
	t.hurry(0)
	t.ResponseWriter.WriteHeader(status)
}

// hurry gives the client a time for taking what is written: who reads slowly holds memory and a connection. A connection that
// knows no deadlines is not the network's.
func (t *tracked) hurry(n int) {
	_ = t.wire.SetWriteDeadline(time.Now().Add(t.patience + time.Duration(n)*time.Second/slowest))
}

func (t *tracked) Write(b []byte) (int, error) {
	if t.status == 0 {
		t.status = http.StatusOK
	}
	t.hurry(len(b))
	n, err := t.ResponseWriter.Write(b)
	t.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (t *tracked) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// observe gives the request its id, logs it and counts it.
func (s *Site) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		t := &tracked{ResponseWriter: w, wire: http.NewResponseController(w), patience: writeTimeout, id: strings.ToLower(rand.Text()[:10]), pattern: "none", words: s.words}
		t.Header().Set("X-Request-Id", t.id)
		next.ServeHTTP(t, r.WithContext(context.WithValue(r.Context(), trackedKey{}, t)))
		took := time.Since(start)
		s.metrics.request(r.Method, t.pattern, t.status, took)
		if s.Config.Log.Enabled(r.Context(), slog.LevelInfo) {
			s.Config.Log.Info("request", "id", t.id, "method", r.Method, "path", s.logged(r), "status", t.status, "bytes", t.bytes, "took", took)
		}
	})
}

// logged is the address of a request as logs show it: one that is a secret stands there as its pattern.
func (s *Site) logged(r *http.Request) string {
	if _, pattern := s.mux.Handler(r); s.shows[pattern].secret {
		return pattern
	}
	return r.URL.Path
}

type trackedKey struct{}

// trackedOf gives the response as observed. Every request has passed observe.
func trackedOf(r *http.Request) *tracked { return r.Context().Value(trackedKey{}).(*tracked) }

// recover turns a fault of the program into the page that says so; the log has the place.
func (s *Site) recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			switch fell := recover(); fell {
			case nil:
			case http.ErrAbortHandler:
				panic(fell)
			default:
				s.Config.Log.Error("panic", "id", trackedOf(r).id, "path", s.logged(r), "said", fell, "stack", string(debug.Stack()))
				s.fail(w, r, fmt.Errorf("panic: %v", fell))
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// contentPolicy lets a page have nothing but files of this server.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// protective are the headers that tell a browser what not to do. Their values are shared by all answers.
var protective = http.Header{
	"Content-Security-Policy":      {contentPolicy},
	"X-Content-Type-Options":       {"nosniff"},
	"Referrer-Policy":              {"same-origin"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
	"Permissions-Policy":           {"camera=(), geolocation=(), microphone=()"},
}

// protect sets the headers for browsers. A program that presents an access token and asks for no page is none.
func (s *Site) protect(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		if _, program := bearer(r); program && !asksForPage(r) {
			h["X-Content-Type-Options"] = protective["X-Content-Type-Options"]
		} else {
			maps.Copy(h, protective)
		}
		if s.Secure() {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// sameOrigin refuses writes that a page of another site sends in a visitor's name. Who presents an access token is nobody
// by a cookie, so there is nothing to misuse.
func (s *Site) sameOrigin(next http.Handler) http.Handler {
	guard := http.NewCrossOriginProtection()
	if s.Config.URL != "" { // a proxy may ask for another host than people do
		if err := guard.AddTrustedOrigin(s.Config.URL); err != nil {
			panic(err) // who configures the site has looked at it
		}
	}
	guard.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, fault.New(fault.Denied, "this request came from a page of another site, so nothing was done"))
	}))
	guarded := guard.Handler(next)
	return s.atHome(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, program := bearer(r); program {
			next.ServeHTTP(w, r)
			return
		}
		guarded.ServeHTTP(w, r)
	}))
}

// atHome keeps a demonstration, which signs everybody in, from being reached under a name that somebody else gave to
// this machine's address (DNS rebinding): only an address or localhost will do.
func (s *Site) atHome(next http.Handler) http.Handler {
	if s.Config.DemoPerson == "" {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if name, _, err := net.SplitHostPort(host); err == nil {
			host = name
		}
		if host != "localhost" && net.ParseIP(strings.Trim(host, "[]")) == nil {
			s.fail(w, r, fault.New(fault.Denied, "a demonstration answers under its own address only, not as %q", host))
			return
		}
		next.ServeHTTP(w, r)
	})
}

// handle makes a handler of the route table an http.Handler.
func (s *Site) handle(route Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		trackedOf(r).pattern = route.Pattern
		r.Body = http.MaxBytesReader(w, r.Body, route.most)
		if err := route.handler(s, w, r); err != nil && !errors.Is(err, context.Canceled) {
			s.fail(w, r, err)
		}
	})
}
