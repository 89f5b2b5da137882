package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/record"
)

// The archive is lines of JSON: a head, one line an act, lines of accounts if asked for, and a foot with the root hash.
type archiveHead struct {
	Concord string `json:"concord"` // "archive"
	Format  int    `json:"format"`
	Origin  string `json:"origin"`
}

type archiveAct struct {
	Seq        int64           `json:"seq"`
	Time       time.Time       `json:"time"`
	Kind       string          `json:"kind"`
	Actor      record.Actor    `json:"actor"`
	Visibility string          `json:"visibility"`
	Body       json.RawMessage `json:"body"`
}

type archiveFoot struct {
	Acts int64  `json:"acts"`
	Root string `json:"root"`
}

// archiveLine is any line of an archive; the field that is there says which.
type archiveLine struct {
	archiveHead
	Act     *archiveAct     `json:"act,omitempty"`
	Account json.RawMessage `json:"account,omitempty"`
	End     *archiveFoot    `json:"end,omitempty"`
}

const archiveFormat = 1

// maxLine bounds one line of an archive: a text of the largest size, in base64 beside what was read from it.
const maxLine = 512 << 20

func (p *place) export(ctx context.Context, env Env, w io.Writer, accounts bool) error {
	rec, err := record.Open(ctx, p.config())
	if err != nil {
		return err
	}
	defer rec.Close()
	out := bufio.NewWriterSize(w, 1<<20)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	head, err := rec.Head(ctx)
	if err != nil {
		return err
	}
	if err := enc.Encode(archiveHead{"archive", archiveFormat, rec.Origin()}); err != nil {
		return err
	}
	bar := newProgress(env, "exporting")
	defer bar.done()
	for e, err := range rec.Read(ctx, 0, head.Size) {
		if err != nil {
			return err
		}
		act := archiveAct{e.Seq, e.Time, e.Kind, e.Actor, e.Visibility, e.Body}
		if err := enc.Encode(struct {
			Act archiveAct `json:"act"`
		}{act}); err != nil {
			return err
		}
		bar.set(e.Seq+1, head.Size)
	}
	if accounts {
		if err := exportAccounts(ctx, rec, enc); err != nil {
			return err
		}
	}
	foot := archiveFoot{head.Size, head.Root.String()}
	if err := enc.Encode(struct {
		End archiveFoot `json:"end"`
	}{foot}); err != nil {
		return err
	}
	return out.Flush()
}

var restoreCommand = command{
	name: "restore", args: "FILE --data FOLDER",
	short: "make a record anew from what concord export wrote",
	long: `
Makes a new record from an archive, act for act, checks each act as it is replayed, and compares the root hash at the
end: the same record, or none. It is made beside the data folder and moved there when all of it is right. The data folder
must not hold a record yet. The private key is in no archive: put the key file of the record and its signed head
(record.db.key, record.db.key.head) into the folder first if you have them and the archive has all that they signed;
otherwise a new key is made, which those who verify the record have to be told.

  concord restore backup.jsonl --data ./second-house`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		at := placeFlags(set)
		return func(ctx context.Context, env Env, args []string) error {
			name, err := oneArgument(args, "the file to restore from")
			if err != nil {
				return err
			}
			if err := at.settle(env); err != nil {
				return err
			}
			in := env.Stdin
			if name != "-" {
				f, err := os.Open(name)
				if err != nil {
					return fault.New(fault.NotFound, "%s cannot be opened: %v", name, rootCause(err))
				}
				defer f.Close()
				in = f
			}
			return at.restore(ctx, env, name, in)
		}
	},
}

// restore reads the archive twice: once to see that it is whole and every act is known, once to write it. What cannot be
// read leaves nothing behind.
func (p *place) restore(ctx context.Context, env Env, name string, in io.Reader) error {
	there, err := p.exists(ctx)
	if err != nil {
		return err
	}
	if there {
		return fault.New(fault.Conflict, "%s holds a record already: restore into an empty folder", p.data)
	}
	file, err := spool(in)
	if err != nil {
		return fault.Wrap(err, fault.Unavailable, "%s cannot be read", name)
	}
	defer file.close()
	first, err := inspectArchive(name, file.f)
	if err != nil {
		return err
	}
	if _, err := file.f.Seek(0, io.SeekStart); err != nil {
		return err
	}
	undo := p.begin()
	if p.postgres() {
		err = p.refill(ctx, env, file.f, first)
	} else {
		err = p.refillAside(ctx, env, file.f, first)
	}
	if err != nil {
		undo()
		return err
	}
	fmt.Fprintf(env.Stdout, "Restored %s into %s: the same root hash, %s.\n", count(int(first.foot.Acts), "act"), p.data, first.foot.Root)
	return nil
}

// refill makes the record and writes what the archive has.
func (p *place) refill(ctx context.Context, env Env, in io.Reader, frame archiveFrame) error {
	cfg := p.config()
	cfg.Origin = frame.head.Origin
	rec, err := record.Create(ctx, cfg)
	if err != nil {
		return err
	}
	return errors.Join(refill(ctx, env, rec, in, frame.foot), rec.Close())
}

