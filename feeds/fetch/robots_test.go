package fetch

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestRobotsRulesPagesOnly(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			asked.Add(1)
			fmt.Fprint(w, "User-agent: *\nDisallow: /\n\nUser-agent: attribot\nDisallow: /private\nAllow: /private/open\n")
		}
	})
	for path, want := range map[string]Reason{"/page": 0, "/private/x": Disallowed, "/private/open": 0, "/private?x=1": Disallowed} {
		_, err := c.Get(t.Context(), Request{URL: server.URL + path, Kind: Page})
		if ReasonOf(err) != want {
			t.Errorf("page %s: %v", path, err)
		}
	}
	if _, err := c.Get(t.Context(), Request{URL: server.URL + "/private/feed", Kind: Feed}); err != nil {
		t.Errorf("a feed: %v", err)
	}
	if asked.Load() != 1 {
		t.Errorf("robots.txt was read %d times", asked.Load())
	}
}

func TestRobotsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]Reason{404: 0, 403: 0, 500: ServerFault, 429: Throttled} {
		server, c := serve(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				w.WriteHeader(status)
			}
		})
		_, err := c.Get(t.Context(), Request{URL: server.URL + "/page", Kind: Page})
		if ReasonOf(err) != want {
			t.Errorf("robots.txt answers %d: %v", status, err)
		}
	}
}

func TestRobotsOfASiteThatCannotBeReached(t *testing.T) {
	t.Parallel()
	c := New(Options{Lookup: func(_ context.Context, host string) ([]netip.Addr, error) {
		return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}})
	_, err := c.Get(t.Context(), Request{URL: "https://nowhere.example/page", Kind: Page})
	if ReasonOf(err) != NameUnknown {
		t.Errorf("a page of no site: %v", err)
	}
}

// instant answers without a network, for tests in which time matters.
type instant func(*http.Request) (int, string)

func (f instant) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body := f(r)
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: reader(body), ContentLength: int64(len(body)), Request: r}, nil
}

func TestCrawlDelayPartsRequests(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var times []time.Time
		c := New(Options{Transport: instant(func(r *http.Request) (int, string) {
			if r.URL.Path == "/robots.txt" {
				return 200, "User-agent: *\nCrawl-delay: 7\nDisallow: /private\n"
			}
			times = append(times, time.Now())
			return 200, "x"
		})})
		for range 3 {
			if _, err := c.Get(t.Context(), Request{URL: "https://example.com/page", Kind: Page}); err != nil {
				t.Fatal(err)
			}
		}
		if first, second := times[1].Sub(times[0]), times[2].Sub(times[1]); first < 7*time.Second || second != 7*time.Second {
			t.Errorf("parted by %s and %s", first, second)
		}
	})
}

func TestPagesOfOneHostArePartedAndFeedsAreNot(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		c := New(Options{Transport: instant(func(*http.Request) (int, string) { return 200, "" })})
		start := time.Now()
		for range 3 {
			if _, err := c.Get(t.Context(), Request{URL: "https://example.com/page", Kind: Page}); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took < 2*time.Second || took > 3*time.Second {
			t.Errorf("three pages took %s", took)
		}
		start = time.Now()
		for range 3 {
			if _, err := c.Get(t.Context(), Request{URL: "https://other.example/feed"}); err != nil {
				t.Fatal(err)
			}
		}
		if took := time.Since(start); took != 0 {
			t.Errorf("three feeds took %s", took)
		}
	})
}
