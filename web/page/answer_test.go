package page

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func TestAShelfRendersOnceUntilTheNextAct(t *testing.T) {
	t.Parallel()
	var s shelf
	var made atomic.Int32
	render := func() (*answer, error) {
		made.Add(1)
		time.Sleep(5 * time.Millisecond)
		return &answer{content: []byte("page")}, nil
	}
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	want := func(n int32, why string) {
		t.Helper()
		if got := made.Load(); got != n {
			t.Errorf("%s: rendered %d times, want %d", why, got, n)
		}
	}
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() { s.get("key", 7, now, render) })
	}
	all.Wait()
	want(1, "fifty at once")
	s.get("other", 7, now, render)
	want(2, "another address")
	s.get("key", 8, now, render)
	want(3, "after an act")
	s.get("key", 8, now.Add(shelfLife), render)
	want(4, "when its ages are stale")
}

func TestAShelfKeepsNoErrorAndNothingVolatile(t *testing.T) {
	t.Parallel()
	var s shelf
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	if _, err := s.get("key", 1, now, func() (*answer, error) { return nil, errors.New("away") }); err == nil {
		t.Error("the error is lost")
	}
	for _, said := range []string{"first", "second"} {
		a, err := s.get("key", 1, now, func() (*answer, error) { return &answer{content: []byte(said), volatile: true}, nil })
		if err != nil || string(a.content) != said {
			t.Errorf("%s: %v, %v", said, a, err)
		}
	}
}
