package cli

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"text/tabwriter"
	"time"

	"concord/identity"
	"concord/mechanism"
)

var tokenCommand = command{
	name: "token", args: "PERSON --data FOLDER [--label TEXT], or --list, or --end ID",
	short: "give a program of a person an access token, list the tokens, end one",
	long: `
Makes an access token for a person who holds an office in the mechanism, and prints its secret as the last word: it is
shown this once and not kept. A program that presents it reads what the person may read and does what the person may do,
for a year, until it is ended or the person is relieved. Officers give tokens on the page People, too.

  concord token officer --data ./my-mechanism --label "the ministry's task list"
  concord token --list --data ./my-mechanism
  concord token --end 7k2mhs4qx3ab --data ./my-mechanism

A server that runs on the same record refuses a token that was ended here within five seconds.`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		at := placeFlags(set)
		label := set.String("label", "", "what the token is for (default: that it was given by this command)")
		list := set.Bool("list", false, "list the tokens that are not over")
		end := set.String("end", "", "end the token with this id, which --list shows")
		return func(ctx context.Context, env Env, args []string) error {
			task, err := tokenTask(args, *label, *list, *end)
			if err != nil {
				return err
			}
			if err := at.settle(env); err != nil {
				return err
			}
			h, err := at.open(ctx, env)
			if err != nil {
				return err
			}
			defer h.Close()
			ids, err := accounts(ctx, h.rec)
			if err != nil {
				return err
			}
			return task(ctx, env, h, ids)
		}
	},
}

// tokenTask is which of its three tasks the command is asked for.
func tokenTask(args []string, label string, list bool, end string) (func(context.Context, Env, *house, *identity.Store) error, error) {
	switch {
	case list && end != "":
		return nil, usage("say --list or --end, not both")
	case list:
		return listTokens, noArgument("token --list", args)
	case end != "":
		return func(ctx context.Context, env Env, h *house, ids *identity.Store) error {
			if err := ids.EndToken(ctx, end); err != nil {
				return err
			}
			fmt.Fprintf(env.Stdout, "The access token %s has ended.\n", end)
			return nil
		}, noArgument("token --end ID", args)
	}
	person, err := oneArgument(args, "the person")
	return func(ctx context.Context, env Env, h *house, ids *identity.Store) error {
		return giveToken(ctx, env, h, ids, person, cmp.Or(label, "given by concord token"))
	}, err
}

func giveToken(ctx context.Context, env Env, h *house, ids *identity.Store, person, label string) error {
	p, err := holder(h.sec, person)
	if err != nil {
		return err
	}
	t, secret, err := ids.GiveToken(ctx, p.ID, label, "")
	if err != nil {
		return err
	}
	fmt.Fprintf(env.Stdout, "Access token %s of %s, until %s. Its secret, shown this once:\n%s\n", t.ID, p.Name, day(t.Expires), secret)
	return nil
}

func listTokens(ctx context.Context, env Env, h *house, ids *identity.Store) error {
	all, err := ids.Tokens(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(env.Stdout, "There are no access tokens.")
		return nil
	}
	w := tabwriter.NewWriter(env.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tOF\tGIVEN BY\tGIVEN\tUNTIL\tFOR")
	for _, t := range all {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", t.ID, h.nameOf(t.Person), cmp.Or(h.nameOf(t.Giver), "this command"), day(t.Given), day(t.Expires), t.Label)
	}
	return w.Flush()
}

// nameOf is the name of a person; of nobody, empty.
func (h *house) nameOf(person string) string {
	p, _ := h.sec.Sight(mechanism.Actor{Office: mechanism.Officer}).Person(person)
	return cmp.Or(p.Name, person)
}

func day(t time.Time) string { return t.UTC().Format(time.DateOnly) }
