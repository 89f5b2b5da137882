package commitment

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// The value of a deadline phrase is a template: text in which {…} is filled from the numbers of the phrase and from
// the day of adoption.
//
//	{Y} {Z}       year, second year of the phrase          2027
//	{M} {L}       month, second month, two figures         06
//	{D} {E}       day, second day, two figures             30
//	{N}           the number of the phrase                 5
//	{A} {A+1}     year of adoption, the year after it      2025
//	{AM}          month of adoption                        2024-12
//	{AM+1}        the month after it                       2025-01
//	last          after a year and month: its last day     2027-06-last is 2027-06-30
//
// A template that asks for the adoption gives no value when the date of adoption is not known.

// checkTemplate tells what is wrong with a template.
func checkTemplate(template string) error {
	if template == "" {
		return fmt.Errorf("a deadline needs a value")
	}
	_, err := fillTemplate(template, vars{year: 2027, year2: 2028, month: 5, month2: 6, day: 4, day2: 5, n: 3}, adoption{2025, 6})
	return err
}

// adoption is the month in which the text was adopted; zero if it is not known.
type adoption struct{ year, month int }

// readAdoption takes a date as in Options.Adopted.
func readAdoption(date string) adoption {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return adoption{}
	}
	return adoption{t.Year(), int(t.Month())}
}

func (a adoption) known() bool { return a.year != 0 }

// fillTemplate gives the value of a deadline, empty when it hangs on an adoption that is not known.
func fillTemplate(template string, v vars, a adoption) (string, error) {
	var b strings.Builder
	for rest := template; rest != ""; {
		open := strings.IndexByte(rest, '{')
		if open < 0 {
			b.WriteString(rest)
			break
		}
		size := strings.IndexByte(rest[open:], '}')
		if size < 0 {
			return "", fmt.Errorf("value %q opens { and does not close it", template)
		}
		b.WriteString(rest[:open])
		name := rest[open+1 : open+size]
		if name[:min(1, len(name))] == "A" && !a.known() {
			return "", nil
		}
		value, err := fillSlot(name, v, a)
		if err != nil {
			return "", fmt.Errorf("value %q: %w", template, err)
		}
		b.WriteString(value)
		rest = rest[open+size+1:]
	}
	return lastDays(b.String()), nil
}

func fillSlot(name string, v vars, a adoption) (string, error) {
	switch name {
	case "Y":
		return strconv.Itoa(v.year), nil
	case "Z":
		return strconv.Itoa(v.year2), nil
	case "M":
		return twoFigures(v.month), nil
	case "L":
		return twoFigures(v.month2), nil
	case "D":
		return twoFigures(v.day), nil
	case "E":
		return twoFigures(v.day2), nil
	case "N":
		return strconv.Itoa(v.n), nil
	}
	return fillAdoption(name, v, a)
}

// fillAdoption reads A, A+1, A+N, AM, AM+1.
func fillAdoption(name string, v vars, a adoption) (string, error) {
	base, plus, ok := strings.Cut(name, "+")
	n := 0
	if ok {
		var err error
		if n, err = strconv.Atoi(plus); plus == "N" {
			n = v.n
		} else if err != nil {
			return "", fmt.Errorf("{%s} is not known", name)
		}
	}
	switch base {
	case "A":
		return strconv.Itoa(a.year + n), nil
	case "AM":
		return time.Date(a.year, time.Month(a.month+n), 1, 0, 0, 0, 0, time.UTC).Format("2006-01"), nil
	}
	return "", fmt.Errorf("{%s} is not known", name)
}

func twoFigures(n int) string { return fmt.Sprintf("%02d", n) }

// lastDays puts the last day of the month for "-last".
func lastDays(value string) string {
	for {
		i := strings.Index(value, "-last")
		if i < len("2006-01") {
			return value
		}
		month, err := time.Parse("2006-01", value[i-len("2006-01"):i])
		if err != nil {
			return value
		}
		value = value[:i] + month.AddDate(0, 1, -1).Format("-02") + value[i+len("-last"):]
	}
}

// deadline makes the Deadline of a hit among the deadlines. ok is false for a date that lies before the year of
// adoption: it names something that was, not something to be done.
func (r *reading) deadline(h hit) (d Deadline, ok bool) {
	if h.line.class == "word" {
		return Deadline{}, false
	}
	value, err := fillTemplate(h.line.detail, h.vars, r.adopted)
	if err != nil {
		return Deadline{}, false
	}
	if r.adopted.known() && h.vars.year != 0 && max(h.vars.year, h.vars.year2) < r.adopted.year {
		return Deadline{}, false
	}
	if value == r.out.Adopted && h.line.class == "stated" {
		return Deadline{}, false // the day itself: "on this occasion of 12 March 2021"
	}
	text := strings.TrimSpace(r.doc.Reading[h.start:h.end])
	return Deadline{Text: text, Value: value, Basis: h.line.class}, true
}

// bestDeadline picks the deadline among the hits of a commitment: stated before recurring before relative before soft,
// the first of each.
func (r *reading) bestDeadline(hits []hit) *Deadline {
	rank := map[string]int{"stated": 4, "recurring": 3, "relative": 2, "soft": 1}
	var best *Deadline
	for _, h := range hits {
		if h.line.kind != deadlines {
			continue
		}
		if d, ok := r.deadline(h); ok && (best == nil || rank[d.Basis] > rank[best.Basis]) {
			best = &d
		}
	}
	return best
}
