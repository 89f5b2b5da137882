package web_test

import (
	"os"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"concord/commitment"
	"concord/internal/check"
	"concord/mechanism"
	"concord/web"
)

// reviewed brings in a text with its proposals, accepts most of them, refuses one and corrects one.
func (h *house) reviewed(name, text string) string {
	h.t.Helper()
	code := h.received(name, text)
	n := len(h.waiting(code))
	for i := 1; i < n; i++ {
		h.accept(code, i)
	}
	h.do(&mechanism.RefuseCommitment{Item: mechanism.Item{Text: code, N: n}, Reason: "attitude"})
	h.edit(h.at(code, 1).Ref, func(p *commitment.Proposal) { p.Strength, p.Deadline = 4, nil })
	return code
}

func TestMatrixAndCommitmentAreSoundInEveryLook(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	code := h.reviewed("harbour.txt", harbour)
	h.received("harbour.ru.txt", harbourRussian)
	first, last := h.at(code, 1).Ref, h.at(code, 3).Ref
	pages := map[string]string{
		"matrix": "/commitments", "matrix-clause": "/commitments?group=clause&col=clause&col=track&col=instrument&col=strength&col=parties",
		"matrix-filtered": "/commitments?party=KZ&strength=5&strength=4&kind=all", "matrix-none": "/commitments?q=nothing+at+all&track=trade",
		"commitment": "/commitments/" + first, "commitment-summary": "/commitments/CHD24-04", "commitment-edit": "/commitments/" + last + "?open=edit",
		"commitment-unknown": "/commitments/CHD24-99",
	}
	if seed, err := os.ReadFile("../../shared/seeds/chengdu-2024.zh.txt"); err == nil {
		h.reviewed("chengdu-2024.zh.txt", string(seed))
		pages["commitment-seed"] = "/commitments/CHD24-17"
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
	b.Look(900, false)
	b.Open(h.srv.URL + "/commitments?lang=en")
	b.Shoot("matrix-en-middle-light")
	b.Sound("matrix at 900 pixels")
}

func TestTheMatrixGoesByKeyboardAndFiltersAtOnce(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{})
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/commitments?group=none")
	b.Press("j")
	b.Press("j")
	b.Press("k")
	b.WaitFor("the keys are on the first row", `document.getElementById("CHD24-01").classList.contains("at")`)
	b.Press(kb.Enter)
	b.WaitFor("Enter opens it", `location.pathname === "/commitments/CHD24-01"`)
	b.Open(h.srv.URL + "/commitments")
	b.Type(".matrix-filter input[name=q]", "secretariat")
	b.WaitFor("the list follows the typing", `document.querySelectorAll("tr[data-row]").length === 2 && location.search.includes("q=secretariat")`)
	b.WaitFor("the download follows", `document.querySelector(".actions a[download]").getAttribute("href").includes("q=secretariat")`)
	b.WaitFor("the field keeps the focus", `document.activeElement.name === "q"`)
	b.Eval(`document.querySelector(".matrix-filter input[name=q]").value = ""; document.querySelector("input[name=strength][value='5']").click()`)
	b.WaitFor("a strength filters", `location.search.includes("strength=5") && document.querySelector(".cleared") !== null && [...document.querySelectorAll("td.firm .strength")].every(s => s.ariaLabel.includes("5 of 5"))`)
}

