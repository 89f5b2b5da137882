package lang

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"concord/internal/fault"
)

// Error says to a person what failed: the exact sentence of the error (what [fault.Sentence] says) in this language, with a
// capital and a stop. References, codes, file names and other values in it stay as they are, and so do the words of a
// library. A sentence that no errors.txt has stands in English between ⟨ and ⟩, so that it is seen.
func (l *Lang) Error(err error) string { return l.Say(fault.PhraseOf(err)) }

// Say says a phrase as a sentence, as Error does.
func (l *Lang) Say(p fault.Phrase) string {
	said, ok := l.sentence(p)
	if !ok {
		return "⟨" + said + "⟩"
	}
	return said
}

// Exact is the sentence of Error, and whether it is in this language; if not, it is the English one, unmarked, for those
// who say beside it what they can.
func (l *Lang) Exact(err error) (said string, ok bool) { return l.sentence(fault.PhraseOf(err)) }

func (l *Lang) sentence(p fault.Phrase) (said string, ok bool) {
	if said, ok = l.phrase(p); !ok {
		return l.last.finish(p, p.String()), false
	}
	return l.finish(p, said), true
}

// finish gives a sentence its capital, if it begins with words and not with a value, and its stop.
func (l *Lang) finish(p fault.Phrase, said string) string {
	if l.Tag == "zh" {
		return said + "。"
	}
	if first, size := utf8.DecodeRuneInString(said); !l.beginsWithValue(p) {
		said = string(unicode.ToUpper(first)) + said[size:]
	}
	return said + "."
}

// format is a phrase's format in this language. One of verbs and signs only serves all languages.
func (l *Lang) format(p fault.Phrase) (format string, ok bool) {
	if l.Tag == "en" || !strings.ContainsFunc(verb.ReplaceAllString(p.Format, ""), unicode.IsLetter) {
		return p.Format, true
	}
	format, ok = l.phrases[p.Format]
	return format, ok
}

// phrase says a phrase and the phrases in it; ok is false when one of them is missing.
func (l *Lang) phrase(p fault.Phrase) (said string, ok bool) {
	format, ok := l.format(p)
	if !ok {
		return "", false
	}
	if l.Tag == "en" {
		return p.String(), true
	}
	operands := make([]any, len(p.Args))
	for i, a := range p.Args {
		if inner, words := phraseIn(a); words {
			said, ok := l.phrase(inner)
			if !ok {
				return "", false
			}
			a = said
		}
		operands[i] = operand{l, a}
	}
	return fmt.Sprintf(asV(format), operands...), true
}

// phraseIn gives the phrase that an operand is; an error that is none of ours keeps its words.
func phraseIn(a any) (p fault.Phrase, ok bool) {
	switch a := a.(type) {
	case fault.Phrase:
		return a, true
	case error:
		if _, ours := errors.AsType[*fault.Error](a); ours {
			return fault.PhraseOf(a), true
		}
	}
	return p, false
}

// beginsWithValue says whether the first thing in the sentence is a value: a file's name keeps its small letter.
func (l *Lang) beginsWithValue(p fault.Phrase) bool {
	format, _ := l.format(p)
	at := verb.FindStringSubmatchIndex(format)
	if at == nil || at[0] != 0 {
		return false
	}
	n := 1
	if at[4] >= 0 {
		n, _ = strconv.Atoi(format[at[4]:at[5]])
	}
	if n > len(p.Args) {
		return true
	}
	inner, words := phraseIn(p.Args[n-1])
	return !words || l.beginsWithValue(inner)
}

// verb is a place of an operand: flags, the operand's number in brackets, the letter.
var verb = regexp.MustCompile(`%([+#.0-9]*)(?:\[([1-9])\])?([a-zA-Z%])`)

// asV puts %v in the place of %w, which only errors are made with.
func asV(format string) string {
	return verb.ReplaceAllStringFunc(format, func(v string) string {
		if strings.HasSuffix(v, "w") {
			return v[:len(v)-1] + "v"
		}
		return v
	})
}

// operand is a value as a language writes it: a thing with names by its name, %q with the language's quotation marks, a fraction with its comma.
type operand struct {
	l     *Lang
	value any
}

func (o operand) Format(f fmt.State, letter rune) {
	if names, ok := o.value.(interface{ In(lang string) string }); ok {
		o.value = names.In(o.l.Tag)
	}
	v := reflect.ValueOf(o.value)
	switch {
	case letter == 'q' && v.Kind() == reflect.String:
		fmt.Fprint(f, o.l.quoted(v.String()))
	case letter == 'f' && o.l.Tag == "ru":
		fmt.Fprint(f, strings.Replace(fmt.Sprintf(fmt.FormatString(f, letter), o.value), ".", ",", 1))
	default:
		fmt.Fprintf(f, fmt.FormatString(f, letter), o.value)
	}
}

// quoted puts a value between the language's quotation marks; what cannot be seen in it is written as in Go.
func (l *Lang) quoted(s string) string {
	inner := strconv.Quote(s)
	inner = strings.ReplaceAll(inner[1:len(inner)-1], `\"`, `"`)
	if l.Tag == "ru" {
		return "«" + inner + "»"
	}
	return "“" + inner + "”"
}
