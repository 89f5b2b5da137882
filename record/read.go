package record

import (
	"context"
	"database/sql"
	"iter"

	"concord/internal/fault"
)

// Read gives the acts from, from+1, ... up to but not including to, in order; a to beyond the end stops at the end. Each
// header and body is checked against the header's own number and hash. The sequence ends after the first error; the
// entry beside it is empty. The rows come as a stream on a connection of their own, so the caller may append while it
// reads, and sees the record as it was when reading began.
func (r *Record) Read(ctx context.Context, from, to int64) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		if err := r.read(ctx, from, to, yield); err != nil {
			yield(Entry{}, err)
		}
	}
}

func (r *Record) read(ctx context.Context, from, to int64, yield func(Entry, error) bool) error {
	head, err := r.store.head(ctx, r.store.db)
	if err != nil {
		return err
	}
	if to = min(to, head.Size); from < 0 || from >= to {
		return nil
	}
	rows, err := r.store.acts(ctx, r.store.db, from, to)
	if err != nil {
		return err
	}
	defer rows.Close()
	next := from
	for ; rows.Next(); next++ {
		row, err := scanAct(rows)
		if err != nil {
			return r.store.wrap(err, "read act %d", next)
		}
		entry, err := row.open(next)
		if err != nil {
			return err
		}
		if !yield(entry, nil) {
			return nil
		}
	}
	if err := rows.Err(); err != nil {
		return r.store.wrap(err, "read act %d", next)
	}
	if next < to {
		return damaged("act %d is missing", next)
	}
	return nil
}

// actRow is an act as the database has it.
type actRow struct {
	seq                int64
	leaf, header, body []byte
}

// acts asks for the rows from, from+1, ... before to, in order.
func (s *store) acts(ctx context.Context, q querier, from, to int64) (*sql.Rows, error) {
	rows, err := q.QueryContext(ctx, s.sql(`SELECT seq, leaf, header, body FROM record_act WHERE seq >= ? AND seq < ? ORDER BY seq`), from, to)
	return rows, s.wrap(err, "read the acts")
}

func scanAct(rows *sql.Rows) (actRow, error) {
	var a actRow
	err := rows.Scan(&a.seq, &a.leaf, &a.header, &a.body)
	return a, err
}

// open checks the row against itself and gives the act at place seq. A body that is not there stays nil.
func (a actRow) open(seq int64) (Entry, error) {
	if a.seq != seq {
		return Entry{}, damaged("act %d is missing", seq)
	}
	h, err := ParseHeader(a.header)
	if err != nil {
		return Entry{}, fault.Wrap(err, fault.Unavailable, "the record is damaged (verify tells more): the header of act %d", seq)
	}
	if h.Seq != seq {
		return Entry{}, damaged("the header of act %d says that it is act %d", seq, h.Seq)
	}
	if a.body != nil && DigestOf(a.body) != h.Body {
		return Entry{}, damaged("the body of act %d is not the one that its header names", seq)
	}
	return Entry{Header: h, Leaf: a.header, Body: a.body}, nil
}
