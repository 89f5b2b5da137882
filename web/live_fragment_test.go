package web_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"concord/commitment"
	"concord/mechanism"
	"concord/web"
)

// openPage is a page that a visitor has open, with the stream of its changes.
type openPage struct {
	*stream
	acts string
}

// news is what an open page is sent at a time.
type news struct {
	Acts      int64    `json:"acts"`
	Objects   []string `json:"objects"`
	Fragments []struct{ Name, HTML string }
}

func (n news) names() (names []string) {
	for _, f := range n.Fragments {
		names = append(names, f.Name)
	}
	return names
}

func (n news) html(name string) string {
	for _, f := range n.Fragments {
		if f.Name == name {
			return f.HTML
		}
	}
	return ""
}

// open gets a page and follows its changes, from when the hub knows the page.
func (v *visitor) open(t *testing.T, path string) *openPage {
	t.Helper()
	before := v.h.renderings()
	p := v.back(t, path, fmt.Sprint(v.h.acts()))
	for deadline := time.Now().Add(10 * time.Second); v.h.renderings() == before; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("%s is not watched", path)
		}
	}
	return p
}

// back follows the changes of a page that was rendered from a number of acts.
func (v *visitor) back(t *testing.T, path, acts string) *openPage {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, "GET", v.h.srv.URL+"/live?"+url.Values{"at": {path}, "acts": {acts}}.Encode(), nil)
	must(t, err)
	resp, err := v.client.Do(req)
	must(t, err)
	t.Cleanup(func() { resp.Body.Close() })
	s := &stream{t, bufio.NewScanner(resp.Body)}
	s.lines.Buffer(nil, 8<<20)
	if got := s.next(); !strings.Contains(got, `"watched":true`) {
		t.Fatalf("%s: the first event is %q", path, got)
	}
	return &openPage{s, acts}
}

// hears gives the next change of the page; lines of acts are passed over.
func (p *openPage) hears() (n news) {
	p.t.Helper()
	for {
		event := p.next()
		if event == "" {
			p.t.Fatal("the stream has ended")
		}
		if strings.Contains(event, "event: fragments") {
			_, data, _ := strings.Cut(event, "data: ")
			must(p.t, json.Unmarshal([]byte(data), &n))
			return n
		}
	}
}

// until hears changes until one is of a number of acts, and gives them all.
func (p *openPage) until(acts int64) (all []news) {
	p.t.Helper()
	for {
		n := p.hears()
		if all = append(all, n); n.Acts >= acts {
			return all
		}
	}
}

var renderings = regexp.MustCompile(`concord_live_renderings_total (\d+)`)

// renderings is how often an open page was rendered.
func (h *house) renderings() (n int) {
	h.t.Helper()
	if m := renderings.FindStringSubmatch(h.visitor().get("/metrics").Body); m != nil {
		_, err := fmt.Sscan(m[1], &n)
		must(h.t, err)
	}
	return n
}

func (h *house) refuse(code string, n int) {
	h.t.Helper()
	h.do(&mechanism.RefuseCommitment{Item: mechanism.Item{Text: code, N: n}, Reason: "opinion"})
}

func TestAnOpenPageIsSentWhatHasChangedAndNothingElse(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(20)
	matrix, text, meetings := h.visitor().open(t, "/commitments"), h.visitor().open(t, "/texts/BIG25"), h.visitor().open(t, "/meetings")
	h.edit("BIG25-07", func(p *commitment.Proposal) { p.Action = "build a lighthouse" })
	got := matrix.hears()
	if names := got.names(); !slices.Equal(names, []string{"count-nav.record", "row-BIG25-07", "seal"}) {
		t.Errorf("the matrix is sent %v", names)
	}
	if row := got.html("row-BIG25-07"); !strings.HasPrefix(row, `<tr role="row" data-row data-fragment="row-BIG25-07"`) || !strings.HasSuffix(row, "</tr>") || !strings.Contains(row, "build a lighthouse") {
		t.Errorf("the row: %s", row)
	}
	if !slices.Contains(got.Objects, "commitment:BIG25-07") {
		t.Errorf("the objects that were touched: %v", got.Objects)
	}
	got = text.hears()
	for _, name := range got.names() {
		if !slices.Contains([]string{"count-nav.record", "lead", "c7", "seal"}, name) {
			t.Errorf("the text is sent %v", got.names())
		}
	}
	h.do(&mechanism.FoundBody{Body: mechanism.Body{ID: "fish", Name: mechanism.Names{"en": "Council of Fishers"}, Kind: "track"}})
	all := meetings.until(h.acts())
	if last := all[len(all)-1]; !slices.Equal(last.names(), []string{"count-nav.record", "main"}) || !strings.Contains(last.html("main"), "Council of Fishers") {
		t.Errorf("a page with a new section is sent %v", last.names())
	}
}

