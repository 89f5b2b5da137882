package mechanism_test

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"concord/calendar"
	"concord/commitment"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/statement"
)

// refusal is a deed that is not done, and why.
type refusal struct {
	act  mechanism.Act
	kind fault.Kind
	say  string
}

// A house of the lake, in which LAK25 has proposals 1 and 2 in English, an accepted commitment 3, and a proposal 4 of the
// Russian copy; NEW25 is announced and was never seen; EMP25 has a copy and no proposals.
func lakeInReview(t *testing.T) *mechanism.Mechanism {
	t.Helper()
	m := found(t, lake)
	aText(t, m)
	add := func(ref, language string) {
		do(t, m, officer, &mechanism.AddCommitment{Text: "LAK25", Language: language, ProposedCommitment: mechanism.ProposedCommitment{Ref: ref, Proposal: proposal(0, 39, 5)}})
	}
	add("LAK25-03", "en")
	do(t, m, officer, &mechanism.AcceptCommitment{Item: item(3)})
	russian := receive("LAK25", "Стороны договорились открыть паромную линию и встречаться каждый год.")
	russian.Document.Language = "ru"
	do(t, m, officer, russian)
	add("LAK25-04", "ru")
	for _, code := range []string{"NEW25", "EMP25"} {
		do(t, m, officer, announced(code))
	}
	do(t, m, officer, receive("EMP25", "The Parties met."))
	return m
}

func announced(code string, change ...func(*mechanism.Text)) *mechanism.AnnounceText {
	x := mechanism.Text{Code: code, Title: mechanism.Names{"en": "A text"}, Nature: "political"}
	for _, c := range change {
		c(&x)
	}
	return &mechanism.AnnounceText{Text: x}
}

// added is a proposal by a person, changed in one respect.
func added(change func(p *mechanism.AddCommitment)) *mechanism.AddCommitment {
	a := &mechanism.AddCommitment{Text: "LAK25", Language: "en", ProposedCommitment: mechanism.ProposedCommitment{Ref: "LAK25-09", Proposal: proposal(0, 39, 5)}}
	change(a)
	return a
}

func summarized(change func(s *commitment.Summary)) *mechanism.SummarizeCommitment {
	s := commitment.Summary{Ref: "NEW25-01", Text: "NEW25", Clause: "1", N: 1, Summary: map[string]string{"en": "Do it"}, Strength: 4, Actor: commitment.SummaryActor{Kind: commitment.All}}
	change(&s)
	return &mechanism.SummarizeCommitment{Summary: s}
}

func proposed(text string, items ...mechanism.ProposedCommitment) *mechanism.ProposeCommitments {
	return &mechanism.ProposeCommitments{Text: text, Language: "en", Program: "test", Items: items}
}

func received(text string, change func(a *mechanism.ReceiveText)) *mechanism.ReceiveText {
	a := receive(text, "Words that nobody has seen before.")
	change(a)
	return a
}

func meets(change func(x *mechanism.Meeting)) *mechanism.RecordMeeting {
	x := mechanism.Meeting{ID: "m1", Body: "council", Number: 1, Start: "2026-05-01", Status: "planned"}
	change(&x)
	return &mechanism.RecordMeeting{Meeting: x}
}

func appointed(change func(p *mechanism.Person)) *mechanism.AppointPerson {
	p := mechanism.Person{ID: "bo", Name: "Bo", Office: mechanism.Reader}
	change(&p)
	return &mechanism.AppointPerson{Person: p}
}

func opened(id string, name mechanism.Names) *mechanism.OpenTrack {
	return &mechanism.OpenTrack{Track: mechanism.Track{ID: id, Name: name}}
}

func organ(change func(b *mechanism.Body)) *mechanism.FoundBody {
	b := mechanism.Body{ID: "b1", Kind: "committee", Name: mechanism.Names{"en": "B"}}
	change(&b)
	return &mechanism.FoundBody{Body: b}
}

func admitted(code string, name mechanism.Names) *mechanism.AdmitParty {
	return &mechanism.AdmitParty{Party: mechanism.Party{Code: code, Name: name}}
}

var named = mechanism.Names{"en": "X"}

