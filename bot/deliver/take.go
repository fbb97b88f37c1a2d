package deliver

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"attribot/bot/compose"
	"attribot/store"
	"attribot/store/claim"
	"attribot/store/query"
)

// operators is the prefix of the subscriptions that are told of sources and
// channels in trouble, and of nothing else.
const operators = "operators"

// OperatorSubscription is the subscription of a channel of operators, to be
// declared beside those of the configuration.
func OperatorSubscription(network, channel string) store.Subscription {
	return store.Subscription{ID: store.SubscriptionID(operators + " " + network + ":" + channel), Declared: true,
		Network: network, Channel: channel, When: "at once"}
}

// isOperators reports whether a subscription is one of operators.
func isOperators(sub store.Subscription) bool {
	return strings.HasPrefix(string(sub.ID), operators+" ")
}

// batch is the number of events read from the log at once.
const batch = 500

// takeAll gives every subscription its turn. It returns when the next one is
// due; zero when nothing waits. A faulty subscription does not hold up others.
func (d *Deliverer) takeAll(ctx context.Context, force bool) (time.Time, error) {
	subs, err := d.store.Subscriptions()
	if err != nil {
		return time.Time{}, fmt.Errorf("deliver: subscriptions: %w", err)
	}
	var next time.Time
	var faults []error
	for _, sub := range subs {
		if sub.Paused || ctx.Err() != nil {
			continue
		}
		at, err := d.take(ctx, sub, force)
		if err != nil {
			faults = append(faults, err)
		}
		next = earlier(next, at)
	}
	return next, errors.Join(faults...)
}

// earlier is the earlier of two times, of which zero is never.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// take gives one subscription its turn; the time is when it wants the next.
func (d *Deliverer) take(ctx context.Context, sub store.Subscription, force bool) (time.Time, error) {
	s, err := ParseSchedule(sub.When, sub.Zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("subscription %s: %w", sub.ID, err)
	}
	r, err := d.reader(sub)
	if err != nil {
		return time.Time{}, err
	}
	switch {
	case isOperators(sub):
		return d.takeNotices(ctx, r, force)
	case s.AtOnce:
		return d.takeAtOnce(ctx, r, force)
	}
	return d.takeDigest(ctx, r, s)
}

// pending are the decided events after a subscription's place, and the place
// behind them.
func (d *Deliverer) pending(r reader) ([]decided, store.Seq, error) {
	var out []decided
	at := r.sub.Cursor
	for {
		events, err := d.store.Events(at, batch)
		if err != nil {
			return nil, at, fmt.Errorf("subscription %s: events: %w", r.sub.ID, err)
		}
		for _, e := range events {
			s, err := d.subject(e)
			if err != nil {
				return nil, at, fmt.Errorf("subscription %s: event %d: %w", r.sub.ID, e.Seq, err)
			}
			out = append(out, decided{s, r.decide(s)})
			at = e.Seq
		}
		if len(events) < batch {
			return out, at, nil
		}
	}
}

// subject loads what rules look at. A record that is gone leaves its event with
// an empty view.
func (d *Deliverer) subject(e store.Event) (subject, error) {
	s := subject{event: e}
	var err error
	switch {
	case e.Statement != "":
		if s.statement, err = d.store.Statement(e.Statement); err == nil {
			s.view = d.store.View(s.statement)
		}
	case e.Claim != "":
		var c claim.Claim
		if c, err = d.store.Claim(e.Claim); err == nil {
			s.view = viewOf(c)
		}
	}
	if errors.Is(err, store.ErrNotFound) {
		err = nil
	}
	return s, err
}

// viewOf is a claim as a query looks at it.
func viewOf(c claim.Claim) query.View {
	v := query.View{Claims: []string{string(c.ID)}, Text: []string{c.Text, c.Title}, Said: c.FirstSaid}
	for _, a := range c.Actors {
		v.Actors = append(v.Actors, string(a.ID), a.Name)
	}
	for _, p := range c.Accused {
		v.Accused = append(v.Accused, p.Name, string(p.Country))
		v.Countries = append(v.Countries, string(p.Country))
	}
	for _, p := range c.Victims {
		v.Victims = append(v.Victims, p.Name, string(p.Country))
		v.Countries = append(v.Countries, string(p.Country))
	}
	return v
}

