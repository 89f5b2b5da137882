package web_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"concord/commitment"
	"concord/internal/check"
	"concord/web"
)

// harbourRussian is the invented statement in a second language; it lacks the sixth clause and has a seventh.
const harbourRussian = `Совместное заявление министров о портах Каспия
Актау, 14 мая 2025 года

Министры Китая, Казахстана и Туркменистана (далее — Стороны), встретившись в Актау 14 мая 2025 года, заявили о следующем:

1. Стороны с удовлетворением отметили рост торговли через порты и приветствовали работу портовых властей.

2. Стороны договорились открыть регулярную паромную линию между портами и решили учредить рабочую группу по портовым сборам до конца 2026 года.

3. Стороны будут ежегодно обмениваться расписаниями своих портов. Они намерены упростить документы, которые обязано предъявлять судно.

4. Стороны договорились о следующих приоритетах:
- построить общий зерновой причал;
- поддерживать подготовку лоцманов;
- изучить возможность создания совместной метеорологической службы.

5. Казахстан намерен углубить канал в 2027 году. Стороны приветствуют это намерение.

7. Стороны условились встретиться вновь.
`

// looks are the ways in which pages are looked at: every language, light and dark, wide and narrow.
var looks = []struct {
	name, lang string
	width      int
	dark       bool
}{{"en-wide-light", "en", 1440, false}, {"ru-wide-dark", "ru", 1440, true}, {"zh-narrow-light", "zh", 390, false}, {"ru-narrow-dark", "ru", 390, true}}

func TestTextPagesAreSoundInEveryLook(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	code := h.received("harbour.txt", harbour)
	h.received("harbour.ru.txt", harbourRussian)
	h.accept(code, 1)
	pages := map[string]string{
		"texts": "/texts", "import": "/texts/import", "summaries": "/texts/CHD24", "reader": "/texts/" + code, "side": "/texts/" + code + "?view=side",
		"received": "/texts/" + code + "?view=received", "review": "/texts/" + code + "/review", "edit": "/texts/" + code + "/review?open=edit",
		"split": "/texts/" + code + "/review?open=split", "refuse": "/texts/" + code + "/review?open=refuse",
		"add": "/texts/" + code + "/review?open=add&start=420", "decided": "/texts/" + code + "/review?n=1", "nothing": "/texts/CHD24/review",
	}
	if seed, err := os.ReadFile("../../shared/seeds/chengdu-2024.zh.txt"); err == nil {
		h.received("chengdu-2024.zh.txt", string(seed))
		pages["seed-reader"], pages["seed-received"], pages["seed-review"] = "/texts/CHD24?copy=zh", "/texts/CHD24?copy=zh&view=received", "/texts/CHD24/review"
		delete(pages, "nothing")
	}
	b := check.OpenBrowser(t)
	for _, look := range looks {
		b.Look(look.width, look.dark)
		b.Open(h.srv.URL + "/?lang=" + look.lang)
		for name, path := range pages {
			b.Open(h.srv.URL + path)
			b.Shoot(name + "-" + look.name)
			b.Sound(name + " " + look.name)
		}
	}
}

// TestAllProposalsAreDecidedByKeyboard goes through a whole text without touching the mouse.
func TestAllProposalsAreDecidedByKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	code, text := "", harbour
	if seed, err := os.ReadFile("../../shared/seeds/chengdu-2024.zh.txt"); err == nil {
		text = string(seed)
	} else {
		t.Logf("the founding statement is not here; the invented one is reviewed instead: %v", err)
	}
	code = h.received("statement.txt", text)
	total := len(h.waiting(code))
	if total < 6 {
		t.Fatalf("only %d proposals were read", total)
	}
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/texts/" + code + "/review")
	began := time.Now()
	decided := func(n int) {
		t.Helper()
		b.WaitFor(fmt.Sprintf("%d are decided", n), fmt.Sprintf(`document.readyState === "complete" && document.querySelector(".review-progress progress")?.value === %d`, n))
	}
	b.Press("r")
	b.WaitFor("r opens the refusal", `document.getElementById("refuse").open`)
	b.Press("1")
	decided(1)
	b.Press("e")
	b.WaitFor("e opens the form", `document.getElementById("edit").open`)
	b.Eval(`document.querySelector("#f-strength").value = "2"`)
	b.Press(kb.Escape)
	b.WaitFor("Escape closes it", `!document.getElementById("edit").open`)
	for n := 1; n < total; n++ {
		b.Press("a")
		decided(n + 1)
	}
	b.WaitFor("the end is shown", `document.querySelector(".finished h2") !== null`)
	took := time.Since(began)
	t.Logf("%d proposals in %v", total, took)
	if left := h.waiting(code); len(left) != 0 {
		t.Errorf("%v still wait", left)
	}
	if c := h.at(code, 1); c.State != commitment.Refused || c.Reason() != "appraisal" {
		t.Errorf("the first is %s: %q", c.State, c.Reason())
	}
	b.Shoot("finished-en-wide-light")
	b.Sound("finished")
	b.Press("u")
	decided(total - 1)
	b.Sound("after undoing")
}

