package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"concord/identity"
	"concord/mechanism"
	"concord/web"
)

// program sends acts with an access token.
type program struct {
	*visitor
	secret string
	token  identity.AccessToken
}

// programOf gives a person an access token and a program that presents it.
func (h *house) programOf(p mechanism.Person) program {
	h.t.Helper()
	token, secret, err := h.ids.GiveToken(context.Background(), p.ID, "the tests", officer.ID)
	must(h.t, err)
	return program{h.visitor(), secret, token}
}

// sendActs posts a body as it is; headers may change what is sent beside it.
func (p program) sendActs(body string, headers ...string) answer {
	p.h.t.Helper()
	req, err := http.NewRequest("POST", p.h.srv.URL+"/acts", strings.NewReader(body))
	must(p.h.t, err)
	req.Header.Set("Content-Type", "application/json")
	if p.secret != "" {
		req.Header.Set("Authorization", "Bearer "+p.secret)
	}
	return p.send(req, headers)
}

// actsDone is the answer to acts that were done; refusal to acts that were not.
type actsDone struct {
	Acts []struct {
		Seq        int64
		Time       string
		Kind       string
		Objects    []string
		Visibility string
		Href       string
	}
	Again bool
}

type refusal struct {
	Status                     int
	Kind, Error, Next, Request string
	Act                        *int
}

func read[T any](t *testing.T, a answer) (into T) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.Body), &into); err != nil {
		t.Fatalf("status %d, %v: %.300s", a.Status, err, a.Body)
	}
	return into
}

// noteOn is a note as a program adds it, for the Secretariat or a party.
func noteOn(object, words string) string {
	return fmt.Sprintf(`{"kind":"note.add","act":{"on":%q,"words":%q}}`, object, words)
}

func groupOf(acts ...string) string { return `{"acts":[` + strings.Join(acts, ",") + `]}` }

func TestAProgramDoesAnAct(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	before := h.sec.Acts()
	a := h.programOf(officer).sendActs(groupOf(noteOn("party:KZ", "ask <the> ministry & wait")))
	if a.Status != http.StatusCreated {
		t.Fatalf("status %d: %s", a.Status, a.Body)
	}
	got := read[actsDone](t, a)
	if len(got.Acts) != 1 || got.Again {
		t.Fatalf("answered %s", a.Body)
	}
	act := got.Acts[0]
	if act.Seq != before || act.Kind != "note.add" || act.Visibility != "office" || act.Time != "2026-11-22T09:30:00.000Z" ||
		strings.Join(act.Objects, " ") != "party:KZ" || act.Href != fmt.Sprintf("/record/%d", before) {
		t.Errorf("answered %s", a.Body)
	}
	h.view(func(m mechanism.Sight) {
		notes := m.Notes("party:KZ")
		if len(notes) != 1 || notes[0].Words != "ask <the> ministry & wait" || notes[0].Person != officer.ID {
			t.Errorf("kept: %+v", notes)
		}
	})
}

