package web_test

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
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
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/diff"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/mod/sumdb/note"

	"concord/identity"
	"concord/mechanism"
	"concord/record"
	"concord/secretariat"
	"concord/web"
)

var update = flag.Bool("update", false, "write the goldens of the pages anew")

// The goldens hold what every address answers to three visitors, byte for byte, on a frozen record of an invented
// mechanism. They know the program by its addresses only, so they stay as they are when its inside moves. The README
// beside them says how to read and extend them.
func TestGolden(t *testing.T) {
	t.Parallel()
	g := openGolden(t)
	t.Run("pages", func(t *testing.T) {
		for _, f := range goldenFamilies(g.token) {
			t.Run(f.name, func(t *testing.T) {
				t.Parallel()
				f.hold(t, g)
			})
		}
	})
	t.Run("live", g.holdLive) // after the pages: it adds acts
}

const goldenDir = "testdata/golden"

// goldenFamily is a group of addresses whose answers stand in one file.
type goldenFamily struct {
	name string
	asks []goldenAsk
}

// goldenAsk is one request: of a page, which is asked for as HTML and as data; of a file, which comes as it is; or a form
// that changes nothing.
type goldenAsk struct {
	path  string
	file  bool
	plain bool       // as HTML only: its data are those of another address
	whole bool       // keep the layout around <main>, too
	form  url.Values // not nil: POST
}

// goldenNow is the day on which the goldens are read: the frozen record ends the day before.
var goldenNow = time.Date(2026, 11, 22, 9, 30, 0, 0, time.UTC)

func goldenFamilies(token string) []goldenFamily {
	return []goldenFamily{
		{"overview", slices.Concat(wholePages("/", "/?asof=2026-04-30", "/?done=36", "/?done=34"),
			pagesAt("/overview", "/?asof=2020-01-01", "/meetings", "/meetings?asof=2026-04-30"))},
		{"texts", slices.Concat(pagesAt("/texts", "/texts/COR25", "/texts/COR25?copy=ru", "/texts/COR25?view=received",
			"/texts/COR25?copy=ru&view=received", "/texts/COR25?view=side", "/texts/WAT26", "/texts/NONE26", "/texts?asof=2026-04-09",
			"/texts/COR25?asof=2026-04-09", "/texts/import", "/texts/import?code=WAT26"),
			plainPages("/texts/COR25?ref=COR25-06"), filesAt("/texts/COR25/file/en", "/texts/COR25/file/ru", "/texts/COR25/file/zh"))},
		{"review", goldenReviews()},
		{"commitments", slices.Concat(pagesAt("/commitments", "/commitments?track=water", "/commitments?party=XB", "/commitments?kind=organ", "/commitments?deadline=passed", "/commitments?strength=5&deadline=soon",
			"/commitments?missing=when", "/commitments?q=ferries", "/commitments?q=no-such-word", "/commitments?state=accepted&group=strength&sort=deadline",
			"/commitments?text=WAT26&group=none&col=clause&col=track&col=instrument", "/commitments?instrument=any", "/commitments?asof=2026-04-10"),
			filesAt("/commitments.csv", "/commitments.csv?party=XB"))},
		{"commitment", pagesAt("/commitments/COR25-01", "/commitments/COR25-02", "/commitments/COR25-03", "/commitments/COR25-04", "/commitments/COR25-05",
			"/commitments/COR25-06", "/commitments/COR25-07", "/commitments/COR25-08", "/commitments/COR25-09", "/commitments/COR25-10",
			"/commitments/WAT26-01", "/commitments/cor25-1", "/commitments/COR25-99", "/commitments/COR25-07?asof=2026-05-01", "/commitments/WAT26-01?asof=2026-05-01")},
		{"record", slices.Concat(pagesAt("/record", "/record?kind=commitment.accept", "/record?object=COR25-06", "/record?object=person:bea", "/record?party=XC",
			"/record?before=20", "/record?before=3&asof=2026-04-09", "/record/verify", "/record/99", "/record/abc"), pagesAt(goldenActs()...),
			filesAt("/record/log/checkpoint", "/record/log/tile/0/000.p/48", "/record/log/tile/entries/000.p/48", "/record/log/tile/0/001"))},
		{"find", pagesAt("/find", "/find?q=ferr", "/find?q=COR25-06", "/find?q=%D0%BE%D0%B7%D0%B5%D1%80", "/find?q=%E6%B0%B4%E4%BD%8D", "/find?q=no-such-word",
			"/find?q=appoint", "/find?q=bea", "/find?q=aldmark&asof=2026-04-09")},
		{"people", pagesAt("/people", "/people?asof=2026-04-09", "/welcome/"+token, "/welcome/no-such-token", "/sign-in", "/sign-in?back=/people", "/keys", "/acts?asof=2026-04-09")},
		{"errors", slices.Concat(pagesAt("/no/such/page", "/texts/", "/?asof=2999-01-01"), filesAt("/assets/none.css", "/meetings.json", "/texts/COR25/review.json"))},
		{"languages", plainPages(inLanguages("/", "/meetings", "/texts", "/texts/COR25/review?n=8", "/commitments/COR25-02", "/record/34", "/record/verify",
			"/people", "/no/such/page", "/find?q=aldmark")...)},
		{"forms", goldenForms()},
	}
}

