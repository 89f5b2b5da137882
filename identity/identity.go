// Package identity knows who is there: accounts with a password, sessions, invitations. It never says what somebody may
// do; an account leads to the id of a person, and the person's mandate is in the record (package mechanism).
//
// Its tables lie beside the record in the same database and are ordinary ones: they are changed and deleted, and no proof
// covers them. Of a password only an argon2id hash is kept, of a session and an invitation only the SHA-256 of the token.
//
//	ids, err := identity.Open(ctx, db, "sqlite", time.Now)
//	err = ids.SetPassword(ctx, "a.karimova", "a-karimova", password)
//	session, err := ids.SignIn(ctx, "a.karimova", password, address)
//	person, err := ids.Person(ctx, session.Token)
package identity

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/trustelem/zxcvbn"

	"concord/internal/fault"
)

// How long things last.
const (
	SessionLife = 14 * 24 * time.Hour // from the sign-in
	SessionIdle = 12 * time.Hour      // from the last that its person asked for: a night ends it
	InviteLife  = 7 * 24 * time.Hour
)

// Passwords are long rather than odd: they have a length and are none that others guess first (NIST SP 800-63B, section
// 3.1.1.2, asks for this and for no rules of composition). The upper bound keeps hashing cheap to refuse.
const (
	MinPassword = 12 // characters
	maxPassword = 1024
	looked      = 40 // characters that are looked at for what is common
	fewestTries = 1e6
)

// Store keeps accounts, sessions and invitations. Its methods may be called from many goroutines.
type Store struct {
	db       *sql.DB
	postgres bool
	now      func() time.Time
	gate     *gate
	known    known
	hashing  hashing
}

// Account is a way to sign in.
type Account struct {
	Login   string // small letters, as typed at sign-in
	Person  string // id in the mechanism
	Ready   bool   // has a password; otherwise an invitation waits
	Changed time.Time
}

// Session is a sign-in that has succeeded. Token is the secret for the cookie; it is not kept.
type Session struct {
	Token   string
	Person  string
	Expires time.Time
}

var tables = [...]string{
	`CREATE TABLE IF NOT EXISTS identity_account (
		login TEXT PRIMARY KEY, person TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, changed BIGINT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS identity_session (
		token TEXT PRIMARY KEY, person TEXT NOT NULL, expires BIGINT NOT NULL, seen BIGINT NOT NULL DEFAULT 0)`,
	`CREATE TABLE IF NOT EXISTS identity_invitation (
		token TEXT PRIMARY KEY, login TEXT NOT NULL UNIQUE, expires BIGINT NOT NULL)`,
	`CREATE TABLE IF NOT EXISTS identity_token (
		id TEXT PRIMARY KEY, hash TEXT NOT NULL UNIQUE, person TEXT NOT NULL, label TEXT NOT NULL, giver TEXT NOT NULL,
		given BIGINT NOT NULL, expires BIGINT NOT NULL)`,
}

// Open makes the tables where they are not there. The dialect is "sqlite" or "postgres"; now is the clock.
func Open(ctx context.Context, db *sql.DB, dialect string, now func() time.Time) (*Store, error) {
	s := &Store{db: db, postgres: dialect == "postgres", now: now, gate: newGate(), hashing: newHashing()}
	for _, t := range tables {
		if _, err := db.ExecContext(ctx, t); err != nil {
			return nil, unavailable(err)
		}
	}
	return s, s.addSeen(ctx)
}

// addSeen adds what tables of before lack: when a session was last used. Sessions of before are over by it.
func (s *Store) addSeen(ctx context.Context) error {
	const look = `SELECT seen FROM identity_session WHERE token = ''`
	if _, err := s.db.ExecContext(ctx, look); err == nil {
		return nil
	}
	if _, err := s.db.ExecContext(ctx, `ALTER TABLE identity_session ADD COLUMN seen BIGINT NOT NULL DEFAULT 0`); err == nil {
		return nil
	}
	_, err := s.db.ExecContext(ctx, look) // another node may have done it meanwhile
	return unavailable(err)
}

// CheckPassword says what is wrong with a new password; nil when it will do. Common ones are refused, and those made of
// rows of keys, repetitions and what is known about its person, such as the sign-in name.
func CheckPassword(password string, about ...string) error {
	switch n := utf8.RuneCountInString(password); {
	case n < MinPassword:
		return fault.New(fault.Invalid, "a password needs at least %d characters; this one has %d", MinPassword, n)
	case n > maxPassword:
		return fault.New(fault.Invalid, "a password has at most %d characters", maxPassword)
	}
	begin := []rune(password)
	begin = begin[:min(looked, len(begin))]
	if zxcvbn.PasswordStrength(string(begin), append(about, "concord")).Guesses < fewestTries {
		return fault.New(fault.Invalid, "this password is among the first that others try: a few words in a row that do not belong together are better")
	}
	return nil
}

// SetPassword gives a person an account with this login and password, or a new password, and ends their sessions.
func (s *Store) SetPassword(ctx context.Context, login, person, password string) error {
	hash, err := s.newHash(ctx, login, password)
	if err != nil {
		return err
	}
	return s.put(ctx, login, person, hash)
}

// newHash is the hash of a new password, if it will do for who signs in so.
func (s *Store) newHash(ctx context.Context, login, password string) (hash string, err error) {
	if err := CheckPassword(password, login); err != nil {
		return "", err
	}
	err = s.hashing.do(ctx, func() { hash = hashPassword(password) })
	return hash, err
}

