package record_test

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/check"
	"concord/internal/fault"
	"concord/record"
	"concord/record/recordtest"
)

// onBoth runs a test on a record in SQLite and on one in PostgreSQL.
func onBoth(t *testing.T, test func(t *testing.T, cfg record.Config)) {
	t.Run("sqlite", func(t *testing.T) { test(t, sqliteConfig(t)) })
	t.Run("postgres", func(t *testing.T) {
		test(t, record.Config{DSN: check.Postgres(t), Origin: recordtest.Origin, KeyFile: filepath.Join(t.TempDir(), "key")})
	})
}

// cut takes the last acts out of a record of less than 256 acts, without a trace in the database.
func cut(t *testing.T, cfg record.Config, size int64, root tlog.Hash) {
	t.Helper()
	driver := "sqlite"
	if strings.HasPrefix(cfg.DSN, "postgres") {
		driver = "pgx"
	}
	db, err := sql.Open(driver, cfg.DSN)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, s := range []struct {
		query string
		args  []any
	}{
		{`DELETE FROM record_act WHERE seq >= $1`, []any{size}},
		{`DELETE FROM record_checkpoint WHERE size > $1`, []any{size}},
		{`UPDATE record_head SET size = $1, root = $2`, []any{size, root[:]}},
	} {
		if _, err := db.Exec(s.query, s.args...); err != nil {
			t.Fatal(err)
		}
	}
}

// shortened makes a record of 20 acts that was signed, and cuts the last 8 of them.
func shortened(t *testing.T, cfg record.Config) {
	t.Helper()
	r, err := record.Create(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	recordtest.Fill(t, r, 12)
	head, err := r.Head(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	recordtest.Fill(t, r, 8)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	cut(t, cfg, head.Size, head.Root)
}

func TestARecordThatLostWhatItSignedIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, cfg record.Config) {
		shortened(t, cfg)
		_, err := record.Open(context.Background(), cfg)
		if fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "20 acts were signed for, and the record has 12") {
			t.Errorf("it is opened: %v", err)
		}
		r, err := record.Inspect(context.Background(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		report, err := r.Verify(context.Background(), nil, nil)
		if err != nil || len(report.Findings) != 1 || !strings.Contains(report.Findings[0].Text, "signed for 20 acts, and there are only 12") {
			t.Errorf("verify finds %v, %v", report.Findings, err)
		}
	})
}

func TestAnOpenRecordDoesNotSignAnotherHistory(t *testing.T) {
	onBoth(t, func(t *testing.T, cfg record.Config) {
		ctx := context.Background()
		r := recordtest.Create(t, cfg)
		recordtest.Fill(t, r, 12)
		short, err := r.Head(ctx)
		if err != nil {
			t.Fatal(err)
		}
		recordtest.Fill(t, r, 8)
		if _, err := r.Checkpoint(ctx); err != nil {
			t.Fatal(err)
		}
		cut(t, cfg, short.Size, short.Root)
		other := recordtest.Open(t, record.Config{DSN: cfg.DSN, KeyFile: cfg.KeyFile, HeadFile: cfg.HeadFile, Rollback: true})
		drafts := recordtest.Drafts(100, 9) // as many acts as there were, and one more: others
		if _, err := other.Append(ctx, short.Size, drafts); err != nil {
			t.Fatal(err)
		}
		for _, node := range []*record.Record{r, other} {
			if _, err := node.Checkpoint(ctx); fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "another history") {
				t.Errorf("it is signed: %v", err)
			}
		}
	})
}