// goldenReviews are the review in each state of a proposal, and each of its forms.
func goldenReviews() []goldenAsk {
	const at = "/texts/COR25/review?"
	return slices.Concat(
		pagesAt("/texts/COR25/review", "/texts/WAT26/review", "/texts/NONE26/review", at+"asof=2026-04-10", at+"n=1", at+"n=3", at+"n=6", at+"n=8", at+"n=99"),
		plainPages(at+"n=8&open=edit", at+"n=9&open=split", at+"n=8&open=merge", at+"n=8&open=refuse", at+"n=5&open=reopen", at+"n=7&open=edit",
			at+"open=add", at+"open=add&start=1010",
			at+"n=8&open=edit&start=959&end=1008&strength=3&from=own&kind=one&party=XD&action=hold+it&nudge=end-"))
}

// goldenActs are the pages of acts of most kinds, for everybody and for the parties.
func goldenActs() []string {
	var all []string
	for _, seq := range []int{0, 16, 24, 28, 29, 30, 34, 35, 39} {
		all = append(all, fmt.Sprintf("/record/%d", seq))
	}
	return all
}

// goldenForms are forms that nobody may send, or that are not filled in as they must be.
func goldenForms() []goldenAsk {
	form := func(path string, keysAndValues ...string) goldenAsk {
		f := url.Values{}
		for i := 0; i < len(keysAndValues); i += 2 {
			f.Add(keysAndValues[i], keysAndValues[i+1])
		}
		return goldenAsk{path: path, form: f}
	}
	return []goldenAsk{
		form("/texts/COR25/review", "n", "8", "do", "refuse", "version", "29"),
		form("/texts/COR25/review", "n", "1", "do", "accept", "version", "29"),
		form("/texts/COR25/review", "n", "8", "do", "edit", "version", "29", "words", "words that nobody said", "strength", "4", "kind", "all"),
		form("/texts/COR25/review", "do", "add", "words", "words that nobody said", "strength", "4", "kind", "all"),
		form("/commitments/COR25-01", "strength", "9"),
		form("/texts/import"),
		form("/people", "name", "", "login", "", "office", "reader"),
		form("/people/nobody/invite"),
		form("/people/nobody/relieve", "reason", "none"),
		form("/preferences", "theme", "dark", "back", "/texts"),
		form("/demo", "person", "dana"),
	}
}

func pagesAt(paths ...string) (asks []goldenAsk) {
	for _, p := range paths {
		asks = append(asks, goldenAsk{path: p})
	}
	return asks
}

func plainPages(paths ...string) (asks []goldenAsk) {
	for _, p := range paths {
		asks = append(asks, goldenAsk{path: p, plain: true})
	}
	return asks
}

func wholePages(paths ...string) (asks []goldenAsk) {
	for _, p := range paths {
		asks = append(asks, goldenAsk{path: p, whole: true})
	}
	return asks
}

func filesAt(paths ...string) (asks []goldenAsk) {
	for _, p := range paths {
		asks = append(asks, goldenAsk{path: p, file: true})
	}
	return asks
}

func inLanguages(paths ...string) (all []string) {
	for _, p := range paths {
		all = append(all, withQuery(p, "lang=zh"), withQuery(p, "lang=ru"))
	}
	return all
}

// golden is a server on the frozen record.
type golden struct {
	server   *web.Server
	sec      *secretariat.Secretariat
	visitors []goldenVisitor
	token    string // of the invitation that waits
}

// goldenVisitor is somebody with the cookie of their session, if they signed in.
type goldenVisitor struct {
	name   string
	cookie string
}

// goldenPublic is everybody who has not signed in.
var goldenPublic = goldenVisitor{name: "public"}

