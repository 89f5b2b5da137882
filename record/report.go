package record

import (
	"fmt"
	"strings"

	"concord/internal/fault"
)

// The parts of a record that a finding can be about.
const (
	PartDatabase   = "database"   // the file or its tables, beneath the record
	PartMeta       = "meta"       // what the record says of itself: format, origin, key
	PartHead       = "head"       //
	PartHeader     = "header"     // of an act
	PartBody       = "body"       // of an act
	PartTile       = "tile"       // stored hashes of the tree
	PartCheckpoint = "checkpoint" //
	PartReplay     = "replay"     // the caller could not replay an act
	PartAuthority  = "authority"  // the caller says that an act was not allowed
)

// Finding is one thing that is not as it must be, in plain words: Said, and the same in English. Act is the act's number,
// or -1.
type Finding struct {
	Part string       `json:"part"`
	Act  int64        `json:"act"`
	Text string       `json:"text"`
	Said fault.Phrase `json:"-"`
}

// String gives the words.
func (f Finding) String() string { return f.Text }

// Report says what Verify checked and what it found.
type Report struct {
	Origin      string    `json:"origin"`
	Database    string    `json:"database"` // "SQLite 3.53.4", "PostgreSQL 15.18 ..."
	Head        Head      `json:"head"`
	Acts        int64     `json:"acts"`        // acts whose header and body were hashed
	Bytes       int64     `json:"bytes"`       // of headers and bodies
	Tiles       int64     `json:"tiles"`       // tiles of stored hashes that were recomputed
	Checkpoints int64     `json:"checkpoints"` // whose signature and root were checked
	Signed      int64     `json:"signed"`      // size at the newest sound checkpoint: acts before it are signed for
	Replayed    int64     `json:"replayed"`    // acts that the caller took
	Findings    []Finding `json:"findings"`
	More        int64     `json:"more"` // findings beyond the first maxFindings
}

// Add adds what a caller found, as far as there is room.
func (r *Report) Add(findings ...Finding) {
	room := max(0, min(maxFindings-len(r.Findings), len(findings)))
	r.Findings = append(r.Findings, findings[:room]...)
	r.More += int64(len(findings) - room)
}

// OK says that nothing is wrong.
func (r Report) OK() bool { return len(r.Findings) == 0 }

// String says in plain words what was checked and what was found, several lines with a newline after each.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "record %s, in %s\n", r.Origin, r.Database)
	fmt.Fprintf(&b, "checked:\n")
	fmt.Fprintf(&b, "  %d acts, %d bytes: the form and number of each header, the hash of each body\n", r.Acts, r.Bytes)
	fmt.Fprintf(&b, "  %d leaf hashes and %d tiles of the tree, up to the root of %d acts\n    %v\n", r.Acts, r.Tiles, r.Head.Size, r.Head.Root)
	fmt.Fprintf(&b, "  %d checkpoints: the signature and the root of each; the first %d acts are signed for\n", r.Checkpoints, r.Signed)
	fmt.Fprintf(&b, "  the database beneath: its structure, and that nothing else is in the record's tables\n")
	if r.OK() {
		fmt.Fprintf(&b, "found: nothing wrong\n")
		return b.String()
	}
	fmt.Fprintf(&b, "found:\n")
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "  - %s\n", f)
	}
	if r.More > 0 {
		fmt.Fprintf(&b, "  - and %d more\n", r.More)
	}
	return b.String()
}