func TestTheCountsOfTheRailFollowOnPagesThatAreNotTouched(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(3)
	p := h.visitor().open(t, "/commitments/CHD24-01")
	h.do(&mechanism.ReopenCommitment{Item: mechanism.Item{Text: "BIG25", N: 1}, Reason: "a test"})
	got := p.hears()
	if !slices.Equal(got.names(), []string{"count-nav.commitments", "count-nav.record"}) || !strings.Contains(got.html("count-nav.commitments"), ">38<") {
		t.Errorf("sent %v: %s", got.names(), got.html("count-nav.commitments"))
	}
}

func TestWhoComesBackIsSentWhatChangedMeanwhile(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(20)
	stays, before := h.visitor().open(t, "/commitments"), fmt.Sprint(h.acts())
	h.edit("BIG25-03", func(p *commitment.Proposal) { p.Action = "plant reeds" })
	h.edit("BIG25-07", func(p *commitment.Proposal) { p.Action = "build a lighthouse" })
	stays.until(h.acts())
	if got := h.visitor().back(t, "/commitments", before).hears().names(); !slices.Equal(got, []string{"count-nav.record", "row-BIG25-03", "row-BIG25-07", "seal"}) {
		t.Errorf("while the page was watched: %v", got)
	}
	if got := h.visitor().back(t, "/commitments?track=water", before).hears().names(); !slices.Equal(got, []string{"rail", "main"}) {
		t.Errorf("of a page that was not watched, everything is sent once: %v", got)
	}
	untouched := h.visitor().back(t, "/commitments/CHD24-01", before)
	if got := untouched.hears().names(); !slices.Equal(got, []string{"rail"}) {
		t.Errorf("of a page that no act has touched: %v", got)
	}
	h.edit("BIG25-03", func(p *commitment.Proposal) { p.Action = "mow reeds" })
	if got := stays.hears().names(); !slices.Equal(got, []string{"count-nav.record", "row-BIG25-03", "seal"}) {
		t.Errorf("who stayed is sent what others missed: %v", got)
	}
}

func TestABurstOfActsIsFewMessages(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(20)
	p := h.visitor().open(t, "/commitments")
	before := h.renderings()
	for i := range 10 {
		h.edit(fmt.Sprintf("BIG25-%02d", i+1), func(p *commitment.Proposal) { p.Action = "plant reeds" })
	}
	all := p.until(h.acts())
	if len(all) > 7 || h.renderings()-before > 8 {
		t.Errorf("ten acts, one after the other, are %d messages and %d renderings", len(all), h.renderings()-before)
	}
	rows := map[string]bool{}
	for _, n := range all {
		for _, name := range n.names() {
			rows[name] = true
		}
	}
	if len(rows) != 12 { // ten rows, the seal, and the number of acts
		t.Errorf("sent: %v", rows)
	}
}

// A list that shows the newest acts grows by their lines: it is sent again only to who has not heard them.
func TestAListThatGrowsIsSentToWhoComesBackOnly(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	stays, before := h.visitor().open(t, "/record"), fmt.Sprint(h.acts())
	h.do(newParty("XA"))
	if line := stays.next(); !strings.Contains(line, "event: act") || !strings.Contains(line, "Newland") {
		t.Errorf("the line of the act comes first: %.200s", line)
	}
	if got := stays.hears().names(); slices.Contains(got, "acts") || !slices.Contains(got, "lead") {
		t.Errorf("who heard the line is sent %v", got)
	}
	got := h.visitor().back(t, "/record", before).hears()
	if !strings.Contains(got.html("acts"), "Newland") {
		t.Errorf("who did not hear the line is sent %v", got.names())
	}
	var many []mechanism.Act
	for i := range 30 {
		many = append(many, newParty(fmt.Sprintf("Y%c%c", 'A'+i/26, 'A'+i%26)))
	}
	h.do(many...)
	all := stays.until(h.acts())
	if list := all[len(all)-1].html("acts"); !strings.Contains(list, "Newland") || strings.Count(list, "<li") != 50 {
		t.Errorf("of many acts no lines are told, so the list is sent: %v", all[len(all)-1].names())
	}
}

