package record

import (
	"fmt"
	"testing"

	"concord/mechanism"
	"concord/web/page"
)

// manyActs is a record in which every tenth act appoints somebody, which the public may not read, and the others open
// tracks; every hundredth touches the same person.
func manyActs(n int64) *mechanism.Mechanism {
	m := mechanism.New()
	for i := range n {
		at := mechanism.Entry{Seq: i, Visibility: mechanism.Public}
		var act mechanism.Act = &mechanism.OpenTrack{Track: mechanism.Track{ID: fmt.Sprint("t", i)}}
		if i%10 == 0 {
			at.Visibility = mechanism.Parties
			act = &mechanism.AppointPerson{Person: mechanism.Person{ID: fmt.Sprint("p", i%100), Office: mechanism.Reader}}
		}
		m.Apply(act, at)
	}
	return m
}

func TestAStretchOfTheRecordIsFoundFromTheTop(t *testing.T) {
	t.Parallel()
	m := manyActs(10_000)
	public, reader := m.As(mechanism.Actor{}), m.As(mechanism.Actor{Office: mechanism.Reader})
	for _, c := range []struct {
		name   string
		filter recordFilter
		state  page.State
		first  int64
		n      int
		more   bool
	}{
		{"newest", recordFilter{}, public, 9_999, 50, true},
		{"an object", recordFilter{Object: "person:p0"}, reader, 9_900, 50, true},
		{"an object of which the public may not know", recordFilter{Object: "person:p0"}, public, 0, 0, false},
		{"an object of few acts", recordFilter{Object: "track:t77"}, public, 77, 1, false},
		{"before an act", recordFilter{Before: 30}, public, 29, 30, false},
		{"an object before an act", recordFilter{Object: "person:p0", Before: 250}, reader, 200, 3, false},
		{"a kind", recordFilter{Kind: "person.appoint"}, public, 9_990, 50, true},
		{"a kind that never was", recordFilter{Kind: "party.admit"}, public, 0, 0, false},
	} {
		picked, more := c.filter.pick(c.state, 50)
		if len(picked) != c.n || more != c.more || c.n > 0 && picked[0].Seq != c.first {
			t.Errorf("%s: %d acts, more %v: %v", c.name, len(picked), more, picked[:min(len(picked), 1)])
		}
	}
}

// BenchmarkFilterOfAMillionActs is the worst case of a page of the record: nothing fits, so all are looked at.
func BenchmarkFilterOfAMillionActs(b *testing.B) {
	public := manyActs(1_000_000).As(mechanism.Actor{})
	filter := recordFilter{Kind: "party.admit"}
	for b.Loop() {
		if picked, _ := filter.pick(public, 50); len(picked) != 0 {
			b.Fatal("something fits")
		}
	}
}
