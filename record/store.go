package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
)

// Dialect is which SQL the database speaks.
type Dialect string

// The two databases that a record can live in.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// store is the database of a record and what differs between the dialects.
type store struct {
	db      *sql.DB
	dialect Dialect
	path    string // of the SQLite file
}

// querier is a database or a transaction on it.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// tables are the record's own, in the order of creation. On SQLite all but record_act are kept in the order of their
// keys (WITHOUT ROWID), so that each byte of a key is stored once and is content.
var tables = []struct{ name, columns, options string }{
	{"record_meta", `name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL`, "STRICT, WITHOUT ROWID"},
	{"record_head", `id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), size {int} NOT NULL, root {bytes} NOT NULL`, "STRICT, WITHOUT ROWID"},
	{"record_act", `seq {int} NOT NULL PRIMARY KEY, leaf {bytes} NOT NULL, header {bytes} NOT NULL, body {bytes}`, "STRICT"},
	{"record_tile", `level INTEGER NOT NULL, n {int} NOT NULL, hashes {bytes} NOT NULL, PRIMARY KEY (level, n)`, "STRICT, WITHOUT ROWID"},
	{"record_checkpoint", `size {int} NOT NULL PRIMARY KEY, note {bytes} NOT NULL`, "STRICT, WITHOUT ROWID"},
}

// ddl gives the statement that makes the i'th table. Its exact words are what SQLite keeps, and Verify compares them.
func (d Dialect) ddl(i int) string {
	t := tables[i]
	words := strings.NewReplacer("{int}", "INTEGER", "{bytes}", "BLOB")
	options := " " + t.options
	if d == Postgres {
		words = strings.NewReplacer("{int}", "BIGINT", "{bytes}", "BYTEA")
		options = ""
	}
	return fmt.Sprintf("CREATE TABLE %s (%s)%s", t.name, words.Replace(t.columns), options)
}

// sql puts the dialect's placeholders in the place of question marks.
func (s *store) sql(query string) string {
	if s.dialect == SQLite {
		return query
	}
	var b strings.Builder
	for i, part := range strings.Split(query, "?") {
		if i > 0 {
			b.WriteString("$" + strconv.Itoa(i))
		}
		b.WriteString(part)
	}
	return b.String()
}

func isPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

func openStore(ctx context.Context, cfg Config) (*store, error) {
	if isPostgres(cfg.DSN) {
		return openPostgres(ctx, cfg.DSN)
	}
	return openSQLite(ctx, cfg.DSN)
}

func createStore(ctx context.Context, cfg Config, vkey string) error {
	if isPostgres(cfg.DSN) {
		return createPostgres(ctx, cfg, vkey)
	}
	return createSQLite(ctx, cfg, vkey)
}

// lay makes the tables of an empty record.
func (s *store) lay(ctx context.Context, q querier, origin, vkey string) error {
	for i := range tables {
		if _, err := q.ExecContext(ctx, s.dialect.ddl(i)); err != nil {
			return s.wrap(err, "make the tables of the record")
		}
	}
	root := new(tree).root()
	rows := []struct {
		query string
		args  []any
	}{
		{`INSERT INTO record_meta (name, value) VALUES (?, ?)`, []any{"format", strconv.Itoa(Format)}},
		{`INSERT INTO record_meta (name, value) VALUES (?, ?)`, []any{"origin", origin}},
		{`INSERT INTO record_meta (name, value) VALUES (?, ?)`, []any{"key", vkey}},
		{`INSERT INTO record_head (id, size, root) VALUES (1, ?, ?)`, []any{int64(0), root[:]}},
	}
	for _, row := range rows {
		if _, err := q.ExecContext(ctx, s.sql(row.query), row.args...); err != nil {
			return s.wrap(err, "write the first rows of the record")
		}
	}
	return nil
}

func checkFormat(format string) error {
	n, err := strconv.Atoi(format)
	switch {
	case err != nil:
		return fault.New(fault.Unavailable, "the record does not say its format (it says %q): it is damaged", format)
	case n > Format:
		return fault.New(fault.Unavailable, "the record has format %d and this program knows formats up to %d: use a newer program", n, Format)
	case n < 1:
		return fault.New(fault.Unavailable, "the record has format %d, which never was: it is damaged", n)
	}
	return nil
}

