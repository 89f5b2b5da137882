package statement

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// declaredCharset finds what a page says of its own encoding, in a meta element or an XML declaration.
var declaredCharset = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)`)

// charset is the encoding that the first bytes of a page declare, in lower case, or "".
func charset(page []byte) string {
	m := declaredCharset.FindSubmatch(page[:min(len(page), 4096)])
	if m == nil {
		return ""
	}
	return strings.ToLower(string(m[1]))
}

// named gives the encoding of a name that pages use, or nil.
func named(charset string) encoding.Encoding {
	switch charset {
	case "gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk":
		return simplifiedchinese.GB18030
	case "big5", "big5-hkscs", "x-x-big5":
		return traditionalchinese.Big5
	case "windows-1251", "cp1251", "x-cp1251":
		return charmap.Windows1251
	case "koi8-r", "koi8":
		return charmap.KOI8R
	case "windows-1252", "iso-8859-1", "latin1":
		return charmap.Windows1252
	}
	return nil
}

// What the elements of a page do to its text.
var (
	skipped = nameSet("script style noscript template head iframe svg math object embed canvas audio video map nav footer aside " +
		"button select textarea dialog rt rp menu")
	blocks = nameSet("address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer " +
		"form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul br")
	lists   = nameSet("ol ul")
	empties = nameSet("area base br col embed hr img input link meta param source track wbr")
	// an element of these ends without an end tag where the next of the same name begins
	selfEnding = nameSet("p li td th tr dt dd option")
	// classes and ids by which pages mark what is not their text
	pageParts = nameSet("nav navbar navigation menu main-menu topmenu breadcrumb breadcrumbs crumbs sidebar side-bar share sharing " +
		"share-buttons social social-links copyright footer site-footer page-footer site-header related related-news " +
		"recommend comments toolbar cookie-banner cookies pagination visually-hidden sr-only skip-link")
)

func nameSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, name := range strings.Fields(list) {
		set[name] = true
	}
	return set
}

// peelHTML gives the markup of a page: everything that is not its main text. What remains has one line for each block and
// list item; an item that does not begin with a number or dash of its own gets the marker that a browser shows.
func peelHTML(page string) []change {
	whole := peelRange(page, 0, len(page), true)
	if whole.words == 0 {
		whole = peelRange(page, 0, len(page), false) // a page that is all navigation, or never closes it
	}
	if from, to := mainRange(page); from < to {
		if part := peelRange(page, from, to, true); 2*part.words > whole.words {
			return part.out
		}
	}
	return whole.out
}

// mainRange gives the bytes of the page's main element, or of its article if it has exactly one.
func mainRange(page string) (from, to int) {
	articles := 0
	var first Span
	z, at := html.NewTokenizer(strings.NewReader(page)), 0
	for {
		kind := z.Next()
		start := at
		at += len(z.Raw())
		if kind == html.ErrorToken {
			break
		}
		name, _ := z.TagName()
		switch string(name) {
		case "main":
			if kind == html.StartTagToken && from == 0 {
				from = at
			} else if kind == html.EndTagToken && from > 0 {
				return from, start
			}
		case "article":
			if kind == html.StartTagToken {
				if articles++; articles == 1 {
					first.Start = at
				}
			} else if kind == html.EndTagToken && first.End == 0 {
				first.End = start
			}
		}
	}
	if articles == 1 {
		return first.Start, first.End
	}
	return 0, 0
}

// peeler turns a page into lines. Whatever lies between two pieces of text that are kept becomes one change.
type peeler struct {
	page  string
	kept  int // end of the last piece kept
	out   []change
	words int // letters kept

	gap      string // what stands between the last piece and the next: nothing, a space, a line's end
	folded   bool   // a line's end of the source is in the gap
	marker   string // marker of the list item whose text has not begun
	lists    []list
	pre      int // depth of preformatted elements
	articles int // depth of article and main elements, whose headers are their own

	skip      string // name of the element whose content is left out, or ""
	skipDepth int
	careful   bool // leave out navigation and the like, not only scripts
}

// list is an open list: the number of its next item, and how numbers are written.
type list struct {
	ordered bool
	next    int
	style   string
}

// peelRange peels the bytes from to to of a page and drops all others. Careful, it leaves out navigation and the like as
// well as scripts.
func peelRange(page string, from, to int, careful bool) *peeler {
	p := &peeler{page: page, careful: careful}
	if from > 0 {
		p.articles = 1 // the range is what lies in one
	}
	z, at := html.NewTokenizer(strings.NewReader(page[from:to])), from
	for {
		kind := z.Next()
		start := at
		at += len(z.Raw())
		switch kind {
		case html.ErrorToken:
			p.finish()
			return p
		case html.TextToken:
			p.text(start, at)
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			p.tag(z.Token(), kind)
		}
	}
}

// finish drops what follows the last piece of text.
func (p *peeler) finish() {
	if p.kept < len(p.page) {
		p.out = append(p.out, change{p.kept, len(p.page), "", markup})
	}
}

func (p *peeler) tag(t html.Token, kind html.TokenType) {
	opens := kind == html.StartTagToken && !empties[t.Data]
	if p.skip != "" && !p.skipEnds(t.Data, opens, kind == html.EndTagToken) {
		return
	}
	if opens && p.leavesOut(t) {
		p.skip, p.skipDepth = t.Data, 1
		p.block(t.Data)
		return
	}
	p.depths(t.Data, opens, kind == html.EndTagToken)
	p.block(t.Data)
	switch {
	case lists[t.Data] && opens:
		p.lists = append(p.lists, list{t.Data == "ol", number(t, "start", 1), attribute(t, "type")})
	case lists[t.Data] && kind == html.EndTagToken && len(p.lists) > 0:
		p.lists = p.lists[:len(p.lists)-1]
	case t.Data == "li" && opens:
		p.item(t)
	}
}

// skipEnds follows the element that is left out. It says whether the tag at hand is to be read: the first one outside.
func (p *peeler) skipEnds(name string, opens, closes bool) bool {
	switch {
	case opens && name == p.skip && selfEnding[name]:
		p.skip = ""
		return true
	case opens && p.skip == "p" && blocks[name]:
		p.skip = ""
		return true
	case opens && name == p.skip:
		p.skipDepth++
	case closes && name == p.skip:
		if p.skipDepth--; p.skipDepth == 0 {
			p.skip = ""
		}
	}
	return false
}

// leavesOut says whether an element is no part of the text.
func (p *peeler) leavesOut(t html.Token) bool {
	if !p.careful {
		return t.Data == "script" || t.Data == "style" || t.Data == "head" || t.Data == "template"
	}
	if skipped[t.Data] || t.Data == "header" && p.articles == 0 {
		return true
	}
	return slices.ContainsFunc(t.Attr, func(a html.Attribute) bool { return p.setsAside(t.Data, a) })
}

// setsAside says whether an attribute makes its element no part of the text: it hides it, or says that it is of the page
// around.
func (p *peeler) setsAside(element string, a html.Attribute) bool {
	switch a.Key {
	case "hidden":
		return true
	case "aria-hidden":
		return a.Val == "true"
	case "style":
		return strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none")
	case "role":
		return a.Val == "navigation" || a.Val == "contentinfo" || a.Val == "search" || a.Val == "banner" && p.articles == 0
	case "class", "id":
		return element != "body" && element != "html" && isPagePart(a.Val)
	}
	return false
}

func isPagePart(classes string) bool {
	for _, class := range strings.Fields(strings.ToLower(classes)) {
		if pageParts[class] {
			return true
		}
	}
	return false
}

// depths counts the open elements that change how text in them is read.
func (p *peeler) depths(name string, opens, closes bool) {
	step := 0
	switch {
	case opens:
		step = 1
	case closes:
		step = -1
	}
	switch name {
	case "pre":
		p.pre = max(0, p.pre+step)
	case "article", "main":
		p.articles = max(0, p.articles+step)
	}
}

// block ends the line at the edge of a block element.
func (p *peeler) block(name string) {
	if blocks[name] {
		p.gap = "\n"
	}
}

// item makes the marker of a list item.
func (p *peeler) item(t html.Token) {
	p.marker = "- "
	if len(p.lists) == 0 || !p.lists[len(p.lists)-1].ordered {
		return
	}
	l := &p.lists[len(p.lists)-1]
	n := number(t, "value", l.next)
	l.next = n + 1
	p.marker = itemNumber(n, l.style) + " "
}

// itemNumber writes the number of an item in the style of its list: 1. a. A. i. I.
func itemNumber(n int, style string) string {
	switch {
	case style == "a" && n >= 1 && n <= 26:
		return "(" + string(rune('a'+n-1)) + ")"
	case style == "A" && n >= 1 && n <= 26:
		return string(rune('A'+n-1)) + "."
	case style == "I" && n >= 1 && n < 4000:
		return roman(n) + "."
	case style == "i" && n >= 1 && n < 4000:
		return "(" + strings.ToLower(roman(n)) + ")"
	}
	return strconv.Itoa(n) + "."
}

// roman writes n, from 1 to 3999, in Roman numerals.
func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	return b.String()
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func number(t html.Token, key string, otherwise int) int {
	if n, err := strconv.Atoi(attribute(t, key)); err == nil {
		return n
	}
	return otherwise
}

// text keeps the words of page[from:to], one space for each run of white space between them.
func (p *peeler) text(from, to int) {
	if p.skip != "" {
		return
	}
	for at := from; at < to; {
		r, size := utf8.DecodeRuneInString(p.page[at:to])
		if isBreaking(r) {
			p.space(r)
			at += size
			continue
		}
		at = p.word(at, to)
	}
}

// isBreaking says whether r is white space that a browser folds; the no-break space is not, and an ideographic one
// indents a paragraph.
func isBreaking(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }

func (p *peeler) space(r rune) {
	switch {
	case p.pre > 0 && r == '\n':
		p.gap = "\n"
	case p.gap == "":
		p.gap = " "
	}
	p.folded = p.folded || r == '\n'
}

// word keeps the characters from byte at up to the next white space, entities read as the characters they name.
func (p *peeler) word(at, to int) int {
	end := at
	for end < to {
		r, size := utf8.DecodeRuneInString(p.page[end:to])
		if isBreaking(r) || r == '&' {
			break
		}
		end += size
	}
	if end > at {
		p.keep(at, end, p.page[at:end])
		return end
	}
	end = entityEnd(p.page, at, to)
	p.keep(at, end, html.UnescapeString(p.page[at:end]))
	return end
}

// entityEnd is where the entity that begins with the & at byte at ends.
func entityEnd(page string, at, to int) int {
	end := at + 1
	for end < to && end < at+34 {
		b := page[end]
		if b == ';' {
			return end + 1
		}
		if !(b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '#' && end == at+1) {
			break
		}
		end++
	}
	return end
}

// keep takes page[from:to] into the text, where it reads as now, after what the gap before it stands for.
func (p *peeler) keep(from, to int, now string) {
	gap := p.bridge(now)
	if p.marker != "" {
		if !hasMarker(p.page[from:min(len(p.page), from+40)]) {
			gap += p.marker
		}
		p.marker = ""
	}
	if p.page[p.kept:from] != gap {
		p.out = append(p.out, change{p.kept, from, gap, markup})
	}
	if p.page[from:to] != now {
		p.out = append(p.out, change{from, to, now, markup})
	}
	p.gap, p.folded, p.kept = "", false, to
	for _, r := range now {
		if unicode.IsLetter(r) {
			p.words++
		}
	}
}

// bridge is what stands before the next piece: nothing before the first; and a line's end in the source is nothing
// between two Chinese characters, where it is no space.
func (p *peeler) bridge(next string) string {
	switch {
	case p.kept == 0:
		return ""
	case p.gap == " " && p.folded:
		before, _ := utf8.DecodeLastRuneInString(p.page[:p.kept])
		after, _ := utf8.DecodeRuneInString(next)
		if unicode.Is(unicode.Han, before) && unicode.Is(unicode.Han, after) {
			return ""
		}
	}
	return p.gap
}

// ownMarker is a number, letter, dash or bullet by which an item's own text begins.
var ownMarker = regexp.MustCompile(`^(?:[-–—•·●▪*]|[(（]?(?:\d{1,3}(?:\.\d+)*|[a-zA-Zа-яА-Я]|[ivxIVX]{1,7}|[一二三四五六七八九十]{1,3})[.)）、]|第[一二三四五六七八九十百\d]+[条條])`)

func hasMarker(text string) bool { return ownMarker.MatchString(text) }
