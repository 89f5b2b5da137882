package record_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"concord/record"
	"concord/record/recordtest"
)

// TestAnyFlippedByteIsFoundOrHoldsNothing flips single bits of the closed SQLite file, all over it. Verify must find
// each, but where SQLite keeps nothing: then every row of every table must still be what it was.
func TestAnyFlippedByteIsFoundOrHoldsNothing(t *testing.T) {
	folder := t.TempDir()
	whole := filepath.Join(folder, "whole.db")
	closedRecord(t, whole, 700)
	content, err := os.ReadFile(whole)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := dump(whole)
	if err != nil {
		t.Fatal(err)
	}
	flips := 500
	if testing.Short() {
		flips = 60
	}
	rnd := rand.New(rand.NewPCG(3, 4))
	found := 0
	for i := range flips {
		at := rnd.IntN(len(content))
		if i < 100 {
			at = i // the header of the file, byte by byte
		}
		path := filepath.Join(folder, "flipped.db")
		flipped := append([]byte(nil), content...)
		flipped[at] ^= 1 << rnd.IntN(8)
		write(t, path, flipped)
		if findsDamage(t, path) {
			found++
			continue
		}
		if now, err := dump(path); err != nil || now != rows {
			t.Errorf("byte %d from %#x to %#x is not found, and the rows are not what they were (%v)", at, content[at], flipped[at], err)
		}
	}
	t.Logf("%d of %d flips were found; the others fell where nothing is kept", found, flips)
	if found < flips/2 {
		t.Errorf("only %d of %d flips were found", found, flips)
	}
}

// findsDamage says whether opening for inspection or Verify notices anything.
func findsDamage(t *testing.T, path string) bool {
	t.Helper()
	defer os.Remove(path + "-wal")
	defer os.Remove(path + "-shm")
	r, err := record.Inspect(context.Background(), record.Config{DSN: path})
	if err != nil {
		return true
	}
	defer r.Close()
	report, err := r.Verify(context.Background(), nil, nil)
	return err != nil || !report.OK()
}

// dump gives every row of every table, in words.
func dump(path string) (string, error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return "", err
	}
	defer db.Close()
	var b strings.Builder
	for _, query := range []string{
		`SELECT type, name, tbl_name, sql, '' FROM sqlite_schema ORDER BY name`,
		`SELECT name, value, '', '', '' FROM record_meta`,
		`SELECT id, size, hex(root), '', '' FROM record_head`,
		`SELECT seq, hex(leaf), hex(header), hex(body), typeof(leaf)||typeof(header)||typeof(body) FROM record_act`,
		`SELECT level, n, hex(hashes), '', '' FROM record_tile`,
		`SELECT size, hex(note), '', '', '' FROM record_checkpoint`,
	} {
		if err := dumpRows(&b, db, query); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

func dumpRows(b *strings.Builder, db *sql.DB, query string) error {
	rows, err := db.Query(query)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var cells [5]any
		if err := rows.Scan(&cells[0], &cells[1], &cells[2], &cells[3], &cells[4]); err != nil {
			return err
		}
		fmt.Fprintln(b, cells[:]...)
	}
	return rows.Err()
}

