package secretariat_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"concord/internal/check"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/record"
	"concord/secretariat"
)

// onBothStores runs a test on an SQLite file and on a PostgreSQL database.
func onBothStores(t *testing.T, test func(t *testing.T, cfg record.Config)) {
	for _, store := range []string{"SQLite", "PostgreSQL"} {
		t.Run(store, func(t *testing.T) {
			dir := t.TempDir()
			cfg := record.Config{DSN: filepath.Join(dir, "record.db"), Origin: "concord.test/lake", KeyFile: filepath.Join(dir, "key")}
			if store == "PostgreSQL" {
				cfg.DSN = check.Postgres(t)
			}
			test(t, cfg)
		})
	}
}

// node opens the record of a place, and the door to it.
func node(t *testing.T, open func(context.Context, record.Config) (*record.Record, error), cfg record.Config) *secretariat.Secretariat {
	t.Helper()
	return nodeThat(t, open, cfg, secretariat.Config{Poll: 10 * time.Millisecond})
}

// nodeThat is a node with a configuration of its own.
func nodeThat(t *testing.T, open func(context.Context, record.Config) (*record.Record, error), cfg record.Config, how secretariat.Config) *secretariat.Secretariat {
	t.Helper()
	rec, err := open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	sec, err := secretariat.Open(t.Context(), rec, how)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { sec.Close(); rec.Close() })
	return sec
}

// catchUp waits until a node knows of as many acts.
func catchUp(t *testing.T, sec *secretariat.Secretariat, acts int64) {
	t.Helper()
	for deadline := time.Now().Add(20 * time.Second); sec.Acts() < acts; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("the node knows of %d acts, want %d", sec.Acts(), acts)
		}
	}
}

// Whatever acts two nodes on one record are given, at once or in turn: each act is done by one of them, both come to the
// same state, no image that somebody holds ever changes, and a replay gives it again.
func TestTwoNodesShareOneRecord(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg record.Config) {
		one := node(t, record.Create, cfg)
		found(t, one)
		two := node(t, record.Open, cfg)
		nodes := []*secretariat.Secretariat{one, two}
		var held []heldSight
		var mu sync.Mutex
		var wg sync.WaitGroup
		for i, sec := range nodes {
			wg.Go(func() {
				rng := rand.New(rand.NewPCG(uint64(i), 5))
				for range 40 {
					act := []mechanism.Act{reader(rng.IntN(12)), &mechanism.RelievePerson{Person: fmt.Sprintf("reader-%d", rng.IntN(12)), Reason: "moved"},
						&mechanism.AddNote{On: "person:ana", Words: "x"}}[rng.IntN(3)]
					_, err := sec.Do(context.Background(), ana.Actor(), act)
					if kind := fault.KindOf(err); err != nil && kind != fault.NotFound {
						t.Errorf("node %d: %v", i+1, err)
					}
					mu.Lock()
					held = append(held, hold(sec))
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		catchUp(t, one, two.Acts())
		catchUp(t, two, one.Acts())
		if digest(one) != digest(two) {
			t.Errorf("the nodes differ at %d and %d acts", one.Acts(), two.Acts())
		}
		if late := node(t, record.Open, cfg); digest(late) != digest(one) {
			t.Error("a node that opens now comes to another state")
		}
		for _, h := range held {
			if now := told(h.sight); now != h.said {
				t.Errorf("the image of %d acts changed:\n%s\n%s", h.sight.Acts(), h.said, now)
			}
		}
		if v := verify(t, one.Record()); len(v.Findings) > 0 || v.Digest != digest(one) {
			t.Errorf("the record verifies as %+v", v)
		}
	})
}

// heldSight is a sight of a published image with what it said when it was taken.
type heldSight struct {
	sight mechanism.Sight
	said  string
}

func hold(sec *secretariat.Secretariat) heldSight {
	s := sec.Sight(ana.Actor())
	return heldSight{s, told(s)}
}

// told is what a sight of these tests can differ in.
func told(s mechanism.Sight) string {
	last, _ := s.Deed(s.Acts() - 1)
	return fmt.Sprint(s.Acts(), last, s.People(), s.Notes("person:ana"))
}

// A node that did not hear of an act yet does not decide on what it knows: it looks, and decides then.
func TestANodeDecidesOnWhatTheRecordSays(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg record.Config) {
		one := node(t, record.Create, cfg)
		found(t, one)
		two := node(t, record.Open, cfg)
		track := &mechanism.OpenTrack{Track: mechanism.Track{ID: "air", Name: mechanism.Names{"en": "Air"}}}
		if _, err := one.Do(t.Context(), ana.Actor(), track); err != nil {
			t.Fatal(err)
		}
		if _, err := two.Do(t.Context(), ana.Actor(), track); fault.KindOf(err) != fault.Conflict {
			t.Errorf("the track is opened twice: error %v", err)
		}
		if _, err := two.Do(t.Context(), ana.Actor(), &mechanism.AppointPerson{Person: mechanism.Person{ID: "bo", Name: "Bo", Office: mechanism.Officer}},
			&mechanism.RelievePerson{Person: ana.ID, Reason: "retired"}); err != nil {
			t.Fatal(err)
		}
		if _, err := one.Do(t.Context(), ana.Actor(), reader(1)); fault.KindOf(err) != fault.Denied {
			t.Errorf("who was relieved at one node acts at the other: error %v", err)
		}
	})
}

