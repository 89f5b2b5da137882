package cli

import (
	"context"
	"errors"
	"flag"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/packs"
	"concord/record"
	"concord/secretariat"
)

// place is where a mechanism's record is: a folder with a SQLite file, or a PostgreSQL address with a key file.
type place struct {
	data string
	key  string
	head string
	log  *slog.Logger // is told how the record can be followed; nil: nobody
}

func placeFlags(set *flag.FlagSet) *place {
	p := &place{}
	set.StringVar(&p.data, "data", "", "the data folder, or a PostgreSQL address postgres://... (default: $CONCORD_DATA)")
	set.StringVar(&p.key, "key", "", "the file of the key that signs checkpoints; needed with PostgreSQL (default: record.db.key in the data folder)")
	set.StringVar(&p.head, "head", "", "the file that keeps the newest signed head, written at each signing (default: beside the key, ending in .head)")
	return p
}

// settle fills in what the environment says and refuses to guess the rest.
func (p *place) settle(env Env) error {
	if p.data == "" {
		p.data = env.Getenv("CONCORD_DATA")
	}
	if p.data == "" {
		return usage("say where the data is: --data FOLDER")
	}
	if p.postgres() && p.key == "" {
		return usage("with PostgreSQL, name the file of the signing key: --key FILE")
	}
	return nil
}

func (p *place) postgres() bool {
	return strings.HasPrefix(p.data, "postgres://") || strings.HasPrefix(p.data, "postgresql://")
}

func (p *place) config() record.Config {
	if p.postgres() {
		return record.Config{DSN: p.data, KeyFile: p.key, HeadFile: p.head}
	}
	return record.Config{DSN: filepath.Join(p.data, "record.db"), KeyFile: p.key, HeadFile: p.head}
}

// exists says whether a record is there. A folder without one is not an error.
func (p *place) exists(ctx context.Context) (bool, error) {
	if !p.postgres() {
		_, err := os.Stat(p.config().DSN)
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		return err == nil, fault.Wrap(err, fault.Unavailable, "%s cannot be looked at", p.config().DSN)
	}
	rec, err := record.Inspect(ctx, p.config())
	if err == nil {
		return true, rec.Close()
	}
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return false, err
}

// begin notes what is in the folder and gives the way back to it, for a record that is made and then cannot be filled: what
// came since is removed, what was there stays. A record that was there before is never touched, nor is PostgreSQL.
func (p *place) begin() (undo func()) {
	cfg := p.config()
	if p.postgres() || isThere(cfg.DSN) {
		return func() {}
	}
	names := slices.DeleteFunc(append(cfg.Files(), p.data), isThere)
	return func() {
		for _, name := range names {
			os.Remove(name) // the folder comes last, and stays if anything else is in it
		}
	}
}

func isThere(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// house is an opened mechanism.
type house struct {
	rec *record.Record
	sec *secretariat.Secretariat
}

func (h *house) Close() error {
	h.sec.Close()
	return h.rec.Close()
}

// open opens the mechanism that is there.
func (p *place) open(ctx context.Context, env Env) (*house, error) {
	return p.openWith(ctx, env, new(words))
}

// openWith opens the mechanism that is there, with the words of an officer on what it would be refused for.
func (p *place) openWith(ctx context.Context, env Env, w *words) (*house, error) {
	h, err := p.openAny(ctx, env, w)
	if err == nil && h.sec.Acts() == 0 {
		err = errors.Join(fault.New(fault.Unavailable, "the record in %s has no act: its founding was broken off; concord import does it again", p.data), h.Close())
	}
	if err != nil {
		return nil, err
	}
	if err := h.accept(ctx, w); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// openAny opens the record that is there, with or without a mechanism.
func (p *place) openAny(ctx context.Context, env Env, w *words) (*house, error) {
	there, err := p.exists(ctx)
	if err != nil {
		return nil, err
	}
	if !there {
		return nil, fault.New(fault.NotFound, "there is no record in %s: concord import makes one, concord demo shows one", p.data)
	}
	cfg := p.config()
	cfg.Rollback = w.rollback != ""
	rec, err := record.Open(ctx, cfg)
	if err != nil {
		return nil, err
	}
	return p.enter(ctx, env, rec)
}

func (p *place) enter(ctx context.Context, env Env, rec *record.Record) (*house, error) {
	// Other nodes write to PostgreSQL, and other commands to a folder; what is seen is never older than a second. A folder that
	// does not answer, nobody else can read either, so what was seen stands.
	cfg := secretariat.Config{Poll: time.Second / 2, Log: p.log}
	if p.postgres() {
		cfg.Stale = 5 * time.Second
	}
	bar := newProgress(env, "reading the record")
	cfg.Progress = bar.set
	sec, err := secretariat.Open(ctx, rec, cfg)
	bar.done()
	if err != nil {
		return nil, errors.Join(err, rec.Close())
	}
	return &house{rec, sec}, nil
}

// found makes a new record, or takes one that has no act yet, and founds the mechanism of a pack in it.
func (p *place) found(ctx context.Context, env Env, pack *mechanism.Pack, people ...mechanism.Person) (*house, error) {
	if !p.postgres() {
		if err := os.MkdirAll(p.data, 0o700); err != nil {
			return nil, fault.Wrap(err, fault.Unavailable, "the data folder %s cannot be made", p.data)
		}
	}
	cfg := p.config()
	cfg.Origin = "concord.local/" + pack.ID
	rec, err := record.Create(ctx, cfg)
	if fault.KindOf(err) == fault.Conflict {
		rec, err = record.Open(ctx, cfg)
	}
	if err != nil {
		return nil, err
	}
	h, err := p.enter(ctx, env, rec)
	if err != nil {
		return nil, err
	}
	if h.sec.Acts() > 0 {
		return nil, errors.Join(fault.New(fault.Conflict, "there is a record in %s already", p.data), h.Close())
	}
	acts := pack.Acts()
	for _, person := range people {
		acts = append(acts, &mechanism.AppointPerson{Person: person})
	}
	if _, err := h.sec.Do(ctx, mechanism.Actor{Person: "founder", Office: mechanism.Founder}, acts...); err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// loadPack reads a pack by the name of a shipped one or from a folder.
func loadPack(name string) (*mechanism.Pack, error) {
	if strings.ContainsRune(name, os.PathSeparator) || name == "." {
		return mechanism.LoadPack(os.DirFS(name))
	}
	files, err := fs.Sub(packs.FS, name)
	if err != nil {
		return nil, fault.New(fault.NotFound, "%q cannot be the name of a pack", name)
	}
	if _, err := fs.Stat(files, "mechanism.json"); err != nil {
		return nil, fault.New(fault.NotFound, "no pack called %q is shipped: name one of %s, or a folder such as ./%s", name, strings.Join(shippedPacks(), ", "), name)
	}
	return mechanism.LoadPack(files)
}

func shippedPacks() []string {
	var names []string
	entries, _ := fs.ReadDir(packs.FS, ".")
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

const defaultPack = "china-central-asia"
