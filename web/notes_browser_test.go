package web_test

import (
	"fmt"
	"testing"

	"concord/internal/check"
	"concord/mechanism"
	"concord/web"
)

func TestNotesInTheBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	h.receiveLake()
	h.accept("LAKE25", 1)
	h.do(&mechanism.AddNote{On: "commitment:LAKE25-01", Words: "Ask the harbour authority for the timetable.\nNot before the ministers have met."})
	b := check.OpenBrowser(t)
	for _, width := range []int{390, 1440} {
		for _, dark := range []bool{false, true} {
			b.Look(width, dark)
			b.Open(h.srv.URL + "/commitments/LAKE25-01")
			name := fmt.Sprintf("notes-%d-dark-%v", width, dark)
			b.Shoot(name)
			b.Sound(name)
		}
	}
	b.Type("#note", "A second one")
	b.Click("#notes button[value=note]")
	b.WaitFor("it is kept, and the page says so", `document.querySelectorAll("#notes li").length === 2 && document.querySelector("#news").textContent.includes("Note kept")`)
	b.Click("#notes li:first-child button")
	b.WaitFor("the first one is withdrawn", `document.querySelectorAll("#notes li").length === 1 && document.querySelector("#notes li").textContent.includes("A second one")`)
}
