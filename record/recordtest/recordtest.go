// Package recordtest is the test that every store of a record passes: what package record promises, whatever database is
// beneath it.
//
//	func TestSQLite(t *testing.T) {
//		recordtest.Run(t, func(tb testing.TB) record.Config { return record.Config{DSN: ..., Origin: recordtest.Origin} })
//	}
package recordtest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
	"concord/record"
)

// Origin is the name of the records of this test.
const Origin = "example.org/four-rivers"

// Drafts gives n acts that differ from each other, numbered from first on. The same numbers give the same acts.
func Drafts(first int64, n int) []record.Draft {
	start := time.Date(2024, 12, 1, 9, 30, 0, 123456789, time.FixedZone("UTC+8", 8*3600))
	out := make([]record.Draft, n)
	for i := range out {
		k := first + int64(i)
		out[i] = record.Draft{
			Time: start.Add(time.Duration(k) * time.Second), Kind: "note.add",
			Visibility: []string{"public", "parties", "party:KZ", "office"}[k%4],
			Actor:      record.Actor{Person: fmt.Sprint("p", k%7), Party: "CN", Office: "secretariat.officer"},
			Body:       fmt.Appendf(nil, `{"text":"第 %d 条 — \"примечание\" <%d>"}`, k, k*k),
		}
	}
	return out
}

// Fill appends n acts in groups that grow, from one to a hundred or so, with a checkpoint now and then.
func Fill(tb testing.TB, r *record.Record, n int) {
	tb.Helper()
	ctx := context.Background()
	for group, end := 1, r.Size()+int64(n); r.Size() < end; group = group%130 + 17 {
		size := r.Size()
		if _, err := r.Append(ctx, size, Drafts(size, min(group, int(end-size)))); err != nil {
			tb.Fatal(err)
		}
		if group%3 == 0 {
			if _, err := r.Checkpoint(ctx); err != nil {
				tb.Fatal(err)
			}
		}
	}
}

// Create makes a record that is closed when the test ends.
func Create(tb testing.TB, cfg record.Config) *record.Record {
	tb.Helper()
	r, err := record.Create(context.Background(), cfg)
	return closeLater(tb, r, err)
}

// Open opens a record that is closed when the test ends.
func Open(tb testing.TB, cfg record.Config) *record.Record {
	tb.Helper()
	r, err := record.Open(context.Background(), cfg)
	return closeLater(tb, r, err)
}

func closeLater(tb testing.TB, r *record.Record, err error) *record.Record {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { r.Close() })
	return r
}

// Sound fails the test when Verify finds anything.
func Sound(tb testing.TB, r *record.Record) record.Report {
	tb.Helper()
	report, err := r.Verify(context.Background(), nil, nil)
	if err != nil {
		tb.Fatal(err)
	}
	for _, f := range report.Findings {
		tb.Errorf("verify finds: %s", f)
	}
	return report
}

// Run tests a store. fresh gives the place of a record that is not there yet, a new one at each call, with Origin.
func Run(t *testing.T, fresh func(testing.TB) record.Config) {
	tests := []struct {
		name string
		run  func(*testing.T, record.Config)
	}{
		{"what is appended is read back, also after closing", readBack},
		{"any range can be read", ranges},
		{"an act that cannot be written down is refused and leaves no trace", invalid},
		{"a writer behind the head is told so", conflict},
		{"two nodes take turns on one record", twoNodes},
		{"many writers never lose an act", manyWriters},
		{"a cancelled append leaves no trace", cancelled},
		{"proofs hold for tlog, at every size", proofs},
		{"checkpoints are signed, kept and given again", checkpoints},
		{"a place is created once and opened only when it is there", places},
		{"ordinary tables live beside the record", ordinaryTables},
		{"verify hands every act to the caller", replay},
		{"a change in any column of any row is found and named", damage},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { test.run(t, fresh(t)) })
	}
}

