package web_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"concord/commitment"
	"concord/web"
	"concord/web/acts"
	"concord/web/commitments"
	"concord/web/find"
	"concord/web/meetings"
	"concord/web/overview"
	"concord/web/page"
	"concord/web/people"
	"concord/web/record"
	"concord/web/review"
	"concord/web/texts"
)

// publicData are addresses that give data, with the type that each gives. %s is a text with proposals.
var publicData = []struct {
	path string
	form func() any
}{
	{"/overview.json", func() any { return new(overview.Overview) }},
	{"/texts.json", func() any { return new(texts.List) }},
	{"/texts/%s.json", func() any { return new(texts.Text) }},
	{"/texts/%s.json?view=received", func() any { return new(texts.Text) }},
	{"/texts/CHD24.json", func() any { return new(texts.Text) }},
	{"/texts/%s/review.json", func() any { return new(review.Review) }},
	{"/texts/CHD24/review.json", func() any { return new(review.Review) }},
	{"/commitments.json", func() any { return new(commitments.List) }},
	{"/commitments.json?party=KZ&strength=5&group=clause", func() any { return new(commitments.List) }},
	{"/commitments/CHD24-17.json", func() any { return new(commitments.Commitment) }},
	{"/commitments/%s-01.json", func() any { return new(commitments.Commitment) }},
	{"/commitments/%s-03.json", func() any { return new(commitments.Commitment) }},
	{"/commitments/NONE24-01.json", func() any { return new(commitments.MissingData) }},
	{"/meetings.json", func() any { return new(meetings.List) }},
	{"/record.json", func() any { return new(record.List) }},
	{"/record/3.json", func() any { return new(record.ProvenAct) }},
	{"/record/verify.json", func() any { return new(record.Verification) }},
	{"/people.json", func() any { return new(people.List) }},
	{"/find.json?q=ferr", func() any { return new(find.List) }},
	{"/acts.json", func() any { return new(acts.Kinds) }},
	{"/record/99999.json", func() any { return new(page.ErrorData) }},
	{"/keys.json", func() any { return new(page.ErrorData) }},
}

// What is sent is what the public types say, no more and no less: a program that reads into them and writes again has the
// same.
func TestDataAreWhatThePublicTypesSay(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.full()
	v := h.as(officer)
	for _, c := range publicData {
		path := strings.Replace(c.path, "%s", code, 1)
		body := []byte(v.get(path).Body)
		form := c.form()
		dec := json.NewDecoder(bytes.NewReader(body))
		dec.DisallowUnknownFields()
		if err := dec.Decode(form); err != nil {
			t.Errorf("%s is no %T: %v", path, form, err)
			continue
		}
		again, err := json.Marshal(form)
		must(t, err)
		var sent, read any
		must(t, json.Unmarshal(body, &sent))
		must(t, json.Unmarshal(again, &read))
		if at := nullIn(sent, ""); at != "" {
			t.Errorf("%s: %s is null: only a list of parties that the text does not give is", path, at)
		}
		if !reflect.DeepEqual(sent, read) {
			t.Errorf("%s is not the same when it is read as %T and written again:\n%s\n%s", path, form, body, again)
		}
	}
}

// nullIn finds a null that is no list of parties.
func nullIn(data any, at string) string {
	switch data := data.(type) {
	case nil:
		if !strings.HasSuffix(at, "/parties") {
			return at
		}
	case map[string]any:
		for name, field := range data {
			if name == "body" || name == "example" { // of an act: its own matter
				continue
			}
			if found := nullIn(field, at+"/"+name); found != "" {
				return found
			}
		}
	case []any:
		for i, field := range data {
			if found := nullIn(field, fmt.Sprint(at, "/", i)); found != "" {
				return found
			}
		}
	}
	return ""
}

// secretWords are parts of names that no field of public data has.
var secretWords = []string{"password", "secret", "token", "session", "login", "salt", "private"}

func TestNoFieldOfDataIsNamedLikeASecret(t *testing.T) {
	t.Parallel()
	seen := map[reflect.Type]bool{}
	var look func(of reflect.Type)
	look = func(of reflect.Type) {
		switch of.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Map:
			look(of.Elem())
		case reflect.Struct:
			if seen[of] {
				return
			}
			seen[of] = true
			for i := range of.NumField() {
				field := of.Field(i)
				name := strings.ToLower(field.Name + " " + field.Tag.Get("json"))
				if slices.ContainsFunc(secretWords, func(word string) bool { return strings.Contains(name, word) }) {
					t.Errorf("%s has %s", of, field.Name)
				}
				look(field.Type)
			}
		}
	}
	for _, c := range publicData {
		look(reflect.TypeOf(c.form()))
	}
	if len(seen) < 30 {
		t.Errorf("only %d types were looked at", len(seen))
	}
}

// listed are the lists that programs get, with the field that has the lines and the key of a line.
var listed = []struct{ path, lines, key string }{
	{"/commitments.json?group=none", "commitments", "ref"},
	{"/commitments.json?sort=deadline", "commitments", "ref"},
	{"/commitments.json?group=clause&text=BIG25", "commitments", "ref"},
	{"/texts.json", "texts", "code"},
	{"/texts/%s/review.json", "proposals", "n"},
	{"/meetings.json", "meetings", "id"},
	{"/record.json?kind=party.admit", "acts", "seq"},
	{"/record.json?object=text:CHD24", "acts", "seq"},
	{"/people.json", "people", "id"},
	{"/find.json?q=the", "hits", "href"},
}

