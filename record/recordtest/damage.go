package recordtest

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"concord/record"
)

// column is one that damage is done to: where its rows are found, and what a finding must name.
type column struct {
	table, name string
	keys        []string
	part        []string // any of these parts of a finding
}

// columns are all columns of all tables of a record, as docs/record-format.md lists them.
func columns() []column {
	act := []string{record.PartHeader, record.PartBody}
	return []column{
		{"record_meta", "name", []string{"name"}, []string{record.PartMeta}},
		{"record_meta", "value", []string{"name"}, []string{record.PartMeta}},
		{"record_head", "size", []string{"id"}, []string{record.PartHead, record.PartHeader}},
		{"record_head", "root", []string{"id"}, []string{record.PartHead}},
		{"record_act", "seq", []string{"seq"}, append(act, record.PartHead)},
		{"record_act", "leaf", []string{"seq"}, []string{record.PartTile}},
		{"record_act", "header", []string{"seq"}, []string{record.PartHeader}},
		{"record_act", "body", []string{"seq"}, []string{record.PartBody}},
		{"record_tile", "level", []string{"level", "n"}, []string{record.PartTile}},
		{"record_tile", "n", []string{"level", "n"}, []string{record.PartTile}},
		{"record_tile", "hashes", []string{"level", "n"}, []string{record.PartTile}},
		{"record_checkpoint", "size", []string{"size"}, []string{record.PartCheckpoint}},
		{"record_checkpoint", "note", []string{"size"}, []string{record.PartCheckpoint}},
	}
}

// damage flips one bit in each column of many rows, expects Verify to find and name it, and puts the bit back.
func damage(t *testing.T, cfg record.Config) {
	r := Create(t, cfg)
	Fill(t, r, 700)
	if _, err := r.Checkpoint(context.Background()); err != nil {
		t.Fatal(err)
	}
	Sound(t, r)
	rnd := rand.New(rand.NewPCG(1, 2))
	rows := 6
	if testing.Short() {
		rows = 2
	}
	for _, c := range columns() {
		for range rows {
			c.flip(t, r, rnd)
		}
	}
	Sound(t, r)
}

// flip does one damage and undoes it.
func (c column) flip(t *testing.T, r *record.Record, rnd *rand.Rand) {
	t.Helper()
	db, dialect := r.DB()
	keys, was := c.pick(t, db, rnd)
	now := flipped(was, rnd)
	c.set(t, db, dialect, keys, now)
	report, err := r.Verify(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !c.named(report, keys) {
		t.Errorf("%s.%s of %v from %.60q to %.60q: verify finds %q", c.table, c.name, keys, was, now, report.Findings)
	}
	for i, k := range c.keys {
		if k == c.name {
			keys[i] = now
		}
	}
	c.set(t, db, dialect, keys, was)
}

// named says whether a finding names the damage: its part, and for acts the number.
func (c column) named(report record.Report, keys []any) bool {
	for _, f := range report.Findings {
		for _, part := range c.part {
			if f.Part != part {
				continue
			}
			if c.table != "record_act" || f.Act == keys[0].(int64) || strings.Contains(f.Text, fmt.Sprint(keys[0])) || part == record.PartHead {
				return true
			}
		}
	}
	return false
}

// pick gives the keys of a random row and its value in the column.
func (c column) pick(t *testing.T, db *sql.DB, rnd *rand.Rand) ([]any, any) {
	t.Helper()
	var count int
	if err := db.QueryRow(`SELECT count(*) FROM ` + c.table).Scan(&count); err != nil {
		t.Fatal(err)
	}
	keys := strings.Join(c.keys, ", ")
	query := fmt.Sprintf(`SELECT %s, %s FROM %s ORDER BY %s LIMIT 1 OFFSET %d`, keys, c.name, c.table, keys, rnd.IntN(count))
	row := make([]any, len(c.keys)+1)
	to := make([]any, len(row))
	for i := range row {
		to[i] = &row[i]
	}
	if err := db.QueryRow(query).Scan(to...); err != nil {
		t.Fatal(err)
	}
	return row[:len(c.keys)], row[len(c.keys)]
}

func (c column) set(t *testing.T, db *sql.DB, dialect record.Dialect, keys []any, value any) {
	t.Helper()
	query := fmt.Sprintf(`UPDATE %s SET %s = $1 WHERE`, c.table, c.name)
	for i, k := range c.keys {
		if i > 0 {
			query += " AND"
		}
		query += fmt.Sprintf(" %s = $%d", k, i+2)
	}
	if dialect == record.SQLite {
		query = strings.ReplaceAll(query, "$", "?")
	}
	result, err := db.Exec(query, append([]any{value}, keys...)...)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		t.Fatalf("%d rows were damaged, %v", n, err)
	}
}

// flipped gives the value with one bit changed; letters stay text, and numbers stay within what PostgreSQL takes.
func flipped(value any, rnd *rand.Rand) any {
	switch v := value.(type) {
	case int64:
		return v ^ 1<<(16+rnd.IntN(12))
	case int32:
		return int64(v) ^ 1<<(16+rnd.IntN(12))
	case string:
		b := []byte(v)
		b[rnd.IntN(len(b))] ^= 1 << rnd.IntN(3)
		return string(b)
	case []byte:
		b := append([]byte(nil), v...)
		b[rnd.IntN(len(b))] ^= 1 << rnd.IntN(8)
		return b
	}
	panic(fmt.Sprintf("a column of type %T", value))
}
