package article

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"attribot/feeds/statement"
)

// Stamp is a date as a source writes it, read into its parts.
type Stamp struct {
	Day   statement.Date // as written, in the stamp's own zone
	At    time.Time      // the instant; zero when no time of day is given
	Zoned bool           // the stamp names its zone
}

// ParseStamp reads a date in any form that feeds and pages use: RFC 822 and
// RFC 3339 with their usual mistakes, and the written forms of English, German,
// French, Spanish, Portuguese, Italian, Russian, Ukrainian, Polish, Turkish,
// Arabic, Chinese, Japanese and Korean. A date without a zone is in the
// outlet's; unknown, it is in UTC. Of 3/4/2024 the first is the day, unless
// monthFirst.
func ParseStamp(s string, zone *time.Location, monthFirst bool) (Stamp, bool) {
	if len(s) > 200 {
		return Stamp{}, false
	}
	p := stampParser{tokens: stampTokens(s), monthFirst: monthFirst}
	if !p.run() {
		return Stamp{}, false
	}
	return p.stamp(zone)
}

type stampParser struct {
	tokens     []string
	i          int
	monthFirst bool

	year, month, day     int
	hour, minute, second int
	clock                bool
	half                 half
	offset               int // seconds
	zone                 string
	zoned                bool
	epoch                int64
}

// half is a half of the day. Zero is unknown.
type half uint8

const (
	firstHalf half = iota + 1
	secondHalf
)

// stampTokens parts a date into numbers, words and marks, lower case.
func stampTokens(s string) []string {
	var tokens []string
	rest := strings.ToLower(strings.TrimSpace(s))
	for rest != "" {
		r := []rune(rest[:min(len(rest), 4)])[0]
		n := spanOf(rest, classOf(r))
		token := rest[:n]
		rest = rest[n:]
		switch classOf(r) {
		case classSpace:
		case classDigit:
			tokens = append(tokens, asciiDigits(token))
		case classWord:
			tokens = append(tokens, token)
		default:
			tokens = append(tokens, token)
		}
	}
	return tokens
}

type runeClass uint8

const (
	classSpace runeClass = iota
	classDigit
	classWord
	classHan // one token per run, so that units stand alone
	classMark
)

func classOf(r rune) runeClass {
	switch {
	case unicode.IsSpace(r):
		return classSpace
	case unicode.IsDigit(r):
		return classDigit
	case unicode.Is(unicode.Han, r), unicode.Is(unicode.Hangul, r):
		return classHan
	case unicode.IsLetter(r), unicode.Is(unicode.Mn, r):
		return classWord
	}
	return classMark
}

func spanOf(s string, class runeClass) int {
	for i, r := range s {
		if i > 0 && (class == classMark || classOf(r) != class) {
			return i
		}
	}
	return len(s)
}

func asciiDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII {
			return r
		}
		for zero := r; ; zero-- { // digits of a script stand in one run of ten
			if !unicode.IsDigit(zero-1) || r-zero == 9 {
				return '0' + (r-zero)%10
			}
		}
	}, s)
}

func (p *stampParser) peek(ahead int) string {
	if p.i+ahead < len(p.tokens) && p.i+ahead >= 0 {
		return p.tokens[p.i+ahead]
	}
	return ""
}

func (p *stampParser) run() bool {
	for p.i = 0; p.i < len(p.tokens); p.i++ {
		token := p.tokens[p.i]
		if number, ok := digits(token); ok {
			p.number(token, number)
			continue
		}
		p.word(token)
	}
	return p.valid()
}

func digits(token string) (int, bool) {
	if token == "" || token[0] < '0' || token[0] > '9' || len(token) > 17 {
		return 0, false
	}
	n, err := strconv.Atoi(token)
	return n, err == nil
}

// number gives a number its part by what stands around it.
func (p *stampParser) number(token string, n int) {
	next := p.peek(1)
	if unit, ok := unitOf(next); ok {
		p.unit(unit, n)
		p.tokens[p.i+1] = strings.TrimPrefix(next, firstRune(next))
		return
	}
	switch {
	case len(token) == 4:
		p.fourDigits(n, next)
	case len(token) >= 8:
		p.packed(token, n)
	case len(token) > 2:
	case !p.clock && p.isClock(next):
		p.readClock(n)
	case isSeparator(next) && p.numeric():
	default:
		p.lone(n)
	}
}

