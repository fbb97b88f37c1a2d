package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Client gets addresses within its bounds. It is safe for concurrent use.
type Client struct {
	o      Options
	round  http.RoundTripper
	gates  gates
	robots robots
}

// New makes a client.
func New(o Options) *Client {
	o = o.filled()
	c := &Client{o: o, round: o.Transport}
	if c.round == nil {
		c.round = newTransport(o)
	}
	c.gates.init(o.PerHost, o.Now)
	c.robots.init(o)
	return c
}

// Close drops idle connections.
func (c *Client) Close() {
	if t, ok := c.round.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// Get fetches one address, following redirects. It waits for its turn at each
// host. An error is a *Fault: every status but 200, 203, 206 of a whole body,
// 226 and 304 is one.
func (c *Client) Get(ctx context.Context, r Request) (Response, error) {
	w := walk{client: c, request: r, permanent: true}
	if err := w.run(ctx); err != nil {
		var fault *Fault
		if !errors.As(err, &fault) {
			fault = faultOf(ctx, err)
		}
		fault.Requests = w.response.Requests
		if fault.URL == "" {
			fault.URL = redacted(w.address, r.URL)
		}
		return Response{}, fault
	}
	return w.response, nil
}

// walk follows one request through its redirects.
type walk struct {
	client    *Client
	request   Request
	address   *url.URL
	origin    string // the first address's scheme and host: headers go there only
	permanent bool   // every redirect so far was 301 or 308
	response  Response
}

func (w *walk) run(ctx context.Context) error {
	first, err := parseAddress(w.request.URL)
	if err != nil {
		return err
	}
	w.address, w.origin = first, originOf(first)
	seen := map[string]bool(nil)
	for hops := 0; ; hops++ {
		next, err := w.hop(ctx)
		if err != nil || next == nil {
			w.finish(hops)
			return err
		}
		if seen == nil {
			seen = map[string]bool{first.String(): true}
		}
		if seen[next.String()] || hops >= w.client.o.Redirects {
			return &Fault{Reason: TooManyRedirects, Err: fmt.Errorf("%d redirects, last to %s", hops+1, redacted(next, ""))}
		}
		seen[next.String()] = true
		w.address = next
	}
}

func (w *walk) finish(hops int) {
	w.response.URL = w.address.String()
	if hops > 0 && w.permanent {
		w.response.Moved = w.response.URL
	}
}

// hop makes one request at its host's turn; a redirect gives the next address.
func (w *walk) hop(ctx context.Context) (*url.URL, error) {
	c := w.client
	if w.request.Kind == Page {
		if err := c.allowedByRobots(ctx, w); err != nil {
			return nil, err
		}
	}
	leave, err := c.gates.enter(ctx, w.address.Host, c.robots.delay(w.address, w.request.Kind))
	if err != nil {
		return nil, err
	}
	defer leave()
	ctx, cancel := context.WithTimeoutCause(ctx, c.o.Total, errTotal)
	defer cancel()
	answer, err := c.send(ctx, w)
	if err != nil {
		return nil, faultOf(ctx, err)
	}
	defer answer.Body.Close()
	return w.take(ctx, answer)
}

// send makes the request itself.
func (c *Client) send(ctx context.Context, w *walk) (*http.Response, error) {
	w.response.Requests++
	request := &http.Request{Method: http.MethodGet, URL: w.address, Host: w.address.Host, Header: c.header(w),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1}
	if user := w.address.User; user != nil && originOf(w.address) == w.origin {
		password, _ := user.Password()
		request.SetBasicAuth(user.Username(), password)
	}
	return c.round.RoundTrip(request.WithContext(ctx))
}

const (
	acceptFeed = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, */*;q=0.5"
	acceptPage = "text/html, application/xhtml+xml, application/xml;q=0.9, text/plain;q=0.8, */*;q=0.5"
)

func (c *Client) header(w *walk) http.Header {
	r := w.request
	h := make(http.Header, 6+len(r.Headers))
	accept := acceptFeed
	if r.Kind == Page {
		accept = acceptPage
	}
	h["Accept"] = []string{accept}
	h["Accept-Encoding"] = []string{"gzip, br, zstd"}
	h["User-Agent"] = []string{or(r.UserAgent, c.o.UserAgent)}
	if r.ETag != "" {
		h["If-None-Match"] = []string{r.ETag}
	}
	if r.LastModified != "" {
		h["If-Modified-Since"] = []string{r.LastModified}
	}
	if originOf(w.address) == w.origin {
		for key, value := range r.Headers {
			h.Set(key, value)
		}
	}
	return h
}

// take reads what a host answered: the next address, the answer, or a fault.
func (w *walk) take(ctx context.Context, a *http.Response) (*url.URL, error) {
	switch a.StatusCode {
	case http.StatusMovedPermanently, http.StatusPermanentRedirect:
		return w.redirect(a)
	case http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusMultipleChoices:
		w.permanent = false
		return w.redirect(a)
	case http.StatusNotModified:
		w.response.NotModified = true
		w.validators(a)
		return nil, nil
	case http.StatusOK, http.StatusNonAuthoritativeInfo, http.StatusIMUsed:
		w.validators(a)
		return nil, w.body(ctx, a)
	}
	return nil, w.refusal(a)
}

func (w *walk) redirect(a *http.Response) (*url.URL, error) {
	target := a.Header.Get("Location")
	if target == "" {
		return nil, &Fault{Reason: BadStatus, Status: a.StatusCode, Err: errors.New("a redirect without an address")}
	}
	next, err := w.address.Parse(target)
	if err != nil {
		return nil, &Fault{Reason: BadAddress, Status: a.StatusCode, Err: fmt.Errorf("read redirect: %w", err)}
	}
	next.Fragment, next.RawFragment = "", ""
	return next, checkAddress(next)
}

// refusal is the fault of a status that is no answer. A host that asks for
// fewer requests is paused as a whole.
func (w *walk) refusal(a *http.Response) error {
	c := w.client
	f := &Fault{Status: a.StatusCode, Reason: reasonOfStatus(a.StatusCode),
		RetryAfter: retryAfter(a.Header.Get("Retry-After"), c.o.Now()), Err: fmt.Errorf("status %d", a.StatusCode)}
	if f.Reason == Throttled {
		f.RetryAfter = or(f.RetryAfter, defaultPause)
	}
	if f.Reason == Throttled || a.StatusCode == http.StatusServiceUnavailable && f.RetryAfter > 0 {
		c.gates.pause(w.address.Host, f.RetryAfter)
	}
	drain(a.Body)
	return f
}

func reasonOfStatus(status int) Reason {
	switch {
	case status == http.StatusTooManyRequests:
		return Throttled
	case status == http.StatusGone:
		return Gone
	case status == http.StatusNotFound:
		return NotFound
	case status == http.StatusUnauthorized, status == http.StatusForbidden,
		status == http.StatusProxyAuthRequired, status == http.StatusUnavailableForLegalReasons:
		return Denied
	case status >= 500:
		return ServerFault
	}
	return BadStatus
}

func (w *walk) validators(a *http.Response) {
	r := &w.response
	r.Status = a.StatusCode
	r.ETag = a.Header.Get("ETag")
	r.LastModified = a.Header.Get("Last-Modified")
	r.ContentType = a.Header.Get("Content-Type")
	r.MaxAge = maxAge(a.Header.Get("Cache-Control"))
	r.Links = splitLinks(a.Header["Link"])
}

func (w *walk) body(ctx context.Context, a *http.Response) error {
	bound := or(w.request.Max, w.client.o.MaxBody)
	body, wire, err := readBody(a, w.client.o.MaxWire, bound)
	w.response.Wire += wire
	if err != nil {
		f := faultOf(ctx, err)
		f.Status = a.StatusCode
		return f
	}
	w.response.Body = body
	return nil
}

// parseAddress reads an address and refuses what is not http or https.
func parseAddress(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, &Fault{Reason: BadAddress, URL: "address", Err: errors.New("cannot be read as an address")}
	}
	u.Fragment, u.RawFragment = "", ""
	return u, checkAddress(u)
}

func checkAddress(u *url.URL) error {
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	if u.Scheme != "http" && u.Scheme != "https" {
		return &Fault{Reason: BadAddress, URL: redacted(u, ""), Err: fmt.Errorf("scheme %q is neither http nor https", u.Scheme)}
	}
	if u.Hostname() == "" {
		return &Fault{Reason: BadAddress, URL: redacted(u, ""), Err: errors.New("no host")}
	}
	return nil
}

func originOf(u *url.URL) string { return u.Scheme + "://" + u.Host }

// redacted is the address without user, password and query: keys stand there.
func redacted(u *url.URL, otherwise string) string {
	if u == nil {
		parsed, err := url.Parse(otherwise)
		if err != nil {
			return "address"
		}
		u = parsed
	}
	clean := *u
	clean.User, clean.Fragment, clean.RawFragment = nil, "", ""
	if clean.RawQuery != "" {
		clean.RawQuery = "…"
	}
	return clean.String()
}
