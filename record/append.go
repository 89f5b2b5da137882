package record

import (
	"context"
	"database/sql"
	"strings"

	"concord/internal/fault"
)

// Append writes the drafts as acts base, base+1, ... in one transaction and gives them back as recorded, once they are
// durable. base must be the size of the record: when the head is elsewhere, because another node was faster, nothing is
// written and the error has kind Conflict; read the tail, check the drafts again, and come back. Serialization failures of
// the database (40001) are tried again here.
//
// Acts of one call are there together or not at all. Calls with many drafts are cheaper per act: each call costs one
// wait for the disk.
func (r *Record) Append(ctx context.Context, base int64, drafts []Draft) ([]Entry, error) {
	if r.frozen {
		return nil, fault.New(fault.Denied, "the record was opened for inspection and is not written to")
	}
	entries, err := seal(base, drafts)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	const tries = 8
	for i := 1; ; i++ {
		err := r.write(ctx, base, entries)
		if err == nil {
			return entries, nil
		}
		if i == tries || !again(err) {
			return nil, err
		}
	}
}

func seal(base int64, drafts []Draft) ([]Entry, error) {
	if base < 0 || base+int64(len(drafts)) > maxSeq {
		return nil, fault.New(fault.Invalid, "no act can have the number %d", base)
	}
	entries := make([]Entry, len(drafts))
	for i, d := range drafts {
		var err error
		if entries[i], err = d.seal(base + int64(i)); err != nil {
			return nil, err
		}
	}
	return entries, nil
}

// write is one try at the transaction. The caller holds mu.
func (r *Record) write(ctx context.Context, base int64, entries []Entry) error {
	s := r.store
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.wrap(err, "write to the record")
	}
	defer tx.Rollback()
	old, err := r.treeAt(ctx, tx, base)
	if err != nil {
		return err
	}
	grown := old.clone()
	var tiles []tile
	for _, e := range entries {
		tiles = append(tiles, grown.push(e.LeafHash())...)
	}
	head := Head{Size: grown.size, Root: grown.root()}
	if err := r.insertActs(ctx, tx, entries); err != nil {
		return s.wrap(err, "write to the record")
	}
	if err := s.putTiles(ctx, tx, append(tiles, grown.partial()...)); err != nil {
		return s.wrap(err, "write to the record")
	}
	if _, err := tx.ExecContext(ctx, s.sql(`UPDATE record_head SET size = ?, root = ? WHERE id = 1`), head.Size, head.Root[:]); err != nil {
		return s.wrap(err, "write to the record")
	}
	if err := tx.Commit(); err != nil && !r.landed(ctx, head) {
		return s.wrap(err, "write to the record")
	}
	r.tree = grown
	r.head.Store(&head)
	return nil
}

// treeAt locks the head, checks that it is at base and gives the tree there: the one in memory, or when another node has
// written, the one in the database.
func (r *Record) treeAt(ctx context.Context, tx *sql.Tx, base int64) (*tree, error) {
	head, err := r.store.lockHead(ctx, tx)
	if err != nil {
		return nil, err
	}
	if head.Size != base {
		return nil, fault.New(fault.Conflict, "the record has %d acts, not %d: somebody else has written", head.Size, base)
	}
	if *r.head.Load() == head && r.tree.size == head.Size {
		return r.tree, nil
	}
	return r.store.loadTree(ctx, tx, head)
}

// landed says, after a commit that reported a failure, whether it took place all the same. A root stands for exactly one
// sequence of acts, so equal heads mean that these acts are in.
func (r *Record) landed(ctx context.Context, want Head) bool {
	head, err := r.store.head(context.WithoutCancel(ctx), r.store.db)
	return err == nil && head == want
}

// insertSizes are how many rows one statement inserts, largest first: few round trips without many statements.
var insertSizes = []int{128, 16, 1}

func (r *Record) insertActs(ctx context.Context, tx *sql.Tx, entries []Entry) error {
	args := make([]any, 0, 3*insertSizes[0])
	for _, size := range insertSizes {
		for len(entries) >= size {
			args = args[:0]
			for _, e := range entries[:size] {
				args = append(args, e.Seq, e.Leaf, e.Body)
			}
			if err := r.insertRows(ctx, tx, size, args); err != nil {
				return err
			}
			entries = entries[size:]
		}
	}
	return nil
}

func (r *Record) insertRows(ctx context.Context, tx *sql.Tx, size int, args []any) error {
	stmt, ok := r.ins[size]
	if !ok {
		rows := strings.TrimSuffix(strings.Repeat("(?, ?, ?), ", size), ", ")
		var err error
		stmt, err = tx.PrepareContext(ctx, r.store.sql(`INSERT INTO record_act (seq, header, body) VALUES `+rows))
		if err != nil {
			return err
		}
		defer stmt.Close()
	}
	_, err := stmt.ExecContext(ctx, args...)
	return err
}

func (s *store) putTiles(ctx context.Context, tx *sql.Tx, tiles []tile) error {
	put := s.sql(`INSERT INTO record_tile (level, n, hashes) VALUES (?, ?, ?)
		ON CONFLICT (level, n) DO UPDATE SET hashes = excluded.hashes`)
	for _, t := range tiles {
		if _, err := tx.ExecContext(ctx, put, t.level, t.n, t.hashes); err != nil {
			return err
		}
	}
	return nil
}