func TestWhatAProgramMayNotSendIsRefusedWithItsStatus(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss, kz, robin := h.programOf(officer), h.programOf(kazakh), h.programOf(reader)
	good, nobody := noteOn("party:KZ", "x"), program{visitor: h.visitor()}
	appoint := `{"kind":"person.appoint","act":{"person":{"id":"eve","name":"Eve","office":"officer"}}}`
	noteOf := func(party string) string {
		return fmt.Sprintf(`{"kind":"note.add","act":{"party":%q,"on":"party:KZ","words":"x"}}`, party)
	}
	before := h.sec.Acts()
	tests := map[string]struct {
		by     program
		body   string
		header []string
		status int
		act    int // -1: of none
		said   string
	}{
		"no token":                       {nobody, groupOf(good), nil, 401, -1, "Acts are done by whoever holds an office"},
		"a token that was never given":   {nobody, groupOf(good), []string{"Authorization", "Bearer concord_NONE"}, 401, -1, "The access token is not right"},
		"a token of something else":      {nobody, groupOf(good), []string{"Authorization", "bearer x"}, 401, -1, "The access token is not right"},
		"a form":                         {boss, "acts=1", []string{"Content-Type", "application/x-www-form-urlencoded"}, 415, -1, "Acts are sent as application/json"},
		"text that is JSON":              {boss, groupOf(good), []string{"Content-Type", "text/plain"}, 415, -1, "Acts are sent as application/json"},
		"nothing":                        {boss, "", nil, 400, -1, "cannot be read as a group"},
		"no JSON":                        {boss, "{acts}", nil, 400, -1, "cannot be read as a group"},
		"half of a group":                {boss, groupOf(good)[:30], nil, 400, -1, "cannot be read as a group"},
		"two groups":                     {boss, groupOf(good) + groupOf(good), nil, 400, -1, "Something stands behind the group"},
		"no acts":                        {boss, `{"acts":[]}`, nil, 400, -1, "There is no act in what was sent"},
		"an unknown field of the group":  {boss, `{"acts":[` + good + `],"by":"kz"}`, nil, 400, -1, `unknown field "by"`},
		"an unknown field beside an act": {boss, `{"acts":[{"kind":"note.add","time":"2020-01-01","act":{}}]}`, nil, 400, -1, `unknown field "time"`},
		"an unknown field of an act":     {boss, groupOf(good, `{"kind":"note.add","act":{"on":"party:KZ","words":"x","to":"all"}}`), nil, 400, 1, `unknown field "to"`},
		"an unknown kind":                {boss, groupOf(`{"kind":"note.shout","act":{}}`), nil, 400, 0, "There is no kind of act called \"note.shout\""},
		"a salt of one's own":            {boss, groupOf(`{"kind":"note.add","act":{"salt":"aaaaaaaaaaaaaaaaaaaaaaaaaa","on":"party:KZ","words":"x"}}`), nil, 400, 0, `unknown field "salt"`},
		"a packed body":                  {boss, groupOf(`{"kind":"note.add","act":{"gzip":"H4sIAAAAAAAA"}}`), nil, 400, 0, `unknown field "gzip"`},
		"a request within a body":        {boss, groupOf(`{"kind":"note.add","act":{"request":{"key":"k","acts":1,"sum":"s"},"on":"party:KZ","words":"x"}}`), nil, 400, 0, `unknown field "request"`},
		"no body":                        {boss, groupOf(`{"kind":"note.add"}`), nil, 400, 0, "is not a JSON object"},
		"null for a body":                {boss, groupOf(`{"kind":"note.add","act":null}`), nil, 400, 0, "is not a JSON object"},
		"a list for a body":              {boss, groupOf(`{"kind":"note.add","act":[]}`), nil, 400, 0, "is not a JSON object"},
		"a key that is none":             {boss, groupOf(good), []string{"Idempotency-Key", "a b"}, 400, -1, "A request's key is"},
		"two keys":                       {boss, `{"key":"a","acts":[` + good + `]}`, []string{"Idempotency-Key", "b"}, 400, -1, "name two keys"},
		"an empty note":                  {boss, groupOf(good, noteOn("party:KZ", " ")), nil, 400, 1, "A note needs words"},
		"an act of another office":       {kz, groupOf(appoint), nil, 403, 0, "A national coordinator may not do person.appoint"},
		"a note of another party":        {kz, groupOf(noteOf("UZ")), nil, 403, 0, "A national coordinator may not do note.add"},
		"a note of the Secretariat":      {kz, groupOf(good), nil, 403, 0, "A national coordinator may not do note.add"},
		"a party's note by an officer":   {boss, groupOf(noteOf("KZ")), nil, 403, 0, "A note is kept for one's own party"},
		"a reader's note":                {robin, groupOf(good), nil, 403, 0, "A reader may not do note.add"},
		"a note on nothing":              {boss, groupOf(good, good, noteOn("party:ZZ", "x")), nil, 404, 2, "There is nothing called \"party:ZZ\""},
		"a text that is known":           {boss, groupOf(`{"kind":"text.announce","act":{"text":{"code":"CHD24","title":{"en":"x"},"kind":"political","parties":["KZ"]}}}`), nil, 409, 0, "The text CHD24 is known already"},
		"more acts than may go together": {boss, groupOf(strings.Split(strings.Repeat(good+"\n", 5001)[:5001*(len(good)+1)-1], "\n")...), nil, 413, -1, "A group has at most 5000 acts, this has 5001"},
		"an act too large":               {boss, groupOf(noteOn("party:KZ", strings.Repeat("x", 64<<10))), nil, 413, 0, "has at most 65536 bytes"},
		"more than any text":             {boss, groupOf(`{"kind":"text.receive","act":{"source":"` + strings.Repeat("x", 64<<20) + `"}}`), nil, 413, -1, "cannot be read as a group"},
	}
	for name, c := range tests {
		a := c.by.sendActs(c.body, c.header...)
		got := read[refusal](t, a)
		act := -1
		if got.Act != nil {
			act = *got.Act
		}
		if a.Status != c.status || got.Status != c.status || act != c.act || !strings.Contains(got.Error, c.said) {
			t.Errorf("%s: status %d, act %d: %s", name, a.Status, act, a.Body)
		}
		if got.Kind == "" || got.Next == "" || got.Request != a.Header.Get("X-Request-Id") || got.Request == "" {
			t.Errorf("%s: answered %s", name, a.Body)
		}
		if asks := a.Header.Get("WWW-Authenticate"); (asks != "") != (c.status == 401) {
			t.Errorf("%s: WWW-Authenticate is %q", name, asks)
		}
	}
	if h.sec.Acts() != before {
		t.Errorf("%d acts were done", h.sec.Acts()-before)
	}
	if said := read[refusal](t, boss.sendActs(groupOf(`{"kind":"note.shout","act":{}}`), "Accept-Language", "ru")); !strings.Contains(said.Error, "нет") {
		t.Errorf("in Russian: %q", said.Error)
	}
}

