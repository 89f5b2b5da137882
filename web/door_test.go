package web_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"concord/calendar"
	"concord/commitment"
	"concord/identity"
	"concord/mechanism"
	"concord/record"
	"concord/secretariat"
	"concord/statement"
	"concord/web"
	"concord/web/page"
)

// One door: nobody finds, at any address and in any form, what is not for them, and whoever it is for finds it.
//
// A world is a house in which something of each class of visibility was planted: words that stand nowhere else. Two worlds
// have the same public headers of acts (how many, their kinds, offices, persons' ids, times and visibility) and the same
// public content; a visitor who may not read what differs is answered the same in both, byte for byte, but for the hashes.

// planted is what a world keeps from some of its visitors.
type planted struct {
	stem    string            // begins every word of the parties' that the world keeps
	notes   map[string]string // party ("" for the Secretariat) -> words of its note
	more    int               // proposals that only this world has
	refused int               // number of the proposal that is refused; another of those that wait in the other world
	noted   mechanism.Object  // what the notes are on
}

// everyone are those who hold an office in a world, beside the officer. Their ids are public: they act.
var everyone = []mechanism.Person{
	{ID: "cn", Office: mechanism.Coordinator, Party: "CN"}, {ID: "kz", Office: mechanism.Coordinator, Party: "KZ"},
	{ID: "kg", Office: mechanism.Coordinator, Party: "KG"}, {ID: "tj", Office: mechanism.Coordinator, Party: "TJ"},
	{ID: "tm", Office: mechanism.Coordinator, Party: "TM"}, {ID: "uz", Office: mechanism.Coordinator, Party: "UZ"},
	{ID: "reader", Office: mechanism.Reader}, {ID: "assessor", Office: mechanism.Assessor}, {ID: "depositary", Office: mechanism.Depositary},
	{ID: "chair", Office: mechanism.Chair, Party: "KZ"}, {ID: "gone", Office: mechanism.Coordinator, Party: "KZ"},
}

// publicWord stands in what everybody may read, and nowhere else.
const publicWord = "xylographic"

// portsText is the code of the text of a world.
const portsText = "PRT25"

// ofParties are the words that a world keeps among the parties, by what they are.
func (w planted) ofParties() map[string]string {
	words := map[string]string{}
	for _, what := range []string{"name", "relieved", "refusal", "waiting", "cue", "rule", "doer", "deadline", "before", "edit", "split", "part", "merger", "merged",
		"added", "addition", "again", "passed"} {
		words[what] = w.stem + what
	}
	return words
}

func world(notes string) planted {
	w := planted{stem: "quetzal", refused: 2, notes: map[string]string{"": "tezcatl" + notes}, noted: "commitment:CHD24-01"}
	for _, code := range []string{"CN", "KZ", "KG", "TJ", "TM", "UZ"} {
		w.notes[code] = "huitzil" + strings.ToLower(code) + notes
	}
	return w
}

// other is a world that keeps other things from the public.
func other() planted {
	w := world("other")
	w.stem, w.more, w.refused, w.noted = "zopilote", 3, 9, "text:"+portsText
	return w
}

// doorHouse is a served world.
type doorHouse struct {
	*house
	planted
	from     int64 // the first act after the founding
	visitors []caller
}

// caller is somebody who asks, with the classes of visibility that they may read beside public.
type caller struct {
	name, token string
	reads       []string
}

// plant serves a world. The streams of the callers hear of its acts as they are done.
func plant(t *testing.T, w planted, hear func(h *doorHouse, planting func())) *doorHouse {
	t.Helper()
	h := &doorHouse{house: openWorld(t), planted: w}
	h.from = h.acts()
	h.people(t)
	if hear == nil {
		hear = func(_ *doorHouse, planting func()) { planting() }
	}
	hear(h, h.content)
	_, err := h.sec.Record().Checkpoint(t.Context())
	must(t, err)
	return h
}

