package secretariat

import (
	"context"
	"math/rand/v2"
	"time"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/record"
)

// request is one caller's acts, to be done all or none, with the place for the answer.
type request struct {
	by     mechanism.Actor
	acts   []prepared
	answer chan answer
}

// prepared is an act with its body for the record. The act is the one that was read back from the body: the state must
// hold what a replay will hold, not the caller's value.
type prepared struct {
	act  mechanism.Act
	body []byte
}

// prepare encodes acts and reads them back, on the caller's time and processor rather than the one writer's.
func prepare(acts []mechanism.Act) ([]prepared, error) {
	ready := make([]prepared, len(acts))
	for i, act := range acts {
		body, err := mechanism.Encode(act)
		if err != nil {
			return nil, err
		}
		same, err := mechanism.Decode(act.Kind(), body)
		if err != nil {
			return nil, err
		}
		ready[i] = prepared{same, body}
	}
	return ready, nil
}

type answer struct {
	entries []mechanism.Entry
	err     error
}

// Do does one or several acts for an actor, all or none, and answers when they are durable. Errors: invalid, denied,
// not found, conflict from the acts' checks; unavailable when the record cannot take them now, in which case nothing
// was done.
func (s *Secretariat) Do(ctx context.Context, by mechanism.Actor, acts ...mechanism.Act) ([]mechanism.Entry, error) {
	if len(acts) == 0 {
		return nil, nil
	}
	ready, err := prepare(acts)
	if err != nil {
		return nil, err
	}
	r := &request{by, ready, make(chan answer, 1)}
	select {
	case s.waiting <- r:
	case <-s.stop:
		return nil, fault.New(fault.Unavailable, "the program is stopping: nothing was done")
	case <-ctx.Done():
		return nil, fault.Wrap(ctx.Err(), fault.Unavailable, "the request ended before its turn came: nothing was done")
	}
	select {
	case a := <-r.answer:
		return a.entries, a.err
	case <-s.done:
		select {
		case a := <-r.answer:
			return a.entries, a.err
		default:
			return nil, fault.New(fault.Unavailable, "the program is stopping: nothing was done")
		}
	}
}

// write is the one writer: it takes what waits, does it as a batch, and looks for other nodes' acts in between.
func (s *Secretariat) write(poll time.Duration) {
	defer close(s.done)
	var tick <-chan time.Time
	if poll > 0 {
		t := time.NewTicker(poll)
		defer t.Stop()
		tick = t.C
	}
	for {
		select {
		case r := <-s.waiting:
			s.batch(s.gather(r))
		case <-tick:
			s.catchUp()
		case <-s.stop:
			return
		}
	}
}

// gather takes the requests that wait now, up to the bound.
func (s *Secretariat) gather(first *request) []*request {
	batch, acts := []*request{first}, len(first.acts)
	for acts < maxBatch {
		select {
		case r := <-s.waiting:
			batch = append(batch, r)
			acts += len(r.acts)
		default:
			return batch
		}
	}
	return batch
}

// batch does the requests and answers them. When another node was first, the state has moved: everything is checked
// again on the newer state.
func (s *Secretariat) batch(requests []*request) {
	ctx := context.Background()
	answers, grew := s.tryLocked(ctx, requests)
	for tries := 1; answers == nil && tries < maxTries; tries++ {
		time.Sleep(rand.N(time.Duration(tries) * time.Millisecond)) // so that two nodes do not keep step
		answers, grew = s.tryLocked(ctx, requests)
	}
	if answers == nil {
		answers = refuseAll(requests, fault.New(fault.Unavailable, "other nodes keep writing to the record: nothing was done, try again"))
	}
	if grew {
		s.announce()
	}
	for i, r := range requests {
		r.answer <- answers[i]
	}
}

// maxTries is how often a batch is tried while other nodes are faster: some seconds in all.
const maxTries = 64

func (s *Secretariat) tryLocked(ctx context.Context, requests []*request) ([]answer, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.try(ctx, requests)
}

// try checks, applies and commits the requests as one transaction. It gives nil when another node was first.
func (s *Secretariat) try(ctx context.Context, requests []*request) (answers []answer, grew bool) {
	base := s.state.Acts()
	answers = make([]answer, len(requests))
	var drafts []record.Draft
	for i, r := range requests {
		mine, err := s.apply(r)
		if err != nil {
			answers[i].err = err
			if s.state.Acts() > base+int64(len(drafts)) { // an earlier act of this request is in the state: take it out
				if err := s.restore(ctx, drafts); err != nil {
					return refuseAll(requests, err), false
				}
			}
			continue
		}
		for j, d := range mine {
			answers[i].entries = append(answers[i].entries, mechanism.Entry{
				Seq: base + int64(len(drafts)+j), Time: d.Time, Actor: r.by, Visibility: d.Visibility})
		}
		drafts = append(drafts, mine...)
	}
	if len(drafts) == 0 {
		return answers, false
	}
	_, err := s.rec.Append(ctx, base, drafts)
	if err == nil {
		return answers, true
	}
	if again := s.rebuild(ctx); again != nil {
		return refuseAll(requests, again), false
	}
	if fault.KindOf(err) == fault.Conflict {
		return nil, false
	}
	return refuseAll(requests, err), false
}

// apply checks and applies one request's acts in order and gives their drafts for the record.
func (s *Secretariat) apply(r *request) ([]record.Draft, error) {
	var drafts []record.Draft
	for _, p := range r.acts {
		if err := s.state.Check(p.act, r.by); err != nil {
			return nil, err
		}
		d := record.Draft{Time: s.tick(), Kind: p.act.Kind(), Actor: record.Actor(r.by), Visibility: s.state.Visibility(p.act), Body: p.body}
		if d.Visibility != mechanism.Public {
			d.Body = mechanism.Salted(p.body, s.salt())
		}
		s.state.Apply(p.act, mechanism.Entry{Seq: s.state.Acts(), Time: d.Time, Actor: r.by, Visibility: d.Visibility})
		drafts = append(drafts, d)
	}
	return drafts, nil
}

// restore rebuilds the durable state and applies the drafts of the batch so far.
func (s *Secretariat) restore(ctx context.Context, drafts []record.Draft) error {
	if err := s.rebuild(ctx); err != nil {
		return err
	}
	for _, d := range drafts {
		act, err := mechanism.Decode(d.Kind, d.Body)
		if err != nil {
			return err
		}
		s.state.Apply(act, mechanism.Entry{Seq: s.state.Acts(), Time: d.Time, Actor: mechanism.Actor(d.Actor), Visibility: d.Visibility})
		s.last = d.Time
	}
	return nil
}

// tick gives the time of the next act: the clock's, never earlier than the act before.
func (s *Secretariat) tick() time.Time {
	t := s.now().UTC().Truncate(time.Millisecond)
	if t.Before(s.last) {
		t = s.last
	}
	s.last = t
	return t
}

func refuseAll(requests []*request, err error) []answer {
	answers := make([]answer, len(requests))
	for i := range answers {
		answers[i].err = err
	}
	return answers
}

// catchUp folds acts that other nodes have added to the record.
func (s *Secretariat) catchUp() {
	s.mu.Lock()
	before := s.state.Acts()
	err := s.fold(context.Background(), nil)
	grew := err == nil && s.state.Acts() > before
	s.mu.Unlock()
	if grew {
		s.announce()
	}
}
