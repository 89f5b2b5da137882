package extract

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"concord/commitment"
	"concord/lexicon"
	"concord/statement"
)

// grammar is what a language adds to its lexicon.
type grammar interface {
	// cut gives the ends of the sentences of a text, each with its stop, in order; the last is len(text).
	cut(text string) []int
	// read reads one sentence: it calls r.propose and r.pass for what it finds and keeps r.scope up to date.
	read(r *reading, s *sentence)
}

// grammars by language base. The table does not change.
var grammars = map[string]grammar{"zh": chinese{}, "en": inflected{}, "ru": inflected{russian: true}}

// sentence is one sentence of a paragraph with all that the lexicon knows in it. Offsets are bytes of Reading.
type sentence struct {
	start, end int // without spaces around and without the closing stop
	stop       rune
	hits       []lexicon.Hit // in the order of their starts
	para       *statement.Paragraph
	first      bool // the first of its paragraph
	last       bool
	point      bool // in a point under a chapeau
	leads      bool // a chapeau: it governs the points after it and is itself no commitment
}

// scope is what a sentence without a subject or verb of its own takes over. A grammar updates it as it reads.
type scope struct {
	actor    *commitment.Actor // nil: nobody has been named
	strength commitment.Strength
	cue      string // the words that gave the strength
	rule     string
	priority bool // the cue says "as a priority"
	lead     bool // it comes from a chapeau
	loose    bool // it comes from the last words of a preamble, and governs only what has no subject
}

// reading is one run of Propose.
type reading struct {
	ctx      context.Context // of who asked
	doc      *statement.Document
	lex      *lexicon.Lexicon
	tracks   *lexicon.Searcher // of Options.Tracks; nil: the areas of the lexicon
	adopted  lexicon.Adoption
	parties  []string
	clauses  map[string]*statement.Clause
	leads    map[string]scope    // by clause, what its chapeau gave
	headed   map[string][]string // by clause, the tracks of its heading, once asked
	scope    scope
	clause   string // clause that scope belongs to
	list     *scope // what leads in a list that is set as paragraphs of their own, while it runs
	group    int
	sentence [2]int            // where the sentence that is read begins and ends in Reading
	spoken   *[]string         // the tracks of that sentence; nil until they are asked for
	hits     []lexicon.Hit     // reused between sentences
	writer   *commitment.Actor // who speaks where nobody is named, once the grammar of English or Russian has looked
	partial  bool              // the parties were read from what they say: there may be more
	pieces   []piece           // reused between sentences by the grammar of English and Russian
	onward   scope             // what a lead-in gave that goes on in paragraphs without numbers
	speaker  string            // who speaks, "leaders" or "ministers", once the grammar of English or Russian has looked
	sides    map[rune]string   // in Chinese: the character of a party form (哈方) and its party
	aliases  []alias           // in Chinese: the names that the parties go by beside those of the lexicon
	out      Extraction
}

func newReading(d *statement.Document, opt Options) *reading {
	r := &reading{doc: d, lex: lexicon.For(d.Language.Base()), clauses: map[string]*statement.Clause{}, leads: map[string]scope{}, headed: map[string][]string{}}
	r.lex = r.lex.With(partiesNamed(opt.Names, r.lex.Base()))
	for i := range d.Clauses {
		c := &d.Clauses[i]
		r.clauses[c.ID] = c
	}
	r.tracks = tracksIn(r.lex.Base(), opt.Tracks)
	r.out.Adopted = opt.Adopted
	if r.out.Adopted == "" {
		r.out.Adopted = r.readAdopted()
	}
	r.adopted = lexicon.ReadAdoption(r.out.Adopted)
	r.parties = slices.Clone(opt.Parties)
	if opt.Parties == nil {
		r.parties = r.readParties()
		if _, ok := grammars[r.lex.Base()].(inflected); ok {
			r.parties = r.completeParties(r.parties)
		} else if len(r.parties) == 1 {
			r.parties = r.withSides(r.parties)
		}
	}
	r.out.Parties = r.parties
	return r
}

// partiesNamed gives what the parties are called in one language.
func partiesNamed(names []PartyName, base string) []lexicon.Party {
	parties := make([]lexicon.Party, len(names))
	for i, n := range names {
		parties[i] = lexicon.Party{Code: n.Code, Name: n.Names[base]}
	}
	return parties
}

