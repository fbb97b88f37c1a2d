package index

import (
	"cmp"
	"slices"
	"sync"
)

// speller finds the words of a vocabulary that are spelt like a given one, by
// the runs of three letters that they share.
type speller struct {
	words []string
	grams map[uint32][]uint32
}

const (
	leastSpelt = 4  // shorter words are not corrected
	longSpelt  = 8  // from here two slips are forgiven
	mostSpelt  = 24 // longer words are not names
)

func newSpeller(words []string) speller {
	s := speller{words: words, grams: map[uint32][]uint32{}}
	for i, w := range words {
		if !spellable(w) {
			continue
		}
		eachGram(w, func(g uint32) {
			l := s.grams[g]
			if len(l) == 0 || l[len(l)-1] != uint32(i) {
				s.grams[g] = append(l, uint32(i))
			}
		})
	}
	return s
}

// spellable is true for words of Latin letters of a middling length.
func spellable(w string) bool {
	if len(w) < leastSpelt || len(w) > mostSpelt {
		return false
	}
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return false
		}
	}
	return true
}

// eachGram gives the runs of three letters of ^word$.
func eachGram(w string, yield func(uint32)) {
	g := uint32('^')
	for i := 0; i <= len(w); i++ {
		c := byte('$')
		if i < len(w) {
			c = w[i]
		}
		g = (g<<8 | uint32(c)) & 0xffffff
		if i > 0 {
			yield(g)
		}
	}
}

// alike gives the vocabulary's words within one slip of w, two for long words,
// nearest first, then in the vocabulary's order; at most limit.
func (s *speller) alike(w string, limit int) []near {
	if !spellable(w) {
		return nil
	}
	slips := slipsFor(w)
	t := tallies.Get().(*gramTally)
	defer tallies.Put(t)
	eachGram(w, func(g uint32) { t.count(s.grams[g], len(s.words)) })
	var found []near
	for _, i := range t.met {
		n := int(t.shared[i])
		t.shared[i] = 0
		other := s.words[i]
		if n < max(1, len(w)-4*slips) || abs(len(other)-len(w)) > slips {
			continue
		}
		if d := distance(w, other, slips); d <= slips {
			found = append(found, near{other, d})
		}
	}
	t.met = t.met[:0]
	slices.SortFunc(found, compareNear)
	return found[:min(len(found), limit)]
}

// gramTally counts the runs of letters that words share with a given one. It is
// used again; what it counted is set back to zero.
type gramTally struct {
	shared []uint8
	met    []uint32
}

var tallies = sync.Pool{New: func() any { return new(gramTally) }}

func (t *gramTally) count(words []uint32, vocabulary int) {
	if len(t.shared) < vocabulary {
		t.shared = make([]uint8, vocabulary)
	}
	for _, w := range words {
		if t.shared[w] == 0 {
			t.met = append(t.met, w)
		}
		t.shared[w]++
	}
}

// near is a word spelt like another one.
type near struct {
	word  string
	slips int
}

func compareNear(a, b near) int {
	return cmp.Or(cmp.Compare(a.slips, b.slips), cmp.Compare(a.word, b.word))
}

// slipsFor is how many slips are forgiven in a word.
func slipsFor(w string) int {
	if len(w) >= longSpelt {
		return 2
	}
	return 1
}

func abs(n int) int { return max(n, -n) }

// distance counts the slips (a letter more, less, other, or two exchanged)
// between two words of at most mostSpelt letters; more than most+1 is not told
// apart.
func distance(a, b string, most int) int {
	var rows [3][mostSpelt + 4]int
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, prev2[j-2]+1)
			}
			cur[j] = d
			least = min(least, d)
		}
		if least > most {
			return most + 1
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}
