package statement

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

// tableLines gives the lines of a data file that are no comments.
func tableLines(t *testing.T, name string) []string {
	t.Helper()
	table, err := data.ReadFile("data/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(string(table)) {
		if line = strings.TrimRight(line, "\n"); line != "" && line[0] != '#' {
			lines = append(lines, line)
		}
	}
	return lines
}

func TestTablesOfParagraphs(t *testing.T) {
	for _, table := range []struct {
		name    string
		columns int
		words   map[int]string // what a column may say
	}{
		{"paragraph-cues.tsv", 4, map[int]string{0: "preambular operative continues lead enacts submits session seized terms rules hours", 1: "opens early holds"}},
		{"paragraph-frame.tsv", 3, map[int]string{0: "furniture signature preamble source institution party note meeting joint", 1: "opens holds is"}},
		{"paragraph-numbers.tsv", 3, map[int]string{0: "annex part chapter section article", 1: "before after"}},
	} {
		seen := map[string]bool{}
		for _, line := range tableLines(t, table.name) {
			row := strings.Split(line, "\t")
			if len(row) != table.columns {
				t.Errorf("%s: %q has %d columns, want %d", table.name, line, len(row), table.columns)
				continue
			}
			for at, words := range table.words {
				if !slices.Contains(strings.Fields(words), row[at]) {
					t.Errorf("%s: %q says %q, want one of %s", table.name, line, row[at], words)
				}
			}
			words := row[len(row)-1]
			if words == "" || words != strings.ToLower(words) {
				t.Errorf("%s: the words of %q are empty or not in lower case", table.name, line)
			}
			if seen[row[0]+row[1]+words] {
				t.Errorf("%s: %q stands twice", table.name, line)
			}
			seen[row[0]+row[1]+words] = true
		}
	}
}

func TestWeightsOfCues(t *testing.T) {
	opening := map[string]string{}
	for _, line := range tableLines(t, "paragraph-cues.tsv") {
		row := strings.Split(line, "\t")
		weight, err := strconv.ParseFloat(row[2], 64)
		if err != nil || weight < 0 || weight > 4 || weight == 0 && row[0] != "lead" {
			t.Errorf("%q has the weight %q, want one from 1 to 4", line, row[2])
		}
		if row[1] != "opens" {
			continue
		}
		if other, ok := opening[row[3]]; ok {
			t.Errorf("%q opens both %s and %s paragraphs: only one can hold", row[3], other, row[0])
		}
		opening[row[3]] = row[0]
	}
}

func TestTypesOfJointStatements(t *testing.T) {
	for _, c := range []struct {
		name  string
		text  string
		types string // one letter a paragraph: n none, p preambular, o operative
	}{
		{"Russian statement", "Совместное заявление\nпо итогам встречи министров\n26 апреля 2025 года в Алматы состоялась встреча министров.\nМинистры (далее – Стороны) обменялись мнениями и заявили о нижеследующем:\n1. Стороны высоко оценили итоги саммита.\n2. Стороны договорились развивать:\n– торговлю;\n– транспорт.\nМинистр иностранных дел Республики Казахстан\nМинистр иностранных дел Китайской Народной Республики", "nnppoooonn"},
		{"Russian declaration", "Астанинская декларация\nМы, главы государств, собравшиеся в Астане,\nподтверждая приверженность целям Устава,\nотмечая высокий уровень доверия,\nзаявляем о следующем:\nМы намерены углублять партнерство.\nМы поручаем правительствам разработать план.\nСовершено в городе Астане 17 июня 2025 года.", "nppppoon"},
		{"Chinese treaty", "关于成立秘书处的协定\n缔约各方政府（以下称“缔约各方”），\n考虑到深化合作的共同愿望，\n兹协议如下：\n第一条\n缔约各方设立秘书处。\n本协定于二〇二四年三月三十日在西安签订，一式六份。", "npppnon"},
		{"Chinese declaration", "阿斯塔纳宣言\n2025年6月17日，各国元首在阿斯塔纳举行会晤。\n各方回顾了合作历程，宣布如下：\n1.各方愿深化合作。\n2.各方将扩大贸易规模。", "nppoo"},
		{"English communique", "Joint Communique\nOn 1 December 2024, the Ministers of the six countries met in Chengdu.\nThe Ministers exchanged views and agreed on the following:\nThe Parties will expand trade.\nThe Parties thanked the host.", "nppoo"},
		{"resolution", "The General Assembly,\nRecalling its resolution 60/1,\nDeeply concerned by the storms,\nRequests the Secretary-General to report;\nAlso requests that, by the end of the year:\nPromoting trade be studied;\nDecides to remain seized of the matter.", "pppoooo"},
		{"recommendation of a conference", "The International Conference on Reading, convened in Geneva, adopts the following recommendation: The Conference,\nConsidering that reading is learned early;\nThat teachers must be trained;\nSubmits the following recommendation to the ministries:\n1. Teachers should read.\n2. It is desirable that pupils read.", "nppnoo"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := ""
			for _, p := range asSplit(c.text).Paragraphs {
				got += string(p.Type[0])
			}
			if got != c.types {
				t.Errorf("types %s, want %s", got, c.types)
			}
		})
	}
}

