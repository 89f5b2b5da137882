package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"concord/internal/fault"
	"concord/internal/sample"
	"concord/mechanism"
	"concord/web"
)

// live measures how long open pages wait for what an act has changed on them: from the moment it is handed in until each of
// 5,000 readers on this machine has the fragments. All hold one page open, and then fifty different ones.
func (b *bench) live(ctx context.Context) error {
	h, by, err := b.newHouse(ctx, "live")
	if err != nil {
		return err
	}
	defer h.Close()
	if err := b.proposals(ctx, h, by, 2*liveRounds); err != nil {
		return err
	}
	address, stop, err := b.serve(ctx, h, web.Config{Bounds: web.Bounds{Readers: 500 * b.scale}})
	if err != nil {
		return err
	}
	defer stop()
	l := liveBench{b: b, house: h, by: by, host: strings.TrimPrefix(address, "http://")}
	return errors.Join(l.measure(ctx, 1), l.measure(ctx, 50))
}

// liveRounds is how many acts readers hear of in one measure.
const liveRounds = 10

// liveBench are the measures of open pages, on one house.
type liveBench struct {
	b     *bench
	house *house
	by    mechanism.Actor
	host  string
	done  int // acts
}

// measure lets readers, spread over some addresses, hear of acts.
func (l *liveBench) measure(ctx context.Context, addresses int) error {
	n := 500 * l.b.scale
	before := inUse()
	readers, err := joinReaders(ctx, l.host, n, addresses)
	if err != nil {
		return err
	}
	defer readers.leave()
	held := float64(inUse()-before) / float64(n) / 1024
	var waits []time.Duration
	for range liveRounds {
		l.done++
		begun := time.Now()
		if _, err := l.house.sec.Do(ctx, l.by, &mechanism.AcceptCommitment{Item: mechanism.Item{Text: sample.Code, N: l.done}}); err != nil {
			return err
		}
		heard, err := readers.wait(begun)
		if err != nil {
			return err
		}
		waits = append(waits, heard...)
	}
	slices.Sort(waits)
	p95 := waits[len(waits)*95/100]
	what := fmt.Sprintf("live change to %d readers of %s, 95th percentile", n, count(addresses, "page"))
	l.b.say(what, p95.Round(time.Millisecond).String(), "< 300 ms", p95 < 300*time.Millisecond)
	if addresses == 1 {
		l.b.say("memory for a reader, both ends of the connection", fmt.Sprintf("%.0f KB", held), "< 100 KB", held < 100)
	}
	return nil
}

// inUse is how many bytes of memory this program holds for what is alive.
func inUse() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc + m.StackInuse)
}

// proposals enters invented commitments that wait.
func (b *bench) proposals(ctx context.Context, h *house, by mechanism.Actor, n int) error {
	acts := sample.Acts(h.sec.Sight(by), n)
	_, err := h.sec.Do(ctx, by, acts[:len(acts)-n]...)
	return err
}

// liveReaders are open connections to /live; each tells when it has been sent fragments.
type liveReaders struct {
	conns []net.Conn
	heard chan time.Time
}

// joinReaders opens n pages at some addresses and waits until all have been greeted.
func joinReaders(ctx context.Context, host string, n, addresses int) (*liveReaders, error) {
	r := &liveReaders{heard: make(chan time.Time, 2*n)}
	var joined sync.WaitGroup
	for i := range n {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", host)
		if err != nil {
			r.leave()
			return nil, fault.Wrap(err, fault.Unavailable, "reader %d cannot connect (is the limit of open files below %d?)", len(r.conns)+1, 2*n+100)
		}
		r.conns = append(r.conns, conn)
		if _, err := fmt.Fprintf(conn, "GET /live?at=/%%3Freaders=%d HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n", i%addresses, host); err != nil {
			return nil, err
		}
		joined.Add(1)
		go r.listen(conn, joined.Done)
	}
	joined.Wait()
	return r, nil
}

// listen reads a stream of events: the greeting first, then one line "event: fragments" for each act.
func (r *liveReaders) listen(conn net.Conn, greeted func()) {
	once := sync.OnceFunc(greeted)
	defer once()
	in := bufio.NewReaderSize(conn, 1024)
	for {
		line, err := in.ReadSlice('\n')
		if err != nil && err != bufio.ErrBufferFull {
			return
		}
		switch {
		case strings.HasPrefix(string(line), "event: hello"):
			once()
		case strings.HasPrefix(string(line), "event: fragments"):
			r.heard <- time.Now()
		}
	}
}

// wait gives how long each reader waited for the act that was handed in at begun.
func (r *liveReaders) wait(begun time.Time) ([]time.Duration, error) {
	var waits []time.Duration
	late := time.After(30 * time.Second)
	for len(waits) < len(r.conns) {
		select {
		case at := <-r.heard:
			waits = append(waits, at.Sub(begun))
		case <-late:
			return nil, fault.New(fault.Unavailable, "only %d of %d readers heard of the act within 30 s", len(waits), len(r.conns))
		}
	}
	return waits, nil
}

func (r *liveReaders) leave() {
	for _, c := range r.conns {
		c.Close()
	}
}
