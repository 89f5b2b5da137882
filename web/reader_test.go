package web_test

import (
	"encoding/json"
	"net/http"
	"os"
	"strings"
	"testing"

	"concord/mechanism"
	"concord/web"
)

func TestATextWithoutItsWordingIsReadInSummaries(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	p := h.visitor().get("/texts/CHD24")
	p.Has(".note-box", "Our own words, not the authentic text")
	p.Has("section#c2 .text mark a[href='/commitments/CHD24-01']", "Begin preparing the second summit")
	p.Has("section#c2 #n-CHD24-01", "at once")
	p.Has("section[id='c3.2']", "Secretariat")
	p.Count(".margin.summarized", 36)
	h.visitor().get("/texts/CHD24?lang=zh").Has(".text[lang=zh] mark", "立即着手筹备第二届峰会")
	h.visitor().get("/texts/CHD24?lang=ru").Has(".note-box", "не аутентичный текст")
	if a := h.visitor().get("/texts/NOPE"); a.Status != http.StatusNotFound {
		t.Errorf("an unknown text: status %d", a.Status)
	}
}

func TestReaderShowsTheWordsWithTheirMarks(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	h.accept(code, 1)
	p := h.visitor().get("/texts/" + code)
	p.Has("section#c2 .text[lang=en] mark.w5 a[href='/commitments/"+code+"-01']", "The Parties agreed to open a regular ferry line")
	p.Has("section#c2 .text sup", "01")
	p.Has("section#c2 .printed", "2.")
	p.Has("#n-"+code+"-01 .why", "agreed", "en/decide/agree")
	p.Has("h2.r-title", "ports of the Caspian")
	p.Has("p.t-preambular", "meeting in Aktau")
	p.Has("section[id='c4.1'] .no a", "4.1")
	p.Count(".reading mark.waiting", 0) // what is not decided is for the parties
	p.Count(".margin.not", 0)
	if strings.Contains(p.Body, code+"-02") {
		t.Error("the public sees a proposal")
	}
	c := h.as(kazakh).get("/texts/" + code)
	c.Has("mark.waiting a[href='/texts/"+code+"/review?n=2']", "decided to establish a working group")
	c.Has(".margin.not", "thank")
	c.Count(".clause .add", 0) // a coordinator reads and does not write
	h.as(officer).get("/texts/"+code).Has(".clause .add[href^='/texts/"+code+"/review?open=add&start=']", "Add")
}

func TestReaderIsTheTextWordForWord(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	p := h.as(officer).get("/texts/" + code)
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	shown := strings.Join(p.Texts(".clause .text"), "")
	for _, n := range []string{"01", "02", "03", "04", "05", "06", "07", "08", "09", "10"} { // the numbers behind the marks
		shown = strings.ReplaceAll(shown, " "+n+" ", " ")
		shown = strings.TrimSuffix(shown, " "+n)
	}
	if got, want := squeeze(shown), squeeze(harbour); got != want {
		t.Errorf("shown:\n%s\nwant:\n%s", got, want)
	}
}

func TestReaderAsDataHasParagraphsAndPlaces(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	var data struct {
		Text    struct{ Code string }
		Clauses []struct {
			ID        string
			Languages []struct {
				Paragraphs []struct {
					Text       string
					Start, End int
				}
			}
			Commitments []struct {
				Ref, State string
				Start, End int
			}
		}
	}
	must(t, json.Unmarshal([]byte(h.as(officer).get("/texts/"+code+".json").Body), &data))
	var doc string
	h.view(func(m mechanism.Sight) { x, _ := m.Text(code); doc = x.Copies[0].Document.Reading })
	marks := 0
	for _, c := range data.Clauses {
		for _, p := range c.Languages[0].Paragraphs {
			if doc[p.Start:p.End] != p.Text {
				t.Errorf("clause %s: %q is not at %d", c.ID, p.Text, p.Start)
			}
		}
		for _, n := range c.Commitments {
			marks++
			if n.State != "proposed" || n.End <= n.Start {
				t.Errorf("commitment %+v", n)
			}
		}
	}
	if data.Text.Code != code || marks != len(h.waiting(code)) {
		t.Errorf("%q with %d commitments, want %d", data.Text.Code, marks, len(h.waiting(code)))
	}
}

