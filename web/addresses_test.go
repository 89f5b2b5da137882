package web_test

import (
	"fmt"
	"mime"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"concord/web"
	"concord/web/page"
)

const addressesHead = `# All addresses

This page is made from the families of pages (` + "`go test ./web -run Addresses -update`" + `), by asking each address as an officer does. A
page has data where it says so: add ` + "`.json`" + ` to the address, or ask with ` + "`Accept: application/json`" + `. [api.md](api.md) says what
the data holds. Every page takes ` + "`?lang=`" + ` (en, zh, ru) and ` + "`?asof=2025-06-17`" + `, the day as of which it is
shown; the last column has the questions that it takes beside those.

| address | family | gives | takes |
|---|---|---|---|
`

// docs/addresses.md lists every address with what it gives.
func TestTheTableOfAddresses(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.receiveLake()
	boss := h.as(officer)
	examples := strings.NewReplacer("{$}", "", "{code}", "LAKE25", "{ref}", "LAKE25-01", "{language}", "en", "{id}", "kz", "{seq}", "0", "{path...}", "checkpoint", "{token}", "none", "{name}", "none.css")
	var table strings.Builder
	table.WriteString(addressesHead)
	for _, a := range h.site.Addresses() {
		method, address, ok := strings.Cut(a.Pattern, " ")
		gives := "takes a form, or a program's data"
		switch {
		case !ok:
			method, address, gives = "GET", "/", "what is at no address: a page that says so"
		case strings.HasPrefix(address, "/live"):
			gives = "a stream of what changes on an open page (server-sent events)"
		case strings.HasPrefix(address, "/assets/"):
			gives = "a file of the program"
		case strings.HasPrefix(address, "/welcome/") && method == "GET":
			gives = "page"
		case method == "GET":
			gives = givenAt(boss, examples.Replace(address))
		}
		fmt.Fprintf(&table, "| `%s %s` | %s | %s | %s |\n", method, strings.ReplaceAll(address, "{$}", ""), a.Family, gives, questionsOf(t, a))
	}
	const file = "../docs/addresses.md"
	if *update {
		must(t, os.WriteFile(file, []byte(table.String()), 0o644))
	}
	was, err := os.ReadFile(file)
	must(t, err)
	if string(was) != table.String() {
		t.Errorf("%s does not follow the families: run go test ./web -run Addresses -update", file)
	}
}

// questionsOf are the questions that an address takes. Each is read somewhere by its family, or by what families share.
func questionsOf(t *testing.T, a page.Address) string {
	t.Helper()
	var said []string
	for _, q := range a.Asks {
		reads := regexp.MustCompile(`(Get\(|one\(|number\(|asked\(|q\[)"` + q + `"`)
		if !slices.ContainsFunc([]string{a.Family, "page", "proposal"}, func(folder string) bool { return reads.Match(sourceOf(t, folder)) }) {
			t.Errorf("%s says that it takes %s, and nothing reads it", a.Pattern, q)
		}
		said = append(said, "`"+q+"`")
	}
	return strings.Join(said, " ")
}

func sourceOf(t *testing.T, folder string) (all []byte) {
	t.Helper()
	files, err := filepath.Glob(folder + "/*.go")
	must(t, err)
	for _, file := range files {
		source, err := os.ReadFile(file)
		must(t, err)
		all = append(all, source...)
	}
	return all
}

// givenAt says what an address gives: a page, data, a file of a kind.
func givenAt(v *visitor, address string) string {
	var gives []string
	for _, accept := range []string{"text/html", "application/json"} {
		a := v.get(address, "Accept", accept)
		kind, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
		name := map[string]string{"text/html": "page", "application/json": "data"}[kind]
		if name == "" {
			name = "`" + kind + "`"
		}
		if a.Status == http.StatusOK && (len(gives) == 0 || gives[0] != name) {
			gives = append(gives, name)
		}
	}
	return strings.Join(gives, ", ")
}
