package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"concord/identity"
	"concord/internal/check"
	"concord/web"
)

func TestAnOfficerGivesAndEndsAccessTokens(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.as(officer)
	a := boss.post("/people/kz/tokens", url.Values{"label": {"the ministry's list"}})
	a.Has("section[role=status] h2", "Aigerim Coordinator")
	a.Has("section[role=status] pre", h.srv.URL+"/acts", "Authorization: Bearer concord_", `{"party": "KZ", "on": "mechanism:china-central-asia"`)
	boss.post("/people/reader/tokens", url.Values{"label": {"reading"}}).Has("section[role=status] pre", "curl "+h.srv.URL+"/commitments -H")
	secret := a.Texts("section[role=status] code")[0]
	kz := program{visitor: h.visitor(), secret: secret}
	if a := kz.sendActs(groupOf(`{"kind":"note.add","act":{"party":"KZ","on":"party:UZ","words":"ours"}}`)); a.Status != http.StatusCreated {
		t.Errorf("the program is answered %d: %s", a.Status, a.Body)
	}
	list := boss.get("/people")
	list.Has("#tokens li", "the ministry's list", "Aigerim Coordinator", "given by Dana Officer", "22 November 2026", "22 November 2027")
	if strings.Contains(list.Body, secret) {
		t.Error("the secret is shown again")
	}
	h.as(kazakh).get("/people").Has("#tokens li", "the ministry's list")
	robin := h.as(reader).get("/people")
	robin.Has("#tokens li", "reading")
	robin.HasNot("#tokens", "the ministry's list")
	tokens, err := h.ids.Tokens(t.Context())
	must(t, err)
	mine := slices.IndexFunc(tokens, func(k identity.AccessToken) bool { return k.Person == kazakh.ID })
	end := "/people/tokens/" + tokens[mine].ID + "/end"
	for name, v := range map[string]*visitor{"public": h.visitor(), "reader": h.as(reader)} {
		if a := v.post(end, nil); a.Status != http.StatusNotFound {
			t.Errorf("%s: status %d", name, a.Status)
		}
	}
	if a := kz.post(end, nil, "Authorization", "Bearer "+secret); a.Status != http.StatusForbidden {
		t.Errorf("the program itself: status %d", a.Status)
	}
	boss.post(end, nil).HasNot("#tokens", "the ministry's list")
	if a := kz.sendActs(groupOf(noteOn("party:KZ", "x"))); a.Status != http.StatusUnauthorized {
		t.Errorf("after its end: status %d", a.Status)
	}
}

func TestAPersonEndsTheirOwnToken(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	kz := h.programOf(kazakh)
	if a := h.as(kazakh).post("/people/tokens/"+kz.token.ID+"/end", nil); a.Status != http.StatusOK || a.Path != "/people" {
		t.Errorf("status %d at %s", a.Status, a.Path)
	}
	if a := kz.get("/", "Authorization", "Bearer "+kz.secret); a.Status != http.StatusUnauthorized {
		t.Errorf("status %d", a.Status)
	}
}

func TestOnlyAnOfficerWhoHasSignedInGivesTokens(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.programOf(officer)
	form := url.Values{"label": {"x"}}
	for name, a := range map[string]answer{
		"public":               h.visitor().post("/people/kz/tokens", form),
		"coordinator":          h.as(kazakh).post("/people/kz/tokens", form),
		"an officer's program": boss.post("/people/kz/tokens", form, "Authorization", "Bearer "+boss.secret),
		"to invite, a program": boss.post("/people/kz/invite", nil, "Authorization", "Bearer "+boss.secret),
	} {
		if a.Status != http.StatusForbidden {
			t.Errorf("%s: status %d", name, a.Status)
		}
	}
	signedIn := h.as(officer)
	if a := signedIn.post("/people/nobody/tokens", form); a.Status != http.StatusNotFound {
		t.Errorf("for nobody: status %d", a.Status)
	}
	if a := signedIn.post("/people/kz/tokens", url.Values{"label": {" "}}); a.Status != http.StatusBadRequest {
		t.Errorf("without a label: status %d", a.Status)
	}
	if tokens, err := h.ids.Tokens(t.Context()); err != nil || len(tokens) != 1 {
		t.Errorf("tokens: %+v (error %v)", tokens, err)
	}
}

func TestTokensAndActsAreSoundInEveryLook(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	t.Parallel()
	h := open(t, web.Config{DemoPerson: "officer"})
	h.programOf(officer)
	b := check.OpenBrowser(t)
	for _, look := range looks {
		b.Look(look.width, look.dark)
		b.Open(h.srv.URL + "/people?lang=" + look.lang)
		b.Eval(`document.querySelector("#kz details").open = true`)
		b.Shoot("people-" + look.name)
		b.Sound("people " + look.name)
		b.Eval(`document.querySelector("#label-kz").value = "list"; document.querySelector("#label-kz").form.submit()`)
		b.WaitFor("the secret", `document.querySelector("section[role=status] pre") !== null`)
		b.Shoot("token-" + look.name)
		b.Sound("token " + look.name)
		b.Open(h.srv.URL + "/acts")
		b.Eval(`document.querySelector("details:not(.drop)").open = true`)
		b.Shoot("acts-" + look.name)
		b.Sound("acts " + look.name)
	}
}
