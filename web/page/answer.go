package page

import (
	"bytes"
	"hash/maphash"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// answer is a rendered page or its data.
type answer struct {
	kind     string // media type
	lang     string // empty for data
	content  []byte
	volatile bool   // it depends on more than the state and the visit
	tag      string // of what the answer depends on, or of its content; empty: not known yet

	body *bytes.Buffer // that the content stands in; nil when it is its own

	once   sync.Once
	packed []byte // content in gzip, for an answer that many get; nil when it is not worth it
}

// release gives the buffer of an answer that was sent to the next one. The answer is not to be used again.
func (a *answer) release() {
	if a.body != nil && a.body.Cap() <= largestKept {
		bodies.Put(a.body)
	}
	a.body, a.content = nil, nil
}

// own gives the answer's content a place of its own, so that it may be kept.
func (a *answer) own() {
	if a.body != nil {
		content := bytes.Clone(a.content)
		a.release()
		a.content = content
	}
}

// tagSeed makes the tags of this run of the program; nobody can choose what gets the tag of something else.
var tagSeed = maphash.MakeSeed()

// tagOf is the tag of an answer by what it says or depends on.
func tagOf(what []byte) string {
	return `W/"` + strconv.FormatUint(maphash.Bytes(tagSeed, what), 36) + `"`
}

// send writes an answer that one visitor gets.
func (s *Site) send(w http.ResponseWriter, r *http.Request, status int, a *answer) {
	if s.begin(w, r, status, a) {
		return
	}
	if len(a.content) >= packedFrom && takesGzip(r) {
		w.Header().Set("Content-Encoding", "gzip")
		w.WriteHeader(status)
		s.packer.pack(w, a.content)
		return
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(a.content)))
	w.WriteHeader(status)
	w.Write(a.content) // the reader may be gone; nothing to do about it
}

// sendKept writes an answer that many get: it is packed once for all.
func (s *Site) sendKept(w http.ResponseWriter, r *http.Request, a *answer) {
	if s.begin(w, r, http.StatusOK, a) {
		return
	}
	var packed []byte
	if takesGzip(r) {
		a.once.Do(func() { a.packed = s.packer.packed(a.content) })
		packed = a.packed
	}
	sendPacked(w, http.StatusOK, a.content, packed)
}

// begin sets the headers of an answer. It is over when the browser's copy still holds.
func (s *Site) begin(w http.ResponseWriter, r *http.Request, status int, a *answer) (over bool) {
	h := w.Header()
	h.Set("Content-Type", a.kind)
	if a.lang != "" {
		h.Set("Content-Language", a.lang)
	}
	h.Set("Cache-Control", keeping(r, a))
	h.Add("Vary", "Accept, Accept-Encoding, Accept-Language, Authorization, Cookie")
	if status != http.StatusOK {
		return false
	}
	if a.tag == "" {
		a.tag = tagOf(a.content)
	}
	h.Set("ETag", a.tag)
	if r.Header.Get("If-None-Match") == a.tag {
		w.WriteHeader(http.StatusNotModified)
		return true
	}
	return false
}

// keeping says who may keep an answer: of what is public its browser, if it asks each time whether it still holds, and a program
// its data; what is for somebody who is signed in, or shown once, no browser.
func keeping(r *http.Request, a *answer) string {
	if v := VisitOf(r); a.volatile || v.SignedIn() && !v.Program {
		return "no-store"
	}
	return "private, no-cache"
}

// sendPacked sends the packed form where there is one.
func sendPacked(w http.ResponseWriter, status int, content, packed []byte) {
	if packed != nil {
		w.Header().Set("Content-Encoding", "gzip")
		content = packed
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(content)))
	w.WriteHeader(status)
	w.Write(content) // the reader may be gone; nothing to do about it
}

// Send answers with what is neither a page nor its data, such as a table for a spreadsheet.
func (s *Site) Send(w http.ResponseWriter, r *http.Request, mediaType string, content []byte) {
	s.send(w, r, http.StatusOK, &answer{kind: mediaType, content: content})
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
	v := VisitOf(r)
	data := "page"
	switch {
	case v.JSON && asksForPage(r):
		data = "data to read"
	case v.JSON:
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
	if err != nil {
		return nil, err
	}
	a.own()
	if a.volatile {
		return a, nil
	}
	if a.tag == "" {
		a.tag = tagOf(a.content)
	}
	place.a, place.made = a, now
	s.mu.Lock()
	s.bytes += 2 * len(a.content) // with its packed form, which is smaller
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

// stateTag is the tag of data: it depends on nothing but the state, the visit and the address, so that whoever has the
// data already is told so before it is made anew. Pages are different: they say how long ago things were.
func (s *Site) stateTag(r *http.Request) string {
	v := VisitOf(r)
	by := v.Actor
	return tagOf([]byte(strings.Join([]string{
		s.run, strconv.FormatInt(s.acts(), 10), v.Now.In(v.Zone).Format(time.DateOnly), by.Person, by.Office, by.Party, shelfKey(r),
	}, "\n")))
}
