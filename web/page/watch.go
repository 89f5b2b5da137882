package page

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"concord/mechanism"
)

// watch is an address as a class of viewers sees it, for as long as somebody of the class has it open. Of what it was
// rendered to, it keeps hashes only.
type watch struct {
	key     watchKey
	client  string // that began it
	visit   *Visit // as whom the page is rendered
	readers map[*reader]struct{}

	due     bool      // acts landed since it was rendered
	touched bool      // one of them changed what the page shows, or somebody is to be sent what they missed
	busy    bool      // it is being rendered
	rests   time.Time // until when it is not rendered again

	acts    int64              // that it was brought to
	since   int64              // the acts of its first rendering: what changed before is not known
	known   bool               // it has been rendered
	grows   bool               // it has a list that grows by the lines of acts
	objects []mechanism.Object // whose change changes it
	parts   map[string]part    // by the name of the fragment
}

// part is what is known of a fragment: what was in it, and at which number of acts it was found changed.
type part struct {
	own     [16]byte
	changed int64
}

// watchKey says which watch: of a class at an address. An empty address is that of readers who hear lines of acts only.
type watchKey struct {
	class
	at string
}

const (
	renderers    = 1                     // goroutines that render watches: the other processors are for acts and requests
	mostWatches  = 1000                  // addresses that are watched at a time
	rail         = "rail"                // the fragment around the counts of the rail
	longestAt    = 2048                  // bytes of an address
	shortestRest = 20 * time.Millisecond // between two renderings of a watch; acts that land meanwhile are one rendering
	restFor      = 4                     // times as long as a rendering took
	mostMissed   = 1000                  // acts that are looked through to see whether a reader missed anything
)

// key says which watch a visitor's page belongs to. Pages of the past, addresses that are none of the families' pages, and
// those that are too many, of all or of this client, are not watched.
func (h *hub) key(v *Visit, at, client string) watchKey {
	lines := watchKey{class: classOf(v, false)}
	r, ok := h.s.watched(at)
	if !ok {
		return lines
	}
	_, pattern := h.s.mux.Handler(r)
	route, ok := h.s.shows[pattern]
	if !ok {
		return lines
	}
	key := watchKey{classOf(v, route.personal), r.URL.RequestURI()}
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.watches[key] == nil && (h.addresses >= mostWatches || h.begun[client] >= h.s.Config.Bounds.Watches) {
		return lines
	}
	return key
}

// watched makes the request for a page from the address that a reader has open: without what does not belong to the page,
// its language and the act just done.
func (s *Site) watched(at string) (*http.Request, bool) {
	if len(at) > longestAt || !strings.HasPrefix(at, "/") || strings.HasPrefix(at, "//") {
		return nil, false
	}
	to, err := url.ParseRequestURI(at)
	if err != nil {
		return nil, false
	}
	q := to.Query()
	if q.Get("asof") != "" {
		return nil, false
	}
	for _, none := range []string{"asof", "lang", "done"} {
		q.Del(none)
	}
	to.RawQuery = q.Encode()
	r, err := http.NewRequest(http.MethodGet, to.RequestURI(), http.NoBody)
	return r, err == nil
}

// watch finds a watch or begins it, for a client. The caller holds the lock.
func (h *hub) watch(key watchKey, v *Visit, client string) *watch {
	if w := h.watches[key]; w != nil {
		return w
	}
	seen := &Visit{ID: "live", L: v.L, Zone: v.Zone, Actor: v.Actor}
	if key.by.Person != "" {
		seen.Person = v.Person
	}
	w := &watch{key: key, client: client, visit: seen, readers: map[*reader]struct{}{}, grows: true, parts: map[string]part{}}
	h.watches[key] = w
	if key.at != "" {
		h.addresses++
		h.begun[client]++
	}
	return w
}

// end forgets a watch that nobody reads. The caller holds the lock.
func (h *hub) end(w *watch) {
	delete(h.watches, w.key)
	if w.key.at != "" {
		h.addresses--
		if h.begun[w.client]--; h.begun[w.client] == 0 {
			delete(h.begun, w.client)
		}
	}
}

// owes says whether the page has to be rendered for a reader who comes: nothing is known of it yet, or it has changed since
// the reader's.
func (w *watch) owes(rd *reader) bool {
	if !w.known || rd.acts < w.since {
		return true
	}
	for _, p := range w.parts {
		if p.changed > rd.acts {
			return true
		}
	}
	return false
}

