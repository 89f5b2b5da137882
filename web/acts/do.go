package acts

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/secretariat"
	"concord/web/page"
)

// The bounds of what is sent.
const (
	maxGroup = 64 << 20 // bytes of the whole: the largest text that is read, and a little
	maxActs  = 5000     // in one group
	maxAct   = 64 << 10 // bytes of one act, but for those that carry what was read in a text
)

// large says whether acts of a kind carry what was read in a text and have no bound but that of the whole.
func large(kind string) bool { return kind == "text.receive" || kind == "commitment.propose" }

// group is what a program sends: acts that are done all or none.
type group struct {
	Acts []secretariat.Encoded `json:"acts"`
	Key  string                `json:"key,omitempty"` // makes it safe to send the same again; the header Idempotency-Key says the same
}

// done is the answer: the places of the acts in the record.
type done struct {
	Acts  []place `json:"acts"`
	Again bool    `json:"again"` // they were done before, by a request with the same key
}

// place is where an act stands in the record, and what it touched.
type place struct {
	Seq        int64              `json:"seq"`
	Time       string             `json:"time"` // RFC 3339, UTC
	Kind       string             `json:"kind"`
	Objects    []mechanism.Object `json:"objects"` // what it was done to comes first
	Visibility string             `json:"visibility"`
	Href       string             `json:"href"`
}

// do does what a program sends, for whoever's access token or session comes with it.
func do(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	v := page.VisitOf(r)
	v.JSON = true
	switch {
	case !v.SignedIn():
		return page.WithStatus(http.StatusUnauthorized, fault.New(fault.Denied, "acts are done by whoever holds an office: send an access token in the header Authorization"))
	case v.AsOf != "":
		return fault.New(fault.Invalid, "the past cannot be changed: go back to the present first")
	case !isJSON(r):
		return page.WithStatus(http.StatusUnsupportedMediaType, fault.New(fault.Invalid, "acts are sent as application/json, not as %q", r.Header.Get("Content-Type")))
	}
	g, err := read(r)
	if err != nil {
		return err
	}
	entries, again, err := s.Sec.DoEncoded(r.Context(), v.Actor, g.Key, g.Acts...)
	if err != nil {
		return err
	}
	answer, status := done{Acts: make([]place, len(entries)), Again: again}, http.StatusCreated
	if again {
		status = http.StatusOK
	}
	state := s.Sec.Sight(v.Actor)
	for i, e := range entries {
		deed, _ := state.Deed(e.Seq)
		answer.Acts[i] = placeOf(deed)
		s.AuditAct(r, deed.Kind, deed.Seq)
		if deed.Kind == "person.relieve" { // whoever is relieved signs in no more, as on the page of people
			if err := s.IDs.Remove(r.Context(), deed.Object().Key()); err != nil {
				return err
			}
		}
	}
	return s.SendData(w, status, answer)
}

func placeOf(d mechanism.Deed) place {
	return place{
		Seq: d.Seq, Time: d.Time.UTC().Format("2006-01-02T15:04:05.000Z"), Kind: d.Kind, Objects: d.Objects, Visibility: d.Visibility,
		Href: "/record/" + page.FormatSeq(d.Seq),
	}
}

func isJSON(r *http.Request) bool {
	sent := r.Header.Get("Content-Type")
	if sent == "application/json" {
		return true
	}
	kind, _, err := mime.ParseMediaType(sent)
	return err == nil && kind == "application/json"
}

// read takes the group out of a request and holds it to the bounds.
func read(r *http.Request) (group, error) {
	g, err := parse(r.Body)
	if err != nil {
		return g, err
	}
	g.Key, err = oneKey(strings.Trim(r.Header.Get("Idempotency-Key"), `"`), g.Key)
	return g, err
}

// parse reads a group strictly: one JSON object with known fields and nothing behind it.
func parse(sent io.Reader) (g group, err error) {
	dec := json.NewDecoder(sent)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&g); err != nil {
		return g, fault.New(fault.Invalid, "what was sent cannot be read as a group of acts: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return g, fault.New(fault.Invalid, "something stands behind the group of acts")
	}
	switch n := len(g.Acts); {
	case n == 0:
		return g, fault.New(fault.Invalid, "there is no act in what was sent")
	case n > maxActs:
		return g, page.WithStatus(http.StatusRequestEntityTooLarge, fault.New(fault.Invalid, "a group has at most %d acts, this has %d", maxActs, n))
	}
	for i, a := range g.Acts {
		if len(a.Act) > maxAct && !large(a.Kind) {
			return g, secretariat.Refused{Act: i, Err: page.WithStatus(http.StatusRequestEntityTooLarge, fault.New(fault.Invalid, "an act of kind %q has at most %d bytes, this has %d", a.Kind, maxAct, len(a.Act)))}
		}
	}
	return g, nil
}

// oneKey is the key of a request, which may stand in the header or in the body.
func oneKey(header, field string) (string, error) {
	if header != "" && field != "" && header != field {
		return "", fault.New(fault.Invalid, "the header Idempotency-Key and the field key name two keys")
	}
	return cmp.Or(header, field), nil
}
