package statement

import (
	"slices"
	"strings"
	"testing"
)

// Each repair can be undone: the words of the reading lead back to the code points as they came, damage and all, and
// nothing before or after them. A commitment's span on the screen is thereby a span of the file that a lawyer holds.
func TestEveryRepairLeadsBackToTheFile(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, text, words, source string }{
		{PinyinGloss, "各方发表联(lián)合声明。", "联合声明", "联(lián)合声明"},
		{PinyinGloss, "各方发表联(lián)合声明。", "联", "联(lián)"}, // a gloss belongs to what it reads
		{PinyinGloss, "各方发表联(lián)合声明。", "合声明", "合声明"},
		{PinyinGloss, "各方发表联合(lián hé)声明。", "联合", "联合(lián hé)"},
		{RepeatedGloss, "各方发表联(lian)(lian)合声明。", "联合声明", "联(lian)(lian)合声明"},
		{TraditionalScript, "各方發表聯合聲明。", "发表联合声明", "發表聯合聲明"},
		{TraditionalScript, "各方發表聯合聲明。", "联", "聯"},
		{DoubledSign, "各方同意。。各方合作。", "各方合作。", "各方合作。"},
		{DoubledSign, "各方同意。。各方合作。", "同意。各方", "同意。。各方"},
		{LostSign, "Саммит «Китай ? Центральная Азия» состоится.", "Китай — Центральная", "Китай ? Центральная"},
		{LostSign, "Стороны (далее ?стороны форума?) договорились.", "«стороны форума»", "?стороны форума?"},
		{PageFurniture, "Joint Statement\n1. The Parties agreed\nShare\nto meet and to trade with one another.\n", "agreed\nto meet", "agreed\nShare\nto meet"},
		{PageFurniture, "Share\nJoint Statement\n1. The Parties agreed.\n", "Joint Statement", "Joint Statement"},
		{Invisible, "The co\u00adope\u200bration of the Parties", "cooperation", "co\u00adope\u200bration"},
		{Invisible, "The co\u00adoperation\u200b of the Parties", "of the", "of the"},
		{PlainSpace, "от 1\u00a0декабря 2024\u202fгода", "1 декабря", "1\u00a0декабря"},
		{PlainSpace, "The Parties agree.\u2028They meet.", "agree.\nThey", "agree.\u2028They"},
		{Composition, "Сторонами выражен и\u0306 е\u0308 согласие", "й ё", "и\u0306 е\u0308"},
		{Composition, "of\ufb01cial \uf9f4\u2f00 words of the Parties", "official", "of\ufb01cial"},
		{LookAlike, "Стoроны будут рaзвивать сотрудничество.", "Стороны будут развивать", "Стoроны будут рaзвивать"},
		{Mojibake, "The Partiesâ€™ â€œroad mapâ€\u009d in full", "Parties’ “road map”", "Partiesâ€™ â€œroad mapâ€\u009d"},
		{Mojibake, "Стороны вЂ“ участники форума", "– участники", "вЂ“ участники"},
		{Hyphenation, "Regional cooperation matters. The Parties will deepen coo-\nperation in trade.", "deepen cooperation in", "deepen coo-\nperation in"},
	} {
		d := read(t, "text.txt", c.text)
		if !slices.ContainsFunc(d.Edits, func(e Edit) bool { return e.Kind == c.kind }) {
			t.Errorf("%q: no repair of kind %s among %s", c.text, c.kind, what(d.Edits))
			continue
		}
		at := strings.Index(d.Reading, c.words)
		if at < 0 {
			t.Errorf("%q: %q is not in %q", c.text, c.words, d.Reading)
			continue
		}
		if got := d.Quote(at, at+len(c.words)); got != c.source {
			t.Errorf("%s: %q comes from %q, want %q", c.kind, c.words, got, c.source)
		}
		span := d.Source(at, at+len(c.words))
		if got := string([]rune(c.text)[span.Start:span.End]); got != c.source {
			t.Errorf("%s: %q comes from the code points %v, %q; want %q", c.kind, c.words, span, got, c.source)
		}
	}
}

// Putting Was back in the place of Now, repair by repair from the last to the first, gives the file: the list of repairs
// is the whole difference, and nothing was changed in silence.
func TestUndoingAllRepairsGivesTheFile(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		damaged := newDamage(seed).all(bracketed)
		d := read(t, "text.txt", damaged)
		if got := undone(t, d); got != damaged {
			t.Fatalf("seed %d: undone reads\n%s", seed, firstDifference(got, damaged))
		}
	}
}

// undone undoes the repairs of a plain text by what the repairs say alone, on the reading alone.
func undone(t *testing.T, d *Document) string {
	t.Helper()
	text := []rune(d.Reading)
	shift := 0 // code points of the file less those of the reading, before the repair at hand
	for _, e := range d.Edits {
		shift += len([]rune(e.Was)) - len([]rune(e.Now))
	}
	for _, e := range slices.Backward(d.Edits) {
		was, now := []rune(e.Was), []rune(e.Now)
		shift -= len(was) - len(now)
		from := e.Start - shift
		if string(text[from:from+len(now)]) != e.Now {
			t.Fatalf("%+v: the reading has %q there", e, string(text[from:from+len(now)]))
		}
		text = slices.Replace(text, from, from+len(now), was...)
	}
	return string(text)
}