// meta reads the names and values that describe the record.
func (s *store) meta(ctx context.Context, q querier) (map[string]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT name, value FROM record_meta ORDER BY name`)
	if err != nil {
		return nil, s.wrap(err, "read what the record says of itself")
	}
	defer rows.Close()
	meta := map[string]string{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return nil, s.wrap(err, "read what the record says of itself")
		}
		meta[name] = value
	}
	return meta, s.wrap(rows.Err(), "read what the record says of itself")
}

const readHead = `SELECT size, root FROM record_head WHERE id = 1`

// head reads the one row of the head.
func (s *store) head(ctx context.Context, q querier) (Head, error) {
	return s.scanHead(q.QueryRowContext(ctx, readHead))
}

// lockHead is the query that reads the head and locks it. On SQLite the transaction itself holds the write lock.
func (s *store) lockHead() string {
	if s.dialect == SQLite {
		return readHead
	}
	return readHead + ` FOR UPDATE`
}

func (s *store) scanHead(row *sql.Row) (Head, error) {
	var h Head
	var root []byte
	switch err := row.Scan(&h.Size, &root); {
	case errors.Is(err, sql.ErrNoRows):
		return Head{}, damaged("its head is missing")
	case err != nil:
		return Head{}, s.wrap(err, "read the head of the record")
	case h.Size < 0 || len(root) != tlog.HashSize:
		return Head{}, damaged("its head has size %d and a root of %d bytes", h.Size, len(root))
	}
	h.Root = tlog.Hash(root)
	return h, nil
}

// loadTree reads the edge of the tree and proves it by the root of the head.
func (s *store) loadTree(ctx context.Context, q querier, head Head) (*tree, error) {
	t := &tree{size: head.Size}
	for l := 0; head.Size>>(tileHeight*l) > 0; l++ {
		width := int(head.Size >> (tileHeight * l) & (tileWidth - 1))
		t.edge, t.peaks = append(t.edge, make([]byte, 0, tileBytes)), append(t.peaks, nil)
		if width == 0 {
			continue
		}
		hashes, err := s.tile(ctx, q, l, t.index(l))
		if err != nil {
			return nil, err
		}
		if len(hashes) != width*tlog.HashSize {
			return nil, damaged("the tile %d/%d has %d bytes, not %d", l, t.index(l), len(hashes), width*tlog.HashSize)
		}
		for hash := range slices.Chunk(hashes, tlog.HashSize) {
			t.put(l, tlog.Hash(hash))
		}
	}
	if t.root() != head.Root {
		return nil, damaged("the root of its tree is not the root of its head")
	}
	return t, nil
}

// tile reads one tile of hashes. Those of level 0 lie beside the acts.
func (s *store) tile(ctx context.Context, q querier, level int, n int64) ([]byte, error) {
	if level == 0 {
		return s.leaves(ctx, q, n)
	}
	var hashes []byte
	err := q.QueryRowContext(ctx, s.sql(`SELECT hashes FROM record_tile WHERE level = ? AND n = ?`), level, n).Scan(&hashes)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, noTile(level, n)
	}
	return hashes, s.wrap(err, "read the tile %d/%d", level, n)
}

func noTile(level int, n int64) error {
	return fault.New(fault.NotFound, "there is no tile %d/%d", level, n)
}

// leaves gathers the n'th tile of leaf hashes.
func (s *store) leaves(ctx context.Context, q querier, n int64) ([]byte, error) {
	if n < 0 || n > maxSeq/tileWidth {
		return nil, noTile(0, n)
	}
	next := n * tileWidth
	rows, err := q.QueryContext(ctx, s.sql(`SELECT seq, leaf FROM record_act WHERE seq >= ? AND seq < ? ORDER BY seq`), next, next+tileWidth)
	if err != nil {
		return nil, s.wrap(err, "read the leaf hashes")
	}
	defer rows.Close()
	hashes := make([]byte, 0, tileBytes)
	for ; rows.Next(); next++ {
		var seq int64
		var leaf sql.RawBytes
		if err := rows.Scan(&seq, &leaf); err != nil {
			return nil, s.wrap(err, "read the leaf hash of act %d", next)
		}
		if seq != next || len(leaf) != tlog.HashSize {
			return nil, damaged("act %d is missing or has no leaf hash", next)
		}
		hashes = append(hashes, leaf...)
	}
	if err := rows.Err(); err != nil {
		return nil, s.wrap(err, "read the leaf hashes")
	}
	if len(hashes) == 0 {
		return nil, noTile(0, n)
	}
	return hashes, nil
}

// damaged is the error of a record whose parts contradict each other.
func damaged(format string, args ...any) error {
	return fault.New(fault.Unavailable, "the record is damaged (verify tells more): %s", fault.Say(format, args...))
}

// wrap gives a database error its kind and a sentence, "cannot" and what was being done. It gives nil for nil.
func (s *store) wrap(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	doing := fault.Say(format, args...)
	if why, ok := s.explain(err); ok {
		return fault.Wrap(err, fault.Unavailable, "cannot %s: %s", doing, why)
	}
	return fault.Wrap(err, fault.Unavailable, "cannot %s", doing)
}

// explain gives the plain words for the failures of a database that a person can do something about.
func (s *store) explain(err error) (why fault.Phrase, ok bool) {
	if s.dialect == Postgres {
		return explainPostgres(err)
	}
	return s.explainSQLite(err)
}

// close closes the database. On SQLite the last connection to close also empties the write-ahead log into the file.
func (s *store) close() error { return s.wrap(s.db.Close(), "close the record") }
