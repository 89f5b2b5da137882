//go:build unix

// Package check holds what tests of several packages share: a PostgreSQL to test against, assertions on pages. It is never
// part of the program.
package check

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// PostgresEnv names the environment variable with the address of a PostgreSQL server for tests, as a user who may create
// databases. When it is not set, tests start a server of their own from the programs that Debian installs.
const PostgresEnv = "CONCORD_TEST_POSTGRES"

var errNoPostgres = errors.New("PostgreSQL is not installed")

// Postgres gives the address of a new, empty PostgreSQL database, which is dropped when the test ends. The server is
// one per test process; it ends with the process, however that ends. Without PostgreSQL the test is skipped.
func Postgres(tb testing.TB) string {
	tb.Helper()
	server, err := postgresServer()
	if errors.Is(err, errNoPostgres) {
		tb.Skipf("skipped: %v; install Debian's package postgresql, or give the address of a server in %s", err, PostgresEnv)
	}
	if err != nil {
		tb.Fatalf("PostgreSQL for the test: %v", err)
	}
	address, err := url.Parse(server)
	if err != nil {
		tb.Fatalf("the address in %s is not readable", PostgresEnv)
	}
	name := "concord_test_" + strings.ToLower(rand.Text()[:16])
	if err := execPostgres(server, "CREATE DATABASE "+name); err != nil {
		tb.Fatalf("a database for the test: %v", err)
	}
	tb.Cleanup(func() {
		if err := execPostgres(server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Errorf("drop the database of the test: %v", err)
		}
	})
	address.Path = "/" + name
	return address.String()
}

func execPostgres(dsn, statement string) error {
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.ExecContext(context.Background(), statement)
	return err
}

// postgresServer starts the server once in a process and gives its address.
var postgresServer = sync.OnceValues(func() (string, error) {
	if dsn := os.Getenv(PostgresEnv); dsn != "" {
		return dsn, nil
	}
	bin, err := postgresPrograms()
	if err != nil {
		return "", err
	}
	return startPostgres(bin)
})

// postgresPrograms finds the folder of the newest installed server.
func postgresPrograms() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil || len(found) == 0 {
		path, err := exec.LookPath("postgres")
		if err != nil {
			return "", errNoPostgres
		}
		return filepath.Dir(path), nil
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path)))) // 0 for an odd name
		return n
	}
	return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })), nil
}

// startPostgres makes a cluster in a folder of its own and serves it on a socket there.
func startPostgres(bin string) (string, error) {
	folder, err := os.MkdirTemp("", "concord-postgres-")
	if err != nil {
		return "", err
	}
	as, err := postgresUser(folder)
	if err != nil {
		return "", err
	}
	data := filepath.Join(folder, "data")
	if err := initPostgres(bin, folder, data, as); err != nil {
		return "", err
	}
	if err := watchedPostgres(bin, folder, data, as); err != nil {
		return "", err
	}
	dsn := "postgres://postgres@/postgres?" + url.Values{"host": {folder}, "sslmode": {"disable"}}.Encode()
	return dsn, awaitPostgres(dsn)
}

// initPostgres makes an empty cluster.
func initPostgres(bin, folder, data string, as *syscall.SysProcAttr) error {
	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
	initdb.SysProcAttr, initdb.Dir = as, folder
	if out, err := initdb.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// watchedPostgres starts the server under a shell that stops it and removes the folder when its input ends, which it does
// when this process is gone, even by kill -9.
func watchedPostgres(bin, folder, data string, as *syscall.SysProcAttr) error {
	const script = `"$1/postgres" -D "$3" -k "$2" -c listen_addresses= -c max_connections=50 >"$2/log" 2>&1 &
		pid=$!; read gone; kill -INT $pid; wait $pid; rm -rf "$2"`
	shell := exec.Command("/bin/sh", "-c", script, "sh", bin, folder, data)
	shell.SysProcAttr, shell.Dir = as, "/"
	life, err := shell.StdinPipe()
	if err != nil {
		return err
	}
	if err := shell.Start(); err != nil {
		return err
	}
	go func() {
		defer life.Close() // holds the pipe for as long as the process lives
		shell.Wait()
	}()
	return nil
}

// postgresUser gives the folder to the user postgres when the test runs as root, as which the server refuses to run.
func postgresUser(folder string) (*syscall.SysProcAttr, error) {
	as := &syscall.SysProcAttr{Setpgid: true} // an interrupt from the keyboard goes to the test, not to the server
	if os.Geteuid() != 0 {
		return as, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, fmt.Errorf("the server does not run as root and there is no user postgres: %w", err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return nil, err
	}
	as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return as, os.Chown(folder, uid, gid)
}

func awaitPostgres(dsn string) error {
	var err error
	for range 200 {
		if err = execPostgres(dsn, "SELECT 1"); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("the server does not answer: %w", err)
}
