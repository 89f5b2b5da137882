package cli_test

import (
	"bytes"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"concord/internal/check"
	"concord/internal/cli"
)

// concord runs one command in this process and gives its exit code and what it printed.
func concord(t *testing.T, stdin string, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := map[string]string{"USER": "жанна"}
	code = cli.Main(args, cli.Env{
		Stdin: strings.NewReader(stdin), Stdout: &stdout, Stderr: &stderr, Getenv: func(name string) string { return env[name] }, Context: t.Context(),
	})
	return code, stdout.String(), stderr.String()
}

// must0 is concord for what has to succeed.
func must0(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	code, out, errs := concord(t, stdin, args...)
	if code != cli.ExitOK {
		t.Fatalf("concord %s ends with %d: %s%s", strings.Join(args, " "), code, out, errs)
	}
	return out
}

// commandNames are those that the overview lists.
func commandNames(t *testing.T) []string {
	t.Helper()
	_, list, _ := strings.Cut(must0(t, ""), "Commands:\n")
	var names []string
	for line := range strings.Lines(list) {
		if strings.HasPrefix(line, "  ") {
			names = append(names, strings.Fields(line)[0])
		}
	}
	return names
}

// Each command has help that is worth reading: what it does in some sentences, and each option explained. Help is the same
// however it is asked for.
func TestEveryCommandHasHelpWorthReading(t *testing.T) {
	t.Parallel()
	names := commandNames(t)
	if len(names) < 8 {
		t.Fatalf("the overview lists only %q", names)
	}
	option := regexp.MustCompile(`(?m)^  -(\S+).*\n?(\s{4,}.*)?`)
	for _, name := range names {
		help := must0(t, "", "help", name)
		for _, ask := range [][]string{{name, "-h"}, {name, "--help"}, {"--help", name}, {name, "some", "words", "--help"}} {
			if got := must0(t, "", ask...); got != help {
				t.Errorf("concord %s prints something else than concord help %s", strings.Join(ask, " "), name)
			}
		}
		if !strings.HasPrefix(help, "concord "+name) || strings.Count(help, ".") < 2 {
			t.Errorf("the help of %s says little:\n%s", name, help)
		}
		_, options, _ := strings.Cut(help, "\nOptions:\n")
		for _, m := range option.FindAllStringSubmatch(options, -1) {
			if len(strings.Fields(m[0])) < 3 {
				t.Errorf("%s does not explain --%s", name, m[1])
			}
		}
		for _, mentioned := range regexp.MustCompile(`concord (\w+) `).FindAllStringSubmatch(help, -1) {
			if !strings.Contains(" help version "+strings.Join(names, " ")+" ", " "+mentioned[1]+" ") && mentioned[1] != "help" {
				t.Errorf("the help of %s speaks of concord %s, which there is not", name, mentioned[1])
			}
		}
	}
}

// A mistake on the command line is told in one line that says where help is; nothing is done.
func TestMistakesOnTheCommandLine(t *testing.T) {
	t.Parallel()
	for _, name := range commandNames(t) {
		code, out, errs := concord(t, "", name, "--no-such-option")
		if code != cli.ExitUsage || out != "" || strings.Count(errs, "\n") != 1 || !strings.Contains(errs, "concord help "+name) {
			t.Errorf("concord %s --no-such-option ends with %d: %q %q", name, code, out, errs)
		}
	}
	for _, c := range []struct {
		args string
		says string
	}{
		{"fly", `no command "fly"`}, {"help fly", `no command "fly"`}, {"READ", `no command "READ"`}, {"read", "name the file"}, {"import --data x", "name the file"},
		{"restore --data x", "name the file"}, {"read a b", `"b" is too much`}, {"serve --data x y", `"y" is too much`}, {"export --data x a b", `"b" is too much`},
		{"verify --data", "needs an argument"}, {"read --json=perhaps a", "invalid"}, {"verify", "--data"}, {"export", "--data"}, {"serve", "--data"},
		{"serve --data postgres://x", "--key"}, {"password --data x", "name the person"},
		{"verify --data x extra", `"extra" is too much`}, {"doctor extra", `"extra" is too much`}, {"bench extra", `"extra" is too much`},
	} {
		code, _, errs := concord(t, "", strings.Fields(c.args)...)
		if code != cli.ExitUsage || !strings.Contains(errs, c.says) {
			t.Errorf("concord %s ends with %d: %q, want %q", c.args, code, errs, c.says)
		}
	}
}

const harbours = `Joint statement of the harbour ministers
The ministers met in Eastport on 1 March 2025 and declare as follows:
1. The Parties will hold a harbour forum every two years.
2. The Parties agreed to establish a joint rescue centre by the end of 2027.
`