// TestDamageIsNamed does the damages that a person would want explained, and reads the words.
func TestDamageIsNamed(t *testing.T) {
	tests := []struct {
		name, statement, words string
		act                    int64
	}{
		{"a body", `UPDATE record_act SET body = CAST('{}' AS BLOB) WHERE seq = 17`, "the body of act 17 was changed", 17},
		{"a lost body", `UPDATE record_act SET body = NULL WHERE seq = 17`, "the body of act 17 is missing", 17},
		{"a name in a header", `UPDATE record_act SET header = CAST(replace(CAST(header AS TEXT), '"CN"', '"KG"') AS BLOB) WHERE seq = 300`, "the header of act 300 was changed: its hash is not the one in the tree", 300},
		{"a leaf hash", `UPDATE record_act SET leaf = zeroblob(32) WHERE seq = 300`, "the stored leaf hash of act 300 was changed; the act itself is whole", 300},
		{"a lost act", `DELETE FROM record_act WHERE seq = 299`, "act 299 is missing", 299},
		{"two acts swapped", `UPDATE record_act SET header = (SELECT header FROM record_act WHERE seq = 5), body = (SELECT body FROM record_act WHERE seq = 5) WHERE seq = 6`, "the header of act 6 says that it is act 5", 6},
		{"a lost tail", `DELETE FROM record_act WHERE seq >= 400`, "the head says that there are 600 acts, and the last one there is act 399", -1},
		{"an act too many", `INSERT INTO record_act SELECT 600, leaf, header, body FROM record_act WHERE seq = 1`, "there are acts beyond the head", 600},
		{"the root", `UPDATE record_head SET root = zeroblob(32)`, "the root in the head is not the root of the acts", -1},
		{"a tail cut off with its head", cutTail, "a checkpoint was signed for 600 acts, and there are only 512: acts are lost", -1},
		{"a trigger", `CREATE TRIGGER t AFTER INSERT ON record_act BEGIN DELETE FROM record_act WHERE seq = 1; END`, `there is a trigger "t" on "record_act"`, -1},
		{"a trigger on another table", `CREATE TABLE guests (n INTEGER); CREATE TRIGGER g AFTER INSERT ON guests BEGIN DELETE FROM record_act WHERE seq = 1; END`, `there is a trigger "g" on "guests"`, -1},
		{"a view", `CREATE VIEW record_acts AS SELECT seq FROM record_act`, `there is a view "record_acts"`, -1},
		{"a tail cut off with its checkpoints", cutTail + `; DELETE FROM record_checkpoint WHERE size > 512`, "the head kept beside the key was signed for 600 acts, and there are only 512: acts are lost", -1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			cfg := sqliteConfig(t)
			closedRecord(t, cfg.DSN, 600)
			damageFile(t, cfg.DSN, test.statement)
			r, err := record.Inspect(context.Background(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			defer r.Close()
			report, err := r.Verify(context.Background(), nil, nil)
			if err != nil || report.OK() {
				t.Fatalf("verify finds nothing, %v", err)
			}
			if !strings.Contains(report.String(), test.words) {
				t.Errorf("the report says %s", report)
			}
			for _, f := range report.Findings {
				if f.Act == test.act && strings.Contains(f.Text, test.words) {
					return
				}
			}
			t.Errorf("verify finds %q", report.Findings)
		})
	}
}

// cutTail is what somebody would do who wants acts forgotten: 512 acts have whole tiles, and the root is known.
const cutTail = `DELETE FROM record_act WHERE seq >= 512; UPDATE record_head SET size = 512`

func damageFile(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// TestADestroyedPageLosesOnlyItsOwnActs overwrites one page that holds acts. Those are named one by one; all others are
// still checked.
func TestADestroyedPageLosesOnlyItsOwnActs(t *testing.T) {
	cfg := sqliteConfig(t)
	closedRecord(t, cfg.DSN, 700)
	content, err := os.ReadFile(cfg.DSN)
	if err != nil {
		t.Fatal(err)
	}
	const page = 8192
	for i := range page {
		content[20*page+i] = 0xAA
	}
	write(t, cfg.DSN, content)
	r, err := record.Inspect(context.Background(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	report, err := r.Verify(context.Background(), nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	var lost int64
	for _, f := range report.Findings {
		if f.Act >= 0 && strings.Contains(f.Text, "cannot be read") {
			lost++
		}
	}
	if lost < 5 || lost > 40 || report.Acts+lost != 700 {
		t.Errorf("%d acts are named and %d checked, of 700: %s", lost, report.Acts, report)
	}
}

// TestPostgresThatFailsIsReported takes a table away: PostgreSQL then refuses all further questions in the same moment.
func TestPostgresThatFailsIsReported(t *testing.T) {
	ctx := context.Background()
	r := recordtest.Create(t, postgresConfig(t))
	recordtest.Fill(t, r, 600)
	db, _ := r.DB()
	if _, err := db.ExecContext(ctx, `DROP TABLE record_tile`); err != nil {
		t.Fatal(err)
	}
	report, err := r.Verify(ctx, nil, nil)
	if err != nil || report.OK() || len(report.Findings) > 3 || !strings.Contains(report.String(), "the rest was not checked") {
		t.Errorf("%v, %s", err, report)
	}
}

// TestADamagedRecordIsNotReadAsWhole reads over damage.
func TestADamagedRecordIsNotReadAsWhole(t *testing.T) {
	for _, statement := range []string{
		`UPDATE record_act SET body = CAST('{}' AS BLOB) WHERE seq = 17`,
		`DELETE FROM record_act WHERE seq = 17`,
		`UPDATE record_act SET header = CAST('{}' AS BLOB) WHERE seq = 17`,
	} {
		cfg := sqliteConfig(t)
		closedRecord(t, cfg.DSN, 20)
		damageFile(t, cfg.DSN, statement)
		r, err := record.Inspect(context.Background(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		var n int
		var failed error
		for _, err := range r.Read(context.Background(), 0, 20) {
			if failed = err; err == nil {
				n++
			}
		}
		if n != 17 || failed == nil || !strings.Contains(failed.Error(), "17") {
			t.Errorf("%s: %d acts were read, %v", statement, n, failed)
		}
	}
}
