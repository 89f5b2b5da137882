package commitments

import (
	"fmt"
	"strings"
	"testing"

	"concord/search"
	"concord/web/page"
)

func TestRowsAreDrawnOnceASceneAndKeptWithinBounds(t *testing.T) {
	var kept drawnRows
	drawn := 0
	draw := func(words string) func(*search.Line) page.Drawn {
		return func(*search.Line) page.Drawn { drawn++; return page.Drawn(words) }
	}
	two := []*search.Placed{{Line: &search.Line{}}, {Line: &search.Line{}}}
	for range 2 {
		if got := kept.of("en", two, draw("<tr>")); len(got) != 2 || got[1] != "<tr>" || drawn != 2 {
			t.Fatalf("%v after %d were drawn", got, drawn)
		}
	}
	if got := kept.of("zh", two, draw("<td>")); got[0] != "<td>" || drawn != 4 {
		t.Errorf("another scene has rows of its own: %v, %d drawn", got, drawn)
	}
	changed := []*search.Placed{two[0], {Line: &search.Line{}}}
	if got := kept.of("en", changed, draw("<b>")); got[0] != "<tr>" || got[1] != "<b>" || drawn != 5 {
		t.Errorf("only the line that changed is drawn anew: %v, %d drawn", got, drawn)
	}
	long := draw(strings.Repeat("x", 1<<20))
	for n := range 30 {
		kept.of(fmt.Sprint(n), two, long)
	}
	size := 0
	for _, generation := range []map[string]map[*search.Line]page.Drawn{kept.young, kept.old} {
		for _, rows := range generation {
			for _, row := range rows {
				size += len(row)
			}
		}
	}
	if size < generation || size > 3*generation {
		t.Errorf("%d bytes are kept", size)
	}
}
