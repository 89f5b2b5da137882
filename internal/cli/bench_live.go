package cli

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"concord/internal/fault"
	"concord/internal/sample"
	"concord/mechanism"
	"concord/web"
)

// live measures how long open pages wait to hear of an act: from the moment it is handed in until each of 5,000
// readers on this machine has it.
func (b *bench) live(ctx context.Context) error {
	h, by, err := b.newHouse(ctx, "live")
	if err != nil {
		return err
	}
	defer h.Close()
	const rounds = 10
	if err := b.proposals(ctx, h, by, rounds); err != nil {
		return err
	}
	address, stop, err := b.serve(ctx, h, web.Config{})
	if err != nil {
		return err
	}
	defer stop()
	n := 500 * b.scale
	readers, err := joinReaders(ctx, strings.TrimPrefix(address, "http://"), n)
	if err != nil {
		return err
	}
	defer readers.leave()
	var waits []time.Duration
	for i := range rounds {
		begun := time.Now()
		if _, err := h.sec.Do(ctx, by, &mechanism.AcceptCommitment{Item: mechanism.Item{Text: sample.Code, N: i + 1}}); err != nil {
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
	b.say(fmt.Sprintf("live change to %d readers, 95th percentile", n), p95.Round(time.Millisecond).String(), "< 300 ms", p95 < 300*time.Millisecond)
	return nil
}

// proposals enters invented commitments that wait.
func (b *bench) proposals(ctx context.Context, h *house, by mechanism.Actor, n int) error {
	acts := sample.Acts(h.sec.Sight(by), n)
	_, err := h.sec.Do(ctx, by, acts[:len(acts)-n]...)
	return err
}

// liveReaders are open connections to /live; each tells when it has heard of an act.
type liveReaders struct {
	conns []net.Conn
	heard chan time.Time
}

func joinReaders(ctx context.Context, host string, n int) (*liveReaders, error) {
	r := &liveReaders{heard: make(chan time.Time, 2*n)}
	var joined sync.WaitGroup
	for range n {
		conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", host)
		if err != nil {
			r.leave()
			return nil, fault.Wrap(err, fault.Unavailable, "reader %d cannot connect (is the limit of open files below %d?)", len(r.conns)+1, 2*n+100)
		}
		r.conns = append(r.conns, conn)
		if _, err := fmt.Fprintf(conn, "GET /live HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\n\r\n", host); err != nil {
			return nil, err
		}
		joined.Add(1)
		go r.listen(conn, joined.Done)
	}
	joined.Wait()
	return r, nil
}

// listen reads a stream of events: the greeting first, then one line "event: act" for each act.
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
		case strings.HasPrefix(string(line), "event: act"):
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
