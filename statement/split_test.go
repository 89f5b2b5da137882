package statement

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// asSplit splits a text as it stands, without the steps before.
func asSplit(text string) *Document {
	d := &Document{Reading: text}
	split(d)
	return d
}

// idsOf lists the ids of the clauses.
func idsOf(d *Document) string {
	var all []string
	for _, c := range d.Clauses {
		all = append(all, c.ID)
	}
	return strings.Join(all, " ")
}

// clause finds a clause by its id.
func (d *Document) clauseNamed(t *testing.T, id string) Clause {
	t.Helper()
	for _, c := range d.Clauses {
		if c.ID == id {
			return c
		}
	}
	t.Fatalf("no clause %s among %s", id, idsOf(d))
	return Clause{}
}

func TestClauseIds(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"Chinese numerals and dashes",
			"某某联合声明\n各方举行会晤，并声明如下：\n一、各方认为重要。\n二、各方同意优先推进：\n——推进贸易。各方愿商签文件。\n——促进投资。支持投资。\n各方欢迎论坛。\n三、各方重申。\n秘书处参与方愿完成工作。",
			"0 1 2 2.1 2.2 2.2b 3 3.2"},
		{"Chinese parentheses below Chinese numerals", "一、经济合作\n（一）各方将扩大贸易。\n（二）各方将扩大投资。\n二、安全合作\n（一）各方将加强对话。", "1 1.1 1.2 2 2.1"},
		{"chapters with articles that run on", "第一章 总则\n第一条 缔约各方同意合作。\n第二条 缔约各方应当：\n（一）交换信息；\n（二）互相协助。\n第二章 附则\n第三条 本条约自签署之日起生效。",
			"I 1 2 2.1 2.2 II 3"},
		{"Russian articles, numbered paragraphs and letters", "Статья 1\nСтороны сотрудничают.\nСтатья 2\n1. Стороны обязуются:\nа) обмениваться сведениями;\nб) оказывать помощь.\n2. Стороны проводят консультации.",
			"1 2 2.1 2.1.1 2.1.2 2.2"},
		{"a gap in the numbers stays", "1. The Parties agree.\n2. The Parties agree.\n5. The Parties agree.", "1 2 5"},
		{"decimal numbers lie in their clause", "1. Trade.\n1.1 The Parties will trade.\n1.2 The Parties will sell.\n2. Transport.\n2.1 The Parties will build.", "1 1.1 1.2 2 2.1"},
		{"roman sections over numbers that run on", "I. POLITICS\n1. We agree.\n2. We agree.\nII. TRADE\n3. We trade.\n4. We trade.", "I 1 2 II 3 4"},
		{"roman sections over numbers that begin anew", "I. POLITICS\n1. We agree.\n2. We agree.\nII. TRADE\n1. We trade.\n2. We trade.", "I I.1 I.2 II II.1 II.2"},
		{"annexes count anew", "1. We adopt the plan.\n2. We adopt the rules.\nAnnex I\n1. The plan.\n2. The end.\nAnnex II\n1. The rules.", "1 2 annex1 annex1.1 annex1.2 annex2 annex2.1"},
		{"a list that begins anew without a heading", "1. First article.\n2. It goes on.\n1. Second article.\n2. It goes on.", "1 2 s2 s2.1 s2.2"},
		{"letters and roman numerals in their places", "1. We will:\n(a) build;\n(b) do what follows:\n(i) dig;\n(ii) fill;\n(c) sow;\n(d) reap;\n(e) mow;\n(f) sew;\n(g) cook;\n(h) bake;\n(i) eat.\n2. We rest.",
			"1 1.1 1.2 1.2.1 1.2.2 1.3 1.4 1.5 1.6 1.7 1.8 1.9 2"},
		{"a text without numbers", "We, the leaders, met.\nWe commit to:\n- build roads;\n- open borders.\nWe thank the host.", "p1 p2 p2.1 p2.2 p3"},
		{"what follows a list that its punctuation closed belongs to the clause", "1. We will:\n(a) build;\n(b) sow.\nThe ministers meet yearly.\n2. We rest.", "1 1.1 1.2 1b 2"},
		{"circled numbers", "一、各方同意：\n①扩大贸易；\n②扩大投资。\n二、各方感谢东道国。", "1 1.1 1.2 2"},
		{"two kinds of bullets", "1. We agreed:\n- trade:\n• goods;\n• services;\n- transport.\n2. We thank the host.", "1 1.1 1.1.1 1.1.2 1.2 2"},
		{"numbers below numbers", "1. We will:\n1) trade;\n2) build.\n2. We will:\n1) rest.", "1 1.1 1.2 2 2.1"},
		{"full-width numbers", "１．各方同意合作。\n２．各方同意交流。", "1 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := idsOf(asSplit(c.text)); got != c.want {
				t.Errorf("clauses %s, want %s", got, c.want)
			}
		})
	}
}

