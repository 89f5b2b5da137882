package page

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
)

// serveTable serves a table as a site does; a table that breaks off breaks the connection off.
func serveTable(t *testing.T, table Table) *http.Response {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := writeTable(w, r, table); err != nil {
			panic(http.ErrAbortHandler)
		}
	}))
	t.Cleanup(srv.Close)
	req, err := http.NewRequestWithContext(t.Context(), "GET", srv.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

func TestRowsOfATableAreSentAsTheyAreMade(t *testing.T) {
	t.Parallel()
	arrived := make(chan bool)
	resp := serveTable(t, func(row func(...string) error) error {
		for n := range 200_000 {
			if n == 199_999 {
				<-arrived // the first rows are with the reader before the last is made
			}
			if err := row(strconv.Itoa(n), "=formula"); err != nil {
				return err
			}
		}
		return nil
	})
	zip, err := gzip.NewReader(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(zip)
	if mark, _, _ := lines.ReadRune(); mark != '\ufeff' {
		t.Errorf("begins with %q", mark)
	}
	rows := csv.NewReader(lines)
	first, err := rows.Read()
	if err != nil || first[0] != "0" || first[1] != "'=formula" {
		t.Fatalf("the first row is %q: %v", first, err)
	}
	close(arrived)
	rest, err := rows.ReadAll()
	if err != nil || len(rest) != 199_999 {
		t.Errorf("%d more rows: %v", len(rest), err)
	}
}

func TestATableThatCannotBeFinishedDoesNotLookFinished(t *testing.T) {
	t.Parallel()
	resp := serveTable(t, func(row func(...string) error) error {
		for range 200_000 {
			if err := row("a row that is there"); err != nil {
				return err
			}
		}
		return errors.New("the next cannot be made")
	})
	if _, err := io.ReadAll(resp.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("the reader is told %v", err)
	}
}
