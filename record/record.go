// Package record is the durable, signed, append-only log of all acts, in SQLite or PostgreSQL.
//
// An act is a [Draft] until it is appended and an [Entry] afterwards. A [Record] takes drafts in groups: headers, bodies,
// the hashes of the Merkle tree and the new head go into one SQL transaction, so that after any crash there is all of a
// group or nothing of it. The tree is that of RFC 6962; its head is signed as a checkpoint (a C2SP signed note), and the
// record can be served as C2SP tlog-tiles, so that others verify it with tools of their own. docs/record-format.md
// specifies every byte.
//
//	rec, err := record.Create(ctx, record.Config{DSN: "record.db", Origin: "example.org/mechanism"})
//	entries, err := rec.Append(ctx, rec.Size(), []record.Draft{{Time: now, Kind: "note", Visibility: "public", Body: body}})
//	for entry, err := range rec.Read(ctx, 0, rec.Size()) { ... }
//	report, err := rec.Verify(ctx, nil, nil)
//
// The package knows nothing of mechanisms: a body is bytes to it. It has no clock; instants come with the drafts.
//
// Errors are of package fault. Invalid: the draft cannot be recorded. Conflict: the head is not where the caller thought.
// NotFound: no such record. Unavailable: disk full, database away, record damaged; nothing was written.
package record

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
)

// Format is the version of the format that this package writes. It reads this one and refuses newer ones.
const Format = 1

// Config says where a record is.
type Config struct {
	// DSN is the path of the SQLite file, or a PostgreSQL address that begins with postgres:// or postgresql://. On
	// PostgreSQL the record takes the tables whose names begin with "record_" in the first schema of the search path.
	DSN string

	// Origin names the record for ever: the first line of each checkpoint and the name of the signing key. C2SP asks
	// for something like a domain and a path, without blanks or plus signs. Create needs it; when Open is given one,
	// it must be that of the record.
	Origin string

	// KeyFile holds the private key of the checkpoints, as one line of a C2SP signer key. Create makes it (mode 0600)
	// unless it is there. Empty means the path of the SQLite file followed by ".key", and is refused on PostgreSQL by
	// Create. A record opened without its key can do all but sign checkpoints.
	KeyFile string

	// HeadFile keeps the newest head that was signed, so that an older copy of the record is noticed. It is written at each
	// signing. Empty means the path of the key file followed by ".head".
	HeadFile string

	// Rollback lets a record be opened, or made, that does not contain what was signed with its key: see Lost. It signs
	// nothing until AcceptRollback, or until it contains that again.
	Rollback bool
}

// Head is the state of the tree: how many acts, and the root hash of all of them.
type Head struct {
	Size int64
	Root tlog.Hash
}

// Record is one open record. All methods may be called from many goroutines at once.
type Record struct {
	store  *store
	origin string
	vkey   string      // public key in C2SP notation
	signer note.Signer // nil when the private key is not here
	frozen bool        // opened by Inspect

	headFile string     // where the newest signed head is kept; may be empty
	rollback bool       // opened although signed acts may be lost
	signing  sync.Mutex // one signing at a time

	statements *statements // for writing; nil when frozen

	mu   sync.Mutex // one writer: guards tree and at
	tree *tree
	at   Head // the head of tree

	head  atomic.Pointer[Head] // the newest head that this process knows
	close func() error
}

