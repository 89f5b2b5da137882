package statement

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
)

// draft writes invented texts of known structure, so that what the splitter finds can be held against what was written.
type draft struct {
	*rand.Rand
	lines []string
	ids   []string
}

// style is a way in which an office numbers clauses, their points, and the points of those.
type style struct {
	name                  string
	clause, point, detail func(n int) string
	words, chapeau, stop  string
}

var drafters = []style{
	{"Chinese", func(n int) string { return han(n) + "、" }, func(n int) string { return "（" + han(n) + "）" }, func(n int) string { return string(rune('①' + n - 1)) },
		"各方同意在贸易和运输领域继续开展合作", "各方将：", "。"},
	{"Chinese with dashes", func(n int) string { return han(n) + "、" }, func(int) string { return "——" }, func(n int) string { return fmt.Sprint("（", n, "）") },
		"各方同意在贸易和运输领域继续开展合作", "各方将：", "。"},
	{"Russian", func(n int) string { return fmt.Sprint(n, ". ") }, func(n int) string { return string([]rune(cyrillicLetters)[n-1]) + ") " }, func(int) string { return "— " },
		"Стороны договорились развивать торговлю и транспорт", "Стороны будут:", "."},
	{"English", func(n int) string { return fmt.Sprint(n, ". ") }, func(n int) string { return fmt.Sprintf("(%c) ", 'a'+n-1) }, func(n int) string { return "(" + strings.ToLower(romanNumeral(n)) + ") " },
		"The Parties agreed to develop trade and transport", "The Parties will:", "."},
	{"decimal", func(n int) string { return fmt.Sprint(n, ". ") }, func(n int) string { return fmt.Sprintf("%d) ", n) }, func(int) string { return "- " },
		"The Parties agreed to develop trade and transport", "The Parties will:", "."},
}

func (d *draft) write(marker, words, id string) {
	d.lines = append(d.lines, marker+words)
	d.ids = append(d.ids, id)
}

// text writes clauses, some with points, some of those with points of their own.
func (d *draft) text(s style) string {
	d.lines, d.ids = nil, nil
	for n := range 2 + d.IntN(9) {
		id := fmt.Sprint(n + 1)
		if d.IntN(2) == 0 {
			d.write(s.clause(n+1), s.words+s.stop, id)
			continue
		}
		d.write(s.clause(n+1), s.chapeau, id)
		for p := range 2 + d.IntN(7) {
			point := fmt.Sprint(id, ".", p+1)
			if d.IntN(4) > 0 {
				d.write(s.point(p+1), s.words+s.stop, point)
				continue
			}
			d.write(s.point(p+1), s.chapeau, point)
			for q := range 2 + d.IntN(3) {
				d.write(s.detail(q+1), s.words+s.stop, fmt.Sprint(point, ".", q+1))
			}
		}
	}
	return strings.Join(d.lines, "\n")
}

// What was written with three levels is found with three levels, each clause with its words and with its number taken off.
func TestWrittenOutlinesAreFound(t *testing.T) {
	t.Parallel()
	for _, s := range drafters {
		for seed := range uint64(40) {
			d := &draft{Rand: rand.New(rand.NewPCG(seed, 7))}
			text := d.text(s)
			got := asSplit(text)
			if ids := idsOf(got); ids != strings.Join(d.ids, " ") {
				t.Fatalf("%s, seed %d: clauses\n %s, written were\n %s, in\n%s", s.name, seed, ids, strings.Join(d.ids, " "), text)
			}
			for i, p := range got.Paragraphs {
				if p.Clause != d.ids[i] {
					t.Errorf("%s, seed %d: line %d belongs to %s, written under %s", s.name, seed, i, p.Clause, d.ids[i])
				}
				if words := got.Reading[p.Text:p.End]; words != s.chapeau && words != s.words+s.stop {
					t.Errorf("%s, seed %d: the words of %s are %q", s.name, seed, p.Clause, words)
				}
			}
			if fault := unsound(got); fault != "" {
				t.Errorf("%s, seed %d: %s", s.name, seed, fault)
			}
		}
	}
}

