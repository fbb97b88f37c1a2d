package index

// stem cuts an English word in lower case to its stem in place, after Porter's
// second algorithm (snowballstem.org/algorithms/english), and leaves words of
// other scripts but for their longest endings alone.
func stem(w []byte) []byte {
	if len(w) <= 2 {
		return w
	}
	for _, c := range w {
		if c >= 0x80 {
			return stemOther(w)
		}
		if c < 'a' {
			return w // holds digits
		}
	}
	if s, ok := stemExceptions[string(w)]; ok {
		return append(w[:0], s...)
	}
	r1, r2 := regions(w)
	w = step1a(w)
	w = step1b(w, r1)
	w = step1c(w)
	w = step2(w, r1)
	w = step3(w, r1, r2)
	w = step4(w, r2)
	return step5(w, r1, r2)
}

// stemOther cuts a word of a script with case endings (Cyrillic) to its first
// six letters: enough to bring its forms together, and no more.
func stemOther(w []byte) []byte {
	n := 0
	for i := range string(w) {
		if n == 6 {
			return w[:i]
		}
		n++
	}
	return w
}

var stemExceptions = map[string]string{
	"skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie",
	"news": "news", "howe": "howe", "atlas": "atlas", "cosmos": "cosmos", "bias": "bias",
	"inning": "inning", "outing": "outing", "herring": "herring", "earring": "earring",
	"proceed": "proceed", "exceed": "exceed", "succeed": "succeed",
	// irregular forms that no ending tells
	"broke": "break", "broken": "break", "stole": "steal", "stolen": "steal", "theft": "steal", "thefts": "steal",
	"men": "man", "women": "woman", "children": "child", "said": "say", "told": "tell", "spied": "spi",
	"paid": "pay", "sold": "sell", "bought": "buy", "won": "win", "lost": "lose", "fell": "fall", "fallen": "fall",
	"rose": "rise", "risen": "rise", "ran": "run", "went": "go", "gone": "go", "came": "come", "took": "take",
	"taken": "take", "gave": "give", "given": "give", "wrote": "write", "written": "write", "shot": "shoot",
	"spoke": "speak", "spoken": "speak", "chose": "choos", "chosen": "choos", "held": "hold", "led": "lead",
	"met": "meet", "sent": "send", "spent": "spend", "built": "build", "left": "leav", "kept": "keep",
	"knew": "know", "known": "know", "grew": "grow", "grown": "grow", "drove": "drive", "driven": "drive",
	"died": "die", "dead": "die", "death": "die", "deaths": "die", "killed": "kill", "sought": "seek", "fought": "fight",
	"caught": "catch", "taught": "teach", "thought": "think", "brought": "bring", "began": "begin", "begun": "begin",
}

func vowel(w []byte, i int) bool {
	switch w[i] {
	case 'a', 'e', 'i', 'o', 'u':
		return true
	case 'y':
		return i > 0 && !vowel(w, i-1)
	}
	return false
}

// regions are R1 and R2: what follows the first consonant after a vowel, and
// the same within R1.
func regions(w []byte) (r1, r2 int) {
	r1 = len(w)
	for _, head := range []string{"gener", "commun", "arsen"} {
		if len(w) >= len(head) && string(w[:len(head)]) == head {
			r1 = len(head)
		}
	}
	if r1 == len(w) {
		r1 = regionAfter(w, 0)
	}
	return r1, regionAfter(w, r1)
}

func regionAfter(w []byte, from int) int {
	for i := from + 1; i < len(w); i++ {
		if !vowel(w, i) && vowel(w, i-1) {
			return i + 1
		}
	}
	return len(w)
}

func ends(w []byte, s string) bool {
	return len(w) >= len(s) && string(w[len(w)-len(s):]) == s
}

func hasVowel(w []byte) bool {
	for i := range w {
		if vowel(w, i) {
			return true
		}
	}
	return false
}

func step1a(w []byte) []byte {
	n := len(w)
	switch {
	case ends(w, "sses"):
		return w[:n-2]
	case ends(w, "ies") || ends(w, "ied"):
		if n > 4 {
			return w[:n-2]
		}
		return w[:n-1]
	case ends(w, "ss") || ends(w, "us") || !ends(w, "s"):
		return w
	case hasVowel(w[:n-2]):
		return w[:n-1]
	}
	return w
}

