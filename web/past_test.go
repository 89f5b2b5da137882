package web_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"concord/internal/check"
	"concord/web"
)

// Whoever reads a day of the past stays in it: all that a page leads to carries the day on, but for the way back.
func TestEveryWayOutOfAPageOfThePastKeepsTheDay(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	boss := h.as(officer)
	boss.post(reviewOf(code), boss.form(code, 1, "accept"))
	boss.post(reviewOf(code), boss.form(code, 2, "refuse", "quick", "welcome"))
	const day = "2026-11-22"
	h.now = h.now.Add(48 * time.Hour)
	for name, v := range map[string]*visitor{"public": h.visitor(), "officer": boss} {
		waiting, seen := []string{"/?asof=" + day}, map[string]bool{}
		for len(waiting) > 0 && len(seen) < 250 {
			path := waiting[0]
			waiting = waiting[1:]
			if shape := shapeOf(path); seen[shape] {
				continue
			} else {
				seen[shape] = true
			}
			a := v.get(path)
			if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
				continue
			}
			for _, address := range waysOut(t, a, name+" "+path) {
				if !strings.Contains(address, "asof="+day) {
					t.Errorf("%s: on %s, %q leaves the day", name, path, address)
				}
				waiting = append(waiting, address)
			}
		}
		if len(seen) < 25 {
			t.Errorf("%s: only %d kinds of pages were walked", name, len(seen))
		}
	}
}

// waysOut are the addresses of this site that a page leads to, without its files and without the ways that choose the day
// themselves. A question that a form asks must bring the day along.
func waysOut(t *testing.T, a answer, where string) (addresses []string) {
	t.Helper()
	for _, link := range a.All("a[href^='/'], link[rel=alternate]") {
		href, _ := check.Attr(link, "href")
		if !strings.HasSuffix(href, "?asof=") {
			addresses = append(addresses, href)
		}
	}
	for _, form := range a.All("form[action^='/']") {
		if _, chooses := check.Attr(form, "data-day"); chooses {
			continue
		}
		action, _ := check.Attr(form, "action")
		if method, _ := check.Attr(form, "method"); method != "get" {
			if !strings.Contains(action, "asof=") {
				t.Errorf("on %s, a form to %q leaves the day", where, action)
			}
			continue
		}
		if !brings(form, "asof") {
			t.Errorf("on %s, a question to %q does not bring the day along", where, action)
		}
	}
	return addresses
}

// brings says whether a form has a hidden field.
func brings(n *html.Node, field string) bool {
	if name, _ := check.Attr(n, "name"); n.Data == "input" && name == field {
		return true
	}
	return slices.ContainsFunc(slices.Collect(n.ChildNodes()), func(c *html.Node) bool { return brings(c, field) })
}

// shapeOf is an address without its numbers, so that of a hundred pages of one kind a few are walked.
func shapeOf(path string) string {
	path, _, _ = strings.Cut(path, "#")
	return strings.Map(func(r rune) rune {
		if r >= '1' && r <= '9' {
			return '0'
		}
		return r
	}, path)
}
