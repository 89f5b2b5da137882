package check

import "testing"

const somePage = `<main id="main"><h1 class="big title">Record</h1>
<ul class="rows"><li data-act="1"><a href="/record/1">one</a></li><li data-act="2"><span><a href="/record/2">two</a></span></li></ul>
<ol><li>three</li></ol></main>`

func TestSelectorsPickElements(t *testing.T) {
	p := ParsePage(t, somePage)
	for selector, want := range map[string]int{
		"li": 3, "ul li": 2, "main > li": 0, "ul > li > a": 1, "ul.rows a": 2, "#main h1.big.title": 1, "h1.small": 0,
		"li[data-act]": 2, "li[data-act=2]": 1, "a[href^='/record/']": 2, `a[href*="/2"]`: 1, "ol li, h1": 2, "*[data-act]": 2,
		"ul>li": 2, "a[href='x y']": 0,
	} {
		if got := len(p.All(selector)); got != want {
			t.Errorf("%q picks %d elements, want %d", selector, got, want)
		}
	}
	p.Has("li", "two")
	p.HasNot("ol li", "two")
	if got := p.Attrs("ul a", "href"); len(got) != 2 || got[1] != "/record/2" {
		t.Errorf("addresses are %q", got)
	}
	if got := p.Texts("ul"); got[0] != "one two" {
		t.Errorf("text is %q", got)
	}
}