func TestAGroupIsDoneAllOrNone(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.programOf(officer)
	before := h.sec.Acts()
	refused := boss.sendActs(groupOf(noteOn("party:KZ", "one"), noteOn("party:UZ", "two"), noteOn("party:ZZ", "three")))
	if refused.Status != http.StatusNotFound || h.sec.Acts() != before {
		t.Errorf("status %d, %d acts were done", refused.Status, h.sec.Acts()-before)
	}
	// The second act needs what the first does.
	a := boss.sendActs(groupOf(
		`{"kind":"person.appoint","act":{"person":{"id":"timur","name":"Timur","office":"coordinator","party":"UZ"}}}`,
		noteOn("person:timur", "call before noon")))
	got := read[actsDone](t, a)
	if a.Status != http.StatusCreated || len(got.Acts) != 2 || got.Acts[0].Seq != before || got.Acts[1].Seq != before+1 {
		t.Errorf("status %d: %s", a.Status, a.Body)
	}
}

func TestTheSameKeyDoesTheSameActsOnce(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.programOf(officer)
	body := groupOf(noteOn("party:KZ", "one"), noteOn("party:UZ", "two"))
	first := boss.sendActs(body, "Idempotency-Key", "list-7")
	acts := h.sec.Acts()
	for name, again := range map[string]answer{
		"as before":   boss.sendActs(body, "Idempotency-Key", "list-7"),
		"in quotes":   boss.sendActs(body, "Idempotency-Key", `"list-7"`),
		"as a field":  boss.sendActs(strings.Replace(body, "{", `{"key":"list-7",`, 1)),
		"with spaces": boss.sendActs(strings.ReplaceAll(body, `":`, `" : `), "Idempotency-Key", "list-7"),
	} {
		one, two := read[actsDone](t, first), read[actsDone](t, again)
		if first.Status != http.StatusCreated || again.Status != http.StatusOK || one.Again || !two.Again || fmt.Sprint(one.Acts) != fmt.Sprint(two.Acts) {
			t.Errorf("%s: %d %s then %d %s", name, first.Status, first.Body, again.Status, again.Body)
		}
	}
	other := boss.sendActs(groupOf(noteOn("party:KZ", "three")), "Idempotency-Key", "list-7")
	if got := read[refusal](t, other); other.Status != http.StatusConflict || !strings.Contains(got.Error, "was given to other acts before") {
		t.Errorf("the key for other acts: %d %s", other.Status, other.Body)
	}
	if h.sec.Acts() != acts {
		t.Errorf("%d acts were done again", h.sec.Acts()-acts)
	}
	theirs := h.programOf(kazakh).sendActs(groupOf(`{"kind":"note.add","act":{"party":"KZ","on":"party:UZ","words":"ours"}}`), "Idempotency-Key", "list-7")
	if theirs.Status != http.StatusCreated {
		t.Errorf("another person's same key: %d %s", theirs.Status, theirs.Body)
	}
}

func TestATokenIsOverWhenItEndsOrItsPersonIsRelieved(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss, kz, robin := h.programOf(officer), h.programOf(kazakh), h.programOf(reader)
	if a := kz.get("/people", "Authorization", "Bearer "+kz.secret); a.Status != http.StatusOK {
		t.Fatalf("status %d", a.Status)
	}
	must(t, h.ids.EndToken(t.Context(), kz.token.ID))
	if a := kz.sendActs(groupOf(noteOn("party:KZ", "x"))); a.Status != http.StatusUnauthorized {
		t.Errorf("ended: status %d", a.Status)
	}
	relieved := boss.sendActs(groupOf(`{"kind":"person.relieve","act":{"person":"reader","reason":"moved on"}}`))
	if relieved.Status != http.StatusCreated {
		t.Fatalf("status %d: %s", relieved.Status, relieved.Body)
	}
	if a := robin.get("/people", "Authorization", "Bearer "+robin.secret); a.Status != http.StatusUnauthorized {
		t.Errorf("relieved: status %d", a.Status)
	}
	// Appointed again, the person has no token from before.
	h.do(&mechanism.AppointPerson{Person: reader})
	if a := robin.get("/people", "Authorization", "Bearer "+robin.secret); a.Status != http.StatusUnauthorized {
		t.Errorf("appointed again: status %d", a.Status)
	}
}

