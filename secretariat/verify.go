package secretariat

import (
	"context"
	"time"

	"concord/internal/fault"
	"concord/mechanism"
	"concord/record"
)

// Verification is what [Verify] checked and found.
type Verification struct {
	record.Report
	Digest string `json:"digest"` // of the state that the acts give

	Jumps []fault.Phrase `json:"-"` // acts dated long after the one before: nothing wrong, and worth a look

	state *mechanism.Mechanism
}

// Clock says whether acts may be dated by a clock that shows now, after those of the record.
func (v Verification) Clock(now time.Time) error { return v.state.CheckClock(now) }

// Verify checks all of a record: what [record.Record.Verify] checks, and that each act was allowed to who did it, and
// valid, on the state before it, and is seen by no other than those who may. What it finds stands in the report; the error
// is for what kept it from working.
func Verify(ctx context.Context, rec *record.Record, progress func(done, total int64)) (Verification, error) {
	m := mechanism.New()
	var found []record.Finding
	var jumps []fault.Phrase
	report, err := rec.Verify(ctx, progress, func(e record.Entry) error {
		at := entryOf(e)
		if e.Body == nil { // the record's part of the report says so
			m.PassOver(e.Kind, at)
			return nil
		}
		act, err := mechanism.Decode(e.Kind, e.Body)
		if err != nil {
			return fault.During(err, "act %d", e.Seq)
		}
		if said, wrong := wrongIn(m, act, at, e); wrong {
			found = append(found, record.Finding{Part: record.PartAuthority, Act: e.Seq, Text: said.String(), Said: said})
			if m.PassedOver() > 0 { // as when the record is served
				m.PassOver(e.Kind, at)
				return nil
			}
		}
		if said, far := jump(m, act, at); far {
			jumps = append(jumps, said)
		}
		m.Apply(act, at)
		return nil
	})
	report.Add(found...)
	return Verification{report, m.Digest(), jumps, m}, err
}

// wrongIn says what of an act could not have been, on the state before it.
func wrongIn(m *mechanism.Mechanism, act mechanism.Act, at mechanism.Entry, e record.Entry) (said fault.Phrase, wrong bool) {
	if err := m.Check(act, at.Actor); err != nil {
		return fault.Say("act %d (%s) could not have been done: %v", at.Seq, e.Kind, err), true
	}
	if class := m.Visibility(act, at.Actor); class != at.Visibility {
		return fault.Say("act %d (%s) is for %q in the record, but such an act is for %q", at.Seq, e.Kind, at.Visibility, class), true
	}
	if at.Visibility != mechanism.Public && !mechanism.IsSalted(e.Body) {
		return fault.Say("act %d (%s) is not for everybody, but its body has no salt", at.Seq, e.Kind), true
	}
	return said, false
}
