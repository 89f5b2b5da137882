package record

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"concord/internal/fault"
)

const (
	// applicationID marks the SQLite file as a record of Concord: "CNCD".
	applicationID = 0x434e4344

	// oldestSQLite is the first release without the WAL-reset bug, which could lose a committed transaction.
	oldestSQLite = "3.51.3"

	pageSize     = 8192 // bytes; eight or more acts of a usual size lie in a page with little waste
	sqliteMagic  = "SQLite format 3\x00"
	sqliteHeader = 100 // bytes of the header of an SQLite file
)

func openSQLite(ctx context.Context, path string) (*store, error) {
	if err := checkSQLiteFile(path); err != nil {
		return nil, err
	}
	if err := checkWAL(path); err != nil {
		return nil, err
	}
	return dialSQLite(ctx, path, "rw")
}

// dialSQLite opens the file without looking at what it is. mode is that of an SQLite URI: rw or rwc.
func dialSQLite(ctx context.Context, path, mode string) (*store, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "cannot find %s", path)
	}
	values := url.Values{"mode": {mode}, "_txlock": {"immediate"}, "_defensive": {"1"}, "_pragma": {
		fmt.Sprintf("page_size(%d)", pageSize),
		"busy_timeout(10000)", "synchronous(FULL)", "cell_size_check(ON)", "foreign_keys(ON)", "wal_autocheckpoint(4000)",
	}}
	address := url.URL{Scheme: "file", Path: filepath.ToSlash(full), RawQuery: values.Encode()}
	db, err := sql.Open("sqlite", address.String())
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "cannot open %s", path)
	}
	s := &store{db: db, dialect: SQLite, path: full}
	var version string
	if err := db.QueryRowContext(ctx, `SELECT sqlite_version()`).Scan(&version); err != nil {
		return nil, errors.Join(s.wrap(err, "open %s", path), db.Close())
	}
	if err := refuseOldSQLite(version); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return s, nil
}

func refuseOldSQLite(version string) error {
	if olderVersion(version, oldestSQLite) {
		return fault.New(fault.Unavailable, "the SQLite library is %s; a record needs %s or newer, older ones can lose acts", version, oldestSQLite)
	}
	return nil
}

func olderVersion(a, b string) bool {
	as, bs := strings.Split(a, "."), strings.Split(b, ".")
	for i := range min(len(as), len(bs)) {
		x, _ := strconv.Atoi(as[i]) // what is not a number is older than any
		y, _ := strconv.Atoi(bs[i])
		if x != y {
			return x < y
		}
	}
	return len(as) < len(bs)
}

// checkSQLiteFile looks at the first bytes of the file, without opening it as a database, which would already leave
// files beside it.
func checkSQLiteFile(path string) error {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fault.New(fault.NotFound, "there is no record at %s", path)
	}
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "the record at %s cannot be read", path)
	}
	defer f.Close()
	header := make([]byte, sqliteHeader)
	switch _, err := io.ReadFull(f, header); {
	case err == io.EOF || err == io.ErrUnexpectedEOF:
		return fault.New(fault.Unavailable, "%s is not a record of Concord: it is too short", path)
	case err != nil:
		return fault.Wrap(err, fault.Unavailable, "the record at %s cannot be read", path)
	}
	return checkSQLiteHeader(path, header)
}

func checkSQLiteHeader(path string, header []byte) error {
	if string(header[:16]) != sqliteMagic {
		return fault.New(fault.Unavailable, "%s is not a record of Concord: it is not an SQLite file", path)
	}
	if id := binary.BigEndian.Uint32(header[68:]); id != applicationID {
		return fault.New(fault.Unavailable, "%s is an SQLite file of another program (application id %#x)", path, id)
	}
	return checkFormat(strconv.Itoa(int(binary.BigEndian.Uint32(header[60:]))))
}