func TestARollbackThatIsAcceptedGoesOn(t *testing.T) {
	onBoth(t, func(t *testing.T, cfg record.Config) {
		ctx := context.Background()
		shortened(t, cfg)
		kept, err := os.ReadFile(headFile(cfg))
		if err != nil {
			t.Fatal(err)
		}
		cfg.Rollback = true
		r := recordtest.Open(t, cfg)
		signed, lost := r.Lost(ctx)
		if lost == nil || string(signed) != string(kept) {
			t.Errorf("lost is %v, %q", lost, signed)
		}
		if _, err := r.Append(ctx, 12, recordtest.Drafts(50, 3)); err != nil {
			t.Fatal(err)
		}
		if err := r.AcceptRollback(ctx); err != nil {
			t.Fatal(err)
		}
		if _, lost := r.Lost(ctx); lost != nil {
			t.Errorf("still: %v", lost)
		}
		if _, err := r.Compare(ctx, kept); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("the old head, compared: %v", err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		cfg.Rollback = false
		again := recordtest.Open(t, cfg)
		if report := recordtest.Sound(t, again); report.Signed != 15 {
			t.Errorf("signed for %d", report.Signed)
		}
	})
}

// Rows of checkpoints that outlived their acts tell it too, where no head is kept.
func TestACheckpointInTheDatabaseTellsOfLostActs(t *testing.T) {
	onBoth(t, func(t *testing.T, cfg record.Config) {
		shortened(t, cfg)
		kept, err := os.ReadFile(headFile(cfg))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(headFile(cfg)); err != nil {
			t.Fatal(err)
		}
		r := recordtest.Open(t, cfg) // nothing is left that could tell
		db, _ := r.DB()
		if _, err := db.Exec(`INSERT INTO record_checkpoint (size, note) VALUES ($1, $2)`, 20, kept); err != nil {
			t.Fatal(err)
		}
		if _, err := record.Open(context.Background(), cfg); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("it is opened: %v", err)
		}
	})
}

func headFile(cfg record.Config) string {
	if cfg.KeyFile == "" {
		return cfg.DSN + ".key.head"
	}
	return cfg.KeyFile + ".head"
}

func TestARecordWithoutItsLogIsRefused(t *testing.T) {
	ctx := context.Background()
	cfg := sqliteConfig(t)
	r := recordtest.Create(t, cfg)
	recordtest.Fill(t, r, 40)
	if _, err := r.Checkpoint(ctx); err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "record.db") // as somebody copies a folder and forgets a file
	for _, suffix := range []string{"", ".key", ".key.head"} {
		content, err := os.ReadFile(cfg.DSN + suffix)
		if err != nil {
			t.Fatal(err)
		}
		write(t, copied+suffix, content)
	}
	if _, err := record.Open(ctx, record.Config{DSN: copied}); fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "-wal") {
		t.Errorf("it is opened: %v", err)
	}
}

// Two nodes keep a head each. What one has signed, the other takes over when it signs, and then neither follows a database
// that was put back.
func TestANodeTakesOverWhatTheOtherSigned(t *testing.T) {
	ctx := context.Background()
	folder := t.TempDir()
	one := record.Config{DSN: check.Postgres(t), Origin: recordtest.Origin, KeyFile: filepath.Join(folder, "one")}
	r := recordtest.Create(t, one)
	key, err := os.ReadFile(one.KeyFile)
	if err != nil {
		t.Fatal(err)
	}
	two := record.Config{DSN: one.DSN, KeyFile: filepath.Join(folder, "two")}
	write(t, two.KeyFile, key)
	other := recordtest.Open(t, two)
	recordtest.Fill(t, r, 12)
	for _, node := range []*record.Record{r, other} {
		if _, err := node.Checkpoint(ctx); err != nil {
			t.Fatal(err)
		}
	}
	a, errA := os.ReadFile(headFile(one))
	b, errB := os.ReadFile(headFile(two))
	if errA != nil || errB != nil || string(a) != string(b) {
		t.Errorf("one keeps %q, the other %q", a, b)
	}
}

func TestAKeyThatHasSignedBeginsNoSecondRecord(t *testing.T) {
	cfg := sqliteConfig(t)
	closedRecord(t, cfg.DSN, 5)
	if err := os.Remove(cfg.DSN); err != nil {
		t.Fatal(err)
	}
	if _, err := record.Create(context.Background(), cfg); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a second record of the key: %v", err)
	}
	if _, err := os.Stat(cfg.DSN); !os.IsNotExist(err) {
		t.Errorf("something was left behind: %v", err)
	}
}

func TestWithoutAPlaceForTheHeadNothingIsSigned(t *testing.T) {
	ctx := context.Background()
	cfg := sqliteConfig(t)
	r := recordtest.Create(t, cfg)
	if _, err := r.Append(ctx, 0, recordtest.Drafts(0, 3)); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(headFile(cfg)); err != nil {
		t.Fatal(err)
	}
	mkdir(t, headFile(cfg))
	if _, err := r.Checkpoint(ctx); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("it is signed: %v", err)
	}
	if _, err := r.CheckpointAt(ctx, 3); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a signature left: %v", err)
	}
}
