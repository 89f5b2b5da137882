package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"concord/internal/fault"
	"concord/record"
	"concord/secretariat"
)

var verifyCommand = command{
	name: "verify", args: "--data FOLDER [--checkpoint FILE]",
	short: "check a record: hashes, tree, checkpoints, and that its acts give the state",
	long: `
Reads the whole record without changing it and checks that every act's bytes give the hash that the tree holds, that the
tree's hashes fit together up to the root, that every signed checkpoint is genuine and fits the tree, that the database
itself is sound, and that all acts can be replayed to a state, whose digest it prints. Two houses with the same record
print the same digest.

With --checkpoint it also says whether the record contains the acts that a checkpoint was signed for which you have kept:
the file record.db.key.head of an older copy, or what /record/log/checkpoint once answered. It tells when acts are dated
long after the one before them, or the clock of this machine is far from the last act.

A damaged record is named act by act, and the exit code is 3.

  concord verify --data ./my-mechanism`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		at := placeFlags(set)
		checkpoint := set.String("checkpoint", "", "a file with a checkpoint that you have kept, to compare")
		return func(ctx context.Context, env Env, args []string) error {
			if err := noArgument("verify", args); err != nil {
				return err
			}
			if err := at.settle(env); err != nil {
				return err
			}
			rec, err := record.Inspect(ctx, at.config())
			if err != nil {
				return err
			}
			defer rec.Close()
			return errors.Join(verify(ctx, env, rec), compare(ctx, env, rec, *checkpoint))
		}
	},
}

func verify(ctx context.Context, env Env, rec *record.Record) error {
	bar := newProgress(env, "verifying")
	found, err := secretariat.Verify(ctx, rec, bar.set)
	bar.done()
	if err != nil {
		return err
	}
	fmt.Fprint(env.Stdout, found.String())
	for _, jump := range found.Jumps {
		fmt.Fprintf(env.Stdout, "clock: %s\n", jump)
	}
	if err := found.Clock(time.Now()); err != nil {
		fmt.Fprintf(env.Stdout, "clock: %v\n", err)
	}
	if !found.OK() {
		return fault.New(fault.Invalid, "the record is not sound: see above")
	}
	fmt.Fprintf(env.Stdout, "replayed: all acts, each allowed on the state before it; the digest of the state is\n  %s\n", found.Digest)
	return nil
}

// compare says whether the record contains what a kept checkpoint was signed for; nothing without a file.
func compare(ctx context.Context, env Env, rec *record.Record, file string) error {
	if file == "" {
		return nil
	}
	signed, err := os.ReadFile(file)
	if err != nil {
		return fault.New(fault.NotFound, "%s cannot be opened: %v", file, rootCause(err))
	}
	head, err := rec.Compare(ctx, signed)
	if err != nil {
		return fault.Wrap(err, fault.Invalid, "the record does not contain the checkpoint in %s", file)
	}
	fmt.Fprintf(env.Stdout, "checkpoint %s: the record contains the %s that it signs\n", file, count(int(head.Size), "act"))
	return nil
}
