package statement

import (
	"bytes"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"concord/internal/fault"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// The bounds of a file. A thousand pages of a treaty are three megabytes of words; markup and pictures may take more.
const (
	MaxFile  = 20 << 20 // bytes of the file
	MaxText  = 4 << 20  // bytes of what is left without markup
	MaxLines = 100_000  // lines of that
)

// decode makes a document of a file: its name, digest, encoding, format and Original; and the edition of it without markup.
func decode(name string, data []byte) (*Document, *edition, error) {
	if err := acceptable(name, data); err != nil {
		return nil, nil, err
	}
	d := &Document{Name: name, Digest: digest(data)}
	var peeled []change
	var err error
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		d.Format, d.Encoding = "docx", "utf-8"
		d.Original, err = docxText(name, data)
	case isHTML(name, data):
		d.Format = "html"
		if d.Original, d.Encoding, err = decodeText(name, data, charset(data)); err == nil {
			peeled = peelHTML(d.Original)
		}
	default:
		d.Format = "txt"
		d.Original, d.Encoding, err = decodeText(name, data, "")
	}
	if err != nil {
		return nil, nil, err
	}
	e := newEdition(d.Original, peeled)
	return d, e, readable(name, e.text)
}

// readable refuses a text without words, and one beyond all measure.
func readable(name, text string) error {
	if !strings.ContainsFunc(text, unicode.IsLetter) {
		return fault.New(fault.Invalid, "%s has nothing in it that can be read", name)
	}
	if len(text) > MaxText {
		return fault.New(fault.Invalid, "%s has %.1f MB of words; a text may have %d MB at most: cut it into its parts", name, float64(len(text))/(1<<20), MaxText>>20)
	}
	if n := strings.Count(text, "\n"); n >= MaxLines {
		return fault.New(fault.Invalid, "%s has %d lines; a text may have %d at most: cut it into its parts", name, n+1, MaxLines)
	}
	return nil
}

// notTexts are the first bytes of files that people take for texts, and what to do with them.
func notTexts() []notText {
	return []notText{
		{"%PDF", fault.Say("is a PDF: save its text as docx, html or txt first")},
		{"\xD0\xCF\x11\xE0", fault.Say("is in the old Word format: save it as docx first")},
		{`{\rtf`, fault.Say("is in Rich Text Format: save it as docx first")},
		{"\x89PNG", fault.Say("is a picture, not a text")},
		{"\xFF\xD8\xFF", fault.Say("is a picture, not a text")},
		{"\x1F\x8B", fault.Say("is compressed: unpack it first")},
	}
}

type notText struct {
	start    string
	sentence fault.Phrase
}

// acceptable refuses what cannot be a text, before any of it is read.
func acceptable(name string, data []byte) error {
	if len(data) == 0 {
		return fault.New(fault.Invalid, "%s is empty", name)
	}
	if len(data) > MaxFile {
		return fault.New(fault.Invalid, "%s has %.1f MB; a text may have %d MB at most", name, float64(len(data))/(1<<20), MaxFile>>20)
	}
	for _, s := range notTexts() {
		if bytes.HasPrefix(data, []byte(s.start)) {
			return fault.New(fault.Invalid, "%s %s", name, s.sentence)
		}
	}
	return nil
}

// isHTML says whether a file is a page: by its name, else by how it begins.
func isHTML(name string, data []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return true
	}
	start := bytes.ToLower(bytes.TrimLeft(data[:min(len(data), 1024)], "\xEF\xBB\xBF \t\r\n"))
	return bytes.HasPrefix(start, []byte("<!doctype html")) || bytes.HasPrefix(start, []byte("<html")) ||
		bytes.HasPrefix(start, []byte("<?xml")) && bytes.Contains(start, []byte("<html"))
}

// decodeText gives the text in data and the name of its encoding. It takes UTF-8, UTF-16 with its mark, the encoding that
// a page declares, and, when the letters leave no doubt, GB18030, Windows-1251 and KOI8-R.
func decodeText(name string, data []byte, declared string) (text, encodingName string, err error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		return decodeUTF16(name, data[2:], "utf-16le", 1)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		return decodeUTF16(name, data[2:], "utf-16be", 0)
	}
	if at := binaryAt(data); at >= 0 {
		return "", "", fault.New(fault.Invalid, "%s is not a text: it has binary data at byte %d", name, at)
	}
	if utf8.Valid(data) {
		return string(data), "utf-8", nil
	}
	if e := named(declared); e != nil {
		if text, ok := strict(data, e); ok {
			return text, declared, nil
		}
	}
	for _, g := range guesses() {
		if text, ok := strict(data, g.encoding); ok && g.sure(text) {
			return text, g.name, nil
		}
	}
	return "", "", undecodable(name, data)
}