// ChangePassword gives a person another password, if they know the one that they have, and a new session; all sessions of before
// end. Address is where they are. Errors: denied when the old one is wrong, [TooMany] as for SignIn, invalid when the new one will
// not do.
func (s *Store) ChangePassword(ctx context.Context, person, old, password, address string) (Session, error) {
	login, err := s.loginOf(ctx, person)
	if err != nil {
		return Session{}, err
	}
	if err := CheckPassword(password, login); err != nil {
		return Session{}, err
	}
	if _, err := s.prove(ctx, login, old, address); err != nil {
		return Session{}, err
	}
	if err := s.SetPassword(ctx, login, person, password); err != nil {
		return Session{}, err
	}
	return s.begin(ctx, person)
}

// loginOf is the name that a person signs in with; NotFound when they have no account.
func (s *Store) loginOf(ctx context.Context, person string) (login string, err error) {
	err = s.db.QueryRowContext(ctx, s.sql(`SELECT login FROM identity_account WHERE person = ?`), person).Scan(&login)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.New(fault.NotFound, "there is no account of %q", person)
	}
	return login, unavailable(err)
}

// Free says whether a person may have a login; a conflict when it is somebody else's.
func (s *Store) Free(ctx context.Context, login, person string) error {
	login, err := cleanLogin(login)
	if err != nil {
		return err
	}
	switch a, err := s.account(ctx, login); {
	case fault.KindOf(err) == fault.NotFound:
		return nil
	case err != nil:
		return err
	case a.Person != person:
		return fault.New(fault.Conflict, "the sign-in name %q belongs to somebody else", login)
	}
	return nil
}

// put writes an account. A person has one login, a login one person.
func (s *Store) put(ctx context.Context, login, person, hash string) error {
	if err := s.Free(ctx, login, person); err != nil {
		return err
	}
	login, _ = cleanLogin(login) // Free has accepted it
	return s.atOnce(ctx, func(tx *sql.Tx) error { return s.putIn(ctx, tx, login, person, hash) })
}

// atOnce does all or nothing.
func (s *Store) atOnce(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return unavailable(err)
	}
	defer tx.Rollback() // after Commit it does nothing
	if err := do(tx); err != nil {
		return err
	}
	defer s.known.forget()
	return unavailable(tx.Commit())
}

// putIn writes an account whose login is in its one form.
func (s *Store) putIn(ctx context.Context, tx *sql.Tx, login, person, hash string) error {
	for _, step := range []struct {
		query string
		args  []any
	}{
		{`DELETE FROM identity_account WHERE person = ?`, []any{person}},
		{`DELETE FROM identity_session WHERE person = ?`, []any{person}},
		{`DELETE FROM identity_invitation WHERE login = ?`, []any{login}},
		{`INSERT INTO identity_account (login, person, hash, changed) VALUES (?, ?, ?, ?)`, []any{login, person, hash, s.now().Unix()}},
	} {
		if _, err := tx.ExecContext(ctx, s.sql(step.query), step.args...); err != nil {
			return unavailable(err)
		}
	}
	return nil
}

// Accounts gives all accounts by login.
func (s *Store) Accounts(ctx context.Context) ([]Account, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT login, person, hash, changed FROM identity_account ORDER BY login`)
	if err != nil {
		return nil, unavailable(err)
	}
	defer rows.Close()
	var all []Account
	for rows.Next() {
		var a Account
		var hash string
		var changed int64
		if err := rows.Scan(&a.Login, &a.Person, &hash, &changed); err != nil {
			return nil, unavailable(err)
		}
		a.Ready, a.Changed = hash != "", time.Unix(changed, 0).UTC()
		all = append(all, a)
	}
	return all, unavailable(rows.Err())
}

// Remove ends a person's account, sessions, invitation and access tokens. It is no error when there are none.
func (s *Store) Remove(ctx context.Context, person string) error {
	defer s.known.forget()
	for _, query := range []string{
		`DELETE FROM identity_invitation WHERE login IN (SELECT login FROM identity_account WHERE person = ?)`,
		`DELETE FROM identity_session WHERE person = ?`,
		`DELETE FROM identity_token WHERE person = ?`,
		`DELETE FROM identity_account WHERE person = ?`,
	} {
		if _, err := s.db.ExecContext(ctx, s.sql(query), person); err != nil {
			return unavailable(err)
		}
	}
	return nil
}

type account struct {
	Account
	hash string
}

// account finds an account; NotFound when there is none.
func (s *Store) account(ctx context.Context, login string) (account, error) {
	a := account{Account: Account{Login: login}}
	row := s.db.QueryRowContext(ctx, s.sql(`SELECT person, hash FROM identity_account WHERE login = ?`), login)
	switch err := row.Scan(&a.Person, &a.hash); {
	case errors.Is(err, sql.ErrNoRows):
		return account{}, fault.New(fault.NotFound, "there is no account %q", login)
	case err != nil:
		return account{}, unavailable(err)
	}
	a.Ready = a.hash != ""
	return a, nil
}

// cleanLogin brings a sign-in name into its one form: small letters without blanks around.
func cleanLogin(login string) (string, error) {
	login = strings.ToLower(strings.TrimSpace(login))
	odd := func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || r == utf8.RuneError }
	if n := utf8.RuneCountInString(login); n == 0 || n > 128 || strings.ContainsFunc(login, odd) {
		return "", fault.New(fault.Invalid, "a sign-in name has 1 to 128 characters without blanks")
	}
	return login, nil
}

// sql puts PostgreSQL's placeholders in the place of question marks.
func (s *Store) sql(query string) string {
	if !s.postgres {
		return query
	}
	var b strings.Builder
	for i, part := range strings.Split(query, "?") {
		if i > 0 {
			b.WriteString("$" + strconv.Itoa(i))
		}
		b.WriteString(part)
	}
	return b.String()
}

func unavailable(err error) error {
	return fault.Wrap(err, fault.Unavailable, "the list of accounts cannot be reached now")
}
