package commitment

import (
	"strings"
	"testing"
	"testing/fstest"
)

// Every line of every lexicon that is shipped must be well formed; the error names file and line.
func TestLexiconsAreWellFormed(t *testing.T) {
	for _, base := range []string{"zh", "ru", "en"} {
		lex, err := loadLexicon(lexiconFiles, base)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		if grammars[base] != nil && len(lex.lines[cues]) == 0 {
			t.Errorf("%s has a grammar and no cues", base)
		}
	}
}

// An expert who makes a slip is told where and what.
func TestBrokenLexiconNamesFileAndLine(t *testing.T) {
	tests := []struct{ name, file, row, want string }{
		{"missing class", "cues", "愿", "lexicon/zh/cues.tsv:2: want phrase, class"},
		{"unknown class", "cues", "愿\twish", `class "wish" is not one of decide`},
		{"none without reason", "cues", "认为\tnone", `reason "" is not one of`},
		{"same phrase twice", "cues", "愿\tintend\n愿\tpledge", `lexicon/zh/cues.tsv:3: phrase "愿" stands already in lexicon/zh/cues.tsv:2`},
		{"open bracket", "cues", "[一致同意\tdecide", "opens [ and does not close it"},
		{"unknown placeholder", "deadlines", "{Q}年\tstated\t2027", "unknown placeholder"},
		{"deadline without value", "deadlines", "明年\trelative", "needs a value"},
		{"unknown slot", "deadlines", "明年\trelative\t{B}", "{B} is not known"},
	}
	states := &fstest.MapFile{Data: []byte("CN\t中国\tКитай\tChina\n")}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			files := fstest.MapFS{
				"lexicon/states.tsv":               states,
				"lexicon/zh/" + test.file + ".tsv": &fstest.MapFile{Data: []byte("# head\n" + test.row + "\n")},
			}
			_, err := loadLexicon(files, "zh")
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error is %v, want one with %q", err, test.want)
			}
		})
	}
}
