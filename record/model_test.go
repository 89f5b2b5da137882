package record_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
	"concord/record"
	"concord/record/recordtest"
)

// model is what a record must be, in the simplest form that there is: a list of acts, and a tree kept by tlog alone.
type model struct {
	acts   []record.Draft
	leaves []tlog.Hash
	stored []tlog.Hash
}

func (m *model) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at >= int64(len(m.stored)) {
			return nil, errors.New("no such hash")
		}
		out[i] = m.stored[at]
	}
	return out, nil
}

func (m *model) append(t *testing.T, drafts []record.Draft, entries []record.Entry) {
	t.Helper()
	for i, e := range entries {
		more, err := tlog.StoredHashes(int64(len(m.acts)), e.Leaf, m)
		if err != nil {
			t.Fatal(err)
		}
		m.acts, m.leaves, m.stored = append(m.acts, drafts[i]), append(m.leaves, tlog.RecordHash(e.Leaf)), append(m.stored, more...)
	}
}

func (m *model) root(t *testing.T, size int64) tlog.Hash {
	t.Helper()
	root, err := tlog.TreeHash(size, m)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// TestAnySequenceOfDeedsLeavesWhatAListWouldHold does what people, nodes and accidents do to a record, in any order: acts
// one by one and in groups, some that cannot be recorded, writers that are behind, a second node, readers, checkpoints,
// closing and opening again. After each the record holds exactly the acts that were accepted, under exactly the root that
// tlog gives them, and a checkpoint once signed stays true for ever.
func TestAnySequenceOfDeedsLeavesWhatAListWouldHold(t *testing.T) {
	for name, fresh := range map[string]func(testing.TB) record.Config{"SQLite": sqliteConfig, "PostgreSQL": postgresConfig} {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(4) {
				t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
					cfg := fresh(t)
					p := &play{t: t, r: rand.New(rand.NewPCG(seed, 5)), cfg: cfg, nodes: []*record.Record{recordtest.Create(t, cfg), recordtest.Open(t, cfg)}}
					for range 60 {
						p.step()
						p.compare()
					}
					recordtest.Sound(t, p.nodes[0])
					p.checkpointsHold()
				})
			}
		})
	}
}

// play is one run: two nodes on one record, the model, and the checkpoints that were given out.
type play struct {
	t      *testing.T
	r      *rand.Rand
	cfg    record.Config
	nodes  []*record.Record
	model  model
	signed [][]byte
}

func (p *play) size() int64 { return int64(len(p.model.acts)) }

func (p *play) step() {
	p.t.Helper()
	ctx, node, size := context.Background(), p.nodes[p.r.IntN(2)], p.size()
	switch p.r.IntN(8) {
	case 0, 1, 2: // a group, often of one, sometimes over the edge of a tile
		p.accept(node, []int{1, 1, 2, 5, 17, 130, 257}[p.r.IntN(7)])
	case 3: // a group with an act that cannot be recorded
		drafts := recordtest.Drafts(size, 1+p.r.IntN(5))
		drafts[p.r.IntN(len(drafts))].Kind = ""
		if _, err := node.Append(ctx, size, drafts); fault.KindOf(err) != fault.Invalid {
			p.t.Fatalf("an act without kind: %v", err)
		}
	case 4: // a writer that is behind or ahead
		base := p.r.Int64N(size + 5)
		if base == size {
			return
		}
		if _, err := node.Append(ctx, base, recordtest.Drafts(base, 2)); fault.KindOf(err) != fault.Conflict {
			p.t.Fatalf("appending at %d of %d: %v", base, size, err)
		}
	case 5: // a cancelled caller
		gone, cancel := context.WithCancel(ctx)
		cancel()
		if _, err := node.Append(gone, size, recordtest.Drafts(size, 1)); err == nil {
			p.t.Fatal("a cancelled caller has appended")
		}
	case 6:
		signed, err := node.Checkpoint(ctx)
		if err != nil {
			p.t.Fatal(err)
		}
		p.signed = append(p.signed, signed)
	case 7: // a node goes and comes back
		if err := node.Close(); err != nil {
			p.t.Fatal(err)
		}
		for i := range p.nodes {
			if p.nodes[i] == node {
				p.nodes[i] = recordtest.Open(p.t, p.cfg)
			}
		}
	}
}

