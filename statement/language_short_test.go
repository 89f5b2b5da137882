package statement

import (
	"strings"
	"testing"
)

// Titles and single lines are all that a list of texts shows; their language is told where their letters tell it.
func TestLanguageOfShortTexts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want Language
	}{
		{"", Undetermined}, {"   \n", Undetermined}, {"2024", Undetermined}, {"§ 5 — № 7", Undetermined}, {"★", Undetermined},
		{"联合声明", "zh-Hans"}, {"聯合聲明", "zh-Hant"}, {"中亚", "zh-Hans"}, {"中亞", "zh-Hant"},
		{"Договор о дружбе", "ru"}, {"Об итогах встречи министров", "ru"}, {"Statement of the ministers", "en"}, {"The Parties agreed.", "en"},
		{"Бірлескен мәлімдеме және жоспар", "kk"}, {"Биргелешкен билдирүү жана өнүгүү үчүн план", "ky"}, {"Изҳороти муштарак дар бораи ҳамкорӣ", "tg"},
		{"Qo‘shma bayonot va hamkorlik", "uz-Latn"}, {"Қўшма баёнот ва ҳамкорлик", "uz-Cyrl"}, {"Bilelikdäki beýannama we hyzmatdaşlyk", "tk"},
		{"각국은 협력하기로 합의했다", Undetermined}, {"ΟΙ ΧΩΡΕΣ ΣΥΜΦΩΝΟΥΝ", Undetermined}, {"מדינות מסכימות", Undetermined},
	} {
		if got := languageOf(c.text); got != c.want {
			t.Errorf("%q is taken for %s, want %s", c.text, got, c.want)
		}
	}
}

// The language of a text is that of most of it, wherever the rest stands.
func TestTheLanguageIsThatOfMostOfTheText(t *testing.T) {
	t.Parallel()
	english := strings.Repeat("The Parties agreed to develop trade and transport in the region. ", 3)
	russian := strings.Repeat("Стороны договорились развивать торговлю и транспорт в регионе. ", 3)
	chinese := strings.Repeat("各方同意发展本地区的贸易和运输合作。", 3)
	texts := map[Language]string{"en": english, "ru": russian, "zh-Hans": chinese}
	for most, long := range texts {
		for other, short := range texts {
			if other == most {
				continue
			}
			for name, text := range map[string]string{"before": short + strings.Repeat(long, 4), "after": strings.Repeat(long, 4) + short} {
				if got := languageOf(text); got != most {
					t.Errorf("%s with a little %s %s it is taken for %s", most, other, name, got)
				}
			}
		}
	}
}

// Capitals, marks apart from their letters and the width of spaces are no matter of language.
func TestTheLanguageDoesNotDependOnTheCopy(t *testing.T) {
	t.Parallel()
	for want, text := range map[Language]string{
		"ru": "Стороны договорились развивать сотрудничество и торговлю", "kk": "Тараптар екі ел арасындағы ынтымақтастықты дамытуға келісті",
		"en": "The Parties agreed to develop the cooperation in trade", "tg": "Ҷонибҳо дар бораи рушди ҳамкорӣ ба мувофиқа расиданд",
		"uz-Cyrl": "Томонлар ўзаро ҳамкорликни ривожлантириш бўйича келишиб олдилар", "tk": "Taraplar özara hyzmatdaşlygy ösdürmek barada ylalaşdylar",
	} {
		for name, copied := range map[string]string{
			"in capitals": strings.ToUpper(text), "on many lines": strings.ReplaceAll(text, " ", "\n"), "numbered": "12. " + text + " (2024).",
			"in quotation marks": "«" + text + "»",
		} {
			if got := languageOf(copied); got != want {
				t.Errorf("%s %s is taken for %s", want, name, got)
			}
		}
	}
}

// A text beyond the sample is told by its beginning, and a sample never ends within a character.
func TestTheSampleOfALongTextIsWhole(t *testing.T) {
	t.Parallel()
	for shift := range 4 {
		long := strings.Repeat("a", shift) + strings.Repeat("各方", sampled/6+10)
		s := sample(long)
		if len(s) > sampled || len(s) < sampled-3 || !strings.HasPrefix(long, s) || strings.ContainsRune(s, '\uFFFD') {
			t.Errorf("shift %d: a sample of %d bytes", shift, len(s))
		}
	}
	if languageOf(strings.Repeat("各方同意发展合作。", 5000)+strings.Repeat("The Parties agreed. ", 50_000)) != "zh-Hans" {
		t.Error("the sample is not the beginning")
	}
}

func TestBaseOfALanguage(t *testing.T) {
	t.Parallel()
	for tag, want := range map[Language]string{"zh-Hant": "zh", "uz-Cyrl": "uz", "ru": "ru", "": "", "und": "und"} {
		if got := tag.Base(); got != want {
			t.Errorf("the base of %q is %q", tag, got)
		}
	}
}

// Somebody who says what language a text is in can only name one that there is; otherwise the text keeps its own.
func TestAnUnknownGivenLanguageChangesNothing(t *testing.T) {
	t.Parallel()
	for _, given := range []Language{"klingon", "", "zh-Latn", "RU"} {
		d, err := ReadAs("x.txt", []byte("The Parties agreed to trade with the others.\n"), given)
		if err != nil || d.Language != "en" {
			t.Errorf("given %q: %v, %v", given, d.Language, err)
		}
	}
	if _, err := ReadAs("x.txt", nil, "ru"); err == nil {
		t.Error("an empty file was read for its language's sake")
	}
}