func TestWhatIsNoNumber(t *testing.T) {
	for _, line := range []string{
		"2023年5月，各方在西安举行峰会。", "1.5 billion people live here.", "1.5 млрд человек живут здесь.", "2024. That was the year.",
		"12.05.2024 г. в Астане состоялась встреча.", "I. Ivanov signed for the ministry.", "A. Smith was in the chair.", "V. Putin and others took part.",
		"Article 5 of the Agreement applies.", "Annex 2, paragraph 1, applies.", "Статья 5 настоящего Соглашения применяется.", "第五条规定的义务继续有效。",
		"-5 degrees were measured.", "5 May 2024 is the date.", "一带一路合作不断推进。", "十年来，合作不断发展。", "Part of the work is done.",
	} {
		d := asSplit("The Parties met today.\n" + line + "\nThe Parties will meet again.")
		if p := d.Paragraphs[1]; p.Text != p.Start {
			t.Errorf("%q: taken for the number of a clause: %q", line, d.Reading[p.Start:p.Text])
		}
		if d.Numbered {
			t.Errorf("%q makes a numbered text", line)
		}
	}
}

func TestSignaturesBelongToNoClause(t *testing.T) {
	d := asSplit("1. The Parties agree.\n2. The Parties trade.\nDone at Bishkek on 22 June 1995 in two originals.\nFor the Government of Ukraine\nFor the Government of Georgia")
	for _, p := range d.Paragraphs[2:] {
		if p.Clause != "" || p.Type != Neither {
			t.Errorf("%q is %s of clause %q", d.Reading[p.Start:p.End], p.Type, p.Clause)
		}
	}
	if last := d.clauseNamed(t, "2"); d.Reading[last.Start:last.End] != "2. The Parties trade." {
		t.Errorf("the last clause takes in %q", d.Reading[last.Start:last.End])
	}
}

func TestRunInHeadings(t *testing.T) {
	d := asSplit("1. We agreed on priorities:\n- Trade. We will cut tariffs.\n- Connectivity. We will build roads.\n- Mines. We will dig together.\n2. We agreed. We will meet.")
	for id, want := range map[string]string{"1.1": "Trade", "1.2": "Connectivity", "1.3": "Mines", "2": ""} {
		if got := d.clauseNamed(t, id).Heading; got != want {
			t.Errorf("clause %s is headed %q, want %q", id, got, want)
		}
	}
	if !d.clauseNamed(t, "1").Chapeau || d.Paragraphs[0].Role != Chapeau || d.Paragraphs[1].Role != Point {
		t.Errorf("the first clause leads in points: %+v", d.Paragraphs)
	}
}

func TestHardWrappedLines(t *testing.T) {
	wrapped := "The Parties to this Agreement, which have long been friends and\nneighbours, have met in the capital of the northern one of them and\nspoken.\n\n"
	d := asSplit(strings.Repeat(wrapped, 4))
	if len(d.Paragraphs) != 4 {
		t.Errorf("four paragraphs of three lines give %d", len(d.Paragraphs))
	}
	loose := "The Parties met and spoke about many things in the old town\nand they agreed.\nThe next day they left for home.\n"
	if d := asSplit(strings.Repeat(loose, 4)); len(d.Paragraphs) != 12 {
		t.Errorf("without empty lines between paragraphs every line is one: %d of 12", len(d.Paragraphs))
	}
}

