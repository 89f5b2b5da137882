package web_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"concord/mechanism"
	"concord/web"
)

func TestOverviewTellsTheMechanismInOneMinute(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	p := h.visitor().get("/")
	p.Has("html[lang=en] h1", "China-Central Asia mechanism")
	p.Has("svg.road text", "Chengdu")
	p.Has("svg.road[viewBox='0 0 1080 120']") // two lines of a name and the date
	h.visitor().get("/?lang=ru").Has("svg.road[viewBox='0 0 1080 136']")
	p.Has(".lead p", "36 commitments")
	p.Has(".bound-by a[href='/commitments?party=KZ']", "Kazakhstan")
	p.Has("table.stacks tr th a[href='/commitments?track=trade']")
	p.Has("ol.acts li a[href^='/commitments/CHD24-']")
	p.Has("footer.seal a[href^='/record/']", "proof")
	p.HasNot("ol.acts", "Person appointed") // for the parties, not for the public
}

func TestEveryPageAnswersInEveryLanguageAndAsData(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.as(officer)
	for _, path := range []string{"/", "/meetings", "/record", "/record/3", "/record/verify", "/find?q=chengdu", "/people", "/keys"} {
		for _, lang := range []string{"en", "zh", "ru"} {
			a := v.get(withQuery(path, "lang="+lang))
			if a.Status != 200 {
				t.Fatalf("%s in %s: status %d: %s", path, lang, a.Status, a.Body)
			}
			if strings.Contains(a.Body, "⟨") || strings.Contains(a.Body, "ZgotmplZ") || strings.Contains(a.Body, "%!") {
				t.Errorf("%s in %s has a hole", path, lang)
			}
			a.Count("main h1", 1)
			a.Has("html[lang^=" + lang + "] nav.rail a")
			a.Has("footer.seal, .seal")
		}
		data := v.get(path, "Accept", "application/json")
		if !json.Valid([]byte(data.Body)) || data.Header.Get("Content-Type") != "application/json; charset=utf-8" {
			t.Errorf("%s as data: %.100s", path, data.Body)
		}
	}
}

func withQuery(path, q string) string {
	if strings.Contains(path, "?") {
		return path + "&" + q
	}
	return path + "?" + q
}

func TestAnAddressWithJSONBehindItIsTheSameAsData(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	a, b := v.get("/meetings.json"), v.get("/meetings", "Accept", "application/json")
	if a.Body != b.Body || !strings.Contains(a.Body, `"id":"summit"`) {
		t.Errorf("they differ, or have no summit: %.200s", a.Body)
	}
}

// A program gets data in one line, a person who opens the address in a browser gets the same to read.
func TestDataIsIndentedForABrowser(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	program, person := v.get("/commitments/CHD24-17.json"), v.get("/commitments/CHD24-17.json", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
	var line bytes.Buffer
	if err := json.Compact(&line, []byte(person.Body)); err != nil || line.String() != strings.TrimSpace(program.Body) {
		t.Errorf("the two are not the same data: %v", err)
	}
	if strings.Count(program.Body, "\n") != 1 || !strings.Contains(person.Body, "\n    \"ref\": \"CHD24-17\"") {
		t.Errorf("to a program: %.100s\nto a person: %.100s", program.Body, person.Body)
	}
	if program.Header.Get("ETag") == person.Header.Get("ETag") {
		t.Error("both have one tag")
	}
}

func TestHeadersLetAPageRunNothingOfItsOwn(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	for _, path := range []string{"/", "/record", "/nowhere", "/sign-in"} {
		a := h.visitor().get(path)
		if csp := a.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "script-src 'self'") || strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy is %q", path, csp)
		}
		a.Count("*[style]", 0)
		a.Count("style", 0)
		for _, n := range a.All("script") {
			if n.FirstChild != nil {
				t.Errorf("%s has a script in its markup", path)
			}
		}
		if a.Header.Get("X-Request-Id") == "" {
			t.Errorf("%s has no request id", path)
		}
	}
}

