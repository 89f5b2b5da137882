package statement

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"concord/internal/fault"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// An encoding is guessed only where the letters leave no doubt: a wrong guess would put words into a state's mouth.
func TestEncodingsThatCannotBeTold(t *testing.T) {
	t.Parallel()
	french := "Les Parties réaffirment leur volonté de coopérer à l’échelle régionale où cela est utile, été comme hiver."
	for name, data := range map[string][]byte{
		"French in Windows-1252":     must(charmap.Windows1252.NewEncoder().Bytes([]byte(french))),
		"Chinese in Big5":            must(traditionalchinese.Big5.NewEncoder().Bytes([]byte("各方同意深化經貿合作，為共同發展作出貢獻。各方將繼續舉行會晤。"))),
		"Japanese in Shift JIS":      must(japanese.ShiftJIS.NewEncoder().Bytes([]byte("両国は、エネルギーおよび運輸の分野における協力を引き続き強化することで合意した。"))),
		"Korean in EUC-KR":           must(korean.EUCKR.NewEncoder().Bytes([]byte("양측은 에너지 및 운송 분야에서 협력을 계속 강화하기로 합의하였다."))),
		"Russian of three letters":   must(charmap.Windows1251.NewEncoder().Bytes([]byte("Да."))),
		"Russian in capitals alone":  must(charmap.Windows1251.NewEncoder().Bytes([]byte("СОВМЕСТНОЕ ЗАЯВЛЕНИЕ МИНИСТРОВ ПОРТОВ"))),
		"Chinese cut in a character": must(simplifiedchinese.GBK.NewEncoder().Bytes([]byte("各方同意深化经贸合作。")))[:21],
		"Ukrainian in Windows-1251":  must(charmap.Windows1251.NewEncoder().Bytes([]byte("її її її її її її її її її її її"))),
	} {
		if d, err := Read("a.txt", data); err == nil {
			t.Errorf("%s: taken for %s: %q", name, d.Encoding, d.Original)
		} else if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Sentence(err), "save it as UTF-8") && !strings.Contains(fault.Sentence(err), "is UTF-8 up to byte") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// What was decoded is what was written, in each encoding, for texts of each length: nothing is lost at an edge.
func TestDecodedTextsAreWhole(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 30; n++ {
		for name, c := range map[string]struct {
			text string
			data []byte
		}{
			"utf-16le": {strings.Repeat("各方𠀀同意。", n), encodeUTF16(strings.Repeat("各方𠀀同意。", n), 1)},
			"utf-16be": {strings.Repeat("Сто\u0301роны. ", n), encodeUTF16(strings.Repeat("Сто\u0301роны. ", n), 0)},
			"gb18030":  {strings.Repeat("各方在合作中的共同发展。", n), must(simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(strings.Repeat("各方在合作中的共同发展。", n))))},
		} {
			d, err := Read("a.txt", c.data)
			if err != nil || d.Original != c.text || d.Encoding != name {
				t.Fatalf("%s, %d times: %v", name, n, err)
			}
		}
	}
}

// Where a text breaks off or goes wrong is said to the byte, so that it can be found in the file.
func TestDamageIsNamedToTheByte(t *testing.T) {
	t.Parallel()
	whole := "Стороны договорились."
	for at := 2; at < len(whole); at += 2 { // every Russian letter has two bytes; the blank is where parity changes
		cut := whole[:at]
		if utf8.ValidString(cut) {
			continue
		}
		_, err := Read("a.txt", []byte(cut))
		want := len(strings.ToValidUTF8(cut, ""))
		if err == nil || !strings.Contains(fault.Sentence(err), "byte "+strconv.Itoa(want)) {
			t.Errorf("cut at %d: %v, want byte %d", at, err, want)
		}
	}
	for _, c := range []struct{ text, says string }{
		{"words\x00more", "byte 5"}, {"各方\x02同意", "byte 6"}, {"\xff\xfea\x00\x00\x00", "character 1"}, {"\xfe\xff\x00a\x00", "odd number"},
	} {
		if _, err := Read("a.txt", []byte(c.text)); err == nil || !strings.Contains(fault.Sentence(err), c.says) {
			t.Errorf("%q: %v, want %s", c.text, err, c.says)
		}
	}
}

