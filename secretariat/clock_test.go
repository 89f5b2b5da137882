package secretariat_test

import (
	"strings"
	"testing"
	"time"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/record"
	"concord/secretariat"
)

// noon is a clock that stands, on the day of the tests.
func noon() time.Time { return time.Date(2025, 1, 1, 0, 30, 0, 0, time.UTC) }

// A clock that jumps to 2046 dates nothing. An officer who says that it is so goes on; when the clock is set right, acts wait
// for an officer's word again, and then go on.
func TestAClockThatJumpedDatesNoActWithoutAnOfficersWord(t *testing.T) {
	now := noon()
	rec := onSQLite(t)
	sec, err := secretariat.Open(t.Context(), rec, secretariat.Config{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sec.Close)
	found(t, sec)
	refused := func(id int) {
		t.Helper()
		before := sec.Acts()
		if _, err := sec.Do(t.Context(), ana.Actor(), reader(id)); fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), "the clock says") || sec.Acts() != before {
			t.Errorf("at %s: %v", now, err)
		}
		if sec.Clock() == nil {
			t.Errorf("at %s the clock is taken for right", now)
		}
	}
	done := func(act mechanism.Act) time.Time {
		t.Helper()
		entries, err := sec.Do(t.Context(), ana.Actor(), act)
		if err != nil {
			t.Fatal(err)
		}
		return entries[0].Time
	}
	word := func(at time.Time) *mechanism.AcceptClock {
		return &mechanism.AcceptClock{Clock: at.Format(time.RFC3339), Reason: "the clock jumped"}
	}
	if _, err := sec.Do(t.Context(), ana.Actor(), word(now)); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a word on a clock that is right: %v", err)
	}
	now = now.AddDate(0, 7, 0) // a rest over the winter and the spring
	done(reader(1))

	right := now
	now = time.Date(2046, 1, 1, 0, 0, 0, 0, time.UTC)
	refused(2)
	if _, err := sec.Do(t.Context(), ana.Actor(), word(right)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("the officer says one time and the machine another: %v", err)
	}
	done(word(now)) // the officer did not look
	if got := done(reader(2)); !got.Equal(now) {
		t.Errorf("dated %s", got)
	}

	now = right.Add(time.Hour)
	refused(3)
	done(word(now))
	if got := done(reader(3)); got.Year() != 2046 {
		t.Errorf("times run backward, to %s", got)
	}
	found, err := secretariat.Verify(t.Context(), rec, nil)
	if err != nil || !found.OK() || len(found.Jumps) != 0 || found.Clock(now) != nil {
		t.Errorf("verify finds %v, jumps %v, clock %v, %v", found.Findings, found.Jumps, found.Clock(now), err)
	}
	if found.Clock(time.Date(2050, 1, 1, 0, 0, 0, 0, time.UTC)) == nil {
		t.Error("a clock of 2050 is taken for right")
	}
}

// What was recorded without an officer's word, as by an older program, is told.
func TestVerifyTellsOfActsThatAJumpedClockDated(t *testing.T) {
	now := noon()
	rec := onSQLite(t)
	sec, err := secretariat.Open(t.Context(), rec, secretariat.Config{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sec.Close)
	found(t, sec)
	last := sec.Acts() - 1
	for e, err := range rec.Read(t.Context(), last, last+1) {
		if err != nil {
			t.Fatal(err)
		}
		if _, err := rec.Append(t.Context(), last+1, draftsLater(e, 500*24*time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	got, err := secretariat.Verify(t.Context(), rec, nil)
	if err != nil || len(got.Jumps) != 1 || !strings.Contains(got.Jumps[0].String(), "more than 400 days after the one before") {
		t.Errorf("the jumps are %v, %v", got.Jumps, err)
	}
}

// draftsLater is an act once more, later.
func draftsLater(e record.Entry, later time.Duration) []record.Draft {
	return []record.Draft{{Time: e.Time.Add(later), Kind: e.Kind, Actor: e.Actor, Visibility: e.Visibility, Body: e.Body}}
}
