package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/secretariat"
	"concord/web"
)

var serveCommand = command{
	name: "serve", args: "--data FOLDER [--listen 127.0.0.1:8080] [--url https://...]",
	short: "serve a mechanism's pages and API",
	long: `
Serves the mechanism in a data folder (or a PostgreSQL record) over HTTP. Readers need no account; officers and
coordinators sign in with a local account, which concord password sets and an officer may set up on the page People.

/healthz says that the program runs, /readyz whether visitors should be sent to it. Figures for Prometheus are served on an
address of their own, which you name with --metrics.

Several nodes may serve one PostgreSQL record. For other machines than this one somebody has to speak TLS: a proxy of yours
(--proxied), or this program with a certificate (--cert, --cert-key) or one that it asks for (--acme). --url is the address
that people know. docs/serving.md has all three.

A record that lacks what was signed with its key (an older copy, or one without its -wal file) is not served, and no act is
taken while the clock is far from the last act. Where that is as it must be, --accept-rollback and --accept-clock go on, each
with the reason, which an act of an officer keeps in the record.

  concord serve --data ./my-mechanism
  concord serve --data ./my-mechanism --url https://concord.example --proxied 127.0.0.1
  concord serve --data postgres://concord@db/concord --key /etc/concord/key --listen :443 \
      --url https://concord.example --acme /var/lib/concord/certificates`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		at := placeFlags(set)
		way := doorFlags(set)
		ops := operationsFlags(set)
		accepted := wordFlags(set)
		return func(ctx context.Context, env Env, args []string) error {
			if err := noArgument("serve", args); err != nil {
				return err
			}
			if err := at.settle(env); err != nil {
				return err
			}
			cfg := web.Config{}
			if err := way.check(&cfg); err != nil {
				return err
			}
			done, err := ops.logs(env, &cfg)
			if err != nil {
				return err
			}
			defer done()
			at.log = cfg.Log
			h, err := at.openWith(ctx, env, accepted)
			if err != nil {
				return err
			}
			return errors.Join(h.serve(ctx, env, way, cfg, ops, func(address string) {
				fmt.Fprintf(env.Stdout, "%s is served on %s\n", h.name(), address)
				h.warnOfKey(env)
				if wrong := way.warning(); wrong != "" {
					fmt.Fprintln(env.Stderr, "concord: "+wrong)
				}
				h.sayHowToSignIn(ctx, env, at)
			}), h.Close())
		}
	},
}

// serve answers requests until the context ends; then it lets running requests finish.
func (h *house) serve(ctx context.Context, env Env, way *door, cfg web.Config, ops *operations, started func(address string)) error {
	ids, err := accounts(ctx, h.rec)
	if err != nil {
		return err
	}
	ln, err := way.open()
	if err != nil {
		return err
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.NewTextHandler(env.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	}
	if env.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // what a mechanism holds is small; what its pages are written in is not
	}
	pages := web.New(h.sec, ids, cfg)
	defer pages.Close()
	srv := &http.Server{Handler: pages, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, WriteTimeout: 5 * time.Minute, MaxHeaderBytes: 64 << 10}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(ln) }()
	seal := time.NewTicker(time.Minute)
	defer seal.Stop()
	started(way.shownAt(ln.Addr()))
	if err := ops.serve(ctx, env, pages); err != nil {
		return errors.Join(err, srv.Close())
	}
	for {
		select {
		case err := <-failed:
			return fault.Wrap(err, fault.Unavailable, "the server stopped")
		case <-seal.C:
			if _, err := h.rec.Checkpoint(ctx); err != nil {
				cfg.Log.Warn("no checkpoint was signed", "error", err)
			}
		case <-ctx.Done():
			pages.Close() // ends the streams of open pages, which would keep the server waiting
			stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			if err := srv.Shutdown(stop); err != nil {
				return srv.Close()
			}
			return nil
		}
	}
}

// shown is an address as a browser takes it.
func shown(address string) string {
	host, port, _ := net.SplitHostPort(address)
	if host == "" || host == "::" || host == "0.0.0.0" {
		host = "127.0.0.1"
	}
	return net.JoinHostPort(host, port)
}

// warnOfKey says that nothing is signed.
func (h *house) warnOfKey(env Env) {
	if !h.rec.Signs() {
		fmt.Fprintln(env.Stderr, "concord: the signing key of the record is not here, so no checkpoint is signed: put the key file back from a backup, or name it with --key")
	}
}

