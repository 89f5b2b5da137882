package statement

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"concord/internal/check/pace"
)

// Pages as ministries publish them: lists in lists, tables, headings that are half markup, and what people who never
// close a tag write.
func TestPagesOfMinistries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, page, reading string }{
		{"a list in a list counts for itself", "<ol><li>trade<ol type=a><li>goods<li>services</ol><li>transport</ol>",
			"1. trade\n(a) goods\n(b) services\n2. transport"},
		{"bullets in a numbered list", "<ol><li>We will:<ul><li>build<li>rest</ul></li><li>We thank.</li></ol>", "1. We will:\n- build\n- rest\n2. We thank."},
		{"a list in roman numerals", "<ol type=I><li>POLITICS<li>TRADE</ol><ol type=i start=4><li>fourth</ol>", "I. POLITICS\nII. TRADE\n(iv) fourth"},
		{"a list beyond its alphabet goes on in figures", "<ol type=a start=26><li>last<li>beyond</ol>", "(z) last\n27. beyond"},
		{"a list from a number that is none", "<ol start=first><li>one<li value=x>two</ol>", "1. one\n2. two"},
		{"a list that the page closes twice", "<ul><li>a</ul></ul></ol><p>b</p>", "- a\nb"},
		{"an item without a list", "<li>stray</li><p>words</p>", "- stray\nwords"},
		{"an empty item lends its number to nobody", "<ol><li></li><li>two</li></ol>", "2. two"},
		{"a paragraph in an item", "<ol><li><p>One.</p><p>More of one.</p></li><li><p>Two.</p></li></ol>", "1. One.\nMore of one.\n2. Two."},
		{"rows of a table", "<table><thead><tr><th>Track<th>Lead</thead><tr><td>Trade<td>KZ<tr><td>Transport<td>UZ</table>", "Track\nLead\nTrade\nKZ\nTransport\nUZ"},
		{"a table in a cell", "<table><tr><td><table><tr><td>a</table><td>b</table>", "a\nb"},
		{"a word half in bold stays a word", "<p>The <b>Part</b>ies <i>ag</i>reed.</p>", "The Parties agreed."},
		{"spans put no space between words", "<p><span>The</span><span> Parties</span><span>agree</span></p>", "The Partiesagree"},
		{"comments are no words", "<p>The <!-- draft -->Parties<!--> agreed --> met.</p>", "The Parties agreed --> met."},
		{"a comment that never closes", "<p>The Parties agreed.</p><!-- rest", "The Parties agreed."},
		{"a tag that never closes", "<p>The Parties agreed.</p><p class='x", "The Parties agreed."},
		{"a script that writes tags", "<p>The Parties</p><script>document.write('<p>no</p>')</script><p>agreed.</p>", "The Parties\nagreed."},
		{"a script that never closes", "<p>The Parties agreed.</p><script>var a = 1;", "The Parties agreed."},
		{"a less-than in words", "<p>if trade < 5 and > 3 then</p>", "if trade < 5 and > 3 then"},
		{"capitals in tags", "<P>The <B>Parties</B><BR>agreed.</P><SCRIPT>no</SCRIPT>", "The Parties\nagreed."},
		{"entities by number, name and without end", "<p>&#x4E00;、&#20108; &mdash; &lsquo;a&rsquo; &copy 2024 &unknown; &amp;amp;</p>", "一、二 — ‘a’ © 2024 &unknown; &amp;"},
		{"an entity beyond all characters", "<p>The Parties &#x110000; &#0; met</p>", "The Parties \uFFFD \uFFFD met"},
		{"frames and controls are no words", "<p>The Parties</p><iframe>no</iframe><button>Print</button><select><option>no</select><textarea>no</textarea><p>agreed.</p>", "The Parties\nagreed."},
		{"hidden in the middle of a sentence", "<p>The Parties<span style='DISPLAY : none'>, hidden,</span> agreed.</p>", "The Parties agreed."},
		{"a page part by one of several classes", "<div class='box Share-Buttons left'>Tell others</div><p>The Parties agreed.</p>", "The Parties agreed."},
		{"a page part within itself", "<aside>no<aside>no</aside>no</aside><p>The Parties agreed.</p>", "The Parties agreed."},
		{"a hidden paragraph ends where the next begins", "<p hidden>no<p>The Parties agreed.", "The Parties agreed."},
		{"two articles are a list of news", "<article><p>First of them.</p></article><article><p>Second of them.</p></article>", "First of them.\nSecond of them."},
		{"a main element that holds next to nothing", "<main><p>x</p></main><div><p>The Parties agreed to meet again.</p></div>", "x\nThe Parties agreed to meet again."},
		{"definitions", "<dl><dt>Party<dd>a state<dt>Track<dd>an area</dl>", "Party\na state\nTrack\nan area"},
		{"a Chinese page indented by two ideographic spaces", "<p>　　一、各方同意。</p><p>　　二、各方感谢。</p>", "　　一、各方同意。\n　　二、各方感谢。"},
		{"Latin words wrapped beside Chinese", "<p>各方支持WTO\n改革。</p>", "各方支持WTO 改革。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := read(t, "page.html", c.page)
			if d.Reading != c.reading {
				t.Errorf("reads\n %q, want\n %q", d.Reading, c.reading)
			}
			if d.Original != c.page {
				t.Errorf("the page itself was changed: %q", d.Original)
			}
			checkEdits(t, d)
		})
	}
}

