package store

import (
	"context"
	"slices"
	"sync"

	"attribot/feeds/reading"
)

// queue gathers the polls that wait for the writer, so that one transaction and
// one sync serve all of them.
type queue struct {
	mu      sync.Mutex
	waiting []*queued
}

// queued is a poll on its way into the store. Whoever holds the writer's lock
// fills in the rest.
type queued struct {
	ctx  context.Context
	poll reading.Poll
	out  Outcome
	err  error
	done bool
}

// maxBatch bounds the polls of one transaction.
const maxBatch = 64

// join waits for the writer's lock. Whoever gets it records everything that
// waits; the others find their poll done.
func (q *queue) join(r *queued, s *Store) (Outcome, error) {
	q.mu.Lock()
	q.waiting = append(q.waiting, r)
	q.mu.Unlock()
	s.write.Lock()
	defer s.write.Unlock()
	for !r.done {
		q.record(s)
	}
	if r.err != nil {
		return Outcome{Last: s.Last()}, r.err
	}
	return r.out, nil
}

// record serves a batch, first those that came first.
func (q *queue) record(s *Store) {
	q.mu.Lock()
	n := min(len(q.waiting), maxBatch)
	batch := slices.Clone(q.waiting[:n])
	q.waiting = slices.Delete(q.waiting, 0, n)
	q.mu.Unlock()
	err := s.recordTogether(batch)
	for _, r := range batch {
		if err != nil && len(batch) > 1 {
			r.err = s.recordTogether([]*queued{r})
		} else {
			r.err = err
		}
		if r.out.Last == 0 {
			r.out.Last = s.Last()
		}
		r.done = true
	}
}

// add sums up.
func (o *Outcome) add(p Outcome) {
	o.Articles += p.Articles
	o.Edits += p.Edits
	o.Withdrawn += p.Withdrawn
	o.Mentions += p.Mentions
	o.Statements += p.Statements
	o.Appearances += p.Appearances
	o.Claims += p.Claims
	o.Events += p.Events
}
