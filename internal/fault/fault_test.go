package fault_test

import (
	"errors"
	"fmt"
	"io"
	"testing"

	"concord/internal/fault"
)

func TestKindTravelsUp(t *testing.T) {
	low := fault.New(fault.NotFound, "no act %d", 7)
	mid := fault.During(low, "read the record")
	top := fmt.Errorf("serve: %w", mid)
	if got := fault.KindOf(top); got != fault.NotFound {
		t.Errorf("kind is %q", got)
	}
	if got := fault.Sentence(top); got != "no act 7" {
		t.Errorf("sentence is %q", got)
	}
	if got := top.Error(); got != "serve: read the record: no act 7" {
		t.Errorf("error is %q", got)
	}
}

func TestOuterKindWins(t *testing.T) {
	err := fault.Wrap(fault.New(fault.NotFound, "no file"), fault.Unavailable, "the record cannot be opened")
	if got := fault.KindOf(err); got != fault.Unavailable {
		t.Errorf("kind is %q", got)
	}
}

func TestStrangersAreInternal(t *testing.T) {
	if got := fault.KindOf(io.ErrUnexpectedEOF); got != fault.Internal {
		t.Errorf("kind is %q", got)
	}
	if got := fault.Sentence(io.ErrUnexpectedEOF); got == io.ErrUnexpectedEOF.Error() {
		t.Error("an internal cause was shown to a person")
	}
	if fault.KindOf(nil) != "" || fault.Wrap(nil, fault.Invalid, "x") != nil || fault.During(nil, "x") != nil {
		t.Error("nil is not an error")
	}
}

func TestIsByKindAndCause(t *testing.T) {
	conflict := &fault.Error{Kind: fault.Conflict}
	err := fault.During(fault.New(fault.Conflict, "the head moved: %w", io.EOF), "append")
	if !errors.Is(err, conflict) {
		t.Error("not found by kind")
	}
	if !errors.Is(err, io.EOF) {
		t.Error("the cause is lost")
	}
	if errors.Is(err, &fault.Error{Kind: fault.Denied}) {
		t.Error("found by a wrong kind")
	}
	if got := err.Error(); got != "append: the head moved: EOF" {
		t.Errorf("error is %q", got)
	}
}

func TestASentenceKeepsItsWordsApartFromItsValues(t *testing.T) {
	low := fault.New(fault.Invalid, "its XML is broken: %w", io.EOF)
	for _, c := range []struct {
		err    error
		format string
		want   string
	}{
		{fault.New(fault.NotFound, "no act %d", 7), "no act %d", "no act 7"},
		{fault.Wrap(io.EOF, fault.Invalid, "%s did not arrive", "a.txt"), "%s did not arrive", "a.txt did not arrive"},
		{fault.New(fault.Invalid, "%s: %w", "a.docx", low), "%s: %w", "a.docx: its XML is broken: EOF"},
		{fault.During(fault.New(fault.Denied, "%s may not write", fault.Say("a reader of %s", "KZ")), "append"), "%s may not write", "a reader of KZ may not write"},
		{&fault.Error{Kind: fault.Conflict, What: "100 % of it"}, "%s", "100 % of it"},
		{&fault.Error{Kind: fault.Invalid, Err: io.EOF}, "%v", "EOF"},
	} {
		if p := fault.PhraseOf(c.err); p.Format != c.format || p.String() != c.want || fault.Sentence(c.err) != c.want {
			t.Errorf("%q, %q, want %q, %q", p.Format, p, c.format, c.want)
		}
	}
	if got := fault.PhraseOf(fault.New(fault.Internal, "a %w", io.EOF)).String(); got != fault.Sentence(io.EOF) {
		t.Errorf("the cause of an internal fault was shown: %q", got)
	}
}
