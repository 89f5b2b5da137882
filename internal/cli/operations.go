package cli

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"concord/internal/fault"
	"concord/web"
)

// operations is what those who operate a server ask of it: how much it logs, where the security log goes, where figures are
// to be had.
type operations struct {
	log     string
	audit   string
	metrics string
}

func operationsFlags(set *flag.FlagSet) *operations {
	o := &operations{}
	set.StringVar(&o.log, "log", "warn", "what is logged on standard error: debug, info (a line a request), warn or error")
	set.StringVar(&o.audit, "security-log", "", "a file to which sign-ins, refusals, offices, ways in and what is taken out are added, a line of JSON each (default: standard error)")
	set.StringVar(&o.metrics, "metrics", "", "address of its own for /metrics, such as 127.0.0.1:9090; strangers must not reach it (default: none)")
	return o
}

// logs opens the logs of a server; done closes what was opened.
func (o *operations) logs(env Env, cfg *web.Config) (done func() error, err error) {
	var level slog.Level
	if err := level.UnmarshalText([]byte(o.log)); err != nil {
		return nil, usage("--log is debug, info, warn or error, not %q", o.log)
	}
	cfg.Log = slog.New(slog.NewTextHandler(env.Stderr, &slog.HandlerOptions{Level: level}))
	if o.audit == "" {
		cfg.Audit = slog.New(slog.NewTextHandler(env.Stderr, nil)).With("log", "security")
		return func() error { return nil }, nil
	}
	file, err := os.OpenFile(o.audit, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, fault.Wrap(err, fault.Unavailable, "the security log %s cannot be written", o.audit)
	}
	cfg.Audit = slog.New(slog.NewJSONHandler(file, nil))
	return file.Close, nil
}

// serve answers on the address for operators until the context ends. Without one it does nothing.
func (o *operations) serve(ctx context.Context, env Env, pages *web.Server) error {
	if o.metrics == "" {
		return nil
	}
	ln, err := net.Listen("tcp", o.metrics)
	if err != nil {
		return fault.New(fault.Unavailable, "%s cannot be listened on: %v", o.metrics, err)
	}
	srv := &http.Server{Handler: pages.Operations(), ReadHeaderTimeout: 5 * time.Second}
	context.AfterFunc(ctx, func() { srv.Close() })
	go srv.Serve(ln) // until it is closed
	fmt.Fprintf(env.Stdout, "Figures are on http://%s/metrics\n", shown(ln.Addr().String()))
	return nil
}
