package record

import (
	"context"
	"encoding/binary"
	"errors"
	"net/http"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
)

// ProveInclusion gives the proof that act seq is in the tree of the first size acts, for tlog.CheckRecord or any RFC 6962
// verifier. The hashes are checked against the head before they leave.
func (r *Record) ProveInclusion(ctx context.Context, size, seq int64) (tlog.RecordProof, error) {
	hashes, head, err := r.hashes(ctx)
	if err != nil {
		return nil, err
	}
	if seq < 0 || seq >= size || size > head.Size {
		return nil, fault.New(fault.NotFound, "there is no act %d among the first %d of %d acts", seq, size, head.Size)
	}
	proof, err := tlog.ProveRecord(size, seq, hashes)
	return proof, r.proofError(err)
}

// ProveConsistency gives the proof that the tree of the first old acts is a beginning of the tree of the first size acts,
// for tlog.CheckTree.
func (r *Record) ProveConsistency(ctx context.Context, old, size int64) (tlog.TreeProof, error) {
	hashes, head, err := r.hashes(ctx)
	if err != nil {
		return nil, err
	}
	if old < 1 || old > size || size > head.Size {
		return nil, fault.New(fault.NotFound, "there is no way from %d to %d acts in a record of %d", old, size, head.Size)
	}
	proof, err := tlog.ProveTree(size, old, hashes)
	return proof, r.proofError(err)
}

// RootAt gives the root of the tree of the first size acts.
func (r *Record) RootAt(ctx context.Context, size int64) (tlog.Hash, error) {
	hashes, head, err := r.hashes(ctx)
	if err != nil {
		return tlog.Hash{}, err
	}
	if size < 0 || size > head.Size {
		return tlog.Hash{}, fault.New(fault.NotFound, "the record has %d acts, not %d", head.Size, size)
	}
	root, err := tlog.TreeHash(size, hashes)
	return root, r.proofError(err)
}

func (r *Record) proofError(err error) error {
	if err == nil || fault.KindOf(err) != fault.Internal {
		return err
	}
	return fault.Wrap(err, fault.Unavailable, "the record is damaged (verify tells more): its hashes do not lead to its head")
}

// hashes reads the tree's hashes and proves each by the head.
func (r *Record) hashes(ctx context.Context) (tlog.HashReader, Head, error) {
	head, err := r.store.head(ctx, r.store.db)
	if err != nil {
		return nil, Head{}, err
	}
	tiles := tileReader{ctx: ctx, store: r.store}
	return tlog.TileHashReader(tlog.Tree{N: head.Size, Hash: head.Root}, tiles), head, nil
}

// tileReader is the tlog.TileReader of a record; its context is that of the one call it lives for.
type tileReader struct {
	ctx   context.Context
	store *store
}

func (tileReader) Height() int { return tileHeight }

func (tileReader) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tileReader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	data := make([][]byte, len(tiles))
	for i, want := range tiles {
		hashes, err := t.store.tile(t.ctx, t.store.db, want.L, want.N)
		if err != nil {
			return nil, err
		}
		if len(hashes) < want.W*tlog.HashSize {
			return nil, damaged("the tile %d/%d is too short", want.L, want.N)
		}
		data[i] = hashes[:want.W*tlog.HashSize]
	}
	return data, nil
}

// Tile gives the first width hashes (1 to 256) of the n'th tile at a level, as in C2SP tlog-tiles.
func (r *Record) Tile(ctx context.Context, level int, n int64, width int) ([]byte, error) {
	hashes, err := r.store.tile(ctx, r.store.db, level, n)
	if err != nil {
		return nil, err
	}
	if width < 1 || len(hashes) < width*tlog.HashSize {
		return nil, fault.New(fault.NotFound, "the tile %d/%d does not have %d hashes", level, n, width)
	}
	return hashes[:width*tlog.HashSize], nil
}

// EntryBundle gives the leaves of the acts n*256 ... n*256+width-1, each after its length in two bytes, big-endian. The
// leaves are headers; bodies are never in a bundle.
func (r *Record) EntryBundle(ctx context.Context, n int64, width int) ([]byte, error) {
	if n < 0 || n > maxSeq/tileWidth || width < 1 || width > tileWidth {
		return nil, fault.New(fault.NotFound, "there is no bundle %d of %d acts", n, width)
	}
	from := n * tileWidth
	rows, err := r.store.acts(ctx, r.store.db, from, from+int64(width))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var bundle []byte
	count := 0
	for ; rows.Next(); count++ {
		row, err := scanAct(rows)
		if err != nil {
			return nil, r.store.wrap(err, "read the acts")
		}
		bundle = binary.BigEndian.AppendUint16(bundle, uint16(len(row.header)))
		bundle = append(bundle, row.header...)
	}
	if err := rows.Err(); err != nil {
		return nil, r.store.wrap(err, "read the acts")
	}
	if count < width {
		return nil, fault.New(fault.NotFound, "the bundle %d does not have %d acts", n, width)
	}
	return bundle, nil
}

// Handler serves the record as C2SP tlog-tiles, read-only: checkpoint (the newest that was signed), tile/<L>/<N>[.p/<W>]
// and tile/entries/<N>[.p/<W>]. Mount it with http.StripPrefix.
func (r *Record) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.Method != http.MethodGet && req.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "the record is only read here", http.StatusMethodNotAllowed)
			return
		}
		body, kind, err := r.resource(req.Context(), strings.TrimPrefix(req.URL.Path, "/"))
		if err != nil {
			http.Error(w, fault.Sentence(err), statusOf(err))
			return
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Access-Control-Allow-Origin", "*")
		if strings.HasPrefix(kind, "text/") {
			w.Header().Set("Cache-Control", "no-cache")
		} else {
			w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		}
		w.Write(body) // the reader may be gone; nothing to do about it
	})
}

func statusOf(err error) int {
	if fault.KindOf(err) == fault.NotFound {
		return http.StatusNotFound
	}
	return http.StatusServiceUnavailable
}

// resource gives what lies at a path of the tlog-tiles interface, and its media type.
func (r *Record) resource(ctx context.Context, path string) ([]byte, string, error) {
	if path == "checkpoint" {
		signed, err := r.LastCheckpoint(ctx)
		return signed, "text/plain; charset=utf-8", err
	}
	t, err := ParseTilePath(path)
	if err != nil {
		return nil, "", err
	}
	const binaryKind = "application/octet-stream"
	if t.L < 0 {
		bundle, err := r.EntryBundle(ctx, t.N, t.W)
		return bundle, binaryKind, err
	}
	hashes, err := r.Tile(ctx, t.L, t.N, t.W)
	return hashes, binaryKind, err
}

// ParseTilePath reads a path of C2SP tlog-tiles; a bundle of entries has level -1. NotFound when it is none.
func ParseTilePath(path string) (tlog.Tile, error) {
	none := fault.New(fault.NotFound, "there is nothing at this address of the record")
	rest, ok := strings.CutPrefix(path, "tile/")
	if !ok || strings.HasPrefix(rest, "data/") {
		return tlog.Tile{}, none
	}
	if entries, ok := strings.CutPrefix(rest, "entries/"); ok {
		rest = "data/" + entries // the same place in the notation of tlog
	}
	t, err := tlog.ParseTilePath("tile/8/" + rest)
	if err != nil {
		return tlog.Tile{}, errors.Join(none, err)
	}
	return t, nil
}
