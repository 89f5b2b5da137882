package cli

import (
	"context"
	"flag"
	"fmt"

	"concord/internal/fault"
	"concord/record"
	"concord/secretariat"
)

var verifyCommand = command{
	name: "verify", args: "--data FOLDER",
	short: "check a record: hashes, tree, checkpoints, and that its acts give the state",
	long: `
Reads the whole record without changing it and checks that every act's bytes give the hash that the tree holds, that the
tree's hashes fit together up to the root, that every signed checkpoint is genuine and fits the tree, that the database
itself is sound, and that all acts can be replayed to a state, whose digest it prints. Two houses with the same record
print the same digest.

A damaged record is named act by act, and the exit code is 3.

  concord verify --data ./my-mechanism`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		at := placeFlags(set)
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
			return verify(ctx, env, rec)
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
	if !found.OK() {
		return fault.New(fault.Invalid, "the record is not sound: see above")
	}
	fmt.Fprintf(env.Stdout, "replayed: all acts, each allowed on the state before it; the digest of the state is\n  %s\n", found.Digest)
	return nil
}
