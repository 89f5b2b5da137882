package statement

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"strings"
	"testing"
)

// labelled is a document whose paragraphs people have classified.
type labelled struct {
	name  string
	texts []string
	types []ParagraphType
}

// readLabelled reads lines of JSON with the fields doc, and of the given names text and type; null is no type.
func readLabelled(t *testing.T, path, textField, typeField string) []labelled {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Skipf("the labelled paragraphs of %s are not beside this repository: %v", path, err)
	}
	defer file.Close()
	var stream io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if stream, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	var docs []labelled
	lines := bufio.NewScanner(stream)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row map[string]any
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		name := row["doc"].(string)
		if len(docs) == 0 || docs[len(docs)-1].name != name {
			docs = append(docs, labelled{name: name})
		}
		kind, _ := row[typeField].(string)
		if kind == "" {
			kind = string(Neither)
		}
		last := &docs[len(docs)-1]
		last.texts = append(last.texts, strings.Join(strings.Fields(row[textField].(string)), " "))
		last.types = append(last.types, ParagraphType(kind))
	}
	return docs
}

// confusion counts paragraphs by the type that people gave and the one that was found.
type confusion map[[2]ParagraphType]int

// macroF1 is the mean of the F1 of the preambular and of the operative class. Without strict, paragraphs of no type
// are left out; with it they count as wrongly found when they are given a type.
func (c confusion) macroF1(strict bool) float64 {
	sum := 0.0
	for _, class := range []ParagraphType{Preambular, Operative} {
		hit, found, given := 0.0, 0.0, 0.0
		for pair, n := range c {
			if pair[0] == Neither && !strict {
				continue
			}
			if pair[0] == class {
				given += float64(n)
			}
			if pair[1] == class {
				found += float64(n)
			}
			if pair[0] == class && pair[1] == class {
				hit += float64(n)
			}
		}
		sum += 2 * hit / (found + given)
	}
	return sum / 2
}

// classified counts over the documents that keep chooses by their order.
func classified(t *testing.T, docs []labelled, keep func(i int) bool) confusion {
	t.Helper()
	c := confusion{}
	for i, doc := range docs {
		if !keep(i) {
			continue
		}
		d := read(t, "paragraphs.txt", strings.Join(doc.texts, "\n"))
		if len(d.Paragraphs) != len(doc.texts) {
			t.Fatalf("%s: %d lines give %d paragraphs", doc.name, len(doc.texts), len(d.Paragraphs))
		}
		if fault := unsound(d); fault != "" {
			t.Fatalf("%s: %s", doc.name, fault)
		}
		for j, p := range d.Paragraphs {
			c[[2]ParagraphType{doc.types[j], p.Type}]++
		}
	}
	return c
}

// proper cuts a document where its labels turn from operative back to preambular. The labels of the resolutions were
// made from the print, where everything without a number is preambular: in annexes, rules of procedure, tables of a
// budget and footers are labelled so too, and no reader would call them that.
func proper(doc labelled) labelled {
	operative := false
	for i, kind := range doc.types {
		if operative && kind == Preambular {
			return labelled{name: doc.name, texts: doc.texts[:i], types: doc.types[:i]}
		}
		operative = operative || kind == Operative
	}
	return doc
}

// The rules were written looking at every second document; the others were held back, but for the first and last few of
// the recommendations, which were seen once at the beginning.
func TestParagraphTypes(t *testing.T) {
	recommendations := readLabelled(t, "../../shared/gold/paragraph-types-unesco.dev.jsonl", "en", "type")
	resolutions := readLabelled(t, "../../shared/gold/paragraph-types-un.dev.jsonl.gz", "text", "ptype")
	var first []labelled
	for _, doc := range resolutions {
		first = append(first, proper(doc))
	}
	for _, set := range []struct {
		name string
		docs []labelled
		bar  float64
	}{
		{"recommendations of conferences", recommendations, 0.93},
		{"resolutions with their annexes", resolutions, 0.97},
		{"resolutions up to their annexes", first, 0.97},
	} {
		t.Run(set.name, func(t *testing.T) {
			c := classified(t, set.docs, func(int) bool { return true })
			looked := classified(t, set.docs, func(i int) bool { return i%2 == 0 })
			held := classified(t, set.docs, func(i int) bool { return i%2 == 1 })
			t.Logf("macro-F1 of preambular and operative, paragraphs of no type left out / counted: all %.4f / %.4f; looked at %.4f / %.4f; held back %.4f / %.4f; %v",
				c.macroF1(false), c.macroF1(true), looked.macroF1(false), looked.macroF1(true), held.macroF1(false), held.macroF1(true), c)
			if worst := min(c.macroF1(false), c.macroF1(true)); worst < set.bar {
				t.Errorf("macro-F1 %.4f is under %.2f", worst, set.bar)
			}
		})
	}
}
