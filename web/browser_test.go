package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"concord/commitment"
	"concord/internal/check"
	"concord/mechanism"
	"concord/web"
)

// framePages are the pages that the pictures and axe-core go through; other tests have those of their own.
var framePages = map[string]string{
	"overview": "/", "meetings": "/meetings", "record": "/record", "act": "/record/40", "verify": "/record/verify",
	"people": "/people", "find": "/find?q=trade", "keys": "/keys", "error": "/nowhere",
}

// TestPagesAreSoundInEveryLook goes through every page of the frame in each language, light and dark, wide and narrow.
func TestPagesAreSoundInEveryLook(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	h.visitor().post("/record/verify", nil)
	b := check.OpenBrowser(t)
	for _, look := range []struct {
		name, lang string
		width      int
		dark       bool
	}{{"en-wide-light", "en", 1440, false}, {"ru-wide-dark", "ru", 1440, true}, {"zh-narrow-light", "zh", 390, false}, {"ru-narrow-dark", "ru", 390, true}} {
		b.Look(look.width, look.dark)
		b.Open(h.srv.URL + "/?lang=" + look.lang)
		for name, path := range framePages {
			b.Open(h.srv.URL + path)
			b.Shoot(name + "-" + look.name)
			b.Sound(name + " " + look.name)
		}
	}
	b.LookContrast(1440)
	for name, path := range framePages {
		b.Open(h.srv.URL + path)
		b.Shoot(name + "-contrast")
		b.Sound(name + " with more contrast")
	}
	b.LookPrint()
	b.Open(h.srv.URL + "/?lang=en")
	b.Shoot("overview-print")
	b.WaitFor("paper has no rail", `getComputedStyle(document.querySelector(".rail")).display === "none"`)
	b.Look(390, false)
	b.Open(h.srv.URL + "/?asof=2026-11-21&lang=zh")
	b.Shoot("past-zh-narrow-light")
	b.Sound("the past")
	h.now = h.now.AddDate(0, 0, 10)
	b.Open(h.srv.URL + "/record?asof=2026-11-25&lang=en")
	b.Shoot("past-en-narrow-light")
	b.Sound("a day of the past")
}

func TestOpenPanelsAreSound(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	b := check.OpenBrowser(t)
	for _, width := range []int{1440, 390} {
		b.Look(width, false)
		b.Open(h.srv.URL + "/people")
		for i, panel := range []string{".top .drop summary", ".drop.end summary"} {
			b.Click(panel)
			b.Shoot(fmt.Sprintf("panel-%d-%d", i, width))
			b.Sound(fmt.Sprintf("panel %d at %d", i, width))
		}
	}
}

func TestSignInIsSound(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{})
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/sign-in")
	b.Shoot("sign-in-en-wide-light")
	b.Sound("sign-in")
	b.Open(h.srv.URL + "/people")
	b.Sound("refusal")
}

func TestKeysAndPalette(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/record")
	b.Press("j")
	b.Press("j")
	b.WaitFor("j j is on the second line", `document.querySelectorAll("[data-list] > li")[1].classList.contains("at")`)
	b.Press(kb.Enter)
	b.WaitFor("Enter opens its act", `/^\/record\/\d+$/.test(location.pathname) && document.readyState === "complete"`)
	b.Press("g")
	b.Press("m")
	b.WaitFor("g m goes to the meetings", `location.pathname === "/meetings" && document.readyState === "complete"`)
	b.Press("?")
	b.WaitFor("? shows the keys", `location.pathname === "/keys" && document.readyState === "complete"`)
	b.PressCtrl("k")
	b.WaitFor("Ctrl K opens the palette", `document.getElementById("palette").open`)
	b.Press("CHD24-17")
	b.WaitFor("the palette finds the reference", `document.querySelector("#palette-hits [aria-selected=true]")?.dataset.href === "/commitments/CHD24-17"`)
	b.Shoot("palette-en-wide-light")
	b.Sound("palette")
	b.Press(kb.Escape)
	b.WaitFor("Escape closes it", `!document.getElementById("palette").open`)
}