// A document bears the file's own name, wherever the file lay.
func TestADocumentBearsItsFilesName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a.txt": "a.txt", "/home/officer/a.txt": "a.txt", `C:\Users\Офицер\声明.txt`: "声明.txt", "../../etc/a.txt": "a.txt", `mixed/of\both.txt`: "both.txt",
	} {
		if d := read(t, name, "The Parties agreed."); d.Name != want {
			t.Errorf("%s is called %s", name, d.Name)
		}
	}
}

// The largest file is read and one byte more is not, before anything is done with it.
func TestTheBoundOfFiles(t *testing.T) {
	t.Parallel()
	large := make([]byte, MaxFile+1)
	if _, err := Read("a.txt", large); err == nil || !strings.Contains(fault.Sentence(err), "20 MB at most") {
		t.Errorf("a byte too many: %v", err)
	}
	if err := acceptable("a.txt", large[:MaxFile]); err != nil {
		t.Errorf("the largest: %v", err)
	}
}

// A docx whose numbers are lists has the clauses that the same text has with its numbers typed.
func TestListsOfWordAreClauses(t *testing.T) {
	t.Parallel()
	const head, tail = `<w:document xmlns:w="w"><w:body>`, `</w:body></w:document>`
	plain := func(words string) string { return `<w:p><w:r><w:t>` + words + `</w:t></w:r></w:p>` }
	item := func(level, words string) string {
		return `<w:p><w:pPr><w:numPr><w:ilvl w:val="` + level + `"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>` + words + `</w:t></w:r></w:p>`
	}
	level := func(n, format, text string) string {
		return `<w:lvl w:ilvl="` + n + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/></w:lvl>`
	}
	for _, c := range []struct{ name, levels, body, typed string }{
		{"English", level("0", "decimal", "%1.") + level("1", "lowerLetter", "(%2)"),
			plain("Joint statement of the five parties") + plain("The Parties met and declare as follows:") + item("0", "The Parties agreed to:") + item("1", "build roads;") + item("1", "open borders.") + item("0", "The Parties thank the host."),
			"Joint statement of the five parties\nThe Parties met and declare as follows:\n1. The Parties agreed to:\n(a) build roads;\n(b) open borders.\n2. The Parties thank the host."},
		{"Chinese", level("0", "chineseCounting", "%1、") + level("1", "chineseCounting", "（%2）"),
			plain("五方关于合作的联合声明") + plain("各方举行会晤，并声明如下：") + item("0", "各方将：") + item("1", "修建公路；") + item("1", "开放口岸。") + item("0", "各方感谢东道国。"),
			"五方关于合作的联合声明\n各方举行会晤，并声明如下：\n一、各方将：\n（一）修建公路；\n（二）开放口岸。\n二、各方感谢东道国。"},
		{"Russian", level("0", "decimal", "%1.") + level("1", "russianLower", "%2)"),
			plain("Совместное заявление сторон") + plain("Стороны заявляют следующее:") + item("0", "Стороны будут:") + item("1", "строить дороги;") + item("1", "открывать границы.") + item("0", "Стороны благодарят."),
			"Совместное заявление сторон\nСтороны заявляют следующее:\n1. Стороны будут:\nа) строить дороги;\nб) открывать границы.\n2. Стороны благодарят."},
	} {
		file := docx(map[string]string{
			"word/document.xml":  head + c.body + tail,
			"word/numbering.xml": `<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">` + c.levels + `</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`,
		})
		d, err := Read("a.docx", file)
		if err != nil {
			t.Fatal(err)
		}
		if want := idsOf(read(t, "a.txt", c.typed)); idsOf(d) != want || want != "0 1 1.1 1.2 2" {
			t.Errorf("%s: clauses %s, typed %s, in\n%s", c.name, idsOf(d), want, d.Reading)
		}
		if d.Content != read(t, "a.txt", c.typed).Content {
			t.Errorf("%s: the content differs from that of the typed text", c.name)
		}
	}
}