func readBack(t *testing.T, cfg record.Config) {
	ctx := context.Background()
	r := Create(t, cfg)
	var appended []record.Entry
	for _, n := range []int{1, 2, 253, 1, 300, 129} {
		entries, err := r.Append(ctx, r.Size(), Drafts(r.Size(), n))
		if err != nil {
			t.Fatal(err)
		}
		appended = append(appended, entries...)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	r = Open(t, cfg)
	want := Drafts(0, len(appended))
	n := 0
	for e, err := range r.Read(ctx, 0, r.Size()) {
		if err != nil {
			t.Fatal(err)
		}
		d := want[n]
		same := e.Seq == int64(n) && e.Kind == d.Kind && e.Actor == d.Actor && e.Visibility == d.Visibility &&
			e.Time.Equal(d.Time.Truncate(time.Microsecond)) && string(e.Body) == string(d.Body) && string(e.Leaf) == string(appended[n].Leaf)
		if !same {
			t.Fatalf("act %d came back as %s %s", n, e.Leaf, e.Body)
		}
		n++
	}
	if n != len(want) || r.Size() != int64(n) {
		t.Errorf("%d acts were read and the size is %d; %d were appended", n, r.Size(), len(want))
	}
	Sound(t, r)
}

func ranges(t *testing.T, cfg record.Config) {
	ctx := context.Background()
	r := Create(t, cfg)
	Fill(t, r, 300)
	for _, c := range []struct{ from, to, first, n int64 }{
		{0, 300, 0, 300}, {0, 0, 0, 0}, {299, 300, 299, 1}, {299, 1000, 299, 1}, {300, 301, 0, 0}, {17, 19, 17, 2}, {5, 4, 0, 0}, {-1, 5, 0, 0},
	} {
		var n int64
		for e, err := range r.Read(ctx, c.from, c.to) {
			if err != nil || e.Seq != c.first+n {
				t.Fatalf("reading %d to %d gave act %d, %v", c.from, c.to, e.Seq, err)
			}
			n++
		}
		if n != c.n {
			t.Errorf("reading %d to %d gave %d acts, not %d", c.from, c.to, n, c.n)
		}
	}
	for range r.Read(ctx, 0, 300) { // a reader that leaves, and appends while it reads
		if _, err := r.Append(ctx, 300, Drafts(300, 1)); err != nil {
			t.Fatal(err)
		}
		break
	}
}

func invalid(t *testing.T, cfg record.Config) {
	ctx := context.Background()
	r := Create(t, cfg)
	for name, change := range map[string]func(*record.Draft){
		"no kind":         func(d *record.Draft) { d.Kind = "" },
		"no visibility":   func(d *record.Draft) { d.Visibility = "" },
		"no body":         func(d *record.Draft) { d.Body = nil },
		"broken UTF-8":    func(d *record.Draft) { d.Actor.Person = "a\xffb" },
		"too long a name": func(d *record.Draft) { d.Kind = string(make([]byte, record.MaxHeader)) },
		"the year 10000":  func(d *record.Draft) { d.Time = d.Time.AddDate(8000, 0, 0) },
	} {
		drafts := Drafts(0, 3)
		change(&drafts[2])
		if _, err := r.Append(ctx, 0, drafts); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: the error is %v", name, err)
		}
	}
	if head, err := r.Head(ctx); err != nil || head.Size != 0 {
		t.Errorf("after refused acts the size is %d, %v", head.Size, err)
	}
	odd := Drafts(0, 1)
	odd[0].Actor.Person = "\"\\\b\f\n\r\t\x00\x1f\u2028</script>é"
	odd[0].Body = []byte{0, 255, 0}
	odd[0].Signatures = []record.Signature{{Key: "k1", Value: "AA=="}, {Key: "k2", Value: ""}}
	if _, err := r.Append(ctx, 0, odd); err != nil {
		t.Fatal(err)
	}
	for e, err := range r.Read(ctx, 0, 1) {
		if err != nil || e.Actor != odd[0].Actor || string(e.Body) != string(odd[0].Body) || len(e.Signatures) != 2 {
			t.Errorf("an odd act came back as %s %v", e.Leaf, err)
		}
	}
	Sound(t, r)
}

func conflict(t *testing.T, cfg record.Config) {
	ctx := context.Background()
	r := Create(t, cfg)
	Fill(t, r, 10)
	for _, base := range []int64{0, 9, 11} {
		if _, err := r.Append(ctx, base, Drafts(base, 1)); fault.KindOf(err) != fault.Conflict {
			t.Errorf("appending at %d to 10 acts: %v", base, err)
		}
	}
	if entries, err := r.Append(ctx, 10, nil); err != nil || len(entries) != 0 {
		t.Errorf("appending nothing: %v %v", entries, err)
	}
	Sound(t, r)
}

