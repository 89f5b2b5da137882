package record

import (
	"encoding/binary"
	"testing"

	"golang.org/x/mod/sumdb/tlog"
)

// TestTheTreeIsThatOfTlog grows a tree past 256*256 leaves, where a third level of tiles begins, and compares every root
// near a boundary and every tile with those that tlog makes of the same leaves.
func TestTheTreeIsThatOfTlog(t *testing.T) {
	const size = 256*256 + 700
	var stored []tlog.Hash
	hashes := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, at := range indexes {
			out[i] = stored[at]
		}
		return out, nil
	})
	grown := new(tree)
	counts := map[int]int64{}
	check := func(tiles []tile) {
		for _, got := range tiles {
			want, err := tlog.ReadTileData(tlog.Tile{H: 8, L: got.level, N: got.n, W: len(got.hashes) / 32}, hashes)
			if err != nil || string(want) != string(got.hashes) {
				t.Fatalf("with %d leaves the tile %d/%d is not that of tlog, %v", grown.size, got.level, got.n, err)
			}
			counts[got.level]++
		}
	}
	for n := range int64(size) {
		leaf := tlog.RecordHash(binary.AppendVarint(nil, n))
		more, err := tlog.StoredHashesForRecordHash(n, leaf, hashes)
		if err != nil {
			t.Fatal(err)
		}
		stored = append(stored, more...)
		check(grown.push(leaf))
		if near := (n + 3) % 256; near < 6 || n < 600 {
			want, err := tlog.TreeHash(n+1, hashes)
			if err != nil || grown.root() != want || grown.clone().root() != want {
				t.Fatalf("the root of %d leaves is %v, tlog says %v %v", n+1, grown.root(), want, err)
			}
		}
	}
	check(grown.partial(0))
	for level := range 4 {
		if want := tilesAt(size, int64(level)); counts[level] != want {
			t.Errorf("there were %d tiles of level %d, not %d", counts[level], level, want)
		}
	}
}

func TestOldSQLiteIsRefused(t *testing.T) {
	for version, refused := range map[string]bool{
		"3.51.2": true, "3.51.3": false, "3.53.4": false, "3.9.0": true, "3.51": true, "4.0.0": false, "2.99.99": true, "": true,
	} {
		if err := refuseOldSQLite(version); (err != nil) != refused {
			t.Errorf("SQLite %q: %v", version, err)
		}
	}
}
