package record

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"runtime"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
)

// Append writes the drafts as acts base, base+1, ... in one transaction and gives them back as recorded, once they are
// durable. base must be the size of the record: when the head is elsewhere, because another node was faster, nothing is
// written and the error has kind Conflict; read the tail, check the drafts again, and come back. Serialization failures of
// the database (40001) are tried again here.
//
// An error of kind Unavailable means that nothing was written. When the database went away in the midst of a commit, the
// record is asked again for some seconds what became of it; when it does not come back in that time, the error has kind
// Unknown: the acts are all there or none is. Head tells once it answers.
//
// Acts of one call are there together or not at all. Calls with many drafts are cheaper per act: each call costs one
// wait for the disk.
func (r *Record) Append(ctx context.Context, base int64, drafts []Draft) ([]Entry, error) {
	return r.AppendMoved(ctx, base, drafts, func(head Head) ([]Draft, error) {
		return nil, fault.New(fault.Conflict, "the record has %d acts, not %d: somebody else has written", head.Size, base)
	})
}

// AppendMoved is Append for a caller who can go on when another node was faster: the record is then held for it, so that no
// third is faster again, while moved reads the tail up to the head that it is given and says what is to be written there.
// Nothing is an answer, too. An error of moved is that of AppendMoved, and nothing was written.
func (r *Record) AppendMoved(ctx context.Context, base int64, drafts []Draft, moved func(head Head) ([]Draft, error)) ([]Entry, error) {
	if r.frozen {
		return nil, fault.New(fault.Denied, "the record was opened for inspection and is not written to")
	}
	entries, err := sealAll(base, drafts)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	const tries = 8
	for i := 1; ; i++ {
		written, err := r.write(ctx, base, entries, moved)
		if err == nil {
			return plain(written), nil
		}
		if i == tries || !again(err) {
			return nil, err
		}
	}
}

