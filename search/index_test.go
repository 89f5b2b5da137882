package search_test

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"concord/commitment"
	"concord/internal/sample"
	"concord/mechanism"
	"concord/packs"
	"concord/search"
)

// founded is the shipped mechanism with so many invented commitments.
func founded(t testing.TB, n int) *mechanism.Mechanism {
	t.Helper()
	files, err := fs.Sub(packs.FS, "china-central-asia")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := mechanism.LoadPack(files)
	if err != nil {
		t.Fatal(err)
	}
	m := do(t, mechanism.New(), pack.Acts()...)
	return do(t, m, sample.Acts(m.As(officer), n)...)
}

var officer = mechanism.Actor{Person: "officer", Office: mechanism.Officer}

// do gives the image after some acts.
func do(t testing.TB, m *mechanism.Mechanism, acts ...mechanism.Act) *mechanism.Mechanism {
	t.Helper()
	m = m.Next()
	for _, a := range acts {
		at := mechanism.Entry{Seq: m.Acts(), Time: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Actor: officer, Visibility: mechanism.Public}
		m.Apply(a, at)
	}
	m.Seal()
	return m
}

// edited is the act that changes an accepted commitment.
func edited(m mechanism.Sight, ref string, change func(*commitment.Proposal)) mechanism.Act {
	c, _ := m.Ledger().ByRef(ref)
	p := c.Proposal
	change(&p)
	return &mechanism.EditCommitment{Item: mechanism.Item{Text: c.Text, N: c.N}, Proposal: p, Reason: "for a test"}
}

// randomFilter asks for anything that an address may ask for, often for nothing.
func randomFilter() search.Filter {
	pick := func(of ...string) string {
		if i := rand.IntN(3 * len(of)); i < len(of) {
			return of[i]
		}
		return ""
	}
	f := search.Filter{
		Words: pick("ports", "саммит", "customs", "峰会"), Text: pick("CHD24", "BIG25", "NONE"), Track: pick("trade", "transport"), Party: pick("KZ", "CN"),
		Kind: pick("all", "one", "subset", "organ"), Deadline: pick("has", "none", "passed", "soon"), Missing: pick("who", "when"),
		Instrument: pick("any", "agreement"), State: pick("accepted", "summarized"), Today: "2026-11-22", Soon: "2027-02-20",
	}
	for s := 1; s <= 5; s++ {
		if rand.IntN(4) == 0 {
			f.Strength = append(f.Strength, s)
		}
	}
	return f
}

// fits says the same as the filter, from the ledger itself and word by word.
func fits(m mechanism.Sight, f search.Filter, ln commitment.Line) bool {
	text, _ := m.Text(ln.Text)
	kind, bound := ln.BoundIn(text.Parties)
	due := ln.Deadline().LastDay().String()
	said := []string{ln.Ref}
	if ln.Summary != nil {
		said = append(said, search.Names(ln.Summary.Summary))
	}
	if ln.Accepted != nil {
		said = append(said, ln.Accepted.Action)
	}
	if kind != commitment.All {
		if ln.Summary != nil {
			said = append(said, search.Names(ln.Summary.Actor.Text))
		}
		if ln.Accepted != nil {
			said = append(said, ln.Accepted.Actor.Text)
		}
	}
	deadline := map[string]bool{"": true, "has": ln.Deadline() != nil, "none": ln.Deadline() == nil, "passed": due != "" && due < f.Today, "soon": due >= f.Today && due <= f.Soon}
	return (f.Text == "" || ln.Text == f.Text) && (f.Track == "" || slices.Contains(ln.Tracks(), f.Track)) && (f.Party == "" || slices.Contains(bound, f.Party)) &&
		(len(f.Strength) == 0 || slices.Contains(f.Strength, int(ln.Strength()))) && (f.Kind == "" || string(kind) == f.Kind) && deadline[f.Deadline] &&
		(f.Missing == "" || slices.Contains(ln.Missing(), commitment.Element(f.Missing))) &&
		(f.Instrument == "" || ln.Instrument() == f.Instrument || f.Instrument == "any" && ln.Instrument() != "") &&
		(f.State == "" || string(ln.State()) == f.State) && search.Has(strings.ToLower(strings.Join(said, "\n")), search.Words(f.Words))
}

func TestAFilterFindsWhatALookAtEveryLineFinds(t *testing.T) {
	t.Parallel()
	m := founded(t, 300)
	cache := &search.Cache{}
	found := 0
	for range 500 {
		state, f := m.As(mechanism.Actor{}), randomFilter()
		var want []string
		for ln := range state.Ledger().All() {
			if fits(state, f, ln) {
				want = append(want, ln.Ref)
			}
		}
		all := cache.Of(state).All(f, search.Order{})
		if got := refs(all.Lines); !slices.Equal(got, want) || all.Matched != len(want) || all.More {
			t.Fatalf("%+v: %d matched: %v, want %v", f, all.Matched, got, want)
		}
		found += len(want)
		ref := fmt.Sprintf("BIG25-%02d", 1+rand.IntN(300))
		m = do(t, m, edited(state, ref, func(p *commitment.Proposal) { p.Strength, p.Deadline = commitment.Strength(1+rand.IntN(5)), nil }))
	}
	if found == 0 {
		t.Error("nothing was ever found: this test proves nothing")
	}
}

