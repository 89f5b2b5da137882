package check

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Coded is a commitment as a person or the program coded it; Start and End are code points of the source, half open.
type Coded struct {
	ID       string
	Clause   string
	Start    int
	End      int
	Strength int
	Kind     string   // of the actor: all, one, subset, organ
	Parties  []string // nil where the text does not list them
	Deadline string   // value; empty: none
	Group    string   // commitments of one sentence share it
	Span     string   // the words, for reports
}

// ReadCoded reads a coded text, one JSON object a line, as the founding statement is coded: commitments and the
// passages that are none.
func ReadCoded(r io.Reader) (commitments, rejected []Coded, err error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var row struct {
			ID       string   `json:"id"`
			Kind     string   `json:"kind"`
			Clause   string   `json:"clause"`
			Start    int      `json:"start"`
			End      int      `json:"end"`
			Strength int      `json:"strength"`
			Actor    string   `json:"actor_kind"`
			Parties  []string `json:"parties"`
			Norm     string   `json:"deadline_norm"`
			Group    string   `json:"split_group"`
			Span     string   `json:"span_hans"`
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return nil, nil, fmt.Errorf("line %d: %w", n, err)
		}
		c := Coded{row.ID, row.Clause, row.Start, row.End, row.Strength, row.Actor, row.Parties, row.Norm, cmp.Or(row.Group, row.ID), row.Span}
		if row.Kind == "commitment" {
			commitments = append(commitments, c)
		} else {
			rejected = append(rejected, c)
		}
	}
	return commitments, rejected, lines.Err()
}

// Score compares what the program proposed with what a person coded.
//
// Two spans match when they share at least half of what they cover together (intersection over union of code points,
// 0.5 or more). Matches are one to one, the closest first. Strength, actor and deadline are compared on matched pairs.
// A group is the stretch from the start of its first to the end of its last commitment, and groups match in the same
// way. A proposal is struck when at least half of it lies in a passage that the person coded as no commitment.
type Score struct {
	Gold, Proposed, Matched   int
	Groups, GroupsProposed    int
	GroupsMatched             int
	Strength, Actor, Parties  int // matched pairs that agree
	Deadlines, DeadlinesRight int // deadlines in the gold, and those read with the same value
	DeadlinesWrong            int // matched pairs with a deadline that the gold does not have
	Struck                    []Coded
	Missed, Extra             []Coded
	Differ                    []string // a line for each matched pair that differs
}

// Compare scores proposals against a person's coding.
func Compare(gold, rejected, proposed []Coded) Score {
	s := Score{Gold: len(gold), Proposed: len(proposed)}
	pairs := match(gold, proposed)
	found := map[int]bool{}
	for g, p := range pairs {
		if p < 0 {
			s.Missed = append(s.Missed, gold[g])
			s.Deadlines += boolToInt(gold[g].Deadline != "")
			continue
		}
		found[p] = true
		s.pair(gold[g], proposed[p])
	}
	for i, p := range proposed {
		if !found[i] {
			s.Extra = append(s.Extra, p)
		}
		if slices.ContainsFunc(rejected, func(r Coded) bool { return 2*overlap(r, p) >= p.End-p.Start }) {
			s.Struck = append(s.Struck, p)
		}
	}
	goldGroups, proposedGroups := groups(gold), groups(proposed)
	s.Groups, s.GroupsProposed = len(goldGroups), len(proposedGroups)
	for _, p := range match(goldGroups, proposedGroups) {
		s.GroupsMatched += boolToInt(p >= 0)
	}
	return s
}

