package cli

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// progress draws one line on a terminal for work that takes longer than a moment; elsewhere it is silent.
type progress struct {
	out   io.Writer // nil: silent
	what  string
	begun time.Time

	mu    sync.Mutex
	last  time.Time
	drawn bool
}

func newProgress(env Env, what string) *progress {
	p := &progress{what: what, begun: time.Now()}
	if env.Terminal {
		p.out = env.Stderr
	}
	return p
}

// set says how far the work is. It draws at most ten times a second, and nothing in the first 300 ms.
func (p *progress) set(done, total int64) {
	if p.out == nil || total <= 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if now.Sub(p.begun) < 300*time.Millisecond || now.Sub(p.last) < 100*time.Millisecond && done < total {
		return
	}
	p.last, p.drawn = now, true
	const width = 30
	full := int(int64(width) * done / total)
	fmt.Fprintf(p.out, "\r%s [%s%s] %3d %%  %d of %d ", p.what, strings.Repeat("=", full), strings.Repeat(" ", width-full), 100*done/total, done, total)
}

// done wipes the line.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.drawn {
		fmt.Fprintf(p.out, "\r%s\r", strings.Repeat(" ", 100))
	}
}
