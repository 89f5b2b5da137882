// Package sample makes large invented statements and ledgers, for benchmarks on data of real size. Everything in it is
// deterministic: the same arguments give the same text.
package sample

import (
	"fmt"
	"strings"

	"concord/calendar"
	"concord/commitment"
	"concord/mechanism"
)

// phrases are what the sentences of one language are put together from: whom, how firmly, what, about what, by when.
type phrases struct {
	title, preamble, number string
	actors, cues, deeds     []string
	fields, times           []string
	sentence                string // actor, cue, deed, field, time
	aside                   string // a sentence that promises nothing
}

var languages = map[string]phrases{
	"en": {
		title: "Joint statement of the harbour ministers", number: "%d. ",
		preamble: "The harbour ministers met in Eastport on 1 March 2025 and declare as follows:",
		actors:   []string{"The Parties", "The ministers", "The Parties", "The Secretariat"},
		cues:     []string{"will", "agreed to", "are ready to", "intend to", "commit to"},
		deeds:    []string{"establish a joint programme on", "hold regular consultations on", "exchange data on", "expand cooperation in", "conclude an agreement on"},
		fields:   []string{"ferry lines", "lake fisheries", "water quality", "customs transit", "student exchange", "harbour safety", "digital trade"},
		times:    []string{"", " by the end of 2027", " as soon as possible", " every two years", " in 2026"},
		sentence: "%s %s %s %s%s.", aside: "They welcome the progress made in %s.",
	},
	"zh": {
		title: "港口部长会议联合声明", number: "%s、",
		preamble: "各国港口部长于2025年3月1日在东港举行会议,并声明如下:",
		actors:   []string{"各方", "部长们", "各方", "秘书处"},
		cues:     []string{"将", "商定", "愿", "计划", "承诺"},
		deeds:    []string{"建立%s联合工作机制", "定期举行%s磋商", "加强%s领域信息交流", "扩大%s合作", "商签%s合作协定"},
		fields:   []string{"轮渡航线", "湖泊渔业", "水质监测", "海关过境", "学生交流", "港口安全", "数字贸易"},
		times:    []string{"", "2027年底前", "尽快", "每两年", "2026年"},
		aside:    "各方欢迎在%s方面取得的进展。",
	},
	"ru": {
		title: "Совместное заявление министров портов", number: "%d. ",
		preamble: "Министры портов встретились в Истпорте 1 марта 2025 года и заявляют о следующем:",
		actors:   []string{"Стороны", "Министры", "Стороны", "Секретариат"},
		cues:     []string{"будут", "договорились", "намерены", "готовы", "обязуются"},
		deeds:    []string{"развивать совместную программу в области", "проводить регулярные консультации по вопросам", "обмениваться данными в сфере", "расширять сотрудничество в области", "заключить соглашение по вопросам"},
		fields:   []string{"паромных линий", "озёрного рыболовства", "качества воды", "таможенного транзита", "студенческих обменов", "безопасности портов", "цифровой торговли"},
		times:    []string{"", " до конца 2027 года", " в кратчайшие сроки", " раз в два года", " в 2026 году"},
		sentence: "%s %s %s %s%s.", aside: "Они приветствуют прогресс, достигнутый в сфере %s.",
	},
}

// Statement is an invented joint statement in en, zh or ru with so many numbered clauses, each of a promise and a
// sentence that is none.
func Statement(lang string, clauses int) string {
	p := languages[lang]
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", p.title, p.preamble)
	for i := 1; i <= clauses; i++ {
		if lang == "zh" {
			fmt.Fprintf(&b, p.number, chineseNumber(i))
		} else {
			fmt.Fprintf(&b, p.number, i)
		}
		b.WriteString(p.promise(lang, i))
		if lang != "zh" {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, p.aside+"\n", pick(p.fields, i/3))
	}
	return b.String()
}

func (p phrases) promise(lang string, i int) string {
	actor, cue, deed, field, when := pick(p.actors, i), pick(p.cues, i/2), pick(p.deeds, i), pick(p.fields, i), pick(p.times, i)
	if lang == "zh" {
		return actor + cue + when + fmt.Sprintf(deed, field) + "。"
	}
	return fmt.Sprintf(p.sentence, actor, cue, deed, field, when)
}

func pick(list []string, i int) string { return list[i%len(list)] }

// chineseNumber writes 1 to 9999 in Chinese numerals.
func chineseNumber(n int) string {
	digits := []rune("零一二三四五六七八九")
	units := []string{"", "十", "百", "千"}
	var b strings.Builder
	zero := false
	for place := 3; place >= 0; place-- {
		base := 1
		for range place {
			base *= 10
		}
		d := n / base % 10
		if d == 0 {
			zero = b.Len() > 0
			continue
		}
		if zero {
			b.WriteRune('零')
			zero = false
		}
		if !(d == 1 && place == 1 && b.Len() == 0) {
			b.WriteRune(digits[d])
		}
		b.WriteString(units[place])
	}
	return b.String()
}

// Code is the text that Acts fills the ledger with.
const Code = "BIG25"

// Acts gives the acts that put so many accepted commitments into a founded mechanism's ledger, all in one text.
func Acts(m mechanism.Sight, commitments int) []mechanism.Act {
	return Volume(m, Code, 0, commitments)
}

// Volume gives the acts that put so many accepted commitments into a founded mechanism's ledger, all in the text with
// this code. Texts with another turn, from 0, have other words, so that a mechanism can hold several.
func Volume(m mechanism.Sight, code string, turn, commitments int) []mechanism.Act {
	parties := m.PartyCodes()
	reading, items := ledger(m, code, turn, parties, commitments)
	acts := []mechanism.Act{
		&mechanism.AnnounceText{Text: mechanism.Text{
			Code: code, Title: mechanism.Names{"en": "Statement of many clauses"}, Adopted: "2025-03-01", Nature: "political", Parties: parties}},
		received(code, reading, items),
		&mechanism.ProposeCommitments{Text: code, Language: "en", Program: "sample", Items: items},
	}
	for n := 1; n <= commitments; n++ {
		acts = append(acts, &mechanism.AcceptCommitment{Item: mechanism.Item{Text: code, N: n}})
	}
	return acts
}

// ledger writes a statement of one promise a clause, with each promise as a proposal.
func ledger(m mechanism.Sight, code string, turn int, parties []string, commitments int) (string, []mechanism.ProposedCommitment) {
	p, tracks := languages["en"], m.Tracks()
	var b strings.Builder
	items := make([]mechanism.ProposedCommitment, commitments)
	for i := range items {
		fmt.Fprintf(&b, "%d. ", i+1)
		start := b.Len()
		b.WriteString(strings.TrimSuffix(p.promise("en", i+turn), "."))
		c := commitment.Proposal{
			Clause: fmt.Sprint(i + 1), Start: start, End: b.Len(), Strength: commitment.Strength(1 + i%5), StrengthFrom: commitment.Own,
			Actor: commitment.Actor{Text: "The Parties", Kind: commitment.All, Parties: parties}, Cue: pick(p.cues, (i+turn)/2), Rule: "sample",
			Action: pick(p.deeds, i+turn) + " " + pick(p.fields, i+turn), Tracks: []string{tracks[i%len(tracks)].ID}, Group: i + 1,
		}
		if i%3 == 0 {
			c.Deadline = &commitment.Deadline{Text: "by the end of 2027", Value: calendar.MustWindow("2027-12-31"), Basis: commitment.Stated}
		}
		items[i] = mechanism.ProposedCommitment{Ref: commitment.Ref(code, i+1), Proposal: c}
		b.WriteString(".\n")
	}
	return b.String(), items
}
