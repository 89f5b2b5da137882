package record

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
)

const (
	maxFindings   = 200 // what a person can still read
	maxUnreadable = 100 // acts that the database fails to give, before Verify stops asking
)

// Verify checks all that is stored: the structure of the database, what the record says of itself, each header's form and
// number, each body's hash, each stored hash of the tree, the head, and each checkpoint's signature and root. All
// checkpoints are roots of the same growing tree, so each is consistent with the next. It works on a record that is in
// use, as it was at one moment.
//
// progress, if not nil, hears how many of the acts are done. each, if not nil, gets every act in order, so that the caller
// can replay; it is not called again after the first act that is not whole or that it refuses. The error is for what kept
// Verify from working (database away, ctx done); damage is in the Report.
func (r *Record) Verify(ctx context.Context, progress func(done, total int64), each func(Entry) error) (Report, error) {
	kept, keptErr := r.keptHead() // before the moment that is verified: what is signed later is not in it
	options := &sql.TxOptions{ReadOnly: true}
	if r.store.dialect == Postgres {
		options.Isolation = sql.LevelRepeatableRead
	}
	tx, err := r.store.db.BeginTx(ctx, options)
	if err != nil {
		return Report{}, r.store.wrap(err, "read the record")
	}
	defer tx.Rollback()
	v := &verifier{store: r.store, tx: tx, progress: progress, each: each, roots: map[int64]tlog.Hash{}}
	v.report.Origin = r.origin
	if keptErr != nil {
		v.find(PartCheckpoint, -1, "%v", keptErr)
	}
	if kept != nil {
		v.kept = kept
		v.roots[kept.Size] = tlog.Hash{}
	}
	steps := []func(context.Context) error{v.database, v.meta, v.extent, v.readCheckpoints, v.acts, v.strayTiles, v.head, v.checkpoints}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return v.report, err
		}
		if err := ctx.Err(); err != nil {
			return v.report, fault.Wrap(err, fault.Unavailable, "the verification was stopped")
		}
		if v.ended(ctx) {
			v.find(PartDatabase, -1, "the database gives no more answers, so the rest was not checked")
			return v.report, nil
		}
	}
	return v.report, nil
}

// verifier is one run of Verify.
type verifier struct {
	store    *store
	tx       *sql.Tx
	progress func(done, total int64)
	each     func(Entry) error
	report   Report

	headOK     bool
	size       int64               // acts to walk through
	computed   tree                // grown from the headers
	stored     tree                // grown from the stored leaf hashes
	gap        bool                // an act is missing, so that no tree can be grown beyond it
	disagree   []int64             // acts whose header and stored leaf hash differ
	unreadable int                 // acts that the database failed to give
	notes      []storedNote        // the checkpoints, by size
	roots      map[int64]tlog.Hash // computed roots at the sizes of the checkpoints
	key        note.Verifier
	kept       *signedHead // beside the key; nil when none is there
}

type storedNote struct {
	size int64
	text []byte
}

func (v *verifier) find(part string, act int64, format string, args ...any) {
	if len(v.report.Findings) == maxFindings {
		v.report.More++
		return
	}
	v.report.Findings = append(v.report.Findings, Finding{part, act, fmt.Sprintf(format, args...), fault.Say(format, args...)})
}

// database checks what lies beneath the record.
func (v *verifier) database(ctx context.Context) error {
	var version string
	query := `SELECT 'SQLite ' || sqlite_version()`
	if v.store.dialect == Postgres {
		query = `SELECT 'PostgreSQL ' || current_setting('server_version')`
	}
	if err := v.tx.QueryRowContext(ctx, query).Scan(&version); err != nil {
		return v.store.wrap(err, "ask the database for its version")
	}
	v.report.Database = version
	if v.store.dialect == SQLite {
		return v.sqliteFile(ctx)
	}
	return v.triggers(ctx, `SELECT 'trigger', tgname::text, relname::text FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
		WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace AND relname LIKE 'record\_%' ORDER BY 2`)
}

// triggers names what can change or hide rows unseen, in the record's tables and, on SQLite, anywhere in its file.
func (v *verifier) triggers(ctx context.Context, query string) error {
	rows, err := v.tx.QueryContext(ctx, query)
	if err != nil {
		v.find(PartDatabase, -1, "the triggers and views cannot be listed: %v", err)
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var kind, name, table string
		if err := rows.Scan(&kind, &name, &table); err != nil {
			v.find(PartDatabase, -1, "the triggers and views cannot be listed: %v", err)
			return nil
		}
		v.find(PartDatabase, -1, "there is a %s %q on %q in the database, and nothing of Concord makes one", kind, name, table)
	}
	if err := rows.Err(); err != nil {
		v.find(PartDatabase, -1, "the triggers and views cannot be listed: %v", err)
	}
	return nil
}