// Several kinds of damage on one word become one chain of exact repairs, none of which hides another's traces.
func TestDamageUponDamage(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, reading string }{
		{"a Traditional character, glossed, in a doubled sentence", "各方發(fā)表聯(lián)合聲明。。", "各方发表联合声明。"},
		{"a gloss broken by a soft hyphen", "各方发表联(li\u00adán)合声明。", "各方发表联合声明。"},
		{"a gloss whose tone mark stands apart", "各方发表联(lia\u0301n)合声明。", "各方发表联合声明。"},
		{"a gloss with a no-break space", "各方发表联合(lián\u00a0hé)声明。", "各方发表联合声明。"},
		{"a compatibility ideograph that is Traditional", "各方支持\uf9dc明與\uf9b5子，發表聯合聲明。", "各方支持隆明与例子，发表联合声明。"},
		{"look-alikes in a word broken by a mark of no width", "Стo\u200bроны будут сотрудничать.", "Стороны будут сотрудничать."},
		{"furniture in Traditional characters", "聯合聲明\n一、各方同意。\n責任編輯：王某\n", "联合声明\n一、各方同意。\n"},
		{"furniture with glosses", "联合声明\n一、各方同意。\n责任编(biān)辑：王某\n", "联合声明\n一、各方同意。\n"},
	} {
		d := read(t, "text.txt", c.text)
		if d.Reading != c.reading {
			t.Errorf("%s: reads %q, want %q", c.name, d.Reading, c.reading)
		}
		checkEdits(t, d)
		if got := undone(t, d); got != c.text {
			t.Errorf("%s: undone is %q, want %q", c.name, got, c.text)
		}
	}
}

// Reading a reading changes nothing: what a repair leaves is not damage to another one.
func TestReadingAReadingChangesNothing(t *testing.T) {
	t.Parallel()
	texts := map[string]string{"Russian": russianText, "English": englishStatement, "agreement": englishAgreement}
	for seed := range uint64(25) {
		texts["damaged "+string(rune('a'+seed))] = newDamage(seed).all(bracketed)
	}
	for name, text := range texts {
		first := read(t, "a.txt", text)
		second := read(t, "a.txt", first.Reading)
		if len(second.Edits) > 0 || second.Reading != first.Reading {
			t.Errorf("%s: read again it is repaired again: %s", name, what(second.Edits))
		}
		if second.Content != first.Content || idsOf(second) != idsOf(first) {
			t.Errorf("%s: read again it has the clauses %s, before %s", name, idsOf(second), idsOf(first))
		}
		if !slices.Equal(second.Paragraphs, first.Paragraphs) {
			t.Errorf("%s: read again its paragraphs differ", name)
		}
	}
}

// Source answers for any range at all: it never panics, never leaves the file, never turns round; and a larger range
// comes from a larger span.
func TestSourceIsTotalAndMonotone(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		newDamage(3).all(bracketed),
		"<html><nav>m</nav><p>A &amp; B<p>聯(lián)合&nbsp;聲明</html>",
		"\u200b\u200bпримечание\u200b\u200b", "各(gè)", strings.Repeat("aé各𠀀", 400),
	} {
		d := read(t, "a", text)
		size := len([]rune(d.Original))
		for at := -3; at <= len(d.Reading)+3; at++ {
			for _, width := range []int{-1, 0, 1, 2, 7, 100, 1 << 30} {
				s := d.Source(at, at+width)
				if s.Start < 0 || s.End < s.Start || s.End > size {
					t.Fatalf("bytes %d to %d come from %v of %d", at, at+width, s, size)
				}
				if wider := d.Source(at-1, at+width+1); wider.Start > s.Start || width > 0 && wider.End < s.End {
					t.Fatalf("bytes %d to %d come from %v, a wider range from %v", at, at+width, s, wider)
				}
			}
		}
		if len(d.Reading) > 0 && d.Quote(0, len(d.Reading)) == "" {
			t.Errorf("%.20q: the whole reading comes from nothing", text)
		}
	}
}

// Pieces cover the reading without a gap or overlap, and are short enough to be searched in.
func TestOffsetsCoverTheReading(t *testing.T) {
	t.Parallel()
	for seed := range uint64(10) {
		d := read(t, "a.txt", newDamage(seed).all(strings.Repeat(bracketed+"\n", 3)))
		at, from := 0, 0
		for i, p := range d.offsets {
			if p.read != at || p.readEnd <= p.read || p.from < from || p.to < p.from || p.pointEnd < p.point {
				t.Fatalf("seed %d: piece %d is %+v after byte %d, %d", seed, i, p, at, from)
			}
			if p.readEnd-p.read > pieceBytes+3 {
				t.Errorf("seed %d: piece %d has %d bytes", seed, i, p.readEnd-p.read)
			}
			at, from = p.readEnd, p.to
		}
		if at != len(d.Reading) {
			t.Errorf("seed %d: pieces end at %d of %d", seed, at, len(d.Reading))
		}
	}
}
