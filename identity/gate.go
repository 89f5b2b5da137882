package identity

import (
	"sync"
	"time"
)

// gate slows down whoever guesses passwords: after a few failures under one name or from one address, each further
// failure closes it for twice as long. It lives in memory; a restart opens it, which costs an attacker nothing to wait
// for and spares a table that strangers could fill.
type gate struct {
	mu    sync.Mutex
	tries map[string]try
}

type try struct {
	failures int
	last     time.Time
	until    time.Time // closed until then
}

const (
	freeFailures = 5
	firstWait    = 2 * time.Second
	longestWait  = 15 * time.Minute
	maxTries     = 100_000 // entries kept; far above any honest number
)

func newGate() *gate { return &gate{tries: map[string]try{}} }

// wait says how long any of the keys is still closed; 0 when all are open.
func (g *gate) wait(now time.Time, keys ...string) time.Duration {
	g.mu.Lock()
	defer g.mu.Unlock()
	var longest time.Duration
	for _, k := range keys {
		longest = max(longest, g.tries[k].until.Sub(now))
	}
	return max(longest, 0)
}

// failed counts a failure under each key.
func (g *gate) failed(now time.Time, keys ...string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.tries) > maxTries {
		g.sweep(now)
	}
	for _, k := range keys {
		t := g.tries[k]
		if now.Sub(t.last) > longestWait {
			t.failures = 0
		}
		t.failures, t.last = t.failures+1, now
		if over := t.failures - freeFailures; over >= 0 {
			t.until = now.Add(min(firstWait<<min(over, 20), longestWait))
		}
		g.tries[k] = t
	}
}

// passed forgets the failures under a key.
func (g *gate) passed(key string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.tries, key)
}

// sweep drops what no longer matters; if everything does, all of it: better open for a moment than out of memory.
func (g *gate) sweep(now time.Time) {
	for k, t := range g.tries {
		if now.Sub(t.last) > longestWait {
			delete(g.tries, k)
		}
	}
	if len(g.tries) > maxTries {
		clear(g.tries)
	}
}
