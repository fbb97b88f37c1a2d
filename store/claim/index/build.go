package index

import "slices"

// Entry is a document with what its owner wants back when it is found.
type Entry[T any] struct {
	Doc
	Data T
}

// builder turns documents into a segment.
type builder[T any] struct {
	tuning Tuning
	lexis  *lexis
	scan   scanner
	seg    *segment[T]
	pairs  []pair
	counts map[uint32]int32
	order  []uint32 // the terms of the current document, as first met
}

// build makes a segment of entries in the order of their different ids. The
// lexis grows by the words that are new, and counts the documents.
func build[T any](entries []Entry[T], tuning Tuning, lx *lexis) *segment[T] {
	b := &builder[T]{tuning: tuning, lexis: lx, counts: map[uint32]int32{}, seg: &segment[T]{
		ids: make([]string, 0, len(entries)), days: make([]int32, 0, len(entries)), data: make([]T, 0, len(entries)),
		seqFrom: make([]uint32, 1, len(entries)+1),
	}}
	for i := range entries {
		b.add(&entries[i])
	}
	b.seg.seqs = slices.Clip(b.seg.seqs)
	b.seg.lay(sortPairs(b.pairs, len(lx.words)))
	return b.seg
}

func (b *builder[T]) add(e *Entry[T]) {
	doc := uint32(len(b.seg.ids))
	b.seg.ids = append(b.seg.ids, e.ID)
	b.seg.days = append(b.seg.days, e.Day)
	b.seg.data = append(b.seg.data, e.Data)
	length := b.count(&e.Doc)
	b.seg.seqFrom = append(b.seg.seqFrom, uint32(len(b.seg.seqs)))
	for _, key := range e.Keys {
		b.hit(b.lexis.number(keyMark+key), 1<<20) // a key is there or not
	}
	hold := b.hold(length)
	for _, term := range b.order {
		tf := b.counts[term]
		impact := max(1, (int64(tf)*255+int64(tf+hold)/2)/int64(tf+hold))
		b.pairs = append(b.pairs, newPair(term, doc, uint8(impact)))
		b.lexis.df[term]++
	}
	clear(b.counts)
	b.order = b.order[:0]
}

// hold is what a count must come up against: k1 (1 - b + b length/typical).
func (b *builder[T]) hold(length int32) int32 {
	t := b.tuning
	return int32(int64(t.K1) * (1000 - int64(t.B) + int64(t.B)*int64(length)/int64(t.Typical)) / 1000)
}

// count takes the words of a document and gives its weighted length.
func (b *builder[T]) count(d *Doc) (length int32) {
	begin := len(b.seg.seqs)
	for f, text := range d.Fields {
		if text == "" {
			continue
		}
		if Field(f) == Title && len(b.seg.seqs) > begin {
			b.seg.seqs = append(b.seg.seqs, gap)
		}
		weight := b.tuning.Fields[f]
		b.scan.scan(text, func(t token) {
			length += b.take(t, weight, Field(f) <= Title)
		})
	}
	return length
}

// take counts one token and gives what it adds to the document's length.
func (b *builder[T]) take(t token, weight int32, inSequence bool) int32 {
	f := b.lexis.form(t)
	if f.stop {
		if inSequence && !t.part {
			b.seg.seqs = append(b.seg.seqs, f.term|stopBit)
		}
		return 0
	}
	b.hit(f.term, weight)
	if f.class != 0 {
		b.hit(f.class, weight)
	}
	if inSequence && !t.part {
		n := f.term
		if t.name {
			n |= nameBit
		}
		if t.kind == number {
			n |= numberBit
		}
		b.seg.seqs = append(b.seg.seqs, n)
	}
	return weight
}

func (b *builder[T]) hit(term uint32, weight int32) {
	n, met := b.counts[term]
	if !met {
		b.order = append(b.order, term)
	}
	b.counts[term] = n + weight
}

// merge joins two segments into one without the dead documents.
func merge[T any](a, b part[T]) *segment[T] {
	m := &merger[T]{out: &segment[T]{seqFrom: []uint32{0}}}
	m.weave(a, b)
	m.takePostings(a.seg, m.toA)
	m.takePostings(b.seg, m.toB)
	slices.Sort(m.pairs)
	m.out.lay(m.pairs)
	return m.out
}

// gone marks, in a merger's tables, a document that is left out.
const gone = ^uint32(0)

type merger[T any] struct {
	out      *segment[T]
	toA, toB []uint32 // old document number -> new one, or gone
	pairs    []pair
}

// weave puts the documents of both in the order of their ids.
func (m *merger[T]) weave(a, b part[T]) {
	m.toA, m.toB = make([]uint32, a.seg.len()), make([]uint32, b.seg.len())
	i, j := 0, 0
	for i < a.seg.len() || j < b.seg.len() {
		if j == b.seg.len() || i < a.seg.len() && CompareIDs(a.seg.ids[i], b.seg.ids[j]) < 0 {
			m.toA[i] = m.takeDoc(a, uint32(i))
			i++
		} else {
			m.toB[j] = m.takeDoc(b, uint32(j))
			j++
		}
	}
}

func (m *merger[T]) takeDoc(p part[T], doc uint32) uint32 {
	if isDead(p.dead, doc) {
		return gone
	}
	n := uint32(len(m.out.ids))
	m.out.ids = append(m.out.ids, p.seg.ids[doc])
	m.out.days = append(m.out.days, p.seg.days[doc])
	m.out.data = append(m.out.data, p.seg.data[doc])
	m.out.seqs = append(m.out.seqs, p.seg.seq(doc)...)
	m.out.seqFrom = append(m.out.seqFrom, uint32(len(m.out.seqs)))
	return n
}

func (m *merger[T]) takePostings(s *segment[T], to []uint32) {
	for i, term := range s.terms {
		for p := s.starts[i]; p < s.starts[i+1]; p++ {
			if doc := to[s.docs[p]]; doc != gone {
				m.pairs = append(m.pairs, newPair(term, doc, s.impacts[p]))
			}
		}
	}
}
