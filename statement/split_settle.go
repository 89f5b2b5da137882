package statement

// settle decides which markers hold. A number must fit among its neighbours: "I." is a section only if a "II." comes
// after it, "A. Smith" is a name unless a "B." follows, "4.1" belongs after 4 or before 4.2, and "(i)" is the letter
// after (h) or the first roman numeral.
func settle(list []line, reading string) {
	s := settler{list: list, last: map[string]int{}}
	for i := range list {
		l := &list[i]
		if l.mark.unit == article {
			s.last["article"] = l.mark.value
		}
		if l.mark.unit != numbered {
			continue
		}
		s.readLetter(i)
		if !s.fits(i) {
			l.unmark(reading)
			continue
		}
		s.last[l.mark.form] = l.mark.value
		if l.mark.path != nil {
			s.path = l.mark.path
		}
		if bareForm(l.mark.form) && l.mark.value == 1 {
			s.deeper(l.mark.form)
		}
	}
}

// settler walks down the lines and keeps the last number of each form.
type settler struct {
	list []line
	last map[string]int
	path []int // of the last 4.1
}

// ahead is how many lines are searched for the number that follows: sections are far apart.
const ahead = 400

// readLetter decides between the letter and the roman numeral of (i), (v), (x), (c), (ii).
func (s *settler) readLetter(i int) {
	m := &s.list[i].mark
	if m.roman == 0 {
		return
	}
	asRoman := romanTwin(m.form)
	letter, roman := s.last[m.form] == m.value-1 && m.value > 1, s.last[asRoman] == m.roman-1 || m.roman == 1
	switch {
	case letter && roman && m.roman > 1:
		roman = s.nextMarked(i, asRoman, m.roman+1) || !s.nextMarked(i, m.form, m.value+1)
	case letter && roman:
		roman = s.nextMarked(i, asRoman, 2)
	case !letter && !roman:
		roman = m.roman == 1 || s.last[asRoman] > 0 && s.last[asRoman] < m.roman
	}
	if roman {
		m.form, m.value = asRoman, m.roman
	}
}

// romanTwin is the form of roman numerals that are wrapped as a form of letters is.
func romanTwin(form string) string {
	out := []byte(form)
	for i, c := range out {
		switch c {
		case 'a':
			out[i] = 'i'
		case 'A':
			out[i] = 'I'
		}
	}
	return string(out)
}

// nextMarked says whether the next marker that can be read in a form has the value wanted.
func (s *settler) nextMarked(i int, form string, value int) bool {
	for j := i + 1; j < len(s.list) && j < i+ahead; j++ {
		m := s.list[j].mark
		switch {
		case m.form == form:
			return m.value == value
		case m.roman > 0 && romanTwin(m.form) == form:
			return m.roman == value
		}
	}
	return false
}

// fits says whether the number of line i has the neighbours that its form needs.
func (s *settler) fits(i int) bool {
	l := &s.list[i]
	m := l.mark
	last := s.last[m.form]
	switch {
	case m.path != nil:
		return s.fitsPath(l)
	case bareForm(m.form):
		return m.value == 1 && s.nextMarked(i, m.form, 2) || m.value > 1 && last > 0 && m.value > last && m.value <= last+2
	case m.form == "1." || m.form == "1)":
		return m.value == 1 || last > 0 && m.value <= last+30 || s.nextMarked(i, m.form, m.value+1) || l.words != "" && m.value <= 9
	}
	return true
}

// bareForm is true of numbers that a sentence may begin with by chance: I. A. a. в.
func bareForm(form string) bool {
	switch form {
	case "I.", "A.", "a.", "i.", "А.", "а.":
		return true
	}
	return false
}

// fitsPath holds 4.1 against the paths before it: its first child, its sibling, a child of a numbered 4 or of 4.1.
func (s *settler) fitsPath(l *line) bool {
	path := l.mark.path
	own := path[len(path)-1]
	if measured(l.words) {
		return false
	}
	if own == 1 || len(path) > 2 {
		return true
	}
	if len(s.path) > 0 && s.path[0] == path[0] {
		return true
	}
	return s.last["1."] == path[0] || s.last["article"] == path[0]
}

// measured is true of words that make a number before them a quantity.
func measured(words string) bool {
	for _, unit := range [...]string{"%", "per cent", "percent", "million", "billion", "trillion", "thousand", "km", "млн", "млрд", "тыс",
		"процент", "亿", "万", "个百分点", "百分点", "times"} {
		if foldPrefix(words, unit) > 0 {
			return true
		}
	}
	return false
}

// deeper forgets the lists that begin anew under a new section.
func (s *settler) deeper(form string) {
	if form == "I." {
		delete(s.last, "A.")
	}
}
