package record_test

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"concord/internal/fault"
	"concord/record"
)

const origin = "example.org/four-rivers"

// drafts gives n acts that differ, numbered from first.
func drafts(first, n int) []record.Draft {
	start := time.Date(2024, 12, 1, 9, 30, 0, 123456789, time.FixedZone("Beijing", 8*3600))
	out := make([]record.Draft, n)
	for i := range out {
		k := first + i
		out[i] = record.Draft{
			Time: start.Add(time.Duration(k) * time.Second), Kind: "note.add", Visibility: "public",
			Actor: record.Actor{Person: "p" + fmt.Sprint(k%7), Party: "CN", Office: "secretariat.officer"},
			Body:  fmt.Appendf(nil, `{"text":"第 %d 条 — note <%d>"}`, k, k*k),
		}
	}
	return out
}

func config(t testing.TB) record.Config {
	return record.Config{DSN: filepath.Join(t.TempDir(), "record.db"), Origin: origin}
}

func TestWhatIsAppendedIsReadBack(t *testing.T) {
	ctx := context.Background()
	cfg := config(t)
	r, err := record.Create(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2, 255, 300, 1} {
		if _, err := r.Append(ctx, r.Size(), drafts(int(r.Size()), n)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := r.Append(ctx, 3, drafts(3, 1)); fault.KindOf(err) != fault.Conflict {
		t.Errorf("appending at a past head gave %v", err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	r, err = record.Open(ctx, cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	want := drafts(0, 559)
	n := 0
	for e, err := range r.Read(ctx, 0, r.Size()) {
		if err != nil {
			t.Fatal(err)
		}
		if string(e.Body) != string(want[n].Body) || e.Actor != want[n].Actor || !e.Time.Equal(want[n].Time.Truncate(time.Microsecond)) {
			t.Fatalf("act %d came back as %+v", n, e)
		}
		n++
	}
	if n != 559 {
		t.Errorf("%d acts came back", n)
	}
}
