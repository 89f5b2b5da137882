package web_test

import (
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"concord/internal/check/pace"
	"concord/web"
)

// A text that was received by mistake goes out of the queue again by a form on its page, and the same file may come anew.
func TestATextIsWithdrawnOnItsPage(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	page := "/texts/" + code
	h.visitor().get(page).HasNot("#withdraw") // not for the public
	o := h.as(officer)
	o.get(page).Has("#withdraw summary", "Withdraw this text")
	if a := o.post(page, url.Values{"reason": {" "}}); a.Status != 400 {
		t.Errorf("without a reason: %d", a.Status)
	} else {
		a.Has("#withdraw [role=alert]", "say why the text is withdrawn")
	}
	if a := h.visitor().post(page, url.Values{"reason": {"x"}}); a.Status != 401 && a.Status != 403 {
		t.Errorf("somebody withdraws it: %d", a.Status)
	}
	o.post(page, url.Values{"reason": {"a draft"}})
	p := o.get(page)
	p.HasNot("#withdraw")
	p.Has("a[href='/texts/import?code="+code+"']", "Import the wording")
	if a := o.get(page + "/review?n=1"); a.Status != 404 {
		t.Errorf("what was proposed from it is still reviewed: %d", a.Status)
	}
	if a := o.upload("harbour.txt", harbour, map[string]string{"code": code}); a.Status >= 400 {
		t.Errorf("the file is not received again: %d", a.Status)
	}
	o.get(page+"/review").Has("#words", "")
}

// A clause may be as long as whoever made the file likes: its pages come in time in proportion.
func TestPagesOfAHostileTextTakeTimeInProportion(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	const clause = "Joint statement\nThe Parties declare as follows:\n1. The Parties will meet and talk"
	const others = ".\n2. The Parties will meet.\n3. They will talk.\n"
	for name, words := range map[string]func(n int) string{
		"blanks":             func(n int) string { return strings.Repeat(" ", 8*n) + "again" },
		"joined verbs":       func(n int) string { return strings.Repeat(" and talk", n) },
		"many proposals":     func(n int) string { return strings.Repeat("; meet", min(n, 2000)) },
		"an endless passage": func(n int) string { return ". The host spoke" + strings.Repeat(" of the lake.", n) },
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t, web.Config{})
			o := h.as(officer)
			pages := func(n int) []string {
				code := h.received("hostile.txt", clause+words(n)+others+"4. They count "+strconv.Itoa(n)+" boats.\n")
				return []string{"/texts", "/texts/" + code, "/texts/" + code + "?view=received", "/texts/" + code + "/review", "/find?q=talk"}
			}
			took := func(paths []string) time.Duration {
				begun := time.Now()
				for _, path := range paths {
					if a := o.get(path); a.Status != 200 {
						t.Fatalf("%s: %d", path, a.Status)
					}
				}
				return time.Since(begun)
			}
			small, large := pages(1_250), pages(10_000)
			took(small)
			ratio := 100.0
			for range 5 {
				if ratio = min(ratio, float64(took(large))/float64(took(small))/8); ratio <= pace.Most {
					return
				}
			}
			t.Errorf("the pages of a clause eight times as long take %.1f times as long a byte", ratio)
		})
	}
}