// The outline of a page is that of its text: markup of a list counts as the numbers that a reader sees.
func TestOutlineOfAPage(t *testing.T) {
	t.Parallel()
	page := `<html><body><nav><a href=/>Home</a></nav><h1>Joint statement of the five parties</h1>
<p>The Parties met and declare as follows:</p>
<ol><li>The Parties agreed to:<ol type="a"><li>build roads;</li><li>open borders.</li></ol></li>
<li>The Parties thank the host.</li></ol><footer>© 2024</footer></body></html>`
	d := read(t, "page.html", page)
	if got := idsOf(d); got != "0 1 1.1 1.2 2" {
		t.Errorf("clauses %s in\n%s", got, d.Reading)
	}
	c := d.clauseNamed(t, "1.2")
	if got := d.Quote(c.Start+len("(b) "), c.End); got != "open borders." {
		t.Errorf("point 1.2 comes from %q", got)
	}
}

// What a page says of its encoding is believed only when it can be true.
func TestDeclaredEncodings(t *testing.T) {
	t.Parallel()
	wrap := func(declared, words string) string {
		return `<html><head><meta http-equiv="Content-Type" content="text/html; charset=` + declared + `"></head><body><p>` + words + `</p></body></html>`
	}
	const russian = "Стороны договорились углублять сотрудничество в области транспорта и торговли."
	const chinese = "各方同意深化经贸合作，为共同发展作出贡献。"
	for _, c := range []struct {
		name     string
		data     []byte
		encoding string
		reading  string
	}{
		{"declared wrongly as Latin, is UTF-8", []byte(wrap("iso-8859-1", russian)), "utf-8", russian},
		{"declared wrongly as GBK, is UTF-8", []byte(wrap("gbk", chinese)), "utf-8", chinese},
		{"declared wrongly as UTF-8, is Windows-1251", must(charmap.Windows1251.NewEncoder().Bytes([]byte(wrap("utf-8", russian)))), "windows-1251", russian},
		{"declared wrongly as UTF-8, is GBK", must(simplifiedchinese.GBK.NewEncoder().Bytes([]byte(wrap("utf-8", chinese)))), "gb18030", chinese},
		{"not declared at all, is KOI8-R", must(charmap.KOI8R.NewEncoder().Bytes([]byte("<html><body><p>" + russian + "</p></body></html>"))), "koi8-r", russian},
		{"declared in capitals", must(charmap.Windows1251.NewEncoder().Bytes([]byte(wrap("WINDOWS-1251", russian)))), "windows-1251", russian},
		{"declared as Big5", must(traditionalchinese.Big5.NewEncoder().Bytes([]byte(wrap("big5", "各方同意深化經貿合作")))), "big5", "各方同意深化经贸合作"},
		{"declared by XML", must(charmap.KOI8R.NewEncoder().Bytes([]byte(`<?xml version="1.0" encoding="koi8-r"?><html><body><p>` + russian + "</p></body></html>"))), "koi8-r", russian},
		{"a name that nobody knows", []byte(wrap("klingon-1", russian)), "utf-8", russian},
	} {
		d, err := Read("page.html", c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if d.Encoding != c.encoding || d.Reading != c.reading {
			t.Errorf("%s: %s reads %q, want %s, %q", c.name, d.Encoding, d.Reading, c.encoding, c.reading)
		}
	}
}

// A file is a page by its ending or by how it begins, whatever stands before its first tag.
func TestWhatIsAPage(t *testing.T) {
	t.Parallel()
	const page = "<html><body><p>The Parties agreed.</p></body></html>"
	for _, c := range []struct{ name, data, format string }{
		{"x.html", "The Parties agreed.", "html"}, {"X.HTM", page, "html"}, {"x.xhtml", page, "html"},
		{"x", page, "html"}, {"x.txt", "\xEF\xBB\xBF \r\n\t<!DOCTYPE HTML>" + page, "html"}, {"x", `<?xml version="1.0"?>` + page, "html"},
		{"x.txt", "<p>The Parties agreed.</p>", "txt"}, {"x.txt", "The word <html> stands here.", "txt"}, {"x.txt", `<?xml version="1.0"?><book>Words</book>`, "txt"},
	} {
		if d := read(t, c.name, c.data); d.Format != c.format {
			t.Errorf("%s %.20q is %s, want %s", c.name, c.data, d.Format, c.format)
		}
	}
}

// A number as a browser shows it is the number as the splitter reads it, in every style of list.
func TestItemsAreNumberedAsTheyAreRead(t *testing.T) {
	t.Parallel()
	for _, style := range []string{"1", "a", "A", "i", "I", ""} {
		for n := 1; n <= 30; n++ {
			shown := itemNumber(n, style)
			m := readMarker(shown + " words")
			if m.value != n && m.roman != n {
				t.Errorf("item %d in style %q is shown as %s and read as %d", n, style, shown, m.value)
			}
			if !hasMarker(shown) {
				t.Errorf("%s is not seen to be a number of its own", shown)
			}
		}
	}
	if got := roman(1994); got != "MCMXCIV" {
		t.Errorf("1994 is %s", got)
	}
}

// FuzzPage holds that taking off markup loses no words that stand in the open and invents none.
func FuzzPage(f *testing.F) {
	for _, page := range []string{
		"<p>The <b>Parties</b> met</p>", "<ul><li>a<li value=7>b</ul>", "<nav>x<p>y", "<main><article>z</main>", "&lt;&#x4e00;&amp", "<pre>a\n b</pre>",
		"<p hidden>no<p>yes", "<!--><script>", "<table><td>a<td>b", "<ol type=a start=-5><li>x", "<svg><p>a</svg>b", "<a title='>'>c</a>",
	} {
		f.Add(page)
	}
	f.Fuzz(func(t *testing.T, page string) {
		pace.Hold(t, pace.Generous, len(page), func() { newEdition(page, peelHTML(page)) })
		peeled := peelHTML(page)
		end := 0
		for _, c := range peeled {
			if c.from < end || c.to < c.from || c.to > len(page) {
				t.Fatalf("%q: change %+v after %d", page, c, end)
			}
			end = c.to
		}
		text := newEdition(page, peeled).text
		if !strings.ContainsAny(page, "<&") && strings.Join(strings.Fields(text), "") != strings.Join(strings.Fields(page), "") {
			t.Errorf("%q without markup reads %q", page, text)
		}
	})
}