// paragraph reads the sentences of one paragraph.
func (r *reading) paragraph(g grammar, p *statement.Paragraph) {
	if !r.readable(p) {
		if p.Role == statement.Heading {
			r.list = nil
		}
		return
	}
	r.enter(p)
	from := r.skipHeading(p)
	text := r.doc.Reading[from:p.End]
	ends := g.cut(text)
	begin := 0
	for i, end := range ends {
		if r.ended() != nil {
			return
		}
		s := sentence{start: from + begin, end: from + end, para: p, first: begin == 0 && from == p.Text, last: i == len(ends)-1}
		begin = end
		r.trim(&s)
		if s.start >= s.end {
			continue
		}
		if s.end-s.start > MostSentence {
			r.pass(s.start, s.end, "", r.lex.Base()+"/sentence/too-long", commitment.TooLong)
			continue
		}
		s.point = p.Role == statement.Point || r.list != nil
		s.leads = s.last && r.leadsIn(p, &s)
		if from == p.Text && i == 0 && len(ends) > 1 && r.runInHeading(p, &s) {
			continue
		}
		r.find(&s)
		r.group++
		before := len(r.out.Proposals)
		r.sentence, r.spoken = [2]int{s.start, s.end}, nil
		g.read(r, &s)
		if len(r.out.Proposals) == before {
			r.group--
		}
		if s.leads {
			r.scope.loose = p.Type == statement.Preambular && p.Role == statement.Body
			r.leads[p.Clause] = r.scope
			if s.last && r.scope.strength > 0 {
				r.list = nil
				if lead := r.scope; !r.numbered(p) {
					r.list = &lead
				}
			}
		} else if s.last && s.stop != ';' && s.stop != '；' && !r.numbered(p) {
			r.list = nil
		}
	}
}

// numbered tells whether a paragraph begins a clause with a printed number.
func (r *reading) numbered(p *statement.Paragraph) bool {
	c := r.clauses[p.Clause]
	return c != nil && c.Number != "" && c.Start == p.Start
}

// readable tells whether a paragraph can hold commitments or lead into some. The preamble is read only for a lead-in:
// a chapeau or, but in Chinese, a paragraph that ends in a colon.
func (r *reading) readable(p *statement.Paragraph) bool {
	switch p.Role {
	case statement.Title, statement.Heading, statement.Furniture:
		return false
	case statement.Chapeau:
		return true
	}
	if p.Type == statement.Preambular && p.Clause == preamble {
		return r.lex.Base() != "zh" && p.Role == statement.Body && strings.HasSuffix(strings.TrimRight(r.doc.Reading[p.Text:p.End], " \r\n"), ":")
	}
	return p.Type == statement.Operative || p.Type == statement.Preambular && p.Clause != ""
}

// enter sets the scope for a paragraph: that of the chapeau above it, or what ran so far in the same clause.
func (r *reading) enter(p *statement.Paragraph) {
	if p.Clause == r.clause && p.Clause != "" && p.Role != statement.Point {
		return
	}
	under := r.clause != "" && r.top(p.Clause) == r.top(r.clause) && p.Role != statement.Point
	r.clause = p.Clause
	if lead, ok := r.leadAbove(p.Clause); ok {
		r.scope = lead
		r.scope.lead = true
	} else if !under {
		r.scope = scope{}
	}
}

// leadAbove finds the chapeau that governs a clause.
func (r *reading) leadAbove(id string) (scope, bool) {
	for range 8 { // deeper than any text goes
		c := r.clauses[id]
		if c == nil || c.Parent == "" {
			break
		}
		id = c.Parent
		if lead, ok := r.leads[id]; ok {
			return lead, true
		}
	}
	if r.list != nil {
		return *r.list, true
	}
	lead, ok := r.leads[preamble]
	return lead, ok
}

// preamble is the id of the clause before the first.
const preamble = "0"

func (r *reading) top(id string) string {
	for range 8 {
		c := r.clauses[id]
		if c == nil || c.Parent == "" {
			break
		}
		id = c.Parent
	}
	return id
}

