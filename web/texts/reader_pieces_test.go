package texts

import (
	"strings"
	"testing"

	"concord/web/page"
)

// inSigns writes pieces as the reader does, in signs: [a:words] for the words under the marks a, |a| where mark a ends.
func inSigns(list []piece) string {
	var b strings.Builder
	for _, p := range list {
		if p.Marked() {
			b.WriteString("[" + p.Refs() + ":" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
		for _, m := range p.Closes {
			b.WriteString("|" + m.Ref + "|")
		}
	}
	return b.String()
}

func TestMarksThatLieInOrAcrossEachOtherAreCut(t *testing.T) {
	t.Parallel()
	const text = "We agree to meet and to write."
	layerOf := func(ref, words string) layer {
		at := strings.Index(text, words)
		return layer{From: at, To: at + len(words), Mark: &mark{Ref: ref}}
	}
	for name, c := range map[string]struct {
		layers []layer
		want   string
	}{
		"none":      {nil, text},
		"apart":     {[]layer{layerOf("a", "meet"), layerOf("b", "write")}, "We agree to [a:meet]|a| and to [b:write]|b|."},
		"in":        {[]layer{layerOf("a", "agree to meet"), layerOf("b", "meet")}, "We [a:agree to ][b a:meet]|b||a| and to write."},
		"across":    {[]layer{layerOf("a", "agree to meet"), layerOf("b", "meet and to write")}, "We [a:agree to ][a b:meet]|a|[b: and to write]|b|."},
		"the same":  {[]layer{layerOf("a", "meet"), layerOf("b", "meet")}, "We agree to [a b:meet]|a||b| and to write."},
		"the whole": {[]layer{layerOf("a", text)}, "[a:" + text + "]|a|"},
		"touching":  {[]layer{layerOf("a", "to meet"), layerOf("b", " and")}, "We agree [a:to meet]|a|[b: and]|b| to write."},
	} {
		t.Run(name, func(t *testing.T) {
			l := newLayering(c.layers)
			if got := inSigns(pieces(text, 0, len(text), l.over(0))); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func TestAMarkOverTwoParagraphsOpensInTheFirstAndClosesInTheSecond(t *testing.T) {
	t.Parallel()
	const text = "We agree\nto meet."
	l := newLayering([]layer{{From: 3, To: 16, Mark: &mark{Ref: "a"}}})
	first, second := pieces(text, 0, 8, l.over(0)), pieces(text, 9, len(text), l.over(9))
	if got := inSigns(first) + "/" + inSigns(second); got != "We [a:agree]/[a:to meet]|a|." {
		t.Errorf("got %s", got)
	}
	if len(first[1].Opens) != 1 || len(second[0].Opens) != 0 {
		t.Error("the anchor stands on the first words only")
	}
}

func TestPiecesKeepEveryByte(t *testing.T) {
	t.Parallel()
	const text = "各方商定，六国外交部将保持密切沟通。"
	l := newLayering([]layer{{From: 6, To: 27, Mark: &mark{Ref: "a"}}, {From: 12, To: 18, Edit: &shownEdit{ID: 1}}, {From: 15, To: 30, Mark: &mark{Ref: "b"}}})
	var b strings.Builder
	for _, p := range pieces(text, 0, len(text), l.over(0)) {
		b.WriteString(p.Text)
	}
	if b.String() != text {
		t.Errorf("got %s", b.String())
	}
}

func TestWordsOfATextAreNeverMarkup(t *testing.T) {
	t.Parallel()
	const evil = `<script>alert("x")</script>&'`
	m := &mark{Ref: "T1-01", Short: "01", Text: "T1", Weight: 4}
	reader := &readerPage{Frame: &page.Frame{Visit: &page.Visit{}}}
	marked := reader.piece(piece{Text: evil, Marks: []*mark{m}, Opens: []*mark{m}, Closes: []*mark{m}})
	for what, drawn := range map[string]string{
		"plain": reader.piece(piece{Text: evil}), "marked": marked, "received": piece{Text: evil, Now: evil, Edit: &shownEdit{ID: 1, Kind: "space"}}.asReceived(),
	} {
		if strings.Contains(drawn, "<script") || strings.Contains(drawn, `"x"`) {
			t.Errorf("%s: %s", what, drawn)
		}
	}
	if want := `<mark class="w4" data-refs="T1-01" id="T1-01"><a href="/commitments/T1-01">`; !strings.HasPrefix(marked, want) {
		t.Errorf("marked words: %s", marked)
	}
}
