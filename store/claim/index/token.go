package index

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// tokenKind tells what a token is. Zero is invalid.
type tokenKind uint8

const (
	word   tokenKind = iota + 1 // letters
	number                      // digits, without thousands separators
	glyphs                      // a pair of characters of a script without spaces
)

// token is one unit of a text. Its text lives until the scanner's next step.
type token struct {
	text   []byte // lower case, without diacritics
	kind   tokenKind
	name   bool // written with a capital, or as a hashtag or handle
	quoted bool // between quotation marks
	part   bool // part of a hashtag, handle or hyphenated word that also comes whole
}

// scanner cuts a text into tokens. It is used again and again without
// allocating.
type scanner struct {
	buf    []byte
	quoted bool
}

// scan calls yield for each token of s in order.
func (sc *scanner) scan(s string, yield func(token)) {
	sc.quoted = false
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '"':
			sc.quoted = !sc.quoted
			i++
		case c < utf8.RuneSelf && !isAlnum(c):
			i++
		case skipLink(s[i:]) > 0:
			i += skipLink(s[i:])
		default:
			i = sc.scanFrom(s, i, yield)
		}
	}
}

// scanFrom reads the token that begins at s[i] and tells where it ends.
func (sc *scanner) scanFrom(s string, i int, yield func(token)) int {
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case r >= utf8.RuneSelf && isQuote(r):
		sc.quoted = r == '“' || r == '«' || r == '‘' || r == '「'
		return i + size
	case unicode.IsDigit(r):
		return sc.number(s, i, yield)
	case isGlyph(r):
		return sc.glyphs(s, i, yield)
	case unicode.IsLetter(r):
		return sc.word(s, i, yield)
	}
	return i + size
}