// TestSplitMergeSkipAndEditByKeyboard does the rarer decisions.
func TestSplitMergeSkipAndEditByKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	code := h.received("harbour.txt", harbour)
	before := h.waiting(code)
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/texts/" + code + "/review")
	shows := func(ref string) {
		t.Helper()
		b.WaitFor(ref+" is shown", `document.readyState === "complete" && document.querySelector(".place .ref")?.textContent === "`+ref+`"`)
	}
	shows(before[0])
	b.Press("j")
	shows(before[1])
	b.Press("k")
	shows(before[0])
	b.Press("m")
	b.WaitFor("the merger is shown", `document.getElementById("merge").open`)
	b.Press(kb.Enter)
	b.WaitFor("they are one", fmt.Sprintf(`document.querySelector(".review-progress progress")?.max === %d`, len(before)-1))
	shows(before[0])
	b.Press("s")
	b.WaitFor("the place of the cut is shown", `document.querySelector("#words .cut") !== null`)
	at := b.Eval(`document.querySelector("#words .cut").dataset.a`)
	b.Press(kb.ArrowRight)
	b.WaitFor("the cut moves", `document.querySelector("#words .cut").dataset.a !== `+at)
	b.Press(kb.ArrowLeft)
	b.Shoot("splitting-en-wide-light")
	b.Press(kb.Enter)
	b.WaitFor("they are two again", fmt.Sprintf(`document.querySelector(".review-progress progress")?.max === %d`, len(before)))
	b.WaitFor("the page is there", `document.readyState === "complete"`)
	b.Press("e")
	b.WaitFor("the form is open", `document.getElementById("edit").open`)
	words := b.Eval(`document.querySelector("#f-words").value`)
	b.Click(`#edit button[value=end-]`)
	b.WaitFor("the words are fewer", `document.querySelector("#f-words").value.length < `+words+`.length`)
	b.Click(`#edit .send button[value=edit-accept]`)
	b.WaitFor("it is accepted", `document.readyState === "complete" && document.querySelector(".review-progress progress")?.value === 1`)
	b.Press("?")
	b.WaitFor("? still shows the keys", `location.pathname === "/keys"`)
}

func TestSelectedWordsBecomeAProposal(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	code := h.received("harbour.txt", harbour)
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/texts/" + code)
	b.Eval(`(() => { const p = [...document.querySelectorAll(".text p")].find(p => p.textContent.includes("thank the people"));
		const r = document.createRange(), n = document.createTreeWalker(p, NodeFilter.SHOW_TEXT); let t = n.nextNode();
		while (!t.data.includes("thank")) t = n.nextNode();
		r.setStart(t, t.data.indexOf("thank")); r.setEnd(t, t.data.indexOf("Aktau") + 5);
		getSelection().removeAllRanges(); getSelection().addRange(r); })()`)
	b.WaitFor("a way to add them appears", `document.querySelector(".add-selection") !== null`)
	b.Eval(`document.querySelector(".add-selection").click()`)
	b.WaitFor("the form holds them", `document.querySelector("#f-words")?.value === "thank the people of Aktau"`)
	b.Shoot("adding-en-wide-light")
	b.Click(`#add .send button[value=add]`)
	b.WaitFor("it waits like the others", `document.readyState === "complete" && document.querySelector(".read h2")?.textContent.includes("Added by a person")`)
	last := h.waiting(code)
	if n := len(last); h.at(code, n).By != "person" {
		t.Errorf("number %d is %+v", n, h.at(code, n))
	}
}

// TestAReviewedProposalThatSomebodyElseDecidesIsShownDecided holds the page of one reviewer open while another decides.
func TestAReviewedProposalThatSomebodyElseDecidesIsShownDecided(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	code := h.received("harbour.txt", harbour)
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/texts/" + code + "/review?n=2")
	b.WaitFor("the page listens", `fetch("/metrics").then(r => r.text()).then(t => t.includes("concord_live_readers 1"))`)
	h.accept(code, 2)
	b.WaitFor("the page says that it is accepted", `document.querySelector(".place .outcome")?.textContent === "accepted"`)
	b.Press("j")
	b.WaitFor("the keys still work", `document.readyState === "complete" && document.querySelector(".place .ref")?.textContent === "`+code+`-03"`)
}

// TestAnImportThatFailsKeepsTheFile sends a file that is known already, by script: the form stays as it was.
func TestAnImportThatFailsKeepsTheFile(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	h.received("harbour.txt", harbour)
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/texts/import")
	choose := func(name, text string) {
		b.Eval(`((name, text) => { const d = new DataTransfer(); d.items.add(new File([text], name, {type: "text/plain"}));
			document.querySelector("#file").files = d.files; })(` + strconv.Quote(name) + `, ` + strconv.Quote(text) + `)`)
	}
	choose("again.txt", harbour)
	b.Type("#source", "the port")
	b.Click(`.import .send button`)
	b.WaitFor("it says why", `document.querySelector("#failed")?.textContent.includes("received before")`)
	b.WaitFor("the file is still chosen", `document.querySelector("#file").files[0]?.name === "again.txt" && document.querySelector("#source").value === "the port"`)
	b.Shoot("import-failed-en-wide-light")
	b.Sound("a failed import")
	choose("other.txt", strings.ReplaceAll(harbour, "ferry", "cable"))
	b.Click(`.import .send button`)
	b.WaitFor("the review begins", `location.pathname.endsWith("/review") && document.readyState === "complete"`)
}
