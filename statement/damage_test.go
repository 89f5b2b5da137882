package statement

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// damage does to a clean text in Simplified characters what careless conversions and web pages do: each of its methods is
// one model of damage seen in the wild. The random source is given, so that a failure can be repeated.
type damage struct {
	*rand.Rand
	traditional map[rune][]rune // forms that a Simplified character can be turned into
}

func newDamage(seed uint64) *damage {
	d := &damage{rand.New(rand.NewPCG(seed, 2024)), map[rune][]rune{}}
	for t, s := range scripts().simplified {
		d.traditional[s] = append(d.traditional[s], t)
	}
	for _, forms := range d.traditional { // a map has no order, a seeded test must
		for i := range forms {
			for j := i; j > 0 && forms[j] < forms[j-1]; j-- {
				forms[j], forms[j-1] = forms[j-1], forms[j]
			}
		}
	}
	return d
}

// all damages a text in every way at once.
func (d *damage) all(clean string) string {
	return d.furniture(d.lostSigns(d.doubled(d.glossed(d.traditionalized(clean)))))
}

// traditionalized turns some of the characters that have a Traditional form into it.
func (d *damage) traditionalized(clean string) string {
	share := d.Float64()
	return strings.Map(func(r rune) rune {
		if forms := d.traditional[r]; len(forms) > 0 && d.Float64() < share {
			return forms[d.IntN(len(forms))]
		}
		return r
	}, clean)
}

// glossed puts readings in brackets after some characters: with tone, and, beside those, repeated without.
func (d *damage) glossed(text string) string {
	var b strings.Builder
	toned := 0
	for _, r := range text {
		b.WriteRune(r)
		known := readings()[r]
		if len(known) == 0 || d.IntN(12) != 0 {
			continue
		}
		reading := known[d.IntN(len(known))]
		open, closing := "(", ")"
		if d.IntN(4) == 0 {
			open, closing = "（", "）"
		}
		plain := strings.ReplaceAll(toneless(reading), "v", "ü")
		switch n := d.IntN(10); {
		case n < 7 && hasTone(reading):
			b.WriteString(open + reading + closing)
			toned++
		case n < 9:
			b.WriteString(open + plain + closing + open + plain + closing)
		case toned > 0:
			b.WriteString(open + plain + closing)
		}
	}
	return b.String()
}

