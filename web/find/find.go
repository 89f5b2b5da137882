// Package find answers questions in a few words, on a page and in the palette, and lists the keys.
package find

import (
	"embed"
	"strings"

	"concord/search"
	"concord/web/page"
)

// findPage answers a question in a few words: where to go, what to do, what has these words.
type findPage struct {
	*page.Frame `json:"-"`
	Asked       string `json:"asked"`
	Hits        []hit  `json:"hits"`
	More        bool   `json:"more"` // there are more than are shown
}

// hit is one answer. Group is go, do, text, clause, commitment, meeting, party, track or act.
type hit struct {
	Group  string `json:"group"`
	Label  string `json:"label"` // of the group, in the visitor's language
	Title  string `json:"title"`
	Detail string `json:"detail,omitempty"`
	In     string `json:"language,omitempty"` // of Title, where it is not the visitor's
	Href   string `json:"href"`
}

// hitsShown bounds an answer; whoever needs more asks more exactly.
const hitsShown = 40

//go:embed *.html *.js words.txt
var files embed.FS

// Family is these pages, which look into one index.
func Family(index *search.Cache) page.Family {
	return page.Family{
		Name: "find", Files: files,
		Routes: []page.Route{page.Get("/find", page.Of("find", finder{index}.find)), page.Get("/keys", showKeys)},
	}
}

// finder answers from one index.
type finder struct{ index *search.Cache }

func (x finder) find(f *page.Frame) (any, error) {
	f.About(f.T("find.title"))
	p := &findPage{Frame: f, Asked: strings.TrimSpace(f.Query.Get("q")), Hits: []hit{}}
	q := &question{f: f, index: x.index.Of(f.State), words: search.Words(p.Asked)}
	q.ask()
	if q.hits != nil {
		p.Hits = q.hits
	}
	p.More = q.more
	return p, nil
}

// question collects what has all of its words.
type question struct {
	f     *page.Frame
	index *search.Index
	words []string // in small letters
	hits  []hit
	more  bool
}

// ask looks where an answer is most likely to be the one that was meant first.
func (q *question) ask() {
	q.acts()
	q.destinations()
	q.names()
	q.commitments()
	q.clauses()
}

// add keeps a hit if one of the texts to be searched has all words.
func (q *question) add(h hit, searched ...string) {
	if !q.has(strings.ToLower(strings.Join(append(searched, h.Title, h.Detail), "\n"))) {
		return
	}
	if len(q.hits) == hitsShown {
		q.more = true
		return
	}
	q.keep(h)
}

func (q *question) keep(h hit) {
	h.Label = q.f.T("find.group." + h.Group)
	q.hits = append(q.hits, h)
}

// has says whether a text in small letters has all words.
func (q *question) has(text string) bool { return search.Has(text, q.words) }

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
	for _, e := range q.index.Lines {
		if !q.has(e.Words) {
			continue
		}
		if len(q.hits) == hitsShown {
			q.more = true
			return
		}
		says, in := q.f.Says(e.Line)
		q.keep(hit{Group: "commitment", Title: says, Detail: e.Line.Ref, In: in, Href: "/commitments/" + e.Line.Ref})
	}
}

// clauseShown is how many characters of a clause stand in an answer.
const clauseShown = 160

// clauses are searched in the wording of every copy.
func (q *question) clauses() {
	if len(q.words) == 0 {
		return
	}
	for _, e := range q.index.Clauses {
		if !q.has(e.Words) {
			continue
		}
		if len(q.hits) == hitsShown {
			q.more = true
			return
		}
		q.keep(hit{Group: "clause", Title: cutWords(e.As), Detail: e.Text + " · " + e.ID, In: e.Lang, Href: "/texts/" + e.Text + "#c" + e.ID})
	}
}

func cutWords(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= clauseShown {
		return string(r)
	}
	return string(r[:clauseShown]) + "…"
}
