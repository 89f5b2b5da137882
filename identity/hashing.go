package identity

import (
	"context"
	"time"
)

// hashing is where passwords are hashed: a few at a time, because argon2 takes memory, with a short queue before it.
type hashing struct {
	turns chan struct{} // one for each hash at a time
	queue chan struct{} // one for each that is being hashed or waits
}

// Bounds of what is hashed at once.
const (
	hashers    = 4               // each takes 19 MiB
	mostQueued = 32              // about two seconds of work for two processors
	fullWait   = 3 * time.Second // what somebody is told who finds the queue full
)

func newHashing() hashing {
	return hashing{turns: make(chan struct{}, hashers), queue: make(chan struct{}, hashers+mostQueued)}
}

// do does the work when its turn comes. It is not done when the queue is full ([TooMany]) or the caller is gone.
func (h hashing) do(ctx context.Context, work func()) error {
	select {
	case h.queue <- struct{}{}:
		defer func() { <-h.queue }()
	default:
		return TooMany{Wait: fullWait}
	}
	select {
	case h.turns <- struct{}{}:
		defer func() { <-h.turns }()
	case <-ctx.Done():
		return ctx.Err()
	}
	work()
	return nil
}
