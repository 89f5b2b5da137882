package mechanism_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"concord/commitment"
	"concord/internal/fault"
	"concord/mechanism"
)

// offices are a person in each office, the founder before the founding and the public.
func offices(t *testing.T, m *mechanism.Mechanism) map[string]mechanism.Actor {
	t.Helper()
	all := map[string]mechanism.Actor{"public": {}, "officer": officer}
	for _, p := range []mechanism.Person{
		{ID: "cora", Office: mechanism.Coordinator, Party: "XA"}, {ID: "rob", Office: mechanism.Reader},
		{ID: "chad", Office: mechanism.Chair, Party: "XB", Body: "council"}, {ID: "asa", Office: mechanism.Assessor},
		{ID: "dee", Office: mechanism.Depositary, Party: "XC"},
	} {
		p.Name = strings.ToUpper(p.ID)
		do(t, m, officer, &mechanism.AppointPerson{Person: p})
		all[p.Office] = p.Actor()
	}
	return all
}

// Every kind of act, and who could ever do it. A new kind has a line here.
func TestWhoMayDoWhat(t *testing.T) {
	const officersOnly = "officer"
	may := map[string]string{
		"mechanism.establish": "", "party.admit": officersOnly, "track.open": officersOnly, "body.found": officersOnly,
		"meeting.record": "chair officer", "person.appoint": officersOnly, "person.relieve": officersOnly,
		"text.announce": officersOnly, "text.receive": officersOnly, "text.withdraw": officersOnly,
		"commitment.summarize": officersOnly, "commitment.propose": officersOnly, "commitment.add": officersOnly, "commitment.accept": officersOnly,
		"commitment.edit": officersOnly, "commitment.split": officersOnly, "commitment.merge": officersOnly, "commitment.refuse": officersOnly,
		"commitment.reopen": officersOnly, "note.add": "coordinator officer", "note.withdraw": "coordinator officer",
		"clock.accept": officersOnly, "rollback.accept": officersOnly,
	}
	m := found(t, lake)
	all := offices(t, m)
	founder := mechanism.Actor{Person: "founder", Office: mechanism.Founder}
	for _, kind := range mechanism.Kinds() {
		var could []string
		for office, by := range all {
			s := m.As(by)
			if s.May(kind.Name) {
				could = append(could, office)
			}
			if err := m.MayWrite(kind.Name, by); (err == nil) != s.May(kind.Name) || err != nil && fault.KindOf(err) != fault.Denied {
				t.Errorf("%s by the %s: %v, but the sight says %v", kind.Name, office, err, s.May(kind.Name))
			}
		}
		slices.Sort(could)
		want, known := may[kind.Name]
		if got := strings.Join(could, " "); !known || got != want {
			t.Errorf("%s could be done by %q, want %q", kind.Name, got, want)
		}
		if m.As(founder).May(kind.Name) {
			t.Errorf("the founder may do %s after the founding", kind.Name)
		}
		wantFounder := !strings.HasPrefix(kind.Name, "note.")
		if got := mechanism.New().As(founder).May(kind.Name); got != wantFounder {
			t.Errorf("the founder may do %s before the founding: %v", kind.Name, got)
		}
		if slices.Contains(kind.Entitled(), mechanism.Founder) != (kind.Name == "mechanism.establish") {
			t.Errorf("%s is said to be for %v", kind.Name, kind.Entitled())
		}
	}
	if len(may) != len(mechanism.Kinds()) {
		t.Errorf("%d kinds are listed here, there are %d", len(may), len(mechanism.Kinds()))
	}
}

func TestAMandateThatIsNotTheActorsOwnIsNone(t *testing.T) {
	m := found(t, lake)
	all := offices(t, m)
	cora := all[mechanism.Coordinator]
	for name, by := range map[string]mechanism.Actor{
		"another office": {Person: "cora", Office: mechanism.Officer, Party: "XA"}, "another party": {Person: "cora", Office: mechanism.Coordinator, Party: "XB"},
		"nobody": {Person: "x", Office: mechanism.Coordinator, Party: "XA"}, "no office": {Person: "cora"},
	} {
		if m.As(by).May("note.add") {
			t.Errorf("%s: may keep notes", name)
		}
	}
	do(t, m, officer, &mechanism.RelievePerson{Person: "cora", Reason: "moved"})
	if m.As(cora).May("note.add") {
		t.Error("who was relieved may keep notes")
	}
}

