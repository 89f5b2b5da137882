package page

import (
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"concord/identity"
	"concord/internal/fault"
)

// Bounds are what one client may take of the server. A client is whoever is signed in, else an address, of IPv6 a network. A
// zero is the usual bound.
type Bounds struct {
	Senders  int           // bodies of requests that come from one address at a time; 64
	Patience time.Duration // how long a body may take before it has to come at slowest; 15 s
	Readers  int           // open pages that one client follows; 200
	Watches  int           // different addresses of them, that nobody had open before; 100
}

// usual fills in what is not said.
func (b Bounds) usual() Bounds {
	for _, n := range []struct {
		of    *int
		usual int
	}{{&b.Senders, 64}, {&b.Readers, 200}, {&b.Watches, 100}} {
		if *n.of == 0 {
			*n.of = n.usual
		}
	}
	if b.Patience == 0 {
		b.Patience = 15 * time.Second
	}
	return b
}

const (
	maxForm  = 64 << 10        // bytes of a form without files
	slowest  = 8 << 10         // bytes a second that a connection has to carry, either way
	leftover = 2 * time.Second // for what comes of a body after its request was answered
)

// incoming bounds how many bodies one address sends at a time, and gives up those that trickle: whoever sends slowly holds
// memory and a connection, and nobody's text takes so long.
func (s *Site) incoming(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Body == nil || r.Body == http.NoBody {
			next.ServeHTTP(w, r)
			return
		}
		b := &body{ReadCloser: r.Body, wire: http.NewResponseController(w), begun: time.Now(), patience: s.Config.Bounds.Patience}
		defer b.leave()
		origin := identity.Origin(s.AddressOf(r))
		if !s.senders.enter(origin, s.Config.Bounds.Senders) {
			b.until(time.Now().Add(leftover))
			w.Header().Set("Connection", "close")
			s.fail(w, r, tooManyAtOnce(w))
			return
		}
		defer s.senders.leave(origin)
		b.until(b.begun.Add(b.patience))
		r.Body = b
		next.ServeHTTP(w, r)
	})
}

// tooManyAtOnce tells a client that holds as much as it may to come back.
func tooManyAtOnce(w http.ResponseWriter) error {
	w.Header().Set("Retry-After", "5")
	return WithStatus(http.StatusTooManyRequests, fault.New(fault.Unavailable, "too much comes from this address at once: try again in a moment"))
}

// body is what a request brings. A deadline stands while it is read, and for what is left of it when nobody reads on; when all
// of it is there, none does, since the server then listens for the client's going away.
type body struct {
	io.ReadCloser
	wire     *http.ResponseController
	begun    time.Time
	patience time.Duration
	got      int64
	whole    bool
}

func (b *body) Read(p []byte) (int, error) {
	b.until(b.begun.Add(b.patience + time.Duration(b.got)*time.Second/slowest))
	n, err := b.ReadCloser.Read(p)
	b.got += int64(n)
	switch {
	case errors.Is(err, io.EOF):
		b.whole = true
		b.until(time.Time{})
	case errors.Is(err, os.ErrDeadlineExceeded):
		err = WithStatus(http.StatusRequestTimeout, fault.New(fault.Invalid, "what was sent did not arrive in good time: send it again"))
	}
	return n, err
}

// leave gives the rest of a body that nobody read a moment.
func (b *body) leave() {
	if !b.whole {
		b.until(time.Now().Add(leftover))
	}
}

// until sets the deadline. A connection that knows none is not the network's.
func (b *body) until(t time.Time) { _ = b.wire.SetReadDeadline(t) }

// tally counts what clients hold.
type tally struct {
	mu   sync.Mutex
	held map[string]int
}

// enter counts one more of a client's, unless it has the most that it may.
func (t *tally) enter(client string, most int) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held[client] >= most {
		return false
	}
	if t.held == nil {
		t.held = map[string]int{}
	}
	t.held[client]++
	return true
}

// leave counts one less.
func (t *tally) leave(client string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held[client]--; t.held[client] <= 0 {
		delete(t.held, client)
	}
}

// clientOf is whose share a visit takes from.
func (s *Site) clientOf(r *http.Request) string {
	if v := VisitOf(r); v.SignedIn() {
		return "person " + v.Person.ID
	}
	return "address " + identity.Origin(s.AddressOf(r))
}

// withForm has the form of a request read before its handler is asked.
func withForm(h Handler) Handler {
	return func(s *Site, w http.ResponseWriter, r *http.Request) error {
		if err := readForm(r); err != nil {
			return err
		}
		return h(s, w, r)
	}
}

func readForm(r *http.Request) error {
	read := r.ParseForm
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/form-data") {
		read = func() error { return r.ParseMultipartForm(maxForm) }
	}
	err := read()
	if _, big := errors.AsType[*http.MaxBytesError](err); big {
		return fault.Wrap(err, fault.Invalid, "a form has at most %d KB", maxForm>>10)
	}
	return fault.Wrap(err, fault.Invalid, "the form did not arrive whole: send it again")
}
