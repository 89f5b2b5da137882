package record_test

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"concord/internal/fault"
	"concord/record"
	"concord/record/recordtest"
)

func someHeader() record.Header {
	return record.Header{
		Seq: 41, Time: time.Date(2024, 12, 1, 1, 30, 0, 123_456_000, time.UTC), Kind: "note.add", Visibility: "parties",
		Actor:      record.Actor{Person: "a-karimova", Party: "KZ", Office: "secretariat.officer"},
		Body:       record.DigestOf([]byte("{}")),
		Signatures: []record.Signature{{Key: "k1", Value: "AA=="}, {Key: "k2", Value: "AQ=="}},
	}
}

// The form of a header is written out here once, by hand, after docs/record-format.md: whoever writes another verifier
// must find exactly these bytes.
func TestTheBytesOfAHeader(t *testing.T) {
	t.Parallel()
	const want = `{"actor":{"office":"secretariat.officer","party":"KZ","person":"a-karimova"},` +
		`"body":"44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","kind":"note.add","seq":41,` +
		`"signatures":[{"key":"k1","value":"AA=="},{"key":"k2","value":"AQ=="}],"time":"2024-12-01T01:30:00.123456Z","visibility":"parties"}`
	if got := string(someHeader().Encode()); got != want {
		t.Errorf("the bytes are\n%s, want\n%s", got, want)
	}
}

