// Package cli is the command line of Concord: one table of commands, each a function from arguments and streams to an
// error. [Main] takes everything it touches as values, so that a test runs the real program.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"text/tabwriter"

	"concord/internal/fault"
)

// Env is what a command may touch of the world around it.
type Env struct {
	Stdin    io.Reader
	Stdout   io.Writer
	Stderr   io.Writer
	Getenv   func(string) string
	Terminal bool            // Stderr is a terminal: progress may be drawn on it
	Context  context.Context // ends when the program is asked to stop; nil: never
}

// System is the environment of the running process.
func System() Env {
	return Env{Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Terminal: isTerminal(os.Stderr)}
}

// command is one row of the table of commands.
type command struct {
	name  string
	args  string // after the name, in the usage line
	short string // what it does, in one line
	long  string // help that is worth reading: what it does, what it changes, an example
	flags func(*flag.FlagSet) func(ctx context.Context, env Env, args []string) error
}

// Exit codes. A script can tell what happened without reading the sentence.
const (
	ExitOK          = 0
	ExitInternal    = 1 // a fault of the program
	ExitUsage       = 2 // the command line makes no sense
	ExitInvalid     = 3 // the input makes no sense as it stands
	ExitNotFound    = 4
	ExitConflict    = 5 // it is there already, or the state has moved
	ExitDenied      = 6
	ExitUnavailable = 7 // disk, database, network or a record that is no sound record stand in the way
)

var exitCodes = map[fault.Kind]int{
	fault.Invalid: ExitInvalid, fault.NotFound: ExitNotFound, fault.Conflict: ExitConflict,
	fault.Denied: ExitDenied, fault.Unavailable: ExitUnavailable, fault.Unknown: ExitUnavailable, fault.Internal: ExitInternal,
}

// usageError is a mistake on the command line itself.
type usageError struct{ what string }

func (e usageError) Error() string { return e.what }

func usage(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// Main runs one command and gives the exit code.
func Main(args []string, env Env) int {
	ctx := env.Context
	if ctx == nil {
		var stop context.CancelFunc
		ctx, stop = signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
	}
	if len(args) == 0 {
		overview(env.Stdout)
		return ExitOK
	}
	switch args[0] {
	case "help", "-h", "--help", "-help":
		return help(env, args[1:])
	case "version", "--version", "-version":
		fmt.Fprintln(env.Stdout, version())
		return ExitOK
	}
	cmd, ok := find(args[0])
	if !ok {
		return fail(env, usage("there is no command %q: run concord without arguments to see them all", args[0]))
	}
	return run(ctx, env, cmd, args[1:])
}

// run parses the flags wherever they stand among the arguments, and runs the command.
func run(ctx context.Context, env Env, cmd command, args []string) int {
	set := flag.NewFlagSet(cmd.name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	do := cmd.flags(set)
	var rest []string
	for {
		if err := set.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return help(env, []string{cmd.name})
			}
			return fail(env, usage("%v: see concord help %s", err, cmd.name))
		}
		if set.NArg() == 0 {
			break
		}
		rest = append(rest, set.Arg(0))
		args = set.Args()[1:]
	}
	return fail(env, do(ctx, env, rest))
}

// fail tells the person what went wrong, in one sentence, and gives the exit code. No error is exit code 0.
func fail(env Env, err error) int {
	if err == nil {
		return ExitOK
	}
	if use, ok := errors.AsType[usageError](err); ok {
		fmt.Fprintf(env.Stderr, "concord: %s\n", use.what)
		return ExitUsage
	}
	kind := fault.KindOf(err)
	if errors.Is(err, fs.ErrNotExist) && kind == fault.Internal {
		kind = fault.NotFound
	}
	fmt.Fprintf(env.Stderr, "concord: %v\n", err)
	return exitCodes[kind]
}

func find(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

// overview lists what the program can do.
func overview(w io.Writer) {
	fmt.Fprint(w, `Concord: from the words that states adopt to the deeds that follow, on a record that every party can verify.

Start here:
  concord demo                       open the China-Central Asia mechanism in your browser
  concord read statement.txt         read a text and see the commitments in it; nothing is stored

Commands:
`)
	tw := tabwriter.NewWriter(w, 0, 0, 3, ' ', 0)
	for _, c := range commands() {
		fmt.Fprintf(tw, "  %s\t%s\n", c.name, c.short)
	}
	tw.Flush()
	fmt.Fprint(w, "\nHelp on one of them: concord help COMMAND\n")
}

// help prints the manual of one command.
func help(env Env, args []string) int {
	if len(args) == 0 {
		overview(env.Stdout)
		return ExitOK
	}
	cmd, ok := find(args[0])
	if !ok {
		return fail(env, usage("there is no command %q", args[0]))
	}
	set := flag.NewFlagSet(cmd.name, flag.ContinueOnError)
	cmd.flags(set)
	fmt.Fprintf(env.Stdout, "concord %s %s\n\n%s\n", cmd.name, cmd.args, strings.TrimSpace(cmd.long))
	fmt.Fprint(env.Stdout, "\nOptions:\n")
	set.SetOutput(env.Stdout)
	set.PrintDefaults()
	return ExitOK
}

// noArgument refuses what a command has no use for.
func noArgument(name string, args []string) error {
	if len(args) > 0 {
		return usage("%s takes no argument; %q is too much", name, args[0])
	}
	return nil
}

// oneArgument gives the single argument that a command needs.
func oneArgument(args []string, what string) (string, error) {
	switch len(args) {
	case 1:
		return args[0], nil
	case 0:
		return "", usage("name %s", what)
	}
	return "", usage("one %s at a time; %q is too much", strings.TrimPrefix(what, "the "), args[1])
}
