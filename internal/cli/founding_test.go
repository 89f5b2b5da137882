package cli_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"concord/internal/cli"
	"concord/record"
)

const shortStatement = "Joint statement\nThe ministers met in Eastport on 1 March 2025 and declare as follows:\n" +
	"1. The Parties will hold a harbour forum every two years.\n"

// A founding that was killed between the making of the record and its first acts leaves a record without a mechanism: it is
// said, and the next import founds it.
func TestAFoundingThatWasBrokenOffIsDoneAgain(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	rec, err := record.Create(t.Context(), record.Config{DSN: filepath.Join(data, "record.db"), Origin: "concord.local/china-central-asia"})
	if err != nil {
		t.Fatal(err)
	}
	if err := rec.Close(); err != nil {
		t.Fatal(err)
	}
	code, _, errs := concord(t, "", "serve", "--data", data, "--listen", "127.0.0.1:0")
	if code != cli.ExitUnavailable || !strings.Contains(errs, "broken off") {
		t.Errorf("serving it ends with %d: %s", code, errs)
	}
	if out := must0(t, shortStatement, "import", "-", "--data", data, "--code", "HAR25"); !strings.Contains(out, "HAR25") {
		t.Errorf("the import says %s", out)
	}
	if out := must0(t, "", "verify", "--data", data); !strings.Contains(out, "nothing wrong") {
		t.Errorf("verify says %s", out)
	}
	if code, _, errs = concord(t, shortStatement, "import", "-", "--data", data, "--code", "HAR25"); code != cli.ExitConflict {
		t.Errorf("the second import ends with %d: %s", code, errs)
	}
}

// Without its key a record is served, and nothing is signed: whoever starts the server is told.
func TestAMissingKeyIsSaid(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	must0(t, shortStatement, "import", "-", "--data", data, "--code", "HAR25")
	if err := os.Remove(filepath.Join(data, "record.db.key")); err != nil {
		t.Fatal(err)
	}
	if errs := servedUntilItSays(t, "signing key", "serve", "--data", data, "--listen", "127.0.0.1:0"); !strings.Contains(errs, "put the key file back") {
		t.Errorf("it says %s", errs)
	}
}

// servedUntilItSays runs a server until it has said some words on standard error, and gives all that it said there.
func servedUntilItSays(t *testing.T, words string, args ...string) string {
	t.Helper()
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	said := &listener{words: words, heard: stop}
	code := cli.Main(args, cli.Env{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: said, Getenv: func(string) string { return "" }, Context: ctx})
	if code != cli.ExitOK {
		t.Errorf("the server ends with %d: %s", code, said.all)
	}
	return said.all
}

// listener calls heard once words were written.
type listener struct {
	words, all string
	heard      func()
}

func (l *listener) Write(p []byte) (int, error) {
	if l.all += string(p); strings.Contains(l.all, l.words) {
		l.heard()
	}
	return len(p), nil
}
