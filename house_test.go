// Package concord_test holds the house against its plan: which package may import which, who may change the state, how
// much one function may do, and how much of the code is tests.
package concord_test

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the plan of the house into ARCHITECTURE.md anew")

// room is a package of the house: what it is for, and which of ours it may import.
type room struct {
	name     string
	sentence string
	imports  []string
}

// house is the plan, from the program down. ARCHITECTURE.md's table is made from it. When a new need does not fit, redraw
// the plan first.
var house = []room{
	{"cmd/concord", "the program: a main of a few lines",
		[]string{"internal/cli"}},
	{"internal/cli", "the commands",
		[]string{"web", "identity", "secretariat", "record", "mechanism", "commitment", "commitment/extract", "lexicon", "statement", "packs", "internal/fault", "internal/lang", "internal/sample"}},
	{"web", "the list of the families of pages",
		[]string{"web/overview", "web/texts", "web/review", "web/commitments", "web/meetings", "web/record", "web/people", "web/find", "web/acts", "web/page", "search", "secretariat", "identity"}},
	{"web/overview", "the first page: the mechanism in one minute, and the road from each text to its ledger",
		[]string{"web/page", "mechanism", "commitment"}},
	{"web/texts", "the texts: list, import, the reader with its marks",
		[]string{"web/page", "secretariat", "mechanism", "commitment", "statement", "internal/fault"}},
	{"web/review", "the review: proposals decided one after the other",
		[]string{"web/proposal", "web/page", "mechanism", "commitment", "statement", "internal/fault"}},
	{"web/commitments", "the matrix of all commitments, and the page of each",
		[]string{"web/proposal", "web/page", "search", "mechanism", "commitment", "calendar", "statement", "internal/fault"}},
	{"web/find", "finding, the palette, the page of keys",
		[]string{"web/page", "search", "mechanism"}},
	{"web/meetings", "the meetings, past and to come",
		[]string{"web/page", "mechanism"}},
	{"web/record", "the acts, the proof of each, the verification of all",
		[]string{"secretariat", "web/page", "record", "mechanism", "internal/fault"}},
	{"web/acts", "acts of any kind, as programs send them",
		[]string{"web/page", "secretariat", "mechanism", "internal/fault"}},
	{"web/people", "who holds an office; sign-in, invitations, preferences",
		[]string{"web/page", "identity", "mechanism", "internal/fault"}},
	{"web/proposal", "the form in which a proposal is edited, and the acts that it becomes",
		[]string{"web/page", "mechanism", "commitment", "statement", "internal/fault"}},
	{"web/page", "the kernel of pages: visit, frame, show, answer, errors, files, live update",
		[]string{"internal/say", "secretariat", "identity", "record", "mechanism", "commitment", "statement", "internal/fault", "internal/lang"}},
	{"internal/say", "values of the domain in words",
		[]string{"internal/lang", "mechanism", "commitment"}},
	{"search", "finds in all languages what a state has, by an index that is made anew only where acts touched it",
		[]string{"mechanism", "commitment", "calendar", "statement"}},
	{"identity", "who is there",
		[]string{"record", "internal/fault"}},
	{"secretariat", "the one door: Do, Sight, At, Follow, Verify, Receive",
		[]string{"mechanism", "record", "commitment/extract", "statement", "internal/fault"}},
	{"mechanism", "the state and every act; packs",
		[]string{"commitment", "statement", "internal/fault"}},
	{"commitment/extract", "clauses to proposals: match, clause, judge, fill",
		[]string{"commitment", "calendar", "lexicon", "statement", "internal/fault"}},
	{"commitment", "what was promised: its vocabularies, the ledger",
		[]string{"calendar", "internal/fault"}},
	{"lexicon", "finds cues, actors, states, times, numbers in each language",
		[]string{"commitment", "calendar"}},
	{"calendar", "days and the windows of deadlines",
		[]string{"internal/fault"}},
	{"statement", "what was said: decode, repair, split, classify, language",
		[]string{"internal/ooxml", "internal/fault"}},
	{"record", "the signed log on SQLite or PostgreSQL",
		[]string{"internal/fault"}},
	{"record/recordtest", "the conformance test of a store, and damage to one",
		[]string{"record", "internal/fault"}},
	{"packs", "mechanisms as data",
		[]string{}},
	{"internal/lang", "catalogs of what the packages say, plurals, dates, numbers, in each interface language",
		[]string{"calendar", "internal/fault"}},
	{"internal/ooxml", "docx",
		[]string{"internal/fault"}},
	{"internal/fault", "the one error type with kinds; anyone may import it",
		[]string{}},
	{"internal/sample", "large invented texts and ledgers for benchmarks",
		[]string{"mechanism", "commitment", "calendar", "commitment/extract", "statement"}},
	{"internal/check", "helpers of tests: databases, browser, page checker, scorer",
		[]string{"commitment", "commitment/extract", "statement", "record", "secretariat", "mechanism", "internal/fault"}},
	{"internal/check/pace", "for tests: that work grows no faster than what it is done on, in time and in memory",
		[]string{}},
}

// roomOf finds a package in the plan.
func roomOf(name string) (room, bool) {
	i := slices.IndexFunc(house, func(r room) bool { return r.name == name })
	if i < 0 {
		return room{}, false
	}
	return house[i], true
}

