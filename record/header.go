package record

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"time"
	"unicode/utf8"

	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
)

// Limits of one act. A header must fit the 16-bit length of a C2SP entry bundle.
const (
	MaxHeader = 1<<16 - 1 // bytes of one header
	MaxBody   = 1 << 28   // bytes of one body; far above any text, far below what the stores take
	maxSeq    = 1<<53 - 1 // the largest whole number that every JSON reader keeps exact
)

// TimeFormat is the layout of an instant in a header: RFC 3339, UTC, always six digits of microseconds.
const TimeFormat = "2006-01-02T15:04:05.000000Z"

// Actor is who did an act, as the header says it: the person, the party on whose behalf (ISO code, may be empty), and
// the office held ("secretariat.officer"). The record does not interpret any of the three.
type Actor struct {
	Person string `json:"person"`
	Party  string `json:"party"`
	Office string `json:"office"`
}

// Digest is a SHA-256 hash; as text it is 64 small hexadecimal letters.
type Digest [sha256.Size]byte

// DigestOf gives the SHA-256 of the bytes.
func DigestOf(b []byte) Digest { return sha256.Sum256(b) }

// String gives the digest in hexadecimal.
func (d Digest) String() string { return hex.EncodeToString(d[:]) }

// MarshalText gives the digest in hexadecimal.
func (d Digest) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, d[:]), nil }

// UnmarshalText reads 64 hexadecimal letters.
func (d *Digest) UnmarshalText(text []byte) error {
	if len(text) != hex.EncodedLen(len(d)) {
		return fault.New(fault.Invalid, "a digest has %d letters, this has %d", hex.EncodedLen(len(d)), len(text))
	}
	_, err := hex.Decode(d[:], text)
	return fault.Wrap(err, fault.Invalid, "a digest is hexadecimal")
}

// Signature is one signature that a person's key gave to an act. The record keeps it and does not judge it.
type Signature struct {
	Key   string `json:"key"`   // which key: its name in the notation of the scheme
	Value string `json:"value"` // the signature, base64
}

// Header is what the Merkle tree holds of an act. Its exact bytes, [Header.Encode], are the leaf; docs/record-format.md
// specifies them.
type Header struct {
	Seq        int64       `json:"seq"`        // place in the record, from 0
	Time       time.Time   `json:"time"`       // instant, UTC, microseconds
	Kind       string      `json:"kind"`       // kind of act, "commitment.report"
	Actor      Actor       `json:"actor"`      //
	Visibility string      `json:"visibility"` // who may read the body: "public", "parties", "party:XX", "office"
	Body       Digest      `json:"body"`       // SHA-256 of the body
	Signatures []Signature `json:"signatures"` // may be empty
}

// Draft is an act that asks to be recorded. Time is cut to microseconds; Body is the act as JSON and may not be empty.
type Draft struct {
	Time       time.Time
	Kind       string
	Actor      Actor
	Visibility string
	Body       []byte
	Signatures []Signature
}

// Entry is an act as recorded: its header, the exact bytes of it, and the body, which is nil when it is not kept here.
type Entry struct {
	Header
	Leaf []byte `json:"-"`
	Body []byte `json:"-"`
}

// LeafHash gives the hash of the act's leaf in the tree (RFC 6962: SHA-256 of a zero byte and the leaf).
func (e Entry) LeafHash() tlog.Hash { return tlog.RecordHash(e.Leaf) }

// sealed is an entry that is ready to be written, with the hash of its leaf.
type sealed struct {
	Entry
	hash tlog.Hash
}

// seal makes the entry that a draft becomes at place seq. It fails with kind Invalid when the draft cannot be written
// down without loss.
func (d Draft) seal(seq int64) (sealed, error) {
	if err := d.check(); err != nil {
		return sealed{}, err
	}
	h := Header{
		Seq: seq, Time: d.Time.UTC().Truncate(time.Microsecond), Kind: d.Kind, Actor: d.Actor, Visibility: d.Visibility,
		Body: DigestOf(d.Body), Signatures: d.Signatures,
	}
	leaf := h.Encode()
	if len(leaf) > MaxHeader {
		return sealed{}, fault.New(fault.Invalid, "the header of the act would have %d bytes; at most %d are allowed", len(leaf), MaxHeader)
	}
	e := Entry{Header: h, Leaf: leaf, Body: d.Body}
	return sealed{e, e.LeafHash()}, nil
}

func (d Draft) check() error {
	switch year := d.Time.UTC().Year(); {
	case d.Kind == "":
		return fault.New(fault.Invalid, "the act has no kind")
	case d.Visibility == "":
		return fault.New(fault.Invalid, "the act %q does not say who may see it", d.Kind)
	case len(d.Body) == 0:
		return fault.New(fault.Invalid, "the act %q has no body", d.Kind)
	case len(d.Body) > MaxBody:
		return fault.New(fault.Invalid, "the body of the act %q has %d bytes; at most %d are allowed", d.Kind, len(d.Body), MaxBody)
	case year < 1 || year > 9999:
		return fault.New(fault.Invalid, "the act %q is dated in the year %d", d.Kind, year)
	}
	if !d.readable() {
		return fault.New(fault.Invalid, "the act %q has a name that is not UTF-8", d.Kind)
	}
	return nil
}

// readable says whether all names are UTF-8; others have no one form in JSON.
func (d Draft) readable() bool {
	for _, s := range d.Signatures {
		if !utf8.ValidString(s.Key) || !utf8.ValidString(s.Value) {
			return false
		}
	}
	return utf8.ValidString(d.Kind) && utf8.ValidString(d.Visibility) &&
		utf8.ValidString(d.Actor.Person) && utf8.ValidString(d.Actor.Party) && utf8.ValidString(d.Actor.Office)
}

// Encode gives the exact bytes of the header: canonical JSON as in RFC 8785, that is names in alphabetical order, no
// blanks, shortest escapes.
func (h Header) Encode() []byte {
	b := make([]byte, 0, 320)
	b = appendString(append(b, `{"actor":{"office":`...), h.Actor.Office)
	b = appendString(append(b, `,"party":`...), h.Actor.Party)
	b = appendString(append(b, `,"person":`...), h.Actor.Person)
	b = append(b, `},"body":"`...)
	b = hex.AppendEncode(b, h.Body[:])
	b = appendString(append(b, `","kind":`...), h.Kind)
	b = strconv.AppendInt(append(b, `,"seq":`...), h.Seq, 10)
	b = append(b, `,"signatures":[`...)
	for i, s := range h.Signatures {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(b, `{"key":`...), s.Key)
		b = append(appendString(append(b, `,"value":`...), s.Value), '}')
	}
	b = h.Time.UTC().AppendFormat(append(b, `],"time":"`...), TimeFormat)
	b = appendString(append(b, `","visibility":`...), h.Visibility)
	return append(b, '}')
}

// appendString writes a JSON string with the escapes of RFC 8785 section 3.2.2.2.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[from:i]...)
		b = appendEscape(b, c)
		from = i + 1
	}
	return append(append(b, s[from:]...), '"')
}

func appendEscape(b []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(b, '\\', c)
	case '\b':
		return append(b, `\b`...)
	case '\t':
		return append(b, `\t`...)
	case '\n':
		return append(b, `\n`...)
	case '\f':
		return append(b, `\f`...)
	case '\r':
		return append(b, `\r`...)
	}
	const digits = "0123456789abcdef"
	return append(b, '\\', 'u', '0', '0', digits[c>>4], digits[c&15])
}
