package identity

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"time"

	"concord/internal/fault"
)

// SignIn checks a password and begins a session. Address is where the attempt comes from. Errors: denied, in the same
// words whether the name or the password is wrong; [TooMany] when there were too many attempts under this name from this
// address, from this address, or at this moment, with how long to wait.
func (s *Store) SignIn(ctx context.Context, login, password, address string) (Session, error) {
	login, err := cleanLogin(login)
	if err != nil {
		return Session{}, wrongSignIn()
	}
	person, err := s.prove(ctx, login, password, address)
	if err != nil {
		return Session{}, err
	}
	return s.begin(ctx, person)
}

// prove gives the person of an account whose password it is. The attempt is counted before the password is looked at, and
// taken back if it was right or never looked at.
func (s *Store) prove(ctx context.Context, login, password, address string) (person string, err error) {
	try := attemptOf(login, address)
	if wait := s.gate.reserve(s.now(), try); wait > 0 {
		return "", TooMany{Wait: wait}
	}
	a, err := s.account(ctx, login)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		s.gate.takeBack(try)
		return "", err
	}
	right := false
	err = s.hashing.do(ctx, func() {
		right = len(password) <= 4*maxPassword && rightPassword(password, a.hash)
	})
	switch {
	case err != nil:
		s.gate.takeBack(try)
		return "", err
	case !right:
		return "", wrongSignIn()
	}
	s.gate.passed(try)
	return a.Person, nil
}

func wrongSignIn() error {
	return fault.New(fault.Denied, "the sign-in name or the password is not right")
}

// begin makes a session and sweeps out those that are over.
func (s *Store) begin(ctx context.Context, person string) (Session, error) {
	now := s.now()
	if _, err := s.db.ExecContext(ctx, s.sql(`DELETE FROM identity_session WHERE expires <= ? OR seen <= ?`), now.Unix(), now.Add(-SessionIdle).Unix()); err != nil {
		return Session{}, unavailable(err)
	}
	session := Session{Token: rand.Text(), Person: person, Expires: now.Add(SessionLife)}
	_, err := s.db.ExecContext(ctx, s.sql(`INSERT INTO identity_session (token, person, expires, seen) VALUES (?, ?, ?, ?)`),
		tokenHash(session.Token), person, session.Expires.Unix(), now.Unix())
	return session, unavailable(err)
}

// Person gives who a session belongs to, who has asked for something; NotFound when it is over or never was.
func (s *Store) Person(ctx context.Context, token string) (string, error) {
	return s.known.person(s.now(), tokenHash(token), func(hash string) (string, time.Time, error) {
		found, err := s.session(ctx, hash)
		if err != nil {
			return "", time.Time{}, err
		}
		if now := s.now(); now.Sub(found.seen) >= seenStep {
			// If it cannot be noted, the session ends sooner; that is no reason to refuse what was asked for.
			_, _ = s.db.ExecContext(ctx, s.sql(`UPDATE identity_session SET seen = ? WHERE token = ?`), now.Unix(), hash)
			found.seen = now
		}
		return found.person, found.end(), nil
	})
}

// Holder is Person for what a page asks by itself while it is open: nobody may be there, so the session is idle all the same.
func (s *Store) Holder(ctx context.Context, token string) (string, error) {
	return s.known.person(s.now(), tokenHash(token), func(hash string) (string, time.Time, error) {
		found, err := s.session(ctx, hash)
		return found.person, found.end(), err
	})
}

// seenStep is how exactly it is noted when a session was last used.
const seenStep = 5 * time.Minute

// kept is a session as it is kept.
type kept struct {
	person        string
	expires, seen time.Time
}

// end is when the session ends if nobody uses it any more.
func (k kept) end() time.Time {
	if idle := k.seen.Add(SessionIdle); idle.Before(k.expires) {
		return idle
	}
	return k.expires
}

