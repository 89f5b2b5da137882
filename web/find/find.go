// Package find answers questions in a few words, on a page and in the palette, and lists the keys.
package find

import (
	"embed"
	"fmt"
	"net/http"
	"strings"

	"concord/search"
	"concord/web/page"
)

// findPage answers a question in a few words: where to go, what to do, what has these words.
type findPage struct {
	*page.Frame
	Asked string
	Hits  []hit
	More  bool // there are more than are shown
}

// hit is one answer. Group is go, do, text, clause, commitment, meeting, party, track or act.
type hit struct {
	key    string // its place among the answers; it depends on nothing but what was found
	Group  string
	Label  string // of the group, in the visitor's language
	Title  string
	Detail string
	In     string // language of Title, where it is not the visitor's
	Href   string
	line   *search.Line   // of a commitment, which is put into words when it is shown
	clause *search.Clause // of a clause, likewise
}

// hitsShown bounds a page of answers; whoever needs more asks more exactly.
const hitsShown = 40

//go:embed *.js words.txt
var files embed.FS

// Family is these pages, which look into one index.
func Family(index *search.Cache) page.Family {
	return page.Family{
		Name: "find", Files: files,
		Routes: []page.Route{page.Get("/find", finder{index}.show).Asking("q", "limit", "after"), page.Get("/keys", showKeys)},
	}
}

// finder answers from one index.
type finder struct{ index *search.Cache }

func (x finder) show(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if page.VisitOf(r).JSON {
		return s.ShowData(w, r, func(f *page.Frame) (any, error) {
			f.Nav = s.NavOf(f)
			return x.data(f)
		})
	}
	return s.Show(w, r, x.find)
}

func (x finder) find(f *page.Frame) (page.Page, error) {
	f.About(f.T("find.title"))
	q := x.answer(f)
	p := &findPage{Frame: f, Asked: q.asked, More: len(q.hits) > hitsShown}
	for _, h := range q.hits[:min(len(q.hits), hitsShown)] {
		p.Hits = append(p.Hits, q.said(h))
	}
	return p, nil
}

// answer looks where an answer is most likely to be the one that was meant first.
func (x finder) answer(f *page.Frame) *question {
	q := &question{f: f, index: x.index.Of(f.State), asked: strings.TrimSpace(f.Query.Get("q"))}
	q.words = search.Words(q.asked)
	for _, look := range []func(){q.acts, q.destinations, q.names, q.commitments, q.clauses} {
		q.stage++
		q.place = 0
		look()
	}
	return q
}

// question collects what has all of its words.
type question struct {
	f      *page.Frame
	index  *search.Index
	asked  string
	words  []string // in small letters
	hits   []hit
	looked int // how much was looked through
	stage  int // of the search: what is likelier first
	place  int // within it
}

// add keeps a hit if one of the texts to be searched has all words.
func (q *question) add(h hit, searched ...string) {
	q.keep(h, strings.ToLower(strings.Join(append(searched, h.Title, h.Detail), "\n")))
}

// keep keeps a hit if a text in small letters has all words.
func (q *question) keep(h hit, text string) {
	q.looked++
	q.place++
	if search.Has(text, q.words) {
		h.key = fmt.Sprintf("%d-%018d", q.stage, q.place)
		q.hits = append(q.hits, h)
	}
}

// said puts a hit into words.
func (q *question) said(h hit) hit {
	h.Label = q.f.T("find.group." + h.Group)
	switch {
	case h.line != nil:
		h.Title, h.In = q.f.Says(h.line.Line)
		h.Detail, h.Href = h.line.Ref, "/commitments/"+h.line.Ref
	case h.clause != nil:
		h.Title, h.In = cutWords(h.clause.As), h.clause.Lang
		h.Detail, h.Href = h.clause.Text+" · "+h.clause.ID, "/texts/"+h.clause.Text+"#c"+h.clause.ID
	}
	return h
}

// acts answers a plain number with the act that has it.
func (q *question) acts() {
	if len(q.words) != 1 {
		return
	}
	if seq, ok := page.ParseSeq(q.words[0]); ok && seq < q.f.State.Acts() {
		a := q.f.ActAt(seq)
		q.add(hit{Group: "act", Title: q.f.T("act.title", q.f.Num(int(seq))), Detail: a.What, Href: "/record/" + page.FormatSeq(seq)}, q.words[0])
	}
}

// destinations are the pages, and what the visitor may do.
func (q *question) destinations() {
	f := q.f
	for _, n := range f.Nav {
		q.add(hit{Group: "go", Title: f.T(n.Key), Href: n.Href})
	}
	q.add(hit{Group: "go", Title: f.T("verify.title"), Href: "/record/verify"})
	q.add(hit{Group: "go", Title: f.T("keys.title"), Href: "/keys"})
	for _, w := range f.Waiting() {
		if f.SeesParties() {
			q.add(hit{Group: "do", Title: f.N("overview.review", w.N, w.Text), Detail: w.Title, Href: "/texts/" + w.Text + "/review"})
		}
	}
	if f.May("text.receive") {
		q.add(hit{Group: "do", Title: f.T("texts.receive"), Href: "/texts#receive"})
	}
	if f.May("person.appoint") {
		q.add(hit{Group: "do", Title: f.T("people.appoint-somebody"), Href: "/people#appoint"})
	}
	if !f.SignedIn() && f.Demo == nil {
		q.add(hit{Group: "do", Title: f.T("sign-in.title"), Href: "/sign-in"})
	}
}

// names are texts, meetings, parties and tracks, searched in all languages.
func (q *question) names() {
	f := q.f
	if len(q.words) == 0 {
		return
	}
	for _, t := range f.State.Texts() {
		q.add(hit{Group: "text", Title: f.Name(t.Title), Detail: t.Code, Href: "/texts/" + t.Code}, t.Code, search.Names(t.Title), search.Names(t.Place))
	}
	for _, x := range f.State.Meetings() {
		q.add(hit{Group: "meeting", Title: f.MeetingName(x), Detail: f.L.Span(x.Start, x.End), Href: "/meetings#" + x.ID}, search.Names(x.Name), search.Names(x.Place))
	}
	for _, p := range f.Parties() {
		q.add(hit{Group: "party", Title: f.Name(p.Name), Detail: p.Code, Href: "/commitments?party=" + p.Code}, p.Code, search.Names(p.Name), search.Names(p.Official))
	}
	for _, t := range f.State.Tracks() {
		q.add(hit{Group: "track", Title: f.Name(t.Name), Href: "/commitments?track=" + t.ID}, t.ID, search.Names(t.Name))
	}
}

// commitments are found by reference, by the words of their summaries in all languages, and by their action.
func (q *question) commitments() {
	if len(q.words) == 0 {
		return
	}
	for _, ch := range q.index.Chapters {
		for _, ln := range ch.Lines {
			q.place = ln.Ordinal() // so that lines which come or go move no other
			q.keep(hit{Group: "commitment", line: ln}, ln.Words)
		}
	}
}

// clauseShown is how many characters of a clause stand in an answer.
const clauseShown = 160

// clauses are searched in the wording of every copy.
func (q *question) clauses() {
	if len(q.words) == 0 {
		return
	}
	for i, text := range q.index.Texts {
		for n := range text.Clauses {
			q.place = i*mostClauses + n
			q.keep(hit{Group: "clause", clause: &text.Clauses[n]}, text.Clauses[n].Words)
		}
	}
}

// mostClauses bounds the clauses of a text in all languages, for their places among the answers.
const mostClauses = 1_000_000

func cutWords(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= clauseShown {
		return string(r)
	}
	return string(r[:clauseShown]) + "…"
}
