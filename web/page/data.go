package page

import (
	"bytes"
	"encoding/json"
	"net/http"
	"slices"
	"sync"

	"concord/commitment"
	"concord/internal/fault"
	"concord/mechanism"
)

// Public is a page that programs may have, too. Data gives its public form, a type of its own that is documented in
// docs/api.md and changes by adding only; it is written as JSON.
type Public interface{ Data() any }

// Encoded is data that is JSON already.
type Encoded []byte

// dataType is the media type of data.
const dataType = "application/json; charset=utf-8"

// noData answers a program that asks for the data of a page which has none: 406.
type noData struct{ error }

// dataOf is the public form of a page.
func dataOf(page Page) (any, error) {
	if p, ok := page.(Public); ok {
		return p.Data(), nil
	}
	return nil, noData{WithStatus(http.StatusNotAcceptable, fault.New(fault.Invalid, "this address has a page for people only, and no data"))}
}

func (n noData) Unwrap() error { return n.error }

// ActData is an act as the record has it: one official deed.
type ActData struct {
	Seq     int64              `json:"seq"`                    // its number in the record, from 0
	Time    string             `json:"time"`                   // when it was done: RFC 3339 in UTC, with milliseconds
	Kind    string             `json:"kind"`                   // what was done, "commitment.accept"; docs/acts.md has all kinds
	Object  mechanism.Object   `json:"object,omitempty"`       // the first of objects
	Objects []mechanism.Object `json:"objects,omitempty"`      // all that it touched, what it was done to first: a kind and a key, "commitment:CHD24-17"; none where they are not for the reader; at most twenty where acts are listed
	More    int                `json:"more_objects,omitempty"` // how many it touched beside those; /record/{seq}.json has all
	By      string             `json:"by"`                     // who did it, and in which office, in the reader's language; the public reads the office only
	Hidden  bool               `json:"hidden,omitempty"`       // true: the act is not for the reader, who sees only its public header
}

// DataOfAct is the public form of a deed.
func (f *Frame) DataOfAct(d mechanism.Deed) ActData {
	a := ActData{Seq: d.Seq, Time: d.Time.UTC().Format(instant), Kind: d.Kind, By: f.who(d.Actor)}
	if a.Hidden = !f.State.Sees(d.Visibility); !a.Hidden {
		a.Object, a.Objects = d.Object(), d.Objects
	}
	return a.listed()
}

// objectsListed bounds the objects of an act in a list: the proposals of a text come as one act that touches thousands.
const objectsListed = 20

// listed is the act as it stands in a list.
func (a ActData) listed() ActData {
	if n := len(a.Objects); n > objectsListed {
		a.Objects, a.More = a.Objects[:objectsListed:objectsListed], n-objectsListed
	}
	return a
}

// instant is how instants are written in data.
const instant = "2006-01-02T15:04:05.000Z"

// Data is the public form of the act.
func (a *Act) Data() *ActData {
	if a == nil {
		return nil
	}
	return &ActData{Seq: a.Seq, Time: a.Time, Kind: a.Kind, Object: a.Object, Objects: a.Objects, By: a.By, Hidden: a.Hidden}
}

// DataOfActs are the public forms of acts; an empty list for none.
func DataOfActs(acts []*Act) []ActData {
	data := make([]ActData, len(acts))
	for i, a := range acts {
		data[i] = a.Data().listed()
	}
	return data
}

// TextData is a text that the mechanism knows: a statement, a treaty.
type TextData struct {
	Code       string     `json:"code"`                 // its key, "CHD24"; references of commitments begin with it
	Title      string     `json:"title"`                // in the reader's language, or the nearest that there is
	Language   string     `json:"language"`             // that the title is in
	Adopted    string     `json:"adopted,omitempty"`    // the day, 2024-12-01
	Place      string     `json:"place,omitempty"`      // where it was adopted, in the reader's language
	Meeting    string     `json:"meeting,omitempty"`    // that adopted it, by name in the reader's language
	MeetingID  string     `json:"meeting_id,omitempty"` // the same meeting's key
	Nature     string     `json:"nature"`               // political, legal
	Parties    []string   `json:"parties"`              // the parties to the text, ISO 3166-1 alpha-2; null where it does not say
	Source     string     `json:"source,omitempty"`     // where the text was published
	Copies     []CopyData `json:"copies"`               // its wording in each language; empty: not imported yet
	Clauses    int        `json:"clauses,omitempty"`    // how many numbered clauses it has
	Accepted   int        `json:"accepted"`             // commitments that were read in it and accepted
	Waiting    int        `json:"waiting,omitempty"`    // proposals that wait for a decision; for the parties only
	Refused    int        `json:"refused,omitempty"`    // proposals that were refused; for the parties only
	Passed     int        `json:"passed,omitempty"`     // passages that were read and are no commitments; for the parties only
	Summarized int        `json:"summarized,omitempty"` // commitments that the mechanism has summarized in words of its own
}