// Every header has one form. Whatever says the same in other bytes, as careless or hostile writers might, is refused.
func TestOtherFormsOfAHeaderAreRefused(t *testing.T) {
	t.Parallel()
	one := string(someHeader().Encode())
	if _, err := record.ParseHeader([]byte(one)); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string][2]string{
		"a blank after a colon":          {`"seq":41`, `"seq": 41`},
		"a blank before a name":          {`,"kind"`, `, "kind"`},
		"another order":                  {`"office":"secretariat.officer","party":"KZ"`, `"party":"KZ","office":"secretariat.officer"`},
		"an escape that need not be":     {`"KZ"`, `"\u004bZ"`},
		"an escaped slash":               {`"AA=="`, `"AA\/"`},
		"capitals in an escape":          {`"KZ"`, `"\u000B"`},
		"a long escape for a short one":  {`"KZ"`, `"\u000a"`},
		"half a pair of surrogates":      {`"KZ"`, `"\ud800"`},
		"a pair of surrogates escaped":   {`"KZ"`, `"\ud83d\ude00"`},
		"a raw control character":        {`"KZ"`, "\"K\x01\""},
		"broken UTF-8":                   {`"KZ"`, "\"K\xff\""},
		"capitals in the digest":         {`44136fa3`, `44136FA3`},
		"a short digest":                 {`44136fa3`, `44136fa`},
		"no digits in the digest":        {`44136fa3`, `44136fag`},
		"a zero before the number":       {`"seq":41`, `"seq":041`},
		"a sign before the number":       {`"seq":41`, `"seq":+41`},
		"a number below zero":            {`"seq":41`, `"seq":-41`},
		"a fraction":                     {`"seq":41`, `"seq":41.0`},
		"an exponent":                    {`"seq":41`, `"seq":41e0`},
		"the number as a string":         {`"seq":41`, `"seq":"41"`},
		"no number":                      {`"seq":41`, `"seq":`},
		"a number that JSON rounds":      {`"seq":41`, `"seq":9007199254740993`},
		"a number beyond all":            {`"seq":41`, `"seq":99999999999999999999`},
		"another zone":                   {`01:30:00.123456Z`, `09:30:00.123456+08:00`},
		"small letters in the instant":   {`T01:30:00.123456Z`, `t01:30:00.123456z`},
		"fewer digits of the instant":    {`.123456Z`, `.12345Z`},
		"no digits of the instant":       {`.123456Z`, `Z`},
		"a day that there is not":        {`2024-12-01`, `2024-02-30`},
		"an hour that there is not":      {`T01:30`, `T24:30`},
		"a comma too many":               {`"AQ=="}]`, `"AQ=="},]`},
		"a comma too few":                {`},{"key"`, `}{"key"`},
		"a name twice":                   {`"seq":41`, `"seq":41,"seq":41`},
		"a name that is none":            {`"seq":41`, `"sequence":41`},
		"one name more":                  {`"visibility":"parties"`, `"visibility":"parties","x":1`},
		"one name less":                  {`,"visibility":"parties"`, ``},
		"no kind":                        {`"kind":"note.add"`, `"kind":""`},
		"nobody may see it":              {`"visibility":"parties"`, `"visibility":""`},
		"null for a name":                {`"party":"KZ"`, `"party":null`},
		"null for the signatures":        {`[{"key":"k1","value":"AA=="},{"key":"k2","value":"AQ=="}]`, `null`},
		"a signature without value":      {`{"key":"k2","value":"AQ=="}`, `{"key":"k2"}`},
		"an apostrophe for a quote":      {`"KZ"`, `'KZ'`},
		"a string that never ends":       {`"visibility":"parties"}`, `"visibility":"parties`},
		"an escape at the very end":      {`"visibility":"parties"}`, `"visibility":"parties\`},
		"something after the end":        {`"parties"}`, `"parties"} `},
		"a line's end after it":          {`"parties"}`, "\"parties\"}\n"},
		"a byte-order mark before it":    {`{"actor"`, "\ufeff{\"actor\""},
		"a byte that is no character of": {`"note.add"`, "\"note\x80add\""},
	} {
		other := strings.Replace(one, change[0], change[1], 1)
		if other == one {
			t.Fatalf("%s: nothing was changed", name)
		}
		if h, err := record.ParseHeader([]byte(other)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %s is read as %+v, %v", name, other, h, err)
		}
	}
	for end := range one {
		if _, err := record.ParseHeader([]byte(one[:end])); fault.KindOf(err) != fault.Invalid {
			t.Errorf("cut at byte %d it is read: %v", end, err)
		}
	}
	if _, err := record.ParseHeader(make([]byte, record.MaxHeader+1)); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a header beyond its bound: %v", err)
	}
}

// canonical writes JSON anew in the form of RFC 8785 as encoding/json can: names in order, no blanks, shortest escapes. It
// is another way to the same bytes, by a library that knows nothing of headers.
func canonical(t *testing.T, leaf []byte) string {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(leaf))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%s is not JSON: %v", leaf, err)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer(`\u2028`, "\u2028", `\u2029`, "\u2029").Replace(strings.TrimSuffix(b.String(), "\n"))
}

// Whatever names people bear, a header is canonical JSON, comes back as it went, and differs from every other.
func TestHeadersOfAnyNames(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	runes := []rune("aZ09 \"\\/<>&'\b\f\n\r\t\x00\x1f\x7f\u0085\u2028\u2029é各ә\U0001F600\uFFFD{}[],:u")
	name := func() string {
		var b strings.Builder
		for range r.IntN(9) {
			b.WriteRune(runes[r.IntN(len(runes))])
		}
		return strings.ReplaceAll(b.String(), `\u202`, "")
	}
	seen := map[string]record.Header{}
	for i := range int64(3000) {
		h := record.Header{
			Seq: i, Time: time.UnixMicro(r.Int64N(4e15)).UTC(), Kind: "k" + name(), Visibility: "v" + name(), Body: record.DigestOf([]byte(name())),
			Actor: record.Actor{Person: name(), Party: name(), Office: name()},
		}
		for range r.IntN(3) {
			h.Signatures = append(h.Signatures, record.Signature{Key: name(), Value: name()})
		}
		leaf := h.Encode()
		if got := canonical(t, leaf); got != string(leaf) {
			t.Fatalf("the header is\n%s, canonical would be\n%s", leaf, got)
		}
		back, err := record.ParseHeader(leaf)
		if err != nil || string(back.Encode()) != string(leaf) || !back.Time.Equal(h.Time) || back.Actor != h.Actor || len(back.Signatures) != len(h.Signatures) {
			t.Fatalf("%s comes back as %+v, %v", leaf, back, err)
		}
		if other, taken := seen[string(leaf)]; taken {
			t.Fatalf("%+v and %+v have the same bytes", other, h)
		}
		seen[string(leaf)] = h
	}
}

func TestDigestsAsText(t *testing.T) {
	t.Parallel()
	d := record.DigestOf([]byte("abc")) // the example of FIPS 180-2
	const want = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
	text, err := json.Marshal(d)
	if err != nil || string(text) != `"`+want+`"` || d.String() != want {
		t.Errorf("the digest is %s, %v", text, err)
	}
	var back record.Digest
	if err := json.Unmarshal(text, &back); err != nil || back != d {
		t.Errorf("it comes back as %v, %v", back, err)
	}
	for _, wrong := range []string{"", want[:63], want + "0", strings.Repeat("g", 64), want[:62] + "é"} {
		if err := back.UnmarshalText([]byte(wrong)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q is read as a digest: %v", wrong, err)
		}
	}
}

// An instant is kept to the microsecond and in UTC, wherever and however finely it was measured.
func TestInstantsInHeaders(t *testing.T) {
	ctx := context.Background()
	r := recordtest.Create(t, sqliteConfig(t))
	bishkek := time.FixedZone("UTC+6", 6*3600)
	drafts := recordtest.Drafts(0, 4)
	drafts[0].Time = time.Date(2024, 3, 1, 0, 0, 0, 999, bishkek)              // before midnight in UTC, below a microsecond
	drafts[1].Time = time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)                  // the first that can be written
	drafts[2].Time = time.Date(9999, 12, 31, 23, 59, 59, 999_999_999, bishkek) // the last second
	drafts[3].Time = time.Date(2016, 12, 31, 23, 59, 60, 0, time.UTC)          // a leap second is the next second
	if _, err := r.Append(ctx, 0, drafts); err != nil {
		t.Fatal(err)
	}
	want := []string{"2024-02-29T18:00:00.000000Z", "0001-01-01T00:00:00.000000Z", "9999-12-31T17:59:59.999999Z", "2017-01-01T00:00:00.000000Z"}
	for e, err := range r.Read(ctx, 0, 4) {
		if err != nil || e.Time.Format(record.TimeFormat) != want[e.Seq] || !strings.Contains(string(e.Leaf), want[e.Seq]) {
			t.Errorf("instant %d is %v, %v, want %s", e.Seq, e.Time, err, want[e.Seq])
		}
	}
	for _, year := range []int{-1, 0, 10_000} {
		draft := recordtest.Drafts(4, 1)
		draft[0].Time = time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)
		if _, err := r.Append(ctx, 4, draft); fault.KindOf(err) != fault.Invalid {
			t.Errorf("the year %d: %v", year, err)
		}
	}
}

// A checkpoint is believed only from the record's own key, whole, in its one form.
func TestCheckpointsOfOthersAreRefused(t *testing.T) {
	t.Parallel()
	const name = "example.org/four-rivers"
	skey, vkey, err := note.GenerateKey(nil, name)
	if err != nil {
		t.Fatal(err)
	}
	_, otherKey, err := note.GenerateKey(nil, name)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		t.Fatal(err)
	}
	sign := func(text string) []byte {
		signed, err := note.Sign(&note.Note{Text: text}, signer)
		if err != nil {
			t.Fatal(err)
		}
		return signed
	}
	root := tlog.RecordHash([]byte("x")).String()
	good := sign(name + "\n12\n" + root + "\n")
	if head, err := record.OpenCheckpoint(good, vkey); err != nil || head.Size != 12 || head.Root.String() != root {
		t.Fatalf("a sound checkpoint is read as %+v, %v", head, err)
	}
	if head, err := record.OpenCheckpoint(sign(name+"\n12\n"+root+"\nan extension of others\n"), vkey); err != nil || head.Size != 12 {
		t.Errorf("a checkpoint with an extension line: %+v, %v", head, err)
	}
	for what, signed := range map[string][]byte{
		"nothing":                    nil,
		"not signed":                 []byte(name + "\n12\n" + root + "\n"),
		"signed text changed":        bytes.Replace(good, []byte("\n12\n"), []byte("\n13\n"), 1),
		"cut":                        good[:len(good)-2],
		"another origin":             sign("example.org/other\n12\n" + root + "\n"),
		"an origin that begins so":   sign(name + "/more\n12\n" + root + "\n"),
		"a size with a zero before":  sign(name + "\n012\n" + root + "\n"),
		"a size with a sign":         sign(name + "\n+12\n" + root + "\n"),
		"a size below zero":          sign(name + "\n-12\n" + root + "\n"),
		"a size that is none":        sign(name + "\ntwelve\n" + root + "\n"),
		"a size with a blank":        sign(name + "\n12 \n" + root + "\n"),
		"a size beyond all":          sign(name + "\n99999999999999999999\n" + root + "\n"),
		"no root":                    sign(name + "\n12\n\n"),
		"a short root":               sign(name + "\n12\n" + root[4:] + "\n"),
		"a root in another alphabet": sign(name + "\n12\n" + strings.Repeat("-", 43) + "=\n"),
		"lines of Windows":           sign(name + "\r\n12\r\n" + root + "\r\n"),
		"two lines":                  sign(name + "\n12\n"),
	} {
		if head, err := record.OpenCheckpoint(signed, vkey); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: it is read as %+v, %v", what, head, err)
		}
	}
	for _, key := range []string{otherKey, "", "no key", vkey + "x"} {
		if _, err := record.OpenCheckpoint(good, key); fault.KindOf(err) != fault.Invalid {
			t.Errorf("with the key %q it is believed: %v", key, err)
		}
	}
}

// A record is not made where its name or key would not do, and then nothing is left but what was there.
func TestRecordsThatCannotBeMade(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	key := func(origin string) string {
		skey, _, err := note.GenerateKey(nil, origin)
		if err != nil {
			t.Fatal(err)
		}
		return skey + "\n"
	}
	for _, c := range []struct {
		name, origin, key string
		kind              fault.Kind
	}{
		{"no name", "", "", fault.Invalid},
		{"a name with a blank", "four rivers", "", fault.Invalid},
		{"a name with a plus sign", "four+rivers", "", fault.Invalid},
		{"a name on two lines", "four\nrivers", "", fault.Invalid},
		{"the key of another record", recordtest.Origin, key("example.org/other"), fault.Conflict},
		{"a key file of words", recordtest.Origin, "no key\n", fault.Unavailable},
		{"an empty key file", recordtest.Origin, "", fault.Unavailable},
		{"half a key", recordtest.Origin, key(recordtest.Origin)[:40], fault.Unavailable},
	} {
		dir := t.TempDir()
		cfg := record.Config{DSN: filepath.Join(dir, "record.db"), Origin: c.origin}
		if c.key != "" || c.name == "an empty key file" {
			write(t, cfg.DSN+".key", []byte(c.key))
		}
		before := contents(t, dir)
		r, err := record.Create(ctx, cfg)
		if err == nil {
			r.Close()
		}
		if fault.KindOf(err) != c.kind {
			t.Errorf("%s: %q, %v", c.name, fault.KindOf(err), err)
		}
		if after := contents(t, dir); len(after) != len(before) || after["record.db.key"] != before["record.db.key"] {
			t.Errorf("%s: the folder had %d files and has %d", c.name, len(before), len(after))
		}
	}
	cfg := record.Config{DSN: filepath.Join(t.TempDir(), "no", "such", "folder", "record.db"), Origin: recordtest.Origin}
	if _, err := record.Create(ctx, cfg); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("in a folder that is not there: %v", err)
	}
	if _, err := os.Stat(filepath.Dir(cfg.DSN)); err == nil {
		t.Error("a folder was made")
	}
}

// The key that signs is made once; a record made anew beside it has the same key.
func TestAKeyOutlivesItsRecord(t *testing.T) {
	t.Parallel()
	cfg := sqliteConfig(t)
	r := recordtest.Create(t, cfg)
	first := r.PublicKey()
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(cfg.DSN); err != nil {
		t.Fatal(err)
	}
	if again := recordtest.Create(t, cfg); again.PublicKey() != first {
		t.Error("the second record has another key")
	}
}

// Paths of tlog-tiles are read as their specification says, and nothing else is.
func TestTilePaths(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]tlog.Tile{
		"tile/0/000":                  {H: 8, L: 0, N: 0, W: 256},
		"tile/0/x001/x234/067":        {H: 8, L: 0, N: 1_234_067, W: 256},
		"tile/3/x001/000.p/17":        {H: 8, L: 3, N: 1000, W: 17},
		"tile/entries/000":            {H: 8, L: -1, N: 0, W: 256},
		"tile/entries/x001/002.p/255": {H: 8, L: -1, N: 1002, W: 255},
	} {
		if got, err := record.ParseTilePath(path); err != nil || got != want {
			t.Errorf("%s is %+v, %v, want %+v", path, got, err, want)
		}
	}
	for _, path := range []string{
		"", "/tile/0/000", "tile/0/0", "tile/0/0000", "tile/0/001/000", "tile/0/x01/000", "tile/00/000", "tile/+1/000", "tile/-1/000", "tile/0/000.p/0",
		"tile/0/000.p/256", "tile/0/000.p/300", "tile/0/000.p/007", "tile/0/000.p", "tile/0/000.p/", "tile/data/000", "tile/8/0/000", "tile/entries/", "tile/entries/data/000",
		"tile/0/000/", "tile/0/%30%30%30", "checkpoint", "tile/0/x999/x999/x999/x999/x999/x999/999",
	} {
		if got, err := record.ParseTilePath(path); fault.KindOf(err) != fault.NotFound {
			t.Errorf("%q is read as %+v, %v", path, got, err)
		}
	}
}