// fourDigits is a year: alone, or the first part of a numeric date.
func (p *stampParser) fourDigits(n int, next string) {
	if !isSeparator(next) || p.clock && p.hasDate() && p.year == 0 {
		p.year = or(p.year, n)
		return
	}
	p.yearFirst(n)
}

func or(value, otherwise int) int {
	if value != 0 {
		return value
	}
	return otherwise
}

func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

func unitOf(token string) (rune, bool) {
	unit, ok := units[firstRune(token)]
	return unit, ok && token != ""
}

func (p *stampParser) unit(unit rune, n int) {
	switch unit {
	case 'y':
		p.year = n
		if n < 100 {
			p.year = 2000 + n
		}
	case 'm':
		p.month = n
	case 'd':
		p.day = n
	case 'H':
		p.hour, p.clock = n, true
	case 'M':
		p.minute = n
	case 'S':
		p.second = n
	}
}

func isSeparator(token string) bool {
	return token == "-" || token == "/" || token == "." || token == "–" || token == "‑"
}

// isClock tells whether the number at hand begins a time of day: 15:30, 15h30.
func (p *stampParser) isClock(next string) bool {
	_, minutes := digits(p.peek(2))
	if next == ":" || next == "：" || next == "h" {
		return minutes
	}
	if _, half := halves[next]; half {
		return p.hasDate()
	}
	return next == "." && minutes && len(p.peek(2)) == 2 && p.peek(3) == "uhr"
}

func (p *stampParser) hasDate() bool { return p.month != 0 && p.day != 0 }

func (p *stampParser) readClock(hour int) {
	p.hour, p.clock = hour, true
	if _, half := halves[p.peek(1)]; half {
		return
	}
	p.minute, _ = digits(p.peek(2))
	p.i += 2
	if p.peek(1) == ":" {
		p.second, _ = digits(p.peek(2))
		p.i += 2
		if _, fraction := digits(p.peek(2)); p.peek(1) == "." && fraction {
			p.i += 2
		}
	}
}

// yearFirst reads 2024-10-14, 2024/10/14 and 2024-10.
func (p *stampParser) yearFirst(n int) {
	p.year = n
	month, ok := digits(p.peek(2))
	if !ok || len(p.peek(2)) > 2 {
		p.namedMiddle()
		return
	}
	p.month = month
	separator := p.peek(1)
	p.i += 2
	if day, ok := digits(p.peek(2)); ok && p.peek(1) == separator && len(p.peek(2)) <= 2 {
		p.day = day
		p.i += 2
	}
}

// namedMiddle reads the rest of 2024-Oct-14.
func (p *stampParser) namedMiddle() {
	month, ok := months[p.peek(2)]
	day, isDay := digits(p.peek(4))
	if ok && isDay && day <= 31 {
		p.month, p.day = month, day
		p.i += 4
	}
}

// numeric reads 14/10/2024, 14.10.2024, 10/14/24 and 14-10-2024.
func (p *stampParser) numeric() bool {
	first, _ := digits(p.peek(0))
	second, ok := digits(p.peek(2))
	year, isYear := digits(p.peek(4))
	if !ok || !isYear || p.peek(1) != p.peek(3) || len(p.peek(2)) > 2 || p.hasDate() {
		return false
	}
	monthFirst := p.monthFirst && p.peek(1) == "/"
	if second > 12 || monthFirst && first <= 12 {
		first, second = second, first
	}
	p.day, p.month, p.year = first, second, fullYear(year, len(p.peek(4)))
	p.i += 4
	return true
}

// fullYear gives a year of two digits its century, as RFC 2822 does.
func fullYear(n, length int) int {
	switch {
	case length > 2:
		return n
	case n < 70:
		return 2000 + n
	}
	return 1900 + n
}

// packed reads 20241014, 20241014153000, and seconds or milliseconds since 1970.
func (p *stampParser) packed(token string, n int) {
	if len(token) == 8 || len(token) == 14 || len(token) == 12 {
		p.year, _ = strconv.Atoi(token[:4])
		p.month, _ = strconv.Atoi(token[4:6])
		p.day, _ = strconv.Atoi(token[6:8])
		if len(token) > 8 {
			p.clock = true
			p.hour, _ = strconv.Atoi(token[8:10])
			p.minute, _ = strconv.Atoi(token[10:12])
		}
		return
	}
	switch len(token) {
	case 10:
		p.epoch = int64(n)
	case 13:
		p.epoch = int64(n / 1000)
	}
}

