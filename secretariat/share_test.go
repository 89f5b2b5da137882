package secretariat_test

import (
	"context"
	"flag"
	"slices"
	"sync"
	"testing"
	"time"

	"concord/internal/check"
	"concord/internal/sample"
	"concord/mechanism"
	"concord/record"
	"concord/secretariat"
)

// shareActs is how many acts the record has that two nodes share: 5,000 in the suite, 100,000 where it is measured.
var shareActs = flag.Int("share.acts", 5000, "acts in the record that two nodes share")

// Two nodes that both write to one record share it fairly: each gets at least a third of what one alone gets, and nobody waits
// for a second.
func TestTwoNodesThatWriteShareFairly(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped in short mode: it takes ten seconds")
	}
	dir := t.TempDir()
	cfg := record.Config{DSN: check.Postgres(t), Origin: "concord.test/lake", KeyFile: dir + "/key"}
	how := secretariat.Config{Poll: time.Second / 2}
	one := nodeThat(t, record.Create, cfg, how)
	found(t, one)
	for part := range slices.Chunk(sample.Acts(one.Sight(ana.Actor()), *shareActs), 2000) {
		if _, err := one.Do(t.Context(), ana.Actor(), part...); err != nil {
			t.Fatal(err)
		}
	}
	two := nodeThat(t, record.Open, cfg, how)
	var alone []time.Duration
	both := make([][]time.Duration, 2)
	for range 4 { // in turns, so that other work on the machine weighs on both
		alone = append(alone, writeAtOnce(t, one)[0]...)
		for i, took := range writeAtOnce(t, one, two) {
			both[i] = append(both[i], took...)
		}
	}
	least := 3
	if *shareActs < 100_000 { // in the suite other packages are tested meanwhile, and two nodes need more processor than one
		least = 6
	}
	t.Logf("one alone: %d acts, 99th percentile %.0f ms", len(alone), milliseconds(alone, 99))
	for i, took := range both {
		p99 := milliseconds(took, 99)
		t.Logf("node %d of two: %d acts, 99th percentile %.0f ms, at most %.0f ms", i+1, len(took), p99, milliseconds(took, 100))
		if len(took) < len(alone)/least {
			t.Errorf("node %d did %d acts beside the other, one alone %d", i+1, len(took), len(alone))
		}
		if p99 >= 1000 {
			t.Errorf("node %d: an act in a hundred takes %.0f ms", i+1, p99)
		}
	}
	catchUp(t, one, two.Acts())
	catchUp(t, two, one.Acts())
	if digest(one) != digest(two) {
		t.Error("the nodes came to different states")
	}
}

// writeAtOnce has sixteen callers at each node write for a second, and gives how long each act took, by node.
func writeAtOnce(t *testing.T, nodes ...*secretariat.Secretariat) [][]time.Duration {
	t.Helper()
	const callers, span = 16, time.Second
	took := make([][]time.Duration, len(nodes))
	var mu sync.Mutex
	var wg sync.WaitGroup
	end := time.Now().Add(span)
	for i, sec := range nodes {
		for range callers {
			wg.Go(func() {
				for time.Now().Before(end) {
					begun := time.Now()
					if _, err := sec.Do(context.Background(), ana.Actor(), &mechanism.AddNote{On: "person:ana", Words: "x"}); err != nil {
						t.Errorf("node %d: %v", i+1, err)
						return
					}
					mu.Lock()
					took[i] = append(took[i], time.Since(begun))
					mu.Unlock()
				}
			})
		}
	}
	wg.Wait()
	return took
}
