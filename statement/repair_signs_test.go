package statement

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// reads holds the reading of short texts against what a reader of them would see.
func reads(t *testing.T, cases [][3]string) {
	t.Helper()
	for _, c := range cases {
		d := read(t, "text.txt", c[1])
		if d.Reading != c[2] {
			t.Errorf("%s: reads\n %q, want\n %q by %s", c[0], d.Reading, c[2], what(d.Edits))
		}
		checkEdits(t, d)
	}
}

// A question mark stands for a lost sign only where no question can end.
func TestLostSigns(t *testing.T) {
	t.Parallel()
	reads(t, [][3]string{
		{"years", "Programme for 2024?2026 of the Parties", "Programme for 2024-2026 of the Parties"},
		{"years, as the text writes others", "Programme for 2024?2026, after that for 2021–2023", "Programme for 2024–2026, after that for 2021–2023"},
		{"a dash, as the text writes others", "Китай ? Центральная Азия, Китай – Россия, Китай – Монголия", "Китай – Центральная Азия, Китай – Россия, Китай – Монголия"},
		{"points", "各方同意：\n??推进贸易。\n??促进投资。", "各方同意：\n——推进贸易。\n——促进投资。"},
		{"the replacement character", "The Parties welcome Kazakhstan\uFFFDs offer.", "The Parties welcome Kazakhstan’s offer."},
		{"the apostrophe, as the text writes others", "Kazakhstan?s offer and Tajikistan's and Turkmenistan's", "Kazakhstan's offer and Tajikistan's and Turkmenistan's"},
		{"a name in quotation marks", "The ?road map? was signed by them.", "The “road map” was signed by them."},
		{"copyright", "各方同意。\n版权所有 ? 2014-2024 某报\n各方感谢。", "各方同意。\n各方感谢。"},
		{"one question", "各方是否同意？各方同意。", "各方是否同意？各方同意。"},
		{"a question before a capital", "Что делать? Стороны решат.", "Что делать? Стороны решат."},
		{"two questions", "Who will pay? Who will build?", "Who will pay? Who will build?"},
		{"an address", "See https://example.org/a?b=c&d=e for more words.", "See https://example.org/a?b=c&d=e for more words."},
		{"question marks in a row", "各方???同意", "各方???同意"},
		{"a question mark alone", "?\nThe Parties agreed.", "?\nThe Parties agreed."},
	})
}

func TestDoubledSigns(t *testing.T) {
	t.Parallel()
	reads(t, [][3]string{
		{"each Chinese sign", "各方，，同意、、合作；；如下：：很好！！是吗？？完。。", "各方，同意、合作；如下：很好！是吗？完。"},
		{"three stay", "各方同意。。。各方合作", "各方同意。。。各方合作"},
		{"a doubled sign after a bracket", "各方(全文)。。各方", "各方(全文)。各方"},
		{"a path of the machine", "See ../data and a..b and x::y of the Parties.", "See ../data and a..b and x::y of the Parties."},
		{"a doubled Latin stop after Chinese", "各方同意..各方合作", "各方同意.各方合作"},
		{"a doubled comma before a quotation mark", "The Parties,, “as friends”, agreed.", "The Parties, “as friends”, agreed."},
		{"leaders of a table of contents", "Trade .......... 7\nWords of the Parties.. 8", "Trade .......... 7\nWords of the Parties. 8"},
		{"an abbreviation before a stop", "The Parties, etc.. They met.", "The Parties, etc. They met."},
	})
}

// Characters of both scripts are converted only in a text that is Traditional beyond doubt; names that Simplified text
// spells the old way stay one by one.
func TestTextsBetweenTwoScripts(t *testing.T) {
	t.Parallel()
	reads(t, [][3]string{
		{"all Traditional", "各國領導人高度評價與會各方為實現共同發展所作貢獻。", "各国领导人高度评价与会各方为实现共同发展所作贡献。"},
		{"one word of Traditional", "各方愿加强聯合研究。", "各方愿加强联合研究。"},
		{"characters at home in both, in Simplified text", "乾隆年间的著作。於菟。", "乾隆年间的著作。於菟。"},
		{"the same, in Traditional text", "乾燥地區關於發展的著作，於今為烈。", "干燥地区关于发展的著作，于今为烈。"},
		{"one Simplified character for two Traditional", "發展與頭髮，皇后與以後，一台與颱風", "发展与头发，皇后与以后，一台与台风"},
		{"variant forms of print", "爲了説明綫路", "为了说明线路"},
		{"Latin and Cyrillic beside", "聯合國(UN)與СНГ合作", "联合国(UN)与СНГ合作"},
		{"Japanese forms are not Chinese damage", "両国政府", "両国政府"},
	})
}

