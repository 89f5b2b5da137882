package secretariat

import (
	"context"
	"iter"

	"concord/mechanism"
)

// announce wakes everybody who follows.
func (s *Secretariat) announce() {
	s.followMu.Lock()
	defer s.followMu.Unlock()
	close(s.grown)
	s.grown = make(chan struct{})
}

// Follow yields the line of every act from a sequence number on, and goes on as acts land until the context ends or
// the secretariat closes.
func (s *Secretariat) Follow(ctx context.Context, from int64) iter.Seq[mechanism.Deed] {
	return func(yield func(mechanism.Deed) bool) {
		for {
			s.followMu.Lock()
			grown := s.grown
			s.followMu.Unlock()
			var fresh []mechanism.Deed
			s.View(func(m *mechanism.Mechanism) {
				if from < m.Acts() {
					fresh = append(fresh, m.Deeds()[from:]...)
				}
			})
			for _, d := range fresh {
				if !yield(d) {
					return
				}
			}
			from += int64(len(fresh))
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
