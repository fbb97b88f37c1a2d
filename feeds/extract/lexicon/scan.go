package lexicon

import (
	"unicode"
	"unicode/utf8"
)

// Shape is how a word is written.
type Shape uint8

// The shapes; they add up.
const (
	Capital   Shape = 1 << iota // begins with a capital
	AllCaps                     // two or more letters, all capitals
	Digit                       // begins with a digit
	Ideograph                   // one character of Chinese, Japanese or Korean
)

// Gap is what stands before a word.
type Gap uint8

// The gaps before a word, the strongest that stands there.
const (
	Joined Gap = iota // nothing, or a hyphen
	Blank             // white space
	Comma
	Mark    // a bracket, dash, colon, slash
	Quoted  // a quotation mark
	Stop    // . ; ! ?
	NewLine // a line break
)

// Word is one word of a text: its bytes, its number in the lexicon's vocabulary
// (0 where it is unknown), how it is written and what stands before it.
type Word struct {
	Start, End int32
	id         int32
	Shape      Shape
	Gap        Gap
}

// byteKind sorts ASCII bytes for the scan.
type byteKind uint8

const (
	kOther byteKind = iota
	kLetter
	kDigit
	kBlank
	kNewLine
	kComma
	kQuote
	kStop
	kHyphen
	kApostrophe
	kWide
)

var byteKinds, lowerBytes = byteTables()

func byteTables() (kinds [256]byteKind, low [256]byte) {
	for i := range 256 {
		b := byte(i)
		low[i] = b
		switch {
		case b >= utf8.RuneSelf:
			kinds[i] = kWide
		case 'a' <= b && b <= 'z':
			kinds[i] = kLetter
		case 'A' <= b && b <= 'Z':
			kinds[i], low[i] = kLetter, b|0x20
		case '0' <= b && b <= '9':
			kinds[i] = kDigit
		case b == '\n' || b == '\r':
			kinds[i] = kNewLine
		case b <= ' ':
			kinds[i] = kBlank
		case b == ',':
			kinds[i] = kComma
		case b == '"':
			kinds[i] = kQuote
		case b == '.' || b == ';' || b == '!' || b == '?':
			kinds[i] = kStop
		case b == '-':
			kinds[i] = kHyphen
		case b == '\'':
			kinds[i] = kApostrophe
		}
	}
	return kinds, low
}

// scanner walks a text once and looks up each word.
type scanner struct {
	text  string
	at    int
	gap   Gap
	hash  uint64 // of the word being read
	ids   *numbers
	out   []Word
	learn bool // number words that are new
}

func (s *scanner) run() {
	s.gap = NewLine
	for s.at < len(s.text) {
		switch k := byteKinds[s.text[s.at]]; k {
		case kLetter, kDigit:
			s.word()
		case kWide:
			s.wide()
		default:
			s.mark(k)
		}
	}
}

func (s *scanner) raise(g Gap) { s.gap = max(s.gap, g) }

func (s *scanner) mark(k byteKind) {
	switch k {
	case kNewLine:
		s.raise(NewLine)
	case kBlank:
		s.raise(Blank)
	case kComma:
		s.raise(Comma)
	case kQuote, kApostrophe:
		s.apostrophe(k)
	case kStop:
		s.raise(Stop)
	case kOther:
		if s.gap < Mark {
			s.gap = Mark
		}
	}
	if s.at < len(s.text) {
		s.at++
	}
}

// apostrophe parts the 's of a possessive, which is a word of its own, from a
// quotation mark.
func (s *scanner) apostrophe(k byteKind) {
	if k == kApostrophe && s.clitic(1) {
		s.at--
		return
	}
	if !s.inner(1) {
		s.raise(Quoted)
	}
}

// inner reports whether an apostrophe of n bytes stands inside a word: O'Neil.
func (s *scanner) inner(n int) bool {
	return s.gap == Joined && s.at > 0 && byteKinds[s.text[s.at-1]] == kLetter && s.at+n < len(s.text) && byteKinds[s.text[s.at+n]] == kLetter
}

// clitic emits 's after an apostrophe of n bytes that joins a word.
func (s *scanner) clitic(n int) bool {
	if s.gap != Joined || s.at == 0 {
		return false
	}
	i := s.at + n
	if i >= len(s.text) || lowerBytes[s.text[i]] != 's' && lowerBytes[s.text[i]] != 't' {
		return false
	}
	if i+1 < len(s.text) && (byteKinds[s.text[i+1]] == kLetter || byteKinds[s.text[i+1]] == kDigit) {
		return false
	}
	s.hash = fold(fold(hashBasis, '\''), lowerBytes[s.text[i]])
	s.emit(s.at, i+1, 0)
	s.at = i + 1
	return true
}

