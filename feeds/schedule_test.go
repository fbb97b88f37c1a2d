package feeds

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"attribot/feeds/feedtest"
	"attribot/feeds/fetch"
	"attribot/feeds/reading"
)

// network answers requests without one, so that time can be a bubble's.
type network struct {
	mu     sync.Mutex
	slow   map[string]time.Duration // by host
	answer func(*http.Request) *http.Response
	asked  map[string][]time.Time // by URL
}

func newNetwork(answer func(*http.Request) *http.Response) *network {
	return &network{slow: map[string]time.Duration{}, answer: answer, asked: map[string][]time.Time{}}
}

func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	n.mu.Lock()
	n.asked[r.URL.String()] = append(n.asked[r.URL.String()], time.Now())
	wait := n.slow[r.URL.Host]
	answer := n.answer(r)
	n.mu.Unlock()
	select {
	case <-time.After(wait):
	case <-r.Context().Done():
		return nil, context.Cause(r.Context())
	}
	if answer == nil {
		return nil, errors.New("connection reset")
	}
	return answer, nil
}

func reply(status int, header http.Header, body string) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(bytes.NewReader([]byte(body))), ContentLength: int64(len(body))}
}

// runFor runs a poller in the bubble's time.
func runFor(t *testing.T, n *network, d time.Duration, sources ...Source) *ledger {
	t.Helper()
	l := newLedger()
	p, err := New(Options{Sources: sources, Recorder: l, Fetch: fetch.New(fetch.Options{Transport: n})})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	if err := p.Run(ctx); err != nil {
		t.Errorf("Run: %v", err)
	}
	return l
}

func feedOf(items ...feedtest.Item) string {
	return feedtest.Render(feedtest.RSS, "Example", "en", "", items)
}

func TestBusySourceIsPolledMoreOftenThanAQuietOne(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		every := func(gap time.Duration) string {
			var items []feedtest.Item
			for i := range 10 {
				at := start.Add(-time.Duration(i) * gap)
				items = append(items, feedtest.Item{ID: fmt.Sprint(i), Title: fmt.Sprint("T", i), Summary: fmt.Sprint("Words ", i), Date: at.UTC().Format(time.RFC1123Z)})
			}
			return feedOf(items...)
		}
		busy, quiet := every(time.Hour), every(240*time.Hour)
		n := newNetwork(func(r *http.Request) *http.Response {
			if r.URL.Host == "busy.example" {
				return reply(200, nil, busy)
			}
			return reply(200, nil, quiet)
		})
		runFor(t, n, 24*time.Hour, Source{ID: "busy", URL: "https://busy.example/"}, Source{ID: "quiet", URL: "https://quiet.example/"})
		b, q := len(n.asked["https://busy.example/"]), len(n.asked["https://quiet.example/"])
		if q < 4 || q > 6 || b < 30 || b > 60 {
			t.Errorf("the busy one was polled %d times a day, the quiet one %d", b, q)
		}
	})
}

func TestFailuresBackOff(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(func(*http.Request) *http.Response { return nil })
		l := runFor(t, n, 48*time.Hour, Source{ID: "s", URL: "https://dead.example/"})
		if got := len(n.asked["https://dead.example/"]); got < 6 || got > 12 {
			t.Errorf("a dead source was asked %d times in two days", got)
		}
		if _, health := l.take(); len(health) != 1 || health[0].State != reading.Failing {
			t.Errorf("told %+v", health)
		}
	})
}

func TestRetryAfterIsObeyed(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(func(r *http.Request) *http.Response {
			return reply(429, http.Header{"Retry-After": {"36000"}}, "")
		})
		runFor(t, n, 9*time.Hour, Source{ID: "a", URL: "https://one.example/a"}, Source{ID: "b", URL: "https://one.example/b"})
		if a, b := len(n.asked["https://one.example/a"]), len(n.asked["https://one.example/b"]); a+b != 1 {
			t.Errorf("a host that asked for ten hours of rest was asked %d times", a+b)
		}
	})
}

func TestFeedsWishesForItsInterval(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		extra  string
		header http.Header
		most   int
	}{
		"ttl":            {"<ttl>300</ttl>", nil, 5},
		"updatePeriod":   {"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>", nil, 25},
		"max-age":        {"", http.Header{"Cache-Control": {"max-age=18000"}}, 5},
		"huge ttl":       {"<ttl>9999999</ttl>", nil, 5},
		"skipped hours":  {"<skipHours><hour>0</hour><hour>1</hour><hour>2</hour><hour>3</hour><hour>4</hour><hour>5</hour><hour>6</hour><hour>7</hour><hour>8</hour><hour>9</hour><hour>10</hour><hour>11</hour><hour>12</hour></skipHours>", nil, 75},
		"all days skips": {"<skipDays><day>Monday</day><day>Tuesday</day><day>Wednesday</day><day>Thursday</day><day>Friday</day><day>Saturday</day><day>Sunday</day></skipDays>", nil, 150},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				n := newNetwork(nil)
				n.answer = func(*http.Request) *http.Response {
					at := time.Now()
					var items []feedtest.Item
					for i := range 5 {
						items = append(items, feedtest.Item{ID: fmt.Sprint(at.Unix(), i), Title: fmt.Sprint(at, i), Date: at.Add(-time.Duration(i) * time.Minute).UTC().Format(time.RFC1123Z)})
					}
					return reply(200, c.header.Clone(), feedtest.Render(feedtest.RSS, "Example", "en", c.extra, items))
				}
				runFor(t, n, 24*time.Hour, Source{ID: "s", URL: "https://one.example/"})
				got := n.asked["https://one.example/"]
				if len(got) > c.most || len(got) < 3 {
					t.Errorf("asked %d times a day, want at most %d", len(got), c.most)
				}
				for _, at := range got[1:] {
					if name == "skipped hours" && at.UTC().Hour() <= 12 {
						t.Errorf("asked at %s", at.UTC())
					}
				}
			})
		})
	}
}

