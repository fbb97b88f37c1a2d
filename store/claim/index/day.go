package index

import (
	"strings"
	"time"
)

var months = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// FindDay gives the last full date written in a text ("February 25, 2016",
// "26 May 2015", "2015-05-26") as days since 1970, 0 if there is none.
func FindDay(text string) int32 {
	var last int32
	for i := 0; i < len(text); i++ {
		if i > 0 && isAlnum(text[i-1]) {
			continue
		}
		if d := dayAt(text[i:]); d != 0 {
			last = d
		}
	}
	return last
}

// dayAt reads a date at the start of s.
func dayAt(s string) int32 {
	c := s[0]
	switch {
	case c >= '0' && c <= '9':
		return numeralDay(s)
	case isUpper(c):
		m, rest := month(s)
		if m == 0 {
			return 0
		}
		d, rest := digits(rest, 2)
		y, _ := digits(strings.TrimPrefix(rest, ","), 4)
		return dayOf(y, m, d)
	}
	return 0
}

// numeralDay reads "26 May 2015" and "2015-05-26".
func numeralDay(s string) int32 {
	n, rest := digits(s, 4)
	if n > 31 && strings.HasPrefix(rest, "-") {
		m, rest := digits(rest[1:], 2)
		if !strings.HasPrefix(rest, "-") {
			return 0
		}
		d, _ := digits(rest[1:], 2)
		return dayOf(n, time.Month(m), d)
	}
	if n == 0 || n > 31 {
		return 0
	}
	m, rest := month(strings.TrimLeft(rest, " "))
	if m == 0 {
		return 0
	}
	y, _ := digits(rest, 4)
	return dayOf(y, m, n)
}

// month reads a month's name, whole or cut short.
func month(s string) (time.Month, string) {
	n := 0
	for n < len(s) && (s[n]|0x20 >= 'a' && s[n]|0x20 <= 'z') {
		n++
	}
	if n < 3 || n > 9 || !isUpper(s[0]) {
		return 0, s
	}
	m := months[strings.ToLower(s[:3])]
	if m == 0 || n > 4 && !strings.EqualFold(s[:n], m.String()) {
		return 0, s
	}
	return m, strings.TrimPrefix(s[n:], ".")
}

// digits reads at most n digits after blanks.
func digits(s string, n int) (int, string) {
	s = strings.TrimLeft(s, " ")
	v, i := 0, 0
	for i < len(s) && i < n && s[i] >= '0' && s[i] <= '9' {
		v = v*10 + int(s[i]-'0')
		i++
	}
	if i == 0 || i < len(s) && s[i] >= '0' && s[i] <= '9' {
		return 0, s
	}
	return v, s[i:]
}

func dayOf(y int, m time.Month, d int) int32 {
	if y < 1900 || y > 2200 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0
	}
	return int32(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}
