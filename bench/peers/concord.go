package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"

	"github.com/valyala/fasthttp"
)

// row is a commitment as Concord lists it.
type row struct {
	Ref        string          `json:"ref"`
	Text       string          `json:"text"`
	Clause     string          `json:"clause"`
	State      string          `json:"state"`
	Says       string          `json:"says"`
	Language   string          `json:"language"`
	Strength   int             `json:"strength"`
	Actor      string          `json:"actor"`
	Who        string          `json:"who,omitempty"`
	Parties    []string        `json:"parties"`
	Deadline   json.RawMessage `json:"deadline,omitempty"`
	Due        string          `json:"due,omitempty"`
	Tracks     []string        `json:"tracks"`
	Instrument string          `json:"instrument,omitempty"`
	Missing    []string        `json:"missing,omitempty"`
}

// concord is a Concord that serves a data folder of its own, with an officer who can sign in.
type concord struct {
	*process
	session string // the officer's cookie
	token   string // the officer's, for programs; empty when this version gives none
}

const (
	login    = "dana@office.example"
	password = "eight callers at two cores"
)

// startConcord copies the data to a folder of its own, sets the officer's password and serves it.
func startConcord(ctx context.Context, binary, data, folder string) (*concord, error) {
	if err := os.CopyFS(folder, os.DirFS(data)); err != nil {
		return nil, err
	}
	set := exec.CommandContext(ctx, binary, "password", "officer", "--login", login, "--data", folder)
	set.Stdin = strings.NewReader(password + "\n")
	if out, err := set.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("setting the officer's password: %w\n%s", err, out)
	}
	c := &concord{token: newToken(ctx, binary, folder)}
	var err error
	if c.process, err = start(ctx, binary, "serve", "--data", folder, "--listen", "127.0.0.1:0"); err != nil {
		return nil, err
	}
	return c, c.signIn()
}

// newToken asks for a token of the officer; a version that knows no tokens gives none.
func newToken(ctx context.Context, binary, folder string) string {
	out, err := exec.CommandContext(ctx, binary, "token", "officer", "--data", folder).Output()
	words := strings.Fields(string(out))
	if err != nil || len(words) == 0 {
		return ""
	}
	return words[len(words)-1]
}

func (c *concord) address() string { return "http://" + c.host }

// signIn signs the officer in with the form of the pages and keeps the cookie.
func (c *concord) signIn() error {
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.PostForm(c.address()+"/sign-in", url.Values{"login": {login}, "password": {password}, "back": {"/"}})
	if err != nil {
		return err
	}
	defer res.Body.Close()
	for _, cookie := range res.Cookies() {
		if cookie.Name == "session" {
			c.session = cookie.Name + "=" + cookie.Value
			return nil
		}
	}
	return fmt.Errorf("the officer could not sign in: %s", res.Status)
}

// allRows gives the invented commitments, following the list from page to page. The pack's own are left out.
func (c *concord) allRows() ([]row, error) {
	var rows []row
	for next := "/commitments.json?limit=1000"; next != ""; {
		var page struct {
			Commitments []row  `json:"commitments"`
			Next        string `json:"next"`
		}
		if err := c.read(next, &page); err != nil {
			return nil, err
		}
		for _, r := range page.Commitments {
			if strings.HasPrefix(r.Text, "BIG") {
				rows = append(rows, r)
			}
		}
		next = page.Next
	}
	if len(rows) < 10*5*30 {
		return nil, fmt.Errorf("only %d rows came out of Concord", len(rows))
	}
	return rows, nil
}

// read gets data as the public sees it.
func (c *concord) read(path string, into any) error {
	res, err := http.Get(c.address() + path)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = errors.New(res.Status)
	}
	if err == nil {
		err = json.Unmarshal(body, into)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	return nil
}

// asOfficer is a contender whose every request is the signed-in officer's: no answer made for another serves it.
func (c *concord) asOfficer(name string, ask func(q *fasthttp.Request, n int)) *contender {
	return &contender{name: name, process: c.process, ask: func(q *fasthttp.Request, n int) {
		q.Header.Set("Cookie", c.session)
		ask(q, n)
	}}
}

// asPublic is a contender that nobody has signed in to.
func (c *concord) asPublic(name string, ask func(q *fasthttp.Request, n int)) *contender {
	return &contender{name: name, process: c.process, ask: ask}
}
