package identity

import (
	"net/netip"
	"sync"
	"time"
)

// gate slows down whoever guesses passwords: after a few failures under one name from one address, or from one address
// whatever the names, each further failure closes it for twice as long. No name is ever closed to everybody: that would let a
// stranger keep an officer out. An attempt is counted as a failure before its password is looked at, and is taken back when it
// was none, so that many at once pass no more often than one after the other. The gate lives in memory; a restart opens it,
// which costs an attacker nothing to wait for and spares a table that strangers could fill.
type gate struct {
	mu    sync.Mutex
	tries map[string]try
}

type try struct {
	failures int // with attempts that have not been looked at yet
	last     time.Time
	until    time.Time // closed until then
}

const (
	freeAtPair    = 5 // failures under a name from an address, before each one more closes it
	freeAtAddress = 8 // failures from an address under any names: an office has one address, and people who mistype
	firstWait     = 2 * time.Second
	longestWait   = 15 * time.Minute
	maxTries      = 100_000 // entries kept; far above any honest number
)

func newGate() *gate { return &gate{tries: map[string]try{}} }

// attempt is one that was let through the gate, and counts as a failure until it is taken back.
type attempt struct{ pair, origin string }

// attemptOf names an attempt under a sign-in name from an address.
func attemptOf(login, address string) attempt {
	origin := Origin(address)
	return attempt{pair: "pair " + origin + " " + login, origin: "address " + origin}
}

// Origin is where an address counts as coming from: itself, or its network of IPv6, of which everybody has as many addresses
// as they like.
func Origin(address string) string {
	at, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if at = at.Unmap().WithZone(""); at.Is4() {
		return at.String()
	}
	network, _ := at.Prefix(64) // 64 bits are in an address of IPv6
	return network.String()
}

// reserve lets an attempt through and counts it as a failure, or says how long it has to wait.
func (g *gate) reserve(now time.Time, a attempt) (wait time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if wait = max(g.tries[a.pair].until.Sub(now), g.tries[a.origin].until.Sub(now)); wait > 0 {
		return wait
	}
	if len(g.tries) > maxTries {
		g.sweep(now)
	}
	g.count(now, a.pair, freeAtPair)
	g.count(now, a.origin, freeAtAddress)
	return 0
}

// count counts a failure. The caller holds the lock.
func (g *gate) count(now time.Time, key string, free int) {
	t := g.tries[key]
	if now.Sub(t.last) > longestWait {
		t.failures = 0
	}
	t.failures, t.last = t.failures+1, now
	if over := t.failures - free; over >= 0 {
		t.until = now.Add(min(firstWait<<min(over, 20), longestWait))
	}
	g.tries[key] = t
}

// takeBack takes an attempt back that was not looked at.
func (g *gate) takeBack(a attempt) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.uncount(a.pair, freeAtPair)
	g.uncount(a.origin, freeAtAddress)
}

// passed takes an attempt back that was right, and forgets the failures under its name from its address.
func (g *gate) passed(a attempt) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.tries, a.pair)
	g.uncount(a.origin, freeAtAddress)
}

// uncount takes back one failure, and opens what it had closed. The caller holds the lock.
func (g *gate) uncount(key string, free int) {
	t, counted := g.tries[key]
	if !counted {
		return
	}
	if t.failures--; t.failures < free {
		t.until = time.Time{}
	}
	g.tries[key] = t
}

// sweep drops what no longer matters; while there is still too much, what is open, and then all of it: better open for a
// moment than out of memory. The caller holds the lock.
func (g *gate) sweep(now time.Time) {
	for key, t := range g.tries {
		if now.Sub(t.last) > longestWait {
			delete(g.tries, key)
		}
	}
	for key, t := range g.tries {
		if len(g.tries) > maxTries/2 && !t.until.After(now) {
			delete(g.tries, key)
		}
	}
	if len(g.tries) > maxTries {
		clear(g.tries)
	}
}
