package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/valyala/fasthttp"
)

// acts writes durably: a note on a commitment in Concord, a row of the same words in PocketBase.
func (b *bench) acts() error {
	fmt.Printf("\nPocketBase as released: %s; as durable as Concord: %s (0 OFF, 1 NORMAL, 2 FULL)\n", b.peer.pragma, b.durable.pragma)
	if err := sayDisk(b.dir); err != nil {
		return err
	}
	ours, err := b.writing(b.new, "Concord")
	if err != nil {
		return err
	}
	contenders := []*contender{
		ours,
		b.peer.contender("PocketBase, signed in, not durable", record("notes", b.peer.token, b.spread)),
		b.peer.contender("PocketBase, open to all, not durable", record("opennotes", "", b.spread)),
		b.durable.contender("PocketBase, signed in, synchronous=FULL", record("notes", b.durable.token, b.spread)),
	}
	if b.old != nil {
		earlier, err := b.writing(b.old, "earlier Concord")
		if err != nil {
			return err
		}
		contenders = append(contenders, earlier)
	}
	for _, callers := range []int{1, 16} {
		if err := b.compare("durable acts (target: 2 times PocketBase)", callers, contenders...); err != nil {
			return err
		}
	}
	return nil
}

// note is what is written: of the size of a usual remark.
func note(n int) string {
	return fmt.Sprintf("%d: The working group met, went through the schedule line by line and found that two of the three "+
		"deliveries are complete; the third waits for the customs service, which has promised an answer in writing.", n)
}

// record makes the request that creates a row in a collection of PocketBase.
func record(collection, token string, spread func(int) row) func(*fasthttp.Request, int) {
	return func(q *fasthttp.Request, n int) {
		q.Header.SetMethod(http.MethodPost)
		q.SetRequestURI("/api/collections/" + collection + "/records")
		q.Header.SetContentType("application/json")
		if token != "" {
			q.Header.Set("Authorization", token)
		}
		q.SetBody(mustJSON(map[string]string{"commitment": spread(n).Ref, "words": note(n)}))
	}
}

// writing is a Concord that does acts: by POST /acts where it takes them, else by the form that corrects a commitment.
func (b *bench) writing(c *concord, name string) (*contender, error) {
	there, err := c.takesActs()
	if err != nil {
		return nil, err
	}
	if there && c.token == "" {
		return nil, fmt.Errorf("%s takes POST /acts, but concord token officer --data FOLDER gave no token", name)
	}
	if there {
		return &contender{name: name + ", POST /acts", process: c.process, ask: func(q *fasthttp.Request, n int) { askAct(q, c.token, b.spread(n).Ref, n) }}, nil
	}
	fmt.Printf("NOTE: %s answers POST /acts with 404: measured instead by the form that corrects a commitment\n", name)
	forms, err := b.forms(c)
	if err != nil {
		return nil, err
	}
	return c.asOfficer(name+", by form", func(q *fasthttp.Request, n int) {
		f := forms[n%len(forms)]
		q.Header.SetMethod(http.MethodPost)
		q.SetRequestURI("/commitments/" + f.ref)
		q.Header.SetContentType("application/x-www-form-urlencoded")
		q.Header.Set("Accept", "application/json")
		q.SetBodyString(f.fields + "&action=" + url.QueryEscape(note(n)))
	}), nil
}

// askAct makes the request that does one act.
func askAct(q *fasthttp.Request, token, ref string, n int) {
	q.Header.SetMethod(http.MethodPost)
	q.SetRequestURI("/acts")
	q.Header.SetContentType("application/json")
	q.Header.Set("Authorization", "Bearer "+token)
	q.SetBody(mustJSON(map[string]any{"acts": []any{map[string]any{
		"kind": "note.add", "act": map[string]any{"on": "commitment:" + ref, "words": note(n)},
	}}}))
}

// takesActs says whether there is an address for acts.
func (c *concord) takesActs() (bool, error) {
	res, err := http.Post(c.address()+"/acts", "application/json", strings.NewReader(`{"acts":[]}`))
	if err != nil {
		return false, err
	}
	defer res.Body.Close()
	return res.StatusCode != http.StatusNotFound && res.StatusCode != http.StatusMethodNotAllowed, nil
}

// form is the correction of a commitment as the page sends it, but for what it says.
type form struct{ ref, fields string }

// forms prepares those of a thousand commitments.
func (b *bench) forms(c *concord) ([]form, error) {
	forms := make([]form, 1000)
	for i := range forms {
		r := b.spread(i)
		var page struct {
			Wordings []struct {
				Words string `json:"words"`
			} `json:"wordings"`
		}
		if err := c.read("/commitments/"+r.Ref+".json", &page); err != nil {
			return nil, err
		}
		if len(page.Wordings) == 0 {
			return nil, fmt.Errorf("%s has no words", r.Ref)
		}
		forms[i] = form{r.Ref, url.Values{
			"do": {"edit"}, "words": {page.Wordings[0].Words}, "strength": {strconv.Itoa(r.Strength)}, "from": {"own"}, "kind": {"all"},
			"who": {"The Parties"}, "party": r.Parties, "lead": r.Tracks[:1], "reason": {"measured"},
		}.Encode()}
	}
	return forms, nil
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps of strings
	}
	return b
}