// TestKeysWorkOnARussianKeyboard presses the keys where the letters are printed while the keyboard writes Cyrillic.
func TestKeysWorkOnARussianKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	code := h.received("harbour.txt", harbour)
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	press := func(key, place, more string) {
		b.Eval(fmt.Sprintf(`document.body.dispatchEvent(new KeyboardEvent("keydown", {key: %q, code: %q, bubbles: true, cancelable: true%s})); 0`, key, place, more))
	}
	b.Open(h.srv.URL + reviewOf(code) + "?lang=ru")
	press("ф", "KeyA", "")
	b.WaitFor("the key of A accepts", `document.querySelector(".place .ref").textContent === "`+code+`-02" && document.readyState === "complete"`)
	press("п", "KeyG", "")
	press("ь", "KeyM", "")
	b.WaitFor("the keys of G and M go to the meetings", `location.pathname === "/meetings" && document.readyState === "complete"`)
	press("л", "KeyK", ", ctrlKey: true")
	b.WaitFor("Ctrl with the key of K opens the palette", `document.getElementById("palette").open`)
}

func TestTheThemeChangesAtOnceAndStays(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	h := open(t, web.Config{})
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/keys")
	b.Click(".icon.light")
	b.WaitFor("the page is dark", `getComputedStyle(document.body).backgroundColor === "rgb(20, 22, 26)"`)
	b.WaitFor("the server keeps it", `fetch("/keys").then(r => r.text()).then(t => t.includes('data-theme="dark"'))`)
}

func TestAnOpenPageRenewsItselfButNotUnderTypingHands(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	h := open(t, web.Config{})
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	admit := func(code string) {
		h.do(&mechanism.AdmitParty{Party: mechanism.Party{Code: code, Name: mechanism.Names{"en": "Newland " + code}}})
	}
	b.Open(h.srv.URL + "/record")
	b.WaitFor("the page listens", fmt.Sprintf(`fetch("/metrics").then(r => r.text()).then(t => t.includes("concord_live_readers %d"))`, 1))
	admit("XA")
	b.WaitFor("the act appears", `document.querySelector("ol.acts > li").textContent.includes("Newland XA")`)
	b.WaitFor("the count of acts follows", `document.querySelector(".lead p").textContent.includes("`+fmt.Sprint(h.acts())+`")`)
	b.Type(".filters input[name=object]", "CHD24-1")
	admit("XB")
	b.WaitFor("what nobody types into follows", `document.querySelector("ol.acts > li").textContent.includes("Newland XB")`)
	b.WaitFor("it says that the page has changed", `document.querySelector("#news button") !== null`)
	b.WaitFor("what was typed is still there", `document.querySelector(".filters input[name=object]").value === "CHD24-1"`)
}

// While the program starts anew, a proxy before it answers 503, after which a browser does not come back by itself.
func TestAnOpenPageComesBackAfterARefusal(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{})
	var refused atomic.Int32
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/live" && refused.Add(1) == 1 {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		h.site.ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	b := check.OpenBrowser(t)
	b.Open(proxy.URL + "/record")
	b.WaitFor("the page was refused", `live.source === null`)
	h.do(newParty("XA"))
	b.WaitFor("the act appears", `document.querySelector("ol.acts > li").textContent.includes("Newland")`)
	if refused.Load() < 2 {
		t.Error("the page did not come back")
	}
}

func TestAPageOutOfSightCatchesUpWhenSeenAgain(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	h := open(t, web.Config{})
	b := check.OpenBrowser(t)
	b.Open(h.srv.URL + "/record")
	readers := `fetch("/metrics").then(r => r.text()).then(t => t.includes("concord_live_readers %d"))`
	b.WaitFor("the page listens", fmt.Sprintf(readers, 1))
	sight := `Object.defineProperty(document, "hidden", {value: %v, configurable: true}); document.dispatchEvent(new Event("visibilitychange"))`
	b.Eval(fmt.Sprintf(sight, true))
	b.WaitFor("a hidden page listens no more", fmt.Sprintf(readers, 0))
	h.do(newParty("XA"))
	b.Eval(fmt.Sprintf(sight, false))
	b.WaitFor("the act appears", `document.querySelector("ol.acts > li").textContent.includes("Newland")`)
}