func TestAnErrorIsASentenceAndWhatToDo(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	a := h.visitor().get("/no/such/page")
	if a.Status != http.StatusNotFound {
		t.Errorf("status %d", a.Status)
	}
	a.Has("h1", "There is no page at")
	a.Has("main p", "Check the address")
	a.Has("main code", a.Header.Get("X-Request-Id"))
	h.visitor().get("/no/such/page?lang=ru").Has("h1", "Страницы по адресу «/no/such/page» нет.")
	var said struct{ Error, Next, Request string }
	must(t, json.Unmarshal([]byte(h.visitor().get("/record/99999.json").Body), &said))
	if said.Error == "" || said.Next == "" || said.Request == "" {
		t.Errorf("as data: %+v", said)
	}
}

func TestWritingWithoutTheOfficeSaysWhoMay(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	form := url.Values{"name": {"Somebody"}, "login": {"somebody"}, "office": {"reader"}}
	for name, v := range map[string]*visitor{"public": h.visitor(), "coordinator": h.as(kazakh), "reader": h.as(reader)} {
		a := v.post("/people", form)
		if a.Status != http.StatusForbidden {
			t.Errorf("%s: status %d", name, a.Status)
		}
		a.Has("h1", "“Person appointed”", "officer of the Secretariat")
	}
	zh := h.as(kazakh)
	zh.get("/?lang=zh")
	zh.post("/people", form).Has("h1", "“人员任命”仅限秘书处官员办理。")
	var people int
	h.view(func(m mechanism.Sight) { people = len(m.People()) })
	if people != 3 {
		t.Errorf("%d people after refusals", people)
	}
}

func TestAWriteFromAnotherSiteIsRefused(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	form := url.Values{"name": {"Somebody"}, "login": {"somebody"}, "office": {"reader"}}
	if a := h.as(officer).post("/people", form, "Sec-Fetch-Site", "cross-site"); a.Status != http.StatusForbidden {
		t.Errorf("status %d", a.Status)
	}
}

func TestAnOfficerAppointsAndThePersonSignsIn(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.as(officer)
	a := boss.post("/people", url.Values{"name": {"Timur Coordinator"}, "login": {"Timur@mfa.example"}, "office": {"coordinator"}, "party": {"UZ"}})
	a.Has("section[role=status] h2", "Timur Coordinator")
	address := a.Texts("section[role=status] code")[0]
	path := strings.TrimPrefix(address, h.srv.URL)
	guest := h.visitor()
	guest.get(path).Has("main p", "Timur Coordinator", "national coordinator, Uzbekistan")
	guest.post(path, url.Values{"password": {"short"}, "again": {"short"}}).Has("#wrong", "at least 12")
	guest.post(path, url.Values{"password": {"quiet harbour lamp"}, "again": {"quiet harbour lamp"}}).Has("summary .who", "Timur Coordinator")
	if again := h.visitor().get(path); again.Status != http.StatusNotFound {
		t.Errorf("the invitation works twice: %d", again.Status)
	}
	h.visitor().post("/sign-in", url.Values{"login": {"timur@MFA.example "}, "password": {"quiet harbour lamp"}}).Has("summary .who", "Timur")
	boss.post("/people/"+h.personNamed("Timur Coordinator").ID+"/relieve", url.Values{"reason": {"moved on"}})
	guest.get("/").HasNot("summary .who", "Timur")
	if a := guest.get("/people"); a.Status != http.StatusForbidden {
		t.Errorf("somebody relieved still reads the people: %d", a.Status)
	}
}

func TestTwoPeopleMayHaveTheSameNameBeforeTheAt(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.as(officer)
	invite := func(name, login string) answer {
		return boss.post("/people", url.Values{"name": {name}, "login": {login}, "office": {"reader"}})
	}
	invite("Timur One", "timur@mfa.one")
	invite("Timur Two", "timur@mfa.two").Has("section[role=status] h2", "Timur Two")
	acts := h.acts()
	if a := invite("Timur Three", "timur@mfa.one"); a.Status != http.StatusConflict || h.acts() != acts {
		t.Errorf("a sign-in name of another: status %d, %d new acts", a.Status, h.acts()-acts)
	}
}

func TestSigningOutEndsTheSession(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.as(reader)
	v.get("/people").Has("li", "Robin Reader")
	v.post("/sign-out", nil)
	if a := v.get("/people"); a.Status != http.StatusForbidden {
		t.Errorf("status %d after signing out", a.Status)
	}
}

