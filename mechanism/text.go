package mechanism

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"concord/commitment"
	"concord/internal/fault"
	"concord/statement"
)

var textKinds = []Kind{
	kind[AnnounceText]("text.announce", toOfficer, everybody),
	kind[ReceiveText]("text.receive", toOfficer, everybody),
	kind[WithdrawText]("text.withdraw", toOfficer, everybody),
}

// Text is an adopted text: what is known about it, and the copies that were received, one a language.
type Text struct {
	Code    string   `json:"code"` // of its commitments' references: CHD24
	Title   Names    `json:"title"`
	Meeting string   `json:"meeting,omitempty"` // the meeting that adopted it
	Adopted string   `json:"adopted,omitempty"` // date, 2024-12-01
	Place   Names    `json:"place,omitempty"`
	Nature  string   `json:"kind"` // political (a statement) or legal (a treaty)
	Parties []string `json:"parties"`
	Clauses int      `json:"clauses,omitempty"` // how many numbered clauses it is known to have; 0: not known
	Source  string   `json:"source,omitempty"`
	Copies  []Copy   `json:"copies,omitempty"`
}

// Copy is the text in one language as it was received.
type Copy struct {
	Language string              `json:"language"` // base: zh, ru, en
	Source   string              `json:"source,omitempty"`
	Document *statement.Document `json:"document"`
	Received int64               `json:"received"` // the act that brought it; its body holds the file as it came
	// Passed are the passages that were read and not taken for commitments, with the rule that said so.
	Passed []commitment.Passage `json:"passed,omitempty"`

	numbered int
}

// Numbered is how many clauses stand at the top of the copy and bear a number.
func (c Copy) Numbered() int { return c.numbered }

func countNumbered(d *statement.Document) (n int) {
	for _, cl := range d.Clauses {
		if cl.Parent == "" && cl.Number != "" {
			n++
		}
	}
	return n
}

// Texts gives the texts in the order in which they became known. They are the image's own: read them only.
func (m *Mechanism) Texts() []*Text { return m.texts.list() }

// Text finds a text by code.
func (m *Mechanism) Text(code string) (*Text, bool) { return m.texts.get(code) }

// Copy finds the copy in a language; without one, the first received.
func (t *Text) Copy(lang string) (Copy, bool) {
	i := slices.IndexFunc(t.Copies, func(c Copy) bool { return c.Language == lang })
	if i < 0 {
		if len(t.Copies) == 0 {
			return Copy{}, false
		}
		i = 0
	}
	return t.Copies[i], true
}

// SameText finds a copy received before that is the same file (by its bytes) or has the same words (by content).
func (m *Mechanism) SameText(d *statement.Document) (code string, sameFile, found bool) {
	for _, t := range m.texts.list() {
		for _, c := range t.Copies {
			if c.Document.Digest == d.Digest || c.Document.Content == d.Content {
				return t.Code, c.Document.Digest == d.Digest, true
			}
		}
	}
	return "", false, false
}

// AnnounceText makes a text known before, or without, its authentic wording.
type AnnounceText struct {
	Text Text `json:"text"`
}

func (a AnnounceText) Objects(m *Mechanism) []Object { return []Object{ObjectOf("text", a.Text.Code)} }

func (a AnnounceText) Check(m *Mechanism, by Actor) error {
	t := a.Text
	if !validTextCode(t.Code) {
		return invalid("%q cannot be a text's code: two to twelve capital letters and digits, such as CHD24", t.Code)
	}
	if _, ok := m.Text(t.Code); ok {
		return conflict("the text %s is known already", t.Code)
	}
	if t.Nature != "political" && t.Nature != "legal" {
		return invalid("text %s: its nature %q is neither political nor legal", t.Code, t.Nature)
	}
	if len(t.Copies) > 0 {
		return invalid("text %s: copies come in with text.receive", t.Code)
	}
	if _, ok := m.Meeting(t.Meeting); t.Meeting != "" && !ok {
		return invalid("text %s: there is no meeting %q", t.Code, t.Meeting)
	}
	if err := checkDate(fault.Say("text %s", t.Code), t.Adopted); err != nil {
		return err
	}
	if err := m.checkParties(fault.Say("text %s", t.Code), t.Parties); err != nil {
		return err
	}
	return t.Title.check(fault.Say("text %s", t.Code))
}

func (a AnnounceText) apply(m *Mechanism, at Entry) {
	t := a.Text
	m.texts.put(t.Code, &t)
}