func TestAListIsFollowedFromStretchToStretch(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.full()
	h.fill(120)
	v := h.as(officer)
	for _, ls := range listed {
		path := strings.Replace(ls.path, "%s", code, 1)
		whole := v.list(path, 1000, ls.lines)
		var got []string
		next, first := path, true
		for n := 0; next != "" && n < 1000; n++ {
			if first {
				next = withQuery(next, "limit=3")
			}
			first = false
			part := v.listAt(next, ls.lines)
			if part.Matched < len(whole.keys(ls.key)) {
				t.Errorf("%s: %d matched of %d", next, part.Matched, len(whole.keys(ls.key)))
			}
			if next = part.Next; next != "" && len(part.rows) != 3 {
				t.Errorf("%s: a stretch of %d", path, len(part.rows))
			}
			got = append(got, part.keys(ls.key)...)
			if n%5 == 0 { // an act on a line that is not asked for
				h.edit("BIG25-07", func(p *commitment.Proposal) { p.Strength = commitment.Strength(1 + n%5); p.Clause = fmt.Sprint(n) })
			}
		}
		other := func(key string) bool { return key == "BIG25-07" || key == "/commitments/BIG25-07" }
		want := slices.DeleteFunc(whole.keys(ls.key), other)
		if got = slices.DeleteFunc(got, other); !slices.Equal(got, want) {
			t.Errorf("%s in stretches:\n%v\nin all:\n%v", path, got, want)
		}
		if len(want) < 3 {
			t.Errorf("%s has only %d lines: this proves little", path, len(want))
		}
	}
}

// aStretch is a stretch of any list.
type aStretch struct {
	Total, Matched int
	Next           string
	rows           []map[string]any
}

func (s aStretch) keys(key string) (all []string) {
	for _, row := range s.rows {
		all = append(all, fmt.Sprint(row[key]))
	}
	return all
}

func (v *visitor) list(path string, limit int, lines string) aStretch {
	v.h.t.Helper()
	return v.listAt(withQuery(path, fmt.Sprint("limit=", limit)), lines)
}

func (v *visitor) listAt(path, lines string) (s aStretch) {
	v.h.t.Helper()
	a := v.get(path)
	if a.Status != 200 {
		v.h.t.Fatalf("%s: status %d: %s", path, a.Status, a.Body)
	}
	must(v.h.t, json.Unmarshal([]byte(a.Body), &s))
	var fields map[string]json.RawMessage
	must(v.h.t, json.Unmarshal([]byte(a.Body), &fields))
	must(v.h.t, json.Unmarshal(fields[lines], &s.rows))
	return s
}

func TestALimitIsANumberFromOneToAThousand(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	code := h.full()
	h.fill(120)
	v := h.as(officer)
	for _, ls := range listed {
		path := strings.Replace(ls.path, "%s", code, 1)
		for _, limit := range []string{"0", "-1", "1001", "ten", "1e3", " 5", "9999999999999999999"} {
			if a := v.get(withQuery(path, "limit="+url.QueryEscape(limit))); a.Status != 400 {
				t.Errorf("%s with limit %q: status %d", path, limit, a.Status)
			}
		}
	}
	for _, path := range []string{"/commitments.json?after=nonsense", "/record.json?after=x"} {
		if a := v.get(path); a.Status != 400 {
			t.Errorf("%s: status %d", path, a.Status)
		}
	}
	usual := v.listAt("/commitments.json", "commitments")
	if len(usual.rows) != page.UsualLimit || usual.Next == "" || usual.Total != 157 || usual.Matched != 157 { // 36 of the pack, 120 invented, one accepted
		t.Errorf("without a limit: %d rows of %d of %d, next %q", len(usual.rows), usual.Matched, usual.Total, usual.Next)
	}
	if one := v.listAt("/commitments.json?limit=1&lang=ru", "commitments"); !strings.Contains(one.Next, "lang=ru") {
		t.Errorf("the language is lost on the way: %s", one.Next)
	}
}

func TestTablesHaveWhatTheListsHave(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(120)
	v := h.as(officer)
	for _, c := range []struct{ path, lines string }{
		{"/commitments", "commitments"}, {"/record", "acts"}, {"/meetings", "meetings"}, {"/people", "people"},
	} {
		a := v.get(c.path + ".csv")
		if rows, want := strings.Count(a.Body, "\n")-1, v.list(c.path+".json", 1000, c.lines).Matched; a.Status != 200 || rows != want {
			t.Errorf("%s.csv: status %d, %d rows of %d", c.path, a.Status, rows, want)
		}
	}
	if a := h.visitor().get("/people.csv"); a.Status != 403 || strings.Contains(a.Body, "Dana") {
		t.Errorf("the public reads the people: status %d", a.Status)
	}
}

func TestAnActOnThousandsTellsTheFirstTwenty(t *testing.T) {
	t.Parallel()
	h := open(t, web.Config{})
	h.fill(120)
	v := h.as(officer)
	var ls record.List
	must(t, json.Unmarshal([]byte(v.get("/record.json?object=BIG25-07").Body), &ls))
	i := slices.IndexFunc(ls.Acts, func(a page.ActData) bool { return len(a.Objects) == 20 })
	if i < 0 {
		t.Fatalf("no act on many: %+v", ls.Acts)
	}
	var act record.ProvenAct
	must(t, json.Unmarshal([]byte(v.get(fmt.Sprintf("/record/%d.json", ls.Acts[i].Seq)).Body), &act))
	if all := len(act.Act.Objects); all != 20+ls.Acts[i].More || act.Act.More != 0 || all < 120 {
		t.Errorf("%d objects in all, %d more than listed", all, ls.Acts[i].More)
	}
}
