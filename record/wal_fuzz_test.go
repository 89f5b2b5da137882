package record

import (
	"bytes"
	"encoding/binary"
	"testing"

	"concord/internal/check/pace"
)

// Whatever lies beside a record as its write-ahead log is judged in time, and the place of damage lies in it.
func FuzzWAL(f *testing.F) {
	header := make([]byte, walHeader)
	binary.BigEndian.PutUint32(header, 0x377f0682)
	binary.BigEndian.PutUint32(header[8:], pageSize)
	f.Add(header)
	f.Add(append(bytes.Clone(header), make([]byte, 3*(walFrameHeader+pageSize))...))
	f.Add([]byte("short"))
	f.Fuzz(func(t *testing.T, log []byte) {
		if len(log) < walHeader {
			return
		}
		pace.Hold(t, pace.Generous, len(log), func() {
			bad, err := scanFrames(bytes.NewReader(log[walHeader:]), log[:walHeader])
			if err != nil || bad >= int64(len(log)) {
				t.Errorf("damage at byte %d of %d, error %v", bad, len(log), err)
			}
		})
	})
}