// lone is a number that nothing explains: the day, else the year of RFC 822.
func (p *stampParser) lone(n int) {
	switch {
	case p.day == 0 && n >= 1 && n <= 31:
		p.day = n
	case p.month != 0 && p.year == 0 && !p.clock:
		p.year = fullYear(n, 2)
	}
}

func (p *stampParser) word(token string) {
	switch {
	case p.readHalf(token):
	case months[token] != 0 && p.month == 0:
		p.month = months[token]
	case token == "+" || (token == "-" || token == "−") && p.clock && p.year != 0:
		p.readOffset(token == "+")
	case p.clock && p.zone == "" && !p.zoned || token == "北京时间":
		if _, ok := abbreviations[token]; ok {
			p.zone = token
		}
	}
}

// readHalf reads "pm", "p.m." and 下午.
func (p *stampParser) readHalf(token string) bool {
	pm, ok := halves[token]
	if !ok && (token == "a" || token == "p") && p.peek(1) == "." && p.peek(2) == "m" {
		pm, ok = token == "p", true
		p.i += 2
	}
	if !ok {
		return false
	}
	p.half = firstHalf
	if pm {
		p.half = secondHalf
	}
	return true
}

// readOffset reads +0800, +08:00, +8.
func (p *stampParser) readOffset(east bool) {
	token := p.peek(1)
	n, ok := digits(token)
	if !ok || len(token) > 4 {
		return
	}
	p.i++
	hours, minutes := n, 0
	if len(token) > 2 {
		hours, minutes = n/100, n%100
	} else if p.peek(1) == ":" {
		minutes, _ = digits(p.peek(2))
		p.i += 2
	}
	if hours > 14 || minutes > 59 {
		return
	}
	p.offset, p.zoned = hours*3600+minutes*60, true
	if !east {
		p.offset = -p.offset
	}
}

// valid settles the time of day and tells whether the parts make a date.
func (p *stampParser) valid() bool {
	if p.epoch > 0 {
		return p.year == 0 && p.month == 0
	}
	p.settleClock()
	inYears := p.year == 0 || p.year >= 1900 && p.year <= 2200
	return inYears && p.month <= 12 && p.day <= daysOf(p.year, p.month) && p.hasParts()
}

// hasParts tells a date from a part of one: a month needs a year or a day, a
// day needs a month.
func (p *stampParser) hasParts() bool {
	if p.month == 0 {
		return p.year != 0 && p.day == 0
	}
	return p.year != 0 || p.day != 0
}

// settleClock puts the halves of the day together and drops a time that none is.
func (p *stampParser) settleClock() {
	switch {
	case p.half == secondHalf && p.hour < 12:
		p.hour += 12
	case p.half == firstHalf && p.hour == 12, p.hour == 24 && p.minute == 0:
		p.hour = 0
	}
	if p.hour > 23 || p.minute > 59 || p.second > 60 {
		p.clock = false
	}
}

func daysOf(year, month int) int {
	if month == 0 {
		return 0
	}
	if year == 0 {
		year = 2024
	}
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// stamp puts the parts together in the zone that they name, else the outlet's.
func (p *stampParser) stamp(zone *time.Location) (Stamp, bool) {
	if p.epoch > 0 {
		at := time.Unix(p.epoch, 0).UTC()
		return Stamp{Day: statement.DateOf(at), At: at, Zoned: true}, true
	}
	s := Stamp{Day: statement.Date{Year: p.year, Month: time.Month(p.month), Day: p.day}}
	if !p.clock || p.year == 0 || p.day == 0 {
		return s, true
	}
	own := zone
	if own == nil {
		own = time.UTC
	}
	noon := time.Date(p.year, time.Month(p.month), p.day, 12, 0, 0, 0, time.UTC)
	if offset, known := offsetOf(p.zone, zone, noon); p.zone != "" && known && !p.zoned {
		p.offset, p.zoned = offset, true
	}
	if p.zoned {
		own, s.Zoned = time.FixedZone("", p.offset), true
	}
	s.At = time.Date(p.year, time.Month(p.month), p.day, p.hour, p.minute, min(p.second, 59), 0, own)
	return s, true
}

// Civil is the stamp's date in a zone: the instant's where there is one and
// the stamp names its own zone, else the date as written.
func (s Stamp) Civil(zone *time.Location) statement.Date {
	if s.At.IsZero() || zone == nil || !s.Zoned {
		return s.Day
	}
	return statement.DateOf(s.At.In(zone))
}
