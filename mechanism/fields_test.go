package mechanism_test

import (
	"bytes"
	"testing"

	"concord/mechanism"
)

// Whatever body is read as an act, its encoding is read as the same act: a record holds what the state was made from.
func FuzzFields(f *testing.F) {
	for _, e := range mechanism.Examples() {
		f.Add(e.Kind, []byte(e.Act))
	}
	f.Add("note.add", []byte(`{"WORDS":"a","words":"b\ud800","on":null}`))
	f.Add("body.found", []byte(`{"body":{"parties":[],"host_rule":{"groups":{"a": [1, 2e9]}}}}`))
	f.Fuzz(func(t *testing.T, kind string, fields []byte) {
		act, err := mechanism.DecodeFields(kind, fields)
		if err != nil {
			return
		}
		body, err := mechanism.Encode(act)
		if err != nil {
			t.Fatal(err)
		}
		same, err := mechanism.Decode(kind, body)
		if err != nil {
			t.Fatalf("%s cannot be read back: %v", body, err)
		}
		if again, err := mechanism.Encode(same); err != nil || !bytes.Equal(again, body) {
			t.Errorf("%s was read back as %s (error %v)", body, again, err)
		}
	})
}
