package lexicon

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"concord/calendar"
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
	value, err := Fill(template, Vars{Year: 2027, Year2: 2028, Month: 5, Month2: 6, Day: 4, Day2: 5, N: 3}, Adoption{2025, 6})
	if err != nil {
		return err
	}
	if _, err := calendar.ParseWindow(value); err != nil {
		return fmt.Errorf("value %q: %w", template, err)
	}
	return nil
}

// Adoption is the month in which the text was adopted; zero if it is not known.
type Adoption struct{ Year, Month int }

// ReadAdoption takes a date, 2024-12-01; from anything else comes an adoption that is not known.
func ReadAdoption(date string) Adoption {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return Adoption{}
	}
	return Adoption{t.Year(), int(t.Month())}
}

// Known tells whether the text says, or somebody else, when it was adopted.
func (a Adoption) Known() bool { return a.Year != 0 }

// Fill gives the value of a deadline from the template that its line has as Detail, the numbers of its phrase and the
// adoption; empty when it hangs on an adoption that is not known. A template that is not well formed is an error.
func Fill(template string, v Vars, a Adoption) (string, error) {
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
		if name[:min(1, len(name))] == "A" && !a.Known() {
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

func fillSlot(name string, v Vars, a Adoption) (string, error) {
	switch name {
	case "Y":
		return strconv.Itoa(v.Year), nil
	case "Z":
		return strconv.Itoa(v.Year2), nil
	case "M":
		return twoFigures(v.Month), nil
	case "L":
		return twoFigures(v.Month2), nil
	case "D":
		return twoFigures(v.Day), nil
	case "E":
		return twoFigures(v.Day2), nil
	case "N":
		return strconv.Itoa(v.N), nil
	}
	return fillAdoption(name, v, a)
}

// fillAdoption reads A, A+1, A+N, AM, AM+1.
func fillAdoption(name string, v Vars, a Adoption) (string, error) {
	base, plus, ok := strings.Cut(name, "+")
	n := 0
	if ok {
		var err error
		if n, err = strconv.Atoi(plus); plus == "N" {
			n = v.N
		} else if err != nil {
			return "", fmt.Errorf("{%s} is not known", name)
		}
	}
	switch base {
	case "A":
		return strconv.Itoa(a.Year + n), nil
	case "AM":
		return time.Date(a.Year, time.Month(a.Month+n), 1, 0, 0, 0, 0, time.UTC).Format("2006-01"), nil
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
