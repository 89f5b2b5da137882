package statement

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// shared reads a file of the test material that lies beside the repository, or skips the test.
func shared(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.ReadFile("../../shared/" + name)
	if err != nil {
		t.Skipf("the test material %s is not beside the repository", name)
	}
	return file
}

func read(t testing.TB, name, text string) *Document {
	t.Helper()
	d, err := Read(name, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// The founding statement, damaged by a real conversion: every span that two coders marked must read as they repaired it,
// and lead back to where they marked it.
func TestFoundingStatementIsRepaired(t *testing.T) {
	d := read(t, "chengdu-2024.zh.txt", string(shared(t, "seeds/chengdu-2024.zh.txt")))
	original := []rune(d.Original)
	rows := bufio.NewScanner(strings.NewReader(string(shared(t, "gold/chengdu-2024.commitments.jsonl"))))
	n := 0
	for rows.Scan() {
		var row struct {
			Start, End int
			Span       string
			Reason     string
			Hans       string `json:"span_hans"`
		}
		if err := json.Unmarshal(rows.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		n++
		if strings.Contains(row.Reason, "furniture") {
			if !within(d.Edits, PageFurniture, Span{row.Start, row.End}) {
				t.Errorf("not told to be page furniture: %s", row.Hans)
			}
			continue
		}
		at := strings.Index(d.Reading, row.Hans)
		if at < 0 {
			t.Errorf("not in the reading: %s", row.Hans)
			continue
		}
		if got := d.Source(at, at+len(row.Hans)); got != (Span{row.Start, row.End}) {
			t.Errorf("%s comes from %v, want %d-%d", row.Hans, got, row.Start, row.End)
		}
		if got := d.Quote(at, at+len(row.Hans)); got != string(original[row.Start:row.End]) || got != row.Span {
			t.Errorf("quote is %s, want %s", got, row.Span)
		}
	}
	if n < 50 {
		t.Errorf("only %d rows", n)
	}
	if utf8.RuneCountInString(d.Reading) == 0 || d.Language.Base() != "zh" {
		t.Errorf("language %q", d.Language)
	}
}

// within says whether an edit of the kind takes in the span.
func within(edits []Edit, kind string, span Span) bool {
	return slices.ContainsFunc(edits, func(e Edit) bool { return e.Kind == kind && e.Start <= span.Start && span.End <= e.End })
}
