package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"concord/identity"
	"concord/internal/fault"
	"concord/record"
)

// accounts opens the sign-in accounts beside a record.
func accounts(ctx context.Context, rec *record.Record) (*identity.Store, error) {
	db, dialect := rec.DB()
	return identity.Open(ctx, db, string(dialect), time.Now)
}

var passwordCommand = command{
	name: "password", args: "PERSON --data FOLDER [--login NAME]",
	short: "set the password that a person signs in with",
	long: `
Sets the password of a person who holds an office in the mechanism, and ends that person's sessions. The person is named by
id, or by an office that nobody else holds. The password is asked for on the terminal, twice, or read as one line from the
standard input. It needs twelve characters or more.

The first time, choose the name to sign in with; an e-mail address will do. A person's id stands in the public record, so it
is no good name.

  concord password officer --login a.karimova --data ./my-mechanism`,
	flags: func(set *flag.FlagSet) func(context.Context, Env, []string) error {
		at := placeFlags(set)
		login := set.String("login", "", "the name to sign in with (default: the one that the person has)")
		return func(ctx context.Context, env Env, args []string) error {
			person, err := oneArgument(args, "the person")
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
			p, err := holder(h.sec, person)
			if err != nil {
				return err
			}
			ids, err := accounts(ctx, h.rec)
			if err != nil {
				return err
			}
			name, err := loginOf(ctx, ids, p.ID, *login)
			if err != nil {
				return err
			}
			secret, err := askPassword(env)
			if err != nil {
				return err
			}
			if err := ids.SetPassword(ctx, name, p.ID, secret); err != nil {
				return err
			}
			fmt.Fprintf(env.Stdout, "%s signs in as %q from now on.\n", p.Name, strings.ToLower(name))
			return nil
		}
	},
}

// loginOf is the name that a person is to sign in with: the one that is wished, else the one that they have.
func loginOf(ctx context.Context, ids *identity.Store, person, wished string) (string, error) {
	if strings.EqualFold(strings.TrimSpace(wished), person) {
		return "", fault.New(fault.Invalid, "%q is the person's id, which stands in the public record: choose another name to sign in with", person)
	}
	if wished != "" {
		return wished, nil
	}
	all, err := ids.Accounts(ctx)
	if err != nil {
		return "", err
	}
	for _, a := range all {
		if a.Person == person {
			return a.Login, nil
		}
	}
	return "", usage("choose the name to sign in with: --login NAME")
}

// askPassword asks twice on a terminal, or takes one line of the standard input.
func askPassword(env Env) (string, error) {
	in, ok := env.Stdin.(*os.File)
	if !ok || !isTerminal(in) {
		line, err := bufio.NewReader(env.Stdin).ReadString('\n')
		if line == "" && err != nil {
			return "", fault.New(fault.Invalid, "no password came in on the standard input")
		}
		return strings.TrimRight(line, "\r\n"), nil
	}
	first, err := ask(env, in, "Password: ")
	if err != nil {
		return "", err
	}
	if err := identity.CheckPassword(first); err != nil {
		return "", err
	}
	second, err := ask(env, in, "Once more: ")
	if err == nil && first != second {
		err = fault.New(fault.Invalid, "the two differ: nothing was changed")
	}
	return first, err
}

func ask(env Env, in *os.File, prompt string) (string, error) {
	fmt.Fprint(env.Stderr, prompt)
	secret, err := term.ReadPassword(int(in.Fd()))
	fmt.Fprintln(env.Stderr)
	return string(secret), fault.Wrap(err, fault.Unavailable, "the password cannot be read")
}

// exportAccounts writes the accounts as lines of an archive.
func exportAccounts(ctx context.Context, rec *record.Record, enc *json.Encoder) error {
	ids, err := accounts(ctx, rec)
	if err != nil {
		return err
	}
	all, err := ids.Backup(ctx)
	if err != nil {
		return err
	}
	for _, a := range all {
		if err := enc.Encode(struct {
			Account identity.Sealed `json:"account"`
		}{a}); err != nil {
			return err
		}
	}
	return nil
}

// restoreAccount puts one line's account back.
func restoreAccount(ctx context.Context, rec *record.Record, line json.RawMessage) error {
	var a identity.Sealed
	if err := json.Unmarshal(line, &a); err != nil {
		return fault.New(fault.Invalid, "an account of the archive cannot be read: %v", err)
	}
	ids, err := accounts(ctx, rec)
	if err != nil {
		return err
	}
	return ids.Restore(ctx, a)
}
