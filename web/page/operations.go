package page

import (
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"concord/internal/fault"
)

// Operations answers those who operate the server, at an address of its own that strangers cannot reach: /metrics for
// Prometheus, /healthz and /readyz as on the site itself.
func (s *Site) Operations() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", s.metrics.handler())
	for _, r := range probes {
		mux.Handle(r.Pattern, s.observe(s.handle(r)))
	}
	return mux
}

// probes are what asks whether the server lives, and whether it is to be sent visitors.
var probes = []Route{Get("/healthz", (*Site).health), Get("/readyz", (*Site).ready)}

// isProbe says whether a request is for one of the probes, which answer for themselves.
func isProbe(r *http.Request) bool {
	return slices.ContainsFunc(probes, func(p Route) bool { return p.Pattern == r.Method+" "+r.URL.Path })
}

// health says that the program runs. What it needs, it does not look at: who starts programs anew would only make it worse.
func (s *Site) health(w http.ResponseWriter, _ *http.Request) error {
	plain(w, http.StatusOK, "ok")
	return nil
}

// readyWithin is how long the record may take to answer.
const readyWithin = 2 * time.Second

// ready says whether pages are true and acts can be done: 200, or 503 with why not.
func (s *Site) ready(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), readyWithin)
	defer cancel()
	if err := s.Sec.Ready(ctx); err != nil {
		s.Config.Log.Warn("not ready", "error", err)
		plain(w, http.StatusServiceUnavailable, "not ready: "+string(fault.KindOf(err)))
		return nil
	}
	plain(w, http.StatusOK, "ready")
	return nil
}

func plain(w http.ResponseWriter, status int, words string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	io.WriteString(w, words+"\n") // who asked may be gone; nothing to do about it
}

// Audit writes a line of the security log: what was done or refused at the doors (sign-ins, refusals, offices given and
// ended, ways in, what was taken out), when, by whom and from which address. more are pairs of a name and a value, never a
// secret.
func (s *Site) Audit(r *http.Request, event string, more ...any) {
	if s.Config.Audit == nil {
		return
	}
	v := VisitOf(r)
	s.Config.Audit.Info(event, append([]any{"id", v.ID, "person", v.Person.ID, "office", v.Actor.Office, "from", s.AddressOf(r)}, more...)...)
}

// AuditAct notes an act that gives or ends an office, by its kind and number; of others the record alone tells.
func (s *Site) AuditAct(r *http.Request, kind string, seq int64) {
	if strings.HasPrefix(kind, "person.") {
		s.Audit(r, "office given or ended", "act", kind, "seq", seq)
	}
}
