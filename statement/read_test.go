package statement

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"concord/internal/check/pace"
	"concord/internal/fault"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

const (
	russianText = "Совместное заявление\n1. Стороны договорились углублять сотрудничество в области транспорта и торговли.\n2. Стороны подтвердили, что встреча состоится в 2025 году.\n"
	chineseText = "联合声明\n一、各方同意深化经贸合作。\n二、各方将继续举行会晤,为共同发展作出贡献。\n"
)

func encodeUTF16(text string, high int) []byte {
	data := []byte{0xFF, 0xFE}
	if high == 0 {
		data = []byte{0xFE, 0xFF}
	}
	for _, unit := range utf16.Encode([]rune(text)) {
		pair := [2]byte{}
		pair[high], pair[1-high] = byte(unit>>8), byte(unit)
		data = append(data, pair[:]...)
	}
	return data
}

func must(data []byte, err error) []byte {
	if err != nil {
		panic(err)
	}
	return data
}

func TestEncodings(t *testing.T) {
	for _, c := range []struct {
		name, encoding string
		data           []byte
		text           string
	}{
		{"UTF-8", "utf-8", []byte(russianText), russianText},
		{"UTF-8 with its mark", "utf-8", []byte("\xEF\xBB\xBF" + chineseText), chineseText},
		{"UTF-16, low byte first", "utf-16le", encodeUTF16(chineseText, 1), chineseText},
		{"UTF-16, high byte first", "utf-16be", encodeUTF16(russianText, 0), russianText},
		{"GB18030", "gb18030", must(simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(chineseText))), chineseText},
		{"GBK", "gb18030", must(simplifiedchinese.GBK.NewEncoder().Bytes([]byte(chineseText))), chineseText},
		{"Windows-1251", "windows-1251", must(charmap.Windows1251.NewEncoder().Bytes([]byte(russianText))), russianText},
		{"KOI8-R", "koi8-r", must(charmap.KOI8R.NewEncoder().Bytes([]byte(russianText))), russianText},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Read("text.txt", c.data)
			if err != nil {
				t.Fatal(err)
			}
			if d.Encoding != c.encoding || d.Original != c.text || d.Format != "txt" {
				t.Errorf("%s %s: %q", d.Format, d.Encoding, d.Original)
			}
		})
	}
}

// The whole declaration in the old encodings, and each of its articles that is long enough to leave no doubt.
func TestEncodingsOfTheDeclaration(t *testing.T) {
	for _, c := range []struct {
		file, encoding string
		encode         func([]byte) ([]byte, error)
	}{
		{"udhr.zh-Hans.txt", "gb18030", simplifiedchinese.GB18030.NewEncoder().Bytes},
		{"udhr.zh-Hant.txt", "gb18030", simplifiedchinese.GB18030.NewEncoder().Bytes},
		{"udhr.ru.txt", "windows-1251", charmap.Windows1251.NewEncoder().Bytes},
		{"udhr.ru.txt", "koi8-r", charmap.KOI8R.NewEncoder().Bytes},
	} {
		text := strings.ReplaceAll(string(shared(t, "texts/udhr/"+c.file)), "\u2010", "-")
		for i, part := range append(strings.Split(text, "\n## "), text) {
			if i == 0 || utf8.RuneCountInString(part) < 60 {
				continue
			}
			d, err := Read(c.file, must(c.encode([]byte(part))))
			if err != nil || d.Encoding != c.encoding || d.Original != part {
				t.Errorf("%s in %s: %v: %s", c.file, c.encoding, err, part)
			}
		}
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	for _, c := range []struct {
		name     string
		data     string
		sentence string
	}{
		{"empty.txt", "", "empty.txt is empty"},
		{"spaces.txt", " \n\t\n ", "nothing in it that can be read"},
		{"numbers.txt", "1 2 3 --- 4", "nothing in it that can be read"},
		{"tags.html", "<html><body><script>var a = 'word'</script></body></html>", "nothing in it that can be read"},
		{"binary.txt", "text\x00\x01\x02", "binary data at byte 4"},
		{"large.txt", strings.Repeat("a", 50<<20), "has 50.0 MB; a text may have 20 MB at most"},
		{"paper.pdf", "%PDF-1.7 ...", "is a PDF: save its text as docx, html or txt first"},
		{"old.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old Word format"},
		{"cut.txt", strings.Repeat("各方同意。", 20) + "\xE5\x90", "UTF-8 up to byte 300 and not from there"},
		{"mixed.txt", "各方同意深化合作。\xB8\xF7\xB7\xBD\n各方同意深化合作。", "UTF-8 up to byte 27"},
		{"unknown.txt", "\x8F\x81\xFF\xFE\xFD abc \x9D\x90", "not UTF-8 at byte 0"},
		{"odd.txt", "\xFF\xFEa\x00b", "cut off"},
		{"not-word.docx", "PK\x03\x04 and no archive", "cannot be read as a docx file: it is not a whole zip archive"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Read("some/folder/"+c.name, []byte(c.data))
			if d != nil || err == nil {
				t.Fatal("was read")
			}
			if fault.KindOf(err) != fault.Invalid || !strings.Contains(fault.Sentence(err), c.sentence) || !strings.Contains(fault.Sentence(err), c.name) {
				t.Errorf("kind %s, sentence %q, want %q", fault.KindOf(err), fault.Sentence(err), c.sentence)
			}
		})
	}
}

