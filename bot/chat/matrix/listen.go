package matrix

import (
	"context"
	"encoding/json"
	"slices"
	"sync"
	"time"

	"attribot/bot/chat"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

const (
	// poll is how long the homeserver may hold a request until something
	// happens.
	poll = 30 * time.Second
	// slack is how much longer the bot waits for such an answer.
	slack = 30 * time.Second
	// maxBackoff is the longest wait after failures.
	maxBackoff = time.Minute
	// hands is how many rooms are worked on at once.
	hands = 8
	// timelineLimit is how many events a room's part of one answer holds.
	timelineLimit = 50
)

const nextName = "next_batch"

// Listen hands commands and reactions to handle until ctx ends. How far it has
// come is saved after the events were handled: an event may come again after a
// crash, its answer has the same transaction id then.
func (n *Network) Listen(ctx context.Context, handle chat.Handler) error {
	if err := n.patiently(ctx, "sign in", func(ctx context.Context) error { return n.session(ctx) }); err != nil {
		return ended(ctx, err)
	}
	since, err := n.o.Store.Load(nextName)
	if err != nil {
		return err
	}
	l := &listener{n: n, handle: handle, since: string(since), filter: n.filter()}
	n.log.Info("listening to Matrix", "user", n.client.UserID, "device", n.client.DeviceID)
	for ctx.Err() == nil {
		if err := n.patiently(ctx, "synchronise", l.step); err != nil {
			return ended(ctx, err)
		}
	}
	return nil
}

// ended is nil where the end was wanted.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// patiently does something until it succeeds, is refused for good, or ctx ends.
func (n *Network) patiently(ctx context.Context, doing string, do func(context.Context) error) error {
	backoff := time.Second
	for {
		err := do(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		e := fault(doing+" with Matrix", err)
		if e.Outcome == chat.Refused {
			return e
		}
		wait := max(e.After, backoff)
		n.log.Warn("no answer from the homeserver, trying again", "doing", doing, "after", wait, "err", err)
		if err := n.wait(ctx, wait); err != nil {
			return err
		}
		backoff = min(2*backoff, maxBackoff)
	}
}

// listener is a running Listen.
type listener struct {
	n      *Network
	handle chat.Handler
	since  string
	filter string

	mu   sync.Mutex
	late []late
}

// filter asks for the kinds of events that are read, and no others.
func (n *Network) filter() string {
	none := &mautrix.FilterPart{NotTypes: []event.Type{event.NewEventType("*")}}
	state := []event.Type{event.StateMember, event.StateTombstone, event.StateEncryption}
	timeline := append([]event.Type{event.EventMessage, event.EventReaction, event.EventEncrypted}, state...)
	b, err := json.Marshal(mautrix.Filter{
		Presence: none, AccountData: none,
		Room: &mautrix.RoomFilter{
			AccountData: none, Ephemeral: none,
			State:    &mautrix.FilterPart{Types: state, LazyLoadMembers: true},
			Timeline: &mautrix.FilterPart{Types: timeline, Limit: timelineLimit, LazyLoadMembers: true},
		},
	})
	if err != nil {
		return ""
	}
	return string(b)
}

// step is one request and the work on its answer.
func (l *listener) step(ctx context.Context) error {
	wait := poll
	if l.since == "" {
		wait = 0
	}
	asked, stop := context.WithTimeout(ctx, wait+slack)
	defer stop()
	answer, err := l.n.client.FullSyncRequest(asked, mautrix.ReqSync{
		Timeout: int(wait.Milliseconds()), Since: l.since, FilterID: l.filter, SetPresence: event.PresenceOnline})
	if err != nil {
		return err
	}
	l.n.crypt.sync(ctx, answer, l.since)
	l.retry(ctx)
	l.work(ctx, answer)
	if ctx.Err() != nil {
		return ctx.Err() // what was cut off comes again
	}
	l.since = answer.NextBatch
	if err := l.n.o.Store.Save(nextName, []byte(l.since)); err != nil {
		l.n.log.Error("how far Matrix was read is not saved", "err", err)
	}
	return nil
}

// work handles an answer. What the first answer of all holds was said before the
// bot listened: it counts for what rooms are like, and is not answered. Rooms are
// worked on side by side, the events of one in their order.
func (l *listener) work(ctx context.Context, answer *mautrix.RespSync) {
	var work sync.WaitGroup
	busy := make(chan struct{}, hands)
	for at, invite := range answer.Rooms.Invite {
		l.n.invited(ctx, at, invite.State.Events)
	}
	for at, r := range answer.Rooms.Join {
		for _, e := range r.State.Events {
			l.n.stateful(at, e)
		}
		for _, e := range r.Timeline.Events {
			l.n.stateful(at, e)
		}
		if l.since == "" {
			continue
		}
		busy <- struct{}{}
		work.Go(func() {
			defer func() { <-busy }()
			for _, e := range l.n.sinceJoin(r.Timeline.Events) {
				l.consider(ctx, at, e)
			}
		})
	}
	work.Wait()
	for at := range answer.Rooms.Leave {
		l.n.forget(at)
	}
}

// sinceJoin drops what was said before the bot came into the room.
func (n *Network) sinceJoin(events []*event.Event) []*event.Event {
	for i, e := range slices.Backward(events) {
		if e.Type.Type == event.StateMember.Type && e.GetStateKey() == string(n.client.UserID) {
			return events[i+1:]
		}
	}
	return events
}

// stateful keeps what is known of a room up to date.
func (n *Network) stateful(at id.RoomID, e *event.Event) {
	if e.StateKey == nil {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	r := n.rooms[at]
	if r == nil {
		return // looked at when it is needed
	}
	switch e.Type.Type {
	case event.StateTombstone.Type:
		r.replace(e)
	case event.StateEncryption.Type:
		r.encrypted = true
	}
}

// forget drops what is known of a room that the bot has left.
func (n *Network) forget(at id.RoomID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.rooms, at)
}
