package statement

import (
	"strings"
	"unicode/utf8"
)

// digitOf is the value of an ASCII or full-width digit, or -1.
func digitOf(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= '０' && r <= '９':
		return int(r - '０')
	}
	return -1
}

// enclosed is the value of a number that is one character with its circle, parentheses or stop (① ⑴ ⒈), or 0.
func enclosed(r rune) int {
	for _, first := range [...]rune{'①', '⑴', '⒈'} {
		if r >= first && r < first+20 {
			return int(r-first) + 1
		}
	}
	return 0
}

// mostRead is the largest value that a number is read as; a longer row of digits reads as no more.
const mostRead = 1_000_000

// arabic reads the digits at the head of s: their value and their bytes.
func arabic(s string) (value, size int) {
	for i, r := range s {
		d := digitOf(r)
		if d < 0 {
			return value, i
		}
		value = min(value*10+d, mostRead)
	}
	return value, len(s)
}

// anyNumber reads an arabic, Chinese or capital roman number, or a capital letter, at the head of s.
func anyNumber(s string) (value, size int) {
	if v, n := arabic(s); n > 0 {
		if v > largestNumber {
			return 0, 0
		}
		return v, n
	}
	if v, n := hanNumber(s); n > 0 {
		return v, n
	}
	end := 0
	for end < len(s) && (s[end] >= 'A' && s[end] <= 'Z') {
		end++
	}
	if end == 1 && !strings.Contains("IVX", s[:1]) {
		return letterValue(s[:1]), 1
	}
	if v := romanValue(s[:end]); v > 0 {
		return v, end
	}
	if r, n := utf8.DecodeRuneInString(s); r >= 'Ⅰ' && r <= 'Ⅻ' {
		return int(r-'Ⅰ') + 1, n
	}
	return 0, 0
}

// hanDigit is the value of a Chinese digit, or -1.
func hanDigit(r rune) int {
	for i, d := range []rune("〇一二三四五六七八九十") {
		if r == d {
			return i
		}
	}
	if r == '百' {
		return 100
	}
	return -1
}

// hanNumber reads a Chinese number at the head of s, exact below 1,000 and at most mostRead: 四, 十一, 三十, 一百零二.
func hanNumber(s string) (value, size int) {
	digit := 0
	for i, r := range s {
		d := hanDigit(r)
		if r == '零' && i > 0 {
			d = 0
		}
		switch {
		case d < 0:
			return min(value+digit, mostRead), i
		case d < 10:
			digit = min(digit*10+d, mostRead)
		default: // 十 and 百 multiply the digit before them
			value, digit = min(value+max(digit, 1)*d, mostRead), 0
		}
	}
	return min(value+digit, mostRead), len(s)
}

const romanDigits = "ivxlc"

// romanValue is the value of a roman numeral below 100 in one case, well formed, or 0.
func romanValue(s string) int {
	if r, n := utf8.DecodeRuneInString(s); n == len(s) && r >= 'Ⅰ' && r <= 'Ⅻ' {
		return int(r-'Ⅰ') + 1
	}
	if s == "" || len(s) > 8 {
		return 0
	}
	lower := strings.ToLower(s)
	if lower != s && strings.ToUpper(s) != s {
		return 0
	}
	worth := [...]int{1, 5, 10, 50, 100}
	total, last := 0, 0
	for i := len(lower) - 1; i >= 0; i-- {
		at := strings.IndexByte(romanDigits, lower[i])
		if at < 0 {
			return 0
		}
		if worth[at] < last {
			total -= worth[at]
		} else {
			total, last = total+worth[at], worth[at]
		}
	}
	if romanNumeral(total) != strings.ToUpper(s) {
		return 0
	}
	return total
}

// romanNumeral writes n, from 1 to 399, as a roman numeral.
func romanNumeral(n int) string {
	if n <= 0 || n > 399 {
		return ""
	}
	var b strings.Builder
	for _, step := range [...]struct {
		worth int
		sign  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= step.worth; n -= step.worth {
			b.WriteString(step.sign)
		}
	}
	return b.String()
}

func romanForm(s string) string {
	if s[0] >= 'a' && s[0] <= 'z' { // the characters Ⅰ to Ⅻ count as capitals
		return "i"
	}
	return "I"
}

// The alphabets that points are lettered by; lists in Russian leave out ё, й and the signs.
const (
	latinLetters    = "abcdefghijklmnopqrstuvwxyz"
	cyrillicLetters = "абвгдежзиклмнопрстуфхцчшщэюя"
)

// letterValue is the place in its alphabet of a single letter, or of a doubled one after the alphabet has run out
// ((aa) after (z)), or 0.
func letterValue(s string) int {
	lower := strings.ToLower(s)
	first, size := utf8.DecodeRuneInString(lower)
	doubled := lower == lower[:size]+lower[:size]
	if size != len(lower) && !doubled {
		return 0
	}
	for _, alphabet := range []string{latinLetters, cyrillicLetters} {
		letters := []rune(alphabet)
		for i, r := range letters {
			if r == first && doubled {
				return len(letters) + i + 1
			}
			if r == first {
				return i + 1
			}
		}
	}
	return 0
}

// letterForm tells small letters from capitals and the alphabets from each other.
func letterForm(s string) string {
	r := firstRune(s)
	switch {
	case r >= 'a' && r <= 'z':
		return "a"
	case r >= 'A' && r <= 'Z':
		return "A"
	case strings.ToLower(s) == s:
		return "а"
	}
	return "А"
}
