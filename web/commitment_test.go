package web_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"concord/calendar"
	"concord/commitment"
	"concord/mechanism"
	"concord/statement"
	"concord/web"
)

func TestACommitmentKnownOnlyInSummary(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	a := h.visitor().get("/commitments/CHD24-04?lang=en")
	a.Has("h1", "CHD24-04", "legal documents")
	a.Has(".note-box b", "Only a summary is known")
	a.Count(".own li", 3)
	a.Has(".own li[lang=ru]", "документов Секретариата")
	a.Has(".facts dd", "participants of the Secretariat", "does not list the parties")
	a.Has(".lacking li", "does not say who", "whom to ask")
	a.Has(".facts a[href='/texts/CHD24#c3.2']")
	a.Has(".facts dd", "1 December 2024")
	a.Has("a[rel=prev][href='/commitments/CHD24-03']")
	a.Has("a[rel=next][href='/commitments/CHD24-05']")
	a.Has(".history li b", "Summary entered")
	a.Has(".history li a[href^='/record/']", "proof")
	a.Count("form.correct-form", 0)
}

// lake is a short text with three undertakings, read by hand.
const lake = "1. The Parties agreed to open a ferry line by the end of 2027. The parties concerned will exchange data.\n\n2. The Parties support festivals.\n"

// receiveLake brings in the text and proposes its undertakings as LAKE25-01 to 03.
func (h *house) receiveLake() {
	h.t.Helper()
	h.do(&mechanism.AnnounceText{Text: mechanism.Text{Code: "LAKE25", Title: mechanism.Names{"en": "Lake statement"}, Adopted: "2025-03-01", Nature: "political", Parties: []string{"CN", "KZ"}}})
	doc, err := statement.ReadAs("lake.txt", []byte(lake), "en")
	must(h.t, err)
	h.do(&mechanism.ReceiveText{Text: "LAKE25", File: []byte(lake), Document: doc})
	item := func(n int, words string, p commitment.Proposal) mechanism.ProposedCommitment {
		p.Start = strings.Index(doc.Reading, words)
		p.End, p.StrengthFrom, p.Rule, p.Action, p.Group = p.Start+len(words), "own", "test/rule", words, n
		p.Clause = "1"
		if n == 3 {
			p.Clause = "2"
		}
		return mechanism.ProposedCommitment{Ref: commitment.Ref("LAKE25", n), Proposal: p}
	}
	h.do(&mechanism.ProposeCommitments{Text: "LAKE25", Language: "en", Program: "test", Items: []mechanism.ProposedCommitment{
		item(1, "open a ferry line by the end of 2027", commitment.Proposal{Strength: 5, Cue: "agreed", Actor: commitment.Actor{Text: "The Parties", Kind: commitment.All, Parties: []string{"CN", "KZ"}},
			Deadline: &commitment.Deadline{Text: "by the end of 2027", Value: calendar.MustWindow("2027-12-31"), Basis: commitment.Stated}, Tracks: []string{"trade"}}),
		item(2, "exchange data", commitment.Proposal{Strength: 4, Cue: "will", Actor: commitment.Actor{Text: "The parties concerned", Kind: commitment.Subset}}),
		item(3, "support festivals", commitment.Proposal{Strength: 2, Cue: "support", Actor: commitment.Actor{Text: "The Parties", Kind: commitment.All, Parties: []string{"CN", "KZ"}}}),
	}})
}

func TestACommitmentReadInTheText(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	h.accept("LAKE25", 1)
	h.accept("LAKE25", 2)
	a := h.visitor().get("/commitments/LAKE25-01")
	a.Has("figure.read blockquote[lang=en] mark", "open a ferry line by the end of 2027")
	a.Has("figure.read blockquote p", "The parties concerned will exchange data")
	a.Has("figcaption a[href='/texts/LAKE25?copy=en&ref=LAKE25-01#LAKE25-01']")
	a.Has(".facts dd", "decide", "agreed", "test/rule")
	a.Has(".facts dd", "by the end of 2027", "stated", "31 December 2027")
	a.Has(".history li b", "Commitment accepted")
	a.HasNot(".history", "Commitments proposed") // for the parties
	a.Has("main", "for those who hold an office")
	h.as(reader).get("/commitments/LAKE25-01").Has(".history li", "Commitments proposed")
}

