package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"concord/commitment"
	"concord/mechanism"
	"concord/secretariat"
	"concord/web"
)

// harbour is an invented statement of real parties, so that the shipped pack takes it: eight clauses, of which some
// promise and some do not.
const harbour = `Joint statement of the ministers on ports of the Caspian
Aktau, 14 May 2025

The ministers of China, Kazakhstan and Turkmenistan (hereinafter "the Parties"), meeting in Aktau on 14 May 2025, have stated the following:

1. The Parties note with satisfaction that trade through the ports has grown, and welcome the work of the port authorities.

2. The Parties agreed to open a regular ferry line between the ports, and decided to establish a working group on port fees by the end of 2026.

3. The Parties will exchange the timetables of their ports every year. They intend to simplify the papers that a ship must show.

4. The Parties agreed on the following priorities:
- to build a common berth for grain;
- to support the training of pilots;
- to explore the possibility of a joint weather service.

5. Kazakhstan intends to dredge the canal in 2027. The Parties welcome this intention.

6. The Parties thank the people of Aktau for their hospitality.
`

// received imports a text into a house and gives its code.
func (h *house) received(name, text string) string {
	h.t.Helper()
	got, err := h.sec.Receive(context.Background(), officer.Actor(), secretariat.Reception{Name: name, Data: []byte(text)})
	must(h.t, err)
	return got.Code
}

// proposals are the commitments of a text that wait, in its order.
func (h *house) waiting(code string) (refs []string) {
	h.view(func(m mechanism.Sight) {
		for _, c := range m.Ledger().Waiting(code) {
			refs = append(refs, c.Ref)
		}
	})
	return refs
}

// at finds a commitment by its number.
func (h *house) at(code string, n int) (c commitment.Commitment) {
	h.view(func(m mechanism.Sight) {
		if found, ok := m.Ledger().At(code, n); ok {
			c = *found
		}
	})
	return c
}

// upload sends the form of the import page.
func (v *visitor) upload(name, text string, fields map[string]string, headers ...string) answer {
	v.h.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for key, value := range fields {
		must(v.h.t, form.WriteField(key, value))
	}
	if name != "" {
		part, err := form.CreateFormFile("file", name)
		must(v.h.t, err)
		_, err = part.Write([]byte(text))
		must(v.h.t, err)
	}
	must(v.h.t, form.Close())
	req, err := http.NewRequest("POST", v.h.srv.URL+"/texts/import", &body)
	must(v.h.t, err)
	req.Header.Set("Content-Type", form.FormDataContentType())
	return v.send(req, headers)
}

func TestTextsAreListedWithWhatIsKnownOfThem(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	p := h.visitor().get("/texts")
	p.Has("#CHD24 h2 a", "Joint statement of the fifth foreign ministers' meeting")
	p.Has("#CHD24 .adopted", "Chengdu, 1 December 2024", "all 6")
	p.Has("#CHD24 .known", "authentic wording has not been imported")
	p.Has("#CHD24 .counts", "36 commitments, summarized")
	p.Has("#PGN25 .tag", "legal")
	p.Has("#"+code+" .copies a", "English")
	p.HasNot("a[href^='/texts/import']") // not for the public
	p.HasNot(".counts", "review")
	o := h.as(officer).get("/texts")
	o.Has("a[href='/texts/import?code=CHD24']", "Import the wording")
	o.Has("#"+code+" a[href='/texts/"+code+"/review']", "wait")
}

func TestAFileIsReceivedAndReviewBegins(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	a := h.as(officer).upload("harbour.txt", harbour, map[string]string{"source": "the port of Aktau", "title": "Caspian ports"})
	if a.Status != 200 || !strings.HasSuffix(a.Path, "/review") {
		t.Fatalf("status %d at %s: %s", a.Status, a.Path, a.Texts("main h1, [role=alert]"))
	}
	a.Has("h1", "Review")
	var text *mechanism.Text
	h.view(func(m mechanism.Sight) { text = m.Texts()[len(m.Texts())-1] })
	if text.Title["en"] != "Caspian ports" || text.Copies[0].Source != "the port of Aktau" {
		t.Errorf("received as %+v", text)
	}
}