func validTextCode(s string) bool {
	if len(s) < 2 || len(s) > 12 || s[0] < 'A' || s[0] > 'Z' {
		return false
	}
	return strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

// ReceiveText brings in one language's copy of a text: the file as it came, and how it was read.
type ReceiveText struct {
	Text     string              `json:"text"`
	Source   string              `json:"source,omitempty"` // where the file is from, in the receiver's words
	File     []byte              `json:"file"`
	Document *statement.Document `json:"document"`

	sum      string // SHA-256 of File, hexadecimal
	coherent bool   // what was read follows from the file's words
}

// settle hashes the file and follows the repairs once, on the time of who brings it.
func (a *ReceiveText) settle() {
	a.sum, a.coherent = digestOf(a.File), a.Document != nil && a.Document.Coherent()
}

func digestOf(file []byte) string {
	sum := sha256.Sum256(file)
	return hex.EncodeToString(sum[:])
}

func (a ReceiveText) Objects(m *Mechanism) []Object { return []Object{ObjectOf("text", a.Text)} }

func (a ReceiveText) Check(m *Mechanism, by Actor) error {
	t, ok := m.Text(a.Text)
	if !ok {
		return notFound("there is no text %q", a.Text)
	}
	if a.Document == nil || len(a.Document.Clauses) == 0 {
		return invalid("nothing was read from the file for %s", a.Text)
	}
	if a.sum != a.Document.Digest && digestOf(a.File) != a.Document.Digest {
		return invalid("the file for %s is not the one that was read", a.Text)
	}
	if code, same, found := m.SameText(a.Document); found {
		if same {
			return conflict("this very file was received before, as %s", code)
		}
		return conflict("these words were received before, as %s, from another file", code)
	}
	lang := a.Document.Language.Base()
	if i := slices.IndexFunc(t.Copies, func(c Copy) bool { return c.Language == lang }); i >= 0 {
		return conflict("%s has a copy in %q already, with other words", a.Text, lang)
	}
	if !a.coherent && !a.Document.Coherent() {
		return invalid("the repairs of %s do not lead from the file's words to what is read", a.Text)
	}
	return checkRanges(a.Document)
}

// checkRanges holds what was read against the reading, so that no later page can fall over a range.
func checkRanges(d *statement.Document) error {
	n := len(d.Reading)
	for _, p := range d.Paragraphs {
		if p.Start < 0 || p.Start > p.Text || p.Text > p.End || p.End > n {
			return invalid("a paragraph lies outside the text")
		}
	}
	for _, c := range d.Clauses {
		if c.Start < 0 || c.Start > c.End || c.End > n {
			return invalid("clause %s lies outside the text", c.ID)
		}
	}
	return nil
}

func (a ReceiveText) apply(m *Mechanism, at Entry) {
	old, _ := m.Text(a.Text)
	t := *old
	t.Copies = append(slices.Clip(t.Copies), Copy{Language: a.Document.Language.Base(), Source: a.Source, Document: a.Document, Received: at.Seq, numbered: countNumbered(a.Document)})
	m.texts.put(t.Code, &t)
}

// HasProposals says whether commitments of a text were proposed before, and not withdrawn with it.
func (m *Mechanism) HasProposals(code string) bool { return m.ledger.HasProposals(code) }

// WithdrawText takes a text that was received back out of the queue of what is to be reviewed: its copies, and all that was
// proposed from them. It stays announced, and what the mechanism summarizes of it stays; a right file may be received for it
// as if none had been. While a commitment of it is accepted, people rely on its words, and it cannot be withdrawn.
type WithdrawText struct {
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

func (a WithdrawText) Objects(m *Mechanism) []Object { return []Object{ObjectOf("text", a.Text)} }

func (a WithdrawText) Check(m *Mechanism, by Actor) error {
	t, ok := m.Text(a.Text)
	if !ok {
		return notFound("there is no text %q", a.Text)
	}
	if len(t.Copies) == 0 {
		return conflict("no wording of %s was received that could be withdrawn", a.Text)
	}
	if n := m.ledger.Counts(a.Text).Accepted; n > 0 {
		return conflict("the wording of %s cannot be withdrawn: accepted commitments stand on it (%d)", a.Text, n)
	}
	if strings.TrimSpace(a.Reason) == "" {
		return invalid("%s: say why the text is withdrawn", a.Text)
	}
	return nil
}

func (a WithdrawText) apply(m *Mechanism, at Entry) {
	old, _ := m.Text(a.Text)
	t := *old
	t.Copies = nil
	m.texts.put(t.Code, &t)
	m.ledger.Withdraw(a.Text, commitment.Step{Act: at.Seq, Reason: a.Reason})
}
