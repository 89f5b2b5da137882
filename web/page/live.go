package page

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"concord/mechanism"
)

// class is a kind of viewer: all of one class see the same, in the same words.
type class struct {
	by       mechanism.Actor // without a person, unless the page shows each person something of their own
	language string          // with what was wished for instead, see Lang.Fallback
	zone     string          // in which the clock is read
}

// classOf gives the class of a visit. Officers are one class, coordinators one a party, readers one, the public one, in each
// language and zone. To what is personal, each person is a class.
func classOf(v *Visit, personal bool) class {
	c := class{mechanism.Actor{Office: v.Actor.Office, Party: v.Actor.Party}, v.L.Tag + fallbackMark(v.L), v.Zone.String()}
	if personal {
		c.by.Person = v.Actor.Person
	}
	return c
}

// hub tells open pages of what changes on them. It follows the record once. When acts land that touch what an address shows
// to a class of viewers, the page is rendered once, and the fragments that changed go to all of the class as the same bytes.
// A reader that does not keep up is dropped; its page comes back and is sent what it missed.
type hub struct {
	s         *Site
	wake      chan struct{} // there may be something to render
	mu        sync.Mutex    // holds what follows, and the watches
	watches   map[watchKey]*watch
	addresses int            // watches of an address
	begun     map[string]int // those by the client that began them
	published int64          // how many acts have been told of
	closed    bool
}

// reader is one open page. Its channel is closed when it is dropped.
type reader struct {
	out   chan []byte
	acts  int64 // that its page has been brought to
	lines bool  // it has heard the line of each act since, so that its lists have grown by themselves
}

const (
	readerQueue  = 8                // messages that may wait for one reader
	manyActs     = 24               // a batch of more is told as one message without words
	heartbeat    = 25 * time.Second // keeps connections open and finds dead ones
	writeTimeout = 10 * time.Second // for one message to one reader
	streamLife   = 10 * time.Minute // of somebody signed in: whether they still are is asked when they come back
)

func newHub(s *Site) *hub {
	return &hub{s: s, wake: make(chan struct{}, renderers), watches: map[watchKey]*watch{}, begun: map[string]int{}, published: s.acts()}
}

// join adds a client's reader to a watch, which begins with its first; nil when the hub is closed. The reader's page was rendered
// from a number of acts.
func (h *hub) join(key watchKey, v *Visit, client string, acts int64) (*watch, *reader) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil, nil
	}
	w := h.watch(key, v, client)
	rd := &reader{out: make(chan []byte, readerQueue), acts: acts, lines: acts >= h.published}
	w.readers[rd] = struct{}{}
	h.s.metrics.readers.Inc()
	switch {
	case w.key.at == "":
	case w.owes(rd):
		w.due, w.touched = true, true
		h.stir()
	default:
		rd.acts = max(rd.acts, w.acts)
	}
	return w, rd
}

// leave takes a reader out, whether or not it was dropped before.
func (h *hub) leave(w *watch, rd *reader) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(w, rd)
}

// drop takes a reader out and closes its channel; a watch ends with its last reader. The caller holds the lock.
func (h *hub) drop(w *watch, rd *reader) {
	if _, in := w.readers[rd]; !in {
		return
	}
	delete(w.readers, rd)
	if len(w.readers) == 0 {
		h.end(w)
	}
	close(rd.out)
	h.s.metrics.readers.Dec()
}

// tell hands a message to a reader without waiting; one whose queue is full is dropped. The caller holds the lock.
func (h *hub) tell(w *watch, rd *reader, message []byte) {
	select {
	case rd.out <- message:
		h.s.metrics.sent.Add(float64(len(message)))
	default:
		h.s.metrics.dropped.Inc()
		h.drop(w, rd)
	}
}

