package cli

import (
	"testing"

	"concord/statement"
)

func TestEveryKindOfRepairHasAName(t *testing.T) {
	for _, kind := range []string{
		statement.PinyinGloss, statement.RepeatedGloss, statement.DoubledSign, statement.LostSign, statement.PageFurniture, statement.TraditionalScript,
		statement.Invisible, statement.PlainSpace, statement.Composition, statement.LookAlike, statement.Mojibake, statement.Hyphenation,
	} {
		d := &statement.Document{Edits: []statement.Edit{{Kind: kind}, {Kind: kind}}}
		if said := repairs(d); said != "2 "+repairNames[kind][1] || repairNames[kind][0] == "" {
			t.Errorf("%s: %q", kind, said)
		}
	}
}
