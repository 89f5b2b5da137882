package secretariat_test

import (
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"concord/internal/sample"
	"concord/mechanism"
	"concord/secretariat"
)

// Acts through the one door, each durable before its caller goes on: at least 10,000 a second in group commit.
func BenchmarkDo(b *testing.B) {
	sec := enter(b, onSQLite(b))
	found(b, sec)
	const callers = 512
	b.ResetTimer()
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			for i := c; i < b.N; i += callers {
				if _, err := sec.Do(b.Context(), ana.Actor(), reader(i%1000)); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "acts/s")
}

// A record of 100,000 acts is folded in less than 3 s.
func BenchmarkReplay100000(b *testing.B) {
	rec := onSQLite(b)
	sec := enter(b, rec)
	found(b, sec)
	fillLedger(b, sec, 50000)
	for i := 0; i < 50000; i += 1000 {
		var acts []mechanism.Act
		for j := range 1000 {
			acts = append(acts, &mechanism.ReopenCommitment{Item: mechanism.Item{Text: sample.Code, N: i + j + 1}, Reason: "measured"})
		}
		if _, err := sec.Do(b.Context(), ana.Actor(), acts...); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		again, err := secretariat.Open(b.Context(), rec, secretariat.Config{})
		if err != nil {
			b.Fatal(err)
		}
		again.Close()
	}
	b.ReportMetric(b.Elapsed().Seconds()/float64(b.N), "s/replay")
}

// A ledger of 10,000 commitments by four parties or more stays below 100 MB.
func BenchmarkMemory10000(b *testing.B) {
	pack, err := mechanism.LoadPack(os.DirFS(filepath.FromSlash("../packs/china-central-asia")))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		before := heap()
		m := mechanism.New()
		acts := pack.Acts()
		for _, a := range acts {
			m.Apply(a, mechanism.Entry{Seq: m.Acts(), Actor: founder})
		}
		for _, a := range sample.Acts(m.As(founder), 10000) {
			m.Apply(a, mechanism.Entry{Seq: m.Acts(), Actor: founder})
		}
		b.ReportMetric(float64(heap()-before)/1e6, "MB")
		runtime.KeepAlive(m)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}
