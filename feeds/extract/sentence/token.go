package sentence

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// add folds one rune into the key.
func (k Key) add(r rune) Key {
	if r < utf8.RuneSelf {
		return k.addByte(lower[byte(r)])
	}
	return k.addWide(r)
}

func (k Key) addByte(b byte) Key { return (k ^ Key(b)) * keyPrime }

func (k Key) addWide(r rune) Key {
	if r == '’' || r == 'ʼ' {
		return k.addByte('\'')
	}
	r = unicode.ToLower(r)
	for r >= 0x80 {
		k = k.addByte(byte(r) | 0x80)
		r >>= 7
	}
	return k.addByte(byte(r))
}

// class sorts the bytes and runes that tokens are made of.
type class uint8

const (
	other class = iota
	letter
	digit
	space
	line
	quoteMark
	stopMark
	ideo
	wide // not ASCII: asks runeClass
)

// lower and asciiClass are tables by byte.
var lower, asciiClass = asciiTables()

func asciiTables() (low [256]byte, cl [256]class) {
	for i := range 256 {
		b := byte(i)
		low[i] = b
		switch {
		case b >= utf8.RuneSelf:
			cl[i] = wide
		case 'a' <= b && b <= 'z':
			cl[i] = letter
		case 'A' <= b && b <= 'Z':
			cl[i], low[i] = letter, b+'a'-'A'
		case '0' <= b && b <= '9':
			cl[i] = digit
		case b == '\n' || b == '\r':
			cl[i] = line
		case b <= ' ' || b == 0x7f:
			cl[i] = space
		case b == '"' || b == '\'' || b == '`':
			cl[i] = quoteMark
		case b == '.' || b == '!' || b == '?':
			cl[i] = stopMark
		}
	}
	return low, cl
}

func runeClass(r rune) class {
	switch r {
	case '‘', '’', '‚', '‛', '“', '”', '„', '‟', '«', '»', '‹', '›', '「', '」', '『', '』', '《', '》', '〈', '〉', '＂', '＇', 'ʼ':
		return quoteMark
	case '…', '。', '！', '？', '．', '｡', '؟', '۔', '।':
		return stopMark
	case '\u2028', '\u2029', '\u0085':
		return line
	case '\u200b', '\ufeff', '\u00ad', '\u200e', '\u200f':
		return space
	}
	switch {
	case unicode.IsSpace(r):
		return space
	case r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul):
		return ideo
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return letter
	case unicode.IsDigit(r):
		return digit
	}
	return other
}

// scanner walks a text once.
type scanner struct {
	text   string
	at     int
	tokens []Token
	flags  Flag // for the next token
}

func tokenize(text string) []Token {
	s := scanner{text: text, tokens: make([]Token, 0, len(text)/5+8), flags: Spaced | Fresh}
	for s.at < len(text) {
		s.next()
	}
	return s.tokens
}

// class is the class and width of what stands at i.
func (s *scanner) class(i int) (class, int) {
	if i >= len(s.text) {
		return space, 0
	}
	if c := asciiClass[s.text[i]]; c != wide {
		return c, 1
	}
	r, n := utf8.DecodeRuneInString(s.text[i:])
	return runeClass(r), n
}

func (s *scanner) next() {
	c, n := s.class(s.at)
	switch c {
	case space:
		s.at += n
		s.flags |= Spaced
	case line:
		s.at += n
		s.flags |= Spaced | Fresh
	case letter:
		s.word(Word)
	case digit:
		s.word(Number)
	case ideo:
		s.ideographs()
	case quoteMark:
		s.mark(Quote, s.doubled(n))
	case stopMark:
		s.stops()
	default:
		s.other(n)
	}
}

func (s *scanner) emit(kind Kind, end int, key Key, f Flag) {
	s.tokens = append(s.tokens, Token{Start: s.at, End: end, Key: key, Kind: kind, Flags: s.flags | f})
	s.at, s.flags = end, 0
}

func (s *scanner) mark(kind Kind, n int) {
	k := Key(keyBasis)
	for _, r := range s.text[s.at : s.at+n] {
		k = k.add(r)
	}
	s.emit(kind, s.at+n, k, 0)
}

// doubled is the width of a quotation mark, two single ones being one double
// mark, as typewriters have it.
func (s *scanner) doubled(n int) int {
	one, two := s.text[s.at:s.at+n], s.text[s.at+n:]
	switch one {
	case "'", "`", "‘", "’":
		inner := s.flags&Spaced == 0 && strings.HasPrefix(two, one+one)
		if strings.HasPrefix(two, one) && !inner {
			return 2 * n
		}
	}
	return n
}

// other is a mark; runs of dashes are one mark.
func (s *scanner) other(n int) {
	if b := s.text[s.at]; b == '-' || b == '_' || b == '*' || b == '=' {
		end := s.at
		for end < len(s.text) && s.text[end] == b {
			end++
		}
		n = min(end-s.at, 2)
		k := KeyOf(s.text[s.at : s.at+n])
		s.emit(Mark, end, k, 0)
		return
	}
	s.mark(Mark, n)
}

