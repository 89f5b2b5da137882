package secretariat

import (
	"context"
	"errors"
	"time"

	"concord/internal/fault"
)

// trouble is why the record cannot be followed, since when.
type trouble struct {
	since time.Time
	err   error // of kind Unavailable
}

const (
	retry      = 200 * time.Millisecond // how often a record is looked at that did not answer, where it is not polled
	followFor  = 10 * time.Second       // for one look at the record; the rest is for the next
	behindMost = 5 * time.Second        // for how long a state may be shown that is known to be old
)

// behind is the error of a record that goes on in ways that this program cannot follow.
type behind struct{ error }

func (b behind) Unwrap() error { return b.error }

// refusal is what acts are answered while it lasts.
func (t *trouble) refusal() error {
	return fault.Wrap(t.err, fault.Unavailable, "the record cannot be followed just now: nothing was done")
}

// catchUp folds acts that other nodes have added to the record, and takes note of whether that was possible.
func (s *Secretariat) catchUp() {
	ctx, cancel := context.WithTimeout(context.Background(), followFor)
	defer cancel()
	before := s.Acts()
	err := s.fold(ctx, nil)
	s.note(err)
	if err == nil && s.Acts() > before {
		s.announce()
	}
}

// note takes note of how a look at the record went, and tells the log when that is news.
func (s *Secretariat) note(err error) {
	old := s.trouble.Load()
	switch {
	case err == nil && old != nil:
		s.trouble.Store(nil)
		s.log.Warn("the record is followed again", "after", time.Since(old.since).Round(time.Millisecond), "acts", s.Acts())
	case err != nil && old == nil:
		s.trouble.Store(&trouble{time.Now(), err})
		s.log.Error("the record cannot be followed", "acts", s.Acts(), "error", err)
	case err != nil:
		s.trouble.Store(&trouble{old.since, err})
	}
}

// Unfollowed is for how long the record could not be followed; 0 when it is.
func (s *Secretariat) Unfollowed() time.Duration {
	if t := s.trouble.Load(); t != nil {
		return time.Since(t.since)
	}
	return 0
}

// Current says whether the published state may be shown as the state of now: nil, or why not, of kind Unavailable. What was
// last seen stands for some seconds while the record does not answer; no longer where others may have gone on, or are known
// to have.
func (s *Secretariat) Current() error {
	t := s.trouble.Load()
	if t == nil {
		return nil
	}
	limit := s.stale
	if _, known := errors.AsType[behind](t.err); known {
		limit = behindMost
	}
	if limit == 0 || time.Since(t.since) < limit {
		return nil
	}
	return fault.Wrap(t.err, fault.Unavailable, "the record cannot be followed just now, so what is known here may be old")
}