// A document comes back from JSON as it went, and still leads to its source.
func TestDocumentSurvivesJSON(t *testing.T) {
	for name, text := range map[string]string{
		"damaged.txt": newDamage(7).all(bracketed),
		"page.html":   "<html><body><nav>menu</nav><h1>聯(lián)合聲明</h1><p>各方&nbsp;同意 <b>合作</b>。</p></body></html>",
	} {
		before := read(t, name, text)
		data, err := json.Marshal(before)
		if err != nil {
			t.Fatal(err)
		}
		var after Document
		if err := json.Unmarshal(data, &after); err != nil {
			t.Fatal(err)
		}
		again, _ := json.Marshal(&after)
		if !reflect.DeepEqual(*before, after) || string(again) != string(data) {
			t.Errorf("%s is another document after a round through JSON", name)
		}
		handmade := Document{Original: before.Original, Reading: before.Reading, Edits: before.Edits, Peeled: before.Peeled}
		for i := range before.Reading {
			if handmade.Source(i, i+3) != before.Source(i, i+3) || after.Quote(i, i+3) != before.Quote(i, i+3) {
				t.Fatalf("%s: byte %d leads elsewhere", name, i)
			}
		}
	}
}

// The same words have the same content, whatever page they stood on.
func TestContentIsOfTheWordsAlone(t *testing.T) {
	clean := read(t, "a.txt", bracketed)
	for name, text := range map[string]string{
		"damaged copy":  newDamage(3).all(bracketed),
		"wide commas":   strings.ReplaceAll(bracketed, ",", "，"),
		"as a page":     "<html><body><p>" + strings.ReplaceAll(bracketed, "\n", "</p><p>") + "</p></body></html>",
		"lines windows": strings.ReplaceAll(bracketed, "\n", "\r\n"),
	} {
		if d := read(t, "b", text); d.Content != clean.Content || d.Digest == clean.Digest {
			t.Errorf("%s: content %s, want %s", name, d.Content, clean.Content)
		}
	}
	if d := read(t, "c.txt", strings.Replace(bracketed, "2027", "2028", 1)); d.Content == clean.Content {
		t.Error("another year is another content")
	}
}

func ExampleRead() {
	d, err := Read("statement.txt", []byte("一、各方發(fā)表聯(lián)合聲明。。\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(d.Language, " ", d.Reading)
	for _, e := range d.Edits {
		fmt.Println(e.Start, e.Kind, e.Was)
	}
	at := strings.Index(d.Reading, "联合")
	fmt.Println(d.Source(at, at+len("联合")), d.Quote(at, at+len("联合")))
	// Output:
	// zh-Hant 一、各方发表联合声明。
	// 4 traditional 發
	// 5 pinyin-gloss (fā)
	// 10 traditional 聯
	// 11 pinyin-gloss (lián)
	// 18 traditional 聲
	// 21 doubled-punctuation 。
	// {10 18} 聯(lián)合
}

// FuzzRead holds every promise of a document against whatever comes.
func FuzzRead(f *testing.F) {
	for seed := range uint64(4) {
		f.Add("a.txt", []byte(newDamage(seed).all(bracketed)))
	}
	f.Add("a.html", []byte("<main><p>A &amp; B<ul><li>c<li hidden>d</ul><table><td>x</table>&#x1F600;&lt</main>"))
	f.Add("b.txt", []byte("Стoроны (далее ?стороны?) и\u0306 â€™ вЂ“ ? 2014 co\u00ad.. "))
	f.Add("c.txt", must(charmap.KOI8R.NewEncoder().Bytes([]byte(russianText))))
	f.Add("d.txt", encodeUTF16(chineseText, 1))
	f.Add("e.docx", docx(map[string]string{"word/document.xml": `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>One</w:t></w:r></w:p></w:body></w:document>`}))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		pace.Hold(t, pace.Generous, len(data), func() { _, _ = Read(name, data) })
		d, err := Read(name, data)
		if err != nil {
			if fault.KindOf(err) != fault.Invalid {
				t.Fatal(err)
			}
			return
		}
		checkEdits(t, d)
		for _, p := range d.Paragraphs {
			if p.Start < 0 || p.Start > p.Text || p.Text > p.End || p.End > len(d.Reading) {
				t.Fatalf("paragraph %+v", p)
			}
			d.Quote(p.Start, p.End)
		}
	})
}

func BenchmarkReadCleanChinese(b *testing.B) { benchmarkRead(b, bracketed) }
func BenchmarkReadDamagedChinese(b *testing.B) {
	benchmarkRead(b, newDamage(1).all(bracketed))
}
func BenchmarkReadRussian(b *testing.B) {
	benchmarkRead(b, string(shared(b, "texts/udhr/udhr.ru.txt")))
}
func BenchmarkReadEnglish(b *testing.B) {
	benchmarkRead(b, string(shared(b, "texts/treaties/pta_141.txt")))
}

// benchmarkRead reads a megabyte of the text's paragraphs, numbered on and on.
func benchmarkRead(b *testing.B, text string) {
	var long strings.Builder
	lines := strings.Split(text, "\n")
	for n := 1; long.Len() < 1<<20; n++ {
		fmt.Fprintf(&long, "%d. %s\n", n, lines[n%len(lines)])
	}
	data := []byte(long.String())
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Read("text.txt", data); err != nil {
			b.Fatal(err)
		}
	}
}
