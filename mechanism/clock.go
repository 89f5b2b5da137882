package mechanism

import (
	"strings"
	"time"

	"concord/internal/fault"
)

var clockKinds = []Kind{
	kind[AcceptClock]("clock.accept", toOfficer, everybody),
}

// An act bears its time for ever, and times never run backward: after an act of the year 2046 every later one would be of 2046.
// So acts are refused while the clock is far from the last act, until an officer who has looked at another clock accepts it.
const (
	// Behind is how far a clock may be behind the last act: machines and nodes differ by less.
	Behind = time.Hour
	// Ahead is how far it may be ahead. A mechanism rests over a winter, even for a year between two summits; a clock that
	// jumped by less than that cannot be told from a rest.
	Ahead = 400 * 24 * time.Hour
)

// clockWord is the newest word of an officer on the clock.
type clockWord struct {
	at   time.Time // what the act is dated
	said time.Time // what it is, by the officer's word
}

// image is the word as it is hashed; zero without one.
func (w clockWord) image() [2]int64 {
	if w.at.IsZero() {
		return [2]int64{}
	}
	return [2]int64{w.at.UnixMicro(), w.said.UnixMicro()}
}

// CheckClock says whether acts may be dated by a clock that shows now. Unavailable: it is far from the last act, and no
// officer has accepted it.
func (m *Mechanism) CheckClock(now time.Time) error {
	last := m.Last()
	switch {
	case m.Acts() == 0:
	case now.After(last.Add(Ahead)):
		return fault.New(fault.Unavailable, "the clock says %s, more than %d days after the last act, of %s: set it right, or let an officer accept it (clock.accept, or concord serve --accept-clock)", stamp(now), int(Ahead.Hours()/24), stamp(last))
	case now.Before(last.Add(-Behind)) && !m.clock.covers(last, now):
		return fault.New(fault.Unavailable, "the clock says %s, and the last act was done at %s: set it right, or let an officer accept it (clock.accept, or concord serve --accept-clock)", stamp(now), stamp(last))
	}
	return nil
}

// covers says whether the last act is dated as the officer's word was, because the clock is behind it, and the clock has gone
// on from what the officer said.
func (w clockWord) covers(last, now time.Time) bool {
	return w.at.Equal(last) && !now.Before(w.said.Add(-Behind))
}

func stamp(t time.Time) string { return t.UTC().Format(time.DateOnly + " 15:04 UTC") }

// AcceptClock is an officer's word that the clock is right although it is far from the last act. From then on acts are dated by
// it; where it is behind, as the last act is dated, until that time has come.
type AcceptClock struct {
	Clock  string `json:"clock"`  // what time it is, by another clock: RFC 3339, 2026-11-24T23:10:00Z
	Reason string `json:"reason"` // what became of the clock, or why nothing was done for so long
}

func (a AcceptClock) Objects(m *Mechanism) []Object { return []Object{ObjectOf("mechanism", m.id)} }

func (a AcceptClock) Check(m *Mechanism, by Actor) error {
	if m.Acts() == 0 {
		return invalid("nothing has been done yet that a clock could be far from")
	}
	if _, err := time.Parse(time.RFC3339, a.Clock); err != nil {
		return invalid("%q is not a time such as 2026-11-24T23:10:00Z", a.Clock)
	}
	if strings.TrimSpace(a.Reason) == "" {
		return invalid("say why the clock is far from the last act")
	}
	return nil
}

func (a AcceptClock) apply(m *Mechanism, at Entry) {
	said, _ := time.Parse(time.RFC3339, a.Clock)
	m.clock = clockWord{at.Time, said.UTC()}
}

// CheckMachine says whether the machine's clock is the one that an officer accepts on a state. Conflict: nothing is to be
// accepted. Invalid: the machine shows another time than the officer says.
func (a AcceptClock) CheckMachine(m *Mechanism, now time.Time) error {
	if m.CheckClock(now) == nil {
		return conflict("the clock is not far from the last act: there is nothing to accept")
	}
	said, _ := time.Parse(time.RFC3339, a.Clock)
	if d := now.Sub(said); d > Behind || d < -Behind {
		return invalid("you say that it is %s, and this machine's clock says %s: set it right first", stamp(said), stamp(now))
	}
	return nil
}