// Who makes a record at the command line is named as the system names them, in whatever alphabet.
func TestTheOfficerBearsTheUsersName(t *testing.T) {
	t.Parallel()
	house := filepath.Join(t.TempDir(), "house")
	must0(t, harbours, "import", "-", "--data", house, "--code", "HAR25")
	if archive := must0(t, "", "export", "--data", house); !strings.Contains(archive, `"Жанна"`) || strings.Contains(archive, "\uFFFD") {
		t.Error("the record does not name Жанна")
	}
}

// An archive goes from one database to the other and back through pipes, and is the same record each time.
func TestARecordMovesBetweenDatabases(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	house, key := filepath.Join(dir, "house"), filepath.Join(dir, "key")
	postgres := check.Postgres(t)
	must0(t, harbours, "import", "-", "--data", house, "--code", "HAR25")
	must0(t, "correct horse battery\n", "password", "officer", "--login", "dana@office.example", "--data", house)
	archive := must0(t, "", "export", "--accounts", "--data", house)
	must0(t, archive, "restore", "-", "--data", postgres, "--key", key)
	if again := must0(t, "", "export", "--accounts", "--data", postgres, "--key", key); again != archive {
		t.Error("PostgreSQL gives another archive than SQLite")
	}
	back := filepath.Join(dir, "back")
	must0(t, archive, "restore", "-", "--data", back)
	digest := func(args ...string) string {
		_, after, _ := strings.Cut(must0(t, "", append([]string{"verify"}, args...)...), "digest of the state")
		return after
	}
	if here, there := digest("--data", back), digest("--data", postgres, "--key", key); here != there || len(here) < 64 {
		t.Errorf("the states are %q and %q", here, there)
	}
	if code, _, errs := concord(t, archive, "restore", "-", "--data", postgres, "--key", key); code != cli.ExitConflict {
		t.Errorf("a second restore into the same database ends with %d: %s", code, errs)
	}
	if out := must0(t, "", "doctor", "--listen", "127.0.0.1:0", "--data", postgres, "--key", key); !strings.Contains(out, "well  record") {
		t.Errorf("the doctor says\n%s", out)
	}
}

// anotherRoot is an archive with another letter at the beginning of its root.
func anotherRoot(archive string) string {
	at := strings.LastIndex(archive, `"root":"`) + len(`"root":"`)
	letter := "A"
	if archive[at] == 'A' {
		letter = "B"
	}
	return archive[:at] + letter + archive[at+1:]
}

// An archive that somebody wrote by hand is refused with the line that is wrong, before anything is made.
func TestArchivesThatAreRefused(t *testing.T) {
	t.Parallel()
	house := filepath.Join(t.TempDir(), "house")
	must0(t, harbours, "import", "-", "--data", house, "--code", "HAR25")
	archive := must0(t, "", "export", "--data", house)
	lines := strings.SplitAfter(archive, "\n")
	join := func(parts ...[]string) string {
		var b strings.Builder
		for _, p := range parts {
			b.WriteString(strings.Join(p, ""))
		}
		return b.String()
	}
	n := len(lines) - 1 // after the last line's end stands nothing
	for name, c := range map[string]struct{ archive, says string }{
		"nothing":                  {"", "empty"},
		"no JSON":                  {"words\n", "line 1 of the archive is not JSON"},
		"another program's":        {"{\"a\":1}\n", "is not an archive"},
		"of a newer format":        {strings.Replace(archive, `"format":1`, `"format":2`, 1), "newer version"},
		"without its end":          {join(lines[:n-1]), "is cut"},
		"an act taken out":         {join(lines[:3], lines[4:]), "stands where act"},
		"two acts exchanged":       {join(lines[:2], lines[3:4], lines[2:3], lines[4:]), "stands where act"},
		"an act twice":             {join(lines[:3], lines[2:]), "stands where act"},
		"something after the end":  {archive + lines[1], "something follows the end"},
		"an act of no kind here":   {strings.Replace(archive, `"kind":"text.receive"`, `"kind":"text.devour"`, 1), "text.devour"},
		"an act with another body": {strings.Replace(archive, "rescue centre", "rescue sentry", 1), "does not give the record"},
		"another root":             {anotherRoot(archive), "does not give the record"},
		"half a line":              {archive[:len(archive)/2], "is not JSON"},
	} {
		if c.archive == archive {
			t.Fatalf("%s: nothing was changed", name)
		}
		target := filepath.Join(t.TempDir(), "target")
		code, out, errs := concord(t, c.archive, "restore", "-", "--data", target)
		if code != cli.ExitInvalid || !strings.Contains(errs, c.says) || out != "" {
			t.Errorf("%s: it ends with %d: %s%s, want %q", name, code, out, errs, c.says)
		}
		if code, _, _ := concord(t, "", "verify", "--data", target); code != cli.ExitNotFound {
			t.Errorf("%s: a record was left behind", name)
		}
	}
}
