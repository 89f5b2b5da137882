package mechanism_test

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"concord/internal/fault"
	"concord/mechanism"
)

// found founds a mechanism from a pack folder and appoints an officer.
func found(t testing.TB, dir string) *mechanism.Mechanism {
	t.Helper()
	pack, err := mechanism.LoadPack(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	m := mechanism.New()
	founder := mechanism.Actor{Person: "founder", Office: mechanism.Founder}
	for _, act := range append(pack.Acts(), &mechanism.AppointPerson{Person: anOfficer}) {
		do(t, m, founder, act)
	}
	return m
}

var anOfficer = mechanism.Person{ID: "ana", Name: "Ana", Office: mechanism.Officer}

// do checks and applies an act, as the secretariat does.
func do(t testing.TB, m *mechanism.Mechanism, by mechanism.Actor, act mechanism.Act) {
	t.Helper()
	if err := m.Check(act, by); err != nil {
		t.Fatalf("%s: %v", mechanism.KindOf(act).Name, err)
	}
	m.Apply(act, at(m, by, act))
}

func at(m *mechanism.Mechanism, by mechanism.Actor, act mechanism.Act) mechanism.Entry {
	return mechanism.Entry{Seq: m.Acts(), Time: clock(m.Acts()), Actor: by, Visibility: m.Visibility(act, by)}
}

const shipped, lake = "../packs/china-central-asia", "testdata/packs/lake-compact"

func TestTheShippedPackFoundsItsMechanism(t *testing.T) {
	m := found(t, shipped)
	if got := len(m.Parties("en")); got != 6 {
		t.Errorf("%d parties, want 6", got)
	}
	lines := m.As(officer).Ledger().LinesOf("CHD24")
	if len(lines) != 36 {
		t.Fatalf("%d commitments of the Chengdu statement, want 36", len(lines))
	}
	for _, ln := range lines {
		for _, lang := range []string{"en", "zh", "ru"} {
			if ln.Summary.Summary[lang] == "" {
				t.Errorf("%s has no summary in %q", ln.Ref, lang)
			}
		}
	}
	secretariat, ok := m.Body("secretariat")
	if !ok || len(secretariat.Parties) >= 6 {
		t.Errorf("the Secretariat has the parties %v, want fewer than six", secretariat.Parties)
	}
}

func TestProtocolOrderDependsOnTheLanguage(t *testing.T) {
	m := found(t, shipped)
	if first := m.Parties("ru")[0].Code; first != "KZ" {
		t.Errorf("the first party in Russian is %s, want KZ (Казахстан before Китай)", first)
	}
	if first := m.Parties("en")[0].Code; first != "CN" {
		t.Errorf("the first party in English is %s, want CN", first)
	}
}

func TestAnotherMechanismNeedsNoOtherCode(t *testing.T) {
	m := found(t, lake)
	if got := m.PartyCodes(); len(got) != 4 {
		t.Errorf("parties %v, want four", got)
	}
}

func TestPackErrorsNameFileAndLine(t *testing.T) {
	for _, c := range []struct {
		name, file, from, to string
		want                 []string
	}{
		{"a party code that is none", "parties.json", `"code": "KZ"`, `"code": "kz"`, []string{"parties.json:", `"kz"`}},
		{"a party twice", "parties.json", `"code": "KZ"`, `"code": "CN"`, []string{"parties.json:", "CN is a party already"}},
		{"a field nobody knows", "tracks.json", `"id": "trade"`, `"idd": "trade"`, []string{"tracks.json:", `unknown field "idd"`}},
		{"a summary on a track that is not open", "commitments.json", `"tracks": ["foreign-affairs"]`, `"tracks": ["magic"]`, []string{"commitments.json:", `no track "magic"`}},
		{"a deadline that is none", "commitments.json", `"value": "ASAP"`, `"value": "soon"`, []string{"commitments.json:", `"soon" is no value of a deadline`}},
		{"a deadline without its value", "commitments.json", `"value": "ASAP"`, `"value": ""`, []string{"commitments.json:", "the deadline has no value"}},
		{"a deadline on no known basis", "commitments.json", `"basis": "soft"`, `"basis": "vague"`, []string{"commitments.json:", `"vague"`}},
		{"a kind of instrument that nobody knows", "commitments.json", `"instrument": "programme"`, `"instrument": "poem"`, []string{"commitments.json:", `"poem"`}},
		{"a kind of actor that nobody knows", "commitments.json", `"kind": "organ"`, `"kind": "crowd"`, []string{"commitments.json:", `"crowd"`}},
		{"a strength off the scale", "commitments.json", `"strength": 5`, `"strength": 6`, []string{"commitments.json:2:", "strength 6"}},
		{"a meeting of no body", "meetings.json", `"body": "foreign-ministers"`, `"body": "club"`, []string{"meetings.json:", `no body "club"`}},
		{"a date that is none", "texts.json", `"adopted": "2024-12-01"`, `"adopted": "2024-13-01"`, []string{"texts.json:", "2024-13-01"}},
		{"broken JSON", "bodies.json", `"kind": "summit",`, `"kind": "summit" "`, []string{"bodies.json:4:"}},
		{"an order that forgets a party", "order.json", `"ru": ["KZ", "CN",`, `"ru": ["KZ",`, []string{"order.json", "5 of 6"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := copyPack(t, shipped)
			text := string(files[c.file].Data)
			if !strings.Contains(text, c.from) {
				t.Fatalf("%s does not hold %s any more", c.file, c.from)
			}
			files[c.file].Data = []byte(strings.Replace(text, c.from, c.to, 1))
			_, err := mechanism.LoadPack(files)
			if fault.KindOf(err) != fault.Invalid {
				t.Fatalf("error %v, want kind invalid", err)
			}
			for _, part := range c.want {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("the error %q does not say %q", err, part)
				}
			}
		})
	}
}

