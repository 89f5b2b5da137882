package cli

import (
	"bufio"
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"concord/commitment"
	"concord/commitment/extract"
	"concord/internal/fault"
	"concord/internal/sample"
	"concord/mechanism"
	"concord/record"
	"concord/statement"
	"concord/web"
)

var benchCommand = command{
	name: "bench", args: "[--quick] [--fill FOLDER]",
	short: "measure this machine against the budgets",
	long: `
Measures Concord on this machine, on invented data of real size in a temporary folder, and prints each figure beside its
budget. Figures are medians; other work on the machine shows in them. Takes about a minute; --quick uses a tenth of the
data and only shows that everything can be measured. --fill measures nothing: it fills a new data folder with the invented
data, ten texts of 1,000 commitments, for concord serve and for measures of your own.`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		quick := set.Bool("quick", false, "a tenth of the data")
		folder := set.String("fill", "", "only fill this new data folder with the invented data")
		return func(ctx context.Context, env Env, args []string) error {
			if err := noArgument("bench", args); err != nil {
				return err
			}
			b := &bench{env: env, scale: 10}
			if *quick {
				b.scale = 1
			}
			if *folder != "" {
				return b.fillFolder(ctx, *folder)
			}
			return b.run(ctx)
		}
	},
}

// bench measures one budget after the other. scale is 10 for the full data, 1 for a tenth.
type bench struct {
	env   Env
	scale int
	dir   string
}

func (b *bench) run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "concord-bench-*")
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "no temporary folder can be made")
	}
	defer os.RemoveAll(dir)
	b.dir = dir
	fmt.Fprintf(b.env.Stdout, "%s, %s\n\n", version(), count(runtime.NumCPU(), "core"))
	for _, measure := range []func(context.Context) error{
		b.binary, b.coldStart, b.extraction, b.appending, b.replay, b.pages, b.live,
	} {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := measure(ctx); err != nil {
			return err
		}
	}
	return nil
}

// say prints one figure beside its budget; worse is how many times the budget it is, above 1 being worse.
func (b *bench) say(what, figure, budget string, ok bool) {
	mark := "reached"
	if !ok {
		mark = "MISSED"
	}
	fmt.Fprintf(b.env.Stdout, "%-58s %16s   budget %-16s %s\n", what, figure, budget, mark)
}

func (b *bench) binary(context.Context) error {
	name, err := os.Executable()
	if err != nil {
		return err
	}
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	mb := float64(info.Size()) / 1e6
	b.say("size of the program", fmt.Sprintf("%.1f MB", mb), "< 40 MB", mb < 40)
	return nil
}

// coldStart runs the program anew: from its start to the first page of the demonstration.
func (b *bench) coldStart(ctx context.Context) error {
	name, err := os.Executable()
	if err != nil {
		return err
	}
	var took []time.Duration
	for range 5 {
		d, err := startOnce(ctx, name)
		if err != nil {
			return err
		}
		took = append(took, d)
	}
	slices.Sort(took)
	mid := took[len(took)/2]
	b.say("from start to first page, shipped pack", mid.Round(time.Millisecond).String(), "< 300 ms", mid < 300*time.Millisecond)
	return nil
}

func startOnce(ctx context.Context, name string) (time.Duration, error) {
	cmd := exec.CommandContext(ctx, name, "demo", "--listen", "127.0.0.1:0")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return 0, err
	}
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	defer func() { cmd.Process.Signal(os.Interrupt); cmd.Wait() }()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if at, ok := strings.CutPrefix(strings.TrimSpace(lines.Text()), "http://"); ok {
			_, err := get("http://" + at + "/")
			return time.Since(begun), err
		}
	}
	return 0, fault.New(fault.Internal, "the demonstration did not say its address")
}

func get(url string) (int, error) {
	res, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	defer res.Body.Close()
	n, err := io.Copy(io.Discard, res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fault.New(fault.Internal, "%s answers %s", url, res.Status)
	}
	return int(n), err
}

// extraction reads statements of each language on one core, file to proposals.
func (b *bench) extraction(context.Context) error {
	for _, lang := range []string{"zh", "ru", "en"} {
		text := []byte(sample.Statement(lang, 500*b.scale))
		var rates []float64
		for range 5 {
			begun := time.Now()
			doc, err := statement.Read("sample.txt", text)
			if err != nil {
				return err
			}
			read := time.Since(begun)
			extract.Propose(doc, extract.Options{})
			extracted := time.Since(begun) - read
			rates = append(rates, float64(len(text))/1e6/extracted.Seconds())
		}
		slices.Sort(rates)
		mid := rates[len(rates)/2]
		b.say("extraction, "+lang, fmt.Sprintf("%.1f MB/s", mid), ">= 5 MB/s", mid >= 5)
	}
	return nil
}

// fillFolder founds the shipped pack with an officer in a new data folder and fills it with ten texts of invented
// commitments, a thousand each at full scale.
func (b *bench) fillFolder(ctx context.Context, folder string) error {
	h, by, err := b.foundIn(ctx, folder)
	if err != nil {
		return err
	}
	for turn := range 10 {
		if err := fillText(ctx, h, by, fmt.Sprintf("BIG%d", 25+turn), turn, 100*b.scale); err != nil {
			return errors.Join(err, h.Close())
		}
	}
	return h.Close()
}

