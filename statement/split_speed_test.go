package statement

import (
	"strings"
	"testing"
	"time"
)

// A file of one number a hundred thousand times over must not keep anybody waiting.
func TestRepeatedNumbersSplitInLinearTime(t *testing.T) {
	took := func(lines int) time.Duration {
		text := []byte(strings.Repeat("1. The Parties will meet.\n", lines))
		begun := time.Now()
		if _, err := Read("x.txt", text); err != nil {
			t.Fatal(err)
		}
		return time.Since(begun)
	}
	took(1000)
	small, large := took(4000), took(40000)
	if large > 60*small {
		t.Errorf("ten times the lines took %v instead of %v", large, small)
	}
}
