package commitments

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"concord/commitment"
	"concord/web/page"
)

// commitmentsCSV gives all commitments that fit as a table for spreadsheets: comma-separated, UTF-8 with the mark that
// spreadsheets look for, keys of the columns in English whatever the visitor's language.
func (l lister) commitmentsCSV(s *page.Site, w http.ResponseWriter, r *http.Request) error {
	m, err := s.State(r)
	if err != nil {
		return err
	}
	body := bytes.NewBufferString("\ufeff")
	if err := writeMatrixCSV(body, newMatrix(s.Frame(r, m), l.index.Of(m).Lines, true)); err != nil {
		return err
	}
	w.Header().Set("Content-Disposition", `attachment; filename="commitments.csv"`)
	s.Send(w, r, "text/csv; charset=utf-8", body.Bytes())
	return nil
}

func writeMatrixCSV(body *bytes.Buffer, p *matrixPage) error {
	out := csv.NewWriter(body)
	head := []string{"ref", "text", "clause", "state", "says", "language", "strength", "actor", "who"}
	for _, party := range p.Columns {
		head = append(head, party.Code)
	}
	head = append(head, "deadline_value", "deadline_words", "deadline_basis", "deadline_last_day", "tracks", "instrument", "missing")
	if err := out.Write(head); err != nil {
		return err
	}
	for _, r := range p.Rows {
		if err := out.Write(p.csvRow(r)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// figureOf is how a table for spreadsheets says a binding.
var figureOf = map[commitment.Binding]string{commitment.BindsIt: "1", commitment.BindsNot: "0", commitment.MayBindIt: "?"}

// csvRow is one line: a party's column has 1 for bound, 0 for not bound, ? where the text does not list whom.
func (p *matrixPage) csvRow(r matrixRow) []string {
	row := []string{r.Ref, r.Text, r.Clause, string(r.State), r.Says, r.In, strconv.Itoa(r.Strength), string(r.Kind), r.Who}
	to := partiesTo(p.Frame, r.Text)
	for _, party := range p.Columns {
		row = append(row, figureOf[commitment.BindingOf(party.Code, r.Parties, to)])
	}
	var value, words, basis string
	if r.Deadline != nil {
		value, words, basis = r.Deadline.Value.String(), r.Deadline.Text, string(r.Deadline.Basis)
	}
	row = append(row, value, words, basis, r.Due, strings.Join(r.Tracks, " "), r.Instrument, strings.Join(keys(r.Missing), " "))
	for i := range row {
		row[i] = plainCell(row[i])
	}
	return row
}

// plainCell keeps a spreadsheet from taking words for a formula.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
