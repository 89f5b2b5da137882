// The program compares Concord with PocketBase, the fastest product of its kind that an IT officer would pick, in one run
// on one machine: the same rows in both, each server a process of its own, asked over loopback with connections that
// stay open, in turns. README.md says what is compared and how to read the figures.
package main

import (
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
)

// groups are the figures that can be asked for, in the order in which they are taken: those that write come last.
var groups = []struct {
	name    string
	measure func(*bench) error
}{{"lists", (*bench).lists}, {"singles", (*bench).singles}, {"pages", (*bench).pages}, {"acts", (*bench).acts}}

func main() {
	log.SetFlags(0)
	log.SetPrefix("peers: ")
	o := options{}
	only := flag.String("only", "", "take only these figures, parted by commas: lists, singles, pages, acts")
	flag.IntVar(&o.rounds, "rounds", 5, "turns that each contender takes; the median counts")
	flag.DurationVar(&o.turn, "turn", 2*time.Second, "how long a turn lasts, at most a minute")
	flag.StringVar(&o.concord, "concord", "", "the binary of Concord to measure (default: built from ../..)")
	flag.StringVar(&o.old, "old", "", "the binary of an earlier Concord, to measure in the same turns")
	flag.StringVar(&o.oldData, "old-data", "", "a data folder for -old, filled by concord bench --fill (default: the same as the new one's)")
	flag.Parse()
	if err := o.check(flag.Args(), *only); err != nil {
		log.Print(err)
		os.Exit(2)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, o); err != nil {
		stop()
		log.Fatal(err)
	}
}

// options are what the command line says.
type options struct {
	only                  []string
	rounds                int
	turn                  time.Duration
	concord, old, oldData string
}

func (o *options) check(args []string, only string) error {
	if len(args) > 0 {
		return fmt.Errorf("%q is too much: there are flags only", args[0])
	}
	if o.rounds < 1 || o.rounds > 100 || o.turn < 50*time.Millisecond || o.turn > time.Minute {
		return fmt.Errorf("take 1 to 100 rounds of 50ms to 1m")
	}
	for _, g := range groups {
		if only == "" || slices.Contains(strings.Split(only, ","), g.name) {
			o.only = append(o.only, g.name)
		}
	}
	if only != "" && len(o.only) != len(strings.Split(only, ",")) {
		return fmt.Errorf("-only %s: the figures are lists, singles, pages and acts", only)
	}
	return nil
}

// bench is a run: the servers that take part and the rows that all of them hold.
type bench struct {
	options
	ctx     context.Context
	dir     string
	new     *concord
	old     *concord // nil without -old
	peer    *pocketBase
	durable *pocketBase // with synchronous=FULL
	rows    []row
}

func run(ctx context.Context, o options) error {
	dir, err := os.MkdirTemp("", "concord-peers-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	b := &bench{options: o, ctx: ctx, dir: dir}
	defer b.stop()
	if err := b.start(); err != nil {
		return err
	}
	fmt.Printf("\n%d cores, %d rows, %d rounds of %s a contender; load of the machine before: %s\n", runtime.NumCPU(), len(b.rows), o.rounds, o.turn, loadAverage())
	for _, g := range groups {
		if !slices.Contains(o.only, g.name) {
			continue
		}
		if err := g.measure(b); err != nil {
			return fmt.Errorf("%s: %w", g.name, err)
		}
	}
	return nil
}

// start builds what is missing, fills it and serves it.
func (b *bench) start() (err error) {
	if b.concord == "" {
		b.concord = filepath.Join(b.dir, "concord")
		if err := build(b.ctx, filepath.Join("..", ".."), b.concord, "./cmd/concord"); err != nil {
			return err
		}
	}
	data := filepath.Join(b.dir, "data")
	if err := tell(b.ctx, "filling a folder of Concord", b.concord, "bench", "--fill", data); err != nil {
		return err
	}
	if b.options.old != "" {
		if b.oldData == "" {
			b.oldData = data
		}
		if b.old, err = startConcord(b.ctx, b.options.old, b.oldData, filepath.Join(b.dir, "old")); err != nil {
			return fmt.Errorf("the earlier Concord: %w", err)
		}
	}
	if b.new, err = startConcord(b.ctx, b.concord, data, filepath.Join(b.dir, "new")); err != nil {
		return err
	}
	if b.rows, err = b.new.allRows(); err != nil {
		return err
	}
	return b.startPeers()
}

// startPeers serves PocketBase with its own durability and, where acts are measured, with that of Concord.
func (b *bench) startPeers() error {
	if slices.Equal(b.only, []string{"pages"}) {
		return nil
	}
	binary := filepath.Join(b.dir, "pocketbase")
	if err := build(b.ctx, "pocketbase", binary, "."); err != nil {
		return err
	}
	rows, err := writeRows(b.dir, b.rows)
	if err != nil {
		return err
	}
	if b.peer, err = startPocketBase(b.ctx, binary, filepath.Join(b.dir, "pb"), rows); err != nil {
		return err
	}
	if slices.Contains(b.only, "acts") {
		b.durable, err = startPocketBase(b.ctx, binary, filepath.Join(b.dir, "pb-full"), rows, "-full")
	}
	return err
}

func (b *bench) stop() {
	for _, c := range []*concord{b.new, b.old} {
		if c != nil {
			c.stop()
		}
	}
	for _, p := range []*pocketBase{b.peer, b.durable} {
		if p != nil {
			p.stop()
		}
	}
}

// loadAverage is what the machine did in the last minute, on Linux.
func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "not known"
	}
	minute, _, _ := strings.Cut(string(text), " ")
	return minute
}
