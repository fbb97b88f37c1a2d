package identity

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words are a text's distinct content words as hashes, sorted: telling ones, and
// those that nearly every text of the field has.
type Words struct {
	Strong []uint32 `json:"s,omitempty"`
	Weak   []uint32 `json:"w,omitempty"`
	Names  []uint32 `json:"n,omitempty"` // those of Strong that are numbers or written like names
}

// WordsOf takes the content words of a text: lower case, stemmed, field synonyms
// brought together, without stop words. Scripts without spaces give pairs of
// characters.
func WordsOf(text string) Words {
	w := Words{Names: namesIn(text)}
	for token := range tokens(text) {
		class, known := tokenClass[token]
		switch {
		case known && class == stopWord:
		case known:
			w.Weak = append(w.Weak, hash(token))
		default:
			w.Strong = append(w.Strong, hash(token))
		}
	}
	w.Strong, w.Weak = distinct(w.Strong), distinct(w.Weak)
	return w
}

// namesIn finds numbers and words that begin with a capital within a sentence,
// but for those that nearly every text of the field has.
func namesIn(text string) []uint32 {
	var names []uint32
	first := true
	for word := range strings.FieldsSeq(text) {
		bare := strings.TrimFunc(word, isBreak)
		r, _ := utf8.DecodeRuneInString(bare)
		isName := unicode.IsUpper(r) && !first || unicode.IsDigit(r)
		first = strings.ContainsAny(word, ".!?:\"“”‘") && !strings.HasSuffix(bare, ".") || bare == ""
		if !isName {
			continue
		}
		for token := range tokens(bare) {
			if _, ordinary := tokenClass[token]; !ordinary {
				names = append(names, hash(token))
			}
		}
	}
	return distinct(names)
}

func distinct(hs []uint32) []uint32 {
	slices.Sort(hs)
	return slices.Compact(hs)
}

func hash(s string) uint32 {
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32()
}

// tokens gives the folded words of a text in order.
func tokens(text string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for word := range strings.FieldsFuncSeq(strings.ToLower(text), isBreak) {
			if isUnspaced(word) {
				if !pairs(word, yield) {
					return
				}
				continue
			}
			if !yield(fold(strings.Trim(word, "'’"))) {
				return
			}
		}
	}
}

func isBreak(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\'' && r != '’'
}

func isUnspaced(word string) bool {
	for _, r := range word {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai) {
			return true
		}
	}
	return false
}

// pairs gives overlapping pairs of characters; it reports whether to go on.
func pairs(word string, yield func(string) bool) bool {
	rs := []rune(word)
	if len(rs) == 1 {
		return yield(word)
	}
	for i := range len(rs) - 1 {
		if !yield(string(rs[i : i+2])) {
			return false
		}
	}
	return true
}

// fold stems a word and brings a synonym of the field to its main form.
func fold(word string) string {
	word = strings.TrimSuffix(strings.TrimSuffix(word, "'s"), "’s")
	if main, ok := synonyms[word]; ok {
		return main
	}
	stem := stem(word)
	if main, ok := synonyms[stem]; ok {
		return main
	}
	return stem
}

// suffixes are cut as long as a stem of four letters or more stays, the longest
// first.
var suffixes = []string{"ations", "ation", "atic", "ingly", "ments", "ment", "ness", "ions", "ing", "ies", "ion", "ers", "ist", "ity", "ive", "ous", "ed", "er", "es", "ic", "ly", "al", "s", "e", "y"}

// stem cuts English suffixes. It is crude, as both sides are cut alike.
func stem(word string) string {
	for cut := true; cut; {
		cut = false
		for _, s := range suffixes {
			if short, ok := strings.CutSuffix(word, s); ok && len(short) >= 4 {
				word, cut = short, true
				break
			}
		}
	}
	return word
}

// Overlap is the weighed share of the shorter text's words that the other has,
// in thousandths; a telling word counts three times an ordinary one. Texts of
// very few words cannot reach a high share by chance.
func Overlap(a, b Words) int {
	shared := 3*common(a.Strong, b.Strong) + common(a.Weak, b.Weak)
	return 1000 * shared / max(min(a.weight(), b.weight()), leastWeight)
}

// leastWeight is the weight of three telling words: shorter texts are measured
// as if they had so many.
const leastWeight = 9

func (w Words) weight() int { return 3*len(w.Strong) + len(w.Weak) }

// bare reports a text without content of its own, such as "groundless".
func (w Words) bare() bool { return w.weight() <= 4 }

// common counts what two sorted lists share.
func common(a, b []uint32) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}