func twoNodes(t *testing.T, cfg record.Config) {
	ctx := context.Background()
	a := Create(t, cfg)
	b := Open(t, cfg)
	for i := range 40 {
		node, other := a, b
		if i%2 == 1 {
			node, other = b, a
		}
		size := node.Size()
		if i > 0 {
			if _, err := node.Append(ctx, size, Drafts(size, 1)); fault.KindOf(err) != fault.Conflict {
				t.Fatalf("the node that is behind was told %v", err)
			}
			head, err := node.Head(ctx)
			if err != nil || head.Size != other.Size() {
				t.Fatalf("the head is at %d, %v; the other node is at %d", head.Size, err, other.Size())
			}
			size = head.Size
		}
		if _, err := node.Append(ctx, size, Drafts(size, 19)); err != nil {
			t.Fatal(err)
		}
	}
	if got := Sound(t, a).Acts; got != 40*19 {
		t.Errorf("%d acts are there", got)
	}
}

func manyWriters(t *testing.T, cfg record.Config) {
	ctx := context.Background()
	nodes := []*record.Record{Create(t, cfg), Open(t, cfg)}
	var wg sync.WaitGroup
	errs := make(chan error, 8)
	for w := range 8 {
		wg.Go(func() { errs <- appendTimes(ctx, nodes[w%2], 10) })
	}
	wg.Wait()
	for range 8 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if got := Sound(t, nodes[0]).Acts; got != 8*10*2 {
		t.Errorf("%d acts are there, not %d", got, 8*10*2)
	}
}

// appendTimes appends two acts at a time, coming back after each conflict.
func appendTimes(ctx context.Context, r *record.Record, times int) error {
	for done := 0; done < times; {
		head, err := r.Head(ctx)
		if err != nil {
			return err
		}
		_, err = r.Append(ctx, head.Size, Drafts(head.Size, 2))
		if err != nil && fault.KindOf(err) != fault.Conflict {
			return err
		}
		if err == nil {
			done++
		}
	}
	return nil
}