func TestSlowHostsDelayNoOther(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		n := newNetwork(func(*http.Request) *http.Response { return reply(200, nil, feedOf()) })
		var sources []Source
		for i := range 1000 {
			host := fmt.Sprintf("h%d.example", i)
			if i%20 == 0 {
				n.slow[host] = 30 * time.Second
			}
			sources = append(sources, Source{ID: reading.SourceID(host), URL: "https://" + host + "/"})
		}
		p, err := New(Options{Sources: sources, Recorder: newLedger(), Fetch: fetch.New(fetch.Options{Transport: n, Answer: time.Minute})})
		if err != nil {
			t.Fatal(err)
		}
		sum, err := p.Once(t.Context())
		if err != nil || sum.Sources != 1000 || len(sum.Faults) != 0 {
			t.Fatalf("summary %+v, %v", sum, err)
		}
		for url, times := range n.asked {
			if late := times[0].Sub(start); late > time.Second {
				t.Fatalf("%s was asked %s late", url, late)
			}
		}
	})
}

func TestOneHostIsAskedOneAtATime(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		n := newNetwork(func(*http.Request) *http.Response { return reply(200, nil, feedOf()) })
		n.slow["one.example"] = 10 * time.Second
		var sources []Source
		for i := range 5 {
			sources = append(sources, Source{ID: reading.SourceID(fmt.Sprint(i)), URL: fmt.Sprintf("https://one.example/%d", i)})
		}
		p, err := New(Options{Sources: sources, Recorder: newLedger(), Fetch: fetch.New(fetch.Options{Transport: n}), Workers: 5})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.Once(t.Context()); err != nil || time.Since(start) != 50*time.Second {
			t.Errorf("five answers of ten seconds took %s, %v", time.Since(start), err)
		}
	})
}

func TestRunGoesOnWhereItStopped(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(func(*http.Request) *http.Response {
			return reply(200, nil, feedOf(feedtest.Item{ID: "a", Title: "T", Summary: "Words"}))
		})
		l := newLedger()
		o := Options{Sources: []Source{{ID: "s", URL: "https://one.example/"}}, Recorder: l, Fetch: fetch.New(fetch.Options{Transport: n})}
		for range 3 {
			p, err := New(o)
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			if err := p.Run(ctx); err != nil {
				t.Error(err)
			}
			cancel()
		}
		if got := len(n.asked["https://one.example/"]); got != 1 {
			t.Errorf("three starts within minutes asked %d times", got)
		}
		if readings, _ := l.take(); len(readings) != 1 {
			t.Errorf("%d readings", len(readings))
		}
	})
}

func TestNewRefusesWhatCannotRun(t *testing.T) {
	t.Parallel()
	fetcher := fetch.New(fetch.Options{})
	for name, sources := range map[string][]Source{
		"no id":        {{URL: "https://example.com/"}},
		"no address":   {{ID: "s"}},
		"a file":       {{ID: "s", URL: "file:///etc/passwd"}},
		"twice":        {{ID: "s", URL: "https://example.com/"}, {ID: "s", URL: "https://example.com/b"}},
		"unknown zone": {{ID: "s", URL: "https://example.com/", Zone: "Mars/Olympus"}},
		"bad selector": {{ID: "s", URL: "https://example.com/", Kind: PageKind, List: List{Links: "a[["}}},
		"bounds":       {{ID: "s", URL: "https://example.com/", MinInterval: time.Hour, MaxInterval: time.Minute}},
	} {
		if _, err := New(Options{Sources: sources, Recorder: newLedger(), Fetch: fetcher}); err == nil {
			t.Errorf("%s: New takes it", name)
		}
	}
	if _, err := New(Options{}); err == nil {
		t.Error("New takes no recorder")
	}
}

func TestWokenSourceIsPolledAtOnceButNotWithoutEnd(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork(func(*http.Request) *http.Response {
			return reply(200, http.Header{"Link": {`<https://hub.example/>; rel="hub"`}}, feedOf())
		})
		var offered []string
		p, err := New(Options{Sources: []Source{{ID: "s", URL: "https://one.example/"}, {ID: "t", URL: "https://two.example/"}}, Recorder: newLedger(), Fetch: fetch.New(fetch.Options{Transport: n}),
			Hub: func(id reading.SourceID, topic string, hubs []string) {
				if id == "s" {
					offered = append(offered, topic+" "+hubs[0])
				}
			}})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
		defer cancel()
		go func() {
			<-time.After(time.Minute)
			for range 100 {
				p.Wake("s")
				<-time.After(100 * time.Millisecond)
			}
			p.Wake("nobody")
		}()
		if err := p.Run(ctx); err != nil {
			t.Error(err)
		}
		if s, other := len(n.asked["https://one.example/"]), len(n.asked["https://two.example/"]); s < 2 || s > 4 || other != 1 {
			t.Errorf("polled %d times, the other %d", s, other)
		}
		if len(offered) == 0 || offered[0] != "https://one.example/ https://hub.example/" {
			t.Errorf("offered %q", offered)
		}
	})
}