// binaryAt is the first byte that no text has, or -1.
func binaryAt(data []byte) int {
	return slices.IndexFunc(data, func(b byte) bool {
		return b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' && b != '\v' && b != 0x1B && b != 0x1A
	})
}

func decodeUTF16(name string, data []byte, encodingName string, high int) (string, string, error) {
	if len(data)%2 != 0 {
		return "", "", fault.New(fault.Invalid, "%s is cut off: UTF-16 has two bytes a character, and this has an odd number", name)
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = uint16(data[2*i+high])<<8 | uint16(data[2*i+1-high])
	}
	runes := utf16.Decode(units)
	if i := slices.Index(runes, 0); i >= 0 {
		return "", "", fault.New(fault.Invalid, "%s is not a text: it has binary data at character %d", name, i)
	}
	return string(runes), encodingName, nil
}

// strict decodes without replacing anything: ok is false if a byte means nothing in the encoding.
func strict(data []byte, e encoding.Encoding) (text string, ok bool) {
	decoded, err := e.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
		return "", false
	}
	return string(decoded), true
}

// guess is an encoding to try on a text that does not say its own, and whether what comes out must be what was meant.
type guess struct {
	name     string
	encoding encoding.Encoding
	sure     func(text string) bool
}

func guesses() []guess {
	return []guess{
		{"gb18030", simplifiedchinese.GB18030, surelyChinese},
		{"windows-1251", charmap.Windows1251, surelyRussian},
		{"koi8-r", charmap.KOI8R, surelyRussian},
	}
}

// commonChinese are the characters that make up more than a quarter of any official text; wrongly decoded text has next to none.
const commonChinese = "的一是在和有人中国國不以为為与與会會合作对對发發展方各行政家年大这這于於上个個成平等共同全部将將经經其他应應任何及或权權利自由"

// surelyChinese says whether a text is Chinese beyond doubt: its characters beyond ASCII are Han and Chinese signs, and
// one in ten of the Han is of the most common.
func surelyChinese(text string) bool {
	han, common, other := 0, 0, 0
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
			if strings.ContainsRune(commonChinese, r) {
				common++
			}
		case r > 0x7F && !unicode.IsPunct(r) && !unicode.IsSpace(r) && !unicode.IsDigit(r):
			other++
		}
	}
	return han > 0 && 10*common >= han && 10*other <= han
}

// surelyRussian says whether a text is Russian beyond doubt: nearly all letters beyond ASCII are Cyrillic, most of them
// small, and the seven most frequent letters make up more than four in ten of them, as in every Russian text.
func surelyRussian(text string) bool {
	letters, small, frequent, other := 0, 0, 0, 0
	for _, r := range text {
		switch {
		case r >= 'А' && r <= 'я' || r == 'ё' || r == 'Ё':
			letters++
			if r >= 'а' {
				small++
			}
			if strings.ContainsRune("оеаинтсОЕАИНТС", r) {
				frequent++
			}
		case r > 0x7F && !unicode.IsPunct(r) && r != '№' && !unicode.IsSpace(r):
			other++
		}
	}
	return letters >= 20 && 10*small >= 7*letters && 10*frequent >= 4*letters && 20*other <= letters
}

// undecodable says where the text stops being UTF-8 and what that tells: damage within, or another encoding altogether.
func undecodable(name string, data []byte) error {
	at, wrong, right := firstInvalid(data)
	if right > wrong {
		return fault.New(fault.Invalid, "%s is UTF-8 up to byte %d and not from there: it is cut off, damaged, or two encodings are mixed in it", name, at)
	}
	return fault.New(fault.Invalid, "%s is in an encoding that cannot be told (it is not UTF-8 at byte %d): save it as UTF-8", name, at)
}

// firstInvalid gives the first byte that is not UTF-8, and how many sequences beyond ASCII are wrong and right in all.
func firstInvalid(data []byte) (at, wrong, right int) {
	at = -1
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			if wrong++; at < 0 {
				at = i
			}
		case size > 1:
			right++
		}
		i += size
	}
	return at, wrong, right
}