func refs(lines []*search.Placed) (all []string) {
	for _, ln := range lines {
		all = append(all, ln.Ref)
	}
	return all
}

var orders = []search.Order{{}, {Group: "track"}, {Group: "clause"}, {Group: "strength", Sort: "deadline"}, {Group: "who", Sort: "strength"}, {Sort: "deadline"}}

// Whoever follows a list from stretch to stretch gets each line once, in the order of the whole, though acts change other
// lines in between.
func TestStretchesGiveEachLineOnceWhileActsLand(t *testing.T) {
	t.Parallel()
	for _, o := range orders {
		t.Run(fmt.Sprintf("%+v", o), func(t *testing.T) {
			t.Parallel()
			m := founded(t, 200)
			cache := &search.Cache{}
			want := refs(cache.Of(m.As(mechanism.Actor{})).All(search.Filter{}, o).Lines)
			var got []string
			touched := "BIG25-100" // moves about, and is not looked for
			for after, more := (search.Place{}), true; more; {
				found := cache.Of(m.As(mechanism.Actor{})).Stretch(search.Filter{}, o, after, 7)
				got = append(got, refs(found.Lines)...)
				if more = found.More; more {
					var ok bool
					if after, ok = o.PlaceAfter(o.Cursor(found.Lines[len(found.Lines)-1].At)); !ok {
						t.Fatal("a cursor is not read back")
					}
				}
				m = do(t, m, edited(m.As(officer), touched, func(p *commitment.Proposal) {
					p.Strength, p.Tracks, p.Clause = commitment.Strength(1+rand.IntN(5)), []string{"trade", "water"}[:1+rand.IntN(2)], fmt.Sprint(rand.IntN(20))
				}))
			}
			drop := func(ref string) bool { return ref == touched }
			if want, got = slices.DeleteFunc(want, drop), slices.DeleteFunc(got, drop); !slices.Equal(got, want) {
				t.Errorf("%d lines in stretches, %d in all", len(got), len(want))
			}
		})
	}
}

func TestACursorOfAnotherOrderIsNoPlace(t *testing.T) {
	t.Parallel()
	m := founded(t, 1)
	ln := new(search.Cache).Of(m.As(officer)).All(search.Filter{}, orders[1]).Lines[0]
	for _, cursor := range []string{orders[1].Cursor(ln.At)[1:], "nonsense", "~", orders[2].Cursor(ln.At)} {
		if _, ok := orders[1].PlaceAfter(cursor); ok {
			t.Errorf("%q is taken for a place", cursor)
		}
	}
}

// An index is a value: who holds an older one sees what was, and lines that no act touched are shared.
func TestAnActLeavesOlderIndexesAsTheyWere(t *testing.T) {
	t.Parallel()
	m := founded(t, 50)
	cache := &search.Cache{}
	before := cache.Of(m.As(officer))
	strong := search.Filter{Text: "BIG25", Strength: []int{int(commitment.Decide)}}
	was := refs(before.All(strong, search.Order{}).Lines)
	m = do(t, m, edited(m.As(officer), "BIG25-01", func(p *commitment.Proposal) {
		p.Strength = (p.Strength + 1) % 6
	}))
	after := cache.Of(m.As(officer))
	if !slices.Equal(refs(before.All(strong, search.Order{}).Lines), was) {
		t.Error("the older index has changed")
	}
	shared := 0
	for i, ln := range after.Chapters[len(after.Chapters)-1].Lines {
		if ln == before.Chapters[len(before.Chapters)-1].Lines[i] {
			shared++
		}
	}
	if shared != 49 || before.Chapters[0] != after.Chapters[0] {
		t.Errorf("%d of 50 lines are shared, and the other text %v", shared, before.Chapters[0] == after.Chapters[0])
	}
}

func TestClausesStandByTheirNumbers(t *testing.T) {
	t.Parallel()
	m := founded(t, 3)
	state := m.As(officer)
	for i, clause := range []string{"10", "9.2b", "9.2"} {
		m = do(t, m, edited(state, fmt.Sprintf("BIG25-%02d", i+1), func(p *commitment.Proposal) { p.Clause = clause }))
	}
	got := refs(new(search.Cache).Of(m.As(officer)).All(search.Filter{Text: "BIG25"}, search.Order{Group: "clause"}).Lines)
	if want := []string{"BIG25-03", "BIG25-02", "BIG25-01"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
