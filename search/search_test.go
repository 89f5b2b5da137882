package search_test

import (
	"strings"
	"testing"

	"concord/search"
)

func TestWordsAreFoundInTheirOtherForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text, asked string
		want        bool
	}{
		{"Встреча в Астане", "Астана", true},
		{"Встреча в Астане", "астана встреча", true},
		{"Встреча в Астане", "Алматы", false},
		{"Meeting in Xi'an", "xi'an MEETING", true},
		{"第二届峰会", "峰会", true},
		{"anything", "", true},
	} {
		if got := search.Has(strings.ToLower(c.text), search.Words(c.asked)); got != c.want {
			t.Errorf("%q in %q: %v", c.asked, c.text, got)
		}
	}
}
