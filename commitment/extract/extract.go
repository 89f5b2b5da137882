// Package extract reads commitments out of the clauses of a text.
//
// [Propose] proposes; it never decides. It gives an [Extraction]: proposals, each with the words, the cue and the rule
// that made it, and the passages that look like one and are none, each with its reason. [Options] are what the text itself
// may not say.
//
// A text goes through four stages:
//
//	match   the lexicon finds every word it knows in a sentence            reading.go, inflected_words.go
//	clause  the sentence is cut and its parts are told apart: who, what    chinese.go, chinese_clause.go, chinese_subject.go,
//	                                                                       inflected_cut.go, inflected_subject.go
//	judge   what governs what, how firmly, and what binds nobody           judge.go, chinese_judge.go, chinese_goal.go,
//	                                                                       inflected.go, inflected_cues.go
//	fill    deadline, modifiers, tracks and instrument of what is left     fill.go, fill_deadline.go
//
// The first and the last are the same in every language. The two between are a grammar: one of Chinese, one of English and
// Russian.
package extract

import (
	"context"

	"concord/commitment"
	"concord/internal/fault"
	"concord/statement"
)

// Track is an area of cooperation with the words that point to it, by language base ("zh", "ru", "en").
type Track struct {
	ID    string              `json:"id"`
	Words map[string][]string `json:"words"`
}

// Options are what the text itself may not say.
type Options struct {
	Adopted string   // date of adoption, 2024-12-01; empty: read from the text if it says so
	Parties []string // the party set of the text; nil: read from the text
	Tracks  []Track  // the mechanism's tracks; nil: the general areas of cooperation of the lexicon
	Names   []PartyName
}

// PartyName is what a party is called, by language base, where it is not a state or organization that the lexicon
// knows.
type PartyName struct {
	Code  string
	Names map[string]string
}

// Extraction is what was read out of one document, in the order of the text.
type Extraction struct {
	Adopted   string                `json:"adopted"` // as given or as read
	Parties   []string              `json:"parties"`
	Proposals []commitment.Proposal `json:"proposals"`
	Passed    []commitment.Passage  `json:"passed"` // passages that are not commitments
}

// Propose proposes the commitments of a document, in the order of the text, and names the passages that look like one
// and are not. It reads Chinese, Russian and English; a text in another language gives an empty Extraction.
//
// It depends on nothing but its arguments and the embedded lexicons, and may be called from several goroutines. Of a text with
// more than [commitment.MostRead] findings it gives the first ones.
func Propose(d *statement.Document, opt Options) Extraction {
	x, _ := ProposeUnder(context.Background(), d, opt) // what it refuses is told by ProposeUnder only
	return x
}

// MostSentence is how many bytes a sentence may have, far more than sentences have: the longest of two hundred treaties and
// resolutions has 2,200. A longer one is named among what was passed, with the reason [commitment.TooLong].
const MostSentence = 16 << 10

// ProposeUnder is Propose for a caller who may give up: it ends soon after the context does. Errors: the context's; invalid
// for a text with more than [commitment.MostRead] findings. What was read until then comes with the error.
func ProposeUnder(ctx context.Context, d *statement.Document, opt Options) (Extraction, error) {
	g := grammars[d.Language.Base()]
	if g == nil {
		return Extraction{Adopted: opt.Adopted, Parties: opt.Parties}, nil
	}
	r := newReading(d, opt)
	r.ctx = ctx
	for i := range d.Paragraphs {
		r.paragraph(g, &d.Paragraphs[i])
		if err := r.ended(); err != nil {
			return r.out, err
		}
	}
	return r.out, nil
}

// ended says why the reading does not go on; nil while it does.
func (r *reading) ended() error {
	if err := r.ctx.Err(); err != nil {
		return err
	}
	if len(r.out.Proposals)+len(r.out.Passed) > commitment.MostRead {
		return fault.New(fault.Invalid, "%s holds more than %d commitments and passages like them: it is no text that can be reviewed", r.doc.Name, commitment.MostRead)
	}
	return nil
}