// openWorld is open with a record whose key and salts are the same in every world.
func openWorld(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, now: firstDay}
	dir, ctx := t.TempDir(), t.Context()
	must(t, os.CopyFS(dir, os.DirFS(founded(t))))
	rec, err := record.Open(ctx, record.Config{DSN: filepath.Join(dir, "record.db")})
	must(t, err)
	now := func() time.Time { return h.now }
	h.sec, err = secretariat.Open(ctx, rec, secretariat.Config{Now: now, Salt: func() string { return "world" }})
	must(t, err)
	db, dialect := rec.DB()
	h.ids, err = identity.Open(ctx, db, string(dialect), now)
	must(t, err)
	h.site = web.New(h.sec, h.ids, web.Config{Now: now})
	h.srv = httptest.NewServer(h.site)
	t.Cleanup(func() {
		h.site.Close()
		h.srv.Close()
		h.sec.Close()
		must(t, rec.Close())
	})
	return h
}

// people are appointed under names of this world, and signed in; one of them is relieved, and holds on to the session.
func (h *doorHouse) people(t *testing.T) {
	t.Helper()
	name := h.ofParties()["name"]
	var body string
	h.view(func(m mechanism.Sight) { body = m.Bodies()[0].ID })
	acts := []mechanism.Act{&mechanism.AppointPerson{Person: mechanism.Person{ID: officer.ID, Name: "Officer " + name, Office: mechanism.Officer}}}
	for _, p := range everyone {
		if p.Name = strings.ToUpper(p.ID) + " " + name; p.Office == mechanism.Chair {
			p.Body = body
		}
		acts = append(acts, &mechanism.AppointPerson{Person: p})
	}
	// Somebody who never acts: not even the id is known to the public.
	acts = append(acts, &mechanism.AppointPerson{Person: mechanism.Person{ID: h.stem, Name: name, Office: mechanism.Reader}},
		&mechanism.RelievePerson{Person: "gone", Reason: h.ofParties()["relieved"]})
	h.do(acts...)
	parties := func(more ...string) []string { return append(more, mechanism.Parties) }
	h.visitors = []caller{{"public", "", nil}, {"made-up session", "IAMNOBODYATALLIAMNOBODYATA", nil},
		{"officer", founding.sessions["officer"], parties(mechanism.Office)}}
	for _, p := range everyone {
		token, ok := founding.sessions[p.ID]
		if !ok {
			token = h.session(t, p.ID)
		}
		c := caller{p.ID, token, parties()}
		switch {
		case p.ID == "gone":
			c = caller{"relieved", token, nil}
		case p.Party != "":
			c.reads = append(c.reads, "party:"+p.Party)
		}
		h.visitors = append(h.visitors, c)
	}
}

// session puts a session into the house as the sign-in leaves it, without hashing a password for each of a dozen people
// in each of several worlds.
func (h *doorHouse) session(t *testing.T, person string) (token string) {
	t.Helper()
	token = "SESSIONOF" + strings.ToUpper(person)
	db, _ := h.sec.Record().DB()
	_, err := db.ExecContext(t.Context(), `INSERT INTO identity_session (token, person, expires, seen) VALUES (?, ?, ?, ?)`, sha256Hex(token), person,
		h.now.Add(identity.SessionLife).Unix(), h.now.Unix())
	must(t, err)
	return token
}

