package mechanism_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"concord/calendar"
	"concord/commitment"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/statement"
)

// clock gives the instant of an act in these tests: one a minute.
func clock(seq int64) time.Time {
	return time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(seq) * time.Minute)
}

var officer = anOfficer.Actor()

const words = "The Parties agreed to open a ferry line. The Parties will meet every year. The Parties thank the host."

// aText receives an invented text of one clause and proposes two commitments and nothing else.
func aText(t testing.TB, m *mechanism.Mechanism) {
	t.Helper()
	do(t, m, officer, &mechanism.AnnounceText{Text: mechanism.Text{
		Code: "LAK25", Title: mechanism.Names{"en": "Harbour statement"}, Adopted: "2025-03-01", Nature: "political", Parties: m.PartyCodes(),
	}})
	do(t, m, officer, receive("LAK25", words))
	do(t, m, officer, &mechanism.ProposeCommitments{Text: "LAK25", Language: "en", Program: "test", Items: []mechanism.ProposedCommitment{
		{Ref: "LAK25-01", Proposal: proposal(0, 39, 5)}, {Ref: "LAK25-02", Proposal: proposal(41, 73, 4)},
	}})
}

func receive(code, text string) *mechanism.ReceiveText {
	file := []byte(text)
	sum := sha256.Sum256(file)
	return &mechanism.ReceiveText{Text: code, File: file, Document: &statement.Document{
		Name: "x.txt", Format: "txt", Encoding: "utf-8", Digest: hex.EncodeToString(sum[:]), Content: text, Language: "en",
		Original: text, Reading: text, Numbered: true,
		Paragraphs: []statement.Paragraph{{End: len(text), Type: statement.Operative, Role: statement.Body, Clause: "1"}},
		Clauses:    []statement.Clause{{ID: "1", Number: "1.", End: len(text)}},
	}}
}

func proposal(start, end int, s commitment.Strength) commitment.Proposal {
	return commitment.Proposal{
		Clause: "1", Start: start, End: end, Strength: s, StrengthFrom: "own", Action: words[start:min(end, len(words))],
		Actor: commitment.Actor{Text: "The Parties", Kind: commitment.All}, Cue: "agreed", Rule: "en/decide/agreed",
	}
}

func item(n int) mechanism.Item { return mechanism.Item{Text: "LAK25", N: n} }

func TestReviewDecidesEachProposalOnce(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(1)})
	do(t, m, officer, &mechanism.RefuseCommitment{Item: item(2), Reason: "a routine"})

	if c, ok := m.As(officer).Ledger().ByRef("LAK25-01"); !ok || c.State != commitment.Accepted {
		t.Errorf("LAK25-01 is not in the ledger: %+v", c)
	}
	if _, ok := m.As(officer).Ledger().ByRef("LAK25-02"); ok {
		t.Error("the refused LAK25-02 stands in the ledger")
	}
	if waiting := m.As(officer).Ledger().Waiting("LAK25"); len(waiting) != 0 {
		t.Errorf("%d still wait", len(waiting))
	}
	refuse(t, m, officer, &mechanism.AcceptCommitment{Item: item(1)}, fault.Conflict, "LAK25-01 is accepted already")
	refuse(t, m, officer, &mechanism.AcceptCommitment{Item: item(9)}, fault.NotFound, "no proposal number 9")
}

// refuse expects a check to fail with a kind and words, and the state to stay as it was.
func refuse(t *testing.T, m *mechanism.Mechanism, by mechanism.Actor, act mechanism.Act, kind fault.Kind, say string) {
	t.Helper()
	before := m.Digest()
	err := m.Check(act, by)
	if fault.KindOf(err) != kind || !strings.Contains(fmt.Sprint(err), say) {
		t.Errorf("%s: error %v, want kind %q and the words %q", mechanism.KindOf(act).Name, err, kind, say)
	}
	if m.Digest() != before {
		t.Errorf("the refused %s left a trace", mechanism.KindOf(act).Name)
	}
}

func TestReferencesArePermanent(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	do(t, m, officer, &mechanism.RefuseCommitment{Item: item(1), Reason: "an appraisal"})
	refuse(t, m, officer, &mechanism.AcceptCommitment{Item: item(2), Ref: "LAK25-01"}, fault.Conflict, "LAK25-01 is taken")
	if free := m.As(officer).Ledger().FreeRef("LAK25"); free != "LAK25-03" {
		t.Errorf("the next free reference is %s, want LAK25-03", free)
	}
}

