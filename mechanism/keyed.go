package mechanism

import (
	"iter"
	"slices"

	"github.com/tidwall/btree"
)

// keyed are things with a key, in the order in which they came. Like the image that it is part of, it is a value: next
// gives one that begins as this one, and from then on only the next one may be changed.
type keyed[T any] struct {
	place btree.Map[string, int]
	at    btree.Map[int, T]
}

func (k *keyed[T]) next() keyed[T] {
	place, at := k.place, k.at // the library's Copy writes to what it copies, here to these shadows
	return keyed[T]{*place.Copy(), *at.Copy()}
}

func (k *keyed[T]) len() int { return k.at.Len() }

func (k *keyed[T]) get(key string) (thing T, ok bool) {
	i, ok := k.place.Get(key)
	if !ok {
		return thing, false
	}
	return k.at.Get(i)
}

func (k *keyed[T]) has(key string) bool { _, ok := k.place.Get(key); return ok }

// put adds a thing, or replaces the one that has the key.
func (k *keyed[T]) put(key string, thing T) {
	i, ok := k.place.Get(key)
	if !ok {
		i = k.at.Len()
		k.place.Set(key, i)
	}
	k.at.Set(i, thing)
}

// list gives the things in order; nil when there are none.
func (k *keyed[T]) list() []T {
	if k.at.Len() == 0 {
		return nil
	}
	return k.at.Values()
}

// run is a list that only grows. It is a value like keyed; both the older and the next one may grow, and neither sees
// what the other adds.
type run[T any] struct {
	full [][]T // pieces of runPiece each
	tail []T
}

// runPiece is small, since whoever adds to the next one copies the tail first.
const runPiece = 64

func (r *run[T]) next() run[T] { return run[T]{slices.Clip(r.full), slices.Clip(r.tail)} }

func (r *run[T]) len() int64 { return int64(len(r.full))*runPiece + int64(len(r.tail)) }

func (r *run[T]) add(x T) {
	r.tail = append(r.tail, x)
	if len(r.tail) == runPiece {
		r.full, r.tail = append(r.full, r.tail), nil
	}
}

// at gives the i'th, from 0; i must be in the list.
func (r *run[T]) at(i int64) *T {
	if piece := int(i / runPiece); piece < len(r.full) {
		return &r.full[piece][i%runPiece]
	}
	return &r.tail[i%runPiece]
}

// from yields the list from the i'th on.
func (r *run[T]) from(i int64) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for ; i < r.len(); i++ {
			if !yield(r.at(i)) {
				return
			}
		}
	}
}

// list gives the whole list anew.
func (r *run[T]) list() []T { return append(slices.Concat(r.full...), r.tail...) }

// back yields the list backwards from before the i'th.
func (r *run[T]) back(i int64) iter.Seq[*T] {
	return func(yield func(*T) bool) {
		for i--; i >= 0; i-- {
			if !yield(r.at(i)) {
				return
			}
		}
	}
}