// content is a text, with a commitment in each state and each way to get there, and notes.
func (h *doorHouse) content() {
	h.t.Helper()
	words := h.ofParties()
	doc, err := statement.Read("ports.txt", []byte(harbour))
	must(h.t, err)
	span := func(said, action string) mechanism.ProposedCommitment {
		start := strings.Index(doc.Reading, said)
		if start < 0 {
			h.t.Fatalf("the text does not say %q", said)
		}
		return mechanism.ProposedCommitment{Proposal: commitment.Proposal{Clause: "1", Start: start, End: start + len(said), Strength: commitment.Pledge, StrengthFrom: "own",
			Actor: commitment.Actor{Text: "The Parties", Kind: commitment.All}, Cue: "agreed", Rule: "en/decide/agreed", Action: action}}
	}
	items := []mechanism.ProposedCommitment{
		1: span("open a regular ferry line", publicWord+" ferries"),
		2: span("establish a working group", "working group"),
		3: span("exchange the timetables", words["before"]),
		4: span("simplify the papers", "papers"),
		5: span("build a common berth", "berth"),
		6: span("support the training", "training"),
		7: span("explore the possibility", words["waiting"]),
		8: span("dredge the canal", "canal"),
		9: span("port fees", "fees"),
	}[1:]
	waiting := &items[6].Proposal
	waiting.Cue, waiting.Rule, waiting.Actor.Text = words["cue"], words["rule"], words["doer"]
	waiting.Deadline = &commitment.Deadline{Text: words["deadline"], Value: calendar.MustWindow("2026"), Basis: "stated"}
	for range h.more {
		items = append(items, span("a joint weather service", h.stem+" more"))
	}
	for i := range items {
		items[i].Ref = commitment.Ref(portsText, i+1)
	}
	passed := []commitment.Passage{{Clause: "1", Start: 0, End: 20, Cue: "note", Rule: words["passed"], Reason: "note"}}
	h.do(&mechanism.AnnounceText{Text: mechanism.Text{Code: portsText, Title: mechanism.Names{"en": "Statement on ports"}, Adopted: "2025-05-14", Nature: "political", Parties: []string{"CN", "KZ", "TM"}}},
		&mechanism.ReceiveText{Text: portsText, File: []byte(harbour), Document: doc},
		&mechanism.ProposeCommitments{Text: portsText, Language: "en", Program: "test", Items: items, Passed: passed})
	item := func(n int) mechanism.Item { return mechanism.Item{Text: portsText, N: n} }
	edited := items[2].Proposal
	edited.Action = "timetables " + publicWord
	part := func(ref string) mechanism.ProposedCommitment {
		p := items[3]
		p.Ref, p.Action = ref, words["part"]
		return p
	}
	merged := items[4]
	merged.Action = words["merged"]
	added := items[8]
	added.Ref, added.Action = commitment.Ref(portsText, 31), words["added"]
	for _, act := range []mechanism.Act{
		&mechanism.AcceptCommitment{Item: item(1)},
		&mechanism.RefuseCommitment{Item: item(h.refused), Reason: words["refusal"]},
		&mechanism.EditCommitment{Item: item(3), Proposal: edited, Reason: words["edit"]},
		&mechanism.AcceptCommitment{Item: item(3)},
		&mechanism.SplitCommitment{Item: item(4), Parts: []mechanism.ProposedCommitment{part(items[3].Ref), part(commitment.Ref(portsText, 30))}, Reason: words["split"]},
		&mechanism.MergeCommitments{Text: portsText, Items: []int{5, 6}, Merged: merged, Reason: words["merger"]},
		&mechanism.AddCommitment{Text: portsText, Language: "en", ProposedCommitment: added, Reason: words["addition"]},
		&mechanism.AcceptCommitment{Item: item(8)},
		&mechanism.ReopenCommitment{Item: item(8), Reason: "looked at again"},
		&mechanism.RefuseCommitment{Item: item(8), Reason: words["again"]},
	} {
		h.do(act)
	}
	note := func(by mechanism.Actor) {
		_, err := h.sec.Do(context.Background(), by, &mechanism.AddNote{Party: by.Party, On: h.noted, Words: h.notes[by.Party]})
		must(h.t, err)
	}
	note(officer.Actor())
	for _, p := range everyone[:6] {
		note(p.Actor())
	}
}

// secrets are the words of a world by the class that may read them.
func (h *doorHouse) secrets() map[string][]string {
	all := map[string][]string{mechanism.Public: {publicWord}}
	for _, word := range h.ofParties() {
		all[mechanism.Parties] = append(all[mechanism.Parties], word)
	}
	for party, word := range h.notes {
		class := mechanism.Office
		if party != "" {
			class = "party:" + party
		}
		all[class] = append(all[class], word)
	}
	return all
}

// doorAsk is one request.
type doorAsk struct {
	method, path, accept string
	form                 url.Values
	json                 string // sent in place of a form
}

func (a doorAsk) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s %s %s %s", a.method, a.path, a.json+a.form.Encode(), a.accept))
}

// asks are all requests of a world: every address of the site with the key of every object that was planted, some of the
// pack's, and one that is not there, as a page and as data; then questions, days of the past, and forms.
func (h *doorHouse) asks(t *testing.T) (all []doorAsk) {
	t.Helper()
	for _, one := range h.site.Addresses() {
		method, address, ok := strings.Cut(one.Pattern, " ")
		if !ok {
			method, address = "GET", "/no/such/page"
		}
		for _, path := range h.filled(t, address) {
			if method == "POST" {
				all = append(all, h.forms(path)...)
				continue
			}
			if path != "/live" {
				all = append(all, doorAsk{method, path, "text/html", nil, ""}, doorAsk{method, path, "application/json", nil, ""})
			}
		}
	}
	for _, path := range h.questions() {
		all = append(all, doorAsk{"GET", path, "text/html", nil, ""}, doorAsk{"GET", path, "application/json", nil, ""})
	}
	return all
}

