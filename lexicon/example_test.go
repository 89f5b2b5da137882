package lexicon_test

import (
	"fmt"

	"concord/lexicon"
)

// What the Chinese lexicon finds in a sentence of a text that was adopted in December 2024.
func Example() {
	const text = "各方商定明年上半年签署协定。"
	adopted := lexicon.ReadAdoption("2024-12-01")
	lexicon.For("zh").Scan(text, func(h lexicon.Hit) {
		words := text[h.Start:h.End]
		switch h.Line.Kind {
		case lexicon.Actors, lexicon.Instruments:
			fmt.Println(words, h.Line.Class)
		case lexicon.Cues:
			fmt.Println(words, h.Line.Rule)
		case lexicon.Deadlines:
			value, _ := lexicon.Fill(h.Line.Detail, h.Vars, adopted)
			fmt.Println(words, value)
		}
	})
	// Output:
	// 各方 all
	// 商定 zh/decide/商定
	// 明年上半年 2025-01-01/2025-06-30
	// 签署 zh/verb/签署
	// 协定 agreement
}
