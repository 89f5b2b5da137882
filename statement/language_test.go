package statement

import (
	"bufio"
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

var tenLanguages = []Language{"en", "kk", "ky", "ru", "tg", "tk", "uz-Cyrl", "uz-Latn", "zh-Hans", "zh-Hant"}

func TestLanguageOfTheDeclarationInTenLanguages(t *testing.T) {
	for _, language := range tenLanguages {
		name := "udhr." + string(language) + ".txt"
		if d := read(t, name, string(shared(t, "texts/udhr/"+name))); d.Language != language {
			t.Errorf("%s is taken for %s", name, d.Language)
		}
	}
}

// One article of the declaration, with its heading, is a few lines: enough to tell its language by. (Without the heading
// article 9 is the same in both Chinese scripts.)
func TestLanguageOfSingleArticles(t *testing.T) {
	n := 0
	for _, language := range tenLanguages {
		name := "udhr." + string(language) + ".txt"
		for _, article := range strings.Split(string(shared(t, "texts/udhr/"+name)), "\n## ")[2:] {
			n++
			if d := read(t, name, article); d.Language != language {
				t.Errorf("taken for %s: %s: %s", d.Language, language, article)
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d articles", n)
	}
}

// A single paragraph is sometimes two words that neighbours share, as "Bosh Assambleya"; nearly all are told.
func TestLanguageOfSingleParagraphs(t *testing.T) {
	paragraphs, wrong := 0, 0
	lines := bufio.NewScanner(bytes.NewReader(shared(t, "gold/udhr-10lang.segments.jsonl")))
	for lines.Scan() {
		var row struct {
			Lang Language
			Text string
		}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		paragraphs++
		if got := languageOf(row.Text); got != row.Lang {
			wrong++
			t.Logf("%s is taken for %s: %s", row.Lang, got, row.Text)
		}
	}
	t.Logf("%d of %d paragraphs right", paragraphs-wrong, paragraphs)
	if paragraphs < 500 || 100*wrong > paragraphs {
		t.Errorf("%d of %d paragraphs wrong", wrong, paragraphs)
	}
}

func TestLanguageOfOtherTexts(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want Language
	}{
		"a Chinese text with English names":    {"各方支持世界贸易组织（WTO）和上海合作组织（Shanghai Cooperation Organisation，SCO）在本地区开展合作。", "zh-Hans"},
		"a Russian text with Latin names":      {"Стороны договорились развивать железную дорогу China–Kyrgyzstan–Uzbekistan и сотрудничество по линии ADB.", "ru"},
		"a Russian title":                      {"Совместное заявление", "ru"},
		"an English title":                     {"Joint Statement", "en"},
		"half-Traditional, mostly Simplified":  {"各方愿加强聯合研究，推动贸易投资发展，实现共同目标。", "zh-Hans"},
		"half-Traditional, mostly Traditional": {"各方願加強聯合研究，推動貿易投資發展，实现共同目標。", "zh-Hant"},
		"French":                               {"Les parties conviennent de poursuivre le dialogue politique dans les domaines de l'énergie et du transport.", Undetermined},
		"German":                               {"Die Parteien vereinbaren, die Zusammenarbeit im Bereich des Verkehrs und der Energie fortzusetzen und zu stärken.", Undetermined},
		"Japanese":                             {"両国は、エネルギーおよび運輸の分野における協力を引き続き強化することで合意した。", Undetermined},
		"Ukrainian":                            {"Сторони домовилися продовжувати співробітництво в галузі енергетики й транспорту та його розвиток.", Undetermined},
		"Arabic":                               {"اتفق الطرفان على مواصلة التعاون", Undetermined},
		"numbers":                              {"2024-12-01", Undetermined},
		"Uzbek with typewriter apostrophes":    {"Tomonlar o'zaro hamkorlikni rivojlantirish bo'yicha kelishib oldilar.", "uz-Latn"},
		"Turkmen":                              {"Taraplar özara hyzmatdaşlygy ösdürmek barada ylalaşdylar.", "tk"},
		"Kyrgyz":                               {"Тараптар эки өлкөнүн ортосундагы кызматташтыкты өнүктүрүүгө макул болушту.", "ky"},
		"Kazakh":                               {"Тараптар екі ел арасындағы ынтымақтастықты дамытуға келісті.", "kk"},
		"Tajik":                                {"Ҷонибҳо дар бораи рушди ҳамкорӣ ба мувофиқа расиданд.", "tg"},
		"Uzbek in Cyrillic":                    {"Томонлар ўзаро ҳамкорликни ривожлантириш бўйича келишиб олдилар.", "uz-Cyrl"},
	} {
		if got := languageOf(c.text); got != c.want {
			t.Errorf("%s: taken for %s, want %s", name, got, c.want)
		}
	}
}
