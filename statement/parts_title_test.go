package statement

import (
	"strings"
	"testing"
)

const secondChinese = `五国关于绿色发展的宣言
五国领导人在某市会晤，宣布如下：
一、各方将共同推进可再生能源项目，并在2027年前建成三座示范电站。
二、各方愿加强水资源管理领域的经验交流，定期举行专家会议和联合考察。
`

const englishStatement = `Joint Statement of the Five Parties
The ministers met in the capital and declare as follows:
1. The Parties agreed to open three border crossings by the end of 2027.
2. The Parties will hold the next meeting in 2026 in the second capital.
`

const englishDeclaration = `Green Declaration of the Summit
The leaders met in the capital and declare as follows:
1. The Parties agreed to build three power stations by the end of 2027.
2. The Parties will exchange experts on water once every year from then on.
`

const englishAgreement = `Agreement between A and B on Transport
Article 1
The Parties shall open three border crossings by the end of the year 2027.
Article 2
The Parties shall exchange experts once every year, as agreed in their protocols.
`

func TestASecondTitleOfTheSameKindBeginsASecondText(t *testing.T) {
	for _, c := range []struct {
		name, text string
		second     string // how the second text begins; "" if there is none
	}{
		{"one text", bracketed, ""},
		{"two statements in Chinese", bracketed + "\n" + secondChinese, "五国关于绿色发展的宣言"},
		{"the same, both damaged", newDamage(5).traditionalized(bracketed + "\n" + secondChinese), "五国关于绿色发展的宣言"},
		{"two statements in English", englishStatement + englishDeclaration, "Green Declaration"},
		{"two agreements", englishAgreement + strings.ReplaceAll(englishAgreement, "Transport", "Trade"), "Agreement between A and B on Trade"},
		{"a text and its translation", bracketed + "\n" + englishStatement, "Joint Statement"},
		{"a statement with an annex", englishStatement + "Annex\nPlan of action\n1. The Parties will list their harbours in 2026.\n2. The Parties will meet.\n", ""},
		{"an agreement after its table of contents", "Agreement between A and B on Transport\nArticle 1 Crossings\nArticle 2 Experts\n" + englishAgreement, ""},
		{"a statement with parts that number again", englishStatement + "Part II\n1. The Parties agreed on a programme of work for culture.\n2. They will meet.\n", ""},
		{"names in another script at the end", englishStatement + "赵某\n钱某\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, "file.txt", c.text)
			parts := d.Parts()
			switch {
			case c.second == "" && len(parts) != 1:
				t.Errorf("parts at %v: %.60q", parts, d.Reading[d.Paragraphs[parts[1]].Start:])
			case c.second != "" && len(parts) != 2:
				t.Errorf("parts at %v", parts)
			case c.second != "" && !strings.HasPrefix(d.Reading[d.Paragraphs[parts[1]].Start:], c.second):
				t.Errorf("second begins %.60q", d.Reading[d.Paragraphs[parts[1]].Start:])
			}
		})
	}
}