// Acts that wait together are committed together, in the order in which they were given, each group whole.
func TestGroupsKeepTheirOrderAndStayTogether(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg record.Config) {
		sec := node(t, record.Create, cfg)
		found(t, sec)
		const callers, groups = 12, 8
		var wg sync.WaitGroup
		for c := range callers {
			wg.Go(func() {
				last := int64(-1)
				for g := range groups {
					n := c*100 + g*3
					entries, err := sec.Do(context.Background(), ana.Actor(), reader(n), reader(n+1), reader(n+2))
					if err != nil || len(entries) != 3 {
						t.Errorf("caller %d: %d entries, %v", c, len(entries), err)
						return
					}
					if entries[1].Seq != entries[0].Seq+1 || entries[2].Seq != entries[0].Seq+2 {
						t.Errorf("a group stands at %d, %d and %d", entries[0].Seq, entries[1].Seq, entries[2].Seq)
					}
					if entries[0].Seq <= last {
						t.Errorf("caller %d: act %d came after %d", c, entries[0].Seq, last)
					}
					last = entries[2].Seq
				}
			})
		}
		wg.Wait()
		before := time.Time{}
		for d := range sec.Sight(ana.Actor()).Deeds(0) {
			if d.Time.Before(before) {
				t.Errorf("act %d was done at %v, before %v", d.Seq, d.Time, before)
			}
			before = d.Time
		}
	})
}

// Whoever waits when the door closes is answered: the act is in the record, or there is an error. Nothing is both.
func TestClosingUnderLoadTellsTheTruth(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg record.Config) {
		rec, err := record.Create(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		defer rec.Close()
		sec, err := secretariat.Open(t.Context(), rec, secretariat.Config{})
		if err != nil {
			t.Fatal(err)
		}
		found(t, sec)
		var mu sync.Mutex
		var done []int
		var wg sync.WaitGroup
		for c := range 16 {
			wg.Go(func() {
				for i := 0; ; i++ {
					n := c*10_000 + i
					_, err := sec.Do(context.Background(), ana.Actor(), reader(n))
					if fault.KindOf(err) == fault.Unavailable {
						return
					}
					if err != nil {
						t.Errorf("caller %d: %v", c, err)
						return
					}
					mu.Lock()
					done = append(done, n)
					mu.Unlock()
				}
			})
		}
		time.Sleep(50 * time.Millisecond)
		sec.Close()
		wg.Wait()
		again := enter(t, rec)
		for _, n := range done {
			if _, ok := again.Sight(ana.Actor()).Person(fmt.Sprintf("reader-%d", n)); !ok {
				t.Errorf("reader %d was acknowledged and is not in the record", n)
			}
		}
		readers := slices.DeleteFunc(again.Sight(ana.Actor()).People(), func(p mechanism.Person) bool { return p.Office != mechanism.Reader })
		if len(readers) != len(done) {
			t.Errorf("%d readers are in the record, %d were acknowledged", len(readers), len(done))
		}
	})
}

// Many ask for many days while acts come in: each day has the acts that it had.
func TestManyAskForThePastAtOnce(t *testing.T) {
	now := time.Date(2025, 1, 1, 9, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	clock := func() time.Time { mu.Lock(); defer mu.Unlock(); return now }
	sec, err := secretariat.Open(t.Context(), onSQLite(t), secretariat.Config{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sec.Close)
	found(t, sec)
	ends := map[time.Time]int64{now: sec.Acts()}
	for i := range 60 {
		mu.Lock()
		now = now.Add(7 * time.Hour)
		mu.Unlock()
		if _, err := sec.Do(t.Context(), ana.Actor(), reader(i)); err != nil {
			t.Fatal(err)
		}
		ends[now] = sec.Acts()
	}
	mu.Lock()
	now = now.AddDate(0, 1, 0)
	mu.Unlock()
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			for at, acts := range ends { // each in an order of its own
				s, err := sec.At(context.Background(), mechanism.Actor{}, at)
				if err != nil || s.Acts() != acts {
					t.Errorf("as of %v there are %d acts (error %v), want %d", at, s.Acts(), err, acts)
				}
				if len(s.People()) > 0 {
					t.Error("the past tells the public who holds an office")
				}
			}
		})
	}
	for i := range 30 {
		if _, err := sec.Do(t.Context(), ana.Actor(), reader(1000+i)); err != nil {
			t.Fatal(err)
		}
	}
	wg.Wait()
}

// Whoever follows hears of each act once, in order, also of those done at the other node, and of those before it came.
func TestFollowersHearOfBothNodes(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg record.Config) {
		one := node(t, record.Create, cfg)
		found(t, one)
		two := node(t, record.Open, cfg)
		start := one.Acts() - 3 // as a page that was rendered before the last three
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		var wg sync.WaitGroup
		for i, sec := range []*secretariat.Secretariat{one, two} {
			wg.Go(func() {
				next := start
				for from, to := range sec.Follow(ctx, start) {
					if from != next || to <= from || to > sec.Acts() {
						t.Errorf("node %d tells of %d to %d, the next is %d of %d", i+1, from, to, next, sec.Acts())
					}
					if next = to; next == start+3+20 {
						return
					}
				}
				t.Errorf("node %d stopped telling at %d", i+1, next)
			})
		}
		for i := range 20 {
			if _, err := []*secretariat.Secretariat{one, two}[i%2].Do(t.Context(), ana.Actor(), reader(i)); err != nil {
				t.Fatal(err)
			}
		}
		heard := make(chan struct{})
		go func() { wg.Wait(); close(heard) }()
		select {
		case <-heard:
		case <-time.After(20 * time.Second):
			t.Error("not every act was heard of")
			stop()
			<-heard
		}
	})
}