func TestLanguagesStandSideBySideByClause(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	if again := h.received("harbour.ru.txt", harbourRussian); again != code {
		t.Fatalf("the Russian copy was taken for %s", again)
	}
	p := h.visitor().get("/texts/" + code + "?view=side")
	p.Has("section#c5 .text[lang=en]", "Kazakhstan intends to dredge")
	p.Has("section#c5 .text[lang=ru]", "Казахстан намерен углубить")
	p.Has("section#c6 .text[lang=ru] .missing", "No such clause in the Russian copy")
	p.Has("section#c7 .text[lang=en] .missing", "No such clause in the English copy")
	ids := strings.Join(p.Attrs("section.clause", "id"), " ")
	if !strings.HasSuffix(ids, "c5 c6 c7") {
		t.Errorf("the clauses stand in the order %s", ids)
	}
	h.visitor().get("/texts/"+code+"?copy=ru").Has(".text[lang=ru]", "паромную линию")
	h.visitor().get("/texts/"+code+"?lang=ru").Has(".text[lang=ru]", "паромную линию")
}

func TestFiguresOfOneLanguageOnlyAreNamed(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	h.received("harbour.ru.txt", strings.Replace(harbourRussian, "в 2027 году", "в 2028 году", 1))
	p := h.visitor().get("/texts/" + code + "?view=side")
	p.Count(".differ", 1)
	p.Has("section#c5 .differ", "English: 2027; Russian: 2028")
}

func TestAsReceivedShowsEveryCharacterOfTheFile(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	damaged := strings.Replace(harbour, "ferry line between the ports,", "ferry\u00a0line between the ports,,", 1)
	code := h.received("damaged.txt", damaged)
	p := h.visitor().get("/texts/" + code + "?view=received")
	p.Has("#repairs .repair-kind h3", "Doubled punctuation")
	p.Has("section#c2 .as-received del", ",")
	var original string
	h.view(func(m mechanism.Sight) { x, _ := m.Text(code); original = x.Copies[0].Document.Original })
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	var shown []string
	for _, n := range p.All(".as-received") {
		shown = append(shown, textWithout(n, "ins"))
	}
	if got := squeeze(strings.Join(shown, "")); got != squeeze(original) {
		t.Errorf("shown:\n%s\nwant:\n%s", got, squeeze(original))
	}
}

func TestTheFoundingStatementIsReadableAsReceived(t *testing.T) {
	t.Parallel()
	seed, err := os.ReadFile("../../shared/seeds/chengdu-2024.zh.txt")
	if err != nil {
		t.Skipf("the founding statement is not here: %v", err)
	}
	h := open(t, web.Config{})
	if code := h.received("chengdu-2024.zh.txt", string(seed)); code != "CHD24" {
		t.Fatalf("received as %s", code)
	}
	p := h.as(kazakh).get("/texts/CHD24")
	p.Has("section#c2 .text[lang=zh-Hans] mark", "商定即启动筹备工作")
	p.Has("#n-CHD24-01", "Begin preparing the second summit")
	r := h.visitor().get("/texts/CHD24?view=received")
	r.Has(".as-received del", "(lián)")
	r.Has("#repairs .repair-kind h3", "Readings between the characters")
	var shown []string
	for _, n := range r.All(".as-received") {
		shown = append(shown, textWithout(n, "ins"))
	}
	squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
	if got := squeeze(strings.Join(shown, "")); got != squeeze(strings.TrimPrefix(string(seed), "\ufeff")) {
		t.Error("the text as received is not the file")
	}
	h.visitor().get("/texts/CHD24").Count(".margin.summarized", 36) // for the public, until they are accepted
}

func TestReaderOfThePastKnowsNoLaterText(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	h.now = h.now.AddDate(0, 0, 3)
	h.accept(code, 1)
	p := h.visitor().get("/texts/" + code + "?asof=2026-11-22")
	p.Count(".reading mark", 0)
	h.visitor().get("/texts/"+code).Count(".reading mark", 1)
}
