package commitments

import (
	"strings"
	"sync"

	"concord/search"
	"concord/web/page"
)

// drawnRows keeps rows of the matrix as they were drawn, for whoever opens the same stretch next. A line that changes is
// another line, so its rows are never stale; what else a row says is its scene. The rows of the last two generations are kept.
type drawnRows struct {
	mu         sync.Mutex
	young, old map[string]map[*search.Line]page.Drawn // by scene
	bytes      int                                    // of the young
}

// generation is how many bytes of rows make a generation, about 3,000 rows.
const generation = 4 << 20

// of gives the rows of lines in a scene, and draws those that are not kept.
func (k *drawnRows) of(scene string, lines []*search.Placed, draw func(ln *search.Line) page.Drawn) []page.Drawn {
	rows := make([]page.Drawn, len(lines))
	k.mu.Lock()
	young, old := k.young[scene], k.old[scene]
	for i, ln := range lines {
		if rows[i] = young[ln.Line]; rows[i] == "" {
			rows[i] = old[ln.Line]
		}
	}
	k.mu.Unlock()
	drawn := map[*search.Line]page.Drawn{}
	for i, ln := range lines { // without the lock
		if rows[i] == "" {
			rows[i] = draw(ln.Line)
			drawn[ln.Line] = rows[i]
		}
	}
	k.keep(scene, drawn)
	return rows
}

func (k *drawnRows) keep(scene string, drawn map[*search.Line]page.Drawn) {
	if len(drawn) == 0 {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.young == nil || k.bytes > generation {
		k.young, k.old, k.bytes = map[string]map[*search.Line]page.Drawn{}, k.young, 0
	}
	if k.young[scene] == nil {
		k.young[scene] = map[*search.Line]page.Drawn{}
	}
	for ln, row := range drawn {
		k.young[scene][ln] = row
		k.bytes += len(row)
	}
}

// scene is everything beside its line that a row says or depends on: the language, the days, the columns, the names.
func (p *matrixPage) scene() string {
	var b strings.Builder
	say := func(words ...string) {
		for _, w := range words {
			b.WriteString(w)
			b.WriteByte(0)
		}
	}
	say(p.L.Tag, p.Today(), p.AsOf)
	say(p.Ask.Columns...)
	say("")
	for _, party := range p.Columns {
		say(party.Code, p.Name(party.Name))
	}
	say("")
	for _, track := range p.State.Tracks() {
		say(track.ID, p.Name(track.Name))
	}
	return b.String()
}
