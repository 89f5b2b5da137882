package record

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"time"
	"unicode/utf8"

	"concord/internal/fault"
)

// ParseHeader reads the exact bytes of a header. Bytes that are not the canonical form are refused with kind Invalid,
// so that every header has one form and every form one header.
//
// It uses encoding/json only for strings with escapes: a replay parses every header, and going along the one form takes a
// third off the time to read a record.
func ParseHeader(leaf []byte) (Header, error) {
	if len(leaf) > MaxHeader {
		return Header{}, fault.New(fault.Invalid, "a header has at most %d bytes, this has %d", MaxHeader, len(leaf))
	}
	s := headerScanner{rest: leaf}
	h := s.header()
	if s.failed || len(s.rest) > 0 {
		return Header{}, fault.New(fault.Invalid, "the header is not in its one form, at byte %d", len(leaf)-len(s.rest))
	}
	if h.Kind == "" || h.Visibility == "" || h.Seq < 0 || h.Seq > maxSeq {
		return Header{}, fault.New(fault.Invalid, "the header lacks its number, kind or visibility")
	}
	if !bytes.Equal(h.Encode(), leaf) { // an escape that need not be one, a number with a zero before it
		return Header{}, fault.New(fault.Invalid, "the header is not in its one form")
	}
	return h, nil
}

// headerScanner goes along the form of a header. After a failure it stays where it is.
type headerScanner struct {
	rest   []byte
	failed bool
}

func (s *headerScanner) header() Header {
	var h Header
	h.Actor.Office = s.text(`{"actor":{"office":`)
	h.Actor.Party = s.text(`,"party":`)
	h.Actor.Person = s.text(`,"person":`)
	h.Body = s.digest(`},"body":"`)
	h.Kind = s.text(`","kind":`)
	h.Seq = s.number(`,"seq":`)
	h.Signatures = s.signatures(`,"signatures":[`)
	h.Time = s.instant(`],"time":"`)
	h.Visibility = s.text(`","visibility":`)
	s.word(`}`)
	return h
}

// word takes exactly these bytes.
func (s *headerScanner) word(w string) {
	if s.failed || len(s.rest) < len(w) || string(s.rest[:len(w)]) != w {
		s.failed = true
		return
	}
	s.rest = s.rest[len(w):]
}

// take gives the next n bytes.
func (s *headerScanner) take(n int) []byte {
	if s.failed || n < 0 || len(s.rest) < n {
		s.failed = true
		return nil
	}
	b := s.rest[:n]
	s.rest = s.rest[n:]
	return b
}

// text takes the word and a JSON string.
func (s *headerScanner) text(after string) string {
	s.word(after)
	if s.failed || len(s.rest) == 0 || s.rest[0] != '"' {
		s.failed = true
		return ""
	}
	for i := 1; i < len(s.rest); i++ {
		switch s.rest[i] {
		case '"':
			return s.plain(s.take(i + 1))
		case '\\':
			return s.escaped()
		}
	}
	s.failed = true
	return ""
}

// plain gives a string without escapes from its quoted form. Control characters do not survive the writing anew.
func (s *headerScanner) plain(quoted []byte) string {
	b := quoted[1 : len(quoted)-1]
	if !utf8.Valid(b) {
		s.failed = true
	}
	return string(b)
}

// escaped takes a string with escapes.
func (s *headerScanner) escaped() string {
	end := 1
	for end < len(s.rest) && s.rest[end] != '"' {
		if s.rest[end] == '\\' {
			end++
		}
		end++
	}
	quoted := s.take(end + 1)
	var text string
	if s.failed || json.Unmarshal(quoted, &text) != nil {
		s.failed = true
	}
	return text
}

func (s *headerScanner) digest(after string) Digest {
	s.word(after)
	var d Digest
	if _, err := hex.Decode(d[:], s.take(hex.EncodedLen(len(d)))); err != nil {
		s.failed = true
	}
	return d
}

func (s *headerScanner) number(after string) int64 {
	s.word(after)
	digits := 0
	for digits < len(s.rest) && '0' <= s.rest[digits] && s.rest[digits] <= '9' {
		digits++
	}
	n, err := strconv.ParseInt(string(s.take(digits)), 10, 64)
	if err != nil {
		s.failed = true
	}
	return n
}

func (s *headerScanner) instant(after string) time.Time {
	s.word(after)
	t, err := time.Parse(TimeFormat, string(s.take(len(TimeFormat))))
	if err != nil {
		s.failed = true
	}
	return t
}

func (s *headerScanner) signatures(after string) []Signature {
	s.word(after)
	var all []Signature
	for !s.failed && len(s.rest) > 0 && s.rest[0] != ']' {
		if len(all) > 0 {
			s.word(`,`)
		}
		key := s.text(`{"key":`)
		value := s.text(`,"value":`)
		s.word(`}`)
		all = append(all, Signature{Key: key, Value: value})
	}
	return all
}
