package web_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// The reference of data stands in docs/api.md between these lines.
const (
	referenceBegins = "<!-- the public types: go test ./web -run Reference -update -->\n"
	referenceEnds   = "<!-- end of the public types -->\n"
)

// referenceOf are the files with public types, in the order of the reference.
var referenceOf = []string{"page/list.go", "page/data.go", "overview/data.go", "texts/data.go", "review/data.go", "commitments/data.go", "meetings/data.go",
	"record/data.go", "people/data.go", "acts/data.go", "find/data.go"}

// docs/api.md lists every public type, field by field, as their comments in the source say it.
func TestTheReferenceOfData(t *testing.T) {
	t.Parallel()
	const file = "../docs/api.md"
	was, err := os.ReadFile(file)
	must(t, err)
	before, rest, begins := strings.Cut(string(was), referenceBegins)
	_, after, ends := strings.Cut(rest, referenceEnds)
	if !begins || !ends {
		t.Fatalf("%s has no place for the reference", file)
	}
	is := before + referenceBegins + reference(t) + referenceEnds + after
	if *update {
		must(t, os.WriteFile(file, []byte(is), 0o644))
		return
	}
	if is != string(was) {
		t.Errorf("%s does not say what the public types are: run go test ./web -run Reference -update", file)
	}
}

// structs are the types of a family by name, the public ones in their order.
type structs struct {
	family string
	order  []string
	of     map[string]*ast.StructType
	doc    map[string]string
}

func readStructs(t *testing.T, file string) structs {
	t.Helper()
	s := structs{family: filepath.Dir(file), of: map[string]*ast.StructType{}, doc: map[string]string{}}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments)
	must(t, err)
	for _, d := range parsed.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.TYPE {
			continue
		}
		spec := g.Specs[0].(*ast.TypeSpec)
		of, ok := spec.Type.(*ast.StructType)
		if !ok || !slices.ContainsFunc(of.Fields.List, func(f *ast.Field) bool { return f.Tag != nil }) {
			if ok && len(of.Fields.List) > 0 && of.Fields.List[0].Names == nil && spec.Name.IsExported() {
				t.Errorf("%s: %s has no field of its own", file, spec.Name)
			}
			continue
		}
		s.of[spec.Name.Name], s.doc[spec.Name.Name] = of, strings.TrimSpace(g.Doc.Text())
		if spec.Name.IsExported() {
			s.order = append(s.order, spec.Name.Name)
		}
	}
	return s
}

// reference writes the types of all families. A field without a comment, and a type without one, fail the test.
func reference(t *testing.T) string {
	t.Helper()
	all := map[string]structs{}
	var b strings.Builder
	for _, file := range referenceOf {
		s := readStructs(t, file)
		if old, ok := all[s.family]; ok {
			for name, of := range old.of {
				s.of[name] = of
			}
		}
		all[s.family] = s
		for _, name := range s.order {
			if s.doc[name] == "" {
				t.Errorf("%s: %s says nothing of itself", file, name)
			}
			fmt.Fprintf(&b, "\n### %s.%s\n\n%s\n\n| field | form | what it is |\n|---|---|---|\n", s.family, name, strings.ReplaceAll(s.doc[name], "\n", " "))
			writeFields(t, &b, all, s, s.of[name])
		}
	}
	return b.String() + "\n"
}

func writeFields(t *testing.T, b *strings.Builder, all map[string]structs, s structs, of *ast.StructType) {
	for _, f := range of.Fields.List {
		if f.Names == nil { // embedded: its fields are the type's own
			from, name := s, ""
			switch e := f.Type.(type) {
			case *ast.Ident:
				name = e.Name
			case *ast.SelectorExpr:
				from, name = all[e.X.(*ast.Ident).Name], e.Sel.Name
			}
			writeFields(t, b, all, from, from.of[name])
			continue
		}
		tag := reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json")
		name, options, _ := strings.Cut(tag, ",")
		said := strings.TrimSpace(f.Comment.Text())
		form := formOf(s.family, f.Type)
		if strings.Contains(options, "omit") {
			form += ", or not there"
		}
		if said == "" {
			t.Errorf("%s: the field %s says nothing of itself", s.family, name)
		}
		fmt.Fprintf(b, "| `%s` | %s | %s |\n", name, form, strings.ReplaceAll(strings.ReplaceAll(said, "\n", " "), "|", `\|`))
	}
}

// formOf says what a field is in JSON.
func formOf(family string, of ast.Expr) string {
	switch e := of.(type) {
	case *ast.StarExpr:
		return formOf(family, e.X)
	case *ast.ArrayType:
		return "list of " + formOf(family, e.Elt)
	case *ast.Ident:
		switch {
		case strings.HasPrefix(e.Name, "int"):
			return "number"
		case e.Name == "string":
			return "text"
		case e.Name == "bool":
			return "true or false"
		}
		return linkTo(family, e.Name)
	case *ast.SelectorExpr:
		switch from := e.X.(*ast.Ident).Name; {
		case from == "page":
			return linkTo(from, e.Sel.Name)
		case from == "time":
			return "RFC 3339"
		case e.Sel.Name == "Strength":
			return "number"
		case e.Sel.Name == "RawMessage", e.Sel.Name == "Report", e.Sel.Name == "Example":
			return "object"
		}
		return "text"
	}
	return "?"
}

func linkTo(family, name string) string {
	return fmt.Sprintf("[%s.%s](#%s)", family, name, strings.ToLower(family+name))
}
