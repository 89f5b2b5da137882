package mechanism

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/tidwall/btree"
)

// What a body in the record has beside the fields of its act stands before them: a salt, and the request that brought it.
const (
	saltOpening    = `{"salt":"`
	requestOpening = `{"request":`
	packedOpening  = `{"gzip":"`
)

// packedFrom is the size from which a body's fields are packed, in bytes: a text with all that was read in it takes
// a tenth of the room, and of the time for which others wait while it is written.
const packedFrom = 64 << 10

// maxUnpacked bounds what a packed body may hold, in bytes: above any text with all that was read in it.
const maxUnpacked = 1 << 28

// Packed gives a large body in gzip and base64, as the one field "gzip" of an object; a small one as it is.
func Packed(body []byte) []byte {
	if len(body) < packedFrom {
		return body
	}
	var b bytes.Buffer
	b.WriteString(packedOpening)
	text := base64.NewEncoder(base64.StdEncoding, &b)
	zip, err := gzip.NewWriterLevel(text, gzip.BestSpeed)
	if err != nil {
		panic(err) // the level is a known one
	}
	zip.Write(body) // a buffer takes everything
	zip.Close()
	text.Close()
	b.WriteString(`"}`)
	return b.Bytes()
}

// unpacked gives the fields of a packed body; those of another as they are.
func unpacked(body []byte) ([]byte, error) {
	if !bytes.HasPrefix(body, []byte(packedOpening)) || !bytes.HasSuffix(body, []byte(`"}`)) {
		return body, nil
	}
	text := body[len(packedOpening) : len(body)-len(`"}`)]
	zip, err := gzip.NewReader(base64.NewDecoder(base64.StdEncoding, bytes.NewReader(text)))
	if err != nil {
		return nil, err
	}
	fields, err := io.ReadAll(io.LimitReader(zip, maxUnpacked+1))
	if len(fields) > maxUnpacked {
		return nil, invalid("a packed body holds more than %d bytes", maxUnpacked)
	}
	return fields, err
}

// Request is the key that a caller gave to a group of acts, so that it may be sent again when its answer was lost: what
// has the same key, from the same person, is done once. It stands in the body of the group's first act.
type Request struct {
	Key  string `json:"key"`  // 1 to 64 letters, digits, hyphens, dots and underlines
	Acts int    `json:"acts"` // how many acts the group has
	Sum  string `json:"sum"`  // over the acts: the same key for other acts is refused
}

// Sum is what tells a group of acts from another: SHA-256 over the kinds and bodies, in hexadecimal, cut to 32.
func Sum(kinds []string, bodies [][]byte) string {
	h := sha256.New()
	for i, kind := range kinds {
		fmt.Fprintf(h, "%s %d\n", kind, len(bodies[i]))
		h.Write(bodies[i])
	}
	return hex.EncodeToString(h.Sum(nil))[:32]
}

// CheckRequestKey refuses what cannot be a request's key.
func CheckRequestKey(key string) error {
	odd := func(c rune) bool {
		return !(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-._", c))
	}
	if key == "" || len(key) > 64 || strings.ContainsFunc(key, odd) {
		return invalid("a request's key is 1 to 64 letters, digits, hyphens, dots and underlines")
	}
	return nil
}

// Requested puts a request before the fields of a body.
func Requested(body []byte, r Request) []byte {
	head, err := json.Marshal(r)
	if err != nil {
		panic(err) // strings and a number have a JSON form
	}
	return before([]byte(requestOpening+string(head)), body)
}

// Salted puts a salt of letters and digits first in a body that is not for everybody. Everybody sees the hash of every
// body; without a salt, a short one (a reason of one word) could be found by trying.
func Salted(body []byte, salt string) []byte { return before([]byte(saltOpening+salt+`"`), body) }

// IsSalted says whether a body in the record begins with a salt of a length that cannot be guessed.
func IsSalted(body []byte) bool {
	if !bytes.HasPrefix(body, []byte(saltOpening)) {
		return false
	}
	return bytes.IndexByte(body[len(saltOpening):], '"') >= 16
}

// before puts an opened object's first field before the fields of another object.
func before(opening, body []byte) []byte {
	rest := body[1:]
	if len(rest) > 1 {
		opening = append(opening, ',')
	}
	return append(opening, rest...)
}

// RequestOf gives the request that a body in the record carries; nil for most.
func RequestOf(body []byte) *Request {
	head, _ := opened(body)
	if head == nil {
		return nil
	}
	var r Request
	if json.Unmarshal(head, &r) != nil {
		return nil
	}
	return &r
}

// Fields gives the fields of the act in a body of the record, as one object, without what stands around them.
func Fields(body []byte) ([]byte, error) {
	_, fields := opened(body)
	return unpacked(fields)
}

// opened takes the salt and the request off a body.
func opened(body []byte) (request, fields []byte) {
	if bytes.HasPrefix(body, []byte(saltOpening)) {
		if _, rest, found := bytes.Cut(body[len(saltOpening):], []byte{'"'}); found {
			body = after(rest)
		}
	}
	if bytes.HasPrefix(body, []byte(requestOpening)) {
		if i := bytes.IndexByte(body, '}'); i > 0 { // a request's values have no braces
			return body[len(requestOpening) : i+1], after(body[i+1:])
		}
	}
	return nil, body
}

// after makes an object of the fields that follow another one.
func after(rest []byte) []byte { return append([]byte{'{'}, bytes.TrimPrefix(rest, []byte{','})...) }

// requestsKept is how many requests are remembered, the newest: a caller that asks again does so within minutes.
const requestsKept = 1 << 16

// requests remembers which requests were done. It is a value like the image that it is part of.
type requests struct {
	done btree.Map[string, Done] // by person and key
	line btree.Map[int64, string]
}

// Done is the place of a request's acts in the record.
type Done struct {
	Seq int64 // of the first
	Request
}

func (r *requests) next() requests {
	done, line := r.done, r.line
	return requests{*done.Copy(), *line.Copy()}
}

func requestKey(person, key string) string { return person + " " + key }

func (r *requests) add(at Entry) {
	key := requestKey(at.Actor.Person, at.Request.Key)
	r.done.Set(key, Done{at.Seq, *at.Request})
	r.line.Set(at.Seq, key)
	if r.line.Len() > requestsKept {
		_, oldest, _ := r.line.PopMin()
		r.done.Delete(oldest)
	}
}

// all gives the requests by person and key.
func (r *requests) all() map[string]Done {
	all := make(map[string]Done, r.done.Len())
	r.done.Scan(func(key string, d Done) bool { all[key] = d; return true })
	return all
}

// Requested finds what a person's request with a key has done.
func (m *Mechanism) Requested(person, key string) (Done, bool) {
	return m.requests.done.Get(requestKey(person, key))
}
