package identity_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"concord/identity"
	"concord/internal/fault"
)

// signIn signs in and gives the error alone.
func signIn(t *testing.T, s *identity.Store, login, secret, from string) error {
	t.Helper()
	_, err := s.SignIn(t.Context(), login, secret, from)
	return err
}

// closed says for how long sign-in is closed; 0 when the attempt was heard.
func closed(err error) time.Duration {
	var many identity.TooMany
	if errors.As(err, &many) {
		return many.Wait
	}
	return 0
}

func count(t *testing.T, db *sql.DB, table string) int {
	t.Helper()
	var n int
	must(t, db.QueryRow("SELECT count(*) FROM "+table).Scan(&n))
	return n
}

// A session is a secret of its own: no two are the same, nobody guesses one from another, and what is no token is nobody.
func TestSessionsAreSecretsOfTheirOwn(t *testing.T) {
	t.Parallel()
	s, db, c := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	first, err := s.SignIn(t.Context(), "known", password, "192.0.2.1")
	must(t, err)
	second, err := s.SignIn(t.Context(), "known", password, "192.0.2.1")
	must(t, err)
	if first.Token == second.Token || len(first.Token) < 20 {
		t.Errorf("tokens are %q and %q", first.Token, second.Token)
	}
	if want := c.now.Add(identity.SessionLife); !first.Expires.Equal(want) || first.Person != "known" {
		t.Errorf("the session is of %s until %v, want %v", first.Person, first.Expires, want)
	}
	for _, token := range []string{"", " ", strings.ToLower(first.Token), first.Token + " ", first.Token[1:], "' OR '1'='1", strings.Repeat("x", 1<<16)} {
		if person, err := s.Person(t.Context(), token); fault.KindOf(err) != fault.NotFound || person != "" {
			t.Errorf("the token %.20q is of %q, %v", token, person, err)
		}
	}
	must(t, s.SignOut(t.Context(), "no such token"))
	must(t, s.SignOut(t.Context(), first.Token))
	must(t, s.SignOut(t.Context(), first.Token)) // the second click on the same button
	if _, err := s.Person(t.Context(), second.Token); err != nil {
		t.Errorf("signing out of one session has ended another: %v", err)
	}
	// Sessions that are over do not pile up.
	c.now = c.now.Add(identity.SessionLife + time.Second)
	must(t, signIn(t, s, "known", password, "192.0.2.1"))
	if n := count(t, db, "identity_session"); n != 1 {
		t.Errorf("%d sessions are kept, one is alive", n)
	}
}

// A session lasts to its last second and no longer.
func TestASessionEndsOnTheSecond(t *testing.T) {
	t.Parallel()
	s, _, c := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	session, err := s.SignIn(t.Context(), "known", password, "192.0.2.1")
	must(t, err)
	begun := c.now
	for after := time.Duration(0); after < 2*identity.SessionLife; after += time.Hour {
		for _, at := range []time.Duration{after - time.Second, after} {
			c.now = begun.Add(at)
			if _, err := s.Person(t.Context(), session.Token); (err == nil) != (at < identity.SessionLife) {
				t.Errorf("%v after the sign-in: %v", at, err)
			}
		}
	}
}

// A session that nobody uses ends, though a page that is left open asks by itself; and one that is used goes on.
func TestAnIdleSessionEnds(t *testing.T) {
	t.Parallel()
	s, _, c := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	session, err := s.SignIn(t.Context(), "known", password, "192.0.2.1")
	must(t, err)
	for range 3 {
		c.now = c.now.Add(identity.SessionIdle - time.Second)
		if _, err := s.Person(t.Context(), session.Token); err != nil {
			t.Fatalf("a session that is used ends: %v", err)
		}
	}
	last := c.now
	for c.now = last; c.now.Before(last.Add(identity.SessionIdle)); c.now = c.now.Add(10 * time.Minute) {
		if _, err := s.Holder(t.Context(), session.Token); err != nil {
			t.Fatalf("%v after it was used: %v", c.now.Sub(last), err)
		}
	}
	if _, err := s.Person(t.Context(), session.Token); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an idle session goes on: %v", err)
	}
}

