package record_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"concord/record"
)

// A record is created, takes two acts, proves one of them to somebody who has only a checkpoint, and is verified.
func Example() {
	ctx := context.Background()
	folder, err := os.MkdirTemp("", "record")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(folder)
	rec, err := record.Create(ctx, record.Config{DSN: filepath.Join(folder, "record.db"), Origin: "example.org/four-rivers"})
	if err != nil {
		panic(err)
	}
	defer rec.Close()
	entries, err := rec.Append(ctx, rec.Size(), []record.Draft{
		{Time: time.Unix(1733045400, 0), Kind: "text.received", Visibility: "public", Body: []byte(`{"title":"Joint statement"}`)},
		{Time: time.Unix(1733045460, 0), Kind: "note.add", Visibility: "office", Body: []byte(`{"text":"checked"}`)},
	})
	if err != nil {
		panic(err)
	}
	signed, err := rec.Checkpoint(ctx)
	if err != nil {
		panic(err)
	}
	head, err := record.OpenCheckpoint(signed, rec.PublicKey())
	if err != nil {
		panic(err)
	}
	proof, err := rec.ProveInclusion(ctx, head.Size, 1)
	if err != nil {
		panic(err)
	}
	fmt.Println("proved:", tlog.CheckRecord(proof, head.Size, head.Root, 1, entries[1].LeafHash()) == nil)
	report, err := rec.Verify(ctx, nil, nil)
	if err != nil {
		panic(err)
	}
	fmt.Println("acts:", report.Acts, "sound:", report.OK())
	// Output:
	// proved: true
	// acts: 2 sound: true
}