func TestClassesOfVisibility(t *testing.T) {
	m := found(t, lake)
	all := offices(t, m)
	all["founder"] = mechanism.Actor{Person: "founder", Office: mechanism.Founder}
	for class, readers := range map[string]string{
		"public": "assessor chair coordinator depositary founder officer public reader", "parties": "assessor chair coordinator depositary founder officer reader",
		"office": "founder officer", "party:XA": "coordinator", "party:XB": "chair", "party:XC": "depositary", "party:XD": "",
		"party:": "", "": "", "PUBLIC": "", "party": "", "officer": "",
	} {
		var may []string
		for name, by := range all {
			if m.As(by).Sees(class) {
				may = append(may, name)
			}
		}
		slices.Sort(may)
		if got := strings.Join(may, " "); got != readers {
			t.Errorf("%q is read by %q, want %q", class, got, readers)
		}
	}
}

func TestWhatIsPublicIsTheSameForAll(t *testing.T) {
	m := lakeInReview(t)
	told := func(s mechanism.Sight) string {
		var of []any
		party, _ := s.Party("XA")
		body, _ := s.Body("council")
		track, _ := s.Track("water")
		meeting, _ := s.Meeting(s.Meetings()[0].ID)
		of = append(of, s.ID(), s.Version(), s.Name(), s.Short(), s.Parties("zh"), s.PartyCodes(), party, s.HasParty("KZ"), s.Bodies(), body, s.Tracks(), track,
			s.Meetings(), meeting, s.CountMeetings(), s.CountTexts(), s.Acts(), s.Last(), s.ActsAt(clock(3)), len(s.Texts()), s.Ledger().Len(), len(s.Ledger().Lines()),
			len(s.Ledger().LinesOf("COR25")), len(s.Ledger().Summaries("COR25")), s.Public().By())
		before, after := s.Ledger().Beside("COR25-02")
		return fmt.Sprintf("%+v %s %s", of, before, after)
	}
	public := told(m.As(mechanism.Actor{}))
	for _, said := range []string{"lake-compact", "Corvenia", "Water Board", "COR25-01 COR25-03"} {
		if !strings.Contains(public, said) {
			t.Errorf("the public is not told of %s", said)
		}
	}
	for name, by := range offices(t, lakeInReview(t)) {
		if got := told(m.As(by)); got != public {
			t.Errorf("the %s is told otherwise:\n%s\n%s", name, got, public)
		}
	}
}

func TestNamesOfPeopleAreForTheParties(t *testing.T) {
	m := found(t, lake)
	all := offices(t, m)
	for name, by := range all {
		s := m.As(by)
		person, found := s.Person("ana")
		if wants := name != "public"; found != wants || (person.Name == "Ana") != wants || (len(s.People()) > 0) != wants {
			t.Errorf("the %s finds Ana: %v %v, and %d people", name, found, person, len(s.People()))
		}
		if _, found := s.LastChange("person:ana"); found != (name != "public") {
			t.Errorf("the %s finds when Ana was appointed: %v", name, found)
		}
	}
	if _, found := m.As(officer).Person("nobody"); found {
		t.Error("nobody is found")
	}
}

