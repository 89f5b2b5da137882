package lang

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed words.txt errors.txt
var own embed.FS

// complete are the languages with all messages, the default first.
var complete = [...]string{"en", "zh", "ru"}

// Source is what a package says, in all languages: words.txt, errors.txt or both at the top of Files.
type Source struct {
	Name  string // the folder of the package in the repository, such as web/texts; errors name it
	Files fs.FS
}

// Catalog is all that a program can say. It does not change, and many goroutines may use it.
type Catalog struct {
	langs []*Lang // in the order of complete
}

// New reads this package's own words and then the sources. It fails, naming the places, when a file is not in its form,
// when a source has no file at all, and when a key or a sentence stands in two places.
func New(sources ...Source) (*Catalog, error) {
	r := newReader()
	for _, s := range append([]Source{{"internal/lang", own}}, sources...) {
		if err := r.source(s); err != nil {
			return nil, fmt.Errorf("lang: %w", err)
		}
	}
	for _, l := range r.catalog.langs {
		l.Name = l.T("language.name")
	}
	return r.catalog, nil
}

// Must gives the catalog of New. Words that are embedded are part of the program, so an error is a fault of the build, and
// Must panics.
func Must(c *Catalog, err error) *Catalog {
	if err != nil {
		panic(err)
	}
	return c
}

// All gives the complete languages, English first.
func (c *Catalog) All() []*Lang { return slices.Clone(c.langs) }

// Known says whether the tag's language is complete.
func (c *Catalog) Known(tag string) bool { return c.lang(Base(tag)) != nil }

// For gives the language of a BCP 47 tag; English marked as a fallback when it is none of the complete ones.
func (c *Catalog) For(tag string) *Lang {
	asked := Base(tag)
	if l := c.lang(asked); l != nil {
		return l
	}
	english := *c.langs[0]
	if validBase(asked) {
		english.Fallback = asked
	}
	return &english
}

// lang gives the language of a primary subtag; nil when it is none of the complete ones.
func (c *Catalog) lang(base string) *Lang {
	for _, l := range c.langs {
		if l.Tag == base {
			return l
		}
	}
	return nil
}
