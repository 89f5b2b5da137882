package record

import (
	"context"
	"database/sql"
	"errors"
	"net"
	"os"
	"sync"
	"time"

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
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = silence
	}
	config.DialFunc = heard(config.DialFunc)
	s := &store{db: stdlib.OpenDB(*config, stdlib.OptionAfterConnect(endIdle)), dialect: Postgres}
	if err := s.db.PingContext(ctx); err != nil {
		return nil, errors.Join(fault.Wrap(err, fault.Unavailable, "PostgreSQL does not answer at %s", config.Host), s.db.Close())
	}
	return s, nil
}

// endIdle asks the server to end a transaction in whose midst a node stands still: it holds the lock that all others want.
func endIdle(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, `SET idle_in_transaction_session_timeout = '10s'`)
	return err
}

// silence is how long a server may be waited for that sends nothing. What a record asks of it is answered in milliseconds, or
// in rows that come as a stream.
const silence = 4 * time.Second

// heard gives connections that end when the other side is silent for too long: a server that stands still, or a network that
// is cut, would else be waited for without end.
func heard(dial pgconn.DialFunc) pgconn.DialFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := dial(ctx, network, address)
		if err != nil {
			return nil, err
		}
		return &heardConn{Conn: conn}, nil
	}
}

// heardConn is a connection whose reads and writes end after the silence, or at the deadline that its user has set.
type heardConn struct {
	net.Conn
	mu sync.Mutex
	by time.Time // the user's deadline; zero: none
}

func (c *heardConn) Read(b []byte) (int, error) {
	if err := c.extend(c.Conn.SetReadDeadline); err != nil {
		return 0, err
	}
	n, err := c.Conn.Read(b)
	return n, c.ended(err)
}

func (c *heardConn) Write(b []byte) (int, error) {
	if err := c.extend(c.Conn.SetWriteDeadline); err != nil {
		return 0, err
	}
	n, err := c.Conn.Write(b)
	return n, c.ended(err)
}

// extend sets the deadline of what begins now.
func (c *heardConn) extend(set func(time.Time) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	end := time.Now().Add(silence)
	if !c.by.IsZero() && c.by.Before(end) {
		end = c.by
	}
	return set(end)
}

// ended closes a connection on which the other side was silent. Its error says that it is over: after the end of a deadline
// of its own the driver would try again on it.
func (c *heardConn) ended(err error) error {
	if !errors.Is(err, os.ErrDeadlineExceeded) {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.by.IsZero() && !time.Now().Before(c.by) {
		return err
	}
	return errors.Join(errSilent, c.Conn.Close())
}

var errSilent = errors.New("the server has sent nothing for seconds")

// SetDeadline sets the user's deadline, at once for what waits now.
func (c *heardConn) SetDeadline(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.by = t
	return c.Conn.SetDeadline(t)
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
