package web_test

import (
	"fmt"
	"mime"
	"net/http"
	"os"
	"strings"
	"testing"

	"concord/web"
)

const addressesHead = `# All addresses

This page is made from the families of pages (` + "`go test ./web -run Addresses -update`" + `), by asking each address as an officer does. A
page has data where it says so: add ` + "`.json`" + ` to the address, or ask with ` + "`Accept: application/json`" + `. [api.md](api.md) says what
the data holds. Every page takes ` + "`?lang=`" + ` (en, zh, ru) and ` + "`?asof=2025-06-17`" + `, the day as of which it is shown.

| address | family | gives |
|---|---|---|
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
		fmt.Fprintf(&table, "| `%s %s` | %s | %s |\n", method, strings.ReplaceAll(address, "{$}", ""), a.Family, gives)
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
