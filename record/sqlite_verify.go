package record

import (
	"context"
	"encoding/binary"
	"io"
	"os"
	"slices"
	"strings"
)

// sqliteFile checks the file beneath the record: its header, its pages and the words of its tables.
func (v *verifier) sqliteFile(ctx context.Context) error {
	v.fileHeader()
	v.integrity(ctx)
	v.schema(ctx)
	return v.triggers(ctx, `SELECT type, name, tbl_name FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY type, name`)
}

// fileHeader checks the fixed fields in the first 100 bytes (SQLite's file format, section 1.3), which no query would
// miss. Not fixed, and so not checked: the schema cookie at 40 and the library's version at 96.
func (v *verifier) fileHeader() {
	f, err := os.Open(v.store.path)
	if err != nil {
		v.find(PartDatabase, -1, "the file cannot be read: %v", err)
		return
	}
	defer f.Close()
	header := make([]byte, sqliteHeader)
	if _, err := io.ReadFull(f, header); err != nil {
		v.find(PartDatabase, -1, "the header of the file cannot be read: %v", err)
		return
	}
	if err := checkSQLiteHeader(v.store.path, header); err != nil {
		v.find(PartDatabase, -1, "%v", err)
	}
	if at := badHeaderField(header); at >= 0 {
		v.find(PartDatabase, -1, "the header of the file was changed at byte %d", at)
	}
}

// badHeaderField gives the place of a field that is not as a record's must be, or -1.
func badHeaderField(header []byte) int {
	fixed := []struct {
		at   int
		want uint32
	}{
		{16, pageSize<<16 | 2<<8 | 2}, // page size, WAL for writing and reading
		{20, 64<<16 | 32<<8 | 32},     // no reserved bytes, payload fractions
		{44, 4},                       // schema format
		{48, 0},                       // suggested cache size
		{52, 0},                       // no auto-vacuum
		{56, 1},                       // UTF-8
		{64, 0},                       // no incremental vacuum
		{92, binary.BigEndian.Uint32(header[24:])}, // change counter and the one the size is valid for
	}
	for _, f := range fixed {
		if binary.BigEndian.Uint32(header[f.at:]) != f.want {
			return f.at
		}
	}
	if i := slices.IndexFunc(header[72:92], func(b byte) bool { return b != 0 }); i >= 0 {
		return 72 + i // reserved for expansion
	}
	return -1
}

// integrity asks SQLite to check every page, cell and type.
func (v *verifier) integrity(ctx context.Context) {
	rows, err := v.tx.QueryContext(ctx, `PRAGMA integrity_check(50)`)
	if err != nil {
		v.find(PartDatabase, -1, "SQLite cannot check the file: %v", err)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var said string
		if err := rows.Scan(&said); err != nil {
			break
		}
		if said != "ok" {
			v.find(PartDatabase, -1, "SQLite finds the file damaged: %s", strings.ReplaceAll(said, "\n", " "))
		}
	}
	if err := rows.Err(); err != nil {
		v.find(PartDatabase, -1, "SQLite cannot check the file: %v", err)
	}
}

// schema compares the words of the tables with those that this package creates, and looks for indexes and the like.
func (v *verifier) schema(ctx context.Context) {
	want := map[string]string{}
	for i, t := range tables {
		want[t.name] = SQLite.ddl(i)
	}
	rows, err := v.tx.QueryContext(ctx, `SELECT type, name, sql FROM sqlite_schema
		WHERE tbl_name LIKE 'record\_%' ESCAPE '\' AND type NOT IN ('trigger', 'view')`)
	if err != nil {
		v.find(PartDatabase, -1, "the tables cannot be listed: %v", err)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var kind, name, words string
		if err := rows.Scan(&kind, &name, &words); err != nil {
			v.find(PartDatabase, -1, "a table cannot be listed: %v", err)
			return
		}
		if kind != "table" || want[name] != words {
			v.find(PartDatabase, -1, "the %s %s is not one that a record has", kind, name)
		}
		delete(want, name)
	}
	for name := range want {
		v.find(PartDatabase, -1, "the table %s is missing", name)
	}
	if err := rows.Err(); err != nil {
		v.find(PartDatabase, -1, "the tables cannot be listed: %v", err)
	}
}
