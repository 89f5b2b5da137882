package statement

import (
	"fmt"
	"strings"
	"testing"
)

// A page puts its lines anywhere; the text is what is left when they are gone, with its own line ends.
func TestFurnitureGoesWithItsLine(t *testing.T) {
	t.Parallel()
	reads(t, [][3]string{
		{"before, between, after", "Share\nOne of them.\nShare\nTwo of them.\nShare\n", "One of them.\nTwo of them.\n"},
		{"at the very end without a line's end", "One of them.\nTwo of them.\nShare", "One of them.\nTwo of them."},
		{"several at the end", "One of them.\nShare\nPrint\n© 2024 Ministry", "One of them."},
		{"lines of Windows", "Share\r\nOne of them.\r\nShare\r\nTwo of them.\r\n", "One of them.\r\nTwo of them.\r\n"},
		{"at the end of Windows", "One of them.\r\nShare", "One of them."},
		{"with spaces around it", "One of them.\n   Share   \nTwo of them.\n", "One of them.\nTwo of them.\n"},
		{"an empty line stays", "One of them.\n\nShare\n\nTwo of them.\n", "One of them.\n\n\nTwo of them.\n"},
		{"words of the page in a sentence", "The Parties will share and print.\nPrint media matter.\n", "The Parties will share and print.\nPrint media matter.\n"},
		{"a list item that is a word of the page", "The Parties will:\n(a) share\n(b) print\n", "The Parties will:\n(a) share\n(b) print\n"},
	})
}

// pages lays a text out on pages of even length with something at the foot of each.
func pages(n int, foot func(page int) string) (laid, text string) {
	for page := 1; page <= n; page++ {
		body := strings.Repeat(fmt.Sprintf("On page %d the Parties agreed to continue their work in this field. ", page), 8) + "\n"
		laid += body + foot(page)
		text += body
	}
	return laid, text
}

func TestNumbersOfPages(t *testing.T) {
	t.Parallel()
	for name, foot := range map[string]func(int) string{
		"alone":                   func(p int) string { return fmt.Sprintln(p) },
		"of all":                  func(p int) string { return fmt.Sprintf("%d/5\n", p) },
		"between dashes":          func(p int) string { return fmt.Sprintf("- %d -\n", p) },
		"in words":                func(p int) string { return fmt.Sprintf("Page %d of 5\n", p) },
		"under the name of all":   func(p int) string { return fmt.Sprintf("A/RES/79/5\n%d\n", p) },
		"after a page of its own": func(p int) string { return fmt.Sprintln(p + 7) },
	} {
		laid, text := pages(5, foot)
		if d := read(t, "a.txt", laid); d.Reading != text {
			t.Errorf("%s: %s", name, firstDifference(d.Reading, text))
		}
	}
	for name, foot := range map[string]func(int) string{
		"that do not count up":    func(p int) string { return fmt.Sprintln([]int{4, 2, 9, 1, 7}[p-1]) },
		"years":                   func(p int) string { return fmt.Sprintln(20200 + p) },
		"quantities":              func(p int) string { return fmt.Sprintf("%d million\n", p) },
		"of two different wholes": func(p int) string { return fmt.Sprintf("%d/%d\n", p, 100+p) },
	} {
		laid, _ := pages(5, foot)
		if d := read(t, "a.txt", laid); d.Reading != laid {
			t.Errorf("%s: %s", name, firstDifference(d.Reading, laid))
		}
	}
}

// What stands thrice beside a page number is the head of pages; what a text says thrice is its own.
func TestRunningHeadsAndRefrains(t *testing.T) {
	t.Parallel()
	laid, text := pages(4, func(p int) string { return fmt.Sprintf("%d\nFive Parties on the road\n", p) })
	if d := read(t, "a.txt", laid); d.Reading != text {
		t.Errorf("the head of pages: %s", firstDifference(d.Reading, text))
	}
	refrain := strings.Repeat("The Parties agreed to go on.\nTogether on the road\n", 6)
	if d := read(t, "a.txt", refrain); d.Reading != refrain {
		t.Errorf("a refrain: %s", firstDifference(d.Reading, refrain))
	}
	sentence, _ := pages(4, func(p int) string { return fmt.Sprintf("%d\nThe Parties thank the host warmly;\n", p) })
	if d := read(t, "a.txt", sentence); strings.Count(d.Reading, "thank the host warmly;") != 4 {
		t.Error("a sentence that is repeated beside page numbers was taken away")
	}
}
