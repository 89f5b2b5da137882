package mechanism_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"sync"
	"testing"

	"concord/internal/check/pace"
	"concord/internal/fault"
	"concord/mechanism"
)

// An image is a value: whatever is done on the next ones, also on two that begin as it, it stays what it was.
func TestAnOlderImageNeverChanges(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		rng := rand.New(rand.NewPCG(seed, 7))
		m := found(t, lake)
		aText(t, m)
		type held struct {
			image  *mechanism.Mechanism
			digest string
		}
		var older []held
		for range 100 {
			older = append(older, held{m, m.Digest()})
			dropped, next := m.Next(), m.Next() // what is refused drops an image that began as this one
			grow(rng, dropped, 3)
			grow(rng, next, 1)
			m = next
		}
		for i, h := range older {
			if got := h.image.Digest(); got != h.digest {
				t.Fatalf("seed %d: the image after step %d changed", seed, i)
			}
		}
	}
}

// grow tries some random acts and does those that pass.
func grow(rng *rand.Rand, m *mechanism.Mechanism, acts int) {
	for range acts {
		if act := randomAct(rng, m); m.Check(act, officer) == nil {
			m.Apply(act, at(m, officer, act))
		}
	}
}

// The golden record has an act of every kind: no kind may reach into an older image.
func TestNoKindChangesAnOlderImage(t *testing.T) {
	t.Parallel()
	m := mechanism.New()
	var images []*mechanism.Mechanism
	var digests []string
	for i, g := range readGolden(t) {
		act, err := mechanism.Decode(g.Kind, g.Body)
		if err != nil {
			t.Fatal(err)
		}
		images, digests = append(images, m), append(digests, m.Digest())
		m = m.Next()
		m.Apply(act, mechanism.Entry{Seq: int64(i), Time: clock(int64(i)), Actor: g.By, Visibility: m.Visibility(act, g.By)})
	}
	for i := range images {
		if images[i].Digest() != digests[i] {
			t.Errorf("the image before act %d changed", i)
		}
	}
}

func TestASealedImageRefusesToGrow(t *testing.T) {
	m := found(t, lake)
	m.Next()
	defer func() {
		if recover() == nil {
			t.Error("an act was applied on an image that others may hold")
		}
	}()
	act := &mechanism.OpenTrack{Track: mechanism.Track{ID: "x", Name: mechanism.Names{"en": "X"}}}
	m.Apply(act, at(m, officer, act))
}

// Many may read an image, and build on it, at once: the race detector watches.
func TestManyReadAndBuildOnOneImage(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	m.Seal()
	want := m.Digest()
	var wg sync.WaitGroup
	for seed := range uint64(4) {
		wg.Go(func() {
			next := m.Next()
			grow(rand.New(rand.NewPCG(seed, 3)), next, 30)
			for range m.As(officer).Latest() {
			}
			if m.Digest() != want {
				t.Error("building on the image changed it")
			}
		})
	}
	wg.Wait()
}

func TestHistoryListsEveryActThatTouchedAnObject(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	do(t, m, officer, &mechanism.SplitCommitment{Item: item(1), Parts: []mechanism.ProposedCommitment{{Ref: "LAK25-01", Proposal: proposal(0, 18, 5)}, {Ref: "LAK25-03", Proposal: proposal(19, 39, 5)}}})
	do(t, m, officer, &mechanism.MergeCommitments{Text: "LAK25", Items: []int{3, 4}, Merged: mechanism.ProposedCommitment{Ref: "LAK25-01", Proposal: proposal(0, 39, 5)}})
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(5)})
	for object, want := range map[mechanism.Object]string{
		"commitment:LAK25-01": "commitment.accept commitment.merge commitment.split commitment.propose",
		"commitment:LAK25-03": "commitment.merge commitment.split", // merged away under this reference
		"commitment:LAK25-02": "commitment.propose",
		"text:LAK25":          "commitment.accept commitment.merge commitment.split commitment.propose text.receive text.announce",
		"person:ana":          "person.appoint",
		"commitment:NONE-01":  "",
	} {
		if got := historyOf(m.As(officer), object); got != want {
			t.Errorf("history of %s: %s, want %s", object, got, want)
		}
	}
	if got, want := historyOf(m.As(mechanism.Actor{}), "commitment:LAK25-01"), "commitment.accept"; got != want {
		t.Errorf("the public's history of LAK25-01: %s, want %s", got, want)
	}
	if got := historyOf(m.As(mechanism.Actor{}), "person:ana"); got != "" {
		t.Errorf("the public reads who was appointed: %s", got)
	}
}