// filled puts a key of each object into the places of an address. A place that it does not know stops the test: say here
// what stands there.
func (h *doorHouse) filled(t *testing.T, address string) []string {
	t.Helper()
	var keys []string
	place := regexp.MustCompile(`\{[^}]*\}`).FindString(address)
	switch place {
	case "":
		return []string{address}
	case "{$}":
		keys = []string{""}
	case "{code}":
		keys = []string{portsText, "CHD24", "NONE26"}
	case "{ref}":
		for n := range 14 {
			keys = append(keys, commitment.Ref(portsText, n))
		}
		keys = append(keys, portsText+"-30", portsText+"-31", portsText+"-32", "CHD24-01", "CHD24-02", "CHD24-99")
	case "{language}":
		keys = []string{"en", "ru"}
	case "{id}":
		keys = []string{"officer", "kz", "gone", "quetzal", "zopilote", "nobody"}
	case "{seq}":
		for seq := h.from - 2; seq < h.acts()+1; seq++ {
			keys = append(keys, fmt.Sprint(seq))
		}
		keys = append(keys, "0", "x")
	case "{path...}":
		keys = []string{"checkpoint", "tile/0/000", fmt.Sprintf("tile/0/%03d.p/%d", h.acts()/256, h.acts()%256), "tile/entries/000", fmt.Sprintf("tile/entries/%03d.p/%d", h.acts()/256, h.acts()%256), "none"}
	case "{token}":
		keys = []string{"none"}
	case "{name}":
		keys = []string{"none.css"}
	default:
		t.Fatalf("what stands for %s in %s?", place, address)
	}
	var all []string
	for _, key := range keys {
		all = append(all, h.filled(t, strings.Replace(address, place, key, 1))...)
	}
	return all
}

// questions are addresses with something asked. A question is shown again, so that none has a whole secret in it.
func (h *doorHouse) questions() []string {
	var all []string
	for _, begin := range []string{"quetz", "zopil", "huitz", "tezca", "xylo", "appoint", "prt25-0", "note"} {
		all = append(all, "/find?q="+begin, "/commitments?q="+begin, "/commitments.csv?q="+begin, "/record?object=person:"+begin)
	}
	for n := range 16 {
		all = append(all, fmt.Sprintf("/texts/%s/review?n=%d", portsText, n), fmt.Sprintf("/texts/%s?ref=%s", portsText, commitment.Ref(portsText, n)),
			fmt.Sprintf("/find?q=%s", strings.ToLower(commitment.Ref(portsText, n))), fmt.Sprintf("/record?object=%s", commitment.Ref(portsText, n)))
	}
	for _, state := range []string{"proposed", "accepted", "refused", "divided", "merged", "summarized"} {
		all = append(all, "/commitments?state="+state, "/commitments.csv?state="+state)
	}
	for _, kind := range mechanism.Kinds() {
		all = append(all, "/record?kind="+kind.Name)
	}
	for _, party := range everyone[:6] {
		all = append(all, "/record?party="+party.Party, "/commitments?party="+party.Party)
	}
	for seq := h.from; seq < h.acts(); seq++ {
		all = append(all, fmt.Sprintf("/?done=%d", seq))
	}
	for _, o := range []string{"gone", "kz", "quetzal", "zopilote"} {
		all = append(all, "/record?object=person:"+o)
	}
	return append(all, "/texts/"+portsText+"?view=received", "/commitments?text="+portsText, "/commitments?group=none&col=clause&col=track", "/commitments?missing=when", "/?asof=2026-11-21",
		"/texts/"+portsText+"/review?open=add", "/texts/"+portsText+"/review?n=7&open=edit", "/texts/"+portsText+"/review?n=7&open=merge", "/texts/import?code="+portsText, "/?lang=ru", "/?lang=zh",
		"/record?before=10", "/commitments?sort=deadline", "/commitments?deadline=soon")
}