// meta checks what the record says of itself.
func (v *verifier) meta(ctx context.Context) error {
	meta, err := v.store.meta(ctx, v.tx)
	if err != nil {
		v.find(PartMeta, -1, "what the record says of itself cannot be read: %v", err)
		return nil
	}
	if err := checkFormat(meta["format"]); err != nil {
		v.find(PartMeta, -1, "%v", err)
	}
	v.key, err = note.NewVerifier(meta["key"])
	if err != nil {
		v.find(PartMeta, -1, "the public key of the record was changed: %v", err)
	} else if v.key.Name() != meta["origin"] {
		v.find(PartMeta, -1, "the record calls itself %q and its key is of %q", meta["origin"], v.key.Name())
	}
	for name := range meta {
		if !slices.Contains([]string{"format", "key", "origin"}, name) {
			v.find(PartMeta, -1, "the record says something of itself that it should not: %q", name)
		}
	}
	return nil
}

// extent finds how many acts there are to walk through: what both the head and the rows allow.
func (v *verifier) extent(ctx context.Context) error {
	head, err := v.store.head(ctx, v.tx)
	v.headOK = err == nil
	if err != nil {
		v.find(PartHead, -1, "the head cannot be read: %v", err)
	}
	v.report.Head = head
	var heads, count int64
	var first, last sql.NullInt64
	err = v.tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM record_head), count(*), min(seq), max(seq) FROM record_act`).Scan(&heads, &count, &first, &last)
	if err != nil {
		v.find(PartDatabase, -1, "the acts cannot be counted: %v", err)
		v.size = head.Size
		return nil
	}
	if heads != 1 {
		v.find(PartHead, -1, "there are %d heads", heads)
	}
	v.size = count
	if v.headOK {
		v.size = min(head.Size, last.Int64+1)
		if !last.Valid {
			v.size = 0
		}
		if v.size < head.Size {
			v.find(PartHead, -1, "the head says that there are %d acts, and the last one there is act %d", head.Size, v.size-1)
		}
	}
	if first.Int64 < 0 || last.Int64 >= v.size && last.Valid {
		v.find(PartHeader, last.Int64, "there are acts beyond the head: the head has %d acts, and there are acts from %d to %d", head.Size, first.Int64, last.Int64)
	}
	return nil
}

func (v *verifier) readCheckpoints(ctx context.Context) error {
	rows, err := v.tx.QueryContext(ctx, `SELECT size, note FROM record_checkpoint ORDER BY size`)
	if err != nil {
		v.find(PartCheckpoint, -1, "the checkpoints cannot be read: %v", err)
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var n storedNote
		if err := rows.Scan(&n.size, &n.text); err != nil {
			v.find(PartCheckpoint, -1, "a checkpoint cannot be read: %v", err)
			return nil
		}
		v.notes = append(v.notes, n)
		v.roots[n.size] = tlog.Hash{}
	}
	if err := rows.Err(); err != nil {
		v.find(PartCheckpoint, -1, "the checkpoints cannot be read: %v", err)
	}
	return nil
}

// acts walks through the acts, one tile of 256 at a time, and compares headers, bodies and stored hashes.
func (v *verifier) acts(ctx context.Context) error {
	v.takeRoot()
	for from := int64(0); from < v.size; from += tileWidth {
		to := min(from+tileWidth, v.size)
		v.grow(ctx, from, v.readActs(ctx, from, to))
		if v.ended(ctx) {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return fault.Wrap(err, fault.Unavailable, "the verification was stopped")
		}
		if v.progress != nil {
			v.progress(to, v.size)
		}
	}
	if v.gap {
		v.find(PartTile, -1, "because acts are missing, the hashes above them could not be checked")
		return nil
	}
	for _, t := range v.stored.partial(0) {
		v.compareTile(ctx, t)
	}
	return nil
}

// ended says whether the transaction is of no more use: PostgreSQL ends it at the first failure, and a file that failed
// too often is not asked again.
func (v *verifier) ended(ctx context.Context) bool {
	if v.unreadable > maxUnreadable {
		return true
	}
	if v.store.dialect == SQLite || v.report.OK() {
		return false
	}
	var one int
	return v.tx.QueryRowContext(ctx, `SELECT 1`).Scan(&one) != nil
}

// readActs checks the acts from, from+1, ... before to, and gives their leaf hashes; nil for an act that is not there.
func (v *verifier) readActs(ctx context.Context, from, to int64) []*leafPair {
	leaves := make([]*leafPair, to-from)
	for next := from; next < to; {
		at, err := v.stream(ctx, from, next, to, leaves)
		if err == nil {
			break
		}
		v.unreadable++
		v.broken(PartHeader, at, "act %d cannot be read: %v", at, err)
		if v.unreadable > maxUnreadable || ctx.Err() != nil {
			break
		}
		next = at + 1
	}
	return leaves
}

// stream reads rows until one fails and gives the number of that one.
func (v *verifier) stream(ctx context.Context, base, next, to int64, leaves []*leafPair) (int64, error) {
	rows, err := v.store.acts(ctx, v.tx, next, to)
	if err != nil {
		return next, err
	}
	defer rows.Close()
	for rows.Next() {
		row, err := scanAct(rows)
		if err != nil {
			return next, err
		}
		if row.seq < next || row.seq >= to {
			return next, damaged("the database gives act %d in its place", row.seq)
		}
		v.missing(next, row.seq)
		leaves[row.seq-base] = v.act(row)
		next = row.seq + 1
	}
	if err := rows.Err(); err != nil {
		return next, err
	}
	v.missing(next, to)
	return to, nil
}

func (v *verifier) missing(from, to int64) {
	switch {
	case to == from+1:
		v.broken(PartHeader, from, "act %d is missing", from)
	case to > from:
		v.broken(PartHeader, from, "the acts %d to %d are missing", from, to-1)
	}
}

// broken is a finding after which the acts cannot be replayed.
func (v *verifier) broken(part string, act int64, format string, args ...any) {
	v.find(part, act, format, args...)
	v.each = nil
}

// leafPair is the leaf hash of an act twice: from its header, and as stored beside it.
type leafPair struct{ computed, stored tlog.Hash }

// act checks one row by itself and gives its leaf hashes.
func (v *verifier) act(row actRow) *leafPair {
	v.report.Acts++
	v.report.Bytes += int64(len(row.header) + len(row.body))
	leaf := &leafPair{computed: tlog.RecordHash(row.header)}
	if copy(leaf.stored[:], row.leaf) != len(row.leaf) || len(row.leaf) != tlog.HashSize {
		v.find(PartTile, row.seq, "the stored leaf hash of act %d has %d bytes", row.seq, len(row.leaf))
	}
	h, err := ParseHeader(row.header)
	switch {
	case err != nil:
		v.broken(PartHeader, row.seq, "the header of act %d was changed: %v", row.seq, err)
	case h.Seq != row.seq:
		v.broken(PartHeader, row.seq, "the header of act %d says that it is act %d", row.seq, h.Seq)
	case row.body == nil:
		v.find(PartBody, row.seq, "the body of act %d is missing", row.seq)
		v.replay(Entry{Header: h, Leaf: row.header}) // it may have been erased: what comes after is replayed without it
	case DigestOf(row.body) != h.Body:
		v.broken(PartBody, row.seq, "the body of act %d was changed: it is not the one that its header names", row.seq)
	default:
		v.replay(Entry{Header: h, Leaf: row.header, Body: row.body})
	}
	return leaf
}

func (v *verifier) replay(e Entry) {
	if v.each == nil {
		return
	}
	if err := v.each(e); err != nil {
		v.broken(PartReplay, e.Seq, "act %d (%s) cannot be replayed: %v", e.Seq, e.Kind, err)
		return
	}
	v.report.Replayed++
}

// grow adds the leaves of one tile to both trees and compares the tiles that this fills. After a gap there are no trees.
func (v *verifier) grow(ctx context.Context, from int64, leaves []*leafPair) {
	for i, leaf := range leaves {
		if v.gap = v.gap || leaf == nil; v.gap {
			return
		}
		if leaf.computed != leaf.stored {
			v.disagree = append(v.disagree, from+int64(i))
		}
		v.computed.push(leaf.computed)
		for _, full := range v.stored.push(leaf.stored) {
			v.compareTile(ctx, full)
		}
		v.takeRoot()
	}
}

// takeRoot keeps the computed root when there is a checkpoint of the present size.
func (v *verifier) takeRoot() {
	if _, wanted := v.roots[v.computed.size]; wanted {
		v.roots[v.computed.size] = v.computed.root()
	}
}

// compareTile compares a stored tile with what the tiles below it make.
func (v *verifier) compareTile(ctx context.Context, want tile) {
	v.report.Tiles++
	got, err := v.store.tile(ctx, v.tx, want.level, want.n)
	if err != nil {
		v.find(PartTile, -1, "the tile %d/%d of stored hashes cannot be read: %v", want.level, want.n, err)
		return
	}
	if len(got) != len(want.hashes) {
		v.find(PartTile, -1, "the tile %d/%d of stored hashes has %d bytes, not %d", want.level, want.n, len(got), len(want.hashes))
		return
	}
	for i := 0; i < len(got); i += tlog.HashSize {
		if tlog.Hash(got[i:]) == tlog.Hash(want.hashes[i:]) {
			continue
		}
		place := i / tlog.HashSize
		below := want.n*tileWidth + int64(place)
		v.find(PartTile, -1, "the stored hash %d of the tile %d/%d is not the one that the tile %d/%d makes", place, want.level, want.n, want.level-1, below)
	}
}

// strayTiles looks for tiles that no act accounts for.
func (v *verifier) strayTiles(ctx context.Context) error {
	rows, err := v.tx.QueryContext(ctx, `SELECT level, count(*), min(n), max(n) FROM record_tile GROUP BY level ORDER BY level`)
	if err != nil {
		v.find(PartTile, -1, "the tiles cannot be counted: %v", err)
		return nil
	}
	defer rows.Close()
	for rows.Next() {
		var level, count, first, last int64
		if err := rows.Scan(&level, &count, &first, &last); err != nil {
			v.find(PartTile, -1, "the tiles cannot be counted: %v", err)
			return nil
		}
		want := tilesAt(v.size, level)
		if count > want || first < 0 || last >= want {
			v.find(PartTile, -1, "there are %d tiles at level %d, from %d to %d; %d acts make %d", count, level, first, last, v.size, want)
		}
	}
	if err := rows.Err(); err != nil {
		v.find(PartTile, -1, "the tiles cannot be counted: %v", err)
	}
	return nil
}

// tilesAt is how many tiles of a level, from 1 up, a tree of that size has.
func tilesAt(size, level int64) int64 {
	if level < 1 || level >= 64/tileHeight {
		return 0
	}
	return (size>>(tileHeight*level) + tileWidth - 1) / tileWidth
}

// head compares the head with the two trees, which also tells which side of a disagreement was changed.
func (v *verifier) head(context.Context) error {
	if v.gap {
		return nil
	}
	root := v.report.Head.Root
	acts, hashes := v.computed.root() == root, v.stored.root() == root
	for _, seq := range v.disagree {
		switch {
		case acts:
			v.find(PartTile, seq, "the stored leaf hash of act %d was changed; the act itself is whole", seq)
		case hashes:
			v.find(PartHeader, seq, "the header of act %d was changed: its hash is not the one in the tree", seq)
		default:
			v.find(PartHeader, seq, "the header of act %d and its stored leaf hash do not agree; one of them was changed", seq)
		}
	}
	if v.headOK && !acts && !hashes {
		v.find(PartHead, -1, "the root in the head is not the root of the acts")
	}
	return nil
}

// checkpoints checks each signature, and each root against the acts.
func (v *verifier) checkpoints(context.Context) error {
	if len(v.notes) == 0 {
		v.find(PartCheckpoint, -1, "there is no checkpoint, and each record begins with one")
	}
	for _, n := range v.notes {
		v.checkpoint(n)
	}
	v.keptHead()
	return nil
}

// keptHead checks that the record contains the head that is kept beside the key.
func (v *verifier) keptHead() {
	switch {
	case v.kept == nil:
	case v.kept.Size > v.size:
		v.find(PartCheckpoint, -1, "the head kept beside the key was signed for %d acts, and there are only %d: acts are lost", v.kept.Size, v.size)
	case v.gap && v.kept.Size > v.computed.size: // its root cannot be computed; the gap is a finding of its own
	case v.kept.Root != v.roots[v.kept.Size]:
		v.find(PartCheckpoint, -1, "the head kept beside the key was signed at %d acts for other acts than these", v.kept.Size)
	}
}

func (v *verifier) checkpoint(n storedNote) {
	v.report.Checkpoints++
	if v.key == nil {
		v.find(PartCheckpoint, -1, "the checkpoint at %d acts cannot be checked without the public key", n.size)
		return
	}
	head, err := openCheckpoint(n.text, v.key)
	switch {
	case err != nil:
		v.find(PartCheckpoint, -1, "the checkpoint at %d acts was changed: %v", n.size, err)
	case head.Size != n.size:
		v.find(PartCheckpoint, -1, "the checkpoint kept for %d acts is one of %d acts", n.size, head.Size)
	case head.Size > v.size:
		v.find(PartCheckpoint, -1, "a checkpoint was signed for %d acts, and there are only %d: acts are lost", head.Size, v.size)
	case v.gap && head.Size > v.computed.size: // its root cannot be computed; the gap is a finding of its own
	case head.Root != v.roots[n.size]:
		v.find(PartCheckpoint, -1, "the checkpoint at %d acts was signed for other acts than these", n.size)
	default:
		v.report.Signed = max(v.report.Signed, head.Size)
	}
}
