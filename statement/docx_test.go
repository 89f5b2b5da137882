package statement

import (
	"archive/zip"
	"bytes"
	"testing"
)

// docx packs parts into a file as Word does.
func docx(parts map[string]string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, part := range parts {
		w, err := z.Create(name)
		if err != nil {
			panic(err)
		}
		w.Write([]byte(part))
	}
	z.Close()
	return b.Bytes()
}

func TestDocx(t *testing.T) {
	file := docx(map[string]string{"word/document.xml": `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` +
		`<w:p><w:r><w:t>Joint </w:t></w:r><w:r><w:t>Statement</w:t></w:r></w:p><w:p/>` +
		`<w:p><w:r><w:t>1. The Parties agreed.</w:t></w:r></w:p></w:body></w:document>`})
	d, err := Read("a.docx", file)
	if err != nil {
		t.Fatal(err)
	}
	if d.Format != "docx" || d.Original != "Joint Statement\n1. The Parties agreed." || d.Reading != d.Original || d.Language != "en" {
		t.Errorf("%+v", d)
	}
}
