package statement

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestTraditionalTable(t *testing.T) {
	s := scripts()
	if len(s.simplified) < 2500 {
		t.Errorf("only %d Traditional characters", len(s.simplified))
	}
	for traditional, simplified := range s.simplified {
		if _, again := s.simplified[simplified]; again {
			t.Errorf("%c is read as %c, which is Traditional itself", traditional, simplified)
		}
		if s.tells[traditional] {
			t.Errorf("%c stands on both sides", traditional)
		}
		if !unicode.Is(unicode.Han, traditional) || !unicode.Is(unicode.Han, simplified) {
			t.Errorf("%c or %c is no Chinese character", traditional, simplified)
		}
	}
	for r, c := range s.context {
		if _, also := s.simplified[r]; also {
			t.Errorf("%c needs its neighbours and stands in traditional.txt too", r)
		}
		for _, word := range c.stay {
			if !strings.ContainsRune(word, r) {
				t.Errorf("%c stays itself in %s, which does not have it", r, word)
			}
		}
	}
	for _, pair := range []string{"發发", "髮发", "後后", "裡里", "裏里", "麵面", "鬥斗", "係系", "繫系", "製制", "臺台", "並并", "於于"} {
		r := []rune(pair)
		if now := s.reads(pair, 0, r[0], true); now != r[1] {
			t.Errorf("%c is read as %c, want %c", r[0], now, r[1])
		}
	}
}

func TestReadingsTable(t *testing.T) {
	syllable := regexp.MustCompile(`^[a-zêếềüāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\x{300}\x{304}\x{30C}]{1,7}$`)
	for r, list := range readings() {
		for _, reading := range list {
			if !syllable.MatchString(reading) || !unicode.Is(unicode.Han, r) {
				t.Errorf("%c is said to be read %q", r, reading)
			}
		}
	}
	for traditional, simplified := range scripts().simplified {
		if len(readings()[traditional]) == 0 && len(readings()[simplified]) > 0 {
			t.Errorf("no reading of %c", traditional)
		}
	}
	for _, c := range []struct {
		character rune
		reading   string
	}{{'聯', "lián"}, {'联', "lián"}, {'發', "fā"}, {'髮', "fà"}, {'行', "háng"}, {'行', "xíng"}, {'绿', "lǜ"}, {'们', "men"}, {'不', "bú"}} {
		if !strings.Contains(" "+strings.Join(readings()[c.character], " ")+" ", " "+c.reading+" ") {
			t.Errorf("%c is read %v, %s is not among them", c.character, readings()[c.character], c.reading)
		}
	}
}

// No line of the declaration, in any of ten languages, looks like page furniture.
func TestFurnitureIsNoPartOfTheDeclaration(t *testing.T) {
	for _, row := range rows("furniture.txt") {
		if _, err := regexp.Compile(row); err != nil {
			t.Errorf("furniture.txt: %v", err)
		}
	}
	for _, language := range tenLanguages {
		for line := range strings.Lines(string(shared(t, "texts/udhr/udhr."+string(language)+".txt"))) {
			if isFurniture(strings.TrimSpace(line)) {
				t.Errorf("%s: %s", language, line)
			}
		}
	}
}

func TestLanguageProfiles(t *testing.T) {
	if len(profiles()) != 8 {
		t.Errorf("%d profiles, want 8: Chinese has none", len(profiles()))
	}
	for _, p := range profiles() {
		if p.script != "Latin" && p.script != "Cyrillic" || len(p.words) < 20 {
			t.Errorf("%s: script %q, %d words", p.tag, p.script, len(p.words))
		}
		for word := range p.words {
			if word != strings.ToLower(word) || utf8.RuneCountInString(word) > 14 {
				t.Errorf("%s: %q is not a short word in lower case", p.tag, word)
			}
		}
	}
}

func TestDataFilesAreSmall(t *testing.T) {
	files, err := data.ReadDir("data")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if info, err := file.Info(); err != nil || info.Size() > 250<<10 {
			t.Errorf("%s: %d bytes, %v", file.Name(), info.Size(), err)
		}
	}
}
