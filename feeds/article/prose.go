package article

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// numericDate finds dates that are written without a month's name.
var numericDate = regexp.MustCompile(`\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{4}/\d{1,2}/\d{1,2}\b|(?:\d{4}\s?[年년]\s?)?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]`)

// plainWords are months' names that are common words when they are written
// small.
var plainWords = map[string]bool{"may": true, "march": true, "mar": true, "set": true, "out": true, "ago": true, "mag": true, "gen": true, "lug": true, "mei": true, "dic": true, "mart": true}

// findProseDate finds the first date in running text: half-open byte offsets.
// It looks for a month's name beside a number, in either order, or a numeric
// date. (A regular expression over all the names would cost a hundred times as
// much.)
func findProseDate(text string) (start, end int, found bool) {
	if !strings.ContainsAny(text, "0123456789") {
		return 0, 0, false
	}
	limit := len(text)
	if at := numericDate.FindStringIndex(text); at != nil {
		start, end, found, limit = at[0], at[1], true, at[0]
	}
	for i := 0; i < limit; {
		r, size := utf8.DecodeRuneInString(text[i:])
		if !unicode.IsLetter(r) {
			i += size
			continue
		}
		word := letters(text[i:])
		if from, to, ok := monthAt(text, i, i+len(word)); ok && from < limit {
			return from, to, true
		}
		i += len(word)
	}
	return start, end, found
}

// letters is the run of letters at the start of s.
func letters(s string) string {
	for i, r := range s {
		if !unicode.IsLetter(r) && !unicode.Is(unicode.Mn, r) {
			return s[:i]
		}
	}
	return s
}

const longestMonth = 24 // bytes of a month's name

// monthAt reads a date around the word text[i:j] when it names a month.
func monthAt(text string, i, j int) (start, end int, ok bool) {
	word := text[i:j]
	if len(word) > longestMonth || months[strings.ToLower(word)] == 0 || plainWords[word] {
		return 0, 0, false
	}
	after := j
	if after < len(text) && text[after] == '.' {
		after++
	}
	if day := dayAfter(text, after); day > 0 {
		return i, yearAfter(text, day), true
	}
	if day, ok := dayBefore(text, i); ok {
		if end := yearAfter(text, after); end > after {
			return day, end, true
		}
		return day, j, true
	}
	return 0, 0, false
}

// dayAfter is the end of a day's number that follows position i, 0 when none does.
func dayAfter(text string, i int) int {
	from := skipSpaces(text, i)
	to := skipDigits(text, from)
	if from == i || to == from || to-from > 2 || to < len(text) && text[to] == ':' {
		return 0
	}
	for _, ordinal := range []string{"st", "nd", "rd", "th"} {
		if strings.HasPrefix(text[to:], ordinal) {
			return to + len(ordinal)
		}
	}
	return to
}

// dayBefore is the start of a day's number that ends before position i:
// "14 October", "14th of October", "14. Oktober", "14 de octubre".
func dayBefore(text string, i int) (int, bool) {
	head := strings.TrimRight(text[:i], " \u00a0")
	if len(head) == i && !strings.HasSuffix(head, ".") {
		return 0, false
	}
	for _, particle := range []string{" de", " of", " d'"} {
		head = strings.TrimSuffix(head, particle)
	}
	head = withoutOrdinal(head)
	from := len(head)
	for from > 0 && isDigit(head[from-1]) {
		from--
	}
	if n := len(head) - from; n == 0 || n > 2 {
		return 0, false
	}
	return from, from == 0 || !strings.ContainsRune(":.-", rune(head[from-1]))
}

func withoutOrdinal(head string) string {
	for _, ordinal := range []string{"st", "nd", "rd", "th", ".", "er", "º", "°"} {
		if cut, ok := strings.CutSuffix(head, ordinal); ok {
			return cut
		}
	}
	return head
}

// yearAfter is the end of a year that follows position i, else i itself.
func yearAfter(text string, i int) int {
	from := i
	if from < len(text) && text[from] == ',' {
		from++
	}
	spaced := skipSpaces(text, from)
	for _, particle := range []string{"de ", "del "} {
		if strings.HasPrefix(text[spaced:], particle) {
			spaced += len(particle)
		}
	}
	to := skipDigits(text, spaced)
	if spaced == from || to-spaced != 4 {
		return i
	}
	return to
}

func skipSpaces(text string, i int) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r != ' ' && r != 0xA0 {
			break
		}
		i += size
	}
	return i
}

func skipDigits(text string, i int) int {
	for i < len(text) && isDigit(text[i]) {
		i++
	}
	return i
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }
