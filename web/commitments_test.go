package web_test

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"concord/calendar"
	"concord/commitment"
	"concord/internal/sample"
	"concord/mechanism"
	"concord/web"
)

// fill puts so many invented commitments into the ledger, in one text.
func (h *house) fill(n int) {
	h.t.Helper()
	var acts []mechanism.Act
	h.view(func(m mechanism.Sight) { acts = sample.Acts(m, n) })
	for part := range slices.Chunk(acts, 2000) {
		_, err := h.sec.Do(context.Background(), officer.Actor(), part...)
		must(h.t, err)
	}
}

func TestTheMatrixShowsWhoIsBoundToWhat(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	a := v.get("/commitments")
	a.Count("tr[data-row]", 36)
	a.Has(".matrix-count b", "36 of 36")
	a.Count("thead th.p", 6)
	a.Has("tr.group th", "Trade")
	a.Has("#CHD24-17 a[href='/commitments/CHD24-17']")
	a.Has("#CHD24-18 td.p.on", "China: bound")
	a.Has("#CHD24-18 td.p.off", "Kazakhstan: not bound")
	a.Count("#CHD24-01 td.p.on", 6)
	a.Has("#CHD24-04 .what small", "subset", "participants of the Secretariat")
	a.Count("#CHD24-04 td.p.maybe", 6)
	a.Has("#CHD24-01 td.by span[title='without a date']", "at once")
	a.Has("#CHD24-04 td.lacks .tag", "who")
	a.Has("#CHD24-17 td.state", "summary")
	a.Has("a[href='/commitments.csv']")
}

func TestColumnsStandInTheOrderOfTheVisitorsLanguage(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	for lang, want := range map[string]string{"en": "CN KZ KG TJ TM UZ", "ru": "KZ CN KG TJ TM UZ"} {
		if got := strings.Join(v.get("/commitments?lang="+lang).Texts("thead th.p"), " "); got != want {
			t.Errorf("%s: %s", lang, got)
		}
	}
}

func TestWhatIsPromisedIsSaidInTheVisitorsLanguage(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(1)
	v := h.visitor()
	v.get("/commitments?lang=zh").Has("#CHD24-01 .what span[lang=zh]", "立即着手筹备第二届峰会")
	v.get("/commitments?lang=ru").Has("#CHD24-01 .what span[lang=ru]", "Безотлагательно")
	v.get("/commitments?lang=zh").Has("#BIG25-01 .what span[lang=en]", "ferry lines")
}

func TestEveryFilterIsAPlainAddress(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(10)
	v := h.visitor()
	for query, want := range map[string]int{
		"": 46, "text=CHD24": 36, "text=BIG25": 10, "text=NONE": 0,
		"kind=one": 6, "kind=subset": 3, "kind=organ": 1, "kind=nonsense": 46,
		"text=CHD24&party=CN": 33, "text=CHD24&party=kz": 27, "party=KZ&kind=subset": 0,
		"text=CHD24&deadline=has": 5, "text=CHD24&deadline=none": 31, "text=CHD24&deadline=passed": 2, "deadline=soon": 0, "text=BIG25&deadline=has": 4,
		"text=CHD24&missing=who": 3, "text=CHD24&missing=when": 31, "missing=what": 0,
		"text=CHD24&instrument=any": 6, "instrument=agreement": 1, "state=accepted": 10, "state=summarized": 36,
		"text=BIG25&strength=5": 2, "text=BIG25&strength=5&strength=1": 4, "text=BIG25&min=3": 6, "text=BIG25&min=2&max=4": 6, "text=BIG25&min=1&max=5": 10,
		"q=峰会": 3, "q=chd24-1": 10, "q=СЕКРЕТАРИАТА": 2, "q=summit+preparing": 1, "q=summit+nonsense": 0, "text=BIG25&q=ferry": 2,
	} {
		a := v.get("/commitments?" + query)
		if a.Status != http.StatusOK {
			t.Fatalf("%s: status %d", query, a.Status)
		}
		if got := len(a.All("tr[data-row]")); got != want {
			t.Errorf("%s shows %d, want %d", query, got, want)
		}
	}
}

