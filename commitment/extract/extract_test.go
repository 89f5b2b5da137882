package extract_test

import (
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"concord/commitment"
	"concord/commitment/extract"
	"concord/statement"
)

// A text and what it promises.
func ExamplePropose() {
	d, err := statement.Read("statement.txt", []byte("中国和蒙古国外长会晤联合声明\n\n"+
		"一、双方一致认为，两国关系发展良好。\n\n二、双方商定明年上半年重开边境口岸，中方愿提供检疫设备。\n"))
	if err != nil {
		fmt.Println(err)
		return
	}
	out := extract.Propose(d, extract.Options{Adopted: "2026-03-02"})
	for _, p := range out.Proposals {
		fmt.Println(p.Clause, p.Strength, p.Actor.Kind, p.Actor.Parties, p.Rule, d.Reading[p.Start:p.End])
		if p.Deadline != nil {
			fmt.Println("by", p.Deadline.Value)
		}
	}
	for _, p := range out.Passed {
		fmt.Println(p.Clause, p.Reason, d.Reading[p.Start:p.End])
	}
	// Output:
	// 2 5 all [CN MN] zh/decide/商定 双方商定明年上半年重开边境口岸
	// by 2027-01-01/2027-06-30
	// 2 3 one [CN] zh/intend/愿 中方愿提供检疫设备
	// 1 opinion 双方一致认为
}

// sentence reads one sentence as the only clause of a text of China, Kazakhstan and Uzbekistan.
func sentence(t *testing.T, text string) (*statement.Document, extract.Extraction) {
	t.Helper()
	d, err := statement.Read("statement.txt", []byte("三国外长会晤联合声明\n\n一、"+text+"\n\n二、各方感谢中方。\n"))
	if err != nil {
		t.Fatal(err)
	}
	return d, extract.Propose(d, extract.Options{Adopted: "2024-12-01", Parties: []string{"CN", "KZ", "UZ"}})
}

// brief writes proposals as "strength actor[/deadline] span".
func brief(d *statement.Document, proposals []commitment.Proposal) string {
	var all []string
	for _, p := range proposals {
		actor := string(p.Actor.Kind)
		if p.Actor.Kind == commitment.One || p.Actor.Kind == commitment.Subset {
			actor += " " + strings.Join(p.Actor.Parties, "+")
		}
		if p.Deadline != nil {
			actor += " " + p.Deadline.Value.String()
		}
		all = append(all, fmt.Sprintf("%d %s %s", p.Strength, strings.TrimSpace(actor), d.Reading[p.Start:p.End]))
	}
	return strings.Join(all, "; ")
}

