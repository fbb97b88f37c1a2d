package index

import (
	"cmp"
	"slices"
)

const (
	windowBits = 12
	windowSize = 1 << windowBits // documents that are scored together
	listed     = 512             // postings from which a term has a window directory
)

// segment is an immutable set of documents with its postings. Documents are in
// the order of their ids, so that a lower number is a lower id.
type segment[T any] struct {
	ids     []string
	days    []int32
	data    []T
	terms   []uint32 // the terms held, ascending
	starts  []uint32 // place in terms -> first posting; one more at the end
	docs    []uint32 // postings: document numbers, ascending within a term
	impacts []uint8  // postings: how much the term counts there
	tops    []uint8  // place in terms -> greatest impact
	windows map[uint32]*directory
	seqs    []uint32 // documents' terms in order of the text
	seqFrom []uint32 // document -> its first place in seqs; one more at the end
}

// directory finds a frequent term's postings and greatest impact by window.
type directory struct {
	from []uint32 // window -> first posting; one more at the end
	top  []uint8
}

func (s *segment[T]) len() int { return len(s.ids) }

// place finds a term.
func (s *segment[T]) place(term uint32) (int, bool) { return slices.BinarySearch(s.terms, term) }

// seq is the document's terms in order.
func (s *segment[T]) seq(doc uint32) []uint32 { return s.seqs[s.seqFrom[doc]:s.seqFrom[doc+1]] }

// find gives the number of the document with the id.
func (s *segment[T]) find(id string) (uint32, bool) {
	i, ok := slices.BinarySearchFunc(s.ids, id, CompareIDs)
	return uint32(i), ok
}

// holds reports whether the document holds the term.
func (s *segment[T]) holds(doc, term uint32) bool {
	p, ok := s.place(term)
	if !ok {
		return false
	}
	_, ok = slices.BinarySearch(s.docs[s.starts[p]:s.starts[p+1]], doc)
	return ok
}

// lay makes the postings of pairs that are sorted by term and then document.
func (s *segment[T]) lay(pairs []pair) {
	s.docs, s.impacts = make([]uint32, len(pairs)), make([]uint8, len(pairs))
	n := 0
	for i, p := range pairs {
		if i == 0 || p.term() != pairs[i-1].term() {
			n++
		}
	}
	s.terms, s.starts = make([]uint32, 0, n), make([]uint32, 0, n+1)
	for i, p := range pairs {
		if i == 0 || p.term() != pairs[i-1].term() {
			s.terms = append(s.terms, p.term())
			s.starts = append(s.starts, uint32(i))
		}
		s.docs[i], s.impacts[i] = p.doc(), p.impact()
	}
	s.starts = append(s.starts, uint32(len(pairs)))
	s.direct()
}

// direct notes each term's greatest impact, for frequent terms by window.
func (s *segment[T]) direct() {
	s.tops = make([]uint8, len(s.terms))
	s.windows = map[uint32]*directory{}
	n := (s.len() + windowSize - 1) >> windowBits
	for i, term := range s.terms {
		from, to := s.starts[i], s.starts[i+1]
		for _, impact := range s.impacts[from:to] {
			s.tops[i] = max(s.tops[i], impact)
		}
		if to-from >= listed && n > 1 {
			s.windows[term] = s.directory(from, to, n)
		}
	}
}

func (s *segment[T]) directory(from, to uint32, windows int) *directory {
	d := &directory{from: make([]uint32, windows+1), top: make([]uint8, windows)}
	p := from
	for w := range windows {
		d.from[w] = p
		end := uint32(w+1) << windowBits
		for p < to && s.docs[p] < end {
			d.top[w] = max(d.top[w], s.impacts[p])
			p++
		}
	}
	d.from[windows] = to
	return d
}

// pair is a posting on its way: term, document (24 bits) and impact in one
// number, so that sorting numbers sorts postings.
type pair uint64

// mostDocs is how many documents a segment can number.
const mostDocs = 1 << 24

func newPair(term, doc uint32, impact uint8) pair {
	return pair(term)<<32 | pair(doc)<<8 | pair(impact)
}

func (p pair) term() uint32  { return uint32(p >> 32) }
func (p pair) doc() uint32   { return uint32(p>>8) & (mostDocs - 1) }
func (p pair) impact() uint8 { return uint8(p) }

// sortPairs orders pairs that come document by document: few by comparing, many
// by counting their terms.
func sortPairs(pairs []pair, terms int) []pair {
	if len(pairs) < 1<<14 {
		slices.Sort(pairs)
		return pairs
	}
	from := make([]uint32, terms+1)
	for _, p := range pairs {
		from[p.term()+1]++
	}
	for i := range terms {
		from[i+1] += from[i]
	}
	sorted := make([]pair, len(pairs))
	for _, p := range pairs {
		sorted[from[p.term()]] = p
		from[p.term()]++
	}
	return sorted
}

// CompareIDs orders ids by their letters and then by the number at their end:
// C9 before C10.
func CompareIDs(a, b string) int {
	headA, numA := splitID(a)
	headB, numB := splitID(b)
	return cmp.Or(cmp.Compare(headA, headB), cmp.Compare(len(numA), len(numB)), cmp.Compare(numA, numB), cmp.Compare(a, b))
}

// splitID parts an id into its head and the number at its end, without the
// zeros before it.
func splitID(id string) (head, num string) {
	i := len(id)
	for i > 0 && id[i-1] >= '0' && id[i-1] <= '9' {
		i--
	}
	head, num = id[:i], id[i:]
	for len(num) > 1 && num[0] == '0' {
		num = num[1:]
	}
	return head, num
}