// sealAll seals the drafts on all processors: hashing is most of the work that the database does not do.
func sealAll(base int64, drafts []Draft) ([]sealed, error) {
	if base < 0 || base > maxSeq-int64(len(drafts)) {
		return nil, fault.New(fault.Invalid, "no act can have the number %d", base)
	}
	const atLeast = 32 // drafts for which a goroutine is worth its start
	share := max(atLeast, (len(drafts)+runtime.GOMAXPROCS(0)-1)/runtime.GOMAXPROCS(0))
	entries := make([]sealed, len(drafts))
	errs := make([]error, len(drafts))
	var wg sync.WaitGroup
	for from := 0; from < len(drafts); from += share {
		wg.Go(func() {
			for i := from; i < min(from+share, len(drafts)); i++ {
				entries[i], errs[i] = drafts[i].seal(base + int64(i))
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// plain gives the entries as callers see them.
func plain(entries []sealed) []Entry {
	out := make([]Entry, len(entries))
	for i, e := range entries {
		out[i] = e.Entry
	}
	return out
}

// write is one try at the transaction: it writes the entries at base or, where the head has moved, what moved says. The caller
// holds mu.
func (r *Record) write(ctx context.Context, base int64, entries []sealed, moved func(Head) ([]Draft, error)) ([]sealed, error) {
	s := r.store
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return nil, s.wrap(err, "write to the record")
	}
	defer tx.Rollback()
	now, err := s.scanHead(tx.StmtContext(ctx, r.statements.lock).QueryRowContext(ctx))
	if err != nil {
		return nil, err
	}
	if now.Size != base {
		if entries, err = sealMoved(now, moved); err != nil || len(entries) == 0 {
			return nil, err
		}
	}
	old, err := r.treeAt(ctx, tx, now)
	if err != nil {
		return nil, err
	}
	grown := old.clone()
	var tiles []tile
	for _, e := range entries {
		tiles = append(tiles, grown.push(e.hash)...)
	}
	head := Head{Size: grown.size, Root: grown.root()}
	if err := r.put(ctx, tx, entries, append(tiles, grown.partial(old.size)...), head); err != nil {
		return nil, s.wrap(err, "write to the record")
	}
	if err := tx.Commit(); err != nil {
		if err := r.settle(ctx, head, entries[len(entries)-1], err); err != nil {
			return nil, err
		}
	}
	r.tree, r.at = grown, head
	r.learn(head)
	return entries, nil
}

// sealMoved seals what is to be written at a head that has moved.
func sealMoved(head Head, moved func(Head) ([]Draft, error)) ([]sealed, error) {
	drafts, err := moved(head)
	if err != nil {
		return nil, err
	}
	return sealAll(head.Size, drafts)
}

func (r *Record) put(ctx context.Context, tx *sql.Tx, entries []sealed, tiles []tile, head Head) error {
	if err := r.statements.acts(ctx, tx, entries); err != nil {
		return err
	}
	if err := r.statements.tiles(ctx, tx, tiles); err != nil {
		return err
	}
	return r.statements.putHead(ctx, tx, head)
}

// treeAt gives the tree at the head of a record that is held: the one in memory, grown by the leaves that other nodes have
// written since when they are few, or the one in the database.
func (r *Record) treeAt(ctx context.Context, tx *sql.Tx, head Head) (*tree, error) {
	const few = 1024
	switch since := head.Size - r.at.Size; {
	case head == r.at:
		return r.tree, nil
	case since <= 0 || since > few:
		return r.store.loadTree(ctx, tx, head)
	}
	rows, err := tx.QueryContext(ctx, r.store.sql(`SELECT leaf FROM record_act WHERE seq >= ? AND seq < ? ORDER BY seq`), r.at.Size, head.Size)
	if err != nil {
		return nil, r.store.wrap(err, "read the leaf hashes")
	}
	defer rows.Close()
	t := r.tree.clone()
	for rows.Next() {
		var leaf []byte
		if err := rows.Scan(&leaf); err != nil || len(leaf) != tlog.HashSize {
			return nil, errors.Join(r.store.wrap(err, "read the leaf hashes"), damaged("act %d is missing or has no leaf hash", t.size))
		}
		t.push(tlog.Hash(leaf))
	}
	if err := rows.Err(); err != nil {
		return nil, r.store.wrap(err, "read the leaf hashes")
	}
	if t.size != head.Size || t.root() != head.Root {
		return nil, damaged("the root of its tree is not the root of its head")
	}
	return t, nil
}

// settleWithin is how long the record is asked what became of a commit.
const settleWithin = 5 * time.Second

// settle finds out what became of a commit that reported a failure: nil when it took place all the same, the failure when it
// did not, an error of kind Unknown when that cannot be told.
func (r *Record) settle(ctx context.Context, want Head, last sealed, failed error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleWithin)
	defer cancel()
	for {
		switch landed, err := r.landed(ctx, want, last); {
		case err == nil && landed:
			return nil
		case err == nil && r.store.mayReturn(failed):
			return notKnown(failed)
		case err == nil:
			return r.store.wrap(failed, "write to the record")
		}
		select {
		case <-time.After(100 * time.Millisecond):
		case <-ctx.Done():
			return notKnown(failed)
		}
	}
}

func notKnown(failed error) error {
	return fault.Wrap(failed, fault.Unknown, "it is not known whether this was done: the record stopped answering while it was being written")
}

// landed says whether a commit took place: whether the record has the last of its acts. A root stands for exactly one
// sequence of acts, and a leaf for one act. Asking for the lock waits for a server that is still at it.
func (r *Record) landed(ctx context.Context, want Head, last sealed) (bool, error) {
	head, err := r.store.scanHead(r.statements.lock.QueryRowContext(ctx))
	if err != nil || head.Size < want.Size {
		return false, err
	}
	if head.Size == want.Size {
		return head.Root == want.Root, nil
	}
	var leaf []byte // others have written since
	err = r.store.db.QueryRowContext(ctx, r.store.sql(`SELECT leaf FROM record_act WHERE seq = ?`), last.Seq).Scan(&leaf)
	return bytes.Equal(leaf, last.hash[:]), err
}

// insertSizes are how many rows one statement inserts, largest first: few round trips without many statements.
var insertSizes = []int{128, 16, 1}

// statements are those of an append, prepared once.
type statements struct {
	insert map[int]*sql.Stmt // by number of rows
	tile   *sql.Stmt
	lock   *sql.Stmt // reads the head and keeps other writers away until the transaction ends
	head   *sql.Stmt
}

func (s *store) prepare(ctx context.Context) (*statements, error) {
	p := &statements{insert: map[int]*sql.Stmt{}}
	var failed error
	prepare := func(query string) *sql.Stmt {
		stmt, err := s.db.PrepareContext(ctx, s.sql(query))
		failed = errors.Join(failed, err)
		return stmt
	}
	for _, size := range insertSizes {
		rows := strings.TrimSuffix(strings.Repeat("(?, ?, ?, ?), ", size), ", ")
		p.insert[size] = prepare(`INSERT INTO record_act (seq, leaf, header, body) VALUES ` + rows)
	}
	p.tile = prepare(`INSERT INTO record_tile (level, n, hashes) VALUES (?, ?, ?)
		ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes`)
	p.lock = prepare(s.lockHead())
	p.head = prepare(`UPDATE record_head SET size = ?, root = ? WHERE id = 1`)
	return p, s.wrap(failed, "prepare to write to the record")
}

func (p *statements) acts(ctx context.Context, tx *sql.Tx, entries []sealed) error {
	args := make([]any, 0, 4*insertSizes[0])
	for _, size := range insertSizes {
		for len(entries) >= size {
			args = args[:0]
			for i := range size {
				e := &entries[i]
				args = append(args, e.Seq, e.hash[:], e.Leaf, e.Body)
			}
			if _, err := tx.StmtContext(ctx, p.insert[size]).ExecContext(ctx, args...); err != nil {
				return err
			}
			entries = entries[size:]
		}
	}
	return nil
}

func (p *statements) tiles(ctx context.Context, tx *sql.Tx, tiles []tile) error {
	put := tx.StmtContext(ctx, p.tile)
	for _, t := range tiles {
		if _, err := put.ExecContext(ctx, t.level, t.n, t.hashes); err != nil {
			return err
		}
	}
	return nil
}

func (p *statements) putHead(ctx context.Context, tx *sql.Tx, head Head) error {
	_, err := tx.StmtContext(ctx, p.head).ExecContext(ctx, head.Size, head.Root[:])
	return err
}