// Refused, waiting, divided and merged proposals, and passages passed over, are for the parties: to everybody else they
// are not there, however one asks.
func TestProposalsAreForTheParties(t *testing.T) {
	m := lakeInReview(t)
	do(t, m, officer, &mechanism.RefuseCommitment{Item: item(2), Reason: "an opinion"})
	all := offices(t, m)
	for name, by := range all {
		s, parties := m.As(by), name != "public"
		l := s.Ledger()
		if got, want := len(l.Of("LAK25")), map[bool]int{true: 4, false: 1}[parties]; got != want {
			t.Errorf("the %s sees %d commitments, want %d", name, got, want)
		}
		for n, want := range map[int]bool{1: parties, 2: parties, 3: true, 4: parties, 9: false} {
			ref := commitment.Ref("LAK25", n)
			if _, got := l.At("LAK25", n); got != want {
				t.Errorf("the %s finds %s by its number: %v", name, ref, got)
			}
			if _, got := l.Holder(ref); got != want {
				t.Errorf("the %s finds %s by its reference: %v", name, ref, got)
			}
			if _, got := l.ByRef(ref); got != (n == 3) {
				t.Errorf("the %s finds %s accepted: %v", name, ref, got)
			}
			if _, got := s.LastChange(mechanism.ObjectOf("commitment", ref)); got != want {
				t.Errorf("the %s finds the history of %s: %v", name, ref, got)
			}
		}
		if got, want := len(l.Waiting("LAK25")), map[bool]int{true: 2, false: 0}[parties]; got != want {
			t.Errorf("the %s sees %d that wait, want %d", name, got, want)
		}
		if got, want := l.Counts("LAK25"), (commitment.Counts{Accepted: 1, Proposed: 2, Refused: 1}); parties && got != want || !parties && got != (commitment.Counts{Accepted: 1}) {
			t.Errorf("the %s counts %+v", name, got)
		}
		if number, free := l.NextNumber("LAK25"), l.FreeRef("LAK25"); parties && (number != 5 || free != "LAK25-05") || !parties && (number != 0 || free != "") {
			t.Errorf("the %s could propose as %d, %s", name, number, free)
		}
	}
}

func TestASentenceIsReadAsFarAsOneMayReadIt(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	for _, ref := range []string{"LAK25-03", "LAK25-04"} {
		do(t, m, officer, added(func(a *mechanism.AddCommitment) { a.Ref, a.Group = ref, 1 }))
	}
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(4)})
	for name, by := range offices(t, m) {
		var refs []string
		for _, c := range m.As(by).Ledger().Sentence("LAK25", "en", 1) {
			refs = append(refs, c.Ref)
		}
		slices.Sort(refs)
		want := "LAK25-03 LAK25-04"
		if name == "public" {
			want = "LAK25-04"
		}
		if got := strings.Join(refs, " "); got != want {
			t.Errorf("of the sentence, the %s reads %q, want %q", name, got, want)
		}
	}
}

func TestPassagesPassedOverAreForTheParties(t *testing.T) {
	m := lakeInReview(t)
	p := proposed("EMP25")
	p.Passed = []commitment.Passage{{Clause: "1", End: 5, Rule: "en/note/met", Reason: "note"}}
	do(t, m, officer, p)
	for name, by := range offices(t, m) {
		s, want := m.As(by), map[bool]int{true: 1, false: 0}[name != "public"]
		x, _ := s.Text("EMP25")
		if got := len(x.Copies[0].Passed); got != want {
			t.Errorf("the %s sees %d passages, want %d", name, got, want)
		}
		for _, x := range s.Texts() {
			if x.Code == "EMP25" && len(x.Copies[0].Passed) != want {
				t.Errorf("the %s sees %d passages in the list", name, len(x.Copies[0].Passed))
			}
		}
	}
	if x, _ := m.As(officer).Text("EMP25"); len(x.Copies[0].Passed) != 1 {
		t.Error("hiding it from the public took it from the officers")
	}
}

// How a commitment came to be accepted is told to the parties; to everybody, that it was, and what followed. What was
// changed while it was open again is, to everybody, changed by the acceptance.
func TestWhatIsToldOfHowACommitmentCameToBe(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	edit := func(end int) { // each wording ends elsewhere
		p := proposal(0, end, 5)
		do(t, m, officer, &mechanism.EditCommitment{Item: item(1), Proposal: p, Reason: fmt.Sprint("to ", end)})
	}
	first := proposal(0, 39, 5)
	edit(20)
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(1)})
	edit(25)
	do(t, m, officer, &mechanism.ReopenCommitment{Item: item(1), Reason: "again"})
	edit(30)
	edit(32)
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(1)})
	told := func(c *commitment.Commitment) string {
		var said []string
		for _, step := range c.Steps {
			before := 0
			if step.Before != nil {
				before = step.Before.End
			}
			d, _ := m.As(officer).Deed(step.Act)
			said = append(said, fmt.Sprintf("%s %d", strings.TrimPrefix(d.Kind, "commitment."), before))
		}
		return strings.Join(said, ", ")
	}
	const everything = "propose 0, edit 39, accept 0, edit 20, reopen 0, edit 25, edit 30, accept 0"
	const open = "accept 0, edit 20, reopen 0, accept 25"
	if first.End != 39 {
		t.Fatal("the first wording ends elsewhere")
	}
	for name, by := range offices(t, m) {
		want := everything
		if name == "public" {
			want = open
		}
		l := m.As(by).Ledger()
		one, _ := l.At("LAK25", 1)
		byRef, _ := l.ByRef("LAK25-01")
		line, _ := l.Line("LAK25-01")
		for way, c := range map[string]*commitment.Commitment{"number": one, "reference": byRef, "line": line.Accepted, "list": l.Of("LAK25")[0]} {
			if got := told(c); got != want {
				t.Errorf("the %s is told by %s: %s, want %s", name, way, got, want)
			}
			if c.End != 32 || c.Last() != one.Last() {
				t.Errorf("the %s gets another commitment by %s", name, way)
			}
		}
	}
}

