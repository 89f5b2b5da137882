// Package concord_test holds the house against its plan: which package may import which.
package concord_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// house says what each package may import of the others. When a new need does not fit, redraw the table in
// ARCHITECTURE.md first.
var house = map[string][]string{
	"cmd/concord":        {"internal/cli"},
	"internal/cli":       {"web", "identity", "secretariat", "record", "mechanism", "commitment", "commitment/extract", "lexicon", "statement", "packs", "internal/fault", "internal/lang", "internal/sample"},
	"search":             {"mechanism", "commitment"},
	"web":                {"web/overview", "web/texts", "web/review", "web/commitments", "web/meetings", "web/record", "web/people", "web/find", "web/acts", "web/page", "search", "secretariat", "identity"},
	"web/overview":       {"web/page", "mechanism", "commitment"},
	"web/texts":          {"web/page", "secretariat", "mechanism", "commitment", "statement", "internal/fault"},
	"web/review":         {"web/proposal", "web/page", "mechanism", "commitment", "statement", "internal/fault"},
	"web/commitments":    {"web/proposal", "web/page", "search", "mechanism", "commitment", "statement", "internal/fault"},
	"web/proposal":       {"web/page", "mechanism", "commitment", "statement", "internal/fault"},
	"web/find":           {"web/page", "search", "mechanism"},
	"web/meetings":       {"web/page", "mechanism"},
	"web/record":         {"secretariat", "web/page", "record", "mechanism", "internal/fault"},
	"web/acts":           {"web/page", "secretariat", "mechanism", "internal/fault"},
	"web/people":         {"web/page", "identity", "mechanism", "internal/fault"},
	"web/page":           {"internal/say", "secretariat", "identity", "record", "mechanism", "commitment", "statement", "internal/fault", "internal/lang"},
	"internal/say":       {"internal/lang", "mechanism", "commitment", "calendar"},
	"identity":           {"record", "internal/fault"},
	"secretariat":        {"mechanism", "record", "commitment/extract", "statement", "internal/fault"},
	"mechanism":          {"commitment", "statement", "internal/fault"},
	"commitment":         {"calendar", "internal/fault"},
	"commitment/extract": {"commitment", "lexicon", "statement"},
	"lexicon":            {"calendar"},
	"calendar":           {"internal/fault"},
	"statement":          {"internal/ooxml", "internal/fault"},
	"record":             {"internal/fault"},
	"record/recordtest":  {"record", "internal/fault"},
	"packs":              {},
	"internal/fault":     {},
	"internal/lang":      {"calendar", "internal/fault"},
	"internal/ooxml":     {"internal/fault"},
	"internal/sample":    {"mechanism", "commitment", "commitment/extract", "statement"},
	"internal/check":     {"commitment", "commitment/extract", "statement", "record", "secretariat", "mechanism", "internal/fault"},
}

// outside says which modules beside the standard library a package may use; domain packages have none, but for maps that
// copy on write and, in statement, the Go project's own text and HTML tables.
var outside = map[string][]string{
	"mechanism":         {"github.com/tidwall/btree"}, // maps that copy on write
	"commitment":        {"github.com/tidwall/btree"},
	"statement":         {"golang.org/x/text/", "golang.org/x/net/html"},
	"record":            {"golang.org/x/mod/", "modernc.org/", "github.com/jackc/pgx/", "golang.org/x/sys/"},
	"record/recordtest": {"golang.org/x/mod/"},
	"identity":          {"golang.org/x/crypto/"},
	"web/record":        {"golang.org/x/mod/"},
	"web/page":          {"github.com/prometheus/", "github.com/klauspost/compress/"},
	"internal/cli":      {"golang.org/x/term", "golang.org/x/mod/"},
	"internal/sample":   {"mechanism", "commitment", "statement"},
	"internal/check":    {"golang.org/x/net/", "github.com/chromedp/", "github.com/jackc/pgx/"},
}

type listed struct {
	ImportPath string
	Imports    []string
}

func TestArrowsPointDown(t *testing.T) {
	for _, p := range list(t) {
		name := strings.TrimPrefix(p.ImportPath, "concord/")
		allowed, known := house[name]
		if !known {
			t.Errorf("package %s is not in the plan of the house", name)
			continue
		}
		for _, imp := range p.Imports {
			inner, ours := strings.CutPrefix(imp, "concord/")
			switch {
			case ours && !slices.Contains(allowed, inner):
				t.Errorf("%s imports %s: that arrow is not in the plan", name, inner)
			case !ours && strings.Contains(strings.Split(imp, "/")[0], ".") && !slices.ContainsFunc(outside[name], func(m string) bool { return strings.HasPrefix(imp, m) }):
				t.Errorf("%s imports %s from outside: that is not in the plan", name, imp)
			}
		}
	}
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
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
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