// refillAside restores in a folder beside the one that is wanted, and moves the record over when its root fits, the
// database last: a restore that is killed leaves nothing that looks like a record.
func (p *place) refillAside(ctx context.Context, env Env, in io.Reader, frame archiveFrame) error {
	aside := &place{data: filepath.Clean(p.data) + ".restoring", key: p.key}
	if err := os.RemoveAll(aside.data); err != nil { // of one that was killed
		return fault.Wrap(err, fault.Unavailable, "the folder %s cannot be removed", aside.data)
	}
	defer os.RemoveAll(aside.data)
	for _, folder := range []string{aside.data, p.data} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return fault.Wrap(err, fault.Unavailable, "the data folder %s cannot be made", folder)
		}
	}
	from, to := aside.config().DSN, p.config().DSN
	beside := []string{".key", ".key.head"} // what belongs to the record and may be there already
	for _, name := range beside {
		if err := copyIfThere(to+name, from+name); err != nil {
			return err
		}
	}
	if err := aside.refill(ctx, env, in, frame); err != nil {
		return err
	}
	if isThere(from + "-wal") {
		return fault.New(fault.Unavailable, "the database at %s has not let go of its log", from)
	}
	for _, name := range append(beside, "") {
		if !isThere(from + name) {
			continue
		}
		if err := os.Rename(from+name, to+name); err != nil {
			return fault.Wrap(err, fault.Unavailable, "the restored record cannot be moved to %s", to+name)
		}
	}
	return nil
}

// copyIfThere copies a file that only its owner reads.
func copyIfThere(from, to string) error {
	content, err := os.ReadFile(from)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = os.WriteFile(to, content, 0o600)
	}
	return fault.Wrap(err, fault.Unavailable, "%s cannot be copied to %s", from, to)
}

// spooled is an archive that can be read twice.
type spooled struct {
	f    *os.File
	temp bool
}

func (s spooled) close() {
	s.f.Close()
	if s.temp {
		os.Remove(s.f.Name())
	}
}

func spool(in io.Reader) (spooled, error) {
	if f, ok := in.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
			return spooled{f, false}, nil
		}
	}
	f, err := os.CreateTemp("", "concord-archive-*")
	if err != nil {
		return spooled{}, err
	}
	if _, err := io.Copy(f, in); err != nil {
		return spooled{}, err
	}
	_, err = f.Seek(0, io.SeekStart)
	return spooled{f, true}, err
}

type archiveFrame struct {
	head archiveHead
	foot archiveFoot
}

// inspectArchive reads a whole archive and checks its form, its numbers and that every act is one this program knows.
func inspectArchive(name string, in io.Reader) (archiveFrame, error) {
	var frame archiveFrame
	acts, ended := int64(0), false
	err := eachLine(in, func(n int, line archiveLine) error {
		switch {
		case n == 1:
			if line.Concord != "archive" {
				return fault.New(fault.Invalid, "%s is not an archive that concord export wrote", name)
			}
			if line.Format > archiveFormat {
				return fault.New(fault.Invalid, "%s is of format %d; this version of Concord reads up to %d: use a newer version", name, line.Format, archiveFormat)
			}
			frame.head = line.archiveHead
		case ended:
			return fault.New(fault.Invalid, "%s:%d: something follows the end", name, n)
		case line.Act != nil:
			if line.Act.Seq != acts {
				return fault.New(fault.Invalid, "%s:%d: act %d stands where act %d should", name, n, line.Act.Seq, acts)
			}
			acts++
			_, err := mechanism.Decode(line.Act.Kind, line.Act.Body)
			return fault.During(err, "%s:%d", name, n)
		case line.End != nil:
			frame.foot, ended = *line.End, true
		}
		return nil
	})
	if err != nil {
		return frame, err
	}
	if !ended || frame.foot.Acts != acts {
		return frame, fault.New(fault.Invalid, "%s is cut: its last line is missing or does not count %s", name, count(int(acts), "act"))
	}
	return frame, nil
}

// refill writes the acts and accounts of an archive into a new record, and compares the root hash.
func refill(ctx context.Context, env Env, rec *record.Record, in io.Reader, foot archiveFoot) error {
	bar := newProgress(env, "restoring")
	defer bar.done()
	var drafts []record.Draft
	flush := func() error {
		_, err := rec.Append(ctx, rec.Size(), drafts)
		drafts = drafts[:0]
		bar.set(rec.Size(), foot.Acts)
		return err
	}
	err := eachLine(in, func(n int, line archiveLine) error {
		switch {
		case line.Act != nil:
			a := line.Act
			drafts = append(drafts, record.Draft{Time: a.Time, Kind: a.Kind, Actor: a.Actor, Visibility: a.Visibility, Body: a.Body})
			if len(drafts) < 1000 {
				return nil
			}
			return flush()
		case line.Account != nil:
			return restoreAccount(ctx, rec, line.Account)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := flush(); err != nil {
		return err
	}
	head, err := rec.Head(ctx)
	if err != nil {
		return err
	}
	if head.Root.String() != foot.Root {
		return fault.New(fault.Invalid, "the archive does not give the record it was made from: its root hash is %s, not %s", head.Root, foot.Root)
	}
	return nil
}

// eachLine decodes an archive line by line, counting from 1.
func eachLine(in io.Reader, do func(n int, line archiveLine) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 1<<20), maxLine)
	n := 0
	for lines.Scan() {
		n++
		var line archiveLine
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return fault.New(fault.Invalid, "line %d of the archive is not JSON: %v", n, err)
		}
		if err := do(n, line); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fault.Wrap(err, fault.Invalid, "the archive cannot be read after line %d", n)
	}
	if n == 0 {
		return fault.New(fault.Invalid, "the archive is empty")
	}
	return nil
}