// stops is a run of full stops, question and exclamation marks. Its key is its
// last mark's, "…" for two stops or more.
func (s *scanner) stops() {
	end, n := s.at, 0
	var last string
	for {
		c, w := s.class(end)
		if c != stopMark || w == 0 {
			break
		}
		last = s.text[end : end+w]
		end, n = end+w, n+1
	}
	if n > 1 && last == "." {
		last = "…"
	}
	s.emit(Stop, end, KeyOf(last), 0)
}

func (s *scanner) ideographs() {
	end, k := s.at, Key(keyBasis)
	for {
		c, w := s.class(end)
		if c != ideo || w == 0 {
			break
		}
		for _, r := range s.text[end : end+w] {
			k = k.add(r)
		}
		end += w
	}
	s.emit(Word, end, k, Ideo)
}

// word is letters and digits with what joins them inside a word.
func (s *scanner) word(kind Kind) {
	var f Flag
	end, k := s.at, Key(keyBasis)
	letters, capitals := 0, 0
	for end < len(s.text) {
		b := s.text[end]
		if c := asciiClass[b]; c == letter || c == digit {
			low := lower[b]
			k = (k ^ Key(low)) * keyPrime
			if c == letter {
				letters++
				if low != b {
					capitals++
					if end == s.at {
						f |= Capital
					}
				}
			}
			end++
			continue
		}
		c, w := s.class(end)
		if c == letter || c == digit {
			r, _ := utf8.DecodeRuneInString(s.text[end:])
			k = k.addWide(r)
			letters++
			if unicode.IsUpper(r) {
				capitals++
				if end == s.at {
					f |= Capital
				}
			}
			end += w
			continue
		}
		if w == 0 || !s.joins(end, w) {
			break
		}
		for _, r := range s.text[end : end+w] {
			k = k.add(r)
		}
		end += w
	}
	if letters > 1 && letters == capitals {
		f |= Upper
	}
	s.finish(kind, end, k, f)
}

// finish takes the stop of an abbreviation, or the rest of a web address, into
// the word.
func (s *scanner) finish(kind Kind, end int, k Key, f Flag) {
	if strings.HasPrefix(s.text[end:], "://") {
		for end < len(s.text) && s.text[end] > ' ' && s.text[end] != '"' && s.text[end] != '<' && s.text[end] < utf8.RuneSelf {
			end++
		}
		s.emit(kind, end, KeyOf("://"), f)
		return
	}
	if end < len(s.text) && s.text[end] == '.' && kind == Word && s.abbreviated(end, k, f) {
		k = k.addByte('.')
		end++
		f |= Abbrev
	}
	s.emit(kind, end, k, f)
	s.clitic()
}

// joins reports whether the mark of width w at i holds a word together.
func (s *scanner) joins(i, w int) bool {
	before := s.text[i-1]
	c, _ := s.class(i + w)
	inside := c == letter || c == digit
	switch s.text[i] {
	case '-', '&', '_':
		return inside
	case '.':
		return inside && s.stopJoins(i)
	case ',':
		return c == digit && asciiClass[before] == digit
	case ':':
		return c == digit && asciiClass[before] == digit
	case '\'':
		return inside && !s.isClitic(i+1)
	}
	if w > 1 {
		switch s.text[i : i+w] {
		case "’", "ʼ":
			return inside && !s.isClitic(i+w)
		case "\u2010", "\u2011":
			return inside
		case "\u00ad":
			return inside
		}
	}
	return false
}

// stopJoins tells 3.5, U.S and example.com from a missing blank after a
// sentence ("again.The"): there the next letter is a capital after a small one.
func (s *scanner) stopJoins(i int) bool {
	before, after := s.text[i-1], s.text[i+1]
	if asciiClass[after] == digit {
		return asciiClass[before] == digit
	}
	if asciiClass[before] == letter && lower[before] == before && lower[after] != after {
		return false
	}
	return after < utf8.RuneSelf
}

var clitics = [...]string{"s", "re", "ve", "ll", "d", "m"}

// isClitic reports whether what follows an apostrophe is 's, 're, 've, 'll, 'd
// or 'm.
func (s *scanner) isClitic(i int) bool { return s.cliticLen(i) > 0 }

func (s *scanner) cliticLen(i int) int {
	for _, c := range clitics {
		if len(s.text)-i < len(c) || !strings.EqualFold(s.text[i:i+len(c)], c) {
			continue
		}
		if cl, _ := s.class(i + len(c)); cl != letter && cl != digit {
			return len(c)
		}
	}
	return 0
}

// clitic emits the 's of a word just emitted.
func (s *scanner) clitic() {
	w := s.apostrophe(s.at)
	if w == 0 {
		return
	}
	n := s.cliticLen(s.at + w)
	if n == 0 {
		return
	}
	k := Key(keyBasis).addByte('\'')
	for _, r := range s.text[s.at+w : s.at+w+n] {
		k = k.add(r)
	}
	s.emit(Clitic, s.at+w+n, k, 0)
}

// apostrophe is the width of an apostrophe at i, 0 when none stands there.
func (s *scanner) apostrophe(i int) int {
	switch {
	case i >= len(s.text):
		return 0
	case s.text[i] == '\'':
		return 1
	case strings.HasPrefix(s.text[i:], "’"):
		return len("’")
	}
	return 0
}
