package acts

import (
	"os"
	"strings"
	"testing"

	"concord/internal/check/pace"
)

// Whatever is sent is read as a group within the bounds, or refused.
func FuzzGroup(f *testing.F) {
	examples, err := os.ReadFile("../../mechanism/examples.jsonl")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(examples)) {
		f.Add(`{"acts":[` + strings.TrimSpace(line) + `]}`)
	}
	f.Add(`{"key":"a","acts":[{"kind":"note.add","act":{}},{"kind":"note.add"}]}`)
	f.Add(`{"acts":[]}{}`)
	f.Fuzz(func(t *testing.T, sent string) {
		pace.Hold(t, pace.Generous, len(sent), func() { _, _ = parse(strings.NewReader(sent)) })
		g, err := parse(strings.NewReader(sent))
		if err != nil {
			return
		}
		if len(g.Acts) == 0 || len(g.Acts) > maxActs {
			t.Errorf("a group of %d acts", len(g.Acts))
		}
		for _, a := range g.Acts {
			if len(a.Act) > maxAct && !large(a.Kind) {
				t.Errorf("an act of %s with %d bytes", a.Kind, len(a.Act))
			}
		}
	})
}
