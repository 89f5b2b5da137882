package mechanism

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// A run and its older values are what slices would be, however they grow beside each other.
func TestARunIsASliceThatOthersMayHold(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 25))
	type held struct {
		run  run[int]
		want []int
	}
	values := []held{{}}
	for step := range 60 {
		of := values[rng.IntN(len(values))]
		next := held{of.run.next(), slices.Clone(of.want)}
		for range rng.IntN(2*runPiece + 40) {
			next.run.add(step)
			next.want = append(next.want, step)
			step++
		}
		values = append(values, next)
	}
	for _, v := range values {
		if got := v.run.list(); !slices.Equal(got, v.want) || v.run.len() != int64(len(v.want)) {
			t.Fatalf("a run of %d has %d", len(v.want), v.run.len())
		}
		if len(v.want) == 0 {
			continue
		}
		i := int64(rng.IntN(len(v.want)))
		if *v.run.at(i) != v.want[i] {
			t.Errorf("the %d. of %d is %d, want %d", i, len(v.want), *v.run.at(i), v.want[i])
		}
		var on, back []int
		for x := range v.run.from(i) {
			on = append(on, *x)
		}
		for x := range v.run.back(i) {
			back = append(back, *x)
		}
		slices.Reverse(back)
		if !slices.Equal(on, v.want[i:]) || !slices.Equal(back, v.want[:i]) {
			t.Errorf("from %d of %d: %d on, %d back", i, len(v.want), len(on), len(back))
		}
		for range v.run.from(i) {
			break // whoever has seen enough leaves
		}
		for range v.run.back(i) {
			break
		}
	}
}

// Keyed things and their older values are what a map with an order would be.
func TestKeyedThingsAreAMapWithAnOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 25))
	type held struct {
		keyed keyed[int]
		order []string
		want  map[string]int
	}
	values := []*held{{want: map[string]int{}}}
	for step := range 400 {
		of := values[rng.IntN(len(values))]
		next := &held{of.keyed.next(), slices.Clone(of.order), map[string]int{}}
		for k, v := range of.want {
			next.want[k] = v
		}
		key := fmt.Sprint("k", rng.IntN(50))
		if _, known := next.want[key]; !known {
			next.order = append(next.order, key)
		}
		next.want[key] = step
		next.keyed.put(key, step)
		values = append(values, next)
	}
	for _, v := range values {
		list := v.keyed.list()
		if len(list) != len(v.order) || v.keyed.len() != len(v.order) || (list == nil) != (len(v.order) == 0) {
			t.Fatalf("there are %d, want %d", len(list), len(v.order))
		}
		for i, key := range v.order {
			got, ok := v.keyed.get(key)
			if !ok || got != v.want[key] || list[i] != got || !v.keyed.has(key) {
				t.Errorf("%s is %d (%v) at place %d, want %d", key, got, ok, i, v.want[key])
			}
		}
		if _, ok := v.keyed.get("none"); ok || v.keyed.has("none") {
			t.Error("there is what was never put")
		}
	}
}

// Only the newest requests are remembered: whoever sends again does so within minutes.
func TestOldRequestsAreForgotten(t *testing.T) {
	var r requests
	for i := range requestsKept + 10 {
		r.add(Entry{Seq: int64(i), Actor: Actor{Person: "p"}, Request: &Request{Key: fmt.Sprint(i), Acts: 1}})
	}
	older := r
	r = older.next()
	r.add(Entry{Seq: requestsKept + 10, Actor: Actor{Person: "p"}, Request: &Request{Key: "last"}})
	if len(r.all()) != requestsKept || r.done.Len() != r.line.Len() {
		t.Errorf("%d are remembered, want %d", len(r.all()), requestsKept)
	}
	m := &Mechanism{requests: r}
	for key, want := range map[string]bool{"0": false, "10": false, "11": true, "last": true} {
		if _, got := m.Requested("p", key); got != want {
			t.Errorf("request %s is remembered: %v", key, got)
		}
	}
	if _, ok := m.Requested("q", "last"); ok {
		t.Error("a request of one person is found for another")
	}
	if _, ok := older.done.Get(requestKey("p", "10")); !ok {
		t.Error("the older value forgot with the newer")
	}
}

func TestTheSumOfAGroupTellsItFromEveryOther(t *testing.T) {
	groups := [][2][]string{
		{{"a"}, {"{}"}}, {{"b"}, {"{}"}}, {{"a"}, {"{ }"}}, {{"a", "a"}, {"{}", "{}"}}, {{"a"}, {"{}{}"}}, {{}, {}}, {{"a 2\n{}a"}, {""}},
	}
	seen := map[string]int{}
	for i, g := range groups {
		var bodies [][]byte
		for _, b := range g[1] {
			bodies = append(bodies, []byte(b))
		}
		sum := Sum(g[0], bodies)
		if other, taken := seen[sum]; taken || len(sum) != 32 {
			t.Errorf("groups %v and %v have the sum %s", g, groups[other], sum)
		}
		seen[sum] = i
	}
}
