package secretariat_test

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"concord/internal/fault"
	"concord/secretariat"
)

// largeText takes a second or more to read.
func largeText() secretariat.Reception {
	words := "Joint statement\nThe Parties declare as follows:\n" + strings.Repeat("1. The Parties will meet and thank the host.\n", 70_000)
	return secretariat.Reception{Name: "large.txt", Data: []byte(words), Adopted: "2025-05-01"}
}

// While a file is read, acts go on being done.
func TestReadingAFileHoldsNobodyUp(t *testing.T) {
	sec := enter(t, onSQLite(t))
	found(t, sec)
	var finished atomic.Bool
	go func() {
		defer finished.Store(true)
		_, _ = sec.Receive(t.Context(), ana.Actor(), largeText())
	}()
	done := 0
	for !finished.Load() {
		if _, err := sec.Do(t.Context(), ana.Actor(), reader(done)); err != nil {
			t.Fatal(err)
		}
		done++
	}
	if done < 20 {
		t.Errorf("%d acts were done while a file was read, want twenty and more", done)
	}
}

// Whoever gives up an upload is not computed for: the file is left, nothing is done, and the next one has its turn.
func TestAnUploadThatWasGivenUpIsNotRead(t *testing.T) {
	sec := enter(t, onSQLite(t))
	found(t, sec)
	before := acts(sec)
	for range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
		_, err := sec.Receive(ctx, ana.Actor(), largeText())
		cancel()
		if fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "the request ended before large.txt was read") {
			t.Errorf("error %v, want unavailable", err)
		}
	}
	if acts(sec) != before {
		t.Error("acts were done all the same")
	}
	small := secretariat.Reception{Name: "small.txt", Data: []byte("Joint statement\n1. The Parties will meet.\n2. They thank the host.\n"), Parties: sec.Sight(ana.Actor()).PartyCodes()}
	if _, err := sec.Receive(t.Context(), ana.Actor(), small); err != nil {
		t.Errorf("the next file is not received: %v", err)
	}
}

// A file that takes too long is refused in plain words.
func TestReadingHasABudgetOfTime(t *testing.T) {
	sec, err := secretariat.Open(t.Context(), onSQLite(t), secretariat.Config{Patience: 50 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sec.Close)
	found(t, sec)
	_, err = sec.Receive(t.Context(), ana.Actor(), largeText())
	if fault.KindOf(err) != fault.Invalid || !strings.Contains(err.Error(), "large.txt takes longer to read than") {
		t.Errorf("error %v, want that it takes too long", err)
	}
}
