package cli_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"concord/identity"
	"concord/internal/check"
	"concord/internal/fault"
	"concord/mechanism"
	"concord/packs"
	"concord/record"
	"concord/secretariat"
)

// How often each thing goes wrong in a soak: a few times in the suite. The house is held to 200 kills of the server and 20 times
// each of the rest, over both tests.
var (
	soakKills    = flag.Int("soak.kills", 3, "kills of the server")
	soakDatabase = flag.Int("soak.postgres", 2, "times that PostgreSQL is killed, and that it stands still")
	soakFull     = flag.Int("soak.full", 1, "times that the disk is full")
	soakErrors   = flag.Int("soak.errors", 2, "times that the disk answers with I/O errors")
)

const (
	soakClients = 16
	backWithin  = 5 * time.Second // after a fault is over, everything goes again
)

// On a folder: the server is killed, the disk is full, the disk fails.
func TestTheHouseHoldsOnAFolder(t *testing.T) {
	s := newSoak(t, record.Config{DSN: filepath.Join(soakDisk(t), "record.db"), Origin: "concord.test/soak"})
	s.run(*soakKills, s.killServer)
	s.run(*soakFull, s.fillDisk)
	s.run(*soakErrors, s.failDisk)
	s.end()
}

// On PostgreSQL: the server is killed, the database is killed, the database stands still.
func TestTheHouseHoldsOnPostgres(t *testing.T) {
	server := check.OwnPostgres(t)
	s := newSoak(t, record.Config{DSN: server.DSN(), Origin: "concord.test/soak", KeyFile: filepath.Join(t.TempDir(), "key")})
	s.mayBeOld = true
	s.run(*soakKills, s.killServer)
	s.run(*soakDatabase, func() {
		server.Kill()
		time.Sleep(pick(100*time.Millisecond, 3*time.Second))
		server.Start()
	})
	s.run(*soakDatabase, func() {
		server.Stop()
		time.Sleep(pick(100*time.Millisecond, 8*time.Second))
		server.Continue()
	})
	s.end()
}

// soak is a real server, with clients who act and readers who look, while things go wrong.
type soak struct {
	t        *testing.T
	cfg      record.Config
	address  string
	token    string
	mayBeOld bool // other nodes may write, so that pages are not shown for long while the record is away

	server *exec.Cmd
	down   atomic.Int64 // odd while the server is killed or not yet back
	over   chan struct{}
	all    sync.WaitGroup

	mu       sync.Mutex
	done     map[string]bool // groups that were acknowledged
	not      map[string]bool // groups of which it was said that nothing was done
	sent     int
	refused  int
	unknown  int
	slowest  time.Duration // until everything went again
	faults   int
	complain map[string]int
}

func newSoak(t *testing.T, cfg record.Config) *soak {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped in short mode: it takes half a minute")
	}
	s := &soak{t: t, cfg: cfg, over: make(chan struct{}), done: map[string]bool{}, not: map[string]bool{}, complain: map[string]int{}}
	s.found()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	s.must(err)
	s.address = ln.Addr().String()
	s.must(ln.Close())
	s.start()
	t.Cleanup(func() {
		s.server.Process.Kill()
		s.server.Wait() // it was killed: it says so
	})
	for c := range soakClients {
		s.all.Go(func() { s.act(c) })
	}
	s.all.Go(func() { s.look("/", false) })
	s.all.Go(func() { s.look("/people", true) })
	return s
}

func (s *soak) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// found makes the mechanism, and an access token of its officer.
func (s *soak) found() {
	ctx := context.Background()
	rec, err := record.Create(ctx, s.cfg)
	s.must(err)
	sec, err := secretariat.Open(ctx, rec, secretariat.Config{})
	s.must(err)
	files, err := fs.Sub(packs.FS, "china-central-asia")
	s.must(err)
	pack, err := mechanism.LoadPack(files)
	s.must(err)
	acts := append(pack.Acts(), &mechanism.AppointPerson{Person: mechanism.Person{ID: "officer", Name: "Officer", Office: mechanism.Officer}})
	_, err = sec.Do(ctx, mechanism.Actor{Person: "founder", Office: mechanism.Founder}, acts...)
	s.must(err)
	db, dialect := rec.DB()
	ids, err := identity.Open(ctx, db, string(dialect), time.Now)
	s.must(err)
	_, s.token, err = ids.GiveToken(ctx, "officer", "soak", "officer")
	s.must(err)
	sec.Close()
	s.must(rec.Close())
}

// start starts the real program and waits until it serves.
func (s *soak) start() {
	s.t.Helper()
	data := s.cfg.DSN
	args := []string{"serve", "--listen", s.address, "--log", "error"}
	if strings.HasPrefix(data, "postgres") {
		args = append(args, "--key", s.cfg.KeyFile)
	} else {
		data = filepath.Dir(data)
	}
	s.server = exec.Command("concord", append(args, "--data", data)...)
	s.server.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	out, err := s.server.StdoutPipe()
	s.must(err)
	var said bytes.Buffer
	s.server.Stderr = &said
	s.must(s.server.Start())
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(lines.Text(), " is served on ") {
			go io.Copy(io.Discard, out)
			return
		}
	}
	s.server.Wait()
	s.t.Fatalf("the server did not start: %s", said.String())
}

