package ooxml

import (
	"fmt"
	"strings"
	"testing"

	"concord/internal/check/pace"
)

const inList = `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>`

// filed is a file of so many paragraphs in a list whose level writes a text before each.
func filed(t testing.TB, text, format string, paragraphs int) []byte {
	t.Helper()
	return pack(t, `<w:document xmlns:w="w"><w:body>`+strings.Repeat(inList, paragraphs)+`</w:body></w:document>`, fmt.Sprintf(`<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl></w:abstractNum>`+
		`<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`, format, text), "")
}

// What a list writes before each of its paragraphs may be as long as the file's maker likes: a tiny file does not take
// memory without end.
func TestAListDoesNotMultiplyItsText(t *testing.T) {
	for name, file := range map[string][]byte{
		"a long text":          filed(t, strings.Repeat("x", 40_000), "decimal", 5_000),
		"a number many times":  filed(t, strings.Repeat("%1", 20_000), "upperLetter", 5_000),
		"all levels, all long": filed(t, strings.Repeat("%1%2%3%4%5%6%7%8%9", 2_000), "chineseCounting", 5_000),
	} {
		t.Run(name, func(t *testing.T) {
			unpacked := 5_000*len(inList) + 40_000
			pace.Hold(t, pace.Bound{Time: pace.Generous.Time, PerKB: pace.Generous.PerKB, Memory: 16 << 20, PerByte: 100}, unpacked, func() {
				lines, err := Paragraphs(file, 20<<20)
				if err != nil || len(lines) != 5_000 {
					t.Errorf("%d lines, error %v", len(lines), err)
				}
			})
		})
	}
}