func TestAnOfficerCorrectsWhatStandsInTheLedger(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	h.accept("LAKE25", 1)
	v := h.as(officer)
	form := correction(v.get("/commitments/LAKE25-01"))
	form.Set("strength", "4")
	form.Set("reason", "  ")
	failed := v.post("/commitments/LAKE25-01", form)
	if failed.Status != http.StatusBadRequest {
		t.Errorf("without a reason: status %d", failed.Status)
	}
	failed.Has("details#correct[open] [role=alert]", "say why it changes")
	failed.Has("#f-strength option[value='4'][selected]")
	form.Set("reason", "The verb is will, not agreed")
	done := v.post("/commitments/LAKE25-01", form)
	done.Has("#news", "Commitment edited")
	for _, who := range []*visitor{v, h.visitor()} {
		a := who.get("/commitments/LAKE25-01")
		a.Has(".history li p", "The verb is will")
		a.Has(".lead .firm", "pledge")
	}
	done.Count(".changes tbody tr", 1)
	done.Has(".changes del", "5 decide")
	done.Has(".changes ins", "4 pledge")
	again := correction(done)
	again.Set("reason", "no change at all")
	v.post("/commitments/LAKE25-01", again).Has("[role=alert]", "nothing was changed")
}

func TestADeadlineThatIsNoneComesBackAsItWasTyped(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	h.accept("LAKE25", 1)
	v := h.as(officer)
	form := correction(v.get("/commitments/LAKE25-01"))
	form.Set("reason", "the date was read wrongly")
	for value, say := range map[string]string{"next spring": `"next spring" is no value of a deadline`, "2027-12-31/2027-01-01": "ends before it begins", "": "the deadline has no value"} {
		form.Set("due-value", value)
		a := v.post("/commitments/LAKE25-01", form)
		if a.Status != http.StatusBadRequest {
			t.Errorf("%q: status %d", value, a.Status)
		}
		a.Has("details#correct[open] [role=alert]", say)
		if got := a.Attrs(".correct-form input[name=due-value]", "value"); got[0] != value {
			t.Errorf("%q comes back as %q", value, got)
		}
		a.Has("#f-reason", "the date was read wrongly")
	}
	form.Set("due-value", "2028")
	v.post("/commitments/LAKE25-01", form).Has(".changes ins", "2028")
	exactly(t, v, "details#correct[open] [role=alert]", "“2028-13”不是期限值：请写作2027", "«2028-13» — не значение срока: напишите 2027", func() answer {
		form := correction(v.get("/commitments/LAKE25-01"))
		form.Set("due-value", "2028-13")
		return v.post("/commitments/LAKE25-01", form)
	})
}

func TestAnEditBeforeTheAcceptanceIsNotForEverybody(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	x := h.at("LAKE25", 1)
	x.Proposal.Strength = 3
	h.do(&mechanism.EditCommitment{Item: mechanism.Item{Text: "LAKE25", N: 1}, Proposal: x.Proposal, Reason: "among ourselves"})
	h.accept("LAKE25", 1)
	h.edit("LAKE25-01", func(p *commitment.Proposal) { p.Strength = 4 })
	public := h.visitor().get("/commitments/LAKE25-01")
	public.Count(".history > li", 2)
	public.Has(".changes del", "3 intend") // what stood in the ledger, not what was proposed
	public.HasNot("main", "among ourselves")
	h.as(reader).get("/commitments/LAKE25-01").Has(".history li", "among ourselves", "5 decide", "3 intend")
}

// correction is the form for corrections as the page has it.
func correction(a answer) url.Values {
	form := url.Values{"do": {"edit"}}
	for _, name := range []string{"version", "start", "end", "who", "due-text", "due-value"} {
		form[name] = a.Attrs(".correct-form input[name="+name+"]", "value")[:1]
	}
	for _, name := range []string{"words", "action"} {
		form[name] = a.Texts(".correct-form textarea[name=" + name + "]")
	}
	for _, name := range []string{"strength", "from", "kind", "due-basis", "lead", "instrument"} {
		form[name] = a.Attrs(".correct-form select[name="+name+"] option[selected]", "value")
	}
	form["party"] = a.Attrs(".correct-form input[name=party][checked]", "value")
	return form
}

func TestACorrectionOnWhatSomebodyElseChangedIsAConflict(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	h.accept("LAKE25", 1)
	v := h.as(officer)
	form := correction(v.get("/commitments/LAKE25-01"))
	h.edit("LAKE25-01", func(p *commitment.Proposal) { p.Strength = 3 })
	form.Set("action", "open several ferry lines")
	form.Set("reason", "plural")
	a := v.post("/commitments/LAKE25-01", form)
	if a.Status != http.StatusConflict {
		t.Errorf("status %d", a.Status)
	}
	a.Has("[role=alert]", "was changed meanwhile")
	a.Has("#f-action", "open several ferry lines")
	a.Has("#f-reason", "plural")
	a.Has("details#correct .note-box", "Meanwhile", "Commitment edited")
}

