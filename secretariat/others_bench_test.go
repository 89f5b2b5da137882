package secretariat_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"concord/internal/fault"
	"concord/internal/sample"
	"concord/mechanism"
	"concord/secretariat"
)

// What one caller asks for holds up no other: while a group of 5,000 acts is refused on a record of 100,000, reads of
// another caller keep their 99th percentile under 5 ms, another's act under 50 ms.
func BenchmarkOthersDuringARefusedGroup(b *testing.B) {
	sec := large(b)
	group := make([]mechanism.Act, 0, 5000)
	for n := range cap(group) - 1 {
		group = append(group, &mechanism.ReopenCommitment{Item: mechanism.Item{Text: sample.Code, N: n + 1}, Reason: "measured"})
	}
	group = append(group, &mechanism.RelievePerson{Person: "nobody"})
	measureOthers(b, sec, func() {
		if _, err := sec.Do(b.Context(), ana.Actor(), group...); fault.KindOf(err) != fault.NotFound {
			b.Errorf("error %v, want not found", err)
		}
	})
}

// The same while a text of 4 MB is received.
func BenchmarkOthersDuringAnImport(b *testing.B) {
	sec := large(b)
	text := sample.Statement("en", 4<<20/160)
	n := 0
	measureOthers(b, sec, func() {
		n++
		data := []byte(text + "\n" + time.Duration(n).String() + "\n")
		_, err := sec.Receive(b.Context(), ana.Actor(), secretariat.Reception{Name: "big.txt", Data: data, Code: "BIG" + string(rune('A'+n)) + "X", Adopted: "2025-03-01", Parties: sec.Sight(ana.Actor()).PartyCodes()})
		if err != nil {
			b.Error(err)
		}
	})
}

// large is a house whose record has 100,000 acts.
func large(b *testing.B) *secretariat.Secretariat {
	sec, err := secretariat.Open(b.Context(), onSQLite(b), secretariat.Config{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(sec.Close)
	found(b, sec)
	acts := sample.Acts(sec.Sight(ana.Actor()), 99_900)
	for part := range slices.Chunk(acts, 2000) {
		if _, err := sec.Do(b.Context(), ana.Actor(), part...); err != nil {
			b.Fatal(err)
		}
	}
	return sec
}

// measureOthers does the work while one reads and one acts, and reports how long they waited.
func measureOthers(b *testing.B, sec *secretariat.Secretariat, work func()) {
	ctx, stop := context.WithCancel(b.Context())
	var reads, acts []time.Duration
	var wg sync.WaitGroup
	wg.Go(func() {
		for ctx.Err() == nil {
			begun := time.Now()
			s := sec.Sight(ana.Actor())
			s.Ledger().Line("BIG25-77")
			s.LastChange("text:BIG25")
			reads = append(reads, time.Since(begun))
			time.Sleep(time.Millisecond)
		}
	})
	wg.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			begun := time.Now()
			if _, err := sec.Do(context.WithoutCancel(ctx), ana.Actor(), reader(i%1000)); err != nil {
				b.Error(err)
			}
			acts = append(acts, time.Since(begun))
			time.Sleep(time.Millisecond)
		}
	})
	for b.Loop() {
		work()
	}
	stop()
	wg.Wait()
	b.ReportMetric(milliseconds(reads, 99), "ms/read-p99")
	b.ReportMetric(milliseconds(acts, 99), "ms/act-p99")
	b.ReportMetric(milliseconds(acts, 50), "ms/act-p50")
	b.ReportMetric(float64(slices.Max(acts))/float64(time.Millisecond), "ms/act-max")
}

func milliseconds(d []time.Duration, percent int) float64 {
	slices.Sort(d)
	return float64(d[min(len(d)*percent/100, len(d)-1)]) / float64(time.Millisecond)
}
