package commitments

import (
	"strconv"
	"strings"

	"concord/commitment"
	"concord/mechanism"
	"concord/web/page"
)

// table gives all commitments that fit, for spreadsheets.
func (l lister) table(f *page.Frame) (page.Table, error) {
	ask, columns := askMatrix(f.Query), f.Parties()
	found := l.index.Of(f.State).All(ask.filterOn(f.Today()), ask.order())
	head := []string{"ref", "text", "clause", "state", "says", "language", "strength", "actor", "who"}
	for _, party := range columns {
		head = append(head, party.Code)
	}
	head = append(head, "deadline_value", "deadline_words", "deadline_basis", "deadline_last_day", "tracks", "instrument", "missing")
	return func(row func(cells ...string) error) error {
		if err := row(head...); err != nil {
			return err
		}
		for _, ln := range found.Lines {
			if err := row(cellsOf(f, columns, newRow(f, ln.Line.Line, ln.Parties))...); err != nil {
				return err
			}
		}
		return nil
	}, nil
}

// figureOf is how a table for spreadsheets says a binding.
var figureOf = map[commitment.Binding]string{commitment.BindsIt: "1", commitment.BindsNot: "0", commitment.MayBindIt: "?"}

// cellsOf is one line: a party's column has 1 for bound, 0 for not bound, ? where the text does not list whom.
func cellsOf(f *page.Frame, columns []mechanism.Party, r Row) []string {
	cells := []string{r.Ref, r.Text, r.Clause, string(r.State), r.Says, r.Language, strconv.Itoa(int(r.Strength)), string(r.Actor), r.Who}
	to := partiesTo(f, r.Text)
	for _, party := range columns {
		cells = append(cells, figureOf[commitment.BindingOf(party.Code, r.Parties, to)])
	}
	var due page.DeadlineData
	if r.Deadline != nil {
		due = *r.Deadline
	}
	return append(cells, due.Value, due.Text, string(due.Basis), r.Due, strings.Join(r.Tracks, " "), r.Instrument, strings.Join(keys(r.Missing), " "))
}