// A database of before, which does not know when a session was last used, is taken over: its people sign in anew.
func TestADatabaseOfBeforeIsTakenOver(t *testing.T) {
	t.Parallel()
	db, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "ids.db"))
	must(t, err)
	defer db.Close()
	_, err = db.Exec(`CREATE TABLE identity_session (token TEXT PRIMARY KEY, person TEXT NOT NULL, expires BIGINT NOT NULL);
		INSERT INTO identity_session VALUES ('x', 'known', 99999999999)`)
	must(t, err)
	for range 2 {
		s, err := identity.Open(t.Context(), db, "sqlite", time.Now)
		must(t, err)
		must(t, s.SetPassword(t.Context(), "known", "known", password))
		session, err := s.SignIn(t.Context(), "known", password, "192.0.2.1")
		must(t, err)
		if person, err := s.Person(t.Context(), session.Token); err != nil || person != "known" {
			t.Errorf("the session is of %q, %v", person, err)
		}
	}
}

// Of twenty who use one invitation at once, one is in time.
func TestAnInvitationThatManyUseAtOnce(t *testing.T) {
	t.Parallel()
	s, db, _ := open(t)
	token, err := s.Invite(t.Context(), "guest", "guest")
	must(t, err)
	var in atomic.Int64
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			switch _, err := s.AcceptInvite(t.Context(), token, fmt.Sprint("quiet harbour lamp ", i)); {
			case err == nil:
				in.Add(1)
			case fault.KindOf(err) != fault.NotFound:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 || count(t, db, "identity_session") != 1 {
		t.Errorf("%d came in, %d sessions began", in.Load(), count(t, db, "identity_session"))
	}
}

// What others try first is refused, in whatever language and spelling; what is only long is not.
func TestCommonPasswordsAreRefused(t *testing.T) {
	t.Parallel()
	for _, common := range []string{"passwordpassword", "Password123!", "123456789012", "qwertyuiop12", "aaaaaaaaaaaa", "iloveyou1234", "letmeinletmein",
		"1q2w3e4r5t6y", "concordconcord", "a.karimova@mfa.example", strings.Repeat("password1x", 100)} {
		if err := identity.CheckPassword(common, "a.karimova@mfa.example"); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", common, err)
		}
	}
	for _, good := range []string{password, "correct horse battery", "十二个汉字也可以作为密码", "тихая лампа у реки", "eight callers at two cores"} {
		must(t, identity.CheckPassword(good, "a.karimova@mfa.example"))
	}
}

// One changes one's own password by the one that one has. Every session of before ends, and guessing at the old one is
// guessing.
func TestChangingOnesOwnPassword(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	ctx := t.Context()
	must(t, s.SetPassword(ctx, "known", "person", password))
	before, err := s.SignIn(ctx, "known", password, "192.0.2.1")
	must(t, err)
	const next = "another quiet harbour"
	if _, err := s.ChangePassword(ctx, "person", password, "passwordpassword", "192.0.2.1"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a common one is taken: %v", err)
	}
	after, err := s.ChangePassword(ctx, "person", password, next, "192.0.2.1")
	must(t, err)
	if _, err := s.Person(ctx, before.Token); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a session of before goes on: %v", err)
	}
	if person, err := s.Person(ctx, after.Token); err != nil || person != "person" {
		t.Errorf("the new session is of %q, %v", person, err)
	}
	if err := signIn(t, s, "known", password, "192.0.2.1"); fault.KindOf(err) != fault.Denied {
		t.Errorf("the old password holds: %v", err)
	}
	for range 5 {
		if _, err := s.ChangePassword(ctx, "person", "not the old one", password, "192.0.2.2"); fault.KindOf(err) != fault.Denied {
			t.Errorf("without the old password: %v", err)
		}
	}
	if _, err := s.ChangePassword(ctx, "person", next, password, "192.0.2.2"); closed(err) == 0 {
		t.Errorf("one guesses on at the old password: %v", err)
	}
	if _, err := s.ChangePassword(ctx, "nobody", next, password, "192.0.2.1"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("somebody without an account: %v", err)
	}
}

// Each failure beyond the fifth closes the account for twice as long, up to a bound; only time or the right password
// opens it.
func TestWaitsGrow(t *testing.T) {
	t.Parallel()
	s, _, c := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	for i := range 4 {
		if err := signIn(t, s, "known", "wrong password", "192.0.2.1"); fault.KindOf(err) != fault.Denied {
			t.Fatalf("guess %d: %v", i+1, err)
		}
	}
	last := time.Duration(0)
	for i := range 11 {
		if err := signIn(t, s, "known", "wrong password", "192.0.2.1"); fault.KindOf(err) != fault.Denied {
			t.Fatalf("guess %d after waiting: %v", i+5, err)
		}
		wait := closed(signIn(t, s, "known", password, "192.0.2.1"))
		if wait < last || wait == 0 || i > 0 && wait > 2*last {
			t.Errorf("after guess %d the wait is %v, before it was %v", i+5, wait, last)
		}
		if again := closed(signIn(t, s, "known", "wrong password", "192.0.2.1")); again != wait {
			t.Errorf("trying while it is closed changes the wait from %v to %v", wait, again)
		}
		last = wait
		c.now = c.now.Add(wait)
	}
	if last > 15*time.Minute || last < 10*time.Minute {
		t.Errorf("the wait grows to %v", last)
	}
	must(t, signIn(t, s, "known", password, "192.0.2.7"))
	if err := signIn(t, s, "known", "wrong password", "192.0.2.7"); fault.KindOf(err) != fault.Denied {
		t.Errorf("the right password has not opened the account: %v", err)
	}
}

