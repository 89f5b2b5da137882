package secretariat_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"concord/internal/check"
	"concord/internal/fault"
	"concord/record"
	"concord/secretariat"
)

// onOwnPostgres is a record on a server that the test may hurt. Such tests mostly wait, so they do so together.
func onOwnPostgres(t *testing.T) (*check.PostgresServer, record.Config) {
	t.Helper()
	if testing.Short() {
		t.Skip("skipped in short mode: it waits for servers that are away")
	}
	t.Parallel()
	server := check.OwnPostgres(t)
	return server, record.Config{DSN: server.DSN(), Origin: "concord.test/lake", KeyFile: filepath.Join(t.TempDir(), "key")}
}

// While PostgreSQL is away, killed or standing still, what was last seen stays, acts are refused with the reason at once, and
// when it is back everything goes on by itself.
func TestAnOutageLeavesTheStateAndPassesByItself(t *testing.T) {
	server, cfg := onOwnPostgres(t)
	sec := nodeThat(t, record.Create, cfg, secretariat.Config{Poll: 100 * time.Millisecond, Stale: 2 * time.Second})
	found(t, sec)
	for name, hurt := range map[string][2]func(){"killed": {server.Kill, server.Start}, "standing still": {server.Stop, server.Continue}} {
		before, size := digest(sec), acts(sec)
		hurt[0]()
		for range 3 {
			begun := time.Now()
			_, err := sec.Do(t.Context(), ana.Actor(), reader(1))
			if kind := fault.KindOf(err); kind != fault.Unavailable && kind != fault.Unknown {
				t.Errorf("%s: an act is answered with %v", name, err)
			}
			if took := time.Since(begun); took > 12*time.Second {
				t.Errorf("%s: the answer took %v", name, took)
			}
			if digest(sec) != before || len(sec.Sight(ana.Actor()).PartyCodes()) == 0 {
				t.Fatalf("%s: the state is another", name)
			}
		}
		soon(t, 8*time.Second, name+": the state is shown as if it were the newest", func() bool { return sec.Current() != nil })
		hurt[1]()
		soon(t, 5*time.Second, name+": nothing goes again", func() bool {
			_, err := sec.Do(t.Context(), ana.Actor(), reader(2))
			return err == nil
		})
		if sec.Current() != nil || acts(sec) > size+2 {
			t.Errorf("%s: afterwards %v, %d acts of %d", name, sec.Current(), acts(sec), size+1)
		}
		if late := node(t, record.Open, cfg); digest(late) != digest(sec) {
			t.Errorf("%s: a node that opens now comes to another state", name)
		}
	}
}

// A server that fails in the midst of a commit and is back in time: the head says what became of it, and so does the answer.
func TestACommitThatLostItsAnswerIsLookedFor(t *testing.T) {
	server, cfg := onOwnPostgres(t)
	sec := node(t, record.Create, cfg)
	found(t, sec)
	server.HoldCommits()
	answer := inTheBackground(func() error { _, err := sec.Do(t.Context(), ana.Actor(), reader(1)); return err })
	time.Sleep(300 * time.Millisecond) // it is on the disk, and its answer is held back
	server.Kill()
	server.ReleaseCommits()
	server.Start()
	if err := <-answer; err != nil {
		t.Errorf("an act that was done is answered with %v", err)
	}
	if _, there := sec.Sight(ana.Actor()).Person("reader-1"); !there {
		t.Error("the act was acknowledged and is not in the state")
	}
	if late := node(t, record.Open, cfg); digest(late) != digest(sec) {
		t.Error("a node that opens now comes to another state")
	}
}

// When nobody can say what became of a commit, the caller is told just that; the state catches up when the record answers, and
// the same request with the same key is not done twice.
func TestWhatIsNotKnownIsSaidSoAndSafeToAskAgain(t *testing.T) {
	server, cfg := onOwnPostgres(t)
	sec := node(t, record.Create, cfg)
	found(t, sec)
	size := acts(sec)
	server.HoldCommits()
	_, _, err := sec.DoOnce(t.Context(), ana.Actor(), "key-1", reader(1), reader(2))
	if fault.KindOf(err) != fault.Unknown || !strings.HasPrefix(fault.Sentence(err), "it is not known whether this was done") {
		t.Errorf("a commit without an answer is answered with %v", err)
	}
	if acts(sec) != size {
		t.Error("an act is shown that was not acknowledged")
	}
	server.ReleaseCommits()
	soon(t, 5*time.Second, "what was done is not seen", func() bool { return acts(sec) == size+2 })
	entries, again, err := sec.DoOnce(t.Context(), ana.Actor(), "key-1", reader(1), reader(2))
	if err != nil || !again || len(entries) != 2 || entries[0].Seq != size || acts(sec) != size+2 {
		t.Errorf("asked again: entries %v, again %v, error %v, %d acts of %d", entries, again, err, acts(sec), size+2)
	}
}

func inTheBackground(work func() error) <-chan error {
	done := make(chan error, 1)
	go func() { done <- work() }()
	return done
}