func cancelled(t *testing.T, cfg record.Config) {
	r := Create(t, cfg)
	Fill(t, r, 3)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Append(ctx, 3, Drafts(3, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if _, err := r.Append(context.Background(), 3, Drafts(3, 1)); err != nil {
		t.Errorf("after a cancelled append: %v", err)
	}
	Sound(t, r)
}

func places(t *testing.T, cfg record.Config) {
	ctx := context.Background()
	if _, err := record.Open(ctx, cfg); fault.KindOf(err) != fault.NotFound {
		t.Errorf("opening what is not there: %v", err)
	}
	if _, err := record.Create(ctx, record.Config{DSN: cfg.DSN, KeyFile: cfg.KeyFile}); fault.KindOf(err) != fault.Invalid {
		t.Errorf("creating without a name: %v", err)
	}
	r := Create(t, cfg)
	Fill(t, r, 2)
	if _, err := record.Create(ctx, cfg); fault.KindOf(err) != fault.Conflict {
		t.Errorf("creating what is there: %v", err)
	}
	other := cfg
	other.Origin = "example.org/other"
	if _, err := record.Open(ctx, other); fault.KindOf(err) != fault.Invalid {
		t.Errorf("opening under another name: %v", err)
	}
	other.Origin = ""
	nameless := Open(t, other)
	if nameless.Origin() != cfg.Origin || nameless.Size() != 2 {
		t.Errorf("opened %q with %d acts", nameless.Origin(), nameless.Size())
	}
	look, err := record.Inspect(ctx, cfg)
	look = closeLater(t, look, err)
	if _, err := look.Append(ctx, 2, Drafts(2, 1)); fault.KindOf(err) != fault.Denied {
		t.Errorf("appending to an inspected record: %v", err)
	}
}

func ordinaryTables(t *testing.T, cfg record.Config) {
	ctx := context.Background()
	r := Create(t, cfg)
	db, _ := r.DB()
	if _, err := db.ExecContext(ctx, `CREATE TABLE session (id TEXT PRIMARY KEY, person TEXT NOT NULL)`); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(ctx, `INSERT INTO session (id, person) VALUES ('a', 'b')`); err != nil {
		t.Fatal(err)
	}
	Fill(t, r, 20)
	Sound(t, r)
}

func replay(t *testing.T, cfg record.Config) {
	r := Create(t, cfg)
	Fill(t, r, 600)
	var last int64
	progress := func(done, total int64) {
		if done <= last || total != 600 {
			t.Errorf("progress says %d of %d after %d", done, total, last)
		}
		last = done
	}
	next := int64(0)
	report, err := r.Verify(context.Background(), progress, func(e record.Entry) error {
		if e.Seq != next {
			t.Errorf("act %d came in the place of %d", e.Seq, next)
		}
		next++
		if e.Seq == 500 {
			return errors.New("not allowed")
		}
		return nil
	})
	if err != nil || last != 600 || next != 501 || report.Replayed != 500 || report.Acts != 600 {
		t.Errorf("%v; progress to %d, acts to %d, report %+v", err, last, next, report)
	}
	if len(report.Findings) != 1 || report.Findings[0].Act != 500 || report.Findings[0].Part != record.PartReplay {
		t.Errorf("the findings are %v", report.Findings)
	}
}

func proofs(t *testing.T, cfg record.Config) {
	ctx := context.Background()
	r := Create(t, cfg)
	Fill(t, r, 530)
	var leaves []tlog.Hash
	for e, err := range r.Read(ctx, 0, 530) {
		if err != nil {
			t.Fatal(err)
		}
		leaves = append(leaves, tlog.RecordHash(e.Leaf))
	}
	for _, size := range []int64{1, 2, 3, 255, 256, 257, 511, 512, 513, 530} {
		root := rootOf(leaves[:size])
		if got, err := r.RootAt(ctx, size); err != nil || got != root {
			t.Fatalf("the root at %d is %v, %v; RFC 6962 says %v", size, got, err, root)
		}
		for _, seq := range []int64{0, size / 3, size / 2, size - 1} {
			proof, err := r.ProveInclusion(ctx, size, seq)
			if err != nil || tlog.CheckRecord(proof, size, root, seq, leaves[seq]) != nil {
				t.Errorf("inclusion of %d in %d: %v", seq, size, err)
			}
		}
		for _, old := range []int64{1, (size + 1) / 2, size} {
			proof, err := r.ProveConsistency(ctx, old, size)
			if err != nil || tlog.CheckTree(proof, size, root, old, rootOf(leaves[:old])) != nil {
				t.Errorf("consistency of %d with %d: %v", old, size, err)
			}
		}
	}
	if _, err := r.ProveInclusion(ctx, 531, 0); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a proof for acts that are not there: %v", err)
	}
}

// rootOf is the definition of RFC 6962 section 2.1, word for word and slow.
func rootOf(leaves []tlog.Hash) tlog.Hash {
	if len(leaves) == 1 {
		return leaves[0]
	}
	k := 1
	for k*2 < len(leaves) {
		k *= 2
	}
	return tlog.NodeHash(rootOf(leaves[:k]), rootOf(leaves[k:]))
}

func checkpoints(t *testing.T, cfg record.Config) {
	ctx := context.Background()
	r := Create(t, cfg)
	var signed [][]byte
	for range 3 {
		c, err := r.Checkpoint(ctx)
		if err != nil {
			t.Fatal(err)
		}
		again, err := r.Checkpoint(ctx)
		if err != nil || string(again) != string(c) {
			t.Errorf("the same head gave two checkpoints: %v", err)
		}
		signed = append(signed, c)
		if _, err := r.Append(ctx, r.Size(), Drafts(r.Size(), 100)); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	r = Open(t, cfg)
	last, err := r.LastCheckpoint(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range append(signed, last) {
		head, err := record.OpenCheckpoint(c, r.PublicKey())
		if err != nil || head.Size != int64(i)*100 {
			t.Fatalf("checkpoint %d: %+v, %v", i, head, err)
		}
		if root, err := r.RootAt(ctx, head.Size); err != nil || root != head.Root {
			t.Errorf("checkpoint %d has another root than the record: %v", i, err)
		}
		kept, err := r.CheckpointAt(ctx, head.Size)
		if err != nil || string(kept) != string(c) {
			t.Errorf("checkpoint %d is not kept: %v", i, err)
		}
	}
	report := Sound(t, r)
	if report.Checkpoints != 4 || report.Signed != 300 {
		t.Errorf("verify saw %d checkpoints, the newest at %d", report.Checkpoints, report.Signed)
	}
}
