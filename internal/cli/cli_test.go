package cli_test

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"concord/internal/cli"
)

// The scripts run the real program: this test binary is concord when a script calls it so.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"concord": func() { os.Exit(cli.Main(os.Args[1:], cli.System())) },
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"code": exitCode, "makefile": makeFile, "flip": flipByte, "serving": serving, "get": getPage, "big5": encode,
			"recode": recode, "leads": leadsBack,
		},
		Setup: func(env *testscript.Env) error {
			shared, err := filepath.Abs("../../../shared")
			if err == nil {
				if _, err := os.Stat(shared); err == nil {
					env.Setenv("SHARED", shared)
				}
			}
			env.Setenv("USER", "tester")
			return nil
		},
		Condition: func(cond string) (bool, error) {
			if cond == "shared" {
				_, err := os.Stat("../../../shared/seeds/chengdu-2024.zh.txt")
				return err == nil, nil
			}
			return false, fmt.Errorf("unknown condition %q", cond)
		},
	})
}

// exitCode runs concord and expects the exit code: code 3 read empty.txt. Its output is kept for stdout and stderr.
func exitCode(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	cmd := exec.Command("concord", args[1:]...)
	cmd.Path = lookConcord(ts)
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = append(os.Environ(), "USER=tester")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err = cmd.Run()
	got := 0
	if exit, ok := err.(*exec.ExitError); ok {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	fmt.Fprint(ts.Stdout(), out.String())
	fmt.Fprint(ts.Stderr(), errs.String())
	if got != want {
		ts.Fatalf("exit code %d, want %d\n%s%s", got, want, out.String(), errs.String())
	}
}

func lookConcord(ts *testscript.TestScript) string {
	for _, dir := range filepath.SplitList(ts.Getenv("PATH")) {
		if name := filepath.Join(dir, "concord"); isFile(name) {
			return name
		}
	}
	ts.Fatalf("no concord on the path")
	return ""
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

// makeFile makes files that an archive cannot hold: makefile NAME empty | binary | SIZE-in-MB.
func makeFile(ts *testscript.TestScript, neg bool, args []string) {
	var data []byte
	switch kind := args[1]; kind {
	case "empty":
	case "binary":
		data = make([]byte, 4096)
		rand.Read(data)
	default:
		mb, err := strconv.Atoi(kind)
		ts.Check(err)
		data = bytes.Repeat([]byte("The Parties will meet every year. \n"), mb<<20/35+1)[:mb<<20]
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
}

// encode writes a file in another encoding: big5 FROM TO writes bytes that are none of the encodings read.
func encode(ts *testscript.TestScript, neg bool, args []string) {
	data := bytes.Repeat([]byte{0xa4, 0xa4, 0xb0, 0xea, 0xff, 0xfe, 0x81, 0x20}, 200)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o600))
}

// flipByte flips one bit of a file: flip FILE TEXT flips it in the last place where the text stands.
func flipByte(ts *testscript.TestScript, neg bool, args []string) {
	name := ts.MkAbs(args[0])
	data, err := os.ReadFile(name)
	ts.Check(err)
	i := bytes.LastIndex(data, []byte(args[1]))
	if i < 0 {
		ts.Fatalf("%s does not hold %q", args[0], args[1])
	}
	data[i] ^= 1
	ts.Check(os.WriteFile(name, data, 0o600))
}

// serving runs concord in the background until the script ends, and waits for the address it prints: serving demo ...
func serving(ts *testscript.TestScript, neg bool, args []string) {
	cmd := exec.Command(lookConcord(ts), args...)
	cmd.Dir = ts.Getenv("WORK")
	cmd.Env = append(os.Environ(), "USER=tester")
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	ts.Defer(func() { cmd.Process.Signal(syscall.SIGTERM); cmd.Wait() })
	found := make(chan string, 1)
	go func() {
		var seen []byte
		buf := make([]byte, 4096)
		for {
			n, err := out.Read(buf)
			seen = append(seen, buf[:n]...)
			if i := bytes.Index(seen, []byte("http://")); i >= 0 && bytes.IndexByte(seen[i:], '\n') > 0 {
				found <- strings.Fields(string(seen[i:]))[0]
				io.Copy(io.Discard, out)
				return
			}
			if err != nil {
				return
			}
		}
	}()
	select {
	case address := <-found:
		ts.Setenv("ADDRESS", address)
	case <-time.After(30 * time.Second):
		ts.Fatalf("concord %s printed no address", strings.Join(args, " "))
	}
}

// getPage fetches a page and prints it: get /commitments.json.
func getPage(ts *testscript.TestScript, neg bool, args []string) {
	res, err := http.Get(ts.Getenv("ADDRESS") + args[0])
	ts.Check(err)
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	ts.Check(err)
	if (res.StatusCode == http.StatusOK) == neg {
		ts.Fatalf("%s answers %s", args[0], res.Status)
	}
	fmt.Fprintf(ts.Stdout(), "%s\n%s\n", res.Status, body)
}