// What each rule of the manual does to one sentence.
func TestChineseSentences(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"whole cue: shared opinion", "各方一致认为，铁路建设意义重大。", ""},
		{"whole cue: agreement", "各方一致同意建设铁路。", "5 all 各方一致同意建设铁路"},
		{"will of an event as known", "各方高度重视将在阿斯塔纳举行的第二届峰会。", ""},
		{"prediction", "第二届峰会将于2025年在阿斯塔纳举行。", ""},
		{"confirmed event", "各方确认第二届峰会将于2025年6月在阿斯塔纳举行。", "5 all 2025-06 各方确认第二届峰会将于2025年6月在阿斯塔纳举行"},
		{"confirmation without a date", "各方确认上述共识的重要性。", ""},
		{"through", "中方愿通过提供贷款支持项目建设。", "3 one CN 中方愿通过提供贷款支持项目建设"},
		{"adopt, of others", "中方欢迎中亚国家通过地区发展构想。", ""},
		{"adopt, of this meeting", "会议通过了《合作章程》。", "5 all 会议通过了《合作章程》"},
		{"perfective", "各方探讨了商签条约的可能。", ""},
		{"past chain", "各方积极推动项目建设，实现了新突破。", ""},
		{"study", "各方愿研究商签过境协定。", "1 all 各方愿研究商签过境协定"},
		{"decided study", "各方商定开展铁路可行性研究。", "5 all 各方商定开展铁路可行性研究"},
		{"support caps", "各方将推动建立货运班列协调机制。", "2 all 各方将推动建立货运班列协调机制"},
		{"advancing does not cap", "各方将推进班列协调机制建设。", "4 all 各方将推进班列协调机制建设"},
		{"strive under will", "各方将力争三年内实现贸易额翻番。", "3 all P3Y 各方将力争三年内实现贸易额翻番"},
		{"goals split at commas", "各方将扩大市场准入，简化通关手续。", "4 all 各方将扩大市场准入; 4 all 简化通关手续"},
		{"a list of fields is one", "各方将深化公路、铁路、航空等领域合作。", "4 all 各方将深化公路、铁路、航空等领域合作"},
		{"purpose head", "为改善民生，各方将建设医院。", "4 all 各方将建设医院"},
		{"purpose tail", "各方将建设医院，为两国民众提供便利，从而改善民生。", "4 all 各方将建设医院"},
		{"welcome and agreement", "各方欢迎哈方倡议，商定设立论坛。", "5 all 商定设立论坛"},
		{"one party", "哈方愿增加航班。", "3 one KZ 哈方愿增加航班"},
		{"listed parties", "中方和乌方将修建公路。", "4 subset CN+UZ 中方和乌方将修建公路"},
		{"all listed", "中方、哈方和乌方将修建公路。", "4 all 中方、哈方和乌方将修建公路"},
		{"all except one", "除乌方外，各方支持设立基金。", "2 subset CN+KZ 各方支持设立基金"},
		{"described subset", "有关国家将交换水文数据。", "4 subset 有关国家将交换水文数据"},
		{"organ", "各国海关部门将交换数据。", "4 organ 各国海关部门将交换数据"},
		{"tasked organ", "各方责成秘书处起草章程。", "5 organ 各方责成秘书处起草章程"},
		{"scope of the actor", "中方愿提供援助。将派遣专家。", "3 one CN 中方愿提供援助; 4 one CN 将派遣专家"},
		{"outsiders", "亚洲开发银行将提供贷款。", ""},
		{"support for a principle", "各方支持多边主义。", ""},
		{"reaffirmed without an object", "各方重申决心携手构建命运共同体。", ""},
		{"reaffirmed with a figure", "各方重申将到2030年把贸易额提高到700亿美元。", "4 all 2030 各方重申将到2030年把贸易额提高到700亿美元"},
		{"promise not to act", "中方承诺不提高关税。", "4 one CN 中方承诺不提高关税"},
		{"opposition", "各方反对单边制裁。", ""},
		{"need", "各方认为有必要加强合作。", ""},
		{"deadline before the subject", "到2030年，各方将消除贫困。", "4 all 2030 各方将消除贫困"},
		{"next year", "各方将于明年召开会议。", "4 all 2025 各方将于明年召开会议"},
		{"every two years from a year on", "各方将自2026年起每两年举办论坛。", "4 all R/P2Y;2026 各方将自2026年起每两年举办论坛"},
		{"before the next summit", "各方将在下届峰会前签署协定。", "4 all event:next-summit 各方将在下届峰会前签署协定"},
		{"as soon as possible", "各方将尽快启动谈判。", "4 all ASAP 各方将尽快启动谈判"},
		{"at once", "各方将立即启动谈判。", "4 all NOW 各方将立即启动谈判"},
		{"agreed that something be made", "各方一致同意，将现有机制提升为部长级。", "5 all 各方一致同意，将现有机制提升为部长级"},
		{"what a study includes", "各方将研究扩大供气的可能性，包括新建管道。", "1 all 各方将研究扩大供气的可能性; 1 all 包括新建管道"},
		{"will invite", "中方将邀请百名青年访华。", "4 one CN 中方将邀请百名青年访华"},
		{"invite", "中方邀请各国参展。", "2 one CN 中方邀请各国参展"},
		{"short names", "中哈双方将增开航班。", "4 subset CN+KZ 中哈双方将增开航班"},
		{"means with success at the end", "各方将保持密切沟通，积累成果，确保峰会取得圆满成功。", "4 all 各方将保持密切沟通，积累成果，确保峰会取得圆满成功"},
		{"a verb unknown to the lexicon", "各方将深化合作，尽早敲门。", "4 all 各方将深化合作; 4 all ASAP 尽早敲门"},
		{"keeping to a principle", "双方将继续秉持相互尊重的原则。", ""},
		{"how things stand", "双方保持高层交往，战略互信不断加深。", ""},
		{"a year in a name", "各方将落实《2030年合作规划》。", "4 all 各方将落实《2030年合作规划》"},
		{"a date that has passed", "各方将落实2023年西安峰会共识。", "4 all 各方将落实2023年西安峰会共识"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, out := sentence(t, test.text)
			if got := brief(d, out.Proposals); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
}

// Propose gives the same for the same text, also when many call it at once.
func TestExtractIsDeterministicAndConcurrent(t *testing.T) {
	c := readCodedText(t, "testdata/zh/leaders.txtar")
	d, err := statement.Read("a.txt", []byte(c.text))
	if err != nil {
		t.Fatal(err)
	}
	want := extract.Propose(d, extract.Options{})
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if got := extract.Propose(d, extract.Options{}); !reflect.DeepEqual(got, want) {
				t.Error("two readings of one text differ")
			}
		})
	}
	wait.Wait()
}