func TestADecisionIsOpenedAgainWithAReason(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	h.accept("LAKE25", 1)
	v := h.as(officer)
	v.post("/commitments/LAKE25-01", url.Values{"do": {"reopen"}, "reason": {""}}).Has("details#reopen[open] [role=alert]", "say why")
	a := v.post("/commitments/LAKE25-01", url.Values{"do": {"reopen"}, "reason": {"It binds two parties only"}})
	if a.Path != "/texts/LAKE25/review" {
		t.Errorf("ended at %s", a.Path)
	}
	v.get("/commitments/LAKE25-01").Has(".note-box", "waits for a decision", "It binds two parties only")
	if public := h.visitor().get("/commitments/LAKE25-01"); public.Status != http.StatusNotFound {
		t.Errorf("the public sees what waits: %d", public.Status)
	}
}

func TestOthersMayNotCorrect(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	h.accept("LAKE25", 1)
	for name, v := range map[string]*visitor{"public": h.visitor(), "coordinator": h.as(kazakh)} {
		v.get("/commitments/LAKE25-01").Count(".correct-form", 0)
		if a := v.post("/commitments/LAKE25-01", url.Values{"do": {"edit"}, "reason": {"x"}}); a.Status != http.StatusForbidden {
			t.Errorf("%s: status %d", name, a.Status)
		}
	}
}

func TestWhatBecameOfProposals(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	h.do(&mechanism.RefuseCommitment{Item: mechanism.Item{Text: "LAKE25", N: 3}, Reason: "attitude"})
	in := h.as(reader)
	a := in.get("/commitments/LAKE25-03")
	a.Has(".note-box", "proposed and refused", "an attitude, not a promise", "Dana Officer")
	a.Has(".note-box a[href='/texts/LAKE25/review?n=3']")
	a.Has("figure.read mark", "support festivals")
	if public := h.visitor().get("/commitments/LAKE25-03"); public.Status != http.StatusNotFound || strings.Contains(public.Body, "festivals") {
		t.Errorf("the public hears of a refused proposal: %d", public.Status)
	}
	var one, two commitment.Proposal
	h.view(func(m mechanism.Sight) {
		x, _ := m.Ledger().At("LAKE25", 1)
		y, _ := m.Ledger().At("LAKE25", 2)
		one, two = x.Proposal, y.Proposal
	})
	merged := one
	merged.End = two.End
	h.do(&mechanism.MergeCommitments{Text: "LAKE25", Items: []int{1, 2}, Merged: mechanism.ProposedCommitment{Ref: "LAKE25-01", Proposal: merged}, Reason: "one goal"})
	in.get("/commitments/LAKE25-02").Has(".note-box", "merged into", "LAKE25-01", "one goal")
	in.get("/commitments/LAKE25-01").Has(".history li", "Proposals merged", "one goal")
}

func TestAnUnknownReferenceOffersNearOnes(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	for asked, want := range map[string]string{"chd24-17": "CHD24-17", "CHD24-7": "CHD24-07", "CHD24-99": "CHD24-19", "CDH24-05": "CHD24-05"} {
		a := v.get("/commitments/" + asked)
		if a.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", asked, a.Status)
		}
		a.Has("ul.rows a[href='/commitments/" + want + "']")
	}
	v.get("/commitments/NOTHING-LIKE-IT").Has("h1", "No commitment has the reference")
	var data struct {
		Status int
		Near   []struct{ Ref string }
	}
	must(t, json.Unmarshal([]byte(v.get("/commitments/chd24-17.json").Body), &data))
	if data.Status != 404 || len(data.Near) == 0 || data.Near[0].Ref != "CHD24-17" {
		t.Errorf("as data: %+v", data)
	}
}

