package say_test

import (
	"fmt"
	"io/fs"
	"testing"
	"time"

	"concord/calendar"
	"concord/commitment"
	"concord/internal/lang"
	"concord/internal/say"
	"concord/mechanism"
	"concord/packs"
)

// words are those of this package and of the machinery of languages.
var words = lang.Must(lang.New(say.Source()))

// founded is the state after the acts of the shipped pack.
func founded(t testing.TB) say.State {
	t.Helper()
	files, err := fs.Sub(packs.FS, "china-central-asia")
	if err != nil {
		t.Fatal(err)
	}
	pack, err := mechanism.LoadPack(files)
	if err != nil {
		t.Fatal(err)
	}
	m := mechanism.New()
	for i, act := range pack.Acts() {
		m.Apply(act, mechanism.Entry{Seq: int64(i), Time: time.Unix(0, 0), Actor: mechanism.Actor{Person: "founder", Office: mechanism.Founder}, Visibility: mechanism.Public})
	}
	return m.As(mechanism.Actor{})
}

func TestValuesAreSaidInEachLanguage(t *testing.T) {
	t.Parallel()
	state := founded(t)
	kz := mechanism.Actor{Person: "nobody", Office: mechanism.Coordinator, Party: "KZ"}
	for tag, want := range map[string][]string{
		"en": {"Kazakhstan", "national coordinator, Kazakhstan", "Clause 3", "the public (signed out)"},
		"ru": {"Казахстан", "национальный координатор, Казахстан", "Пункт 3", "посетитель (без входа)"},
		"zh": {"哈萨克斯坦", "", "", ""},
	} {
		w := say.In(words.For(tag), state)
		got := []string{w.PartyName("KZ"), w.Role(kz), w.ClauseName("3"), w.Role(mechanism.Actor{})}
		for i := range want {
			if want[i] != "" && got[i] != want[i] {
				t.Errorf("%s: %q, want %q", tag, got[i], want[i])
			}
		}
	}
}

func TestWhatIsNotKnownStandsAsItIs(t *testing.T) {
	t.Parallel()
	w := say.In(words.For("en"), founded(t))
	for _, got := range []string{
		w.PartyName("QQ"), w.TrackName("QQ"), w.BodyName("QQ"), w.TextTitle("QQ"), w.Instrument("QQ"), w.Modifier("QQ"), w.LanguageName("QQ"), w.Reason("QQ"),
		w.ObjectName("party:QQ"), w.ObjectName("meeting:QQ"), w.ObjectName("person:QQ"), w.ObjectName("commitment:QQ"),
	} {
		if got != "QQ" {
			t.Errorf("%q", got)
		}
	}
}

func TestAReasonOfTheManualIsSaidWithAPersonsOwnWords(t *testing.T) {
	t.Parallel()
	w := say.Words{Lang: words.For("en")}
	if plain, own := w.Reason("welcome"), w.Reason("welcome: see clause 3"); plain == "welcome" || own != plain+": see clause 3" {
		t.Errorf("%q and %q", plain, own)
	}
}

func TestADeadlineIsSaidByItsWindow(t *testing.T) {
	t.Parallel()
	w := say.Words{Lang: words.For("en")}
	for value, said := range map[string]string{
		"2028-02": "February 2028", "2027-01-01/2027-06-30": "first half of 2027", "P5Y": "within 5 years",
	} {
		if got := w.Deadline(&commitment.Deadline{Value: calendar.MustWindow(value)}); got != said {
			t.Errorf("%s is said %q, want %q", value, got, said)
		}
	}
	if w.Deadline(nil) != "" {
		t.Error("no deadline has words")
	}
}

func ExampleWords() {
	w := say.Words{Lang: words.For("en")} // no state: nothing is looked up
	fmt.Println(w.Deadline(&commitment.Deadline{Value: calendar.MustWindow("NOW")}))
	fmt.Println(w.StrengthName(commitment.Decide))
	// Output:
	// at once
	// decide
}
