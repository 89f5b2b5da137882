package secretariat_test

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"concord/internal/fault"
	"concord/record"
	"concord/secretariat"
)

// A node beside which a newer program has done acts of a kind that it does not know says so: in the log, to whoever acts, and
// after some seconds to whoever reads. It never shows half of what was done, nor the old state as if it were the newest.
func TestANodeThatIsTooOldSaysSo(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg record.Config) {
		t.Parallel()
		var log lockedBuffer
		sec := nodeThat(t, record.Create, cfg, secretariat.Config{Poll: 20 * time.Millisecond, Log: slog.New(slog.NewTextHandler(&log, nil))})
		found(t, sec)
		size, before := acts(sec), digest(sec)
		newer, err := record.Open(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		defer newer.Close()
		tomorrow := time.Now().AddDate(0, 0, 1) // so that a day ends between the acts
		known := record.Draft{Time: tomorrow, Kind: "note.add", Actor: record.Actor(ana.Actor()), Visibility: "office", Body: []byte(`{"on":"person:ana","words":"x"}`)}
		unknown := record.Draft{Time: tomorrow.AddDate(0, 0, 1), Kind: "moon.land", Actor: known.Actor, Visibility: "public", Body: []byte(`{}`)}
		if _, err := newer.Append(t.Context(), size, []record.Draft{known, unknown}); err != nil {
			t.Fatal(err)
		}
		soon(t, 5*time.Second, "nothing is noticed", func() bool { return sec.Unfollowed() > 0 })
		if sec.Current() != nil {
			t.Error("what was last seen is taken away at once")
		}
		if _, err := sec.Do(t.Context(), ana.Actor(), reader(1)); fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "use a newer one") {
			t.Errorf("an act is answered with %v", err)
		}
		soon(t, 8*time.Second, "old pages go on being shown", func() bool { return sec.Current() != nil })
		if digest(sec) != before {
			t.Error("the state has a part of what was done")
		}
		if sec.Ready(t.Context()) == nil {
			t.Error("it says that it is ready")
		}
		if n := strings.Count(log.String(), "the record cannot be followed"); n != 1 {
			t.Errorf("the log says %d times that the record cannot be followed:\n%s", n, log.String())
		}
	})
}

// A second server, or a command, on the folder of a running one is followed within a second, as another node is.
func TestASecondServerOnOneFolderIsFollowed(t *testing.T) {
	onBothStores(t, func(t *testing.T, cfg record.Config) {
		how := secretariat.Config{Poll: time.Second / 2}
		one := nodeThat(t, record.Create, cfg, how)
		found(t, one)
		two := nodeThat(t, record.Open, cfg, how)
		for i, pair := range [][2]*secretariat.Secretariat{{one, two}, {two, one}} {
			if _, err := pair[0].Do(context.Background(), ana.Actor(), reader(i)); err != nil {
				t.Fatal(err)
			}
			soon(t, time.Second, "the other has not heard of it", func() bool { return acts(pair[1]) == acts(pair[0]) })
		}
	})
}

// soon waits until something holds.
func soon(t *testing.T, within time.Duration, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(within); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("after %v: %s", within, what)
		}
	}
}

// lockedBuffer may be written and read at the same time.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
