package review

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"concord/commitment"
	"concord/mechanism"
	"concord/statement"
	"concord/web/page"
	"concord/web/proposal"
)

// reviewItem is a proposal with all that one must see to decide on it.
type reviewItem struct {
	page.Note
	N          int
	Version    int64 // the last act on it: sent back with a decision, so that nobody decides on what they have not seen
	Heading    string
	Chapeau    string // the lead-in that the strength is from
	Before     string // the end of the paragraph before
	After      string
	Tokens     []proposal.Token // the paragraph
	Words      string
	Action     string
	Summary    string // of the pack, under the same reference
	Missing    []commitment.Element
	Modifiers  []string
	Tracks     []string
	Instrument string
	Sentence   []string // references of the others in the sentence
	By         commitment.Origin
	Reshaped   bool // split from or merged of others
	Reason     string
	LastAct    *page.Act
	Cuts       []cut     // where it may be split
	Cut        int       // the likeliest
	Merge      *mergable // the next, to merge with
}

// cut is a place where a proposal may be split.
type cut struct {
	At          int
	Left, Right string
}

// mergable is the proposal that follows.
type mergable struct {
	N     int
	Ref   string
	Words string // of both together
}

// newReviewItem reads a proposal with its surroundings.
func newReviewItem(f *page.Frame, c mechanism.Copy, x *commitment.Commitment, all []*commitment.Commitment) *reviewItem {
	d := c.Document
	it := &reviewItem{
		Note: f.NoteOf(x, c), N: x.N, Version: x.Last(), Words: d.Reading[x.Start:x.End],
		Action: x.Action, Missing: x.Missing(), Modifiers: x.Modifiers, Tracks: x.Tracks, Instrument: x.Instrument, By: x.By, Reshaped: len(x.From) > 0, Reason: x.Reason(),
	}
	it.Lang = page.ReadingTag(d)
	it.LastAct = f.ActAt(it.Version)
	if s, ok := f.State.Ledger().Summary(x.Ref); ok {
		it.Summary = f.Name(s.Summary)
	}
	it.surround(d, x.Start, x.End)
	if x.StrengthFrom == commitment.Chapeau {
		it.Chapeau = d.ChapeauOf(x.Clause)
	}
	for _, o := range all {
		if o == x || o.Language != x.Language {
			continue
		}
		if o.Group == x.Group && x.Group != 0 && o.State != commitment.Refused {
			it.Sentence = append(it.Sentence, o.Ref)
		}
		if o.State == commitment.Proposed || o.State == commitment.Accepted {
			it.others(o)
		}
	}
	it.span(x.Start, x.End)
	it.Cuts, it.Cut = cutsOf(it.Tokens)
	it.Merge = mergeable(d, x, all)
	return it
}

// around is how much of a paragraph is shown on either side of a proposal, in bytes: all of it, unless it is no paragraph
// that people write.
const around = 4 << 10

// surround takes in the paragraph, or the paragraphs, of a range and the ends of their neighbours.
func (it *reviewItem) surround(d *statement.Document, start, end int) {
	if len(d.Paragraphs) == 0 {
		it.Tokens = proposal.TokensOf(d.Reading, start, end)
		return
	}
	first := slices.IndexFunc(d.Paragraphs, func(p statement.Paragraph) bool { return p.End >= start })
	if first < 0 {
		first = len(d.Paragraphs) - 1
	}
	last := first
	for last+1 < len(d.Paragraphs) && d.Paragraphs[last].End < end {
		last++
	}
	from, to := d.Paragraphs[first].Start, d.Paragraphs[last].End
	if start-from > around {
		from = proposal.RuneStart(d.Reading, start-around)
		it.Before = tail(d.Reading[d.Paragraphs[first].Start:from], 140)
	} else if first > 0 {
		p := d.Paragraphs[first-1]
		it.Before = tail(d.Reading[p.Start:p.End], 140)
	}
	if to-end > around {
		to = proposal.RuneStart(d.Reading, end+around)
		it.After = page.Excerpt(d.Reading[to:d.Paragraphs[last].End], 140)
	} else if last+1 < len(d.Paragraphs) {
		p := d.Paragraphs[last+1]
		it.After = page.Excerpt(d.Reading[p.Start:p.End], 140)
	}
	it.Tokens = proposal.TokensOf(d.Reading, from, to)
	for _, c := range d.Clauses {
		if c.ID == d.Paragraphs[first].Clause {
			it.Heading = c.Heading
		}
	}
}

// tail cuts words before the last n characters.
func tail(s string, n int) string {
	s = strings.TrimSpace(s)
	from := len(s)
	for range n {
		if from == 0 {
			return s
		}
		_, size := utf8.DecodeLastRuneInString(s[:from])
		from -= size
	}
	if from == 0 {
		return s
	}
	return "…" + strings.TrimSpace(s[from:])
}

// span marks the tokens of the proposal's words.
func (it *reviewItem) span(start, end int) {
	for i := range it.Tokens {
		it.Tokens[i].In = it.Tokens[i].At < end && it.Tokens[i].End > start
	}
}

func (it *reviewItem) others(o *commitment.Commitment) {
	first := sort.Search(len(it.Tokens), func(i int) bool { return it.Tokens[i].End > o.Start })
	for i := first; i < len(it.Tokens) && it.Tokens[i].At < o.End; i++ {
		it.Tokens[i].Other = o.Ref
	}
}

// cutsOf gives the places between the tokens of the words where they may be split, and the likeliest: the one behind a
// comma or the like that is nearest to the middle, else the middle.
func cutsOf(tokens []proposal.Token) (cuts []cut, likely int) {
	var in []proposal.Token
	var words strings.Builder // of all of them
	for _, t := range tokens {
		if t.In {
			in = append(in, t)
			words.WriteString(t.Text)
		}
	}
	said, at := words.String(), 0 // the words before the cut are said[:at]
	best := 1 << 30
	for i := 1; i < len(in); i++ {
		at += len(in[i-1].Text)
		if in[i].Blank {
			continue
		}
		cuts = append(cuts, cut{At: in[i].At, Left: tail(said[:at], 24), Right: page.Excerpt(said[at:], 24)})
		far := max(i-len(in)/2, len(in)/2-i)
		if !pauses(in, i) {
			far += len(in)
		}
		if far < best {
			best, likely = far, in[i].At
		}
	}
	return cuts, likely
}

// pauses says whether a comma or the like stands right before token i.
func pauses(in []proposal.Token, i int) bool {
	before := i - 1
	if in[before].Blank && before > 0 {
		before--
	}
	return strings.ContainsAny(in[before].Text, ",;，；、。.")
}

// mergeable is the next waiting proposal of the same copy.
func mergeable(d *statement.Document, x *commitment.Commitment, all []*commitment.Commitment) *mergable {
	if x.State != commitment.Proposed {
		return nil
	}
	for _, o := range all[slices.Index(all, x)+1:] {
		if o.State == commitment.Proposed && o.Language == x.Language {
			start, end := min(x.Start, o.Start), max(x.End, o.End)
			if end-start > commitment.MostWords {
				return nil
			}
			return &mergable{N: o.N, Ref: o.Ref, Words: d.Reading[start:end]}
		}
	}
	return nil
}