// wide reads a rune beyond ASCII: a mark, a letter or an ideograph.
func (s *scanner) wide() {
	r, n := utf8.DecodeRuneInString(s.text[s.at:])
	switch {
	case r == '’' || r == 'ʼ':
		if !s.clitic(n) {
			if !s.inner(n) {
				s.raise(Quoted)
			}
			s.at += n
		}
	case r == '“' || r == '”' || r == '‘' || r == '«' || r == '»' || r == '「' || r == '」' || r == '„' || r == '《' || r == '》':
		s.raise(Quoted)
		s.at += n
	case r == '。' || r == '！' || r == '？' || r == '…' || r == '；':
		s.raise(Stop)
		s.at += n
	case r == '，' || r == '、' || r == '،':
		s.raise(Comma)
		s.at += n
	case isIdeograph(r):
		s.hash = foldRune(hashBasis, r)
		s.emit(s.at, s.at+n, Ideograph)
		s.at += n
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		s.word()
	case unicode.IsSpace(r):
		s.raise(Blank)
		s.at += n
	case r == '\u2010' || r == '\u2011' || r == '\u00ad':
		s.at += n
	default:
		s.raise(Mark)
		s.at += n
	}
}

func isIdeograph(r rune) bool {
	return r >= 0x2e80 && r < 0xfb00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// word reads letters and digits; single letters joined by stops are one word
// (U.S.), and so is a stop after a short title.
func (s *scanner) word() {
	start := s.at
	h, bare := hashBasis, hashBasis
	letters, capitals := 0, 0
	var shape Shape
	for s.at < len(s.text) {
		b := s.text[s.at]
		switch byteKinds[b] {
		case kLetter:
			low := lowerBytes[b]
			letters++
			if low != b {
				capitals++
				if s.at == start {
					shape |= Capital
				}
			}
			h, bare = fold(h, low), fold(bare, low)
			s.at++
			continue
		case kDigit:
			if s.at == start {
				shape |= Digit
			}
			h = fold(h, b)
			s.at++
			continue
		case kStop:
			if s.initial(start) {
				h = fold(h, '.')
				s.at++
				continue
			}
		case kWide:
			if n := s.wideLetter(&h, &letters, &capitals, &shape, start); n > 0 {
				s.at += n
				continue
			}
		}
		break
	}
	if letters > 1 && letters == capitals {
		shape |= AllCaps
	}
	if letters > 2 && letters == capitals && s.at-start == 2*letters {
		h = bare // F.B.I. is FBI
	}
	s.hash = h
	s.emit(start, s.at, shape)
}

func (s *scanner) wideLetter(h *uint64, letters, capitals *int, shape *Shape, start int) int {
	r, n := utf8.DecodeRuneInString(s.text[s.at:])
	if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) || isIdeograph(r) {
		return 0
	}
	*letters++
	low := unicode.ToLower(r)
	if low != r {
		*capitals++
		if s.at == start {
			*shape |= Capital
		}
	}
	*h = foldRune(*h, low)
	return n
}

// initial reports whether the stop at s.at belongs to initials such as U.S.
func (s *scanner) initial(start int) bool {
	if s.text[s.at] != '.' {
		return false
	}
	n := s.at - start
	if n%2 == 0 || byteKinds[s.text[s.at-1]] != kLetter || n > 1 && s.text[s.at-2] != '.' {
		return false
	}
	if n > 1 {
		return true
	}
	return s.at+2 < len(s.text) && byteKinds[s.text[s.at+1]] == kLetter && s.text[s.at+2] == '.'
}

func (s *scanner) emit(start, end int, shape Shape) {
	s.out = append(s.out, Word{Start: int32(start), End: int32(end), id: s.id(), Shape: shape, Gap: s.gap})
	s.gap = Joined
}

func (s *scanner) id() int32 {
	if s.learn {
		return s.ids.add(s.hash)
	}
	return s.ids.find(s.hash)
}

const (
	hashBasis uint64 = 14695981039346656037 // FNV-1a, 64 bits
	hashPrime uint64 = 1099511628211
)

func fold(h uint64, b byte) uint64 { return (h ^ uint64(b)) * hashPrime }

func foldRune(h uint64, r rune) uint64 {
	var buf [utf8.UTFMax]byte
	for _, b := range buf[:utf8.EncodeRune(buf[:], r)] {
		h = fold(h, b)
	}
	return h
}

// hashOf is the hash of a word in small letters.
func hashOf(word string) uint64 {
	h := hashBasis
	for i := range len(word) {
		h = fold(h, word[i])
	}
	return h
}
