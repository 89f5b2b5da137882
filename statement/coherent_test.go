package statement_test

import (
	"testing"

	"concord/statement"
)

// Whatever is read holds together, and no longer when any of its repairs is moved, doubled or told otherwise.
func TestWhatIsReadHoldsTogether(t *testing.T) {
	t.Parallel()
	const damaged = "<html><body><p>联合声明</p><p>一、各方将扩大（kuò dà）合作。</p><p>二、各方將每兩年舉行一次會議。</p></body></html>"
	read := func() *statement.Document {
		d, err := statement.Read("x.html", []byte(damaged))
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	d := read()
	if len(d.Edits) == 0 || len(d.Peeled) == 0 {
		t.Fatalf("%d edits and %d peels: nothing to hold", len(d.Edits), len(d.Peeled))
	}
	if !d.Coherent() {
		t.Fatal("what Read gives does not hold together")
	}
	for name, bend := range map[string]func(d *statement.Document){
		"another reading":      func(d *statement.Document) { d.Reading += "。" },
		"an edit left out":     func(d *statement.Document) { d.Edits = d.Edits[1:] },
		"an edit twice":        func(d *statement.Document) { d.Edits = append(d.Edits[:1:1], d.Edits...) },
		"an edit of other was": func(d *statement.Document) { d.Edits[0].Was += "x" },
		"an edit far outside":  func(d *statement.Document) { d.Edits[len(d.Edits)-1].End = 1 << 40 },
		"an edit before 0":     func(d *statement.Document) { d.Edits[0].Start = -1 },
		"a peel left out":      func(d *statement.Document) { d.Peeled = d.Peeled[1:] },
		"a peel turned round":  func(d *statement.Document) { p := &d.Peeled[0]; p.Start, p.End = p.End, p.Start },
		"a peel far outside":   func(d *statement.Document) { d.Peeled[len(d.Peeled)-1].End = 1 << 40 },
	} {
		d := read()
		bend(d)
		if d.Coherent() {
			t.Errorf("%s: it still holds together", name)
		}
	}
}
