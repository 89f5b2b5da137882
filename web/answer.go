package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"sync"
	"time"
)

// answer is a rendered page or its data.
type answer struct {
	kind     string // media type
	lang     string // empty for data
	content  []byte
	volatile bool // it depends on more than the state and the visit

	pack   sync.Once
	packed []byte // content in gzip; empty when it is not worth it
	tag    string
}

// packedFrom is the size from which an answer is worth packing, in bytes.
const packedFrom = 4 << 10

// prepare makes the tag and the packed form, once for all who get the answer.
func (a *answer) prepare() {
	a.pack.Do(func() {
		sum := sha256.Sum256(a.content)
		a.tag = `W/"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`
		a.packed = pack(a.content)
	})
}

// pack gives the content in gzip, at the speed that costs less than it saves; nil when it is too small.
func pack(content []byte) []byte {
	if len(content) < packedFrom {
		return nil
	}
	var b bytes.Buffer
	zip, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a known one
	}
	zip.Write(content) // a buffer takes everything
	zip.Close()
	return b.Bytes()
}

// send writes the answer with its tag, or says that the browser's copy still holds.
func (a *answer) send(w http.ResponseWriter, r *http.Request, status int) {
	a.prepare()
	h := w.Header()
	h.Set("Content-Type", a.kind)
	if a.lang != "" {
		h.Set("Content-Language", a.lang)
	}
	h.Set("ETag", a.tag)
	h.Set("Cache-Control", "private, no-cache")
	h.Add("Vary", "Accept, Accept-Encoding, Accept-Language, Cookie")
	if status == http.StatusOK && r.Header.Get("If-None-Match") == a.tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	sendPacked(w, r, status, a.content, a.packed)
}

// sendPacked sends the packed form to a browser that takes it.
func sendPacked(w http.ResponseWriter, r *http.Request, status int, content, packed []byte) {
	if packed != nil && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		content = packed
	}
	w.WriteHeader(status)
	w.Write(content) // the reader may be gone; nothing to do about it
}

// shelf keeps what was rendered for the public until the next act: all of the public in one language see the same page,
// so that an act which thousands of open pages hear of costs one rendering of each, not thousands.
type shelf struct {
	mu    sync.Mutex
	acts  int64 // that the answers were made from
	bytes int
	slots map[string]*slot
}

// slot is the place of one answer. Whoever comes while it is being made waits for it.
type slot struct {
	mu   sync.Mutex
	made time.Time
	a    *answer
}

const (
	shelfLife  = 30 * time.Second // pages say how long ago things were
	shelfBytes = 64 << 20
	shelfSlots = 4096
)

// shelfKey is everything of a signed-out visit that a page may depend on.
func shelfKey(r *http.Request) string {
	v := visitOf(r)
	data := "page"
	if v.JSON {
		data = "data"
	}
	return strings.Join([]string{data, v.L.Tag, v.L.Fallback, v.Zone.String(), v.Theme, r.URL.Path, r.URL.RawQuery}, "\n")
}

// get gives the answer under a key, or makes it.
func (s *shelf) get(key string, acts int64, now time.Time, render func() (*answer, error)) (*answer, error) {
	place := s.slot(key, acts)
	place.mu.Lock()
	defer place.mu.Unlock()
	if place.a != nil && now.Sub(place.made) < shelfLife {
		return place.a, nil
	}
	a, err := render()
	if err != nil || a.volatile {
		return a, err
	}
	a.prepare()
	place.a, place.made = a, now
	s.mu.Lock()
	s.bytes += len(a.content) + len(a.packed)
	s.mu.Unlock()
	return a, nil
}

// slot finds the place of a key; a new act or a full shelf clears everything.
func (s *shelf) slot(key string, acts int64) *slot {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.slots == nil || s.acts != acts || s.bytes > shelfBytes || len(s.slots) > shelfSlots {
		s.slots, s.acts, s.bytes = map[string]*slot{}, acts, 0
	}
	if s.slots[key] == nil {
		s.slots[key] = &slot{}
	}
	return s.slots[key]
}
