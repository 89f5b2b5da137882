package main

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"

	"github.com/valyala/fasthttp"
)

const (
	readers = 8
	perPage = 30
)

// lists asks for 30 of 10,000 rows by text and strength, every pair in turn.
func (b *bench) lists() error {
	pairs := pairsOf(b.rows)
	if err := b.sameLists(pairs[0]); err != nil {
		return err
	}
	ours := func(q *fasthttp.Request, n int) { q.SetRequestURI(pairs[n%len(pairs)].ours()) }
	theirs := func(more string) func(*fasthttp.Request, int) {
		return func(q *fasthttp.Request, n int) { q.SetRequestURI(pairs[n%len(pairs)].theirs() + more) }
	}
	contenders := []*contender{
		b.new.asOfficer("Concord, signed in (nothing kept)", ours),
		b.peer.contender("PocketBase, with the total", theirs("")),
		b.peer.contender("PocketBase, skipTotal (Concord says it)", theirs("&skipTotal=1")),
		b.new.asPublic("Concord, public (may keep answers)", ours),
	}
	if b.old != nil {
		contenders = append(contenders, b.old.asOfficer("earlier Concord, signed in", ours))
	}
	return b.compare("lists of 30 by text and strength, JSON (target: 5 times PocketBase with the total)", readers, contenders...)
}

// pair is one filter.
type pair struct {
	text     string
	strength int
}

func pairsOf(rows []row) (pairs []pair) {
	for _, r := range rows {
		if p := (pair{r.Text, r.Strength}); !slices.Contains(pairs, p) {
			pairs = append(pairs, p)
		}
	}
	return pairs
}

func (p pair) ours() string {
	return fmt.Sprintf("/commitments.json?text=%s&strength=%d&limit=%d", p.text, p.strength, perPage)
}

func (p pair) theirs() string {
	filter := url.QueryEscape(fmt.Sprintf("(text='%s' && strength=%d)", p.text, p.strength))
	return fmt.Sprintf("/api/collections/commitments/records?perPage=%d&filter=%s", perPage, filter)
}

// sameLists holds both answers to one filter side by side: as many rows match, all of them do, and each gives 30.
func (b *bench) sameLists(p pair) error {
	matching := len(slices.DeleteFunc(slices.Clone(b.rows), func(r row) bool { return r.Text != p.text || r.Strength != p.strength }))
	var ours struct {
		Matched     int   `json:"matched"`
		Commitments []row `json:"commitments"`
	}
	if err := b.new.read(p.ours(), &ours); err != nil {
		return err
	}
	var theirs struct {
		TotalItems int   `json:"totalItems"`
		Items      []row `json:"items"`
	}
	if err := (&concord{process: b.peer.process}).read(p.theirs(), &theirs); err != nil {
		return err
	}
	other := func(r row) bool { return r.Text != p.text || r.Strength != p.strength }
	switch {
	case ours.Matched != matching || theirs.TotalItems != matching:
		return fmt.Errorf("%v: %d rows match, Concord says %d, PocketBase %d", p, matching, ours.Matched, theirs.TotalItems)
	case slices.ContainsFunc(ours.Commitments, other) || slices.ContainsFunc(theirs.Items, other) || len(theirs.Items) != perPage:
		return fmt.Errorf("%v: other rows came than were asked for", p)
	case len(ours.Commitments) != perPage:
		fmt.Printf("\nNOTE: this Concord does not know limit=%d: it answers with all %d rows that match\n", perPage, len(ours.Commitments))
	}
	return nil
}

// spread gives the row of the n-th request so that all rows are asked for before one comes again, neighbours far apart.
func (b *bench) spread(n int) row { return b.rows[n*7919%len(b.rows)] } // a prime: every row comes

// singles asks for one commitment, spread over all.
func (b *bench) singles() error {
	ours := func(q *fasthttp.Request, n int) { q.SetRequestURI("/commitments/" + b.spread(n).Ref + ".json") }
	contenders := []*contender{
		b.new.asPublic("Concord, public", ours),
		b.peer.contender("PocketBase", func(q *fasthttp.Request, n int) {
			q.SetRequestURI("/api/collections/commitments/records/" + peerID(b.spread(n).Ref))
		}),
		b.new.asOfficer("Concord, signed in", ours),
	}
	if b.old != nil {
		contenders = append(contenders, b.old.asPublic("earlier Concord, public", ours))
	}
	return b.compare("single commitments spread over all, JSON (target: 2 times)", readers, contenders...)
}

// pages asks for HTML as the signed-in officer, each address with a parameter that never comes again, so that no kept
// answer serves it.
func (b *bench) pages() error {
	for _, page := range []struct {
		name string
		path func(n int) string
	}{
		{"/", func(int) string { return "/" }},
		{"/commitments", func(int) string { return "/commitments" }},
		{"/commitments/REF", func(n int) string { return "/commitments/" + b.spread(n).Ref }},
		{"/record", func(int) string { return "/record" }},
		{"/texts", func(int) string { return "/texts" }},
		{"/meetings", func(int) string { return "/meetings" }},
	} {
		ask := func(q *fasthttp.Request, n int) {
			q.SetRequestURI(page.path(n) + "?n=" + strconv.Itoa(n))
			q.Header.Set("Accept", "text/html")
		}
		contenders := []*contender{b.new.asOfficer("Concord", ask)}
		if b.old != nil {
			contenders = append(contenders, b.old.asOfficer("earlier Concord", ask))
		}
		if err := b.compare("page "+page.name+", uncached (target: 3 times the earlier, p95 < 5 ms)", readers, contenders...); err != nil {
			return err
		}
	}
	return nil
}
