package statement

import (
	"strings"
	"testing"
)

// One file, one text: what merely looks like a second one must not keep anybody from importing it.
func TestWhatIsNoSecondText(t *testing.T) {
	t.Parallel()
	clauses := "The Parties met and declare as follows:\n1. The Parties agreed to open three border crossings by the end of 2027.\n2. The Parties will hold the next meeting in the second capital.\n"
	for name, text := range map[string]string{
		"the title twice, on the cover and above the text":    "Joint Statement of the Five Parties\nJoint Statement of the Five Parties\n" + clauses,
		"the title at the foot of each page":                  "Joint Statement of the Five Parties\n" + clauses + "Joint Statement of the Five Parties\n3. The Parties thank the host.\n",
		"a statement that names others on lines of their own": "Joint Statement of the Five Parties\n" + clauses + "3. The Parties recalled the following:\nJoint Statement of 2023\nJoint Statement of 2024\n4. The Parties thank the host.\n",
		"an agreement annexed to a statement":                 "Joint Statement of the Five Parties\n" + clauses + "Annex\nAgreement between A and B on Transport\nArticle 1\nThe Parties shall open crossings.\nArticle 2\nThe Parties shall exchange experts.\n",
		"a declaration annexed by a line above it":            "Joint Statement of the Five Parties\n" + clauses + "Annex 1\nGreen Declaration of the Summit\n1. The Parties agreed to build three power stations by the end of 2027.\n2. The Parties will exchange experts.\n",
		"signatures in three scripts":                         "Joint Statement of the Five Parties\n" + clauses + "За Сторону А\n甲方代表\nFor Party B\n",
		"a glossary of names in another script":               "Joint Statement of the Five Parties\n" + clauses + strings.Repeat("3. The Parties agreed on more and more of the same.\n", 10) + "Бишкек\nАстана\n",
		"a single line":                                       "Joint Statement of the Five Parties",
	} {
		if d := read(t, "a.txt", text); len(d.Parts()) != 1 {
			p := d.Paragraphs[d.Parts()[1]]
			t.Errorf("%s: a second text is said to begin at %q", name, d.Reading[p.Start:p.End])
		}
	}
}

// Three texts in a file are three, and each begins with its own title.
func TestEachOfSeveralTextsIsFound(t *testing.T) {
	t.Parallel()
	texts := []string{englishStatement, englishDeclaration, strings.ReplaceAll(englishStatement, "Five", "Six")}
	d := read(t, "a.txt", strings.Join(texts, ""))
	parts := d.Parts()
	if len(parts) != 3 {
		t.Fatalf("parts at %v", parts)
	}
	for i, at := range parts {
		title, _, _ := strings.Cut(texts[i], "\n")
		if p := d.Paragraphs[at]; d.Reading[p.Start:p.End] != title {
			t.Errorf("text %d begins with %q, want %q", i, d.Reading[p.Start:p.End], title)
		}
	}
}

// Where a translation follows, the second text begins where the script changes for good, in either order.
func TestATextAndItsTranslation(t *testing.T) {
	t.Parallel()
	languages := map[string]string{
		"Joint Statement": englishStatement + "3. The Parties thank the host.\n",
		"联合声明":            "五方联合声明\n各方举行会晤，并声明如下：\n一、各方商定在2027年前开通三个口岸。\n二、各方将于明年举行下次会议。\n三、各方感谢东道国。\n",
		"Совместное заявление": "Совместное заявление пяти сторон\nСтороны заявляют следующее:\n1. Стороны договорились открыть три пункта пропуска.\n2. Стороны проведут следующую встречу.\n3. Стороны благодарят.\n",
	}
	for first, one := range languages {
		for second, other := range languages {
			if first == second {
				continue
			}
			d := read(t, "a.txt", one+other)
			parts := d.Parts()
			if len(parts) != 2 {
				t.Errorf("%s, then %s: parts at %v", first, second, parts)
				continue
			}
			if p := d.Paragraphs[parts[1]]; !strings.Contains(d.Reading[p.Start:p.End], second) {
				t.Errorf("%s, then %s: the second begins with %q", first, second, d.Reading[p.Start:p.End])
			}
		}
	}
}
