package record

import (
	"testing"
	"time"

	"concord/mechanism"
	"concord/web/page"
)

// millionActs is a record of which every thousandth act is one on CHD24-17, and every tenth not for the public.
func millionActs() []mechanism.Deed {
	deeds := make([]mechanism.Deed, 1_000_000)
	for i := range deeds {
		d := mechanism.Deed{Seq: int64(i), Time: time.Unix(int64(i), 0), Kind: "commitment.edit", Visibility: mechanism.Public, Object: "commitment:CHD24-01"}
		if i%10 == 0 {
			d.Visibility = mechanism.Parties
		}
		if i%1000 == 500 {
			d.Object = "commitment:CHD24-17"
		}
		deeds[i] = d
	}
	return deeds
}

func TestAStretchOfTheRecordIsFoundFromTheTop(t *testing.T) {
	t.Parallel()
	deeds, public := millionActs(), &page.Frame{Visit: &page.Visit{}}
	reader := &page.Frame{Visit: &page.Visit{Actor: mechanism.Actor{Office: mechanism.Reader}}}
	for _, c := range []struct {
		name   string
		filter recordFilter
		f      *page.Frame
		first  int64
		n      int
		more   bool
	}{
		{"newest", recordFilter{}, public, 999_999, 50, true},
		{"an object", recordFilter{Object: "commitment:CHD24-17"}, reader, 999_500, 50, true},
		{"an object of which the public may not know", recordFilter{Object: "commitment:CHD24-17"}, public, 0, 0, false},
		{"a text has its commitments", recordFilter{Object: "text:CHD24"}, public, 999_999, 50, true},
		{"before an act", recordFilter{Before: 30}, public, 29, 30, false},
		{"a kind that never was", recordFilter{Kind: "party.admit"}, public, 0, 0, false},
	} {
		picked, more := c.filter.pick(c.f, deeds, 50)
		if len(picked) != c.n || more != c.more || c.n > 0 && picked[0].Seq != c.first {
			t.Errorf("%s: %d acts, more %v: %v", c.name, len(picked), more, picked[:min(len(picked), 1)])
		}
	}
}

// BenchmarkFilterOfAMillionActs is the worst case of a page of the record: nothing fits, so all are looked at.
func BenchmarkFilterOfAMillionActs(b *testing.B) {
	deeds, f := millionActs(), &page.Frame{Visit: &page.Visit{}}
	filter := recordFilter{Object: "party:XX"}
	for b.Loop() {
		if picked, _ := filter.pick(f, deeds, 50); len(picked) != 0 {
			b.Fatal("something fits")
		}
	}
}
