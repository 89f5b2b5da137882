package sample_test

import (
	"os"
	"strings"
	"testing"

	"concord/commitment/extract"
	"concord/internal/sample"
	"concord/mechanism"
	"concord/statement"
)

// An invented statement reads like a real one: as many clauses as were asked for, in its language, with a promise in each.
func TestStatementsReadLikeRealOnes(t *testing.T) {
	for _, lang := range []string{"en", "zh", "ru"} {
		for _, clauses := range []int{1, 12, 111} {
			text := sample.Statement(lang, clauses)
			if text != sample.Statement(lang, clauses) {
				t.Fatalf("%s: the same arguments give another text", lang)
			}
			doc, err := statement.Read("sample.txt", []byte(text))
			if err != nil {
				t.Fatal(err)
			}
			numbered := 0
			for _, c := range doc.Clauses {
				if c.Number != "" { // the preamble has none
					numbered++
				}
			}
			if doc.Language.Base() != lang || !doc.Numbered || numbered != clauses {
				t.Errorf("%s: %d clauses in %s, want %d", lang, numbered, doc.Language, clauses)
			}
			found := extract.Propose(doc, extract.Options{Adopted: "2025-03-01"})
			if n := len(found.Proposals); n < clauses*9/10 || n > clauses {
				t.Errorf("%s: %d proposals in %d clauses of one promise each", lang, n, clauses)
			}
		}
	}
}

// The acts of a large ledger are acts that a mechanism takes.
func TestALedgerOfTheSizeAskedFor(t *testing.T) {
	pack, err := mechanism.LoadPack(os.DirFS("../../mechanism/testdata/packs/lake-compact"))
	if err != nil {
		t.Fatal(err)
	}
	m := mechanism.New()
	ana := mechanism.Person{ID: "ana", Name: "Ana", Office: mechanism.Officer}
	do := func(by mechanism.Actor, acts ...mechanism.Act) {
		t.Helper()
		for _, act := range acts {
			if err := m.Check(act, by); err != nil {
				t.Fatalf("%s: %v", mechanism.KindOf(act).Name, err)
			}
			m.Apply(act, mechanism.Entry{Seq: m.Acts(), Actor: by, Visibility: m.Visibility(act, by)})
		}
	}
	do(mechanism.Actor{Person: "founder", Office: mechanism.Founder}, append(pack.Acts(), &mechanism.AppointPerson{Person: ana})...)
	before := m.As(ana.Actor()).Ledger().Len()
	do(ana.Actor(), sample.Acts(m.As(ana.Actor()), 150)...)
	do(ana.Actor(), sample.Volume(m.As(ana.Actor()), "OTH25", 1, 20)...)
	s := m.As(ana.Actor())
	if got := s.Ledger().Len() - before; got != 170 || s.Ledger().Counts(sample.Code).Accepted != 150 {
		t.Errorf("%d lines were added, want 170", got)
	}
	x, _ := s.Text(sample.Code)
	for _, c := range s.Ledger().Of(sample.Code) {
		if said := x.Copies[0].Document.Reading[c.Start:c.End]; !strings.Contains(said, " ") || strings.HasSuffix(said, ".") {
			t.Errorf("%s says %q", c.Ref, said)
		}
	}
}
