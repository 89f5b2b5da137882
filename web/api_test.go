package web_test

import (
	"encoding/json"
	"net/http"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"concord/web"
)

// example is one of docs/api.md: a command, and the answer that stands below it, if one does.
type example struct{ command, answer string }

// The examples of docs/api.md are run in order, and answer as the document says.
func TestTheExamplesOfTheInterfaceAreTrue(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.programOf(officer)
	all := examples(t, "../docs/api.md")
	if len(all) < 6 {
		t.Fatalf("only %d examples were found", len(all))
	}
	for _, e := range all {
		req := curl(t, strings.NewReplacer("https://concord.example", h.srv.URL, "$TOKEN", boss.secret).Replace(e.command))
		a := boss.send(req, nil)
		var got, want any
		if err := json.Unmarshal([]byte(a.Body), &got); err != nil {
			t.Errorf("%s\nis answered %d: %s", e.command, a.Status, a.Body)
			continue
		}
		if e.answer == "" {
			if a.Status/100 != 2 {
				t.Errorf("%s\nis answered %d: %s", e.command, a.Status, a.Body)
			}
			continue
		}
		must(t, json.Unmarshal([]byte(e.answer), &want))
		if !agrees(want, got) {
			t.Errorf("%s\nis answered %s\nin the document %s", e.command, a.Body, e.answer)
		}
	}
}

var fenced = regexp.MustCompile("(?s)```(sh|json)\n(.*?)```")

func examples(t *testing.T, file string) (all []example) {
	t.Helper()
	text, err := os.ReadFile(file)
	must(t, err)
	for _, block := range fenced.FindAllStringSubmatch(string(text), -1) {
		if block[1] == "sh" {
			all = append(all, example{command: block[2]})
		} else if n := len(all); n > 0 && all[n-1].answer == "" {
			all[n-1].answer = block[2]
		}
	}
	return all
}

// agrees compares an answer with what is written: "..." is anything.
func agrees(want, got any) bool {
	switch want := want.(type) {
	case map[string]any:
		got, ok := got.(map[string]any)
		if !ok || len(got) != len(want) {
			return false
		}
		for key, value := range want {
			if has, ok := got[key]; !ok || !agrees(value, has) {
				return false
			}
		}
		return true
	case []any:
		got, ok := got.([]any)
		if !ok || len(got) != len(want) {
			return false
		}
		for i := range want {
			if !agrees(want[i], got[i]) {
				return false
			}
		}
		return true
	}
	return want == "..." || reflect.DeepEqual(want, got)
}

// curl makes the request of a command line with the options that the document uses.
func curl(t *testing.T, command string) *http.Request {
	t.Helper()
	var address, body string
	headers, method := [][2]string{}, "GET"
	words := shellWords(command)
	for i := 1; i < len(words); i++ {
		switch words[i] {
		case "-H":
			i++
			name, value, _ := strings.Cut(words[i], ": ")
			headers = append(headers, [2]string{name, value})
		case "-d":
			i++
			body, method = words[i], "POST"
		default:
			address = words[i]
		}
	}
	req, err := http.NewRequest(method, address, strings.NewReader(body))
	must(t, err)
	for _, h := range headers {
		req.Header.Set(h[0], h[1])
	}
	return req
}

// shellWords are the words of a command as a shell would part them, with either kind of quotes.
func shellWords(command string) (words []string) {
	var word strings.Builder
	quote, begun := rune(0), false
	for _, c := range strings.ReplaceAll(command, "\\\n", " ") {
		switch {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote, begun = c, true
		case quote == 0 && strings.ContainsRune(" \t\n", c):
			if begun {
				words = append(words, word.String())
			}
			word.Reset()
			begun = false
		default:
			word.WriteRune(c)
			begun = true
		}
	}
	if begun {
		words = append(words, word.String())
	}
	return words
}
