package ooxml

import (
	"strconv"
	"strings"
	"testing"
)

// p is a paragraph with properties and runs.
func p(properties, runs string) string {
	return "<w:p><w:pPr>" + properties + "</w:pPr>" + runs + "</w:p>"
}

// r is a run of words.
func r(words string) string { return `<w:r><w:t xml:space="preserve">` + words + "</w:t></w:r>" }

// A text with tracked changes is read as if all of them had been accepted: that is the text that the sender means.
func TestTrackedChangesAreAccepted(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, body, want string }{
		{"a word replaced", p("", r("The Parties ")+"<w:del>"+`<w:r><w:delText>may</w:delText></w:r>`+"</w:del><w:ins>"+r("shall")+"</w:ins>"+r(" meet.")), "The Parties shall meet."},
		{"an insertion that was deleted again", p("", r("The Parties")+"<w:ins><w:del><w:r><w:delText> all</w:delText></w:r></w:del></w:ins>"+r(" meet.")), "The Parties meet."},
		{"deleted text that an old program left in plain runs", p("", r("A")+"<w:del>"+r("B")+"</w:del>"+r("C")), "AC"},
		{"the mark between two paragraphs deleted joins them", p("<w:rPr><w:del/></w:rPr>", r("The Parties ")) + p("", r("agreed.")), "The Parties agreed."},
		{"three paragraphs joined", p("<w:rPr><w:del/></w:rPr>", r("The ")) + p("<w:rPr><w:del/></w:rPr>", r("Parties ")) + p("", r("agreed.")), "The Parties agreed."},
		{"a paragraph deleted with its mark leaves no trace", p("", r("One.")) + p("<w:rPr><w:del/></w:rPr>", `<w:del><w:r><w:delText>Two.</w:delText></w:r></w:del>`) + p("", r("Three.")), "One.\nThree."},
		{"a mark deleted at the end of the document", p("<w:rPr><w:del/></w:rPr>", r("The Parties agreed.")), "The Parties agreed."},
		{"an inserted mark parts them", p("<w:rPr><w:ins/></w:rPr>", r("One.")) + p("", r("Two.")), "One.\nTwo."},
		{"a change of properties", p(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:pPrChange><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:pPrChange>`, r("A")), "一、 A"},
		{"an item deleted does not count", item("1", "0", "A") + p(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>`, `<w:del><w:r><w:delText>B</w:delText></w:r></w:del>`) + item("1", "0", "C"), "一、 A\n二、 C"},
	} {
		if got := paragraphs(t, c.body, numbering, ""); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What stands on the page is the text, wherever the program put it; what only the program needs is none.
func TestWhatIsOnThePage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, body, want string }{
		{"a link's words", p("", r("See ")+`<w:hyperlink>`+r("the plan")+`</w:hyperlink>`+r(".")), "See the plan."},
		{"a content control around a paragraph", "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + p("", r("Kazakhstan")) + "</w:sdtContent></w:sdt>", "Kazakhstan"},
		{"a content control in a line", p("", r("Party: ")+"<w:sdt><w:sdtContent>"+r("Kazakhstan")+"</w:sdtContent></w:sdt>"), "Party: Kazakhstan"},
		{"tab stops are no tabs", p(`<w:tabs><w:tab w:val="left"/></w:tabs>`, r("A")+"<w:r><w:tab/></w:r>"+r("B")), "A B"},
		{"a tab before all words", p("", "<w:r><w:tab/></w:r>"+r("A")), "A"},
		{"a page break", p("", r("A")+`<w:r><w:br w:type="page"/></w:r>`+r("B")), "A\nB"},
		{"hyphens of two kinds", p("", r("co")+"<w:r><w:softHyphen/></w:r>"+r("operate, follow")+"<w:r><w:noBreakHyphen/></w:r>"+r("up")), "cooperate, follow-up"},
		{"words outside runs are layout", "<w:p>\n  stray\n  " + r("A") + "\n</w:p>", "A"},
		{"words outside paragraphs are layout", "stray" + p("", r("A")) + "<w:bookmarkStart/>", "A"},
		{"bookmarks and proofing marks within a word", p("", r("Part")+`<w:proofErr w:type="spellStart"/><w:bookmarkStart/>`+r("ies")), "Parties"},
		{"a table in a cell", "<w:tbl><w:tr><w:tc>" + p("", r("a")) + "<w:tbl><w:tr><w:tc>" + p("", r("b")) + "</w:tc></w:tr></w:tbl>" + p("", r("c")) + "</w:tc></w:tr></w:tbl>", "a\nb\nc"},
		{"an empty cell", "<w:tbl><w:tr><w:tc>" + p("", "") + "</w:tc><w:tc>" + p("", r("b")) + "</w:tc></w:tr></w:tbl>", "b"},
		{"a field with code and result", p("", `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF clause4 \h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>`+r("clause 4")), "clause 4"},
		{"the last section's properties", p("", r("A")) + "<w:sectPr><w:headerReference/></w:sectPr>", "A"},
		{"references of XML", p("", r("A &amp; B &#x4E00;")), "A & B 一"},
		{"nothing at all", "", ""},
	} {
		if got := paragraphs(t, c.body, "", ""); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// A style has the list of the style it is based on, unless it says its own.
func TestListsOfStyles(t *testing.T) {
	t.Parallel()
	styles := `<w:styles xmlns:w="w">
<w:style w:styleId="Derived"><w:basedOn w:val="Clause"/></w:style>
<w:style w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Sub"><w:basedOn w:val="Clause"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Plain"><w:basedOn w:val="Clause"/><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr></w:style>
<w:style w:styleId="Circle"><w:basedOn w:val="Circle2"/></w:style><w:style w:styleId="Circle2"><w:basedOn w:val="Circle"/></w:style>
</w:styles>`
	styled := func(style, words string) string { return p(`<w:pStyle w:val="`+style+`"/>`, r(words)) }
	for _, c := range []struct{ name, body, want string }{
		{"from the style itself", styled("Clause", "A") + styled("Clause", "B"), "I. A\nII. B"},
		{"from the style below it", styled("Derived", "A") + styled("Clause", "B"), "I. A\nII. B"},
		{"with a level of its own", styled("Clause", "A") + styled("Sub", "x"), "I. A\nI.1 x"},
		{"taken off", styled("Plain", "A") + styled("Clause", "B"), "A\nI. B"},
		{"of a style that nobody defined", styled("Nothing", "A"), "A"},
		{"of styles based on each other", styled("Circle", "A"), "A"},
		{"the paragraph's own list wins", p(`<w:pStyle w:val="Clause"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, r("A")), "一、 A"},
		{"the paragraph leaves the list", p(`<w:pStyle w:val="Clause"/><w:numPr><w:numId w:val="0"/></w:numPr>`, r("A")), "A"},
	} {
		if got := paragraphs(t, c.body, numbering, styles); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// Deeper levels begin again under each number above, and a level that was skipped shows the number it would begin with.
func TestLevelsOfAList(t *testing.T) {
	t.Parallel()
	three := `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">` +
		`<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>` +
		`<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>` +
		`<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>` +
		`<w:lvl w:ilvl="3"><w:numFmt w:val="none"/><w:lvlText w:val="x"/></w:lvl>` +
		`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
	for _, c := range []struct{ name, body, want string }{
		{"a list that starts at four", item("1", "0", "A") + item("1", "0", "B"), "4. A\n5. B"},
		{"third level", item("1", "0", "A") + item("1", "1", "B") + item("1", "2", "C") + item("1", "2", "D") + item("1", "1", "E") + item("1", "2", "F"),
			"4. A\n4.1 B\n4.1.1 C\n4.1.2 D\n4.2 E\n4.2.1 F"},
		{"a level that was skipped", item("1", "2", "A"), "4.1.1 A"},
		{"a level without number", item("1", "3", "A"), "A"},
		{"a level that there is none of", item("1", "12", "A") + item("1", "x", "B") + item("1", "-1", "C"), "4. A\n5. B\n6. C"},
		{"two lines of one item", p(`<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`, r("A")+"<w:r><w:br/></w:r>"+r("B")), "4. A\nB"},
	} {
		if got := paragraphs(t, c.body, three, ""); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// said reads a Chinese number below 10,000 as one says it, one unit after the other.
func said(s string) int {
	total, digit := 0, 0
	for _, r := range s {
		switch i := strings.IndexRune("零一二三四五六七八九", r); {
		case i >= 0:
			digit = i / len("零")
		default:
			unit := map[rune]int{'十': 10, '百': 100, '千': 1000}[r]
			total += max(digit, 1) * unit
			digit = 0
		}
	}
	return total + digit
}

func TestChineseNumbersAreReadAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 9999; n++ {
		s := chinese(n)
		if said(s) != n {
			t.Fatalf("%d is written %s, which says %d", n, s, said(s))
		}
		if strings.Contains(s, "零零") || strings.HasSuffix(s, "零") || strings.HasPrefix(s, "零") {
			t.Errorf("%d is written %s", n, s)
		}
	}
}

// Beyond what a way of counting can say, figures: never an empty number.
func TestNumbersBeyondTheirAlphabet(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "chineseCounting", "russianLower", "russianUpper", "decimalZero", "decimal", "unheard-of", ""} {
		for _, n := range []int{0, -1, 10_000, 1 << 40} {
			if got := numeral(n, format); !strings.HasSuffix(got, strconv.Itoa(n)) {
				t.Errorf("%d in %q is %q", n, format, got)
			}
		}
	}
	for n, want := range map[int]string{1: "A", 26: "Z", 28: "BB", 52: "ZZ", 53: "AAA"} {
		if got := numeral(n, "upperLetter"); got != want {
			t.Errorf("%d is %s, want %s as Word counts", n, got, want)
		}
	}
	for n, want := range map[int]string{1: "А", 7: "Ж", 10: "К", 28: "Я", 29: "29"} {
		if got := numeral(n, "russianUpper"); got != want {
			t.Errorf("%d is %s, want %s: lists leave out Ё, Й and the signs", n, got, want)
		}
	}
}

// Every part is read under the limit and the same rules, not only the text.
func TestHostilePartsBesideTheText(t *testing.T) {
	t.Parallel()
	body := document(p("", r("A")))
	for _, c := range []struct{ name, numbering, styles, want string }{
		{"a bomb in the numbers", "<w:numbering>" + strings.Repeat(" ", 2*limit) + "</w:numbering>", "", "numbering.xml unpacks to more than 1 MB"},
		{"a bomb in the styles", "", "<w:styles>" + strings.Repeat(" ", 2*limit) + "</w:styles>", "styles.xml unpacks to more than 1 MB"},
		{"entities in the styles", "", `<!DOCTYPE a [<!ENTITY x "y">]><w:styles/>`, "document type"},
		{"broken numbers", "<w:numbering><w:num>", "", "XML is broken"},
		{"styles nested without end", "", strings.Repeat("<a>", 300), "nested too deep"},
	} {
		list, err := Paragraphs(pack(t, body, c.numbering, c.styles), limit)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v; want %q", c.name, list, err, c.want)
		}
	}
}

// A file cut anywhere is refused or read whole; half a text is never taken for the text.
func TestACutFileIsNeverHalfRead(t *testing.T) {
	t.Parallel()
	file := pack(t, document(strings.Repeat(p("", r("The Parties agreed.")), 30)), numbering, "")
	for n := range file {
		list, err := Paragraphs(file[:n], limit)
		if err == nil {
			t.Fatalf("cut at byte %d of %d it reads %d paragraphs", n, len(file), len(list))
		}
	}
}
