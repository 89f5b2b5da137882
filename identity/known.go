package identity

import (
	"sync"
	"time"
)

// known remembers for a few seconds whose a session or access token is, so that not every page asks the database. What
// this process ends is forgotten at once; what another node ends, within knownLife.
type known struct {
	mu sync.Mutex
	by map[string]bearer // by the hash of the secret
}

type bearer struct {
	person string
	until  time.Time
}

const (
	knownLife = 5 * time.Second
	knownMost = 10_000
)

// person gives whose a secret is: as remembered, or as find says.
func (k *known) person(now time.Time, hash string, find func(hash string) (person string, expires time.Time, err error)) (string, error) {
	k.mu.Lock()
	b, ok := k.by[hash]
	k.mu.Unlock()
	if ok && now.Before(b.until) {
		return b.person, nil
	}
	person, expires, err := find(hash)
	if err != nil {
		return "", err
	}
	until := now.Add(knownLife)
	if expires.Before(until) {
		until = expires
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.by == nil || len(k.by) >= knownMost {
		k.by = map[string]bearer{}
	}
	k.by[hash] = bearer{person, until}
	return person, nil
}

// forget forgets everybody: something has ended.
func (k *known) forget() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.by = nil
}