// Tracks are those that the mechanism brings; the words of the goal decide, then the heading of the clause.
func TestTracksOfTheMechanism(t *testing.T) {
	d, err := statement.Read("a.txt", []byte("两国联合声明\n\n一、双方将增加货运班列，便利签证办理。\n\n二、双方将加强协调。\n"))
	if err != nil {
		t.Fatal(err)
	}
	out := extract.Propose(d, extract.Options{Parties: []string{"CN", "KZ"}, Tracks: []extract.Track{
		{ID: "transport", Words: map[string][]string{"zh": {"班列", "铁路"}}},
		{ID: "consular", Words: map[string][]string{"zh": {"签证"}}},
	}})
	var got []string
	for _, p := range out.Proposals {
		got = append(got, strings.Join(p.Tracks, "+"))
	}
	if want := "transport,consular,"; strings.Join(got, ",") != want {
		t.Errorf("tracks are %q, want %q", strings.Join(got, ","), want)
	}
}

// Whatever the text, Propose does not panic, and its spans lie inside one paragraph.
func FuzzExtractAnyText(f *testing.F) {
	for _, name := range []string{"bilateral", "leaders", "ministers"} {
		data, err := os.ReadFile("testdata/zh/" + name + ".txtar")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(data))
	}
	f.Add("双方将，，将于2025年，包括。除中方外，各方愿为。")
	f.Add("Стороны договорились, что будут. The Parties agree that they shall, and.")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := statement.Read("a.txt", []byte(text))
		if err != nil {
			return
		}
		for _, language := range []statement.Language{"zh-Hans", "ru", "en"} {
			d.Language = language
			out := extract.Propose(d, extract.Options{Adopted: "2024-12-01"})
			for _, p := range out.Proposals {
				inParagraph(t, d, p.Start, p.End)
				if p.Strength < commitment.Explore || p.Strength > commitment.Decide {
					t.Errorf("strength %d", p.Strength)
				}
			}
			for _, p := range out.Passed {
				inParagraph(t, d, p.Start, p.End)
			}
		}
	})
}

func inParagraph(t *testing.T, d *statement.Document, start, end int) {
	t.Helper()
	for _, p := range d.Paragraphs {
		if start >= p.Start && end <= p.End && start < end {
			return
		}
	}
	t.Errorf("span %d:%d does not lie in a paragraph", start, end)
}

func BenchmarkExtractChinese(b *testing.B) {
	data, err := os.ReadFile("testdata/zh/bilateral.txtar")
	if err != nil {
		b.Fatal(err)
	}
	_, text, _ := strings.Cut(string(data), "-- text --\n")
	text, _, _ = strings.Cut(text, "-- commitments --")
	d, err := statement.Read("a.txt", []byte(text))
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		extract.Propose(d, extract.Options{})
	}
}

func TestAMechanismsOwnPartiesAreKnownByTheirNames(t *testing.T) {
	for _, c := range []struct{ lang, name, text string }{
		{"en", "Bessany", "Joint statement\nThe Parties declare as follows:\n1. Bessany will run two more ferries.\n2. The Parties thank the host.\n"},
		{"zh", "贝萨尼", "联合声明\n各方声明如下:\n一、贝萨尼将增加两条轮渡航线。\n二、各方感谢东道主。\n"},
		{"ru", "Бессаний", "Совместное заявление\nСтороны заявляют о следующем:\n1. Бессаний запустит ещё два парома.\n2. Стороны благодарят принимающую сторону.\n"},
	} {
		t.Run(c.lang, func(t *testing.T) {
			d, err := statement.Read("x.txt", []byte(c.text))
			if err != nil {
				t.Fatal(err)
			}
			names := []extract.PartyName{{"XA", map[string]string{c.lang: "Qwertania"}}, {"XB", map[string]string{c.lang: c.name}}}
			found := extract.Propose(d, extract.Options{Parties: []string{"XA", "XB"}, Names: names})
			if len(found.Proposals) != 1 {
				t.Fatalf("%d proposals, want 1: %+v", len(found.Proposals), found.Proposals)
			}
			if a := found.Proposals[0].Actor; a.Kind != commitment.One || !slices.Equal(a.Parties, []string{"XB"}) {
				t.Errorf("the actor is %+v, want XB alone", a)
			}
		})
	}
}
