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

	"concord/internal/fault"
	"concord/mechanism"
)

// class is a kind of viewer: all of one class see the same of every act, in the same words.
type class struct {
	by  mechanism.Actor // without a person: office and party decide what is seen
	tag string          // language
}

// classOf gives the class of a visit. Officers are one class, coordinators one a party, readers one, the public one.
func classOf(v *Visit) class {
	return class{mechanism.Actor{Office: v.Actor.Office, Party: v.Actor.Party}, v.L.Tag}
}

// hub tells open pages of acts as they land. It follows the record once, renders each batch of acts once a class of
// viewers, and hands the same bytes to all of the class. A reader that does not keep up is dropped; its page comes back
// and renews itself.
type hub struct {
	s       *Site
	mu      sync.Mutex
	classes map[class]map[*reader]struct{}
	closed  bool
}

// reader is one open page. Its channel is closed when it is dropped.
type reader struct {
	out chan []byte
}

const (
	readerQueue  = 8                // messages that may wait for one reader
	manyActs     = 24               // a batch of more is told as one message without words
	heartbeat    = 25 * time.Second // keeps connections open and finds dead ones
	writeTimeout = 10 * time.Second // for one message to one reader
	streamLife   = 10 * time.Minute // of somebody signed in: whether they still are is asked when they come back
)

func newHub(s *Site) *hub { return &hub{s: s, classes: map[class]map[*reader]struct{}{}} }

// join adds a reader; nil when the hub is closed.
func (h *hub) join(c class) *reader {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return nil
	}
	if h.classes[c] == nil {
		h.classes[c] = map[*reader]struct{}{}
	}
	rd := &reader{make(chan []byte, readerQueue)}
	h.classes[c][rd] = struct{}{}
	h.s.metrics.readers.Inc()
	return rd
}

// leave takes a reader out, whether or not it was dropped before.
func (h *hub) leave(c class, rd *reader) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.drop(c, rd)
}

// drop takes a reader out and closes its channel. The caller holds the lock.
func (h *hub) drop(c class, rd *reader) {
	if _, in := h.classes[c][rd]; !in {
		return
	}
	delete(h.classes[c], rd)
	if len(h.classes[c]) == 0 {
		delete(h.classes, c)
	}
	close(rd.out)
	h.s.metrics.readers.Dec()
}

// run follows the record until the context ends.
func (h *hub) run(ctx context.Context) {
	from := h.s.acts()
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
	defer h.close()
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		select {
		case n, ok := <-news:
			if !ok {
				return
			}
			h.publish(n[0], n[1])
		case <-beat.C:
			h.each(func(class) []byte { return []byte(":\n\n") })
		}
	}
}

// publish tells every class what it may know of a stretch of acts. When somebody's office changes, those who hold one are
// sent away to come back as what they are now.
func (h *hub) publish(from, to int64) {
	h.s.metrics.events.Inc()
	h.each(func(c class) []byte { return h.message(c, from, to) })
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

// sendAway ends the streams of those who hold an office; their pages come back as what they are now.
func (h *hub) sendAway() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for c, readers := range h.classes {
		for rd := range readers {
			if c.by.Office != "" {
				h.drop(c, rd)
			}
		}
	}
}

// each renders a message for every class and hands it to its readers without waiting for any.
func (h *hub) each(render func(c class) []byte) {
	h.mu.Lock()
	classes := make([]class, 0, len(h.classes))
	for c := range h.classes {
		classes = append(classes, c)
	}
	h.mu.Unlock()
	for _, c := range classes {
		message := render(c)
		if message == nil {
			continue
		}
		h.mu.Lock()
		for rd := range h.classes[c] {
			select {
			case rd.out <- message:
			default:
				h.s.metrics.dropped.Inc()
				h.drop(c, rd)
			}
		}
		h.mu.Unlock()
	}
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for c, readers := range h.classes {
		for rd := range readers {
			h.drop(c, rd)
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

// message renders what a class may know of a stretch of acts, as server-sent events; nil when it may know nothing.
func (h *hub) message(c class, from, to int64) []byte {
	state := h.s.Sec.Sight(c.by)
	f := h.s.Bare(&Visit{L: h.s.words.For(c.tag), Zone: time.UTC, Now: h.s.Config.Now(), Actor: c.by}, state)
	var seen []mechanism.Deed
	for d := range state.Deeds(from) {
		if d.Seq < to && state.Sees(d.Visibility) {
			seen = append(seen, d)
		}
	}
	var out bytes.Buffer
	switch {
	case len(seen) == 0:
		return nil
	case len(seen) > manyActs:
		event(&out, "many", seen[len(seen)-1].Seq, struct {
			Objects []mechanism.Object `json:"objects"`
		}{objectsOf(seen...)})
	default:
		for _, d := range seen {
			event(&out, "act", d.Seq, news{d.Seq, d.Kind, objectsOf(d), string(f.Act(d).Line())})
		}
	}
	return out.Bytes()
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

// event writes one server-sent event. Its data is JSON, which has no line breaks of its own.
func event(out *bytes.Buffer, name string, seq int64, data any) {
	body, err := json.Marshal(data)
	if err != nil {
		panic(err) // strings and numbers have a JSON form
	}
	fmt.Fprintf(out, "id: %d\nevent: %s\ndata: %s\n\n", seq, name, body)
}

// live keeps one reader informed until it leaves or is dropped.
func (s *Site) live(w http.ResponseWriter, r *http.Request) error {
	c := classOf(VisitOf(r))
	rd := s.hub.join(c)
	if rd == nil {
		return fault.New(fault.Unavailable, "the program is stopping")
	}
	defer s.hub.leave(c, rd)
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // a proxy must not wait for more
	wire := http.NewResponseController(w)
	// A page that was rendered before the newest act renews itself when it hears how many there are.
	if err := tell(w, wire, fmt.Appendf(nil, "retry: 3000\nevent: hello\ndata: {\"acts\":%d}\n\n", s.acts())); err != nil {
		return nil
	}
	var over <-chan time.Time // never, for the public
	if c.by.Office != "" {
		over = time.After(streamLife)
	}
	for {
		select {
		case message, ok := <-rd.out:
			if !ok || tell(w, wire, message) != nil {
				return nil
			}
		case <-over:
			return nil
		case <-r.Context().Done():
			return nil
		}
	}
}

// tell sends a message to a reader, who must take it in good time.
func tell(w http.ResponseWriter, wire *http.ResponseController, message []byte) error {
	// A connection that knows no deadlines is not the network's.
	_ = wire.SetWriteDeadline(time.Now().Add(writeTimeout))
	if _, err := w.Write(message); err != nil {
		return err
	}
	return wire.Flush()
}
