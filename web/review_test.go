package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"concord/commitment"
	"concord/internal/check"
	"concord/mechanism"
	"concord/web"
)

// form is what the page of a proposal sends back for a decision, read off the page itself.
func (v *visitor) form(code string, n int, do string, more ...string) url.Values {
	v.h.t.Helper()
	c := v.h.at(code, n)
	f := url.Values{"n": {strconv.Itoa(n)}, "do": {do}, "version": {fmt.Sprint(c.Last())}}
	for i := 0; i+1 < len(more); i += 2 {
		f.Set(more[i], more[i+1])
	}
	return f
}

// fields reads a form off a page as a browser would send it without a change.
func fields(a answer, selector string) url.Values {
	f := url.Values{}
	for _, n := range a.All(selector + " input") {
		kind, _ := check.Attr(n, "type")
		_, checked := check.Attr(n, "checked")
		name, _ := check.Attr(n, "name")
		if value, _ := check.Attr(n, "value"); name != "" && (kind != "checkbox" && kind != "radio" || checked) {
			f.Add(name, value)
		}
	}
	for _, n := range a.All(selector + " textarea") {
		name, _ := check.Attr(n, "name")
		f.Set(name, textWithout(n, ""))
	}
	for _, n := range a.All(selector + " select") {
		name, _ := check.Attr(n, "name")
		for c := range n.ChildNodes() {
			if _, selected := check.Attr(c, "selected"); selected {
				value, _ := check.Attr(c, "value")
				f.Set(name, value)
			}
		}
	}
	return f
}

func reviewOf(code string) string { return "/texts/" + code + "/review" }

func TestReviewGoesFromOneProposalToTheNext(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	v := h.as(officer)
	a := v.get(reviewOf(code))
	a.Has(".place .ref", code+"-01")
	a.Has("#words .in", "ferry")
	a.HasNot("#words .in", "working")
	a.Has(".read dd", "open a regular ferry line")
	a.Has(".read dd .outcome", "no deadline stated")
	a.Has(".read code", "en/decide/agree")
	a.Has(".review-progress", "0 of 8 decided")
	a = v.post(reviewOf(code), v.form(code, 1, "accept"))
	if a.Status != 200 || h.at(code, 1).State != commitment.Accepted {
		t.Fatalf("status %d, %s", a.Status, h.at(code, 1).State)
	}
	a.Has(".place .ref", code+"-02")
	a.Has("#news", "Commitment accepted", code+"-01")
	a = v.post(reviewOf(code), v.form(code, 2, "refuse", "quick", "appraisal", "reason", "only a wish"))
	if c := h.at(code, 2); c.State != commitment.Refused || c.Reason() != "appraisal: only a wish" {
		t.Errorf("%s: %q", c.State, c.Reason())
	}
	a.Has(".place .ref", code+"-03")
	a.Has("#undo button", code+"-02")
	undo := v.form(code, 2, "reopen", "quick", "undo")
	a = v.post(reviewOf(code), undo)
	if c := h.at(code, 2); c.State != commitment.Proposed || c.Reason() != "undo" {
		t.Errorf("after undoing: %s, %q", c.State, c.Reason())
	}
	a.Has(".place .ref", code+"-02")
}

func TestRefusingNeedsAReason(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	v := h.as(officer)
	a := v.post(reviewOf(code), v.form(code, 1, "refuse"))
	if a.Status != http.StatusBadRequest {
		t.Errorf("status %d", a.Status)
	}
	a.Has("[role=alert]", "say why")
	a.Has("details#refuse[open] .quick button", "an appraisal")
	a.Has(".place .ref", code+"-01")
}