func TestACommitmentAsData(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	h.accept("LAKE25", 2)
	var data struct {
		Commitment struct {
			Ref, State, Actor string
			Parties           []string
			Missing           []string
		}
		Wordings []struct{ Language, Words string }
		History  []struct{ Act struct{ Seq int64 } }
	}
	must(t, json.Unmarshal([]byte(h.visitor().get("/commitments/LAKE25-02.json").Body), &data))
	got := fmt.Sprint(data.Commitment, data.Wordings, len(data.History))
	if want := "{LAKE25-02 accepted subset [] [who when]} [{en exchange data}] 1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestCommitmentPagesHaveNoHoles(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	h.accept("LAKE25", 1)
	h.edit("LAKE25-01", func(p *commitment.Proposal) {
		p.Strength, p.Actor, p.Deadline, p.Tracks, p.Instrument, p.Modifiers, p.Clause = 3, commitment.Actor{Text: "some", Kind: commitment.Subset}, nil, []string{"education"}, "agreement", []string{"fully"}, "2"
	})
	v := h.as(officer)
	for _, lang := range []string{"en", "zh", "ru"} {
		for _, ref := range []string{"LAKE25-01", "LAKE25-02", "CHD24-04", "CHD24-31", "XYZ"} {
			a := v.get("/commitments/" + ref + "?lang=" + lang)
			if strings.Contains(a.Body, "⟨") || strings.Contains(a.Body, "ZgotmplZ") || strings.Contains(a.Body, "%!") {
				i := max(strings.Index(a.Body, "⟨"), 0)
				t.Errorf("%s in %s has a hole: %.80s", ref, lang, a.Body[i:])
			}
			a.Count("main h1", 1)
			a.Count("*[style]", 0)
		}
	}
	v.get("/commitments/LAKE25-01?lang=en").Count(".changes tbody tr", 7)
}

func TestNotesAreKeptByAPartyForItself(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	h.accept("LAKE25", 1)
	const page, secret = "/commitments/LAKE25-01", "Ask Almaty before\nthe ministers meet"
	own, boss := h.as(kazakh), h.as(officer)
	a := own.get(page)
	a.Has("#notes h2", "Notes of Kazakhstan")
	a.Has("#notes", "Seen by nobody else")
	a = own.post(page, url.Values{"do": {"note"}, "note": {secret}})
	a.Has("#news", "Note kept")
	a.Has("#notes li p", "Ask Almaty before")
	a.Has("#notes li small", "Kazakhstan", "22 November 2026")
	if data := own.get(page + ".json").Body; !strings.Contains(data, "Ask Almaty") {
		t.Error("the notes are not in the data of those whose they are")
	}
	boss.get(page).Has("#notes h2", "Notes of the Secretariat")
	for name, v := range map[string]*visitor{"public": h.visitor(), "reader": h.as(reader), "officer": boss} {
		for _, at := range []string{page, page + ".json", "/record", "/", "/find?q=Almaty"} {
			if strings.Contains(v.get(at).Body, "Ask Almaty") {
				t.Errorf("%s reads the note at %s", name, at)
			}
		}
	}
	for name, v := range map[string]*visitor{"public": h.visitor(), "reader": h.as(reader)} {
		v.get(page).Count("#notes", 0)
		if a := v.post(page, url.Values{"do": {"note"}, "note": {"x"}}); a.Status != http.StatusForbidden {
			t.Errorf("%s keeps a note: status %d", name, a.Status)
		}
	}
	kept := url.Values{"do": {"withdraw-note"}, "kept": own.get(page).Attrs("#notes li input[name=kept]", "value")}
	if a := boss.post(page, kept); a.Status != http.StatusNotFound {
		t.Errorf("the officer withdraws a party's note: status %d", a.Status)
	}
	a = own.post(page, kept)
	a.Has("#news", "Note withdrawn")
	a.Count("#notes li", 0)
	again := own.post(page, kept)
	again.Has("#notes [role=alert]", "There is no such note of yours")
}

func TestWordsOfANoteAreNotLostWhenItCannotBeKept(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.as(officer)
	const page = "/commitments/CHD24-01" // only the pack speaks of it
	long := strings.Repeat("a long note ", 1000)
	a := v.post(page, url.Values{"do": {"note"}, "note": {long}})
	if a.Status != http.StatusBadRequest {
		t.Errorf("status %d", a.Status)
	}
	a.Has("#notes [role=alert]", "at most 10000 bytes, and this has 12000")
	if got := a.Texts("#notes textarea"); len(got) != 1 || strings.TrimSpace(got[0]) != strings.TrimSpace(long) {
		t.Error("the words are lost")
	}
	v.post(page, url.Values{"do": {"note"}, "note": {" \n"}}).Has("#notes [role=alert]", "A note needs words")
	if a := v.post(page, url.Values{"do": {"withdraw-note"}, "kept": {"x"}}); a.Status != http.StatusBadRequest {
		t.Errorf("withdrawing nothing: status %d", a.Status)
	}
	if a := v.post("/commitments/CHD24-99", url.Values{"do": {"note"}, "note": {"x"}}); a.Status != http.StatusNotFound {
		t.Errorf("a note on nothing: status %d", a.Status)
	}
	v.post(page, url.Values{"do": {"note"}, "note": {"short"}}).Has("#notes li p", "short")
	for tag, title := range map[string]string{"zh": "秘书处的内部备注", "ru": "Заметки Секретариата"} {
		v.get(page+"?lang="+tag).Has("#notes h2", title)
	}
}
