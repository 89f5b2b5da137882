package extract

import (
	"slices"
	"strings"
	"unicode/utf8"

	"concord/lexicon"
)

// alias is a name of a party that the text defines (以下简称“赤几”), or one of the names of the lexicon, of which a text
// may use a short form: 赤几方, 巴新方面, 赤几愿.
type alias struct {
	code    string
	name    string
	defined bool // as it stands, not a name to be shortened
}

// readAliases gathers the names of the parties and what the text says they are called for short.
func (r *reading) readAliases() {
	r.aliases = []alias{}
	states := r.lex.Lines(lexicon.States)
	for i := range states {
		if l := &states[i]; l.Detail == "" && slices.Contains(r.parties, l.Class) {
			r.aliases = append(r.aliases, alias{code: l.Class, name: l.Phrase})
		}
	}
	text := r.doc.Reading
	for _, word := range []string{"简称", "下称"} {
		for at := strings.Index(text, word); at >= 0; {
			r.defineAlias(text, at)
			next := strings.Index(text[at+len(word):], word)
			if next < 0 {
				break
			}
			at += len(word) + next
		}
	}
}

// withSides adds to the one party that a text names those that it only calls by a party form, if that can mean but one
// state: 中方.
func (r *reading) withSides(parties []string) []string {
	r.lex.Scan(r.doc.Reading, func(h lexicon.Hit) {
		if l := h.Line; l.Kind == lexicon.States && l.Detail == "party" && !strings.Contains(l.Class, " ") && !slices.Contains(parties, l.Class) {
			parties = append(parties, l.Class)
		}
	})
	return parties
}

// longestDefinition is how far before 简称 the name that is abbreviated may begin, in bytes.
const longestDefinition = 90

// defineAlias reads one 简称 or 下称: the state named last before it and the word in quotes behind it.
func (r *reading) defineAlias(text string, at int) {
	from := max(0, at-longestDefinition)
	for from > 0 && !utf8.RuneStart(text[from]) {
		from++
	}
	code := ""
	r.lex.Scan(text[from:at], func(h lexicon.Hit) {
		if h.Line.Kind == lexicon.States && r.stateOf(h) != "" {
			code = r.stateOf(h)
		}
	})
	rest := strings.TrimLeft(text[at+len("简称"):], "为：: “\"「")
	end := strings.IndexAny(rest, "”\"」）)，。")
	if code != "" && end > len("一") && end <= len("一二三四五六") && slices.Contains(r.parties, code) {
		r.aliases = append(r.aliases, alias{code: code, name: rest[:end], defined: true})
	}
}

// alias gives a party that is named at a place by a short name of its own: one that the text defines, or the beginning
// or a contraction of its name (沙特, 赤几) if only one of the parties can be meant and 方, 方面 or a modal verb follows.
func (z *zhSegment) alias(pos int) *lexicon.Hit {
	if z.r.aliases == nil {
		z.r.readAliases()
	}
	text := z.r.doc.Reading[pos:z.end]
	first, _ := utf8.DecodeRuneInString(text)
	if !slices.ContainsFunc(z.r.aliases, func(a alias) bool { return strings.HasPrefix(a.name, string(first)) }) {
		return nil
	}
	for _, a := range z.r.aliases {
		if a.defined && strings.HasPrefix(text, a.name) {
			return z.aliasHit(a.code, pos, pos+len(a.name))
		}
	}
	for n, c := range text {
		if n > len("一二三") {
			break
		}
		if n == 0 || c != '方' && (n < len("一二") || !z.modalAt(pos+n)) {
			continue
		}
		if code := z.r.shortened(text[:n]); code != "" {
			return z.aliasHit(code, pos, pos+n)
		}
		break
	}
	return nil
}

// aliasHit takes 方 to the name.
func (z *zhSegment) aliasHit(code string, pos, end int) *lexicon.Hit {
	rest := z.r.doc.Reading[end:z.end]
	if strings.HasPrefix(rest, "方") && !strings.HasPrefix(rest, "方面") {
		end += len("方")
	}
	return &lexicon.Hit{Line: &lexicon.Line{Kind: lexicon.States, Class: code, Phrase: z.r.text(pos, end), Rule: "zh/state/" + code}, Start: pos, End: end}
}

// modalAt tells whether a cue that needs a subject stands at a place.
func (z *zhSegment) modalAt(pos int) bool {
	c := z.cueAt(pos)
	return c != nil && (c.Line.Has("modal") || c.Line.Class == "pledge" || c.Line.Class == "decide")
}

// shortened gives the party whose name a short name contracts: it begins alike and keeps the order of its characters.
// Empty when that is true of none or of several.
func (r *reading) shortened(short string) string {
	code := ""
	for _, a := range r.aliases {
		if a.code == code || !contracts(short, a.name) {
			continue
		}
		if code != "" {
			return ""
		}
		code = a.code
	}
	return code
}

// contracts tells whether the characters of short stand in name in the same order, the first at its head.
func contracts(short, name string) bool {
	first, size := utf8.DecodeRuneInString(short)
	if !strings.HasPrefix(name, string(first)) {
		return false
	}
	rest := name[size:]
	for _, c := range short[size:] {
		at := strings.IndexRune(rest, c)
		if at < 0 {
			return false
		}
		rest = rest[at+utf8.RuneLen(c):]
	}
	return true
}