func historyOf(s mechanism.Sight, o mechanism.Object) string {
	var kinds []string
	for d := range s.History(o) {
		kinds = append(kinds, d.Kind)
	}
	return strings.Join(kinds, " ")
}

// viewers are the classes of those who look, the public first.
func viewers(t *testing.T, m *mechanism.Mechanism) map[string]mechanism.Actor {
	t.Helper()
	all := map[string]mechanism.Actor{"public": {}, "officer": officer}
	for i, party := range m.PartyCodes() {
		id := fmt.Sprintf("c%d", i)
		do(t, m, officer, &mechanism.AppointPerson{Person: mechanism.Person{ID: id, Name: "Coordinator " + party, Office: mechanism.Coordinator, Party: party}})
		all[party] = mechanism.Actor{Person: id, Party: party, Office: mechanism.Coordinator}
	}
	do(t, m, officer, &mechanism.AppointPerson{Person: mechanism.Person{ID: "r", Name: "Reader", Office: mechanism.Reader}})
	all["reader"] = mechanism.Actor{Person: "r", Office: mechanism.Reader}
	return all
}

func TestANoteIsReadByItsKeepersAlone(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(1)})
	all := viewers(t, m)
	const on = mechanism.Object("commitment:LAK25-01")
	for who, by := range all {
		if by.Office == mechanism.Officer || by.Office == mechanism.Coordinator {
			do(t, m, by, &mechanism.AddNote{Party: by.Party, On: on, Words: "secret of " + who})
		}
	}
	for who, by := range all {
		s := m.As(by)
		notes := s.Notes(on)
		keeps := by.Office == mechanism.Officer || by.Office == mechanism.Coordinator
		if want := map[bool]int{true: 1, false: 0}[keeps]; len(notes) != want {
			t.Errorf("%s reads %d notes, want %d", who, len(notes), want)
		}
		for _, n := range notes {
			if n.Words != "secret of "+who {
				t.Errorf("%s reads %q", who, n.Words)
			}
		}
		seen := 0
		for d := range s.Latest() {
			if d.Kind == "note.add" && d.Object() != "" {
				seen++
			}
		}
		if want := map[bool]int{true: 1, false: 0}[keeps]; seen != want {
			t.Errorf("%s sees on what %d notes were kept, want %d", who, seen, want)
		}
	}
}

func TestNotesAreKeptForOneselfAndTakenBack(t *testing.T) {
	m := found(t, lake)
	aText(t, m)
	all := viewers(t, m)
	party, other := m.PartyCodes()[0], m.PartyCodes()[1]
	coordinator := all[party]
	refuse(t, m, coordinator, &mechanism.AddNote{Party: other, On: "text:LAK25", Words: "x"}, fault.Denied, "the party concerned")
	refuse(t, m, officer, &mechanism.AddNote{Party: party, On: "text:LAK25", Words: "x"}, fault.Denied, "one's own party")
	refuse(t, m, all["reader"], &mechanism.AddNote{On: "text:LAK25", Words: "x"}, fault.Denied, "that is for")
	refuse(t, m, coordinator, &mechanism.AddNote{Party: party, On: "text:NONE", Words: "x"}, fault.NotFound, "text:NONE")
	refuse(t, m, coordinator, &mechanism.AddNote{Party: party, On: "text:LAK25", Words: " "}, fault.Invalid, "needs words")
	refuse(t, m, coordinator, &mechanism.AddNote{Party: party, On: "text:LAK25", Words: strings.Repeat("x", 10_001)}, fault.Invalid, "at most 10000 bytes")
	do(t, m, coordinator, &mechanism.AddNote{Party: party, On: "text:LAK25", Words: "ask the capital"})
	note := m.Acts() - 1
	refuse(t, m, officer, &mechanism.WithdrawNote{On: "text:LAK25", Note: note}, fault.NotFound, "no such note")
	refuse(t, m, all[other], &mechanism.WithdrawNote{Party: other, On: "text:LAK25", Note: note}, fault.NotFound, "no such note")
	do(t, m, coordinator, &mechanism.WithdrawNote{Party: party, On: "text:LAK25", Note: note})
	if notes := m.As(coordinator).Notes("text:LAK25"); len(notes) != 0 {
		t.Errorf("the withdrawn note is still there: %v", notes)
	}
	refuse(t, m, coordinator, &mechanism.WithdrawNote{Party: party, On: "text:LAK25", Note: note}, fault.NotFound, "no such note")
}

