package index

import (
	"slices"
	"sync"
	"sync/atomic"
)

// Index holds documents and finds them. Any number of goroutines may read
// while one writes: a reader works on a snapshot and never waits.
type Index[T any] struct {
	tuning Tuning
	model  Model
	write  sync.Mutex
	now    atomic.Pointer[snapshot[T]]
}

// snapshot is the index at one moment.
type snapshot[T any] struct {
	parts []part[T] // greater ones first
	lexis *lexis
	count int // documents alive
}

// part is a segment and which of its documents were removed since.
type part[T any] struct {
	seg  *segment[T]
	dead []uint64 // nil for none
	lost int
}

// New makes an empty index.
func New[T any](tuning Tuning, model Model) *Index[T] {
	x := &Index[T]{tuning: tuning, model: model}
	x.now.Store(&snapshot[T]{lexis: newLexis()})
	return x
}

// Len is the number of documents.
func (x *Index[T]) Len() int { return x.now.Load().count }

// Put adds documents; those with a known id replace the old ones. Of two
// entries with one id the later counts.
func (x *Index[T]) Put(entries ...Entry[T]) {
	if len(entries) == 0 {
		return
	}
	entries = inOrder(entries)
	x.write.Lock()
	defer x.write.Unlock()
	next := x.now.Load().change()
	for i := range entries {
		next.bury(entries[i].ID)
	}
	seg := build(entries, x.tuning, next.lexis)
	next.parts = append(next.parts, part[T]{seg: seg})
	next.count += seg.len()
	next.tidy()
	next.lexis.settle()
	x.now.Store(next)
}

// inOrder sorts entries by id and keeps the last of each.
func inOrder[T any](entries []Entry[T]) []Entry[T] {
	byID := func(a, b Entry[T]) int { return CompareIDs(a.ID, b.ID) }
	if !slices.IsSortedFunc(entries, byID) {
		entries = slices.Clone(entries)
		slices.SortStableFunc(entries, byID)
	}
	var kept []Entry[T]
	for i := range entries {
		if i+1 < len(entries) && entries[i].ID == entries[i+1].ID {
			if kept == nil {
				kept = slices.Clone(entries[:i])
			}
			continue
		}
		if kept != nil {
			kept = append(kept, entries[i])
		}
	}
	if kept != nil {
		return kept
	}
	return entries
}

// Remove takes a document out and reports whether it was there.
func (x *Index[T]) Remove(id string) bool {
	x.write.Lock()
	defer x.write.Unlock()
	next := x.now.Load().change()
	if !next.bury(id) {
		return false
	}
	next.tidy()
	x.now.Store(next)
	return true
}

// Get gives what belongs to the id.
func (x *Index[T]) Get(id string) (data T, ok bool) {
	s := x.now.Load()
	if p, doc, ok := s.find(id); ok {
		return s.parts[p].seg.data[doc], true
	}
	return data, false
}

// Rarities tells how rare each key is: 1000 for one that a single document
// holds, less for others, 0 for one that none or nearly all hold.
func (x *Index[T]) Rarities(keys []Key) []int32 {
	s := x.now.Load()
	most := max(rarity(1, s.count), 1)
	out := make([]int32, len(keys))
	for i, k := range keys {
		if term := s.lexis.lookup(k.term()); term != 0 {
			out[i] = int32(min(rarity(int(s.lexis.df[term]), s.count)*1000/most, 1000))
		}
	}
	return out
}

// All yields every document's data, in the order of ids within each segment.
func (x *Index[T]) All(yield func(id string, data T) bool) {
	for _, p := range x.now.Load().parts {
		for doc, id := range p.seg.ids {
			if !isDead(p.dead, uint32(doc)) && !yield(id, p.seg.data[doc]) {
				return
			}
		}
	}
}

// change is a copy that may be altered.
func (s *snapshot[T]) change() *snapshot[T] {
	return &snapshot[T]{parts: slices.Clone(s.parts), lexis: s.lexis.grow(), count: s.count}
}

func (s *snapshot[T]) find(id string) (p int, doc uint32, ok bool) {
	for p := range s.parts {
		if doc, ok := s.parts[p].seg.find(id); ok && !isDead(s.parts[p].dead, doc) {
			return p, doc, true
		}
	}
	return 0, 0, false
}

// bury marks a document as removed and takes its words out of the counts.
func (s *snapshot[T]) bury(id string) bool {
	i, doc, ok := s.find(id)
	if !ok {
		return false
	}
	p := &s.parts[i]
	dead := make([]uint64, (p.seg.len()+63)/64)
	copy(dead, p.dead)
	dead[doc>>6] |= 1 << (doc & 63)
	p.dead = dead
	p.lost++
	s.count--
	for t, term := range p.seg.terms {
		if _, has := slices.BinarySearch(p.seg.docs[p.seg.starts[t]:p.seg.starts[t+1]], doc); has {
			s.lexis.df[term]--
		}
	}
	return true
}

// tidy merges segments so that each is at least twice as large as the next, and
// rewrites one that has lost a quarter of its documents.
func (s *snapshot[T]) tidy() {
	slices.SortStableFunc(s.parts, func(a, b part[T]) int { return b.seg.len() - a.seg.len() })
	for i := range s.parts {
		if p := s.parts[i]; p.lost*4 > p.seg.len() {
			s.parts[i] = part[T]{seg: merge(p, part[T]{seg: &segment[T]{seqFrom: []uint32{0}}})}
		}
	}
	s.parts = slices.DeleteFunc(s.parts, func(p part[T]) bool { return p.seg.len() == 0 })
	for n := len(s.parts); n > 1 && s.parts[n-2].seg.len() < 2*s.parts[n-1].seg.len(); n = len(s.parts) {
		s.parts[n-2] = part[T]{seg: merge(s.parts[n-2], s.parts[n-1])}
		s.parts = s.parts[:n-1]
	}
}
