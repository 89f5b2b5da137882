package record

import (
	"slices"

	"golang.org/x/mod/sumdb/tlog"
)

// The tree is kept as tiles of C2SP tlog-tiles: a tile at level l holds up to 256 hashes, each the root of 256^l leaves.
// Level 0, the leaf hashes themselves, lies beside the acts; the levels above have a table.
const (
	tileHeight = 8
	tileWidth  = 1 << tileHeight
	tileBytes  = tileWidth * tlog.HashSize
)

// tile is one row of hashes: the n'th at its level. It is full when it has tileBytes.
type tile struct {
	level  int
	n      int64
	hashes []byte
}

// tree is the growing edge of the Merkle tree: for each level the hashes of its last, not yet full tile. That is all
// that is needed to go on and to know the root. It is at most 8 KB a level, and levels are log256 of the size.
type tree struct {
	size  int64
	edge  [][]byte
	peaks [][]tlog.Hash // for each level the roots of the perfect subtrees of its edge, the widest first
}

// clone gives a tree that grows while this one stays as it is. Both have their edges in the same room, so only one of the
// clones of a tree may be used: the last.
func (t *tree) clone() *tree {
	c := &tree{t.size, slices.Clone(t.edge), make([][]tlog.Hash, len(t.peaks))}
	for l, peaks := range t.peaks {
		c.peaks[l] = append(make([]tlog.Hash, 0, tileHeight+1), peaks...)
	}
	return c
}

// push adds one leaf hash and gives the tiles that it filled, from level 1 upward. (Level 0 is kept beside the acts.)
func (t *tree) push(h tlog.Hash) []tile {
	t.size++
	var full []tile
	for l := 0; ; l++ {
		t.put(l, h)
		if len(t.edge[l]) < tileBytes {
			return full
		}
		if l > 0 {
			full = append(full, tile{level: l, n: t.index(l) - 1, hashes: t.edge[l]})
		}
		h = t.peaks[l][0] // of the full tile
		t.edge[l], t.peaks[l] = make([]byte, 0, tileBytes), nil
	}
}

// put adds a hash to the edge of a level and joins the perfect subtrees that it completes.
func (t *tree) put(l int, h tlog.Hash) {
	if l == len(t.edge) {
		t.edge, t.peaks = append(t.edge, make([]byte, 0, tileBytes)), append(t.peaks, nil)
	}
	t.edge[l] = append(t.edge[l], h[:]...)
	peaks := append(t.peaks[l], h)
	for n := len(t.edge[l]) / tlog.HashSize; n%2 == 0; n /= 2 {
		last := len(peaks) - 1
		peaks[last-1] = tlog.NodeHash(peaks[last-1], peaks[last])
		peaks = peaks[:last]
	}
	t.peaks[l] = peaks
}

// index is the number of full tiles at level l, which is the index of the one that grows.
func (t *tree) index(l int) int64 { return t.size >> (tileHeight * (l + 1)) }

// partial gives the tiles above level 0 that are begun, are not full, and have grown since the tree had size since.
func (t *tree) partial(since int64) []tile {
	var tiles []tile
	for l := 1; l < len(t.edge); l++ {
		if len(t.edge[l]) > 0 && t.size>>(tileHeight*l) != since>>(tileHeight*l) {
			tiles = append(tiles, tile{level: l, n: t.index(l), hashes: t.edge[l]})
		}
	}
	return tiles
}

// root is the hash of the whole tree (RFC 6962 section 2.1): the perfect subtrees from right to left, joined.
func (t *tree) root() tlog.Hash {
	var root tlog.Hash
	empty := true
	for _, peaks := range t.peaks {
		for _, h := range slices.Backward(peaks) {
			if empty {
				root, empty = h, false
				continue
			}
			root = tlog.NodeHash(h, root)
		}
	}
	if empty {
		root, _ = tlog.TreeHash(0, nil) // the empty tree reads nothing
	}
	return root
}
