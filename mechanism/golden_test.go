package mechanism_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"os"
	"slices"
	"strings"
	"testing"

	"concord/calendar"
	"concord/commitment"
	"concord/mechanism"
)

var extend = flag.Bool("extend", false, "write a new golden record, after a kind was added")

// golden is one line of testdata/golden.jsonl: an act as a record holds it.
type golden struct {
	Kind string          `json:"kind"`
	By   mechanism.Actor `json:"by"`
	Body json.RawMessage `json:"body"`
}

const (
	goldenFile   = "testdata/golden.jsonl"
	goldenDigest = "testdata/golden.digest"
)

// The golden record holds an act of every kind ever released. It must replay to the same digest for ever: whoever
// breaks this test has changed the meaning of records that exist. Add lines at its end for new kinds; never edit one.
func TestTheGoldenRecordReplaysForEver(t *testing.T) {
	if *extend {
		writeGolden(t)
	}
	m, kinds := mechanism.New(), map[string]bool{}
	for _, g := range readGolden(t) {
		act, err := mechanism.Decode(g.Kind, g.Body)
		if err != nil {
			t.Fatal(err)
		}
		do(t, m, g.By, act)
		kinds[g.Kind] = true
	}
	for _, k := range mechanism.Kinds() {
		if !kinds[k.Name] {
			t.Errorf("the golden record has no act of kind %s", k.Name)
		}
	}
	want, err := os.ReadFile(goldenDigest)
	if err != nil {
		t.Fatal(err)
	}
	if got := m.Digest(); got != strings.TrimSpace(string(want)) {
		t.Errorf("the digest is %s, want %s", got, want)
	}
}