func TestAFilterThatIsOnCanBeTakenAway(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	a := v.get("/commitments?track=trade&strength=5&party=KZ&sort=strength")
	a.Has(".cleared li a", "Track: ", "Trade")
	a.Has(".cleared li a[href='/commitments?party=KZ&sort=strength&strength=5']", "Track")
	a.Has(".cleared li a[href='/commitments?sort=strength']", "clear all")
	a.Has("option[value=trade][selected]")
	a.Has("input[name=strength][value='5'][checked]")
	none := v.get("/commitments?q=zzzz&track=trade")
	none.Has("section.empty h2", "No commitment fits")
	none.Has("section.empty a[href='/commitments?track=trade']", "zzzz")
	none.Has("section.empty a[href='/commitments']", "all 36")
}

func TestWhoMayBeBoundIsSaidBesideAPartysList(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	v.get("/commitments?party=KZ").Has(".matrix-count a[href='/commitments?missing=who']", "3 more may bind Kazakhstan")
}

func TestRowsAreGroupedAndOrdered(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	byClause := v.get("/commitments?group=clause")
	byClause.Has("tr.group th", "CHD24, clause 4.1", "5")
	byClause.Has("tr.group a[href='/texts/CHD24#c4.1']")
	by := v.get("/commitments?group=strength").Texts("tr.group th")
	if len(by) == 0 || !strings.HasPrefix(by[0], "5 · decide") {
		t.Errorf("groups by strength begin with %v", by)
	}
	v.get("/commitments?group=who").Has("tr.group th", "some parties", "3")
	plain := v.get("/commitments?group=none&sort=deadline")
	plain.Count("tr.group", 0)
	var days []string
	for _, by := range plain.Texts("td.by")[:5] {
		days = append(days, strings.SplitN(by, " ", 3)[0])
	}
	if strings.Join(days, " ") != "at June 2025 as every" {
		t.Errorf("by deadline: %v", days)
	}
}

func TestColumnsAreChosen(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	a := v.get("/commitments?col=clause&col=track")
	a.Count("thead th", 4)
	a.Has("#CHD24-17 td.clause-no")
	a.Count("td.p", 0)
	a.Has("input[name=col][value=clause][checked]")
	a.Count(".cleared", 0)
}

func TestLongListsArePagedByReference(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(450)
	v := h.visitor()
	a := v.get("/commitments?text=BIG25&group=none")
	a.Count("tr[data-row]", 100)
	next := a.Attrs("a[rel=next]", "href")
	if len(next) != 1 || next[0] != "/commitments?at=BIG25-101&group=none&text=BIG25" {
		t.Fatalf("next is %v", next)
	}
	b := v.get(next[0])
	if first := b.Attrs("tr[data-row]", "id")[0]; first != "BIG25-101" {
		t.Errorf("the second page begins with %s", first)
	}
	b.Has(".pager", "101–200 of 450")
	b.Has("a[rel=prev][href='/commitments?group=none&text=BIG25']")
	last := v.get("/commitments?at=BIG25-401&group=none&text=BIG25")
	last.Count("tr[data-row]", 50)
	last.Count("a[rel=next]", 0)
	if got := v.get("/commitments?at=BIG25-9999&text=BIG25"); got.Status != http.StatusOK {
		t.Errorf("a reference that is gone: %d", got.Status)
	}
	if grouped := v.get("/commitments?text=BIG25&at=" + strings.Fields(v.get("/commitments?text=BIG25").Attrs("table[data-starts]", "data-starts")[0])[1]); true {
		grouped.Has("tr.continued", "continued")
	}
}

func TestDownloadsHaveEverythingThatFits(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(450)
	v := h.visitor()
	file := v.get("/commitments.csv?text=BIG25&strength=5")
	if kind := file.Header.Get("Content-Type"); kind != "text/csv; charset=utf-8" {
		t.Errorf("type %q", kind)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\ufeff"))).ReadAll()
	must(t, err)
	if len(rows) != 91 || rows[0][0] != "ref" || rows[1][6] != "5" {
		t.Errorf("%d rows, first %v", len(rows), rows[:2])
	}
	all, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(v.get("/commitments.csv?q=CHD24-04&lang=zh").Body, "\ufeff"))).ReadAll()
	must(t, err)
	if row := strings.Join(all[1], "|"); !strings.Contains(row, "|subset|秘书处参与方|?|?|?|?|?|?|") {
		t.Errorf("the Secretariat's row: %s", row)
	}
	var data struct {
		Total, Matched int
		Commitments    []struct {
			Ref, Actor string
			Parties    []string
		}
	}
	must(t, json.Unmarshal([]byte(v.get("/commitments.json?text=BIG25&limit=450").Body), &data))
	if data.Total != 486 || data.Matched != 450 || len(data.Commitments) != 450 {
		t.Errorf("as data: %d of %d, %d rows", data.Matched, data.Total, len(data.Commitments))
	}
}

