package extract_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concord/commitment/extract"
	"concord/internal/check"
	"concord/statement"
)

// Statements by somebody who knew the coding manual and none of the rules: how the rules hold for texts nobody has
// seen. See testdata/unseen/README.md before you open them.
func TestUnseenStatements(t *testing.T) {
	for _, lang := range []string{"zh", "ru", "en"} {
		t.Run(lang, func(t *testing.T) {
			files, err := filepath.Glob("testdata/unseen/" + lang + "/*.txt")
			if err != nil || len(files) < 5 {
				t.Fatalf("%d statements, %v", len(files), err)
			}
			var all check.Score
			for _, name := range files {
				add(&all, scoreUnseen(t, name))
			}
			t.Logf("%s", all)
			atLeast(t, "F1 of spans", all.F1(), 0.80)
			atLeast(t, "strength", all.Share(all.Strength), 0.90)
			atLeast(t, "actors", all.Share(all.Actor), 0.90)
			// Of all deadlines coded, those of missed commitments too.
			atLeast(t, "deadlines", float64(all.DeadlinesRight)/float64(all.Deadlines), 0.70)
		})
	}
}

func scoreUnseen(t *testing.T, name string) check.Score {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := os.ReadFile(strings.TrimSuffix(name, ".txt") + ".jsonl")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := bytes.Cut(rows, []byte{'\n'})
	var about struct {
		Adopted string
		Parties []string
	}
	if err := json.Unmarshal(head, &about); err != nil {
		t.Fatal(err)
	}
	gold, rejected, err := check.ReadCoded(bytes.NewReader(rest))
	if err != nil {
		t.Fatal(err)
	}
	d, err := statement.Read(filepath.Base(name), text)
	if err != nil {
		t.Fatal(err)
	}
	out := extract.Propose(d, extract.Options{Adopted: about.Adopted, Parties: about.Parties})
	return check.Compare(gold, rejected, coded(d, out.Proposals))
}

// add sums what is counted.
func add(all *check.Score, s check.Score) {
	all.Gold += s.Gold
	all.Proposed += s.Proposed
	all.Matched += s.Matched
	all.Groups += s.Groups
	all.GroupsProposed += s.GroupsProposed
	all.GroupsMatched += s.GroupsMatched
	all.Strength += s.Strength
	all.Actor += s.Actor
	all.Parties += s.Parties
	all.Deadlines += s.Deadlines
	all.DeadlinesRight += s.DeadlinesRight
	all.DeadlinesWrong += s.DeadlinesWrong
	all.Struck = append(all.Struck, s.Struck...)
}
