package identity

import "context"

// Sealed is an account as a backup holds it: with the hash of its password, never the password.
type Sealed struct {
	Login  string `json:"login"`
	Person string `json:"person"`
	Hash   string `json:"hash"`
}

// Backup gives all accounts for a backup, by login. Sessions and invitations are not part of it.
func (s *Store) Backup(ctx context.Context) ([]Sealed, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT login, person, hash FROM identity_account ORDER BY login`)
	if err != nil {
		return nil, unavailable(err)
	}
	defer rows.Close()
	var all []Sealed
	for rows.Next() {
		var a Sealed
		if err := rows.Scan(&a.Login, &a.Person, &a.Hash); err != nil {
			return nil, unavailable(err)
		}
		all = append(all, a)
	}
	return all, unavailable(rows.Err())
}

// Restore puts an account of a backup in place. A hash that this program cannot read makes an account without password.
func (s *Store) Restore(ctx context.Context, a Sealed) error {
	if _, _, _, ok := parseHash(a.Hash); !ok {
		a.Hash = ""
	}
	return s.put(ctx, a.Login, a.Person, a.Hash)
}
