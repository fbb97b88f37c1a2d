package index

import (
	"math/bits"
	"slices"
	"sync"
)

// want is one term of a query with its weight.
type want struct {
	term   uint32
	weight uint32
}

// cursor walks through one term's postings in one segment.
type cursor struct {
	weight  uint32
	docs    []uint32
	impacts []uint8
	dir     *directory
	base    uint32 // the postings' place in the segment's, for dir
	top     uint32 // the most that the term can add anywhere
	at      int    // first posting not yet passed
	// of the current window:
	from, to int
	bound    uint32
}

// scratch is the memory that one search needs; it is used again.
type scratch struct {
	sums    [windowSize]uint32
	met     [windowSize / 64]uint64
	cursors []cursor
	live    []*cursor
	hopeful []uint16 // documents of the window that can still be among the best
}

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// scored is a document with its score in the first step.
type scored struct {
	part  int
	doc   uint32
	score uint32
}

// best keeps the k best documents: higher score first, then lower id. It is a
// heap with the worst on top.
type best struct {
	k     int
	items []scored
	less  func(a, b scored) bool // a is better than b
}

// worst is the score to be reached; 0 until there are k documents.
func (b *best) worst() uint32 {
	if len(b.items) < b.k {
		return 0
	}
	return b.items[0].score
}

func (b *best) offer(s scored) {
	if len(b.items) < b.k {
		b.items = append(b.items, s)
		b.up(len(b.items) - 1)
		return
	}
	if s.score > b.items[0].score || b.less(s, b.items[0]) {
		b.items[0] = s
		b.down(0)
	}
}

func (b *best) up(i int) {
	for i > 0 {
		parent := (i - 1) / 2
		if !b.less(b.items[parent], b.items[i]) {
			return
		}
		b.items[parent], b.items[i] = b.items[i], b.items[parent]
		i = parent
	}
}

func (b *best) down(i int) {
	for {
		child := 2*i + 1
		if child >= len(b.items) {
			return
		}
		if child+1 < len(b.items) && b.less(b.items[child], b.items[child+1]) {
			child++
		}
		if !b.less(b.items[i], b.items[child]) {
			return
		}
		b.items[i], b.items[child] = b.items[child], b.items[i]
		i = child
	}
}

// sorted empties the heap, best first.
func (b *best) sorted() []scored {
	slices.SortFunc(b.items, func(x, y scored) int {
		switch {
		case b.less(x, y):
			return -1
		case b.less(y, x):
			return 1
		}
		return 0
	})
	return b.items
}

// search offers the segment's best documents for the wanted terms.
func (s *segment[T]) search(part int, dead []uint64, wants []want, top *best) {
	sc := scratches.Get().(*scratch)
	defer scratches.Put(sc)
	s.open(wants, sc)
	if len(sc.cursors) == 0 {
		return
	}
	windows := (s.len() + windowSize - 1) >> windowBits
	for w := range windows {
		s.window(sc, uint32(w), part, dead, top)
	}
}

// open makes a cursor for each term that the segment holds.
func (s *segment[T]) open(wants []want, sc *scratch) {
	sc.cursors = sc.cursors[:0]
	for _, q := range wants {
		i, ok := s.place(q.term)
		if !ok {
			continue
		}
		from, to := s.starts[i], s.starts[i+1]
		sc.cursors = append(sc.cursors, cursor{
			weight: q.weight, docs: s.docs[from:to], impacts: s.impacts[from:to],
			dir: s.windows[q.term], base: from, top: q.weight * uint32(s.tops[i]),
		})
	}
}

// enter moves the cursor to a window and bounds what it can add there.
func (c *cursor) enter(w uint32) {
	if c.dir != nil {
		c.from, c.to = int(c.dir.from[w]-c.base), int(c.dir.from[w+1]-c.base)
		c.bound = c.weight * uint32(c.dir.top[w])
		return
	}
	end := (w + 1) << windowBits
	c.from = c.at
	for c.at < len(c.docs) && c.docs[c.at] < end {
		c.at++
	}
	c.to = c.at
	c.bound = 0
	if c.to > c.from {
		c.bound = c.top
	}
}