func TestFilesOfAPackThatAreNoListsAreRefused(t *testing.T) {
	for name, c := range map[string]struct{ file, text, want string }{
		"an object for a list":       {"tracks.json", `{"id":"x"}`, "tracks.json:1: an array was expected"},
		"an empty file":              {"tracks.json", "", "tracks.json:1: an array was expected"},
		"a list that does not end":   {"tracks.json", "[\n\n", "tracks.json:3"},
		"something behind the list":  {"tracks.json", "[]\n\n7", "tracks.json:3: something follows the array"},
		"a number for a name":        {"parties.json", "[\n{\"code\": \"XA\",\n\"name\": 5}]", "parties.json:2"},
		"a list for the mechanism":   {"mechanism.json", "[]", "mechanism.json:1"},
		"a mechanism that is cut":    {"mechanism.json", "{\n\"id\":", "mechanism.json:"},
		"a word that JSON has not":   {"tracks.json", "[\n\nnil]", "tracks.json:3"},
		"a mechanism without a name": {"mechanism.json", `{"id":"lake-compact"}`, "mechanism.json:1: the mechanism has no name"},
	} {
		files := copyPack(t, lake)
		files[c.file] = &fstest.MapFile{Data: []byte(c.text)}
		if _, err := mechanism.LoadPack(files); fault.KindOf(err) != fault.Invalid || !strings.Contains(fmt.Sprint(err), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func TestAPackWithoutItsMechanismIsRefused(t *testing.T) {
	if _, err := mechanism.LoadPack(fstest.MapFS{}); err == nil || !strings.Contains(err.Error(), "mechanism.json") {
		t.Errorf("error %v, want one that names mechanism.json", err)
	}
}

// copyPack holds a pack's data files in memory, to be damaged.
func copyPack(t *testing.T, dir string) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(os.DirFS(dir), "*.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		data, err := os.ReadFile(dir + "/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}