// CopyData is one language's copy of a text.
type CopyData struct {
	Language string `json:"language"`         // zh, en, ru, ...
	File     string `json:"file"`             // name of the file as it came; /texts/{code}/file/{language} gives it
	Source   string `json:"source,omitempty"` // where the file was published
	Act      int64  `json:"act"`              // that brought it
}

// Data is the public form of the line.
func (ln TextLine) Data() TextData {
	t := TextData{
		Code: ln.Code, Title: ln.Title, Language: ln.Lang, Adopted: ln.Adopted, Place: ln.Place, Meeting: ln.Meeting, MeetingID: ln.MeetingID,
		Nature: ln.Nature, Parties: ln.Parties, Source: ln.Source, Clauses: ln.Clauses,
		Accepted: ln.Accepted, Waiting: ln.Waiting, Refused: ln.Refused, Passed: ln.Passed, Summarized: ln.Summarized,
	}
	t.Copies = make([]CopyData, 0, len(ln.Copies))
	for _, c := range ln.Copies {
		t.Copies = append(t.Copies, c.Data())
	}
	return t
}

// Data is the public form of the line.
func (c CopyLine) Data() CopyData { return CopyData{c.Language, c.File, c.Source, c.Act} }

// DeadlineData is by when something was promised.
type DeadlineData struct {
	Text  string           `json:"text"`  // the words of the text, in its language
	Value string           `json:"value"` // 2025, 2025-06, 2027-12-31; 2027-01-01/2027-06-30; R/P2Y or R/P2Y;2026, every two years (from 2026); P5Y; NOW; ASAP; event:...
	Basis commitment.Basis `json:"basis"` // stated, relative (to the adoption), recurring, soft
}

// DataOfDeadline is the public form of a deadline; nil for none.
func DataOfDeadline(d *commitment.Deadline) *DeadlineData {
	if d == nil {
		return nil
	}
	return &DeadlineData{d.Text, d.Value.String(), d.Basis}
}

// NoteData is a commitment beside the clause that it stands in: in the ledger, waiting for a decision, or summarized.
type NoteData struct {
	Ref         string               `json:"ref"`                     // its reference, reserved while it waits
	State       string               `json:"state"`                   // accepted, proposed, refused, summarized (only the mechanism's own words are known)
	Says        string               `json:"says"`                    // what is promised
	Language    string               `json:"language"`                // that says is in
	Strength    int                  `json:"strength"`                // 5 decide, 4 pledge, 3 intend, 2 support, 1 explore
	Actor       commitment.ActorKind `json:"actor"`                   // whom it binds: all parties to the text, one, subset, organ
	Who         string               `json:"who,omitempty"`           // who undertakes, in words, where it is not simply all parties
	WhoLanguage string               `json:"who_language,omitempty"`  // that who is in
	Parties     []string             `json:"parties,omitempty"`       // that are listed, ISO 3166-1 alpha-2
	Deadline    *DeadlineData        `json:"deadline,omitempty"`      // by when
	Cue         string               `json:"cue,omitempty"`           // the words that show the strength, in the text's language
	Rule        string               `json:"rule,omitempty"`          // the line of the lexicon or of the manual that judged it
	From        string               `json:"strength_from,omitempty"` // own verb, or chapeau: the lead-in of the clause
	Clause      string               `json:"clause,omitempty"`        // id of the innermost clause
	Start       int                  `json:"start,omitempty"`         // where its words begin in the copy on show, in bytes of the reading; none when it was read in another
	End         int                  `json:"end,omitempty"`           // where they end
}

// Data is the public form of the note.
func (n Note) Data() NoteData {
	if n.Who == "" {
		n.WhoLang = ""
	}
	return NoteData{
		n.Ref, n.State, n.Says, n.SaysLang, n.Strength, commitment.ActorKind(n.Kind), n.Who, n.WhoLang, n.Parties, DataOfDeadline(n.Due), n.Cue, n.Rule,
		n.From, n.At, n.Start, n.End,
	}
}

// DataOfNotes are the public forms of notes.
func DataOfNotes(notes []Note) []NoteData {
	var data []NoteData
	for _, n := range notes {
		data = append(data, n.Data())
	}
	return data
}

