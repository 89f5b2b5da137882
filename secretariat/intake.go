package secretariat

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"concord/commitment/extract"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/statement"
)

// Reception is a file to be received as a text, with what its receiver knows about it. Only Name and Data must be
// given.
type Reception struct {
	Name        string   // the file's name
	Data        []byte   // its bytes
	Code        string   // of the text; empty: recognized by its date of adoption, else made from it
	Title       string   // empty: as read
	Adopted     string   // date, 2024-12-01; empty: as read
	Parties     []string // the text's party set; nil: as read, else as announced
	Source      string   // where the file is from
	ByParagraph bool     // take the paragraphs as clauses when no numbered clause is found
}

// Received says what became of a reception.
type Received struct {
	Code      string
	New       bool // the text was not announced before
	Document  *statement.Document
	Proposals int // how many wait for review; 0 for a further language of a text
	Passed    int
	Entries   []mechanism.Entry // the acts that were done
}

// Receive reads a file, finds out which text it is, and enters it with the commitments proposed from it: all or
// nothing. A further language of a text brings its wording and no second set of proposals.
//
// Reading holds nobody up: it is done on the caller's time, two files at once at most, and given up when the context ends or
// when it takes longer than half a minute. Errors: invalid, conflict and denied as of [Examine] and [Secretariat.Do];
// unavailable when other files are being read for as long as that.
func (s *Secretariat) Receive(ctx context.Context, by mechanism.Actor, r Reception) (Received, error) {
	acts, out, err := s.readAtDesk(ctx, r)
	if err != nil {
		return Received{}, err
	}
	out.Entries, err = s.Do(ctx, by, acts...)
	return out, err
}

// mostReaders is how many files are read at once: reading takes a processor and, at worst, some hundred megabytes.
const mostReaders = 2

// readAtDesk reads a file when its turn comes and says with which acts it is received.
func (s *Secretariat) readAtDesk(ctx context.Context, r Reception) (acts []mechanism.Act, out Received, err error) {
	within, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	select {
	case s.desks <- struct{}{}:
		defer func() { <-s.desks }()
	case <-within.Done():
		return nil, out, notRead(ctx, r, fault.New(fault.Unavailable, "other files are being read: send %s again in a minute", r.Name))
	}
	if out.Document, err = Examine(within, r); err == nil {
		acts, err = receptionActs(within, s.image.Load(), r, &out)
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		err = notRead(ctx, r, fault.New(fault.Invalid, "%s takes longer to read than %d seconds: it is no text as people adopt them; cut it into its parts", r.Name, int(s.patience.Seconds())))
	}
	return acts, out, err
}

// notRead says why a file was not read: whoever sent it gave up, or the time was over.
func notRead(ctx context.Context, r Reception, late error) error {
	if err := ctx.Err(); err != nil {
		return fault.Wrap(err, fault.Unavailable, "the request ended before %s was read: nothing was done", r.Name)
	}
	return late
}

// Examine reads a file and refuses what no mechanism can receive: what cannot be read, two texts in one, and a text that
// cannot be referred to clause by clause. When the context ends before, its error is given.
func Examine(ctx context.Context, r Reception) (*statement.Document, error) {
	doc, err := statement.ReadUnder(ctx, r.Name, r.Data)
	if err != nil {
		return nil, err
	}
	if parts := doc.Parts(); len(parts) > 1 {
		return nil, fault.New(fault.Invalid, "%s seems to hold %d texts: save each in a file of its own and import them one by one", r.Name, len(parts))
	}
	if !doc.Numbered && !r.ByParagraph {
		return nil, fault.New(fault.Invalid, "%s has no numbered clauses: check that it is the whole text, or import it with its paragraphs as clauses", r.Name)
	}
	return doc, nil
}

// receptionActs says which acts receive a document on the state as it stands.
func receptionActs(ctx context.Context, m *mechanism.Mechanism, r Reception, out *Received) ([]mechanism.Act, error) {
	doc := out.Document
	if code, same, found := m.SameText(doc); found {
		how := fault.Say("another file has the same words")
		if same {
			how = fault.Say("it is the very same file")
		}
		return nil, fault.New(fault.Conflict, "%s was received before, as %s: %s", r.Name, code, how)
	}
	extraction, err := extract.ProposeUnder(ctx, doc, optionsFor(m, r.Adopted, r.Parties))
	if err != nil {
		return nil, err
	}
	if err := checkPartiesOf(m, extraction.Parties, r.Name); err != nil {
		return nil, err
	}
	var acts []mechanism.Act
	text, announce := textFor(m, r, doc, extraction)
	if announce {
		acts = append(acts, &mechanism.AnnounceText{Text: text})
	}
	acts = append(acts, &mechanism.ReceiveText{Text: text.Code, Source: r.Source, File: r.Data, Document: doc})
	out.Code, out.New = text.Code, announce
	if m.HasProposals(text.Code) {
		return acts, nil
	}
	if len(extraction.Parties) == 0 || extraction.Adopted == "" { // the announcement knows what the wording does not say
		if extraction, err = extract.ProposeUnder(ctx, doc, optionsFor(m, text.Adopted, text.Parties)); err != nil {
			return nil, err
		}
	}
	out.Proposals, out.Passed = len(extraction.Proposals), len(extraction.Passed)
	return append(acts, &mechanism.ProposeCommitments{
		Text: text.Code, Language: doc.Language.Base(), Program: extract.Program,
		Items: m.Reserve(text.Code, extraction.Proposals), Passed: extraction.Passed,
	}), nil
}

