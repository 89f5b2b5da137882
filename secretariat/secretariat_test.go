package secretariat_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"concord/internal/check"
	"concord/internal/fault"
	"concord/internal/sample"
	"concord/mechanism"
	"concord/record"
	"concord/secretariat"
)

var (
	founder = mechanism.Actor{Person: "founder", Office: mechanism.Founder}
	ana     = mechanism.Person{ID: "ana", Name: "Ana", Office: mechanism.Officer}
)

// create makes a record at a place of its own.
func create(t testing.TB, dsn string) *record.Record {
	t.Helper()
	rec, err := record.Create(t.Context(), record.Config{DSN: dsn, Origin: "concord.test/lake", KeyFile: filepath.Join(t.TempDir(), "key")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rec.Close() })
	return rec
}

func onSQLite(t testing.TB) *record.Record {
	return create(t, filepath.Join(t.TempDir(), "record.db"))
}

// enter opens the door to a record.
func enter(t testing.TB, rec *record.Record) *secretariat.Secretariat {
	t.Helper()
	minute := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	salt := 0
	sec, err := secretariat.Open(t.Context(), rec, secretariat.Config{
		Now:  func() time.Time { minute = minute.Add(time.Minute); return minute },
		Salt: func() string { salt++; return fmt.Sprintf("salt-of-this-test-%04d", salt) },
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sec.Close)
	return sec
}

// found founds the invented mechanism with Ana as its officer.
func found(t testing.TB, sec *secretariat.Secretariat) {
	t.Helper()
	pack, err := mechanism.LoadPack(os.DirFS("../mechanism/testdata/packs/lake-compact"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sec.Do(t.Context(), founder, append(pack.Acts(), &mechanism.AppointPerson{Person: ana})...); err != nil {
		t.Fatal(err)
	}
}

func reader(i int) *mechanism.AppointPerson {
	return &mechanism.AppointPerson{Person: mechanism.Person{ID: fmt.Sprintf("reader-%d", i), Name: "Reader", Office: mechanism.Reader}}
}

func digest(sec *secretariat.Secretariat) string {
	d, _ := sec.Digest()
	return d
}

func acts(sec *secretariat.Secretariat) int64 { return sec.Acts() }

func TestAReplayGivesTheSameState(t *testing.T) {
	rec := onSQLite(t)
	sec := enter(t, rec)
	found(t, sec)
	fillLedger(t, sec, 50)
	if again := enter(t, rec); digest(again) != digest(sec) {
		t.Error("the record replayed gives another state than the one that wrote it")
	}
}

func fillLedger(t testing.TB, sec *secretariat.Secretariat, n int) {
	t.Helper()
	if _, err := sec.Do(t.Context(), ana.Actor(), sample.Acts(sec.Sight(ana.Actor()), n)...); err != nil {
		t.Fatal(err)
	}
}

func TestTheSameActsGiveTheSameDigestOnBothStores(t *testing.T) {
	one, two := onSQLite(t), create(t, check.Postgres(t))
	var digests [2]string
	for i, rec := range []*record.Record{one, two} {
		sec := enter(t, rec)
		found(t, sec)
		fillLedger(t, sec, 50)
		digests[i] = digest(sec)
	}
	if digests[0] != digests[1] {
		t.Errorf("SQLite gives %s, PostgreSQL %s", digests[0], digests[1])
	}
	a, errA := one.Head(t.Context())
	b, errB := two.Head(t.Context())
	if errA != nil || errB != nil || a != b {
		t.Errorf("the roots differ: %v (%v) and %v (%v)", a, errA, b, errB)
	}
}

func TestSeveralActsAreDoneAllOrNone(t *testing.T) {
	sec := enter(t, onSQLite(t))
	found(t, sec)
	before := digest(sec)
	_, err := sec.Do(t.Context(), ana.Actor(), reader(1), reader(2), &mechanism.RelievePerson{Person: "nobody"})
	if fault.KindOf(err) != fault.NotFound {
		t.Fatalf("error %v, want not found", err)
	}
	if digest(sec) != before {
		t.Error("part of a refused group was done")
	}
	if _, err := sec.Do(t.Context(), ana.Actor(), reader(1)); err != nil {
		t.Errorf("afterwards nothing goes: %v", err)
	}
}

func TestManyCallersAtOnceAreEachAnswered(t *testing.T) {
	rec := onSQLite(t)
	sec := enter(t, rec)
	found(t, sec)
	const callers, each = 40, 25
	var wg sync.WaitGroup
	seen := make([]map[int64]bool, callers)
	for c := range callers {
		seen[c] = map[int64]bool{}
		wg.Go(func() {
			for i := range each {
				acts := []mechanism.Act{reader(c*each + i)}
				if i%5 == 0 { // a group that fails in its middle, among those that do not
					acts = append(acts, &mechanism.RelievePerson{Person: "nobody"})
				}
				entries, err := sec.Do(context.Background(), ana.Actor(), acts...)
				if (err != nil) != (i%5 == 0) {
					t.Errorf("caller %d, act %d: error %v", c, i, err)
				}
				for _, e := range entries {
					seen[c][e.Seq] = true
				}
			}
		})
	}
	wg.Wait()
	all := map[int64]bool{}
	for _, mine := range seen {
		for seq := range mine {
			if all[seq] {
				t.Errorf("two callers were told that act %d is theirs", seq)
			}
			all[seq] = true
		}
	}
	if len(all) != callers*each*4/5 {
		t.Errorf("%d acts were acknowledged, want %d", len(all), callers*each*4/5)
	}
	if again := enter(t, rec); digest(again) != digest(sec) {
		t.Error("a replay gives another state")
	}
}

func TestTwoNodesOnOneRecordSeeEachOther(t *testing.T) {
	dsn, key := check.Postgres(t), filepath.Join(t.TempDir(), "key")
	cfg := record.Config{DSN: dsn, Origin: "concord.test/lake", KeyFile: key}
	first, err := record.Create(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	one, err := secretariat.Open(t.Context(), first, secretariat.Config{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	defer one.Close()
	found(t, one)
	second, err := record.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	two, err := secretariat.Open(t.Context(), second, secretariat.Config{Now: noon, Poll: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer two.Close()

	var wg sync.WaitGroup
	for i, sec := range []*secretariat.Secretariat{one, two} {
		wg.Go(func() {
			for j := range 20 {
				if _, err := sec.Do(context.Background(), ana.Actor(), reader(i*100+j)); err != nil {
					t.Errorf("node %d: %v", i+1, err)
				}
			}
		})
	}
	wg.Wait()
	if _, err := one.Do(t.Context(), ana.Actor(), reader(999)); err != nil { // brings node one up to date
		t.Fatal(err)
	}
	for deadline := time.Now().Add(10 * time.Second); acts(two) < acts(one) && time.Now().Before(deadline); {
		time.Sleep(10 * time.Millisecond)
	}
	if digest(one) != digest(two) {
		t.Errorf("the nodes differ: %d and %d acts", acts(one), acts(two))
	}
}

func TestAFailedCommitLeavesNothingAndNobodyUnanswered(t *testing.T) {
	rec := onSQLite(t)
	sec := enter(t, rec)
	found(t, sec)
	before, size := digest(sec), acts(sec)
	db, _ := rec.DB()
	if _, err := db.ExecContext(t.Context(), "CREATE TRIGGER stop BEFORE INSERT ON record_act BEGIN SELECT RAISE(ABORT, 'no'); END"); err != nil {
		t.Fatal(err)
	}
	if _, err := sec.Do(t.Context(), ana.Actor(), reader(1)); err == nil {
		t.Fatal("an act was acknowledged that the record did not take")
	}
	if digest(sec) != before {
		t.Error("readers see an act that is not durable")
	}
	if _, err := db.ExecContext(t.Context(), "DROP TRIGGER stop"); err != nil {
		t.Fatal(err)
	}
	if _, err := sec.Do(t.Context(), ana.Actor(), reader(1)); err != nil || acts(sec) != size+1 {
		t.Errorf("after the fault was mended: %v, %d acts", err, acts(sec))
	}
}

// The hash of every body is public; a short body that is not must not be found by trying.
func TestBodiesThatAreNotPublicAreSalted(t *testing.T) {
	rec := onSQLite(t)
	sec, err := secretariat.Open(t.Context(), rec, secretariat.Config{})
	if err != nil {
		t.Fatal(err)
	}
	defer sec.Close()
	found(t, sec)
	before := rec.Size()
	for range 2 {
		if _, err := sec.Do(t.Context(), ana.Actor(), reader(1)); err != nil {
			t.Fatal(err)
		}
	}
	var bodies []string
	for e, err := range rec.Read(t.Context(), before, rec.Size()) {
		if err != nil {
			t.Fatal(err)
		}
		bodies = append(bodies, string(e.Body))
	}
	if len(bodies) != 2 || bodies[0] == bodies[1] || !strings.HasPrefix(bodies[0], `{"salt":"`) {
		t.Errorf("the same act twice has the bodies %q", bodies)
	}
	if again := enter(t, rec); digest(again) != digest(sec) {
		t.Error("salted bodies replay to another state")
	}
}

func TestFollowHearsEveryActOnce(t *testing.T) {
	sec := enter(t, onSQLite(t))
	found(t, sec)
	from := acts(sec)
	ctx, stop := context.WithCancel(t.Context())
	heard := make(chan mechanism.Deed, 100)
	go func() {
		defer close(heard)
		for first, end := range sec.Follow(ctx, from) {
			for d := range sec.Sight(ana.Actor()).Deeds(first) {
				if d.Seq < end {
					heard <- d
				}
			}
		}
	}()
	for i := range 10 {
		if _, err := sec.Do(t.Context(), ana.Actor(), reader(i)); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 10 {
		select {
		case d := <-heard:
			if d.Seq != from+int64(i) || d.Kind != "person.appoint" {
				t.Errorf("heard act %d of kind %s, want act %d", d.Seq, d.Kind, from+int64(i))
			}
		case <-time.After(5 * time.Second):
			t.Fatalf("act %d was not heard of", i)
		}
	}
	stop()
	for d := range heard {
		t.Errorf("heard %d twice", d.Seq)
	}
}

func TestAsOfShowsTheStateAsItWas(t *testing.T) {
	sec := enter(t, onSQLite(t))
	found(t, sec)
	entries, err := sec.Do(t.Context(), ana.Actor(), reader(1))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := sec.Do(t.Context(), ana.Actor(), reader(2)); err != nil {
		t.Fatal(err)
	}
	then, err := sec.At(t.Context(), ana.Actor(), entries[0].Time)
	if err != nil {
		t.Fatal(err)
	}
	_, one := then.Person("reader-1")
	_, two := then.Person("reader-2")
	if !one || two {
		t.Errorf("as of the first appointment: first there %v, second there %v", one, two)
	}
}

func TestClosingAnswersEverybody(t *testing.T) {
	sec, err := secretariat.Open(t.Context(), onSQLite(t), secretariat.Config{})
	if err != nil {
		t.Fatal(err)
	}
	found(t, sec)
	sec.Close()
	if _, err := sec.Do(t.Context(), ana.Actor(), reader(1)); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("error %v, want unavailable", err)
	}
}

const statement = `Joint statement of the harbour ministers
The ministers met in Eastport on 1 March 2025 and declare as follows:
1. The Parties will hold a harbour forum every two years.
2. The Parties agreed to establish a joint rescue centre by the end of 2027.
3. The Parties thank the host.
`

func receive(t *testing.T, sec *secretariat.Secretariat, r secretariat.Reception) (secretariat.Received, error) {
	t.Helper()
	return sec.Receive(t.Context(), ana.Actor(), r)
}

func TestAReceivedTextWaitsForReview(t *testing.T) {
	sec := enter(t, onSQLite(t))
	found(t, sec)
	got, err := receive(t, sec, secretariat.Reception{Name: "statement.txt", Data: []byte(statement), Code: "HAR25"})
	if err != nil {
		t.Fatal(err)
	}
	if got.Code != "HAR25" || !got.New || got.Proposals != 2 {
		t.Errorf("received as %s (new %v) with %d proposals, want HAR25, new, 2", got.Code, got.New, got.Proposals)
	}
	s := sec.Sight(ana.Actor())
	text, _ := s.Text("HAR25")
	if text.Adopted != "2025-03-01" {
		t.Errorf("adopted %q, want 2025-03-01", text.Adopted)
	}
	for _, c := range s.Ledger().Waiting("HAR25") {
		if !strings.HasPrefix(c.Ref, "HAR25-") {
			t.Errorf("reference %s", c.Ref)
		}
	}
}

func TestWhatCannotBeReceivedLeavesWhatWasThere(t *testing.T) {
	sec := enter(t, onSQLite(t))
	found(t, sec)
	if _, err := receive(t, sec, secretariat.Reception{Name: "statement.txt", Data: []byte(statement), Code: "HAR25"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		data string
		as   string
		kind fault.Kind
		say  string
	}{
		{"the same file", statement, "", fault.Conflict, "the very same file"},
		{"the same words on another page", "\n\n" + strings.ReplaceAll(statement, "\n", "\n\n"), "", fault.Conflict, "the same words"},
		{"nothing", "", "", fault.Invalid, "empty"},
		{"bytes that are no text", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x02\x00\x3e\x00", "", fault.Invalid, ""},
		{"a text without clauses", "Press release\nThe ministers met and were pleased with everything that they saw there.\nIt was a fine day in the harbour.\n", "", fault.Invalid, "no numbered clauses"},
		{"a text of strangers", strings.ReplaceAll(statement, "The ministers met", "The Ministers of Foreign Affairs of Norway, Peru and Ghana met"), "STR25", fault.Invalid, "no party of"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := digest(sec)
			_, err := receive(t, sec, secretariat.Reception{Name: "x.txt", Data: []byte(c.data), Code: c.as})
			if fault.KindOf(err) != c.kind || !strings.Contains(fmt.Sprint(err), c.say) {
				t.Errorf("error %v, want kind %q that says %q", err, c.kind, c.say)
			}
			if digest(sec) != before {
				t.Error("the refused file changed the state")
			}
		})
	}
}

func TestOnlyAnOfficerReceivesTexts(t *testing.T) {
	sec := enter(t, onSQLite(t))
	found(t, sec)
	_, err := sec.Receive(t.Context(), mechanism.Actor{}, secretariat.Reception{Name: "x.txt", Data: []byte(statement)})
	if fault.KindOf(err) != fault.Denied || !errors.As(err, new(*fault.Error)) {
		t.Errorf("error %v, want denied", err)
	}
}
