package page

import (
	"errors"
	"net/http"
	"strconv"

	"concord/identity"
	"concord/internal/fault"
	"concord/internal/say"
	"concord/secretariat"
)

// NotFor refuses an act to somebody in whose office it is not. It is of kind Denied; the page says for whom it is, in the
// visitor's language, and the log which kind of act it was.
type NotFor struct{ Kind string }

func (n NotFor) Error() string { return n.Kind + " is for other offices" }

// Unwrap gives the error its kind.
func (n NotFor) Unwrap() error { return fault.New(fault.Denied, "%s", n.Error()) }

// WithStatus gives an error an HTTP status that none of the kinds has: 401, 413, 415.
func WithStatus(status int, err error) error { return withStatus{err, status} }

type withStatus struct {
	error
	status int
}

func (w withStatus) Unwrap() error { return w.error }

// trouble is the page of an error, and its JSON.
type trouble struct {
	*Frame
	Status  int
	Kind    string
	Said    string // one sentence in the visitor's language
	Detail  string // what exactly, in English, where Said is only the general sentence
	Next    string // what to do
	Act     *int   // which of the acts that came together was refused, from 0
	Request string
	SignIn  bool // signing in may help
}

// fail is the one place where an error becomes an answer: its kind gives the status, the sentence and what to do next.
// The causes go to the log.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, err error) {
	v := VisitOf(r)
	t := &trouble{Request: v.ID, Kind: string(fault.KindOf(err)), Status: StatusOf(err)}
	level := s.Config.Log.Info
	if t.Status >= 500 {
		level = s.Config.Log.Error
	}
	switch t.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		s.Audit(r, "refused", "status", t.Status, "method", r.Method, "path", s.logged(r), "error", err)
	}
	if t.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", retryAfter)
	}
	level("refused", "id", v.ID, "path", s.logged(r), "kind", t.Kind, "status", t.Status, "error", err)
	if t.Status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="Concord"`)
	}
	if many, ok := errors.AsType[identity.TooMany](err); ok {
		w.Header().Set("Retry-After", strconv.Itoa(many.Seconds()))
	}
	t.say(v, err)
	past := v.AsOf
	v.AsOf = "" // the page of an error is of the present: the past may be what failed
	shown := s.ShowStatus(w, r, t.Status, func(f *Frame) (Page, error) {
		t.Frame = f
		f.Seal = nil
		f.About(t.Said)
		return t, nil
	})
	v.AsOf = past
	if shown != nil {
		s.Config.Log.Error("the page of an error failed", "id", v.ID, "error", shown)
		http.Error(w, t.Said+" ("+v.ID+")", t.Status)
	}
}

// retryAfter is when to ask again, in seconds, after what could not be done just now.
const retryAfter = "5"

// say fills the sentences: the exact one in the visitor's language, or, where that is missing, the general one of the kind
// with the exact one in English beside it.
func (t *trouble) say(v *Visit, err error) {
	key := "error." + kindKey(err)
	t.Said, t.Next = v.L.T(key), v.L.T(key+".next")
	switch no, who := errors.AsType[NotFor](err); {
	case who:
		t.Said = say.Words{Lang: v.L}.Only(no.Kind)
		t.SignIn = !v.SignedIn()
	case fault.KindOf(err) == fault.Internal:
	default:
		if said, ok := v.L.Exact(err); ok {
			t.Said = said
		} else {
			t.Detail = said
		}
	}
	if refused, ok := errors.AsType[secretariat.Refused](err); ok {
		t.Act = &refused.Act
	}
	if many, ok := errors.AsType[identity.TooMany](err); ok {
		t.Said, t.Detail = v.L.N("error.attempts", many.Seconds()), ""
	}
}

// kindKey is a kind as part of a message's key.
func kindKey(err error) string {
	if _, none := errors.AsType[noData](err); none {
		return "no-data"
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		return "invalid"
	case fault.Denied:
		return "denied"
	case fault.NotFound:
		return "not-found"
	case fault.Conflict:
		return "conflict"
	case fault.Unavailable:
		return "unavailable"
	case fault.Unknown:
		return "unknown"
	}
	return "internal"
}

// StatusOf is the HTTP status of an error.
func StatusOf(err error) int {
	if special, ok := errors.AsType[withStatus](err); ok {
		return special.status
	}
	if _, big := errors.AsType[*http.MaxBytesError](err); big {
		return http.StatusRequestEntityTooLarge
	}
	if _, many := errors.AsType[identity.TooMany](err); many {
		return http.StatusTooManyRequests
	}
	switch fault.KindOf(err) {
	case fault.Invalid:
		return http.StatusBadRequest
	case fault.Denied:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Unavailable, fault.Unknown:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// nowhere answers for every address that is not in the table.
func (s *Site) nowhere(w http.ResponseWriter, r *http.Request) error {
	return fault.New(fault.NotFound, "there is no page at %q", r.URL.Path)
}

// FormError is why a form was not done, for the page that shows the form again.
type FormError struct {
	Said   string
	Detail string // the exact sentence, in English, where Said is a general one
}

// FormErrorOf says an error as the page of errors would.
func FormErrorOf(v *Visit, err error) *FormError {
	var t trouble
	t.say(v, err)
	return &FormError{t.Said, t.Detail}
}
