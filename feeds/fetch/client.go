package fetch

import (
	"context"
	"errors"
)

// Client gets addresses within its bounds.
type Client struct{ o Options }

// New makes a client.
func New(o Options) *Client { return &Client{o: o.filled()} }

// Get fetches one address. An error is a *Fault.
func (c *Client) Get(ctx context.Context, r Request) (Response, error) {
	return Response{}, &Fault{Reason: Cancelled, URL: r.URL, Err: errors.ErrUnsupported}
}
