package page

import (
	"html/template"
	"io/fs"
	"regexp"
	"strings"
	"sync"

	"concord/internal/lang"
)

// pages are the parsed templates: one a page, each with the layout and the parts. There is a set a language, in which the
// words that stand in the templates are said already, and one more of each for readers of the past, whose addresses carry
// their day on. What a template says for every visitor alike is so said once, not on every page.
type pages struct {
	families []Family
	words    *lang.Catalog
	assets   assets
	sets     sync.Map // setKey -> func() set
}

type setKey struct {
	language string
	past     bool
}

type set map[string]*template.Template

// shared are the parts that all pages of the kernel, or of a family, may use.
const shared = "parts.html"

// of gives the set for a language, for readers of the present or of the past.
func (p *pages) of(l *lang.Lang, past bool) set {
	made, ok := p.sets.Load(setKey{l.Tag, past})
	if !ok {
		made, _ = p.sets.LoadOrStore(setKey{l.Tag, past}, sync.OnceValue(func() set { return p.load(l, past) }))
	}
	return made.(func() set)()
}

// load parses all templates; they are part of the program, so an error is a fault of the build.
func (p *pages) load(l *lang.Lang, past bool) set {
	said := p.sayer(l, past)
	base := template.New("")
	for _, file := range []string{"layout.html", shared} {
		parse(base, kernel, file, said)
	}
	all := set{"": base}
	all.add(base, kernel, said)
	for _, f := range p.families {
		all.add(base, f.Files, said)
	}
	return all
}

// add parses the pages of a folder, each on its own with what it shares.
func (s set) add(base *template.Template, files fs.FS, said func(string) string) {
	base = template.Must(base.Clone())
	if _, err := fs.Stat(files, shared); err == nil {
		parse(base, files, shared, said)
	}
	for _, file := range filesIn(files, ".html") {
		name := strings.TrimSuffix(file, ".html")
		if name == "layout" || file == shared {
			continue
		}
		if s[name] != nil {
			panic("two pages have the name " + name)
		}
		s[name] = template.Must(base.Clone())
		parse(s[name], files, file, said)
	}
}

// parse adds a file's templates, with what can be said of them beforehand.
func parse(t *template.Template, files fs.FS, file string, said func(string) string) {
	text, err := fs.ReadFile(files, file)
	if err != nil {
		panic(err)
	}
	template.Must(t.New(file).Parse(said(string(text))))
}

// fixed is what a template asks for that does not depend on the page: a message without values, an address without
// values, a file of the program.
var fixed = regexp.MustCompile(`\{\{\$?\.(?:T "([^"]+)"|Link "(/[^"%]*)"|Assets\.(CSS|JS|Icon))\}\}`)

// sayer puts what is fixed into the text of a template, escaped as the template would.
func (p *pages) sayer(l *lang.Lang, past bool) func(string) string {
	files := map[string]string{"CSS": p.assets.CSS, "JS": p.assets.JS, "Icon": p.assets.Icon}
	return func(text string) string {
		return fixed.ReplaceAllStringFunc(text, func(asked string) string {
			switch m := fixed.FindStringSubmatch(asked); {
			case m[1] != "":
				return escaper.Replace(l.T(m[1]))
			case m[2] != "" && past:
				return asked
			default:
				return escaper.Replace(m[2] + files[m[3]])
			}
		})
	}
}