// session finds a session that is not over, by the hash of its token.
func (s *Store) session(ctx context.Context, hash string) (found kept, err error) {
	var expires, seen int64
	row := s.db.QueryRowContext(ctx, s.sql(`SELECT person, expires, seen FROM identity_session WHERE token = ?`), hash)
	switch err := row.Scan(&found.person, &expires, &seen); {
	case errors.Is(err, sql.ErrNoRows):
		return kept{}, sessionOver()
	case err != nil:
		return kept{}, unavailable(err)
	}
	found.expires, found.seen = time.Unix(expires, 0), time.Unix(seen, 0)
	if !s.now().Before(found.end()) {
		return kept{}, sessionOver()
	}
	return found, nil
}

func sessionOver() error { return fault.New(fault.NotFound, "the session is over") }

// SignOut ends one session.
func (s *Store) SignOut(ctx context.Context, token string) error {
	defer s.known.forget()
	_, err := s.db.ExecContext(ctx, s.sql(`DELETE FROM identity_session WHERE token = ?`), tokenHash(token))
	return unavailable(err)
}

// SignOutEverywhere ends all sessions of a person.
func (s *Store) SignOutEverywhere(ctx context.Context, person string) error {
	defer s.known.forget()
	_, err := s.db.ExecContext(ctx, s.sql(`DELETE FROM identity_session WHERE person = ?`), person)
	return unavailable(err)
}

// Invite makes an account without a password and gives the token with which its person sets one, once, within
// InviteLife. An earlier password and earlier sessions of the person end.
func (s *Store) Invite(ctx context.Context, login, person string) (token string, err error) {
	if err := s.put(ctx, login, person, ""); err != nil {
		return "", err
	}
	login, _ = cleanLogin(login) // put has accepted it
	token = rand.Text()
	_, err = s.db.ExecContext(ctx, s.sql(`INSERT INTO identity_invitation (token, login, expires) VALUES (?, ?, ?)`),
		tokenHash(token), login, s.now().Add(InviteLife).Unix())
	return token, unavailable(err)
}

// Invited gives the account that an invitation is for; NotFound when it was used, is over or never was.
func (s *Store) Invited(ctx context.Context, token string) (Account, error) {
	var login string
	row := s.db.QueryRowContext(ctx, s.sql(`SELECT login FROM identity_invitation WHERE token = ? AND expires > ?`), tokenHash(token), s.now().Unix())
	if err := row.Scan(&login); errors.Is(err, sql.ErrNoRows) {
		return Account{}, invitationOver()
	} else if err != nil {
		return Account{}, unavailable(err)
	}
	a, err := s.account(ctx, login)
	return a.Account, err
}

func invitationOver() error {
	return fault.New(fault.NotFound, "this invitation was used already or is over: ask for another one")
}

// AcceptInvite sets the password of an invited account and begins a session. Of two who do so at once, one is too late.
func (s *Store) AcceptInvite(ctx context.Context, token, password string) (Session, error) {
	a, err := s.Invited(ctx, token)
	if err != nil {
		return Session{}, err
	}
	hash, err := s.newHash(ctx, a.Login, password)
	if err != nil {
		return Session{}, err
	}
	err = s.atOnce(ctx, func(tx *sql.Tx) error {
		used, err := tx.ExecContext(ctx, s.sql(`DELETE FROM identity_invitation WHERE token = ?`), tokenHash(token))
		if err != nil {
			return unavailable(err)
		}
		if n, err := used.RowsAffected(); err != nil || n == 0 {
			return invitationOver()
		}
		return s.putIn(ctx, tx, a.Login, a.Person, hash)
	})
	if err != nil {
		return Session{}, err
	}
	return s.begin(ctx, a.Person)
}

// tokenHash is what is kept of a token. Tokens are random (130 bits), so that a plain hash hides them.
func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// TooMany says that sign-in is closed for a while, after too many failures or because too many wait.
type TooMany struct{ Wait time.Duration }

// Seconds is the wait in whole seconds, at least 1: who waits as long is heard.
func (t TooMany) Seconds() int { return max(1, int((t.Wait+time.Second-1)/time.Second)) }

func (t TooMany) Error() string { return t.Unwrap().Error() }

// Unwrap gives the error its kind and sentence.
func (t TooMany) Unwrap() error {
	return fault.New(fault.Unavailable, "too many attempts to sign in: wait %s, then try again", t.Wait.Round(time.Second))
}