// refusals has a case for each sentence with which an officer's act is refused.
func refusals() []refusal {
	ref := func(r string) mechanism.ProposedCommitment {
		return mechanism.ProposedCommitment{Ref: r, Proposal: proposal(0, 10, 4)}
	}
	en := func(s string) mechanism.Names { return mechanism.Names{"en": s} }
	return []refusal{
		{admitted("XA", named), fault.Conflict, "XA is a party already"},
		{admitted("xa", named), fault.Invalid, `"xa" is not a party's code`},
		{admitted("X", named), fault.Invalid, `"X" is not a party's code`},
		{admitted("ABCDEFGHI", named), fault.Invalid, "is not a party's code"},
		{admitted("XZ", nil), fault.Invalid, "party XZ has no name in any language"},
		{admitted("XZ", mechanism.Names{"en": "X", "ru": " "}), fault.Invalid, `the name in "ru" is empty`},

		{opened("Water", named), fault.Invalid, `"Water" cannot be a track's id`},
		{opened("", named), fault.Invalid, "cannot be a track's id"},
		{opened(strings.Repeat("x", 65), named), fault.Invalid, "cannot be a track's id"},
		{opened("water", named), fault.Conflict, `"water" is open already`},
		{opened("air", nil), fault.Invalid, "track air has no name"},

		{organ(func(b *mechanism.Body) { b.ID = "b 1" }), fault.Invalid, "cannot be a body's id"},
		{organ(func(b *mechanism.Body) { b.ID = "council" }), fault.Conflict, "is founded already"},
		{organ(func(b *mechanism.Body) { b.Parties = []string{"XA", "KZ"} }), fault.Invalid, `body b1: "KZ" is not a party`},
		{organ(func(b *mechanism.Body) { b.Parties = []string{"XA", "XA"} }), fault.Invalid, "body b1 names XA twice"},
		{organ(func(b *mechanism.Body) {
			b.HostRule = &mechanism.HostRule{Known: []mechanism.KnownHost{{N: 3, Host: "KZ"}}}
		}), fault.Invalid, `the host "KZ" of session 3 is not a party`},
		{organ(func(b *mechanism.Body) { b.Name = en("") }), fault.Invalid, `the name in "en" is empty`},

		{meets(func(x *mechanism.Meeting) { x.ID = "M1" }), fault.Invalid, "cannot be a meeting's id"},
		{meets(func(x *mechanism.Meeting) { x.Body = "senate" }), fault.Invalid, `there is no body "senate"`},
		{meets(func(x *mechanism.Meeting) { x.Status = "hoped for" }), fault.Invalid, "is neither held nor planned"},
		{meets(func(x *mechanism.Meeting) { x.Country = "KZ" }), fault.Invalid, `the host "KZ" is not a party`},
		{meets(func(x *mechanism.Meeting) { x.Start = "2026-02-30" }), fault.Invalid, `"2026-02-30" is not a date`},
		{meets(func(x *mechanism.Meeting) { x.End = "2026-13" }), fault.Invalid, `"2026-13-01" is not a date`},
		{meets(func(x *mechanism.Meeting) { x.End = "2026-04-30" }), fault.Invalid, "before it starts"},
		{meets(func(x *mechanism.Meeting) { x.Zone = "Aldport" }), fault.Invalid, "is not the name of a time zone"},

		{appointed(func(p *mechanism.Person) { p.ID = "Bo" }), fault.Invalid, "cannot be a person's id"},
		{appointed(func(p *mechanism.Person) { p.Name = "\t" }), fault.Invalid, "a person needs a name"},
		{appointed(func(p *mechanism.Person) { p.Relieved = true }), fault.Invalid, "appointed and relieved in one act"},
		{appointed(func(p *mechanism.Person) { p.Party = "XA" }), fault.Invalid, "a reader acts for no single party"},
		{appointed(func(p *mechanism.Person) { p.Office, p.Party = mechanism.Officer, "XA" }), fault.Invalid, "an officer of the Secretariat acts for no single party"},
		{appointed(func(p *mechanism.Person) { p.Office = mechanism.Coordinator }), fault.Invalid, "a national coordinator needs a party"},
		{appointed(func(p *mechanism.Person) { p.Office, p.Party = mechanism.Depositary, "KZ" }), fault.Invalid, `"KZ" is not a party of the mechanism`},
		{appointed(func(p *mechanism.Person) { p.Office = "king" }), fault.Invalid, `there is no office called "king"`},
		{appointed(func(p *mechanism.Person) { p.Office = mechanism.Founder }), fault.Invalid, `there is no office called "founder"`},
		{appointed(func(p *mechanism.Person) { p.Body = "council" }), fault.Invalid, "a chair, and nobody else"},
		{&mechanism.RelievePerson{Person: "nobody"}, fault.NotFound, `"nobody" holds no office`},
		{&mechanism.RelievePerson{Person: anOfficer.ID}, fault.Invalid, "Ana is the only officer"},

		{announced("new25"), fault.Invalid, "cannot be a text's code"},
		{announced("2NEW"), fault.Invalid, "cannot be a text's code"},
		{announced("N"), fault.Invalid, "cannot be a text's code"},
		{announced("ABCDEFGHIJKLM"), fault.Invalid, "cannot be a text's code"},
		{announced("LAK25"), fault.Conflict, "is known already"},
		{announced("XXX", func(x *mechanism.Text) { x.Nature = "poetic" }), fault.Invalid, "is neither political nor legal"},
		{announced("XXX", func(x *mechanism.Text) { x.Copies = []mechanism.Copy{{}} }), fault.Invalid, "copies come in with text.receive"},
		{announced("XXX", func(x *mechanism.Text) { x.Meeting = "never" }), fault.Invalid, `there is no meeting "never"`},
		{announced("XXX", func(x *mechanism.Text) { x.Adopted = "soon" }), fault.Invalid, `"soon" is not a date`},
		{announced("XXX", func(x *mechanism.Text) { x.Parties = []string{"KZ"} }), fault.Invalid, `text XXX: "KZ" is not a party`},
		{announced("XXX", func(x *mechanism.Text) { x.Title = nil }), fault.Invalid, "text XXX has no name"},

		{receive("NONE", "Words."), fault.NotFound, `there is no text "NONE"`},
		{received("NEW25", func(a *mechanism.ReceiveText) { a.Document = nil }), fault.Invalid, "nothing was read from the file for NEW25"},
		{received("NEW25", func(a *mechanism.ReceiveText) { a.Document.Clauses = nil }), fault.Invalid, "nothing was read"},
		{received("NEW25", func(a *mechanism.ReceiveText) { a.File = append(a.File, ' ') }), fault.Invalid, "is not the one that was read"},
		{receive("NEW25", words), fault.Conflict, "this very file was received before, as LAK25"},
		{received("NEW25", func(a *mechanism.ReceiveText) { a.Document.Content = words }), fault.Conflict, "these words were received before, as LAK25, from another file"},
		{receive("LAK25", "Other words."), fault.Conflict, `LAK25 has a copy in "en" already`},
		{received("NEW25", func(a *mechanism.ReceiveText) { a.Document.Reading = "Other words." }), fault.Invalid, "the repairs of NEW25 do not lead"},
		{received("NEW25", func(a *mechanism.ReceiveText) {
			a.Document.Edits = []statement.Edit{{Span: statement.Span{Start: 9000, End: 9001}}}
		}), fault.Invalid, "the repairs of NEW25 do not lead"},
		{received("NEW25", func(a *mechanism.ReceiveText) {
			a.Document.Peeled = []statement.Peel{{Span: statement.Span{Start: 3, End: 2}}}
		}), fault.Invalid, "the repairs of NEW25 do not lead"},
		{received("NEW25", func(a *mechanism.ReceiveText) { a.Document.Paragraphs[0].End = 1000 }), fault.Invalid, "a paragraph lies outside the text"},
		{received("NEW25", func(a *mechanism.ReceiveText) { a.Document.Paragraphs[0].Start = -1 }), fault.Invalid, "a paragraph lies outside the text"},
		{received("NEW25", func(a *mechanism.ReceiveText) { a.Document.Clauses[0].Start = 1000 }), fault.Invalid, "clause 1 lies outside the text"},

		{&mechanism.WithdrawText{Text: "NONE", Reason: "x"}, fault.NotFound, `there is no text "NONE"`},
		{&mechanism.WithdrawText{Text: "NEW25", Reason: "x"}, fault.Conflict, "no wording of NEW25 was received"},
		{&mechanism.WithdrawText{Text: "LAK25", Reason: "x"}, fault.Conflict, "accepted commitments stand on it (1)"},
		{&mechanism.WithdrawText{Text: "EMP25", Reason: " "}, fault.Invalid, "EMP25: say why the text is withdrawn"},
		{&mechanism.WithdrawText{Text: "EMP25", Reason: strings.Repeat("x", 10_001)}, fault.Invalid, "reason has at most 10000 bytes, and this has 10001"},

		{summarized(func(s *commitment.Summary) { s.Text, s.Ref = "NONE", "NONE-01" }), fault.NotFound, `summary NONE-01: there is no text "NONE"`},
		{summarized(func(s *commitment.Summary) { s.Ref = "NEW25-1" }), fault.Invalid, `"NEW25-1" is not a reference of NEW25, such as NEW25-01`},
		{summarized(func(s *commitment.Summary) { s.Text, s.Ref = "COR25", "COR25-01" }), fault.Conflict, "COR25-01 is summarized already"},
		{summarized(func(s *commitment.Summary) { s.Strength = 6 }), fault.Invalid, "strength 6 is not between 1 and 5"},
		{summarized(func(s *commitment.Summary) { s.Strength = 0 }), fault.Invalid, "strength 0 is not between 1 and 5"},
		{summarized(func(s *commitment.Summary) { s.Actor.Parties = []string{"KZ"} }), fault.Invalid, `"KZ" is not a party`},
		{summarized(func(s *commitment.Summary) { s.Tracks = []string{"air"} }), fault.Invalid, `there is no track "air"`},
		{summarized(func(s *commitment.Summary) { s.Summary = nil }), fault.Invalid, "summary NEW25-01 has no name"},

		{proposed("NEW25"), fault.NotFound, `there is no copy of NEW25 in "en" to propose`},
		{proposed("NONE"), fault.NotFound, "there is no copy of NONE"},
		{proposed("LAK25"), fault.Conflict, "were proposed before"},
		{proposed("EMP25", make([]mechanism.ProposedCommitment, commitment.MostRead+1)...), fault.Invalid, "at most 20000 commitments are proposed of one text, these are 20001"},
		{proposed("EMP25", ref("EMP25-01"), ref("EMP25-01")), fault.Invalid, "EMP25-01 is given twice"},
		{proposed("EMP25", ref("EMP25-01"), ref("LAK25-01")), fault.Invalid, `"LAK25-01" is not a reference of EMP25`},

		{added(func(a *mechanism.AddCommitment) { a.Ref = "LAK25-01" }), fault.Conflict, "LAK25-01 is taken"},
		{added(func(a *mechanism.AddCommitment) { a.Language = "zh" }), fault.NotFound, `there is no copy of LAK25 in "zh"`},
		{added(func(a *mechanism.AddCommitment) { a.Start = -1 }), fault.Invalid, "the span lies outside the text"},
		{added(func(a *mechanism.AddCommitment) { a.End = 5000 }), fault.Invalid, "the span lies outside the text"},
		{added(func(a *mechanism.AddCommitment) { a.Action = strings.Repeat("x", commitment.MostWords+1) }), fault.Invalid, "LAK25-09: the words of a commitment have at most 20000 bytes, these have 20001"},
		{added(func(a *mechanism.AddCommitment) { a.Start = a.End }), fault.Invalid, "the span lies outside the text"},
		{added(func(a *mechanism.AddCommitment) { a.Strength = 9 }), fault.Invalid, "strength 9 is not between 1 (explore) and 5 (decide)"},
		{added(func(a *mechanism.AddCommitment) { a.StrengthFrom = "rumour" }), fault.Invalid, `in the chapeau, not in "rumour"`},
		{added(func(a *mechanism.AddCommitment) { a.Actor.Kind = "" }), fault.Invalid, "is none of all, one, subset, organ"},
		{added(func(a *mechanism.AddCommitment) {
			a.Actor = commitment.Actor{Kind: commitment.One, Parties: []string{"XA", "XB"}}
		}), fault.Invalid, "names one party, not XA, XB"},
		{added(func(a *mechanism.AddCommitment) { a.Actor.Parties = []string{"KZ"} }), fault.Invalid, `LAK25-09: "KZ" is not a party`},
		{added(func(a *mechanism.AddCommitment) {
			a.Deadline = &commitment.Deadline{Value: calendar.MustWindow("2026"), Basis: "hoped"}
		}), fault.Invalid, "is none of stated, relative, recurring, soft"},
		{added(func(a *mechanism.AddCommitment) { a.Deadline = &commitment.Deadline{Basis: "stated"} }), fault.Invalid, "the deadline has no value"},
		{added(func(a *mechanism.AddCommitment) { a.Instrument = "song" }), fault.Invalid, `there is no kind of instrument called "song"`},
		{added(func(a *mechanism.AddCommitment) { a.Modifiers = []string{"loudly"} }), fault.Invalid, `there is no modifier called "loudly"`},
		{added(func(a *mechanism.AddCommitment) { a.Tracks = []string{"air"} }), fault.Invalid, `there is no track "air"`},

		{&mechanism.AcceptCommitment{Item: item(77)}, fault.NotFound, "LAK25 has no proposal number 77"},
		{&mechanism.AcceptCommitment{Item: item(3)}, fault.Conflict, "LAK25-03 is accepted already"},
		{&mechanism.AcceptCommitment{Item: item(1), Ref: "COR25-01"}, fault.Invalid, "is not a reference of LAK25, such as LAK25-01"},
		{&mechanism.AcceptCommitment{Item: item(1), Ref: "LAK25-02"}, fault.Conflict, "LAK25-02 is taken"},
		{&mechanism.AcceptCommitment{Item: mechanism.Item{Text: "LAK25", N: 1, Seen: new(int64)}}, fault.Conflict, "LAK25-01 was changed meanwhile by act"},
		{&mechanism.EditCommitment{Item: item(3), Proposal: proposal(0, 20, 5)}, fault.Invalid, "LAK25-03 stands in the ledger: say why it changes"},
		{&mechanism.EditCommitment{Item: item(9)}, fault.NotFound, "no proposal number 9"},
		{&mechanism.SplitCommitment{Item: item(1), Parts: []mechanism.ProposedCommitment{ref("LAK25-01")}}, fault.Invalid, "a split needs at least two parts"},
		{&mechanism.SplitCommitment{Item: item(1), Parts: []mechanism.ProposedCommitment{ref("LAK25-08"), ref("LAK25-01")}}, fault.Invalid, "the first part keeps the reference"},
		{&mechanism.SplitCommitment{Item: item(1), Parts: []mechanism.ProposedCommitment{ref("LAK25-01"), ref("LAK25-02")}}, fault.Invalid, "the others need free ones"},
		{&mechanism.SplitCommitment{Item: item(3)}, fault.Conflict, "is accepted already"},
		{&mechanism.MergeCommitments{Text: "LAK25", Items: []int{1}}, fault.Invalid, "a merger needs at least two proposals"},
		{&mechanism.MergeCommitments{Text: "LAK25", Items: []int{1, 1}}, fault.Invalid, "different proposals of one copy"},
		{&mechanism.MergeCommitments{Text: "LAK25", Items: []int{1, 4}}, fault.Invalid, "different proposals of one copy"},
		{&mechanism.MergeCommitments{Text: "LAK25", Items: []int{1, 3}}, fault.Conflict, "is accepted already"},
		{&mechanism.MergeCommitments{Text: "LAK25", Items: []int{9, 1}}, fault.NotFound, "no proposal number 9"},
		{&mechanism.MergeCommitments{Text: "LAK25", Items: []int{1, 2}, Merged: ref("LAK25-02")}, fault.Invalid, "keeps the reference LAK25-01"},
		{&mechanism.RefuseCommitment{Item: item(1), Reason: " "}, fault.Invalid, "say why it is not a commitment"},
		{&mechanism.ReopenCommitment{Item: item(3)}, fault.Invalid, "say why the decision is opened again"},
		{&mechanism.ReopenCommitment{Item: item(1), Reason: "x"}, fault.Conflict, "is proposed already"},

		{&mechanism.AddNote{Party: "XA", On: "text:LAK25", Words: "x"}, fault.Denied, "for one's own party"},
		{&mechanism.AddNote{On: "text:NONE", Words: "x"}, fault.NotFound, "there is nothing called"},
		{&mechanism.AddNote{On: "text:LAK25"}, fault.Invalid, "a note needs words"},
		{&mechanism.AddNote{On: "text:LAK25", Words: strings.Repeat("x", 10_001)}, fault.Invalid, "words has at most 10000 bytes, and this has 10001"},
		{&mechanism.WithdrawNote{On: "text:LAK25", Note: 3}, fault.NotFound, "no such note of yours"},

		{appointed(func(p *mechanism.Person) { p.Name = strings.Repeat("x", 301) }), fault.Invalid, "person.name has at most 300 bytes, and this has 301"},
		{appointed(func(p *mechanism.Person) { p.Name = "Bo\u202eob" }), fault.Invalid, "a sign that nobody sees, U+202E"},
		{appointed(func(p *mechanism.Person) { p.Name = "Bo\u200b" }), fault.Invalid, "a sign that nobody sees, U+200B"},
		{appointed(func(p *mechanism.Person) { p.Name = "Bo\nSecretary" }), fault.Invalid, "a sign that nobody sees, U+000A"},
		{appointed(func(p *mechanism.Person) { p.Name = "Bo\u3164" }), fault.Invalid, "a sign that nobody sees, U+3164"},
		{appointed(func(p *mechanism.Person) { p.Name = "Аna Lin" }), fault.Invalid, `"Аna" mixes letters of two alphabets`},
		{appointed(func(p *mechanism.Person) { p.ID, p.Name = "ana", "Ana" }), fault.Invalid, "Ana is the only officer: appoint another first"},
		{admitted("XZ", en("Alb\u2066ia")), fault.Invalid, "a sign that nobody sees, U+2066"},
		{organ(func(b *mechanism.Body) { b.Name = en("Cоuncil") }), fault.Invalid, "mixes letters of two alphabets"},
		{&mechanism.RelievePerson{Person: "x", Reason: strings.Repeat("x", 10_001)}, fault.Invalid, "reason has at most 10000 bytes"},
		{&mechanism.RefuseCommitment{Item: item(1), Reason: strings.Repeat("x", 10_001)}, fault.Invalid, "reason has at most 10000 bytes"},
		{&mechanism.MergeCommitments{Text: "LAK25", Items: make([]int, 1_000_001)}, fault.Invalid, "items has at most 1000000 entries, and this has 1000001"},
		{opened("air", mechanism.Names{strings.Repeat("x", 65): "Air"}), fault.Invalid, "track.name has at most 64 bytes"},

		{&mechanism.AcceptClock{Clock: "noon", Reason: "x"}, fault.Invalid, `"noon" is not a time such as`},
		{&mechanism.AcceptClock{Clock: "2026-11-24T23:10:00Z"}, fault.Invalid, "say why the clock is far"},
		{&mechanism.AcceptRollback{}, fault.Invalid, "say why the record goes on without"},
		{nil, fault.Invalid, "there is no such kind of act"},
	}
}