func (s *Score) pair(g, p Coded) {
	s.Matched++
	var differ []string
	agree := func(count *int, what string, a, b any) {
		if fmt.Sprint(a) == fmt.Sprint(b) {
			*count++
		} else {
			differ = append(differ, fmt.Sprintf("%s %v, want %v", what, b, a))
		}
	}
	agree(&s.Strength, "strength", g.Strength, p.Strength)
	agree(&s.Actor, "actor", g.Kind, p.Kind)
	agree(&s.Parties, "parties", g.Parties, p.Parties)
	switch {
	case g.Deadline != "":
		s.Deadlines++
		agree(&s.DeadlinesRight, "deadline", g.Deadline, p.Deadline)
	case p.Deadline != "":
		s.DeadlinesWrong++
		differ = append(differ, "deadline "+p.Deadline+", want none")
	}
	if differ != nil {
		s.Differ = append(s.Differ, fmt.Sprintf("%s %q: %s", g.ID, p.Span, strings.Join(differ, "; ")))
	}
}

// F1 of commitments; 0 when nothing matched.
func (s Score) F1() float64 { return f1(s.Matched, s.Gold, s.Proposed) }

// GroupF1 is the F1 of sentence groups.
func (s Score) GroupF1() float64 { return f1(s.GroupsMatched, s.Groups, s.GroupsProposed) }

func f1(matched, gold, proposed int) float64 {
	if matched == 0 {
		return 0
	}
	return 2 * float64(matched) / float64(gold+proposed)
}

// Share is n of the matched pairs.
func (s Score) Share(n int) float64 {
	if s.Matched == 0 {
		return 0
	}
	return float64(n) / float64(s.Matched)
}

// String is the score in one line.
func (s Score) String() string {
	return fmt.Sprintf("F1 %.3f (%d of %d, %d proposed), groups F1 %.3f, strength %.3f, actor %.3f, parties %.3f, deadlines %d of %d (%d wrong), struck %d",
		s.F1(), s.Matched, s.Gold, s.Proposed, s.GroupF1(), s.Share(s.Strength), s.Share(s.Actor), s.Share(s.Parties),
		s.DeadlinesRight, s.Deadlines, s.DeadlinesWrong, len(s.Struck))
}

// Report lists what differs, for a person to read.
func (s Score) Report() string {
	var b strings.Builder
	fmt.Fprintln(&b, s)
	for _, c := range s.Missed {
		fmt.Fprintf(&b, "missed %s %d: %s\n", c.ID, c.Strength, c.Span)
	}
	for _, c := range s.Extra {
		fmt.Fprintf(&b, "extra  %s %d: %s\n", c.Clause, c.Strength, c.Span)
	}
	for _, c := range s.Struck {
		fmt.Fprintf(&b, "struck %s %d: %s\n", c.Clause, c.Strength, c.Span)
	}
	for _, d := range s.Differ {
		fmt.Fprintf(&b, "differ %s\n", d)
	}
	return b.String()
}

// match pairs spans one to one, the closest pairs first; result[g] is the index of the proposal, or -1.
func match(gold, proposed []Coded) []int {
	type pair struct {
		g, p  int
		close float64
	}
	var all []pair
	for g := range gold {
		for p := range proposed {
			if c := closeness(gold[g], proposed[p]); c >= 0.5 {
				all = append(all, pair{g, p, c})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b pair) int { return cmp.Compare(b.close, a.close) })
	result := slices.Repeat([]int{-1}, len(gold))
	taken := map[int]bool{}
	for _, m := range all {
		if result[m.g] < 0 && !taken[m.p] {
			result[m.g] = m.p
			taken[m.p] = true
		}
	}
	return result
}

func overlap(a, b Coded) int { return max(0, min(a.End, b.End)-max(a.Start, b.Start)) }

// closeness is intersection over union.
func closeness(a, b Coded) float64 {
	both := overlap(a, b)
	return float64(both) / float64(a.End-a.Start+b.End-b.Start-both)
}

// groups joins commitments that share a group into one stretch.
func groups(all []Coded) []Coded {
	var joined []Coded
	at := map[string]int{}
	for _, c := range all {
		i, ok := at[c.Group]
		if !ok {
			at[c.Group] = len(joined)
			joined = append(joined, c)
			continue
		}
		joined[i].Start, joined[i].End = min(joined[i].Start, c.Start), max(joined[i].End, c.End)
	}
	return joined
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
