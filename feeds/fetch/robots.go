package fetch

import (
	"context"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/temoto/robotstxt"
)

// The bounds of robots.txt (RFC 9309: at least 500 KiB are read, and what was
// read is not used for longer than a day).
const (
	robotsMax      = 512 << 10
	robotsLife     = 24 * time.Hour
	robotsRetry    = time.Minute // when it could not be read
	robotsHosts    = 4096
	longestSpacing = 30 * time.Second // of Crawl-delay
)

// robots keeps the rules of each site for this client.
type robots struct {
	mu    sync.Mutex
	sites map[string]rules
	agent string
	now   func() time.Time

	pageDelay time.Duration
	allow     []netip.Prefix
}

// rules are a site's. A nil group with a fault is a file that could not be read.
type rules struct {
	group *robotstxt.Group
	until time.Time
	fault *Fault
}

func (r *robots) init(o Options) {
	agent, _, _ := strings.Cut(o.UserAgent, "/")
	agent, _, _ = strings.Cut(agent, " ")
	r.sites, r.agent, r.now = map[string]rules{}, strings.ToLower(agent), o.Now
	r.pageDelay, r.allow = o.PageDelay, o.Allow
}

func (r *robots) known(site string) (rules, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, ok := r.sites[site]
	return found, ok && r.now().Before(found.until)
}

func (r *robots) keep(site string, found rules) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.sites) >= robotsHosts {
		for old := range r.sites { // any one: the map's order is as good as another
			delete(r.sites, old)
			break
		}
	}
	r.sites[site] = found
}

// delay is the time between two pages of a site: the client's, or the site's
// Crawl-delay within a bound. What an operator has allowed by its address is
// their own machine and is not spared.
func (r *robots) delay(u *url.URL, kind Kind) time.Duration {
	if kind != Page || r.own(u.Hostname()) {
		return 0
	}
	found, _ := r.known(originOf(u))
	if found.group == nil {
		return r.pageDelay
	}
	return max(min(found.group.CrawlDelay, longestSpacing), r.pageDelay)
}

func (r *robots) own(host string) bool {
	addr, err := netip.ParseAddr(host)
	return err == nil && slices.ContainsFunc(r.allow, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// allowedByRobots reads the site's robots.txt if need be and asks it for the
// walk's address.
func (c *Client) allowedByRobots(ctx context.Context, w *walk) error {
	site := originOf(w.address)
	found, ok := c.robots.known(site)
	if !ok {
		found = c.fetchRobots(ctx, w, site)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		c.robots.keep(site, found)
	}
	if f := found.fault; f != nil {
		return &Fault{Reason: f.Reason, Status: f.Status, RetryAfter: f.RetryAfter, Err: fmt.Errorf("read robots.txt: %w", f.Err)}
	}
	path := w.address.EscapedPath()
	if w.address.RawQuery != "" {
		path += "?" + w.address.RawQuery
	}
	if found.group != nil && !found.group.Test(or(path, "/")) {
		return &Fault{Reason: Disallowed, Err: fmt.Errorf("robots.txt of %s forbids it", site)}
	}
	return nil
}

// fetchRobots reads a site's rules: a file that is not there allows all, one
// that cannot be read allows nothing for now (RFC 9309, 2.3.1), for the reason
// that it cannot be read.
func (c *Client) fetchRobots(ctx context.Context, w *walk, site string) rules {
	answer, err := c.Get(ctx, Request{URL: site + "/robots.txt", UserAgent: w.request.UserAgent, Max: robotsMax})
	now := c.o.Now()
	if err != nil {
		fault := faultOf(ctx, err)
		w.response.Requests += fault.Requests
		if fault.Status >= 400 && fault.Status < 500 && fault.Reason != Throttled || fault.Reason == TooManyRedirects {
			return rules{until: now.Add(robotsLife)}
		}
		return rules{until: now.Add(max(fault.RetryAfter, robotsRetry)), fault: fault}
	}
	w.response.Requests += answer.Requests
	data, err := robotstxt.FromStatusAndBytes(http.StatusOK, answer.Body)
	if err != nil {
		return rules{until: now.Add(robotsLife)} // no rules in it that can be read
	}
	return rules{group: data.FindGroup(c.robots.agent), until: now.Add(robotsLife)}
}
