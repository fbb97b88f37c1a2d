package deliver

import (
	"context"
	"errors"
	"math"
	"sync"
	"time"

	"attribot/bot/chat"
	"attribot/store"
	"attribot/store/kv"
)

// look is the longest time between two looks at the subscriptions.
const look = time.Minute

// Run delivers until ctx ends or the store is closed. Faults of single channels
// and subscriptions are logged, not returned. Posts under way are finished, or
// left to be settled by the next run.
func (d *Deliverer) Run(ctx context.Context) error {
	if err := d.reviveAll(ctx); err != nil {
		return err
	}
	var sending sync.WaitGroup
	defer sending.Wait()
	for ctx.Err() == nil {
		last := d.store.Last()
		next, err := d.takeAll(ctx, false)
		if err != nil {
			if ended(ctx, err) {
				return nil
			}
			d.o.Log.Error("take the turn of subscriptions", "cause", err)
		}
		at, err := d.dispatch(ctx, &sending)
		if err != nil && !ended(ctx, err) {
			d.o.Log.Error("look at the queues", "cause", err)
		}
		d.sleep(ctx, last, earlier(next, at))
	}
	return nil
}

func ended(ctx context.Context, err error) bool {
	return ctx.Err() != nil || errors.Is(err, kv.ErrClosed)
}

// reviveAll makes posts due again that were refused when the bot last ran: a
// restart is how people say that they mended something.
func (d *Deliverer) reviveAll(ctx context.Context) error {
	refused, err := d.store.Posts(store.PostFilter{State: store.Refused})
	if err != nil {
		return err
	}
	seen := map[chat.Address]bool{}
	for _, p := range refused {
		to := chat.Address{Network: p.Network, Channel: p.Channel}
		if seen[to] {
			continue
		}
		seen[to] = true
		if err := d.reviveRefused(ctx, to, math.MaxInt); err != nil {
			return err
		}
	}
	return nil
}

// dispatch starts a goroutine for each channel with posts due that has none. It
// returns when the next channel wants a look.
func (d *Deliverer) dispatch(ctx context.Context, sending *sync.WaitGroup) (time.Time, error) {
	queues, err := d.store.Queues()
	if err != nil {
		return time.Time{}, err
	}
	now := d.o.Now()
	var next time.Time
	for _, q := range queues {
		to := chat.Address{Network: q.Network, Channel: q.Channel}
		if at := d.restOf(to, q); at.After(now) {
			next = earlier(next, at)
			continue
		}
		if !d.begin(to) {
			continue
		}
		sending.Go(func() {
			defer d.Wake()
			defer d.end(to)
			if err := d.sendChannel(ctx, to); err != nil && !ended(ctx, err) {
				d.o.Log.Error("send", "cause", err)
				d.hold(to, d.pause(to, err))
			}
		})
	}
	return next, nil
}

// restOf is when a queue may be looked at.
func (d *Deliverer) restOf(to chat.Address, q store.Queue) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	if hold := d.line(to).hold; hold.After(q.Next) {
		return hold
	}
	return q.Next
}

// begin marks a channel as being sent to; false when it already is.
func (d *Deliverer) begin(to chat.Address) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	l := d.line(to)
	if l.busy {
		return false
	}
	l.busy = true
	return true
}

func (d *Deliverer) end(to chat.Address) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.line(to).busy = false
}

// sleep until there are new events, somebody wakes the deliverer, or the time.
func (d *Deliverer) sleep(ctx context.Context, last store.Seq, until time.Time) {
	pause := look
	if !until.IsZero() {
		pause = min(look, max(until.Sub(d.o.Now()), time.Millisecond))
	}
	timed, cancel := context.WithTimeout(ctx, pause)
	defer cancel()
	go func() {
		select {
		case <-d.wake:
			cancel()
		case <-timed.Done():
		}
	}()
	if err := d.store.Wait(timed, last); errors.Is(err, kv.ErrClosed) {
		<-timed.Done() // the caller's context ends soon
	}
}

// maxRounds bounds the looks that one Drain takes at the queues.
const maxRounds = 200

// Drain delivers everything due now and returns what reached its channel. It
// does not wait for grouping, but for posts that a network put off for a short
// while. It serves single runs, the demo and back-tests.
func (d *Deliverer) Drain(ctx context.Context) (Counts, error) {
	d.mu.Lock()
	d.count = Counts{}
	d.mu.Unlock()
	_, err := d.takeAll(ctx, true)
	deadline := d.o.Now().Add(d.o.Patience)
	for range maxRounds { // a clock that stands still must not hold a back-test up
		if ctx.Err() != nil {
			break
		}
		var sending sync.WaitGroup
		_, fault := d.dispatch(ctx, &sending)
		sending.Wait()
		next, more := time.Time{}, false
		if fault == nil {
			next, more, fault = d.next()
		}
		if fault != nil {
			err = errors.Join(err, fault)
			break
		}
		if !more || next.After(deadline) {
			break
		}
		if next.After(d.o.Now()) {
			d.sleep(ctx, d.store.Last(), next)
		}
	}
	counts, fault := d.counts()
	return counts, errors.Join(err, fault, ctx.Err())
}

// next is when the first of the channels with posts wants a look; false when there
// is none.
func (d *Deliverer) next() (at time.Time, more bool, err error) {
	queues, err := d.store.Queues()
	for _, q := range queues {
		rest := d.restOf(chat.Address{Network: q.Network, Channel: q.Channel}, q)
		if !more || rest.Before(at) {
			at, more = rest, true
		}
	}
	return at, more, err
}

func (d *Deliverer) counts() (Counts, error) {
	queues, err := d.store.Queues()
	d.mu.Lock()
	defer d.mu.Unlock()
	c := d.count
	for _, q := range queues {
		c.Waiting += q.Waiting
	}
	return c, err
}
