package page

import (
	"net/http"
	"time"

	"concord/internal/fault"
)

// Present is the state as it stands, as the visitor may see it, whatever day the visit asks for.
func (s *Site) Present(r *http.Request) State { return s.Sec.Sight(VisitOf(r).Actor) }

// State is the state that the visit asks for, as the visitor may see it: as it stands, or as it was at the end of a day in
// the visitor's zone.
func (s *Site) State(r *http.Request) (State, error) {
	v := VisitOf(r)
	if v.AsOf == "" {
		return s.Present(r), nil
	}
	day, err := time.ParseInLocation(time.DateOnly, v.AsOf, v.Zone)
	if err != nil {
		return State{}, fault.New(fault.Invalid, "%q is not a day", v.AsOf)
	}
	return s.Sec.At(r.Context(), v.Actor, day.AddDate(0, 0, 1).Add(-time.Millisecond).UTC())
}
