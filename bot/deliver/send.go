package deliver

import (
	"context"
	"errors"
	"fmt"
	"time"

	"attribot/bot/chat"
	"attribot/bot/compose"
	"attribot/store"
)

// sendChannel sends the posts of one channel in order until none is due, one has
// to wait, or ctx ends.
func (d *Deliverer) sendChannel(ctx context.Context, to chat.Address) error {
	n := d.networks[to.Network]
	if n == nil {
		d.hold(to, d.o.Probe)
		return fmt.Errorf("send to %s: no network of this name is connected", to)
	}
	if err := d.probe(ctx, to); err != nil {
		return err
	}
	for ctx.Err() == nil {
		if d.holding(to) {
			return nil
		}
		p, ok, err := d.store.NextDue(to.Network, to.Channel, d.o.Now())
		if err != nil {
			return fmt.Errorf("send to %s: %w", to, err)
		}
		if !ok {
			return nil
		}
		if err := d.sendPost(ctx, n, p); err != nil {
			return fmt.Errorf("send to %s: %w", to, err)
		}
	}
	return nil
}

// sendPost settles a post of unknown outcome, or sends one that is due.
func (d *Deliverer) sendPost(ctx context.Context, n chat.Network, p store.Post) error {
	out, err := d.outgoing(p)
	if errors.Is(err, errRootRefused) || err == nil && p.Edit != "" && out.Edit == "" {
		return d.store.MarkRefused(ctx, p.Key, "the alert that it belongs to was not posted")
	}
	if err != nil {
		return err
	}
	switch p.State {
	case store.Sending, store.Unknown:
		return d.settle(ctx, n, p, out)
	}
	if err := d.store.MarkSending(ctx, p.Key); err != nil {
		return fmt.Errorf("post %s: %w", p.Key, err)
	}
	within, cancel := context.WithTimeout(ctx, d.o.Timeout)
	defer cancel()
	id, err := n.Post(within, out)
	// What became of the post is noted even when the bot is being stopped.
	return d.note(context.WithoutCancel(ctx), p, id, err)
}

var errRootRefused = errors.New("root post was refused")

// outgoing is a post as a network takes it, with the ids of those that it hangs
// on. A root that is gone from the ledger leaves it standing by itself.
func (d *Deliverer) outgoing(p store.Post) (chat.Outgoing, error) {
	out := chat.Outgoing{Key: p.Key, To: p.Channel, Tried: p.Tried}
	var err error
	if out.Message, err = decode(p); err != nil {
		return out, err
	}
	if out.Thread, err = d.root(p.Thread); err != nil {
		return out, err
	}
	out.Edit, err = d.root(p.Edit)
	return out, err
}

func (d *Deliverer) root(key string) (chat.MessageID, error) {
	if key == "" {
		return "", nil
	}
	p, err := d.store.PostByKey(key)
	switch {
	case errors.Is(err, store.ErrNotFound):
		return "", nil
	case err != nil:
		return "", fmt.Errorf("post %s: %w", key, err)
	case p.State == store.Refused:
		return "", errRootRefused
	}
	return chat.MessageID(p.MessageID), nil
}

// settle looks for a post whose outcome is unknown, and makes it due again when
// it is certainly not there.
func (d *Deliverer) settle(ctx context.Context, n chat.Network, p store.Post, out chat.Outgoing) error {
	within, cancel := context.WithTimeout(ctx, d.o.Timeout)
	defer cancel()
	id, err := n.Find(within, out)
	switch {
	case err == nil:
		return d.sent(ctx, p, id)
	case errors.Is(err, chat.ErrAbsent):
		return d.store.Retry(ctx, p.Key, d.o.Now(), "it was not in the channel")
	case ctx.Err() != nil:
		return nil
	}
	to := chat.Address{Network: p.Network, Channel: p.Channel}
	d.o.Log.Warn("look for a post of unknown outcome", "post", p.Key, "channel", to.String(), "cause", err)
	d.hold(to, d.pause(to, err))
	return nil
}

// note writes down what became of a post.
func (d *Deliverer) note(ctx context.Context, p store.Post, id chat.MessageID, err error) error {
	if err == nil {
		return d.sent(ctx, p, id)
	}
	to := chat.Address{Network: p.Network, Channel: p.Channel}
	fault, ok := errors.AsType[*chat.Error](err)
	if !ok {
		fault = &chat.Error{Outcome: chat.Unknown, Err: err}
	}
	switch fault.Outcome {
	case chat.Refused:
		return d.refused(ctx, p, to, fault)
	case chat.Unsent:
		pause := d.pause(to, fault)
		d.o.Log.Warn("post put off", "post", p.Key, "channel", to.String(), "pause", pause, "cause", err)
		return d.store.Retry(ctx, p.Key, d.o.Now().Add(pause), fault.Error())
	}
	d.o.Log.Warn("outcome of a post is unknown", "post", p.Key, "channel", to.String(), "cause", err)
	d.hold(to, d.pause(to, fault))
	return d.store.MarkUnknown(ctx, p.Key, fault.Error())
}