func TestEachRefusalSaysWhyAndLeavesNoTrace(t *testing.T) {
	m := lakeInReview(t)
	for _, r := range refusals() {
		refuse(t, m, officer, r.act, r.kind, r.say)
	}
}

// othersRefuse has the sentences that are not said of an officer's act on a founded mechanism.
func othersRefuse(t *testing.T) (said []error) {
	t.Helper()
	m, nobody := lakeInReview(t), mechanism.New()
	founder := mechanism.Actor{Person: "founder", Office: mechanism.Founder}
	check := func(m *mechanism.Mechanism, by mechanism.Actor, act mechanism.Act, kind fault.Kind, say string) {
		t.Helper()
		refuse(t, m, by, act, kind, say)
		said = append(said, m.Check(act, by))
	}
	establish := &mechanism.Establish{ID: "other", Name: named}
	check(nobody, founder, admitted("XA", named), fault.Invalid, "there is no mechanism yet")
	check(nobody, founder, &mechanism.Establish{ID: "The Lake", Name: named}, fault.Invalid, "cannot be a mechanism's id")
	check(nobody, founder, &mechanism.Establish{ID: "lake"}, fault.Invalid, "the mechanism has no name")
	check(nobody, founder, &mechanism.AcceptClock{Clock: "2026-11-24T23:10:00Z", Reason: "x"}, fault.Invalid, "nothing has been done yet")
	check(nobody, founder, &mechanism.AcceptRollback{Reason: "x"}, fault.Invalid, "there is no mechanism in this record yet")
	word := mechanism.AcceptClock{Clock: m.Last().Add(-48 * time.Hour).Format(time.RFC3339), Reason: "x"}
	said = append(said, word.CheckMachine(m, m.Last()), word.CheckMachine(m, m.Last().Add(-96*time.Hour)))
	check(m, founder, admitted("XZ", named), fault.Denied, "its officers act now, no longer its founder")
	check(m, officer, establish, fault.Denied, "an officer of the Secretariat may not do mechanism.establish: that is for the founder")
	do(t, nobody, founder, establish)
	check(nobody, founder, establish, fault.Conflict, `the mechanism "other" is established already`)
	check(m, mechanism.Actor{Person: "ana", Office: mechanism.Coordinator, Party: "XA"}, admitted("XZ", named), fault.Denied, `"ana" holds no mandate as a national coordinator`)
	check(m, mechanism.Actor{}, admitted("XZ", named), fault.Denied, "holds no mandate as somebody without an office")
	_, err := mechanism.Decode("note.add", tooLarge(t))
	said = append(said, err, mechanism.CheckRequestKey(""), m.MayWrite("text.eat", officer))
	_, err = mechanism.Decode("note.add", []byte("[]"))
	said = append(said, err)
	_, err = mechanism.Decode("note.add", []byte(`{"party":5}`))
	return append(said, err)
}