// TestAReaderKeepsTheirPlaceWhileFragmentsAreExchanged holds a page open on which panels, focus, selection, the row under the
// keys and the place in the window are the reader's, while what they stand in is exchanged.
func TestAReaderKeepsTheirPlaceWhileFragmentsAreExchanged(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	h.fill(60)
	b := check.OpenBrowser(t)
	b.Look(1000, false)
	listens := `fetch("/metrics").then(r => r.text()).then(t => t.includes("concord_live_readers 1"))`
	fetched := `performance.getEntriesByType("resource").filter(e => e.initiatorType === "fetch" && !e.name.endsWith("/metrics")).length === 0`

	b.Open(h.srv.URL + "/commitments?text=BIG25&group=none&lang=en")
	b.WaitFor("the page listens", listens)
	for range 3 {
		b.Press("j")
	}
	b.WaitFor("the third row is under the keys", `document.activeElement.id === "BIG25-03"`)
	b.Eval(`scrollTo({top: 120, behavior: "instant"}); window.old = document.getElementById("BIG25-03"); window.at = scrollY; true`)
	h.edit("BIG25-03", func(p *commitment.Proposal) { p.Action = "build a lighthouse" })
	b.WaitFor("the row is exchanged", `document.getElementById("BIG25-03") !== window.old && document.getElementById("BIG25-03").textContent.includes("build a lighthouse")`)
	b.WaitFor("it is still under the keys, and the page where it was", `document.activeElement.id === "BIG25-03" && document.activeElement.classList.contains("at") && Math.abs(scrollY - window.at) < 30`)
	b.WaitFor("the page did not fetch itself", fetched)

	b.Open(h.srv.URL + "/commitments/BIG25-03")
	b.WaitFor("the page listens", listens)
	b.Click("#correct > summary")
	b.Eval(`window.old = document.querySelector("[data-fragment=correct]"); document.querySelector("#f-further").open = true; true`)
	b.Eval(`document.querySelector("#correct > summary").focus(); true`)
	b.Eval(`getSelection().selectAllChildren(document.querySelector("[data-fragment=where] h2")); window.chosen = String(getSelection()); true`)
	h.edit("BIG25-03", func(p *commitment.Proposal) { p.Action = "build a second lighthouse" })
	b.WaitFor("the form is exchanged", `document.querySelector("[data-fragment=correct]") !== window.old`)
	b.WaitFor("it is open, and the panel in it", `document.querySelector("#correct").open && document.querySelector("#f-further").open`)
	b.WaitFor("the focus is on it", `document.activeElement === document.querySelector("#correct > summary")`)
	b.WaitFor("the words are still selected", `String(getSelection()) === window.chosen && window.chosen !== ""`)
	b.WaitFor("the page did not fetch itself", fetched)
}

// TestTwoPagesOfOneReaderFollowEachOther has two windows of one person: what is done in one is seen in the other.
func TestTwoPagesOfOneReaderFollowEachOther(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	code := h.received("harbour.txt", harbour)
	a, b := check.OpenBrowser(t), check.OpenBrowser(t)
	a.Open(h.srv.URL + reviewOf(code) + "?n=3&lang=en")
	b.Open(h.srv.URL + "/texts/" + code + "?lang=en")
	a.WaitFor("both listen", `fetch("/metrics").then(r => r.text()).then(t => t.includes("concord_live_readers 2"))`)
	h.accept(code, 1)
	a.WaitFor("the strip shows it", `document.querySelector(".strip a").matches(".accepted")`)
	b.WaitFor("the text shows it", `document.querySelector(".lead").textContent.includes("1 commitment")`)
	a.Press("a") // the third is accepted by key: the buttons were exchanged and still work
	a.WaitFor("it is done", `document.querySelectorAll(".strip a.accepted").length === 2 && document.readyState === "complete"`)
	b.WaitFor("the text shows it, too", `document.querySelector(".lead").textContent.includes("2 commitments")`)
}

func (h *house) acts() (n int64) {
	h.view(func(m mechanism.Sight) { n = m.Acts() })
	return n
}
