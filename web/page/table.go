package page

import (
	"bufio"
	"encoding/csv"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/gzip"
)

// tableType is the media type of tables for spreadsheets.
const tableType = "text/csv; charset=utf-8"

// Table is written row by row: the keys of the columns first, in English whatever the visitor's language.
type Table func(row func(cells ...string) error) error

// TableOf handles the address of a table that depends on nothing but the state and the visit.
func TableOf(file string, build func(f *Frame) (Table, error)) Handler {
	return func(s *Site, w http.ResponseWriter, r *http.Request) error { return s.sendTable(w, r, file, build) }
}

// sendTable answers with a table for spreadsheets: comma-separated, UTF-8 with the mark that spreadsheets look for. Rows
// are sent as they are made, so a long table takes no more memory than a short one. When one cannot be made, the connection
// breaks off, so that nobody takes half a table for the whole.
func (s *Site) sendTable(w http.ResponseWriter, r *http.Request, file string, build func(f *Frame) (Table, error)) error {
	if s.has(w, r, tableType) {
		return nil
	}
	state, err := s.State(r)
	if err != nil {
		return err
	}
	f := s.Bare(VisitOf(r), state)
	f.Query, f.path = r.URL.Query(), r.URL.Path
	table, err := build(f)
	if err != nil {
		return err
	}
	s.Audit(r, "taken out", "file", file)
	w.Header().Set("Content-Disposition", `attachment; filename="`+file+`"`)
	s.begin(w, r, http.StatusOK, &answer{kind: tableType, tag: s.stateTag(r)})
	if err := writeTable(w, r, table); err != nil {
		s.Config.Log.Error("a table broke off", "id", f.ID, "path", r.URL.Path, "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

func writeTable(w http.ResponseWriter, r *http.Request, table Table) error {
	var to io.Writer = w
	packed := func() error { return nil }
	if takesGzip(r) {
		w.Header().Set("Content-Encoding", "gzip")
		zip, err := gzip.NewWriterLevel(w, gzip.BestSpeed)
		if err != nil {
			return err
		}
		to, packed = zip, zip.Close
	}
	lines := bufio.NewWriterSize(to, 32<<10)
	lines.WriteString("\ufeff") // a writer of lines keeps its error until it is flushed
	out := csv.NewWriter(lines)
	row := func(cells ...string) error {
		for i := range cells {
			cells[i] = plainCell(cells[i])
		}
		return out.Write(cells)
	}
	if err := table(row); err != nil {
		return err
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return err
	}
	if err := lines.Flush(); err != nil {
		return err
	}
	return packed()
}

// plainCell keeps a spreadsheet from taking words for a formula. The signs of full width begin one too where the keyboard is
// of East Asia.
func plainCell(s string) string {
	if first, _ := utf8.DecodeRuneInString(s); s != "" && strings.ContainsRune("=+-@\t\r＝＋－＠", first) {
		return "'" + s
	}
	return s
}
