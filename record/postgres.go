package record

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"concord/internal/fault"
)

func openPostgres(ctx context.Context, dsn string) (*store, error) {
	s, err := dialPostgres(ctx, dsn)
	if err != nil {
		return nil, err
	}
	there, err := s.hasTables(ctx)
	if err == nil && !there {
		err = fault.New(fault.NotFound, "there is no record in that PostgreSQL database")
	}
	if err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	return s, nil
}

func dialPostgres(ctx context.Context, dsn string) (*store, error) {
	config, err := pgx.ParseConfig(dsn) // its error hides the password
	if err != nil {
		return nil, fault.Wrap(err, fault.Invalid, "the PostgreSQL address is not readable")
	}
	s := &store{db: stdlib.OpenDB(*config), dialect: Postgres}
	if err := s.db.PingContext(ctx); err != nil {
		return nil, errors.Join(fault.Wrap(err, fault.Unavailable, "PostgreSQL does not answer at %s", config.Host), s.db.Close())
	}
	return s, nil
}

func (s *store) hasTables(ctx context.Context) (bool, error) {
	var n int
	err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM information_schema.tables
		WHERE table_schema = current_schema() AND table_name = 'record_meta'`).Scan(&n)
	return n > 0, s.wrap(err, "look for a record")
}

func createPostgres(ctx context.Context, cfg Config, vkey string) error {
	s, err := dialPostgres(ctx, cfg.DSN)
	if err != nil {
		return err
	}
	defer s.db.Close()
	there, err := s.hasTables(ctx)
	if err != nil {
		return err
	}
	if there {
		return fault.New(fault.Conflict, "there is already a record in that PostgreSQL database")
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.wrap(err, "create the record")
	}
	defer tx.Rollback()
	if err := s.lay(ctx, tx, cfg.Origin, vkey); err != nil {
		return err
	}
	return s.wrap(tx.Commit(), "create the record")
}

// mayWrite refuses a server that would say "committed" before it is durable.
func (s *store) mayWrite(ctx context.Context) error {
	if s.dialect == SQLite {
		return nil
	}
	for _, name := range []string{"fsync", "synchronous_commit"} {
		var value sql.NullString
		err := s.db.QueryRowContext(ctx, `SELECT current_setting($1, true)`, name).Scan(&value)
		if err != nil {
			return s.wrap(err, "ask PostgreSQL for its setting %s", name)
		}
		if value.String == "off" {
			return fault.New(fault.Unavailable, "PostgreSQL runs with %s = off and could lose acts that it has confirmed: switch it on", name)
		}
	}
	return nil
}

// again says whether the database asks for the transaction to be tried once more.
func again(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == "40001" || e.Code == "40P01")
}

func explainPostgres(err error) (why fault.Phrase, ok bool) {
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return fault.Say("PostgreSQL does not answer"), true
	}
	switch {
	case e.Code == "53100":
		return fault.Say("the disk of PostgreSQL is full; nothing was written"), true
	case e.Code == "42501" || e.Code == "25006":
		return fault.Say("the record may not be written to"), true
	case e.Code[:2] == "53" || e.Code[:2] == "57":
		return fault.Say("PostgreSQL cannot serve now"), true
	case e.Code[:2] == "XX":
		return fault.Say("PostgreSQL reports damage"), true
	}
	return why, false
}
