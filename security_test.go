package concord_test

import (
	"bufio"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// securityPage is where each requirement of the standard is answered; standardLevels has their numbers.
const (
	securityPage   = "docs/security.md"
	standardLevels = "testdata/asvs-5.0.0-levels.txt"
)

// answerKinds are what an answer may begin with, in the order in which the page counts them.
var answerKinds = []string{"test", "setting", "design", "not applicable", "open"}

// requirement is a row of the page: a requirement of the standard, and the answer.
type requirement struct {
	number, level, asks string
	kind, answer        string // the answer's kind, and what stands behind it
}

// Each requirement of the standard's levels 1 and 2 is answered once, and what an answer points at is there.
func TestEachRequirementOfTheStandardIsAnswered(t *testing.T) {
	levels, rows := levelsOfTheStandard(t), requirementsAnswered(t)
	seen := map[string]bool{}
	for _, r := range rows {
		level, known := levels[r.number]
		switch {
		case !known:
			t.Errorf("%s is no requirement of levels 1 and 2", r.number)
		case seen[r.number]:
			t.Errorf("%s is answered twice", r.number)
		case level != r.level:
			t.Errorf("%s is of level %s, not %s", r.number, level, r.level)
		}
		seen[r.number] = true
		if r.asks == "" || r.answer == "" || !slices.Contains(answerKinds, r.kind) {
			t.Errorf("%s: what it asks is %q, the answer %q: %q", r.number, r.asks, r.kind, r.answer)
		}
		for _, missing := range missingOf(t, r) {
			t.Errorf("%s: there is no %s", r.number, missing)
		}
	}
	for number := range levels {
		if !seen[number] {
			t.Errorf("%s is not answered", number)
		}
	}
}

// The head of the page counts the answers of each kind.
func TestTheAnswersAreCounted(t *testing.T) {
	counts := map[string]int{}
	rows := requirementsAnswered(t)
	for _, r := range rows {
		counts[r.kind]++
	}
	var parts []string
	for _, kind := range answerKinds {
		parts = append(parts, fmt.Sprintf("%s %d", kind, counts[kind]))
	}
	want := fmt.Sprintf("Of %d requirements: %s.", len(rows), strings.Join(parts, ", "))
	t.Log(want)
	if !strings.Contains(readText(t, securityPage), want) {
		t.Errorf("the head of %s does not say: %s", securityPage, want)
	}
}

// levelsOfTheStandard gives the level of each requirement of levels 1 and 2 by its number.
func levelsOfTheStandard(t *testing.T) map[string]string {
	t.Helper()
	levels := map[string]string{}
	for line := range strings.Lines(readText(t, standardLevels)) {
		if number, level, ok := strings.Cut(strings.TrimSpace(line), " "); ok && !strings.HasPrefix(line, "#") {
			levels[number] = level
		}
	}
	if len(levels) != 253 {
		t.Fatalf("%s has %d requirements; the standard has 253", standardLevels, len(levels))
	}
	return levels
}

// requirementsAnswered reads the rows of the page's tables: "| 1.2.1 | 1 | what it asks | kind: answer |".
func requirementsAnswered(t *testing.T) []requirement {
	t.Helper()
	row := regexp.MustCompile(`^\| (\d+\.\d+\.\d+) \| (\d) \| (.*?) \| (.*?) \|$`)
	var rows []requirement
	lines := bufio.NewScanner(strings.NewReader(readText(t, securityPage)))
	for lines.Scan() {
		line := lines.Text()
		if line == "" || line[0] != '|' || !strings.ContainsAny(line[:min(3, len(line))], "0123456789") {
			continue
		}
		cells := row.FindStringSubmatch(line)
		if cells == nil {
			t.Errorf("this row cannot be read: %s", line)
			continue
		}
		kind, answer, _ := strings.Cut(cells[4], ": ")
		rows = append(rows, requirement{cells[1], cells[2], strings.TrimSpace(cells[3]), kind, strings.TrimSpace(answer)})
	}
	return rows
}

// missingOf lists the tests and files that an answer names and that are not there. An answer by design names a file.
func missingOf(t *testing.T, r requirement) (missing []string) {
	if r.kind == "test" {
		for name := range strings.SplitSeq(r.answer, ", ") {
			if !isTest(t, name) {
				missing = append(missing, "test "+name)
			}
		}
		return missing
	}
	files := regexp.MustCompile("`([^` ]+(?:/[^` ]+|\\.(?:go|md|mod|sum)))`").FindAllStringSubmatch(r.answer, -1)
	for _, f := range files {
		if _, err := os.Stat(f[1]); err != nil {
			missing = append(missing, "file "+f[1])
		}
	}
	if r.kind == "design" && len(files) == 0 {
		missing = append(missing, "file that shows it")
	}
	return missing
}

var testsOfPackage = map[string]map[string]bool{}

// isTest says whether a name such as "web/TestX" is of a test that is there; those of this package are "concord/TestX".
func isTest(t *testing.T, name string) bool {
	at := strings.LastIndexByte(name, '/')
	if at < 0 {
		return false
	}
	folder := name[:at]
	if folder == "concord" {
		folder = "."
	}
	if testsOfPackage[folder] == nil {
		testsOfPackage[folder] = testsIn(t, folder)
	}
	return testsOfPackage[folder][name[at+1:]]
}

// testsIn gives the names of the tests and fuzz targets in a folder.
func testsIn(t *testing.T, folder string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	files, err := filepath.Glob(filepath.Join(folder, "*_test.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			f, ok := d.(*ast.FuncDecl)
			if ok && f.Recv == nil && (strings.HasPrefix(f.Name.Name, "Test") || strings.HasPrefix(f.Name.Name, "Fuzz")) {
				names[f.Name.Name] = true
			}
		}
	}
	return names
}

// notServed are packages with no part in serving: the commands, of which bench runs the program itself, and what tests use.
var notServed = []string{"internal/cli", "internal/check", "internal/sample", "record/recordtest", "cmd/concord"}

// dangerous are packages that the server does without, each with why.
var dangerous = map[string]string{
	"os/exec": "it runs no other program", "plugin": "it loads no code", "unsafe": "its memory is safe", "C": "its memory is safe",
	"text/template": "its templates are compiled", "html/template": "its templates are compiled",
	"encoding/gob": "it reads no types of the sender's", "net/rpc": "it reads no types of the sender's",
	"net/smtp": "it sends no mail", "net/http/pprof": "it shows nothing of its insides", "expvar": "it shows nothing of its insides",
	"crypto/md5": "weak", "crypto/sha1": "weak", "crypto/des": "weak", "crypto/rc4": "weak", "crypto/dsa": "weak", "crypto/rsa": "not needed",
	"crypto/aes": "it encrypts nothing by itself", "crypto/cipher": "it encrypts nothing by itself", "math/rand": "not for secrets",
	"math/rand/v2": "not for secrets",
}

// What the server is made of cannot run commands, load code, send mail or use weak cryptography.
func TestTheServerDoesWithoutDangerousPackages(t *testing.T) {
	looked := 0
	for _, p := range list(t) {
		name := strings.TrimPrefix(p.ImportPath, "concord/")
		if isNotServed(name) {
			continue
		}
		looked++
		for _, imp := range p.Imports {
			why, bad := dangerous[imp]
			if bad && !(name == "secretariat" && imp == "math/rand/v2") { // when to try again, which is no secret
				t.Errorf("%s imports %s: %s", name, imp, why)
			}
		}
	}
	if looked < 15 {
		t.Errorf("only %d packages were looked at", looked)
	}
}

// calling are the names by which Go code calls another server.
var calling = map[string][]string{
	"http": {"Get", "Head", "Post", "PostForm", "Client", "DefaultClient", "Transport", "DefaultTransport"},
	"net":  {"Dial", "DialTimeout", "Dialer", "DialTCP", "DialUDP", "DialIP"},
}

// The server calls nobody but its own database, and what people send it in a form is read from the form alone.
func TestTheServerCallsNobody(t *testing.T) {
	calls := 0
	eachServed(t, func(fset *token.FileSet, n ast.Node) {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return
		}
		if of, ok := sel.X.(*ast.Ident); ok && slices.Contains(calling[of.Name], sel.Sel.Name) {
			t.Errorf("%s: %s.%s calls another server", fset.Position(n.Pos()), of.Name, sel.Sel.Name)
		}
		switch sel.Sel.Name {
		case "FormValue":
			t.Errorf("%s: FormValue takes from the address what a form should send", fset.Position(n.Pos()))
		case "PostFormValue":
			calls++
		}
	})
	if calls < 5 {
		t.Errorf("only %d values of forms are read: the test would not notice others", calls)
	}
}

