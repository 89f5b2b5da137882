package identity_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"concord/identity"
	"concord/internal/check"
	"concord/internal/fault"
)

const password = "three plain words"

// clock is the time that a test moves.
type clock struct{ now time.Time }

func open(t *testing.T) (*identity.Store, *sql.DB, *clock) {
	t.Helper()
	return openOn(t, "sqlite", filepath.Join(t.TempDir(), "ids.db")+"?_pragma=busy_timeout(10000)&_pragma=journal_mode(wal)", "sqlite")
}

func openOn(t *testing.T, driver, dsn, dialect string) (*identity.Store, *sql.DB, *clock) {
	t.Helper()
	db, err := sql.Open(driver, dsn)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	c := &clock{time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	s, err := identity.Open(t.Context(), db, dialect, func() time.Time { return c.now })
	must(t, err)
	return s, db, c
}

// TestOnPostgres goes once through everything that asks the database.
func TestOnPostgres(t *testing.T) {
	s, _, c := openOn(t, "pgx", check.Postgres(t), "postgres")
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	session, err := s.SignIn(t.Context(), "known", password, "192.0.2.1")
	must(t, err)
	if person, err := s.Person(t.Context(), session.Token); err != nil || person != "known" {
		t.Errorf("the session is of %q, %v", person, err)
	}
	token, err := s.Invite(t.Context(), "guest", "guest")
	must(t, err)
	_, err = s.AcceptInvite(t.Context(), token, password)
	must(t, err)
	if all, err := s.Accounts(t.Context()); err != nil || len(all) != 2 {
		t.Errorf("accounts are %+v, %v", all, err)
	}
	must(t, s.SignOut(t.Context(), session.Token))
	must(t, s.SignOutEverywhere(t.Context(), "guest"))
	must(t, s.Remove(t.Context(), "guest"))
	c.now = c.now.Add(identity.SessionLife)
	_, err = s.SignIn(t.Context(), "known", password, "192.0.2.1")
	must(t, err)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestSignInLeadsToThePerson(t *testing.T) {
	s, _, _ := open(t)
	must(t, s.SetPassword(t.Context(), " A.Karimova@MFA.example", "karimova", password))
	session, err := s.SignIn(t.Context(), "a.karimova@mfa.EXAMPLE ", password, "192.0.2.1")
	must(t, err)
	if person, err := s.Person(t.Context(), session.Token); err != nil || person != "karimova" {
		t.Errorf("the session is of %q, %v", person, err)
	}
}

func TestNameAndPasswordAreRefusedInTheSameWords(t *testing.T) {
	s, _, _ := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	_, wrong := s.SignIn(t.Context(), "known", "not the password", "192.0.2.1")
	_, unknown := s.SignIn(t.Context(), "unknown", password, "192.0.2.1")
	if fault.KindOf(wrong) != fault.Denied || wrong.Error() != unknown.Error() {
		t.Errorf("%v / %v", wrong, unknown)
	}
}

func TestAnOddSignInNameIsNobodys(t *testing.T) {
	s, _, _ := open(t)
	for _, odd := range []string{"", "two words", "no\u00a0break", "nul\x00", "half\xff", "bell\a", strings.Repeat("a", 129)} {
		if err := s.SetPassword(t.Context(), odd, "known", password); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q is given as a name: %v", odd, err)
		}
		if _, err := s.SignIn(t.Context(), odd, password, "192.0.2.1"); fault.KindOf(err) != fault.Denied {
			t.Errorf("%q: %v", odd, err)
		}
	}
}

func TestNothingSecretIsInTheTables(t *testing.T) {
	s, db, _ := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	session, err := s.SignIn(t.Context(), "known", password, "192.0.2.1")
	must(t, err)
	token, err := s.Invite(t.Context(), "guest", "guest")
	must(t, err)
	for _, table := range []string{"identity_account", "identity_session", "identity_invitation"} {
		dump := dumpOf(t, db, table)
		for _, secret := range []string{password, session.Token, token} {
			if strings.Contains(dump, secret) {
				t.Errorf("%s holds a secret", table)
			}
		}
	}
	if hash := dumpOf(t, db, "identity_account"); !strings.Contains(hash, "$argon2id$v=19$m=") {
		t.Errorf("the password's hash is not argon2id with its costs: %s", hash)
	}
}

func dumpOf(t *testing.T, db *sql.DB, table string) string {
	t.Helper()
	rows, err := db.Query("SELECT * FROM " + table)
	must(t, err)
	defer rows.Close()
	columns, err := rows.Columns()
	must(t, err)
	var all strings.Builder
	for rows.Next() {
		row := make([]any, len(columns))
		for i := range row {
			row[i] = new(any)
		}
		must(t, rows.Scan(row...))
		for _, cell := range row {
			fmt.Fprint(&all, *cell.(*any), "|")
		}
	}
	return all.String()
}

func TestOnlyLengthIsAskedOfAPassword(t *testing.T) {
	for password, fine := range map[string]bool{"eleven char": false, "twelve chars": true, "十二个汉字也可以作为密码": true, strings.Repeat("x", 1025): false} {
		if err := identity.CheckPassword(password); (err == nil) != fine {
			t.Errorf("%.20q: %v", password, err)
		}
	}
}

func TestSessionsEnd(t *testing.T) {
	s, _, c := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	in := func() string {
		session, err := s.SignIn(t.Context(), "known", password, "192.0.2.1")
		must(t, err)
		return session.Token
	}
	over := func(why, token string) {
		t.Helper()
		if _, err := s.Person(t.Context(), token); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%s the session goes on: %v", why, err)
		}
	}
	here, there := in(), in()
	must(t, s.SignOut(t.Context(), here))
	over("after signing out", here)
	if _, err := s.Person(t.Context(), there); err != nil {
		t.Errorf("signing out here ended the session there: %v", err)
	}
	must(t, s.SignOutEverywhere(t.Context(), "known"))
	over("after signing out everywhere", there)
	old := in()
	must(t, s.SetPassword(t.Context(), "known", "known", password+" anew"))
	over("after a new password", old)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	aged := in()
	c.now = c.now.Add(identity.SessionLife)
	over("after its life", aged)
}

