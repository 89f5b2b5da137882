package texts

import (
	"slices"
	"strings"

	"concord/statement"
	"concord/web/page"
)

// repairKind is one kind of repair in a copy, with its cases.
type repairKind struct {
	Kind  string
	Name  string // in the visitor's language
	Why   string
	Count int
	Cases []repairCase // each pair of was and now once, the most frequent first
	More  int          // cases that are not shown
}

// repairCase is a replacement and where it was first made.
type repairCase struct {
	Was    string
	Now    string
	Count  int
	First  int    // number of the repair, its anchor in the text as received
	Around string // where it first stands, as received
}

// Shown is what was taken out without the blanks and line ends around it, unless it is nothing else.
func (c repairCase) Shown() string {
	if said := strings.TrimSpace(c.Was); said != "" {
		return said
	}
	return strings.NewReplacer("\r", "", "\n", "⏎").Replace(c.Was)
}

// casesShown bounds how many cases of a kind are listed.
const casesShown = 24

// repairsOf lists the repairs of a document by kind, in the order in which the kinds first occur.
func repairsOf(f *page.Frame, d *statement.Document) []repairKind {
	var kinds []repairKind
	at := map[string]int{}
	cases := map[[3]string]int{}
	points := []rune(d.Original)
	for i, e := range d.Edits {
		k, ok := at[e.Kind]
		if !ok {
			k = len(kinds)
			at[e.Kind] = k
			kinds = append(kinds, repairKind{Kind: e.Kind, Name: f.T("reader.repair." + e.Kind), Why: f.T("reader.repair." + e.Kind + ".why")})
		}
		kinds[k].Count++
		key := [3]string{e.Kind, e.Was, e.Now}
		c, ok := cases[key]
		if !ok {
			c = len(kinds[k].Cases)
			cases[key] = c
			around := string(points[max(0, e.Start-6):min(len(points), e.End+6)])
			kinds[k].Cases = append(kinds[k].Cases, repairCase{Was: e.Was, Now: e.Now, First: i + 1, Around: page.Excerpt(around, 40)})
		}
		kinds[k].Cases[c].Count++
	}
	for k := range kinds {
		slices.SortStableFunc(kinds[k].Cases, func(a, b repairCase) int { return b.Count - a.Count })
		if n := len(kinds[k].Cases); n > casesShown && !f.JSON {
			kinds[k].Cases, kinds[k].More = kinds[k].Cases[:casesShown], n-casesShown
		}
	}
	return kinds
}