// TestTenThousandRowsScroll goes through ten thousand rows: it looks at how long the scrolling holds a frame up, how many
// rows are kept, and that the right ones stand where they belong.
func TestTenThousandRowsScroll(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(10_000)
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/commitments?text=BIG25&group=none")
	b.WaitFor("every stretch has its place", `document.querySelectorAll(".matrix tbody").length === 100`)
	frames := b.Eval(`new Promise(done => {
		const took = []; let last = performance.now(), at = 0;
		const step = now => {
			took.push(now - last); last = now;
			scrollBy({top: 120, behavior: "instant"});
			++at < 240 ? requestAnimationFrame(step) : done(took.slice(5).sort((a, b) => a - b));
		};
		requestAnimationFrame(step);
	}).then(t => [t[t.length >> 1], t[Math.floor(t.length * .95)], t[t.length - 1]].map(x => Math.round(x)))`)
	t.Logf("a frame while scrolling 28 800 pixels, in ms: median, 95th of a hundred, longest: %s", frames)
	b.WaitFor("rows are where one has come to", `(() => { const e = document.elementFromPoint(500, 500); return !!e.closest("tr[data-row]"); })()`)
	b.WaitFor("the head of the columns stays in sight", `!!document.elementFromPoint(500, 70).closest("thead")`)
	b.Eval(`scrollTo({top: document.querySelector(".matrix").offsetHeight * .8, behavior: "instant"})`)
	b.WaitFor("rows come after a leap", `(() => { const r = document.elementFromPoint(500, 500).closest("tr[data-row]"); return !!r && +r.id.split("-")[1] > 7000; })()`)
	b.WaitFor("what is far away is let go", `document.querySelectorAll("tr[data-row]").length <= 1200`)
	b.WaitFor("the rows are in their order", `(() => { const n = [...document.querySelectorAll("tr[data-row]")].map(r => +r.id.split("-")[1]); return n.every((x, i) => !i || x > n[i - 1]); })()`)
	b.Eval(`scrollTo({top: 0, behavior: "instant"})`)
	b.WaitFor("and back", `document.getElementById("BIG25-01") !== null`)
	b.Eval(`scrollTo({top: document.querySelector(".matrix").offsetHeight * .4, behavior: "instant"})`)
	b.WaitFor("rows come again", `document.elementFromPoint(500, 500).closest("tr[data-row]") !== null`)
	shootWindow(b, "ten-thousand")
	b.Look(390, false)
	b.Open(h.srv.URL + "/commitments?text=BIG25")
	b.WaitFor("every stretch has its place, narrow too", `document.querySelectorAll(".matrix tbody").length === 100`)
	shootWindow(b, "ten-thousand-narrow")
	b.Sound("ten thousand, narrow")
}

func TestAChangedCommitmentsRowRenewsItself(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(500)
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/commitments?text=BIG25&group=none")
	b.WaitFor("the page listens", `fetch("/metrics").then(r => r.text()).then(t => t.includes("concord_live_readers 1"))`)
	b.Eval(`scrollTo({top: 3000, behavior: "instant"})`)
	b.WaitFor("the row is there", `document.getElementById("BIG25-77") !== null`)
	h.edit("BIG25-77", func(p *commitment.Proposal) { p.Action = "build a lighthouse" })
	b.WaitFor("its words follow", `document.getElementById("BIG25-77").textContent.includes("build a lighthouse")`)
	b.WaitFor("the place on the page stays", `scrollY > 2000`)
	b.Eval(`scrollTo({top: 15000, behavior: "instant"})`)
	b.WaitFor("rows are there", `document.elementFromPoint(500, 500).closest("tr[data-row]") !== null`)
	x := h.at("BIG25", 9)
	h.do(&mechanism.ReopenCommitment{Item: mechanism.Item{Text: "BIG25", N: x.N}, Reason: "a test"})
	b.WaitFor("the list is one shorter", `document.querySelector(".matrix-count b").textContent.startsWith("499 of")`)
	b.WaitFor("and the place stays again", `scrollY > 14000 && document.elementFromPoint(500, 500).closest("tr[data-row]") !== null`)
}

func TestWhatIsTypedOnACommitmentStaysWhenItChanges(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	h.receiveLake()
	h.accept("LAKE25", 1)
	b := check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/commitments/LAKE25-01?open=edit")
	b.WaitFor("the page listens", `fetch("/metrics").then(r => r.text()).then(t => t.includes("concord_live_readers 1"))`)
	b.Type("#f-reason", "It is weaker")
	b.Eval(`document.getElementById("f-strength").value = "3"`)
	h.edit("LAKE25-01", func(p *commitment.Proposal) { p.Instrument = "agreement" })
	b.WaitFor("the page says that it has changed", `document.querySelector("#news button") !== null`)
	b.Click("#correct button[value=edit]")
	b.WaitFor("the conflict is said, with who changed what", `document.querySelector("#correct [role=alert]") !== null && document.querySelector("#correct .part").textContent.includes("Commitment edited")`)
	b.WaitFor("what was typed stands", `document.getElementById("f-reason").value === "It is weaker" && document.getElementById("f-strength").value === "3"`)
	b.Shoot("commitment-conflict")
	b.Sound("conflict")
	b.Click("#correct button[value=edit]")
	b.WaitFor("the second time it is done", `document.querySelector("#news")?.textContent.includes("Commitment edited") && document.querySelector(".changes ins") !== null`)
}

// shootWindow keeps a picture of what stands around the window, without the long empty places above and below. The page is
// of no use afterwards.
func shootWindow(b *check.Browser, name string) {
	b.Eval(`for (const t of document.querySelectorAll(".matrix tbody")) {
		const box = t.getBoundingClientRect();
		if (box.bottom < 0 || box.top > innerHeight) t.remove();
	} true`)
	b.Shoot(name)
}