func TestPartsOfADividedProposalDoNotNameItToThePublic(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	parts := []mechanism.ProposedCommitment{{Ref: "LAK25-01", Proposal: proposal(0, 20, 4)}, {Ref: "LAK25-03", Proposal: proposal(20, 39, 4)}}
	do(t, m, officer, &mechanism.SplitCommitment{Item: item(1), Parts: parts})
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(3)})
	for name, by := range map[string]mechanism.Actor{"officer": officer, "public": {}} {
		c, ok := m.As(by).Ledger().ByRef("LAK25-01")
		if !ok || (len(c.From) > 0) != (name == "officer") {
			t.Errorf("the %s is told that it came from %v", name, c.From)
		}
	}
}

// Of an act that is not for them, readers get what its header says: its number, time, kind, actor and class.
func TestDeedsThatAreNotForAReader(t *testing.T) {
	m := lakeInReview(t)
	public, parties := m.As(mechanism.Actor{}), m.As(officer)
	hidden := 0
	for d := range parties.Deeds(0) {
		seen, ok := public.Deed(d.Seq)
		if !ok || seen.Seq != d.Seq || !seen.Time.Equal(d.Time) || seen.Kind != d.Kind || seen.Visibility != d.Visibility || seen.Actor.Office != d.Actor.Office {
			t.Errorf("act %d is told to the public as %+v, want %+v", d.Seq, seen, d)
		}
		if d.Visibility == mechanism.Public {
			continue
		}
		if hidden++; len(seen.Objects) > 0 || len(d.Objects) == 0 {
			t.Errorf("act %d: the public sees %v, the parties %v", d.Seq, seen.Objects, d.Objects)
		}
	}
	if hidden < 4 {
		t.Errorf("only %d acts are hidden", hidden)
	}
	for _, seq := range []int64{-1, m.Acts()} {
		if _, ok := public.Deed(seq); ok {
			t.Errorf("there is an act %d", seq)
		}
	}
	var back, before []int64
	for d := range public.Latest() {
		back = append(back, d.Seq)
	}
	for d := range public.Before(3) {
		before = append(before, d.Seq)
	}
	slices.Reverse(back)
	if int64(len(back)) != m.Acts() || !slices.IsSorted(back) || !slices.Equal(before, []int64{2, 1, 0}) {
		t.Errorf("backwards there are %v and %v", back, before)
	}
	for d := range public.Deeds(-5) {
		if d.Seq != 0 {
			t.Errorf("from before the first, the first is %d", d.Seq)
		}
		break
	}
}

func TestHowManyActsAnInstantHas(t *testing.T) {
	m := found(t, lake)
	s := m.As(mechanism.Actor{})
	for at, want := range map[time.Time]int64{clock(-1): 0, clock(0): 1, clock(0).Add(time.Second): 1, clock(7): 8, clock(m.Acts() - 1): m.Acts(), clock(9999): m.Acts()} {
		if got := s.ActsAt(at); got != want {
			t.Errorf("at %v there were %d acts, want %d", at, got, want)
		}
	}
	if !mechanism.New().As(officer).Last().IsZero() || !s.Last().Equal(clock(m.Acts()-1)) {
		t.Error("the last act was done at another time")
	}
}
