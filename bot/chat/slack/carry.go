package slack

import (
	"errors"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"sync/atomic"

	api "github.com/slack-go/slack"
)

// errUnsent marks a request that never got a connection, so that the server
// certainly has not seen it.
var errUnsent = errors.New("request was not sent")

// unsent is a failure before any byte was sent.
type unsent struct{ err error }

func (u unsent) Error() string { return u.err.Error() }

// Unwrap is the cause.
func (u unsent) Unwrap() error { return u.err }

// Is makes errors.Is(err, errUnsent) true.
func (u unsent) Is(target error) bool { return target == errUnsent }

// carrier tells unsent requests from lost answers. Towards a server other than
// Slack's it also adds the token as a header, since such servers look for it
// there and not, as Slack does, among the form's fields.
type carrier struct {
	next  http.RoundTripper
	host  string // the only host whose requests get the token; "" for none
	token string
}

// carry is client with a carrier before its transport. It follows no redirects:
// a redirected post would be sent twice.
func carry(client *http.Client, apiURL, token string) (*http.Client, error) {
	u, err := url.Parse(apiURL)
	if err != nil || u.Host == "" {
		return nil, errors.New("the API's address is no URL")
	}
	out := http.Client{}
	if client != nil {
		out = *client
	}
	next := out.Transport
	if next == nil {
		next = http.DefaultTransport
	}
	c := carrier{next: next, token: token}
	if apiURL != api.APIURL {
		c.host = u.Host
	}
	out.Transport = c
	out.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &out, nil
}

// RoundTrip sends the request.
func (c carrier) RoundTrip(r *http.Request) (*http.Response, error) {
	var connected atomic.Bool
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	r = r.Clone(httptrace.WithClientTrace(r.Context(), trace))
	if c.host != "" && r.URL.Host == c.host && r.Header.Get("Authorization") == "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	resp, err := c.next.RoundTrip(r)
	if err != nil && !connected.Load() {
		return nil, unsent{err}
	}
	return resp, err
}
