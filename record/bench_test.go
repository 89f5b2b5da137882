package record_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"concord/record"
	"concord/record/recordtest"
)

// benchDrafts are acts of a usual size: about 300 bytes of body.
func benchDrafts(n int) []record.Draft {
	drafts := recordtest.Drafts(0, n)
	for i := range drafts {
		drafts[i].Body = fmt.Appendf(nil, `{"commitment":"CHD24-%d","party":"KZ","text":%q}`, i, strings.Repeat("accepted as proposed ", 12))
	}
	return drafts
}

// BenchmarkAppend appends groups of acts on SQLite, each group durable before the next. The metric ratio compares it with
// a bare insert of the same bytes into a table of the same shape, in turns in the same run: 1 is as fast.
func BenchmarkAppend(b *testing.B) {
	for _, group := range []int{1, 64, 256, 1000} {
		b.Run(fmt.Sprintf("group=%d", group), func(b *testing.B) { benchmarkAppend(b, group) })
	}
}

func benchmarkAppend(b *testing.B, group int) {
	ctx := context.Background()
	r := recordtest.Create(b, sqliteConfig(b))
	bare := newBare(b)
	drafts := benchDrafts(group)
	var ours, theirs time.Duration
	for b.Loop() {
		start := time.Now()
		entries, err := r.Append(ctx, r.Size(), drafts)
		if err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		bare.insert(b, entries)
		ours += middle.Sub(start)
		theirs += time.Since(middle)
	}
	acts := float64(group * b.N)
	b.ReportMetric(acts/ours.Seconds(), "acts/s")
	b.ReportMetric(acts/theirs.Seconds(), "bare/s")
	b.ReportMetric(theirs.Seconds()/ours.Seconds(), "ratio")
	b.ReportMetric(0, "ns/op")
}

// BenchmarkAppendPostgres appends groups of acts on PostgreSQL.
func BenchmarkAppendPostgres(b *testing.B) {
	for _, group := range []int{1, 64, 1000} {
		b.Run(fmt.Sprintf("group=%d", group), func(b *testing.B) {
			r := recordtest.Create(b, postgresConfig(b))
			drafts := benchDrafts(group)
			for b.Loop() {
				if _, err := r.Append(context.Background(), r.Size(), drafts); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(group*b.N)/b.Elapsed().Seconds(), "acts/s")
		})
	}
}

// bareTable is the least that keeps the same bytes as durably: one table and one transaction a group.
type bareTable struct {
	db       *sql.DB
	prepared map[int]*sql.Stmt // by number of rows
}

func newBare(b *testing.B) bareTable {
	b.Helper()
	r := recordtest.Create(b, sqliteConfig(b)) // for a database with the same settings
	db, _ := r.DB()
	if _, err := db.Exec(`CREATE TABLE bare (seq INTEGER PRIMARY KEY, header BLOB NOT NULL, body BLOB)`); err != nil {
		b.Fatal(err)
	}
	return bareTable{db, map[int]*sql.Stmt{}}
}

func (t bareTable) insert(b *testing.B, entries []record.Entry) {
	tx, err := t.db.Begin()
	if err != nil {
		b.Fatal(err)
	}
	defer tx.Rollback()
	for len(entries) > 0 {
		n := min(len(entries), 128)
		var args []any
		for _, e := range entries[:n] {
			args = append(args, e.Seq, e.Leaf, e.Body)
		}
		if _, err := tx.Stmt(t.prepare(b, n)).Exec(args...); err != nil {
			b.Fatal(err)
		}
		entries = entries[n:]
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
}

func (t bareTable) prepare(b *testing.B, rows int) *sql.Stmt {
	if stmt, ok := t.prepared[rows]; ok {
		return stmt
	}
	values := strings.TrimSuffix(strings.Repeat("(?, ?, ?), ", rows), ", ")
	stmt, err := t.db.Prepare(`INSERT INTO bare (seq, header, body) VALUES ` + values)
	if err != nil {
		b.Fatal(err)
	}
	t.prepared[rows] = stmt
	return stmt
}

// benchRecord is a record with n acts.
func benchRecord(b *testing.B, n int) *record.Record {
	b.Helper()
	r := recordtest.Create(b, sqliteConfig(b))
	for r.Size() < int64(n) {
		if _, err := r.Append(context.Background(), r.Size(), benchDrafts(1000)); err != nil {
			b.Fatal(err)
		}
	}
	return r
}

// BenchmarkRead reads 100,000 acts and decodes their bodies, as a replay does.
func BenchmarkRead(b *testing.B) {
	const n = 100_000
	ctx := context.Background()
	r := benchRecord(b, n)
	for b.Loop() {
		for e, err := range r.Read(ctx, 0, n) {
			var body struct{ Commitment, Party, Text string }
			if err != nil || json.Unmarshal(e.Body, &body) != nil || !bytes.Contains(e.Body, []byte(body.Commitment)) {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "acts/s")
}

// BenchmarkVerify checks 100,000 acts.
func BenchmarkVerify(b *testing.B) {
	const n = 100_000
	r := benchRecord(b, n)
	for b.Loop() {
		if report := recordtest.Sound(b, r); report.Acts != n {
			b.Fatal(report)
		}
	}
	b.ReportMetric(n*float64(b.N)/b.Elapsed().Seconds(), "acts/s")
}