func readGolden(t *testing.T) []golden {
	t.Helper()
	f, err := os.Open(goldenFile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var all []golden
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 16<<20)
	for lines.Scan() {
		var g golden
		if err := json.Unmarshal(lines.Bytes(), &g); err != nil {
			t.Fatal(err)
		}
		all = append(all, g)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// aCheckpoint is a signed note by its form.
const aCheckpoint = "example.org/lake\n40\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\u2014 example.org/lake Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"

// writeGolden makes the record anew: the invented pack, a text, and each decision once.
func writeGolden(t *testing.T) {
	t.Helper()
	pack, err := mechanism.LoadPack(os.DirFS(lake))
	if err != nil {
		t.Fatal(err)
	}
	founder := mechanism.Actor{Person: "founder", Office: mechanism.Founder}
	var out strings.Builder
	m := mechanism.New()
	write := func(by mechanism.Actor, act mechanism.Act) {
		do(t, m, by, act)
		body, err := mechanism.Encode(act)
		if err != nil {
			t.Fatal(err)
		}
		line, err := json.Marshal(golden{mechanism.KindOf(act).Name, by, body})
		if err != nil {
			t.Fatal(err)
		}
		out.Write(append(line, '\n'))
	}
	for _, act := range append(pack.Acts(), &mechanism.AppointPerson{Person: anOfficer}) {
		write(founder, act)
	}
	party := m.PartyCodes()[1]
	whole := proposal(0, 39, 4) // with all that a proposal may have
	whole.Deadline = &commitment.Deadline{Text: "every second year from 2026", Value: calendar.MustWindow("R/P2Y;2026"), Basis: commitment.Recurring}
	whole.Tracks, whole.Modifiers, whole.Instrument = []string{"water"}, []string{commitment.AsAPriority, "fully"}, "programme"
	for _, act := range []mechanism.Act{
		&mechanism.AppointPerson{Person: mechanism.Person{ID: "bo", Name: "Bo", Office: mechanism.Coordinator, Party: party}},
		&mechanism.RelievePerson{Person: "bo", Reason: "moved on"},
		&mechanism.AnnounceText{Text: mechanism.Text{Code: "LAK25", Title: mechanism.Names{"en": "Harbour statement"}, Adopted: "2025-03-01", Nature: "political", Parties: m.PartyCodes()}},
		receive("LAK25", words),
		&mechanism.ProposeCommitments{Text: "LAK25", Language: "en", Program: "golden", Items: []mechanism.ProposedCommitment{
			{Ref: "LAK25-01", Proposal: proposal(0, 39, 5)}, {Ref: "LAK25-02", Proposal: proposal(41, 73, 4)}},
			Passed: []commitment.Passage{{Clause: "1", Start: 75, End: 101, Cue: "thank", Rule: "en/none/thank", Reason: "thanks"}}},
		&mechanism.SplitCommitment{Item: item(1), Parts: []mechanism.ProposedCommitment{{Ref: "LAK25-01", Proposal: proposal(0, 18, 5)}, {Ref: "LAK25-03", Proposal: proposal(19, 39, 5)}}, Reason: "two goals"},
		&mechanism.MergeCommitments{Text: "LAK25", Items: []int{3, 4}, Merged: mechanism.ProposedCommitment{Ref: "LAK25-01", Proposal: proposal(0, 39, 5)}, Reason: "one goal after all"},
		&mechanism.AcceptCommitment{Item: item(5)},
		&mechanism.EditCommitment{Item: item(5), Proposal: whole, Reason: "the verb is weaker"},
		&mechanism.RefuseCommitment{Item: item(2), Reason: "a routine"},
		&mechanism.ReopenCommitment{Item: item(2), Reason: "it is none"},
		&mechanism.AddCommitment{Text: "LAK25", Language: "en", ProposedCommitment: mechanism.ProposedCommitment{Ref: "LAK25-04", Proposal: proposal(41, 60, 3)}, Reason: "was not read"},
		&mechanism.AddNote{On: "commitment:LAK25-01", Words: "ask the harbour authority"},
		&mechanism.AddNote{On: "text:LAK25", Words: "a note that goes"},
	} {
		write(officer, act)
	}
	write(officer, &mechanism.WithdrawNote{On: "text:LAK25", Note: m.Acts() - 1})
	const draft = "The Parties agreed to open a ferry line, perhaps."
	for _, act := range []mechanism.Act{
		&mechanism.AnnounceText{Text: mechanism.Text{Code: "LAK26", Title: mechanism.Names{"en": "Harbour statement of 2026"}, Nature: "political", Parties: m.PartyCodes()}},
		receive("LAK26", draft),
		&mechanism.ProposeCommitments{Text: "LAK26", Language: "en", Program: "golden", Items: []mechanism.ProposedCommitment{{Ref: "LAK26-01", Proposal: proposal(0, 39, 5)}}},
		&mechanism.WithdrawText{Text: "LAK26", Reason: "the file was a draft"},
		&mechanism.AcceptClock{Clock: "2026-11-24T23:10:00Z", Reason: "the mechanism rested for two years"},
		&mechanism.AcceptRollback{Checkpoint: aCheckpoint, Reason: "the disk failed; the copy of the night before is all there is"},
	} {
		write(officer, act)
	}
	for file, data := range map[string]string{goldenFile: out.String(), goldenDigest: m.Digest() + "\n"} {
		if err := os.WriteFile(file, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

const examplesFile = "examples.jsonl"

// The examples are the first act of each kind in the golden record, in the order of the table.
func TestThereIsAnExampleOfEachKind(t *testing.T) {
	var want strings.Builder
	done := readGolden(t)
	for _, k := range mechanism.Kinds() {
		i := slices.IndexFunc(done, func(g golden) bool { return g.Kind == k.Name })
		if i < 0 {
			t.Fatalf("the golden record has no act of kind %s", k.Name)
		}
		line, err := json.Marshal(mechanism.Example{Kind: k.Name, Act: elided(t, done[i].Body)})
		if err != nil {
			t.Fatal(err)
		}
		want.Write(append(line, '\n'))
	}
	if *extend {
		if err := os.WriteFile(examplesFile, []byte(want.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(examplesFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want.String() {
		t.Errorf("%s does not follow the golden record: run go test ./mechanism -extend, twice", examplesFile)
	}
}

// elided is a body with "..." in place of a file and of what was read in it.
func elided(t *testing.T, body json.RawMessage) json.RawMessage {
	t.Helper()
	var fields struct {
		Text     string          `json:"text"`
		File     []byte          `json:"file"`
		Document json.RawMessage `json:"document"`
	}
	if err := json.Unmarshal(body, &fields); err != nil || fields.Document == nil {
		return body
	}
	short, err := json.Marshal(map[string]string{"text": fields.Text, "file": "...", "document": "..."})
	if err != nil {
		t.Fatal(err)
	}
	return short
}

// docs/acts.md is made from the table of kinds and the examples; this test writes it when asked to and holds it against the table.
func TestTheDocumentOfActsFollowsTheTable(t *testing.T) {
	const file = "../docs/acts.md"
	if *extend {
		if err := os.WriteFile(file, []byte(mechanism.ActsDocument()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != mechanism.ActsDocument() {
		t.Errorf("%s does not follow the table of kinds: run go test ./mechanism -extend", file)
	}
}

func TestKindsHaveDistinctNamesAndOffices(t *testing.T) {
	var names []string
	for _, k := range mechanism.Kinds() {
		if slices.Contains(names, k.Name) {
			t.Errorf("the kind %s stands twice in the table", k.Name)
		}
		if mechanism.KindOf(k.New()).Name != k.Name {
			t.Errorf("the kind %s makes acts of kind %s", k.Name, mechanism.KindOf(k.New()).Name)
		}
		if len(k.Who) == 0 || k.Readers.Class == "" {
			t.Errorf("the kind %s is for nobody or seen by nobody", k.Name)
		}
		names = append(names, k.Name)
	}
}
