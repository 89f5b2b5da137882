package record_test

import (
	"testing"

	"concord/internal/check/pace"
	"concord/internal/fault"
	"concord/record"
)

// Whatever path is asked for, it is one tile of the tree or not found, in time.
func FuzzTilePath(f *testing.F) {
	for _, path := range []string{"tile/0/000", "tile/1/x001/234.p/17", "tile/entries/000.p/1", "tile/entries/x999/x999/999", "tile/8/0/000", "tile/-1/000"} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		pace.Hold(t, pace.Generous, len(path), func() {
			got, err := record.ParseTilePath(path)
			if err != nil && fault.KindOf(err) != fault.NotFound {
				t.Errorf("%q: %v, want not found", path, err)
			}
			if err == nil && (got.L < -1 || got.N < 0 || got.W < 1 || got.W > 256) {
				t.Errorf("%q is read as %+v", path, got)
			}
		})
	})
}