// Guessing closes a name to the place that guesses, in whatever spelling; guessing many names closes the place; and neither
// closes a name to anybody else: no stranger keeps an officer out.
func TestGuessingClosesOnlyThePlaceThatGuesses(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	must(t, s.SetPassword(t.Context(), "other", "other", password))
	for i := range 6 {
		for range 6 {
			signIn(t, s, "known", "wrong password", fmt.Sprintf("198.51.100.%d", i))
		}
	}
	for _, spelling := range []string{"known", " KNOWN", "Known "} {
		if closed(signIn(t, s, spelling, password, "198.51.100.3")) == 0 {
			t.Errorf("the account stays open as %q", spelling)
		}
	}
	must(t, signIn(t, s, "known", password, "203.0.113.1"))
	for i := range 8 {
		signIn(t, s, fmt.Sprint("nobody", i), "wrong password", "203.0.113.2")
	}
	if closed(signIn(t, s, "other", password, "203.0.113.2")) == 0 {
		t.Error("the place stays open")
	}
	must(t, signIn(t, s, "other", password, "203.0.113.3"))
}

// Everybody has as many addresses of IPv6 as they like, so that a network is one place; and an address of IPv4 is the same in
// its other spelling.
func TestManyAddressesOfOneNetworkAreOnePlace(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	for i := range 5 {
		signIn(t, s, "known", "wrong password", fmt.Sprintf("2001:db8:1:2::%d", i+1))
		signIn(t, s, "known", "wrong password", "192.0.2.1")
	}
	for _, same := range []string{"2001:db8:1:2:ffff::1", "::ffff:192.0.2.1"} {
		if closed(signIn(t, s, "known", password, same)) == 0 {
			t.Errorf("%s is open", same)
		}
	}
	must(t, signIn(t, s, "known", password, "2001:db8:1:3::1"))
}

// Who knows the password never pays for those of the same office who mistyped, once they have waited; and signing in takes
// nothing back of what others did at the address.
func TestSigningInTakesBackOnlyOnesOwnAttempts(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	for i := range 7 {
		must(t, signIn(t, s, "known", password, "192.0.2.1"))
		signIn(t, s, fmt.Sprint("nobody", i), "wrong password", "192.0.2.1")
	}
	must(t, signIn(t, s, "known", password, "192.0.2.1"))
	signIn(t, s, "nobody else", "wrong password", "192.0.2.1")
	signIn(t, s, "nobody-else", "wrong password", "192.0.2.1")
	if closed(signIn(t, s, "known", password, "192.0.2.1")) == 0 {
		t.Error("who signs in between guesses guesses on")
	}
}

// Failures of long ago do not count: whoever mistypes once a day is never kept waiting.
func TestOldFailuresAreForgotten(t *testing.T) {
	t.Parallel()
	s, _, c := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	for range 8 {
		if err := signIn(t, s, "known", "wrong password", "192.0.2.1"); fault.KindOf(err) != fault.Denied {
			t.Fatal(err)
		}
		c.now = c.now.Add(time.Hour)
	}
	must(t, signIn(t, s, "known", password, "192.0.2.1"))
}

// Asking many times at once does not get around the waits: an attempt counts before its password is looked at.
func TestGuessesAtOnceAreCountedToo(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	for most, login := range map[int]func(int) string{
		5: func(int) string { return "known" },
		8: func(i int) string { return fmt.Sprint("nobody", i) },
	} {
		var heard atomic.Int64
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				if fault.KindOf(signIn(t, s, login(i), "wrong password", fmt.Sprint("198.51.100.", most))) == fault.Denied {
					heard.Add(1)
				}
			})
		}
		wg.Wait()
		if n := heard.Load(); n == 0 || n > int64(most) {
			t.Errorf("%d of 60 guesses were heard at once, want at most %d", n, most)
		}
	}
}

