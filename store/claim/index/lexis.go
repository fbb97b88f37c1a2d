package index

import (
	"maps"
	"slices"
)

// lexis is the vocabulary of all documents: its terms with their numbers and in
// how many documents each stands. A snapshot's lexis does not change; grow
// makes the one that the next snapshot gets.
type lexis struct {
	base   map[string]uint32 // frozen
	recent map[string]uint32 // few, copied by each change
	words  []string          // number -> term; number 0 is no term
	df     []uint32          // number -> documents
	sigs   []uint64          // number -> its runs of letters
	spelt  speller           // over the words of base
	forms  map[string]form   // written form -> terms; the writer's alone
	mind   []byte
}

// form is what is known of a written form.
type form struct {
	term  uint32
	class uint32 // 0 for none
	stop  bool   // stands in sequences only
}

// mostRecent is how many terms may be added before the base is made anew.
const mostRecent = 4096

func newLexis() *lexis {
	return &lexis{base: map[string]uint32{}, recent: map[string]uint32{}, words: []string{""}, df: []uint32{0}, sigs: []uint64{0}, forms: map[string]form{}}
}

// grow gives a lexis that may be changed while readers use the old one.
func (lx *lexis) grow() *lexis {
	next := *lx
	next.recent = maps.Clone(lx.recent)
	next.df = slices.Clone(lx.df)
	return &next
}

// settle makes the base anew when enough has come together.
func (lx *lexis) settle() {
	if len(lx.recent) <= mostRecent {
		return
	}
	if len(lx.base) == 0 {
		lx.base = lx.recent
	} else {
		base := make(map[string]uint32, len(lx.words))
		maps.Copy(base, lx.base)
		maps.Copy(base, lx.recent)
		lx.base = base
	}
	lx.recent = map[string]uint32{}
	lx.spelt = newSpeller(lx.words)
}

// stopWord finds a stop word's number; 0 when no document has it.
func (lx *lexis) stopWord(text []byte) uint32 {
	if n, ok := lx.base[stopMark+string(text)]; ok {
		return n
	}
	return lx.recent[stopMark+string(text)]
}

// lookup finds a term's number; 0 when no document holds it.
func (lx *lexis) lookup(term string) uint32 {
	n, ok := lx.base[term]
	if !ok {
		n = lx.recent[term]
	}
	if n == 0 || lx.df[n] == 0 {
		return 0
	}
	return n
}

// number gives the term's number, a new one if need be.
func (lx *lexis) number(term string) uint32 {
	if n, ok := lx.base[term]; ok {
		return n
	}
	if n, ok := lx.recent[term]; ok {
		return n
	}
	n := uint32(len(lx.words))
	lx.words = append(lx.words, term)
	lx.df = append(lx.df, 0)
	lx.sigs = append(lx.sigs, signature(term))
	lx.recent[term] = n
	return n
}

// form looks a token up by its written form.
func (lx *lexis) form(t token) form {
	if f, ok := lx.forms[string(t.text)]; ok {
		return f
	}
	term, class := normalise(t, &lx.mind)
	f := form{stop: term == ""}
	if f.stop {
		term = stopMark + string(t.text)
	}
	f.term = lx.number(term)
	if class != "" {
		f.class = lx.number(classMark + class)
	}
	lx.forms[string(t.text)] = f
	return f
}

// alike gives the words spelt like w that documents hold, nearest first.
func (lx *lexis) alike(w string, limit int) []near {
	found := lx.spelt.alike(w, limit*4)
	if len(lx.recent) > 0 && spellable(w) {
		slips := slipsFor(w)
		for other := range lx.recent {
			if spellable(other) && abs(len(other)-len(w)) <= slips {
				if d := distance(w, other, slips); d <= slips {
					found = append(found, near{other, d})
				}
			}
		}
		slices.SortFunc(found, compareNear)
	}
	found = slices.DeleteFunc(found, func(n near) bool { return lx.lookup(n.word) == 0 })
	return found[:min(len(found), limit)]
}
