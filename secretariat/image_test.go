package secretariat_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"concord/internal/fault"
	"concord/internal/sample"
	"concord/mechanism"
	"concord/record"
	"concord/secretariat"
)

func TestARefusedGroupCostsNobodyAnything(t *testing.T) {
	sec := enter(t, onSQLite(t))
	found(t, sec)
	before, held := digest(sec), sec.Sight(ana.Actor())
	group := []mechanism.Act{reader(1), reader(2), &mechanism.RelievePerson{Person: "nobody"}}
	if _, err := sec.Do(t.Context(), ana.Actor(), group...); fault.KindOf(err) != fault.NotFound {
		t.Fatalf("error %v, want not found", err)
	}
	if digest(sec) != before {
		t.Error("the refused group left a trace")
	}
	if _, err := sec.Do(t.Context(), ana.Actor(), reader(3)); err != nil {
		t.Fatal(err)
	}
	if held.Acts() != sec.Acts()-1 {
		t.Errorf("the sight held from before has %d acts, the state %d", held.Acts(), sec.Acts())
	}
}

// A group is tried on the published image before it waits; what becomes invalid while it waits is still refused whole.
func TestAGroupThatBecomesInvalidWhileItWaitsIsRefusedWhole(t *testing.T) {
	rec := onSQLite(t)
	one, two := enter(t, rec), (*secretariat.Secretariat)(nil)
	found(t, one)
	two = enter(t, rec)
	if _, err := one.Do(t.Context(), ana.Actor(), &mechanism.OpenTrack{Track: mechanism.Track{ID: "x", Name: mechanism.Names{"en": "X"}}}); err != nil {
		t.Fatal(err)
	}
	group := []mechanism.Act{reader(1), &mechanism.OpenTrack{Track: mechanism.Track{ID: "x", Name: mechanism.Names{"en": "X"}}}}
	if _, err := two.Do(t.Context(), ana.Actor(), group...); fault.KindOf(err) != fault.Conflict {
		t.Fatalf("error %v, want conflict", err)
	}
	if _, ok := two.Sight(ana.Actor()).Person("reader-1"); ok {
		t.Error("the first act of the refused group was done")
	}
	if digest(one) != digest(two) {
		t.Error("the two houses differ")
	}
}

func TestARequestWithAKeyIsDoneOnce(t *testing.T) {
	rec := onSQLite(t)
	sec := enter(t, rec)
	found(t, sec)
	acts := []mechanism.Act{reader(1), reader(2)}
	first, again, err := sec.DoOnce(t.Context(), ana.Actor(), "friday", acts...)
	if err != nil || again {
		t.Fatalf("the first time: again %v, error %v", again, err)
	}
	for name, house := range map[string]*secretariat.Secretariat{"same house": sec, "after a restart": enter(t, rec)} {
		second, again, err := house.DoOnce(t.Context(), ana.Actor(), "friday", acts...)
		if err != nil || !again || len(second) != 2 || second[0].Seq != first[0].Seq || second[1].Seq != first[1].Seq {
			t.Errorf("%s: sent again it is done at %v (again %v, error %v), want at %v", name, second, again, err, first)
		}
		if _, _, err := house.DoOnce(t.Context(), ana.Actor(), "friday", reader(9)); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s: the key with other acts: error %v, want conflict", name, err)
		}
		if _, _, err := house.DoOnce(t.Context(), ana.Actor(), "not a key", reader(9)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: a bad key: error %v, want invalid", name, err)
		}
	}
	if sec.Acts() != first[1].Seq+1 {
		t.Errorf("there are %d acts, want %d", sec.Acts(), first[1].Seq+1)
	}
}

