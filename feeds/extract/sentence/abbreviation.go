package sentence

import "strings"

// Abbreviations by what may follow. A title never ends a sentence; the others do
// only before a word that begins sentences ("in the U.S. The ministry said").
// Months, places and companies count when capitalised.
const (
	titleWords = `mr mrs ms mx dr prof gen col lt sgt capt cmdr maj adm brig sen sens rep reps gov govs rev hon
		pres st ste sra fr msgr supt insp det cpl pvt amb atty messrs mme mlle dir asst assoc spc vs v viz cf approx
		fig eq sec secy`
	otherWords = `jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri
		inc corp ltd co cos llc plc bros dept univ assn natl intl govt mfg
		calif fla ga ill ind ky la md mass mich minn miss mo mont neb nev okla ore pa tenn tex va vt wash wis wyo ariz
		ark colo conn del kan ala ave blvd rd ft mt jr sr etc al ed eds vol nos no pp est`
	smallWords = `e.g i.e a.m p.m vs etc al cf approx ca viz ph.d`
	months     = `january february march april may june july august september october november december
		jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec. jan feb mar apr jun jul aug sept sep oct nov dec`
	starters = `the a an he she it they we i you but and so yet in on at this that these those if when while after
		before his her their its our my as for however meanwhile there here what who why how then also though although
		since because not no some many most one another both all every each by with from to under during despite
		according asked earlier later last now still even just only mr. mrs. ms.`
)

var (
	isTitle   = keys(titleWords, ".")
	isAbbrev  = keys(titleWords+" "+otherWords, "")
	isSmall   = keys(smallWords, "")
	isMonth   = keys(months, "")
	isStarter = keys(starters, "")
	keyNo     = KeyOf("no")
	keyNos    = KeyOf("nos")
)

func keys(words, suffix string) map[Key]bool {
	set := map[Key]bool{}
	for _, w := range strings.Fields(words) {
		set[KeyOf(w+suffix)] = true
	}
	return set
}

// abbreviated reports whether the stop at end belongs to the word before it,
// whose key is k.
func (s *scanner) abbreviated(end int, k Key, f Flag) bool {
	n := end - s.at
	if n == 1 {
		// an initial: John F. Kennedy, but not "Plan B." at a sentence's end
		return f&Capital != 0 && s.followed(end+1)
	}
	if f&Capital == 0 {
		return n <= 6 && isSmall[k] || n <= 12 && s.hyphenTitle(end)
	}
	if n <= 8 && isInitials(s.text[s.at:end]) {
		return true
	}
	if s.hyphenTitle(end) {
		return true
	}
	if n > 6 || !isAbbrev[k] && !isSmall[k] {
		return false
	}
	if k == keyNo || k == keyNos {
		return s.numberAfter(end + 1)
	}
	return true
}

// hyphenTitle reports whether the word that ends before end is a title after a
// hyphen: then-Sen.
func (s *scanner) hyphenTitle(end int) bool {
	w := s.text[s.at:end]
	h := strings.LastIndexByte(w, '-')
	return h > 0 && h+1 < len(w) && 'A' <= w[h+1] && w[h+1] <= 'Z' && len(w)-h < 7 && isTitle[KeyOf(w[h+1:]+".")]
}

// isInitials reports letters each parted by a stop, as in U.S or Ph.D.
func isInitials(w string) bool {
	if !strings.Contains(w, ".") {
		return false
	}
	run := 0
	for i := 0; i < len(w); i++ {
		if w[i] == '.' || w[i] == '-' {
			run = 0
			continue
		}
		if run++; run > 2 {
			return false
		}
	}
	return true
}

// followed reports whether a blank and a capital stand at i.
func (s *scanner) followed(i int) bool {
	c, w := s.class(i)
	if c != space || w == 0 {
		return false
	}
	return i+w < len(s.text) && 'A' <= s.text[i+w] && s.text[i+w] <= 'Z'
}

func (s *scanner) numberAfter(i int) bool {
	c, w := s.class(i)
	if c == space && w > 0 {
		c, _ = s.class(i + w)
	}
	return c == digit
}
