package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Every line of every lexicon that is shipped must be well formed; the error names file and line.
func TestLexiconsAreWellFormed(t *testing.T) {
	for _, base := range []string{"zh", "ru", "en"} {
		lex, err := load(data, base)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if len(lex.lines[Cues]) == 0 {
			t.Errorf("%s has no cues", base)
		}
	}
}

// An expert who makes a slip is told where and what.
func TestBrokenLexiconNamesFileAndLine(t *testing.T) {
	tests := []struct{ name, file, row, want string }{
		{"missing class", "cues", "愿", "data/zh/cues.tsv:2: want phrase, class"},
		{"unknown class", "cues", "愿\twish", `class "wish" is not one of decide`},
		{"none without reason", "cues", "认为\tnone", `reason "" is not one of`},
		{"same phrase twice", "cues", "愿\tintend\n愿\tpledge", `data/zh/cues.tsv:3: phrase "愿" stands already in data/zh/cues.tsv:2`},
		{"open bracket", "cues", "[一致同意\tdecide", "opens [ and does not close it"},
		{"unknown placeholder", "deadlines", "{Q}年\tstated\t2027", "unknown placeholder"},
		{"deadline without value", "deadlines", "明年\trelative", "needs a value"},
		{"unknown slot", "deadlines", "明年\trelative\t{B}", "{B} is not known"},
	}
	states := &fstest.MapFile{Data: []byte("CN\t中国\tКитай\tChina\n")}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := fstest.MapFS{
				"data/states.tsv":               states,
				"data/zh/" + test.file + ".tsv": &fstest.MapFile{Data: []byte("# head\n" + test.row + "\n")},
			}
			_, err := load(files, "zh")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one with %q", err, test.want)
			}
		})
	}
}

// All 193 members of the United Nations stand among the states, each with a name in every language.
func TestStatesAreComplete(t *testing.T) {
	all, err := loadStates(data)
	if err != nil {
		t.Fatal(err)
	}
	members := 0
	for _, s := range all {
		for _, base := range stateColumns {
			if len(s.names[base]) == 0 || strings.HasPrefix(s.names[base][0], "@") {
				t.Errorf("%s: %s has no plain name in %s", s.place, s.code, base)
			}
		}
		if len(s.code) == 2 && s.code != "PS" && s.code != "VA" && s.code != "EU" {
			members++
		}
	}
	if members != 193 {
		t.Errorf("%d states, want the 193 members of the United Nations", members)
	}
}

// The value of a deadline, from the numbers of its phrase and the month of adoption.
func TestATemplateGivesAValueOfADeadline(t *testing.T) {
	for _, template := range []string{"{Y}-{M}-last", "R/P{N}Y;{Y}", "event:summit-{N}", "{A+1}-01-01/{A+1}-06-30"} {
		if err := checkTemplate(template); err != nil {
			t.Errorf("%s: %v", template, err)
		}
	}
	for _, template := range []string{"", "{Q}", "{Y", "{Y}-13", "{Y}-06-31", "{Z}-01-01/{Y}-12-31", "P{N}", "R/P0Y", "next spring"} {
		if err := checkTemplate(template); err == nil {
			t.Errorf("%q is taken for a value", template)
		}
	}
}

func TestTemplates(t *testing.T) {
	v := Vars{Year: 2027, Year2: 2029, Month: 2, N: 5}
	tests := []struct{ template, want string }{
		{"{Y}", "2027"},
		{"{Y}-{M}-last", "2027-02-28"},
		{"{Y}-01-01/{Z}-12-31", "2027-01-01/2029-12-31"},
		{"{A+1}", "2025"},
		{"{A+N}", "2029"},
		{"{AM}", "2024-12"},
		{"{AM+1}-last", "2025-01-31"},
		{"R/P{N}Y;{Y}", "R/P5Y;2027"},
	}
	for _, test := range tests {
		if got, err := Fill(test.template, v, ReadAdoption("2024-12-01")); err != nil || got != test.want {
			t.Errorf("%s is %q, want %q (%v)", test.template, got, test.want, err)
		}
	}
	if got, _ := Fill("{A+1}", v, Adoption{}); got != "" {
		t.Errorf("without a date of adoption next year is %q, want nothing", got)
	}
}