// dated opens the door with a clock that the test moves.
func dated(t *testing.T, rec *record.Record, now *time.Time) *secretariat.Secretariat {
	t.Helper()
	sec, err := secretariat.Open(t.Context(), rec, secretariat.Config{Now: func() time.Time { return *now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sec.Close)
	return sec
}

// Each day in the past is the state that a replay up to it gives: in the house that lived through it, and in one that
// was opened after.
func TestEveryDayIsAsItWas(t *testing.T) {
	rec := onSQLite(t)
	now := time.Date(2025, 1, 1, 9, 0, 0, 0, time.UTC)
	sec := dated(t, rec, &now)
	found(t, sec)
	type moment struct {
		at   time.Time
		acts int64
	}
	moments := []moment{{now.AddDate(0, 0, -1), 0}, {now, sec.Acts()}}
	for i := range 40 {
		now = now.Add(time.Duration(5+i%3*9) * time.Hour)
		if _, err := sec.Do(t.Context(), ana.Actor(), reader(i)); err != nil {
			t.Fatal(err)
		}
		moments = append(moments, moment{now, sec.Acts()}, moment{now.Add(time.Hour), sec.Acts()})
	}
	for name, house := range map[string]*secretariat.Secretariat{"lived through": sec, "opened after": dated(t, rec, &now)} {
		for _, m := range moments {
			s, err := house.At(t.Context(), ana.Actor(), m.at)
			if err != nil {
				t.Fatal(err)
			}
			if s.Acts() != m.acts {
				t.Errorf("%s: as of %v there are %d acts, want %d", name, m.at, s.Acts(), m.acts)
			}
			if m.acts > 0 && len(s.People()) == 0 {
				t.Errorf("%s: as of %v nobody is in office", name, m.at)
			}
		}
	}
}

func TestAskingForThePastEndsWithItsAsker(t *testing.T) {
	rec := onSQLite(t)
	now := time.Date(2025, 1, 1, 9, 0, 0, 0, time.UTC)
	sec := dated(t, rec, &now)
	found(t, sec)
	early := now
	now = now.Add(time.Hour)
	if _, err := sec.Do(t.Context(), ana.Actor(), reader(1)); err != nil {
		t.Fatal(err)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := sec.At(gone, ana.Actor(), early); err == nil {
		t.Error("somebody who has left was answered from the record")
	}
}

// What a house let through because its program was patched is found by everybody who verifies.
func TestVerifyFindsWhatWasNotAllowed(t *testing.T) {
	rec := onSQLite(t)
	sec := enter(t, rec)
	found(t, sec)
	if v := verify(t, rec); !v.OK() || v.Digest != digest(sec) {
		t.Fatalf("a sound record: %v, digest %s want %s", v.Findings, v.Digest, digest(sec))
	}
	body := func(act mechanism.Act) []byte {
		b, err := mechanism.Encode(act)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	salted := func(act mechanism.Act) []byte { return mechanism.Salted(body(act), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") }
	track := &mechanism.OpenTrack{Track: mechanism.Track{ID: "x", Name: mechanism.Names{"en": "X"}}}
	officer := record.Actor{Person: "ana", Office: mechanism.Officer}
	wrong := []record.Draft{
		{Kind: "track.open", Actor: record.Actor{Person: "eve", Office: mechanism.Officer}, Visibility: "public", Body: body(track)},
		{Kind: "track.open", Actor: officer, Visibility: "public", Body: body(track)}, // there already
		{Kind: "person.appoint", Actor: officer, Visibility: "public", Body: body(reader(1))},
		{Kind: "person.appoint", Actor: officer, Visibility: "parties", Body: body(reader(2))},
	}
	first := rec.Size()
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range wrong {
		wrong[i].Time = at
	}
	sound := record.Draft{Time: at, Kind: "person.appoint", Actor: officer, Visibility: "parties", Body: salted(reader(3))}
	if _, err := rec.Append(t.Context(), first, append(wrong, sound)); err != nil {
		t.Fatal(err)
	}
	v := verify(t, rec)
	var found []int64
	for _, f := range v.Findings {
		if f.Part != record.PartAuthority {
			t.Errorf("found besides: %s", f)
		}
		found = append(found, f.Act-first)
	}
	if !slices.Equal(found, []int64{0, 1, 2, 3}) {
		t.Errorf("found in the acts %v, want 0 to 3 and not the sound one: %v", found, v.Findings)
	}
}

func verify(t *testing.T, rec *record.Record) secretariat.Verification {
	t.Helper()
	v, err := secretariat.Verify(t.Context(), rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// Readers, a long reader and writers at once: what is read is always whole. The race detector watches.
func TestReadersNeverSeeHalf(t *testing.T) {
	sec, err := secretariat.Open(t.Context(), onSQLite(t), secretariat.Config{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(sec.Close)
	found(t, sec)
	fillLedger(t, sec, 40)
	long := sec.Sight(ana.Actor())
	want := len(long.Ledger().Of(sample.Code))
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-stop:
				return
			default:
			}
			s := sec.Sight(ana.Actor())
			c := s.Ledger().Counts(sample.Code)
			if got := len(s.Ledger().Waiting(sample.Code)); got != c.Proposed || c.Proposed+c.Accepted != 40 {
				t.Errorf("%d wait, counted as %+v", got, c)
				return
			}
		}
	}()
	for n := 1; n <= 40; n += 2 {
		reopen := func(n int) mechanism.Act {
			return &mechanism.ReopenCommitment{Item: mechanism.Item{Text: sample.Code, N: n}, Reason: fmt.Sprint("again ", n)}
		}
		if _, err := sec.Do(t.Context(), ana.Actor(), reopen(n), reopen(n+1)); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	<-ended
	if c := long.Ledger().Counts(sample.Code); c.Accepted != want || len(long.Ledger().Waiting(sample.Code)) != 0 {
		t.Errorf("the sight held all along changed: %+v", c)
	}
}

func TestActsThatCameEncodedAreReplayedAsTheyWereDone(t *testing.T) {
	rec := onSQLite(t)
	sec := enter(t, rec)
	found(t, sec)
	before := acts(sec)
	var all []secretariat.Encoded
	for _, sent := range [][2]string{
		{"note.add", ` { "words" : "a <b> & \ud800", "on":"party:XA", "party":"" }`}, // neither in our order nor as we escape
		{"text.announce", `{"text":{"code":"HAR25","title":{"en":"Harbour"},"kind":"political","parties":["XA"],"copies":[]}}`},
		{"meeting.record", `{"meeting":{"id":"council-9","body":"council","NUMBER":9,"country":"XA","status":"planned"}}`},
	} {
		all = append(all, secretariat.Encoded{Kind: sent[0], Act: json.RawMessage(strings.TrimSpace(sent[1]))})
	}
	entries, _, err := sec.DoEncoded(t.Context(), ana.Actor(), "", all...)
	if err != nil || len(entries) != len(all) || entries[0].Seq != before {
		t.Fatalf("done at %+v (error %v)", entries, err)
	}
	if again := enter(t, rec); digest(again) != digest(sec) {
		t.Error("the record replayed gives another state")
	}
	_, _, err = sec.DoEncoded(t.Context(), ana.Actor(), "", all[0], secretariat.Encoded{Kind: "note.add", Act: json.RawMessage(`{"on":"party:ZZ","words":"x"}`)})
	if refused, ok := errors.AsType[secretariat.Refused](err); !ok || refused.Act != 1 || fault.KindOf(err) != fault.NotFound {
		t.Errorf("error %v, want that act 1 is refused", err)
	}
}
