package cli_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"encoding/xml"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// recode writes a text as other programs hand it on: recode FROM AS TO, where AS is an encoding or docx.
func recode(ts *testscript.TestScript, neg bool, args []string) {
	text := ts.ReadFile(args[0])
	encodings := map[string]encoding.Encoding{
		"utf-16le": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "utf-16be": unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
		"gb18030": simplifiedchinese.GB18030, "gbk": simplifiedchinese.GBK, "windows-1251": charmap.Windows1251, "koi8-r": charmap.KOI8R,
	}
	var data []byte
	if as, ok := encodings[args[1]]; ok {
		coded, err := as.NewEncoder().Bytes([]byte(text))
		ts.Check(err)
		data = coded
	} else if args[1] == "docx" {
		data = asDocx(ts, text)
	} else {
		ts.Fatalf("recode does not know %s", args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), data, 0o600))
}

// asDocx packs a text as Word does, one paragraph for each line.
func asDocx(ts *testscript.TestScript, text string) []byte {
	var body bytes.Buffer
	body.WriteString(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		body.WriteString(`<w:p><w:r><w:t>`)
		ts.Check(xml.EscapeText(&body, []byte(line)))
		body.WriteString(`</w:t></w:r></w:p>`)
	}
	body.WriteString(`</w:body></w:document>`)
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	w, err := z.Create("word/document.xml")
	ts.Check(err)
	_, err = w.Write(body.Bytes())
	ts.Check(err)
	ts.Check(z.Close())
	return file.Bytes()
}

// leadsBack holds the output of concord read --json against the file: leads JSON FILE. Each repair must stand in the file
// as it says, and each commitment, its repairs undone, must be found at its place, so that a lawyer with the file alone can
// find both by counting characters.
func leadsBack(ts *testscript.TestScript, neg bool, args []string) {
	type span struct{ Start, End int }
	var reading struct {
		Repairs []struct {
			span
			Was, Now string
		}
		Commitments []struct {
			span
			Text string
		}
		Paragraphs, Clauses []span
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &reading))
	file := []rune(ts.ReadFile(args[1]))
	if len(reading.Commitments) == 0 || len(reading.Clauses) == 0 {
		ts.Fatalf("nothing was read")
	}
	for _, r := range reading.Repairs {
		if got := string(file[r.Start:r.End]); got != r.Was {
			ts.Fatalf("a repair of %q leads to %q", r.Was, got)
		}
	}
	for _, c := range reading.Commitments {
		var repaired strings.Builder
		at := c.Start
		for _, r := range reading.Repairs {
			if r.Start >= c.Start && r.End <= c.End {
				repaired.WriteString(string(file[at:r.Start]) + r.Now)
				at = r.End
			}
		}
		repaired.WriteString(string(file[at:c.End]))
		if repaired.String() != c.Text {
			ts.Fatalf("the commitment %q leads to %q", c.Text, repaired.String())
		}
	}
	last := 0
	for _, p := range append(reading.Paragraphs, reading.Clauses...) {
		if p.Start < 0 || p.End <= p.Start || p.End > len(file) {
			ts.Fatalf("%+v is no place in a file of %d characters", p, len(file))
		}
	}
	for _, p := range reading.Paragraphs {
		if p.Start < last {
			ts.Fatalf("paragraphs are out of order at %+v", p)
		}
		last = p.Start
	}
}