// newHouse founds the shipped pack with an officer in a folder of its own.
func (b *bench) newHouse(ctx context.Context, name string) (*house, mechanism.Actor, error) {
	return b.foundIn(ctx, filepath.Join(b.dir, name))
}

func (b *bench) foundIn(ctx context.Context, folder string) (*house, mechanism.Actor, error) {
	pack, err := loadPack(defaultPack)
	if err != nil {
		return nil, mechanism.Actor{}, err
	}
	at := &place{data: folder}
	person := mechanism.Person{ID: "officer", Name: "Officer", Office: mechanism.Officer}
	h, err := at.found(ctx, b.env, pack, person)
	return h, person.Actor(), err
}

// group is how many acts one transaction takes where appending is compared with a bare insert.
const group = 512

// appending measures durable acts through the one door, and the record's share of the speed of a bare insert of the
// same bytes in transactions of the same size, in turns.
func (b *bench) appending(ctx context.Context) error {
	h, by, err := b.newHouse(ctx, "appending")
	if err != nil {
		return err
	}
	defer h.Close()
	if err := fill(ctx, h, by, edited); err != nil {
		return err
	}
	n := 4 * group * b.scale
	var acts, ratios []float64
	for i := range 5 {
		rate, err := appendRate(ctx, h, by, n)
		if err != nil {
			return err
		}
		entries, err := newest(ctx, h.rec, n)
		if err != nil {
			return err
		}
		ratio, err := b.besideBare(ctx, i, entries)
		if err != nil {
			return err
		}
		acts, ratios = append(acts, rate), append(ratios, ratio)
	}
	slices.Sort(acts)
	slices.Sort(ratios)
	rate, ratio := acts[len(acts)/2], ratios[len(ratios)/2]
	b.say("durable acts through the door, 512 callers", fmt.Sprintf("%.0f acts/s", rate), ">= 10000 acts/s", rate >= 10000)
	b.say("record, as a share of a bare insert of the same bytes", fmt.Sprintf("%.0f %%", 100*ratio), ">= 60 %", ratio >= .6)
	return nil
}

// newest gives the last n acts of a record.
func newest(ctx context.Context, rec *record.Record, n int) ([]record.Entry, error) {
	var entries []record.Entry
	for e, err := range rec.Read(ctx, rec.Size()-int64(n), rec.Size()) {
		if err != nil {
			return nil, err
		}
		entries = append(entries, e)
	}
	return entries, nil
}

// besideBare writes the acts to a record and to a bare table, group by group in turns, and gives the record's speed as
// a share of the other's.
func (b *bench) besideBare(ctx context.Context, turn int, entries []record.Entry) (float64, error) {
	rec, err := record.Create(ctx, record.Config{DSN: filepath.Join(b.dir, fmt.Sprintf("signed-%d.db", turn)), Origin: "concord.local/bench"})
	if err != nil {
		return 0, err
	}
	defer rec.Close()
	bare, err := b.newBare(ctx, turn)
	if err != nil {
		return 0, err
	}
	defer bare.rec.Close()
	var ours, theirs time.Duration
	for part := range slices.Chunk(entries, group) {
		drafts := make([]record.Draft, len(part))
		for i, e := range part {
			drafts[i] = record.Draft{Time: e.Time, Kind: e.Kind, Actor: e.Actor, Visibility: e.Visibility, Body: e.Body}
		}
		begun := time.Now()
		if _, err := rec.Append(ctx, rec.Size(), drafts); err != nil {
			return 0, err
		}
		middle := time.Now()
		if err := bare.insert(ctx, part); err != nil {
			return 0, err
		}
		ours, theirs = ours+middle.Sub(begun), theirs+time.Since(middle)
	}
	return theirs.Seconds() / ours.Seconds(), nil
}

// edited is how many commitments the callers correct, over and over.
const edited = 1000

