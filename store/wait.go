package store

import (
	"context"
	"sync"

	"attribot/store/kv"
)

// bell wakes those who wait for new events, without polling.
type bell struct {
	mu     sync.Mutex
	last   Seq
	rung   chan struct{} // closed when last moves; nil while nobody waits
	closed bool
}

// ring tells that events up to last are committed.
func (b *bell) ring(last Seq) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if last <= b.last {
		return
	}
	b.last = last
	b.wake()
}

func (b *bell) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	b.wake()
}

func (b *bell) wake() {
	if b.rung != nil {
		close(b.rung)
		b.rung = nil
	}
}

// after gives a channel that closes when there is more than seq; nil when there
// already is.
func (b *bell) after(seq Seq) (<-chan struct{}, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch {
	case b.closed:
		return nil, kv.ErrClosed
	case b.last > seq:
		return nil, nil
	}
	if b.rung == nil {
		b.rung = make(chan struct{})
	}
	return b.rung, nil
}

// Wait returns nil when the log holds an event after seq, at once if it does
// already. It ends with the context's error, or kv.ErrClosed.
func (s *Store) Wait(ctx context.Context, after Seq) error {
	for {
		rung, err := s.bell.after(after)
		if rung == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-rung:
		}
	}
}

// Last is the sequence number of the newest committed event; zero in an empty
// log.
func (s *Store) Last() Seq {
	s.bell.mu.Lock()
	defer s.bell.mu.Unlock()
	return s.bell.last
}
