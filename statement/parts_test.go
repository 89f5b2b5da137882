package statement

import (
	"os"
	"path/filepath"
	"testing"
)

const firstText = `Joint statement of the first meeting of the harbour ministers
The ministers met in Eastport on 1 March 2025 and declare as follows:
1. The Parties will hold a harbour forum every two years.
2. The Parties agreed to establish a joint rescue centre by the end of 2027.
3. The Parties thank the host.
`

func TestTwoTextsInOneFileAreNoticed(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       int
	}{
		{"one text", firstText, 1},
		{"two statements", firstText + `Joint statement of the second meeting of the harbour ministers
The ministers met in Westport on 5 May 2026 and declare as follows:
1. The Parties will open a ferry line.
2. The Parties will train pilots together.
3. The Parties thank the host.
`, 2},
		{"two Chinese statements", `甲国与乙国外长会晤联合声明
2024年12月1日,两国外长举行会晤,并声明如下:
一、双方将加强贸易合作。
二、双方商定建立磋商机制。
三、双方感谢东道国。
甲国与丙国外长会晤联合声明
2025年12月1日,两国外长举行会晤,并声明如下:
一、双方将加强农业合作。
二、双方商定建立培训机制。
`, 2},
		{"an annex with numbers of its own", firstText + `Annex
Plan of action
1. The Parties will list their harbours in 2026.
2. The Parties will exchange tide tables.
`, 1},
		{"chapters that count anew", `Harbour programme
The Parties have agreed as follows:
I. Trade
1. The Parties will lower fees.
2. The Parties will publish tariffs.
II. Safety
1. The Parties will train pilots.
2. The Parties will share charts.
`, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, err := Read("x.txt", []byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			if got := len(d.Parts()); got != c.want {
				t.Errorf("%d texts, want %d", got, c.want)
			}
		})
	}
}

func TestRealTextsWithAnnexesAreOneText(t *testing.T) {
	files, _ := filepath.Glob("../../shared/texts/*/*.txt")
	if len(files) == 0 {
		t.Skip("the folder ../shared with texts is not beside the project")
	}
	several := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := Read(filepath.Base(name), data)
		if err != nil {
			t.Fatal(err)
		}
		if parts := d.Parts(); len(parts) > 1 {
			several++
			p := d.Paragraphs[parts[1]]
			t.Logf("%s: a second text at %q", filepath.Base(name), d.Reading[p.Start:min(p.End, p.Start+80)])
		}
	}
	if several > 0 {
		t.Errorf("%d of %d single texts were taken for several", several, len(files))
	}
}