func isAlnum(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

func isQuote(r rune) bool { return strings.ContainsRune("“”«»‘「」", r) }

// isGlyph is true for scripts that write words without spaces, or, as Korean,
// with endings glued on.
func isGlyph(r rune) bool {
	return r >= 0x2e80 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}

// skipLink is the length of a web address at the start of s, 0 if there is none.
func skipLink(s string) int {
	if s[0] != 'h' && s[0] != 'p' && s[0] != 'w' {
		return 0
	}
	for _, head := range []string{"http://", "https://", "pic.twitter.com/", "www."} {
		if strings.HasPrefix(s, head) {
			if end := strings.IndexFunc(s, unicode.IsSpace); end > 0 {
				return end
			}
			return len(s)
		}
	}
	return 0
}

// number reads digits with separators: "1,300" is 1300, "4.40" stays.
func (sc *scanner) number(s string, i int, yield func(token)) int {
	sc.buf = sc.buf[:0]
	for i < len(s) {
		c := s[i]
		digitNext := i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9'
		switch {
		case c >= '0' && c <= '9':
			sc.buf = append(sc.buf, c)
		case c == '.' && digitNext:
			sc.buf = append(sc.buf, c)
		case c == ',' && digitNext:
		default:
			return sc.numberEnd(s, i, yield)
		}
		i++
	}
	return sc.numberEnd(s, i, yield)
}

// numberEnd gives the number read; letters at its end ("17th", "30k") belong to it.
func (sc *scanner) numberEnd(s string, i int, yield func(token)) int {
	if len(sc.buf) == 0 { // a digit of another script
		_, size := utf8.DecodeRuneInString(s[i:])
		return i + size
	}
	tail := i
	for tail < len(s) && isAlnum(s[tail]) {
		tail++
	}
	suffix := strings.ToLower(s[i:tail])
	switch suffix {
	case "", "st", "nd", "rd", "th", "s":
	default:
		sc.buf = append(sc.buf, suffix...)
	}
	yield(token{text: sc.buf, kind: number, quoted: sc.quoted})
	return tail
}

// glyphs reads a run of characters written without spaces as overlapping pairs.
func (sc *scanner) glyphs(s string, i int, yield func(token)) int {
	prev, n := i, 0
	for i < len(s) {
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isGlyph(r) {
			break
		}
		if n > 0 {
			sc.buf = append(sc.buf[:0], s[prev:i+size]...)
			yield(token{text: sc.buf, kind: glyphs, quoted: sc.quoted})
		}
		prev, n = i, n+1
		i += size
	}
	if n == 1 {
		sc.buf = append(sc.buf[:0], s[prev:i]...)
		yield(token{text: sc.buf, kind: glyphs, quoted: sc.quoted})
	}
	return i
}

// word reads a word with its hyphens, and gives its parts and itself whole.
func (sc *scanner) word(s string, i int, yield func(token)) int {
	end := i
	joints := 0
	for end < len(s) {
		n := wordByte(s, end)
		if n == 0 {
			break
		}
		if s[end] == '-' {
			joints++
		}
		end += n
	}
	raw := s[i:end]
	tagged := i > 0 && (s[i-1] == '#' || s[i-1] == '@')
	if joints == 0 && !tagged {
		sc.give(raw, false, yield)
		return end
	}
	sc.compound(raw, tagged, yield)
	return end
}

// wordByte is how many bytes at s[i] belong to the word that is being read.
func wordByte(s string, i int) int {
	c := s[i]
	switch {
	case isAlnum(c):
		if (c == 'h' || c == 'p') && skipLink(s[i:]) > 0 {
			return 0 // an address glued to a hashtag
		}
		return 1
	case c == '_':
		return 1
	case c == '\'' || c == '-' || c == '.' || c == '&':
		return joint(s, i)
	case c < utf8.RuneSelf:
		return 0
	}
	r, size := utf8.DecodeRuneInString(s[i:])
	if r == '’' && i+size < len(s) && isAlnum(s[i+size]) {
		return size
	}
	if (unicode.IsLetter(r) || unicode.IsMark(r)) && !isGlyph(r) {
		return size
	}
	return 0
}

// joint tells whether a mark inside a word holds it together: "Trump's",
// "state-run", "U.S.", "R&D".
func joint(s string, i int) int {
	if i+1 >= len(s) || i == 0 || !isAlnum(s[i+1]) && s[i+1] < utf8.RuneSelf {
		return 0
	}
	if s[i] != '.' {
		return 1
	}
	single := i == 1 || !isAlnum(s[i-2])
	if single && s[i-1] >= 'A' && s[i+1] >= 'A' && (i+2 >= len(s) || !isAlnum(s[i+2])) {
		return 1
	}
	return 0
}

// give yields one word: lower case, without diacritics, possessive and dots.
func (sc *scanner) give(raw string, part bool, yield func(token)) {
	sc.buf = fold(sc.buf[:0], raw)
	if len(sc.buf) == 0 {
		return
	}
	first, _ := utf8.DecodeRuneInString(raw)
	t := token{text: sc.buf, kind: word, name: unicode.IsUpper(first), quoted: sc.quoted, part: part}
	if (raw == "US" || raw == "U.S") && len(sc.buf) == 2 {
		sc.buf = append(sc.buf, 'a') // the country, not the pronoun
		t.text = sc.buf
	}
	yield(t)
}

// compound yields the parts of a hyphenated word, hashtag or handle, then the
// whole, so that "cyber-attack" meets both "cyber attack" and "cyberattack".
func (sc *scanner) compound(raw string, tagged bool, yield func(token)) {
	from, parts := 0, 0
	for i := 1; i <= len(raw); i++ {
		if i < len(raw) && !breaksAt(raw, i, tagged) {
			continue
		}
		part := strings.Trim(raw[from:i], "-_")
		from = i
		if part == "" {
			continue
		}
		if from == len(raw) && parts == 0 {
			break
		}
		sc.give(part, true, yield)
		parts++
	}
	sc.give(strings.NewReplacer("-", "", "_", "").Replace(raw), false, yield)
}

// breaksAt tells whether a part of a compound ends before raw[i].
func breaksAt(raw string, i int, tagged bool) bool {
	if raw[i] == '-' || raw[i] == '_' {
		return true
	}
	if !tagged {
		return false
	}
	up, before := isUpper(raw[i]), isUpper(raw[i-1])
	if up && !before {
		return true
	}
	digit, digitBefore := raw[i] >= '0' && raw[i] <= '9', raw[i-1] >= '0' && raw[i-1] <= '9'
	if digit != digitBefore {
		return true
	}
	return up && before && i+1 < len(raw) && raw[i+1] >= 'a' && raw[i+1] <= 'z'
}

func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }

// fold appends the word in lower case without diacritics and marks.
func fold(dst []byte, raw string) []byte {
	ascii := true
	for i := 0; i < len(raw); i++ {
		c := raw[i]
		switch {
		case c >= utf8.RuneSelf:
			ascii = false
		case c == '\'' && len(raw)-i == 2 && (raw[i+1] == 's' || raw[i+1] == 'S'):
			i = len(raw)
			continue
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
		case !isAlnum(c):
			continue
		}
		if !ascii {
			break
		}
		dst = append(dst, c)
	}
	if ascii {
		return dst
	}
	return foldUnicode(dst[:0], raw)
}

func foldUnicode(dst []byte, raw string) []byte {
	if cut, ok := strings.CutSuffix(raw, "’s"); ok {
		raw = cut
	}
	for _, r := range norm.NFD.String(raw) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			dst = utf8.AppendRune(dst, unicode.ToLower(r))
		}
	}
	return dst
}
