package record

import (
	"encoding/json"
	"strings"
	"time"

	"concord/mechanism"
	"concord/record"
	"concord/web/page"
)

// List is a stretch of the record, the newest act first. Total counts all acts, Matched those that fit.
type List struct {
	page.Listing
	Filter Filter         `json:"filter"` // as it was understood
	Acts   []page.ActData `json:"acts"`   // of this stretch
}

// Filter says which acts are wanted; all that is given must fit.
type Filter struct {
	Kind   string `json:"kind,omitempty"`   // commitment.accept; docs/acts.md has all kinds
	Party  string `json:"party,omitempty"`  // of whoever acted, ISO 3166-1 alpha-2
	Object string `json:"object,omitempty"` // that was touched: "text:CHD24", or a plain reference
	Before int64  `json:"before,omitempty"` // acts with a lower number only; 0: from the newest
}

// ProvenAct is one act with its proof: the way from its hash to the signed root of the record. docs/record-format.md says
// how to check it.
type ProvenAct struct {
	Act        *page.ActData   `json:"act"`                  // the act itself, with all that it touched
	Header     string          `json:"header"`               // its exact bytes, which are hashed
	Leaf       string          `json:"leaf_hash"`            // of the header, base64
	BodyHash   string          `json:"body_hash"`            // SHA-256 of the body, as the header has it
	Body       json.RawMessage `json:"body,omitempty"`       // what the act says, exactly; none for whoever may not read it
	BodyBytes  int             `json:"body_bytes"`           // its size
	Proof      []string        `json:"inclusion_proof"`      // hashes, base64, from the leaf upward
	Size       int64           `json:"tree_size"`            // how many acts the root is over
	Root       string          `json:"root"`                 // base64
	Checkpoint string          `json:"checkpoint,omitempty"` // the signed note of the root; none: not signed yet
	Key        string          `json:"key"`                  // the public key of the record, as a note's verifier
}

// Verification is how far a verification of the whole record is, or what came of it.
type Verification struct {
	Running bool           `json:"running"`          // it goes on now
	Done    int64          `json:"done"`             // acts that were read
	Total   int64          `json:"total"`            // acts that there are
	Ended   time.Time      `json:"ended,omitzero"`   // when it ended; none: never, or it runs
	Report  *record.Report `json:"report,omitempty"` // what was checked and found
	Digest  string         `json:"digest,omitempty"` // of the state that the replay gave
	Moved   bool           `json:"moved"`            // acts landed meanwhile, so the digests are of different states
	Same    bool           `json:"same"`             // the state that is served has the same digest
	Failed  string         `json:"failed,omitempty"` // what kept it from ending, in the reader's language
	Origin  string         `json:"origin"`           // name of the record in its checkpoints
	Key     string         `json:"key"`              // the public key of the record, as a note's verifier
}

// Data is the public form of the page.
func (p *verifyPage) Data() any {
	return Verification{p.Running, p.Read, p.Total, p.Ended, p.Report, p.Digest, p.Moved, p.Same, p.Failed, p.Origin, p.Key}
}

// Data is the public form of the page.
func (p *actPage) Data() any {
	return ProvenAct{
		p.Act.Data(), p.Header, p.Leaf, p.BodyHash, p.Body, p.BodyBytes, p.Proof, p.Size, p.Root, p.Checkpoint, p.Key,
	}
}

// listData gives the stretch of the record that the address asks for; ?after= is the number of an act.
func listData(f *page.Frame) (any, error) {
	filter := filterOf(f)
	limit, err := f.Limit()
	if err != nil {
		return nil, err
	}
	after := f.State.Acts()
	if asked := f.Query.Get("after"); asked != "" {
		var ok bool
		if after, ok = page.ParseSeq(asked); !ok {
			return nil, page.NoPlace(asked)
		}
	}
	data := List{Listing: page.Listing{Total: int(f.State.Acts())}, Filter: Filter(filter), Acts: []page.ActData{}}
	for d := range filter.fitting(f.State) {
		data.Matched++
		switch {
		case d.Seq >= after || data.Next != "":
		case len(data.Acts) == limit:
			data.Next = f.NextHref(page.FormatSeq(data.Acts[limit-1].Seq))
		default:
			data.Acts = append(data.Acts, f.DataOfAct(d))
		}
	}
	return data, nil
}

// table gives all acts that fit for spreadsheets, the newest first.
func table(f *page.Frame) (page.Table, error) {
	filter := filterOf(f)
	return func(row func(cells ...string) error) error {
		if err := row("seq", "time", "kind", "objects", "by", "hidden"); err != nil {
			return err
		}
		for d := range filter.fitting(f.State) {
			a := f.DataOfAct(d)
			if err := row(page.FormatSeq(a.Seq), a.Time, a.Kind, joined(a.Objects), a.By, map[bool]string{true: "1", false: "0"}[a.Hidden]); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

func joined(objects []mechanism.Object) string {
	said := make([]string, len(objects))
	for i, o := range objects {
		said[i] = string(o)
	}
	return strings.Join(said, " ")
}