// However many come at once from however many places, only so many wait to be hashed. Who is sent away is told to come back,
// and nothing is held against them.
func TestTheQueueOfHashesIsBounded(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	var sent, signed atomic.Int64
	var wg sync.WaitGroup
	for i := range 200 {
		wg.Go(func() {
			switch err := signIn(t, s, "known", password, fmt.Sprint("198.51.100.", i)); {
			case err == nil:
				signed.Add(1)
			case closed(err) > 0 && closed(err) <= 5*time.Second:
				sent.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if sent.Load() == 0 || signed.Load() < 30 {
		t.Errorf("of 200 at once %d signed in and %d were sent away", signed.Load(), sent.Load())
	}
	for range 6 {
		must(t, signIn(t, s, "known", password, "198.51.100.199"))
	}
}

// Who is gone before their turn comes is not hashed for, and nothing is held against them.
func TestAnAttemptThatWasGivenUpIsNotCounted(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	for range 10 {
		if _, err := s.SignIn(gone, "known", password, "192.0.2.1"); closed(err) > 0 {
			t.Fatalf("closed for %v", closed(err))
		}
	}
	must(t, signIn(t, s, "known", password, "192.0.2.1"))
}

// What is no password is refused before anything costly is done with it, and in no other words than a wrong one.
func TestOddPasswords(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	wrong := signIn(t, s, "known", "another password", "192.0.2.1")
	for i, odd := range []string{"", strings.Repeat("x", 10<<20), password + "\x00", " " + password, password + "\n", "\xff\xfe", strings.ToUpper(password)} {
		from := fmt.Sprintf("198.51.100.%d", i)
		must(t, signIn(t, s, "known", password, from)) // opens the account again
		if err := signIn(t, s, "known", odd, from); err == nil || err.Error() != wrong.Error() {
			t.Errorf("%.20q: %v", odd, err)
		}
	}
	if err := s.SetPassword(t.Context(), "known", "known", "short"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a short password: %v", err)
	}
	must(t, signIn(t, s, "known", password, "192.0.2.2")) // a refused change changes nothing
}

func TestInvitations(t *testing.T) {
	t.Parallel()
	s, db, c := open(t)
	ctx := t.Context()
	must(t, s.SetPassword(ctx, "guest", "guest", password))
	session, err := s.SignIn(ctx, "guest", password, "192.0.2.1")
	must(t, err)
	first, err := s.Invite(ctx, " Guest", "guest")
	must(t, err)
	if _, err := s.Person(ctx, session.Token); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the sessions of before go on: %v", err)
	}
	if err := signIn(t, s, "guest", password, "192.0.2.1"); fault.KindOf(err) != fault.Denied {
		t.Errorf("the password of before still holds: %v", err)
	}
	if a, err := s.Invited(ctx, first); err != nil || a.Login != "guest" || a.Person != "guest" || a.Ready {
		t.Errorf("the invitation is for %+v, %v", a, err)
	}
	second, err := s.Invite(ctx, "guest", "guest")
	must(t, err)
	if _, err := s.AcceptInvite(ctx, first, password); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an invitation still holds after a newer one: %v", err)
	}
	must(t, s.SetPassword(ctx, "guest", "guest", password))
	if _, err := s.AcceptInvite(ctx, second, "another good one"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an invitation still holds after a password was set: %v", err)
	}
	third, err := s.Invite(ctx, "guest", "guest")
	must(t, err)
	must(t, s.Remove(ctx, "guest"))
	if _, err := s.AcceptInvite(ctx, third, password); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an invitation still holds after its person was removed: %v", err)
	}
	for _, token := range []string{"", "no token", third[:10], strings.ToLower(third)} {
		if _, err := s.Invited(ctx, token); fault.KindOf(err) != fault.NotFound {
			t.Errorf("the token %q invites: %v", token, err)
		}
	}
	must(t, s.SetPassword(ctx, "host", "host", password))
	if _, err := s.Invite(ctx, "HOST", "guest"); fault.KindOf(err) != fault.Conflict {
		t.Errorf("somebody is invited under the name of another: %v", err)
	}
	if _, err := s.Invite(ctx, "two words", "guest"); fault.KindOf(err) != fault.Invalid {
		t.Errorf("somebody is invited under a name that is none: %v", err)
	}
	must(t, signIn(t, s, "host", password, "192.0.2.1")) // the refused invitation has cost the host nothing
	if n := count(t, db, "identity_invitation"); n != 0 {
		t.Errorf("%d invitations are left", n)
	}
	last, err := s.Invite(ctx, "guest", "guest")
	must(t, err)
	c.now = c.now.Add(identity.InviteLife - time.Second)
	if _, err := s.AcceptInvite(ctx, last, password); err != nil {
		t.Errorf("in its last second it does not hold: %v", err)
	}
}

// Who is removed is gone, from every table, and may come again as somebody new.
func TestRemovalLeavesNothing(t *testing.T) {
	t.Parallel()
	s, db, _ := open(t)
	ctx := t.Context()
	must(t, s.SetPassword(ctx, "stays", "stays", password))
	stays, err := s.SignIn(ctx, "stays", password, "192.0.2.1")
	must(t, err)
	must(t, s.SetPassword(ctx, "leaves", "leaves", password))
	must(t, signIn(t, s, "leaves", password, "192.0.2.1"))
	must(t, signIn(t, s, "leaves", password, "192.0.2.1"))
	must(t, s.Remove(ctx, "leaves"))
	must(t, s.Remove(ctx, "leaves"))
	must(t, s.Remove(ctx, "was never here"))
	for _, table := range []string{"identity_account", "identity_session", "identity_invitation"} {
		if strings.Contains(dumpOf(t, db, table), "leaves") {
			t.Errorf("%s still holds the person", table)
		}
	}
	if _, err := s.Person(ctx, stays.Token); err != nil {
		t.Errorf("the session of another has ended: %v", err)
	}
	must(t, s.Free(ctx, "leaves", "newcomer"))
	must(t, s.SetPassword(ctx, "leaves", "newcomer", password))
	session, err := s.SignIn(ctx, "leaves", password, "192.0.2.1")
	must(t, err)
	if person, _ := s.Person(ctx, session.Token); person != "newcomer" {
		t.Errorf("the session is of %q", person)
	}
}

// A backup carries accounts to another house: the same passwords open them, nobody is signed in there, and what is in it
// cannot be used to sign in.
func TestBackupCarriesAccountsAndNoSessions(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	ctx := t.Context()
	must(t, s.SetPassword(ctx, "b.known", "known", password))
	must(t, s.SetPassword(ctx, "a.other", "other", password+" of my own"))
	_, err := s.Invite(ctx, "c.guest", "guest")
	must(t, err)
	session, err := s.SignIn(ctx, "b.known", password, "192.0.2.1")
	must(t, err)
	sealed, err := s.Backup(ctx)
	must(t, err)
	if len(sealed) != 3 || sealed[0].Login != "a.other" || sealed[1].Person != "known" || sealed[2].Hash != "" {
		t.Fatalf("the backup is %+v", sealed)
	}
	house, db, _ := open(t)
	for range 2 { // restoring again changes nothing
		for _, a := range sealed {
			must(t, house.Restore(ctx, a))
		}
	}
	must(t, signIn(t, house, "b.known", password, "192.0.2.1"))
	must(t, signIn(t, house, "a.other", password+" of my own", "192.0.2.1"))
	if err := signIn(t, house, "a.other", password, "192.0.2.1"); fault.KindOf(err) != fault.Denied {
		t.Errorf("one's password opens the account of another: %v", err)
	}
	if err := signIn(t, house, "b.known", sealed[1].Hash, "192.0.2.1"); fault.KindOf(err) != fault.Denied {
		t.Errorf("the hash in the backup signs in: %v", err)
	}
	if _, err := house.Person(ctx, session.Token); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a session went along: %v", err)
	}
	accounts, err := house.Accounts(ctx)
	must(t, err)
	if len(accounts) != 3 || !accounts[0].Ready || !accounts[1].Ready || accounts[2].Ready || count(t, db, "identity_invitation") != 0 {
		t.Errorf("the accounts are %+v", accounts)
	}
}