// sharedText reads a text that lies beside the repository.
func sharedText(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("../../shared", name))
	if err != nil {
		t.Skipf("the text is not beside this repository: %v", err)
	}
	return string(text)
}

func TestFoundingStatement(t *testing.T) {
	d := asRead(t, "seeds/chengdu-2024.zh.txt")
	const want = "0 1 2 3 3.2 4 4.1 4.2 4.2b 4.3 4.4 4.5 4.6 4.7 5 5.2 6 7 8 9 9.2 10 11"
	if got := idsOf(d); got != want {
		t.Errorf("clauses %s, want %s", got, want)
	}
	for id, want := range map[string]string{"4.1": "推进贸易畅通合作", "4.2": "促进产业投资合作", "4.3": "加强互联互通合作", "4.4": "拓展绿色矿产合作",
		"4.5": "深化农业合作", "4.6": "促进人员往来便利化", "4.7": "扩大旅游合作", "1": "", "9": ""} {
		if got := d.clauseNamed(t, id).Heading; got != want {
			t.Errorf("clause %s is headed %q, want %q", id, got, want)
		}
	}
	for i, p := range d.Paragraphs {
		want := Operative
		switch p.Clause {
		case "0":
			want = Preambular
		case "":
			want = Neither
		}
		if p.Type != want {
			t.Errorf("paragraph %d of clause %q is %s, want %s", i, p.Clause, p.Type, want)
		}
	}
}

// Every sentence that the coders of the founding statement judged lies in the clause that they name.
func TestFoundingStatementAgainstItsCoding(t *testing.T) {
	d := asRead(t, "seeds/chengdu-2024.zh.txt")
	rows := 0
	for line := range strings.Lines(sharedText(t, "gold/chengdu-2024.commitments.jsonl")) {
		var row struct {
			Clause string
			Span   string `json:"span_hans"`
		}
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			t.Fatal(err)
		}
		if row.Clause == "footer" || strings.Contains(row.Clause, "-") {
			continue
		}
		rows++
		if c := d.clauseNamed(t, row.Clause); !strings.Contains(d.Reading[c.Start:c.End], row.Span) {
			t.Errorf("clause %s does not hold %q", row.Clause, row.Span)
		}
	}
	if rows < 50 {
		t.Errorf("only %d sentences were coded", rows)
	}
}

