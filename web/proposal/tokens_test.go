package proposal

import (
	"strings"
	"testing"
)

func TestTokensKeepEveryByteAndKnowWords(t *testing.T) {
	t.Parallel()
	for text, words := range map[string]string{
		"good-neighbourliness, Xi'an":  "good-neighbourliness|,|Xi'an",
		"各方商定2025年":                    "各|方|商|定|2025|年",
		"паромную линию (до 2026 г.)":  "паромную|линию|(|до|2026|г|.|)",
		" - to build; \n":              "-|to|build|;",
		"":                             "",
		"state-of-the-art—and so on -": "state-of-the-art|—|and|so|on|-",
	} {
		var all, said []string
		for _, tok := range TokensOf(text, 0, len(text)) {
			all = append(all, tok.Text)
			if !tok.Blank {
				said = append(said, tok.Text)
			}
		}
		if strings.Join(all, "") != text || strings.Join(said, "|") != words {
			t.Errorf("%q: %q, want %q", text, said, words)
		}
	}
}