// A note may be kept on everything that the keeper can see, and on nothing else: whether something hidden is there must
// not be found out by trying.
func TestWhatIsHiddenCannotBeFoundByNotes(t *testing.T) {
	m := found(t, lake)
	for _, o := range []mechanism.Object{
		mechanism.ObjectOf("mechanism", m.ID()), mechanism.ObjectOf("party", m.PartyCodes()[0]),
		mechanism.ObjectOf("track", m.Tracks()[0].ID), mechanism.ObjectOf("body", m.Bodies()[0].ID),
		mechanism.ObjectOf("meeting", m.Meetings()[0].ID), "person:ana",
	} {
		do(t, m, officer, &mechanism.AddNote{On: o, Words: "seen"})
	}
	for _, o := range []mechanism.Object{"", "mechanism:", "planet:mars", "party:XX", "text"} {
		refuse(t, m, officer, &mechanism.AddNote{On: o, Words: "x"}, fault.NotFound, "there is nothing called")
	}
}

func TestAChairRecordsMeetingsOfTheOwnBodyOnly(t *testing.T) {
	m := found(t, lake)
	body, other, party := m.Bodies()[0].ID, m.Bodies()[1].ID, m.PartyCodes()[0]
	appoint := func(p mechanism.Person) *mechanism.AppointPerson { return &mechanism.AppointPerson{Person: p} }
	refuse(t, m, officer, appoint(mechanism.Person{ID: "eva", Name: "Eva", Office: mechanism.Chair, Party: party}), fault.Invalid, "is appointed to a body")
	refuse(t, m, officer, appoint(mechanism.Person{ID: "eva", Name: "Eva", Office: mechanism.Chair, Body: body}), fault.Invalid, "needs a party")
	refuse(t, m, officer, appoint(mechanism.Person{ID: "eva", Name: "Eva", Office: mechanism.Reader, Body: body}), fault.Invalid, "is appointed to a body")
	refuse(t, m, officer, appoint(mechanism.Person{ID: "eva", Name: "Eva", Office: mechanism.Assessor, Party: "XX"}), fault.Invalid, "is not a party")
	do(t, m, officer, appoint(mechanism.Person{ID: "eva", Name: "Eva", Office: mechanism.Chair, Party: party, Body: body}))
	do(t, m, officer, appoint(mechanism.Person{ID: "ada", Name: "Ada", Office: mechanism.Assessor}))
	do(t, m, officer, appoint(mechanism.Person{ID: "leo", Name: "Leo", Office: mechanism.Depositary, Party: party}))
	eva := mechanism.Actor{Person: "eva", Party: party, Office: mechanism.Chair}
	meeting := func(body string) *mechanism.RecordMeeting {
		return &mechanism.RecordMeeting{Meeting: mechanism.Meeting{ID: "next", Body: body, Number: 9, Start: "2026", Status: "planned"}}
	}
	do(t, m, eva, meeting(body))
	refuse(t, m, eva, meeting(other), fault.Denied, "the chair of the body concerned")
	refuse(t, m, eva, &mechanism.RelievePerson{Person: "ana"}, fault.Denied, "that is for")
	if err := m.MayWrite("meeting.record", eva); err != nil {
		t.Errorf("a chair may record meetings: %v", err)
	}
	if err := m.MayWrite("text.receive", eva); fault.KindOf(err) != fault.Denied {
		t.Errorf("a chair may receive texts: %v", err)
	}
	if err := m.MayWrite("text.eat", eva); fault.KindOf(err) != fault.Invalid {
		t.Errorf("text.eat is a kind: %v", err)
	}
}