// touchedBy says whether a change of objects changes the page. Until it has been rendered, it may.
func (w *watch) touchedBy(objects []mechanism.Object) bool {
	if !w.known {
		return true
	}
	for _, shown := range w.objects {
		for _, o := range objects {
			if shown == "*" || shown == o {
				return true
			}
		}
	}
	return false
}

// stir wakes the renderers.
func (h *hub) stir() {
	select {
	case h.wake <- struct{}{}:
	default: // they have been woken already
	}
}

// work renders what is due until the context ends.
func (h *hub) work(ctx context.Context) {
	for {
		w, wait := h.next(time.Now())
		if w != nil {
			h.refresh(ctx, w)
			continue
		}
		var rested <-chan time.Time
		if wait > 0 {
			rested = time.After(wait)
		}
		select {
		case <-h.wake:
		case <-rested:
		case <-ctx.Done():
			return
		}
	}
}

// next gives the watch to be rendered, of those that are due and have rested the one that most read. When there is none, it
// says how long until there may be one; 0 is until somebody stirs.
func (h *hub) next(now time.Time) (chosen *watch, wait time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, w := range h.watches {
		if !w.due || w.busy {
			continue
		}
		if rest := w.rests.Sub(now); rest > 0 {
			if wait == 0 || rest < wait {
				wait = rest
			}
			continue
		}
		if chosen == nil || len(w.readers) > len(chosen.readers) {
			chosen = w
		}
	}
	if chosen != nil {
		chosen.busy = true
	}
	return chosen, wait
}

// refresh renders a watch and sends each reader what has changed since their page was brought up to date. Of a page that
// no act has touched only the rail is rendered, whose counts are of everything.
func (h *hub) refresh(ctx context.Context, w *watch) {
	h.mu.Lock()
	whole, to := w.touched, h.published
	w.due, w.touched = false, false
	h.mu.Unlock()
	begun := time.Now()
	fresh, err := h.render(ctx, w, whole)
	if err != nil {
		h.s.Config.Log.Error("render an open page", "at", w.key.at, "error", err)
	}
	h.s.metrics.renderings.Inc()
	h.mu.Lock()
	defer h.mu.Unlock()
	w.busy = false
	w.rests = begun.Add(max(shortestRest, restFor*time.Since(begun)))
	switch {
	case fresh != nil && whole:
		w.learn(fresh)
		h.deliver(w, fresh, 0)
	case fresh != nil:
		upToDate := w.acts // who is behind waits for the page
		fresh.acts = max(to, w.acts)
		w.note(fresh)
		h.deliver(w, fresh, upToDate)
	default: // an error, or not a page: it stays as its readers have it
		w.known, w.acts, w.grows = true, max(to, w.acts), false
	}
}

// render gives a watch's page, or its rail; nil when there is no such page for the class.
func (h *hub) render(ctx context.Context, w *watch, whole bool) (*shown, error) {
	v := h.s.now(w.visit)
	var page []byte
	var err error
	if whole {
		page, err = h.s.pageAt(ctx, w.key.at, v)
	} else {
		page, err = h.s.railAt(w.key.at, v)
	}
	if page == nil || err != nil {
		return nil, err
	}
	return cut(page)
}

// pageAt is a page as a visitor would get it; nil when they would get none.
func (s *Site) pageAt(ctx context.Context, at string, v *Visit) ([]byte, error) {
	r, ok := s.watched(at)
	if !ok {
		return nil, fmt.Errorf("%q is no address of a page", at)
	}
	answer := &kept{header: http.Header{}}
	t := &tracked{ResponseWriter: answer, wire: http.NewResponseController(answer), id: v.ID, words: s.words}
	ctx = context.WithValue(context.WithValue(ctx, trackedKey{}, t), visitKey{}, v)
	s.recover(s.mux).ServeHTTP(t, r.WithContext(ctx))
	if t.status != http.StatusOK || !strings.HasPrefix(answer.header.Get("Content-Type"), "text/html") {
		return nil, nil
	}
	return answer.body.Bytes(), nil
}

// railAt is the rail of a page as a visitor would get it.
func (s *Site) railAt(at string, v *Visit) ([]byte, error) {
	r, ok := s.watched(at)
	if !ok {
		return nil, fmt.Errorf("%q is no address of a page", at)
	}
	r = r.WithContext(context.WithValue(context.Background(), visitKey{}, v))
	return []byte(s.Frame(r, s.Present(r)).rail()), nil
}

