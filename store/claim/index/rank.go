package index

import (
	"cmp"
	"slices"
)

// Hit is a document found.
type Hit[T any] struct {
	ID       string
	Data     T
	Score    int64  // millionths: how likely it says what the query says
	First    uint32 // the score of the first step
	Held     uint64 // bit i: the document holds the query's key i
	Evidence Evidence
}

// Search finds the best documents for a query, best first; ties go by id.
func (x *Index[T]) Search(q Query, top int) []Hit[T] {
	hits := x.Candidates(q, max(top, x.tuning.Depth))
	order(&x.model, hits)
	return hits[:min(top, len(hits))]
}

// Candidates gives the exact best n of the first step with their evidence, in
// the order of the first step and not yet scored.
func (x *Index[T]) Candidates(q Query, n int) []Hit[T] {
	snap := x.now.Load()
	p := q.plan(snap.lexis, x.tuning, snap.count)
	return snap.hits(p, snap.first(p, n))
}

// Look gives the evidence for the documents with the ids, in their order and
// whether or not the query would find them; unknown ids are left out.
func (x *Index[T]) Look(q Query, ids ...string) []Hit[T] {
	snap := x.now.Load()
	var found []scored
	for _, id := range ids {
		if part, doc, ok := snap.find(id); ok {
			found = append(found, scored{part: part, doc: doc})
		}
	}
	return snap.hits(q.plan(snap.lexis, x.tuning, snap.count), found)
}

// hits looks closely at the documents found.
func (snap *snapshot[T]) hits(p *plan, found []scored) []Hit[T] {
	if len(found) == 0 {
		return nil
	}
	l := &looker[T]{snap: snap, plan: p, top: found[0].score}
	l.prepare()
	hits := make([]Hit[T], len(found))
	for i, c := range found {
		seg := snap.parts[c.part].seg
		hits[i] = Hit[T]{ID: seg.ids[c.doc], Data: seg.data[c.doc], First: c.score, Held: l.held64(c), Evidence: l.look(c)}
	}
	return hits
}

// held64 tells which of the query's keys a document holds.
func (l *looker[T]) held64(c scored) (held uint64) {
	seg := l.snap.parts[c.part].seg
	for i, term := range l.plan.keys[:min(len(l.plan.keys), MostKeys)] {
		if term != 0 && seg.holds(c.doc, term) {
			held |= 1 << i
		}
	}
	return held
}

// first runs the first step over all segments.
func (s *snapshot[T]) first(p *plan, n int) []scored {
	top := &best{k: n}
	top.less = func(a, b scored) bool {
		if a.score != b.score {
			return a.score > b.score
		}
		if a.part == b.part {
			return a.doc < b.doc
		}
		return CompareIDs(s.parts[a.part].seg.ids[a.doc], s.parts[b.part].seg.ids[b.doc]) < 0
	}
	for i, part := range s.parts {
		part.seg.search(i, part.dead, p.wants, top)
	}
	return top.sorted()
}

// order sorts candidates by the ranking weights and gives them their scores:
// the best one's chance, and the others' by how far they stay behind it.
func order[T any](m *Model, hits []Hit[T]) {
	if len(hits) == 0 {
		return
	}
	ranks := make(map[string]int64, len(hits))
	for i := range hits {
		ranks[hits[i].ID] = m.Rank.sum(&hits[i].Evidence)
	}
	slices.SortFunc(hits, func(a, b Hit[T]) int {
		return cmp.Or(cmp.Compare(ranks[b.ID], ranks[a.ID]), CompareIDs(a.ID, b.ID))
	})
	first := ranks[hits[0].ID]
	hits[0].Evidence[Gap] = 5000
	if len(hits) > 1 {
		hits[0].Evidence[Gap] = int32(min(first-ranks[hits[1].ID], 5000))
	}
	sure := m.Sure.sum(&hits[0].Evidence)
	for i := range hits {
		hits[i].Score = logistic(sure - (first - ranks[hits[i].ID]))
	}
}
