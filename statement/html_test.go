package statement

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
)

func TestPages(t *testing.T) {
	for _, c := range []struct{ name, page, reading string }{
		{"paragraphs and inline markup", "<html><body><h1>Joint   Statement</h1>\n<p>1. The <b>Parties</b>\n agreed.</p><p>2. They <a href='x'>met</a>.</p></body></html>",
			"Joint Statement\n1. The Parties agreed.\n2. They met."},
		{"scripts, styles, navigation, hidden", "<head><title>T</title><style>p{}</style></head><body><nav><ul><li>Menu</ul></nav><script>if (a<b) x()</script>" +
			"<div hidden>no</div><div style='display: none'>no</div><p aria-hidden=true>no</p><p>Words.</p><aside>no<div>no</div></aside><footer>no</footer></body>", "Words."},
		{"a page's header goes, an article's stays", "<header>Ministry</header><article><header><h1>Statement</h1></header><p>Words of the text.</p></article><p>Next</p>",
			"Statement\nWords of the text."},
		{"main", "<div>Latest: a b c</div><main><p>The Parties agreed to meet again.</p></main><div>Contact us</div>", "The Parties agreed to meet again."},
		{"parts of a page by class", "<div class='breadcrumb'>a / b</div><div class='text'><p>Words.</p><div id=share>Tell others</div></div>", "Words."},
		{"lists get their markers", "<p>They agreed to:</p><ul><li>build</li><li>repair</li></ul><ol start=3><li>third<li value=7>seventh</ol><ol type=a><li>x</ol>",
			"They agreed to:\n- build\n- repair\n3. third\n7. seventh\n(a) x"},
		{"list items with markers of their own", "<ul><li>— build<li>(a) repair<li>1) meet</ul>", "— build\n(a) repair\n1) meet"},
		{"line breaks and tables", "<p>one<br>two<br/>three</p><table><tr><td>a</td><td>b</td></tr></table>", "one\ntwo\nthree\na\nb"},
		{"entities", "<p>A &amp; B &lt;C&gt; &#8212; &laquo;D&raquo; R&D</p>", "A & B <C> — «D» R&D"},
		{"a no-break space is repaired as such", "<p>1&nbsp;December</p>", "1 December"},
		{"Chinese wrapped in the source", "<p>各方同意深化\n   合作。</p>", "各方同意深化合作。"},
		{"readings above characters", "<p>各方<ruby>联<rp>(</rp><rt>lián</rt><rp>)</rp></ruby>合声明</p>", "各方联合声明"},
		{"a gloss across markup", "<p>聯(<i>lián</i>)合聲明</p>", "联合声明"},
		{"navigation that never closes", "<nav><p>The Parties agreed.</p>", "The Parties agreed."},
		{"preformatted", "<pre>1. One.\n2. Two.</pre>", "1. One.\n2. Two."},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, "page.html", c.page)
			if d.Format != "html" || d.Original != c.page || d.Reading != c.reading {
				t.Errorf("%s reads %q, want %q", d.Format, d.Reading, c.reading)
			}
			checkEdits(t, d)
		})
	}
}

// Taking off markup is no repair; every word leads back to where it stands in the source.
func TestPagesLeadBackToTheirSource(t *testing.T) {
	page := "<!DOCTYPE html><html><body><h1>联合声明</h1><p>各方&ldquo;同意&rdquo;<b>深化</b>合作。</p></body></html>"
	d := read(t, "x", page)
	if len(d.Edits) > 0 || len(d.Peeled) == 0 {
		t.Errorf("edits %v, peeled %v", d.Edits, d.Peeled)
	}
	for _, words := range []struct{ reading, source string }{
		{"联合声明", "联合声明"}, {"“同意”", "&ldquo;同意&rdquo;"}, {"深化", "深化"}, {"意”深", "意&rdquo;<b>深"},
	} {
		at := strings.Index(d.Reading, words.reading)
		if got := d.Quote(at, at+len(words.reading)); got != words.source {
			t.Errorf("%s comes from %s, want %s", words.reading, got, words.source)
		}
		span := d.Source(at, at+len(words.reading))
		if got := string([]rune(page)[span.Start:span.End]); got != words.source {
			t.Errorf("%s comes from code points %v: %s", words.reading, span, got)
		}
	}
}

func TestPageInItsDeclaredEncoding(t *testing.T) {
	page := `<html><head><meta charset="gb2312"></head><body><p>嘉宾签署文本</p></body></html>`
	d, err := Read("a.htm", must(simplifiedchinese.GBK.NewEncoder().Bytes([]byte(page))))
	if err != nil || d.Reading != "嘉宾签署文本" || d.Encoding != "gb2312" || d.Original != page {
		t.Errorf("%v %+v", err, d)
	}
}
