package feeds

import (
	"container/heap"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"attribot/feeds/reading"
)

// spreadStep is the time between the first polls of sources that are all due
// at a start, once more of them wait than are polled at a time.
const spreadStep = 20 * time.Millisecond

// schedule runs polls when they are due: one at a time per host, so many at a
// time in all.
type schedule struct {
	p       *Poller
	queue   dueQueue            // waiting for their time
	ready   []*watch            // due, their host free
	hosts   map[string][]*watch // of hosts being polled: who waits for them
	running int
	done    chan finished
	once    bool
	roused  map[*watch]bool // woken while they were being polled
	sum     Summary
	errs    []error
}

type finished struct {
	w    *watch
	host string
	out  outcome
}

func newSchedule(p *Poller) *schedule {
	return &schedule{p: p, hosts: map[string][]*watch{}, roused: map[*watch]bool{}, done: make(chan finished)}
}

// Run polls every source on its own schedule until the context ends, which is
// no error. It returns one only when cursors cannot be read at the start.
func (p *Poller) Run(ctx context.Context) error {
	s := newSchedule(p)
	now := p.o.Now()
	overdue := 0
	for _, w := range p.watches {
		if err := p.load(ctx, w); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
		if w.cursor.stopped {
			continue
		}
		if !w.due.After(now) {
			w.due = now.Add(time.Duration(max(overdue-p.o.Workers, 0)) * spreadStep)
			overdue++
		}
		s.queue = append(s.queue, w)
	}
	heap.Init(&s.queue)
	s.run(ctx)
	return nil
}

// Once polls every source now, whatever its interval, and sums up. Sources that
// fail are faults of the summary; an error is the recorder's or the context's.
func (p *Poller) Once(ctx context.Context) (Summary, error) {
	s := newSchedule(p)
	s.once = true
	for _, w := range p.watches {
		if err := p.load(ctx, w); err != nil {
			return s.sum, err
		}
		if w.cursor.stopped {
			s.sum.Faults = append(s.sum.Faults, Fault{Source: w.source.ID, Cause: w.name() + " is gone for good and not polled any more.",
				Advice: "Take the source out of the configuration, or enter its new address."})
			continue
		}
		s.queue = append(s.queue, w)
	}
	s.run(ctx)
	slices.SortFunc(s.sum.Faults, func(a, b Fault) int { return strings.Compare(string(a.Source), string(b.Source)) })
	return s.sum, errors.Join(append(s.errs, ctx.Err())...)
}

func (s *schedule) run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for ctx.Err() == nil {
		wait, more := s.start(ctx)
		if !more && s.running == 0 {
			if s.once {
				return
			}
			wait = time.Hour // no source at all: wait for the end
		}
		timer.Reset(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		case f := <-s.done:
			s.finish(f)
		case id := <-s.p.wake:
			s.rouse(id)
		}
	}
	for s.running > 0 {
		s.finish(<-s.done)
	}
}

// start begins what is due and tells how long nothing else will be.
func (s *schedule) start(ctx context.Context) (wait time.Duration, more bool) {
	now := s.p.o.Now()
	for len(s.queue) > 0 && (s.once || !s.queue[0].due.After(now)) {
		w := heap.Pop(&s.queue).(*watch)
		host := w.host()
		if waiting, busy := s.hosts[host]; busy {
			s.hosts[host] = append(waiting, w)
			continue
		}
		s.hosts[host] = nil
		s.ready = append(s.ready, w)
	}
	for len(s.ready) > 0 && s.running < s.p.o.Workers {
		w := s.ready[0]
		s.ready = s.ready[1:]
		s.running++
		w.last = now
		host := w.host()
		go func() { s.done <- finished{w, host, s.p.poll(ctx, w, s.once)} }()
	}
	if len(s.queue) == 0 {
		return time.Hour, len(s.ready) > 0
	}
	return s.queue[0].due.Sub(now), true
}

// finish takes a poll's outcome and lets the host's next source in.
func (s *schedule) finish(f finished) {
	s.running--
	if waiting := s.hosts[f.host]; len(waiting) > 0 {
		s.ready, s.hosts[f.host] = append(s.ready, waiting[0]), waiting[1:]
	} else {
		delete(s.hosts, f.host)
	}
	s.sum.add(f)
	if f.out.err != nil {
		s.errs = append(s.errs, f.out.err)
		s.errs = s.errs[max(0, len(s.errs)-maxErrors):]
	}
	if s.roused[f.w] {
		delete(s.roused, f.w)
		f.w.due = f.w.last.Add(wakeGap)
	}
	if !s.once && !f.w.cursor.stopped {
		heap.Push(&s.queue, f.w)
	}
}

// rouse makes a source due now, or a while after its last poll.
func (s *schedule) rouse(id reading.SourceID) {
	for i, w := range s.queue {
		if w.source.ID == id {
			w.due = later(w.last.Add(wakeGap), s.p.o.Now())
			heap.Fix(&s.queue, i)
			return
		}
	}
	for _, w := range s.p.watches {
		if w.source.ID == id && !w.cursor.stopped {
			s.roused[w] = true
		}
	}
}

const maxErrors = 20 // of the recorder that are kept

func (s *Summary) add(f finished) {
	s.Sources++
	s.Requests += f.out.requests
	s.NewItems += f.out.newItems
	s.Articles += f.out.articles
	s.Statements += f.out.statements
	if f.out.unchanged {
		s.NotModified++
	}
	if f.out.fault != nil {
		s.Faults = append(s.Faults, *f.out.fault)
	}
}

// dueQueue is a heap of sources by their time, the first at the top.
type dueQueue []*watch

func (q dueQueue) Len() int           { return len(q) }
func (q dueQueue) Less(i, j int) bool { return q[i].due.Before(q[j].due) }
func (q dueQueue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }

// Push adds a source.
func (q *dueQueue) Push(w any) { *q = append(*q, w.(*watch)) }

// Pop takes the last source off.
func (q *dueQueue) Pop() any {
	last := len(*q) - 1
	w := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	return w
}
