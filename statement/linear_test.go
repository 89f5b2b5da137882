package statement

import (
	"math"
	"strings"
	"testing"
	"time"

	"concord/internal/ooxml"
)

// slowdown is how much longer the work takes on one large text than on eight that are an eighth of it: 1 if it is linear,
// 8 if it is quadratic. Both take about as long and run in turn, so that what else the machine does slows both; a measure
// that looks bad is taken again. Nothing is said of absolute time.
func slowdown(build func(n int) string, work func(text string)) float64 {
	took := func(text string, times int) time.Duration {
		begun := time.Now()
		for range times {
			work(text)
		}
		return time.Since(begun)
	}
	n := 64
	for took(build(n), 1) < 2*time.Millisecond {
		n *= 2
	}
	small, large := build(n), build(8*n)
	ratio := math.Inf(1)
	for range 5 {
		if ratio = min(ratio, float64(took(large, 1))/float64(took(small, 8))); ratio <= mostSlowdown {
			break
		}
	}
	return ratio
}

// mostSlowdown lies well above 1, for caches and collection, and well below 8.
const mostSlowdown = 3

// A file is hostile until it is read: whatever is repeated in it, however deep or long, reading takes time in proportion.
func TestReadingTakesTimeInProportion(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	many := strings.Repeat
	for name, build := range map[string]func(n int) string{
		"a heading before every number": func(n int) string { return many("TRADE\n1. The Parties agree.\n", n) },
		"numbers that count on":         func(n int) string { return many("POLITICS\n7. The Parties agree.\nTRADE\n8. The Parties agree.\n", n) },
		"levels in turn": func(n int) string {
			return many("一、a。\n（一）b。\n1. c。\n(a) d。\n——e。\n①f。\n", n)
		},
		"sections without end":             func(n int) string { return many("I. GENERAL\nA. Part\n", n) },
		"headings alone":                   func(n int) string { return many("TRADE AND TRANSPORT\n", n) + "1. The Parties agree.\n2. They meet." },
		"dashes without a clause":          func(n int) string { return many("- the Parties agree;\n", n) },
		"annexes":                          func(n int) string { return many("Annex\n1. The plan.\n", n) },
		"articles":                         func(n int) string { return many("Article 1\nThe Parties agree.\n", n) },
		"one line":                         func(n int) string { return "1. " + many("The Parties agree to trade. ", n) },
		"one word":                         func(n int) string { return "words " + many("a", 30*n) },
		"opening brackets after Chinese":   func(n int) string { return "各方" + many("联(", 4*n) },
		"glosses":                          func(n int) string { return many("联(lián)合", n) },
		"glosses that never close":         func(n int) string { return many("联(lian lian lian lian lian", n) },
		"lost signs":                       func(n int) string { return "各方 " + many("?", 8*n) },
		"lost signs between words":         func(n int) string { return many("Стороны ?а ? б? ", n) },
		"doubled signs":                    func(n int) string { return many("。", 8*n) + "各方" },
		"marks upon marks":                 func(n int) string { return "q" + many("\u0301", 8*n) + " words" },
		"words of two scripts":             func(n int) string { return many("aа", 10*n) + " words" },
		"broken words":                     func(n int) string { return many("co-\noperation ", n) },
		"damage of two encodings":          func(n int) string { return many("вЂ“â€™Ð", 2*n) + " words" },
		"spaces":                           func(n int) string { return "words" + many(" ", 40*n) + "more" },
		"empty lines":                      func(n int) string { return "words" + many("\n", 40*n) + "more" },
		"page numbers":                     func(n int) string { return many("7\nThe Parties agree.\n", n) },
		"lines of one letter":              func(n int) string { return many("a\n", 10*n) },
		"roman points":                     func(n int) string { return "1. We:\n" + many("(i) a;\n(v) b;\n(x) c;\n", n) },
		"decimals":                         func(n int) string { return many("4.1 a.\n4.2 b.\n", n) },
		"a decimal without end":            func(n int) string { return "1" + many(".1", 20*n) + " words" },
		"Traditional in turn with the new": func(n int) string { return many("聯联於", 8*n) },
	} {
		t.Run(name, func(t *testing.T) {
			read := func(text string) {
				if _, err := Read("x.txt", []byte(text)); err != nil {
					t.Fatal(err)
				}
			}
			if g := slowdown(build, read); g > mostSlowdown {
				t.Errorf("one large text takes %.1f times as long as its eighth eight times", g)
			}
		})
	}
}

