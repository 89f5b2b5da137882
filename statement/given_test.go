package statement

import "testing"

func TestAGivenLanguageWins(t *testing.T) {
	short := []byte("Мир\n")
	for _, c := range []struct{ given, want Language }{{"kk", "kk"}, {"ru", "ru"}, {"uz", "uz-Cyrl"}, {"uz-Latn", "uz-Latn"}} {
		d, err := ReadAs("x.txt", short, c.given)
		if err != nil {
			t.Fatal(err)
		}
		if d.Language != c.want {
			t.Errorf("given %s: read as %s, want %s", c.given, d.Language, c.want)
		}
	}
	chinese := []byte("一、各方將加強區域經濟合作。\n")
	if d, err := ReadAs("x.txt", chinese, "zh"); err != nil || d.Language != "zh-Hant" {
		t.Errorf("given zh: %v, %v, want zh-Hant", d, err)
	}
}
