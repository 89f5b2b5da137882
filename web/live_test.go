package web_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concord/mechanism"
	"concord/web"
)

// stream is one open page, as its script sees it.
type stream struct {
	t     *testing.T
	lines *bufio.Scanner
}

func (v *visitor) follow(t *testing.T) *stream {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, "GET", v.h.srv.URL+"/live", nil)
	must(t, err)
	resp, err := v.client.Do(req)
	must(t, err)
	t.Cleanup(func() { resp.Body.Close() })
	s := &stream{t, bufio.NewScanner(resp.Body)}
	if got := s.next(); !strings.Contains(got, "hello") {
		t.Fatalf("the first event is %q", got)
	}
	return s
}

// next gives the next event, its lines joined; empty when the stream has ended.
func (s *stream) next() string {
	var lines []string
	for s.lines.Scan() {
		if s.lines.Text() == "" && len(lines) > 0 {
			return strings.Join(lines, "\n")
		}
		lines = append(lines, s.lines.Text())
	}
	return ""
}

func newParty(code string) mechanism.Act {
	return &mechanism.AdmitParty{Party: mechanism.Party{Code: code, Name: mechanism.Names{"en": "Newland", "ru": "Новая Земля"}}}
}

func TestReadersHearOfActsInTheirLanguage(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	en, ru := h.visitor(), h.visitor()
	ru.get("/?lang=ru")
	english, russian := en.follow(t), ru.follow(t)
	h.do(newParty("XA"))
	if got := english.next(); !strings.Contains(got, "Party admitted") || !strings.Contains(got, "Newland") || !strings.Contains(got, `"party:XA"`) {
		t.Errorf("in English: %s", got)
	}
	if got := russian.next(); !strings.Contains(got, "Новая Земля") {
		t.Errorf("in Russian: %s", got)
	}
}

func TestWhatIsForThePartiesIsNotToldToThePublic(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	public, parties := h.visitor().follow(t), h.as(reader).follow(t)
	h.do(&mechanism.AppointPerson{Person: mechanism.Person{ID: "secret", Name: "Secret Reader", Office: mechanism.Reader}})
	if got := parties.next(); !strings.Contains(got, "Secret Reader") {
		t.Errorf("a reader for the parties hears: %s", got)
	}
	if got := parties.next(); got != "" {
		t.Errorf("offices changed, so those who hold one are to come back anew; heard: %s", got)
	}
	h.do(newParty("XA"))
	if got := public.next(); strings.Contains(got, "Secret Reader") || !strings.Contains(got, "Newland") {
		t.Errorf("the public hears: %s", got)
	}
}

func TestSigningOutEndsWhatOpenPagesHear(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.as(reader)
	s := v.follow(t)
	h.visitor().post("/sign-out", nil) // of nobody: nothing happens
	h.do(newParty("XA"))
	if got := s.next(); !strings.Contains(got, "Newland") {
		t.Errorf("somebody else's signing out ends the stream: %q", got)
	}
	v.post("/sign-out", nil)
	if got := s.next(); got != "" {
		t.Errorf("heard after signing out: %s", got)
	}
}

func TestManyActsAtOnceAreOneMessage(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	s := h.visitor().follow(t)
	var acts []mechanism.Act
	for i := range 100 {
		acts = append(acts, newParty(fmt.Sprintf("X%c%c", 'A'+i/26, 'A'+i%26)))
	}
	h.do(acts...)
	// On a busy machine a hundred acts may reach the hub in two or three parts; never in a hundred.
	for heard := 1; ; heard++ {
		got := s.next()
		if heard == 1 && !strings.Contains(got, "event: many") || heard > 10 {
			t.Fatalf("message %d: %.200s", heard, got)
		}
		if strings.Contains(got, "party:XDV") {
			break
		}
	}
}