func (p *play) accept(node *record.Record, n int) {
	p.t.Helper()
	drafts := recordtest.Drafts(p.size()*3, n)
	entries, err := node.Append(context.Background(), p.size(), drafts)
	if err != nil || len(entries) != n {
		p.t.Fatalf("appending %d acts to %d: %d, %v", n, p.size(), len(entries), err)
	}
	p.model.append(p.t, drafts, entries)
}

// compare holds each node against the model: the head, a range of acts, the root at an earlier size, two proofs.
func (p *play) compare() {
	p.t.Helper()
	ctx, size := context.Background(), p.size()
	node := p.nodes[p.r.IntN(2)]
	head, err := node.Head(ctx)
	if err != nil || head.Size != size || size > 0 && head.Root != p.model.root(p.t, size) {
		p.t.Fatalf("the head is %+v, %v; there are %d acts", head, err, size)
	}
	if size == 0 {
		return
	}
	from, next := p.r.Int64N(size), int64(0)
	for e, err := range node.Read(ctx, from, from+20) {
		want := p.model.acts[from+next]
		if err != nil || e.Seq != from+next || string(e.Body) != string(want.Body) || e.Actor != want.Actor || e.LeafHash() != p.model.leaves[e.Seq] {
			p.t.Fatalf("act %d came back as %s %s, %v", from+next, e.Leaf, e.Body, err)
		}
		next++
	}
	if next != min(20, size-from) {
		p.t.Fatalf("reading from %d of %d gave %d acts", from, size, next)
	}
	at := 1 + p.r.Int64N(size)
	if root, err := node.RootAt(ctx, at); err != nil || root != p.model.root(p.t, at) {
		p.t.Fatalf("the root at %d is %v, %v", at, root, err)
	}
	if proof, err := node.ProveInclusion(ctx, size, from); err != nil || tlog.CheckRecord(proof, size, head.Root, from, p.model.leaves[from]) != nil {
		p.t.Fatalf("inclusion of %d in %d: %v", from, size, err)
	}
	if proof, err := node.ProveConsistency(ctx, at, size); err != nil || tlog.CheckTree(proof, size, head.Root, at, p.model.root(p.t, at)) != nil {
		p.t.Fatalf("consistency of %d with %d: %v", at, size, err)
	}
}

func (p *play) checkpointsHold() {
	p.t.Helper()
	for _, signed := range p.signed {
		head, err := record.OpenCheckpoint(signed, p.nodes[0].PublicKey())
		if err != nil || head.Root != p.model.root(p.t, head.Size) {
			p.t.Errorf("the checkpoint of %d acts no longer holds: %v", head.Size, err)
		}
	}
}