func TestWhatWasTypedStandsAgainWhenAFileCannotBeReceived(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.received("harbour.txt", harbour)
	v := h.as(officer)
	typed := map[string]string{"title": "Caspian ports", "source": "a port", "adopted": "2025-05-14", "by-paragraph": "1"}
	for name, c := range map[string]struct {
		file, text string
		status     int
		says       string
	}{
		"the same again":   {"again.txt", harbour, http.StatusConflict, "received before"},
		"no file":          {"", "", http.StatusBadRequest, "choose the file"},
		"an empty file":    {"empty.txt", "", http.StatusBadRequest, "empty"},
		"much too large":   {"large.txt", strings.Repeat("a", 22<<20), http.StatusRequestEntityTooLarge, "larger than"},
		"no text, a image": {"x.png", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", http.StatusBadRequest, "x.png"},
	} {
		t.Run(name, func(t *testing.T) {
			a := v.upload(c.file, c.text, typed)
			if a.Status != c.status {
				t.Errorf("status %d, want %d: %s", a.Status, c.status, a.Texts("[role=alert]"))
			}
			if !strings.Contains(strings.ToLower(strings.Join(a.Texts("[role=alert]"), " ")), strings.ToLower(c.says)) {
				t.Errorf("it says %q, want %q", a.Texts("[role=alert]"), c.says)
			}
			a.Has("input#title[value='Caspian ports']")
			a.Has("input#source[value='a port']")
			a.Has("input#adopted[value='2025-05-14']")
			a.Has("input#by-paragraph[checked]")
			if c.file == "again.txt" {
				a.Has("[role=alert]", "again.txt", "choose it again")
			}
		})
	}
}

func TestImportIsForOfficers(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	for name, v := range map[string]*visitor{"public": h.visitor(), "coordinator": h.as(kazakh)} {
		for what, a := range map[string]answer{"form": v.get("/texts/import"), "file": v.upload("harbour.txt", harbour, nil)} {
			if a.Status != http.StatusForbidden {
				t.Errorf("%s gets the %s: status %d", name, what, a.Status)
			}
			a.Has("h1", "officer of the Secretariat")
		}
	}
	if n := len(h.waiting("T20250514")); n != 0 {
		t.Errorf("%d proposals came in", n)
	}
}

func TestTheFileComesBackByteForByteAndInert(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	page := "<html><body><script>alert(1)</script>" + strings.ReplaceAll(harbour, "\n\n", "<p>") + "</body></html>"
	code := h.received(`sea "port".html`, page)
	a := h.visitor().get("/texts/" + code + "/file/en")
	if a.Body != page {
		t.Errorf("the file came back changed: %.80q", a.Body)
	}
	if kind := a.Header.Get("Content-Type"); kind != "application/octet-stream" {
		t.Errorf("it comes as %s", kind)
	}
	if how := a.Header.Get("Content-Disposition"); !strings.HasPrefix(how, "attachment") || a.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("a browser may show it: %q", how)
	}
	if a := h.visitor().get("/texts/" + code + "/file/ru"); a.Status != http.StatusNotFound {
		t.Errorf("a copy that is not there: status %d", a.Status)
	}
}

func TestTextPagesAnswerInEveryLanguageAndAsData(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	v := h.as(officer)
	for _, path := range []string{"/texts", "/texts/import", "/texts/CHD24", "/texts/" + code, "/texts/" + code + "?view=received",
		"/texts/" + code + "/review", "/texts/" + code + "/review?open=add&start=900", "/texts/CHD24/review"} {
		for _, lang := range []string{"en", "zh", "ru"} {
			a := v.get(withQuery(path, "lang="+lang))
			if a.Status != 200 {
				t.Fatalf("%s in %s: status %d: %s", path, lang, a.Status, a.Texts("main"))
			}
			if i := strings.IndexAny(a.Body, "⟨"); i >= 0 || strings.Contains(a.Body, "ZgotmplZ") {
				t.Errorf("%s in %s has a hole: %.80s", path, lang, a.Body[max(0, i):])
			}
			a.Count("main h1", 1)
			a.Count("*[style]", 0)
		}
		data := v.get(path, "Accept", "application/json")
		if !json.Valid([]byte(data.Body)) || data.Header.Get("Content-Type") != "application/json; charset=utf-8" {
			t.Errorf("%s as data: %.200s", path, data.Body)
		}
	}
}

// accept takes a proposal into the ledger.
func (h *house) accept(code string, n int) {
	h.t.Helper()
	h.do(&mechanism.AcceptCommitment{Item: mechanism.Item{Text: code, N: n}})
}

// textWithout is the text inside an element, leaving out elements of one name.
func textWithout(n *html.Node, leave string) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	if n.Data == leave {
		return ""
	}
	var b strings.Builder
	for c := range n.ChildNodes() {
		b.WriteString(textWithout(c, leave))
	}
	return b.String()
}
