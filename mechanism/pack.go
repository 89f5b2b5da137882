package mechanism

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"concord/commitment"
	"concord/internal/fault"
)

// Pack is a mechanism as data: the acts that found it. It is read by [LoadPack].
type Pack struct {
	ID     string
	Digest string // SHA-256 over its files, hexadecimal
	acts   []located
}

// located is a founding act with the place in the pack that it comes from.
type located struct {
	act   Act
	place string // "parties.json:12"
}

// Acts gives the founding acts in order.
func (p *Pack) Acts() []Act {
	acts := make([]Act, len(p.acts))
	for i, l := range p.acts {
		acts[i] = l.act
	}
	return acts
}

// LoadPack reads the folder of a pack and checks it by founding a mechanism with it. Every error names file and line.
//
// The files are JSON: mechanism.json and order.json hold one object; parties.json, tracks.json, bodies.json,
// meetings.json, texts.json and commitments.json an array. Only mechanism.json and parties.json must be there.
func LoadPack(files fs.FS) (*Pack, error) {
	digest, err := packDigest(files)
	if err != nil {
		return nil, err
	}
	r := packReader{files: files, pack: &Pack{Digest: digest}}
	r.establish()
	each(&r, "parties.json", true, func(p Party) Act { return &AdmitParty{p} })
	each(&r, "tracks.json", false, func(t Track) Act { return &OpenTrack{t} })
	each(&r, "bodies.json", false, func(b Body) Act { return &FoundBody{b} })
	each(&r, "meetings.json", false, func(x Meeting) Act { return &RecordMeeting{x} })
	each(&r, "texts.json", false, func(t Text) Act { return &AnnounceText{t} })
	r.summaries()
	if r.err != nil {
		return nil, r.err
	}
	return r.pack, r.pack.rehearse()
}

// rehearse founds a mechanism in memory, so that a pack that loads can be founded.
func (p *Pack) rehearse() error {
	m := New()
	by := Actor{Person: "founder", Office: Founder}
	for i, l := range p.acts {
		if err := m.Check(l.act, by); err != nil {
			return fault.New(fault.Invalid, "%s: %v", l.place, err)
		}
		m.Apply(l.act, Entry{Seq: int64(i), Actor: by})
	}
	for lang, order := range m.order {
		if err := m.checkParties(fault.Say("order.json: %s", lang), order); err != nil {
			return err
		}
		if len(order) != m.parties.len() {
			return invalid("order.json: the order in %q names %d of %d parties", lang, len(order), m.parties.len())
		}
	}
	return nil
}

type packReader struct {
	files fs.FS
	pack  *Pack
	err   error
}

func (r *packReader) add(place string, act Act) {
	r.pack.acts = append(r.pack.acts, located{act, place})
}

func (r *packReader) fail(file string, line int, format string, args ...any) {
	if r.err == nil {
		r.err = fault.New(fault.Invalid, "%s:%d: %s", file, line, fmt.Sprintf(format, args...))
	}
}

// establish reads mechanism.json and order.json.
func (r *packReader) establish() {
	var head struct {
		ID      string `json:"id"`
		Version string `json:"version"`
		Name    Names  `json:"name"`
		Short   Names  `json:"short"`
		Founded string `json:"founded,omitempty"`
		Note    any    `json:"note,omitempty"`
		Source  string `json:"source,omitempty"`
	}
	r.object("mechanism.json", true, &head)
	order := map[string][]string{}
	r.object("order.json", false, &order)
	r.pack.ID = head.ID
	r.add("mechanism.json:1", &Establish{head.ID, head.Version, r.pack.Digest, head.Name, head.Short, order})
}

// summaries reads commitments.json; a summary's text is told by its reference.
func (r *packReader) summaries() {
	each(r, "commitments.json", false, func(s commitment.Summary) Act {
		if i := strings.LastIndexByte(s.Ref, '-'); s.Text == "" && i > 0 {
			s.Text = s.Ref[:i]
		}
		return &SummarizeCommitment{s}
	})
}

func (r *packReader) object(file string, must bool, into any) {
	data, ok := r.read(file, must)
	if !ok {
		return
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		r.fail(file, errorLine(data, err, dec.InputOffset()), "%v", err)
	}
}

func (r *packReader) read(file string, must bool) ([]byte, bool) {
	if r.err != nil {
		return nil, false
	}
	data, err := fs.ReadFile(r.files, file)
	if errors.Is(err, fs.ErrNotExist) && !must {
		return nil, false
	}
	if err != nil {
		r.err = fault.New(fault.Invalid, "the pack has no readable %s: %v", file, err)
		return nil, false
	}
	return data, true
}

// each reads a file that holds an array and adds an act for each element, with the line that it starts on.
func each[T any](r *packReader, file string, must bool, act func(T) Act) {
	data, ok := r.read(file, must)
	if !ok {
		return
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	if tok, err := dec.Token(); err != nil || tok != json.Delim('[') {
		r.fail(file, 1, "an array was expected")
		return
	}
	for dec.More() {
		start := skipSpace(data, dec.InputOffset())
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			r.fail(file, errorLine(data, err, dec.InputOffset()), "%v", err)
			return
		}
		var element T
		strict := json.NewDecoder(bytes.NewReader(raw))
		strict.DisallowUnknownFields()
		if err := strict.Decode(&element); err != nil {
			r.fail(file, lineOf(data, start), "%v", err)
			return
		}
		r.add(fmt.Sprintf("%s:%d", file, lineOf(data, start)), act(element))
	}
	if _, err := dec.Token(); err != nil {
		r.fail(file, errorLine(data, err, dec.InputOffset()), "the array does not end: %v", err)
		return
	}
	if _, err := dec.Token(); err != io.EOF {
		r.fail(file, lineOf(data, dec.InputOffset()), "something follows the array")
	}
}

// skipSpace moves past white space and the comma before an element.
func skipSpace(data []byte, at int64) int64 {
	for at < int64(len(data)) && strings.IndexByte(" \t\r\n,", data[at]) >= 0 {
		at++
	}
	return at
}

func lineOf(data []byte, offset int64) int {
	offset = min(offset, int64(len(data)))
	return 1 + bytes.Count(data[:offset], []byte{'\n'})
}

// errorLine is the line of a JSON error: where the file stops being JSON, or the error's own offset where it has one, or
// where the decoder stood. A decoder that reads element by element loses count of the bytes before.
func errorLine(data []byte, err error, at int64) int {
	var whole json.RawMessage
	var syntax *json.SyntaxError
	if errors.As(json.Unmarshal(data, &whole), &syntax) {
		return lineOf(data, syntax.Offset)
	}
	var typ *json.UnmarshalTypeError
	if errors.As(err, &typ) {
		return lineOf(data, typ.Offset)
	}
	return lineOf(data, at)
}

// packDigest hashes the names and bytes of all data files of a pack, in the order of their names.
func packDigest(files fs.FS) (string, error) {
	names, err := fs.Glob(files, "*.json") // sorted
	if err != nil {
		return "", fault.New(fault.Invalid, "the pack cannot be read: %v", err)
	}
	h := sha256.New()
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return "", fault.New(fault.Invalid, "the pack's %s cannot be read: %v", name, err)
		}
		fmt.Fprintf(h, "%s %d\n", name, len(data))
		h.Write(data)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
