package cli

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"concord/commitment"
	"concord/commitment/extract"
	"concord/internal/fault"
	"concord/statement"
)

var readCommand = command{
	name: "read", args: "FILE [--adopted 2024-12-01] [--parties CN,KZ,...] [--lang zh] [--json]",
	short: "read a text: repairs, clauses and the commitments in it; stores nothing",
	long: `
Reads a statement or treaty (plain text, HTML or docx; Chinese, Russian or English) and prints what it read: what was
repaired in a damaged copy, the clauses, and each commitment with who is bound, how firmly, by when, and the rule that
found it. It needs no data folder and changes nothing.

With --json it prints one object: language; repairs [{start, end, kind, was, now}]; paragraphs [{start, end, type}] in
order, with type preambular, operative or none; clauses [{id, start, end, heading}]; commitments [{clause, start, end,
strength, strength_from, actor, actor_kind, parties, cue, rule, deadline {text, value, basis}, track, instrument,
action}]. Offsets count Unicode code points of the file as decoded: of the text or HTML itself, of a docx file its
paragraphs, one a line. This form is stable.

  concord read statement.txt --adopted 2024-12-01 --parties CN,KZ,KG,TJ,TM,UZ
  concord read statement.docx --json | jq '.commitments[] | select(.strength >= 4)'`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		adopted := set.String("adopted", "", "date of adoption, 2024-12-01: relative deadlines count from it (default: as the text says)")
		parties := set.String("parties", "", "the parties' codes, with commas, in their order (default: as the text says)")
		lang := set.String("lang", "", "language of the text: zh, ru or en (default: told from its letters and words)")
		asJSON := set.Bool("json", false, "print one JSON object instead of a page for a person")
		return func(_ context.Context, env Env, args []string) error {
			name, err := oneArgument(args, "the file to read")
			if err != nil {
				return err
			}
			if _, err := time.Parse(time.DateOnly, *adopted); *adopted != "" && err != nil {
				return usage("--adopted %s is not a date such as 2024-12-01", *adopted)
			}
			data, err := readFile(name, env.Stdin)
			if err != nil {
				return err
			}
			doc, err := readAs(filepath.Base(name), data, *lang)
			if err != nil {
				return err
			}
			found := extract.Propose(doc, extract.Options{Adopted: *adopted, Parties: splitList(*parties)})
			if !doc.Numbered {
				fmt.Fprintf(env.Stderr, "concord: %s has no numbered clauses: its paragraphs serve as clauses\n", doc.Name)
			}
			if parts := doc.Parts(); len(parts) > 1 {
				fmt.Fprintf(env.Stderr, "concord: %s seems to hold %d texts: read each from a file of its own\n", doc.Name, len(parts))
			}
			if *asJSON {
				return writeReading(env.Stdout, doc, found)
			}
			return printReading(env.Stdout, doc, found)
		}
	},
}

// readAs reads a file, in a language that the caller may have given.
func readAs(name string, data []byte, lang string) (*statement.Document, error) {
	if lang == "" {
		return statement.Read(name, data)
	}
	tag := statement.Language(lang)
	if !slices.Contains(statement.Languages(), tag) && !slices.ContainsFunc(statement.Languages(), func(l statement.Language) bool { return l.Base() == lang }) {
		return nil, usage("--lang %s is none of the languages that Concord reads", lang)
	}
	return statement.ReadAs(name, data, tag)
}

// readFile reads a file, or the standard input for "-". It stops a little above the limit, so that a huge file is
// refused and not held.
func readFile(name string, stdin io.Reader) ([]byte, error) {
	in := stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, fault.New(fault.NotFound, "%s cannot be opened: %v", name, rootCause(err))
		}
		defer f.Close()
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() && info.Size() > statement.MaxFile {
			return nil, fault.New(fault.Invalid, "%s is %d MB large; a text of more than %d MB is not read: is it the right file?", name, info.Size()>>20, statement.MaxFile>>20)
		}
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, statement.MaxFile+1))
	if err != nil {
		return nil, fault.New(fault.Unavailable, "%s cannot be read: %v", name, rootCause(err))
	}
	return data, nil
}

