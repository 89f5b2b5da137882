package extract_test

import (
	"strings"
	"testing"

	"concord/commitment/extract"
	"concord/statement"
)

// bilateral reads sentences as the body of an unnumbered statement of China and Equatorial Guinea.
func bilateral(t *testing.T, text string) (*statement.Document, extract.Extraction) {
	t.Helper()
	d, err := statement.Read("statement.txt", []byte("两国联合声明\n\n双方声明如下：\n\n"+text+"\n\n双方感谢东道主。\n"))
	if err != nil {
		t.Fatal(err)
	}
	return d, extract.Propose(d, extract.Options{Adopted: "2024-12-01", Parties: []string{"CN", "GQ"}})
}

// What declarations of presidents, ministers and press offices say in one sentence and how it is read.
func TestChinesePractice(t *testing.T) {
	tests := []struct{ name, text, want string }{
		// A verb of support directly behind a decision caps it.
		{"agreed to encourage", "双方同意鼓励企业参加展会。", "2 all 双方同意鼓励企业参加展会"},
		{"agreed to push", "双方一致同意推动港口扩建。", "2 all 双方一致同意推动港口扩建"},
		{"settled on support", "双方商定支持青年互访。", "2 all 双方商定支持青年互访"},
		{"settled on promoting, then a goal", "双方商定促进渔业投资，签署渔业协定。", "2 all 双方商定促进渔业投资; 5 all 签署渔业协定"},

		// What has been done or stands so is no promise.
		{"a statement that was made", "双方发表联合声明称，两国友谊源远流长。", ""},
		{"a statement that was signed", "两国元首签署联合声明，见证了合作文件的交换。", ""},
		{"what is believed runs past the comma", "双方一致认为，两国保持了良好的高层交往势头，各领域合作稳步推进。", ""},
		{"what is believed, in the present", "双方一致认为，两国保持密切沟通，加强战略协作，有利于地区稳定。", ""},
		{"what is believed, with a bare verb", "双方认为，中方和赤几方开展务实合作，符合两国人民利益。", ""},
		{"what they always held", "中方始终将赤几视为好朋友、好伙伴。", ""},
		{"readiness as a noun", "双方重申进一步开展渔业合作的意愿。", ""},
		{"readiness as a noun behind a verb", "双方表达了进一步开展渔业合作的意愿。", ""},
		{"what is held in turn, told as a fact", "双方轮流举办旅游年活动，增进了民间友谊。", ""},

		// Phrases in front.
		{"field of cooperation", "经济合作方面，双方将扩大木材贸易。", "4 all 双方将扩大木材贸易"},
		{"way before the goal", "双方愿通过举办展会等形式，扩大农产品贸易。", "3 all 双方愿通过举办展会等形式，扩大农产品贸易"},
		{"way of its own before the goal", "双方将扩大贸易，通过互派专家等方式，提升渔业技术水平。", "4 all 双方将扩大贸易; 4 all 通过互派专家等方式，提升渔业技术水平"},
		{"purpose up to the subject", "为巩固传统友谊，深化各领域合作，两国元首决定建立外长对话机制。", "5 all 两国元首决定建立外长对话机制"},
		{"a long basis belongs to the predicate", "双方愿在相互尊重、平等互利、优势互补的基础上，扩大矿产投资。", "3 all 双方愿在相互尊重、平等互利、优势互补的基础上，扩大矿产投资"},

		// Tails.
		{"for the good of the peoples", "双方将扩大贸易，更好地造福两国人民。", "4 all 双方将扩大贸易"},
		{"so that there is progress", "双方将加强执法合作，推动两国关系取得新进展。", "4 all 双方将加强执法合作"},
		{"so that peoples know each other", "双方将互设文化中心，增进相互理解。", "4 all 双方将互设文化中心"},
		{"for peace together", "双方将建立防务对话机制，共同促进地区和平。", "4 all 双方将建立防务对话机制"},
		{"pushing for progress as the goal", "双方将推动自贸谈判取得新进展。", "2 all 双方将推动自贸谈判取得新进展"},
		{"appraisal at the end", "双方将深化能源合作，这是两国关系的重要支柱。", "4 all 双方将深化能源合作"},

		// Announcing, reaching agreement.
		{"announced, with an occasion before", "双方宣布，以建交五十周年为契机，联合商会正式成立。", "5 all 双方宣布，以建交五十周年为契机，联合商会正式成立"},
		{"agreement reached on an act", "双方就尽快签署渔业协定达成一致。", "5 all ASAP 双方就尽快签署渔业协定达成一致"},
		{"common ground reached on an act", "双方就互设总领馆达成共识。", "5 all 双方就互设总领馆达成共识"},
		{"common ground reached on matters", "双方就两国关系和共同关心的问题达成广泛共识。", ""},
		{"will exchange views", "双方将继续就气候问题交换意见并协调立场。", "4 all 双方将继续就气候问题交换意见并协调立场"},
		{"exchanged views", "双方就气候问题交换意见。", ""},
		{"a delegation to be sent", "中方将派团赴马拉博讨论港口规划。", "4 one CN 中方将派团赴马拉博讨论港口规划"},
		{"a meeting that recurs", "双方同意设立外长论坛。论坛每两年举办一次。", "5 all 双方同意设立外长论坛; 4 all R/P2Y 论坛每两年举办一次"},

		{"a meeting of ministers that recurs", "能源部长会晤每年举行一次，由双方轮流主办。", "4 all R/P1Y 能源部长会晤每年举行一次，由双方轮流主办"},
		{"who is to see to it", "双方决定成立工作组，由两国经济部门负责，每半年召开一次会议。", "5 all 双方决定成立工作组，由两国经济部门负责; 5 all R/P6M 每半年召开一次会议"},
		{"an organ that is meant by 其", "双方赞赏专家组的工作，委托其于2025年3月前提交报告。", "5 organ 2025-03 委托其于2025年3月前提交报告"},
		{"outsiders that are meant by 其", "双方谴责恐怖组织的袭击，要求其立即停火。", ""},
		{"a phrase that waits for its verb", "中方将继续在南南合作框架下，为赤几应对气候变化提供帮助。", "4 one CN 中方将继续在南南合作框架下，为赤几应对气候变化提供帮助"},
		{"a phrase that goes on as a purpose", "双方愿同国际社会一道，共同促进世界和平与稳定。", ""},
		{"a phrase of time", "访问期间，双方签署了合作文件。", ""},
		{"effort that joins its goal", "双方愿共同努力，力争到2028年将互派留学生人数提高到500人。", "3 all 2028 双方愿共同努力，力争到2028年将互派留学生人数提高到500人"},
		{"readiness listed as a noun", "双方高度评价合作成果，以及进一步开展合作的意愿。", ""},
		{"half-width comma behind what is believed", "双方一致认为,两国保持高层交往,深化政治互信。", ""},
		{"believed, then agreed", "双方一致认为，两国保持高层交往，商定建立战略对话。", "5 all 商定建立战略对话"},

		{"agreed on an occasion", "双方同意以建立伙伴关系为契机，扩大木材贸易。", "5 all 双方同意以建立伙伴关系为契机，扩大木材贸易"},
		{"an ideal under will", "双方将携手构建人类命运共同体。", ""},
		{"an ideal behind a goal", "双方愿加强发展倡议对接，推动构建人类命运共同体，扩大渔业合作。", "3 all 双方愿加强发展倡议对接; 3 all 扩大渔业合作"},
		{"effort that pushes", "双方将共同努力推动港口升级。", "2 all 双方将共同努力推动港口升级"},
		{"effort and nothing else", "双方将为此持续努力。", ""},
		{"an act for somebody beside another", "赤几方确认将建设产业园，并为入园企业提供税收减免。", "4 one GQ 赤几方确认将建设产业园; 4 one GQ 为入园企业提供税收减免"},
		{"a start and a recurrence with a comma between", "双方商定，自2026年起，每两年举办文化节。", "5 all R/P2Y;2026 双方商定，自2026年起，每两年举办文化节"},
		{"years in a name without quotes", "双方通过了2025年至2028年合作计划。", "5 all 双方通过了2025年至2028年合作计划"},

		{"a spirit before the subject", "双方将扩大贸易。本着互利精神，双方愿建设港口。", "4 all 双方将扩大贸易; 3 all 双方愿建设港口"},
		{"an occasion behind will", "双方宣布，将以此访为契机，正式启动友谊医院项目。", "5 all 双方宣布，将以此访为契机，正式启动友谊医院项目"},
		{"readiness behind support", "双方重申继续坚定相互支持的意愿。", ""},
		{"talks that were held", "双方在马拉博举行战略对话。", ""},
		{"an event behind a semicolon", "双方商定建立磋商机制；下次对话于2026年在北京举行。", "5 all 双方商定建立磋商机制; 5 all 2026 下次对话于2026年在北京举行"},
		{"determined to strive", "双方决心共同努力，把贸易额提高到新水平。", "3 all 双方决心共同努力，把贸易额提高到新水平"},

		{"support for a party", "赤几方在涉及中国核心利益问题上坚定支持中方。", ""},
		{"a purpose behind the subject", "两国为落实领导人共识，将制定行动计划。", "4 all 将制定行动计划"},
		{"who convenes in turn", "双方决定成立工作组，由双方轮流召集，每半年开会。", "5 all 双方决定成立工作组，由双方轮流召集; 5 all R/P6M 每半年开会"},
		{"a term that begins like an adverb", "双方将签署协定，有效期三年。", "4 all 双方将签署协定，有效期三年"},

		{"named a year of tourism", "双方宣布将2027年定为旅游年。", "5 all 2027 双方宣布将2027年定为旅游年"},
		{"announced that they will", "双方宣布将于2027年举办旅游年。", "4 all 2027 双方宣布将于2027年举办旅游年"},
		{"an ideal that was agreed", "双方一致同意，携手构建人类命运共同体。", ""},
		{"will support a principle", "中方将坚定支持赤几维护国家独立。", ""},

		{"welcome and readiness in one breath", "中方对此表示欢迎并愿设立实验室。", "3 one CN 愿设立实验室"},
		{"what should be done by others", "双方将商签备忘录，相关谈判应于明年结束。", "4 all 双方将商签备忘录"},
		{"an aim with 以", "双方愿深化数据治理讨论，以兼顾发展与安全。", "3 all 双方愿深化数据治理讨论"},
		{"officials that are tasked", "双方责成高官于2026年前提交方案。", "5 organ 2026 双方责成高官于2026年前提交方案"},

		// Confirming an act.
		{"confirmed that they will", "双方确认将扩大留学生规模，增加奖学金名额。", "4 all 双方确认将扩大留学生规模; 4 all 增加奖学金名额"},
		{"confirmed with a date", "双方确认将于2025年6月签署协定。", "5 all 2025-06 双方确认将于2025年6月签署协定"},

		// Support for others.
		{"support for policies of others", "双方支持各国维护自身安全的内外政策。", ""},
		{"support for steps of others", "赤几方支持中方为维护国家统一所采取的措施。", ""},
		{"support for steps in a second clause", "赤几方恪守一个中国原则，坚定支持两岸关系和平发展。", ""},
		{"support for policies in a second clause", "双方反对外部干涉，支持各国自主选择的内外政策。", ""},
		{"support for a thing", "双方支持巴塔港扩建。", "2 all 双方支持巴塔港扩建"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, out := bilateral(t, test.text)
			if got := brief(d, out.Proposals); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
}

// A party is known by the abbreviation that the text gives it, by the head of its name, and by its capital.
func TestChineseShortNamesOfParties(t *testing.T) {
	tests := []struct {
		name, text, want string
		parties          []string
	}{
		{"abbreviation with 方", "赤几方承诺保护在赤中国公民安全。", "4 one GQ 赤几方承诺保护在赤中国公民安全", []string{"CN", "GQ"}},
		{"abbreviation alone", "赤几愿扩大可可出口。", "3 one GQ 赤几愿扩大可可出口", []string{"CN", "GQ"}},
		{"whole name with 方面", "赤道几内亚方面愿提供土地。愿简化签证手续。", "3 one GQ 赤道几内亚方面愿提供土地; 3 one GQ 愿简化签证手续", []string{"CN", "GQ"}},
		{"head of the name", "巴新方将开放渔港。", "4 one PG 巴新方将开放渔港", []string{"CN", "PG"}},
		{"defined in the text", "马绍尔群岛共和国（以下简称“马绍尔”）总统访华。\n\n马绍尔愿与中方签署航空协定。", "3 one MH 马绍尔愿与中方签署航空协定", []string{"CN", "MH"}},
		{"head that several share", "几内方将开放渔港。", "", []string{"GN", "GW"}},
		{"a side that nobody names", "赤道几内亚愿扩大出口。中方将派团。", "3 one GQ 赤道几内亚愿扩大出口; 4 one CN 中方将派团", nil},
		{"no party", "巴新方将开放渔港。", "", []string{"CN", "GQ"}},
		{"capital", "莫斯科愿增加天然气供应。", "3 one RU 莫斯科愿增加天然气供应", []string{"CN", "RU"}},
		{"capitals of both", "北京和莫斯科将协调卫星导航系统。", "4 all 北京和莫斯科将协调卫星导航系统", []string{"CN", "RU"}},
		{"capital of no party", "巴黎将扩大核电装机。", "", []string{"CN", "RU"}},
		{"capital as a place", "中方将在莫斯科举办展览。", "4 one CN 中方将在莫斯科举办展览", []string{"CN", "RU"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d, err := statement.Read("statement.txt", []byte("联合声明\n\n双方声明如下：\n\n"+test.text+"\n\n双方感谢东道主。\n"))
			if err != nil {
				t.Fatal(err)
			}
			out := extract.Propose(d, extract.Options{Adopted: "2024-12-01", Parties: test.parties})
			if got := brief(d, out.Proposals); got != test.want {
				t.Errorf("%s\n got %s\nwant %s", test.text, got, test.want)
			}
		})
	}
}

// The rule that a proposal names is the line of the cue that gave the strength.
func TestChineseRuleNamesWhatGaveTheStrength(t *testing.T) {
	for text, want := range map[string]string{
		"双方将推动建立协调机制。":      "将+推动 zh/support/推动",
		"双方将签署协定，推动合作走深走实。": "将 zh/pledge/将",
		"双方愿研究商签协定。":        "愿+研究 zh/explore/研究",
		"双方同意鼓励企业参展。":       "同意+鼓励 zh/support/鼓励",
		"双方将力争三年内翻番。":       "将+力争 zh/seek/力争",
	} {
		_, out := bilateral(t, text)
		if len(out.Proposals) == 0 {
			t.Errorf("%s: no proposal", text)
			continue
		}
		if got := out.Proposals[0].Cue + " " + out.Proposals[0].Rule; got != want {
			t.Errorf("%s\n got %s\nwant %s", text, got, want)
		}
	}
}

// The tracks of a commitment whose own words name none are those of its sentence.
func TestChineseTracksOfTheSentence(t *testing.T) {
	_, out := bilateral(t, "各国元首高度重视第二届峰会，商定即启动准备。")
	if len(out.Proposals) != 1 || strings.Join(out.Proposals[0].Tracks, " ") != "foreign-affairs" {
		t.Errorf("%+v, want one proposal on foreign affairs", out.Proposals)
	}
}

// A press report has no numbers and no lead-in, and names the statement it reports.
func TestChinesePressReportIsRead(t *testing.T) {
	d, err := statement.Read("report.txt", []byte("中国和赤道几内亚发表联合声明\n\n新华社北京5月28日电 中国和赤道几内亚28日发表联合声明，双方决定建立全面战略合作伙伴关系。\n\n双方愿扩大渔业贸易，将于2025年互办文化周。\n\n双方同意深化港口合作。\n\n根据声明，赤道几内亚将对中国公民免签。\n\n根据联合声明，双方将设立联合委员会。\n"))
	if err != nil {
		t.Fatal(err)
	}
	out := extract.Propose(d, extract.Options{Adopted: "2024-05-28"})
	want := "5 all 双方决定建立全面战略合作伙伴关系; 3 all 双方愿扩大渔业贸易; 4 all 2025 将于2025年互办文化周; 5 all 双方同意深化港口合作; 4 one GQ 赤道几内亚将对中国公民免签; 4 all 双方将设立联合委员会"
	if got := brief(d, out.Proposals); got != want {
		for _, p := range d.Paragraphs {
			t.Log(p.Role, p.Type, p.Clause, d.Reading[p.Start:p.End])
		}
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}
