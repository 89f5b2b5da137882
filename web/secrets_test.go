package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"concord/mechanism"
	"concord/web"
)

// secret stands in everything that the parties keep to themselves in these tests. That nobody else finds it, door_test.go
// holds.
const secret = "quetzalcoatl"

// full fills a house with a text whose proposals wait, were refused, edited, divided, merged and added, and with people
// who came and went. What is for the parties has the secret in it; one commitment stands in the ledger.
func (h *house) full() (code string) {
	h.t.Helper()
	code = h.received("harbour.txt", harbour)
	boss := h.as(officer)
	decide := func(n int, do string, more ...string) {
		h.t.Helper()
		f := boss.form(code, n, do, more...)
		if do == "edit" {
			f = fields(boss.get(fmt.Sprintf("%s?n=%d&open=edit", reviewOf(code), n)), "#edit")
			for i := 0; i+1 < len(more); i += 2 {
				f.Set(more[i], more[i+1])
			}
			f.Set("do", "edit")
		}
		if a := boss.post(reviewOf(code), f); a.Status != 200 {
			h.t.Fatalf("%s %d: status %d: %s", do, n, a.Status, a.Texts("[role=alert]"))
		}
	}
	decide(1, "accept")
	decide(2, "refuse", "reason", secret+" refuse")
	decide(3, "edit", "action", secret+" action", "who", secret+" who", "reason", secret+" edit")
	x := h.at(code, 4)
	decide(4, "split", "cut", fmt.Sprint(x.Start+(x.End-x.Start)/2), "reason", secret+" split")
	decide(5, "merge", "with", "6", "reason", secret+" merge")
	add := fields(boss.get(reviewOf(code)+"?open=add"), "#add")
	for key, value := range map[string]string{"do": "add", "words": "hospitality", "action": secret + " added", "reason": secret + " add"} {
		add.Set(key, value)
	}
	if a := boss.post(reviewOf(code), add); a.Status != 200 {
		h.t.Fatalf("add: status %d: %s", a.Status, a.Texts("[role=alert]"))
	}
	gone := mechanism.Person{ID: secret, Name: secret + " name", Office: mechanism.Reader}
	h.do(&mechanism.AppointPerson{Person: gone}, &mechanism.RelievePerson{Person: secret, Reason: secret + " relieved"})
	return code
}

// crawl gets every page that can be reached from some addresses, each also as data, and gives the bodies by address.
func (v *visitor) crawl(from ...string) map[string]string {
	got := map[string]string{}
	for len(from) > 0 {
		at := from[0]
		from = from[1:]
		if _, seen := got[at]; seen || strings.HasPrefix(at, "/assets/") || strings.Contains(at, "lang=") || at == "/live" || len(got) > 3000 {
			continue
		}
		a := v.get(at)
		got[at] = a.Body + fmt.Sprint(a.Header)
		if !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
			continue
		}
		for _, list := range [][]string{a.Attrs("a[href]", "href"), a.Attrs("form[action]", "action"), a.Attrs("link[href]", "href")} {
			for _, to := range list {
				to, _, _ = strings.Cut(to, "#")
				if strings.HasPrefix(to, "/") {
					from = append(from, to)
				}
			}
		}
	}
	return got
}

func TestThePublicWritesNothing(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.full()
	acts := h.acts()
	ref := h.at(code, 1).Ref
	for name, v := range map[string]*visitor{"public": h.visitor(), "reader": h.as(reader), "coordinator": h.as(kazakh)} {
		for _, do := range []string{"accept", "refuse", "reopen", "edit", "edit-accept", "split", "merge", "add"} {
			form := url.Values{"n": {"3"}, "do": {do}, "version": {"-1"}, "reason": {"because"}, "cut": {"900"}, "with": {"7"}, "words": {"hospitality"}, "strength": {"2"}, "kind": {"all"}}
			for _, at := range []string{reviewOf(code), reviewOf(code) + ".json", "/commitments/" + ref} {
				if a := v.post(at, form); a.Status != 403 {
					t.Errorf("%s: %s at %s: status %d", name, do, at, a.Status)
				}
			}
		}
		for _, at := range []string{"/people", "/people/kz/invite", "/people/kz/relieve"} {
			if a := v.post(at, url.Values{"name": {"X"}, "login": {"x"}, "office": {"officer"}}); a.Status != 403 {
				t.Errorf("%s: %s: status %d", name, at, a.Status)
			}
		}
		if a := v.upload("x.txt", harbour+"\n7. The Parties agreed to meet.", nil); a.Status != 403 {
			t.Errorf("%s: import: status %d", name, a.Status)
		}
	}
	if h.acts() != acts {
		t.Errorf("%d acts came of refusals", h.acts()-acts)
	}
}

// hostile is markup that would run if it were ever taken for markup.
const hostile = `"><script>alert(1)</script><img src=x onerror=alert(1)>'`

