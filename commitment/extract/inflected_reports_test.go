package extract_test

import (
	"fmt"
	"strings"
	"testing"

	"concord/commitment"
	"concord/commitment/extract"
)

// What reports and flattened lists of statements ask of the rules. Each line wanted is strength, actor, deadline, words;
// the actor is its kind, with its parties where it is not all.
func TestSentencesOfReports(t *testing.T) {
	tests := []struct{ name, parties, text, want string }{
		{"purpose in the infinitive", "KZ,UZ", "The Parties resolved to expand trade to make their citizens prosperous.", "5 all - The Parties resolved to expand trade"},
		{"two purposes are no goals", "KZ,UZ", "The Parties commit to designate a focal point to advance the reform and to ensure its funding.", "4 all - The Parties commit to designate a focal point"},
		{"two goals with to", "KZ,UZ", "The Parties agreed to widen the road and to dredge the canal.", "5 all - The Parties agreed to widen the road\n5 all - to dredge the canal"},
		{"to that belongs to its verb", "KZ,UZ", "The Parties agreed to work with cities to reduce smog.", "5 all - The Parties agreed to work with cities to reduce smog"},
		{"to that belongs to its noun", "KZ,UZ", "The Parties will take measures to cut queues.", "4 all - The Parties will take measures to cut queues"},
		{"to behind an adverbial", "KZ,UZ", "The Parties agreed at the meeting to build a bridge.", "5 all - The Parties agreed at the meeting to build a bridge"},
		{"a verb that may be a noun", "KZ,UZ", "The Parties will strengthen border controls and support local farmers.", "4 all - The Parties will strengthen border controls\n2 all - support local farmers"},
		{"a noun that may be a verb", "KZ,UZ", "The Parties will improve training and support services.", "4 all - The Parties will improve training and support services"},
		{"a list that goes on", "KZ,UZ", "The Parties will preserve the wetlands by limiting hunting, end illegal logging, and train rangers.", "4 all - The Parties will preserve the wetlands by limiting hunting\n4 all - end illegal logging\n4 all - train rangers"},
		{"fields of one cooperation", "KZ,UZ", "The Parties will expand cooperation among districts, provinces, and cities.", "4 all - The Parties will expand cooperation among districts, provinces, and cities"},
		{"opposition", "KZ,UZ", "The Parties will support the truce and oppose any new fence.", "2 all - The Parties will support the truce"},
		{"what is worked towards", "KZ,UZ", "The Parties will work towards increasing trade, reducing tariffs, and deepening ties.", "4 all - The Parties will work towards increasing trade, reducing tariffs, and deepening ties"},
		{"each country", "KZ,UZ", "Each country will appoint an envoy.", "4 all - Each country will appoint an envoy"},
		{"the former and the latter", "KZ,UZ", "The former will supply gas and the latter will build a pipeline.", "4 one  - The former will supply gas\n4 one  - the latter will build a pipeline"},
		{"what somebody says", "KZ,UZ", "The ministers met in Oslo, saying the two sides will open a crossing.", "4 all - the two sides will open a crossing"},
		{"according to", "KZ,UZ", "Both sides positively evaluated the fair and agreed to repeat it, according to the statement.", "5 all - agreed to repeat it"},
		{"delegations", "KZ,UZ", "The two delegations also agreed to exchange lists.", "5 all - The two delegations also agreed to exchange lists"},
		{"the U.S.", "US,VN", "Vietnam and the U.S. also agreed to open a school.", "5 all - Vietnam and the U.S. also agreed to open a school"},
		{"the US", "US,BR", "The US and Brazil will plant trees.", "4 all - The US and Brazil will plant trees"},
		{"headline", "KZ,UZ", "Kazakhstan, Uzbekistan to commission a power line in 2027.", "4 all 2027 Kazakhstan, Uzbekistan to commission a power line in 2027"},
		{"two Koreas", "KP,KR", "South and North Korea agreed to link the railways.", "5 all - South and North Korea agreed to link the railways"},
		{"a state and a region", "CN,IN,KZ,KG,TJ,TM,UZ", "India and five Central Asian countries agreed to hold talks every year.", "5 subset IN,KZ,KG,TJ,TM,UZ R/P1Y India and five Central Asian countries agreed to hold talks every year"},
		{"a capital", "CN,RU", "Beijing is ready to finance the bridge.", "3 one CN - Beijing is ready to finance the bridge"},
		{"a capital of others", "KZ,UZ", "Beijing is ready to finance the bridge.", ""},
		{"a view without that", "KZ,UZ", "The Parties agreed the river is a shared resource.", ""},
		{"a view and an act", "KZ,UZ", "The Parties agreed on the importance of the river and to launch a joint survey.", "5 all - to launch a joint survey"},
		{"desire", "KZ,UZ", "The Parties reaffirmed their desire to strengthen friendship.", ""},
		{"strive for", "KZ,UZ", "We strive for a region that is free of mines.", ""},
		{"a stance goes on", "KZ,UZ", "The Parties support resolving disputes by peaceful means, and support the management of differences.", ""},
		{"invitation", "KZ,UZ", "Kazakhstan invited Uzbekistan to the fair.", ""},
		{"hope", "KZ,UZ", "Kazakhstan expressed its hope that Uzbekistan will join the fund.", ""},
		{"a bold goal", "KZ,UZ", "The Parties set a bold new goal of doubling trade by 2030.", "3 all 2030 The Parties set a bold new goal of doubling trade by 2030"},
		{"continue seeking", "KZ,UZ", "The Parties agreed to continue seeking markets.", "3 all - The Parties agreed to continue seeking markets"},
		{"by fall", "KZ,UZ", "The Parties will finish the bridge by fall 2027.", "4 all 2027 The Parties will finish the bridge by fall 2027"},
		{"the day itself", "KZ,UZ", "On this occasion of January 1, 2026, the Parties agreed to open an office.", "5 all - the Parties agreed to open an office"},
		{"letters in one paragraph", "KZ,UZ", "The Parties agreed to: a. Conduct joint drills; b. Exchange data on floods. c. Hold talks every year.", "5 all - Conduct joint drills\n5 all - Exchange data on floods\n5 all R/P1Y Hold talks every year"},
		{"figures in one paragraph", "KZ,UZ", "The two sides agreed on the following: 1) to open a bridge; 2) to lower tolls; 3) promote tourism.", "5 all - to open a bridge\n5 all - to lower tolls\n2 all - promote tourism"},
		{"roman figures in one paragraph", "KZ,UZ", "The Kazakh side will (i) repair the canal; (ii) train engineers; and (iii) publish a report.", "4 one KZ - The Kazakh side will (i) repair the canal\n4 one KZ - train engineers\n4 one KZ - publish a report"},
		{"counted fields", "KZ,UZ", "The Parties will deepen cooperation in: (a) trade; (b) energy; and (c) transport.", "4 all - The Parties will deepen cooperation in: (a) trade; (b) energy; and (c) transport"},
		{"some of the parties", "KZ,UZ", "The Parties with a gauge on the lake will publish its level daily.", "4 subset  R/P1D The Parties with a gauge on the lake will publish its level daily"},
		{"what a president said", "JP,PH", "The president said Manila will ratify the agreement by autumn 2026.", "4 one PH 2026 Manila will ratify the agreement by autumn 2026"},
		{"what was emphasized", "KZ,UZ", "The Parties emphasized that both sides will speed up the talks.", "4 all - both sides will speed up the talks"},
		{"said they would", "KZ,UZ", "The two sides said they would publish the map.", "4 all - they would publish the map"},
		{"three verbs of one object", "KZ,UZ", "The Parties will jointly develop, test and deploy radar stations.", "4 all - The Parties will jointly develop, test and deploy radar stations"},
		{"seeking governs the list", "KZ,UZ", "The Parties will seek to deepen trust, expand exchanges and address new threats.", "3 all - The Parties will seek to deepen trust\n3 all - expand exchanges\n3 all - address new threats"},
		{"including", "KZ,UZ", "The Parties vowed to combat crime, including trafficking in drugs, and protect citizens.", "4 all - The Parties vowed to combat crime, including trafficking in drugs\n4 all - protect citizens"},
		{"a view and a promise, both with that", "KZ,UZ", "The Parties agreed that talks are important and that the next round will be held in May.", "5 all - the next round will be held in May"},
		{"experts are instructed", "KZ,UZ", "The Parties instructed experts to draw up a roadmap.", "5 organ KZ,UZ - The Parties instructed experts to draw up a roadmap"},
		{"principle", "KZ,UZ", "The Parties support freedom of navigation.", ""},
		{"второй глагол органа", "KZ,UZ", "Комиссия сформирует перечень проектов, а также определит сроки.", "4 organ KZ,UZ - Комиссия сформирует перечень проектов\n4 organ KZ,UZ - определит сроки"},
		{"по результатам которого", "KZ,UZ", "Рабочая группа проведет заседание, по результатам которого сформирует график.", "4 organ KZ,UZ - Рабочая группа проведет заседание\n4 organ KZ,UZ - сформирует график"},
		{"доподпишут", "KZ,UZ", "Стороны доподпишут соглашение.", "4 all - Стороны доподпишут соглашение"},
		{"столица", "CN,RU", "Пекин намерен расширить закупки зерна.", "3 one CN - Пекин намерен расширить закупки зерна"},
		{"столица в пересказе", "CN,RU", "Министр отметил, что Москва намерена открыть консульство.", "3 one RU - Москва намерена открыть консульство"},
		{"кроме того", "KZ,UZ", "Кроме того, каждая из сторон должна открыть архив.", "4 all - каждая из сторон должна открыть архив"},
		{"министры как орган", "KZ,UZ", "Министры транспорта подпишут соглашение.", "4 organ KZ,UZ - Министры транспорта подпишут соглашение"},
		{"их участники", "KZ,UZ", "Подкомитеты проведут заседания, их участники должны представить доклады.", "4 organ KZ,UZ - Подкомитеты проведут заседания\n4 organ KZ,UZ - их участники должны представить доклады"},
		{"поддерживается", "KZ,UZ", "Поддерживается предложение о создании фонда.", "2 all - Поддерживается предложение о создании фонда"},
		{"инициатива", "KZ,UZ", "Стороны приняли инициативу о создании фонда.", "5 all - Стороны приняли инициативу о создании фонда"},
		{"меморандум предполагает", "KZ,UZ", "Меморандум предполагает вывод войск до 1 марта 2026 года.", "3 all 2026-03-01 Меморандум предполагает вывод войск до 1 марта 2026 года"},
		{"о готовности и о", "KZ,UZ", "Стороны заявили о готовности принять меры и о наращивании поставок.", "3 all - Стороны заявили о готовности принять меры\n3 all - о наращивании поставок"},
		{"причастный оборот", "KZ,UZ", "Стороны создадут службу, способную предупреждать паводки и спасать людей.", "4 all - Стороны создадут службу, способную предупреждать паводки и спасать людей"},
		{"для содействия", "KZ,UZ", "Стороны откроют фонд для содействия развитию торговли.", "4 all - Стороны откроют фонд"},
		{"условия для", "KZ,UZ", "Стороны создадут условия для развития торговли.", "4 all - Стороны создадут условия для развития торговли"},
		{"говорится в коммюнике", "KZ,UZ", "«Стороны откроют новый пункт пропуска», – говорится в коммюнике.", "4 all - Стороны откроют новый пункт пропуска"},
		{"через четыре месяца", "KZ,UZ", "Стороны откроют мост через 4 месяца.", "4 all P4M Стороны откроют мост через 4 месяца"},
		{"не менее двух раз в год", "KZ,UZ", "Стороны будут проводить учения не менее двух раз в год.", "4 all R/P6M Стороны будут проводить учения не менее двух раз в год"},
		{"срок в названии", "KZ,UZ", "Стороны утвердили программу сотрудничества до 2028 года.", "5 all - Стороны утвердили программу сотрудничества до 2028 года"},
		{"просьба к другим", "KZ,UZ", "Стороны предложили миру присоединиться к инициативе.", "2 all - Стороны предложили миру присоединиться к инициативе"},
		{"предмет впереди", "KZ,UZ", "Концепцию развития туризма утвердили лидеры.", "5 all - Концепцию развития туризма утвердили лидеры"},
		{"напомним", "KZ,UZ", "Напомним, в мае достигнута договоренность об открытии консульства.", ""},
		{"согласовали и подписали", "KZ,UZ", "Стороны согласовали и подписали меморандум.", ""},
		{"стороны с выходом", "KZ,UZ", "Стороны с выходом к озеру будут публиковать данные.", "4 subset  - Стороны с выходом к озеру будут публиковать данные"},
		{"стороны, имеющие выход", "KZ,UZ", "Стороны, имеющие выход к морю, обеспечат транзит.", "4 subset  - обеспечат транзит"},
		{"стороны с учётом", "KZ,UZ", "Стороны с учётом опыта откроют школу.", "4 all - Стороны с учётом опыта откроют школу"},
		{"после оборота", "KZ,UZ", "Стороны будут укреплять связи, обеспечивая условия для бизнеса, и развивать спорт.", "4 all - Стороны будут укреплять связи\n4 all - развивать спорт"},
		{"надежда", "KZ,UZ", "Стороны выразили надежду, что Узбекистан присоединится к проекту.", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := document(t, test.text)
			var got []string
			for _, p := range extract.Propose(d, extract.Options{Adopted: "2026-01-01", Parties: strings.Split(test.parties, ",")}).Proposals {
				who, when := string(p.Actor.Kind), "-"
				if p.Actor.Kind != commitment.All {
					who += " " + strings.Join(p.Actor.Parties, ",")
				}
				if p.Deadline != nil {
					when = p.Deadline.Value.String()
				}
				got = append(got, fmt.Sprintf("%d %s %s %s", p.Strength, who, when, d.Reading[p.Start:p.End]))
			}
			if strings.Join(got, "\n") != test.want {
				t.Errorf("%s\nread %q\nwant %q", test.text, got, test.want)
			}
		})
	}
}

// A verb that lowers the strength is the one that the rule names.
func TestRuleNamesTheVerbThatLowers(t *testing.T) {
	tests := []struct{ text, cue, rule string }{
		{"The Parties will study a free trade area.", "will+study", "en/explore/explore"},
		{"The Parties agreed to support small firms.", "agreed+support", "en/support/support"},
		{"Стороны договорились изучить возможность отмены виз.", "договорились+изучить", "ru/explore/изучить"},
	}
	for _, test := range tests {
		got := extract.Propose(document(t, test.text), extract.Options{Adopted: "2026-01-01", Parties: []string{"KZ", "UZ"}}).Proposals
		if len(got) != 1 || got[0].Cue != test.cue || got[0].Rule != test.rule {
			t.Errorf("%s\nread %+v\nwant cue %s, rule %s", test.text, got, test.cue, test.rule)
		}
	}
}