// run lets something go wrong so many times, and looks each time how soon everything goes again.
func (s *soak) run(times int, wrong func()) {
	s.t.Helper()
	for range times {
		time.Sleep(pick(200*time.Millisecond, time.Second))
		wrong()
		begun := time.Now()
		for !s.goesAgain() {
			if time.Since(begun) > 6*backWithin {
				s.t.Fatalf("%v after the fault was over nothing goes", time.Since(begun))
			}
			time.Sleep(20 * time.Millisecond)
		}
		took := time.Since(begun)
		if took > backWithin {
			s.t.Errorf("everything goes again %v after the fault was over", took)
		}
		s.slowest = max(s.slowest, took)
		s.faults++
	}
}

// goesAgain says whether an act is taken and pages are shown.
func (s *soak) goesAgain() bool {
	group := fmt.Sprintf("probe.%d", time.Now().UnixNano())
	status, _, err := s.send(group, "")
	if err != nil || status != http.StatusCreated {
		return false
	}
	s.note(s.done, group)
	for _, path := range []string{"/", "/people"} {
		if status, _, _, err := s.get(path, true); err != nil || status != http.StatusOK {
			return false
		}
	}
	return true
}

func (s *soak) killServer() {
	s.down.Add(1)
	s.must(s.server.Process.Kill())
	s.server.Wait() // it was killed: it says so
	s.start()
	s.down.Add(1)
}

// fillDisk takes all the room there is, for a while.
func (s *soak) fillDisk() {
	name := filepath.Join(filepath.Dir(s.cfg.DSN), "filler")
	filler, err := os.Create(name)
	s.must(err)
	end := time.Now().Add(pick(time.Second, 2*time.Second))
	var size int64
	for step := int64(1 << 26); time.Now().Before(end); {
		switch err := syscall.Fallocate(int(filler.Fd()), 0, size, step); {
		case err == nil:
			size += step
		case errors.Is(err, syscall.ENOSPC) && step > 4096:
			step /= 4
		default:
			time.Sleep(10 * time.Millisecond)
		}
	}
	s.must(filler.Close())
	s.must(os.Remove(name))
}

// failDisk lets the kernel answer the server's reads, writes or syncs of the record with I/O errors, for a while.
func (s *soak) failDisk() {
	calls := [][]string{{"pwrite64"}, {"fsync", "fdatasync"}, {"pread64"}, {"pwrite64", "fsync", "fdatasync", "pread64"}}[s.faults%4]
	args := []string{"-f", "-qq", "-o", "/dev/null", "-p", fmt.Sprint(s.server.Process.Pid), "-e", "trace=" + strings.Join(calls, ",")}
	for _, call := range calls {
		args = append(args, "-e", "inject="+call+":error=EIO")
	}
	tracer := exec.Command("strace", args...)
	var said bytes.Buffer
	tracer.Stderr = &said
	if err := tracer.Start(); errors.Is(err, exec.ErrNotFound) {
		s.t.Log("I/O errors are left out: strace is not installed")
		return
	} else {
		s.must(err)
	}
	time.Sleep(pick(time.Second, 2*time.Second))
	s.must(tracer.Process.Signal(syscall.SIGTERM))
	tracer.Wait() // it was told to stop
	if strings.Contains(said.String(), "not permitted") {
		s.t.Logf("I/O errors are left out: %s", said.String())
	}
}

// act does one group of three notes after the other. Half of the clients give each a key and send it until they are answered;
// the others send it once.
func (s *soak) act(client int) {
	for i := 0; ; i++ {
		group, key := fmt.Sprintf("%d.%d", client, i), ""
		if client%2 == 0 {
			key = group
		}
		for final := false; !final; final = s.tell(group, key) {
			select {
			case <-s.over:
				return
			case <-time.After(pick(20*time.Millisecond, 150*time.Millisecond)):
			}
		}
	}
}

// tell sends a group and takes note of the answer; final when it need not be sent again.
func (s *soak) tell(group, key string) (final bool) {
	before := s.down.Load()
	status, kind, err := s.send(group, key)
	s.mu.Lock()
	s.sent++
	s.mu.Unlock()
	switch {
	case err != nil:
		if after := s.down.Load(); before == after && after%2 == 0 {
			s.wrong("an act is not answered while the server runs: %v", err)
		}
	case status == http.StatusCreated || status == http.StatusOK:
		s.note(s.done, group)
		return true
	case status == http.StatusServiceUnavailable && kind == string(fault.Unavailable):
		s.mu.Lock()
		s.refused++
		s.mu.Unlock()
		if key == "" {
			s.note(s.not, group)
		}
	case status == http.StatusServiceUnavailable && kind == string(fault.Unknown):
		s.mu.Lock()
		s.unknown++
		s.mu.Unlock()
	default:
		s.wrong("an act is answered with %d, %s", status, kind)
	}
	return key == ""
}

