package lang

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"concord/internal/fault"
	"concord/mechanism"
)

// makers are the functions that make a sentence, with the place of the format among their arguments. Those that begin with
// a dot are called on something.
var makers = map[string]int{
	"fault.New": 1, "fault.Wrap": 2, "fault.Say": 0,
	"invalid": 0, "denied": 0, "notFound": 0, "conflict": 0, // mechanism
	"damaged": 0, ".wrap": 1, "v.find": 2, "v.broken": 2, // record
}

// unsaid are the sentences that reach no page, by folder, by file or by file and function, with the reason.
var unsaid = map[string]string{
	"internal/cli":                      "the command line speaks English",
	"mechanism/pack.go":                 "a pack is read by the command line",
	"record/checkpoint.go:readKey":      "keys are opened by the command line",
	"record/checkpoint.go:openKey":      "keys are opened by the command line",
	"record/checkpoint.go:createKey":    "keys are opened by the command line",
	"record/checkpoint.go:writeKey":     "keys are opened by the command line",
	"record/sqlite_wal.go":              "a record is opened before there is a page",
	"record/sqlite.go:dialSQLite":       "a record is opened before there is a page",
	"record/sqlite.go:refuseOldSQLite":  "a record is opened before there is a page",
	"record/sqlite.go:checkSQLiteFile":  "a record is opened before there is a page",
	"record/sqlite.go:createSQLite":     "a record is made before there is a page",
	"record/sqlite.go:writeEmptySQLite": "a record is made before there is a page",
	"record/sqlite.go:syncFolder":       "a record is made before there is a page",
	"record/postgres.go:dialPostgres":   "a record is opened before there is a page",
	"record/postgres.go:openPostgres":   "a record is opened before there is a page",
	"record/postgres.go:createPostgres": "a record is made before there is a page",
	"record/postgres.go:mayWrite":       "a record is opened before there is a page",
	"record/postgres.go:hasTables":      "a record is opened before there is a page",
	"record/store.go:lay":               "a record is made before there is a page",
	"record/store.go:checkFormat":       "a record is opened before there is a page",
	"record/record.go":                  "a record is opened and made before there is a page",
	"record/prove.go:RootAt":            "for programs, not for pages",
	"record/prove.go:ProveConsistency":  "for programs, not for pages",
	"record/prove.go:Tile":              "served to programs as data, its errors in English",
	"record/prove.go:EntryBundle":       "served to programs as data, its errors in English",
	"record/prove.go:ParseTilePath":     "served to programs as data, its errors in English",
}

// passesOn are the functions that hand a format on to one of the makers.
var passesOn = []string{
	"mechanism/act.go:invalid", "mechanism/act.go:denied", "mechanism/act.go:notFound", "mechanism/act.go:conflict",
	"record/store.go:damaged", "record/store.go:wrap", "record/verify.go:find", "record/verify.go:broken",
}

func TestEverySentenceOfAnErrorIsTranslated(t *testing.T) {
	want := formatsInCode(t)
	want[fault.PhraseOf(io.EOF).Format] = "internal/fault"
	for _, l := range everything().All()[1:] {
		for _, english := range slices.Sorted(maps.Keys(want)) {
			said, ok := l.format(fault.Say(english))
			if !ok {
				t.Errorf("no errors.txt says in %s %q (%s)", l.Tag, english, want[english])
			} else if said != english {
				checkVerbs(t, l.Tag, english, said)
			}
		}
		for english := range l.phrases {
			if want[english] == "" {
				t.Errorf("errors.txt, %s: nothing says %q", l.Tag, english)
			}
		}
	}
}

// checkVerbs demands that a translation takes every operand, by its number and in its form.
func checkVerbs(t *testing.T, tag, english, said string) {
	var want, got []string
	for _, v := range verb.FindAllStringSubmatch(english, -1) {
		if v[3] != "%" {
			want = append(want, fmt.Sprintf("%%%s[%d]%s", v[1], len(want)+1, v[3]))
		}
	}
	for _, v := range verb.FindAllStringSubmatch(said, -1) {
		if v[3] != "%" && !slices.Contains(got, v[0]) {
			got = append(got, v[0])
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("errors.txt, %s: %q takes %q, in English %q", tag, said, got, want)
	}
}

// formatsInCode gives every format of a sentence that may reach a page, with its place.
func formatsInCode(t *testing.T) map[string]string {
	found := map[string]string{}
	spared := map[string]bool{}
	for _, f := range folders() {
		for name, source := range f.files {
			if strings.HasSuffix(name, ".go") {
				formatsInFile(t, f.name, path.Join(f.name, name), source, found, spared)
			}
		}
	}
	for place := range unsaid {
		if !spared[place] {
			t.Errorf("%s makes no sentences: it needs no exception", place)
		}
	}
	return found
}

func formatsInFile(t *testing.T, folder, place, source string, found map[string]string, spared map[string]bool) {
	file, err := parser.ParseFile(token.NewFileSet(), place, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range file.Decls {
		function := place
		if f, ok := d.(*ast.FuncDecl); ok {
			function = place + ":" + f.Name.Name
		}
		ast.Inspect(d, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			at, makes := makers[callee(call)]
			switch {
			case !makes || len(call.Args) <= at:
			case unsaid[folder] != "" || unsaid[place] != "" || unsaid[function] != "":
				spared[folder], spared[place], spared[function] = true, true, true
			default:
				format, literal := call.Args[at].(*ast.BasicLit)
				if !literal && !slices.Contains(passesOn, function) {
					t.Errorf("%s: the format of a sentence is not written out, so it cannot be found", function)
				} else if literal {
					takeFormat(t, function, format.Value, len(call.Args)-at-1, found)
				}
			}
			return true
		})
	}
}

// takeFormat keeps a format, and demands as many operands as it has verbs.
func takeFormat(t *testing.T, function, literal string, operands int, found map[string]string) {
	format, err := strconv.Unquote(literal)
	if err != nil {
		t.Fatal(err)
	}
	verbs := 0
	for _, v := range verb.FindAllStringSubmatch(format, -1) {
		if v[3] != "%" {
			verbs++
		}
	}
	if verbs != operands {
		t.Errorf("%s: %q has %d verbs and %d operands", function, format, verbs, operands)
	}
	found[format] = function
}

// callee is how a call is written in makers.
func callee(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && (x.Name == "fault" || x.Name == "v") {
			return x.Name + "." + f.Sel.Name
		}
		return "." + f.Sel.Name
	}
	return ""
}