// A backup comes from a file that anybody may have written: an odd hash makes an account that nobody can sign in to, and
// one that asks for more memory or time than any machine has is odd.
func TestOddHashesOpenNothing(t *testing.T) {
	t.Parallel()
	s, _, _ := open(t)
	ctx := t.Context()
	must(t, s.SetPassword(ctx, "known", "known", password))
	sealed, err := s.Backup(ctx)
	must(t, err)
	good := sealed[0].Hash
	for name, hash := range map[string]string{
		"none":                    "",
		"a password":              password,
		"another scheme":          strings.Replace(good, "argon2id", "argon2i", 1),
		"another version":         strings.Replace(good, "v=19", "v=16", 1),
		"no passes":               strings.Replace(good, "t=3", "t=0", 1),
		"no threads":              strings.Replace(good, "p=1", "p=0", 1),
		"too many threads":        strings.Replace(good, "p=1", "p=256", 1),
		"four terabytes":          strings.Replace(good, "m=19456", "m=4294967295", 1),
		"two gigabytes":           strings.Replace(good, "m=19456", "m=2097152", 1),
		"passes without end":      strings.Replace(good, "t=3", "t=4294967295", 1),
		"costs below zero":        strings.Replace(good, "t=3", "t=-3", 1),
		"costs in words":          strings.Replace(good, "t=3", "t=three", 1),
		"something after costs":   strings.Replace(good, "p=1", "p=1,x=2", 1),
		"a short hash":            good[:len(good)-8],
		"a part more":             good + "$x",
		"a part less":             good[:strings.LastIndexByte(good, '$')],
		"an alphabet of its own":  good[:len(good)-4] + "!!!!",
		"a null character at end": good + "\x00",
	} {
		must(t, s.Restore(ctx, identity.Sealed{Login: "odd", Person: "odd", Hash: hash}))
		accounts, err := s.Accounts(ctx)
		must(t, err)
		for _, a := range accounts {
			if a.Login == "odd" && a.Ready {
				t.Errorf("%s: the account counts as ready", name)
			}
		}
	}
	for _, a := range []identity.Sealed{{Login: "two words", Person: "x", Hash: good}, {Login: "", Person: "x", Hash: good}, {Login: "known", Person: "another", Hash: good}} {
		if err := s.Restore(ctx, a); err == nil {
			t.Errorf("%+v was restored", a)
		}
	}
	must(t, signIn(t, s, "known", password, "192.0.2.1"))
}