// TestProofsOfEverySize takes a record act by act past the first edge of a tile. At every size the proofs are those that
// tlog makes of the same leaves, hash for hash, and prove nothing else.
func TestProofsOfEverySize(t *testing.T) {
	const most = 300
	ctx := context.Background()
	r := recordtest.Create(t, sqliteConfig(t))
	drafts := recordtest.Drafts(0, most)
	entries, err := r.Append(ctx, 0, drafts)
	if err != nil {
		t.Fatal(err)
	}
	var m model
	m.append(t, drafts, entries)
	for size := int64(1); size <= most; size++ {
		root := m.root(t, size)
		if got, err := r.RootAt(ctx, size); err != nil || got != root {
			t.Fatalf("the root at %d is %v, %v, tlog says %v", size, got, err, root)
		}
		for _, seq := range []int64{0, size / 2, size - 1, size * 7 / 11} {
			got, err := r.ProveInclusion(ctx, size, seq)
			want, _ := tlog.ProveRecord(size, seq, &m)
			if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("inclusion of %d in %d: %v, %v, tlog says %v", seq, size, got, err, want)
			}
			if tlog.CheckRecord(got, size, root, seq, m.leaves[(seq+1)%most]) == nil {
				t.Errorf("the proof of act %d in %d holds for another act too", seq, size)
			}
			if other := (seq + 1) % size; size > 1 && tlog.CheckRecord(got, size, root, other, m.leaves[seq]) == nil {
				t.Errorf("the proof of act %d in %d holds for place %d too", seq, size, other)
			}
		}
		old := 1 + size*5/13
		got, err := r.ProveConsistency(ctx, min(old, size), size)
		want, _ := tlog.ProveTree(size, min(old, size), &m)
		if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("consistency of %d with %d: %v, %v, tlog says %v", old, size, got, err, want)
		}
	}
	for _, c := range []struct{ size, seq int64 }{{0, 0}, {-1, 0}, {10, 10}, {10, -1}, {most + 1, 0}, {1 << 60, 1}} {
		if _, err := r.ProveInclusion(ctx, c.size, c.seq); fault.KindOf(err) != fault.NotFound {
			t.Errorf("inclusion of %d in %d: %v", c.seq, c.size, err)
		}
	}
	for _, c := range []struct{ old, size int64 }{{0, 10}, {-3, 10}, {11, 10}, {1, most + 1}, {most + 1, most + 2}} {
		if _, err := r.ProveConsistency(ctx, c.old, c.size); fault.KindOf(err) != fault.NotFound {
			t.Errorf("consistency of %d with %d: %v", c.old, c.size, err)
		}
	}
	for _, size := range []int64{-1, most + 1} {
		if _, err := r.RootAt(ctx, size); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the root at %d: %v", size, err)
		}
	}
}

// A reader sees the record as it was when reading began, whole groups only, whatever is written meanwhile.
func TestReadersSeeWholeGroups(t *testing.T) {
	ctx := context.Background()
	r := recordtest.Create(t, sqliteConfig(t))
	const group, groups = 7, 40
	done := make(chan error, 1)
	go func() {
		for range groups {
			size := r.Size()
			if _, err := r.Append(ctx, size, recordtest.Drafts(size, group)); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	last := int64(0)
	for last < group*groups {
		n := int64(0)
		for e, err := range r.Read(ctx, 0, 1<<40) {
			if err != nil || e.Seq != n {
				t.Fatalf("act %d came in the place of %d, %v", e.Seq, n, err)
			}
			n++
		}
		if n%group != 0 || n < last {
			t.Fatalf("%d acts were seen after %d", n, last)
		}
		last = n
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}

// A record that was closed says so and does nothing; closing again is no error.
func TestAClosedRecordIsClosed(t *testing.T) {
	ctx := context.Background()
	r := recordtest.Create(t, sqliteConfig(t))
	recordtest.Fill(t, r, 3)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
	if _, err := r.Append(ctx, 3, recordtest.Drafts(3, 1)); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("appending: %v", err)
	}
	if _, err := r.Head(ctx); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("the head: %v", err)
	}
	if _, err := r.Checkpoint(ctx); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("a checkpoint: %v", err)
	}
	if _, err := r.ProveInclusion(ctx, 3, 0); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("a proof: %v", err)
	}
	if _, err := r.Verify(ctx, nil, nil); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("verifying: %v", err)
	}
	for _, err := range r.Read(ctx, 0, 3) {
		if fault.KindOf(err) != fault.Unavailable {
			t.Errorf("reading: %v", err)
		}
	}
}

// No number beyond those that every JSON reader keeps exact is ever given to an act.
func TestNumbersOfActsStayExact(t *testing.T) {
	ctx := context.Background()
	r := recordtest.Create(t, sqliteConfig(t))
	for _, base := range []int64{-1, -1 << 62, 1 << 53, 1<<53 - 1, 1<<63 - 1, 1<<63 - 2} {
		if _, err := r.Append(ctx, base, recordtest.Drafts(0, 2)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("appending at %d: %v", base, err)
		}
	}
}
