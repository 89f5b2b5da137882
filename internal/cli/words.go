package cli

import (
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"concord/commitment"
	"concord/commitment/extract"
	"concord/statement"
)

func version() string {
	v := "concord (development)"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v = "concord " + s.Value[:min(12, len(s.Value))]
			}
		}
	}
	return v + " " + runtime.Version()
}

// count says "1 act", "2 acts".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

var languageNames = map[statement.Language]string{
	"zh-Hans": "Chinese (Simplified)", "zh-Hant": "Chinese (Traditional)", "ru": "Russian", "en": "English", "kk": "Kazakh",
	"ky": "Kyrgyz", "tg": "Tajik", "tk": "Turkmen", "uz-Latn": "Uzbek (Latin)", "uz-Cyrl": "Uzbek (Cyrillic)",
}

func languageName(l statement.Language) string {
	if name, ok := languageNames[l]; ok {
		return name
	}
	return "language not told"
}

// structure says how many clauses and points a document has.
func structure(d *statement.Document) string {
	if !d.Numbered {
		return count(len(d.Clauses), "paragraph") + " without numbers"
	}
	clauses, points := 0, 0
	for _, c := range d.Clauses {
		switch {
		case c.ID == "0" || c.Number == "":
		case c.Parent == "":
			clauses++
		default:
			points++
		}
	}
	if points == 0 {
		return count(clauses, "clause")
	}
	return count(clauses, "clause") + " and " + count(points, "point")
}

// repairNames are the kinds of repair as a person calls one and several of them.
var repairNames = map[string][2]string{
	statement.PinyinGloss: {"pinyin gloss", "pinyin glosses"}, statement.RepeatedGloss: {"repeated gloss", "repeated glosses"},
	statement.DoubledSign: {"doubled sign", "doubled signs"}, statement.LostSign: {"lost sign", "lost signs"},
	statement.PageFurniture:     {"line of page furniture", "lines of page furniture"},
	statement.TraditionalScript: {"run of Traditional characters", "runs of Traditional characters"},
	statement.Invisible:         {"invisible sign", "invisible signs"}, statement.PlainSpace: {"odd space", "odd spaces"},
	statement.Composition: {"letter in two parts", "letters in two parts"}, statement.LookAlike: {"letter of another script", "letters of another script"},
	statement.Mojibake: {"sign read in the wrong encoding", "signs read in the wrong encoding"}, statement.Hyphenation: {"broken word", "broken words"},
}

// repairs says how many repairs of each kind were made, most first.
func repairs(d *statement.Document) string {
	n := map[string]int{}
	for _, e := range d.Edits {
		n[e.Kind]++
	}
	var kinds []string
	for k := range n {
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b string) int {
		if n[a] != n[b] {
			return n[b] - n[a]
		}
		return strings.Compare(a, b)
	})
	var parts []string
	for _, k := range kinds {
		name := repairNames[k][min(n[k], 2)-1]
		parts = append(parts, fmt.Sprintf("%d %s", n[k], name))
	}
	return strings.Join(parts, ", ")
}

// printReading prints what was read, for a person: the text's frame, then clause by clause what was promised.
func printReading(w io.Writer, d *statement.Document, e extract.Extraction) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s, %s\n", d.Name, languageName(d.Language), structure(d))
	if e.Adopted != "" || len(e.Parties) > 0 {
		fmt.Fprintf(&b, "Adopted %s by %s\n", orUnknown(e.Adopted), orUnknown(strings.Join(e.Parties, " ")))
	}
	if line := repairs(d); line != "" {
		fmt.Fprintf(&b, "Repaired %s\n", line)
	}
	fmt.Fprintf(&b, "%s, %s read and not taken for promises\n", count(len(e.Proposals), "commitment"), count(len(e.Passed), "passage"))
	clause := ""
	for _, p := range e.Proposals {
		if p.Clause != clause {
			clause = p.Clause
			fmt.Fprintf(&b, "\nclause %s\n", clause)
		}
		printProposal(&b, d, p)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func printProposal(b *strings.Builder, d *statement.Document, p commitment.Proposal) {
	fmt.Fprintf(b, "  %s %-8s %s\n", strings.Repeat("▮", int(p.Strength))+strings.Repeat("▯", 5-int(p.Strength)), p.Strength.Name(), d.Reading[p.Start:p.End])
	facts := []string{who(p.Actor)}
	if p.Deadline != nil {
		facts = append(facts, fmt.Sprintf("%s (%s, %s)", p.Deadline.Text, p.Deadline.Value, p.Deadline.Basis))
	}
	if len(p.Tracks) > 0 {
		facts = append(facts, strings.Join(p.Tracks, ", "))
	}
	if p.Instrument != "" {
		facts = append(facts, "to conclude: "+p.Instrument)
	}
	from := ""
	if p.StrengthFrom == commitment.Chapeau {
		from = ", from the chapeau"
	}
	fmt.Fprintf(b, "                 %s · %q by rule %s%s\n", strings.Join(facts, " · "), p.Cue, p.Rule, from)
}

func who(a commitment.Actor) string {
	s := string(a.Kind)
	if a.Text != "" {
		s += " " + a.Text
	}
	if len(a.Parties) > 0 {
		s += " (" + strings.Join(a.Parties, " ") + ")"
	}
	return s
}

func orUnknown(s string) string {
	if s == "" {
		return "(not said)"
	}
	return s
}
