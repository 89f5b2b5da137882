package secretariat_test

import (
	"slices"
	"strings"
	"testing"

	"concord/internal/sample"
	"concord/mechanism"
	"concord/record"
	"concord/secretariat"
)

// A body may be erased: the record is served without what its act did, and without what is not possible without it. That it
// is missing is what verification says; the proofs of all headers hold.
func TestAnErasedBodyDoesNotStopTheDoor(t *testing.T) {
	rec := onSQLite(t)
	sec := enter(t, rec)
	found(t, sec)
	fillLedger(t, sec, 20)
	before := sec.Acts()
	lines := sec.Sight(ana.Actor()).Ledger().Len()
	erased := slices.IndexFunc(slices.Collect(deeds(sec)), func(d mechanism.Deed) bool { return d.Kind == "text.receive" })
	if erased < 0 || lines < 20 {
		t.Fatalf("the text was received by act %d, and gave %d lines", erased, lines)
	}
	erase(t, rec, int64(erased))
	again := enter(t, rec)
	if again.Acts() != before {
		t.Errorf("%d of %d acts have a place", again.Acts(), before)
	}
	state := again.Sight(ana.Actor())
	text, announced := state.Text(sample.Code)
	if !announced || len(text.Copies) > 0 || state.Ledger().Len() != lines-20 {
		t.Errorf("without the act that brought it the text has %v, and the ledger %d lines of %d", text, state.Ledger().Len(), lines)
	}
	if _, err := again.Do(t.Context(), ana.Actor(), reader(1)); err != nil {
		t.Errorf("acts go on: %v", err)
	}
	report, err := secretariat.Verify(t.Context(), rec, nil)
	if err != nil {
		t.Fatal(err)
	}
	if report.OK() || !strings.Contains(report.Findings[0].Text, "the body of act") || report.Digest != digest(again) {
		t.Errorf("verification finds %v; the digests are %s and %s", report.Findings, report.Digest, digest(again))
	}
}

// deeds are all lines of the record, oldest first.
func deeds(sec *secretariat.Secretariat) func(yield func(mechanism.Deed) bool) {
	return sec.Sight(ana.Actor()).Deeds(0)
}

func erase(t *testing.T, rec *record.Record, seq int64) {
	t.Helper()
	db, _ := rec.DB()
	if _, err := db.ExecContext(t.Context(), `UPDATE record_act SET body = NULL WHERE seq = ?`, seq); err != nil {
		t.Fatal(err)
	}
}