func TestSplitKeepsTheReferenceWithTheFirstPart(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	parts := []mechanism.ProposedCommitment{{Ref: "LAK25-01", Proposal: proposal(0, 18, 5)}, {Ref: "LAK25-03", Proposal: proposal(19, 39, 5)}}
	refuse(t, m, officer, &mechanism.SplitCommitment{Item: item(1), Parts: parts[:1]}, fault.Invalid, "at least two parts")
	do(t, m, officer, &mechanism.SplitCommitment{Item: item(1), Parts: parts})
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(3)})
	if c, ok := m.As(officer).Ledger().ByRef("LAK25-01"); !ok || c.End != 18 || c.From[0] != 1 {
		t.Errorf("LAK25-01 is %+v, want the first part", c)
	}
	refuse(t, m, officer, &mechanism.AcceptCommitment{Item: item(1)}, fault.Conflict, "divided already")
}

func TestMergeKeepsTheFirstReference(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	do(t, m, officer, &mechanism.MergeCommitments{Text: "LAK25", Items: []int{1, 2}, Merged: mechanism.ProposedCommitment{Ref: "LAK25-01", Proposal: proposal(0, 73, 5)}})
	waiting := m.As(officer).Ledger().Waiting("LAK25")
	if len(waiting) != 1 || waiting[0].Ref != "LAK25-01" || waiting[0].End != 73 {
		t.Errorf("waiting: %+v, want one, LAK25-01", waiting)
	}
	refuse(t, m, officer, &mechanism.MergeCommitments{Text: "LAK25", Items: []int{3, 3}, Merged: mechanism.ProposedCommitment{Ref: "LAK25-01", Proposal: proposal(0, 73, 5)}}, fault.Invalid, "different proposals")
}

func TestReopenTakesOutOfTheLedger(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(1)})
	refuse(t, m, officer, &mechanism.ReopenCommitment{Item: item(1)}, fault.Invalid, "say why")
	do(t, m, officer, &mechanism.ReopenCommitment{Item: item(1), Reason: "the span is wrong"})
	if _, ok := m.As(officer).Ledger().ByRef("LAK25-01"); ok {
		t.Error("a reopened commitment still stands in the ledger")
	}
	c, _ := m.As(officer).Ledger().At("LAK25", 1)
	if len(c.Steps) != 3 {
		t.Errorf("its history has %d acts, want 3: proposed, accepted, reopened", len(c.Steps))
	}
}

func TestAnEditOfTheLedgerNeedsAReason(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	do(t, m, officer, &mechanism.EditCommitment{Item: item(1), Proposal: proposal(0, 39, 4)})
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(1)})
	refuse(t, m, officer, &mechanism.EditCommitment{Item: item(1), Proposal: proposal(0, 39, 3)}, fault.Invalid, "say why it changes")
	refuse(t, m, officer, &mechanism.EditCommitment{Item: item(1), Proposal: proposal(0, 3900, 3), Reason: "x"}, fault.Invalid, "outside the text")
	refuse(t, m, officer, &mechanism.EditCommitment{Item: item(1), Proposal: proposal(0, 39, 7), Reason: "x"}, fault.Invalid, "strength 7")
	do(t, m, officer, &mechanism.EditCommitment{Item: item(1), Proposal: proposal(0, 39, 3), Reason: "the verb is weaker"})
	if ln, _ := m.As(officer).Ledger().Line("LAK25-01"); ln.Strength() != commitment.Intend {
		t.Errorf("strength %d, want 3", ln.Strength())
	}
}

