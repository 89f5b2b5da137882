package ooxml

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"concord/internal/check/pace"
)

const limit = 1 << 20

// pack makes a docx file of a body and, if given, definitions of lists and styles.
func pack(t testing.TB, body, numbering, styles string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, part := range map[string]string{"word/document.xml": body, "word/numbering.xml": numbering, "word/styles.xml": styles} {
		if part == "" {
			continue
		}
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(part))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func document(body string) string {
	return `<w:document xmlns:w="w" xmlns:mc="mc"><w:body>` + body + `</w:body></w:document>`
}

func paragraphs(t *testing.T, body, numbering, styles string) string {
	t.Helper()
	list, err := Paragraphs(pack(t, document(body), numbering, styles), limit)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, "\n")
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, body, want string }{
		{"runs, tabs and breaks", `<w:p><w:r><w:t>1.</w:t><w:tab/><w:t>The Parties</w:t><w:br/><w:t>agreed</w:t></w:r></w:p>`, "1. The Parties\nagreed"},
		{"tracked changes", `<w:p><w:r><w:t>shall </w:t></w:r><w:del><w:r><w:delText>meet</w:delText></w:r></w:del><w:ins><w:r><w:t>decide</w:t></w:r></w:ins></w:p>`, "shall decide"},
		{"a moved paragraph stands where it went", `<w:p><w:moveFrom><w:r><w:t>A</w:t></w:r></w:moveFrom></w:p><w:p><w:r><w:t>B</w:t></w:r></w:p><w:p><w:moveTo><w:r><w:t>A</w:t></w:r></w:moveTo></w:p>`, "B\nA"},
		{"field codes are not text, their results are", `<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>page 3</w:t></w:r></w:p>`, "page 3"},
		{"footnotes leave no trace", `<w:p><w:r><w:t>Word</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:t>.</w:t></w:r></w:p>`, "Word."},
		{"tables cell by cell", `<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>`, "a\nb"},
		{"text boxes once", `<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice>` +
			`<mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r></w:p>`, "box\nafter"},
	} {
		if got := paragraphs(t, c.body, "", ""); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

const numbering = `<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="0">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
 <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
 <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>`

// item is a paragraph in a list.
func item(list, level, words string) string {
	return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="` + list + `"/></w:numPr></w:pPr><w:r><w:t>` + words + `</w:t></w:r></w:p>`
}

func TestNumbers(t *testing.T) {
	styles := `<w:styles xmlns:w="w"><w:style w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style></w:styles>`
	for _, c := range []struct{ name, body, want string }{
		{"Chinese numbers with letters below", item("1", "0", "A") + item("1", "1", "x") + item("1", "1", "y") + item("1", "0", "B") + item("1", "1", "z"),
			"一、 A\n(a) x\n(b) y\n二、 B\n(a) z"},
		{"Roman numbers with numbers of two parts", item("2", "0", "A") + item("2", "0", "B") + item("2", "1", "x"), "I. A\nII. B\nII.1 x"},
		{"bullets", item("3", "0", "A"), "- A"},
		{"a list that begins again", item("1", "0", "A") + item("1", "0", "B") + item("4", "0", "C"), "一、 A\n二、 B\n一、 C"},
		{"a list by style", `<w:p><w:pPr><w:pStyle w:val="Clause"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>`, "I. A"},
		{"no list", item("0", "0", "A") + item("99", "0", "B"), "A\nB"},
		{"a number that counts for nothing stands with no words", item("1", "0", "") + item("1", "0", "A"), "一、 A"},
	} {
		if got := paragraphs(t, c.body, numbering, styles); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestNumerals(t *testing.T) {
	for _, c := range []struct {
		n            int
		format, want string
	}{
		{1, "chineseCounting", "一"}, {10, "chineseCounting", "十"}, {12, "chineseCounting", "十二"}, {20, "chineseCounting", "二十"},
		{103, "chineseCounting", "一百零三"}, {110, "chineseCounting", "一百一十"}, {1004, "chineseCounting", "一千零四"},
		{4, "lowerRoman", "iv"}, {1999, "upperRoman", "MCMXCIX"}, {27, "lowerLetter", "aa"}, {3, "russianLower", "в"},
		{7, "decimalZero", "07"}, {7, "decimal", "7"},
	} {
		if got := numeral(c.n, c.format); got != c.want {
			t.Errorf("%d in %s is %q, want %q", c.n, c.format, got, c.want)
		}
	}
}

func TestHostileFiles(t *testing.T) {
	deep := strings.Repeat("<w:p>", 300) + strings.Repeat("</w:p>", 300)
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"no archive", []byte("PK\x03\x04 nothing"), "not a whole zip archive"},
		{"no document", pack(t, "", "<a/>", ""), "without a Word document"},
		{"a bomb", pack(t, document("<w:p><w:r><w:t>"+strings.Repeat("a", 2*limit)+"</w:t></w:r></w:p>"), "", ""), "unpacks to more than 1 MB"},
		{"entities", pack(t, `<!DOCTYPE a [<!ENTITY x "yyyy">]>`+document("<w:p><w:r><w:t>&x;</w:t></w:r></w:p>"), "", ""), "document type"},
		{"nested without end", pack(t, document(deep), "", ""), "nested too deep"},
		{"broken XML", pack(t, "<w:document><w:p>", "", ""), "XML is broken"},
	} {
		list, err := Paragraphs(c.file, limit)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v; want %q", c.name, list, err, c.want)
		}
	}
}

func FuzzParagraphs(f *testing.F) {
	f.Add(document(item("1", "0", "A")), numbering)
	f.Fuzz(func(t *testing.T, body, numbering string) {
		file := pack(t, body, numbering, "")
		pace.Hold(t, pace.Generous, len(body)+len(numbering), func() { _, _ = Paragraphs(file, limit) })
		list, err := Paragraphs(file, limit)
		for _, p := range list {
			if err == nil && (p == "" || strings.Contains(p, "\n")) {
				t.Fatalf("%q", p)
			}
		}
	})
}