func TestAWordThatASpreadsheetWouldComputeIsPlain(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(1)
	h.edit("BIG25-01", func(p *commitment.Proposal) {
		p.Action, p.Deadline = "=1+1", &commitment.Deadline{Text: "+cmd", Value: calendar.MustWindow("NOW"), Basis: commitment.Soft}
	})
	if body := h.visitor().get("/commitments.csv?text=BIG25").Body; !strings.Contains(body, ",'=1+1,") || !strings.Contains(body, ",'+cmd,") {
		t.Error("a cell begins as a formula")
	}
	h.edit("BIG25-01", func(p *commitment.Proposal) { p.Action = "＝1+1" }) // as a keyboard of full width writes it
	if body := h.visitor().get("/commitments.csv?text=BIG25").Body; !strings.Contains(body, ",'＝1+1,") {
		t.Error("a cell begins as a formula of full width")
	}
}

// edit corrects an accepted commitment as the officer.
func (h *house) edit(ref string, change func(*commitment.Proposal)) {
	h.t.Helper()
	var act *mechanism.EditCommitment
	h.view(func(m mechanism.Sight) {
		c, ok := m.Ledger().ByRef(ref)
		if !ok {
			h.t.Fatalf("no %s", ref)
		}
		act = &mechanism.EditCommitment{Item: mechanism.Item{Text: c.Text, N: c.N}, Proposal: c.Proposal, Reason: "for a test"}
	})
	change(&act.Proposal)
	h.do(act)
}

func TestTheMatrixAnswersInEveryLanguageWithoutHoles(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(5)
	v := h.visitor()
	for _, lang := range []string{"en", "zh", "ru"} {
		for _, query := range []string{"", "group=clause&col=instrument&col=missing&col=state", "group=who&q=zzz", "kind=one&deadline=none&missing=when&instrument=any&state=summarized&party=CN&strength=3"} {
			a := v.get("/commitments?lang=" + lang + "&" + query)
			if strings.Contains(a.Body, "⟨") || strings.Contains(a.Body, "ZgotmplZ") || strings.Contains(a.Body, "%!") {
				t.Errorf("%s in %s has a hole", query, lang)
			}
			a.Count("main h1", 1)
			a.Count("*[style]", 0)
		}
	}
}

// BenchmarkMatrixOf10000 asks for pages of a ledger of ten thousand commitments: the whole request, without a network.
func BenchmarkMatrixOf10000(b *testing.B) {
	h := open(b, web.Config{DemoPerson: "officer"}) // pages of those who are signed in are made anew each time
	h.fill(10_000)
	for _, c := range []struct{ name, path string }{
		{"first page", "/commitments"}, {"fiftieth page", "/commitments?group=none&at=BIG25-9801"}, {"search", "/commitments?q=customs+transit"},
		{"by clause", "/commitments?group=clause"}, {"one commitment", "/commitments/BIG25-5000"}, {"csv", "/commitments.csv"}, {"unknown", "/commitments/BIG25-99999"},
	} {
		b.Run(c.name, func(b *testing.B) {
			handler := h.srv.Config.Handler
			for b.Loop() {
				w := &discard{header: http.Header{}}
				handler.ServeHTTP(w, httptest.NewRequest("GET", h.srv.URL+c.path, nil))
				if want := map[bool]int{true: http.StatusNotFound, false: http.StatusOK}[c.name == "unknown"]; w.status != want {
					b.Fatalf("status %d", w.status)
				}
				b.ReportMetric(float64(w.n)/1024, "KB")
			}
		})
	}
}

// discard is a response that is only counted.
type discard struct {
	header http.Header
	status int
	n      int
}

func (d *discard) Header() http.Header { return d.header }
func (d *discard) WriteHeader(status int) {
	if d.status == 0 {
		d.status = status
	}
}
func (d *discard) Write(b []byte) (int, error) { d.WriteHeader(200); d.n += len(b); return len(b), nil }