func TestATokenOfWhoIsRelievedElsewhereOpensNothing(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	robin := h.programOf(reader)
	h.do(&mechanism.RelievePerson{Person: reader.ID}) // as by a command on another machine
	a := robin.get("/", "Authorization", "Bearer "+robin.secret)
	if got := read[refusal](t, a); a.Status != http.StatusUnauthorized || !strings.Contains(got.Error, "holds no office now") {
		t.Errorf("status %d: %s", a.Status, a.Body)
	}
}

func TestATokenReadsEveryAddressAsItsPerson(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	kz := h.programOf(kazakh)
	for _, path := range []string{"/", "/overview", "/texts", "/commitments", "/meetings", "/record", "/people", "/acts", "/find?q=chengdu"} {
		a := kz.get(path, "Authorization", "Bearer "+kz.secret)
		if a.Status != http.StatusOK || !json.Valid([]byte(a.Body)) || !strings.Contains(a.Header.Get("Vary"), "Authorization") {
			t.Errorf("%s: status %d, Vary %q: %.100s", path, a.Status, a.Header.Get("Vary"), a.Body)
		}
	}
	page := kz.get("/people", "Authorization", "Bearer "+kz.secret, "Accept", "text/html")
	page.Has("main h1", "People")
	if !strings.Contains(page.Header.Get("Content-Security-Policy"), "script-src 'self'") {
		t.Error("a page for a token comes without its policy")
	}
}

func TestASignedInPersonDoesActsFromTheSameSiteOnly(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := program{visitor: h.as(officer)}
	if a := boss.sendActs(groupOf(noteOn("party:KZ", "x")), "Sec-Fetch-Site", "same-origin"); a.Status != http.StatusCreated {
		t.Errorf("status %d: %s", a.Status, a.Body)
	}
	before := h.sec.Acts()
	for _, from := range []string{"cross-site", "same-site"} {
		if a := boss.sendActs(groupOf(noteOn("party:KZ", "x")), "Sec-Fetch-Site", from); a.Status != http.StatusForbidden {
			t.Errorf("%s: status %d", from, a.Status)
		}
	}
	// A wrong token is not made good by a cookie, nor does it lend another site the cookie.
	for _, from := range []string{"none", "cross-site"} {
		if a := boss.sendActs(groupOf(noteOn("party:KZ", "x")), "Authorization", "Bearer concord_WRONG", "Sec-Fetch-Site", from); a.Status != http.StatusUnauthorized {
			t.Errorf("with a wrong token, %s: status %d", from, a.Status)
		}
	}
	if h.sec.Acts() != before {
		t.Error("something was done")
	}
}

func TestActsAreRefusedWhileTheProgramStops(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.programOf(officer)
	h.stopWriting()
	a := boss.sendActs(groupOf(noteOn("party:KZ", "x")))
	if got := read[refusal](t, a); a.Status != http.StatusServiceUnavailable || !strings.Contains(got.Error, "The program is stopping") {
		t.Errorf("status %d: %s", a.Status, a.Body)
	}
}

func TestThePageOfActsListsWhatTheVisitorMayDo(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.as(officer).get("/acts").Has("main section[id='text.receive'] pre", `"text.receive"`)
	kz := h.as(kazakh).get("/acts?lang=zh")
	kz.Count("main section[id]", 2)
	kz.Has("main section[id='note.add'] h2", "留存备注")
	kz.HasNot("main", "⟨")
	public := h.visitor().get("/acts")
	public.Count("main section[id]", 0)
	public.Has("main p", "acts are done by whoever holds an office")
	var data struct {
		Kinds []struct {
			Kind    string
			Who     []string
			Readers string
			Fields  []string
			Example struct{ Act map[string]any }
		}
	}
	must(t, json.Unmarshal([]byte(h.as(officer).get("/acts.json").Body), &data))
	all := 0
	for _, k := range mechanism.Kinds() {
		if len(k.Who) > 1 || k.Who[0].Name != mechanism.Founder {
			all++
		}
	}
	if len(data.Kinds) != all {
		t.Errorf("%d kinds, want %d", len(data.Kinds), all)
	}
	for _, k := range data.Kinds {
		for field := range k.Example.Act {
			if !strings.Contains(strings.Join(k.Fields, " "), field) {
				t.Errorf("%s: the example has a field %q that is not listed", k.Kind, field)
			}
		}
		if len(k.Example.Act) == 0 || len(k.Who) == 0 || k.Readers == "" || strings.Contains(k.Readers, "⟨") {
			t.Errorf("listed: %+v", k)
		}
	}
	form := url.Values{"x": {"y"}}
	if a := h.as(officer).post("/acts", form); a.Status != http.StatusUnsupportedMediaType {
		t.Errorf("a form: status %d", a.Status)
	}
}
