package statement

import (
	"context"
	"errors"
	"strings"
	"testing"

	"concord/internal/fault"
)

// A file may be small and its text beyond all measure, or the other way round: it is the text that is bounded.
func TestATextBeyondAllMeasureIsRefusedWithItsMeasure(t *testing.T) {
	for name, c := range map[string]struct{ name, data, want string }{
		"words": {"x.txt", strings.Repeat("The Parties will meet. ", MaxText/20), "MB of words; a text may have 4 MB at most"},
		"lines": {"x.txt", strings.Repeat("a\n", MaxLines+1), "100002 lines; a text may have 100000 at most"},
		"page":  {"x.html", "<html><body>" + strings.Repeat("<p>a", MaxLines+1), "lines; a text may have 100000 at most"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read(c.name, []byte(c.data))
			if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
	page := "<html><body><!--" + strings.Repeat("x", 2*MaxText) + "--><p>1. The Parties will meet.</p><p>2. They talk.</p>"
	if _, err := Read("x.html", []byte(page)); err != nil {
		t.Errorf("a page with much markup around few words: %v", err)
	}
}

func TestReadingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ReadUnder(ctx, "x.txt", []byte("1. The Parties will meet.\n")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the context's", err)
	}
}
