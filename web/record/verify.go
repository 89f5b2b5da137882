package record

import (
	"context"
	"fmt"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"concord/record"
	"concord/secretariat"
	"concord/web/page"
)

// checkup is one run of the verification at one moment.
type checkup struct {
	Running bool
	Read    int64
	Total   int64
	Ended   time.Time
	Report  *record.Report
	Digest  string // of the state that the replay gave
	Moved   bool   // acts landed meanwhile, so the digests are of different states
	Same    bool   // it is the digest of the state being served, too
	failed  error  // what kept it from ending
}

// inspector runs one verification at a time. Whoever asks while one goes on sees that one, since each reads the whole
// record.
type inspector struct {
	mu   sync.Mutex
	last checkup
}

func (i *inspector) now() checkup {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.last
}

func (i *inspector) set(change func(c *checkup)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	change(&i.last)
}

// begin says whether the caller is to run: nobody else does, and the last run is not from just now.
func (i *inspector) begin(now time.Time) (mine bool) {
	i.set(func(c *checkup) {
		if mine = !c.Running && now.Sub(c.Ended) > verifyLife; mine {
			*c = checkup{Running: true}
		}
	})
	return mine
}

// verifyLife is how long the end of a verification stands before another may begin.
const verifyLife = 5 * time.Second

// verifyPage explains what is checked, and shows how far it is or what came of it.
type verifyPage struct {
	*page.Frame
	checkup
	Failed string // what kept it from ending, in the visitor's language
	Origin string
	Key    string
}

// Percent is how far a running verification is.
func (p *verifyPage) Percent() int64 { return 100 * p.Read / max(p.Total, 1) }

func (i *inspector) showVerify(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	rec := s.Sec.Record()
	return s.Show(w, r, func(f *page.Frame) (page.Page, error) {
		f.About(f.T("verify.title"))
		f.Volatile = true
		p := &verifyPage{Frame: f, checkup: i.now(), Origin: rec.Origin(), Key: rec.PublicKey()}
		if p.failed != nil {
			p.Failed = f.L.Error(p.failed)
		}
		if p.Running {
			w.Header().Set("Refresh", "1")
		}
		return p, nil
	})
}

// startVerify begins a verification and leads back to the page that shows it.
func (i *inspector) startVerify(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	if i.begin(s.Config.Now()) {
		go i.verifyRecord(s, context.WithoutCancel(r.Context()))
	}
	http.Redirect(w, r, "/record/verify", http.StatusSeeOther)
	return nil
}

// verifyRecord verifies the record and replays it.
func (i *inspector) verifyRecord(s *page.Site, ctx context.Context) {
	defer func() { // nobody else would: a damaged record must not end the server that is to say so
		if fell := recover(); fell != nil {
			s.Config.Log.Error("panic", "path", "/record/verify", "said", fell, "stack", string(debug.Stack()))
			i.set(func(c *checkup) { *c = checkup{Ended: s.Config.Now(), failed: fmt.Errorf("panic: %v", fell)} })
		}
	}()
	found, err := secretariat.Verify(ctx, s.Sec.Record(),
		func(done, total int64) { i.set(func(c *checkup) { c.Read, c.Total = done, total }) })
	digest, acts := s.Sec.Digest()
	moved := acts != found.Replayed
	i.set(func(c *checkup) {
		*c = checkup{
			Read: found.Acts, Total: found.Head.Size, Ended: s.Config.Now(), Report: &found.Report, Digest: found.Digest,
			Same: !moved && digest == found.Digest, Moved: moved, failed: err,
		}
	})
}