// outside says which modules beside the standard library a package may use; domain packages have none, but for maps that
// copy on write and, in statement, the Go project's own text and HTML tables.
var outside = map[string][]string{
	"mechanism":         {"github.com/tidwall/btree"}, // maps that copy on write
	"commitment":        {"github.com/tidwall/btree"},
	"statement":         {"golang.org/x/text/", "golang.org/x/net/html"},
	"record":            {"golang.org/x/mod/", "modernc.org/", "github.com/jackc/pgx/", "golang.org/x/sys/"},
	"record/recordtest": {"golang.org/x/mod/"},
	"identity":          {"golang.org/x/crypto/", "github.com/trustelem/zxcvbn"},
	"web/record":        {"golang.org/x/mod/"},
	"web/page":          {"github.com/prometheus/", "github.com/klauspost/compress/", "golang.org/x/net/html"},
	"internal/cli":      {"golang.org/x/term", "golang.org/x/crypto/acme/", "golang.org/x/mod/"},
	"internal/sample":   {"mechanism", "commitment", "statement"},
	"internal/check":    {"golang.org/x/net/", "github.com/chromedp/", "github.com/jackc/pgx/"},
}

// templates is what compiled templates are written with.
const templates = "github.com/valyala/quicktemplate"

type listed struct {
	ImportPath, Dir  string
	Imports, GoFiles []string
}

func TestArrowsPointDown(t *testing.T) {
	for _, p := range list(t) {
		name := strings.TrimPrefix(p.ImportPath, "concord/")
		plan, known := roomOf(name)
		if !known {
			t.Errorf("package %s is not in the plan of the house", name)
			continue
		}
		for _, imp := range p.Imports {
			if imp == templates && (name == "web/page" || isFamily(name)) {
				continue
			}
			inner, ours := strings.CutPrefix(imp, "concord/")
			switch {
			case ours && !slices.Contains(plan.imports, inner):
				t.Errorf("%s imports %s: that arrow is not in the plan", name, inner)
			case !ours && strings.Contains(strings.Split(imp, "/")[0], ".") && !slices.ContainsFunc(outside[name], func(m string) bool { return strings.HasPrefix(imp, m) }):
				t.Errorf("%s imports %s from outside: that is not in the plan", name, imp)
			}
		}
	}
}

func TestFamiliesOfPagesDoNotKnowEachOther(t *testing.T) {
	for _, r := range house {
		if !isFamily(r.name) {
			continue
		}
		if i := slices.IndexFunc(r.imports, isFamily); i >= 0 {
			t.Errorf("%s may import %s in the plan: what two families need moves down", r.name, r.imports[i])
		}
	}
}

// isFamily says whether a package is a family of pages: all below web but the kernel and what families share.
func isFamily(name string) bool {
	return strings.HasPrefix(name, "web/") && name != "web/page" && name != "web/proposal"
}

func TestEveryRoomOfThePlanIsBuilt(t *testing.T) {
	packages := list(t)
	for _, r := range house {
		if !slices.ContainsFunc(packages, func(p listed) bool { return p.ImportPath == "concord/"+r.name }) {
			t.Errorf("%s is in the plan and is no package", r.name)
		}
		if r.sentence == "" {
			t.Errorf("what %s is for is not said", r.name)
		}
	}
}

func TestTheTourShowsThePlan(t *testing.T) {
	const file, opening, closing = "ARCHITECTURE.md", "<!-- the plan of the house: go test . -update -->\n", "<!-- end of the plan -->"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, opened := strings.Cut(string(data), opening)
	shown, after, closed := strings.Cut(rest, closing)
	if !opened || !closed {
		t.Fatalf("%s has no place for the plan", file)
	}
	plan := planTable()
	if *update {
		if err := os.WriteFile(file, []byte(before+opening+plan+closing+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if shown != plan {
		t.Errorf("%s does not show the plan of the house: run go test . -update", file)
	}
}

// planTable is the plan as a table. That anybody may import internal/fault is said once.
func planTable() string {
	var b strings.Builder
	b.WriteString("| package | one sentence | may import of ours |\n|---|---|---|\n")
	for _, r := range house {
		var imports []string
		for _, name := range r.imports {
			if name != "internal/fault" {
				imports = append(imports, "`"+name+"`")
			}
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s |\n", r.name, r.sentence, strings.Join(imports, ", "))
	}
	return b.String()
}

func TestDomainPackagesKnowNoClockAndNoStore(t *testing.T) {
	for _, p := range list(t) {
		switch name := strings.TrimPrefix(p.ImportPath, "concord/"); name {
		case "lexicon", "calendar", "statement", "commitment", "commitment/extract", "mechanism":
			for _, bad := range []string{"net/http", "database/sql", "math/rand", "math/rand/v2", "crypto/rand", "os"} {
				if slices.Contains(p.Imports, bad) {
					t.Errorf("%s imports %s: a domain package is pure", name, bad)
				}
			}
		}
	}
}

// list gives our packages with what they import, tests left out.
func list(t *testing.T) []listed {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Dir,Imports,GoFiles", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if p.ImportPath != "concord" {
			packages = append(packages, p)
		}
	}
	if len(packages) < 10 {
		t.Fatalf("only %d packages were listed", len(packages))
	}
	return packages
}
