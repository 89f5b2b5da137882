package web_test

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"concord/web"
)

// exactly asks for a page that fails, in Chinese and in Russian, and holds what it says against the exact sentence. There
// may be no English beside it.
func exactly(t *testing.T, v *visitor, where, zh, ru string, ask func() answer) {
	t.Helper()
	for tag, want := range map[string]string{"zh": zh, "ru": ru} {
		v.get("/?lang=" + tag)
		a := ask()
		a.Has("html[lang^='" + tag + "']")
		said := strings.Join(a.Texts(where), " ")
		if a.Status < 400 || !strings.Contains(said, want) {
			t.Errorf("%s, status %d: %q, want %q", tag, a.Status, said, want)
		}
		a.HasNot("[role=alert] [lang=en]")
		a.HasNot(".error [lang=en]")
	}
}

func TestThePageOfAnErrorIsExactInEveryLanguage(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.visitor()
	exactly(t, v, "h1", "没有文件“LAKE99”。", "Текста «LAKE99» нет.",
		func() answer { return v.get("/texts/LAKE99") })
}

func TestAnImportThatFailsSaysExactlyWhyInEveryLanguage(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	v := h.as(officer)
	for name, c := range map[string]struct{ file, text, zh, ru string }{
		"twice":  {"again.txt", harbour, "again.txt此前已接收，代码为" + code + "：两者为同一文件。", "again.txt уже принят как " + code + ": это тот же самый файл."},
		"a PDF":  {"x.pdf", "%PDF-1.7", "x.pdf 是PDF文件：请先将其文字另存为docx、html或txt。", "x.pdf — файл PDF: сначала сохраните его текст как docx, html или txt."},
		"broken": {"x.docx", "PK\x03\x04", "x.docx无法作为docx文件读取：它不是完整的zip压缩包", "x.docx не читается как файл docx: это не целый архив zip"},
	} {
		t.Run(name, func(t *testing.T) {
			exactly(t, v, "[role=alert]", c.zh, c.ru, func() answer { return v.upload(c.file, c.text, nil) })
		})
	}
}

func TestADecisionThatFailsSaysExactlyWhyInEveryLanguage(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.received("harbour.txt", harbour)
	h.receiveLake()
	h.accept("LAKE25", 1)
	v := h.as(officer)
	exactly(t, v, "[role=alert]", code+"-01：请说明其不构成承诺的理由。", code+"-01: укажите, почему это не обязательство.",
		func() answer { return v.post(reviewOf(code), v.form(code, 1, "refuse")) })
	exactly(t, v, "details#correct[open] [role=alert]", "LAKE25-01已列入台账：请说明修订理由。", "LAKE25-01 внесено в реестр: укажите причину изменения.",
		func() answer {
			form := correction(v.get("/commitments/LAKE25-01"))
			form.Set("strength", "4")
			form.Set("reason", "")
			return v.post("/commitments/LAKE25-01", form)
		})
}

func TestAppointingAndSigningInFailExactlyInEveryLanguage(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	boss := h.as(officer)
	exactly(t, boss, "h1", "登录名为1至128个字符，不含空格。", "Имя для входа состоит из 1–128 знаков без пробелов.",
		func() answer {
			return boss.post("/people", url.Values{"name": {"Timur"}, "login": {"two words"}, "office": {"reader"}})
		})
	boss.get("/?lang=en")
	a := boss.post("/people", url.Values{"name": {"Timur"}, "login": {"timur@mfa.example"}, "office": {"reader"}})
	path := strings.TrimPrefix(a.Texts("section[role=status] code")[0], h.srv.URL)
	guest := h.visitor()
	exactly(t, guest, "#wrong", "密码至少12个字符；当前为5个。", "Наименьшее число знаков в пароле — 12, а здесь их 5.",
		func() answer { return guest.post(path, url.Values{"password": {"short"}, "again": {"short"}}) })
	exactly(t, guest, "h1", "此邀请已使用或已失效：请索取新的邀请。", "Это приглашение уже использовано или истекло: попросите новое.",
		func() answer { return guest.get("/welcome/nothing") })
}

func TestAnErrorAsDataIsInTheVisitorsLanguage(t *testing.T) {
	t.Parallel()
	v := open(t, web.Config{}).visitor()
	v.get("/?lang=zh")
	a := v.get("/record/99999.json")
	var said struct{ Error, Detail string }
	must(t, json.Unmarshal([]byte(a.Body), &said))
	if a.Status != http.StatusNotFound || said.Error != "记录中没有第 99999 号行为。" || said.Detail != "" {
		t.Errorf("status %d: %+v", a.Status, said)
	}
}

func TestAFullDiskIsSaidInEveryLanguage(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	v := h.as(officer)
	db, _ := h.sec.Record().DB()
	db.SetMaxOpenConns(1) // the limit is one of the connection
	var pages int
	must(t, db.QueryRow(`PRAGMA max_page_count = 1`).Scan(&pages)) // that is: no more than there are now
	var long strings.Builder                                       // words that packing makes little smaller
	for long.Len() < 9_900 {                                       // as much as a reason may have
		long.WriteString(rand.Text() + " ")
	}
	exactly(t, v, "h1", "无法写入记录：磁盘已满；未写入任何内容。", "Не удалось записать в журнал: диск переполнен; ничего не записано.",
		func() answer {
			return v.post("/people/kz/relieve", url.Values{"reason": {long.String()}})
		})
}

func TestWhatAVerificationFindsIsSaidInEveryLanguage(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	db, _ := h.sec.Record().DB()
	_, err := db.Exec(`UPDATE record_act SET body = x'7b7d' WHERE seq = 3`)
	must(t, err)
	v := h.visitor()
	v.post("/record/verify", nil)
	for a := v.get("/record/verify"); len(a.All("progress")) > 0; {
		a = v.get("/record/verify")
	}
	for tag, want := range map[string]string{
		"en": "The body of act 3 was changed: it is not the one that its header names.",
		"zh": "第 3 号行为的内容被更改：与其标头所指不符。",
		"ru": "Содержание акта 3 изменено: это не то, которое названо в его заголовке.",
	} {
		v.get("/record/verify?lang="+tag).Has("ul.findings li", want)
	}
}
