package acts

import "concord/mechanism"

// Kinds are the kinds of acts that the reader may do, each with an example that can be sent as it stands.
type Kinds struct {
	Kinds   []Kind `json:"kinds"`    // in the order of docs/acts.md
	MaxActs int    `json:"max_acts"` // how many acts may come in one group
	MaxAct  int    `json:"max_act"`  // how large one act may be, in bytes, but for those that carry what was read in a text
}

// Kind is one kind of act.
type Kind struct {
	Kind    string            `json:"kind"`    // its key, "commitment.accept"
	Name    string            `json:"name"`    // in the reader's language
	Who     []string          `json:"who"`     // who may do it, in words of the reader's language
	Readers string            `json:"readers"` // who may read it, likewise
	Fields  []string          `json:"fields"`  // of the act as JSON
	Example mechanism.Example `json:"example"` // an act of this kind
}

// Data is the public form of the page.
func (p *kindsShown) Data() any {
	data := Kinds{[]Kind{}, p.MaxActs, p.MaxAct}
	for _, k := range p.Kinds {
		data.Kinds = append(data.Kinds, Kind{k.Kind, k.Name, k.Who, k.Readers, k.Fields, k.Example})
	}
	return data
}