func TestOnlyTheWordsOfTheCodingManualAreTaken(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	by2027 := commitment.Deadline{Text: "by 2027", Value: calendar.MustWindow("2027"), Basis: commitment.Stated}
	for name, c := range map[string]struct {
		change func(*commitment.Proposal)
		say    string
	}{
		"a strength off the scale": {func(p *commitment.Proposal) { p.Strength = 6 }, "strength 6"},
		"a strength from nowhere":  {func(p *commitment.Proposal) { p.StrengthFrom = "mood" }, `"mood"`},
		"an unknown kind of actor": {func(p *commitment.Proposal) { p.Actor.Kind = "crowd" }, `"crowd"`},
		"one side that is two": {func(p *commitment.Proposal) {
			p.Actor = commitment.Actor{Kind: commitment.One, Parties: m.PartyCodes()[:2]}
		}, "names one party"},
		"an unknown modifier":       {func(p *commitment.Proposal) { p.Modifiers = []string{"fully", "maybe"} }, `"maybe"`},
		"an unknown instrument":     {func(p *commitment.Proposal) { p.Instrument = "poem" }, `"poem"`},
		"a deadline without value":  {func(p *commitment.Proposal) { p.Deadline = &commitment.Deadline{Text: "soon", Basis: commitment.Soft} }, "has no value"},
		"a deadline of odd make":    {func(p *commitment.Proposal) { d := by2027; d.Value.To = calendar.Day{}; p.Deadline = &d }, "has no value"},
		"a deadline without a base": {func(p *commitment.Proposal) { d := by2027; d.Basis = ""; p.Deadline = &d }, "basis"},
	} {
		t.Run(name, func(t *testing.T) {
			p := proposal(0, 39, 5)
			c.change(&p)
			refuse(t, m, officer, &mechanism.EditCommitment{Item: item(1), Proposal: p}, fault.Invalid, c.say)
		})
	}
	whole := proposal(0, 39, 5)
	whole.Deadline, whole.Modifiers, whole.Instrument = &by2027, commitment.Modifiers(), commitment.Document
	do(t, m, officer, &mechanism.EditCommitment{Item: item(1), Proposal: whole})
}

func TestADeadlineThatIsNoneIsRefusedWhenAnActIsRead(t *testing.T) {
	act := &mechanism.EditCommitment{Item: item(1), Proposal: proposal(0, 39, 5)}
	act.Proposal.Deadline = &commitment.Deadline{Text: "by 2027", Value: calendar.MustWindow("2027"), Basis: commitment.Stated}
	body, err := mechanism.Encode(act)
	if err != nil || !strings.Contains(string(body), `"value":"2027"`) {
		t.Fatalf("the body is %s, error %v", body, err)
	}
	if back, err := mechanism.Decode("commitment.edit", body); err != nil || back.(*mechanism.EditCommitment).Proposal.Deadline.Value != act.Proposal.Deadline.Value {
		t.Errorf("it comes back as %+v, error %v", back, err)
	}
	odd := strings.Replace(string(body), `"value":"2027"`, `"value":"2027-13"`, 1)
	if _, err := mechanism.Decode("commitment.edit", []byte(odd)); fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Sentence(err), `"2027-13" is no value of a deadline`) {
		t.Errorf("error %v", err)
	}
}

func TestNobodyDecidesOnWhatTheyHaveNotSeen(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	c, _ := m.As(officer).Ledger().At("LAK25", 1)
	seen := c.Last()
	stale := mechanism.Item{Text: "LAK25", N: 1, Seen: &seen}
	do(t, m, officer, &mechanism.EditCommitment{Item: stale, Proposal: proposal(0, 39, 4)})
	refuse(t, m, officer, &mechanism.EditCommitment{Item: stale, Proposal: proposal(0, 39, 2)}, fault.Conflict, "changed meanwhile by act")
	refuse(t, m, officer, &mechanism.AcceptCommitment{Item: stale}, fault.Conflict, "changed meanwhile by act")
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(1)})
}

func TestASaltIsNoPartOfTheAct(t *testing.T) {
	for _, body := range []string{`{}`, `{"person":"bo","reason":"moved on"}`} {
		act, err := mechanism.Decode("person.relieve", mechanism.Salted([]byte(body), "ABC234"))
		if err != nil {
			t.Fatal(err)
		}
		plain, err := mechanism.Decode("person.relieve", []byte(body))
		if err != nil {
			t.Fatal(err)
		}
		if *act.(*mechanism.RelievePerson) != *plain.(*mechanism.RelievePerson) {
			t.Errorf("%s: salted it reads %+v", body, act)
		}
	}
}