func TestEditingWithoutAChangeChangesNothing(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	codes := []string{h.received("harbour.txt", harbour)}
	if seed, err := os.ReadFile("../../shared/seeds/chengdu-2024.zh.txt"); err == nil {
		codes = append(codes, h.received("chengdu-2024.zh.txt", string(seed)))
	} else {
		t.Logf("the founding statement is not here; only the invented one is edited: %v", err)
	}
	v := h.as(officer)
	for _, code := range codes {
		for n := range h.waiting(code) {
			before := h.at(code, n+1)
			f := fields(v.get(fmt.Sprintf("%s?n=%d&open=edit", reviewOf(code), n+1)), "#edit")
			f.Set("do", "edit")
			if a := v.post(reviewOf(code), f); a.Status != 200 {
				t.Errorf("%s: status %d: %s", before.Ref, a.Status, a.Texts("[role=alert]"))
			}
			is, was := asJSON(t, h.at(code, n+1).Proposal), asJSON(t, before.Proposal)
			if is != was {
				t.Errorf("%s was\n%s\nand is\n%s", before.Ref, was, is)
			}
		}
	}
}

// asJSON writes a proposal with no list where it has an empty one: they say the same.
func asJSON(t *testing.T, p commitment.Proposal) string {
	t.Helper()
	b, err := json.Marshal(p)
	must(t, err)
	return strings.ReplaceAll(string(b), "[]", "null")
}

func TestPlacesOutsideTheTextAreRefused(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", strings.ReplaceAll(harbour, "ferry", "паром"))
	v := h.as(officer)
	base := fields(v.get(reviewOf(code)+"?n=1&open=edit"), "#edit")
	base.Set("words", "")
	start, _ := strconv.Atoi(base.Get("start"))
	inside := start + strings.Index(h.words(code, h.at(code, 1)), "паром") + 1 // in the middle of a letter
	for _, c := range [][2]int{{-5, 10}, {10, 5}, {0, 1 << 30}, {inside, inside + 8}} {
		for _, page := range []string{"?n=1&", "?"} {
			f := fields(v.get(reviewOf(code)+"?n=1&open=edit"), "#edit")
			f.Set("words", "")
			f.Set("start", strconv.Itoa(c[0]))
			f.Set("end", strconv.Itoa(c[1]))
			for _, nudge := range []string{"start-", "start+", "end-", "end+"} {
				f.Set("nudge", nudge)
				if a := v.get(reviewOf(code) + page + f.Encode()); a.Status >= 500 {
					t.Errorf("%v %s: status %d", c, nudge, a.Status)
				}
				if a := v.get(reviewOf(code) + "?open=add&" + strings.ReplaceAll(f.Encode(), "open=edit", "open=add")); a.Status >= 500 {
					t.Errorf("adding at %v %s: status %d", c, nudge, a.Status)
				}
			}
			f.Del("nudge")
			f.Set("do", "edit")
			if a := v.post(reviewOf(code), f); a.Status != http.StatusBadRequest {
				t.Errorf("%v: status %d", c, a.Status)
			}
		}
	}
}

func TestEditingByTypedWordsAndByButtons(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	v := h.as(officer)
	f := fields(v.get(reviewOf(code)+"?n=2&open=edit"), "#edit")
	f.Set("nudge", "end-")
	a := v.get(reviewOf(code) + "?" + f.Encode())
	a.Has("details#edit[open] textarea", "by the end of")
	a.HasNot("details#edit textarea", "2026")
	f = fields(a, "#edit")
	f.Set("words", "establish a working group on port fees")
	f.Set("strength", "4")
	f.Set("do", "edit-accept")
	if a = v.post(reviewOf(code), f); a.Status != 200 {
		t.Fatalf("status %d: %s", a.Status, a.Texts("[role=alert]"))
	}
	c := h.at(code, 2)
	if c.State != commitment.Accepted || c.Strength != commitment.Pledge || h.words(code, c) != "establish a working group on port fees" {
		t.Errorf("%s, strength %d: %q", c.State, c.Strength, h.words(code, c))
	}
	f = fields(v.get(reviewOf(code)+"?n=3&open=edit"), "#edit")
	f.Set("words", "words that nobody said")
	f.Set("action", "typed and kept")
	f.Set("do", "edit-accept")
	a = v.post(reviewOf(code), f)
	a.Has("[role=alert]", "do not stand in the text")
	a.Has("details#edit[open] input[value='typed and kept']")
	a.Has("details#edit textarea", "words that nobody said")
}

