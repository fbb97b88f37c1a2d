package index

import "math/bits"

// Feature is one kind of evidence that a document says what a query says.
type Feature uint8

// The kinds of evidence. Each value is in thousandths.
const (
	Bias          Feature = iota // always 1000
	Lexical                      // the first step's score as a share of the most that the query can give
	Lead                         // the first step's score as a share of the best candidate's
	QueryFound                   // how much of the query's rarity the document holds
	TextFound                    // how much of the rarity of the document's sentence the query holds
	TitleFound                   // the same for its title, or its sentence if it has none
	BothFound                    // product of QueryFound and the better of the two before
	Neighbours                   // how much of the rarity of the query's neighbouring pairs stands close and in order
	LongestRun                   // the rarest run of words in both, as a share of the query's rarity
	NamesFound                   // how much of the query's names the document holds; 500 without names
	NamesMissed                  // how much of the names in the document's sentence the query lacks
	NumbersFound                 // how much of the query's numbers the document holds; 0 without numbers
	NumbersNear                  // how close the document's numbers come to the query's, weighed by rarity
	NumbersMissed                // how much of the document's numbers the query lacks
	QuotedFound                  // how much of the query's quoted words the document holds
	NearDay                      // both dated: 1000 on the same day, falling to 0 at 64 times the distance
	FarDay                       // both dated and more than a year apart
	Rarest                       // the rarest word that both hold, in 1/20 of bits
	Weight                       // rarity of all that both hold, in bits, at most 1000
	Pairs                        // how much of the query's neighbouring words, stop words too, the text or title has side by side
	InLine                       // the heaviest common subsequence, as a share of the query
	InLineText                   // the same as a share of the shorter of query and document
	Alike                        // how much of what the document lacks of the query it has in words spelt alike
	Length                       // how much longer one is than the other
	Gap                          // of the best candidate only: its lead over the second
	Features
)

var featureNames = [Features]string{"bias", "lexical", "lead", "query found", "text found", "title found", "both found", "neighbours",
	"longest run", "names found", "names missed", "numbers found", "numbers near", "numbers missed", "quoted found", "near day", "far day", "rarest", "weight", "pairs", "in line", "in line text", "alike", "length", "gap"}

// String names the evidence.
func (f Feature) String() string { return featureNames[f] }

// Evidence holds a candidate's features in thousandths.
type Evidence [Features]int32

// looker looks closely at the candidates of one query.
type looker[T any] struct {
	snap                   *snapshot[T]
	plan                   *plan
	top                    uint32   // the best candidate's first score
	seen                   []bool   // units found in the current document
	held                   []span   // the words of the current document
	rawRarity              []uint32 // of the query's words in order
	rawMass                uint64
	sigs                   []uint64 // units' letter runs
	row                    []uint64
	sizes                  []size // the numbers of the query
	all, allText, allTitle []span // with stop words
}

// stopRarity is what a stop word counts where the order of words is compared.
const stopRarity = 128

// span is one word of a document: the query's unit that it is, or -1.
type span struct {
	term   uint32
	unit   int
	rarity uint32
	name   bool
	number bool
}

func (l *looker[T]) rarity(term uint32) uint32 {
	return rarity(int(l.snap.lexis.df[term]), l.snap.count)
}

// look gathers the evidence for one candidate.
func (l *looker[T]) look(c scored) (e Evidence) {
	seg := l.snap.parts[c.part].seg
	e[Bias] = 1000
	e[Lexical] = share(uint64(c.score), l.plan.full)
	e[Lead] = share(uint64(c.score), uint64(l.top))
	l.seen = append(l.seen[:0], make([]bool, len(l.plan.units))...)
	text, title := l.read(seg.seq(c.doc))
	e[TextFound] = found(text)
	e[TitleFound] = e[TextFound]
	if len(title) > 0 {
		e[TitleFound] = found(title)
	}
	l.missed(&e, text)
	l.unitsFound(&e, seg, c.doc)
	e[BothFound] = int32(int64(e[QueryFound]) * int64(max(e[TextFound], e[TitleFound])) / 1000)
	n1, r1 := l.order(text)
	n2, r2 := l.order(title)
	e[Neighbours], e[LongestRun] = max(n1, n2), max(r1, r2)
	l.days(&e, seg.days[c.doc])
	l.inLine(&e)
	e[Alike] = l.alike()
	e[NumbersNear] = l.numbersNear()
	return e
}

