package record_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"

	"concord/internal/check"
	"concord/record"
	"concord/record/recordtest"
)

// smallDisk mounts a file system of so many megabytes and gives its folder and a way to enlarge it.
func smallDisk(t *testing.T, megabytes int) (string, func(megabytes int)) {
	t.Helper()
	folder, err := os.MkdirTemp("", "concord-disk-")
	if err != nil {
		t.Fatal(err)
	}
	size := func(m int) string { return fmt.Sprintf("size=%dm,mode=0755", m) }
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, size(megabytes)); err != nil {
		os.Remove(folder)
		t.Skipf("skipped: a small disk cannot be mounted here (%v); run the test as root", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
		os.Remove(folder)
	})
	return folder, func(m int) {
		if err := syscall.Mount("tmpfs", folder, "tmpfs", syscall.MS_REMOUNT, size(m)); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFullDiskIsAClearError(t *testing.T) {
	folder, enlarge := smallDisk(t, 1)
	r := recordtest.Create(t, record.Config{DSN: filepath.Join(folder, "record.db"), Origin: recordtest.Origin})
	fillUp(t, r)
	enlarge(8)
	goOn(t, r)
}

func TestAFullDiskOfPostgresIsAClearError(t *testing.T) {
	cfg := postgresConfig(t)
	if os.Getenv(check.PostgresEnv) != "" {
		t.Skip("skipped: the disk of a server elsewhere cannot be filled")
	}
	folder, enlarge := smallDisk(t, 2)
	postgres, err := user.Lookup("postgres")
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	uid, err := strconv.Atoi(postgres.Uid)
	if err != nil {
		t.Fatal(err)
	}
	place := filepath.Join(folder, "space")
	if err := os.Mkdir(place, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(place, uid, -1); err != nil {
		t.Fatal(err)
	}
	useTablespace(t, cfg.DSN, place)
	r := recordtest.Create(t, cfg)
	fillUp(t, r)
	enlarge(16)
	goOn(t, r)
	db, _ := r.DB()
	if _, err := db.Exec(`DROP TABLE record_meta, record_head, record_act, record_tile, record_checkpoint`); err != nil {
		t.Fatal(err)
	}
}

// useTablespace makes the tables of new sessions of the database lie in the folder.
func useTablespace(t *testing.T, dsn, folder string) {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	var name string
	if err := db.QueryRow(`SELECT current_database()`).Scan(&name); err != nil {
		t.Fatal(err)
	}
	run := func(statement string) {
		if _, err := db.ExecContext(context.Background(), statement); err != nil {
			t.Errorf("%s: %v", statement, err)
		}
	}
	run(fmt.Sprintf(`CREATE TABLESPACE %s_small LOCATION '%s'`, name, folder))
	run(fmt.Sprintf(`ALTER DATABASE %s SET default_tablespace = %s_small`, name, name))
	t.Cleanup(func() {
		run(fmt.Sprintf(`ALTER DATABASE %s RESET default_tablespace`, name))
		run(fmt.Sprintf(`DROP TABLESPACE %s_small`, name))
		db.Close()
	})
}