func TestAReaderWhoDoesNotReadIsDropped(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.srv.URL, "http://"))
	must(t, err)
	defer conn.Close()
	must(t, conn.(*net.TCPConn).SetReadBuffer(4096))
	fmt.Fprintf(conn, "GET /live HTTP/1.1\r\nHost: x\r\n\r\n")
	quick := h.visitor().follow(t)
	name := strings.Repeat("<", 2000) // each is nine bytes of an event
	for i := range 600 {
		party := mechanism.Party{Code: fmt.Sprintf("Y%c%c", 'A'+i/26, 'A'+i%26), Name: mechanism.Names{"en": name}}
		h.do(&mechanism.AdmitParty{Party: party})
		if got := quick.next(); !strings.Contains(got, party.Code) {
			t.Fatalf("a reader who keeps up waits for one who does not, or was dropped: %.100s", got)
		}
		if i%50 == 0 && strings.Contains(h.visitor().get("/metrics").Body, "concord_live_dropped_total 1") {
			return
		}
	}
	t.Error("the reader who does not read is still there")
}

// TestManyReadersHearSoon measures the budget for live changes: with CONCORD_SOAK=5000 it opens so many streams over
// loopback and writes how long acts took to reach them; without it, a few hundred show that all of them hear.
func TestManyReadersHearSoon(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("many connections are slow; -short leaves them out")
	}
	crowd := &crowd{h: open(t, web.Config{Bounds: web.Bounds{Readers: 1 << 20}}), size: 300} // all from one address
	if n := os.Getenv("CONCORD_SOAK"); n != "" {
		_, err := fmt.Sscan(n, &crowd.size)
		must(t, err)
	}
	all := crowd.listen(t)
	if want := crowd.size * soakActs; len(all) != want {
		t.Fatalf("%d of %d messages were heard", len(all), want)
	}
	slices.Sort(all)
	t.Logf("%d readers, %d acts: p50 %v, p95 %v, longest %v (from before the act was asked for)",
		crowd.size, soakActs, all[len(all)/2], all[len(all)*95/100], all[len(all)-1])
}

// soakActs is how many acts a crowd hears of.
const soakActs = 20

// crowd is many open pages.
type crowd struct {
	h      *house
	size   int
	landed [soakActs]atomic.Int64 // Unix time in nanoseconds at which each act was asked for
	heard  chan time.Duration
	ready  sync.WaitGroup // until all have said hello
}

// listen opens the pages, does the acts half a second apart, and gives how long each took to reach each page.
func (c *crowd) listen(t *testing.T) []time.Duration {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 1, DisableCompression: true}}
	c.heard = make(chan time.Duration, c.size*soakActs)
	var done sync.WaitGroup
	c.ready.Add(c.size)
	for i := range c.size {
		done.Go(func() { c.follow(t, client, []string{"en", "zh", "ru"}[i%3]) })
	}
	c.ready.Wait()
	for i := range soakActs {
		c.landed[i].Store(time.Now().UnixNano())
		c.h.do(newParty(fmt.Sprintf("Z%c", 'A'+i)))
		time.Sleep(time.Second / 2)
	}
	done.Wait()
	close(c.heard)
	var all []time.Duration
	for d := range c.heard {
		all = append(all, d)
	}
	return all
}

// follow is one page: the first event greets, the others are the acts in order.
func (c *crowd) follow(t *testing.T, client *http.Client, lang string) {
	req, err := http.NewRequestWithContext(t.Context(), "GET", c.h.srv.URL+"/live", nil)
	if err != nil {
		panic(err) // the address is our own
	}
	req.Header.Set("Accept-Language", lang)
	resp, err := client.Do(req)
	if err != nil {
		t.Error(err)
		c.ready.Done()
		return
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	for events := 0; events <= soakActs && lines.Scan(); {
		if !strings.HasPrefix(lines.Text(), "data: ") {
			continue
		}
		if events == 0 {
			c.ready.Done()
		} else {
			c.heard <- time.Duration(time.Now().UnixNano() - c.landed[events-1].Load())
		}
		if events++; events > soakActs {
			return
		}
	}
}