// sent notes a post that arrived.
func (d *Deliverer) sent(ctx context.Context, p store.Post, id chat.MessageID) error {
	if err := d.store.MarkSent(ctx, p.Key, string(id)); err != nil {
		return fmt.Errorf("post %s: %w", p.Key, err)
	}
	to := chat.Address{Network: p.Network, Channel: p.Channel}
	d.mu.Lock()
	l := d.line(to)
	l.faults, l.refused, l.told = 0, 0, false
	d.count.add(p.Kind)
	d.mu.Unlock()
	return nil
}

func (c *Counts) add(k store.PostKind) {
	switch k {
	case store.Alert:
		c.Alerts++
	case store.FollowUp:
		c.FollowUps++
	case store.Update:
		c.Updates++
	case store.Digest:
		c.Digests++
	case store.Notice:
		c.Notices++
	}
}

// refused keeps a post that the network will not take. Two in a row mean that it
// is the channel's fault: it rests until it is probed.
func (d *Deliverer) refused(ctx context.Context, p store.Post, to chat.Address, fault *chat.Error) error {
	if err := d.store.MarkRefused(ctx, p.Key, fault.Error()); err != nil {
		return fmt.Errorf("post %s: %w", p.Key, err)
	}
	d.mu.Lock()
	l := d.line(to)
	l.refused++
	rest, tell := l.refused > 1, !l.told
	l.told = true
	d.count.Refused++
	d.mu.Unlock()
	if rest {
		d.hold(to, d.o.Probe)
	}
	if !tell {
		return nil
	}
	d.o.Log.Error("post refused", "post", p.Key, "channel", to.String(), "cause", fault.Err, "advice", fault.Advice)
	if p.Kind == store.Notice {
		return nil // operators cannot be told through the channel that refuses
	}
	return d.tellOperators(ctx, p, to, fault)
}

// tellOperators enqueues one word about a channel that refuses.
func (d *Deliverer) tellOperators(ctx context.Context, p store.Post, to chat.Address, fault *chat.Error) error {
	subs, err := d.store.Subscriptions()
	if err != nil {
		return fmt.Errorf("tell operators: %w", err)
	}
	m := compose.Notice("Posts to "+to.String()+" are refused", fault.Error(), fault.Advice)
	var notices []store.Post
	for _, sub := range subs {
		if isOperators(sub) && !sub.Paused && (sub.Network != to.Network || sub.Channel != to.Channel) {
			notices = append(notices, d.post(reader{sub: sub}, fmt.Sprintf("%s/refused/%s", sub.ID, p.Key), store.Notice, "", nil, m))
		}
	}
	if _, err := d.store.EnqueueNotice(ctx, notices...); err != nil {
		return fmt.Errorf("tell operators: %w", err)
	}
	d.Wake()
	return nil
}

// probes is how often a refused post is tried again while the bot runs; after a
// restart it is tried in any case.
const probes = 8

// probe makes the refused posts of a channel due again whose rest is over. One
// more refusal, and it rests again.
func (d *Deliverer) probe(ctx context.Context, to chat.Address) error {
	d.mu.Lock()
	l := d.line(to)
	rested := l.refused > 1 && !d.o.Now().Before(l.hold)
	if rested {
		l.refused = 1
	}
	d.mu.Unlock()
	if !rested {
		return nil
	}
	return d.reviveRefused(ctx, to, probes)
}

// reviveRefused makes the posts due again that a channel refused, but for those
// tried too often.
func (d *Deliverer) reviveRefused(ctx context.Context, to chat.Address, tries int) error {
	posts, err := d.store.Posts(store.PostFilter{State: store.Refused, Network: to.Network, Channel: to.Channel})
	if err != nil {
		return fmt.Errorf("refused posts: %w", err)
	}
	for _, p := range posts {
		if p.Tries >= tries {
			continue
		}
		if err := d.store.Retry(ctx, p.Key, d.o.Now(), p.Fault); err != nil {
			return fmt.Errorf("post %s: %w", p.Key, err)
		}
	}
	return nil
}

// line is what is known of a channel; the lock is held.
func (d *Deliverer) line(to chat.Address) *line {
	l := d.lines[to]
	if l == nil {
		l = &line{}
		d.lines[to] = l
	}
	return l
}

// hold lets a channel rest.
func (d *Deliverer) hold(to chat.Address, pause time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.line(to).hold = d.o.Now().Add(pause)
}

func (d *Deliverer) holding(to chat.Address) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.o.Now().Before(d.line(to).hold)
}

// pause is how long a channel rests after a fault: what the network asks for,
// else twice as long each time, half of it drawn by chance so that channels do
// not come back all at once.
func (d *Deliverer) pause(to chat.Address, err error) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	l := d.line(to)
	pause := d.o.Backoff << min(l.faults, 20)
	if pause > d.o.MaxBackoff || pause <= 0 {
		pause = d.o.MaxBackoff
	}
	l.faults++
	pause = pause/2 + time.Duration(d.o.Rand()*float64(pause/2))
	if fault, ok := errors.AsType[*chat.Error](err); ok && fault.After > 0 {
		return max(fault.After, pause/4)
	}
	return pause
}
