// Package websub subscribes to the hubs that feeds name (WebSub, W3C
// Recommendation of 2018), so that a feed is polled the moment it changes.
//
// What a hub pushes is taken as a hint alone: its signature is checked, and the
// feed is polled as ever. So a hub can neither put words into a feed's mouth
// nor lose an item, and the poller stays the one way in. Nothing is stored: a
// process that starts subscribes anew, and a hub that still calls an address of
// an earlier process is told that it is gone.
package websub

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"attribot/feeds/reading"
)

// Poster sends a form to a hub.
type Poster interface {
	Post(ctx context.Context, address string, form url.Values) (status int, err error)
}

// Options configure a Subscriber.
type Options struct {
	Callback string // the public address that leads to ServeHTTP, such as https://bot.example/websub
	Post     Poster
	Wake     func(reading.SourceID) // polls a source now
	Now      func() time.Time       // nil = time.Now
	Log      *slog.Logger           // nil = none
	Lease    time.Duration          // asked for; default 5 days
}

// The bounds of subscriptions.
const (
	defaultLease = 5 * 24 * time.Hour
	shortest     = 5 * time.Minute // between two requests for one subscription
	longest      = 30 * 24 * time.Hour
	retry        = time.Hour // after a hub refused or could not be reached
	maxBody      = 4 << 20
)

// Subscriber keeps the subscriptions of one process.
type Subscriber struct {
	o      Options
	secret [32]byte

	mu      sync.Mutex
	byToken map[string]*subscription
	changed chan struct{}
}

// subscription is one feed's at one hub.
type subscription struct {
	source reading.SourceID
	hub    string
	topic  string
	token  string // the last part of its callback
	secret string // of its signatures
	due    time.Time
	until  time.Time // the end of the lease; zero = not confirmed
}

// New makes a subscriber. Its callbacks and secrets are derived from a random
// key, so that nobody can guess them.
func New(o Options) (*Subscriber, error) {
	u, err := url.Parse(o.Callback)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, errors.New("make WebSub subscriber: callback: want an http or https address")
	}
	if o.Post == nil || o.Wake == nil {
		return nil, errors.New("make WebSub subscriber: want Post and Wake")
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Lease <= 0 {
		o.Lease = defaultLease
	}
	s := &Subscriber{o: o, byToken: map[string]*subscription{}, changed: make(chan struct{}, 1)}
	_, _ = rand.Read(s.secret[:]) // never fails (crypto/rand)
	return s, nil
}

// derive makes a token or a secret of a subscription.
func (s *Subscriber) derive(use string, source reading.SourceID, hub string) string {
	mac := hmac.New(sha256.New, s.secret[:])
	mac.Write([]byte(use + "\x00" + string(source) + "\x00" + hub))
	return hex.EncodeToString(mac.Sum(nil)[:20])
}

// Offer says that a feed names hubs. The first is subscribed to; a feed that
// names it again changes nothing.
func (s *Subscriber) Offer(source reading.SourceID, topic string, hubs []string) {
	if len(hubs) == 0 || topic == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	token := s.derive("token", source, hubs[0])
	if known := s.byToken[token]; known != nil && known.topic == topic {
		return
	}
	s.byToken[token] = &subscription{source: source, hub: hubs[0], topic: topic, token: token, secret: s.derive("secret", source, hubs[0]), due: s.o.Now()}
	select {
	case s.changed <- struct{}{}:
	default:
	}
}

// Run subscribes and renews until the context ends.
func (s *Subscriber) Run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-timer.C:
		case <-s.changed:
		}
		for sub := s.next(); sub != nil && ctx.Err() == nil; sub = s.next() {
			s.subscribe(ctx, *sub)
		}
		timer.Reset(s.wait())
	}
}

// next is a subscription that is due; it is put off at once, so that a hub that
// never answers is asked again only later.
func (s *Subscriber) next() *subscription {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.o.Now()
	for _, sub := range s.byToken {
		if !sub.due.After(now) {
			sub.due = now.Add(retry)
			found := *sub
			return &found
		}
	}
	return nil
}

func (s *Subscriber) wait() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	wait := retry
	for _, sub := range s.byToken {
		wait = min(wait, max(sub.due.Sub(s.o.Now()), 0))
	}
	return wait
}

func (s *Subscriber) subscribe(ctx context.Context, sub subscription) {
	form := url.Values{
		"hub.mode": {"subscribe"}, "hub.topic": {sub.topic}, "hub.secret": {sub.secret},
		"hub.callback":      {strings.TrimSuffix(s.o.Callback, "/") + "/" + sub.token},
		"hub.lease_seconds": {strconv.Itoa(int(s.o.Lease / time.Second))},
	}
	if _, err := s.o.Post.Post(ctx, sub.hub, form); err != nil && ctx.Err() == nil {
		s.o.Log.Info("hub did not take a subscription", "source", sub.source, "error", err)
	}
}
