package deliver

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"attribot/bot/chat"
	"attribot/bot/compose"
	"attribot/store"
	"attribot/store/query"
)

// Options set a deliverer up.
type Options struct {
	Store    *store.Store
	Networks []chat.Network
	Now      func() time.Time // nil: the wall clock
	Log      *slog.Logger     // nil: nothing is logged

	// Wait is how long an alert waits for more of the same event; Interval is
	// how long a thread waits for more before it is told again. Zero does not
	// wait.
	Wait, Interval time.Duration
	// Repeat is how long a thread is spared what parties say again once it was
	// told of something: the alert is brought up to date in silence, and
	// digests count it. Zero tells every repeat.
	Repeat time.Duration
	// SumUpAbove is the number of alerts in a channel within an hour above
	// which new stories are summed up in one digest, as after a day of
	// downtime; zero means 20, negative never.
	SumUpAbove int
	// Quiet are the quiet hours of channels, by address ("slack:C0123"); "*"
	// stands for every channel not named.
	Quiet map[string]Hours

	// Timeout bounds one post; zero means 30 s.
	Timeout time.Duration
	// Backoff is the first pause after a failed post, doubled up to MaxBackoff;
	// zero means 2 s and 5 min. Half of each pause is drawn by Rand.
	Backoff, MaxBackoff time.Duration
	// Probe is how long a channel that refuses rests until it is tried again;
	// zero means 1 h.
	Probe time.Duration
	// Patience is how long Drain waits for posts that a network put off; zero
	// means 30 s.
	Patience time.Duration
	Rand     func() float64 // in [0, 1); nil: a random source
}

// Deliverer tells channels what the log holds. One goroutine runs it.
type Deliverer struct {
	o        Options
	store    *store.Store
	composer *compose.Composer
	networks map[string]chat.Network
	quiet    map[string]*span
	wake     chan struct{}

	mu    sync.Mutex
	lines map[chat.Address]*line // what is known of channels, in memory alone
	taken map[store.SubscriptionID]time.Time
	count Counts

	alerts map[chat.Address][]time.Time // of the last hour
}

// line is what a deliverer knows of one channel since it started.
type line struct {
	busy    bool      // a goroutine sends
	hold    time.Time // not before
	faults  int       // in a row
	told    bool      // the operators know that it refuses
	refused int       // in a row
}

// Counts are the posts that reached their channel, by kind, and those that did
// not.
type Counts struct {
	Alerts, FollowUps, Updates, Digests, Notices int
	Refused                                      int // refused for good
	Waiting                                      int // still due, or of unknown outcome
}

// Posts is the number of posts that reached their channel.
func (c Counts) Posts() int { return c.Alerts + c.FollowUps + c.Updates + c.Digests + c.Notices }

// New makes a deliverer. It fails on quiet hours that cannot be read.
func New(o Options) (*Deliverer, error) {
	o = o.withDefaults()
	d := &Deliverer{o: o, store: o.Store, composer: compose.New(o.Store), networks: map[string]chat.Network{},
		quiet: map[string]*span{}, wake: make(chan struct{}, 1),
		lines: map[chat.Address]*line{}, taken: map[store.SubscriptionID]time.Time{}, alerts: map[chat.Address][]time.Time{}}
	for _, n := range o.Networks {
		d.networks[n.Name()] = n
	}
	for address, h := range o.Quiet {
		s, err := h.parse()
		if err != nil {
			return nil, fmt.Errorf("quiet hours of %s: %w", address, err)
		}
		d.quiet[address] = s
	}
	return d, nil
}

func (o Options) withDefaults() Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	if o.SumUpAbove == 0 {
		o.SumUpAbove = 20
	}
	for _, d := range []struct {
		at *time.Duration
		or time.Duration
	}{{&o.Timeout, 30 * time.Second}, {&o.Backoff, 2 * time.Second}, {&o.MaxBackoff, 5 * time.Minute}, {&o.Probe, time.Hour}, {&o.Patience, 30 * time.Second}} {
		if *d.at <= 0 {
			*d.at = d.or
		}
	}
	return o
}

// Wake makes a running deliverer look again at once, after a subscription, a
// mute or the configuration changed.
func (d *Deliverer) Wake() {
	select {
	case d.wake <- struct{}{}:
	default:
	}
}

// quietOf are the quiet hours of a channel; nil for none.
func (d *Deliverer) quietOf(sub store.Subscription) *span {
	if s, ok := d.quiet[sub.Network+":"+sub.Channel]; ok {
		return s
	}
	return d.quiet["*"]
}

// reader makes a subscription ready for deciding.
func (d *Deliverer) reader(sub store.Subscription) (reader, error) {
	r := reader{sub: sub, now: d.o.Now()}
	var err error
	if r.query, err = query.Parse(sub.Query); err != nil {
		return r, fmt.Errorf("subscription %s: query: %w", sub.ID, err)
	}
	all, err := d.store.Mutes()
	if err != nil {
		return r, fmt.Errorf("subscription %s: mutes: %w", sub.ID, err)
	}
	for _, m := range all {
		q, err := query.Parse(m.Query)
		if err != nil {
			return r, fmt.Errorf("mute %s: query: %w", m.ID, err)
		}
		r.mutes = append(r.mutes, mute{m, q})
	}
	return r, nil
}