func TestAnInvitationWorksOnceAndNotForEver(t *testing.T) {
	s, _, c := open(t)
	token, err := s.Invite(t.Context(), "guest", "guest")
	must(t, err)
	if _, err := s.SignIn(t.Context(), "guest", "", "192.0.2.1"); fault.KindOf(err) != fault.Denied {
		t.Errorf("somebody without a password signs in: %v", err)
	}
	if _, err := s.AcceptInvite(t.Context(), token, "short"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a short password is taken: %v", err)
	}
	session, err := s.AcceptInvite(t.Context(), token, password)
	must(t, err)
	if person, _ := s.Person(t.Context(), session.Token); person != "guest" {
		t.Errorf("the session is of %q", person)
	}
	if _, err := s.AcceptInvite(t.Context(), token, password); fault.KindOf(err) != fault.NotFound {
		t.Errorf("it works twice: %v", err)
	}
	late, err := s.Invite(t.Context(), "guest", "guest")
	must(t, err)
	c.now = c.now.Add(identity.InviteLife)
	if _, err := s.Invited(t.Context(), late); fault.KindOf(err) != fault.NotFound {
		t.Errorf("it works after its life: %v", err)
	}
}

func TestALoginBelongsToOnePerson(t *testing.T) {
	s, _, _ := open(t)
	must(t, s.SetPassword(t.Context(), "one", "first", password))
	if err := s.SetPassword(t.Context(), "ONE", "second", password); fault.KindOf(err) != fault.Conflict {
		t.Errorf("it was given away: %v", err)
	}
	must(t, s.SetPassword(t.Context(), "other", "first", password))
	if all, _ := s.Accounts(t.Context()); len(all) != 1 || all[0].Login != "other" {
		t.Errorf("accounts are %+v", all)
	}
	must(t, s.Remove(t.Context(), "first"))
	if all, _ := s.Accounts(t.Context()); len(all) != 0 {
		t.Errorf("accounts are %+v", all)
	}
}

// A name is closed to the address that guesses at it, and open to whoever it belongs to elsewhere.
func TestGuessingGetsSlow(t *testing.T) {
	s, _, c := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	guess := func(login, secret, from string) error {
		_, err := s.SignIn(context.Background(), login, secret, from)
		return err
	}
	for range 5 {
		guess("known", "wrong password", "192.0.2.1")
	}
	var many identity.TooMany
	if err := guess("known", password, "192.0.2.1"); !errors.As(err, &many) || fault.KindOf(err) != fault.Unavailable {
		t.Errorf("the account stays open to guesses: %v", err)
	}
	must(t, guess("known", password, "192.0.2.9"))
	c.now = c.now.Add(many.Wait)
	if err := guess("known", password, "192.0.2.1"); err != nil {
		t.Errorf("after the wait the right password fails: %v", err)
	}
}
