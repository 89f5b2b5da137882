package cli

import (
	"strings"
	"testing"

	"concord/internal/check/pace"
)

// Whatever is given as an archive to restore is taken or refused in time.
func FuzzArchive(f *testing.F) {
	const head = `{"concord":"archive","format":1,"origin":"concord.test/lake"}` + "\n"
	f.Add(head + `{"act":{"seq":0,"kind":"note.add","body":{"on":"a:b","words":"c"}}}` + "\n" + `{"end":{"acts":1}}`)
	f.Add(head + `{"end":{"acts":0}}`)
	f.Add("{}\n\n")
	bound := pace.Generous
	bound.Memory += 64 << 20 // the buffer of a line
	f.Fuzz(func(t *testing.T, archive string) {
		pace.Hold(t, bound, len(archive), func() { _, _ = inspectArchive("a.jsonl", strings.NewReader(archive)) })
	})
}
