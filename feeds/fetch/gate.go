package fetch

import (
	"context"
	"fmt"
	"sync"
	"time"
)

const (
	defaultPause = 5 * time.Minute // after a 429 that names no time
	longestPause = 24 * time.Hour  // whatever a host asks for
)

// gates let so many requests at a time to a host and keep its pause.
type gates struct {
	mu      sync.Mutex
	hosts   map[string]*gate
	perHost int
	now     func() time.Time
}

// gate is one host's.
type gate struct {
	slots chan struct{}
	users int       // requests that hold a slot or wait for one
	until time.Time // no request before
	last  time.Time // when the last request ended, kept for a crawl delay
}

func (g *gates) init(perHost int, now func() time.Time) {
	g.hosts, g.perHost, g.now = map[string]*gate{}, perHost, now
}

// enter waits for the host's turn, with at least delay after its last request.
// A paused host is a Throttled fault at once: the caller comes back later.
func (g *gates) enter(ctx context.Context, host string, delay time.Duration) (leave func(), err error) {
	at := g.join(host)
	if err := g.paused(at, host); err != nil {
		g.part(host, at, delay)
		return nil, err
	}
	select {
	case at.slots <- struct{}{}:
	case <-ctx.Done():
		g.part(host, at, delay)
		return nil, context.Cause(ctx)
	}
	leave = func() {
		<-at.slots
		g.part(host, at, delay)
	}
	err = g.paused(at, host)
	if err == nil {
		err = g.space(ctx, at, delay)
	}
	if err != nil {
		leave()
		return nil, err
	}
	return leave, nil
}

func (g *gates) join(host string) *gate {
	g.mu.Lock()
	defer g.mu.Unlock()
	at := g.hosts[host]
	if at == nil {
		at = &gate{slots: make(chan struct{}, g.perHost)}
		g.hosts[host] = at
	}
	at.users++
	return at
}

// part forgets a host that nothing is known of.
func (g *gates) part(host string, at *gate, delay time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	at.users--
	if delay > 0 {
		at.last = g.now()
		return
	}
	if at.users == 0 && at.last.IsZero() && !g.now().Before(at.until) {
		delete(g.hosts, host)
	}
}

func (g *gates) paused(at *gate, host string) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if left := at.until.Sub(g.now()); left > 0 {
		return &Fault{Reason: Throttled, RetryAfter: left, Err: fmt.Errorf("host %s is paused for %s", host, left.Round(time.Second))}
	}
	return nil
}

func (g *gates) space(ctx context.Context, at *gate, delay time.Duration) error {
	g.mu.Lock()
	wait := at.last.Add(delay).Sub(g.now())
	g.mu.Unlock()
	if delay == 0 || wait <= 0 {
		return nil
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// pause keeps every request from the host for a time.
func (g *gates) pause(host string, d time.Duration) {
	g.mu.Lock()
	defer g.mu.Unlock()
	at := g.hosts[host]
	if at == nil {
		return
	}
	if until := g.now().Add(min(d, longestPause)); until.After(at.until) {
		at.until = until
	}
}