func TestTheBodyOfAnActCarriesItsRequest(t *testing.T) {
	r := mechanism.Request{Key: "a.b-C_9", Acts: 2, Sum: "0123"}
	for _, body := range []string{`{}`, `{"person":"bo","reason":"moved } on"}`} {
		for _, salt := range []string{"", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"} {
			sealed := mechanism.Requested([]byte(body), r)
			if salt != "" {
				sealed = mechanism.Salted(sealed, salt)
			}
			if got := mechanism.RequestOf(sealed); got == nil || *got != r {
				t.Errorf("%s carries %v", sealed, got)
			}
			if mechanism.IsSalted(sealed) != (salt != "") {
				t.Errorf("%s: whether it is salted is not seen", sealed)
			}
			act, err := mechanism.Decode("person.relieve", sealed)
			if err != nil {
				t.Fatal(err)
			}
			plain, _ := mechanism.Decode("person.relieve", []byte(body))
			if *act.(*mechanism.RelievePerson) != *plain.(*mechanism.RelievePerson) {
				t.Errorf("%s reads %+v", sealed, act)
			}
		}
	}
	if mechanism.RequestOf([]byte(`{"person":"bo"}`)) != nil {
		t.Error("a plain body carries a request")
	}
}

func TestKeysOfRequests(t *testing.T) {
	for _, key := range []string{"a", "2026-11-24.7", strings.Repeat("k", 64)} {
		if err := mechanism.CheckRequestKey(key); err != nil {
			t.Errorf("%q: %v", key, err)
		}
	}
	for _, key := range []string{"", "a b", "a}b", `a"b`, "ключ", strings.Repeat("k", 65), "a\n"} {
		if err := mechanism.CheckRequestKey(key); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q is taken: %v", key, err)
		}
	}
}

func TestARequestIsRememberedWithItsPerson(t *testing.T) {
	m := found(t, lake)
	act := &mechanism.AddNote{On: "person:ana", Words: "x"}
	e := at(m, officer, act)
	e.Request = &mechanism.Request{Key: "k", Acts: 1, Sum: "s"}
	m.Apply(act, e)
	if done, ok := m.Requested("ana", "k"); !ok || done.Seq != e.Seq || done.Sum != "s" {
		t.Errorf("ana's k is %v", done)
	}
	if _, ok := m.Requested("bo", "k"); ok {
		t.Error("somebody else's key is taken")
	}
}

// What a body says may be anything; reading it ends in an act or an error.
func FuzzDecode(f *testing.F) {
	data, err := os.ReadFile(goldenFile)
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if len(line) < 2000 {
			f.Add("commitment.edit", []byte(line))
		}
	}
	f.Add("note.add", []byte(`{"salt":"A","request":{"key":"k","acts":1,"sum":""},"on":"a:b","words":"c"}`))
	m := mechanism.New()
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		pace.Hold(t, pace.Generous, len(body), func() { _, _ = mechanism.Decode(kind, body) })
		act, err := mechanism.Decode(kind, body)
		if err != nil {
			return
		}
		_ = m.Check(act, officer) // refuses or not, but does not fall
		again, err := mechanism.Encode(act)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := mechanism.Decode(kind, again); err != nil {
			t.Fatalf("%s: what was written cannot be read: %v", kind, err)
		}
	})
}

// A large body is packed, and reads as it did; one that pretends to be packed, or unpacks without end, is refused.
func TestLargeBodiesArePacked(t *testing.T) {
	act := receive("LAK25", strings.Repeat("The Parties will meet every year. ", 9000))
	body, err := mechanism.Encode(act)
	if err != nil {
		t.Fatal(err)
	}
	packed := mechanism.Salted(mechanism.Requested(mechanism.Packed(body), mechanism.Request{Key: "k", Acts: 1}), "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	if len(packed) > len(body)/4 {
		t.Errorf("%d bytes packed take %d", len(body), len(packed))
	}
	again, err := mechanism.Decode("text.receive", packed)
	if err != nil {
		t.Fatal(err)
	}
	if same, _ := mechanism.Encode(again); string(same) != string(body) {
		t.Error("what was packed reads otherwise")
	}
	if small := []byte(`{"person":"bo"}`); string(mechanism.Packed(small)) != string(small) {
		t.Error("a small body is packed")
	}
	for _, bad := range []string{`{"gzip":"!"}`, `{"gzip":""}`, `{"gzip":"H4sIAAAA"}`, `{"gzip":"aGVsbG8="}`} {
		if _, err := mechanism.Decode("text.receive", []byte(bad)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: error %v, want invalid", bad, err)
		}
	}
}