func TestPagesTakeTimeInProportion(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	many := strings.Repeat
	for name, build := range map[string]func(n int) string{
		"lists in lists":               func(n int) string { return many("<ol><li>a", n) },
		"lists that are never open":    func(n int) string { return "a" + many("</ol></li>", n) },
		"elements in one another":      func(n int) string { return many("<div><b>a ", n) },
		"entities":                     func(n int) string { return many("&amp;&lt;&#20108;", n) },
		"ampersands":                   func(n int) string { return "a" + many("&", 10*n) },
		"one tag of many attributes":   func(n int) string { return "<p " + many("a=b ", n) + ">words</p>" },
		"comments":                     func(n int) string { return "words" + many("<!-- a -->", n) },
		"what is left out, in itself":  func(n int) string { return "words" + many("<nav>", n) + many("</nav>", n) },
		"hidden paragraphs":            func(n int) string { return "words" + many("<p hidden>a", n) },
		"less-than signs":              func(n int) string { return "words " + many("< ", 10*n) },
		"articles":                     func(n int) string { return many("<article>a</article>", n) },
		"white space between elements": func(n int) string { return many("<p>a</p>\n \n \t\n", n) },
	} {
		t.Run(name, func(t *testing.T) {
			peel := func(page string) { newEdition(page, peelHTML(page)) }
			if g := slowdown(build, peel); g > mostSlowdown {
				t.Errorf("one large page takes %.1f times as long as its eighth eight times", g)
			}
		})
	}
}

func TestDocxTakesTimeInProportion(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	head, tail := `<w:document xmlns:w="w"><w:body>`, `</w:body></w:document>`
	numbers := `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>` +
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`
	for name, unit := range map[string]string{
		"items":                             `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`,
		"paragraphs joined without end":     `<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>words </w:t></w:r></w:p>`,
		"breaks":                            `<w:p><w:r><w:t>a</w:t><w:br/><w:br/></w:r></w:p>`,
		"cells":                             `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`,
		"deletions":                         `<w:p><w:del><w:r><w:delText>a</w:delText></w:r></w:del><w:r><w:t>a</w:t></w:r></w:p>`,
		"styles that there are none of too": `<w:p><w:pPr><w:pStyle w:val="No"/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`,
	} {
		t.Run(name, func(t *testing.T) {
			build := func(n int) string {
				return string(docx(map[string]string{"word/document.xml": head + strings.Repeat(unit, n) + tail, "word/numbering.xml": numbers}))
			}
			unpack := func(file string) {
				if _, err := ooxml.Paragraphs([]byte(file), MaxFile); err != nil {
					t.Fatal(err)
				}
			}
			if g := slowdown(build, unpack); g > mostSlowdown {
				t.Errorf("one large file takes %.1f times as long as its eighth eight times", g)
			}
		})
	}
}

// Looking for a second text in a file takes no longer than reading it, however many titles and headings stand in it.
func TestPartsTakeTimeInProportion(t *testing.T) {
	if testing.Short() {
		t.Skip("measures")
	}
	many := strings.Repeat
	for name, build := range map[string]func(n int) string{
		"titles alone":                  func(n int) string { return many("Joint statement of the ministers\n", n) },
		"titles between clauses":        func(n int) string { return many("1. The Parties agree.\nJoint statement of the ministers\n", n) },
		"headings after two clauses":    func(n int) string { return "1. The Parties agree.\n2. They meet.\n" + many("TRADE AND TRANSPORT\n", n) },
		"whole texts":                   func(n int) string { return many(firstText, n/4) },
		"titles with one clause before": func(n int) string { return firstText + many("Joint statement of the ministers\n", n) },
	} {
		t.Run(name, func(t *testing.T) {
			documents := map[string]*Document{} // splitting is not measured here
			prepared := func(n int) string {
				text := build(n)
				documents[text] = asSplit(text)
				return text
			}
			if g := slowdown(prepared, func(text string) { documents[text].Parts() }); g > mostSlowdown {
				t.Errorf("one large text takes %.1f times as long as its eighth eight times", g)
			}
		})
	}
}
