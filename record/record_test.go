package record_test

import (
	"context"
	"path/filepath"
	"testing"

	"concord/internal/check"
	"concord/record"
	"concord/record/recordtest"
)

func sqliteConfig(tb testing.TB) record.Config {
	return record.Config{DSN: filepath.Join(tb.TempDir(), "record.db"), Origin: recordtest.Origin}
}

func postgresConfig(tb testing.TB) record.Config {
	return record.Config{DSN: check.Postgres(tb), Origin: recordtest.Origin, KeyFile: filepath.Join(tb.TempDir(), "key")}
}

func TestSQLite(t *testing.T)   { recordtest.Run(t, sqliteConfig) }
func TestPostgres(t *testing.T) { recordtest.Run(t, postgresConfig) }

func TestBothStoresHaveTheSameRoot(t *testing.T) {
	ctx := context.Background()
	var heads []record.Head
	for _, cfg := range []record.Config{sqliteConfig(t), postgresConfig(t)} {
		r := recordtest.Create(t, cfg)
		recordtest.Fill(t, r, 777)
		head, err := r.Head(ctx)
		if err != nil {
			t.Fatal(err)
		}
		heads = append(heads, head)
	}
	if heads[0] != heads[1] || heads[0].Size != 777 {
		t.Errorf("SQLite has %v, PostgreSQL has %v", heads[0], heads[1])
	}
}
