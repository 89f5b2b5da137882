package people

import (
	"strconv"

	"concord/internal/fault"
	"concord/web/page"
)

// List is a stretch of those who hold an office, or have held one, by id. It is for the parties only.
type List struct {
	page.Listing
	People []Person `json:"people"` // of this stretch
}

// Person is somebody who holds an office in the mechanism, or has held one.
type Person struct {
	ID       string `json:"id"`                 // the key under which they act
	Name     string `json:"name"`               // as they write it
	Office   string `json:"office"`             // officer, coordinator, reader
	Party    string `json:"party,omitempty"`    // that a coordinator acts for, ISO 3166-1 alpha-2
	Relieved bool   `json:"relieved,omitempty"` // true: the office has ended
}

// errClosed answers whoever may not know the people.
func errClosed() error {
	return fault.New(fault.Denied, "the list of people is for those who hold an office in the mechanism")
}

// listData gives the stretch of people that the address asks for.
func listData(f *page.Frame) (any, error) {
	if !f.SeesParties() {
		return nil, errClosed()
	}
	var all []page.Keyed[Person]
	for _, p := range f.State.People() {
		all = append(all, page.Keyed[Person]{Key: p.ID, Value: Person{p.ID, p.Name, p.Office, p.Party, p.Relieved}})
	}
	var data List
	var err error
	data.People, data.Listing, err = page.Cut(f, all, false)
	data.Total = data.Matched
	return data, err
}

// table gives all people for spreadsheets.
func table(f *page.Frame) (page.Table, error) {
	if !f.SeesParties() {
		return nil, errClosed()
	}
	return func(row func(cells ...string) error) error {
		if err := row("id", "name", "office", "party", "relieved"); err != nil {
			return err
		}
		for _, p := range f.State.People() {
			relieved := 0
			if p.Relieved {
				relieved = 1
			}
			if err := row(p.ID, p.Name, p.Office, p.Party, strconv.Itoa(relieved)); err != nil {
				return err
			}
		}
		return nil
	}, nil
}