// words are a commitment's words in its text.
func (h *house) words(code string, c commitment.Commitment) (said string) {
	h.view(func(m mechanism.Sight) {
		t, _ := m.Text(code)
		copied, _ := t.Copy(c.Language)
		said = copied.Document.Reading[c.Start:c.End]
	})
	return said
}

func TestSplitAndMergeWithoutScript(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	v := h.as(officer)
	a := v.post(reviewOf(code), v.form(code, 1, "merge", "with", "2"))
	if a.Status != 200 {
		t.Fatalf("merger: status %d: %s", a.Status, a.Texts("[role=alert]"))
	}
	const both = "The Parties agreed to open a regular ferry line between the ports, and decided to establish a working group on port fees by the end of 2026"
	a.Has(".place .ref", code+"-01")
	merged := h.at(code, 9)
	if h.words(code, merged) != both || merged.Deadline == nil {
		t.Errorf("merged: %q, %+v", h.words(code, merged), merged.Deadline)
	}
	cut := merged.Start + strings.Index(both, "decided")
	a = v.post(reviewOf(code), v.form(code, 9, "split", "cut", strconv.Itoa(cut)))
	first, second := h.at(code, 10), h.at(code, 11)
	if got := h.words(code, first); got != "The Parties agreed to open a regular ferry line between the ports" {
		t.Errorf("the first part is %q", got)
	}
	if got := h.words(code, second); got != "decided to establish a working group on port fees by the end of 2026" {
		t.Errorf("the second part is %q", got)
	}
	if first.Ref != code+"-01" || second.Ref == first.Ref || second.Ref == code+"-02" {
		t.Errorf("references %s and %s", first.Ref, second.Ref)
	}
	a = v.post(reviewOf(code), v.form(code, 10, "split", "cut", strconv.Itoa(first.End+5)))
	a.Has("[role=alert]", "inside its words")
}

func TestTwoPeopleReviewingSeeWhatTheOtherDecided(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	v := h.as(officer)
	f := fields(v.get(reviewOf(code)+"?n=2&open=edit"), "#edit")
	f.Set("action", "typed by the slower one")
	f.Set("do", "edit-accept")
	h.accept(code, 2)
	a := v.post(reviewOf(code), f)
	if a.Status != http.StatusConflict {
		t.Errorf("status %d", a.Status)
	}
	a.Has("[role=alert]", "Meanwhile", "Dana Officer")
	a.Has("[role=alert] a[href^='/record/']", "accepted")
	a.Has(".place .outcome", "accepted")
	a.Has("#edit input[value='typed by the slower one']")
	refused := v.post(reviewOf(code), url.Values{"n": {"2"}, "do": {"refuse"}, "version": {"1"}, "reason": {"too late"}})
	if refused.Status != http.StatusConflict || h.at(code, 2).State != commitment.Accepted {
		t.Errorf("a decision on what was decided: status %d, %s", refused.Status, h.at(code, 2).State)
	}
}

func TestAddingACommitmentWithoutScript(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	v := h.as(officer)
	add := v.get("/texts/"+code).Attrs("section#c6 a.add", "href")
	page := v.get(add[0])
	page.Has("#words", "thank the people of Aktau")
	page.Has(".place h2", "Clause 6")
	page.Count("#words .in", 0)
	v.get(reviewOf(code)+"?open=add&start=3").Has(".place h2", "Before the first clause")
	f := fields(page, "#add")
	f.Set("words", "thank the people of Aktau")
	f.Set("action", "thank the people")
	f.Set("do", "add")
	a := v.post(reviewOf(code), f)
	if a.Status != 200 {
		t.Fatalf("status %d: %s", a.Status, a.Texts("[role=alert]"))
	}
	c := h.at(code, 9)
	if c.By != "person" || c.State != commitment.Proposed || c.Clause != "6" || h.words(code, c) != "thank the people of Aktau" {
		t.Errorf("added: %+v", c)
	}
	a.Has(".read h2", "Added by a person")
	f.Set("words", "not in the text at all")
	bad := v.post(reviewOf(code), f)
	bad.Has("[role=alert]", "do not stand in the text")
	bad.Has("#add textarea", "not in the text at all")
}