// openGolden puts the frozen acts into a record whose key is the same on every machine, and serves it.
func openGolden(t *testing.T) *golden {
	t.Helper()
	ctx, dir := t.Context(), t.TempDir()
	const origin = "example.org/lake"
	private, _, err := note.GenerateKey(strings.NewReader(strings.Repeat("golden.", 8)), origin)
	must(t, err)
	must(t, os.WriteFile(filepath.Join(dir, "key"), []byte(private+"\n"), 0o600))
	rec, err := record.Create(ctx, record.Config{DSN: filepath.Join(dir, "record.db"), Origin: origin, KeyFile: filepath.Join(dir, "key")})
	must(t, err)
	_, err = rec.Append(ctx, 0, frozenActs(t))
	must(t, err)
	_, err = rec.Checkpoint(ctx)
	must(t, err)
	now := func() time.Time { return goldenNow }
	sec, err := secretariat.Open(ctx, rec, secretariat.Config{Now: now, Salt: func() string { return "golden" }})
	must(t, err)
	db, dialect := rec.DB()
	ids, err := identity.Open(ctx, db, string(dialect), now)
	must(t, err)
	g := &golden{server: web.New(sec, ids, web.Config{Now: now, Version: "golden"}), sec: sec}
	t.Cleanup(func() {
		g.server.Close()
		sec.Close()
		must(t, rec.Close())
	})
	g.visitors = []goldenVisitor{goldenPublic, {"coordinator", g.signIn(t, ids, "ciro")}, {"officer", g.signIn(t, ids, "dana")}}
	g.token, err = ids.Invite(ctx, "robin@office.example", "robin")
	must(t, err)
	g.verified(t)
	return g
}

// frozenActs are the acts of the record from before the first golden, with their bodies byte for byte.
func frozenActs(t *testing.T) (acts []record.Draft) {
	t.Helper()
	f, err := os.Open(filepath.Join(goldenDir, "acts.jsonl"))
	must(t, err)
	defer f.Close()
	for dec := json.NewDecoder(f); ; {
		var line struct {
			Time       time.Time
			Kind       string
			Actor      record.Actor
			Visibility string
			Body       json.RawMessage
		}
		if err := dec.Decode(&line); errors.Is(err, io.EOF) {
			return acts
		} else if err != nil {
			t.Fatalf("act %d: %v", len(acts), err)
		}
		acts = append(acts, record.Draft{Time: line.Time, Kind: line.Kind, Actor: line.Actor, Visibility: line.Visibility, Body: line.Body})
	}
}

// signIn gives a person an account and gives the cookie that the sign-in sets.
func (g *golden) signIn(t *testing.T, ids *identity.Store, person string) string {
	t.Helper()
	const password = "a long enough password"
	must(t, ids.SetPassword(t.Context(), person+"@office.example", person, password))
	resp := g.answer(goldenPublic, goldenAsk{path: "/sign-in", form: url.Values{"login": {person + "@office.example"}, "password": {password}}}, "")
	if resp.StatusCode != http.StatusSeeOther || len(resp.Cookies()) != 1 {
		t.Fatalf("sign-in of %s: status %d, %d cookies", person, resp.StatusCode, len(resp.Cookies()))
	}
	return resp.Cookies()[0].Name + "=" + resp.Cookies()[0].Value
}