// read turns a document's sequence into spans, text and title apart.
func (l *looker[T]) read(seq []uint32) (text, title []span) {
	l.held, l.all = l.held[:0], l.all[:0]
	cut, cutAll := -1, -1
	for _, n := range seq {
		if n == gap {
			cut, cutAll = len(l.held), len(l.all)
			continue
		}
		term := n &^ (nameBit | stopBit | numberBit)
		if n&stopBit != 0 {
			l.all = append(l.all, span{term: term, unit: -1, rarity: stopRarity})
			continue
		}
		s := span{term: term, unit: -1, rarity: l.rarity(term), name: n&nameBit != 0, number: n&numberBit != 0}
		if i, ok := l.plan.slots[term]; ok {
			s.unit = i
			l.seen[i] = true
		}
		l.held = append(l.held, s)
		l.all = append(l.all, s)
	}
	if cut < 0 {
		l.allText, l.allTitle = l.all, nil
		return l.held, nil
	}
	l.allText, l.allTitle = l.all[:cutAll], l.all[cutAll:]
	return l.held[:cut], l.held[cut:]
}

// share is part of whole in thousandths.
func share(part, whole uint64) int32 {
	if whole == 0 {
		return 0
	}
	return int32(min(part*1000/whole, 1000))
}

// found is how much of the rarity of the words is in the query.
func found(words []span) int32 {
	var have, all uint64
	for _, s := range words {
		all += uint64(s.rarity)
		if s.unit >= 0 {
			have += uint64(s.rarity)
		}
	}
	return share(have, all)
}

// missed fills in what the document's sentence has and the query lacks.
func (l *looker[T]) missed(e *Evidence, text []span) {
	var names, noNames, numbers, noNumbers uint64
	for i, s := range text {
		r := uint64(s.rarity)
		if s.name && i > 0 {
			names += r
			if s.unit < 0 {
				noNames += r
			}
		}
		if s.number {
			numbers += r
			if s.unit < 0 {
				noNumbers += r
			}
		}
	}
	e[NamesMissed], e[NumbersMissed] = share(noNames, names), share(noNumbers, numbers)
}

// unitsFound fills in how much of the query the document holds.
func (l *looker[T]) unitsFound(e *Evidence, seg *segment[T], doc uint32) {
	var all, names, numbers, quoted tally
	var rarest uint32
	var weight uint64
	for i := range l.plan.units {
		u := &l.plan.units[i]
		if u.byline {
			continue
		}
		has := l.seen[i] || u.term != 0 && seg.holds(doc, u.term)
		r := uint64(u.rarity)
		all.add(r, has)
		if u.name {
			names.add(r, has)
		}
		if u.number {
			numbers.add(r, has)
		}
		if u.quoted {
			quoted.add(r, has)
		}
		if has && u.term != 0 {
			rarest = max(rarest, u.rarity)
			weight += r
		}
	}
	e[QueryFound], e[NumbersFound], e[QuotedFound] = all.share(), numbers.share(), quoted.share()
	e[NamesFound] = 500
	if names.all > 0 {
		e[NamesFound] = names.share()
	}
	e[Rarest] = int32(rarest * 50 / 256)
	e[Weight] = int32(min(weight*10/256, 1000))
}

type tally struct{ have, all uint64 }

func (t *tally) add(r uint64, has bool) {
	t.all += r
	if has {
		t.have += r
	}
}

func (t tally) share() int32 { return share(t.have, t.all) }

// order measures how far the document's words keep the query's order: the share
// of neighbouring pairs that stand close, and the rarest common run.
func (l *looker[T]) order(words []span) (pairs, run int32) {
	var near, all, longest, current uint64
	at := make(map[int]int, len(words))
	for i := len(words) - 1; i >= 0; i-- {
		if words[i].unit >= 0 {
			at[words[i].unit] = i
		}
	}
	last := -2
	for k, u := range l.plan.order {
		i, here := at[u]
		if k > 0 {
			prev := l.plan.order[k-1]
			r := uint64(l.plan.units[u].rarity + l.plan.units[prev].rarity)
			all += r
			if j, ok := at[prev]; ok && here && i > j && i-j <= 3 {
				near += r
			}
		}
		if !here {
			current, last = 0, -2
			continue
		}
		if i != last+1 {
			current = 0
		}
		current += uint64(l.plan.units[u].rarity)
		last = i
		longest = max(longest, current)
	}
	return share(near, all), share(longest, uint64(l.plan.mass))
}

