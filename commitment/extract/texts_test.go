package extract_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"concord/commitment/extract"
	"concord/internal/check"
	"concord/statement"
)

// codedText is a text of testdata with the commitments that a person expects.
type codedText struct {
	name, text string
	want       []string
}

// readCodedText reads a file of testdata: a note, then "-- text --" and the text, then "-- commitments --" and one line
// for each commitment in the order of the text:
//
//	words of the span | strength | actor | value of the deadline
//
// The actor is all, organ, "one CN", "subset KZ,KG", or "subset -" where the text does not list who they are.
func readCodedText(t *testing.T, path string) codedText {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(data), "-- text --\n")
	text, lines, ok2 := strings.Cut(rest, "-- commitments --\n")
	if !ok || !ok2 {
		t.Fatalf("%s: wants -- text -- and -- commitments --", path)
	}
	return codedText{strings.TrimSuffix(filepath.Base(path), ".txtar"), text, strings.Split(strings.TrimSpace(lines), "\n")}
}

// gold finds the words of the expected commitments in a document, in order.
func (c codedText) gold(t *testing.T, d *statement.Document, parties []string) []check.Coded {
	t.Helper()
	var all []check.Coded
	from := 0
	for i, row := range c.want {
		fields := strings.Split(row, "|")
		if len(fields) != 4 {
			t.Fatalf("%s: commitment %d: want span | strength | actor | deadline, have %q", c.name, i+1, row)
		}
		words := strings.TrimSpace(fields[0])
		at := strings.Index(d.Reading[from:], words)
		if at < 0 {
			t.Fatalf("%s: commitment %d: %q does not stand in the text behind the one before it", c.name, i+1, words)
		}
		start, end := from+at, from+at+len(words)
		from = start + 1
		strength, err := strconv.Atoi(strings.TrimSpace(fields[1]))
		if err != nil {
			t.Fatalf("%s: commitment %d: %v", c.name, i+1, err)
		}
		span := d.Source(start, end)
		g := check.Coded{ID: fmt.Sprint(i + 1), Start: span.Start, End: span.End, Strength: strength, Deadline: strings.TrimSpace(fields[3]), Group: sentenceOf(d, start), Span: words}
		kind, codes, _ := strings.Cut(strings.TrimSpace(fields[2]), " ")
		g.Kind = kind
		switch {
		case codes == "-":
		case codes != "":
			g.Parties = strings.Split(codes, ",")
		default:
			g.Parties = parties
		}
		all = append(all, g)
	}
	return all
}

// sentenceOf names the sentence that a place stands in, by how many stops and lines come before it.
func sentenceOf(d *statement.Document, at int) string {
	before := d.Reading[:at]
	return fmt.Sprint(strings.Count(before, "。") + strings.Count(before, "\n"))
}

// The development texts are invented; experts extend them and add their own.
func TestChineseTexts(t *testing.T) {
	paths, err := filepath.Glob("testdata/zh/*.txtar")
	if err != nil || len(paths) < 6 {
		t.Fatalf("want at least six texts in testdata/zh, have %d (%v)", len(paths), err)
	}
	var sum check.Score
	for _, path := range paths {
		c := readCodedText(t, path)
		t.Run(c.name, func(t *testing.T) {
			d, err := statement.Read(c.name+".txt", []byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			out := extract.Propose(d, extract.Options{})
			s := check.Compare(c.gold(t, d, out.Parties), nil, coded(d, out.Proposals))
			t.Log(s.Report())
			atLeast(t, "F1 of spans", s.F1(), 0.90)
			atLeast(t, "strength", s.Share(s.Strength), 0.90)
			atLeast(t, "actors", s.Share(s.Actor), 0.95)
			atLeast(t, "parties", s.Share(s.Parties), 0.90)
			sum.Gold += s.Gold
			sum.Proposed += s.Proposed
			sum.Matched += s.Matched
			sum.Deadlines += s.Deadlines
			sum.DeadlinesRight += s.DeadlinesRight
		})
	}
	t.Logf("together: F1 %.3f, deadlines %d of %d", sum.F1(), sum.DeadlinesRight, sum.Deadlines)
	if 10*sum.DeadlinesRight < 9*sum.Deadlines {
		t.Errorf("%d of %d deadlines are read with the value expected", sum.DeadlinesRight, sum.Deadlines)
	}
}
