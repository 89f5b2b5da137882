package check

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// PostgresServer is a PostgreSQL of one test's own, which the test may kill, stop and start again.
type PostgresServer struct {
	tb     testing.TB
	bin    string
	folder string
	life   *os.File // open: the server may live
	shell  *exec.Cmd
}

// OwnPostgres starts a server that ends with the test. Without PostgreSQL the test is skipped.
func OwnPostgres(tb testing.TB) *PostgresServer {
	tb.Helper()
	bin, err := postgresPrograms()
	if err != nil {
		tb.Skipf("skipped: %v; install Debian's package postgresql", err)
	}
	folder, err := os.MkdirTemp("", "concord-postgres-")
	if err != nil {
		tb.Fatal(err)
	}
	p := &PostgresServer{tb: tb, bin: bin, folder: folder}
	tb.Cleanup(func() {
		p.Kill()
		os.RemoveAll(folder)
	})
	as, err := postgresUser(folder)
	if err == nil {
		err = initPostgres(bin, folder, p.data(), as)
	}
	if err != nil {
		tb.Fatal(err)
	}
	p.Start()
	return p
}

func (p *PostgresServer) data() string { return filepath.Join(p.folder, "data") }

// DSN is the address of a database in the server. It stays the same when the server is started again.
func (p *PostgresServer) DSN() string {
	return "postgres://postgres@/postgres?" + url.Values{"host": {p.folder}, "sslmode": {"disable"}}.Encode()
}

// Start starts the server and waits until it answers.
func (p *PostgresServer) Start() {
	p.tb.Helper()
	as, err := postgresUser(p.folder)
	if err != nil {
		p.tb.Fatal(err)
	}
	// Under a shell that stops the server when its input ends, which it does when this process is gone.
	const script = `"$1/postgres" -D "$3" -k "$2" -c listen_addresses= -c max_connections=100 >>"$2/log" 2>&1 &
		pid=$!; read gone; kill -INT $pid; wait $pid`
	p.shell = exec.Command("/bin/sh", "-c", script, "sh", p.bin, p.folder, p.data())
	p.shell.SysProcAttr, p.shell.Dir = as, "/"
	read, write, err := os.Pipe()
	if err != nil {
		p.tb.Fatal(err)
	}
	p.shell.Stdin, p.life = read, write
	err = p.shell.Start()
	read.Close()
	if err == nil {
		err = awaitPostgres(p.DSN())
	}
	if err != nil {
		p.tb.Fatal(err)
	}
}

// Kill ends all processes of the server at once, as when its machine fails. Killing it again does nothing.
func (p *PostgresServer) Kill() {
	if p.shell == nil {
		return
	}
	p.signal(syscall.SIGKILL)
	p.life.Close()
	p.shell.Wait() // its server was killed: it says so, and nobody need hear it
	p.shell = nil
	os.Remove(filepath.Join(p.data(), "postmaster.pid"))
}

// Stop lets all processes of the server stand still until Continue: connections stay, and nothing answers.
func (p *PostgresServer) Stop() { p.signal(syscall.SIGSTOP) }

// Continue lets a stopped server go on.
func (p *PostgresServer) Continue() { p.signal(syscall.SIGCONT) }

// signal reaches the server and its processes, those too that it starts meanwhile.
func (p *PostgresServer) signal(s syscall.Signal) {
	p.tb.Helper()
	content, err := os.ReadFile(filepath.Join(p.data(), "postmaster.pid"))
	if err != nil {
		return // it does not run
	}
	first, _, _ := strings.Cut(string(content), "\n")
	server, err := strconv.Atoi(first)
	if err != nil {
		p.tb.Fatalf("the server's number is %q", first)
	}
	reach := []int{server}
	if s != syscall.SIGKILL {
		reach = append(reach, childrenOf(server)...)
	} else {
		reach = append(childrenOf(server), server)
	}
	for _, pid := range reach {
		if err := syscall.Kill(pid, s); err != nil && !errors.Is(err, syscall.ESRCH) {
			p.tb.Fatal(err)
		}
	}
	if s == syscall.SIGKILL {
		for deadline := time.Now().Add(10 * time.Second); slices.ContainsFunc(reach, runs) && time.Now().Before(deadline); {
			for _, pid := range reach {
				syscall.Kill(pid, s) // of a child that was born meanwhile, its parent's end is the end
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
}

// childrenOf are the processes that a process has started.
func childrenOf(pid int) []int {
	var children []int
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	for _, name := range tasks {
		content, err := os.ReadFile(name)
		if err != nil {
			continue // the task is over
		}
		for field := range strings.FieldsSeq(string(content)) {
			if n, err := strconv.Atoi(field); err == nil {
				children = append(children, n)
			}
		}
	}
	return children
}

// runs says whether a process is there and not only waits to be taken note of.
func runs(pid int) bool {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	after := stat[strings.LastIndexByte(string(stat), ')')+1:]
	return !strings.HasPrefix(strings.TrimSpace(string(after)), "Z")
}

// HoldCommits lets commits reach the disk of the server but keeps their answers back: it waits for a copy that never comes.
func (p *PostgresServer) HoldCommits() {
	p.setting("ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
}

// ReleaseCommits ends HoldCommits, also on a server that was killed: then from its next start.
func (p *PostgresServer) ReleaseCommits() {
	if p.shell == nil {
		if err := os.WriteFile(filepath.Join(p.data(), "postgresql.auto.conf"), nil, 0o600); err != nil {
			p.tb.Fatal(err)
		}
		return
	}
	p.setting("ALTER SYSTEM RESET synchronous_standby_names")
}

func (p *PostgresServer) setting(statement string) {
	p.tb.Helper()
	for _, s := range []string{statement, "SELECT pg_reload_conf()"} {
		if err := execPostgres(p.DSN(), s); err != nil {
			p.tb.Fatal(err)
		}
	}
	time.Sleep(100 * time.Millisecond) // until every process of the server has read it
}