// Text that went through a wrong encoding is restored whole, whatever it says, and only then.
func TestMojibakeOfWholeTexts(t *testing.T) {
	t.Parallel()
	misreadAs := func(c *charmap.Charmap, text string) string {
		var b strings.Builder
		for _, octet := range []byte(text) {
			if r := c.DecodeByte(octet); r != '\uFFFD' {
				b.WriteRune(r)
			} else {
				b.WriteRune(rune(octet))
			}
		}
		return b.String()
	}
	for _, text := range []string{
		"Стороны договорились развивать сотрудничество в торговле.", "Тараптар ынтымақтастықты дамытуға келісті.", "The Parties’ “road map” – in full…",
		"各方同意深化经贸合作。", "Qoʻshma bayonot – tomonlar kelishdilar.",
	} {
		if d := read(t, "a.txt", misreadAs(charmap.Windows1252, text)); d.Reading != text {
			t.Errorf("read as Windows-1252: %q, want %q", d.Reading, text)
		}
	}
	for _, text := range []string{"Стороны договорились развивать сотрудничество в торговле.", "Стороны – «участники» форума"} {
		if d := read(t, "a.txt", misreadAs(charmap.Windows1251, text)); d.Reading != text {
			t.Errorf("read as Windows-1251: %q, want %q", d.Reading, text)
		}
	}
	reads(t, [][3]string{
		{"French", "Les Parties réaffirment à Orléans où l’été s’achève", "Les Parties réaffirment à Orléans où l’été s’achève"},
		{"Turkmen names", "Gurbanguly Berdimuhamedow, Türkmenistanyň Prezidenti, Aşgabat, Ýekewar", "Gurbanguly Berdimuhamedow, Türkmenistanyň Prezidenti, Aşgabat, Ýekewar"},
		{"Russian with signs", "РФ, РСФСР, «С», №1, С°", "РФ, РСФСР, «С», №1, С°"},
	})
}

func TestLookAlikes(t *testing.T) {
	t.Parallel()
	reads(t, [][3]string{
		{"a Cyrillic letter in an English word", "The Pаrties аgreed to сооperate in trade.", "The Parties agreed to cooperate in trade."},
		{"half and half stays", "aа and the Parties agreed", "aа and the Parties agreed"},
		{"a letter without twin shows that both are meant", "Стороны о Zoom-встрече: Zвезда", "Стороны о Zoom-встрече: Zвезда"},
		{"an abbreviation with an ending", "Стороны о VIP-зале и SMSки шлют", "Стороны о VIP-зале и SMSки шлют"},
		{"capitals", "CТОРОНЫ ДОГОВОРИЛИСЬ О CОТРУДНИЧЕСТВЕ", "СТОРОНЫ ДОГОВОРИЛИСЬ О СОТРУДНИЧЕСТВЕ"},
		{"Kazakh and Ukrainian i", "Тараптар бiрлескен жұмыс iстейді", "Тараптар бірлескен жұмыс істейді"},
	})
}

// Glosses are what a conversion put there; what an author put in brackets stays.
func TestGlossesAndBrackets(t *testing.T) {
	t.Parallel()
	reads(t, [][3]string{
		{"ü in each spelling", "绿(lǜ)色与女(nü)(nü)性、旅(lv)(lv)游", "绿色与女性、旅游"},
		{"a neutral tone beside a toned one", "我们(men)的联(lián)合声明", "我们的联合声明"},
		{"a gloss with an apostrophe", "发表西安(xī'ān)宣言", "发表西安宣言"},
		{"an abbreviation in capitals", "世界贸易组织(WTO)与联(lián)合国", "世界贸易组织(WTO)与联合国"},
		{"an English word that is no reading", "联络(liaison)员与联(lián)合国", "联络(liaison)员与联合国"},
		{"a bracket with figures", "第三(3)条与联(lián)合国", "第三(3)条与联合国"},
		{"a toned syllable that reads something else", "联(máng)合声明", "联(máng)合声明"},
		{"three that agree prove each other", "各(ge)方(fang)同(tong)意合作", "各方同意合作"},
		{"two do not", "各(ge)方(fang)同意合作", "各(ge)方(fang)同意合作"},
		{"brackets of two widths", "联（lián)合与发(fā）展", "联合与发展"},
		{"an empty bracket", "联()合与发(fā)展", "联()合与发展"},
		{"in Russian nothing is a gloss", "Стороны (lián) договорились развивать торговлю", "Стороны (lián) договорились развивать торговлю"},
	})
}

func TestSpacesAndWidthlessCharacters(t *testing.T) {
	t.Parallel()
	reads(t, [][3]string{
		{"every typographic space", "a\u2000b\u2003c\u2009d\u200ae\u205ff words", "a b c d e f words"},
		{"an ideographic space stays", "　　各方同意", "　　各方同意"},
		{"ends of lines of other machines", "One.\u0085Two.\u2028Three.\u2029Four.\vFive.\fSix.", "One.\nTwo.\nThree.\nFour.\nFive.\nSix."},
		{"marks of direction", "\u200eThe \u202aParties\u202c \u2066agreed\u2069.", "The Parties agreed."},
		{"a byte-order mark in the middle", "One\ufeff two", "One two"},
		{"control characters", "One\x7f two\u0090 three", "One two three"},
		{"Latin ligatures", "of\ufb01ce, e\ufb00ort, a\ufb04uent", "office, effort, affluent"},
		{"radicals and compatibility ideographs", "\u2f00\u2f08\uf9ddu各方", "一人利u各方"},
		{"marks that no letter takes stay", "q\u0301 words of the Parties", "q\u0301 words of the Parties"},
		{"a mark with nothing before it", "\u0301words of the Parties", "\u0301words of the Parties"},
		{"two marks on one letter", "\u0068a\u0302\u0301n words", "hấn words"},
	})
}