// forms are what is sent to an address. Those of sessions and preferences are about the visitor only.
func (h *doorHouse) forms(path string) []doorAsk {
	switch path {
	case "/sign-out", "/demo", "/preferences", "/record/verify":
		return nil
	}
	var all []doorAsk
	if path == "/acts" { // whether something hidden is there must not be found out by trying to act on it
		for _, act := range []string{`{"kind":"commitment.refuse","act":{"text":"PRT25","n":7,"reason":"x"}}`, `{"kind":"person.relieve","act":{"person":"quetzal","reason":"x"}}`,
			`{"kind":"note.add","act":{"on":"commitment:PRT25-07","words":""}}`, `{"kind":"note.add","act":{"party":"KZ","on":"person:zopilote","words":""}}`,
			`{"kind":"note.withdraw","act":{"party":"CN","on":"text:PRT25","note":120}}`} {
			all = append(all, doorAsk{"POST", path, "application/json", nil, `{"acts":[` + act + `]}`})
		}
	}
	for _, form := range []url.Values{{}, {"do": {"accept"}, "n": {"7"}, "version": {"1"}}, {"do": {"refuse"}, "n": {fmt.Sprint(h.refused)}, "version": {"1"}, "reason": {"because"}},
		{"do": {"edit"}, "n": {"4"}, "version": {"1"}, "words": {"nowhere said"}}, {"do": {"merge"}, "n": {"7"}, "with": {"9"}, "version": {"1"}}} {
		all = append(all, doorAsk{"POST", path, "text/html", form, ""}, doorAsk{"POST", path, "application/json", form, ""})
	}
	return all
}

// heard is an answer in full: what a visitor could know from it.
type heard struct {
	status int
	header http.Header
	body   []byte
}

func (h *doorHouse) ask(c caller, a doorAsk) heard {
	req := httptest.NewRequest(a.method, "http://door.example"+a.path, strings.NewReader(a.json+a.form.Encode()))
	if a.method == "POST" {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if a.json != "" {
			req.Header.Set("Content-Type", "application/json")
		}
		req.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	req.Header.Set("Accept", a.accept)
	if c.token != "" {
		req.Header.Set("Cookie", page.SessionCookie+"="+c.token)
	}
	w := httptest.NewRecorder()
	h.site.ServeHTTP(w, req)
	return heard{w.Code, w.Result().Header, w.Body.Bytes()}
}

func (a heard) all() []byte {
	return fmt.Appendf(nil, "%d %v\n%s", a.status, a.header, a.body)
}

// What differs between two worlds for whoever may not read what differs: the hashes of bodies and what is made of them, and
// the number of the request.
var hashes = regexp.MustCompile(`[A-Za-z0-9+/]{43}=|[0-9a-f]{64}|— example.org/test [A-Za-z0-9+/=]+`)

// leveled is an answer without what may differ.
func (a heard) leveled(ask doorAsk) string {
	header := a.header.Clone()
	body := string(a.body)
	if strings.HasPrefix(ask.path, "/record/log/") && strings.Contains(ask.path, "tile/0/") || strings.HasSuffix(ask.path, "checkpoint") {
		body = fmt.Sprintf("%d bytes of hashes", len(body)/32)
	}
	written := strings.NewReplacer(`\n`, "\n", "&#43;", "+", "&#61;", "=").Replace(body)
	if plain := hashes.ReplaceAllString(written, "HASH"); plain != written {
		body = plain
		header.Del("Etag")
		header.Del("Content-Length")
	}
	return fmt.Sprintf("%d %v\n%s", a.status, header, body)
}

func TestNobodyReadsWhatIsNotForThem(t *testing.T) {
	t.Parallel()
	streams := map[string]string{}
	h := plant(t, world("note"), func(h *doorHouse, planting func()) { streams = h.listenTo(t, planting) })
	asks, secrets := h.asks(t), h.secrets()
	t.Logf("%d visitors ask %d times each", len(h.visitors), len(asks))
	for _, c := range h.visitors {
		if testing.Short() && slices.Contains([]string{"kg", "tj", "tm", "uz", "assessor", "depositary", "chair", "made-up session"}, c.name) {
			continue // others stand for them
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			found := map[string]bool{}
			look := func(where string, answer []byte) {
				for class, words := range secrets {
					for _, word := range words {
						if !bytes.Contains(answer, []byte(word)) {
							continue
						}
						if found[word] = true; class != mechanism.Public && !slices.Contains(c.reads, class) {
							i := bytes.Index(answer, []byte(word))
							t.Errorf("%s says what is for %s: …%s…", where, class, answer[max(0, i-160):min(len(answer), i+80)])
						}
					}
				}
			}
			look("the live stream", []byte(streams[c.name]))
			for _, ask := range asks {
				if ask.method == "POST" && c.name == "officer" {
					continue // it would be done
				}
				look(ask.String(), h.ask(c, ask).all())
			}
			for class, words := range secrets {
				for _, word := range words {
					if (class == mechanism.Public || slices.Contains(c.reads, class)) && !found[word] {
						t.Errorf("%q is for %s, and is found nowhere: the test would not notice that it leaks", word, class)
					}
				}
			}
		})
	}
}