func (h *house) name() string { return h.sec.Sight(mechanism.Actor{}).Name().In("en") }

// sayHowToSignIn tells the person who set the record up how to become its officer on the pages.
func (h *house) sayHowToSignIn(ctx context.Context, env Env, at *place) {
	ids, err := accounts(ctx, h.rec)
	if err != nil {
		return
	}
	if all, err := ids.Accounts(ctx); err != nil || len(all) > 0 {
		return
	}
	fmt.Fprintf(env.Stdout, "Nobody can sign in yet. Set the officer's password:\n  concord password officer --login NAME --data %s\n", at.data)
}

var demoCommand = command{
	name: "demo", args: "[--listen 127.0.0.1:0] [FILE ...]",
	short: "open the China-Central Asia mechanism, signed in as an officer",
	long: `
Founds the mechanism of the shipped pack in a new folder and serves it, with you signed in as an officer of the
Secretariat. Files that you name are imported first. The folder is removed when you stop the program, unless you say
where it shall be.

  concord demo
  concord demo statement.txt`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		data := set.String("data", "", "keep the data in this folder (default: a temporary one)")
		pack := set.String("pack", defaultPack, "the pack: a shipped one or a folder")
		listen := set.String("listen", "127.0.0.1:8080", "address to listen on; if the port is taken, a free one")
		return func(ctx context.Context, env Env, args []string) error {
			return demo(ctx, env, *data, *pack, *listen, args)
		}
	},
}

func demo(ctx context.Context, env Env, data, pack, listen string, files []string) error {
	if !isLoopback(listen) {
		return usage("a demonstration signs everybody in, so it is for this machine only: --listen 127.0.0.1:PORT, not %q", listen)
	}
	if data == "" {
		temp, err := os.MkdirTemp("", "concord-demo-*")
		if err != nil {
			return fault.Wrap(err, fault.Unavailable, "no temporary folder can be made")
		}
		defer os.RemoveAll(temp)
		data = temp
	}
	h, err := (&place{data: data}).openOrFound(ctx, env, pack, demoPeople)
	if err != nil {
		return err
	}
	for _, name := range files {
		if err := h.demoImport(ctx, env, name); err != nil {
			return errors.Join(err, h.Close())
		}
	}
	return errors.Join(h.serve(ctx, env, &door{listen: freePort(listen)}, web.Config{DemoPerson: "officer"}, &operations{}, func(address string) {
		fmt.Fprintf(env.Stdout, "%s\n\n  %s\n\nYou are signed in as an officer of the Secretariat: this is a demonstration. Stop with Ctrl-C.\n", h.name(), address)
	}), h.Close())
}

// demoPeople are an officer, a coordinator of each party and a reader, so that one can see what each of them sees.
func demoPeople(pack *mechanism.Pack) []mechanism.Person {
	var people []mechanism.Person
	for _, act := range pack.Acts() {
		if admit, ok := act.(*mechanism.AdmitParty); ok {
			people = append(people, mechanism.Person{
				ID: "coordinator-" + strings.ToLower(admit.Party.Code), Name: "Coordinator " + admit.Party.Code,
				Office: mechanism.Coordinator, Party: admit.Party.Code,
			})
		}
	}
	return append(people,
		mechanism.Person{ID: "reader", Name: "Reader", Office: mechanism.Reader},
		mechanism.Person{ID: "officer", Name: "Officer", Office: mechanism.Officer})
}

func (h *house) demoImport(ctx context.Context, env Env, name string) error {
	bytes, err := readFile(name, env.Stdin)
	if err != nil {
		return err
	}
	by, err := officer(h.sec, "officer")
	if err != nil {
		return err
	}
	got, err := h.sec.Receive(ctx, by, secretariat.Reception{Name: filepath.Base(name), Data: bytes, ByParagraph: true})
	if fault.KindOf(err) == fault.Conflict { // a demonstration that goes on in its folder meets the file again
		fmt.Fprintf(env.Stderr, "concord: %v\n", err)
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(env.Stdout, "%s: %s wait for review\n", got.Code, count(got.Proposals, "proposed commitment"))
	return nil
}

// freePort gives the address itself when its port is free, else one with a port that the system chooses.
func freePort(listen string) string {
	ln, err := net.Listen("tcp", listen)
	if err == nil {
		ln.Close()
		return listen
	}
	host, _, _ := net.SplitHostPort(listen)
	return net.JoinHostPort(host, "0")
}
