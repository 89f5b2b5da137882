package lang

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
)

// source is a source of a test; a file without content is left out.
func source(name, words, errors string) Source {
	files := fstest.MapFS{}
	for file, content := range map[string]string{"words.txt": words, "errors.txt": errors} {
		if content != "" {
			files[file] = &fstest.MapFile{Data: []byte(content)}
		}
	}
	return Source{name, files}
}

func ExampleNew() {
	c, err := New(Source{"web/ferries", fstest.MapFS{"words.txt": {Data: []byte(`
# ferries: what crosses the lake
ferries.count
  en[one] {n} ferry to {0}
  en[other] {n} ferries to {0}
  zh[other] {n} 艘开往{0}的渡轮
  ru[one] {n} паром в {0}
  ru[few] {n} парома в {0}
  ru[many] {n} паромов в {0}
  ru[other] {n} парома в {0}
`)}}})
	if err != nil {
		panic(err)
	}
	for _, l := range c.All() {
		fmt.Println(l.N("ferries.count", 1, "A"), "|", l.N("ferries.count", 12345, "A"))
	}
	// Output:
	// 1 ferry to A | 12 345 ferries to A
	// 1 艘开往A的渡轮 | 12,345 艘开往A的渡轮
	// 1 паром в A | 12 345 паромов в A
}

func TestAFaultInTheWordsNamesItsPlace(t *testing.T) {
	for _, c := range []struct{ name, words, errors, want string }{
		{"no file", "", "", "web/a has neither words.txt nor errors.txt"},
		{"a key without words", "a.b\n\na.c\n  en x", "", `web/a/words.txt:1: nothing follows "a.b"`},
		{"the last key without words", "a.c\n  en x\na.b\n", "", `web/a/words.txt:3: nothing follows "a.b"`},
		{"words without a key", "# head\n  en x", "", "web/a/words.txt:2: nothing stands at the margin above this"},
		{"a language that is none", "a.b\n  en x\n  kk x", "", `web/a/words.txt:3: no language is called "kk"`},
		{"a form that is none", "a.b\n  en[two] x", "", `web/a/words.txt:2: "en[two]" is not a language with a plural form`},
		{"an open bracket", "a.b\n  en[one x", "", `web/a/words.txt:2: "en[one" is not a language with a plural form`},
		{"a language without words", "a.b\n  en\n", "", "web/a/words.txt:2: en says nothing"},
		{"the same language twice", "a.b\n  en x\n  en y", "", "web/a/words.txt:3: this is there twice"},
		{"the same form twice", "a.b\n  en[one] x\n  en[one] y", "", "web/a/words.txt:3: this is there twice"},
		{"the old form", "a.b = words\n  en x", "", `web/a/words.txt:1: "a.b = words" is no key, which has small letters, figures and .-+`},
		{"not UTF-8", "a.b\n  en \xff", "", "web/a/words.txt:2: this is not UTF-8"},
		{"a key that another has", "a.b\n  en x\nnumber.group\n  en ,", "", `web/a/words.txt:3: "number.group" stands at internal/lang/words.txt:`},
		{"a sentence twice", "", "it is lost\n  zh x\nit is lost\n  ru y", `web/a/errors.txt:3: "it is lost" stands at web/a/errors.txt:1 already`},
		{"a sentence that another has", "", "\n%s or %s\n  zh x", `web/a/errors.txt:2: "%s or %s" stands at internal/lang/errors.txt:`},
		{"English below English", "", "it is lost\n  en it is lost", "web/a/errors.txt:2: a language beside English is wanted"},
		{"a sentence with forms", "", "it is lost\n  ru[one] x", "web/a/errors.txt:2: a language beside English is wanted"},
	} {
		_, err := New(source("web/a", c.words, c.errors))
		if err == nil || !strings.HasPrefix(err.Error(), "lang: "+c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}

func TestTwoPackagesCannotClaimOneKey(t *testing.T) {
	_, err := New(source("web/a", "# a\nx.y\n  en one", ""), source("web/b", "x.y\n  en another", ""))
	if want := `lang: web/b/words.txt:1: "x.y" stands at web/a/words.txt:2 already`; err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func TestPlacesAreFilledOnceAndTheRestIsSeen(t *testing.T) {
	l := Must(New(source("web/a", "x.y\n  en   \\s{1}, {0}{0} {2} {x} {n} {\\s  \r\n\t# for people\n\tru {0", ""))).For("en")
	for _, c := range []struct{ got, want string }{
		{l.T("x.y", "{1}", 7), " 7, {1}{1} {2} {x} {n} { "}, // what a value holds is no place
		{l.N("x.y", 12345, 1.5, nil, true), " <nil>, 1.51.5 true {x} 12\u202f345 { "},
		{l.T("x.y"), " {1}, {0}{0} {2} {x} {n} { "},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestAKeyThatOneLanguageLacksIsSaidInEnglish(t *testing.T) {
	ru := Must(New(source("web/a", "x.y\n  en[one] {n} ferry\n  en[other] {n} ferries", ""))).For("ru")
	if got := ru.N("x.y", 2); got != "2 ferries" || ru.Has("x.y") {
		t.Errorf("%q", got)
	}
}

// FuzzWords holds that no file breaks the reader, that what it takes is said in the language it was written in, and that
// no words are lost between the places in them.
func FuzzWords(f *testing.F) {
	f.Add("a.b\n  en[one] {n} x\n  en[other] {n} {0}x\n# p\n\n a.c\n ru y", "it is %s\n  zh %[1]s\n")
	f.Add("a\n\ten {0}{n}{9}{10}{", "%q\n  ru «%[1]q»\r\n\n#")
	f.Add("a\n en[", "x")
	f.Fuzz(func(t *testing.T, words, errors string) {
		r := newReader()
		if err := r.source(source("web/a", words, errors)); err != nil {
			if !strings.HasPrefix(err.Error(), "web/a") {
				t.Errorf("the place is not named: %v", err)
			}
			return
		}
		entries, _ := readEntries("web/a/words.txt", words)
		for _, e := range entries {
			for _, s := range e.said {
				l := r.catalog.lang(s.tag)
				if !l.Has(e.head) {
					t.Errorf("%s: %s does not have %q", s.place, s.tag, e.head)
				}
				if p := l.words[e.head][s.category]; p.words == "" || p.fill("", nil) != p.words {
					t.Errorf("%s: %q became %q", s.place, p.words, p.fill("", nil))
				}
			}
		}
	})
}

func TestWordsWithoutPlacesCostNothing(t *testing.T) {
	ru := in("ru")
	if n := testing.AllocsPerRun(100, func() { ru.T("nav.record") }); n != 0 {
		t.Errorf("a message without arguments allocates %v times", n)
	}
}

func BenchmarkT(b *testing.B) {
	ru := in("ru")
	for name, say := range map[string]func(){
		"words":    func() { ru.T("nav.record") },
		"argument": func() { ru.T("act.title", "1482") },
		"counted":  func() { ru.N("texts.clauses", 21) },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				say()
			}
		})
	}
}
