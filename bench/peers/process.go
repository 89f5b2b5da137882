package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// build makes the program of a package in a module's folder.
func build(ctx context.Context, module, binary, pkg string) error {
	fmt.Printf("building %s in %s\n", pkg, module)
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-o", binary, pkg)
	cmd.Dir = module
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build %s in %s: %w\n%s", pkg, module, err, out)
	}
	return nil
}

// tell runs a program to its end and says first what for.
func tell(ctx context.Context, what, binary string, args ...string) error {
	fmt.Println(what)
	out, err := exec.CommandContext(ctx, binary, args...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %w\n%s", what, err, out)
	}
	return nil
}

// process is a server that runs, with the line in which it said where.
type process struct {
	cmd  *exec.Cmd
	host string // 127.0.0.1:port
	line string
}

// start runs a server and waits until it says "... served on http://HOST ...".
func start(ctx context.Context, binary string, args ...string) (*process, error) {
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, at, ok := strings.Cut(lines.Text(), "served on http://"); ok {
			go io.Copy(io.Discard, out)
			return &process{cmd, strings.Fields(at)[0], lines.Text()}, nil
		}
	}
	return nil, fmt.Errorf("%s %s did not say where it serves: %w", binary, strings.Join(args, " "), cmd.Wait())
}

// cpu is how long the server has computed since it began, all threads together, in steps of 10 ms; 0 where the system
// does not say.
func (p *process) cpu() time.Duration {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(text), ") ") // the name in brackets may hold spaces
	words := strings.Fields(rest)
	if len(words) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(words[11])
	system, _ := strconv.Atoi(words[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

func (p *process) stop() {
	p.cmd.Process.Signal(os.Interrupt)
	p.cmd.Wait()
}
