package index

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
	NumbersMissed                // how much of the document's numbers the query lacks
	QuotedFound                  // how much of the query's quoted words the document holds
	NearDay                      // both dated: 1000 on the same day, falling to 0 at 64 times the distance
	FarDay                       // both dated and more than a year apart
	Rarest                       // the rarest word that both hold, in 1/20 of bits
	Weight                       // rarity of all that both hold, in bits, at most 1000
	Gap                          // of the best candidate only: its lead over the second
	Features
)

var featureNames = [Features]string{"bias", "lexical", "lead", "query found", "text found", "title found", "both found", "neighbours",
	"longest run", "names found", "names missed", "numbers found", "numbers missed", "quoted found", "near day", "far day", "rarest", "weight", "gap"}

// String names the evidence.
func (f Feature) String() string { return featureNames[f] }

// Evidence holds a candidate's features in thousandths.
type Evidence [Features]int32

// looker looks closely at the candidates of one query.
type looker[T any] struct {
	snap *snapshot[T]
	plan *plan
	top  uint32 // the best candidate's first score
	seen []bool // units found in the current document
	held []span // where the current document holds units: unit by place
}

// span is one word of a document: the query's unit that it is, or -1.
type span struct {
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
	return e
}

// read turns a document's sequence into spans, text and title apart.
func (l *looker[T]) read(seq []uint32) (text, title []span) {
	l.held = l.held[:0]
	cut := -1
	for _, n := range seq {
		if n == gap {
			cut = len(l.held)
			continue
		}
		term := n &^ nameBit
		s := span{unit: -1, rarity: l.rarity(term), name: n&nameBit != 0, number: l.number(term)}
		if i, ok := l.plan.slots[term]; ok {
			s.unit = i
			l.seen[i] = true
		}
		l.held = append(l.held, s)
	}
	if cut < 0 {
		return l.held, nil
	}
	return l.held[:cut], l.held[cut:]
}

func (l *looker[T]) number(term uint32) bool {
	c := l.snap.lexis.words[term][0]
	return c >= '0' && c <= '9'
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
