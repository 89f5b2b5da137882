package mechanism

import (
	"strings"

	"concord/internal/fault"
)

// Names is one thing's name in several languages, keyed by language base: "en", "zh", "ru".
type Names map[string]string

// In gives the name in a language, or in English, or in any language there is (the alphabetically first tag).
func (n Names) In(lang string) string {
	if s := n[lang]; s != "" {
		return s
	}
	if s := n["en"]; s != "" {
		return s
	}
	first := ""
	for tag := range n {
		if first == "" || tag < first {
			first = tag
		}
	}
	return n[first]
}

// String is the name for a reader of English.
func (n Names) String() string { return n.In("en") }

// check holds the names of a thing; what says which thing it is.
func (n Names) check(what fault.Phrase) error {
	for tag, s := range n {
		if strings.TrimSpace(s) == "" {
			return invalid("%s: the name in %q is empty", what, tag)
		}
	}
	if len(n) == 0 {
		return invalid("%s has no name in any language", what)
	}
	return nil
}