// Each text has the same lines in a resolution of an organ and in a statement of parties, where what is annexed stays.
func TestTypesBeyondResolutions(t *testing.T) {
	for _, c := range []struct {
		name          string
		text          string
		organ, others string // one letter a paragraph: n none, p preambular, o operative
	}{
		{"terms of reference", "Recalling the Charter,\nDecides to appoint a panel;\nDecides to remain seized of the matter.\nIn accordance with paragraph 1 of this resolution, the panel shall have these tasks:\nTo visit ports, and to report on:\nThe state of the quays;\nTo advise ministries; and\nAny other task.\nThe panel shall meet in Osh.",
			"poonnnnno", "poooooooo"},
		{"tasks in the resolution itself", "Recalling the Charter,\nRequests the panel:\nTo visit ports;\nTo advise ministries.", "pooo", "pooo"},
		{"rules of procedure", "Recalling the Charter,\nApproves the provisional rules of procedure set forth in the annex;\nInvites all States to attend.\nThe delegation of each State shall have one head.\nTwo thirds of the delegations shall form a quorum.",
			"poonn", "poooo"},
		{"rules that are only spoken of", "Recalling the Charter,\nRequests the panel to study the rules of procedure;\nThe delegation of each State shall have one head.", "poo", "poo"},
		{"timetable", "Recalling the Charter,\nDecides that the panel shall meet as follows:\nMonday, 3 May: from 10 a.m. to 1 p.m.\nTuesday, 4 May: from 3 to 6 p.m.\nInvites all States to attend.", "ponno", "poooo"},
		{"remainder of a paragraph", "Recalling the Charter,\nRequests the panel to report on the state of all\nports and quays, and to advise\nministries;\nInvites all States to attend:\nin person; or\nin writing.", "ponnooo", "poooooo"},
		{"remainder in the preamble", "Recalling the Charter and the aims of\nall peoples,\nbeing of one mind,\nRequests the panel to report.", "pppo", "pppo"},
		{"further preamble", "Recalling the Charter,\nRequests the panel to report;\nHaving considered the state of the quays,\nInvites all States to attend.", "popo", "popo"},
		{"point that is no preamble", "Recalling the Charter,\nUrges States to:\nRepair their quays;\nConsidering joining the panel;\nRepair their ports.", "poooo", "poooo"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for opening, types := range map[string]string{"The General Assembly,\n": c.organ, "The Contracting Parties,\n": c.others} {
				got := ""
				for _, p := range asSplit(opening + c.text).Paragraphs {
					got += string(p.Type[0])
				}
				if got != "p"+types {
					t.Errorf("after %q: types %s, want p%s", opening, got, types)
				}
			}
		})
	}
}
