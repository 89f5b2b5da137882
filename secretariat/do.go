package secretariat

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"time"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/record"
)

// request is one caller's acts, to be done all or none, with the place for the answer.
type request struct {
	by      mechanism.Actor
	acts    []prepared
	request *mechanism.Request // nil: sent without a key
	answer  chan answer
}

// prepared is an act with its body for the record. The act is the one that was read back from the body: the state must
// hold what a replay will hold, not the caller's value.
type prepared struct {
	act  mechanism.Act
	kind string
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
		kind := mechanism.KindOf(act).Name
		same, err := mechanism.DecodeFields(kind, body)
		if err != nil {
			return nil, err
		}
		ready[i] = prepared{same, kind, mechanism.Packed(body)}
	}
	return ready, nil
}

// Encoded is an act as a program sends it: the name of its kind, and its fields as JSON.
type Encoded struct {
	Kind string          `json:"kind"`
	Act  json.RawMessage `json:"act"`
}

// decode reads acts that came encoded. What goes into the record is the encoding of this program: where the caller's is
// the same, to the byte, it need not be read twice.
func decode(acts []Encoded) ([]prepared, error) {
	ready := make([]prepared, len(acts))
	for i, sent := range acts {
		p, err := decodeOne(sent)
		if err != nil {
			return nil, Refused{i, err}
		}
		ready[i] = p
	}
	return ready, nil
}

func decodeOne(sent Encoded) (prepared, error) {
	act, err := mechanism.DecodeFields(sent.Kind, sent.Act)
	if err != nil {
		return prepared{}, err
	}
	body, err := mechanism.Encode(act)
	if err != nil {
		return prepared{}, err
	}
	if !bytes.Equal(body, sent.Act) {
		if act, err = mechanism.DecodeFields(sent.Kind, body); err != nil {
			return prepared{}, err
		}
	}
	return prepared{act, sent.Kind, mechanism.Packed(body)}, nil
}

// Refused says which of the acts that were given together was refused. It has the kind and the words of the refusal.
type Refused struct {
	Act int // its place in the group, from 0
	Err error
}

func (r Refused) Error() string { return r.Err.Error() }
func (r Refused) Unwrap() error { return r.Err }

type answer struct {
	entries []mechanism.Entry
	again   bool
	err     error
}

// Do does one or several acts for an actor, all or none, and answers when they are durable. Errors: invalid, denied,
// not found, conflict from the acts' checks; unavailable when the record cannot take them now and nothing was done; unknown
// when the record went away while it took them: then whoever has given a key to [Secretariat.DoOnce] may ask again.
func (s *Secretariat) Do(ctx context.Context, by mechanism.Actor, acts ...mechanism.Act) ([]mechanism.Entry, error) {
	entries, _, err := s.DoOnce(ctx, by, "", acts...)
	return entries, err
}

// DoOnce is Do for a caller who may have to ask again because an answer was lost: what comes again from the same person
// with the same key is not done again, but answered with the places of the acts that were done, and again is true. The
// same key with other acts is a conflict. The newest 65,536 keys are remembered, in the record, so also by other nodes and
// after a restart. An empty key asks for no such care.
func (s *Secretariat) DoOnce(ctx context.Context, by mechanism.Actor, key string, acts ...mechanism.Act) (entries []mechanism.Entry, again bool, err error) {
	ready, err := prepare(acts)
	if err != nil {
		return nil, false, err
	}
	return s.doOnce(ctx, by, key, ready)
}

// DoEncoded is DoOnce for acts that came encoded, as from a program. An error that is about one of them is [Refused].
func (s *Secretariat) DoEncoded(ctx context.Context, by mechanism.Actor, key string, acts ...Encoded) (entries []mechanism.Entry, again bool, err error) {
	ready, err := decode(acts)
	if err != nil {
		return nil, false, err
	}
	return s.doOnce(ctx, by, key, ready)
}