// When the database is away everybody is told so, and no attempt is held against anybody.
func TestWhenTheDatabaseIsAway(t *testing.T) {
	t.Parallel()
	s, db, _ := open(t)
	ctx := t.Context()
	must(t, s.SetPassword(ctx, "known", "known", password))
	must(t, db.Close())
	deeds := map[string]func() error{
		"sign in":             func() error { return signIn(t, s, "known", password, "192.0.2.1") },
		"person":              func() error { _, err := s.Person(ctx, "token"); return err },
		"sign out":            func() error { return s.SignOut(ctx, "token") },
		"sign out everywhere": func() error { return s.SignOutEverywhere(ctx, "known") },
		"set password":        func() error { return s.SetPassword(ctx, "known", "known", password) },
		"invite":              func() error { _, err := s.Invite(ctx, "known", "known"); return err },
		"invited":             func() error { _, err := s.Invited(ctx, "token"); return err },
		"accept":              func() error { _, err := s.AcceptInvite(ctx, "token", password); return err },
		"free":                func() error { return s.Free(ctx, "known", "known") },
		"remove":              func() error { return s.Remove(ctx, "known") },
		"accounts":            func() error { _, err := s.Accounts(ctx); return err },
		"backup":              func() error { _, err := s.Backup(ctx); return err },
		"restore":             func() error { return s.Restore(ctx, identity.Sealed{Login: "a", Person: "a"}) },
	}
	for name, deed := range deeds {
		if err := deed(); fault.KindOf(err) != fault.Unavailable || !strings.Contains(fault.Sentence(err), "cannot be reached") {
			t.Errorf("%s: %v", name, err)
		}
	}
	for range 7 {
		if wait := closed(signIn(t, s, "known", password, "192.0.2.1")); wait != 0 {
			t.Fatalf("sign-in is closed for %v", wait)
		}
	}
	broken, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "no", "folder", "ids.db"))
	must(t, err)
	defer broken.Close()
	if _, err := identity.Open(ctx, broken, "sqlite", time.Now); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("opening where nothing can be: %v", err)
	}
}

// Opening again over the tables of before keeps what is in them; that is what a restart is.
func TestARestartKeepsAccountsAndSessions(t *testing.T) {
	t.Parallel()
	s, db, c := open(t)
	must(t, s.SetPassword(t.Context(), "known", "known", password))
	session, err := s.SignIn(t.Context(), "known", password, "192.0.2.1")
	must(t, err)
	again, err := identity.Open(t.Context(), db, "sqlite", func() time.Time { return c.now })
	must(t, err)
	if person, err := again.Person(t.Context(), session.Token); err != nil || person != "known" {
		t.Errorf("the session is of %q, %v", person, err)
	}
}
