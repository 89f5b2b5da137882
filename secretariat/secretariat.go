// Package secretariat is the one door to a mechanism: [Secretariat.Do] is the only way to change it, [Secretariat.Sight]
// the way to read it, [Secretariat.Follow] the way to hear of changes, [Secretariat.At] the way to see it as it was.
//
// One writer takes the acts that wait, checks and applies them in order on an image of its own, commits them to the
// record as one transaction, publishes the image and answers. Readers take the published image without a lock and may
// hold it as long as they like; they never see what is not durable. What is refused, or cannot be committed, drops an
// image that nobody has seen.
package secretariat

import (
	"cmp"
	"context"
	"crypto/rand"
	"log/slog"
	"sync"
	"sync/atomic"
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

	image atomic.Pointer[mechanism.Mechanism] // published: sealed, and all of it durable
	days  days

	trouble atomic.Pointer[trouble] // nil: the record was followed when it was last looked at
	stale   time.Duration
	log     *slog.Logger

	waiting chan *request
	stop    chan struct{}
	done    chan struct{}

	desks    chan struct{} // one for each file that may be read at once
	patience time.Duration

	followMu sync.Mutex
	grown    chan struct{} // closed and replaced whenever acts were added
}

// Config says how to open a secretariat. The zero value is good.
type Config struct {
	Now      func() time.Time        // the clock; nil: the system's
	Salt     func() string           // at least 128 random bits in letters and digits, for bodies that are not public; nil: the system's
	Poll     time.Duration           // how often to look for acts of other nodes on the same record; 0: never
	Stale    time.Duration           // for how long a state may be shown that cannot be compared with the record; 0: without end, as where nobody else writes
	Log      *slog.Logger            // is told when the record cannot be followed, and when it can again; nil: nobody
	Patience time.Duration           // how long the reading of one file may take; 0: half a minute
	Progress func(done, total int64) // called while the record is folded; may be nil
}

// maxBatch bounds how many acts one transaction takes, so that no caller waits behind an endless one.
const maxBatch = 2048

// Open folds the record into an image and starts the writer.
func Open(ctx context.Context, rec *record.Record, cfg Config) (*Secretariat, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Salt == nil {
		cfg.Salt = rand.Text
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s := &Secretariat{
		rec: rec, now: cfg.Now, salt: cfg.Salt, stale: cfg.Stale, log: cfg.Log,
		desks: make(chan struct{}, mostReaders), patience: cmp.Or(cfg.Patience, 30*time.Second),
		waiting: make(chan *request, maxBatch), stop: make(chan struct{}), done: make(chan struct{}),
		grown: make(chan struct{}),
	}
	s.publish(mechanism.New())
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

// Sight gives the state as an actor may see it now. It never changes and may be kept.
func (s *Secretariat) Sight(by mechanism.Actor) mechanism.Sight { return s.image.Load().As(by) }

// Mandate finds who is in office under a person's id.
func (s *Secretariat) Mandate(person string) (p mechanism.Person, ok bool) {
	p, ok = s.image.Load().Person(person)
	return p, ok && !p.Relieved
}

// Acts is how many acts the published state has.
func (s *Secretariat) Acts() int64 { return s.image.Load().Acts() }

// Digest is the digest of the published state, with the number of acts in it.
func (s *Secretariat) Digest() (digest string, acts int64) {
	m := s.image.Load()
	return m.Digest(), m.Acts()
}

// Ready says whether the record answers and the published state has all that was in it then; else why not, of kind
// Unavailable. Until the context ends it waits for the state: what somebody has just written takes a moment.
func (s *Secretariat) Ready(ctx context.Context) error {
	if t := s.trouble.Load(); t != nil {
		return t.refusal()
	}
	head, err := s.rec.Head(ctx)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "the record does not answer")
	}
	for s.Acts() < head.Size {
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return fault.New(fault.Unavailable, "the state has %d acts, the record %d", s.Acts(), head.Size)
		}
	}
	return nil
}

// Record is the record behind the door, for proofs and downloads.
func (s *Secretariat) Record() *record.Record { return s.rec }

// publish makes an image the one that everybody reads.
func (s *Secretariat) publish(m *mechanism.Mechanism) {
	m.Seal()
	s.image.Store(m)
}