func TestWhatIsOnesOwnIsSentToNobodyElse(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	second := mechanism.Person{ID: "second", Name: "Second Officer", Office: mechanism.Officer}
	h.do(&mechanism.AppointPerson{Person: second})
	code := h.received("harbour.txt", harbour)
	mine, theirs := h.as(officer).open(t, reviewOf(code)+"?n=2"), h.as(second).open(t, reviewOf(code)+"?n=2")
	h.accept(code, 1)
	if got := mine.hears().html("decide"); !strings.Contains(got, `id="undo"`) {
		t.Errorf("who decided cannot undo it: %s", got)
	}
	got := theirs.hears()
	for _, f := range got.Fragments {
		if strings.Contains(f.HTML, `id="undo"`) {
			t.Errorf("somebody else may undo it, by %s", f.Name)
		}
	}
	if !strings.Contains(got.html("strip"), "accepted") {
		t.Errorf("a reviewer does not see what another decides: %v", got.names())
	}
}

// What two people of one office see of a page that is not personal is the same: the page may be rendered as one of them for
// both.
func TestPagesAreTheSameForAllOfAClass(t *testing.T) {
	t.Parallel()
	h := plant(t, world("note"), nil)
	second := mechanism.Person{ID: "second", Name: "Second Officer", Office: mechanism.Officer}
	h.do(&mechanism.AppointPerson{Person: second})
	first, other := h.as(officer), h.as(second)
	main := regexp.MustCompile(`(?s)<main.*</main>`)
	id := regexp.MustCompile(`<code>[a-z0-9]{10}</code>`) // of the request, on an error page
	personal := 0
	for _, one := range h.site.Addresses() {
		method, address, _ := strings.Cut(one.Pattern, " ")
		if method != "GET" || strings.HasPrefix(address, "/live") || strings.HasPrefix(address, "/assets") || strings.HasPrefix(address, "/metrics") {
			continue
		}
		for _, path := range h.filled(t, address) {
			a, b := first.get(path), other.get(path)
			if a.Status != 200 || !strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") {
				continue
			}
			here, there := id.ReplaceAllString(main.FindString(a.Body), ""), id.ReplaceAllString(main.FindString(b.Body), "")
			if here == there {
				continue
			}
			if !h.site.IsPersonal(one.Pattern) {
				t.Errorf("%s shows each officer something else, and is not marked as personal:\n%s", path, firstDifference(here, there))
			}
			personal++
		}
	}
	if personal == 0 {
		t.Error("no page shows anybody something of their own: the test would not notice one that does")
	}
}

// Whatever page somebody holds open, they are sent nothing that is not for them, and the pages are those of their class.
func TestOpenPagesAreSentNothingThatIsNotForTheirReaders(t *testing.T) {
	t.Parallel()
	h := plant(t, world("note"), nil)
	secrets := h.secrets()
	acts := h.acts()
	for _, c := range h.visitors {
		v := h.visitor()
		if c.token != "" {
			v = h.holding(c.token)
		}
		found := 0
		for _, path := range []string{"/", "/record", "/commitments", "/texts", "/meetings", "/texts/" + portsText, "/commitments/" + portsText + "-01", "/commitments/CHD24-01", "/people", "/texts/" + portsText + "/review"} {
			if v.get(path).Status != 200 {
				v.back(t, path, "0") // nothing is ever sent of it
				continue
			}
			got := v.back(t, path, "0").until(acts)
			for class, words := range secrets {
				for _, word := range words {
					if !strings.Contains(got[0].html("main"), word) {
						continue
					}
					found++
					if class != mechanism.Public && !slices.Contains(c.reads, class) {
						t.Errorf("%s is sent what is for %s by %s: %q", c.name, class, path, word)
					}
				}
			}
		}
		if found == 0 {
			t.Errorf("%s is sent nothing that was planted: the test would not notice a leak", c.name)
		}
	}
}

func TestAnAddressThatIsNoPageIsNotWatched(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	for _, at := range []string{"", "/nowhere", "/live?at=/", "/metrics", "/assets/x.css", "/?asof=2026-01-01", "//elsewhere.example/", "https://elsewhere.example/"} {
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
		req, err := http.NewRequestWithContext(ctx, "GET", h.srv.URL+"/live?"+url.Values{"at": {at}}.Encode(), nil)
		must(t, err)
		resp, err := h.srv.Client().Do(req)
		must(t, err)
		s := &stream{t, bufio.NewScanner(resp.Body)}
		if got := s.next(); !strings.Contains(got, `"watched":false`) {
			t.Errorf("%q: %s", at, got)
		}
		resp.Body.Close()
		cancel()
	}
}
