package commitments

import (
	"math/rand/v2"
	"net/url"
	"reflect"
	"testing"
)

// Whatever an address asks for, the address that the page gives for it asks for the same.
func TestAnAddressLeadsBackToItself(t *testing.T) {
	t.Parallel()
	values := map[string][]string{
		"q": {"", "саммит", "a b", "%&=#"}, "text": {"", "CHD24"}, "track": {"", "trade"}, "party": {"", "kz", "KZ"}, "min": {"", "2", "x"}, "max": {"", "4", "-1"},
		"kind": {"", "one", "none"}, "deadline": {"", "soon", "never"}, "missing": {"", "who"}, "instrument": {"", "any"}, "state": {"", "accepted"},
		"group": {"", "track", "clause", "none", "x"}, "sort": {"", "ref", "deadline"}, "at": {"", "CHD24-17"},
	}
	lists := map[string][]string{"strength": {"1", "2", "3", "4", "5", "6"}, "col": append([]string{"nonsense"}, matrixColumns...)}
	for range 2000 {
		q := url.Values{}
		for key, of := range values {
			q.Set(key, of[rand.IntN(len(of))])
		}
		for key, of := range lists {
			for _, v := range of {
				if rand.IntN(2) == 0 {
					q.Add(key, v)
				}
			}
		}
		ask := askMatrix(q)
		if again := askMatrix(ask.values()); !reflect.DeepEqual(again, ask) {
			t.Fatalf("%v becomes %+v, and that %+v", q, ask, again)
		}
	}
}

func TestDistanceCountsTheSignsThatDiffer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{{"CHD24-17", "CHD24-17", 0}, {"CHD24-71", "CHD24-17", 2}, {"CHD24-7", "CHD24-17", 1}, {"CDH24-17", "CHD24-17", 2}, {"", "AB", 2}, {"ABCDEFGH", "AB", nearFar + 1}} {
		if got := distance(c.a, c.b); got != c.want {
			t.Errorf("%s to %s is %d, want %d", c.a, c.b, got, c.want)
		}
		if distance(c.a, c.b) != distance(c.b, c.a) {
			t.Errorf("%s and %s are not as far both ways", c.a, c.b)
		}
	}
}
