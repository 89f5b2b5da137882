package concord_test

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// mostBranches is how complex a function may be, by McCabe's count: one, and one for each way that it may branch.
const mostBranches = 20

// A function does one thing. The two grammars of commitment/extract are judged by what they read.
func TestNoFunctionBranchesTooMuch(t *testing.T) {
	functions := 0
	for _, f := range sources(t) {
		if f.test || strings.HasPrefix(f.name, "commitment/extract/") {
			continue
		}
		fset := token.NewFileSet()
		parsed, err := parser.ParseFile(fset, f.name, f.text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range parsed.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			functions++
			if n := branches(fn); n > mostBranches {
				t.Errorf("%s: %s branches %d times, at most %d are good to read", fset.Position(fn.Pos()), fn.Name.Name, n, mostBranches)
			}
		}
	}
	if functions < 1000 {
		t.Errorf("only %d functions were looked at", functions)
	}
}

// branches counts the ways through a function, with those of the functions within it.
func branches(fn *ast.FuncDecl) int {
	n := 1
	ast.Inspect(fn, func(node ast.Node) bool {
		switch node := node.(type) {
		case *ast.IfStmt, *ast.ForStmt, *ast.RangeStmt:
			n++
		case *ast.CaseClause:
			if node.List != nil {
				n++
			}
		case *ast.CommClause:
			if node.Comm != nil {
				n++
			}
		case *ast.BinaryExpr:
			if node.Op == token.LAND || node.Op == token.LOR {
				n++
			}
		}
		return true
	})
	return n
}

func TestBranchesAreCountedAsMcCabeDoes(t *testing.T) {
	for body, want := range map[string]int{
		"":                         1,
		"if a && b || c { d() }":   4,
		"for range 3 { if a { } }": 3,
		"for { break }":            2,
		"switch a { case 1, 2: case 3: default: }":          3,
		"select { case <-a: case b <- c: default: }":        3,
		"f(func() { if a { } else if b { } else { c() } })": 3,
	} {
		parsed, err := parser.ParseFile(token.NewFileSet(), "x.go", "package x\nfunc f() { "+body+" }", parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if got := branches(parsed.Decls[0].(*ast.FuncDecl)); got != want {
			t.Errorf("%q branches %d times, want %d", body, got, want)
		}
	}
}

// leastTests is how many lines of tests there are at least for one line of code. It rises with the house, and is
// never let down.
const leastTests = 0.60

func TestThereAreEnoughTests(t *testing.T) {
	type lines struct{ code, tests int }
	var total lines
	of := map[string]lines{}
	var order []string
	for _, f := range sources(t) {
		dir := path.Dir(f.name)
		if _, seen := of[dir]; !seen {
			order = append(order, dir)
		}
		n, sum := bytes.Count(f.text, []byte{'\n'}), of[dir]
		if f.test {
			sum.tests, total.tests = sum.tests+n, total.tests+n
		} else {
			sum.code, total.code = sum.code+n, total.code+n
		}
		of[dir] = sum
	}
	ratio := func(l lines) float64 { return float64(l.tests) / float64(max(l.code, 1)) }
	for _, dir := range order {
		t.Logf("%-22s %6d of code %6d of tests  %.2f", dir, of[dir].code, of[dir].tests, ratio(of[dir]))
	}
	t.Logf("%-22s %6d of code %6d of tests  %.2f", "all", total.code, total.tests, ratio(total))
	if ratio(total) < leastTests {
		t.Errorf("there are %.2f lines of tests for a line of code, at least %.2f are wanted", ratio(total), leastTests)
	}
}

// source is a Go file of the module.
type source struct {
	name string // "web/page/page.go"
	text []byte
	test bool // it is a test, or there for tests only
}

// sources are all Go files but those that a program writes.
func sources(t *testing.T) (all []source) {
	t.Helper()
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || name == "bench"): // bench is a module of its own
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ".go":
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if !bytes.Contains(text, []byte("// Code generated ")) || strings.HasSuffix(name, "measure_test.go") {
			test := strings.HasSuffix(name, "_test.go") || strings.HasPrefix(name, "record/recordtest/") || strings.HasPrefix(name, "internal/check/")
			all = append(all, source{name, text, test})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