// kept is an answer that goes nowhere.
type kept struct {
	header http.Header
	body   bytes.Buffer
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }
func (k *kept) WriteHeader(int)             {}

// learn takes in what a whole page shows.
func (w *watch) learn(fresh *shown) {
	before := w.parts
	w.parts = make(map[string]part, len(before))
	walk(fresh.fragments, func(f *fragment) bool {
		w.parts[f.name] = part{f.own, fresh.acts}
		if p, ok := before[f.name]; ok && p.own == f.own {
			w.parts[f.name] = p
		}
		return true
	})
	if !w.known {
		w.since = fresh.acts
	}
	w.known, w.acts, w.objects, w.grows = true, fresh.acts, fresh.objects, fresh.grows
}

// note takes in a part of the page.
func (w *watch) note(fresh *shown) {
	w.acts = fresh.acts
	walk(fresh.fragments, func(f *fragment) bool {
		if w.parts[f.name].own != f.own {
			w.parts[f.name] = part{f.own, fresh.acts}
		}
		return true
	})
}

// deliver sends the readers of a watch what has changed since their pages were brought up to date: all who were at the same
// point get the same bytes. Readers whose pages are of fewer acts than least are left out. The caller holds the lock.
func (h *hub) deliver(w *watch, fresh *shown, least int64) {
	type point struct {
		acts  int64
		lines bool
	}
	made := map[point]*change{}
	for rd := range w.readers {
		if rd.acts >= fresh.acts || rd.acts < least {
			continue
		}
		at := point{rd.acts, rd.lines}
		c := made[at]
		if c == nil {
			c = h.changeSince(w, fresh, at.acts, at.lines)
			made[at] = c
		}
		rd.acts = fresh.acts
		if c.message == nil {
			continue
		}
		if c.list { // it is as of these acts: the lines of later ones have been put into the list that it replaces
			rd.lines = fresh.acts >= h.published
		}
		h.tell(w, rd, c.message)
	}
}

// change is what a reader is sent.
type change struct {
	message []byte // nil: nothing
	list    bool   // with a list that grows by the lines of acts
}

// changes is how a page hears of its changes.
type changes struct {
	Acts      int64              `json:"acts"`
	Objects   []mechanism.Object `json:"objects"` // that were touched since
	Fragments []sentFragment     `json:"fragments"`
}

type sentFragment struct {
	Name string `json:"name"`
	HTML string `json:"html"`
}

// changeSince collects the fragments that changed since a number of acts. A reader who has heard the lines of all acts since
// is not sent the lists that grew by them. Who comes from before the watch began is sent everything; the rail alone when no
// act since touched the page.
func (h *hub) changeSince(w *watch, fresh *shown, acts int64, lines bool) *change {
	unknown, fragments := acts < w.since, slices.Clone(fresh.fragments)
	objects := []mechanism.Object{"*"}
	if fresh.acts-acts <= mostMissed {
		objects = objectsOf(h.seen(w.visit.Actor, acts, fresh.acts)...)
		if unknown && !w.touchedBy(objects) {
			fragments = slices.DeleteFunc(fragments, func(f *fragment) bool { return f.name != rail || len(objects) == 0 })
		}
	}
	c := &change{}
	sent := changes{Acts: fresh.acts, Objects: objects}
	collect(fragments, &sent, func(f *fragment) bool {
		if !unknown && (w.parts[f.name].changed <= acts || f.grows && lines) {
			return true
		}
		c.list = c.list || f.grows
		return false
	})
	if len(sent.Fragments) == 0 {
		return c
	}
	h.s.metrics.fragments.Add(float64(len(sent.Fragments)))
	var out bytes.Buffer
	event(&out, "fragments", fresh.acts, sent)
	c.message = out.Bytes()
	return c
}

// collect adds to what is sent the fragments that a page does not have: each without those in it that the page has and
// keeps, in which it looks on.
func collect(fragments []*fragment, sent *changes, has func(f *fragment) bool) {
	for _, f := range fragments {
		if has(f) {
			collect(f.within, sent, has)
			continue
		}
		var html bytes.Buffer
		var kept []*fragment
		f.write(&html, func(in *fragment) bool {
			if has(in) {
				kept = append(kept, in)
				return true
			}
			return false
		})
		sent.Fragments = append(sent.Fragments, sentFragment{f.name, html.String()})
		collect(kept, sent, has)
	}
}