// window scores the documents of one window. Terms whose bounds together stay
// below the worst kept score cannot bring a document in alone: they are looked
// up only for documents that another term has brought.
func (s *segment[T]) window(sc *scratch, w uint32, part int, dead []uint64, top *best) {
	sc.live = sc.live[:0]
	total := uint32(0)
	for i := range sc.cursors {
		c := &sc.cursors[i]
		c.enter(w)
		if c.to > c.from {
			sc.live = append(sc.live, c)
			total += c.bound
		}
	}
	if total < top.worst() || len(sc.live) == 0 {
		return
	}
	sortByBound(sc.live)
	rest, first := uint32(0), 0
	for first < len(sc.live) && rest+sc.live[first].bound < top.worst() {
		rest += sc.live[first].bound
		first++
	}
	base := w << windowBits
	for _, c := range sc.live[first:] {
		c.pour(sc, base)
	}
	sc.gather(base, rest, dead, top.worst())
	for i := first - 1; i >= 0 && len(sc.hopeful) > 0; i-- {
		c := sc.live[i]
		rest -= c.bound
		c.join(sc, base)
		sc.sift(rest, top.worst())
	}
	for _, local := range sc.hopeful {
		top.offer(scored{part, base | uint32(local), sc.sums[local]})
	}
	clear(sc.sums[:])
}

// sortByBound puts the least first; the lists are short.
func sortByBound(live []*cursor) {
	for i := 1; i < len(live); i++ {
		for j := i; j > 0 && live[j].bound < live[j-1].bound; j-- {
			live[j], live[j-1] = live[j-1], live[j]
		}
	}
}

// pour adds a term's share to the sums of the window.
func (c *cursor) pour(sc *scratch, base uint32) {
	docs, impacts := c.docs[c.from:c.to], c.impacts[c.from:c.to]
	weight := c.weight
	for i, d := range docs {
		local := (d - base) & (windowSize - 1)
		sc.sums[local] += weight * uint32(impacts[i])
		sc.met[local>>6] |= 1 << (local & 63)
	}
}

// gather lists the documents met that can still be among the best.
func (sc *scratch) gather(base, rest uint32, dead []uint64, worst uint32) {
	sc.hopeful = sc.hopeful[:0]
	for i, set := range sc.met {
		sc.met[i] = 0
		for ; set != 0; set &= set - 1 {
			local := uint32(i<<6 | bits.TrailingZeros64(set))
			if sc.sums[local]+rest >= worst && !isDead(dead, base|local) {
				sc.hopeful = append(sc.hopeful, uint16(local))
			}
		}
	}
}

// sift drops the documents that what is left cannot lift to the worst score.
func (sc *scratch) sift(rest, worst uint32) {
	kept := sc.hopeful[:0]
	for _, local := range sc.hopeful {
		if sc.sums[local]+rest >= worst {
			kept = append(kept, local)
		}
	}
	sc.hopeful = kept
}

// fewer is how many postings are read through in the time of one look-up.
const fewer = 12

// join adds a term's share for the hopeful documents: by reading its postings
// through when they are few, else by looking each document up.
func (c *cursor) join(sc *scratch, base uint32) {
	docs, impacts := c.docs[c.from:c.to], c.impacts[c.from:c.to]
	if len(docs) <= fewer*len(sc.hopeful) {
		for i, d := range docs {
			sc.sums[(d-base)&(windowSize-1)] += c.weight * uint32(impacts[i])
		}
		return
	}
	for _, local := range sc.hopeful {
		sc.sums[local] += c.share(base | uint32(local))
	}
}

// share is what the term adds to one document. Documents come in ascending
// order, so the cursor only moves on.
func (c *cursor) share(doc uint32) uint32 {
	docs := c.docs[:c.to]
	i, step := c.from, 1
	for i+step < len(docs) && docs[i+step] < doc {
		i += step
		step <<= 1
	}
	hi := min(i+step+1, len(docs))
	for i < hi {
		mid := int(uint(i+hi) >> 1)
		if docs[mid] < doc {
			i = mid + 1
		} else {
			hi = mid
		}
	}
	c.from = i
	if i < len(docs) && docs[i] == doc {
		return c.weight * uint32(c.impacts[i])
	}
	return 0
}

func isDead(dead []uint64, doc uint32) bool {
	return dead != nil && dead[doc>>6]>>(doc&63)&1 == 1
}
