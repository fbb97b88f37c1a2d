package article

import (
	"strings"
	"unicode"
)

// stopWords are frequent words that tell the languages of Latin and Cyrillic
// script apart.
var stopWords = map[string]string{
	"en": "the of and to in that is was for on with as by at from has have said it its he his are be this which an not",
	"de": "der die das und in den von zu mit ist des im für auf ein eine nicht sich dem sie auch wurde als bei nach aus",
	"fr": "le la les de des et en un une du dans que est pour par sur au qui pas plus ce avec sont a été il elle",
	"es": "el la los las de del y en que un una por con para se es su al lo como más no ha fue sobre entre",
	"pt": "o a os as de do da dos das e em que um uma por com para se é não no na ao mais foi pelo pela",
	"it": "il lo la i gli le di del della e in che un una per con è sono al dei non nel da si più ha anche",
	"nl": "de het een en van in is op te dat die voor met zijn aan niet door ook als bij naar werd uit",
	"pl": "i w na z do że się nie jest to o przez po od dla jak oraz które został była ich",
	"tr": "ve bir bu da de için ile olarak olan daha çok gibi kadar sonra ise en ne",
	"sv": "och att det i en som på är av för med till den har inte om ett han var från",
	"ru": "и в на не что с по как из к за от о для это был при его их также об до она",
	"uk": "і в на не що з та по як із до від про для це був при його їх також об є",
}

// scripts are the languages that a script alone gives away.
var scripts = []struct {
	table *unicode.RangeTable
	lang  string
}{
	{unicode.Hangul, "ko"}, {unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Arabic, "ar"}, {unicode.Hebrew, "he"},
	{unicode.Greek, "el"}, {unicode.Devanagari, "hi"}, {unicode.Thai, "th"}, {unicode.Georgian, "ka"}, {unicode.Armenian, "hy"}, {unicode.Han, "zh"},
}

const langSample = 500 // bytes that are looked at

// GuessLang guesses a text's language by its script and its frequent words: a
// BCP 47 primary tag, "" when it cannot tell.
func GuessLang(text string) string {
	text = text[:min(len(text), langSample)]
	if lang := scriptLang(text); lang != "" {
		return lang
	}
	counts := make(map[string]int, len(stopWords))
	words := 0
	for word := range strings.FieldsSeq(strings.ToLower(text)) {
		words++
		for _, lang := range stopTable[word] {
			counts[lang]++
		}
	}
	best := ""
	for lang, n := range counts {
		if n > counts[best] || n == counts[best] && lang < best {
			best = lang
		}
	}
	if counts[best]*12 < words || counts[best] < 2 {
		return ""
	}
	return best
}

// stopTable gives the languages of each stop word.
var stopTable = indexStopWords()

func indexStopWords() map[string][]string {
	table := make(map[string][]string, 300)
	for lang, words := range stopWords {
		for word := range strings.FieldsSeq(words) {
			table[word] = append(table[word], lang)
		}
	}
	return table
}

// scriptLang tells a language by its script when that is more than a tenth of
// the letters. Kana tell Japanese from Chinese although it has fewer of them.
func scriptLang(text string) string {
	letters := 0
	counts := make([]int, len(scripts))
	for _, r := range text {
		if r < 0x370 || !unicode.IsLetter(r) {
			if unicode.IsLetter(r) {
				letters++
			}
			continue
		}
		letters++
		for i, s := range scripts {
			if unicode.Is(s.table, r) {
				counts[i]++
				break
			}
		}
	}
	for i, s := range scripts {
		if counts[i]*10 > letters {
			if s.lang == "ar" && strings.ContainsAny(text, "پچژگ") {
				return "fa"
			}
			return s.lang
		}
	}
	return ""
}
