package web_test

import (
	"bytes"
	"go/format"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/valyala/quicktemplate/parser"
)

// templates are the files of all templates.
func templates(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob("*/*.qtpl")
	if err != nil || len(files) < 15 {
		t.Fatalf("found %d templates: %v", len(files), err)
	}
	return files
}

func TestTemplatesAreCompiled(t *testing.T) {
	t.Parallel()
	compiled, err := filepath.Glob("*/*.qtpl.go")
	if err != nil {
		t.Fatal(err)
	}
	if len(compiled) != len(templates(t)) {
		t.Errorf("%d templates, %d compiled: one of them is left over; run go generate ./web", len(templates(t)), len(compiled))
	}
	for _, file := range templates(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		was, err := os.ReadFile(file + ".go")
		if err != nil {
			t.Errorf("%s is not compiled: run go generate ./web", file)
			continue
		}
		var now bytes.Buffer
		if err := parser.ParseNoLineComments(&now, bytes.NewReader(text), filepath.Base(file), filepath.Base(filepath.Dir(file))); err != nil {
			t.Fatal(err)
		}
		made, err := format.Source(now.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(made, was) {
			t.Errorf("%s has changed since it was compiled: run go generate ./web", file)
		}
	}
}

// What is written without escaping, and where a value stands in an attribute without quotes, nothing protects the page.
func TestTemplatesEscapeEverything(t *testing.T) {
	t.Parallel()
	unsafe := regexp.MustCompile(`\{%[a-z]+= [^%]*%\}|\s[a-z-]+='?\{%|\bon[a-z]+="|<script[^>]*>[^<]|\bstyle="`)
	for _, file := range templates(t) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range unsafe.FindAll(text, -1) {
			t.Errorf("%s: %s", file, found)
		}
	}
}