func TestWordsOfPeopleAndFilesAreNeverMarkup(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.as(officer)
	text := strings.NewReplacer("ferry line", "ferry "+hostile+" line", "on ports", "on "+hostile+" ports").Replace(harbour)
	a := boss.upload(hostile+"\r\nX-Evil: 1.txt", text, map[string]string{"title": "Title " + hostile, "source": "javascript:alert(1) " + hostile})
	if a.Status != 200 {
		t.Fatalf("import: status %d: %s", a.Status, a.Texts("[role=alert]"))
	}
	code := strings.Split(strings.TrimPrefix(a.Path, "/texts/"), "/")[0]
	boss.post(reviewOf(code), boss.form(code, 2, "refuse", "reason", hostile))
	boss.post("/people", url.Values{"name": {"Name " + hostile}, "login": {"hostile"}, "office": {"reader"}})
	boss.post("/people/"+h.personNamed("Name "+hostile).ID+"/relieve", url.Values{"reason": {hostile}})
	echo := url.QueryEscape(hostile)
	pages := boss.crawl("/", "/people", reviewOf(code)+"?n=2", "/texts/"+code+"?view=received", "/find?q="+echo, "/commitments?q="+echo, "/record?object="+echo, "/commitments/"+echo,
		"/texts/"+echo, "/sign-in?back="+echo, "/texts/"+code+"/file/en", "/texts/import?code="+echo, "/nowhere/"+url.PathEscape(hostile))
	for at, body := range pages {
		if strings.Contains(body, "<!doctype html") || strings.Contains(body, "<!DOCTYPE html") {
			if strings.Contains(body, "<script>") || strings.Contains(body, "<img") || strings.Contains(body, `href="javascript:`) {
				t.Errorf("%s has markup that somebody wrote", at)
			}
		}
		if strings.Contains(body, "X-Evil:[") {
			t.Errorf("%s has a header that somebody wrote", at)
		}
	}
	if len(pages) < 100 {
		t.Errorf("only %d addresses", len(pages))
	}
}

func TestNoFormLeadsToAnotherSite(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	for _, back := range []string{"//evil.example/", "https://evil.example/", "/\t/evil.example/", "/\n/evil.example/", "/\\evil.example/", "\t//evil.example", "/\x00/evil.example",
		"/..//evil.example/", "/.//evil.example/", "/%09/evil.example/", "javascript:alert(1)"} {
		v := h.visitor()
		v.client.CheckRedirect = noFollowing
		to := v.post("/preferences", url.Values{"theme": {"dark"}, "back": {back}}).Header.Get("Location")
		if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\t\r\n\\\x00") {
			t.Errorf("%q leads to %q", back, to)
		}
	}
	for _, at := range []string{"/%2Fevil.example/", "/%2F%2Fevil.example/x?lang=ru", "/%5Cevil.example/"} {
		a := h.visitor().get(at) // what its forms give as the way back is checked when it comes back
		for _, to := range slices.Concat(a.Attrs("*[href]", "href"), a.Attrs("form[action]", "action")) {
			if strings.HasPrefix(to, "//") || strings.HasPrefix(to, "/\\") {
				t.Errorf("the page at %s leads to %s", at, to)
			}
		}
	}
}

func TestMalformedFormsAreRefusedInWords(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.full()
	boss := h.as(officer)
	acts := h.acts()
	long := strings.Repeat("ж", 300_000)
	for _, odd := range []url.Values{
		{"n": {"99999999999999999999"}, "do": {"accept"}}, {"n": {"-1"}, "do": {"accept"}}, {"n": {"3"}, "do": {""}}, {"n": {"3"}, "do": {long}},
		{"n": {"3"}, "do": {"split"}, "cut": {"-5"}}, {"n": {"3"}, "do": {"split"}, "cut": {"9223372036854775807"}}, {"n": {"3"}, "do": {"merge"}, "with": {"9223372036854775807"}},
		{"n": {"3"}, "do": {"edit"}, "start": {"-9223372036854775808"}, "end": {"9223372036854775807"}, "words": {"\x00\xff"}, "strength": {"99"}},
		{"n": {"3"}, "do": {"edit"}, "start": {"9"}, "end": {"3"}, "nudge": {"end-"}, "strength": {"-4"}, "kind": {"<b>"}},
		{"do": {"add"}, "words": {long}, "strength": {"5"}}, {"do": {"add"}, "start": {"5"}, "end": {"5"}},
		{"n": {"3"}, "do": {"refuse"}, "version": {"zz"}, "reason": {" "}}, {"n": {"3"}, "do": {"refuse"}, "reason": {"bad \xff\xfe bytes"}, "version": {"1"}},
	} {
		a := boss.post(reviewOf(code), odd)
		if a.Status < 400 || a.Status >= 500 {
			t.Errorf("%.60v: status %d", odd, a.Status)
		}
		var said struct{ Error string }
		if a := boss.post(reviewOf(code)+".json", odd); json.Unmarshal([]byte(a.Body), &said) != nil || said.Error == "" {
			t.Errorf("%.60v as data: %.200s", odd, a.Body)
		}
	}
	for _, at := range []string{"/texts/" + code + "?copy=../..", "/texts/" + code + "/file/..%2f..", "/texts/..%2f..%2fetc", "/assets/..%2fweb.go", "/record/-1", "/record/9223372036854775807", "/record/99999999999999999999",
		"/record?before=-5", "/record/log/tile/0/..%2f..%2f000", "/record/log/../../people", "/commitments?from=zz&group=zz&order=zz&strength=99", "/texts/" + code + "/review?n=99999999999999999999",
		"/texts/" + code + "/review?nudge=end-&start=-1&end=99999999&do=edit&n=3", "/texts/" + code + "/review?do=add&start=99999999", "/?asof=0000-00-00", "/?asof=0001-01-01", "/find?q=%ff%fe", "/%ff", "/welcome/%00"} {
		if a := boss.get(at); a.Status >= 500 {
			t.Errorf("%s: status %d", at, a.Status)
		}
	}
	if h.acts() != acts {
		t.Errorf("%d acts came of malformed forms", h.acts()-acts)
	}
}

// noFollowing keeps a visitor where a redirect was given.
func noFollowing(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