// Whatever damage a copy has, the clauses are those of the clean text.
func TestDamageDoesNotChangeTheOutline(t *testing.T) {
	t.Parallel()
	for seed := range uint64(30) {
		d := &draft{Rand: rand.New(rand.NewPCG(seed, 9))}
		text := "五方关于加强区域合作的联合声明\n各方举行会晤,并声明如下:\n" + d.text(drafters[seed%2])
		clean, damaged := read(t, "a.txt", text), read(t, "a.txt", newDamage(seed).all(text))
		if clean.Content != damaged.Content || idsOf(clean) != idsOf(damaged) {
			t.Fatalf("seed %d: clauses %s, of the clean text %s", seed, idsOf(damaged), idsOf(clean))
		}
		for i, c := range clean.Clauses {
			other := damaged.Clauses[i]
			if clean.Reading[c.Start:c.End] != damaged.Reading[other.Start:other.End] || c.Heading != other.Heading || c.Chapeau != other.Chapeau {
				t.Errorf("seed %d: clause %s is %q", seed, c.ID, damaged.Reading[other.Start:other.End])
			}
		}
	}
}

// No letter is lost between the reading and its paragraphs, and none stands in two.
func TestParagraphsHoldEveryLetter(t *testing.T) {
	t.Parallel()
	pieces := []string{"1. We agree.", "(a) words;", "— слова", "第三条 文字", "Annex", "I. ONE", "\r\n", "\n", "\n\n", "   ", "\u3000", "\ufeff", "Done at Bishkek", "## head", "- ", "7", "©", "|", "Share", "чего-\n"}
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 11))
		var b strings.Builder
		for range 1 + r.IntN(25) {
			b.WriteString(pieces[r.IntN(len(pieces))])
			if r.IntN(2) == 0 {
				b.WriteByte('\n')
			}
		}
		d := asSplit(b.String())
		at := 0
		for _, p := range append(d.Paragraphs, Paragraph{Start: len(d.Reading)}) {
			if between := d.Reading[at:p.Start]; strings.ContainsFunc(between, func(r rune) bool { return !isBlank(r) && !unicode.IsSpace(r) }) {
				t.Errorf("%q: %q belongs to no paragraph", d.Reading, between)
			}
			at = p.End
		}
		if fault := unsound(d); fault != "" {
			t.Errorf("%q: %s", d.Reading, fault)
		}
	}
}

// Taking a text apart is a function of the text alone: no order of a map, no state left behind.
func TestSplittingTwiceGivesTheSame(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		d := &draft{Rand: rand.New(rand.NewPCG(seed, 13))}
		text := newDamage(seed).all(d.text(drafters[seed%5]) + "\n" + bracketed)
		first := read(t, "a.txt", text)
		for range 3 {
			if again := read(t, "a.txt", text); idsOf(again) != idsOf(first) || what(again.Edits) != what(first.Edits) || again.Language != first.Language {
				t.Fatalf("seed %d: read again it differs", seed)
			}
		}
	}
}

// The language of ids: what stands for a place in a text can stand in an address, a file name and a citation.
func FuzzClauseIdsAreCitable(f *testing.F) {
	f.Add("1. We agree.\n(aa) words\n4.1.2 x\nAnnex B\n1. y\n1. z")
	f.Add("第九百九十九条 x\n（一）y\n——z\nⅫ. 甲\n①a")
	f.Add("A. One\n1. a\nB. Two\n1. b\nb\nb\n1. c")
	f.Fuzz(func(t *testing.T, text string) {
		for _, c := range asSplit(text).Clauses {
			if c.ID == "" || strings.ContainsFunc(c.ID, func(r rune) bool {
				return !strings.ContainsRune("0123456789.~"+latinLetters+strings.ToUpper(latinLetters), r)
			}) {
				t.Errorf("%q: id %q", text, c.ID)
			}
		}
	})
}
