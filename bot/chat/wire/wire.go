// Package wire is what chat networks that speak HTTP have in common: a transport
// that tells a request which was never sent from an answer that got lost, posts
// that are sent once however often they are handed over, and a memory for what
// a network delivers twice.
package wire

import (
	"errors"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// ErrUnsent says that a request never got a connection, so that the server
// certainly has not seen it.
var ErrUnsent = errors.New("request was not sent")

// unsent is a failure before any byte was sent.
type unsent struct{ err error }

func (u unsent) Error() string { return u.err.Error() }

// Unwrap is the cause.
func (u unsent) Unwrap() error { return u.err }

// Is makes errors.Is(err, ErrUnsent) true.
func (u unsent) Is(target error) bool { return target == ErrUnsent }

// Transport marks failures that came before a connection with [ErrUnsent]. To
// requests for Host it adds the token as a header, unless they carry one.
type Transport struct {
	Next  http.RoundTripper // nil = http.DefaultTransport
	Host  string            // with its port; "" = add no token
	Token string
}

// RoundTrip sends the request.
func (t Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	var connected atomic.Bool
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	r = r.Clone(httptrace.WithClientTrace(r.Context(), trace))
	if t.Host != "" && r.URL.Host == t.Host && r.Header.Get("Authorization") == "" {
		r.Header.Set("Authorization", "Bearer "+t.Token)
	}
	next := t.Next
	if next == nil {
		next = http.DefaultTransport
	}
	resp, err := next.RoundTrip(r)
	if err != nil && !connected.Load() {
		return nil, unsent{err}
	}
	return resp, err
}

// Client is client with the transport before its own. It follows no redirects:
// a redirected post would be sent twice. A nil client is a plain one.
func Client(client *http.Client, t Transport) *http.Client {
	out := http.Client{}
	if client != nil {
		out = *client
	}
	t.Next = out.Transport
	out.Transport = t
	out.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &out
}
