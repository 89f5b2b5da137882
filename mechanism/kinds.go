package mechanism

import (
	"concord/commitment"
	"concord/internal/fault"
)

// Kind describes one kind of act: everything that can happen in a mechanism stands in this table, and the document of
// acts is made from it.
type Kind struct {
	Name       string
	Verb       string   // completes "may not ..."
	Offices    []string // who may
	Visibility string   // who may read it: public, parties, office
	New        func() Act
}

var (
	founding = []string{Founder}
	officers = []string{Founder, Officer}
)

// Kinds is the table of all kinds of acts, in the order in which a mechanism meets them.
func Kinds() []Kind { return kinds }

var kinds = []Kind{
	{"mechanism.establish", "establish the mechanism", founding, Public, func() Act { return new(Establish) }},
	{"party.admit", "admit a party", officers, Public, func() Act { return new(AdmitParty) }},
	{"track.open", "open a track", officers, Public, func() Act { return new(OpenTrack) }},
	{"body.found", "found a body", officers, Public, func() Act { return new(FoundBody) }},
	{"meeting.record", "record a meeting", officers, Public, func() Act { return new(RecordMeeting) }},
	{"person.appoint", "appoint a person", officers, Parties, func() Act { return new(AppointPerson) }},
	{"person.relieve", "relieve a person", officers, Parties, func() Act { return new(RelievePerson) }},
	{"text.announce", "announce a text", officers, Public, func() Act { return new(AnnounceText) }},
	{"text.receive", "receive a text", officers, Public, func() Act { return new(ReceiveText) }},
	{"commitment.summarize", "enter a summary", officers, Public, func() Act { return new(SummarizeCommitment) }},
	{"commitment.propose", "propose commitments", officers, Parties, func() Act { return new(ProposeCommitments) }},
	{"commitment.add", "add a commitment", officers, Parties, func() Act { return new(AddCommitment) }},
	{"commitment.accept", "accept a commitment", officers, Public, func() Act { return new(AcceptCommitment) }},
	{"commitment.edit", "edit a commitment", officers, Parties, func() Act { return new(EditCommitment) }},
	{"commitment.split", "split a commitment", officers, Parties, func() Act { return new(SplitCommitment) }},
	{"commitment.merge", "merge commitments", officers, Parties, func() Act { return new(MergeCommitments) }},
	{"commitment.refuse", "refuse a proposal", officers, Parties, func() Act { return new(RefuseCommitment) }},
	{"commitment.reopen", "reopen a decision", officers, Parties, func() Act { return new(ReopenCommitment) }},
}

// may is what the kind's offices may do, as part of a sentence.
func (k Kind) may() fault.Phrase { return fault.Phrase{Format: k.Verb} }

func kindOf(name string) (Kind, bool) {
	for _, k := range kinds {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// Classes of visibility of an act.
const (
	Public  = "public"
	Parties = "parties"
	Office  = "office"
)

// Visibility is who may read an act that is about to be done on this state: what its kind says, except that a decision
// on a proposal which nobody has accepted yet stays among the parties.
func (m *Mechanism) Visibility(a Act) string {
	if on, ok := a.(interface{ on() Item }); ok {
		if c, ok := m.ledger.At(on.on().Text, on.on().N); ok && c.State == commitment.Accepted {
			return Public
		}
	}
	k, _ := kindOf(a.Kind())
	return k.Visibility
}
