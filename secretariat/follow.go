package secretariat

import (
	"context"
	"iter"
)

// announce wakes everybody who follows.
func (s *Secretariat) announce() {
	s.followMu.Lock()
	defer s.followMu.Unlock()
	close(s.grown)
	s.grown = make(chan struct{})
}

// Follow yields stretches of acts, from the first up to but not including the second, as they land, until the context ends
// or the secretariat closes. Who follows looks at them through a [Secretariat.Sight]; what lands while they look comes as
// one stretch.
func (s *Secretariat) Follow(ctx context.Context, from int64) iter.Seq2[int64, int64] {
	return func(yield func(from, to int64) bool) {
		for {
			s.followMu.Lock()
			grown := s.grown
			s.followMu.Unlock()
			if to := s.Acts(); from < to {
				if !yield(from, to) {
					return
				}
				from = to
			}
			select {
			case <-grown:
			case <-ctx.Done():
				return
			case <-s.done:
				return
			}
		}
	}
}