// run follows the record until the context ends.
func (h *hub) run(ctx context.Context) {
	from := h.published
	news := make(chan [2]int64)
	go func() {
		defer close(news)
		for from, to := range h.s.Sec.Follow(ctx, from) {
			select {
			case news <- [2]int64{from, to}:
			case <-ctx.Done():
				return
			}
		}
	}()
	for range renderers {
		go h.work(ctx)
	}
	defer h.close()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	look := time.NewTicker(time.Second)
	defer look.Stop()
	for {
		select {
		case <-look.C:
			if h.s.Sec.Current() != nil {
				h.dropAll()
			}
		case n, ok := <-news:
			if !ok {
				return
			}
			h.publish(n[0], n[1])
		case <-beat.C:
			h.beat()
		}
	}
}

// beat tells every reader that the connection lives.
func (h *hub) beat() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, w := range h.watches {
		for rd := range w.readers {
			h.tell(w, rd, []byte(":\n\n"))
		}
	}
}

// publish tells what may be known of a stretch of acts: lists that grow get their lines at once, and what was touched is
// rendered next. When somebody's office changes, those who hold one are sent away to come back as what they are now.
func (h *hub) publish(from, to int64) {
	h.s.metrics.events.Inc()
	h.mu.Lock()
	h.published = to
	visits := map[class]*Visit{}
	for key, w := range h.watches {
		visits[key.class] = w.visit
	}
	h.mu.Unlock()
	heard := map[class]*batch{}
	for c, v := range visits { // without the lock: lines of acts are being written
		heard[c] = h.batch(v, from, to)
	}
	h.mu.Lock()
	for key, w := range h.watches {
		if b := heard[key.class]; b != nil { // else its first reader came just now, with a newer page
			h.inform(w, b)
		}
	}
	h.mu.Unlock()
	h.stir()
	for d := range h.s.Sec.Sight(mechanism.Actor{}).Deeds(from) {
		if d.Seq >= to {
			return
		}
		if strings.HasPrefix(d.Kind, "person.") {
			h.sendAway()
			return
		}
	}
}

// inform tells the readers of a watch of a batch of acts, and notes that it is to be rendered. The caller holds the lock.
func (h *hub) inform(w *watch, b *batch) {
	if len(b.objects) == 0 {
		return
	}
	if w.key.at != "" {
		w.due, w.touched = true, w.touched || w.touchedBy(b.objects)
	}
	if !w.grows {
		return
	}
	for rd := range w.readers {
		rd.lines = rd.lines && !b.many
		h.tell(w, rd, b.message)
	}
}

// sendAway ends the streams of those who hold an office; their pages come back as what they are now.
func (h *hub) sendAway() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for key, w := range h.watches {
		if key.by.Office == "" {
			continue
		}
		for rd := range w.readers {
			h.drop(w, rd)
		}
	}
}

func (h *hub) close() {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	h.dropAll()
}

// dropAll ends all streams. Where what is known here may be old, pages that are open are not left to believe that nothing
// happens: they come back until there is something to tell, and say so meanwhile.
func (h *hub) dropAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, w := range h.watches {
		for rd := range w.readers {
			h.drop(w, rd)
		}
	}
}

// news is what a page hears of one act: the objects that it changed, and its line, ready to be put into a list.
type news struct {
	Seq     int64              `json:"seq"`
	Kind    string             `json:"kind"`
	Objects []mechanism.Object `json:"objects"`
	HTML    string             `json:"html"`
}

// batch is what a class may know of a stretch of acts.
type batch struct {
	objects []mechanism.Object // that they touched; empty: the class may know of none of them
	many    bool               // too many for words
	message []byte             // their lines, as server-sent events
}

// batch gives what a visitor's class may know of a stretch of acts.
func (h *hub) batch(v *Visit, from, to int64) *batch {
	seen := h.seen(v.Actor, from, to)
	if len(seen) == 0 {
		return &batch{}
	}
	var out bytes.Buffer
	b := &batch{objects: objectsOf(seen...), many: len(seen) > manyActs}
	if b.many {
		event(&out, "many", seen[len(seen)-1].Seq+1, struct {
			Objects []mechanism.Object `json:"objects"`
		}{b.objects})
	} else {
		f := h.s.Bare(h.s.now(v), h.s.Sec.Sight(v.Actor))
		for _, d := range seen {
			event(&out, "act", d.Seq+1, news{d.Seq, d.Kind, objectsOf(d), f.Act(d).Line()})
		}
	}
	b.message = out.Bytes()
	return b
}