// asRead reads a file that lies beside the repository, with all steps.
func asRead(t *testing.T, name string) *Document {
	t.Helper()
	d, err := Read(filepath.Base(name), []byte(sharedText(t, name)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Facts that were counted in the texts by hand and by searching for their numbers.
func TestRealTexts(t *testing.T) {
	for _, c := range []struct {
		name    string
		under   string // the division whose clauses are counted, "" for the main text
		clauses int
		point   string // a clause that has points
		points  int
	}{
		{"un-en/A_RES_79_5.txt", "", 14, "", 0},
		{"un-en/A_RES_60_1.txt", "", 178, "", 0},
		{"un-en/A_RES_79_225.txt", "", 26, "", 0},
		{"un-en/A_HRC_RES_35_17.txt", "", 22, "18", 4},
		{"un-en/A_RES_69_283.txt", "annex2", 50, "annex2.18", 7},
		{"un-en/A_RES_69_283.txt", "annex1", 4, "", 0},
		{"un-en/A_RES_73_195.txt", "annex1", 54, "annex1.15", 10},
		{"un-en/A_RES_69_137.txt", "annex2", 78, "", 0},
		{"un-en/A_RES_79_1.txt", "", 84, "23", 14},
		{"treaties/pta_91.txt", "s2", 5, "2", 3},
		{"treaties/pta_38.txt", "", 3, "2", 2},
	} {
		t.Run(c.name+" "+c.under, func(t *testing.T) {
			d := asSplit(sharedText(t, c.name))
			clauses, points := 0, 0
			for _, k := range d.Clauses {
				if k.Parent == c.under && digitOf(firstRune(k.Number)) >= 0 {
					clauses++
				}
				if c.point != "" && k.Parent == c.point && strings.HasPrefix(k.Number, "(") {
					points++
				}
			}
			if clauses != c.clauses || points != c.points {
				t.Errorf("%d clauses and %d points in %s, want %d and %d: %s", clauses, points, c.point, c.clauses, c.points, idsOf(d))
			}
		})
	}
}

// The declaration has the same articles in every language; second paragraphs differ where a translation joined them.
func TestArticlesInTenLanguages(t *testing.T) {
	files, _ := filepath.Glob("../../shared/texts/udhr/*.txt")
	if len(files) == 0 {
		t.Skip("the declarations are not beside this repository")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d := asSplit(string(text))
		for n := 1; n <= 30; n++ {
			d.clauseNamed(t, fmt.Sprint(n))
		}
		if c := d.clauseNamed(t, "11.2"); c.Parent != "11" {
			t.Errorf("%s: the second paragraph of article 11 lies in %q", file, c.Parent)
		}
	}
}

// unsound says what is wrong with the structure of a document, or nothing.
func unsound(d *Document) string {
	end := 0
	for i, p := range d.Paragraphs {
		if p.Start < end || p.End <= p.Start || p.Text < p.Start || p.Text > p.End || p.End > len(d.Reading) {
			return fmt.Sprintf("paragraph %d has the bytes %d, %d, %d after %d", i, p.Start, p.Text, p.End, end)
		}
		end = p.End
	}
	at := map[string]Clause{}
	start := 0
	for _, c := range d.Clauses {
		if _, taken := at[c.ID]; taken || c.ID == "" {
			return fmt.Sprintf("the id %q is not unique", c.ID)
		}
		if c.Start < start || c.End < c.Start {
			return fmt.Sprintf("clause %s has the bytes %d to %d after %d", c.ID, c.Start, c.End, start)
		}
		if parent, ok := at[c.Parent]; c.Parent != "" && (!ok || c.Start < parent.Start || c.End > parent.End) {
			return fmt.Sprintf("clause %s does not lie in %q", c.ID, c.Parent)
		}
		start = c.Start
		at[c.ID] = c
	}
	for i, p := range d.Paragraphs {
		c, ok := at[p.Clause]
		if p.Clause != "" && (!ok || p.Start < c.Start || p.End > c.End) {
			return fmt.Sprintf("paragraph %d does not lie in its clause %q", i, p.Clause)
		}
		if p.Type == Operative && p.Clause == "" {
			return fmt.Sprintf("paragraph %d is operative and in no clause", i)
		}
	}
	return ""
}

func TestEveryTextIsSound(t *testing.T) {
	files, _ := filepath.Glob("../../shared/texts/*/*.txt")
	if len(files) == 0 {
		t.Skip("the texts are not beside this repository")
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if fault := unsound(asSplit(string(text))); fault != "" {
			t.Errorf("%s: %s", file, fault)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("一、各方同意：\n——推进贸易。各方愿合作。\n二、完。")
	f.Add("Annex\n1. a\n(i) b\n1. c\n4.1 d\nI. E\n3.\n- \n第五条\nDone at X")
	f.Add("Статья 1\n1) а;\nб) б.\n\nглава II\n5-modda\n（12）x\n## 1. y\n||\n")
	f.Fuzz(func(t *testing.T, text string) {
		if fault := unsound(asSplit(text)); fault != "" {
			t.Errorf("%q: %s", text, fault)
		}
	})
}

func BenchmarkSplit(b *testing.B) {
	files, _ := filepath.Glob("../../shared/texts/*/*.txt")
	var texts []string
	size := 0
	for _, file := range files {
		if text, err := os.ReadFile(file); err == nil {
			texts = append(texts, string(text))
			size += len(text)
		}
	}
	if size == 0 {
		b.Skip("the texts are not beside this repository")
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, text := range texts {
			asSplit(text)
		}
	}
}
