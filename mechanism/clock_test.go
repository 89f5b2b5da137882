package mechanism_test

import (
	"strings"
	"testing"
	"time"

	"concord/internal/fault"
	"concord/mechanism"
)

const day = 24 * time.Hour

// A mechanism may rest for a year; a clock that jumped, or stands before the last act, is noticed.
func TestActsAreNotDatedByAClockThatIsFarFromTheLastAct(t *testing.T) {
	m := found(t, lake)
	last := m.Last()
	for _, c := range []struct {
		now  time.Time
		says string
	}{
		{last, ""}, {last.Add(-10 * time.Minute), ""}, {last.Add(180 * day), ""}, {last.Add(399 * day), ""},
		{last.Add(20 * 365 * day), "more than 400 days after the last act"},
		{last.Add(-2 * time.Hour), "the last act was done at"},
	} {
		err := m.CheckClock(c.now)
		if (err == nil) != (c.says == "") || err != nil && (fault.KindOf(err) != fault.Unavailable || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s after the last act: %v", c.now.Sub(last), err)
		}
	}
	if err := mechanism.New().CheckClock(last); err != nil {
		t.Errorf("before the first act: %v", err)
	}
}

// After acts of 2046 the clock is set right. An officer says what time it is; then acts go on, dated as the last one.
func TestAnOfficerAcceptsAClockThatIsBehind(t *testing.T) {
	m := found(t, lake)
	now := m.Last().Add(-20 * 365 * day)
	word := &mechanism.AcceptClock{Clock: now.Format(time.RFC3339), Reason: "the clock had jumped"}
	if err := word.CheckMachine(m, now); err != nil {
		t.Fatal(err)
	}
	if err := m.Check(word, officer); err != nil {
		t.Fatal(err)
	}
	last := m.Last()
	m.Apply(word, mechanism.Entry{Seq: m.Acts(), Time: last, Actor: officer, Visibility: mechanism.Public})
	if err := m.CheckClock(now.Add(30 * day)); err != nil {
		t.Errorf("a month later: %v", err)
	}
	if err := m.CheckClock(now.Add(-day)); err == nil {
		t.Error("a clock before what the officer said is taken")
	}
	m.Apply(announced("NEW25"), mechanism.Entry{Seq: m.Acts(), Time: last.Add(day), Actor: officer, Visibility: mechanism.Public})
	if err := m.CheckClock(now.Add(30 * day)); err == nil {
		t.Error("the word is taken for a later jump too")
	}
}

func TestNoActLeavesAMechanismWithoutAnOfficer(t *testing.T) {
	m := found(t, lake)
	demoted := anOfficer
	demoted.Office = mechanism.Reader
	refuse(t, m, officer, &mechanism.AppointPerson{Person: demoted}, fault.Invalid, "is the only officer")
	do(t, m, officer, &mechanism.AppointPerson{Person: mechanism.Person{ID: "bo", Name: "Bo", Office: mechanism.Officer}})
	do(t, m, officer, &mechanism.AppointPerson{Person: demoted})
	second := mechanism.Actor{Person: "bo", Office: mechanism.Officer}
	refuse(t, m, second, &mechanism.RelievePerson{Person: "bo"}, fault.Invalid, "Bo is the only officer")
}

// A record of before that rule may have lost its last officer: its founder does not come back for that.
func TestTheFoundersPowersNeverComeBack(t *testing.T) {
	m := found(t, lake)
	gone := anOfficer
	gone.Office = mechanism.Reader
	m.Apply(&mechanism.AppointPerson{Person: gone}, mechanism.Entry{Seq: m.Acts(), Time: m.Last(), Actor: officer, Visibility: mechanism.Parties})
	founder := mechanism.Actor{Person: "founder", Office: mechanism.Founder}
	refuse(t, m, founder, announced("NEW25"), fault.Denied, "no longer its founder")
}

func TestNamesOfEveryScriptAreTaken(t *testing.T) {
	m := found(t, lake)
	for _, name := range []string{"Айгүл Әбдірахманова", "李 明", "Oʻtkir Hoshimov", "D'Arcy-Łukasz Öğüt", "王小明 (Wang Xiaoming)", "卡拉OK", "Ёқуб Саидов 2"} {
		act := appointed(func(p *mechanism.Person) { p.Name = name })
		if err := m.Check(act, officer); err != nil {
			t.Error(err)
		}
	}
}