func (s *Secretariat) doOnce(ctx context.Context, by mechanism.Actor, key string, acts []prepared) (entries []mechanism.Entry, again bool, err error) {
	if len(acts) == 0 {
		return nil, false, nil
	}
	r := &request{by: by, acts: acts, answer: make(chan answer, 1)}
	if key != "" {
		if err := mechanism.CheckRequestKey(key); err != nil {
			return nil, false, err
		}
		r.request = &mechanism.Request{Key: key, Acts: len(acts), Sum: sumOf(acts)}
	}
	if err := s.rehearse(r); err != nil {
		return nil, false, err
	}
	a := s.ask(ctx, r)
	return a.entries, a.again, a.err
}

// rehearse tries a group on the published image, on the caller's time: what is refused here never holds up the writer.
func (s *Secretariat) rehearse(r *request) error {
	if len(r.acts) < 2 {
		return nil
	}
	_, out := apply(s.image.Load(), r, (*mechanism.Mechanism).Last)
	return out.err
}

// ask puts a request before the writer and waits for the answer.
func (s *Secretariat) ask(ctx context.Context, r *request) answer {
	if t := s.trouble.Load(); t != nil {
		return answer{err: t.refusal()}
	}
	select {
	case s.waiting <- r:
	case <-s.stop:
		return answer{err: fault.New(fault.Unavailable, "the program is stopping: nothing was done")}
	case <-ctx.Done():
		return answer{err: fault.Wrap(ctx.Err(), fault.Unavailable, "the request ended before its turn came: nothing was done")}
	}
	select {
	case a := <-r.answer:
		return a
	case <-s.done:
		select {
		case a := <-r.answer:
			return a
		default:
			return answer{err: fault.New(fault.Unavailable, "the program is stopping: nothing was done")}
		}
	}
}

func sumOf(acts []prepared) string {
	kinds, bodies := make([]string, len(acts)), make([][]byte, len(acts))
	for i, p := range acts {
		kinds[i], bodies[i] = p.kind, p.body
	}
	return mechanism.Sum(kinds, bodies)
}