func TestReviewIsReadByThePartiesAndHiddenFromThePublic(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	for name, v := range map[string]*visitor{"coordinator": h.as(kazakh), "reader": h.as(reader)} {
		a := v.get(reviewOf(code))
		a.Has(".place .ref", code+"-01")
		a.Has(".note-box", "officer of the Secretariat")
		a.Count("main form", 0)
		if a := v.post(reviewOf(code), v.form(code, 1, "accept")); a.Status != http.StatusForbidden {
			t.Errorf("%s accepts: status %d", name, a.Status)
		}
	}
	for what, a := range map[string]answer{"page": h.visitor().get(reviewOf(code)), "data": h.visitor().get(reviewOf(code) + ".json"),
		"act": h.visitor().post(reviewOf(code), url.Values{"n": {"1"}, "do": {"accept"}})} {
		if a.Status != http.StatusForbidden || strings.Contains(a.Body, "ferry") {
			t.Errorf("the public gets the %s: status %d", what, a.Status)
		}
	}
	h.visitor().get(reviewOf(code)+"?lang=zh").Has("h1", "审核工作限有职务人员查阅")
	h.visitor().get(reviewOf(code)).Has("a[href^='/sign-in']", "Sign in")
	if h.at(code, 1).State != commitment.Proposed {
		t.Error("it was decided")
	}
}

func TestTheEndOfAReviewIsShown(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	v := h.as(officer)
	var a answer
	for n := 1; n <= 7; n++ {
		a = v.post(reviewOf(code), v.form(code, n, "accept"))
	}
	a.Has(".place .ref", code+"-08")
	a = v.post(reviewOf(code), v.form(code, 8, "refuse", "quick", "others"))
	a.Has(".finished h2", "Every proposal of "+code+" is decided")
	a.Has(".finished a[href='/commitments?text=" + code + "']")
	a.Has(".rows li", "undertaken by others")
	a.Has("#undo button", code+"-08")
	edit := v.get(reviewOf(code) + "?n=1&open=edit")
	f := fields(edit, "#edit")
	f.Set("do", "edit")
	v.post(reviewOf(code), f).Has("[role=alert]", "say why it changes")
	f.Set("reason", "a slip")
	f.Set("action", "open a ferry line")
	if a := v.post(reviewOf(code), f); a.Status != 200 || h.at(code, 1).Action != "open a ferry line" {
		t.Errorf("status %d, action %q", a.Status, h.at(code, 1).Action)
	}
}

func TestWhatOnlyTheSummariesKnowIsNamedAtTheEnd(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	short := strings.Replace(harbour, "14 May 2025", "1 December 2024", -1) // the date by which a text of the pack is recognized
	if code := h.received("short.txt", short); code != "CHD24" {
		t.Fatalf("received as %s", code)
	}
	v := h.as(officer)
	var a answer
	for n := range h.waiting("CHD24") {
		a = v.post(reviewOf("CHD24"), v.form("CHD24", n+1, "accept"))
	}
	a.Has(".finished h2", "Every proposal of CHD24 is decided")
	var unread int
	h.view(func(m mechanism.Sight) {
		for _, s := range m.Ledger().Summaries("CHD24") {
			if _, ok := m.Ledger().ByRef(s.Ref); !ok {
				unread++
			}
		}
	})
	if unread == 0 {
		t.Fatal("every summary has a proposal: nothing is tested")
	}
	a.Count("section.card ul.rows > li a[href^='/texts/CHD24#c']", unread)
}
