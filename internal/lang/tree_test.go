package lang

import (
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
)

// root is the repository.
var root = os.DirFS("../..")

// folder is a folder of the repository with the files that a program is made from; its name is as in Source.
type folder struct {
	name  string
	files map[string]string // by name: Go, templates, scripts and words; no tests
}

// folders are all folders of the repository that have such files.
var folders = sync.OnceValue(func() []folder {
	found := map[string]folder{}
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := d.Name(); name != "." && (base[0] == '.' || base == "testdata") {
				return fs.SkipDir
			}
			return nil
		}
		if !slices.Contains([]string{".go", ".qtpl", ".js", ".txt"}, path.Ext(name)) || strings.HasSuffix(name, "_test.go") || strings.HasSuffix(name, ".qtpl.go") {
			return nil
		}
		data, err := fs.ReadFile(root, name)
		dir := path.Dir(name)
		if found[dir].files == nil {
			found[dir] = folder{dir, map[string]string{}}
		}
		found[dir].files[path.Base(name)] = string(data)
		return err
	})
	if err != nil {
		panic(err)
	}
	var all []folder
	for _, f := range found {
		all = append(all, f)
	}
	slices.SortFunc(all, func(a, b folder) int { return strings.Compare(a.name, b.name) })
	return all
})

// brings says whether the folder has words of its own.
func (f folder) brings() bool { return f.files["words.txt"] != "" || f.files["errors.txt"] != "" }

// speaks says whether the code of the folder may ask for a key.
func (f folder) speaks() bool {
	if f.brings() || f.name == "web" || strings.HasPrefix(f.name, "web/") {
		return true
	}
	for name, source := range f.files {
		if strings.HasSuffix(name, ".go") && strings.Contains(source, `"concord/internal/lang"`) {
			return true
		}
	}
	return false
}

// everything is the catalog of all words in the repository, whoever brings them.
var everything = sync.OnceValue(func() *Catalog {
	var sources []Source
	for _, f := range folders() {
		if f.brings() && f.name != "internal/lang" {
			files, err := fs.Sub(root, f.name)
			if err != nil {
				panic(err)
			}
			sources = append(sources, Source{f.name, files})
		}
	}
	return Must(New(sources...))
})

// in gives a language with all words.
func in(tag string) *Lang { return everything().For(tag) }

func TestWordsAreEmbeddedWhereTheyStand(t *testing.T) {
	for _, f := range folders() {
		var embedded []string
		for _, source := range f.files {
			for line := range strings.Lines(source) {
				if names, ok := strings.CutPrefix(line, "//go:embed "); ok {
					embedded = append(embedded, strings.Fields(names)...)
				}
			}
		}
		for _, name := range []string{"words.txt", "errors.txt"} {
			if f.files[name] != "" && !slices.Contains(embedded, name) {
				t.Errorf("no Go file of %s embeds %s", f.name, name)
			}
		}
	}
}
