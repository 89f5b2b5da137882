package identity

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"strings"
	"time"
	"unicode/utf8"

	"concord/internal/fault"
)

// AccessToken is what a program of a person presents instead of signing in. Its secret is shown once and not kept.
type AccessToken struct {
	ID      string    `json:"id"`
	Person  string    `json:"person"`
	Label   string    `json:"label"` // what it is for, in the words of who gave it
	Giver   string    `json:"giver"` // id of the officer who gave it
	Given   time.Time `json:"given"`
	Expires time.Time `json:"expires"`
}

// TokenLife is how long an access token lasts.
const TokenLife = 365 * 24 * time.Hour

// tokenOpening begins every secret, so that one that leaked into a file can be found.
const tokenOpening = "concord_"

// GiveToken makes an access token for a person and gives its secret, which nobody can have again.
func (s *Store) GiveToken(ctx context.Context, person, label, giver string) (t AccessToken, secret string, err error) {
	label = strings.TrimSpace(label)
	if n := utf8.RuneCountInString(label); n == 0 || n > 100 {
		return t, "", fault.New(fault.Invalid, "say in 1 to 100 characters what the access token is for")
	}
	now := s.now().UTC().Truncate(time.Second)
	t = AccessToken{ID: strings.ToLower(rand.Text()[:12]), Person: person, Label: label, Giver: giver, Given: now, Expires: now.Add(TokenLife)}
	secret = tokenOpening + rand.Text()
	_, err = s.db.ExecContext(ctx, s.sql(`INSERT INTO identity_token (id, hash, person, label, giver, given, expires) VALUES (?, ?, ?, ?, ?, ?, ?)`),
		t.ID, tokenHash(secret), t.Person, t.Label, t.Giver, t.Given.Unix(), t.Expires.Unix())
	return t, secret, unavailable(err)
}

// Tokens gives all access tokens that are not over, the newest first.
func (s *Store) Tokens(ctx context.Context) ([]AccessToken, error) {
	rows, err := s.db.QueryContext(ctx, s.sql(`SELECT id, person, label, giver, given, expires FROM identity_token WHERE expires > ? ORDER BY given DESC, id`), s.now().Unix())
	if err != nil {
		return nil, unavailable(err)
	}
	defer rows.Close()
	var all []AccessToken
	for rows.Next() {
		var t AccessToken
		var given, expires int64
		if err := rows.Scan(&t.ID, &t.Person, &t.Label, &t.Giver, &given, &expires); err != nil {
			return nil, unavailable(err)
		}
		t.Given, t.Expires = time.Unix(given, 0).UTC(), time.Unix(expires, 0).UTC()
		all = append(all, t)
	}
	return all, unavailable(rows.Err())
}

// EndToken ends an access token; NotFound when there is none of this id.
func (s *Store) EndToken(ctx context.Context, id string) error {
	done, err := s.db.ExecContext(ctx, s.sql(`DELETE FROM identity_token WHERE id = ?`), id)
	if err != nil {
		return unavailable(err)
	}
	s.known.forget()
	if n, err := done.RowsAffected(); err == nil && n == 0 {
		return fault.New(fault.NotFound, "there is no access token %q", id)
	}
	return nil
}

// TokenPerson gives whose program presents a secret; denied when no access token has it.
func (s *Store) TokenPerson(ctx context.Context, secret string) (string, error) {
	if !strings.HasPrefix(secret, tokenOpening) {
		return "", wrongToken()
	}
	return s.known.person(s.now(), tokenHash(secret), func(hash string) (string, time.Time, error) {
		var person string
		var expires int64
		row := s.db.QueryRowContext(ctx, s.sql(`SELECT person, expires FROM identity_token WHERE hash = ? AND expires > ?`), hash, s.now().Unix())
		err := row.Scan(&person, &expires)
		if errors.Is(err, sql.ErrNoRows) {
			return "", time.Time{}, wrongToken()
		}
		return person, time.Unix(expires, 0), unavailable(err)
	})
}

func wrongToken() error {
	return fault.New(fault.Denied, "the access token is not right, has ended or is over: ask an officer of the Secretariat for another one")
}