func TestAnErrorSaysExactlyWhatFailedInEveryLanguage(t *testing.T) {
	m := mechanism.New()
	broken := fault.New(fault.Invalid, "its XML is broken: %w", io.ErrUnexpectedEOF)
	names := mechanism.Names{"en": "Central Asia – China", "zh": "中国—中亚机制", "ru": "Центральная Азия — Китай"}
	for _, c := range []struct {
		name       string
		err        error
		en, zh, ru string
	}{
		{"a value", fault.New(fault.Conflict, "the reference %s is taken", "CHD24-07"),
			"The reference CHD24-07 is taken.", "编号CHD24-07已被占用。", "Номер CHD24-07 уже занят."},
		{"a quoted value first", fault.New(fault.NotFound, "%q holds no office", `li "b"`),
			`"li \"b\"" holds no office.`, `“li "b"”未担任任何职务。`, `«li "b"» не занимает никакой должности.`},
		{"a file's name keeps its small letter", fault.New(fault.Invalid, "%s has %.1f MB; a text may have %d MB at most", "a.txt", 20.5, 20),
			"a.txt has 20.5 MB; a text may have 20 MB at most.", "a.txt大小为20.5 MB；文本不得超过20 MB。", "Размер a.txt — 20,5 МБ, а текст может занимать не более 20 МБ."},
		{"an office first", m.Check(&mechanism.OpenTrack{}, mechanism.Actor{Person: "ivan", Office: mechanism.Reader}),
			`"ivan" holds no mandate as a reader.`, "“ivan”并无有效任命，不能以各方查阅人员身份行事。", "У «ivan» нет действующих полномочий: читатель от сторон."},
		{"an error in an error", fault.New(fault.Invalid, "%s cannot be read as a docx file: %w", "a.docx", broken),
			"a.docx cannot be read as a docx file: its XML is broken: unexpected EOF.", "a.docx无法作为docx文件读取：其XML已损坏（unexpected EOF）。", "a.docx не читается как файл docx: его XML нарушен (unexpected EOF)."},
		{"names", fault.New(fault.Invalid, "%s is a text of %s, and %s no party of %s: name the parties that it binds, or import it into the mechanism it belongs to", "a.txt", "CN, FR", fault.Say("%s is", "FR"), names),
			"a.txt is a text of CN, FR, and FR is no party of Central Asia – China: name the parties that it binds, or import it into the mechanism it belongs to.",
			"a.txt是以下各方的文件：CN, FR；其中FR并非中国—中亚机制的成员方：请指明受其约束的各方，或将其导入所属机制。",
			"a.txt — текст следующих сторон: CN, FR, однако в механизме «Центральная Азия — Китай» не участвуют FR: укажите стороны, которых он обязывает, или загрузите его в тот механизм, к которому он относится."},
		{"a cause stays in the log", fault.Wrap(io.ErrUnexpectedEOF, fault.Unavailable, "cannot %s: %s", fault.Say("read act %d", 7), fault.Say("the disk is full; nothing was written")),
			"Cannot read act 7: the disk is full; nothing was written.", "无法读取第 7 号行为：磁盘已满；未写入任何内容。", "Не удалось прочитать акт 7: диск переполнен; ничего не записано."},
		{"a fault of the program", io.ErrUnexpectedEOF,
			"Something failed inside the program.", "程序内部出错。", "Внутри программы произошёл сбой."},
	} {
		for tag, want := range map[string]string{"en": c.en, "zh": c.zh, "ru": c.ru} {
			if got := in(tag).Error(c.err); got != want {
				t.Errorf("%s in %s:\n%q, want\n%q", c.name, tag, got, want)
			}
		}
	}
}

func TestWhoMayIsSaidInEveryLanguage(t *testing.T) {
	m := mechanism.New()
	m.Apply(&mechanism.AppointPerson{Person: mechanism.Person{ID: "r", Name: "R", Office: mechanism.Reader}}, mechanism.Entry{})
	err := m.MayWrite("commitment.accept", mechanism.Actor{Person: "r", Office: mechanism.Reader})
	for tag, want := range map[string]string{
		"en": "A reader may not do commitment.accept: that is for an officer of the Secretariat.",
		"zh": "各方查阅人员无权办理 commitment.accept；有权者为：秘书处官员。",
		"ru": "Читатель от сторон не вправе внести запись commitment.accept: это может сделать только сотрудник Секретариата.",
	} {
		if got := in(tag).Error(err); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func TestASentenceThatNobodyTranslatedIsSeen(t *testing.T) {
	err := fault.New(fault.Invalid, "%s is quite new", "a.txt")
	if got := in("ru").Error(err); got != "⟨a.txt is quite new.⟩" {
		t.Errorf("%q", got)
	}
	if said, ok := in("zh").Exact(fault.New(fault.Invalid, "the reference %s is taken", err)); ok || said != "The reference a.txt is quite new is taken." {
		t.Errorf("half of it is in Chinese: %q, %v", said, ok)
	}
}
