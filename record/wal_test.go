package record_test

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"concord/record"
	"concord/record/recordtest"
)

// TestAFlipInTheLogLosesNoActSilently takes a record as a killed writer leaves it, with acts that are only in the
// write-ahead log, flips bits of the log, and opens it. Either that is refused, or all acts are there but those of the
// very last transaction, which cannot be told from one that power loss cut off.
func TestAFlipInTheLogLosesNoActSilently(t *testing.T) {
	cfg := sqliteConfig(t)
	r := recordtest.Create(t, cfg)
	recordtest.Fill(t, r, 300)
	size := r.Size()
	if _, err := r.Append(context.Background(), size, recordtest.Drafts(size, 10)); err != nil {
		t.Fatal(err)
	}
	left := contents(t, filepath.Dir(cfg.DSN)) // as they are while the record is open
	log := []byte(left["record.db-wal"])
	if len(log) < 100_000 {
		t.Fatalf("the log has %d bytes", len(log))
	}
	if got := openLeft(t, left, log); got != size+10 {
		t.Fatalf("the record that was left has %d acts, not %d", got, size+10)
	}
	flips := 200
	if testing.Short() {
		flips = 30
	}
	rnd := rand.New(rand.NewPCG(8, 9))
	refused := 0
	for range flips {
		flipped := append([]byte(nil), log...)
		at := rnd.IntN(len(log))
		flipped[at] ^= 1 << rnd.IntN(8)
		switch got := openLeft(t, left, flipped); {
		case got < 0:
			refused++
		case got < size:
			t.Errorf("with byte %d of the log flipped there are %d acts of %d, and nothing is said", at, got, size+10)
		}
	}
	if refused < flips/2 {
		t.Errorf("only %d of %d flips were refused", refused, flips)
	}
}

// openLeft lays out the files with another log and gives the number of acts; -1 when opening is refused.
func openLeft(t *testing.T, left map[string]string, log []byte) int64 {
	t.Helper()
	path := filepath.Join(t.TempDir(), "record.db")
	write(t, path, []byte(left["record.db"]))
	write(t, path+"-wal", log)
	r, err := record.Open(context.Background(), record.Config{DSN: path})
	if err != nil {
		if now, err := os.ReadFile(path + "-wal"); err != nil || string(now) != string(log) {
			t.Errorf("refusing has changed the log: %v", err)
		}
		return -1
	}
	defer r.Close()
	recordtest.Sound(t, r)
	return r.Size()
}
