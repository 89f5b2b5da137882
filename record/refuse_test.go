package record_test

import (
	"context"
	"database/sql"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concord/internal/check"
	"concord/internal/fault"
	"concord/record"
	"concord/record/recordtest"
)

// TestRefusalsChangeNothing opens what cannot be opened and looks at the folder afterwards, byte for byte.
func TestRefusalsChangeNothing(t *testing.T) {
	tests := []struct {
		name  string
		lay   func(t *testing.T, path string)
		kind  fault.Kind
		words string
	}{
		{"nothing there", func(*testing.T, string) {}, fault.NotFound, "no record"},
		{"an empty file", func(t *testing.T, path string) { write(t, path, nil) }, fault.Unavailable, "too short"},
		{"a text", func(t *testing.T, path string) { write(t, path, []byte(strings.Repeat("words ", 50))) }, fault.Unavailable, "not an SQLite file"},
		{"a folder", func(t *testing.T, path string) { mkdir(t, path) }, fault.Unavailable, "cannot be read"},
		{"another program's SQLite file", foreignSQLite, fault.Unavailable, "another program"},
		{"a record of a newer format", newerRecord, fault.Unavailable, "newer program"},
		{"a record whose head is damaged", headlessRecord, fault.Unavailable, "damaged"},
		{"the key of another record", foreignKey, fault.Unavailable, "not the key of this record"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg := sqliteConfig(t)
			test.lay(t, cfg.DSN)
			before := contents(t, filepath.Dir(cfg.DSN))
			_, err := record.Open(context.Background(), cfg)
			if fault.KindOf(err) != test.kind || !strings.Contains(err.Error(), test.words) {
				t.Errorf("the error is %q: %v", fault.KindOf(err), err)
			}
			after := contents(t, filepath.Dir(cfg.DSN))
			if len(before) != len(after) {
				t.Errorf("before there was %d, after %d files", len(before), len(after))
			}
			for name, was := range before {
				if after[name] != was {
					t.Errorf("%s was changed", name)
				}
			}
		})
	}
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t *testing.T, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o700); err != nil {
		t.Fatal(err)
	}
}

func contents(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, _ := os.ReadFile(filepath.Join(folder, e.Name())) // a folder has none
		files[e.Name()] = string(content)
	}
	return files
}

func foreignSQLite(t *testing.T, path string) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`CREATE TABLE record_meta (name TEXT, value TEXT)`); err != nil {
		t.Fatal(err)
	}
}

// closedRecord makes a record of n acts and closes it.
func closedRecord(t testing.TB, path string, n int) {
	t.Helper()
	r := recordtest.Create(t, record.Config{DSN: path, Origin: recordtest.Origin})
	recordtest.Fill(t, r, n)
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
}

func newerRecord(t *testing.T, path string) {
	closedRecord(t, path, 3)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	binary.BigEndian.PutUint32(content[60:], record.Format+1)
	write(t, path, content)
}

func headlessRecord(t *testing.T, path string) {
	closedRecord(t, path, 300)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(`UPDATE record_head SET root = zeroblob(32)`); err != nil {
		t.Fatal(err)
	}
}

func foreignKey(t *testing.T, path string) {
	closedRecord(t, path, 1)
	closedRecord(t, path+".other", 1)
	if err := os.Rename(path+".other.key", path+".key"); err != nil {
		t.Fatal(err)
	}
}

func TestForeignPostgresIsRefused(t *testing.T) {
	dsn := check.Postgres(t)
	cfg := record.Config{DSN: dsn, Origin: recordtest.Origin}
	if _, err := record.Create(context.Background(), cfg); fault.KindOf(err) != fault.Invalid {
		t.Errorf("creating without a place for the key: %v", err)
	}
	if _, err := record.Open(context.Background(), cfg); fault.KindOf(err) != fault.NotFound {
		t.Errorf("opening a database without a record: %v", err)
	}
	cfg.DSN = "postgres://nobody@127.0.0.1:1/none?connect_timeout=2"
	if _, err := record.Open(context.Background(), cfg); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("opening a server that is not there: %v", err)
	}
}

func TestARecordMayLieAnywhere(t *testing.T) {
	for _, name := range []string{"with blanks", "что?", "机制#1", "50%41", "a&b=c;d"} {
		folder := filepath.Join(t.TempDir(), name)
		mkdir(t, folder)
		path := filepath.Join(folder, name+".db")
		closedRecord(t, path, 5)
		if _, err := os.Stat(path); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		r := recordtest.Open(t, record.Config{DSN: path})
		recordtest.Sound(t, r)
	}
}

func TestWithoutItsKeyARecordWorksButDoesNotSign(t *testing.T) {
	ctx := context.Background()
	cfg := sqliteConfig(t)
	closedRecord(t, cfg.DSN, 5)
	if err := os.Remove(cfg.DSN + ".key"); err != nil {
		t.Fatal(err)
	}
	r := recordtest.Open(t, cfg)
	if _, err := r.Append(ctx, 5, recordtest.Drafts(5, 5)); err != nil {
		t.Error(err)
	}
	if _, err := r.Checkpoint(ctx); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("signing without a key: %v", err)
	}
	if report := recordtest.Sound(t, r); report.Signed != 5 || report.Acts != 10 {
		t.Errorf("the report is %+v", report)
	}
}

func TestFilesAreForTheirOwnerOnly(t *testing.T) {
	cfg := sqliteConfig(t)
	recordtest.Fill(t, recordtest.Create(t, cfg), 1)
	for _, suffix := range []string{"", ".key", "-wal", "-shm"} {
		info, err := os.Stat(cfg.DSN + suffix)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("record.db%s has mode %v, %v", suffix, info.Mode(), err)
		}
	}
}
