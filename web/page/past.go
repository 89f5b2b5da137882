package page

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/secretariat"
)

// past keeps the last few states that were asked for as of a day: each is a replay of the record, which takes a moment.
// One replay runs at a time.
type past struct {
	sec   *secretariat.Secretariat
	mu    sync.Mutex
	order []int64         // of last use, the oldest first
	state map[int64]State // by the number of acts in it: many days have the same state
}

// pastStates bounds how many are kept.
const pastStates = 4

func newPast(sec *secretariat.Secretariat) *past {
	return &past{sec: sec, state: map[int64]State{}}
}

// at gives the state as it was at an instant that is over. Nobody may change it.
func (p *past) at(ctx context.Context, t time.Time) (State, error) {
	var acts int64
	p.sec.View(func(m State) {
		if acts = int64(slices.IndexFunc(m.Deeds(), func(d mechanism.Deed) bool { return d.Time.After(t) })); acts < 0 {
			acts = m.Acts()
		}
	})
	p.mu.Lock()
	defer p.mu.Unlock()
	m, ok := p.state[acts]
	if !ok {
		var err error
		if m, err = p.sec.AsOf(ctx, t); err != nil {
			return nil, err
		}
	}
	p.use(acts, m)
	return m, nil
}

func (p *past) use(acts int64, m State) {
	for i, old := range p.order {
		if old == acts {
			p.order = append(p.order[:i], p.order[i+1:]...)
			break
		}
	}
	p.order = append(p.order, acts)
	p.state[acts] = m
	if len(p.order) > pastStates {
		delete(p.state, p.order[0])
		p.order = p.order[1:]
	}
}

// Present calls read with the state as it stands, whatever day the visit asks for.
func (s *Site) Present(read func(m State)) { s.Sec.View(read) }

// View calls read with the state that the visit asks for: as it stands, or as it was at the end of a day in the
// visitor's zone.
func (s *Site) View(r *http.Request, read func(m State) error) (err error) {
	v := VisitOf(r)
	if v.AsOf == "" {
		s.Present(func(m State) { err = read(m) })
		return err
	}
	day, err := time.ParseInLocation(time.DateOnly, v.AsOf, v.Zone)
	if err != nil {
		return fault.New(fault.Invalid, "%q is not a day", v.AsOf)
	}
	m, err := s.past.at(r.Context(), day.AddDate(0, 0, 1).Add(-time.Millisecond).UTC())
	if err != nil {
		return err
	}
	return read(m)
}