func TestWrongPasswordsCloseTheDoorForAWhile(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	must(t, h.ids.SetPassword(t.Context(), "officer", "officer", "a long enough password"))
	v := h.visitor()
	wrong := url.Values{"login": {"officer"}, "password": {"not the password"}}
	for range 5 {
		v.post("/sign-in", wrong).Has("[role=alert]", "not right")
	}
	if a := v.post("/sign-in", wrong); a.Status != http.StatusTooManyRequests || a.Header.Get("Retry-After") != "2" {
		t.Errorf("status %d after many failures, to be tried again after %q s", a.Status, a.Header.Get("Retry-After"))
	}
}

func TestDemoLetsAVisitorBeAnybodyAndSaysSo(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	v := h.visitor()
	v.get("/").Has(".banner.demo label", "you act as Dana Officer")
	v.get("/people").Has("#appoint form button", "Appoint")
	v.post("/demo", url.Values{"person": {"kz"}, "back": {"/people"}}).Has("#appoint p", "officer of the Secretariat")
	v.post("/demo", url.Values{"person": {""}, "back": {"/"}}).Has(".banner.demo label", "you are signed out")
	if a := v.get("/people"); a.Status != http.StatusForbidden {
		t.Errorf("status %d when signed out", a.Status)
	}
	real := open(t, web.Config{}).visitor()
	real.client.Jar.SetCookies(mustURL(t, real.h.srv.URL), []*http.Cookie{{Name: "demo", Value: "officer"}})
	if a := real.get("/people"); a.Status != http.StatusForbidden {
		t.Errorf("outside of a demo its cookie makes an officer: %d", a.Status)
	}
}

func mustURL(t *testing.T, s string) *url.URL {
	u, err := url.Parse(s)
	must(t, err)
	return u
}

func TestTheRecordHidesWhatIsNotForTheReader(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	kind := "/record?kind=person.appoint"
	h.visitor().get(kind).Has("ol.acts li", "not for everybody")
	h.visitor().get(kind).HasNot("ol.acts", "Dana")
	h.as(reader).get(kind).Has("ol.acts li", "Dana Officer")
	seqs := h.visitor().get(kind).Attrs("ol.acts li a.seq", "href")
	act := h.visitor().get(seqs[0])
	act.Has(".note-box.good", "is in the record as signed")
	act.Has(".note-box", "not for everybody")
	if strings.Contains(act.Body, "Robin") || strings.Contains(h.visitor().get(seqs[0]+".json").Body, "Robin") {
		t.Error("the body of an act for the parties is shown to the public")
	}
	h.as(reader).get(seqs[0]).Has("pre", "Robin Reader")
}

func TestRecordIsFilteredAndPagedByPlainAddresses(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	first := v.get("/record")
	first.Count("ol.acts > li", 50)
	next := first.Attrs("a[rel=next]", "href")
	second := v.get(next[0])
	second.Has("a[rel=prev]")
	last := first.Attrs("ol.acts > li", "data-act")
	if got := second.Attrs("ol.acts > li", "data-act")[0]; got >= last[len(last)-1] && len(got) == len(last[len(last)-1]) {
		t.Errorf("the second page begins with act %s", got)
	}
	v.get("/record?object=chd24-17").Count("ol.acts > li", 1)
	v.get("/record?object=CHD24&kind=commitment.summarize").Count("ol.acts > li", 36)
	v.get("/record?object=XYZ").Has("main", "No act fits")
}

func TestVerifyRunsAndSaysWhatItChecked(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.visitor()
	v.post("/record/verify", nil)
	var a answer
	for range 100 {
		if a = v.get("/record/verify"); len(a.All("progress")) == 0 {
			break
		}
	}
	a.Has(".note-box.good", "The record is whole")
	a.Has("dl.facts dd", "It is that of the state being served")
}

func TestThePastIsReadOnlyAndStaysInItsDay(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.now = h.now.AddDate(0, 0, 10)
	h.do(&mechanism.AdmitParty{Party: mechanism.Party{Code: "XX", Name: mechanism.Names{"en": "Newland"}}})
	v := h.as(officer)
	now, then := v.get("/record"), v.get("/record?asof=2026-11-25")
	now.Has("ol.acts li", "Newland")
	then.HasNot("ol.acts li", "Newland")
	then.Has(".banner.past", "25 November 2026")
	for _, href := range then.Attrs("a[href^='/']", "href") {
		if !strings.Contains(href, "asof=") {
			t.Errorf("the link %s leaves the day", href)
		}
	}
	then.Has("form.filters input[type=hidden][name=asof]")
	then.Count("form.filters select", 2) // the page is whole behind what was put into it
	then.Count(".top label.visually-hidden", 1)
	if a := v.post("/people/kz/relieve?asof=2026-11-25", nil); a.Status != http.StatusBadRequest {
		t.Errorf("the past was changed: %d", a.Status)
	}
}