// seen are the acts of a stretch that an actor may read.
func (h *hub) seen(by mechanism.Actor, from, to int64) []mechanism.Deed {
	var seen []mechanism.Deed
	state := h.s.Sec.Sight(by)
	for d := range state.Deeds(from) {
		if d.Seq >= to {
			break
		}
		if state.Sees(d.Visibility) {
			seen = append(seen, d)
		}
	}
	return seen
}

// now is a visit at this moment.
func (s *Site) now(v *Visit) *Visit {
	now := *v
	now.Now = s.Config.Now()
	return &now
}

// objectsOf are the objects that acts touched: pages that show one of them change.
func objectsOf(deeds ...mechanism.Deed) []mechanism.Object {
	var objects []mechanism.Object
	seen := map[mechanism.Object]bool{}
	for _, d := range deeds {
		for _, o := range d.Objects {
			if !seen[o] {
				seen[o] = true
				objects = append(objects, o)
			}
		}
	}
	return objects
}

// event writes one server-sent event. Its data is JSON, which has no line breaks of its own. Its id is the number of acts
// that whoever has heard it knows of: a browser that comes back says it.
func event(out *bytes.Buffer, name string, acts int64, data any) {
	fmt.Fprintf(out, "id: %d\nevent: %s\ndata: ", acts, name)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(data); err != nil {
		panic(err) // strings and numbers have a JSON form
	}
	out.WriteString("\n")
}

// live keeps one open page informed until it leaves or is dropped. ?at= is the page's address, ?acts= from how many acts it
// was rendered. Without an address, or when too many are watched, the reader hears the line of every act and no more.
func (s *Site) live(w http.ResponseWriter, r *http.Request) error {
	v, client := VisitOf(r), s.clientOf(r)
	if !s.followers.enter(client, s.Config.Bounds.Readers) {
		return tooManyAtOnce(w)
	}
	defer s.followers.leave(client)
	key := s.hub.key(v, r.URL.Query().Get("at"), client)
	watch, rd := s.hub.join(key, v, client, s.actsOf(r))
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy must not wait for more
	wire := http.NewResponseController(w)
	if rd == nil { // the program is stopping: the page comes back when another one runs
		send(w, wire, []byte("retry: 3000\n\n"))
		return nil
	}
	defer s.hub.leave(watch, rd)
	// A page that is not watched sees by the number of acts whether something has changed.
	hello := fmt.Appendf(nil, "retry: 3000\nevent: hello\ndata: {\"acts\":%d,\"watched\":%t}\n\n", s.acts(), watch.key.at != "")
	if err := send(w, wire, hello); err != nil {
		return nil
	}
	var over <-chan time.Time // never, for the public
	if v.SignedIn() {
		over = time.After(streamLife)
	}
	for {
		select {
		case message, ok := <-rd.out:
			if !ok || send(w, wire, message) != nil {
				return nil
			}
		case <-over:
			return nil
		case <-r.Context().Done():
			return nil
		}
	}
}

// actsOf is how many acts a reader's page knows of: what the page was rendered from, or what it has heard since. Who does
// not say knows of all.
func (s *Site) actsOf(r *http.Request) int64 {
	acts := s.acts()
	if n, ok := ParseSeq(r.URL.Query().Get("acts")); ok {
		acts = min(acts, n)
	}
	if n, ok := ParseSeq(r.Header.Get("Last-Event-ID")); ok {
		acts = min(s.acts(), max(acts, n))
	}
	return acts
}

// send sends a message to a reader, who must take it in good time (see tracked.hurry).
func send(w http.ResponseWriter, wire *http.ResponseController, message []byte) error {
	if _, err := w.Write(message); err != nil {
		return err
	}
	return wire.Flush()
}
