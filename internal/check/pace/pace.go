// Package pace holds that work grows no faster than what it is done on: for tests that compare a large input with a small
// one, and for fuzz targets that bound the time and the memory of each byte.
//
// Nothing is said of absolute speed where it can be helped: the machine that runs a test does other things too.
package pace

import (
	"math"
	"runtime"
	"testing"
	"time"
)

// Most is the slowdown that work in proportion may have. It lies well above 1, for caches and collection, and well below
// 8, which is what quadratic work has.
const Most = 3

// Slowdown is how much longer the work takes on one large input than on eight that are an eighth of it: 1 if it is linear,
// 8 if it is quadratic. Both take about as long and run in turn, so that what else the machine does slows both; a measure
// that looks bad is taken again. build makes an input of a size; the sizes grow until the work can be measured.
func Slowdown[T any](build func(n int) T, work func(T)) float64 {
	took := func(in T, times int) time.Duration {
		begun := time.Now()
		for range times {
			work(in)
		}
		return time.Since(begun)
	}
	n := 64
	for n < 1<<20 && took(build(n), 1) < 2*time.Millisecond {
		n *= 2
	}
	small, large := build(n), build(8*n)
	ratio := math.Inf(1)
	for range 5 {
		if ratio = min(ratio, float64(took(large, 1))/float64(took(small, 8))); ratio <= Most {
			break
		}
	}
	return ratio
}

// Bound is what work on an input may cost: so much for any, and so much more for each byte of it.
type Bound struct {
	Time    time.Duration // for any input, however small
	PerKB   time.Duration // and for each 1,024 bytes of it
	Memory  uint64        // bytes allocated in all, for any input
	PerByte uint64        // and for each byte of it
}

// Generous is a bound that a busy machine keeps, and that quadratic work on the inputs that a fuzzer makes does not.
var Generous = Bound{Time: time.Second, PerKB: 20 * time.Millisecond, Memory: 16 << 20, PerByte: 4 << 10}

// Hold does the work on an input of a size in bytes and fails the test if it costs more than the bound. Work that looks slow is
// done again, up to three times, since the machine may have been busy elsewhere. Memory is what the whole process allocates
// meanwhile, so nothing else should run beside it.
func Hold(t testing.TB, b Bound, size int, work func()) {
	t.Helper()
	limit := b.Time + time.Duration(size)*b.PerKB/1024
	room := b.Memory + uint64(size)*b.PerByte
	var took time.Duration
	var used uint64
	for range 3 {
		took, used = cost(work)
		if took <= limit && used <= room {
			return
		}
	}
	t.Errorf("%d bytes took %v and %d bytes of memory; at most %v and %d are allowed", size, took, used, limit, room)
}

// cost is what work takes: time, and bytes allocated.
func cost(work func()) (time.Duration, uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := time.Now()
	work()
	took := time.Since(begun)
	runtime.ReadMemStats(&after)
	return took, after.TotalAlloc - before.TotalAlloc
}