func step1b(w []byte, r1 int) []byte {
	n := len(w)
	switch {
	case ends(w, "eedly"):
		return cutIn(w, 5, r1, "ee")
	case ends(w, "eed"):
		return cutIn(w, 3, r1, "ee")
	}
	for _, e := range []string{"ingly", "edly", "ing", "ed"} {
		if !ends(w, e) {
			continue
		}
		if !hasVowel(w[:n-len(e)]) {
			return w
		}
		return mend(w[:n-len(e)], r1)
	}
	return w
}

// mend gives a word its e back or takes a doubled consonant away.
func mend(w []byte, r1 int) []byte {
	n := len(w)
	switch {
	case ends(w, "at") || ends(w, "bl") || ends(w, "iz"):
		return append(w, 'e')
	case n > 1 && w[n-1] == w[n-2] && doubled(w[n-1]):
		return w[:n-1]
	case r1 >= n && shortSyllable(w):
		return append(w, 'e')
	}
	return w
}

func doubled(c byte) bool {
	switch c {
	case 'b', 'd', 'f', 'g', 'm', 'n', 'p', 'r', 't':
		return true
	}
	return false
}

func shortSyllable(w []byte) bool {
	n := len(w)
	if n == 2 {
		return vowel(w, 0) && !vowel(w, 1)
	}
	return n > 2 && !vowel(w, n-3) && vowel(w, n-2) && !vowel(w, n-1) && w[n-1] != 'w' && w[n-1] != 'x' && w[n-1] != 'y'
}

func step1c(w []byte) []byte {
	n := len(w)
	if n > 2 && w[n-1] == 'y' && !vowel(w, n-2) {
		w[n-1] = 'i'
	}
	return w
}

// cutIn replaces the last n letters when they lie in the region.
func cutIn(w []byte, n, region int, with string) []byte {
	if len(w)-n < region {
		return w
	}
	return append(w[:len(w)-n], with...)
}

type ending struct{ from, to string }

var endings2 = []ending{
	{"ational", "ate"}, {"ization", "ize"}, {"fulness", "ful"}, {"ousness", "ous"}, {"iveness", "ive"},
	{"tional", "tion"}, {"biliti", "ble"}, {"lessli", "less"}, {"entli", "ent"}, {"ation", "ate"}, {"alism", "al"},
	{"aliti", "al"}, {"ousli", "ous"}, {"iviti", "ive"}, {"fulli", "ful"}, {"enci", "ence"}, {"anci", "ance"},
	{"abli", "able"}, {"izer", "ize"}, {"ator", "ate"}, {"alli", "al"}, {"bli", "ble"},
}

func step2(w []byte, r1 int) []byte {
	for _, e := range endings2 {
		if ends(w, e.from) {
			return cutIn(w, len(e.from), r1, e.to)
		}
	}
	n := len(w)
	switch {
	case ends(w, "ogi") && n > 3 && w[n-4] == 'l':
		return cutIn(w, 1, r1, "")
	case ends(w, "li") && n > 2 && validLi(w[n-3]):
		return cutIn(w, 2, r1, "")
	}
	return w
}

func validLi(c byte) bool {
	switch c {
	case 'c', 'd', 'e', 'g', 'h', 'k', 'm', 'n', 'r', 't':
		return true
	}
	return false
}

var endings3 = []ending{
	{"ational", "ate"}, {"tional", "tion"}, {"alize", "al"}, {"icate", "ic"}, {"iciti", "ic"}, {"ical", "ic"}, {"ness", ""}, {"ful", ""},
}

func step3(w []byte, r1, r2 int) []byte {
	for _, e := range endings3 {
		if ends(w, e.from) {
			return cutIn(w, len(e.from), r1, e.to)
		}
	}
	if ends(w, "ative") {
		return cutIn(w, 5, r2, "")
	}
	return w
}

var endings4 = []string{"ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "al", "er", "ic"}

func step4(w []byte, r2 int) []byte {
	if n := len(w); ends(w, "ion") && n > 3 && (w[n-4] == 's' || w[n-4] == 't') {
		return cutIn(w, 3, r2, "")
	}
	for _, e := range endings4 {
		if ends(w, e) {
			return cutIn(w, len(e), r2, "")
		}
	}
	return w
}

func step5(w []byte, r1, r2 int) []byte {
	n := len(w)
	switch w[n-1] {
	case 'e':
		if n-1 >= r2 || n-1 >= r1 && !shortSyllable(w[:n-1]) {
			return w[:n-1]
		}
	case 'l':
		if n-1 >= r2 && n > 1 && w[n-2] == 'l' {
			return w[:n-1]
		}
	}
	return w
}
