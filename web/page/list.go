package page

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"concord/internal/fault"
)

// How many lines a list gives to a program.
const (
	UsualLimit = 100
	MostLimit  = 1000
)

// Listing is how much there is of a list. A list is given in stretches; next leads from one to the next, and each line comes
// once, whatever acts are done in between.
type Listing struct {
	Total   int    `json:"total"`   // how many there are in all that the reader may see
	Matched int    `json:"matched"` // how many of them fit what was asked for
	Next    string `json:"next"`    // address of the stretch behind this one; empty at the end
}

// Limit is how many lines the address asks for: ?limit=, 1 to [MostLimit]; [UsualLimit] when it says nothing.
func (f *Frame) Limit() (int, error) {
	asked := f.Query.Get("limit")
	if asked == "" {
		return UsualLimit, nil
	}
	n, err := strconv.Atoi(asked)
	if err != nil || n < 1 || n > MostLimit {
		return 0, fault.New(fault.Invalid, "limit is a number from 1 to %d, not %q", MostLimit, asked)
	}
	return n, nil
}

// NextHref is the address of the stretch behind a place, in the language that was asked for.
func (f *Frame) NextHref(after string) string {
	q := maps.Clone(f.Query)
	q.Del("done")
	q.Set("after", after)
	return f.dataPath() + "?" + q.Encode()
}

// dataPath is the page's own address as data.
func (f *Frame) dataPath() string {
	if f.path == "/" {
		return "/overview.json"
	}
	return f.path + ".json"
}

// NoPlace refuses an ?after= that no list has given.
func NoPlace(after string) error {
	return fault.New(fault.Invalid, "%q is no place in this list: take the address that the list gives as next", after)
}

// Keyed is something of a list with the key that it is ordered by.
type Keyed[T any] struct {
	Key   string
	Value T
}

// Cut puts what fits in the order of the keys, or from the last to the first, and gives the stretch that the address asks
// for. No two keys are the same, and a key depends on nothing but what has it.
func Cut[T any](f *Frame, all []Keyed[T], backwards bool) ([]T, Listing, error) {
	limit, err := f.Limit()
	if err != nil {
		return nil, Listing{}, err
	}
	way := 1
	if backwards {
		way = -1
	}
	slices.SortFunc(all, func(a, b Keyed[T]) int { return way * strings.Compare(a.Key, b.Key) })
	from := 0
	if after := f.Query.Get("after"); after != "" {
		from, _ = slices.BinarySearchFunc(all, after, func(k Keyed[T], after string) int {
			return cmp.Or(way*strings.Compare(k.Key, after), -1) // behind the one with the key
		})
	}
	to := min(from+limit, len(all))
	ls := Listing{Matched: len(all)}
	if to < len(all) {
		ls.Next = f.NextHref(all[to-1].Key)
	}
	picked := make([]T, 0, to-from)
	for _, k := range all[from:to] {
		picked = append(picked, k.Value)
	}
	return picked, ls, nil
}