// send sends three notes that name their group.
func (s *soak) send(group, key string) (status int, kind string, err error) {
	acts := make([]string, 3)
	for i := range acts {
		acts[i] = fmt.Sprintf(`{"kind": "note.add", "act": {"on": "person:officer", "words": "%s"}}`, group)
	}
	body := fmt.Sprintf(`{"acts": [%s]}`, strings.Join(acts, ","))
	r, err := http.NewRequest("POST", "http://"+s.address+"/acts", strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+s.token)
	if key != "" {
		r.Header.Set("Idempotency-Key", key)
	}
	res, err := soakClient.Do(r)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	var said struct{ Kind string }
	if err := json.NewDecoder(res.Body).Decode(&said); err != nil {
		return 0, "", err
	}
	if res.StatusCode == http.StatusServiceUnavailable && res.Header.Get("Retry-After") == "" {
		s.wrong("503 does not say when to ask again")
	}
	return res.StatusCode, said.Kind, nil
}

// soakClient waits longer than any answer may take.
var soakClient = &http.Client{Timeout: 25 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: soakClients}}

// look reads a page over and over: it is there, or says that it cannot be shown just now.
func (s *soak) look(path string, signedIn bool) {
	for {
		select {
		case <-s.over:
			return
		case <-time.After(30 * time.Millisecond):
		}
		before := s.down.Load()
		status, body, again, err := s.get(path, signedIn)
		switch {
		case err != nil:
			if after := s.down.Load(); before == after && after%2 == 0 {
				s.wrong("%s is not answered while the server runs: %v", path, err)
			}
		case status == http.StatusServiceUnavailable && (s.mayBeOld || signedIn):
			if again == "" {
				s.wrong("%s does not say when to ask again", path)
			}
		case status != http.StatusOK:
			s.wrong("%s is answered with %d", path, status)
		case !strings.Contains(body, "Central Asia"):
			s.wrong("%s is empty", path)
		}
	}
}

func (s *soak) get(path string, signedIn bool) (status int, body, retryAfter string, err error) {
	r, err := http.NewRequest("GET", "http://"+s.address+path, nil)
	if err != nil {
		return 0, "", "", err
	}
	r.Header.Set("Accept", "text/html")
	if signedIn {
		r.Header.Set("Authorization", "Bearer "+s.token)
	}
	res, err := soakClient.Do(r)
	if err != nil {
		return 0, "", "", err
	}
	defer res.Body.Close()
	content, err := io.ReadAll(res.Body)
	return res.StatusCode, string(content), res.Header.Get("Retry-After"), err
}

func (s *soak) note(in map[string]bool, group string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	in[group] = true
}

// wrong takes note of what must not be, each sentence once.
func (s *soak) wrong(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.complain[fmt.Sprintf(format, args...)]++
}

// end stops everything and compares the record with what was answered.
func (s *soak) end() {
	s.t.Helper()
	close(s.over)
	s.all.Wait()
	s.must(s.server.Process.Signal(os.Interrupt))
	s.server.Wait()
	for said, times := range s.complain {
		s.t.Errorf("%d times: %s", times, said)
	}
	ctx := context.Background()
	rec, err := record.Open(ctx, s.cfg)
	s.must(err)
	defer rec.Close()
	report, err := secretariat.Verify(ctx, rec, nil)
	s.must(err)
	for _, f := range report.Findings {
		s.t.Errorf("the record: %s", f.Text)
	}
	sec, err := secretariat.Open(ctx, rec, secretariat.Config{})
	s.must(err)
	defer sec.Close()
	there := map[string]int{}
	last, run := "", 0
	for _, n := range sec.Sight(mechanism.Actor{Person: "officer", Office: mechanism.Officer}).Notes("person:officer") {
		if n.Words != last {
			last, run = n.Words, 0
		}
		if run++; run == 1 && there[n.Words] > 0 {
			s.t.Errorf("the group %s is not whole, or is there twice", n.Words)
		}
		there[n.Words]++
	}
	for group, n := range there {
		if n != 3 {
			s.t.Errorf("of the group %s, %d of 3 acts are there", group, n)
		}
		if s.not[group] {
			s.t.Errorf("the group %s is there, and its client was told that nothing was done", group)
		}
	}
	for group := range s.done {
		if there[group] == 0 {
			s.t.Errorf("the group %s was acknowledged and is lost", group)
		}
	}
	s.t.Logf("%d faults; %d requests: %d groups acknowledged, %d answers that nothing was done, %d that it is not known; %d groups there; everything went again within %v",
		s.faults, s.sent, len(s.done), s.refused, s.unknown, len(there), s.slowest.Round(time.Millisecond))
}

func pick(least, most time.Duration) time.Duration { return least + rand.N(most-least) }

// soakDisk is a disk of its own in memory, so that it can be filled.
func soakDisk(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=1g,mode=0700"); err != nil {
		t.Skipf("skipped: a disk of its own cannot be mounted here (%v); run the test as root", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return folder
}
