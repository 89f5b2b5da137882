package cli

import (
	"context"
	"flag"
	"fmt"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"time"

	"concord/internal/fault"
	"concord/lexicon"
	"concord/record"
	"concord/secretariat"
)

var doctorCommand = command{
	name: "doctor", args: "[--data FOLDER]",
	short: "say whether this machine and a data folder are fit for use",
	long: `
Looks at what Concord needs and says what is well, what is not and what to do: the shipped packs and lexicons, the
clock, time zones, the port, and with --data the folder, its rights, free space, the record and its signing key. It
changes nothing. Exit code 7 when something must be mended first.`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		at := placeFlags(set)
		listen := set.String("listen", "127.0.0.1:8080", "the address that serve would listen on")
		return func(ctx context.Context, env Env, args []string) error {
			if err := noArgument("doctor", args); err != nil {
				return err
			}
			d := &doctor{env: env}
			d.say("program", nil, version(), "")
			d.packs()
			_, err := time.LoadLocation("Asia/Almaty")
			d.say("time zones", err, "known", "install the system's time zone data (package tzdata)")
			d.clock()
			d.port(*listen)
			if at.settle(env) == nil {
				d.data(ctx, at)
			}
			if d.ill > 0 {
				return fault.New(fault.Unavailable, "%s to mend", count(d.ill, "thing"))
			}
			return nil
		}
	},
}

// doctor counts what is ill while it speaks.
type doctor struct {
	env Env
	ill int
}

// say prints one finding: well with its detail, or ill with what to do.
func (d *doctor) say(what string, err error, detail, todo string) {
	if err == nil {
		fmt.Fprintf(d.env.Stdout, "well  %-12s %s\n", what, detail)
		return
	}
	d.ill++
	fmt.Fprintf(d.env.Stdout, "ILL   %-12s %v\n      %-12s %s\n", what, err, "", todo)
}

func (d *doctor) packs() {
	for _, name := range shippedPacks() {
		pack, err := loadPack(name)
		detail := name
		if err == nil {
			detail = fmt.Sprintf("%s, %s", name, count(len(pack.Acts()), "founding act"))
		}
		d.say("pack", err, detail, "the program is damaged: install it again")
	}
	d.say("lexicons", lexicon.Check(), "every line can be read", "mend the line that is named")
}

// clock notices a machine that has no idea of the time: acts carry it for ever.
func (d *doctor) clock() {
	var err error
	if now := time.Now(); now.Year() < 2024 {
		err = fmt.Errorf("the clock says %s", now.Format(time.RFC3339))
	}
	d.say("clock", err, time.Now().UTC().Format(time.RFC3339), "set the machine's clock")
}

func (d *doctor) port(listen string) {
	ln, err := net.Listen("tcp", listen)
	if err == nil {
		ln.Close()
	}
	d.say("port", err, listen+" is free", "choose another with --listen")
}

func (d *doctor) data(ctx context.Context, at *place) {
	if !at.postgres() {
		d.folder(at.data)
	}
	there, err := at.exists(ctx)
	if err != nil || !there {
		d.say("record", err, "none yet: concord import makes one", "see the sentence above")
		return
	}
	rec, err := record.Open(ctx, at.config())
	if err != nil {
		d.say("record", err, "", "concord verify says more")
		return
	}
	defer rec.Close()
	found, err := secretariat.Verify(ctx, rec, nil)
	if err == nil && !found.OK() {
		err = fault.New(fault.Invalid, "%s", found.Findings[0].Said)
	}
	if err != nil {
		d.say("record", err, "", "concord verify says more")
		return
	}
	d.say("record", nil, fmt.Sprintf("%s, sound; the state's digest begins with %s", count(int(rec.Size()), "act"), found.Digest[:12]), "")
	d.say("clock of acts", found.Clock(time.Now()), "near the last act", "set the machine's clock, or accept it: concord serve --accept-clock")
	_, err = rec.Checkpoint(ctx)
	d.say("signing key", err, "signs", "put the key file back from a backup, or name it with --key")
}

func (d *doctor) folder(name string) {
	info, err := os.Stat(name)
	if os.IsNotExist(err) {
		d.say("folder", nil, name+" is not there yet", "")
		return
	}
	if err == nil && !info.IsDir() {
		err = fmt.Errorf("%s is not a folder", name)
	}
	d.say("folder", err, name, "name another with --data")
	if err != nil {
		return
	}
	probe, err := os.CreateTemp(name, ".concord-*")
	if err == nil {
		probe.Close()
		os.Remove(probe.Name())
	}
	d.say("rights", err, "can be written to", "give this user the right to write there, or use another folder")
	key := filepath.Join(name, "record.db.key")
	if info, err := os.Stat(key); err == nil && info.Mode().Perm()&fs.FileMode(0o077) != 0 {
		d.say("key's rights", fmt.Errorf("%s can be read by others", key), "", "chmod 600 "+key)
	}
}
