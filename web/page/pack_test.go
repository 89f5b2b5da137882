package page

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

func TestOnlyWhoTakesGzipGetsIt(t *testing.T) {
	t.Parallel()
	for header, want := range map[string]bool{
		"": false, "gzip": true, "br, gzip": true, "gzip;q=0": false, "gzip; q=0.5": true, "deflate": false, "*": true, "identity": false, "x-gzip": false,
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.Header.Set("Accept-Encoding", header)
		if got := takesGzip(r); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
}

func TestWritersThatAreUsedAgainMixNothingUp(t *testing.T) {
	t.Parallel()
	var p packer
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			content := []byte(strings.Repeat(string(rune('a'+i)), packedFrom+i))
			for range 20 {
				r, err := gzip.NewReader(bytes.NewReader(p.packed(content)))
				if err != nil {
					t.Error(err)
					return
				}
				if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, content) {
					t.Errorf("%d bytes came back, %v", len(got), err)
				}
			}
		})
	}
	all.Wait()
	if p.packed([]byte("small")) != nil {
		t.Error("what is small is packed")
	}
}
