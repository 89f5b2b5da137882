package record_test

import (
	"crypto/rand"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"concord/record"
)

// FuzzParseHeader: what is accepted is the one form of what it says, and encoding/json reads the same from it.
func FuzzParseHeader(f *testing.F) {
	h := record.Header{Seq: 7, Time: time.Date(2024, 12, 1, 1, 30, 0, 5000, time.UTC), Kind: "note.add", Visibility: "public"}
	f.Add(h.Encode())
	h.Actor = record.Actor{Person: "\"\\\x00\x1f\u2028é<", Party: "KZ", Office: "o"}
	h.Signatures = []record.Signature{{Key: "k", Value: "v"}, {}}
	f.Add(h.Encode())
	f.Add([]byte(`{"seq":1}`))
	f.Add([]byte(strings.Replace(string(h.Encode()), `"seq":7`, `"seq":7.0`, 1)))
	f.Fuzz(func(t *testing.T, leaf []byte) {
		h, err := record.ParseHeader(leaf)
		if err != nil {
			return
		}
		if again := h.Encode(); string(again) != string(leaf) {
			t.Fatalf("%q is read and written as %q", leaf, again)
		}
		var generic struct {
			Actor      map[string]string
			Body, Kind string
			Seq        int64
			Time       string
			Visibility string
		}
		if err := json.Unmarshal(leaf, &generic); err != nil {
			t.Fatalf("%q is not JSON: %v", leaf, err)
		}
		if generic.Seq != h.Seq || generic.Kind != h.Kind || generic.Actor["person"] != h.Actor.Person ||
			generic.Body != h.Body.String() || generic.Time != h.Time.Format(record.TimeFormat) || generic.Visibility != h.Visibility {
			t.Fatalf("%q is read as %+v", leaf, h)
		}
	})
}

// FuzzOpenCheckpoint: nothing but the text that was signed is accepted, whatever surrounds it.
func FuzzOpenCheckpoint(f *testing.F) {
	const name = "example.org/four-rivers"
	skey, vkey, err := note.GenerateKey(rand.Reader, name)
	if err != nil {
		f.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		f.Fatal(err)
	}
	root := tlog.RecordHash([]byte("x"))
	for _, text := range []string{
		name + "\n5\n" + root.String() + "\n", name + "\n05\n" + root.String() + "\n", name + "\n-1\n" + root.String() + "\n",
		name + "\n5\n" + root.String() + "\nextension\n", "other\n5\n" + root.String() + "\n", name + "\n5\n", "\n", name + "\n5\n\n",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		signed, err := note.Sign(&note.Note{Text: text}, signer)
		if err != nil {
			return // a text that is no note
		}
		head, err := record.OpenCheckpoint(signed, vkey)
		if err != nil {
			return
		}
		want := name + "\n" + strconv.FormatInt(head.Size, 10) + "\n" + head.Root.String() + "\n"
		if !strings.HasPrefix(text, want) || head.Size < 0 {
			t.Fatalf("%q is read as %+v", text, head)
		}
		signed[len(signed)-10] ^= 1
		if _, err := record.OpenCheckpoint(signed, vkey); err == nil {
			t.Fatal("a flipped signature is accepted")
		}
	})
}
