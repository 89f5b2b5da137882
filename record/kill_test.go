package record_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"concord/record"
	"concord/record/recordtest"
)

// killEnv makes the test binary a writer on the record at that path, to be killed.
const killEnv = "CONCORD_TEST_WRITER"

func TestMain(m *testing.M) {
	if path := os.Getenv(killEnv); path != "" {
		fmt.Fprintln(os.Stderr, "writer:", writeUntilKilled(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// writeUntilKilled appends groups of acts and says after each how many acts are acknowledged.
func writeUntilKilled(path string) error {
	ctx := context.Background()
	r, err := record.Open(ctx, record.Config{DSN: path})
	if err != nil {
		return err
	}
	rnd := rand.New(rand.NewPCG(uint64(os.Getpid()), 5))
	for {
		if _, err := r.Append(ctx, r.Size(), group(r.Size(), 1+rnd.IntN(20))); err != nil {
			return err
		}
		fmt.Println(r.Size())
		if rnd.IntN(10) == 0 {
			if _, err := r.Checkpoint(ctx); err != nil {
				return err
			}
		}
	}
}

// group gives n acts from first on, each of which says where its group ends.
func group(first int64, n int) []record.Draft {
	drafts := recordtest.Drafts(first, n)
	for i := range drafts {
		drafts[i].Actor.Person = strconv.FormatInt(first+int64(n), 10)
	}
	return drafts
}

// TestKilledWritersLoseNothing kills writers with kill -9 in the midst of their work. After each, all acknowledged acts
// are there, the last group is whole, and Verify finds nothing.
func TestKilledWritersLoseNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped in short mode: it takes half a minute")
	}
	const kills = 60
	cfg := sqliteConfig(t)
	closedRecord(t, cfg.DSN, 0)
	rnd := rand.New(rand.NewPCG(6, 7))
	for i := range kills {
		acked := killWriter(t, cfg.DSN, time.Duration(rnd.IntN(30_000))*time.Microsecond)
		if i%3 == 2 {
			continue // the next writer itself meets what this one left
		}
		r, err := record.Open(context.Background(), cfg)
		if err != nil {
			t.Fatalf("after kill %d: %v", i, err)
		}
		if r.Size() < acked {
			t.Errorf("after kill %d: %d acts were acknowledged, %d are there", i, acked, r.Size())
		}
		wholeGroups(t, r)
		recordtest.Sound(t, r)
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// killWriter starts a writer, kills it some time after its first acknowledgement, and gives the last one heard.
func killWriter(t *testing.T, path string, after time.Duration) int64 {
	t.Helper()
	writer := exec.Command(os.Args[0])
	writer.Env = append(os.Environ(), killEnv+"="+path)
	writer.Stderr = os.Stderr
	out, err := writer.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := writer.Start(); err != nil {
		t.Fatal(err)
	}
	var acked int64
	lines := bufio.NewScanner(out)
	for first := true; lines.Scan(); first = false {
		size, err := strconv.ParseInt(lines.Text(), 10, 64)
		if err != nil {
			break // a line cut off
		}
		acked = size
		if first {
			time.AfterFunc(after, func() { writer.Process.Kill() })
		}
	}
	if err := writer.Wait(); err == nil || acked == 0 {
		t.Fatalf("the writer ended by itself: %v", err)
	}
	return acked
}

// wholeGroups checks that every group ends where its acts say.
func wholeGroups(t *testing.T, r *record.Record) {
	t.Helper()
	var end int64
	for e, err := range r.Read(context.Background(), 0, r.Size()) {
		if err != nil {
			t.Fatal(err)
		}
		says, err := strconv.ParseInt(e.Actor.Person, 10, 64)
		if err != nil || e.Seq == end && says <= end || e.Seq != end && says != end {
			t.Fatalf("act %d says that its group ends at %q; the one before ended at %d", e.Seq, e.Actor.Person, end)
		}
		end = says
	}
	if end != r.Size() {
		t.Errorf("the last group ends at %d and the record at %d: a part of it is lost", end, r.Size())
	}
}