// rootCause leaves out the path and the operation that the sentence names already.
func rootCause(err error) error {
	if p, ok := err.(*os.PathError); ok {
		return p.Err
	}
	return err
}

func splitList(s string) []string {
	var list []string
	for _, part := range strings.Split(s, ",") {
		if part = strings.ToUpper(strings.TrimSpace(part)); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// reading is the JSON form of concord read. Analysts script it: fields may be added, none changed.
type reading struct {
	Language    statement.Language `json:"language"`
	Adopted     string             `json:"adopted"`
	Parties     []string           `json:"parties"`
	Numbered    bool               `json:"numbered"`
	Repairs     []statement.Edit   `json:"repairs"`
	Paragraphs  []readParagraph    `json:"paragraphs"`
	Clauses     []readClause       `json:"clauses"`
	Commitments []readCommitment   `json:"commitments"`
	Passed      []readPassage      `json:"passed_over"`
}

type readParagraph struct {
	statement.Span
	Type   statement.ParagraphType `json:"type"`
	Clause string                  `json:"clause"`
}

type readClause struct {
	ID string `json:"id"`
	statement.Span
	Heading string `json:"heading"`
	Parent  string `json:"parent"`
}

type readCommitment struct {
	Clause string `json:"clause"`
	statement.Span
	Text         string               `json:"text"`
	Strength     commitment.Strength  `json:"strength"`
	StrengthFrom commitment.Source    `json:"strength_from"`
	Actor        string               `json:"actor"`
	ActorKind    commitment.ActorKind `json:"actor_kind"`
	Parties      []string             `json:"parties"`
	Cue          string               `json:"cue"`
	Rule         string               `json:"rule"`
	Modifiers    []string             `json:"modifiers"`
	Deadline     *commitment.Deadline `json:"deadline"`
	Track        string               `json:"track"`
	Tracks       []string             `json:"tracks"`
	Instrument   string               `json:"instrument"`
	Action       string               `json:"action"`
	Group        int                  `json:"group"`
}

type readPassage struct {
	Clause string `json:"clause"`
	statement.Span
	Cue    string `json:"cue"`
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
}

func writeReading(w io.Writer, doc *statement.Document, found extract.Extraction) error {
	out := reading{
		Language: doc.Language, Adopted: found.Adopted, Parties: notNil(found.Parties), Numbered: doc.Numbered,
		Repairs: notNil(doc.Edits), Paragraphs: []readParagraph{}, Clauses: []readClause{}, Commitments: []readCommitment{}, Passed: []readPassage{},
	}
	out.Paragraphs = readParagraphs(doc)
	for _, c := range doc.Clauses {
		out.Clauses = append(out.Clauses, readClause{c.ID, doc.Source(c.Start, c.End), c.Heading, c.Parent})
	}
	for _, p := range found.Proposals {
		out.Commitments = append(out.Commitments, readCommitment{
			Clause: p.Clause, Span: doc.Source(p.Start, p.End), Text: doc.Reading[p.Start:p.End],
			Strength: p.Strength, StrengthFrom: p.StrengthFrom, Actor: p.Actor.Text, ActorKind: p.Actor.Kind, Parties: p.Actor.Parties,
			Cue: p.Cue, Rule: p.Rule, Modifiers: notNil(p.Modifiers), Deadline: p.Deadline, Track: first(p.Tracks), Tracks: notNil(p.Tracks),
			Instrument: p.Instrument, Action: p.Action, Group: p.Group,
		})
	}
	for _, p := range found.Passed {
		out.Passed = append(out.Passed, readPassage{p.Clause, doc.Source(p.Start, p.End), p.Cue, p.Rule, p.Reason})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}

// readParagraphs lists every line of the file that has words, in order: page furniture too, which the reading leaves out.
func readParagraphs(doc *statement.Document) []readParagraph {
	all := []readParagraph{}
	for _, p := range doc.Paragraphs {
		all = append(all, readParagraph{doc.Source(p.Start, p.End), p.Type, p.Clause})
	}
	for _, e := range doc.Edits {
		if e.Kind == "page-furniture" {
			all = append(all, readParagraph{e.Span, statement.Neither, ""})
		}
	}
	slices.SortStableFunc(all, func(a, b readParagraph) int { return a.Start - b.Start })
	return all
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}
