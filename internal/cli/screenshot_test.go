package cli_test

import (
	"bufio"
	"context"
	"flag"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"concord/internal/check"
	"concord/internal/cli"
)

var screenshots = flag.Bool("screenshots", false, "write the README's pictures into docs")

// The pictures of the README are of the real program, made here: the demonstration, and the reader of an invented text.
func TestPicturesOfTheReadme(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser is slow; -short leaves it out")
	}
	if *screenshots {
		t.Setenv(check.ShotsPath, "../../docs")
	}
	const lake = "../../mechanism/testdata/packs/lake-compact"
	b := check.OpenBrowser(t)
	b.Look(1440, false)

	b.Open(demonstrate(t))
	b.WaitFor("the road to the next meeting", `document.querySelector("svg") !== null`)
	b.WaitFor("thirty-six commitments", `document.body.innerText.includes("36")`)
	b.Shoot("overview")

	b.Open(demonstrate(t, "--pack", lake, lake+"/statement.en.txt") + "/texts/COR25")
	b.WaitFor("marked commitments", `document.querySelectorAll("mark").length >= 6`)
	b.Shoot("reader")
}

// demonstrate runs concord demo until the test ends and gives its address.
func demonstrate(t *testing.T, args ...string) string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, in := io.Pipe()
	ended := make(chan int, 1)
	go func() {
		ended <- cli.Main(append([]string{"demo", "--listen", "127.0.0.1:0"}, args...),
			cli.Env{Stdin: strings.NewReader(""), Stdout: in, Stderr: os.Stderr, Getenv: os.Getenv, Context: ctx})
		in.Close()
	}()
	t.Cleanup(func() {
		stop()
		select {
		case code := <-ended:
			if code != cli.ExitOK {
				t.Errorf("the demonstration ended with exit code %d", code)
			}
		case <-time.After(20 * time.Second):
			t.Error("the demonstration did not stop")
		}
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if line := strings.TrimSpace(lines.Text()); strings.HasPrefix(line, "http://") {
			go io.Copy(io.Discard, out)
			return line
		}
	}
	t.Fatal("the demonstration printed no address")
	return ""
}