// takeAtOnce enqueues what is told at once, when its wait is over.
func (d *Deliverer) takeAtOnce(ctx context.Context, r reader, force bool) (time.Time, error) {
	all, last, err := d.pending(r)
	if err != nil || len(all) == 0 {
		return time.Time{}, err
	}
	due := d.due(r, all, force)
	if due.After(r.now) {
		return due, nil
	}
	posts, err := d.plan(r, all)
	if err != nil {
		return time.Time{}, fmt.Errorf("subscription %s: %w", r.sub.ID, err)
	}
	if err := d.enqueue(ctx, r, last, time.Time{}, posts); err != nil {
		return time.Time{}, err
	}
	if len(posts) > 0 {
		d.taken[r.sub.ID] = r.now
	}
	d.spend(r, posts)
	return time.Time{}, nil
}

// due is when pending events may be told: alerts after their wait, what goes
// beneath them not before the interval is over, and nothing in quiet hours.
// Force waits for quiet hours alone.
func (d *Deliverer) due(r reader, all []decided, force bool) time.Time {
	var due time.Time
	for _, s := range all {
		at := s.event.At.Add(d.o.Wait)
		switch s.decision {
		case Alerts:
		case Threads, Refreshes:
			if last, ok := d.taken[r.sub.ID]; ok && last.Add(d.o.Interval).After(at) {
				at = last.Add(d.o.Interval)
			}
		default:
			continue
		}
		due = earlier(due, at)
	}
	if due.IsZero() {
		return due // nothing to tell: the place moves on at once
	}
	if force {
		due = r.now
	} else if n, more := d.room(r); n == 0 && more.After(due) && alerting(all) {
		due = more
	}
	if q := d.quietOf(r.sub); q.holds(r.now) {
		return q.end(r.now)
	}
	return due
}

// takeDigest enqueues a digest that is due, once for all that were missed.
func (d *Deliverer) takeDigest(ctx context.Context, r reader, s Schedule) (time.Time, error) {
	due := r.sub.Due
	if due.IsZero() {
		from := r.sub.Made
		if from.IsZero() {
			from = r.now
		}
		due = s.Next(from)
		if err := d.enqueue(ctx, r, r.sub.Cursor, due, nil); err != nil {
			return time.Time{}, err
		}
	}
	if r.now.Before(due) {
		return due, nil
	}
	all, last, err := d.pending(r)
	if err != nil {
		return time.Time{}, err
	}
	from := s.Before(due)
	if r.sub.Made.After(from) {
		from = r.sub.Made
	}
	w := compose.Window{Title: "Daily digest", From: from.In(s.Zone), To: r.now.In(s.Zone), Review: r.sub.Review}
	if s.Weekly {
		w.Title = "Weekly digest"
	}
	for _, x := range all {
		if x.decision.told() {
			w.Events = append(w.Events, x.event)
		}
	}
	var posts []store.Post
	if len(w.Events) > 0 || r.sub.Empty {
		key := fmt.Sprintf("%s/digest/%s", r.sub.ID, due.UTC().Format("2006-01-02T15:04Z"))
		if posts, err = d.digest(r, key, w); err != nil {
			return time.Time{}, fmt.Errorf("subscription %s: %w", r.sub.ID, err)
		}
	}
	next := s.Next(r.now)
	return next, d.enqueue(ctx, r, last, next, posts)
}

// takeNotices enqueues the words to operators. They wait a little for more of the
// same, so that a network that is down is one word and not one for each source.
func (d *Deliverer) takeNotices(ctx context.Context, r reader, force bool) (time.Time, error) {
	all, last, err := d.pending(r)
	if err != nil || len(all) == 0 {
		return time.Time{}, err
	}
	var events []store.Event
	for _, s := range all {
		if s.decision == Operators {
			events = append(events, s.event)
		}
	}
	if len(events) > 0 && !force {
		if ready := events[0].At.Add(noticeWait); r.now.Before(ready) {
			return ready, nil
		}
	}
	return time.Time{}, d.enqueue(ctx, r, last, time.Time{}, d.notices(r, events))
}

func (d *Deliverer) enqueue(ctx context.Context, r reader, at store.Seq, due time.Time, posts []store.Post) error {
	if _, err := d.store.Enqueue(ctx, r.sub.ID, at, due, posts); err != nil {
		return fmt.Errorf("subscription %s: enqueue: %w", r.sub.ID, err)
	}
	return nil
}