// verified has the record verified once, so that the page of the verification shows its end.
func (g *golden) verified(t *testing.T) {
	t.Helper()
	g.answer(goldenPublic, goldenAsk{path: "/record/verify", form: url.Values{}}, "")
	for range 1000 {
		var state struct{ Running bool }
		must(t, json.NewDecoder(g.answer(goldenPublic, goldenAsk{path: "/record/verify"}, "application/json").Body).Decode(&state))
		if !state.Running {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the verification does not end")
}

// answer sends one request straight to the server.
func (g *golden) answer(v goldenVisitor, ask goldenAsk, accept string) *http.Response {
	req := httptest.NewRequest("GET", "http://lake.example"+ask.path, nil)
	if ask.form != nil {
		req = httptest.NewRequest("POST", "http://lake.example"+ask.path, strings.NewReader(ask.form.Encode()))
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if accept != "" {
		req.Header.Set("Accept", accept)
	}
	if v.cookie != "" {
		req.Header.Set("Cookie", v.cookie)
	}
	w := httptest.NewRecorder()
	g.server.ServeHTTP(w, req)
	return w.Result()
}

// hold compares a family's answers with its golden file, or writes the file. What the public is answered stands there in
// full; of what another visitor is answered, mostly the lines that differ from it.
func (f goldenFamily) hold(t *testing.T, g *golden) {
	var got txtar.Archive
	for _, ask := range f.asks {
		name := g.tidy(ask.path)
		switch {
		case ask.file:
			got.Files = append(got.Files, g.shownToAll(t, ask, "", name)...)
		case ask.form != nil:
			got.Files = append(got.Files, g.shownToAll(t, ask, "text/html", strings.TrimSpace("POST "+name+" "+ask.form.Encode()))...)
		case ask.plain:
			got.Files = append(got.Files, g.shownToAll(t, ask, "text/html", name)...)
		default:
			got.Files = append(got.Files, g.shownToAll(t, ask, "text/html", name)...)
			got.Files = append(got.Files, g.shownToAll(t, ask, "application/json", name+" (data)")...)
		}
	}
	holdGolden(t, f.name, got)
}

// shownToAll are the answers to all visitors, the public first. An answer stands in full when nobody before had one with
// its status; else as what differs from that one.
func (g *golden) shownToAll(t *testing.T, ask goldenAsk, accept, name string) (all []txtar.File) {
	t.Helper()
	type told struct {
		who    string
		answer []byte
	}
	first := map[string]told{} // by status
	for _, v := range g.visitors {
		answer := g.shown(t, v, ask, accept)
		status, _, _ := bytes.Cut(answer, []byte(" "))
		like, known := first[string(status)]
		if !known {
			first[string(status)] = told{v.name, answer}
			all = append(all, txtar.File{Name: name + " " + v.name, Data: answer})
			continue
		}
		all = append(all, txtar.File{Name: name + " " + v.name, Data: append([]byte("as "+like.who+"\n"), differing(like.answer, answer)...)})
	}
	return all
}

// differing are the lines in which an answer differs from another. Of the other's lines, which stand in the golden already,
// only their number is kept, so that a word changed there changes nothing here.
func differing(from, answer []byte) (lines []byte) {
	gone := 0
	for i, line := range bytes.SplitAfter(diff.Diff("", from, "", answer), []byte("\n")) {
		if i >= 3 && len(line) > 0 && line[0] == '-' { // the first three name what was compared
			gone++
			continue
		}
		if gone > 0 {
			lines = fmt.Appendf(lines, "-%d\n", gone)
			gone = 0
		}
		switch {
		case i < 3 || len(line) == 0 || line[0] == ' ':
		case line[0] == '@':
			lines = append(lines, "@@\n"...)
		default:
			lines = append(lines, line...)
		}
	}
	return lines
}

// shown is an answer as the golden has it: a line with the status and what else of the head matters, then the body.
func (g *golden) shown(t *testing.T, v goldenVisitor, ask goldenAsk, accept string) []byte {
	t.Helper()
	resp := g.answer(v, ask, accept)
	body, err := io.ReadAll(resp.Body)
	must(t, err)
	var b bytes.Buffer
	fmt.Fprint(&b, resp.StatusCode)
	for _, key := range []string{"Content-Type", "Content-Disposition", "Location", "Refresh"} {
		if value := resp.Header.Get(key); value != "" {
			fmt.Fprintf(&b, " %s", value)
		}
	}
	b.WriteByte('\n')
	if line := bytes.TrimSpace(body); json.Valid(line) && !bytes.ContainsRune(line, '\n') {
		var readable bytes.Buffer // what programs get as one line
		must(t, json.Indent(&readable, line, "", "  "))
		body = readable.Bytes()
	}
	switch said := string(body); {
	case !utf8.Valid(body) || bytes.ContainsRune(body, 0):
		fmt.Fprintf(&b, "%d bytes, SHA-256 %x", len(body), sha256.Sum256(body))
	case !ask.whole && strings.Contains(said, "<main"):
		b.WriteString(g.tidy(titleAndMain(said)))
	default:
		b.WriteString(g.tidy(said))
	}
	shown := b.Bytes()
	if id := resp.Header.Get("X-Request-Id"); id != "" {
		shown = bytes.ReplaceAll(shown, []byte(id), []byte("REQUEST"))
	}
	if !bytes.HasSuffix(shown, []byte("\n")) {
		shown = append(shown, '\n')
	}
	return shown
}

// titleAndMain cuts a page to what is its own.
func titleAndMain(page string) string {
	var own strings.Builder
	for _, tag := range []string{"title", "main"} {
		if i, j := strings.Index(page, "<"+tag), strings.LastIndex(page, "</"+tag+">"); i >= 0 && j > i {
			own.WriteString(page[i:j] + "</" + tag + ">\n")
		}
	}
	return own.String()
}

var (
	hashedAsset = regexp.MustCompile(`/assets/[a-z]+\.[0-9a-zA-Z_-]+\.`)
	database    = regexp.MustCompile(`SQLite [0-9.]+`)
)

// tidy replaces what cannot be the same twice or follows from files that the goldens do not hold.
func (g *golden) tidy(said string) string {
	said = strings.ReplaceAll(said, g.token, "TOKEN")
	said = hashedAsset.ReplaceAllString(said, "/assets/NAME.HASH.")
	return database.ReplaceAllString(said, "SQLite VERSION")
}

// differencesShown is how many are shown of one file: a change of a common part is understood from a few.
const differencesShown = 6

// holdGolden compares entry by entry and names the first lines that differ.
func holdGolden(t *testing.T, name string, got txtar.Archive) {
	t.Helper()
	file := filepath.Join(goldenDir, name+".txtar")
	if *update {
		must(t, os.WriteFile(file, txtar.Format(&got), 0o644))
		return
	}
	want, err := txtar.ParseFile(file)
	must(t, err)
	wanted := map[string]string{}
	for _, f := range want.Files {
		wanted[f.Name] = string(f.Data)
	}
	differ := 0
	for _, f := range got.Files {
		was, known := wanted[f.Name]
		switch {
		case !known:
			t.Errorf("%s: %s has no golden yet", name, f.Name)
		case was != string(f.Data):
			if differ++; differ <= differencesShown {
				t.Errorf("%s: %s answers otherwise\n%s", name, f.Name, firstDifference(was, string(f.Data)))
			}
		}
		delete(wanted, f.Name)
	}
	if differ > differencesShown {
		t.Errorf("%s: %d answers differ in all", name, differ)
	}
	for gone := range wanted {
		t.Errorf("%s: %s is in the golden and was not asked for", name, gone)
	}
}

// firstDifference shows the line before the first that differs, then some lines as they were and as they are.
func firstDifference(was, is string) string {
	a, b := strings.Split(was, "\n"), strings.Split(is, "\n")
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	var out strings.Builder
	fmt.Fprintf(&out, "  line %d of %d, now of %d\n", i+1, len(a), len(b))
	write := func(mark string, lines []string, from, to int) {
		for n := max(0, from); n < min(to, len(lines)); n++ {
			fmt.Fprintf(&out, "%s %.240s\n", mark, lines[n])
		}
	}
	write("   ", a, i-1, i)
	write("  -", a, i, i+3)
	write("  +", b, i, i+3)
	return out.String()
}

// holdLive lets four open pages hear of three acts: one for the parties, one for everybody, and one that sends those
// who hold an office away.
func (g *golden) holdLive(t *testing.T) {
	srv := httptest.NewServer(g.server)
	defer srv.Close()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	visitors := append([]goldenVisitor{{"public-ru", "lang=ru"}}, g.visitors...)
	streams := make([]*bufio.Reader, len(visitors))
	got := txtar.Archive{Files: make([]txtar.File, len(visitors))}
	for i, v := range visitors {
		req, err := http.NewRequestWithContext(ctx, "GET", srv.URL+"/live", nil)
		must(t, err)
		req.Header.Set("Cookie", v.cookie)
		resp, err := srv.Client().Do(req)
		must(t, err)
		defer resp.Body.Close()
		streams[i] = bufio.NewReader(resp.Body)
		hello, _ := eventFrom(streams[i])
		got.Files[i] = txtar.File{Name: v.name, Data: []byte(hello)}
	}
	dana := mechanism.Actor{Person: "dana", Office: mechanism.Officer}
	for _, a := range []struct{ kind, body string }{
		{"commitment.refuse", `{"text":"COR25","n":12,"reason":"opinion"}`},
		{"commitment.accept", `{"text":"COR25","n":8}`},
		{"person.appoint", `{"person":{"id":"new","name":"New Reader","office":"reader"}}`},
	} {
		act, err := mechanism.Decode(a.kind, []byte(a.body))
		must(t, err)
		_, err = g.sec.Do(ctx, dana, act)
		must(t, err)
	}
	for i, v := range visitors {
		for {
			event, err := eventFrom(streams[i])
			got.Files[i].Data = append(got.Files[i].Data, event...)
			if err != nil || strings.HasPrefix(v.name, "public") && strings.Contains(event, "commitment.accept") {
				break // those who hold an office are sent away; the public hears on
			}
		}
	}
	if ctx.Err() != nil {
		t.Fatalf("a stream hangs: %v", ctx.Err())
	}
	holdGolden(t, "live", got)
}

// eventFrom reads one server-sent event; an error says that the stream has ended.
func eventFrom(stream *bufio.Reader) (event string, err error) {
	for !strings.HasSuffix(event, "\n\n") {
		line, err := stream.ReadString('\n')
		event += line
		if err != nil {
			return event, err
		}
	}
	return event, nil
}
