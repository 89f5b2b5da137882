package secretariat

import (
	"time"

	"concord/internal/fault"
	"concord/mechanism"
)

// checkClock refuses a request that the clock would date far from the last act. An officer's word on the clock is taken by it
// when the clock says what the officer says.
func (s *Secretariat) checkClock(m *mechanism.Mechanism, r *request) error {
	if _, done := repeated(m, r); done {
		return nil // it is not done again, whatever the clock says
	}
	if word, ok := r.acts[0].act.(*mechanism.AcceptClock); ok {
		return word.CheckMachine(m, s.now())
	}
	return m.CheckClock(s.now())
}

// Clock says whether acts may be dated by the machine's clock, on the published state: what [mechanism.Mechanism.CheckClock]
// says.
func (s *Secretariat) Clock() error { return s.image.Load().CheckClock(s.now()) }

// jump tells of an act that is dated long after the one before it, without an officer's word: a rest, or a clock that jumped.
func jump(m *mechanism.Mechanism, act mechanism.Act, at mechanism.Entry) (said fault.Phrase, found bool) {
	_, accepted := act.(*mechanism.AcceptClock)
	if m.Acts() == 0 || accepted || at.Time.Sub(m.Last()) <= mechanism.Ahead {
		return said, false
	}
	days := int(mechanism.Ahead / (24 * time.Hour))
	return fault.Say("act %d (%s) is dated more than %d days after the one before, and no officer accepted the clock", at.Seq, mechanism.KindOf(act).Name, days), true
}
