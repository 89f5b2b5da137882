package secretariat

import (
	"context"
	"slices"
	"sync"
	"time"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/record"
)

// Fold applies one entry of a record to an image that is the fold of all entries before it. The record's own checks have
// passed; whether the act was allowed is for [Verify]. An act whose body was erased keeps its place and has no effect, nor
// has a later one that is not possible without it.
func Fold(m *mechanism.Mechanism, e record.Entry) error {
	at := entryOf(e)
	if e.Body == nil {
		m.PassOver(e.Kind, at)
		return nil
	}
	act, err := mechanism.Decode(e.Kind, e.Body)
	if err != nil {
		return fault.During(err, "act %d", e.Seq)
	}
	if m.PassedOver() > 0 && m.Check(act, at.Actor) != nil {
		m.PassOver(e.Kind, at)
		return nil
	}
	m.Apply(act, at)
	return nil
}

func entryOf(e record.Entry) mechanism.Entry {
	return mechanism.Entry{
		Seq: e.Seq, Time: e.Time, Actor: mechanism.Actor(e.Actor), Visibility: e.Visibility, Request: mechanism.RequestOf(e.Body),
	}
}

// fold publishes what the record has beyond the published image.
func (s *Secretariat) fold(ctx context.Context, progress func(done, total int64)) error {
	head, err := s.rec.Head(ctx)
	if err != nil {
		return err
	}
	return s.foldTo(ctx, head, progress)
}

// foldTo publishes what the record has beyond the published image up to a head, and keeps the images of the days that ended.
func (s *Secretariat) foldTo(ctx context.Context, head record.Head, progress func(done, total int64)) error {
	now := s.image.Load()
	switch {
	case head.Size == now.Acts():
		return nil
	case head.Size < now.Acts():
		return behind{fault.New(fault.Unavailable, "the record has %d acts where it had %d: acts are lost", head.Size, now.Acts())}
	}
	var ended []*mechanism.Mechanism // at days' ends; kept when all could be read
	next := now.Next()
	for entry, err := range s.rec.Read(ctx, next.Acts(), head.Size) {
		if err != nil {
			return err
		}
		if dayAfter(next, entry.Time) {
			ended = append(ended, next)
			next = next.Next()
		}
		if err := Fold(next, entry); err != nil {
			return behind{fault.Wrap(err, fault.Unavailable, "the record has acts that this program cannot read: use a newer one")}
		}
		if progress != nil && (entry.Seq%1024 == 0 || entry.Seq == head.Size-1) {
			progress(entry.Seq+1, head.Size)
		}
	}
	for _, m := range ended {
		s.days.keep(m)
	}
	s.publish(next)
	return nil
}

// dayAfter says whether an instant is on a later day (UTC) than the newest act of an image.
func dayAfter(m *mechanism.Mechanism, t time.Time) bool {
	return m.Acts() > 0 && m.Last().UTC().Format(time.DateOnly) < t.UTC().Format(time.DateOnly)
}

// days keeps the image of the end of each day on which something was done. Images share what they have in common, so one
// costs what its day changed.
type days struct {
	asking sync.Mutex             // held by the one asker for whom acts are read
	mu     sync.Mutex             // guards what follows, for moments
	images []*mechanism.Mechanism // in order
	recent []*mechanism.Mechanism // of moments within days that were asked for last, the latest last
}

const (
	daysKept   = 1024 // beyond it, every second of the older ones is dropped
	recentKept = 8
)

func (d *days) keep(m *mechanism.Mechanism) {
	m.Seal()
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.images = append(d.images, m); len(d.images) <= daysKept {
		return
	}
	older := d.images[:daysKept/2]
	thinned := make([]*mechanism.Mechanism, 0, daysKept)
	for i := 0; i < len(older); i += 2 {
		thinned = append(thinned, older[i])
	}
	d.images = append(thinned, d.images[daysKept/2:]...)
}

// nearest gives the kept image with the most acts that are not more than wanted; an empty one before the first.
func (d *days) nearest(acts int64) *mechanism.Mechanism {
	d.mu.Lock()
	defer d.mu.Unlock()
	best := mechanism.New()
	for _, m := range slices.Concat(d.images, d.recent) {
		if n := m.Acts(); n <= acts && n > best.Acts() {
			best = m
		}
	}
	return best
}

// At gives the state as an actor may see it now, as it was after the last act at or before an instant. The ends of days
// are at hand; for a moment within a day the acts of that day are read, by one asker at a time.
func (s *Secretariat) At(ctx context.Context, by mechanism.Actor, t time.Time) (mechanism.Sight, error) {
	now := s.image.Load()
	acts := now.ActsAt(t)
	if acts == now.Acts() {
		return now.As(by), nil
	}
	m := s.days.nearest(acts)
	if m.Acts() < acts {
		s.days.asking.Lock()
		defer s.days.asking.Unlock()
		m = s.days.nearest(acts).Next() // the asker before may have wanted the same
		for entry, err := range s.rec.Read(ctx, m.Acts(), acts) {
			if err == nil {
				err = Fold(m, entry)
			}
			if err != nil {
				return mechanism.Sight{}, err
			}
		}
	}
	s.days.use(m)
	return m.As(by), nil
}

// use remembers an image that was asked for.
func (d *days) use(m *mechanism.Mechanism) {
	m.Seal()
	d.mu.Lock()
	defer d.mu.Unlock()
	if slices.Contains(d.images, m) {
		return
	}
	d.recent = append(slices.DeleteFunc(d.recent, func(old *mechanism.Mechanism) bool { return old == m }), m)
	if len(d.recent) > recentKept {
		d.recent = slices.Delete(d.recent, 0, 1)
	}
}
