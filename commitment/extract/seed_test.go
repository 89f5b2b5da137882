package extract_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"concord/commitment"
	"concord/commitment/extract"
	"concord/internal/check"
	"concord/statement"
)

// coded brings proposals into the form that is scored: code points of the source.
func coded(d *statement.Document, proposals []commitment.Proposal) []check.Coded {
	var all []check.Coded
	for i, p := range proposals {
		span := d.Source(p.Start, p.End)
		c := check.Coded{ID: fmt.Sprint(i + 1), Clause: p.Clause, Start: span.Start, End: span.End, Strength: int(p.Strength),
			Kind: string(p.Actor.Kind), Parties: p.Actor.Parties, Group: fmt.Sprint(p.Group), Span: d.Reading[p.Start:p.End]}
		if p.Deadline != nil {
			c.Deadline = p.Deadline.Value.String()
		}
		all = append(all, c)
	}
	return all
}

// The founding statement, coded by a person: the bars are those of the coding manual's founding example.
func TestFoundingStatement(t *testing.T) {
	text := shared(t, "seeds/chengdu-2024.zh.txt")
	gold, rejected, err := check.ReadCoded(strings.NewReader(string(shared(t, "gold/chengdu-2024.commitments.jsonl"))))
	if err != nil {
		t.Fatal(err)
	}
	d, err := statement.Read("chengdu-2024.zh.txt", text)
	if err != nil {
		t.Fatal(err)
	}
	out := extract.Propose(d, extract.Options{})
	s := check.Compare(gold, rejected, coded(d, out.Proposals))
	t.Log(s.Report())
	if got := strings.Join(out.Parties, " "); got != "CN KZ KG TJ TM UZ" {
		t.Errorf("parties are %s", got)
	}
	if out.Adopted != "2024-12-01" {
		t.Errorf("adopted %q, want 2024-12-01", out.Adopted)
	}
	atLeast(t, "F1 of spans", s.F1(), 0.90)
	atLeast(t, "F1 of sentence groups", s.GroupF1(), 0.95)
	atLeast(t, "actors", s.Share(s.Actor), 0.95)
	atLeast(t, "parties", s.Share(s.Parties), 0.95)
	atLeast(t, "strength", s.Share(s.Strength), 0.90)
	if s.DeadlinesRight != s.Deadlines {
		t.Errorf("%d of %d deadlines", s.DeadlinesRight, s.Deadlines)
	}
	if len(s.Struck) > 0 {
		t.Errorf("%d proposals stand on passages that are no commitment", len(s.Struck))
	}
}

func atLeast(t *testing.T, what string, got, want float64) {
	t.Helper()
	if got < want {
		t.Errorf("%s: %.3f, want %.2f or more", what, got, want)
	}
}

// shared reads a file of the folder of coded texts that lies beside the repository; without it the test is left out.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("../../../shared/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the coded texts do not lie beside the repository (../shared/%s), so nothing is scored against them", name)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}