// days compares the dates.
func (l *looker[T]) days(e *Evidence, day int32) {
	if day == 0 || l.plan.day == 0 {
		return
	}
	d := abs(int(day - l.plan.day))
	e[NearDay] = max(0, 1000-int32(log2(uint64(d)+1))*1000/(6*256))
	if d > 365 {
		e[FarDay] = 1000
	}
}

// prepare works out what all candidates share.
func (l *looker[T]) prepare() {
	for _, t := range l.plan.raw {
		r := uint32(stopRarity)
		if t != 0 && l.snap.lexis.df[t] > 0 {
			r = l.rarity(t)
		} else if t == 0 {
			r = rarity(0, l.snap.count)
		}
		l.rawRarity = append(l.rawRarity, r)
		l.rawMass += uint64(r)
	}
	for i := range l.plan.units {
		u := &l.plan.units[i]
		l.sigs = append(l.sigs, signature(u.text))
		if u.number && !u.byline {
			l.sizes = append(l.sizes, size{parseNumber(u.text), u.rarity})
		}
	}
}

// inLine compares the order of words with that of text and title.
func (l *looker[T]) inLine(e *Evidence) {
	for _, words := range [][]span{l.allText, l.allTitle} {
		if len(words) == 0 {
			continue
		}
		var mass uint64
		for _, w := range words {
			mass += uint64(w.rarity)
		}
		common := l.common(words)
		e[InLine] = max(e[InLine], share(common, l.rawMass))
		e[InLineText] = max(e[InLineText], share(common, min(mass, l.rawMass)))
		e[Pairs] = max(e[Pairs], l.pairs(words))
		if &words[0] == &l.allText[0] {
			e[Length] = 1000 - share(min(mass, l.rawMass), max(mass, l.rawMass))
		}
	}
}

// common is the weight of the heaviest common subsequence.
func (l *looker[T]) common(words []span) uint64 {
	l.row = append(l.row[:0], make([]uint64, len(words)+1)...)
	for i, t := range l.plan.raw {
		if t == 0 {
			continue
		}
		var diagonal uint64
		r := uint64(l.rawRarity[i])
		for j := range words {
			above := l.row[j+1]
			if words[j].term == t {
				l.row[j+1] = max(above, diagonal+r)
			}
			l.row[j+1] = max(l.row[j+1], l.row[j])
			diagonal = above
		}
	}
	return l.row[len(words)]
}

// pairs is how much of the query's pairs of neighbours the words have.
func (l *looker[T]) pairs(words []span) int32 {
	var have, all uint64
	raw := l.plan.raw
	for i := 1; i < len(raw); i++ {
		w := uint64(l.rawRarity[i-1] + l.rawRarity[i])
		all += w
		if raw[i] == 0 || raw[i-1] == 0 {
			continue
		}
		for j := 1; j < len(words); j++ {
			if words[j].term == raw[i] && words[j-1].term == raw[i-1] {
				have += w
				break
			}
		}
	}
	return share(have, all)
}

// alike is how much of the query's words that the document lacks stand in it
// otherwise spelt or derived.
func (l *looker[T]) alike() int32 {
	var have, all uint64
	for i := range l.plan.units {
		u := &l.plan.units[i]
		if u.byline {
			continue
		}
		all += uint64(u.rarity)
		if l.seen[i] || l.sigs[i] == 0 {
			continue
		}
		most := 0
		for _, w := range l.held {
			if w.unit < 0 {
				most = max(most, overlap(l.sigs[i], l.snap.lexis.sigs[w.term]))
			}
		}
		if most >= 500 {
			have += uint64(u.rarity) * uint64(most) / 1000
		}
	}
	return share(have, all)
}

// signature marks the runs of three letters of a word in 64 bits.
func signature(w string) (s uint64) {
	if len(w) < leastSpelt {
		return 0
	}
	eachGram(w, func(g uint32) { s |= 1 << (g * 2654435761 >> 26) })
	return s
}

// overlap is the share of common bits in thousandths (Dice).
func overlap(a, b uint64) int {
	n := bits.OnesCount64(a) + bits.OnesCount64(b)
	if n == 0 {
		return 0
	}
	return 2000 * bits.OnesCount64(a&b) / n
}
