// Package feedtest is a server of feeds and pages for tests and benchmarks: it
// publishes, answers conditional requests, compresses, and fails on demand.
package feedtest

import (
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

// Server serves channels by path on loopback.
type Server struct {
	URL string // without a slash at the end

	http     *httptest.Server
	mu       sync.Mutex
	channels map[string]*Channel
}

// Start starts a server.
func Start() *Server {
	s := New()
	s.http = httptest.NewServer(s)
	s.URL = s.http.URL
	return s
}

// New makes a server that listens nowhere: an http.Handler.
func New() *Server { return &Server{channels: map[string]*Channel{}} }

// Close stops the server.
func (s *Server) Close() { s.http.Close() }

// Channel is what stands at one path. Its fields may be set before it is first
// asked for; later changes go through its methods.
type Channel struct {
	Path         string
	Format       Format
	Title        string
	Lang         string
	ETag         bool
	LastModified bool
	Gzip         bool
	Extra        string // XML within the channel: ttl, links, hubs

	mu       sync.Mutex
	items    []Item
	body     []byte // rendered
	zipped   []byte
	tag      string
	modified time.Time
	fault    http.HandlerFunc
	header   http.Header
	requests []*http.Request
	served   int // whole bodies
}

// Format is how a channel is written. Zero is RSS.
type Format uint8

// The formats.
const (
	RSS Format = iota
	Atom
	JSON
	HTML // Items' HTML as it is: one page
)

// Item is one entry.
type Item struct {
	ID      string
	Link    string
	Title   string
	Summary string // HTML
	Content string // HTML
	Date    string // as it is to be written
	Source  string // the publisher named in <source>
}

// Add makes a channel; its path begins with a slash.
func (s *Server) Add(c *Channel) *Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.channels[c.Path] = c
	return c
}

// Page puts an HTML page at a path.
func (s *Server) Page(path, html string) *Channel {
	c := s.Add(&Channel{Path: path, Format: HTML, ETag: true})
	c.Publish(Item{Content: html})
	return c
}

// ServeHTTP answers from the channel at the path.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	c := s.channels[r.URL.Path]
	s.mu.Unlock()
	if c == nil {
		http.NotFound(w, r)
		return
	}
	c.serve(w, r)
}

// Publish puts items at the head of the channel; an item with a known ID
// replaces it.
func (c *Channel) Publish(items ...Item) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, it := range items {
		c.items = replaceOrPrepend(c.items, it)
	}
	c.render()
}

func replaceOrPrepend(items []Item, it Item) []Item {
	for i := range items {
		if items[i].ID == it.ID {
			items[i] = it
			return items
		}
	}
	return append([]Item{it}, items...)
}

// Fail answers with fault until it is nil again.
func (c *Channel) Fail(fault http.HandlerFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fault = fault
}

// Header sets a header of every answer.
func (c *Channel) Header(key, value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.header == nil {
		c.header = http.Header{}
	}
	c.header.Set(key, value)
}

// Requests are the requests so far.
func (c *Channel) Requests() []*http.Request {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]*http.Request(nil), c.requests...)
}

// Served is the number of whole bodies that were sent.
func (c *Channel) Served() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.served
}

func (c *Channel) serve(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	c.requests = append(c.requests, r.Clone(r.Context()))
	fault := c.fault
	for key, values := range c.header {
		w.Header()[key] = values
	}
	body, zipped, tag, modified := c.body, c.zipped, c.tag, c.modified
	c.mu.Unlock()
	if fault != nil {
		fault(w, r)
		return
	}
	c.answer(w, r, body, zipped, tag, modified)
}

func (c *Channel) answer(w http.ResponseWriter, r *http.Request, body, zipped []byte, tag string, modified time.Time) {
	h := w.Header()
	h.Set("Content-Type", contentTypes[c.Format])
	if c.ETag {
		h.Set("ETag", tag)
	}
	if c.LastModified {
		h.Set("Last-Modified", modified.UTC().Format(http.TimeFormat))
	}
	if c.ETag && r.Header.Get("If-None-Match") == tag || c.LastModified && !c.ETag && r.Header.Get("If-Modified-Since") == h.Get("Last-Modified") {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	c.mu.Lock()
	c.served++
	c.mu.Unlock()
	if c.Gzip && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		body = zipped
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	_, _ = w.Write(body)
}

var contentTypes = map[Format]string{
	RSS: "application/rss+xml; charset=utf-8", Atom: "application/atom+xml; charset=utf-8", JSON: "application/feed+json", HTML: "text/html; charset=utf-8",
}

// render writes the channel once, so that a benchmark measures the client.
func (c *Channel) render() {
	c.body = []byte(Render(c.Format, c.Title, c.Lang, c.Extra, c.items))
	sum := sha256.Sum256(c.body)
	c.tag = `"` + hex.EncodeToString(sum[:8]) + `"`
	c.modified = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(sum[0])*time.Hour + time.Duration(sum[1])*time.Minute)
	if c.Gzip {
		var b strings.Builder
		z := gzip.NewWriter(&b)
		_, _ = z.Write(c.body)
		_ = z.Close()
		c.zipped = []byte(b.String())
	}
}