// Create makes a new, empty record and signs its first checkpoint. It fails with kind Conflict when something is
// already there, and leaves nothing behind when it fails, but for the key file.
func Create(ctx context.Context, cfg Config) (*Record, error) {
	if err := checkOrigin(cfg.Origin); err != nil {
		return nil, err
	}
	signer, vkey, err := createKey(cfg)
	if err != nil {
		return nil, err
	}
	if err := newKey(cfg, vkey); err != nil && !cfg.Rollback {
		return nil, err
	}
	if err := createStore(ctx, cfg, vkey); err != nil {
		return nil, err
	}
	r, err := Open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	r.signer = signer
	if err := r.seal(ctx); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// seal signs the head, if there is a key. What was opened although signed acts are lost is signed when they are there again.
func (r *Record) seal(ctx context.Context) error {
	if r.frozen || r.signer == nil {
		return nil
	}
	if r.rollback {
		if _, lost := r.Lost(ctx); lost != nil {
			return nil
		}
	}
	_, err := r.Checkpoint(ctx)
	return err
}

// checkOrigin says whether a record can be named so: an origin is also the name of a key, in which C2SP allows no blanks
// and no plus signs.
func checkOrigin(origin string) error {
	if origin == "" {
		return fault.New(fault.Invalid, "a new record needs a name (its origin)")
	}
	if !utf8.ValidString(origin) || strings.ContainsFunc(origin, unicode.IsSpace) || strings.Contains(origin, "+") {
		return fault.New(fault.Invalid, "%q cannot name a record", origin)
	}
	return nil
}

// Open opens a record that is there. It refuses what is not a record of Concord, is unreadable, is of a newer format, has a
// damaged head or does not contain what was signed with its key, and then has changed nothing.
func Open(ctx context.Context, cfg Config) (*Record, error) {
	r, err := Inspect(ctx, cfg)
	if err != nil {
		return nil, err
	}
	r.frozen = false
	if err := r.ready(ctx, cfg); err != nil {
		return nil, errors.Join(err, r.store.db.Close())
	}
	return r, nil
}

// ready loads the signing key and the edge of the tree, which proves that the head is sound.
func (r *Record) ready(ctx context.Context, cfg Config) error {
	signer, err := openKey(cfg, r.vkey)
	if err != nil {
		return err
	}
	r.signer = signer
	head, err := r.store.head(ctx, r.store.db)
	if err != nil {
		return err
	}
	r.tree, err = r.store.loadTree(ctx, r.store.db, head)
	if err != nil {
		return err
	}
	r.at = head
	r.learn(head)
	if err := r.store.mayWrite(ctx); err != nil {
		return err
	}
	r.rollback = cfg.Rollback
	if _, lost := r.Lost(ctx); lost != nil && !cfg.Rollback {
		return refuseLost(lost)
	}
	r.statements, err = r.store.prepare(ctx)
	return err
}

// Inspect opens a record for Read and Verify only, even when it is damaged. It refuses what is not a record of Concord
// or of a newer format.
func Inspect(ctx context.Context, cfg Config) (*Record, error) {
	s, err := openStore(ctx, cfg)
	if err != nil {
		return nil, err
	}
	r := &Record{store: s, frozen: true, headFile: cfg.headFile()}
	r.close = sync.OnceValue(r.signAndClose)
	if err := r.identify(ctx, cfg); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	head, err := s.head(ctx, s.db)
	if err != nil {
		head = Head{} // Verify will say so
	}
	r.head.Store(&head)
	return r, nil
}

// identify reads the record's name and public key.
func (r *Record) identify(ctx context.Context, cfg Config) error {
	meta, err := r.store.meta(ctx, r.store.db)
	if err != nil {
		return err
	}
	if err := checkFormat(meta["format"]); err != nil {
		return err
	}
	r.origin, r.vkey = meta["origin"], meta["key"]
	if cfg.Origin != "" && cfg.Origin != r.origin {
		return fault.New(fault.Invalid, "this is the record %q, not %q", r.origin, cfg.Origin)
	}
	return nil
}

// Close signs a last checkpoint when acts have come since the one before, and closes the database. Closing again gives
// what the first time gave.
func (r *Record) Close() error { return r.close() }

func (r *Record) signAndClose() error {
	return errors.Join(r.seal(context.Background()), r.store.close())
}

// Size is the number of acts that this process knows of: what it opened, appended or last saw with Head.
func (r *Record) Size() int64 { return r.head.Load().Size }

// Origin is the record's name, the first line of its checkpoints.
func (r *Record) Origin() string { return r.origin }

// PublicKey is the key that verifies the checkpoints, in C2SP notation: name+hash+key.
func (r *Record) PublicKey() string { return r.vkey }

// Signs says whether the private key is here, so that checkpoints are signed.
func (r *Record) Signs() bool { return r.signer != nil }

// Head asks the database for the head, which another node may have moved.
func (r *Record) Head(ctx context.Context) (Head, error) {
	head, err := r.store.head(ctx, r.store.db)
	if err != nil {
		return Head{}, err
	}
	r.learn(head)
	return head, nil
}

// learn takes note of a head, unless a newer one is known: readers and the writer come here in any order.
func (r *Record) learn(head Head) {
	for {
		known := r.head.Load()
		if known != nil && known.Size >= head.Size {
			return
		}
		if r.head.CompareAndSwap(known, &head) {
			return
		}
	}
}

// DB gives the database, for packages that keep ordinary tables beside the record (sign-in sessions, outgoing mail).
// Names that begin with "record_" are the record's own. On SQLite a transaction takes the write lock when it begins,
// unless it is opened read-only.
func (r *Record) DB() (*sql.DB, Dialect) { return r.store.db, r.store.dialect }
