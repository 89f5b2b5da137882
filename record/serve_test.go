package record_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"concord/record"
	"concord/record/recordtest"
)

// mirror is a reader of the served record that trusts nothing but the checkpoint.
type mirror struct {
	t   *testing.T
	url string
}

func (m mirror) Height() int                     { return 8 }
func (m mirror) SaveTiles([]tlog.Tile, [][]byte) {}
func (m mirror) path(t tlog.Tile, as string) string { // the path in tlog-tiles of a tile of tlog
	return "tile/" + as + strings.TrimPrefix(t.Path(), fmt.Sprintf("tile/8/%s", strings.Split(t.Path(), "/")[2]))
}

func (m mirror) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var data [][]byte
	for _, t := range tiles {
		data = append(data, m.get(m.path(t, fmt.Sprint(t.L)), http.StatusOK))
	}
	return data, nil
}

func (m mirror) get(path string, status int) []byte {
	m.t.Helper()
	resp, err := http.Get(m.url + path)
	if err != nil {
		m.t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != status {
		m.t.Fatalf("%s answers %s, %v", path, resp.Status, err)
	}
	return body
}

func TestAMirrorCanVerifyEveryActOverHTTP(t *testing.T) {
	for _, size := range []int{1, 256, 700} {
		t.Run(fmt.Sprint(size), func(t *testing.T) { mirrorRecord(t, size) })
	}
}

func mirrorRecord(t *testing.T, size int) {
	r := recordtest.Create(t, sqliteConfig(t))
	recordtest.Fill(t, r, size)
	if _, err := r.Checkpoint(t.Context()); err != nil {
		t.Fatal(err)
	}
	// Acts after the checkpoint, which its readers do not see.
	if _, err := r.Append(t.Context(), r.Size(), recordtest.Drafts(r.Size(), 50)); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.StripPrefix("/record", r.Handler()))
	defer server.Close()
	m := mirror{t, server.URL + "/record/"}
	head, err := record.OpenCheckpoint(m.get("checkpoint", http.StatusOK), r.PublicKey())
	if err != nil || head.Size != int64(size) {
		t.Fatalf("the checkpoint is of %d acts, %v", head.Size, err)
	}
	hashes := tlog.TileHashReader(tlog.Tree{N: head.Size, Hash: head.Root}, m)
	var seq int64
	for n := int64(0); n*256 < head.Size; n++ {
		width := min(256, int(head.Size-n*256))
		bundle := m.get(m.path(tlog.Tile{H: 8, L: -1, N: n, W: width}, "entries"), http.StatusOK)
		for ; len(bundle) > 0; seq++ {
			end := 2 + int(binary.BigEndian.Uint16(bundle))
			want, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, seq)}) // proved by the checkpoint
			if err != nil || tlog.RecordHash(bundle[2:end]) != want[0] {
				t.Fatalf("the entry of act %d is not in the tree: %v", seq, err)
			}
			bundle = bundle[end:]
		}
	}
	if seq != head.Size {
		t.Errorf("%d entries were served, not %d", seq, head.Size)
	}
}

func TestWhatIsNotServed(t *testing.T) {
	r := recordtest.Create(t, sqliteConfig(t))
	recordtest.Fill(t, r, 300)
	server := httptest.NewServer(r.Handler())
	defer server.Close()
	m := mirror{t, server.URL + "/"}
	for _, path := range []string{
		"", "tile", "tile/", "tile/0", "tile/0/001", "tile/0/001.p/45", "tile/0/001.p/0", "tile/0/1", "tile/0/x000/001", "tile/1/000",
		"tile/1/000.p/2", "tile/8/0/000", "tile/data/000", "tile/entries/001", "tile/entries/001.p/45", "tile/-1/000", "tile/99/000", "checkpoint/",
	} {
		m.get(path, http.StatusNotFound)
	}
	for path, length := range map[string]int{"tile/0/000": 8192, "tile/0/001.p/44": 44 * 32, "tile/0/000.p/7": 7 * 32, "tile/1/000.p/1": 32} {
		if got := m.get(path, http.StatusOK); len(got) != length {
			t.Errorf("%s has %d bytes, not %d", path, len(got), length)
		}
	}
	resp, err := http.Post(server.URL+"/checkpoint", "text/plain", bytes.NewReader(nil))
	if err != nil || resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("posting answers %v, %v", resp.Status, err)
	}
	resp.Body.Close()
}