// optionsFor gives what the mechanism knows in the form that extraction takes, with what is known of the text: its date
// of adoption and its parties.
func optionsFor(m *mechanism.Mechanism, adopted string, parties []string) extract.Options {
	opt := extract.Options{Adopted: adopted, Parties: parties}
	for _, t := range m.Tracks() {
		opt.Tracks = append(opt.Tracks, extract.Track{ID: t.ID, Words: t.Words})
	}
	for _, p := range m.Parties("") {
		opt.Names = append(opt.Names, extract.PartyName{Code: p.Code, Names: p.Name})
	}
	return opt
}

// checkPartiesOf refuses a text of parties that the mechanism does not have.
func checkPartiesOf(m *mechanism.Mechanism, parties []string, name string) error {
	var strangers []string
	for _, p := range parties {
		if !m.HasParty(p) {
			strangers = append(strangers, p)
		}
	}
	if len(strangers) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, "%s is a text of %s, and %s no party of %s: name the parties that it binds, or import it into the mechanism it belongs to",
		name, strings.Join(parties, ", "), verb(strangers), m.Name())
}

func verb(codes []string) fault.Phrase {
	if len(codes) == 1 {
		return fault.Say("%s is", codes[0])
	}
	return fault.Say("%s are", strings.Join(codes, ", "))
}

// textFor finds the announced text that a document is a copy of, or describes a new one.
func textFor(m *mechanism.Mechanism, r Reception, doc *statement.Document, e extract.Extraction) (text mechanism.Text, announce bool) {
	code := r.Code
	if code == "" {
		code, _ = m.Recognize(e.Adopted, doc.Language.Base())
	}
	if t, ok := m.Text(code); ok {
		return *t, false
	}
	if code == "" {
		code = newCode(m, e.Adopted)
	}
	parties := e.Parties
	if len(parties) == 0 {
		parties = m.PartyCodes()
	}
	title := r.Title
	if title == "" {
		title = titleOf(doc)
	}
	return mechanism.Text{
		Code: code, Title: mechanism.Names{doc.Language.Base(): title}, Adopted: e.Adopted,
		Nature: "political", Parties: parties, Source: r.Source,
	}, true
}

// newCode makes a text's code from its date of adoption: T20241201, T20241201X1, ...; T1, T2, ... without a date.
func newCode(m *mechanism.Mechanism, adopted string) string {
	base := "T" + strings.ReplaceAll(adopted, "-", "")
	for i := 0; ; i++ {
		code := base
		switch {
		case adopted == "":
			code = fmt.Sprintf("T%d", i+1)
		case i > 0:
			code = fmt.Sprintf("%sX%d", base, i)
		}
		if _, taken := m.Text(code); !taken {
			return code
		}
	}
}

// titleOf is the words of the title's lines, or of the first line, or the file's name.
func titleOf(doc *statement.Document) string {
	var lines []string
	for _, p := range doc.Paragraphs {
		if p.Role == statement.Title && (len(lines) == 0 || !hasYear(doc.Reading[p.Text:p.End])) {
			lines = append(lines, doc.Reading[p.Text:p.End])
		} else if len(lines) > 0 {
			break
		}
	}
	if len(lines) == 0 {
		i := slices.IndexFunc(doc.Paragraphs, func(p statement.Paragraph) bool { return p.Role != statement.Furniture })
		if i < 0 {
			return doc.Name
		}
		lines = []string{doc.Reading[doc.Paragraphs[i].Text:doc.Paragraphs[i].End]}
	}
	return shorten(strings.Join(lines, " "), 300)
}

// hasYear says whether a line has four digits in a row: below a title, it says when and where, not what.
func hasYear(s string) bool {
	run := 0
	for _, c := range []byte(s) {
		if run++; c < '0' || c > '9' {
			run = 0
		}
		if run == 4 {
			return true
		}
	}
	return false
}

// shorten cuts a title that is none after n characters.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n]) + "…"
}
