package commitments

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"concord/commitment"
	"concord/internal/fault"
	"concord/web/page"
)

// missingPage says that a reference stands for nothing, and which ones are written almost like it.
type missingPage struct {
	*page.Frame
	Status  int
	Kind    string
	Said    string
	Near    []nearRef
	Request string
}

// nearRef is a commitment whose reference is like the one that was asked for.
type nearRef struct {
	Ref  string
	Says string
	In   string
	far  int
}

// nearShown is how many are offered, nearFar how many signs may differ.
const (
	nearShown = 5
	nearFar   = 3
)

func noSuchCommitment(ref string) error {
	return fault.New(fault.NotFound, "no commitment has the reference %q", ref)
}

// noCommitment answers for a reference that stands for nothing this visitor may see.
func noCommitment(s *page.Site, w http.ResponseWriter, r *http.Request, ref string) error {
	return s.ShowStatus(w, r, http.StatusNotFound, func(f *page.Frame) (page.Page, error) {
		p := &missingPage{Frame: f, Status: http.StatusNotFound, Kind: string(fault.NotFound), Request: f.ID, Near: nearRefs(f, ref)}
		p.Said = f.T("commitments.unknown", ref)
		f.About(p.Said)
		f.Seal = nil
		return p, nil
	})
}

// nearRefs finds the references that differ least, the most alike first.
func nearRefs(f *page.Frame, ref string) []nearRef {
	asked := plainRef(ref)
	found := []nearRef{}
	for _, ln := range f.State.Ledger().Lines() {
		if n := distance(asked, ln.Ref); n <= nearFar {
			found = append(found, nearRef{Ref: ln.Ref, far: n})
		}
	}
	slices.SortStableFunc(found, func(a, b nearRef) int {
		want := commitment.RefNumber(asked)
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(gap(a.Ref, want), gap(b.Ref, want)))
	})
	found = found[:min(len(found), nearShown)]
	for i := range found {
		ln, _ := f.State.Ledger().Line(found[i].Ref)
		found[i].Says, found[i].In = f.Says(ln)
	}
	return found
}

// plainRef is a reference as it would be written: CHD24-07 for "chd24_7".
func plainRef(ref string) string {
	ref = strings.ToUpper(strings.NewReplacer("_", "-", " ", "-", "–", "-").Replace(strings.TrimSpace(ref)))
	if n := commitment.RefNumber(ref); n > 0 && strings.Contains(ref, "-") {
		return commitment.Ref(commitment.TextOf(ref), n)
	}
	return ref
}

func gap(ref string, n int) int {
	d := commitment.RefNumber(ref) - n
	return max(d, -d)
}

// distance counts the signs that must be put in, left out or changed to make b of a; above nearFar it may stop counting.
func distance(a, b string) int {
	if d := len(a) - len(b); d > nearFar || d < -nearFar {
		return nearFar + 1
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
