package web_test

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"concord/commitment"
	"concord/internal/check"
	"concord/web"
)

// reviewing opens the review of a text in a browser, signed in as an officer; shows waits for a proposal.
func reviewing(t *testing.T) (h *house, b *check.Browser, code string, shows func(ref string)) {
	t.Helper()
	h = open(t, web.Config{DemoPerson: "officer"})
	code = h.received("harbour.txt", harbour)
	b = check.OpenBrowser(t)
	b.Look(1440, false)
	b.Open(h.srv.URL + "/texts/" + code + "/review")
	return h, b, code, func(ref string) {
		t.Helper()
		b.WaitFor(ref+" is shown", `document.readyState === "complete" && document.querySelector(".place .ref")?.textContent === "`+ref+`"`)
	}
}

// Enter does what is before the eyes: it refuses with the reason that was typed, never with one that nobody chose, and saves
// an edit without moving the quoted words.
func TestEnterSavesWhatIsBeforeTheEyes(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h, b, code, shows := reviewing(t)
	waiting, acts := h.waiting(code), h.acts()
	shows(waiting[0])
	b.Press("r")
	b.WaitFor("the refusal is open", `document.getElementById("refuse").open`)
	b.Click("#refuse-reason")
	b.Press(kb.Enter)
	if h.acts() != acts {
		t.Fatal("Enter in an empty reason did an act")
	}
	b.Type("#refuse-reason", "not of this mechanism")
	b.Press(kb.Enter)
	shows(waiting[1])
	if refused := h.at(code, 1); refused.State != commitment.Refused || refused.Reason() != "not of this mechanism" {
		t.Errorf("it is %s because %q", refused.State, refused.Reason())
	}
	b.Press("e")
	b.WaitFor("the form is open", `document.getElementById("edit").open`)
	start, end := b.Eval(`document.querySelector("#edit [name=start]").value`), b.Eval(`document.querySelector("#edit [name=end]").value`)
	b.Eval(`document.getElementById("f-action").value = ""; const w = document.getElementById("f-words"); w.value = w.defaultValue`) // a driven browser types the "e", too
	b.Type("#f-action", "do what was said")
	b.Press(kb.Enter)
	b.WaitFor("it is accepted", `document.readyState === "complete" && document.querySelector(".review-progress progress")?.value === 2`)
	x := h.at(code, 2)
	if x.State != commitment.Accepted || x.Action != "do what was said" || fmt.Sprintf("%q", fmt.Sprint(x.Start)) != start || fmt.Sprintf("%q", fmt.Sprint(x.End)) != end {
		t.Errorf("it is %s: %q, from %d to %d, not from %s to %s", x.State, x.Action, x.Start, x.End, start, end)
	}
}

// What was typed is asked about before it is left, and comes back after a reload and in another language.
func TestTypedWordsAreNotLostInTheReview(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h, b, code, shows := reviewing(t)
	waiting, acts := h.waiting(code), h.acts()
	shows(waiting[0])
	b.Press("e")
	b.WaitFor("the form is open", `document.getElementById("edit").open`)
	b.Type("#f-action", " and more")
	typed := `document.getElementById("f-action")?.value.includes(" and more") && document.getElementById("edit").open`
	b.Disagree()
	b.Press(kb.Escape)
	b.WaitFor("Escape asks, and the form stays", typed)
	b.Eval(`document.activeElement.blur()`)
	b.Press("a")
	b.WaitFor("accepting asks, and the form stays", typed)
	if b.Asked() != 2 || h.acts() != acts {
		t.Fatalf("it asked %d times, and did %d acts", b.Asked(), h.acts()-acts)
	}
	b.Agree()
	b.Click(`.languages a[lang=ru]`)
	b.WaitFor("the words are there in Russian", `document.documentElement.lang === "ru" && document.readyState === "complete" && `+typed)
	b.Eval(`location.reload()`)
	b.WaitFor("the words are there after a reload", `document.readyState === "complete" && performance.getEntriesByType("navigation")[0].type === "reload" && `+typed)
	b.Eval(`document.activeElement.blur()`)
	b.Press(kb.Escape)
	b.WaitFor("what was typed is gone", `!document.getElementById("edit").open && !document.getElementById("f-action").value.includes(" and more")`)
	b.Press("a")
	shows(waiting[1])
	b.WaitFor("no draft is left", fmt.Sprintf(`Object.keys(sessionStorage).every((k) => !k.startsWith(%q))`, "draft "))
}

// A session that ended while somebody was typing costs a sign-in and no words.
func TestTypedWordsOutliveALostSession(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	waiting := h.waiting(code)
	b := check.OpenBrowser(t)
	signIn := func() {
		b.Open(h.srv.URL + "/sign-in?back=/texts/" + code + "/review")
		b.Type("#login", officer.ID)
		b.Type("#password", "a long enough password")
		b.Press(kb.Enter)
		b.WaitFor("the review is open", `document.readyState === "complete" && document.querySelector(".place .ref")?.textContent === "`+waiting[0]+`"`)
	}
	signIn()
	b.Press("e")
	b.WaitFor("the form is open", `document.getElementById("edit").open`)
	b.Type("#f-action", " and more")
	must(t, h.ids.SignOutEverywhere(t.Context(), officer.ID))
	acts := h.acts()
	b.Press(kb.Enter)
	b.WaitFor("nothing was done", `document.readyState === "complete" && document.querySelector("main .button[href*=sign-in], main form[action*=sign-in]") !== null`)
	signIn()
	b.WaitFor("the words are back", `document.getElementById("f-action").value.includes(" and more") && document.getElementById("edit").open`)
	if h.acts() != acts {
		t.Errorf("%d acts were done meanwhile", h.acts()-acts)
	}
}