// A query of the database is written whole in the code: values go beside it, never into it.
func TestNoQueryIsMadeOfValues(t *testing.T) {
	query := regexp.MustCompile("^[`\"]\\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE)\\b")
	isQuery := func(e ast.Expr) bool {
		l, ok := e.(*ast.BasicLit)
		return ok && query.MatchString(l.Value)
	}
	queries := 0
	eachServed(t, func(fset *token.FileSet, n ast.Node) {
		switch n := n.(type) {
		case *ast.BasicLit:
			if isQuery(n) {
				queries++
			}
		case *ast.BinaryExpr:
			if places, ok := n.Y.(*ast.Ident); isQuery(n.X) && n.Op == token.ADD && !(ok && places.Name == "rows") { // of places for values
				t.Errorf("%s: something is added to a query", fset.Position(n.Pos()))
			}
		case *ast.CallExpr:
			if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Sprintf" && isQuery(n.Args[0]) {
				t.Errorf("%s: something is filled into a query", fset.Position(n.Pos()))
			}
		}
	})
	if queries < 20 {
		t.Errorf("only %d queries were looked at", queries)
	}
}

// eachServed shows each node of the code that has a part in serving.
func eachServed(t *testing.T, show func(*token.FileSet, ast.Node)) {
	t.Helper()
	for _, p := range list(t) {
		if isNotServed(strings.TrimPrefix(p.ImportPath, "concord/")) {
			continue
		}
		for _, file := range p.GoFiles {
			fset := token.NewFileSet()
			parsed, err := parser.ParseFile(fset, filepath.Join(p.Dir, file), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			ast.Inspect(parsed, func(n ast.Node) bool {
				show(fset, n)
				return true
			})
		}
	}
}

// isNotServed says whether a package has no part in serving.
func isNotServed(name string) bool { return slices.Contains(notServed, name) }

// readText reads a file of the house.
func readText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
