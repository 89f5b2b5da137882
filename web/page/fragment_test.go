package page

import (
	"slices"
	"strings"
	"testing"
)

func TestFragmentsAreCutExactly(t *testing.T) {
	const row = `<tr data-fragment="row-2"><td>two<br><table><tr><td>in it</td></tr></table></td></tr>`
	const table = `<table data-fragment="table"><tr><td>a > b</td></tr>` + row + `<tr><td>three</td></tr></table>`
	const main = `<main data-fragment="main" data-objects="text:A party:B"><!-- <div data-fragment="none"> --><p title='data-fragment="neither"'>` + "\n" + table + `</p></main>`
	got, err := cut([]byte(`<!doctype html><body data-acts="41"><ul data-fragment="rail" data-grows="6"><li>1</ul>` + main + `<script>"</main>"</script>`))
	if err != nil {
		t.Fatal(err)
	}
	html := map[string]string{}
	walk(got.fragments, func(f *fragment) bool { html[f.name] = string(f.html); return true })
	for name, want := range map[string]string{"rail": `<ul data-fragment="rail" data-grows="6"><li>1</ul>`, "main": main, "table": table, "row-2": row} {
		if html[name] != want {
			t.Errorf("%s: %s", name, html[name])
		}
	}
	if len(html) != 4 || got.acts != 41 || len(got.objects) != 2 || got.objects[1] != "party:B" || !got.grows || !got.fragments[0].grows || got.fragments[1].grows {
		t.Errorf("the page says of itself: %+v", got)
	}
}

// What changes in a fragment is a change of that one alone, whatever it stands in; that one comes or goes changes the outer.
func TestAChangeBelongsToTheInnermostFragment(t *testing.T) {
	const page = `<main data-fragment="main"><h1>T</h1><ol data-fragment="list"><li data-fragment="a">1</li><li data-fragment="b">2</li></ol></main>`
	for _, c := range []struct{ from, to, changed string }{
		{">1<", ">9<", "a"},
		{"<h1>T", "<h1>U", "main"},
		{"<ol", `<ol class="x"`, "list"},
		{`<li data-fragment="b">2</li>`, "", "list"},
		{"<li data-fragment=\"a\">1</li>", `<li data-fragment="c">1</li>`, "list c"},
		{`<li data-fragment="a">1</li><li data-fragment="b">2</li>`, `<li data-fragment="b">2</li><li data-fragment="a">1</li>`, "list"},
	} {
		before, err1 := cut([]byte(page))
		after, err2 := cut([]byte(strings.Replace(page, c.from, c.to, 1)))
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		was := map[string][16]byte{}
		walk(before.fragments, func(f *fragment) bool { was[f.name] = f.own; return true })
		var changed []string
		walk(after.fragments, func(f *fragment) bool {
			if was[f.name] != f.own {
				changed = append(changed, f.name)
			}
			return true
		})
		if got := strings.Join(changed, " "); got != c.changed {
			t.Errorf("%s -> %s changes %q, want %q", c.from, c.to, got, c.changed)
		}
	}
}

// A fragment is sent without what stays in it, and what changed in that is sent beside it.
func TestWhatHasNotChangedIsNotSentAgain(t *testing.T) {
	page, err := cut([]byte(`<main data-fragment="main"><h1>T</h1><ol data-fragment="list">x<li data-fragment="a">1</li><li data-fragment="b&amp;">2</li></ol>!</main>`))
	if err != nil {
		t.Fatal(err)
	}
	for changed, want := range map[string]string{
		"":               "",
		"b&":             `b&: <li data-fragment="b&amp;">2</li>` + "\n",
		"main":           `main: <main data-fragment="main"><h1>T</h1><template data-fragment="list"></template>!</main>` + "\n",
		"list":           `list: <ol data-fragment="list">x<template data-fragment="a"></template><template data-fragment="b&amp;"></template></ol>` + "\n",
		"list a":         `list: <ol data-fragment="list">x<li data-fragment="a">1</li><template data-fragment="b&amp;"></template></ol>` + "\n",
		"main b&":        `main: <main data-fragment="main"><h1>T</h1><template data-fragment="list"></template>!</main>` + "\n" + `b&: <li data-fragment="b&amp;">2</li>` + "\n",
		"main list a b&": "main: " + string(page.fragments[0].html) + "\n",
	} {
		var sent changes
		collect(page.fragments, &sent, func(f *fragment) bool { return !slices.Contains(strings.Fields(changed), f.name) })
		got := ""
		for _, f := range sent.Fragments {
			got += f.Name + ": " + f.HTML + "\n"
		}
		if got != want {
			t.Errorf("when %q changed:\n%s\nwant\n%s", changed, got, want)
		}
	}
}

func TestAPageWithBadFragmentsIsRefused(t *testing.T) {
	for name, page := range map[string]string{
		"never closed":    `<main data-fragment="main"><p></main`,
		"an empty tag":    `<main data-fragment="main"><input data-fragment="x"></main>`,
		"no name":         `<main data-fragment=""></main>`,
		"the same name":   `<main data-fragment="m"><p data-fragment="x"></p><p data-fragment="x"></p></main>`,
		"closed by other": `<div data-fragment="d"><p data-fragment="x"></div>`,
	} {
		if got, err := cut([]byte(page)); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestOnlyPagesOfThePresentAreWatched(t *testing.T) {
	s := &Site{}
	for at, want := range map[string]string{
		"/": "/", "/commitments?track=water&party=XB&lang=ru&done=7": "/commitments?party=XB&track=water", "/texts/A%2FB": "/texts/A%2FB",
		"/?asof=2025-01-01": "", "//elsewhere.example/": "", "https://elsewhere.example/": "", "": "", "record": "",
		"/?q=" + strings.Repeat("x", longestAt): "", "/?asof=": "/",
	} {
		r, ok := s.watched(at)
		if ok != (want != "") || ok && r.URL.RequestURI() != want {
			t.Errorf("%.60q: %v, want %q", at, r, want)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add(`<main data-fragment="main"><ol data-fragment="list" data-grows="2"><li data-fragment="a">1</li></ol></main>`)
	f.Add(`<body data-acts="x"><main data-objects=" a  b"><svg><path/></svg>`)
	f.Fuzz(func(t *testing.T, page string) {
		got, err := cut([]byte(page))
		if err != nil {
			return
		}
		var names []string
		walk(got.fragments, func(f *fragment) bool {
			if !strings.Contains(page, string(f.html)) || f.html[0] != '<' || f.html[len(f.html)-1] != '>' {
				t.Errorf("%q is no element of the page", f.html)
			}
			if slices.Contains(names, f.name) {
				t.Errorf("two fragments are called %q", f.name)
			}
			names = append(names, f.name)
			return true
		})
	})
}