// ErrorData says why a request was not answered.
type ErrorData struct {
	Status  int    `json:"status"`           // of HTTP
	Kind    string `json:"kind"`             // invalid, denied, not found, conflict, unavailable, internal
	Error   string `json:"error"`            // one sentence in the reader's language
	Detail  string `json:"detail,omitempty"` // what exactly, in English, where error is only the general sentence
	Next    string `json:"next"`             // what to do, in the reader's language
	Act     *int   `json:"act,omitempty"`    // which of the acts that came together was refused, from 0
	Request string `json:"request"`          // id of the request, for whoever must look it up in the log
}

// Data is the public form of an error.
func (t *trouble) Data() any {
	return ErrorData{t.Status, t.Kind, t.Said, t.Detail, t.Next, t.Act, t.Request}
}

// DoneData answers a program after an act.
type DoneData struct {
	Act int64 `json:"act"` // the number of the last act that was done
}

// Both handles an address that people get as a page and programs as data, where the data are made without the page.
func Both(build Build, data func(f *Frame) (any, error)) Handler {
	return func(s *Site, w http.ResponseWriter, r *http.Request) error {
		if VisitOf(r).JSON {
			return s.ShowData(w, r, data)
		}
		return s.Show(w, r, build)
	}
}

// ShowData answers with data that are made from one image of the state, without anything that only a page needs. They are
// the same for all who ask the same of the same state.
func (s *Site) ShowData(w http.ResponseWriter, r *http.Request, build func(f *Frame) (any, error)) error {
	if s.has(w, r, dataType) {
		return nil
	}
	state, err := s.State(r)
	if err != nil {
		return err
	}
	f := s.Bare(VisitOf(r), state)
	f.Query, f.path = r.URL.Query(), pathOf(r)
	data, err := build(f)
	if err != nil {
		return err
	}
	content, encoded := data.(Encoded)
	if !encoded {
		if content, err = toJSON(r, data); err != nil {
			return err
		}
	}
	s.send(w, r, http.StatusOK, &answer{kind: dataType, content: content, tag: s.stateTag(r)})
	return nil
}

// has answers whoever has the data of this state already.
func (s *Site) has(w http.ResponseWriter, r *http.Request, kind string) bool {
	known := r.Header.Get("If-None-Match")
	return known != "" && known == s.stateTag(r) && s.begin(w, r, http.StatusOK, &answer{kind: kind, tag: known})
}

// scribe writes data, with the characters as they are.
type scribe struct {
	bytes.Buffer
	*json.Encoder
}

// scribes for programs write a line, those for people indent. They are kept, since an encoder keeps what it indents in.
var scribes = map[bool]*sync.Pool{false: newScribes(""), true: newScribes("  ")}

func newScribes(indent string) *sync.Pool {
	return &sync.Pool{New: func() any {
		w := new(scribe)
		w.Encoder = json.NewEncoder(&w.Buffer)
		w.SetEscapeHTML(false)
		w.SetIndent("", indent)
		return w
	}}
}

// largestKept is how large a buffer is kept for the next answer.
const largestKept = 1 << 20

// toJSON writes data for whoever asked: a browser names HTML among what it takes, and shows people data to read.
func toJSON(r *http.Request, data any) ([]byte, error) {
	kept := scribes[asksForPage(r)]
	w := kept.Get().(*scribe)
	w.Reset()
	if err := w.Encode(data); err != nil {
		return nil, err // an encoder that failed fails for ever
	}
	content := bytes.Clone(w.Bytes())
	if w.Cap() <= largestKept {
		kept.Put(w)
	}
	return content, nil
}

// EncodeRow encodes one row of a list, in one line.
func EncodeRow(row any) Encoded {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(row); err != nil {
		panic(err) // rows are plain values
	}
	return slices.Clip(Encoded(bytes.TrimSuffix(b.Bytes(), []byte("\n"))))
}

// EncodeList encodes a list: the fields of its head, and under a name its rows, which are encoded already, one a line.
func EncodeList(head any, name string, rows []Encoded) Encoded {
	fields := EncodeRow(head)
	size := len(fields) + len(name) + 32
	for _, row := range rows {
		size += len(row) + 6
	}
	b := make(Encoded, 0, size)
	b = append(b, fields[:len(fields)-1]...)
	b = append(append(append(b, ",\""...), name...), "\":["...)
	for i, row := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, "\n"...), row...)
	}
	return append(b, "\n]}\n"...)
}