// tooLarge is a small body that would unpack to more than a record takes.
func tooLarge(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(`{"gzip":"`)
	text := base64.NewEncoder(base64.StdEncoding, &b)
	zip := gzip.NewWriter(text)
	block := make([]byte, 1<<20)
	for range 1<<8 + 1 {
		if _, err := zip.Write(block); err != nil {
			t.Fatal(err)
		}
	}
	zip.Close()
	text.Close()
	b.WriteString(`"}`)
	return b.Bytes()
}

// Every sentence with which this package refuses an act is said in a test: one that cannot be said should go.
func TestEverySentenceOfRefusalIsSaid(t *testing.T) {
	said := map[string]bool{}
	m := lakeInReview(t)
	for _, r := range refusals() {
		said[fault.PhraseOf(m.Check(r.act, officer)).Format] = true
	}
	for _, err := range othersRefuse(t) {
		if err == nil {
			t.Error("something was not refused")
		}
		for e := err; e != nil; e = unwrap(e) { // the cause of an error may be one of this package
			said[fault.PhraseOf(e).Format] = true
			for _, arg := range fault.PhraseOf(e).Args {
				if cause, ok := arg.(error); ok {
					said[fault.PhraseOf(cause).Format] = true
				}
			}
		}
	}
	sentences := sentencesOfRefusal(t)
	for sentence, where := range sentences {
		if !said[sentence] && !strings.HasPrefix(sentence, "order.json") { // said by TestPackErrorsNameFileAndLine
			t.Errorf("%s: nothing in refusals is refused with %q", where, sentence)
		}
	}
	if len(sentences) < 70 {
		t.Errorf("only %d sentences were found", len(sentences))
	}
}

func unwrap(err error) error {
	if e, ok := err.(interface{ Unwrap() error }); ok {
		return e.Unwrap()
	}
	return nil
}

// sentencesOfRefusal reads the sentences of invalid, denied, notFound and conflict out of the source.
func sentencesOfRefusal(t *testing.T) map[string]token.Position {
	t.Helper()
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	all, fset := map[string]token.Position{}, token.NewFileSet()
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		parsed, err := parser.ParseFile(fset, f.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(parsed, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			format, literal := call.Args[0].(*ast.BasicLit)
			switch fmt.Sprint(call.Fun) {
			case "invalid", "denied", "notFound", "conflict":
				if literal {
					sentence, err := strconv.Unquote(format.Value)
					if err != nil {
						t.Fatal(err)
					}
					all[sentence] = fset.Position(n.Pos())
				}
			}
			return true
		})
	}
	return all
}
