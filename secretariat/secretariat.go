// Package secretariat is the one door to a mechanism: [Secretariat.Do] is the only way to change it, [Secretariat.View]
// the way to read it, [Secretariat.Follow] the way to hear of changes, [Secretariat.AsOf] the way to see it as it was.
//
// One writer takes the acts that wait, checks and applies them in order, commits them to the record as one transaction
// and then answers. Readers never see what is not durable: they wait while a batch is being committed. If the commit
// fails, the state is rebuilt from the record and every caller of the batch gets the error.
package secretariat

import (
	"context"
	"crypto/rand"
	"sync"
	"time"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/record"
)

// Secretariat serves one mechanism from one record. Open makes it, Close ends it.
type Secretariat struct {
	rec  *record.Record
	now  func() time.Time
	salt func() string

	mu    sync.RWMutex
	state *mechanism.Mechanism
	last  time.Time // of the newest act: time does not run backwards in a record

	waiting chan *request
	stop    chan struct{}
	done    chan struct{}

	followMu sync.Mutex
	grown    chan struct{} // closed and replaced whenever acts were added
}

// Config says how to open a secretariat. The zero value is good.
type Config struct {
	Now      func() time.Time        // the clock; nil: the system's
	Salt     func() string           // at least 128 random bits in letters and digits, for bodies that are not public; nil: the system's
	Poll     time.Duration           // how often to look for acts of other nodes on the same record; 0: never
	Progress func(done, total int64) // called while the record is folded; may be nil
}

// maxBatch bounds how many acts one transaction takes, so that no caller waits behind an endless one.
const maxBatch = 2048

// Open folds the record into the state and starts the writer.
func Open(ctx context.Context, rec *record.Record, cfg Config) (*Secretariat, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Salt == nil {
		cfg.Salt = rand.Text
	}
	s := &Secretariat{
		rec: rec, now: cfg.Now, salt: cfg.Salt, state: mechanism.New(),
		waiting: make(chan *request, maxBatch), stop: make(chan struct{}), done: make(chan struct{}),
		grown: make(chan struct{}),
	}
	if err := s.fold(ctx, cfg.Progress); err != nil {
		return nil, err
	}
	go s.write(cfg.Poll)
	return s, nil
}

// Close lets the writer finish what it has taken and stops it. The record stays open; it is the caller's.
func (s *Secretariat) Close() {
	close(s.stop)
	<-s.done
}

// View calls read with the state. The state must not be kept or changed; read must not call Do.
func (s *Secretariat) View(read func(m *mechanism.Mechanism)) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	read(s.state)
}

// Record is the record behind the door, for proofs and downloads.
func (s *Secretariat) Record() *record.Record { return s.rec }

// fold applies what the record has beyond the state. The caller holds the lock, or is Open.
func (s *Secretariat) fold(ctx context.Context, progress func(done, total int64)) error {
	head, err := s.rec.Head(ctx)
	if err != nil {
		return err
	}
	size := head.Size
	for entry, err := range s.rec.Read(ctx, s.state.Acts(), size) {
		if err != nil {
			return err
		}
		if err := apply(s.state, entry); err != nil {
			return err
		}
		s.last = entry.Time
		if progress != nil && (entry.Seq%1024 == 0 || entry.Seq == size-1) {
			progress(entry.Seq+1, size)
		}
	}
	return nil
}

// apply folds one entry of the record into a state.
func apply(m *mechanism.Mechanism, e record.Entry) error {
	act, err := mechanism.Decode(e.Kind, e.Body)
	if err != nil {
		return fault.During(err, "act %d", e.Seq)
	}
	m.Apply(act, entryOf(e))
	return nil
}

func entryOf(e record.Entry) mechanism.Entry {
	return mechanism.Entry{Seq: e.Seq, Time: e.Time, Actor: mechanism.Actor(e.Actor), Visibility: e.Visibility}
}

// rebuild makes the state anew from what is durable. The caller holds the lock.
func (s *Secretariat) rebuild(ctx context.Context) error {
	s.state = mechanism.New()
	return s.fold(ctx, nil)
}

// AsOf gives the state as it was after the last act at or before an instant. It is the caller's own copy.
func (s *Secretariat) AsOf(ctx context.Context, at time.Time) (*mechanism.Mechanism, error) {
	head, err := s.rec.Head(ctx)
	if err != nil {
		return nil, err
	}
	size := head.Size
	m := mechanism.New()
	for entry, err := range s.rec.Read(ctx, 0, size) {
		if err != nil {
			return nil, err
		}
		if entry.Time.After(at) {
			break
		}
		if err := apply(m, entry); err != nil {
			return nil, err
		}
	}
	return m, nil
}
