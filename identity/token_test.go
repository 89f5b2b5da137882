package identity_test

import (
	"strings"
	"testing"
	"time"

	"concord/identity"
	"concord/internal/fault"
)

func TestAnAccessTokenActsForItsPersonUntilItEnds(t *testing.T) {
	ids, _, clock := open(t)
	given, secret, err := ids.GiveToken(t.Context(), "bo", " the ministry's own list ", "ana")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(secret, "concord_") || given.Label != "the ministry's own list" {
		t.Errorf("given %+v with the secret %s", given, secret)
	}
	person, err := ids.TokenPerson(t.Context(), secret)
	if person != "bo" || err != nil {
		t.Errorf("the secret is %q's (error %v), want bo's", person, err)
	}
	for _, wrong := range []string{"", secret + "x", strings.TrimPrefix(secret, "concord_"), given.ID, "concord_"} {
		if who, err := ids.TokenPerson(t.Context(), wrong); fault.KindOf(err) != fault.Denied {
			t.Errorf("%q is taken for %q's (error %v)", wrong, who, err)
		}
	}
	if all, err := ids.Tokens(t.Context()); err != nil || len(all) != 1 || all[0] != given {
		t.Errorf("listed: %+v (error %v), want %+v", all, err, given)
	}
	clock.now = clock.now.Add(identity.TokenLife - time.Second)
	if _, err := ids.TokenPerson(t.Context(), secret); err != nil {
		t.Errorf("just before its end: %v", err)
	}
	clock.now = clock.now.Add(time.Second)
	if _, err := ids.TokenPerson(t.Context(), secret); fault.KindOf(err) != fault.Denied {
		t.Errorf("at its end: %v, want denied", err)
	}
	if all, _ := ids.Tokens(t.Context()); len(all) != 0 {
		t.Errorf("one that is over is listed: %+v", all)
	}
}

func TestAnEndedTokenIsRefusedAtOnce(t *testing.T) {
	ids, _, _ := open(t)
	given, secret, err := ids.GiveToken(t.Context(), "bo", "x", "ana")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ids.TokenPerson(t.Context(), secret); err != nil { // remembered from now on
		t.Fatal(err)
	}
	if err := ids.EndToken(t.Context(), given.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := ids.TokenPerson(t.Context(), secret); fault.KindOf(err) != fault.Denied {
		t.Errorf("error %v, want denied", err)
	}
	if err := ids.EndToken(t.Context(), given.ID); fault.KindOf(err) != fault.NotFound {
		t.Errorf("ended twice: %v, want not found", err)
	}
}

func TestWhoIsRemovedLosesTokensAndSessions(t *testing.T) {
	ids, _, _ := open(t)
	if err := ids.SetPassword(t.Context(), "bo", "bo", password); err != nil {
		t.Fatal(err)
	}
	session, err := ids.SignIn(t.Context(), "bo", password, "here")
	if err != nil {
		t.Fatal(err)
	}
	_, secret, err := ids.GiveToken(t.Context(), "bo", "x", "ana")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ids.Person(t.Context(), session.Token); err != nil {
		t.Fatal(err)
	}
	if _, err := ids.TokenPerson(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	if err := ids.Remove(t.Context(), "bo"); err != nil {
		t.Fatal(err)
	}
	if _, err := ids.Person(t.Context(), session.Token); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the session goes on: %v", err)
	}
	if _, err := ids.TokenPerson(t.Context(), secret); fault.KindOf(err) != fault.Denied {
		t.Errorf("the token goes on: %v", err)
	}
}

// A session that another node has ended is over here within seconds.
func TestWhatAnotherNodeEndsIsForgotten(t *testing.T) {
	ids, db, clock := open(t)
	if err := ids.SetPassword(t.Context(), "bo", "bo", password); err != nil {
		t.Fatal(err)
	}
	session, err := ids.SignIn(t.Context(), "bo", password, "here")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ids.Person(t.Context(), session.Token); err != nil {
		t.Fatal(err)
	}
	other, err := identity.Open(t.Context(), db, "sqlite", func() time.Time { return clock.now })
	must(t, err)
	if err := other.SignOut(t.Context(), session.Token); err != nil {
		t.Fatal(err)
	}
	clock.now = clock.now.Add(6 * time.Second)
	if _, err := ids.Person(t.Context(), session.Token); fault.KindOf(err) != fault.NotFound {
		t.Errorf("error %v, want not found", err)
	}
}

func TestATokenSaysWhatItIsFor(t *testing.T) {
	ids, _, _ := open(t)
	for _, label := range []string{"", "  ", strings.Repeat("x", 101)} {
		if _, _, err := ids.GiveToken(t.Context(), "bo", label, "ana"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("the label %q: error %v, want invalid", label, err)
		}
	}
}
