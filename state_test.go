package concord_test

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// changing are the methods of the ledger by which acts change it; Next makes the copy that may be changed.
var changing = []string{"Next", "Enter", "Put", "Decide", "Summarize"}

// holders are the packages that may hold a whole state. All others read it through a mechanism.Sight.
var holders = []string{"mechanism", "secretariat"}

// The state is changed by acts, in package mechanism, and read through the sight of somebody.
func TestOnlyActsChangeTheStateAndOnlySightsReadIt(t *testing.T) {
	changes := 0
	for _, p := range typed(t) {
		name := strings.TrimPrefix(p.types.Path(), "concord/")
		for at, sel := range p.info.Selections {
			method, ok := sel.Obj().(*types.Func)
			if !ok {
				continue
			}
			switch receiverOf(method) {
			case "concord/commitment.Ledger":
				if !slices.Contains(changing, method.Name()) {
					continue
				}
				if changes++; name != "mechanism" && name != "commitment" {
					t.Errorf("%s: only acts change the ledger", p.fset.Position(at.Pos()))
				}
			case "concord/mechanism.Mechanism":
				if !slices.Contains(holders, name) {
					t.Errorf("%s: %s reads the state itself: it is read through a Sight", p.fset.Position(at.Pos()), name)
				}
			}
		}
		for at, used := range p.info.Uses {
			if used, ok := used.(*types.TypeName); ok && used.Name() == "Mechanism" && used.Pkg() != nil && used.Pkg().Path() == "concord/mechanism" && !slices.Contains(holders, name) {
				t.Errorf("%s: %s holds the whole state: give it a Sight", p.fset.Position(at.Pos()), name)
			}
		}
	}
	if changes < 5 {
		t.Errorf("only %d places were found that change the ledger: is this test looking?", changes)
	}
}

// receiverOf names the type that a method belongs to: "concord/commitment.Ledger".
func receiverOf(method *types.Func) string {
	recv := method.Signature().Recv()
	if recv == nil {
		return ""
	}
	of := recv.Type()
	if p, ok := of.(*types.Pointer); ok {
		of = p.Elem()
	}
	return of.String()
}

// typedPackage is a package of ours with its types, tests left out.
type typedPackage struct {
	fset  *token.FileSet
	types *types.Package
	info  *types.Info
}

// typed checks those of our packages that can reach the state; what they import is taken from the compiler.
func typed(t *testing.T) (all []typedPackage) {
	t.Helper()
	out, err := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}", "./...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		exports[path] = file
	}
	fset := token.NewFileSet()
	compiled := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	for _, p := range list(t) {
		name := strings.TrimPrefix(p.ImportPath, "concord/")
		if name != "mechanism" && name != "commitment" && !slices.Contains(p.Imports, "concord/mechanism") && !slices.Contains(p.Imports, "concord/commitment") {
			continue
		}
		var files []*ast.File
		for _, name := range p.GoFiles {
			f, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
		info := &types.Info{Selections: map[*ast.SelectorExpr]*types.Selection{}, Uses: map[*ast.Ident]types.Object{}}
		checked, err := (&types.Config{Importer: compiled}).Check(p.ImportPath, fset, files, info)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, typedPackage{fset, checked, info})
	}
	return all
}