// appendRate has many callers correct commitments at once, each waiting until its act is durable.
func appendRate(ctx context.Context, h *house, by mechanism.Actor, n int) (float64, error) {
	const callers = 512
	var standing []commitment.Proposal
	for _, c := range h.sec.Sight(by).Ledger().Of(sample.Code) {
		standing = append(standing, c.Proposal)
	}
	var wg sync.WaitGroup
	failed := make(chan error, callers)
	begun := time.Now()
	for c := range callers {
		wg.Go(func() {
			for i := c; i < n; i += callers {
				act := &mechanism.EditCommitment{Item: mechanism.Item{Text: sample.Code, N: 1 + i%edited}, Proposal: standing[i%edited], Reason: "measured"}
				if _, err := h.sec.Do(ctx, by, act); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(failed)
	return float64(n) / time.Since(begun).Seconds(), <-failed
}

// bareTable is the least that keeps the same bytes as durably: one table of a database with the record's own settings,
// filled with a prepared statement of many rows.
type bareTable struct {
	rec  *record.Record // whose database it lies in
	db   *sql.DB
	many *sql.Stmt
}

// bareRows is how many rows one statement inserts; it divides group.
const bareRows = 128

func (b *bench) newBare(ctx context.Context, turn int) (bareTable, error) {
	rec, err := record.Create(ctx, record.Config{DSN: filepath.Join(b.dir, fmt.Sprintf("bare-%d.db", turn)), Origin: "concord.local/bare"})
	if err != nil {
		return bareTable{}, err
	}
	db, _ := rec.DB()
	if _, err := db.ExecContext(ctx, "CREATE TABLE bare (seq INTEGER PRIMARY KEY, header BLOB NOT NULL, body BLOB)"); err != nil {
		return bareTable{}, err
	}
	many, err := db.PrepareContext(ctx, "INSERT INTO bare (seq, header, body) VALUES "+strings.TrimSuffix(strings.Repeat("(?, ?, ?), ", bareRows), ", "))
	return bareTable{rec, db, many}, err
}

func (t bareTable) insert(ctx context.Context, part []record.Entry) error {
	tx, err := t.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // after Commit it does nothing
	in := tx.StmtContext(ctx, t.many)
	for rows := range slices.Chunk(part, bareRows) {
		args := make([]any, 0, 3*bareRows)
		for _, e := range rows {
			args = append(args, e.Seq, e.Leaf, e.Body)
		}
		if _, err := in.ExecContext(ctx, args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}

// replay folds a record of many acts.
func (b *bench) replay(ctx context.Context) error {
	h, by, err := b.newHouse(ctx, "replay")
	if err != nil {
		return err
	}
	n := 10000 * b.scale
	if err := fill(ctx, h, by, n/2); err != nil {
		return err
	}
	for i := 0; i < n/2; i += 1000 {
		var acts []mechanism.Act
		for j := range min(1000, n/2-i) {
			acts = append(acts, &mechanism.ReopenCommitment{Item: mechanism.Item{Text: sample.Code, N: i + j + 1}, Reason: "measured"})
		}
		if _, err := h.sec.Do(ctx, by, acts...); err != nil {
			return err
		}
	}
	if err := h.Close(); err != nil {
		return err
	}
	at := &place{data: filepath.Join(b.dir, "replay")}
	begun := time.Now()
	if h, err = at.open(ctx, Env{}); err != nil {
		return err
	}
	took, acts := time.Since(begun), h.rec.Size()
	b.say(fmt.Sprintf("replay of %d acts", acts), took.Round(10*time.Millisecond).String(), "< 3 s", took < 3*time.Second)
	return h.Close()
}

// fill accepts so many invented commitments, in groups.
func fill(ctx context.Context, h *house, by mechanism.Actor, commitments int) error {
	return fillText(ctx, h, by, sample.Code, 0, commitments)
}

// fillText accepts so many invented commitments of one text, in groups.
func fillText(ctx context.Context, h *house, by mechanism.Actor, code string, turn, commitments int) error {
	for part := range slices.Chunk(sample.Volume(h.sec.Sight(by), code, turn, commitments), 1000) {
		if _, err := h.sec.Do(ctx, by, part...); err != nil {
			return err
		}
	}
	return nil
}

// pages measures the memory of a large ledger and the time of each page on it, as a client on this machine sees it.
func (b *bench) pages(ctx context.Context) error {
	h, by, err := b.newHouse(ctx, "pages")
	if err != nil {
		return err
	}
	defer h.Close()
	before := heap()
	if err := fill(ctx, h, by, 1000*b.scale); err != nil {
		return err
	}
	mb := float64(heap()-before) / 1e6
	b.say(fmt.Sprintf("memory for %d commitments x 6 parties", 1000*b.scale), fmt.Sprintf("%.0f MB", mb), "< 100 MB", mb < 100)
	// As an officer sees them: what the public sees is rendered once an act and kept.
	address, stop, err := b.serve(ctx, h, web.Config{DemoPerson: by.Person})
	if err != nil {
		return err
	}
	defer stop()
	for _, page := range []string{"/", "/texts", "/texts/CHD24", "/commitments", "/commitments?group=track", "/commitments/" + commitment.Ref(sample.Code, 17), "/record"} {
		var took []time.Duration
		for range 9 {
			begun := time.Now()
			if _, err := get(address + page); err != nil {
				return err
			}
			took = append(took, time.Since(begun))
		}
		slices.Sort(took)
		mid := took[len(took)/2]
		b.say("page "+page, mid.Round(100*time.Microsecond).String(), "< 20 ms", mid < 20*time.Millisecond)
	}
	return nil
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// serve serves a house on a free port of this machine until stop is called.
func (b *bench) serve(ctx context.Context, h *house, cfg web.Config) (address string, stop func(), err error) {
	ids, err := accounts(ctx, h.rec)
	if err != nil {
		return "", nil, err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	pages := web.New(h.sec, ids, cfg)
	srv := &http.Server{Handler: pages}
	go srv.Serve(ln)
	return "http://" + ln.Addr().String(), func() { pages.Close(); srv.Close() }, nil
}
