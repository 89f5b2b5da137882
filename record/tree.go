package record

import (
	"math/bits"

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
	size int64
	edge [][]byte
}

// clone gives a tree that grows on its own.
func (t *tree) clone() *tree {
	c := &tree{size: t.size, edge: make([][]byte, len(t.edge))}
	for l, hashes := range t.edge {
		c.edge[l] = append(make([]byte, 0, tileBytes), hashes...)
	}
	return c
}

// push adds one leaf hash and gives the tiles that it filled, from level 1 upward. (Level 0 is kept beside the acts.)
func (t *tree) push(h tlog.Hash) []tile {
	t.size++
	var full []tile
	for l := 0; ; l++ {
		if l == len(t.edge) {
			t.edge = append(t.edge, make([]byte, 0, tileBytes))
		}
		t.edge[l] = append(t.edge[l], h[:]...)
		if len(t.edge[l]) < tileBytes {
			return full
		}
		if l > 0 {
			full = append(full, tile{level: l, n: t.index(l) - 1, hashes: t.edge[l]})
		}
		h = perfect(t.edge[l])
		t.edge[l] = make([]byte, 0, tileBytes)
	}
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
	for _, hashes := range t.edge {
		for len(hashes) > 0 {
			// The rightmost perfect subtree of m leaves has as many as the lowest set bit of m.
			width := tlog.HashSize << bits.TrailingZeros(uint(len(hashes)/tlog.HashSize))
			h := perfect(hashes[len(hashes)-width:])
			hashes = hashes[:len(hashes)-width]
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

// perfect is the root of a perfect subtree given its 2^k hashes.
func perfect(hashes []byte) tlog.Hash {
	if len(hashes) == tlog.HashSize {
		return tlog.Hash(hashes)
	}
	half := len(hashes) / 2
	return tlog.NodeHash(perfect(hashes[:half]), perfect(hashes[half:]))
}
