// Package feeds polls sources: feeds and web pages, each on its own schedule.
//
// A poll of a source ends as a [reading.Poll]: the articles that were new or
// changed, with the statements that the extractor found in them, and the
// source's cursor. The [Recorder] commits both or neither, so a process that
// dies anywhere reads the same items again and loses none.
//
// The first sight of a source is its baseline: what it lists is recorded and
// flagged, so that nothing old is alerted, unless since reaches back. An
// article whose words change later is read again.
package feeds

import (
	"context"
	"log/slog"
	"time"

	"attribot/feeds/article"
	"attribot/feeds/fetch"
	"attribot/feeds/reading"
	"attribot/feeds/statement"
)

// Recorder keeps cursors and records polls. Record commits the readings and
// the cursor in one transaction; a poll whose Cursor is nil leaves the cursor
// as it is.
type Recorder interface {
	Cursor(ctx context.Context, source reading.SourceID) ([]byte, error)
	Record(ctx context.Context, poll reading.Poll) error
}

// Fetcher gets one address.
type Fetcher interface {
	Get(ctx context.Context, request fetch.Request) (fetch.Response, error)
}

// Options configure a Poller. Zero durations and counts are defaults.
type Options struct {
	Sources     []Source
	Recorder    Recorder
	Fetch       Fetcher
	Extract     func(article.Article) []statement.Statement
	Now         func() time.Time // nil = time.Now
	Log         *slog.Logger     // nil = none
	Since       time.Duration    // how far the first sight of a source reads back; 0 = a silent baseline
	MinInterval time.Duration    // default 10 min
	MaxInterval time.Duration    // default 6 h
	Workers     int              // sources polled at a time; default 64
	Seed        uint64           // of the spread and the jitter; any value
}

// Summary is the outcome of polling every source once.
type Summary struct {
	Sources     int // polled
	Requests    int
	NotModified int // unchanged: by 304 or by the body's hash
	NewItems    int // items not seen before
	Articles    int // read: new or edited
	Statements  int
	Faults      []Fault
}

// Fault is a source that could not be polled.
type Fault struct {
	Source reading.SourceID
	Cause  string // one sentence
	Advice string
	Err    error // for the log
}

// Poller polls sources.
type Poller struct{ o Options }

// New checks the options and makes a poller.
func New(o Options) (*Poller, error) { return &Poller{o: o}, nil }

// Run polls every source on its own schedule until the context ends.
func (p *Poller) Run(ctx context.Context) error { return ctx.Err() }

// Once polls every source now, whatever its interval.
func (p *Poller) Once(ctx context.Context) (Summary, error) { return Summary{}, ctx.Err() }
