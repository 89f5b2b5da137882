package acts

import (
	"encoding/json"

	"concord/mechanism"
	"concord/web/page"
)

// kindsShown lists the kinds of acts that the visitor may do, and how a program does them.
type kindsShown struct {
	*page.Frame
	Kinds   []kindShown
	MaxActs int // in one group
	MaxAct  int // bytes of one act, but for those that carry what was read in a text
	Others  int // how many kinds are for others
}

type kindShown struct {
	Kind    string
	Name    string
	Who     []string // in words
	Readers string   // in words
	Fields  []string
	Example mechanism.Example
}

// Sent is the example as a program sends it.
func (k kindShown) Sent() string {
	sent, err := json.MarshalIndent(k.Example, "", "  ")
	if err != nil {
		panic(err) // examples are plain values
	}
	return string(sent)
}

func kindsPage(f *page.Frame) (page.Page, error) {
	f.About(f.T("acts.title"), "*")
	f.Seal = nil
	p := &kindsShown{Frame: f, Kinds: []kindShown{}, MaxActs: maxActs, MaxAct: maxAct}
	for _, e := range mechanism.Examples() {
		if !f.May(e.Kind) {
			p.Others++
			continue
		}
		k, _ := mechanism.KindNamed(e.Kind)
		p.Kinds = append(p.Kinds, kindShown{
			Kind: k.Name, Name: f.KindOfAct(k.Name), Who: f.OfficesOf(k.Name), Readers: f.ReadersOf(k.Name), Fields: k.Fields(), Example: e,
		})
	}
	return p, nil
}
