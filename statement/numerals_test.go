package statement

import "testing"

func TestChineseNumbers(t *testing.T) {
	for text, want := range map[string]int{"四": 4, "十": 10, "十一": 11, "二十": 20, "三十五": 35, "一百零二": 102, "二〇": 20, "条": 0} {
		if got, _ := hanNumber(text); got != want {
			t.Errorf("%s is %d, want %d", text, got, want)
		}
	}
}

func TestRomanNumbers(t *testing.T) {
	for text, want := range map[string]int{"I": 1, "iv": 4, "IX": 9, "xiv": 14, "XL": 40, "xcix": 99, "Ⅷ": 8, "IIII": 0, "iV": 0, "VX": 0, "civil": 0, "": 0} {
		if got := romanValue(text); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
	for n := 1; n < 100; n++ {
		if got := romanValue(romanNumeral(n)); got != n {
			t.Errorf("%d is written %s and read %d", n, romanNumeral(n), got)
		}
	}
}

func TestLettersOfLists(t *testing.T) {
	for text, want := range map[string]int{"a": 1, "Z": 26, "aa": 27, "а": 1, "б": 2, "е": 6, "ж": 7, "ab": 0, "十": 0} {
		if got := letterValue(text); got != want {
			t.Errorf("%q is %d, want %d", text, got, want)
		}
	}
}