// leadsIn tells whether a sentence is a chapeau: its paragraph is one, or it ends in a colon.
func (r *reading) leadsIn(p *statement.Paragraph, s *sentence) bool {
	return p.Role == statement.Chapeau || s.stop == ':' || s.stop == '：'
}

// skipHeading gives where the sentences of a paragraph begin: behind the heading of its clause, if that runs in.
func (r *reading) skipHeading(p *statement.Paragraph) int {
	c := r.clauses[p.Clause]
	if c == nil || c.Heading == "" || !strings.HasPrefix(r.doc.Reading[p.Text:p.End], c.Heading) {
		return p.Text
	}
	if !r.plain(c.Heading) {
		return p.Text // a sentence that promises or names an actor is no heading, wherever it stands
	}
	end := p.Text + len(c.Heading)
	if g, ok := grammars[r.lex.Base()].(inflected); ok && g.asserts(r, p.Text, end) {
		return p.Text // a sentence of its own
	}
	if strings.TrimRight(r.doc.Reading[end:p.End], stops+" ") == "" {
		return p.Text // the whole paragraph: its only sentence, whatever it is
	}
	r.pass(p.Text, end, "", r.lex.Base()+"/heading/run-in", "heading")
	for end < p.End {
		c, size := utf8.DecodeRuneInString(r.doc.Reading[end:])
		if !strings.ContainsRune(stops+" \u3000", c) {
			break
		}
		end += size
	}
	return end
}

// runInHeading tells whether the first of several sentences of a point is a heading that runs into its paragraph: a
// short phrase without comma, subject or cue.
func (r *reading) runInHeading(p *statement.Paragraph, s *sentence) bool {
	text := r.doc.Reading[s.start:s.end]
	if p.Role != statement.Point || utf8.RuneCountInString(text) > r.headingRunes() || strings.ContainsAny(text, ",，;；") {
		return false
	}
	if !r.plain(text) {
		return false
	}
	r.pass(s.start, s.end, "", r.lex.Base()+"/heading/run-in", "heading")
	return true
}

// plain tells whether words can be a heading: no cue that binds, no actor, no time.
func (r *reading) plain(text string) bool {
	plain := true
	r.lex.Scan(text, func(h lexicon.Hit) {
		plain = plain && (h.Line.Kind != lexicon.Cues || h.Start == 0 || h.Line.Class == "verb" || h.Line.Class == "word" || h.Line.Class == "support" || h.Line.Class == "explore") &&
			h.Line.Kind != lexicon.Actors && h.Line.Kind != lexicon.Deadlines
	})
	return plain
}

// headingRunes is how long a run-in heading may be: 16 characters in Chinese, some eight words elsewhere.
func (r *reading) headingRunes() int {
	if r.lex.Base() == "zh" {
		return 16
	}
	return 64
}

// stops are the signs that close a sentence or a heading.
const stops = ".。;；:：!！?？…"

// trim takes spaces and the closing stop off a sentence and keeps the stop.
func (r *reading) trim(s *sentence) {
	text := r.doc.Reading
	for s.start < s.end {
		c, size := utf8.DecodeRuneInString(text[s.start:s.end])
		if !strings.ContainsRune(" \t\r\n\u00a0\u3000", c) {
			break
		}
		s.start += size
	}
	for s.start < s.end {
		c, size := utf8.DecodeLastRuneInString(text[s.start:s.end])
		switch {
		case strings.ContainsRune(stops, c):
			s.stop = c
		case !strings.ContainsRune(" \t\r\n\u00a0\u3000", c):
			return
		}
		s.end -= size
	}
}

// find fills the hits of a sentence.
func (r *reading) find(s *sentence) {
	r.hits = r.hits[:0]
	r.lex.Scan(r.doc.Reading[s.start:s.end], func(h lexicon.Hit) {
		h.Start += s.start
		h.End += s.start
		r.hits = append(r.hits, h)
	})
	s.hits = r.hits
}

// text is the words of a range of Reading.
func (r *reading) text(start, end int) string { return r.doc.Reading[start:end] }

// pass names a passage that is not a commitment.
func (r *reading) pass(start, end int, cue, rule, reason string) {
	r.out.Passed = append(r.out.Passed, commitment.Passage{Clause: r.clause, Start: start, End: end, Cue: cue, Rule: rule, Reason: reason})
}
