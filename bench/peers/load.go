package main

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/valyala/fasthttp"
)

// contender is one server asked one kind of question.
type contender struct {
	name string
	*process
	asked atomic.Int64                     // requests in all turns, so that none is ever repeated
	ask   func(q *fasthttp.Request, n int) // the n-th request, of all callers together and from 0, into an empty q
}

// turn is what one contender did in one turn.
type turn struct {
	rate  float64       // right answers a second
	p95   time.Duration // of an answer
	cpu   time.Duration // of the server, an answer
	bytes int           // of the last body
}

// mostAnswers bounds a turn: more than any server here gives in a minute.
const mostAnswers = 20_000_000

// take has so many callers ask for so long, each waiting for its answer before it asks again. Any wrong
// answer ends the run: a figure with errors in it says nothing.
func (c *contender) take(callers int, lasts time.Duration) (turn, error) {
	client := &fasthttp.HostClient{
		Addr: c.host, MaxConns: callers, ReadTimeout: 30 * time.Second, WriteTimeout: 30 * time.Second, MaxIdemponentCallAttempts: 1,
		NoDefaultUserAgentHeader: true, DisablePathNormalizing: true, MaxResponseBodySize: 64 << 20,
	}
	defer client.CloseIdleConnections()
	var (
		wg    sync.WaitGroup
		bytes atomic.Int64
		waits = make([][]time.Duration, callers)
		wrong = make(chan error, callers)
	)
	begun, before := time.Now(), c.cpu()
	for caller := range callers {
		wg.Go(func() {
			q, a := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
			defer fasthttp.ReleaseRequest(q)
			defer fasthttp.ReleaseResponse(a)
			for time.Since(begun) < lasts && len(waits[caller]) < mostAnswers/callers {
				q.Reset()
				q.Header.SetHost(c.host)
				c.ask(q, int(c.asked.Add(1)-1))
				sent := time.Now()
				if err := client.Do(q, a); err != nil {
					wrong <- fmt.Errorf("%s: %s: %w", c.name, q.URI(), err)
					return
				}
				waits[caller] = append(waits[caller], time.Since(sent))
				if a.StatusCode()/100 != 2 {
					wrong <- fmt.Errorf("%s: %s %s answers %d: %.300s", c.name, q.Header.Method(), q.URI(), a.StatusCode(), a.Body())
					return
				}
				bytes.Store(int64(len(a.Body())))
			}
		})
	}
	wg.Wait()
	took, cpu := time.Since(begun), c.cpu()-before
	close(wrong)
	if err := <-wrong; err != nil {
		return turn{}, err
	}
	all := slices.Concat(waits...)
	slices.Sort(all)
	return turn{float64(len(all)) / took.Seconds(), all[len(all)*95/100], cpu / time.Duration(len(all)), int(bytes.Load())}, nil
}

// compare has the contenders take turns and prints what each did; ratios are of the first to the others, each the median
// of the rounds.
func (b *bench) compare(title string, callers int, contenders ...*contender) error {
	fmt.Printf("\n%s, %d callers\n", title, callers)
	turns := make([][]turn, len(contenders))
	for round := -1; round < b.rounds; round++ {
		for i, c := range contenders {
			if err := b.ctx.Err(); err != nil {
				return err
			}
			lasts := b.turn
			if round < 0 { // to warm up
				lasts = min(lasts, time.Second/2)
			}
			t, err := c.take(callers, lasts)
			if err != nil {
				return err
			}
			if round >= 0 {
				turns[i] = append(turns[i], t)
			}
		}
	}
	for i, c := range contenders {
		line := fmt.Sprintf("  %-44s %8.0f /s   p95 %7.2f ms   cpu %6.0f µs   %6d bytes", c.name, middle(rates(turns[i])), middle(waits(turns[i])), middle(cpus(turns[i])), turns[i][0].bytes)
		if i > 0 {
			ratios := rates(turns[0])
			for round, t := range turns[i] {
				ratios[round] /= t.rate
			}
			line += fmt.Sprintf("   first is %.2f times this (%.2f to %.2f), cpu %.2f", middle(ratios), slices.Min(ratios), slices.Max(ratios), middle(cpus(turns[i]))/middle(cpus(turns[0])))
		}
		fmt.Println(line)
	}
	return nil
}

func rates(turns []turn) (all []float64) {
	for _, t := range turns {
		all = append(all, t.rate)
	}
	return all
}

// waits are the 95th percentiles, in milliseconds.
func waits(turns []turn) (all []float64) {
	for _, t := range turns {
		all = append(all, t.p95.Seconds()*1000)
	}
	return all
}

// cpus are what an answer cost the server, in microseconds.
func cpus(turns []turn) (all []float64) {
	for _, t := range turns {
		all = append(all, t.cpu.Seconds()*1e6)
	}
	return all
}

func middle(list []float64) float64 {
	sorted := slices.Sorted(slices.Values(list))
	return sorted[len(sorted)/2]
}