func TestFindAnswersReferencesWordsAndDeeds(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.visitor()
	v.get("/find?q=chd24-17").Has("li a[href='/commitments/CHD24-17']")
	v.get("/find?q=成都").Has("li a[href='/texts/CHD24']")
	v.get("/find?q=казах").Has("li a[href='/commitments?party=KZ']")
	v.get("/find?q=7").Has("li a[href='/record/7']")
	v.get("/find?q=Астана&lang=ru").Has("li a[href='/commitments/CHD24-36']", "в Астане") // whatever the ending
	v.get("/find?q=Chengdu&lang=en").Has("li a[href^='/meetings#']", "Fifth foreign ministers' meeting")
	v.get("/find?q=zzzz").Has("main", "Nothing has these words")
	v.get("/find?q=appoint").HasNot("li", "Appoint")
	h.as(officer).get("/find?q=appoint").Has("li a[href='/people#appoint']")
}

func TestAssetsMayBeKeptForEver(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	page := v.get("/")
	for _, path := range append(page.Attrs("link[rel=stylesheet]", "href"), page.Attrs("script", "src")...) {
		a := v.get(path)
		if a.Status != 200 || !strings.Contains(a.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d, %q", path, a.Status, a.Header.Get("Cache-Control"))
		}
	}
	again := v.get("/", "If-None-Match", page.Header.Get("ETag"))
	if again.Status != http.StatusNotModified {
		t.Errorf("an unchanged page is sent again: %d", again.Status)
	}
}

func TestWhatThePublicSeesIsNotWhatAnOfficerSees(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	public, boss := h.visitor(), h.as(officer)
	for range 2 { // the second time the public's page comes from the shelf
		boss.get("/record").Has("ol.acts", "Dana Officer")
		public.get("/record").HasNot("ol.acts", "Dana Officer")
	}
	public.get("/?lang=zh").Has("h1", "中国—中亚机制")
	h.visitor().get("/").Has("h1", "China-Central Asia mechanism")
	h.do(newParty("XA"))
	public.get("/record?lang=en").Has("ol.acts", "Newland")
}

func TestTheLogIsServedToIndependentVerifiers(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.visitor()
	v.get("/record/3") // signs a checkpoint
	a := v.get("/record/log/checkpoint")
	if a.Status != 200 || !strings.HasPrefix(a.Body, "example.org/test\n") {
		t.Errorf("checkpoint: %d %q", a.Status, a.Body)
	}
}

func TestFiguresForPrometheus(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	v.get("/record")
	a := v.get("/metrics")
	for _, want := range []string{`concord_requests_total{method="GET",route="GET /record",status="200"} 1`, "concord_live_readers 0", "concord_acts "} {
		if !strings.Contains(a.Body, want) {
			t.Errorf("no %s", want)
		}
	}
}

// Data depends on the state, the visitor and the address alone: whoever has it is told so until the next act.
func TestDataIsTaggedByTheStateItWasMadeFrom(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.as(officer)
	first := v.get("/commitments.json")
	tag := first.Header.Get("ETag")
	if again := v.get("/commitments.json", "If-None-Match", tag); again.Status != http.StatusNotModified || again.Body != "" {
		t.Errorf("unchanged data: status %d, %d bytes", again.Status, len(again.Body))
	}
	for name, a := range map[string]answer{
		"another address":  v.get("/commitments.json?party=KZ", "If-None-Match", tag),
		"another language": v.get("/commitments.json?lang=ru", "If-None-Match", tag),
		"another person":   h.as(kazakh).get("/commitments.json", "If-None-Match", tag),
		"the page":         v.get("/commitments", "If-None-Match", tag),
	} {
		if a.Status != http.StatusOK {
			t.Errorf("%s: status %d", name, a.Status)
		}
	}
	h.do(newParty("XX"))
	if a := v.get("/commitments.json?lang=en", "If-None-Match", tag); a.Status != http.StatusOK {
		t.Errorf("after an act: status %d", a.Status)
	}
}
