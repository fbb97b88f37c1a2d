// Package fetch gets feeds and pages over HTTP, politely and safely.
//
// Politely: conditional requests with both validators, compressed bodies, one
// request at a time per host, a pause for the whole host when it asks for one,
// robots.txt honoured for pages. Safely: only http and https; addresses of
// private, loopback, link-local, metadata and reserved networks are refused
// when the connection is dialled, after the name was resolved, so that neither
// a redirect nor a name that resolves differently the second time gets around
// it; body, decompressed size, header, redirects and time have bounds.
//
// What goes wrong is a [Fault]: a named reason with a sentence for the log and
// advice for a person.
package fetch

import (
	"context"
	"crypto/x509"
	"net/http"
	"net/netip"
	"time"
)

// Kind says what is fetched; robots.txt rules pages, not feeds. Zero is a feed.
type Kind uint8

// The kinds of request.
const (
	Feed Kind = iota + 1 // asked for by subscribers: robots.txt does not apply
	Page                 // a web page: robots.txt applies
)

// Request asks for one address.
type Request struct {
	URL          string
	ETag         string            // as the last answer gave it, weak mark included
	LastModified string            // as the last answer gave it
	Headers      map[string]string // sent to the address's own origin only, never after a redirect to another
	UserAgent    string            // "" = the client's
	Kind         Kind
	Max          int64 // largest decompressed body in bytes; 0 = the client's
}

// Response is an answer that was read in full.
type Response struct {
	URL          string // where the answer came from, after redirects
	Moved        string // the new address when every redirect was permanent (301, 308), else ""
	Status       int
	NotModified  bool // 304: Body is empty
	Body         []byte
	ContentType  string
	ETag         string
	LastModified string
	MaxAge       time.Duration // Cache-Control max-age, 0 = none
	Links        []string      // Link headers as sent (hubs of WebSub stand there)
	Requests     int           // requests made for this answer: redirects and robots.txt count
	Wire         int64         // bytes of the body as it came over the network
}

// Options bound a client. The zero value of each field is its default.
type Options struct {
	UserAgent string         // default "attribot/1 (feed reader)"
	Allow     []netip.Prefix // networks that may be reached although they are not public
	Connect   time.Duration  // time to connect and shake hands; default 10 s
	Answer    time.Duration  // time from request to the header of the answer; default 20 s
	Total     time.Duration  // time for one request with its body, at each redirect anew; default 60 s
	MaxBody   int64          // bytes after decompression; default 16 MiB
	MaxWire   int64          // bytes before decompression; default 8 MiB
	MaxHeader int64          // bytes of an answer's header; default 64 KiB
	Redirects int            // default 5
	PerHost   int            // requests at a time to one host; default 1
	PageDelay time.Duration  // between two pages of one host, unless robots.txt asks for more; default 1 s, less than 0 = none, none for an address in Allow
	Now       func() time.Time
	Roots     *x509.CertPool // certificate authorities; nil = the system's
	// Lookup resolves a host name; nil is the system's resolver. Whatever it
	// answers is checked when it is dialled.
	Lookup func(ctx context.Context, host string) ([]netip.Addr, error)
	// Transport replaces the network, for tests. The guard against forbidden
	// addresses is then the transport's own affair.
	Transport http.RoundTripper
}

// The defaults of Options.
const (
	DefaultUserAgent = "attribot/1 (feed reader)"
	defaultConnect   = 10 * time.Second
	defaultAnswer    = 20 * time.Second
	defaultTotal     = 60 * time.Second
	defaultMaxBody   = 16 << 20
	defaultMaxWire   = 8 << 20
	defaultMaxHeader = 64 << 10
	defaultRedirects = 5
	defaultPageDelay = time.Second
)

func (o Options) filled() Options {
	o.UserAgent = or(o.UserAgent, DefaultUserAgent)
	o.Connect = or(o.Connect, defaultConnect)
	o.Answer = or(o.Answer, defaultAnswer)
	o.Total = or(o.Total, defaultTotal)
	o.MaxBody = or(o.MaxBody, defaultMaxBody)
	o.MaxWire = or(o.MaxWire, defaultMaxWire)
	o.MaxHeader = or(o.MaxHeader, defaultMaxHeader)
	o.Redirects = or(o.Redirects, defaultRedirects)
	o.PerHost = or(o.PerHost, 1)
	o.PageDelay = max(or(o.PageDelay, defaultPageDelay), 0)
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

func or[T comparable](value, otherwise T) T {
	var zero T
	if value == zero {
		return otherwise
	}
	return value
}
