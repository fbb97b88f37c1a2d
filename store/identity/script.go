package identity

import (
	"slices"
	"strings"
	"unicode"
)

// letters writes Cyrillic and Arabic letters in Latin ones, roughly as news
// agencies do; only the consonants are compared, so the vowels may be rough.
var letters = map[rune]string{
	'а': "a", 'б': "b", 'в': "v", 'г': "g", 'ґ': "g", 'д': "d", 'е': "e", 'ё': "e", 'є': "e", 'ж': "zh", 'з': "z", 'и': "i",
	'і': "i", 'ї': "i", 'й': "y", 'к': "k", 'л': "l", 'м': "m", 'н': "n", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t",
	'у': "u", 'ў': "u", 'ф': "f", 'х': "kh", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "shch", 'ъ': "", 'ы': "y", 'ь': "", 'э': "e",
	'ю': "yu", 'я': "ya", 'ј': "j", 'љ': "lj", 'њ': "nj", 'ћ': "c", 'ђ': "dj", 'џ': "dz",
	'ا': "a", 'أ': "a", 'إ': "i", 'آ': "a", 'ب': "b", 'ت': "t", 'ث': "th", 'ج': "j", 'ح': "h", 'خ': "kh", 'د': "d", 'ذ': "z",
	'ر': "r", 'ز': "z", 'س': "s", 'ش': "sh", 'ص': "s", 'ض': "d", 'ط': "t", 'ظ': "z", 'ع': "a", 'غ': "gh", 'ف': "f", 'ق': "q",
	'ك': "k", 'ل': "l", 'م': "m", 'ن': "n", 'ه': "h", 'و': "o", 'ي': "y", 'ى': "a", 'ة': "a", 'ء': "", 'ئ': "y", 'ؤ': "o",
	'پ': "p", 'چ': "ch", 'ژ': "zh", 'گ': "g", 'ک': "k", 'ی': "y",
}

// latin writes a word in Latin letters where it knows how.
func latin(word string) string {
	var b strings.Builder
	for _, r := range word {
		if l, ok := letters[r]; ok {
			b.WriteString(l)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// soundsLike compares the consonants of two names, which is what transcriptions
// agree in: Peskov, Pieskow, Песков.
func soundsLike(a, b string) bool {
	x, y := consonants(a), consonants(b)
	return len(x) >= 3 && x == y
}

// sameSound brings letters together that transcriptions take for each other.
var sameSound = map[rune]rune{'w': 'v', 'f': 'v', 'c': 'k', 'q': 'k', 'z': 's', 'j': 'y'}

func consonants(word string) string {
	var out []rune
	for _, r := range word {
		if s, ok := sameSound[r]; ok {
			r = s
		}
		if strings.ContainsRune("aeiouyhéèêëáàâäãåíìîïóòôöõøúùûüýæœ", r) {
			continue
		}
		if n := len(out); n == 0 || out[n-1] != r || unicode.IsDigit(r) {
			out = append(out, r)
		}
	}
	return string(out)
}

// unreadable reports two names of which just one is in a script that latin does
// not know, such as Chinese: they cannot be compared.
func unreadable(a, b []string) bool {
	return slices.ContainsFunc(a, isStrange) != slices.ContainsFunc(b, isStrange)
}

func isStrange(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}