// listenTo lets every visitor follow the live stream while something is done, and gives what each heard.
func (h *doorHouse) listenTo(t *testing.T, planting func()) map[string]string {
	t.Helper()
	streams := map[string]*stream{}
	for _, c := range h.visitors {
		v := h.visitor()
		if c.token != "" {
			v = h.holding(c.token)
		}
		streams[c.name] = v.follow(t)
	}
	planting()
	h.do(newParty("XA"))
	said := map[string]string{}
	for name, s := range streams {
		for !strings.Contains(said[name], "Newland") {
			event := s.next()
			if said[name] += event; event == "" {
				t.Fatalf("%s: the stream ended", name)
			}
		}
	}
	return said
}

// In two worlds that differ in what is kept from a visitor, the visitor is told the same: no count, no list, no
// neighbour, no error and no header gives away that there is more.
func TestWhatIsHiddenChangesNothingForWhomItIsHidden(t *testing.T) {
	t.Parallel()
	base := world("note")
	otherNotes := world("other")
	otherNotes.notes["KZ"], otherNotes.notes[""] = base.notes["KZ"], base.notes[""]
	here := plant(t, base, nil)
	for _, c := range []struct {
		name    string
		there   planted
		callers []string
	}{
		{"what the parties keep", other(), []string{"public", "relieved", "made-up session"}},
		{"what other parties keep", otherNotes, []string{"public", "officer", "kz", "chair", "reader", "assessor", "depositary"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			there := plant(t, c.there, nil)
			asks := here.asks(t)
			coordinator := here.visitors[slices.IndexFunc(here.visitors, func(o caller) bool { return o.name == "cn" })]
			if !slices.ContainsFunc(asks, func(ask doorAsk) bool {
				return ask.method == "GET" && differenceOf(here.ask(coordinator, ask), there.ask(coordinator, ask), ask) != ""
			}) {
				t.Error("nobody can tell the two worlds apart: the test would not notice a leak")
			}
			for _, who := range here.visitors {
				if !slices.Contains(c.callers, who.name) || testing.Short() && who.name != "public" && who.name != "kz" {
					continue
				}
				twin := there.visitors[slices.IndexFunc(there.visitors, func(o caller) bool { return o.name == who.name })]
				differ := 0
				for _, ask := range asks {
					if ask.method == "POST" && who.name == "officer" || ask.path == "/metrics" { // figures of the server, not of the state
						continue
					}
					if difference := differenceOf(here.ask(who, ask), there.ask(twin, ask), ask); difference != "" && differ < 5 {
						differ++
						t.Errorf("%s can tell the two worlds apart by %s:\n%s", who.name, ask, difference)
					}
				}
			}
		})
	}
}

// withoutID is an answer without the number of its request, which an error page says.
func (a heard) withoutID() heard {
	if id := a.header.Get("X-Request-Id"); id != "" {
		a.header.Del("X-Request-Id")
		a.body = bytes.ReplaceAll(a.body, []byte(id), []byte("REQUEST"))
	}
	return a
}

// differenceOf are the first lines in which two answers differ, once what may differ is left out; empty: they are the same.
func differenceOf(a, b heard, ask doorAsk) string {
	if kind := a.header.Get("Content-Type"); strings.Contains(kind, "json") || strings.Contains(kind, "csv") { // their tags are of the run of the server, too
		a.header.Del("Etag")
		b.header.Del("Etag")
	}
	a, b = a.withoutID(), b.withoutID()
	if a.status == b.status && bytes.Equal(a.body, b.body) && maps.EqualFunc(a.header, b.header, slices.Equal) {
		return "" // most are; the rest is worth a closer look
	}
	if here, there := a.leveled(ask), b.leveled(ask); here != there {
		return firstDifference(here, there)
	}
	return ""
}

func sha256Hex(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}