// doubled writes some signs of the sentence twice.
func (d *damage) doubled(text string) string {
	var b strings.Builder
	runes := []rune(text)
	for i, r := range runes {
		b.WriteRune(r)
		single := (i == 0 || runes[i-1] != r) && (i+1 == len(runes) || runes[i+1] != r)
		if strings.ContainsRune("。，、；：！？", r) && single && d.IntN(15) == 0 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

var chinesePoint = regexp.MustCompile(`(?m)^——`)

// lostSigns loses the dashes before points and the quotation marks of a short name, as an encoding without them does.
func (d *damage) lostSigns(text string) string {
	if d.IntN(2) == 0 {
		text = strings.ReplaceAll(text, "称“各方”)", "称?各方?)")
	}
	if d.IntN(2) == 0 {
		text = chinesePoint.ReplaceAllString(text, "??")
	}
	if d.IntN(2) == 0 {
		text = strings.ReplaceAll(text, "·", "?")
	}
	return text
}

var pageLinesInChinese = []string{
	"- +1", "首页 > 新闻 > 国际", "- 报料热线: 021-962866", "举报电话：010-12345678", "- 报料邮箱: news@example.org",
	"互联网新闻信息服务许可证：10120230001", "增值电信业务经营许可证:京B2-2020001", "京ICP备05000001号-1", "版权所有 某某报社",
	"? 2014-2024 某某传媒有限公司", "© 2024 某某网", "责任编辑：王某", "（责任编辑：李某）", "来源：某某社", "分享到：微信 微博",
	"打印本页 关闭窗口", "字号：大 中 小", "上一篇：某次会议举行", "- 3 -", "第3页 共5页", "阅读 1024",
	"發布時間:2024-12-01 10:00", "2024-12-01 10:15:30", "Share", "+关注", "原标题：某次会议举行", "打开某某新闻客户端", "监督电话 010-12345678", "https://news.example.org/a/1.html", "扫一扫在手机打开当前页",
}

// furniture puts lines of a page before, between and after the lines of the text.
func (d *damage) furniture(text string) string {
	var out []string
	some := func(n int) {
		for range n {
			out = append(out, pageLinesInChinese[d.IntN(len(pageLinesInChinese))])
		}
	}
	some(d.IntN(4))
	for _, line := range strings.Split(text, "\n") {
		out = append(out, line)
		if d.IntN(10) == 0 {
			some(1)
		}
	}
	if !strings.HasSuffix(text, "\n") {
		some(d.IntN(6))
	}
	return strings.Join(out, "\n")
}

// Paragraphs of our own with every bracket that a statement may legitimately have.
const bracketed = `五方关于加强区域合作的联合声明(全文)
甲国总统沙夫卡特·米尔济约耶夫、乙国总理、丙国外交部长(以下称“各方”)于2025年3月5日在某市举行会晤,并声明如下:
一、各方支持中欧(亚)班列、跨里海国际运输走廊(中间走廊)和中吉乌铁路建设，研究在2027年前(含当年)新开通三个口岸。
二、各方愿在世界贸易组织(WTO)、上海合作组织（SCO）框架内就人工智能(AI)、信息通信技术（ICT）加强协调……
三、各方商定：
——建立联络员(liaison officer)制度；
——办好“丝路一家亲”(an exchange programme)活动，推动互免签证(visa-free)安排；
(一)每两年举行一次部长级会议；
(二)设立秘书处(以下简称秘书处)。
（a）甲方负责公路；
（b）乙方负责铁路(长约523公里)。
四、各方注意到《关于深化经贸合作的谅解备忘录》(2023年5月18日签署)，并将落实其中(1)、(2)、(3)项。
五、后续工作由干事会统筹，面向里海方向，重视范围、制度、系统、准备和发展；乾隆年间的名著、瞭望塔、慰藉与显著成果亦在展览之列。
六、本声明以甲文、乙文写成(he)，两种文本同等作准——如有疑义，以英文(English)本为准吗？不，以各自文本为准……`

func cleanTexts(t testing.TB) map[string]string {
	texts := map[string]string{"brackets": bracketed, "brackets, with a line's end": bracketed + "\n"}
	declaration := string(shared(t, "texts/udhr/udhr.zh-Hans.txt"))
	_, declaration, _ = strings.Cut(declaration, "\n") // the first line tells the source
	texts["declaration"] = declaration
	texts["declaration, lines of Windows"] = strings.ReplaceAll(declaration, "\n", "\r\n")
	for i, article := range strings.Split(declaration, "\n## ") {
		if strings.ContainsFunc(article, unicode.IsLetter) {
			texts[fmt.Sprint("article ", i)] = article
		}
	}
	return texts
}

func TestCleanTextIsLeftAlone(t *testing.T) {
	for name, clean := range cleanTexts(t) {
		d := read(t, "clean.txt", clean)
		if len(d.Edits) > 0 || d.Reading != clean {
			t.Errorf("%s: edits %+v", name, d.Edits)
		}
	}
}

func TestDamageIsRepairedExactly(t *testing.T) {
	kinds := map[string]int{}
	for name, clean := range cleanTexts(t) {
		seeds := uint64(30)
		if strings.HasPrefix(name, "declaration") || strings.HasPrefix(name, "brackets") {
			seeds = 100
		}
		for seed := range seeds {
			damaged := newDamage(seed).all(clean)
			d := read(t, "damaged.txt", damaged)
			if d.Reading != clean {
				t.Errorf("%s, seed %d:\n%s", name, seed, firstDifference(d.Reading, clean))
			}
			checkEdits(t, d)
			for _, e := range d.Edits {
				kinds[e.Kind]++
			}
		}
	}
	t.Log(kinds)
	for _, kind := range []string{PinyinGloss, RepeatedGloss, DoubledSign, LostSign, PageFurniture, TraditionalScript} {
		if kinds[kind] < 100 {
			t.Errorf("only %d of %s: the damage does not try it", kinds[kind], kind)
		}
	}
}

var pageLinesInLatinAndCyrillic = []string{
	"Home > News > Statements", "Share", "Share this page", "Print", "Read more: Another meeting", "© 2024 Some Ministry", "All rights reserved.",
	"Page 3 of 5", "- 3 -", "Tel.: +1 555 0100", "press@example.org", "Published: 1 December 2024", "Back to top", "Related articles",
	"Главная > Новости", "Поделиться", "Версия для печати", "Читайте также: Другая встреча", "Все права защищены", "Страница 3 из 5",
	"Телефон горячей линии: 8-800-000-00-00", "Источник: пресс-служба", "Опубликовано: 01.12.2024", "Наверх",
}

// Texts in other scripts get the signs and page lines of their pages.
func TestDamageToEnglishAndRussianIsRepairedExactly(t *testing.T) {
	sign := regexp.MustCompile(`[\pL\d)][.,;:](?:\s|$)`)
	n := 0
	for _, name := range []string{"udhr/udhr.en.txt", "udhr/udhr.ru.txt", "udhr/udhr.kk.txt", "un-en/A_RES_60_1.txt", "treaties/pta_358.txt"} {
		clean := read(t, name, strings.TrimSpace(string(shared(t, "texts/"+name)))).Reading
		for seed := range uint64(5) {
			d := newDamage(seed)
			damaged := sign.ReplaceAllStringFunc(clean, func(s string) string {
				if i := strings.IndexAny(s, ".,;:"); d.IntN(15) == 0 {
					return s[:i+1] + s[i:]
				}
				return s
			})
			lines := strings.Split(damaged, "\n")
			for i := range lines {
				if d.IntN(12) == 0 {
					lines[i] = pageLinesInLatinAndCyrillic[d.IntN(len(pageLinesInLatinAndCyrillic))] + "\n" + lines[i]
				}
			}
			got := read(t, name, strings.Join(lines, "\n"))
			checkEdits(t, got)
			n += len(got.Edits)
			if got.Reading != clean {
				t.Errorf("%s, seed %d:\n%s", name, seed, firstDifference(got.Reading, clean))
			}
		}
	}
	if n < 300 {
		t.Errorf("only %d edits: the damage does not try enough", n)
	}
}

func firstDifference(got, want string) string {
	g, w := []rune(got), []rune(want)
	i := 0
	for i < len(g) && i < len(w) && g[i] == w[i] {
		i++
	}
	from := max(0, i-15)
	return fmt.Sprintf("  got …%s…\n want …%s…", string(g[from:min(len(g), i+25)]), string(w[from:min(len(w), i+25)]))
}

// checkEdits holds a document against its promises: edits in order, exact, reversible; every byte of the reading leads to
// a place in the original, and further on to one not before it.
func checkEdits(t testing.TB, d *Document) {
	t.Helper()
	original := []rune(d.Original)
	end := 0
	for _, e := range d.Edits {
		if e.Start < end || e.End < e.Start || e.End > len(original) || string(original[e.Start:e.End]) != e.Was || e.Was == e.Now {
			t.Fatalf("edit %+v after %d is not exact", e, end)
		}
		end = e.End
	}
	if d.reread() != d.Reading {
		t.Fatal("Original after Peeled and Edits is not Reading")
	}
	last := Span{}
	for i := range d.Reading {
		s := d.Source(i, i+1)
		if s.Start < last.Start || s.End < last.End || s.End < s.Start || s.End > len(original) {
			t.Fatalf("byte %d comes from %v, the one before from %v", i, s, last)
		}
		last = s
	}
}