// createSQLite makes the record beside its place and then moves it there, so that there is a whole one or none.
func createSQLite(ctx context.Context, cfg Config, vkey string) error {
	if _, err := os.Lstat(cfg.DSN); err == nil {
		return fault.New(fault.Conflict, "there is already a file at %s", cfg.DSN)
	}
	draft := cfg.DSN + ".new"
	defer removeSQLite(draft)
	removeSQLite(draft) // of a creation that was cut off
	if err := writeEmptySQLite(ctx, draft, cfg.Origin, vkey); err != nil {
		return err
	}
	err := os.Link(draft, cfg.DSN) // fails when somebody else was faster
	if err != nil && !errors.Is(err, fs.ErrExist) {
		err = os.Rename(draft, cfg.DSN) // a file system without links
	}
	if errors.Is(err, fs.ErrExist) {
		return fault.New(fault.Conflict, "there is already a file at %s", cfg.DSN)
	}
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "the record cannot be put at %s", cfg.DSN)
	}
	return syncFolder(filepath.Dir(cfg.DSN))
}

func removeSQLite(path string) {
	for _, suffix := range []string{"", "-journal", "-wal", "-shm"} {
		os.Remove(path + suffix) // what is not there need not go
	}
}

func writeEmptySQLite(ctx context.Context, path, origin, vkey string) error {
	s, err := dialSQLite(ctx, path, "rwc")
	if err != nil {
		return err
	}
	defer s.db.Close()
	if err := os.Chmod(path, 0o600); err != nil { // bodies are not for every user of the machine; the log gets the same mode
		return fault.Wrap(err, fault.Unavailable, "the record at %s cannot be made private", path)
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.wrap(err, "create the record at %s", path)
	}
	defer tx.Rollback()
	mark := fmt.Sprintf(`PRAGMA application_id = %d; PRAGMA user_version = %d`, applicationID, Format)
	if _, err := tx.ExecContext(ctx, mark); err != nil {
		return s.wrap(err, "mark the record at %s", path)
	}
	if err := s.lay(ctx, tx, origin, vkey); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return s.wrap(err, "create the record at %s", path)
	}
	// The journal mode is a mark in the file and stays; only now, so that the file itself holds all that Open looks at.
	var mode string
	if err := s.db.QueryRowContext(ctx, `PRAGMA journal_mode = WAL`).Scan(&mode); err != nil || mode != "wal" {
		return fault.Wrap(err, fault.Unavailable, "%s is on a disk that cannot keep a write-ahead log", path)
	}
	return s.wrap(s.db.Close(), "create the record at %s", path)
}

func syncFolder(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "cannot open the folder %s", path)
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) {
		return fault.Wrap(err, fault.Unavailable, "cannot make the folder %s durable", path)
	}
	return nil
}

// mayReturn says whether a commit that failed and did not take place may do so yet, when the record is opened again: on SQLite
// its pages may be whole in the log of a disk that failed to say so.
func (s *store) mayReturn(failed error) bool {
	e, ok := errors.AsType[*sqlite.Error](failed)
	return ok && e.Code()&0xff == sqlite3.SQLITE_IOERR && !diskFull(filepath.Dir(s.path))
}

func (s *store) explainSQLite(err error) (why fault.Phrase, ok bool) {
	if errors.Is(err, syscall.ENOSPC) {
		return fault.Say("the disk is full; nothing was written"), true
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return why, false
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return fault.Say("the disk is full; nothing was written"), true
	case sqlite3.SQLITE_IOERR:
		if diskFull(filepath.Dir(s.path)) {
			return fault.Say("the disk is full; nothing was written"), true
		}
		return fault.Say("the disk does not answer as it should"), true
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fault.Say("another program is writing to the record"), true
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB:
		return fault.Say("the record is damaged (verify tells more)"), true
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH:
		return fault.Say("the record may not be written to"), true
	case sqlite3.SQLITE_CANTOPEN:
		return fault.Say("the file or its folder cannot be opened"), true
	}
	return why, false
}