func TestWhoMayWrite(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	party := m.PartyCodes()[0]
	do(t, m, officer, &mechanism.AppointPerson{Person: mechanism.Person{ID: "bo", Name: "Bo", Office: mechanism.Coordinator, Party: party}})
	bo := mechanism.Actor{Person: "bo", Party: party, Office: mechanism.Coordinator}

	refuse(t, m, bo, &mechanism.AcceptCommitment{Item: item(1)}, fault.Denied, "that is for an officer of the Secretariat")
	refuse(t, m, mechanism.Actor{Person: "bo", Office: mechanism.Officer}, &mechanism.AcceptCommitment{Item: item(1)}, fault.Denied, "holds no mandate")
	refuse(t, m, mechanism.Actor{}, &mechanism.AcceptCommitment{Item: item(1)}, fault.Denied, "holds no mandate")
	refuse(t, m, mechanism.Actor{Person: "founder", Office: mechanism.Founder}, &mechanism.AcceptCommitment{Item: item(1)}, fault.Denied, "founded")
	refuse(t, m, officer, &mechanism.RelievePerson{Person: "ana"}, fault.Invalid, "only officer")

	do(t, m, officer, &mechanism.RelievePerson{Person: "bo", Reason: "moved on"})
	refuse(t, m, bo, &mechanism.AcceptCommitment{Item: item(1)}, fault.Denied, "holds no mandate")
}

func TestTheSameTextIsReceivedOnce(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	refuse(t, m, officer, receive("LAK25", words), fault.Conflict, "this very file was received before, as LAK25")
	again := receive("LAK25", words+" ")
	again.Document.Content = words
	refuse(t, m, officer, again, fault.Conflict, "these words were received before")
	other := receive("LAK25", "Other words.")
	refuse(t, m, officer, other, fault.Conflict, "a copy in \"en\" already")
	other.File = []byte("not the file that was read")
	refuse(t, m, officer, other, fault.Invalid, "not the one that was read")
}

// Whatever acts come in whatever order: a refused act leaves no trace, and a replay of the accepted ones through their
// JSON form gives the same state.
func TestRandomActsReplayToTheSameDigest(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 1))
		m, replay := found(t, lake), found(t, lake)
		aText(t, m)
		aText(t, replay)
		for range 120 {
			act := randomAct(rng, m)
			before := m.Digest()
			if err := m.Check(act, officer); err != nil {
				if m.Digest() != before {
					t.Fatalf("seed %d: the refused %s left a trace", seed, mechanism.KindOf(act).Name)
				}
				continue
			}
			body, err := mechanism.Encode(act)
			if err != nil {
				t.Fatal(err)
			}
			again, err := mechanism.Decode(mechanism.KindOf(act).Name, body)
			if err != nil {
				t.Fatal(err)
			}
			m.Apply(act, at(m, officer, act))
			replay.Apply(again, at(replay, officer, again))
		}
		if m.Digest() != replay.Digest() {
			t.Errorf("seed %d: a replay gives another state", seed)
		}
	}
}

func randomAct(rng *rand.Rand, m *mechanism.Mechanism) mechanism.Act {
	n := 1 + rng.IntN(len(m.As(officer).Ledger().Of("LAK25"))+1)
	start := rng.IntN(60)
	p := proposal(start, start+1+rng.IntN(20), commitment.Strength(rng.IntN(7)))
	ref := m.As(officer).Ledger().FreeRef("LAK25")
	switch rng.IntN(8) {
	case 0:
		return &mechanism.AcceptCommitment{Item: item(n)}
	case 1:
		return &mechanism.RefuseCommitment{Item: item(n), Reason: []string{"", "past"}[rng.IntN(2)]}
	case 2:
		return &mechanism.EditCommitment{Item: item(n), Proposal: p, Reason: []string{"", "better"}[rng.IntN(2)]}
	case 3:
		return &mechanism.AddCommitment{Text: "LAK25", Language: "en", ProposedCommitment: mechanism.ProposedCommitment{Ref: ref, Proposal: p}}
	case 4:
		return &mechanism.ReopenCommitment{Item: item(n), Reason: "again"}
	case 5:
		keep := ""
		if c, ok := m.As(officer).Ledger().At("LAK25", n); ok {
			keep = c.Ref
		}
		return &mechanism.SplitCommitment{Item: item(n), Parts: []mechanism.ProposedCommitment{{Ref: keep, Proposal: p}, {Ref: ref, Proposal: p}}}
	case 6:
		keep := ""
		if c, ok := m.As(officer).Ledger().At("LAK25", n); ok {
			keep = c.Ref
		}
		return &mechanism.MergeCommitments{Text: "LAK25", Items: []int{n, 1 + rng.IntN(6)}, Merged: mechanism.ProposedCommitment{Ref: keep, Proposal: p}}
	}
	return &mechanism.AppointPerson{Person: mechanism.Person{ID: fmt.Sprintf("p%d", rng.IntN(9)), Name: "P", Office: mechanism.Reader}}
}
