package check

import (
	"fmt"
	"strings"
	"testing"
)

// witness hears what an assertion says instead of failing: an assertion that cannot fail is none.
type witness struct {
	testing.TB
	said []string
}

func (w *witness) Helper() {}
func (w *witness) Errorf(format string, args ...any) {
	w.said = append(w.said, fmt.Sprintf(format, args...))
}
func (w *witness) Fatalf(format string, args ...any) {
	w.said = append(w.said, fmt.Sprintf(format, args...))
	panic(w)
}

// heard runs an assertion on a page and gives what it complained of.
func heard(t *testing.T, page string, assertion func(p *Page)) (said string) {
	w := &witness{TB: t}
	defer func() {
		if v := recover(); v != nil && v != any(w) {
			panic(v)
		}
		said = strings.Join(w.said, "\n")
	}()
	assertion(ParsePage(w, page))
	return ""
}

func TestAssertionsOnPagesCanFail(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		assertion func(p *Page)
		says      string // "" where the page is as demanded
	}{
		"has":                       {func(p *Page) { p.Has("li", "two") }, ""},
		"has several words":         {func(p *Page) { p.Has("ul", "two", "one") }, ""},
		"has what there is not":     {func(p *Page) { p.Has("li", "four") }, `nothing at "li" has ["four"]`},
		"has words of two":          {func(p *Page) { p.Has("li", "one", "two") }, `nothing at "li"`},
		"has at no element":         {func(p *Page) { p.Has("table") }, `nothing at "table"`},
		"has not":                   {func(p *Page) { p.HasNot("ol li", "two") }, ""},
		"has not what there is":     {func(p *Page) { p.HasNot("li", "two") }, `there is "two" at "li"`},
		"counts":                    {func(p *Page) { p.Count("li", 3) }, ""},
		"counts otherwise":          {func(p *Page) { p.Count("li", 4) }, `3 elements at "li", want 4`},
		"a selector cut short":      {func(p *Page) { p.Count("li[data-act", 0) }, `selector "li[data-act"`},
		"a selector of nothing":     {func(p *Page) { p.Count("", 0) }, "is empty"},
		"an alternative of nothing": {func(p *Page) { p.Count("li,", 0) }, "is empty"},
	} {
		said := heard(t, somePage, c.assertion)
		if (said == "") != (c.says == "") || !strings.Contains(said, c.says) {
			t.Errorf("%s: it says %q, want %q", name, said, c.says)
		}
	}
}

func TestTheTextOfAPage(t *testing.T) {
	t.Parallel()
	p := ParsePage(t, `<div>one<b>two</b> <script>three</script><style>four</style>
	  five &amp; six<p>seven</div>`)
	if got := p.Texts("div")[0]; got != "one two five & six seven" {
		t.Errorf("it is %q", got)
	}
	if got := p.Attrs("div", "id"); got != nil {
		t.Errorf("there are attributes %q", got)
	}
}

func TestSelectorsOfManySteps(t *testing.T) {
	t.Parallel()
	p := ParsePage(t, `<main class="a"><section><form action="/x>y"><input name=q required><input name=r></form></section></main><form><input name=q></form>`)
	for selector, want := range map[string]int{
		"main input": 2, "main > input": 0, "main section form > input": 2, "main > section > form > input[name=q]": 1, "main>section input": 2,
		"input[required]": 1, "form[action='/x>y'] input": 2, ".a .a": 0, "main.a input[name=q][required]": 1, "section input, form input": 3, "* > input": 3,
	} {
		if got := len(p.All(selector)); got != want {
			t.Errorf("%q picks %d elements, want %d", selector, got, want)
		}
	}
}
