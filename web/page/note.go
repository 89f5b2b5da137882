package page

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"concord/commitment"
	"concord/mechanism"
)

// Note is what stands in the margin of a clause about one commitment.
type Note struct {
	Ref      string
	State    string // accepted, proposed, summarized (only the pack's words are known)
	Href     string
	Says     string
	SaysLang string
	Strength int
	Kind     string
	Parties  []string
	Who      string // the actor in words, where it is not all parties
	WhoLang  string
	Deadline string // in words
	Written  string // the deadline as the text has it
	Due      *commitment.Deadline
	Basis    string
	Cue      string
	Rule     string
	From     string // own, chapeau
	Lang     string // of the text's own words
	Start    int
	End      int
	At       string // id of the clause
}

// NoteOf is the note of a commitment that was read in the text; c is the copy on show, which may be another
// than the one it was read in.
func (f *Frame) NoteOf(x *commitment.Commitment, c mechanism.Copy) Note {
	n := Note{
		Ref: x.Ref, State: string(x.State), Href: CommitmentHref(x), Strength: int(x.Strength),
		Kind: string(x.Actor.Kind), Parties: x.Actor.Parties, Deadline: f.Deadline(x.Deadline), Cue: x.Cue, Rule: x.Rule,
		From: string(x.StrengthFrom), Lang: x.Language, At: x.Clause, Due: x.Deadline,
	}
	if x.Language == c.Language {
		n.Start, n.End = x.Start, x.End
	}
	summary, _ := f.State.Ledger().Summary(x.Ref)
	n.Says, n.SaysLang = f.Says(commitment.Line{Ref: x.Ref, Text: x.Text, Summary: summary, Accepted: x})
	if x.Actor.Kind != commitment.All {
		n.Who, n.WhoLang = x.Actor.Text, x.Language
		if summary != nil && summary.Actor.Text[f.L.Tag] != "" {
			n.Who, n.WhoLang = summary.Actor.Text[f.L.Tag], f.L.Tag
		}
	}
	if x.Deadline != nil {
		n.Written, n.Basis = x.Deadline.Text, string(x.Deadline.Basis)
	}
	return n
}

// SummaryNote is the note of a commitment that only the pack speaks of.
func (f *Frame) SummaryNote(s *commitment.Summary) Note {
	n := Note{
		Ref: s.Ref, State: string(commitment.Summarized), Href: "/commitments/" + s.Ref, Strength: int(s.Strength),
		Kind: string(s.Actor.Kind), Parties: s.Actor.Parties, Deadline: f.Deadline(s.Deadline), At: s.Clause, Due: s.Deadline,
	}
	n.Says, n.SaysLang = f.Says(commitment.Line{Ref: s.Ref, Text: s.Text, Summary: s})
	if s.Actor.Kind != commitment.All {
		n.Who, n.WhoLang = f.Name(s.Actor.Text), f.NameLang(s.Actor.Text)
	}
	if s.Deadline != nil {
		n.Basis = string(s.Deadline.Basis)
	}
	return n
}

// Force is the strength of the commitment.
func (n Note) Force() commitment.Strength { return commitment.Strength(n.Strength) }

// Excerpt cuts words after n characters.
func Excerpt(s string, n int) string {
	s = strings.TrimSpace(s)
	end := 0
	for range n {
		if end == len(s) {
			return s
		}
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	if end == len(s) {
		return s
	}
	return strings.TrimSpace(s[:end]) + "…"
}

// CommitmentHref leads to what became of a commitment that was read in a text: while it waits, to its review.
func CommitmentHref(x *commitment.Commitment) string {
	if x.State == commitment.Proposed {
		return ReviewHref(x)
	}
	return "/commitments/" + x.Ref
}

// ReviewHref leads to the review of a proposal.
func ReviewHref(x *commitment.Commitment) string {
	return "/texts/" + x.Text + "/review?n=" + strconv.Itoa(x.N)
}
