package cli

import (
	"context"
	"flag"
	"time"

	"concord/mechanism"
)

// words are what an officer accepts when a record is opened, each with the reason; empty for nothing.
type words struct {
	as       string
	rollback string
	clock    string
}

func wordFlags(set *flag.FlagSet) *words {
	w := &words{}
	set.StringVar(&w.as, "as", "", "the officer who accepts: a person's id (default: the only officer)")
	set.StringVar(&w.rollback, "accept-rollback", "", "go on from an older copy of the record, although it lacks what was signed: say why, for the record")
	set.StringVar(&w.clock, "accept-clock", "", "take this machine's clock for right, although it is far from the last act: say why, for the record")
	return w
}

// accept records the words that are called for, as acts of an officer. What nothing calls for is passed over.
func (h *house) accept(ctx context.Context, w *words) error {
	if w.clock != "" && h.sec.Clock() != nil {
		if err := h.acceptBy(ctx, w.as, &mechanism.AcceptClock{Clock: time.Now().UTC().Format(time.RFC3339), Reason: w.clock}); err != nil {
			return err
		}
	}
	if w.rollback == "" {
		return nil
	}
	signed, lost := h.rec.Lost(ctx)
	if lost == nil {
		return nil
	}
	if err := h.acceptBy(ctx, w.as, &mechanism.AcceptRollback{Checkpoint: string(signed), Reason: w.rollback}); err != nil {
		return err
	}
	return h.rec.AcceptRollback(ctx)
}

func (h *house) acceptBy(ctx context.Context, as string, act mechanism.Act) error {
	by := mechanism.Actor{Person: "founder", Office: mechanism.Founder}
	if len(inOffice(h.sec)) > 0 {
		var err error
		if by, err = officer(h.sec, as); err != nil {
			return err
		}
	}
	_, err := h.sec.Do(ctx, by, act)
	return err
}
