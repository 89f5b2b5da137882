package record_test

import (
	"context"
	"strings"
	"testing"

	"concord/internal/fault"
	"concord/record"
	"concord/record/recordtest"
)

// TestAFullDatabaseIsAClearError limits the pages of the SQLite file, which is what a quota does.
func TestAFullDatabaseIsAClearError(t *testing.T) {
	r := recordtest.Create(t, sqliteConfig(t))
	db, _ := r.DB()
	db.SetMaxOpenConns(1) // the limit is one of the connection
	set := func(pages string) {
		var now int
		if err := db.QueryRow(`PRAGMA max_page_count = ` + pages).Scan(&now); err != nil {
			t.Fatal(err)
		}
	}
	set("40")
	fillUp(t, r)
	set("1000")
	goOn(t, r)
}

// fillUp appends until there is no more room, and expects to be told so and to have lost nothing.
func fillUp(t *testing.T, r *record.Record) {
	t.Helper()
	ctx := context.Background()
	for range 10_000 {
		size := r.Size()
		_, err := r.Append(ctx, size, recordtest.Drafts(size, 50))
		if err == nil {
			continue
		}
		if fault.KindOf(err) != fault.Unavailable || !strings.Contains(fault.Sentence(err), "is full; nothing was written") {
			t.Errorf("a full disk is said to be: %v", err)
		}
		if head, err := r.Head(ctx); err != nil || head.Size != size || r.Size() != size || size == 0 {
			t.Errorf("after a failed append the head is %v, %v; %d acts were acknowledged", head, err, size)
		}
		if _, err := r.Append(ctx, size, recordtest.Drafts(size, 50)); err == nil {
			t.Error("there is room after all")
		}
		return
	}
	t.Fatal("the disk never got full")
}

// goOn appends again once there is room.
func goOn(t *testing.T, r *record.Record) {
	t.Helper()
	size := r.Size()
	if _, err := r.Append(context.Background(), size, recordtest.Drafts(size, 50)); err != nil {
		t.Errorf("with room again: %v", err)
	}
	if report := recordtest.Sound(t, r); report.Acts != size+50 {
		t.Errorf("there are %d acts, not %d", report.Acts, size+50)
	}
}