// write is the one writer: it takes what waits, does it as a batch, and looks for other nodes' acts in between. While the
// record does not answer, what waits is answered so at once, and the record is looked at until it does.
func (s *Secretariat) write(poll time.Duration) {
	defer close(s.done)
	tick := time.NewTicker(cmp.Or(poll, retry))
	defer tick.Stop()
	for {
		select {
		case r := <-s.waiting:
			s.batch(s.gather(r))
		case <-tick.C:
			if poll > 0 || s.trouble.Load() != nil {
				s.catchUp()
			}
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

// batch does the requests and answers them.
func (s *Secretariat) batch(requests []*request) {
	if t := s.trouble.Load(); t != nil { // they came before it
		give(requests, refuseAll(requests, t.refusal()))
		return
	}
	answers, err := s.do(context.Background(), requests)
	if err != nil {
		answers = refuseAll(requests, err)
	}
	give(requests, answers)
	if err != nil {
		s.catchUp() // what may have been done is seen, and whether the record answers
	}
}

func give(requests []*request, answers []answer) {
	for i, r := range requests {
		r.answer <- answers[i]
	}
}

// do checks and applies the requests on an image of its own, commits them as one transaction and publishes the image. Where
// another node was first, what it did is folded while the record is held, and everything is checked again on that. An error
// is of the record; then nothing of the requests was published.
func (s *Secretariat) do(ctx context.Context, requests []*request) ([]answer, error) {
	d := s.decide(requests)
	if len(d.drafts) == 0 {
		return d.answers, nil
	}
	_, err := s.rec.AppendMoved(ctx, d.from.Acts(), d.drafts, func(head record.Head) ([]record.Draft, error) {
		if err := s.foldTo(ctx, head, nil); err != nil {
			return nil, err
		}
		s.announce()
		d = s.decide(requests)
		return d.drafts, nil
	})
	if err != nil {
		return nil, err
	}
	if len(d.drafts) == 0 {
		return d.answers, nil
	}
	if dayAfter(d.from, d.drafts[0].Time) {
		s.days.keep(d.from)
	}
	s.publish(d.next)
	s.announce()
	return d.answers, nil
}

// decision is what becomes of requests on the state of an image.
type decision struct {
	from, next *mechanism.Mechanism
	answers    []answer
	drafts     []record.Draft // of those that are done
}

func (s *Secretariat) decide(requests []*request) decision {
	d := decision{from: s.image.Load(), answers: make([]answer, len(requests))}
	d.next = d.from.Next()
	for i, r := range requests {
		if d.answers[i].err = s.checkClock(d.next, r); d.answers[i].err != nil {
			continue
		}
		d.next, d.answers[i] = apply(d.next, r, s.tick)
		if a := d.answers[i]; a.err == nil && !a.again {
			d.drafts = append(d.drafts, s.drafts(r, a.entries)...)
		}
	}
	return d
}

// apply does one request's acts in order, all or none, and gives the image after them with their places.
// A refused one leaves the image as it was: its first act is checked before anything is done, and a group works on an
// image of its own.
func apply(m *mechanism.Mechanism, r *request, clock func(*mechanism.Mechanism) time.Time) (*mechanism.Mechanism, answer) {
	if again, done := repeated(m, r); done {
		return m, again
	}
	next := m
	if len(r.acts) > 1 {
		next = m.Next()
	}
	var out answer
	for i, p := range r.acts {
		if err := next.Check(p.act, r.by); err != nil {
			if next != m {
				m = m.Next() // the one before is sealed
			}
			return m, answer{err: Refused{i, err}}
		}
		at := mechanism.Entry{Seq: next.Acts(), Time: clock(next), Actor: r.by, Visibility: next.Visibility(p.act, r.by)}
		if i == 0 {
			at.Request = r.request
		}
		next.Apply(p.act, at)
		out.entries = append(out.entries, at)
	}
	return next, out
}

// repeated answers a request that was done before as it was answered then.
func repeated(m *mechanism.Mechanism, r *request) (out answer, done bool) {
	if r.request == nil {
		return out, false
	}
	before, done := m.Requested(r.by.Person, r.request.Key)
	switch {
	case !done:
		return out, false
	case before.Sum != r.request.Sum || before.Acts != r.request.Acts:
		return answer{err: fault.New(fault.Conflict, "the key %q was given to other acts before", r.request.Key)}, true
	}
	out.again = true
	for d := range m.As(r.by).Deeds(before.Seq) {
		if len(out.entries) == before.Acts {
			break
		}
		out.entries = append(out.entries, mechanism.Entry{Seq: d.Seq, Time: d.Time, Actor: d.Actor, Visibility: d.Visibility})
	}
	return out, true
}

// drafts are a request's acts as they go into the record.
func (s *Secretariat) drafts(r *request, entries []mechanism.Entry) []record.Draft {
	drafts := make([]record.Draft, len(r.acts))
	for i, at := range entries {
		body := r.acts[i].body
		if at.Request != nil {
			body = mechanism.Requested(body, *at.Request)
		}
		if at.Visibility != mechanism.Public {
			body = mechanism.Salted(body, s.salt())
		}
		drafts[i] = record.Draft{Time: at.Time, Kind: r.acts[i].kind, Actor: record.Actor(at.Actor), Visibility: at.Visibility, Body: body}
	}
	return drafts
}

// tick gives the time of the next act: the clock's, never earlier than the act before.
func (s *Secretariat) tick(m *mechanism.Mechanism) time.Time {
	t := s.now().UTC().Truncate(time.Millisecond)
	if last := m.Last(); t.Before(last) {
		return last
	}
	return t
}

func refuseAll(requests []*request, err error) []answer {
	answers := make([]answer, len(requests))
	for i := range answers {
		answers[i].err = err
	}
	return answers
}
