package page

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// packer packs in gzip, at the speed that costs less than it saves, with writers that are used again.
type packer struct{ writers sync.Pool }

// packedFrom is the size from which an answer is worth packing, in bytes.
const packedFrom = 4 << 10

// pack writes content to w in gzip.
func (p *packer) pack(w io.Writer, content []byte) {
	zip, ok := p.writers.Get().(*gzip.Writer)
	if !ok {
		var err error
		if zip, err = gzip.NewWriterLevel(io.Discard, gzip.BestSpeed); err != nil {
			panic(err) // the level is a known one
		}
	}
	zip.Reset(w)
	zip.Write(content) // the reader may be gone; nothing to do about it
	zip.Close()
	p.writers.Put(zip)
}

// packed is content in gzip; nil when it is too small to be worth it.
func (p *packer) packed(content []byte) []byte {
	if len(content) < packedFrom {
		return nil
	}
	var b bytes.Buffer
	p.pack(&b, content)
	return b.Bytes()
}

// takesGzip says whether whoever asks can unpack an answer: gzip is named, and not with the weight of none.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, weight, weighed := strings.Cut(part, ";")
		if name := strings.TrimSpace(coding); !strings.EqualFold(name, "gzip") && name != "*" {
			continue
		}
		if !weighed {
			return true
		}
		q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
		return err == nil && q > 0
	}
	return false
}
